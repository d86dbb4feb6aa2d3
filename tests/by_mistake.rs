//! A decision that was put down for the wrong meeting or the wrong child is taken off the record: both
//! files stay, and the right one can be put down.
#![allow(
    clippy::disallowed_methods,
    reason = "tests and benches make folders of their own"
)]

mod support;

use std::path::Path;
use support::{copy_of, run, status, stderr, stdout};

const REFERENCE: &str = "R-2026-0120";

/// Where Bexley's panel of 3 December approves a request.
fn approved(folder: &Path, day: &str, as_of: &str) -> std::process::Output {
    let args = [
        "decide",
        REFERENCE,
        "--date",
        day,
        "--outcome",
        "approve",
        "--approve-costs",
        "--sign-expenditure",
        "--rationale",
        "Nothing less will do.",
        "--review-on",
        "2027-02-25",
    ];
    run(folder, as_of, &args)
}

/// What takes it off the record.
fn voided(folder: &Path, more: &[&str]) -> std::process::Output {
    let args = [
        &[
            "decide",
            REFERENCE,
            "--date",
            "2026-12-03",
            "--amend",
            "Typed for the wrong meeting.",
            "--outcome",
            "void",
        ][..],
        more,
    ]
    .concat();
    run(folder, "2026-12-04T10:00", &args)
}

const BY: [&str; 4] = ["--by", "J. Amis", "--role", "business-support"];

/// A copy of Bexley's folder in which the decision was typed for 3 December.
fn typed_wrongly() -> tempfile::TempDir {
    let folder = copy_of("examples/bexley");
    let output = approved(folder.path(), "2026-12-03", "2026-12-03T18:00");
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    folder
}

/// What `verify` doubts of the decisions on the request; minutes that are kept lack a new one.
fn verify(folder: &Path) -> String {
    let args = ["verify", "--format", "json"];
    let whole = stdout(&run(folder, "2026-12-04T12:00", &args));
    let of_decisions = format!("decisions/{REFERENCE}");
    let lines = whole.lines().filter(|line| line.contains("\"file\""));
    lines.filter(|line| line.contains(&of_decisions)).collect()
}

/// The state and the meeting of the request, and what is found about it.
fn stands(folder: &Path) -> (String, String, String) {
    let output = run(
        folder,
        "2026-12-04T12:00",
        &["check", "--format", "json", "--notes"],
    );
    let whole: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("json");
    let row = whole["referrals"]
        .as_array()
        .expect("rows")
        .iter()
        .find(|row| row["reference"] == REFERENCE)
        .expect("it is there")
        .clone();
    let found: Vec<String> = whole["findings"]
        .as_array()
        .expect("rows")
        .iter()
        .filter(|found| {
            found["file"]
                .as_str()
                .is_some_and(|file| file.contains(REFERENCE))
        })
        .map(|found| format!("{} {}", found["rule"], found["message"]))
        .collect();
    let text = |key: &str| row[key].as_str().unwrap_or("none").to_owned();
    (text("state"), text("meeting"), found.join("\n"))
}

#[test]
fn it_is_off_every_list_and_the_request_stands_as_before() {
    let before = copy_of("examples/bexley");
    let spend = |folder: &Path| {
        stdout(&run(
            folder,
            "2026-12-04T12:00",
            &["spend", "--format", "csv"],
        ))
    };
    let folder = typed_wrongly();
    let own = folder.path();
    assert_ne!(spend(own), spend(before.path()));
    let first = own.join("meetings/2026-12-03/decisions/R-2026-0120.yaml");
    let bytes = std::fs::read(&first).expect("a decision");
    let output = voided(own, &BY);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    assert!(stdout(&output).contains("R-2026-0120.2.yaml"));
    let said = stderr(&output);
    assert!(
        said.contains("stands as if it had not been decided on then: it is on the agenda of"),
        "{said}"
    );
    assert_eq!(bytes, std::fs::read(&first).expect("a decision"));
    assert_eq!(spend(own), spend(before.path()));
    let (state, meeting, found) = stands(own);
    let (was, at, found_before) = stands(before.path());
    assert_eq!((state, meeting), (was, at));
    // What was wrong with the request is as it was, and nothing is wrong with the files.
    assert_eq!(found, found_before);
    assert_eq!(verify(own), "");
    let show = stdout(&run(own, "2026-12-04T12:00", &["show", REFERENCE]));
    assert!(!show.contains("Approved"), "{show}");
    for paper in ["record", "letter"] {
        let output = run(own, "2026-12-04T12:00", &[paper, REFERENCE]);
        assert_ne!(status(&output), 0, "{}", stdout(&output));
    }
    // The day before, it was still on record.
    let then = stdout(&run(own, "2026-12-03T20:00", &["show", REFERENCE]));
    assert!(
        then.contains("Approved") || then.contains("approve"),
        "{then}"
    );
}

