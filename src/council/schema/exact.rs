//! What the reader of records takes or refuses beyond what their types say, so that an editor marks
//! exactly what `panel check` tells.

use super::words::{OWN_REFERENCE, REFERENCE};
use super::{all_words, or_null};
use crate::council::Council;
use crate::council::vocabulary::Use;
use serde_json::{Map, Value, json};

/// Persons whose post has to be a word: group and key. Elsewhere a person's role is any text, like
/// "mother".
const POSTS: &[(&str, &str)] = &[
    ("", "worker"),
    ("", "attending"),
    ("", "decided_by"),
    ("", "chair"),
    ("Emergency", "approved_by"),
    ("Withdrawn", "agreed_by"),
];

/// Numbers that cannot be below nought.
const COUNTS: &[(&str, &str)] = &[("CostLine", "weeks"), ("Request", "distance_miles")];

/// Brings one group of keys to what the reader does; the whole file has no name.
pub(super) fn of_group(
    name: &str,
    object: &mut Value,
    required: &[&str],
    council: Option<&Council>,
) {
    let Some(Value::Object(properties)) = object.get_mut("properties") else {
        return;
    };
    for (key, value) in properties {
        for inner in ["items", "additionalProperties"] {
            if let Some(inner) = value.get_mut(inner) {
                as_text(inner);
                // A row that is only begun says nothing yet, but for names that are counted.
                if key != "involved_members" {
                    or_null(inner);
                }
            }
        }
        as_text(value);
        if COUNTS.contains(&(name, key)) {
            value["minimum"] = json!(0);
        }
        if name.is_empty() && required.contains(&key.as_str()) && value.get("allOf").is_some() {
            // A group with nothing in it is missing.
            value["type"] = json!("object");
            value["minProperties"] = json!(1);
        }
        let Some(council) = council else { continue };
        if POSTS.contains(&(name, key)) {
            point_at_posts(value);
        }
        match (name, key.as_str()) {
            ("Scaling", "score") => {
                if let Some(scale) = &council.scale {
                    value["minimum"] = json!(scale.least);
                    value["maximum"] = json!(scale.most);
                }
            }
            ("", "checklist") => hold_to(
                value,
                ids(council, |rules| {
                    rules
                        .checklist
                        .iter()
                        .map(|point| point.id.clone())
                        .collect()
                }),
            ),
            ("", "sections") => hold_to(
                value,
                ids(council, |rules| {
                    let own = rules.sections.iter();
                    own.filter_map(|section| section.field.strip_prefix("sections."))
                        .map(str::to_owned)
                        .collect()
                }),
            ),
            _ => {}
        }
    }
}

/// The definition of a person whose post has to be one of the council's words.
pub(super) fn add_posts(schema: &mut Value, council: &Council) {
    let Some(mut person) = schema["definitions"].get("Person").cloned() else {
        return;
    };
    let words = all_words(council);
    let known = words.of(Use::Role);
    for key in ["role", "delegated_by"] {
        let role = &mut person["properties"][key];
        let Some(role) = role.as_object_mut().filter(|_| key == "role") else {
            continue;
        };
        role.remove("examples");
        role.insert("type".to_owned(), json!(["string", "null"]));
        let ids = known.iter().map(|word| json!(word.id));
        role.insert("enum".to_owned(), ids.chain([Value::Null]).collect());
        let labels = known.iter().map(|word| json!(word.label));
        role.insert(
            "enumDescriptions".to_owned(),
            labels.chain([json!("nothing is said")]).collect(),
        );
    }
    schema["definitions"]["PostHolder"] = person;
}

/// A text may look like a number or like yes and no: it is read as the text that it is.
fn as_text(value: &mut Value) {
    let Some(map) = value.as_object_mut() else {
        return;
    };
    let is_text = match map.get("type") {
        Some(Value::String(kind)) => kind == "string",
        Some(Value::Array(kinds)) => kinds
            .iter()
            .all(|kind| kind == "string" || kind == "null" || kind == "integer"),
        _ => false,
    } && map
        .get("type")
        .is_some_and(|kind| kind.to_string().contains("string"));
    if !is_text || map.contains_key("enum") {
        return;
    }
    let number = match map.get("pattern") {
        None => "number",
        Some(pattern) if pattern == REFERENCE || pattern == OWN_REFERENCE => "integer",
        Some(_) => return,
    };
    map.insert("type".to_owned(), json!(["string", number, "boolean"]));
}

fn point_at_posts(value: &mut Value) {
    match value {
        Value::String(text) if text == "#/definitions/Person" => {
            "#/definitions/PostHolder".clone_into(text);
        }
        Value::Object(map) => map.values_mut().for_each(point_at_posts),
        Value::Array(list) => list.iter_mut().for_each(point_at_posts),
        _ => {}
    }
}

/// The ids that the council's every panel and part has for a group.
fn ids(council: &Council, of: impl Fn(&Council) -> Vec<String>) -> Vec<String> {
    let mut ids: Vec<String> = Vec::new();
    for rules in std::iter::once(council).chain(&council.others) {
        for id in of(rules) {
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
    }
    ids
}

fn hold_to(value: &mut Value, ids: Vec<String>) {
    let names = if ids.is_empty() {
        json!(false)
    } else {
        Value::Object(Map::from_iter([("enum".to_owned(), json!(ids))]))
    };
    value["propertyNames"] = names;
}
