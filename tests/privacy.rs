//! What a paper may say of whom: a child's own papers hold no other child's words.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "tests make and read folders of their own, and say how much they looked at"
)]

#[path = "privacy/initials.rs"]
mod initials;
#[path = "privacy/markers.rs"]
mod markers;
#[path = "privacy/network.rs"]
mod network;
#[path = "privacy/others.rs"]
mod others;
#[path = "privacy/page.rs"]
mod page;
mod support;

use markers::{BROTHER, EARLIER, Markers, OWN, REQUESTS, SISTER};
use std::path::Path;
use support::{on_every_core, run, status, stderr, stdout};

/// The councils, each with two days on which its panel meets and a few points of its checklist.
const COUNCILS: [(&str, (&str, &str), &[&str]); 5] = [
    (
        "bcp",
        ("2026-11-16", "2026-11-23"),
        &["multi-agency", "time-limit", "drift"],
    ),
    (
        "bexley",
        ("2026-11-19", "2026-11-26"),
        &["in-house-first", "stay-connected"],
    ),
    ("care-planning", ("2026-11-18", "2026-11-25"), &[]),
    (
        "nelc",
        ("2026-11-16", "2026-11-23"),
        &["permanency", "independent-options"],
    ),
    (
        "west-berkshire",
        ("2026-11-12", "2026-11-19"),
        &["lasting-benefit", "family-and-friends"],
    ),
];

/// What each of them decides.
const OUTCOMES: [&str; 5] = ["approve", "approve-alternative", "decline", "defer", "note"];

const AS_OF: &str = "2026-12-01T09:00";

/// The papers that are about one child, in every form.
const PAPERS: [&[&str]; 6] = [
    &["record"],
    &["record", "--format", "json"],
    &["letter"],
    &["letter", "--format", "json"],
    &["show"],
    &["show", "--format", "json"],
];

/// A paper of a child, as it is printed.
fn paper(folder: &Path, paper: &[&str], reference: &str) -> String {
    let (command, options) = paper.split_first().expect("a command");
    let args = [&[*command, reference], options].concat();
    let output = run(folder, AS_OF, &args);
    assert_eq!(status(&output), 0, "{args:?}: {}", stderr(&output));
    stdout(&output) + &stderr(&output)
}

/// What stands on a child's papers that is another child's.
fn of_others(folder: &Path, markers: &Markers, (reference, child): (&str, usize)) -> Vec<String> {
    let mut found = Vec::new();
    for form in PAPERS {
        let told = paper(folder, form, reference);
        let others = markers.all.iter().filter(|own| own.child != child);
        found.extend(others.filter(|own| told.contains(&own.word)).map(|own| {
            format!(
                "{form:?} of {reference} holds {} of {}",
                own.place, own.reference
            )
        }));
        // Requests for brothers and sisters are named in the child's own request, and its history
        // may say which they are.
        let is_kin = |other: &str| form[0] == "show" && [BROTHER, SISTER, OWN].contains(&other);
        let others = REQUESTS.iter().filter(|(_, other)| *other != child);
        found.extend(
            others
                .filter(|(other, _)| told.contains(other) && !is_kin(other))
                .map(|(other, _)| format!("{form:?} of {reference} names {other}")),
        );
    }
    found
}

/// What is missing on a child's papers though the child's own files say it.
fn of_own(folder: &Path, markers: &Markers, reference: &str) -> Vec<String> {
    let mut found = Vec::new();
    for form in PAPERS {
        let told = paper(folder, form, reference);
        let mut expected = vec![reference];
        if reference == OWN && form[0] == "show" {
            expected.push(EARLIER);
        }
        for reference in expected {
            for place in ["referral.request.summary", "decision.rationale"] {
                if !told.contains(markers.at(reference, place)) {
                    found.push(format!("{form:?} of {reference} lacks {place}"));
                }
            }
        }
    }
    found
}

#[test]
fn no_field_of_another_child_reaches_a_record_a_letter_or_a_history() {
    let (mut papers, mut words) = (0, 0);
    for ((council, days, checklist), outcome) in COUNCILS.into_iter().zip(OUTCOMES) {
        let (folder, markers) = markers::folder(council, days, checklist, outcome);
        let found = on_every_core(&REQUESTS, |own| of_others(folder.path(), &markers, *own));
        let found = found.concat();
        assert!(found.is_empty(), "{council}, {outcome}: {found:#?}");
        papers += REQUESTS.len() * PAPERS.len();
        words += markers.all.len();
    }
    println!("{papers} papers, {words} words of their own");
}

#[test]
fn what_the_childs_own_files_say_stands_on_its_papers() {
    let (council, days, checklist) = COUNCILS[1];
    let (folder, markers) = markers::folder(council, days, checklist, "approve");
    let found = on_every_core(&[OWN, SISTER], |own| of_own(folder.path(), &markers, own));
    let found = found.concat();
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn a_note_on_practice_stands_on_no_paper_but_the_list_of_them() {
    let (council, days, checklist) = COUNCILS[1];
    let (folder, markers) = markers::folder(council, days, checklist, "approve");
    let notes: Vec<&str> = markers
        .all
        .iter()
        .filter(|own| own.place == "decision.practice_note")
        .map(|own| own.word.as_str())
        .collect();
    assert_eq!(notes.len(), 11, "a note for each decision");
    let day = days.1;
    let mut papers: Vec<Vec<&str>> = PAPERS
        .iter()
        .flat_map(|form| {
            let (command, options) = form.split_first().expect("a command");
            [OWN, SISTER].map(|own| [&[*command, own], options].concat())
        })
        .collect();
    for form in ["markdown", "json"] {
        papers.push(vec!["minutes", "--date", day, "--format", form]);
        papers.push(vec!["agenda", "--date", day, "--pack", "--format", form]);
        papers.push(vec!["report", "--format", form]);
        papers.push(vec!["diary", "--format", form]);
        papers.push(vec!["spend", "--format", form]);
    }
    let found = on_every_core(&papers, |args| {
        let output = run(folder.path(), AS_OF, args);
        assert_eq!(status(&output), 0, "{args:?}: {}", stderr(&output));
        let told = stdout(&output);
        notes
            .iter()
            .any(|note| told.contains(note))
            .then(|| format!("{args:?}"))
    });
    let found: Vec<String> = found.into_iter().flatten().collect();
    assert!(found.is_empty(), "{found:#?}");
    let listed = stdout(&run(folder.path(), AS_OF, &["report", "--practice"]));
    let note = markers.at(OWN, "decision.practice_note");
    assert!(listed.contains(note), "the list of the notes lacks {note}");
}
