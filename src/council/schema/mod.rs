//! JSON Schemas of what people write, from the very types that read it: for editors, and for the
//! book's reference of keys.

mod exact;
mod words;

use super::Council;
use super::build_on::LISTS;
use super::raw::{ClockTime, OneOrMany, RawCouncil};
use super::vocabulary::{Use, Vocabulary};
use crate::records::{After, Decision, Meeting, Referral};
use schemars::{JsonSchema, Schema, SchemaGenerator, generate::SchemaSettings, json_schema};
use serde_json::{Value, json};

/// A kind of file that has a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FileKind {
    /// A rule file.
    Council,
    /// `referrals/**/REFERENCE.yaml`.
    Referral,
    /// `meetings/DATE/meeting.yaml`.
    Meeting,
    /// `meetings/DATE/decisions/REFERENCE.yaml`.
    Decision,
    /// `meetings/DATE/after/REFERENCE.yaml`.
    After,
}

impl JsonSchema for OneOrMany {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "OneOrMany".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": ["string", "array"], "items": { "type": "string" } })
    }
}

impl JsonSchema for ClockTime {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "ClockTime".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "pattern": "^\\d{2}:\\d{2}(:\\d{2})?$",
            "examples": ["14:00:00"],
        })
    }
}

/// The schema of one kind of file. Of a council that is known, all words are: others do not fit.
/// Where none is, the built-in ones are proposed, and a council's own stand beside them.
pub(crate) fn schema_of(kind: FileKind, council: Option<&Council>) -> Value {
    let words = council.map_or_else(Vocabulary::built_in, all_words);
    let generator = SchemaSettings::draft07().into_generator();
    let (schema, title, required): (Schema, &str, &[&str]) = match kind {
        FileKind::Council => (
            generator.into_root_schema_for::<RawCouncil>(),
            "A council's rule file",
            &[],
        ),
        FileKind::Referral => (
            generator.into_root_schema_for::<Referral>(),
            "A referral",
            &["reference", "child", "worker", "request"],
        ),
        FileKind::Meeting => (
            generator.into_root_schema_for::<Meeting>(),
            "A meeting",
            &["date"],
        ),
        FileKind::Decision => (
            generator.into_root_schema_for::<Decision>(),
            "A decision",
            &["referral", "meeting", "outcome", "decided_by"],
        ),
        FileKind::After => (
            generator.into_root_schema_for::<After>(),
            "What became true after a decision",
            &[],
        ),
    };
    let mut schema = schema.to_value();
    schema["title"] = json!(title);
    if kind == FileKind::Council {
        whole_file(&mut schema);
    }
    each_object(&mut schema, &mut |name, object| {
        tidy(object);
        if kind == FileKind::Council {
            object["additionalProperties"] = json!(false);
            each_property(object, &mut |_, value| without_null(value));
        } else {
            object["additionalProperties"] = json!(false);
            if !name.is_empty() {
                // Said of the group itself, not by `anyOf` around it: validators then point at the
                // very key that does not fit.
                object["type"] = json!(["object", "null"]);
            }
            words::into_properties(name, object, &words, council.is_some());
            exact::of_group(name, object, required, council);
            // A key with nothing after it says as much as no key.
            each_property(object, &mut |key, value| {
                without_null(value);
                if !(name.is_empty() && required.contains(&key)) {
                    or_null(value);
                }
            });
        }
    });
    if let Some(council) = council.filter(|_| kind != FileKind::Council) {
        exact::add_posts(&mut schema, council);
    }
    if !required.is_empty() {
        schema["required"] = json!(required);
    }
    schema
}

/// The words of a council's every panel, part and day.
pub(crate) fn all_words(council: &Council) -> Vocabulary {
    let mut words = council.words.clone();
    for other in &council.others {
        for place in Use::ALL.map(|(place, _)| place) {
            for word in other.words.of(place) {
                if words.find(place, &word.id).is_none() {
                    words.add(place, word.clone());
                }
            }
        }
    }
    words
}

