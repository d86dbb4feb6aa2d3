//! `--initials`: no name of a child, a family or a network on any paper, in any form.

use super::support::{copy_of, on_every_core, project, run, status, stderr, stdout};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Each example with its own now, and two of its meetings: one held, one to come.
const EXAMPLES: [(&str, &str, [&str; 2]); 5] = [
    ("bcp", "2026-11-27T16:00", ["2026-11-23", "2026-11-30"]),
    ("bexley", "2026-12-01T09:00", ["2026-11-26", "2026-12-03"]),
    (
        "care-planning",
        "2026-12-01T09:00",
        ["2026-11-25", "2026-12-02"],
    ),
    ("nelc", "2026-11-26T09:00", ["2026-11-23", "2026-11-30"]),
    (
        "west-berkshire",
        "2026-12-01T09:00",
        ["2026-11-19", "2026-12-03"],
    ),
];

/// Small words and forms of address in names, which are nobody's.
const NOBODYS: [&str; 9] = ["Mr", "Mrs", "Ms", "Miss", "Dr", "van", "der", "de", "the"];

fn yaml(path: &Path) -> Value {
    let text = std::fs::read_to_string(path).expect("it can be read");
    serde_yaml::from_str(&text).expect("YAML")
}

fn files(folder: &Path, name: impl Fn(&str) -> bool) -> Vec<PathBuf> {
    let walk = walkdir::WalkDir::new(folder).sort_by_file_name();
    let files = walk
        .into_iter()
        .map(|entry| entry.expect("it can be walked").into_path());
    files
        .filter(|path| path.extension().is_some_and(|ending| ending == "yaml"))
        .filter(|path| name(&path.to_string_lossy()))
        .collect()
}

/// Whoever works for the council or sits on the panel: their names stay.
fn staying(folder: &Path) -> BTreeSet<String> {
    fn collect(value: &Value, found: &mut BTreeSet<String>) {
        match value {
            Value::Object(fields) => {
                let name = fields.get("name").or(fields.get("cover_by"));
                found.extend(name.and_then(Value::as_str).map(str::to_owned));
                fields
                    .iter()
                    .filter(|(key, _)| {
                        !["child", "family", "network", "provider", "attending"]
                            .contains(&key.as_str())
                    })
                    .for_each(|(_, value)| collect(value, found));
            }
            Value::Array(list) => list.iter().for_each(|value| collect(value, found)),
            _ => {}
        }
    }
    let mut found = BTreeSet::new();
    for path in files(folder, |_| true) {
        collect(&yaml(&path), &mut found);
    }
    found
}

/// Every word by which a child, a family or a network is known, with the whole name.
fn known(folder: &Path, staying: &BTreeSet<String>) -> BTreeSet<(String, String)> {
    let mut found = BTreeSet::new();
    for path in files(&folder.join("referrals"), |_| true) {
        let referral = yaml(&path);
        let people = ["family", "network"].iter().flat_map(|list| {
            let list = referral[list].as_array().cloned().unwrap_or_default();
            list.into_iter().map(|person| person["name"].clone())
        });
        for name in people.chain([referral["child"]["name"].clone()]) {
            let Some(name) = name.as_str().filter(|name| !staying.contains(*name)) else {
                continue;
            };
            for word in name.split_whitespace() {
                let letters = word.chars().filter(|letter| letter.is_alphabetic()).count();
                let has_capital = word.chars().any(char::is_uppercase);
                if letters > 1 && has_capital && !NOBODYS.contains(&word.trim_end_matches('.')) {
                    found.insert((word.to_owned(), name.to_owned()));
                }
            }
        }
    }
    found
}

/// Whether a word stands in a text by itself, as written or in capitals.
fn says(text: &str, word: &str) -> bool {
    [word.to_owned(), word.to_uppercase()].iter().any(|word| {
        text.match_indices(word.as_str()).any(|(place, _)| {
            let before = text[..place].chars().next_back();
            let after = text[place + word.len()..].chars().next();
            let goes_on = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
            !goes_on(before) && !goes_on(after)
        })
    })
}

