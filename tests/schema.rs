//! `panel schema` from outside: records fit what it says, and nothing that a reader refuses does.
#![allow(
    clippy::disallowed_methods,
    reason = "tests make and read folders of their own"
)]

mod support;

use serde_json::Value;
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

/// Whether a value fits a schema: as much of JSON Schema as is generated.
fn misfits(value: &Value, schema: &Value, root: &Value, at: &str, found: &mut Vec<String>) {
    if let Some(name) = schema["$ref"].as_str() {
        let target = &root["definitions"][name.trim_start_matches("#/definitions/")];
        return misfits(value, target, root, at, found);
    }
    for part in schema["allOf"].as_array().into_iter().flatten() {
        misfits(value, part, root, at, found);
    }
    for key in ["anyOf", "oneOf"] {
        if let Some(ways) = schema[key].as_array() {
            let fits = ways.iter().any(|way| {
                let mut inner = Vec::new();
                misfits(value, way, root, at, &mut inner);
                inner.is_empty()
            });
            if !fits {
                found.push(format!("{at}: {value} fits none of its ways"));
            }
        }
    }
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let accepts = |wanted: &Value| wanted == kind || (kind == "integer" && wanted == "number");
    let is_of_kind = match &schema["type"] {
        Value::Array(kinds) => kinds.iter().any(accepts),
        Value::Null => true,
        one => accepts(one),
    };
    if !is_of_kind {
        found.push(format!("{at}: {value} is no {}", schema["type"]));
    }
    if let Some(words) = schema["enum"].as_array()
        && !words.contains(value)
    {
        found.push(format!("{at}: {value} is no word of it"));
    }
    if let Some(word) = schema.get("const")
        && word != value
    {
        found.push(format!("{at}: {value} is not {word}"));
    }
    match value {
        Value::Object(map) => {
            for key in schema["required"].as_array().into_iter().flatten() {
                if map
                    .get(key.as_str().expect("a key"))
                    .is_none_or(Value::is_null)
                {
                    found.push(format!("{at}: {key} is missing"));
                }
            }
            for (key, value) in map {
                let at = format!("{at}.{key}");
                match (
                    schema["properties"].get(key),
                    &schema["additionalProperties"],
                ) {
                    (Some(schema), _) => misfits(value, schema, root, &at, found),
                    (None, Value::Bool(false)) => found.push(format!("{at}: no such key")),
                    (None, more) if more.is_object() => misfits(value, more, root, &at, found),
                    (None, _) => {}
                }
            }
        }
        Value::Array(list) => {
            for value in list {
                misfits(value, &schema["items"], root, &format!("{at}[]"), found);
            }
        }
        _ => {}
    }
}

fn schema(kind: &str) -> Value {
    let output = told(&["schema", kind]);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    json(&output)
}

/// Every record of the example fits the schema of its kind; the one that is there to be faulty
/// may hold a word that is none.
#[test]
fn the_records_of_the_example_fit_their_schemas() {
    let root = project().join("examples/bexley");
    let kinds = ["referral", "meeting", "decision", "after"].map(|kind| (kind, schema(kind)));
    let mut counted = [0; 4];
    for entry in walkdir::WalkDir::new(&root) {
        let path = entry.expect("it can be walked").into_path();
        if path.extension().is_none_or(|ending| ending != "yaml") {
            continue;
        }
        let inside = path.strip_prefix(&root).expect("it lies below");
        let inside = inside.to_string_lossy().replace('\\', "/");
        let place = match inside.split('/').collect::<Vec<_>>().as_slice() {
            ["referrals", ..] => 0,
            ["meetings", _, "meeting.yaml"] => 1,
            ["meetings", _, "decisions", _] => 2,
            ["meetings", _, "after", _] => 3,
            _ => continue,
        };
        counted[place] += 1;
        let text = std::fs::read_to_string(&path).expect("a record");
        let value: Value = serde_yaml::from_str(&text).expect("YAML");
        let (kind, schema) = &kinds[place];
        let mut found = Vec::new();
        misfits(&value, schema, schema, "", &mut found);
        assert_eq!(found, Vec::<String>::new(), "{inside} is no {kind}");
    }
    assert!(counted.iter().all(|count| *count > 3), "{counted:?}");
}

#[test]
fn what_a_form_must_not_hold_does_not_fit_the_schema_of_referrals() {
    let schema = schema("referral");
    let sound = "reference: R-1\nchild: {}\nworker: {}\nrequest: {}\n";
    let count = |added: &str| {
        let value: Value = serde_yaml::from_str(&format!("{sound}{added}")).expect("YAML");
        let mut found = Vec::new();
        misfits(&value, &schema, &schema, "", &mut found);
        found.len()
    };
    assert_eq!(count(""), 0);
    assert_eq!(
        count("costs:\nplaced_on:\n"),
        0,
        "a key with nothing after it says nothing"
    );
    assert_eq!(
        count("costs: [{item: placement, weekly: 4250.10, weeks: 26}]\n"),
        0
    );
    assert_eq!(count("cots: []\n"), 1);
    assert_eq!(count("placed_on: true\n"), 1);
    assert_eq!(count("funding: [{status: perhaps}]\n"), 1);
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
