//! `panel schema` from outside: records fit what it says, and nothing that a reader refuses does.
#![allow(
    clippy::disallowed_methods,
    reason = "tests make and read folders of their own"
)]

mod support;

use serde_json::Value;
use std::path::Path;
use support::{panel, project, status, stderr, stdout};

fn told(args: &[&str]) -> std::process::Output {
    panel()
        .args(args)
        .current_dir(project())
        .output()
        .expect("the program was built with the tests")
}

fn json(output: &std::process::Output) -> Value {
    serde_json::from_str(&stdout(output)).expect("it is JSON")
}

fn schema(kind: &str) -> Value {
    let output = told(&["schema", kind]);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    json(&output)
}

/// A validator of another maker's; it has no network and is not told of any file.
fn validator(schema: &Value) -> jsonschema::Validator {
    jsonschema::draft7::new(schema).expect("it is a schema of draft 7")
}

/// What does not fit, each with its place.
fn misfits(validator: &jsonschema::Validator, value: &Value) -> Vec<String> {
    validator
        .iter_errors(value)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect()
}

const KINDS: [&str; 4] = ["referral", "meeting", "decision", "after"];

/// The kind of a record by its place in a case folder, as its place in `KINDS`.
fn kind_of(inside: &str) -> Option<usize> {
    match inside.split('/').collect::<Vec<_>>().as_slice() {
        ["referrals", ..] => Some(0),
        ["meetings", _, "meeting.yaml"] => Some(1),
        ["meetings", _, "decisions", _] => Some(2),
        ["meetings", _, "after", _] => Some(3),
        _ => None,
    }
}

/// Every record of a case folder: its path, its kind and what it says.
fn records(root: &Path) -> Vec<(String, usize, Value)> {
    let mut records = Vec::new();
    for entry in walkdir::WalkDir::new(root).sort_by_file_name() {
        let path = entry.expect("it can be walked").into_path();
        if path.extension().is_none_or(|ending| ending != "yaml") {
            continue;
        }
        let inside = path.strip_prefix(root).expect("it lies below");
        let inside = inside.to_string_lossy().replace('\\', "/");
        let Some(kind) = kind_of(&inside) else {
            continue;
        };
        let text = std::fs::read_to_string(&path).expect("a record");
        records.push((inside, kind, serde_yaml::from_str(&text).expect("YAML")));
    }
    records
}

const EXAMPLES: [&str; 5] = ["bexley", "bcp", "nelc", "care-planning", "west-berkshire"];

/// The schemas of an example folder, with its council's own words.
fn schemas_of(example: &str) -> Vec<Value> {
    let folder = format!("examples/{example}");
    let of = |kind: &&str| {
        let output = told(&["--folder", &folder, "schema", kind]);
        assert_eq!(status(&output), 0, "{}", stderr(&output));
        json(&output)
    };
    KINDS.iter().map(of).collect()
}

#[test]
fn the_records_of_every_example_fit_their_schemas_with_and_without_the_council() {
    let general: Vec<_> = KINDS.map(|kind| validator(&schema(kind))).into();
    for example in EXAMPLES {
        let own: Vec<_> = schemas_of(example).iter().map(validator).collect();
        let mut counted = [0; 4];
        for (path, kind, value) in records(&project().join("examples").join(example)) {
            counted[kind] += 1;
            for (validator, words) in [(&general[kind], "any"), (&own[kind], "own")] {
                let found = misfits(validator, &value);
                assert_eq!(
                    found,
                    Vec::<String>::new(),
                    "{example}/{path}, {words} words"
                );
            }
        }
        assert!(
            counted[..3].iter().all(|count| *count > 1),
            "{example}: {counted:?}"
        );
    }
}

#[test]
fn every_rule_file_fits_its_schema() {
    let schema = schema("council");
    let validator = validator(&schema);
    let mut counted = 0;
    for entry in std::fs::read_dir(project().join("councils")).expect("the councils") {
        let path = entry.expect("an entry").path();
        if path.extension().is_none_or(|ending| ending != "toml")
            || path.to_string_lossy().contains("bank-holidays")
        {
            continue;
        }
        counted += 1;
        let text = std::fs::read_to_string(&path).expect("a rule file");
        let value: toml::Value = toml::from_str(&text).expect("TOML");
        let found = misfits(&validator, &plain(value));
        assert_eq!(found, Vec::<String>::new(), "{}", path.display());
    }
    assert!(counted > 5, "{counted}");
}

