//! `panel show`: one child's history as the chair reads it, and the files that name a child.
//!
//! The histories below `tests/shows` are committed documents: the example, the moment and what was
//! asked for are in each one's path. After a change that is meant, `SHOWS=write cargo test --test
//! show` writes them anew, and the difference is there to be read.
#![allow(
    clippy::disallowed_methods,
    reason = "tests make and read folders of their own"
)]

mod support;

use std::path::{Path, PathBuf};
use support::{change, copy_of, on_every_core, project, run, status, stderr, stdout};

/// Each example with its own now.
const EXAMPLES: [(&str, &str); 5] = [
    ("bcp", "2026-11-27T16:00"),
    ("bexley", "2026-12-01T09:00"),
    ("care-planning", "2026-12-01T09:00"),
    ("nelc", "2026-11-26T09:00"),
    ("west-berkshire", "2026-12-01T09:00"),
];

fn text(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn show(example: &str, as_of: &str, about: &str) -> String {
    let folder = project().join("examples").join(example);
    let output = run(&folder, as_of, &["show", about]);
    assert_eq!(status(&output), 0, "{about}: {}", stderr(&output));
    stdout(&output)
}

/// The committed histories: example, moment, what was asked for, and the file.
fn committed() -> Vec<(String, String, String, PathBuf)> {
    let root = project().join("tests/shows");
    let mut found: Vec<_> = walkdir::WalkDir::new(&root)
        .into_iter()
        .map(|entry| entry.expect("it can be walked").into_path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
        .map(|path| {
            let inside = path.strip_prefix(&root).expect("it lies below");
            let steps: Vec<_> = inside.iter().map(|step| step.to_string_lossy()).collect();
            let [example, moment, about] = &steps[..] else {
                panic!("{} is not EXAMPLE/MOMENT/ABOUT.md", path.display());
            };
            // A colon is no sign for a file's name everywhere.
            let moment = format!("{}:{}", &moment[..13], &moment[13..]);
            let about = about.trim_end_matches(".md").to_owned();
            (example.to_string(), moment, about, path.clone())
        })
        .collect();
    found.sort();
    found
}

#[test]
fn the_committed_histories_are_made_again_byte_for_byte() {
    let is_writing = std::env::var("SHOWS").is_ok_and(|value| value == "write");
    let all = committed();
    assert!(
        all.len() >= 10,
        "only {} histories are committed",
        all.len()
    );
    for (example, moment, about, path) in all {
        let made = show(&example, &moment, &about);
        if is_writing {
            std::fs::write(&path, &made).expect("the project's folder");
        }
        assert_eq!(made, text(&path), "{}", path.display());
    }
}

#[derive(Debug)]
struct Child {
    reference: String,
    case_id: String,
    name: String,
    siblings: Vec<String>,
}

fn children(example: &str) -> Vec<Child> {
    let folder = project().join("examples").join(example).join("referrals");
    let word = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let mut found: Vec<Child> = walkdir::WalkDir::new(folder)
        .into_iter()
        .map(|entry| entry.expect("it can be walked").into_path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "yaml"))
        .map(|path| {
            let value: serde_json::Value = serde_yaml::from_str(&text(&path)).expect("YAML");
            let list = |key: &str| value[key].as_array().cloned().unwrap_or_default();
            Child {
                reference: word(&value["reference"]),
                case_id: word(&value["child"]["case_id"]),
                name: word(&value["child"]["name"]),
                siblings: list("siblings")
                    .iter()
                    .chain(&list("with"))
                    .map(&word)
                    .collect(),
            }
        })
        .collect();
    found.sort_by(|one, other| one.reference.cmp(&other.reference));
    found
}

#[test]
fn every_childs_history_can_be_read_and_names_no_other_child() {
    for (example, now) in EXAMPLES {
        let all = children(example);
        let failures: Vec<String> = on_every_core(&all, |child| {
            let told = show(example, now, &child.reference);
            let mut failures = Vec::new();
            if !told.contains(&child.name) {
                failures.push(format!("{} does not name the child", child.reference));
            }
            for other in all.iter().filter(|other| other.case_id != child.case_id) {
                if other.name != child.name && told.contains(&other.name) {
                    failures.push(format!("{} names {}", child.reference, other.name));
                }
                let is_kin = child.siblings.contains(&other.reference)
                    || other.siblings.contains(&child.reference);
                if !is_kin && told.contains(&other.reference) {
                    failures.push(format!("{} tells of {}", child.reference, other.reference));
                }
            }
            failures
        })
        .concat();
        assert!(failures.is_empty(), "{example}: {failures:#?}");
    }
}

#[test]
fn what_happened_later_does_not_show() {
    // What was decided and done after the moment is taken out of the folder: nothing changes.
    let folder = copy_of("examples/bexley");
    for meeting in ["2026-11-26", "2026-12-03"] {
        for part in ["decisions", "after"] {
            let _ =
                std::fs::remove_dir_all(folder.path().join("meetings").join(meeting).join(part));
        }
    }
    let moment = "2026-11-20T09:00";
    for reference in ["R-2026-0101", "R-2026-0105", "R-2026-0106", "R-2026-0113"] {
        let output = run(folder.path(), moment, &["show", reference]);
        assert_eq!(
            stdout(&output),
            show("bexley", moment, reference),
            "{reference}"
        );
        for later in [
            "Done on 26 November",
            "- 26 November",
            "- 27 November",
            "### 26 November",
        ] {
            assert!(
                !stdout(&output).contains(later),
                "{reference} tells of {later}"
            );
        }
    }
}

#[test]
fn the_money_is_that_of_the_log_of_spend() {
    for (example, now) in EXAMPLES {
        let folder = project().join("examples").join(example);
        let json = |args: &[&str]| -> serde_json::Value {
            let output = run(&folder, now, args);
            serde_json::from_str(&stdout(&output)).expect("it is JSON")
        };
        let log = json(&["spend", "--format", "json"]);
        let mut seen = 0;
        for child in children(example) {
            let shown = json(&["show", &child.reference, "--format", "json"]);
            let lines = shown["money"]["lines"]
                .as_array()
                .cloned()
                .unwrap_or_default();
            for line in lines
                .iter()
                .filter(|line| line["reference"] == child.reference.as_str())
            {
                let same = log["lines"].as_array().expect("a list").iter().find(|own| {
                    own["reference"] == line["reference"]
                        && own["description"] == line["description"]
                        && own["from"] == line["from"]
                        && own["total"] == line["sum"]["total"]
                        && own["others"] == line["sum"]["others"]
                });
                assert!(same.is_some(), "{example}: {line:#}");
                seen += 1;
            }
        }
        let all = log["lines"].as_array().expect("a list").len();
        assert_eq!(seen, all, "{example}: every line is some child's");
    }
}

#[test]
fn a_number_names_every_request_of_the_child() {
    let by_number = show("bexley", "2026-12-01T09:00", "0104188");
    let by_reference = show("bexley", "2026-12-01T09:00", "R-2026-0121");
    assert_eq!(by_number, by_reference);
    assert!(by_number.contains("R-2026-0102") && by_number.contains("R-2026-0121"));
}

#[test]
fn what_is_not_there_is_not_guessed() {
    let folder = project().join("examples/bexley");
    for (asked, hint) in [
        ("99871", "did you mean 0099871? Leading zeros count"),
        ("r-2026-0119", "did you mean R-2026-0119?"),
        ("R-2026-0911", "did you mean R-2026-0"),
        ("Priya S.", "ask for 0099871"),
        ("", "lists every reference"),
    ] {
        let output = run(&folder, "2026-12-01T09:00", &["show", asked]);
        assert_eq!(status(&output), 2, "{asked}");
        assert_eq!(stdout(&output), "", "{asked}");
        assert!(
            stderr(&output).contains(hint),
            "{asked}: {}",
            stderr(&output)
        );
    }
}

#[test]
fn two_children_under_one_number_are_refused() {
    let folder = copy_of("examples/bexley");
    let file = folder.path().join("referrals/2026/R-2026-0119.yaml");
    change(&file, "\"0099871\"", "\"0104188\"");
    let output = run(folder.path(), "2026-12-01T09:00", &["show", "0104188"]);
    assert_eq!(status(&output), 1);
    assert_eq!(stdout(&output), "");
    assert!(stderr(&output).contains("they cannot be one child"));
    // By its reference each is shown by itself.
    let output = run(folder.path(), "2026-12-01T09:00", &["show", "R-2026-0119"]);
    assert_eq!(status(&output), 0);
    assert!(!stdout(&output).contains("Amelia"), "{}", stdout(&output));
}

#[test]
fn initials_hide_the_name_and_the_file_holds_what_would_be_printed() {
    let folder = project().join("examples/bexley");
    let place = tempfile::tempdir().expect("a temporary folder");
    let file = place.path().join("priya.md");
    let name = file.to_string_lossy().into_owned();
    let args = ["show", "R-2026-0119", "--initials", "-o", &name];
    let output = run(&folder, "2026-12-01T09:00", &args);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let told = text(&file);
    assert!(told.contains("P.S.") && !told.contains("Priya"), "{told}");
    let printed = run(&folder, "2026-12-01T09:00", &args[..3]);
    assert_eq!(stdout(&printed), told);
}

#[test]
fn a_note_on_practice_is_on_no_history() {
    let mut notes = 0;
    for (example, now) in EXAMPLES {
        let folder = project().join("examples").join(example);
        for entry in walkdir::WalkDir::new(folder.join("meetings")) {
            let path = entry.expect("it can be walked").into_path();
            let is_decision = path
                .parent()
                .is_some_and(|folder| folder.ends_with("decisions"));
            if !is_decision || !path.is_file() {
                continue;
            }
            let decision: serde_json::Value = serde_yaml::from_str(&text(&path)).expect("YAML");
            if let Some(note) = decision["practice_note"].as_str() {
                let told = show(example, now, decision["referral"].as_str().expect("text"));
                assert!(!told.contains(note.trim()), "{}", path.display());
                notes += 1;
            }
        }
    }
    assert!(notes > 0, "the examples have notes on practice");
}

#[test]
fn every_file_that_names_a_child_is_listed_with_why() {
    let folder = copy_of("examples/bexley");
    let write = |path: &str, bytes: &[u8]| {
        let place = folder.path().join(path);
        std::fs::create_dir_all(place.parent().expect("a folder")).expect("a temporary folder");
        std::fs::write(place, bytes).expect("a temporary file");
    };
    write("notes/call.txt", b"Rang about 0104188 on Monday.");
    write("notes/other.txt", b"Rang about 01041881 on Monday.");
    write("papers/R-2026-0121 plan.pdf", b"%PDF\0\xff");
    write("papers/unnamed.pdf", b"%PDF\0\xff");
    let meeting = folder.path().join("meetings/2026-12-03/meeting.yaml");
    let before = text(&meeting);
    write(
        "meetings/2026-12-03/meeting.yaml",
        format!("{before}\norder: [R-2026-0121]\n").as_bytes(),
    );
    let output = run(
        folder.path(),
        "2026-12-01T09:00",
        &["show", "--files", "0104188"],
    );
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let told = stdout(&output);
    for line in [
        "meetings/2026-11-05/decisions/R-2026-0102.yaml: the decision on R-2026-0102\n",
        "meetings/2026-11-05/after/R-2026-0102.yaml: what became true after the decision on R-2026-0102\n",
        "meetings/2026-12-03/meeting.yaml: 1 place in the chair's order\n",
        "notes/call.txt: holds the case number\n",
        "papers/R-2026-0121 plan.pdf: names R-2026-0121\n",
        "records/R-2026-0102/2026-11-05.md: the child's own record of R-2026-0102\n",
        "referrals/2026/R-2026-0121.yaml: the referral R-2026-0121\n",
    ] {
        assert!(told.contains(line), "{line} in {told}");
    }
    assert!(
        !told.contains("notes/other.txt") && !told.contains("unnamed.pdf"),
        "{told}"
    );
    assert!(
        stderr(&output).contains("2 other files are no text"),
        "{}",
        stderr(&output)
    );
    // Whatever names the child by reference, number or name is on the list, and the reverse.
    let listed: Vec<&str> = told
        .lines()
        .filter_map(|line| line.split(": ").next())
        .collect();
    for entry in walkdir::WalkDir::new(folder.path()) {
        let entry = entry.expect("it can be walked");
        if !entry.file_type().is_file() {
            continue;
        }
        let inside = entry.path().strip_prefix(folder.path()).expect("below");
        let path = inside.to_string_lossy().replace('\\', "/");
        let bytes = std::fs::read(entry.path()).expect("a temporary file");
        let text = String::from_utf8_lossy(&bytes);
        let names = ["R-2026-0102", "R-2026-0121", "Amelia R"];
        let is_named = names
            .iter()
            .any(|name| text.contains(name) || path.contains(name));
        assert!(
            !is_named || listed.contains(&path.as_str()),
            "{path} is missing"
        );
    }
    let json = run(
        folder.path(),
        "2026-12-01T09:00",
        &["show", "--files", "0104188", "--format", "json"],
    );
    let json: serde_json::Value = serde_json::from_str(&stdout(&json)).expect("it is JSON");
    let files = json["files"].as_array().expect("a list");
    assert_eq!(files.len(), listed.len());
    assert_eq!(
        json["references"],
        serde_json::json!(["R-2026-0102", "R-2026-0121"])
    );
    assert_eq!(json["unread"], 2);
}

#[test]
fn the_files_of_brothers_and_sisters_that_name_the_child_are_listed() {
    let folder = project().join("examples/bexley");
    let output = run(
        &folder,
        "2026-12-01T09:00",
        &["show", "--files", "R-2026-0108"],
    );
    let told = stdout(&output);
    assert!(
        told.contains("R-2026-0109.yaml: names R-2026-0108 as a brother or sister"),
        "{told}"
    );
    // And what else of her stands there: a word that names her is not all that has to go.
    let of = |path: &str| {
        let mut lines = told.lines();
        let line = lines.find(|line| line.starts_with(path));
        line.unwrap_or_default().to_owned()
    };
    let brother = of("referrals/2026/R-2026-0109.yaml");
    for held in ["holds the name", "holds the date of birth"] {
        assert!(brother.contains(held), "{brother}");
    }
    let pack = of("meetings/2026-11-12/agenda.md");
    assert!(!pack.is_empty(), "{told}");
    // Her own file is all hers.
    assert!(
        !of("referrals/2026/R-2026-0108.yaml").contains("holds"),
        "{told}"
    );
}

/// Maya is taken out of the folder; Reuben, her brother, stays, and was decided with her.
#[test]
fn a_brothers_request_is_put_right_on_the_record_once_a_child_was_taken_out() {
    let folder = copy_of("examples/bexley");
    let folder = folder.path();
    let now = "2026-12-01T09:00";
    let at = |path: &str| folder.join(path);
    for path in [
        "referrals/2026/R-2026-0108.yaml",
        "meetings/2026-11-12/decisions/R-2026-0108.yaml",
        "meetings/2026-11-12/after/R-2026-0108.yaml",
    ] {
        std::fs::remove_file(at(path)).expect("it was there");
    }
    std::fs::remove_dir_all(at("records/R-2026-0108")).expect("it was there");
    for path in [
        "referrals/2026/R-2026-0109.yaml",
        "meetings/2026-11-12/meeting.yaml",
    ] {
        let text = text(&at(path));
        let lines = text.lines();
        let rest = lines.filter(|line| !line.contains("R-2026-0108") && !line.contains("Maya D."));
        let rest: Vec<&str> = rest.collect();
        std::fs::write(at(path), rest.join("\n") + "\n").expect("written");
    }
    let found = |command: &str| stdout(&run(folder, now, &[command]));
    for command in ["verify", "check"] {
        assert!(
            found(command).contains("error[referral-changed]"),
            "{command}"
        );
    }
    let decision = "meetings/2026-11-12/decisions/R-2026-0109.yaml";
    let amend = [
        "decide",
        "R-2026-0109",
        "--date",
        "2026-11-12",
        "--amend",
        "Data of another child was taken out of this request; nothing was decided anew.",
        "--from",
        decision,
        "--request-as-it-is",
    ];
    let output = run(folder, now, &amend);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    for command in ["verify", "check"] {
        let told = found(command);
        assert!(!told.contains("referral-changed"), "{told}");
        assert!(!told.contains("unknown-reference"), "{told}");
    }
}

#[test]
fn a_file_is_listed_however_it_writes_the_name_or_the_number() {
    let folder = copy_of("examples/bexley");
    let referral = folder.path().join("referrals/2026/R-2026-0118.yaml");
    let before = text(&referral);
    let name = before.lines().find(|line| line.starts_with("  name: "));
    let name = name.expect("the child has a name");
    let named = before.replacen(name, "  name: Tomasz Wróblewski", 1);
    std::fs::write(&referral, named).expect("a temporary file");
    let notes = folder.path().join("notes");
    std::fs::create_dir_all(&notes).expect("a temporary folder");
    let said = [
        "WRÓBLEWSKI, Tomasz",
        "Wróblewski Tomasz",
        "Tomasz J. Wróblewski",
        "Tomasz Jan Wróblewski",
        "T. Wróblewski",
        "010 3018",
    ];
    let mut wanted: Vec<String> = Vec::new();
    for (number, said) in said.iter().enumerate() {
        let file = format!("notes/said-{number}.txt");
        std::fs::write(folder.path().join(&file), format!("Rang about {said}.\n"))
            .expect("written");
        wanted.push(file);
    }
    for called in ["Wroblewski_Tomasz.pdf", "TomaszWroblewski.docx"] {
        std::fs::write(notes.join(called), b"%PDF\0\xff").expect("written");
        wanted.push(format!("notes/{called}"));
    }
    std::fs::write(
        notes.join("other.txt"),
        "Tomasz came, and so did B. Wrobel.\n",
    )
    .expect("written");
    let output = run(
        folder.path(),
        "2026-12-01T09:00",
        &["show", "--files", "0103018"],
    );
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let told = stdout(&output);
    for file in wanted {
        assert!(told.contains(&format!("{file}: ")), "{file} in {told}");
    }
    assert!(!told.contains("other.txt"), "{told}");
    // What could not be read is told by name.
    assert!(stderr(&output).contains("notes/TomaszWroblewski.docx"));
}

#[test]
fn a_reference_that_is_another_childs_number_is_refused_and_told() {
    let folder = copy_of("examples/bexley");
    let own = folder.path();
    let referral = own.join("referrals/2026/R-2026-0125.yaml");
    let renamed = text(&referral).replacen("R-2026-0125", "0104188", 1);
    std::fs::write(own.join("referrals/2026/0104188.yaml"), renamed).expect("written");
    for args in [&["show", "0104188"][..], &["show", "--files", "0104188"]] {
        let output = run(own, "2026-12-01T09:00", args);
        assert_eq!(status(&output), 1, "{}", stdout(&output));
        assert_eq!(stdout(&output), "");
        assert!(
            stderr(&output).contains("the number of another child"),
            "{}",
            stderr(&output)
        );
    }
    let output = run(own, "2026-12-01T09:00", &["check", "--format", "concise"]);
    assert!(
        stdout(&output).contains(
            "0104188.yaml:1:12: error[bad-value]: this reference is the number of another child"
        ),
        "{}",
        stdout(&output)
    );
}
