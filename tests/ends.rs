//! What comes to its end: what is over with it and what is not, and who is asked about it.
#![allow(
    clippy::disallowed_methods,
    reason = "tests make and read folders of their own"
)]

mod support;

use serde_json::Value;
use std::path::Path;
use support::changes::refused;
use support::{run, status, stderr, stdout};
use tempfile::TempDir;

/// A panel on Mondays, and one child of it.
struct Office(TempDir);

impl Office {
    fn new() -> Self {
        let office = Self(tempfile::tempdir().expect("a temporary folder"));
        office.write("panel.toml", "council = \"nelc\"\n");
        office
    }

    fn folder(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.0.path().join(path);
        std::fs::create_dir_all(path.parent().expect("inside")).expect("a temporary folder");
        std::fs::write(path, text).expect("a temporary file");
    }

    /// A request that has been sent, for Ada.
    fn request(&self, reference: &str, kind: &str, more: &str) {
        let sent = "2026-12-15T10:00";
        self.write(
            &format!("referrals/{reference}.yaml"),
            &format!("{{reference: {reference}, child: {{name: Ada F., case_id: \"0100001\"}}, worker: {{name: A. Singh}}, request: {{kind: {kind}, from: 2027-01-11, {more}}}, submitted: {sent}}}\n"),
        );
    }

    /// A decision at the meeting of a day.
    fn decided(&self, reference: &str, day: &str, more: &str) {
        self.write(
            &format!("meetings/{day}/meeting.yaml"),
            &format!("date: {day}\n"),
        );
        self.write(
            &format!("meetings/{day}/decisions/{reference}.yaml"),
            &format!("{{referral: {reference}, meeting: {day}, decided_by: {{name: D. Thackray}}, {more}}}\n"),
        );
        self.write(
            &format!("meetings/{day}/after/{reference}.yaml"),
            &format!("uploaded: {day}T16:00\ntold_family: {day}\n"),
        );
    }

    /// What a command prints.
    fn told(&self, as_of: &str, args: &[&str]) -> String {
        let output = run(self.folder(), as_of, args);
        assert!(status(&output) < 2, "{args:?}: {}", stderr(&output));
        stdout(&output)
    }

    /// Runs a command that must succeed, and gives what it says beside its output.
    fn does(&self, as_of: &str, args: &[&str]) -> String {
        let output = run(self.folder(), as_of, args);
        assert_eq!(status(&output), 0, "{args:?}: {}", stderr(&output));
        stderr(&output)
    }

    /// The diary's lines of a kind: reference, day and words.
    fn diary(&self, as_of: &str, kind: &str) -> Vec<String> {
        let told = self.told(as_of, &["diary", "--kind", kind, "--format", "json"]);
        let view: Value = serde_json::from_str(&told).expect("JSON");
        let groups = view["groups"].as_array().expect("groups");
        let entries = groups
            .iter()
            .flat_map(|group| group["entries"].as_array().expect("entries"));
        entries
            .map(|entry| {
                let text = |value: &Value| value.as_str().expect("text").to_owned();
                let (reference, day) = (text(&entry["reference"]), text(&entry["due"]["iso"]));
                format!("{reference} {day} {}", text(&entry["what"]))
            })
            .collect()
    }
}

const PLACEMENT: &str =
    "{item: placement, description: Foster home, weekly: 1000, weeks: 26, one_off: 0}";

fn approved(line: &str, more: &str) -> String {
    format!("outcome: approve, approved: [{line}], {more}")
}

