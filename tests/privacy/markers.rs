//! Case folders in which every text of every child is a word of its own, so that a word that turns
//! up on another child's paper shows what came through.
//!
//! The records are made from the published schemas: a key that is added later is filled as well.

use super::support::project;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::path::Path;

/// The child of two requests.
pub(crate) const OWN: &str = "R-2026-0801";
/// The same child's earlier request.
pub(crate) const EARLIER: &str = "R-2026-0802";
/// A brother, on a request of his own.
pub(crate) const BROTHER: &str = "R-2026-0803";
/// A sister, on the child's own request.
pub(crate) const SISTER: &str = "R-2026-0804";
/// A child who has nothing to do with any of them.
pub(crate) const STRANGER: &str = "R-2026-0805";
/// A child whose request says by mistake that it reviews the first child's.
pub(crate) const MISTAKEN: &str = "R-2026-0806";

/// The requests, each with the child that it is for.
pub(crate) const REQUESTS: [(&str, usize); 6] = [
    (OWN, 0),
    (EARLIER, 0),
    (BROTHER, 1),
    (SISTER, 2),
    (STRANGER, 3),
    (MISTAKEN, 4),
];

/// Keys whose words choose between ways of going on: any text in them would be no answer.
const CHOOSING: [&str; 5] = [
    "withdrawn",
    "part_of",
    "review_of",
    "referral_digest",
    "digest",
];

/// One word and where it stands.
#[derive(Debug, Clone)]
pub(crate) struct Marker {
    pub(crate) word: String,
    /// The child whose it is.
    pub(crate) child: usize,
    /// The request whose it is.
    pub(crate) reference: &'static str,
    /// Where it stands, like `decision.rationale`.
    pub(crate) place: String,
}

/// A folder's words.
#[derive(Debug, Default)]
pub(crate) struct Markers {
    pub(crate) all: Vec<Marker>,
}

impl Markers {
    /// The word that stands at a place of a request.
    pub(crate) fn at(&self, reference: &str, place: &str) -> &str {
        // What amends a decision comes after it.
        let mut all = self.all.iter().rev();
        let found = all.find(|own| own.reference == reference && own.place == place);
        &found
            .unwrap_or_else(|| panic!("{reference} has no {place}"))
            .word
    }

    fn mark(&mut self, (reference, child): (&'static str, usize), place: &str) -> String {
        let word = format!("Zq{:04}x", self.all.len());
        self.all.push(Marker {
            word: word.clone(),
            child,
            reference,
            place: place.to_owned(),
        });
        word
    }
}

/// A record that says everything its schema has a key for.
struct Filled<'m> {
    schema: Value,
    markers: &'m mut Markers,
    whose: (&'static str, usize),
}

impl Filled<'_> {
    fn object(&mut self, schema: &Value, place: &str) -> Value {
        let properties = schema["properties"].as_object().expect("an object's keys");
        let mut filled = Map::new();
        for (key, schema) in properties.clone() {
            if !CHOOSING.contains(&key.as_str()) {
                let value = self.value(&schema, &format!("{place}.{key}"));
                filled.insert(key, value);
            }
        }
        Value::Object(filled)
    }

    fn value(&mut self, schema: &Value, place: &str) -> Value {
        let named = schema["$ref"]
            .as_str()
            .or(schema["allOf"][0]["$ref"].as_str());
        if let Some(named) = named {
            let name = named.trim_start_matches("#/definitions/");
            let schema = self.schema["definitions"][name].clone();
            return match schema["properties"].is_object() {
                true => self.object(&schema, place),
                false => self.value(&schema, place),
            };
        }
        // What takes one or a list is filled with a list.
        if let Some(either) = schema["anyOf"].as_array() {
            let list = either.iter().find(|own| own["type"] == "array");
            let own = list.or(either.first()).expect("one of them").clone();
            return self.value(&own, place);
        }
        let kinds: Vec<&str> = match &schema["type"] {
            Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
            kind => kind.as_str().into_iter().collect(),
        };
        let first = |list: &Value| list.as_array().and_then(|list| list.first().cloned());
        if kinds.contains(&"array") {
            let items = schema["items"].clone();
            return json!([
                self.value(&items, place),
                self.value(&items, &format!("{place}.2"))
            ]);
        }
        if kinds.contains(&"object") && schema["additionalProperties"].is_object() {
            return json!({});
        }
        if let Some(word) = first(&schema["enum"]).or(first(&schema["examples"])) {
            return word;
        }
        if kinds.contains(&"string") {
            assert!(
                schema["pattern"].is_null(),
                "{place} has a pattern and no example"
            );
            return json!(self.markers.mark(self.whose, place));
        }
        match kinds.first() {
            Some(&"integer") => json!(1),
            Some(&"boolean") => json!(true),
            _ => panic!("{place}: {schema}"),
        }
    }
}

