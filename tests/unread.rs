//! A record that is there and cannot be read says something that nobody knows: nothing is decided or
//! kept as if it said nothing.
#![allow(
    clippy::disallowed_methods,
    reason = "tests and benches make folders of their own"
)]

mod support;

use std::path::Path;
use support::{copy_of, run, status, stderr, stdout};

const NOW: &str = "2026-12-04T09:00";
const DECISIONS: &str = "meetings/2026-11-26/decisions";

/// A merge's mark in front of a record.
fn spoil(folder: &Path, file: &str) {
    let place = folder.join(file);
    let text = std::fs::read_to_string(&place).expect("a record");
    std::fs::write(place, format!("<<<<<<< HEAD\n{text}")).expect("written");
}

fn is_refused(folder: &Path, file: &str, args: &[&str]) {
    let output = run(folder, NOW, args);
    assert_eq!(status(&output), 1, "{args:?}: {}", stderr(&output));
    let told = stderr(&output);
    assert!(
        told.contains(&format!("{file} cannot be read")),
        "{args:?}: {told}"
    );
    assert_eq!(stdout(&output), "", "{args:?}");
}

#[test]
fn nothing_is_decided_at_a_meeting_whose_own_record_cannot_be_read() {
    let folder = copy_of("examples/bexley");
    let own = folder.path();
    let meeting = "meetings/2026-12-03/meeting.yaml";
    spoil(own, meeting);
    let decide = [
        "decide",
        "R-2026-0120",
        "--date",
        "2026-12-03",
        "--outcome",
        "decline",
    ];
    let by = [
        "--by",
        "D. Farrell",
        "--role",
        "deputy-director",
        "--rationale",
        "No.",
    ];
    is_refused(own, meeting, &[&decide[..], &by].concat());
}

#[test]
fn nothing_amends_a_decision_that_cannot_be_read() {
    let folder = copy_of("examples/bexley");
    let own = folder.path();
    let first = format!("{DECISIONS}/R-2026-0117.yaml");
    let prepared = own.join("prepared.yaml");
    std::fs::copy(own.join(&first), &prepared).expect("copied");
    spoil(own, &first);
    let amend = [
        "decide",
        "R-2026-0117",
        "--date",
        "2026-11-26",
        "--amend",
        "Less.",
    ];
    is_refused(
        own,
        &first,
        &[&amend[..], &["--from", "prepared.yaml"]].concat(),
    );
    // Another child's decision is no reason to wait.
    let other = format!("{DECISIONS}/R-2026-0116.yaml");
    let amend = [
        "decide",
        "R-2026-0116",
        "--date",
        "2026-11-26",
        "--amend",
        "A word.",
    ];
    let more = ["--from", &other, "--highlights", "He came himself."];
    let output = run(own, NOW, &[&amend[..], &more].concat());
    assert_eq!(status(&output), 0, "{}", stderr(&output));
}

#[test]
fn no_paper_is_kept_that_would_lack_what_cannot_be_read() {
    let by = ["--by", "J. Amis", "--role", "business-support"];
    let sealed = [&["minutes", "--date", "2026-11-26", "--final"], &by[..]].concat();
    for (file, args) in [
        (
            "decisions/R-2026-0119.yaml",
            &["minutes", "--date", "2026-11-26", "--write"][..],
        ),
        ("decisions/R-2026-0119.yaml", &sealed),
        (
            "meeting.yaml",
            &["minutes", "--date", "2026-11-26", "--write"],
        ),
        (
            "meeting.yaml",
            &["agenda", "--date", "2026-11-26", "--write"],
        ),
        (
            "after/R-2026-0117.yaml",
            &["record", "R-2026-0117", "--write"],
        ),
        (
            "after/R-2026-0117.yaml",
            &["letter", "R-2026-0117", "--write"],
        ),
    ] {
        let folder = copy_of("examples/bexley");
        let file = format!("meetings/2026-11-26/{file}");
        spoil(folder.path(), &file);
        is_refused(folder.path(), &file, args);
    }
}

#[test]
fn lists_and_papers_that_are_only_printed_say_what_they_lack() {
    let folder = copy_of("examples/bexley");
    let own = folder.path();
    let meeting = "meetings/2026-12-03/meeting.yaml";
    spoil(own, meeting);
    let referral = "referrals/2026/R-2026-0120.yaml";
    assert!(own.join(referral).exists());
    for args in [
        &["calendar", "--from", "2026-12-01"][..],
        &["calendar", "--from", "2026-12-01", "--format", "ics"],
        &["check", referral],
        &["record", "R-2026-0117"],
        &["letter", "R-2026-0117"],
    ] {
        let output = run(own, NOW, args);
        let told = stderr(&output);
        assert!(
            told.contains(&format!("warning: {meeting} cannot be read")),
            "{args:?}: {told}"
        );
        assert_ne!(stdout(&output), "", "{args:?}");
    }
}

#[test]
fn a_template_that_prints_nothing_makes_no_paper() {
    let folder = copy_of("examples/bexley");
    let own = folder.path();
    std::fs::create_dir_all(own.join("templates")).expect("made");
    std::fs::write(own.join("templates/record.md.j2"), "").expect("written");
    let by = ["--by", "J. Amis", "--role", "business-support"];
    let sealed = [&["minutes", "--date", "2026-11-26", "--final"], &by[..]].concat();
    for args in [&["record", "R-2026-0117"][..], &sealed] {
        let output = run(own, NOW, args);
        assert_eq!(status(&output), 2, "{args:?}: {}", stderr(&output));
        assert!(
            stderr(&output).contains("prints nothing"),
            "{}",
            stderr(&output)
        );
    }
    assert!(!own.join("meetings/2026-11-26/final.yaml").exists());
}
