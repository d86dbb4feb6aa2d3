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

/// The validator of a kind of record in a case folder, with its council's own words.
fn validator(folder: &Path, kind: usize) -> jsonschema::Validator {
    let output = run(folder, NOW, &["schema", KINDS[kind]]);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let schema: Value = serde_json::from_str(&stdout(&output)).expect("JSON");
    let options = jsonschema::draft7::options();
    options.build(&schema).expect("it is a schema of draft 7")
}

/// The places that the schemas refuse in those files that are wanted: path of the file, and JSON
/// pointers.
fn refused_by_schema(
    folder: &Path,
    is_wanted: &dyn Fn(&str) -> bool,
) -> BTreeMap<String, BTreeSet<String>> {
    let mut validators: [Option<jsonschema::Validator>; 4] = [const { None }; 4];
    let mut refused: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
        let path = entry.expect("it can be walked").into_path();
        let inside = path.strip_prefix(folder).expect("it lies below");
        let inside = inside.to_string_lossy().replace('\\', "/");
        let is_record = inside.ends_with(".yaml") && is_wanted(&inside);
        let Some(kind) = kind_of(&inside).filter(|_| is_record) else {
            continue;
        };
        let text = std::fs::read_to_string(&path).expect("a record");
        // What is no YAML at all is no matter of shape.
        let Ok(value) = serde_yaml::from_str::<Value>(&text) else {
            continue;
        };
        let validator = validators[kind].get_or_insert_with(|| validator(folder, kind));
        for error in validator.iter_errors(&value) {
            let at = error.instance_path().to_string();
            refused.entry(inside.clone()).or_default().insert(at);
        }
    }
    refused
}

/// The places that the reader tells of: for their shape, and for anything.
#[derive(Default)]
struct Told {
    shape: BTreeMap<String, BTreeSet<String>>,
    any: BTreeMap<String, BTreeSet<String>>,
    /// Files that are not read as they stand, for what the words in them are written with.
    misspelt: BTreeSet<String>,
}

