//! Several people disagree with one decision: each is on the record, with their own way.
#![allow(clippy::disallowed_methods, reason = "tests make folders of their own")]

mod support;

use std::path::Path;
use support::changes::{read, refused, written};
use support::{copy_of, run, status, stderr, stdout};

const NOW: &str = "2026-12-04T10:00";
const REFERENCE: &str = "R-2026-0319";
/// What followed a decision with which staff disagree already.
const AFTER: &str = "meetings/2026-11-19/after/R-2026-0319.yaml";
const STAFF: &str = "  - by: staff\n    on: 2026-11-19\n    note: The worker said before she left that ten Saturdays should not need two panels. Her team manager has it.\n";

fn act(folder: &Path, more: &[&str]) {
    let args = [&["act", REFERENCE], more].concat();
    let output = run(folder, NOW, &args);
    assert_eq!(status(&output), 0, "{args:?}: {}", stderr(&output));
}

fn printed(folder: &Path, args: &[&str]) -> String {
    let output = run(folder, NOW, args);
    assert_eq!(status(&output), 0, "{args:?}: {}", stderr(&output));
    stdout(&output)
}

#[test]
fn the_parents_disagreement_stands_beside_that_of_staff() {
    let folder = copy_of("examples/west-berkshire");
    let own = folder.path();
    let before = read(own, AFTER);
    let kept: String = before
        .lines()
        .filter(|line| !line.starts_with("disagreement:"))
        .map(|line| format!("{line}\n"))
        .collect();
    let parents = ["act", REFERENCE, "--disagreement", "parents"];
    let complaint = ["--note", "Their stage one complaint."];
    written(own, NOW, AFTER, &[&parents[..], &complaint[..]].concat());
    let complained = "  - by: parents\n    on: 2026-12-04\n    note: Their stage one complaint.\n";
    assert_eq!(
        read(own, AFTER),
        format!("{kept}disagreement:\n{STAFF}{complained}")
    );
    // The same people are not written down twice for one day; on another they are.
    let again = [&parents[..], &["--note", "And again."]].concat();
    let told = refused(own, NOW, 1, &again);
    assert!(
        told.contains("has been recorded: `Their stage one complaint.`"),
        "{told}"
    );
    act(
        own,
        &[
            "--disagreement",
            "parents",
            "--note",
            "Before.",
            "--on",
            "2026-12-01",
        ],
    );
    let record = printed(own, &["record", REFERENCE]);
    for told in [
        "Staff did not agree, told on 19 November 2026.",
        "The parents did not agree, told on 4 December 2026. Their stage one complaint.",
        "- Feedback on the decision, mostly before leaving the meeting, to the Team manager",
        "- Stage one complaint, under the statutory complaints process",
    ] {
        assert!(record.contains(told), "{told}: {record}");
    }
    let history = printed(own, &["show", REFERENCE]);
    assert!(
        history.contains("4 December 2026: Parents did not agree."),
        "{history}"
    );
    let report = ["report", "--from", "2026-10-01", "--to", "2026-12-04"];
    let report = printed(own, &report);
    assert!(
        report.contains("Of 4 disagreements with a decision"),
        "{report}"
    );
    let checked = run(own, NOW, &["check", "--format", "concise"]);
    assert!(!stdout(&checked).contains(AFTER), "{}", stdout(&checked));
}

#[test]
fn the_one_that_is_taken_further_is_named() {
    let folder = copy_of("examples/west-berkshire");
    let own = folder.path();
    act(
        own,
        &["--disagreement", "parents", "--note", "A complaint."],
    );
    let alone = ["act", REFERENCE, "--escalated-to", "E. Ward"];
    let told = refused(own, NOW, 1, &alone);
    assert!(
        told.contains("--disagreement WHO; recorded are staff, parents"),
        "{told}"
    );
    act(
        own,
        &["--disagreement", "parents", "--escalated-to", "E. Ward"],
    );
    assert!(read(own, AFTER).ends_with("note: A complaint.\n    escalated_to: E. Ward\n"));
    // Of the others one alone has been taken nowhere yet.
    act(own, &["--escalated-to", "F. Lane"]);
    assert!(read(own, AFTER).contains("has it.\n    escalated_to: F. Lane\n"));
    let told = refused(own, NOW, 2, &["act", REFERENCE, "--disagreement", "carers"]);
    assert!(told.contains("--note TEXT"), "{told}");
}

#[test]
fn each_of_several_disagreements_is_looked_at_where_it_stands() {
    let folder = copy_of("examples/west-berkshire");
    let own = folder.path();
    act(
        own,
        &["--disagreement", "parents", "--note", "A complaint."],
    );
    let text = read(own, AFTER);
    let text = text.replace("by: parents\n", "by: parent\n    where: here\n");
    std::fs::write(own.join(AFTER), text).expect("written");
    let json = run(own, NOW, &["check", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&stdout(&json)).expect("json");
    let mut found: Vec<(String, u64)> = json["findings"]
        .as_array()
        .expect("a list")
        .iter()
        .filter(|own| own["file"] == AFTER)
        .map(|own| {
            let rule = own["rule"].as_str().expect("text").to_owned();
            (rule, own["line"].as_u64().expect("a line"))
        })
        .collect();
    found.sort();
    let line = read(own, AFTER).lines().count() as u64;
    assert_eq!(
        found,
        [
            ("bad-value".to_owned(), line - 3),
            ("unknown-field".to_owned(), line - 2)
        ]
    );
}

#[test]
fn whoever_disagrees_after_an_answer_is_to_be_answered_as_well() {
    let folder = copy_of("examples/west-berkshire");
    let own = folder.path();
    std::fs::write(own.join("panel.toml"), "council = \"./council.toml\"\n").expect("written");
    std::fs::write(
        own.join("council.toml"),
        "extends = \"west-berkshire\"\n[[deadline]]\nid = \"answered\"\ntask = \"Answer whoever disagrees\"\nafter = \"disagreement\"\ndays = 10\nper_child = true\nclause = \"x\"\n",
    )
    .expect("written");
    let due = || {
        let args = ["deadlines", "--date", "2026-11-19", "--format", "json"];
        let json: serde_json::Value = serde_json::from_str(&printed(own, &args)).expect("json");
        let text = json.to_string();
        text.split("\"answered\"")
            .nth(1)
            .expect("the duty")
            .to_owned()
    };
    // Staff, of 19 November: answered on the 24th.
    let done = ["done", "answered", "--date", "2026-11-19", REFERENCE];
    let output = run(
        own,
        NOW,
        &[&done[..], &["--at", "2026-11-24T10:00"]].concat(),
    );
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    assert!(due().contains("\"state\":\"met\""), "{}", due());
    act(
        own,
        &["--disagreement", "parents", "--note", "A complaint."],
    );
    let open = due();
    assert!(
        open.contains("2026-12-14") && open.contains("\"state\":\"due\""),
        "{open}"
    );
    // And that they were answered as well can be marked, once.
    let output = run(own, NOW, &done);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    assert!(due().contains("\"state\":\"met\""), "{}", due());
    let again = run(own, "2026-12-08T11:00", &done);
    assert_eq!(status(&again), 1, "{}", stderr(&again));
}