/// Every command that prints a document of the folder, in every form, with initials.
fn documents(folder: &Path, council: &str, meetings: [&str; 2]) -> Vec<Vec<String>> {
    let mut all: Vec<String> = Vec::new();
    let mut add = |command: &str, forms: &[&str]| {
        all.extend(
            forms
                .iter()
                .map(|form| format!("{command} --format {form}")),
        );
    };
    let page = ["markdown", "json"];
    let list = ["human", "markdown", "json", "csv"];
    let days = ["human", "markdown", "json", "csv", "ics"];
    for day in meetings {
        add(&format!("agenda --pack --date {day}"), &page);
        add(&format!("minutes --date {day}"), &page);
        add(&format!("deadlines --date {day}"), &days);
        add(&format!("chase --date {day}"), &list);
    }
    for by in ["day", "meeting", "child", "owner"] {
        add(&format!("diary --by {by}"), &days);
    }
    add("calendar", &days);
    add("deadlines", &days);
    add("spend", &list);
    add("spend --by child", &list);
    add("attendance", &list);
    add("report", &["human", "markdown", "json", "csv"]);
    for part in ["--practice", "--unmet-need", "--providers"] {
        add(&format!("report {part}"), &list);
    }
    add(
        &format!("replay --rules {council}"),
        &["human", "markdown", "json"],
    );
    let referrals = files(&folder.join("referrals"), |_| true);
    for path in referrals.iter().step_by(2) {
        let reference = path.file_stem().expect("a name").to_string_lossy();
        add(&format!("show {reference}"), &page);
        let is_decided = !files(&folder.join("meetings"), |path| {
            path.ends_with(&format!("decisions/{reference}.yaml"))
        })
        .is_empty();
        if is_decided {
            add(&format!("record {reference}"), &page);
            add(&format!("letter {reference}"), &["markdown"]);
        }
    }
    all.iter()
        .map(|line| {
            line.split(' ')
                .map(str::to_owned)
                .chain(["--initials".to_owned()])
                .collect()
        })
        .collect()
}

#[test]
fn with_initials_no_document_names_a_child_a_family_or_a_network() {
    let mut looked_at = 0;
    for (example, now, meetings) in EXAMPLES {
        let folder = project().join("examples").join(example);
        let staying = staying(&folder);
        let known = known(&folder, &staying);
        assert!(known.len() > 15, "{example}: {known:?}");
        let all = documents(&folder, example, meetings);
        let found = on_every_core(&all, |args| {
            let args: Vec<&str> = args.iter().map(String::as_str).collect();
            let output = run(&folder, now, &args);
            assert!(
                [0, 3].contains(&status(&output)),
                "{args:?}: {}",
                stderr(&output)
            );
            let mut told = stdout(&output);
            for name in &staying {
                told = told.replace(name.as_str(), "");
            }
            let named = known.iter().filter(|(word, _)| says(&told, word));
            let named = named.map(|(word, name)| {
                let line = told
                    .lines()
                    .find(|line| says(line, word))
                    .unwrap_or_default();
                format!(
                    "{}: {word} of {name}: {}",
                    args.join(" "),
                    line.chars().take(300).collect::<String>()
                )
            });
            named.collect::<Vec<_>>()
        })
        .concat();
        looked_at += all.len();
        assert!(found.is_empty(), "{example}: {found:#?}");
    }
    println!("{looked_at} documents");
}