#[test]
fn what_was_approved_anew_keeps_its_review_though_the_earlier_approval_has_ended() {
    let office = Office::new();
    office.request("R-1", "new-placement", "");
    office.decided(
        "R-1",
        "2027-01-04",
        &approved(PLACEMENT, "review: {on: 2027-03-01}"),
    );
    office.does(
        "2027-01-21T18:00",
        &["act", "R-1", "--ended", "Broke down", "--on", "2027-01-20"],
    );
    assert_eq!(office.diary("2027-01-22T09:00", "review"), [""; 0]);
    let second = "{item: placement, description: Home two, weekly: 900, weeks: 10, one_off: 0, from: 2027-02-08}";
    office.decided(
        "R-1",
        "2027-02-01",
        &approved(second, "review: {on: 2027-03-15}"),
    );
    let reviews = office.diary("2027-02-02T09:00", "review");
    assert_eq!(reviews.len(), 1, "{reviews:?}");
    assert!(reviews[0].starts_with("R-1 2027-03-15"), "{reviews:?}");
    let check = office.told("2027-03-20T09:00", &["check", "--format", "json"]);
    assert!(check.contains("review-overdue"), "{check}");
    // And what ends that one ends its review.
    office.does(
        "2027-03-21T18:00",
        &[
            "act",
            "R-1",
            "--ended",
            "He went home",
            "--on",
            "2027-03-20",
        ],
    );
    assert_eq!(office.diary("2027-03-22T09:00", "review"), [""; 0]);
}

#[test]
fn the_end_of_an_addition_ends_no_review_of_where_the_child_lives() {
    let office = Office::new();
    office.request("R-1", "new-placement", "");
    office.request("R-2", "transport", "review_of: R-1");
    office.decided(
        "R-1",
        "2027-01-04",
        &approved(PLACEMENT, "review: {every: 4 weeks}, until: 2027-07-12"),
    );
    let taxi = "{item: transport, description: Taxi, weekly: 80, weeks: 10, one_off: 0}";
    office.decided("R-2", "2027-02-01", &approved(taxi, ""));
    let before = office.diary("2027-02-19T09:00", "review");
    assert!(
        before.iter().any(|line| line.starts_with("R-1 2027-03-01")),
        "{before:?}"
    );
    office.does(
        "2027-02-20T18:00",
        &[
            "act",
            "R-2",
            "--ended",
            "She walks now",
            "--on",
            "2027-02-20",
        ],
    );
    assert_eq!(office.diary("2027-02-21T09:00", "review"), before);
}

#[test]
fn the_end_of_what_goes_on_with_a_placement_ends_the_reviews_of_the_placement() {
    let office = Office::new();
    office.request("R-1", "new-placement", "");
    office.request("R-2", "review", "review_of: R-1");
    office.decided(
        "R-1",
        "2027-01-04",
        &approved(PLACEMENT, "review: {every: 4 weeks}"),
    );
    office.decided("R-2", "2027-02-01", "outcome: approve");
    let before = office.diary("2027-02-19T09:00", "review");
    assert!(!before.is_empty());
    office.does(
        "2027-02-20T18:00",
        &[
            "act",
            "R-2",
            "--ended",
            "He went home",
            "--on",
            "2027-02-20",
        ],
    );
    assert_eq!(office.diary("2027-02-21T09:00", "review"), [""; 0]);
}

#[test]
fn an_approval_that_goes_on_is_not_taken_back_where_the_request_was_put_off_since() {
    let office = Office::new();
    office.request("R-1", "new-placement", "");
    office.decided(
        "R-1",
        "2027-01-04",
        &approved(PLACEMENT, "review: {on: 2027-03-01}, until: 2027-07-12"),
    );
    let defer = "outcome: defer, deferred: {to: 2027-02-08, reason: beyond-remit}";
    office.decided("R-1", "2027-02-01", defer);
    let args = [
        "withdraw",
        "R-1",
        "--by",
        "E. Rudkin",
        "--role",
        "head-of-service",
    ];
    let told = refused(office.folder(), "2027-02-03T18:00", 1, &args);
    for words in [
        "R-1 was approved on Monday 4 January 2027, and that goes on",
        "`panel act R-1 --date 2027-01-04 --ended REASON`",
    ] {
        assert!(told.contains(words), "{told}");
    }
    // What has ended is no reason to hear it again.
    office.does(
        "2027-02-03T18:00",
        &[
            "act",
            "R-1",
            "--date",
            "2027-01-04",
            "--ended",
            "Broke down",
            "--on",
            "2027-02-02",
        ],
    );
    office.does("2027-02-03T18:10", &args);
}