/// TOML as an editor hands it to a schema: dates and hours are text.
fn plain(value: toml::Value) -> Value {
    match value {
        toml::Value::Datetime(moment) => Value::String(moment.to_string()),
        toml::Value::Array(list) => list.into_iter().map(plain).collect(),
        toml::Value::Table(table) => table
            .into_iter()
            .map(|(key, value)| (key, plain(value)))
            .collect::<serde_json::Map<_, _>>()
            .into(),
        other => serde_json::to_value(other).expect("a plain value"),
    }
}

/// Every place of a value, as JSON pointers.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                places(value, &format!("{at}/{key}"), found);
            }
        }
        Value::Array(list) => {
            for (index, value) in list.iter().enumerate() {
                places(value, &format!("{at}/{index}"), found);
            }
        }
        _ => {}
    }
}

fn is_day(text: &str) -> bool {
    text.len() >= 10
        && text.char_indices().take(10).all(|(at, c)| match at {
            4 | 7 => c == '-',
            _ => c.is_ascii_digit(),
        })
}

/// Groups whose keys are the council's own ids.
const OF_IDS: [&str; 3] = ["checklist", "sections", "done"];

/// Each date, amount, truth value and key of every example, written wrongly, is refused at its
/// place: what `panel check` refuses to read, an editor marks.
#[test]
fn what_is_written_wrongly_anywhere_in_an_example_does_not_fit() {
    let validators: Vec<_> = KINDS.map(|kind| validator(&schema(kind))).into();
    let mut counted = [0; 4];
    for (path, kind, sound) in records(&project().join("examples/bexley")) {
        let mut all = Vec::new();
        places(&sound, "", &mut all);
        for at in all {
            let key = at.rsplit('/').next().expect("a step");
            let is_of_ids = at.split('/').any(|step| OF_IDS.contains(&step));
            let value = sound.pointer(&at).expect("it is there");
            let (row, wrong) = match value {
                Value::String(text) if is_day(text) => (0, Value::from("20/11/2026")),
                Value::Number(_) if ["weekly", "one_off", "total"].contains(&key) => {
                    (1, Value::from("£1,250"))
                }
                Value::Bool(_) => (2, Value::from("perhaps")),
                Value::Object(_) if !is_of_ids => {
                    let mut map = value.as_object().expect("a group").clone();
                    map.insert("no_such_key".to_owned(), Value::from("x"));
                    (3, Value::Object(map))
                }
                _ => continue,
            };
            counted[row] += 1;
            let mut faulty = sound.clone();
            *faulty.pointer_mut(&at).expect("it is there") = wrong;
            let found = misfits(&validators[kind], &faulty);
            assert!(
                found
                    .iter()
                    .any(|fault| at.starts_with(fault.split(": ").next().expect("a place"))),
                "{path} {at}: {found:?}"
            );
        }
    }
    assert!(counted.iter().all(|count| *count > 20), "{counted:?}");
}

/// A word that the council does not use is refused once the council is known; one that it adds
/// fits there and only there.
#[test]
fn the_words_of_a_council_are_those_that_fit() {
    let of = |example: &str| {
        let schemas = schemas_of(example);
        (schemas[0].clone(), validator(&schemas[0]))
    };
    let general = validator(&schema("referral"));
    let words = |schema: &Value, group: &str, key: &str| -> Vec<String> {
        schema["definitions"][group]["properties"][key]["enum"]
            .as_array()
            .expect("words")
            .iter()
            .filter_map(|word| word.as_str().map(str::to_owned))
            .collect()
    };
    let sound = |kind: &str| {
        serde_json::json!({
            "reference": "R-1", "child": {"name": "A"}, "worker": {"name": "B"}, "request": {"kind": kind},
        })
    };
    let mut added = 0;
    let of_all: Vec<_> = EXAMPLES.iter().map(|example| of(example)).collect();
    for (own, validator) in &of_all {
        assert!(!misfits(validator, &sound("perhaps")).is_empty());
        assert_eq!(misfits(&general, &sound("perhaps")), Vec::<String>::new());
        for word in words(own, "Request", "kind") {
            assert_eq!(
                misfits(validator, &sound(&word)),
                Vec::<String>::new(),
                "{word}"
            );
        }
        let roles = words(own, "SignOff", "role");
        for (other, _) in &of_all {
            let others = words(other, "SignOff", "role");
            added += roles.iter().filter(|role| !others.contains(role)).count();
        }
        let labels = own["definitions"]["Request"]["properties"]["kind"]["enumDescriptions"]
            .as_array()
            .expect("labels");
        let kinds = &own["definitions"]["Request"]["properties"]["kind"]["enum"];
        assert_eq!(labels.len(), kinds.as_array().expect("words").len());
    }
    assert!(added > 0, "no council has a post of its own");
}