#[test]
fn the_right_one_can_then_be_put_down_at_the_earlier_meeting_or_at_the_same() {
    for (day, file) in [
        (
            "2026-11-26",
            "meetings/2026-11-26/decisions/R-2026-0120.yaml",
        ),
        (
            "2026-12-03",
            "meetings/2026-12-03/decisions/R-2026-0120.3.yaml",
        ),
    ] {
        let folder = typed_wrongly();
        let own = folder.path();
        let early = approved(own, "2026-11-26", "2026-12-04T11:00");
        assert_ne!(status(&early), 0);
        assert_eq!(status(&voided(own, &BY)), 0);
        let output = approved(own, day, "2026-12-04T11:00");
        assert_eq!(status(&output), 0, "{day}: {}", stderr(&output));
        assert!(stdout(&output).contains(file), "{}", stdout(&output));
        assert_eq!(verify(own), "");
        let letter = run(own, "2026-12-04T12:00", &["letter", REFERENCE]);
        assert_eq!(status(&letter), 0, "{}", stderr(&letter));
    }
}

#[test]
fn who_and_why_is_said_and_what_came_of_a_decision_is_no_mistake() {
    let folder = typed_wrongly();
    let own = folder.path();
    let output = voided(own, &[]);
    assert_eq!(status(&output), 2);
    assert!(stderr(&output).contains("--by NAME and --role ROLE"));
    let placed = [
        "act",
        REFERENCE,
        "--placed",
        "--on",
        "2026-12-04",
        "--provider",
        "A home",
    ];
    let output = run(own, "2026-12-04T09:00", &placed);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let output = voided(own, &BY);
    assert_eq!(status(&output), 1);
    assert!(
        stderr(&output).contains("a placement is recorded there; nothing was written"),
        "{}",
        stderr(&output)
    );
    let second = own.join("meetings/2026-12-03/decisions/R-2026-0120.2.yaml");
    assert!(!second.exists());
}

#[test]
fn what_was_told_of_it_is_put_aside_and_papers_that_have_it_are_named() {
    let folder = typed_wrongly();
    let own = folder.path();
    for args in [
        vec!["record", REFERENCE, "--write"],
        vec!["act", REFERENCE, "--told-family"],
    ] {
        let output = run(own, "2026-12-04T09:00", &args);
        assert_eq!(status(&output), 0, "{}", stderr(&output));
    }
    let output = voided(own, &BY);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let said = stderr(&output);
    assert!(said.contains("records/R-2026-0120/2026-12-03.md"), "{said}");
    assert!(said.contains("tell them that it was a mistake"), "{said}");
    let after = own.join("meetings/2026-12-03/after/R-2026-0120.yaml");
    let after = std::fs::read_to_string(after).expect("what followed");
    assert!(
        !after.starts_with("told_family") && !after.contains("\ntold_family"),
        "{after}"
    );
    assert!(after.contains("before_amendment"), "{after}");
}

#[test]
fn a_prepared_file_takes_nothing_off_the_record() {
    let folder = typed_wrongly();
    let own = folder.path();
    std::fs::write(own.join("void.yaml"), "outcome: void\n").expect("written");
    let args = [
        "decide",
        REFERENCE,
        "--date",
        "2026-12-03",
        "--amend",
        "Typed for the wrong meeting.",
        "--from",
        "void.yaml",
    ];
    let output = run(own, "2026-12-04T10:00", &args);
    assert_eq!(status(&output), 2, "{}", stderr(&output));
    assert!(
        stderr(&output).contains("no answer to a request"),
        "{}",
        stderr(&output)
    );
    assert!(
        !own.join("meetings/2026-12-03/decisions/R-2026-0120.2.yaml")
            .exists()
    );
}

#[test]
fn an_amendment_is_amended_back_and_takes_no_real_decision_off_the_record() {
    let folder = typed_wrongly();
    let own = folder.path();
    let first = "meetings/2026-12-03/decisions/R-2026-0120.yaml";
    let amend = |more: &[&str]| {
        let begun = [
            "decide",
            REFERENCE,
            "--date",
            "2026-12-03",
            "--amend",
            "For another child.",
        ];
        let output = run(own, "2026-12-04T09:00", &[&begun[..], more].concat());
        assert_eq!(status(&output), 0, "{}", stderr(&output));
    };
    amend(&["--from", first, "--review-on", "2027-01-14"]);
    let output = voided(own, &BY);
    assert_eq!(status(&output), 1, "{}", stderr(&output));
    let told = stderr(&output);
    assert!(
        told.contains("R-2026-0120.yaml, which would be off the record too"),
        "{told}"
    );
    assert!(
        told.contains(&format!("--amend REASON --from {first} --take-back")),
        "{told}"
    );
    // As it says, what was decided is in force again.
    amend(&["--from", first, "--take-back"]);
    let decided = std::fs::read_to_string(own.join(first)).expect("a record");
    let third = own.join(first.replace(".yaml", ".3.yaml"));
    let third = std::fs::read_to_string(third).expect("a record");
    for text in [decided, third] {
        assert!(text.contains("2027-02-25"), "{text}");
    }
}