/// The record of that name with every key filled.
fn filled(name: &str, whose: (&'static str, usize), markers: &mut Markers) -> Value {
    let path = project().join(format!("docs/src/schema/{name}.json"));
    let text = std::fs::read_to_string(path).expect("the schema is there");
    let schema: Value = serde_json::from_str(&text).expect("a schema is JSON");
    let mut filled = Filled {
        schema: schema.clone(),
        markers,
        whose,
    };
    filled.object(&schema, name)
}

fn write(folder: &Path, place: &str, record: &Value) {
    let path = folder.join(place);
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("a temporary folder");
    let text = serde_yaml::to_string(record).expect("YAML");
    std::fs::write(path, text).expect("a temporary file");
}

/// Makes a folder of a council, whose panel meets on that day, and which decided everything there
/// but the earlier request; that it decided the meeting before.
pub(crate) fn folder(
    council: &str,
    (before, day): (&str, &str),
    checklist: &[&str],
    outcome: &str,
) -> (tempfile::TempDir, Markers) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut markers = Markers::default();
    let settings = format!("council = \"{council}\"\n");
    std::fs::write(folder.path().join("panel.toml"), settings).expect("a temporary file");
    let mut meetings: BTreeMap<&str, Value> = BTreeMap::new();
    let mut children: BTreeMap<usize, Value> = BTreeMap::new();
    for whose @ (reference, child) in REQUESTS {
        let mut referral = filled("referral", whose, &mut markers);
        let held_on = if reference == EARLIER { before } else { day };
        for key in ["for", "resubmitted"] {
            referral.as_object_mut().expect("an object").remove(key);
        }
        referral["reference"] = json!(reference);
        referral["panel"] = json!(held_on);
        referral["submitted"] = json!("2026-10-01T09:00");
        referral["child"]["date_of_birth"] = json!(format!("2010-03-{:02}", child + 1));
        // Both requests are for one child, who has one name and one number.
        let known = children
            .entry(child)
            .or_insert_with(|| referral["child"].clone());
        for key in ["name", "case_id", "date_of_birth"] {
            referral["child"][key] = known[key].clone();
        }
        referral["siblings"] = match reference {
            OWN | EARLIER => json!([BROTHER, SISTER]),
            BROTHER | SISTER => json!([OWN]),
            _ => json!([]),
        };
        referral["with"] = if reference == OWN {
            json!([SISTER])
        } else {
            json!([])
        };
        if reference == SISTER {
            referral["part_of"] = json!(OWN);
        }
        if reference == MISTAKEN {
            referral["request"]["review_of"] = json!(OWN);
        }
        for id in checklist {
            let place = format!("referral.checklist.{id}");
            referral["checklist"][*id] = json!(markers.mark(whose, &place));
        }
        for id in [
            "main-issues",
            "health",
            "education",
            "analysis",
            "plan",
            "outcomes",
        ] {
            let place = format!("referral.sections.{id}");
            referral["sections"][id] = json!(markers.mark(whose, &place));
        }
        write(
            folder.path(),
            &format!("referrals/{reference}.yaml"),
            &referral,
        );

        let mut decision = filled("decision", whose, &mut markers);
        for key in [
            "amends",
            "referral_digest",
            "decided_on",
            "deferred",
            "decide_by",
        ] {
            decision.as_object_mut().expect("an object").remove(key);
        }
        if outcome == "defer" {
            let place = "decision.deferred.needs.what";
            let need = json!({"what": markers.mark(whose, place), "from": "A. Singh"});
            decision["deferred"] =
                json!({"to": "2026-12-24", "reason": "more-information", "needs": [need]});
        }
        decision["referral"] = json!(reference);
        decision["meeting"] = json!(held_on);
        decision["outcome"] = json!(outcome);
        for id in checklist {
            let place = format!("decision.checklist.{id}");
            decision["checklist"][*id] = json!(markers.mark(whose, &place));
        }
        let place = format!("meetings/{held_on}/decisions/{reference}");
        write(folder.path(), &format!("{place}.yaml"), &decision);
        if reference != EARLIER {
            let mut amended = filled("decision", whose, &mut markers);
            for key in ["referral_digest", "decided_on", "deferred", "decide_by"] {
                amended.as_object_mut().expect("an object").remove(key);
            }
            amended["referral"] = json!(reference);
            amended["meeting"] = json!(held_on);
            amended["outcome"] = json!(outcome);
            amended["deferred"] = decision["deferred"].clone();
            amended["amends"]["decision"] = json!(format!("{reference}.yaml"));
            amended["amends"]
                .as_object_mut()
                .expect("an object")
                .remove("digest");
            write(folder.path(), &format!("{place}.2.yaml"), &amended);
        }

        let after = filled("after", whose, &mut markers);
        write(
            folder.path(),
            &format!("meetings/{held_on}/after/{reference}.yaml"),
            &after,
        );

        let row = filled("meeting", whose, &mut markers);
        let meeting = meetings.entry(held_on).or_insert_with(|| {
            json!({"date": held_on, "declarations": [], "accepted": [], "presented": [], "order": []})
        });
        for list in ["declarations", "accepted", "presented"] {
            let mut row = row[list][0].clone();
            row["referral"] = json!(reference);
            meeting[list].as_array_mut().expect("a list").push(row);
        }
    }
    for (day, meeting) in meetings {
        write(
            folder.path(),
            &format!("meetings/{day}/meeting.yaml"),
            &meeting,
        );
    }
    (folder, markers)
}