#[test]
fn names_are_found_in_prose_however_they_are_written() {
    let folder = copy_of("examples/bexley");
    let place = "referrals/2026/R-2026-0121.yaml";
    let path = folder.path().join(place);
    let mut referral = yaml(&path);
    referral["child"]["name"] = "Zoë-Marie O'Shea".into();
    referral["family"] = serde_json::json!([
        {"name": "Łukasz d'Arcy-Nowak", "relationship": "brother"},
        {"name": "Siân Williams", "relationship": "mother"},
    ]);
    referral["network"] = serde_json::json!([{"name": "Mrs Grace Kowalczyk", "role": "teacher"}]);
    referral["request"]["summary"] =
        "Zoë-Marie, zoe-marie's room and ZOË; Zoe Marie O’Shea. OShea's \
        bed. Łukasz and lukasz d’Arcy; Mrs WILLIAMS’ view, sian. A grace period, Grace said; Miss \
        Kowalczyk."
            .into();
    std::fs::write(&path, serde_yaml::to_string(&referral).expect("YAML"))
        .expect("a temporary file");
    let args = [
        "agenda",
        "--date",
        "2026-12-03",
        "--initials",
        "--format",
        "json",
    ];
    let output = run(folder.path(), "2026-12-01T09:00", &args);
    let told = stdout(&output);
    let expected = "Z.M.O., Z.M.O.'s room and Z.M.O.; Z.M.O. O.'s bed. Ł.D.N. and Ł.D.N. D.; Mrs W.’ \
        view, S.W. A grace period, G.K. said; Miss K.";
    let summary = told
        .lines()
        .find(|line| line.contains("period"))
        .unwrap_or(&told);
    assert!(summary.contains(expected), "{summary}");
}

/// The summary of R-2026-0121 on the agenda with initials, where the child has that name.
fn summary_of(name: &str, summary: &str) -> String {
    let folder = copy_of("examples/bexley");
    let path = folder.path().join("referrals/2026/R-2026-0121.yaml");
    let mut referral = yaml(&path);
    referral["child"]["name"] = name.into();
    referral["family"] = serde_json::json!([{"name": "D. Idowu", "relationship": "mother"}]);
    referral["request"]["summary"] = format!("Begins: {summary}").into();
    std::fs::write(&path, serde_yaml::to_string(&referral).expect("YAML"))
        .expect("a temporary file");
    let args = [
        "agenda",
        "--date",
        "2026-12-03",
        "--initials",
        "--format",
        "json",
    ];
    let told = stdout(&run(folder.path(), "2026-12-01T09:00", &args));
    let line = told.lines().find(|line| line.contains("Begins: "));
    let (_, line) = line
        .and_then(|line| line.split_once("Begins: "))
        .expect("a summary");
    line.trim_end_matches(',').trim_end_matches('"').to_owned()
}

#[test]
fn a_name_in_a_script_without_blanks_is_found_with_and_without_them() {
    for name in ["李 小龍", "李小龍"] {
        assert_eq!(
            summary_of(name, "李小龍 is safe; 李 小龍 said so. 她说李小龍来了"),
            summary_of(name, "X is safe; X said so. 她说X来了").replace(
                'X',
                if name.contains(' ') {
                    "李.小."
                } else {
                    "李."
                }
            ),
            "{name}"
        );
    }
}

#[test]
fn a_plural_and_a_name_run_together_are_names_too() {
    assert_eq!(
        summary_of(
            "Amelia Marsh",
            "Amelias room, the MARSHES and amelias. AmeliaMarsh, AmeliaM. and ameliamarsh"
        ),
        "A.M.s room, the M.ES and A.M.s. A.M., A.M. and A.M."
    );
    assert_eq!(
        summary_of("Amelia R.", "AmeliaR. is safe, AmeliaR is"),
        "A.R. is safe, A.R. is"
    );
    // What is only like a name stays: a word in small letters, and another name.
    assert_eq!(
        summary_of("Ann A.", "Anna and ANNA wills it"),
        "Anna and ANNA wills it"
    );
    assert_eq!(
        summary_of("Will B.", "She wills it; Wills coat"),
        "She wills it; W.B.s coat"
    );
}