/// A group that stands once may be written as a list of groups, each with its days or its panels.
fn whole_file(schema: &mut Value) {
    schema["properties"]["$schema"] = json!({
        "type": "string",
        "description": "For editors.",
    });
    each_property(schema, &mut |key, value| {
        if matches!(key, "extends" | "words" | "$schema") || LISTS.contains(&key) {
            return;
        }
        if key == "thresholds" {
            let amount = value["additionalProperties"].take();
            value["additionalProperties"] = one_or_list(amount);
            return;
        }
        let description = value
            .as_object_mut()
            .and_then(|value| value.remove("description"));
        without_null(value);
        *value = one_or_list(value.take());
        if let Some(description) = description {
            value["description"] = description;
        }
    });
}

fn one_or_list(group: Value) -> Value {
    json!({ "anyOf": [group, { "type": "array", "items": group }] })
}

/// Every group of keys: the whole, under no name, and each definition under its own.
fn each_object(schema: &mut Value, see: &mut impl FnMut(&str, &mut Value)) {
    see("", schema);
    if let Some(Value::Object(definitions)) = schema.get_mut("definitions") {
        for (name, definition) in definitions {
            if definition.get("properties").is_some() {
                see(name, definition);
            }
        }
    }
}

fn each_property(object: &mut Value, see: &mut impl FnMut(&str, &mut Value)) {
    if let Some(Value::Object(properties)) = object.get_mut("properties") {
        for (key, value) in properties {
            see(key, value);
        }
    }
}

/// What the generator says that a reader of the file has no use for: defaults that mean absent,
/// and the widths of numbers.
fn tidy(object: &mut Value) {
    each_property(object, &mut |_, value| {
        if let Some(value) = value.as_object_mut() {
            value.remove("default");
            value.remove("format");
            for key in ["anyOf", "items", "additionalProperties"] {
                strip_formats(value.get_mut(key));
            }
        }
    });
}

fn strip_formats(value: Option<&mut Value>) {
    match value {
        Some(Value::Object(map)) => {
            map.remove("format");
            map.values_mut()
                .for_each(|value| strip_formats(Some(value)));
        }
        Some(Value::Array(list)) => list.iter_mut().for_each(|value| strip_formats(Some(value))),
        _ => {}
    }
}

/// TOML has no empty value.
fn without_null(value: &mut Value) {
    let Some(map) = value.as_object_mut() else {
        return;
    };
    if let Some(Value::Array(types)) = map.get_mut("type") {
        types.retain(|kind| kind != "null");
        if let [only] = types.as_slice() {
            map["type"] = only.clone();
        }
    }
    if let Some(Value::Array(options)) = map.get_mut("enum") {
        options.retain(|option| !option.is_null());
    }
    let Some(Value::Array(options)) = map.get_mut("anyOf") else {
        return;
    };
    options.retain(|option| option["type"] != "null");
    if let [only] = options.as_slice()
        && let Some(only) = only.as_object().cloned()
    {
        map.remove("anyOf");
        // Beside `$ref` nothing counts in this draft, so a description needs `allOf` around it.
        if only.contains_key("$ref") && map.contains_key("description") {
            map.insert("allOf".to_owned(), json!([only]));
        } else {
            map.extend(only);
        }
    }
}

fn or_null(value: &mut Value) {
    let Some(map) = value.as_object_mut() else {
        return;
    };
    if let Some(Value::Array(options)) = map.get_mut("enum")
        && !options.contains(&Value::Null)
    {
        options.push(Value::Null);
        if let Some(Value::Array(labels)) = map.get_mut("enumDescriptions") {
            labels.push(json!("nothing is said"));
        }
    }
    match map.get_mut("type") {
        Some(Value::Array(types)) if !types.iter().any(|kind| kind == "null") => {
            types.push(json!("null"));
        }
        Some(Value::String(one)) => {
            let one = std::mem::take(one);
            map.insert("type".to_owned(), json!([one, "null"]));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests;
