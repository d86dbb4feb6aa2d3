//! The schemas beside the reader: what one refuses for its shape (an unknown key, a wrong kind of
//! value, an unknown word) the other refuses, and nothing else. Of every case of `tests/cases`, and
//! of sound records in which each place is made wrong in turn.
#![allow(
    clippy::disallowed_methods,
    reason = "tests make and read folders of their own"
)]

mod support;

use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use support::cases::{cases, prepared};
use support::{copy_of, on_every_core, run, status, stderr, stdout};

const NOW: &str = "2026-11-24T09:00";
const KINDS: [&str; 4] = ["referral", "meeting", "decision", "after"];

/// The rules that tell of a file's shape alone.
const SHAPE: [&str; 3] = ["unknown-field", "missing-field", "bad-value"];

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

/// The validators of a case folder, with its council's own words.
fn validators(folder: &Path) -> Vec<jsonschema::Validator> {
    let of = |kind: &&str| {
        let output = run(folder, NOW, &["schema", kind]);
        assert_eq!(status(&output), 0, "{}", stderr(&output));
        let schema: Value = serde_json::from_str(&stdout(&output)).expect("JSON");
        let mut options = jsonschema::draft7::options();
        // As editors do.
        options = options.should_validate_formats(true);
        options.build(&schema).expect("it is a schema of draft 7")
    };
    KINDS.iter().map(of).collect()
}

/// The places that the schemas refuse: path of the file, and JSON pointers.
fn refused_by_schema(
    folder: &Path,
    validators: &[jsonschema::Validator],
) -> BTreeMap<String, BTreeSet<String>> {
    let mut refused: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
        let path = entry.expect("it can be walked").into_path();
        let inside = path.strip_prefix(folder).expect("it lies below");
        let inside = inside.to_string_lossy().replace('\\', "/");
        let Some(kind) = kind_of(&inside).filter(|_| inside.ends_with(".yaml")) else {
            continue;
        };
        let text = std::fs::read_to_string(&path).expect("a record");
        // What is no YAML at all is no matter of shape.
        let Ok(value) = serde_yaml::from_str::<Value>(&text) else {
            continue;
        };
        for error in validators[kind].iter_errors(&value) {
            let at = error.instance_path().to_string();
            refused.entry(inside.clone()).or_default().insert(at);
        }
    }
    refused
}

/// The places that the reader refuses for their shape.
fn refused_by_reader(folder: &Path, as_of: &str) -> BTreeMap<String, BTreeSet<String>> {
    let output = run(folder, as_of, &["check", "--drafts", "--format", "json"]);
    let report: Value = serde_json::from_str(&stdout(&output))
        .unwrap_or_else(|error| panic!("{error}: {}", stderr(&output)));
    let mut refused: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for finding in report["findings"].as_array().expect("a list") {
        if !SHAPE.contains(&finding["rule"].as_str().expect("a rule")) {
            continue;
        }
        let file = finding["file"].as_str().expect("a file").to_owned();
        let path = finding["path"].as_str().unwrap_or("");
        refused.entry(file).or_default().insert(pointer(path));
    }
    refused
}

/// A path as findings write it, as a JSON pointer: `costs[0].weekly`.
fn pointer(path: &str) -> String {
    let mut pointer = String::new();
    for step in path.split(['.', '[']).filter(|step| !step.is_empty()) {
        pointer.push('/');
        pointer.push_str(step.trim_end_matches(']'));
    }
    pointer
}

/// Whether the two say the same; what they say differently, file by file. The schema tells an
/// unknown key and a missing one at the group.
fn differences(
    by_schema: &BTreeMap<String, BTreeSet<String>>,
    by_reader: &BTreeMap<String, BTreeSet<String>>,
) -> Vec<String> {
    let files: BTreeSet<&String> = by_schema.keys().chain(by_reader.keys()).collect();
    let none = BTreeSet::new();
    let is_of = |group: &str, place: &str| {
        place == group
            || place
                .rsplit_once('/')
                .is_some_and(|(above, _)| above == group)
    };
    files
        .into_iter()
        .filter_map(|file| {
            let schema = by_schema.get(file).unwrap_or(&none);
            let reader = by_reader.get(file).unwrap_or(&none);
            let same = schema.is_empty() == reader.is_empty()
                && reader
                    .iter()
                    .all(|at| schema.iter().any(|group| is_of(group, at)))
                && schema
                    .iter()
                    .all(|group| reader.iter().any(|at| is_of(group, at)));
            (!same).then(|| format!("{file}: the schema refuses {schema:?}, the reader {reader:?}"))
        })
        .collect()
}