#[test]
fn what_a_form_must_not_hold_does_not_fit_the_schema_of_referrals() {
    let validator = validator(&schema("referral"));
    let sound = "reference: R-1\nchild: {name: A}\nworker: {name: B}\nrequest: {summary: x}\n";
    let places_of = |text: &str| {
        let value: Value = serde_yaml::from_str(text).expect("YAML");
        let found = misfits(&validator, &value);
        found
            .iter()
            .map(|fault| fault.split(": ").next().expect("a place").to_owned())
            .collect::<Vec<_>>()
    };
    for fits in [
        "",
        "costs:\nplaced_on:\n",
        "costs: [{item: placement, weekly: 4250.10, weeks: 26}]\n",
        "costs: [{item: placement, weekly: \"4250.10\"}]\n",
        "total: 0.07\n",
        "submitted: 2026-11-17T12:40\n",
        "submitted: 2026-11-17 12:40:30\n",
        "needs: [health]\n",
        "costs:\n  -\n",
        "documents: [{title: 2026}]\n",
        "part_of: 142\n",
        "placed_on: 2028-02-29\n",
    ] {
        assert_eq!(
            places_of(&format!("{sound}{fits}")),
            Vec::<String>::new(),
            "{fits}"
        );
    }
    for (does_not, place) in [
        ("cots: []\n", ""),
        ("placed_on: true\n", "/placed_on"),
        ("placed_on: 20/11/2026\n", "/placed_on"),
        ("submitted: 2026-11-17 noon\n", "/submitted"),
        ("funding: [{status: perhaps}]\n", "/funding/0/status"),
        ("costs: [{weekly: -5}]\n", "/costs/0/weekly"),
        ("costs: [{weekly: \"5.123\"}]\n", "/costs/0/weekly"),
        ("costs: [{weekly: £5}]\n", "/costs/0/weekly"),
        ("costs: [{weeks: ten}]\n", "/costs/0/weeks"),
        ("with: [\"R 1\"]\n", "/with/0"),
        ("placed_on: 2026-02-29\n", "/placed_on"),
        ("placed_on: 2100-02-29\n", "/placed_on"),
        ("placed_on: 2026-04-31\n", "/placed_on"),
        ("placed_on: 2026-13-01\n", "/placed_on"),
        ("submitted: 2026-11-17T24:00\n", "/submitted"),
        ("submitted: 2026-11-17T12:60\n", "/submitted"),
        ("costs: [{weeks: -1}]\n", "/costs/0/weeks"),
        ("siblings: R-2\n", "/siblings"),
        ("sign_offs: {role: team-manager}\n", "/sign_offs"),
    ] {
        let found = places_of(&format!("{sound}{does_not}"));
        assert_eq!(found, [place], "{does_not}");
    }
    for (kept, missing) in [("reference", "child"), ("child", "reference")] {
        let found = places_of(&format!("{kept}: {}\nworker: {{}}\nrequest: {{}}\n", "R-1"));
        assert!(found.contains(&String::new()), "{missing}: {found:?}");
    }
}

#[test]
fn the_reference_of_keys_has_every_key_of_the_schema() {
    let schema = schema("council");
    let page = stdout(&told(&["schema", "council", "--format", "markdown"]));
    let mut missing = Vec::new();
    for definition in schema["definitions"]
        .as_object()
        .expect("definitions")
        .values()
    {
        for key in definition["properties"]
            .as_object()
            .into_iter()
            .flatten()
            .map(|(key, _)| key)
        {
            if !page.contains(&format!("| `{key}` |")) {
                missing.push(key.clone());
            }
        }
    }
    assert_eq!(missing, Vec::<String>::new());
    for key in schema["properties"].as_object().expect("properties").keys() {
        let is_there = [
            format!("[{key}]"),
            format!("[{key}."),
            format!("| `{key}` |"),
        ]
        .iter()
        .any(|heading| page.contains(heading));
        assert!(is_there || key == "$schema", "{key}");
    }
    assert_eq!(
        page.matches("| `clause` |").count(),
        1,
        "common keys stand once"
    );
}
