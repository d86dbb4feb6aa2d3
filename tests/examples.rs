//! The example folder: its committed documents are what the program makes of its records, and its
//! story is the one that its README tells.
#![allow(
    clippy::disallowed_methods,
    reason = "tests and benches make folders of their own"
)]

mod support;

use std::path::{Path, PathBuf};
use support::{copy_of, project, run, status, stderr, stdout};

const NOW: &str = "2026-12-01T09:00";

fn documents(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = walkdir::WalkDir::new(folder)
        .into_iter()
        .map(|entry| entry.expect("it can be walked").into_path())
        .filter(|path| {
            path.extension().is_some_and(|ending| ending == "md")
                && path.file_name() != Some("README.md".as_ref())
        })
        .map(|path| path.strip_prefix(folder).expect("it lies below").to_owned())
        .collect();
    files.sort();
    files
}

#[test]
fn every_committed_document_is_made_again_byte_for_byte() {
    let committed = project().join("examples/bexley");
    let folder = copy_of("examples/bexley");
    for path in documents(folder.path()) {
        std::fs::remove_file(folder.path().join(path)).expect("a temporary file");
    }
    let write = |args: &[&str]| {
        let mut args = args.to_vec();
        args.push("--write");
        let output = run(folder.path(), NOW, &args);
        assert_eq!(status(&output), 0, "{args:?}: {}", stderr(&output));
    };
    let mut decided = 0;
    for meeting in std::fs::read_dir(committed.join("meetings")).expect("it has meetings") {
        let meeting = meeting.expect("it can be listed");
        let day = meeting.file_name().to_string_lossy().into_owned();
        write(&["agenda", "--date", &day]);
        let Ok(decisions) = std::fs::read_dir(meeting.path().join("decisions")) else {
            continue;
        };
        write(&["minutes", "--date", &day]);
        for decision in decisions {
            let name = decision
                .expect("it can be listed")
                .file_name()
                .to_string_lossy()
                .into_owned();
            let reference = name
                .split('.')
                .next()
                .expect("a name has a stem")
                .to_owned();
            write(&["record", &reference, "--date", &day]);
            write(&["letter", &reference, "--date", &day]);
            decided += 1;
        }
    }
    write(&["diary"]);
    assert!(decided >= 20, "{decided} decisions");
    let made = documents(folder.path());
    assert_eq!(made, documents(&committed), "the same documents");
    for path in made {
        let read = |root: &Path| std::fs::read_to_string(root.join(&path)).expect("it is there");
        assert_eq!(read(folder.path()), read(&committed), "{}", path.display());
    }
}

#[test]
fn a_record_and_a_letter_never_show_another_child() {
    let folder = project().join("examples/bexley");
    let output = run(&folder, NOW, &["check", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("it is JSON");
    let referrals = json["referrals"].as_array().expect("a list");
    let mut children = Vec::new();
    for referral in referrals {
        let file = referral["file"].as_str().expect("a path");
        let text = std::fs::read_to_string(folder.join(file)).expect("it is there");
        let value = |key: &str| {
            text.lines()
                .find_map(|line| line.trim().strip_prefix(key))
                .map(|rest| rest.trim().trim_matches('"').to_owned())
                .expect("every referral names its child")
        };
        children.push((
            referral["reference"].as_str().expect("text").to_owned(),
            value("case_id:"),
            value("name:"),
        ));
    }
    let mut looked_at = 0;
    for path in documents(&folder)
        .into_iter()
        .filter(|path| path.starts_with("records"))
    {
        let text = std::fs::read_to_string(folder.join(&path)).expect("it is there");
        let own = path
            .iter()
            .nth(1)
            .expect("records/REFERENCE/…")
            .to_string_lossy()
            .into_owned();
        let own_case = &children
            .iter()
            .find(|(reference, ..)| *reference == own)
            .expect("it is known")
            .1;
        for (reference, case_id, name) in children
            .iter()
            .filter(|(_, case_id, _)| case_id != own_case)
        {
            for word in [reference, case_id, name] {
                assert!(
                    !text.contains(word.as_str()),
                    "{} shows {word}",
                    path.display()
                );
            }
        }
        looked_at += 1;
    }
    assert!(looked_at >= 40, "{looked_at} records and letters");
}

#[test]
fn each_referral_that_is_not_ready_has_its_own_reason() {
    let output = run(
        &project().join("examples/bexley"),
        NOW,
        &["check", "--format", "json"],
    );
    assert_eq!(status(&output), 1);
    let json: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("it is JSON");
    let mut found: Vec<(String, String)> = json["findings"]
        .as_array()
        .expect("a list")
        .iter()
        .filter(|finding| finding["severity"] == "error" && finding["draft"] != true)
        .map(|finding| {
            (
                finding["reference"].as_str().expect("text").to_owned(),
                finding["rule"].as_str().expect("text").to_owned(),
            )
        })
        .collect();
    found.dedup();
    let expected = [
        ("R-2026-0123", "late-submission"),
        ("R-2026-0124", "incomplete-section"),
        ("R-2026-0124", "missing-sign-off"),
        ("R-2026-0125", "cost-arithmetic"),
        ("R-2026-0126", "unexplained-no"),
        ("R-2026-0126", "missing-views"),
        ("R-2026-0127", "missing-alternatives"),
    ];
    let expected: Vec<(String, String)> = expected
        .iter()
        .map(|(one, two)| ((*one).to_owned(), (*two).to_owned()))
        .collect();
    assert_eq!(found, expected);
}