fn told_by_reader(folder: &Path, as_of: &str) -> Told {
    let output = run(folder, as_of, &["check", "--drafts", "--format", "json"]);
    let report: Value = serde_json::from_str(&stdout(&output))
        .unwrap_or_else(|error| panic!("{error}: {}", stderr(&output)));
    let mut told = Told::default();
    for finding in report["findings"].as_array().expect("a list") {
        let file = finding["file"].as_str().expect("a file").to_owned();
        let at = pointer(finding["path"].as_str().unwrap_or(""));
        let rule = finding["rule"].as_str().expect("a rule");
        if rule == "syntax" {
            told.misspelt.insert(file.clone());
        }
        // That two files bear one number is no matter of either's shape.
        let is_of_two = at == "/child/case_id" && finding["severity"] == "warning";
        // A day that can be, but not at that time: no matter of shape either.
        let says = finding["message"].as_str().expect("words");
        let is_of_time = [
            "this says that it was ",
            "it was sent again on ",
            "it was taken back on ",
        ]
        .iter()
        .any(|begin| says.starts_with(begin));
        if SHAPE.contains(&rule) && !is_of_two && !is_of_time {
            told.shape
                .entry(file.clone())
                .or_default()
                .insert(at.clone());
        }
        told.any.entry(file).or_default().insert(at);
    }
    told
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

/// What the two say differently, file by file. What the reader refuses for its shape the schema
/// refuses; what the schema refuses the reader tells of: a reference that cannot be one is told as
/// one that is not there. The schema tells an unknown key and a missing one at the group. Where the
/// reader stops at how something is written, it says nothing of the value.
fn differences(by_schema: &BTreeMap<String, BTreeSet<String>>, by_reader: &Told) -> Vec<String> {
    let files: BTreeSet<&String> = by_schema.keys().chain(by_reader.shape.keys()).collect();
    let none = BTreeSet::new();
    let is_of = |group: &str, place: &str| {
        place == group
            || place
                .rsplit_once('/')
                .is_some_and(|(above, _)| above == group)
    };
    files
        .into_iter()
        .filter(|file| !by_reader.misspelt.contains(*file))
        .filter_map(|file| {
            let schema = by_schema.get(file).unwrap_or(&none);
            let shape = by_reader.shape.get(file).unwrap_or(&none);
            let any = by_reader.any.get(file).unwrap_or(&none);
            let same = shape
                .iter()
                .all(|at| schema.iter().any(|group| is_of(group, at)))
                && schema
                    .iter()
                    .all(|group| any.iter().any(|at| is_of(group, at)));
            (!same).then(|| format!("{file}: the schema refuses {schema:?}, the reader {shape:?}"))
        })
        .collect()
}

/// Cases in which a value that could stand there cannot stand beside another: no matter of shape,
/// though the same rule tells it.
const BESIDE_ANOTHER: [&str; 3] = [
    "end-before-its-beginning",
    "dates/sent-again-and-taken-back-in-a-wrong-year",
    "dates/sent-in-a-year-to-come",
];

#[test]
fn of_every_case_the_schemas_refuse_exactly_what_the_reader_refuses() {
    let cases = cases();
    let results = on_every_core(&cases, |(name, own, case)| {
        // What the case itself changes: the sound folder is that of every other case.
        let changed = |inside: &str| case.change.iter().any(|change| change.file == inside);
        let folder = prepared(own, case);
        let by_schema = refused_by_schema(folder.path(), &changed);
        let is_bad = SHAPE.iter().any(|rule| {
            case.expect
                .iter()
                .any(|line| line.contains(&format!("[{rule}]")))
        });
        // That the reader tells of nothing else is what tests/cases.rs shows.
        if by_schema.is_empty() && !is_bad {
            return (Vec::new(), false);
        }
        let by_reader = told_by_reader(folder.path(), &case.as_of);
        if BESIDE_ANOTHER.contains(&name.as_str()) {
            assert!(by_schema.is_empty() && !by_reader.any.is_empty(), "{name}");
            return (Vec::new(), false);
        }
        let told = differences(&by_schema, &by_reader).into_iter();
        let told: Vec<String> = told.map(|told| format!("{name}: {told}")).collect();
        (told, true)
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

/// What can be wrong, or right, at any place. Left out is an empty text or list where a group
/// stands: it is read as nothing at all, and an editor may well mark it. So is an amount as a number
/// with more than two decimals: a schema that could tell it refuses sound amounts too.
fn attempts() -> Vec<Value> {
    vec![
        json!("perhaps"),
        json!("Perhaps so: it is £5."),
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
        json!(true),
        json!("yes"),
        Value::Null,
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
    for (place, at) in found.iter().filter(|at| !at.is_empty()).enumerate() {
        let before = whole.pointer(at).expect("it is there");
        // Every third at each place, and all of them at some: a folder takes its time.
        let some = attempts().into_iter().skip(place % 3).step_by(3);
        for wrong in some.chain(with_more(before)) {
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
        let by_schema = refused_by_schema(folder.path(), &|_| true);
        let by_reader = told_by_reader(folder.path(), NOW);
        let differ = differences(&by_schema, &by_reader).into_iter().map(|told| {
            let file = told.split(':').next().expect("a file");
            let attempt = some.iter().find(|(own, ..)| own == file);
            format!("{}: {told}", attempt.expect("it was tried").2)
        });
        (differ.collect::<Vec<_>>(), by_reader.shape.len())
    });
    let refused: usize = results.iter().map(|(_, refused)| refused).sum();
    let told: Vec<&String> = results.iter().flat_map(|(told, _)| told).collect();
    assert!(
        told.is_empty(),
        "{} of {} differ: {told:#?}",
        told.len(),
        tried.len()
    );
    assert!(refused > 400, "{refused} of {} are refused", tried.len());
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