#[test]
fn of_every_case_the_schemas_refuse_exactly_what_the_reader_refuses() {
    let cases = cases();
    let results = on_every_core(&cases, |(name, own, case)| {
        let folder = prepared(own, case);
        let by_schema = refused_by_schema(folder.path(), &validators(folder.path()));
        let by_reader = refused_by_reader(folder.path(), &case.as_of);
        let told = differences(&by_schema, &by_reader);
        let told: Vec<String> = told.iter().map(|told| format!("{name}: {told}")).collect();
        (told, !by_reader.is_empty())
    });
    let told: Vec<&String> = results.iter().flat_map(|(told, _)| told).collect();
    let bad = results.iter().filter(|(_, is_bad)| *is_bad).count();
    assert!(told.is_empty(), "{told:#?}");
    assert!(bad >= 5, "only {bad} cases have a fault of shape");
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

/// What can be wrong, or right, at any place.
fn attempts() -> Vec<Value> {
    vec![
        json!("perhaps"),
        json!("Perhaps so: it is £5."),
        json!(""),
        json!("20/11/2026"),
        json!("2026-02-31"),
        json!("2026-11-20"),
        json!("2026-11-20T09:00"),
        json!("2026-11-20T25:00"),
        json!("12.50"),
        json!("£12"),
        json!("12.345"),
        json!("2:1"),
        json!("R-2026-0001"),
        json!("R 1"),
        json!(3),
        json!(-1),
        json!(4250.5),
        json!(4250.555),
        json!(true),
        json!("yes"),
        Value::Null,
        json!([]),
        json!(["perhaps"]),
        json!([null]),
        json!({}),
        json!({"no_such_key": "x"}),
    ]
}

/// A group with one key more.
fn with_more(value: &Value) -> Option<Value> {
    let mut map: Map<String, Value> = value.as_object()?.clone();
    map.insert("no_such_key".to_owned(), json!("x"));
    Some(Value::Object(map))
}

#[test]
fn wherever_a_referral_is_made_wrong_the_schema_refuses_exactly_what_the_reader_refuses() {
    let folder = copy_of("examples/bexley");
    let validators = validators(folder.path());
    let mut whole = Map::new();
    // One referral with as many keys as the examples have between them.
    for entry in walkdir::WalkDir::new(folder.path().join("referrals")).sort_by_file_name() {
        let path = entry.expect("it can be walked").into_path();
        let Ok(text) = std::fs::read_to_string(&path) else {
            continue;
        };
        let value: Map<String, Value> = serde_yaml::from_str(&text).expect("a referral");
        for (key, value) in value {
            let held = whole.entry(key).or_insert(Value::Null);
            merge(held, value);
        }
    }
    let whole = Value::Object(whole);
    let mut found = Vec::new();
    places(&whole, "", &mut found);
    let mut tried = Vec::new();
    for at in found.iter().filter(|at| !at.is_empty()) {
        let before = whole.pointer(at).expect("it is there");
        for wrong in attempts().into_iter().chain(with_more(before)) {
            let mut changed = whole.clone();
            let told = format!("{at} = {wrong}");
            *changed.pointer_mut(at).expect("it is there") = wrong;
            // Each a request of its own: of one reference there is one file.
            let reference = format!("R-{}", tried.len());
            if at != "/reference" {
                changed["reference"] = Value::from(reference.as_str());
            }
            let text = serde_yaml::to_string(&changed).expect("YAML");
            tried.push((format!("referrals/{reference}.yaml"), text, told));
        }
    }
    let some: Vec<_> = tried.chunks(100).collect();
    let results = on_every_core(&some, |some| {
        let folder = tempfile::tempdir().expect("a temporary folder");
        std::fs::create_dir(folder.path().join("referrals")).expect("made");
        std::fs::write(folder.path().join("panel.toml"), "council = \"bexley\"\n").expect("made");
        for (file, text, _) in *some {
            std::fs::write(folder.path().join(file), text).expect("written");
        }
        let by_schema = refused_by_schema(folder.path(), &validators);
        let by_reader = refused_by_reader(folder.path(), NOW);
        let differ = differences(&by_schema, &by_reader).into_iter().map(|told| {
            let file = told.split(':').next().expect("a file");
            let attempt = some.iter().find(|(own, ..)| own == file);
            format!("{}: {told}", attempt.expect("it was tried").2)
        });
        (differ.collect::<Vec<_>>(), by_reader.len())
    });
    let refused: usize = results.iter().map(|(_, refused)| refused).sum();
    let told: Vec<&String> = results.iter().flat_map(|(told, _)| told).collect();
    assert!(
        told.is_empty(),
        "{} of {} differ: {told:#?}",
        told.len(),
        tried.len()
    );
    assert!(refused > 1000, "{refused} of {} are refused", tried.len());
}

/// Adds to a value what another has more: keys, and the first row of a list.
fn merge(held: &mut Value, more: Value) {
    match (held, more) {
        (held @ Value::Null, more) => *held = more,
        (Value::Object(held), Value::Object(more)) => {
            for (key, value) in more {
                merge(held.entry(key).or_insert(Value::Null), value);
            }
        }
        (Value::Array(held), Value::Array(more)) => {
            held.truncate(1);
            for value in more {
                match held.first_mut() {
                    Some(first) => merge(first, value),
                    None => held.push(value),
                }
            }
        }
        _ => {}
    }
}
