//! A small panel on Mondays with one child, whose records a test writes itself.

use super::{run, status, stderr, stdout};
use serde_json::Value;
use std::path::Path;
use tempfile::TempDir;

/// A panel on Mondays, and one child of it.
pub(crate) struct Office(TempDir);

impl Office {
    pub(crate) fn new() -> Self {
        let office = Self(tempfile::tempdir().expect("a temporary folder"));
        office.write("panel.toml", "council = \"nelc\"\n");
        office
    }

    pub(crate) fn folder(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.0.path().join(path);
        std::fs::create_dir_all(path.parent().expect("inside")).expect("a temporary folder");
        std::fs::write(path, text).expect("a temporary file");
    }

    /// A request that has been sent, for Ada.
    pub(crate) fn request(&self, reference: &str, kind: &str, more: &str) {
        self.request_with(reference, kind, &format!("from: 2027-01-11, {more}"), "");
    }

    /// The same with other keys beside those of `request`, and another first day.
    pub(crate) fn request_with(&self, reference: &str, kind: &str, more: &str, beside: &str) {
        let sent = "2026-12-15T10:00";
        self.write(
            &format!("referrals/{reference}.yaml"),
            &format!("{{reference: {reference}, child: {{name: Ada F., case_id: \"0100001\"}}, worker: {{name: A. Singh}}, request: {{kind: {kind}, {more}}}, submitted: {sent}, {beside}}}\n"),
        );
    }

    /// A decision at the meeting of a day.
    pub(crate) fn decided(&self, reference: &str, day: &str, more: &str) {
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
    pub(crate) fn told(&self, as_of: &str, args: &[&str]) -> String {
        let output = run(self.folder(), as_of, args);
        assert!(status(&output) < 2, "{args:?}: {}", stderr(&output));
        stdout(&output)
    }

    /// Runs a command that must succeed, and gives what it says beside its output.
    pub(crate) fn does(&self, as_of: &str, args: &[&str]) -> String {
        let output = run(self.folder(), as_of, args);
        assert_eq!(status(&output), 0, "{args:?}: {}", stderr(&output));
        stderr(&output)
    }

    /// The diary's lines of a kind: reference, day and words.
    pub(crate) fn diary(&self, as_of: &str, kind: &str) -> Vec<String> {
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

/// A home of £1,000 a week for 26 weeks.
pub(crate) const PLACEMENT: &str =
    "{item: placement, description: Foster home, weekly: 1000, weeks: 26, one_off: 0}";

/// An approval of one line.
pub(crate) fn approved(line: &str, more: &str) -> String {
    format!("outcome: approve, approved: [{line}], {more}")
}

impl Office {
    /// What a meeting's list of what has not come says of approvals that end.
    pub(crate) fn chased(&self, as_of: &str, day: &str) -> Vec<String> {
        self.chased_for("ending", as_of, day)
    }

    /// What it says of one kind.
    pub(crate) fn chased_for(&self, kind: &str, as_of: &str, day: &str) -> Vec<String> {
        let told = self.told(as_of, &["chase", "--date", day, "--format", "json"]);
        let view: Value = serde_json::from_str(&told).expect("JSON");
        let groups = view["meetings"][0]["expected"].as_array().expect("groups");
        let rows = groups
            .iter()
            .flat_map(|group| group["rows"].as_array().expect("rows"));
        let own = rows.filter(|row| row["kind"] == kind);
        own.map(|row| {
            let text = |value: &Value| value.as_str().expect("text").to_owned();
            format!("{} {}", text(&row["reference"]), text(&row["what"]))
        })
        .collect()
    }

    /// Whether it is asked about at a meeting: on its agenda and in its list alike.
    pub(crate) fn is_asked(&self, as_of: &str, day: &str) -> bool {
        let agenda = self.told(as_of, &["agenda", "--date", day]);
        let is_on_agenda = agenda.contains("What was approved");
        let chased = self.chased(as_of, day);
        assert_eq!(is_on_agenda, !chased.is_empty(), "{agenda}\n{chased:?}");
        is_on_agenda
    }
}
