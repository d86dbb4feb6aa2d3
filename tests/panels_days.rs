//! Panels that begin, end or take requests by what they say: each request is on somebody's agenda,
//! and what a panel has heard stays with it.
#![allow(
    clippy::disallowed_methods,
    reason = "tests and benches make folders of their own"
)]

mod support;

use std::path::Path;
use support::{copy_of, run, status, stderr, stdout};

/// The example of North East Lincolnshire with a second panel beside the one that it has.
fn with_second(panel: &str, meetings: &str) -> tempfile::TempDir {
    let folder = copy_of("examples/nelc");
    let rules = format!(
        r#"extends = "nelc"

[[panel]]
id = "main"
label = "Placement Panel"
clause = "x"

[[panel]]
{panel}
clause = "x"

[[meetings]]
only = "main"
every = "week"
on = "monday"
start = 13:00:00
clause = "x"

[[meetings]]
{meetings}
start = 10:00:00
clause = "x"
"#
    );
    std::fs::write(folder.path().join("rules.toml"), rules).expect("written");
    let settings = "council = \"./rules.toml\"\n";
    std::fs::write(folder.path().join("panel.toml"), settings).expect("written");
    folder
}

/// A panel for transport that has its days.
fn support_panel(days: &str) -> tempfile::TempDir {
    with_second(
        &format!(
            "id = \"support\"\nlabel = \"Support Panel\"\nwhen = \"request.kind in ['transport', 'placement-move']\"\n{days}"
        ),
        "only = \"support\"\nevery = \"month\"\nnth = [2]\non = \"thursday\"",
    )
}

/// The text of a paper or list.
fn paper(folder: &Path, as_of: &str, args: &[&str]) -> String {
    let output = run(folder, as_of, args);
    assert_eq!(status(&output), 0, "{args:?}: {}", stderr(&output));
    stdout(&output)
}

/// The meeting's folder that a referral goes to.
fn goes_to(folder: &Path, as_of: &str, reference: &str) -> String {
    let output = run(folder, as_of, &["check", "--format", "json"]);
    let whole: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("json");
    let mut rows = whole["referrals"].as_array().expect("rows").iter();
    let row = rows
        .find(|row| row["reference"] == reference)
        .expect("it is there");
    row["meeting"].as_str().unwrap_or("none").to_owned()
}

/// Puts something else into a record.
fn edit(folder: &Path, path: &str, changes: &[(&str, &str)]) {
    let place = folder.join(path);
    let mut text = std::fs::read_to_string(&place).expect("a record");
    for (from, to) in changes {
        assert!(text.contains(from), "{path} has {from}");
        text = text.replacen(from, to, 1);
    }
    std::fs::write(place, text).expect("written");
}

#[test]
fn what_was_decided_before_a_panel_began_is_the_decision_of_the_one_that_sat() {
    // R-2026-0315 asks for transport, and was decided on 23 November by the only panel there was.
    let folder = support_panel("from = 2027-01-01");
    let at = "2026-12-15T09:00";
    for args in [
        vec!["letter", "R-2026-0315"],
        vec!["record", "R-2026-0315"],
        vec!["minutes", "--date", "2026-11-23"],
    ] {
        let paper = paper(folder.path(), at, &args);
        assert!(paper.contains("Placement Panel"), "{args:?}: {paper}");
        assert!(!paper.contains("Support Panel"), "{args:?}: {paper}");
    }
    let diary = paper(folder.path(), at, &["diary", "--format", "csv"]);
    let mut own = diary.lines().filter(|line| line.contains("R-2026-0315"));
    assert!(own.all(|line| line.contains("Placement Panel")), "{diary}");
}

/// A request for the panel of transport that waits.
const WAITING: &str = "R-2026-0322";

#[test]
fn a_panel_takes_nothing_from_the_others_before_it_begins() {
    let folder = support_panel("from = 2027-01-01");
    edit(
        folder.path(),
        "referrals/2026/R-2026-0322.yaml",
        &[("\n  kind: ", "\n  kind: transport # ")],
    );
    assert_eq!(
        goes_to(folder.path(), "2026-12-01T09:00", WAITING),
        "2026-12-07"
    );
    // Begun, it takes what has not been heard.
    assert_eq!(
        goes_to(folder.path(), "2027-01-05T09:00", WAITING),
        "2027-01-14-support"
    );
}

#[test]
fn what_a_panel_that_has_ended_did_not_hear_goes_to_the_others() {
    let folder = support_panel("from = 2026-11-01\nuntil = 2027-02-01");
    let referral = "referrals/2026/R-2026-0322.yaml";
    edit(
        folder.path(),
        referral,
        &[("\n  kind: ", "\n  kind: transport # ")],
    );
    assert_eq!(
        goes_to(folder.path(), "2026-12-01T09:00", WAITING),
        "2026-12-10-support"
    );
    assert_eq!(
        goes_to(folder.path(), "2027-02-13T09:00", WAITING),
        "2027-02-15"
    );
    // One that names it is told which panel has ended, and what to write.
    edit(
        folder.path(),
        referral,
        &[("reference:", "for: support\nreference:")],
    );
    let output = run(
        folder.path(),
        "2027-02-13T09:00",
        &["check", "--format", "concise", referral],
    );
    let told = stdout(&output);
    assert!(
        told.contains("no further meeting of the Support Panel"),
        "{told}"
    );
    let output = run(folder.path(), "2027-02-13T09:00", &["check", referral]);
    let told = stdout(&output)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    assert!(told.contains("sat until 1 February 2027"), "{told}");
    assert!(told.contains("`for: main`"), "{told}");
}

#[test]
fn what_a_panel_put_off_comes_back_to_it_though_it_asks_for_less_now() {
    let folder = with_second(
        "id = \"big\"\nlabel = \"Big Panel\"\nwhen = \"cost.total > 20000\"",
        "only = \"big\"\nevery = \"month\"\nnth = [2]\non = \"thursday\"",
    );
    let own = folder.path();
    let reference = "R-2026-0320";
    assert_eq!(
        goes_to(own, "2026-12-01T09:00", reference),
        "2026-12-10-big"
    );
    let output = run(
        own,
        "2026-12-10T18:00",
        &[
            "decide",
            reference,
            "--date",
            "2026-12-10",
            "--outcome",
            "defer",
            "--defer-to",
            "2027-01-14",
            "--defer-reason",
            "more-information",
            "--defer-need",
            "Something cheaper|B. Threadgold|2027-01-04",
            "--basis",
            "consensus",
            "--rationale",
            "Too dear.",
            "--by",
            "D. Thackray",
            "--role",
            "assistant-director",
        ],
    );
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let agenda = |as_of: &str| {
        let args = ["agenda", "--date", "2026-12-10", "--panel", "big"];
        paper(own, as_of, &args).contains(reference)
    };
    assert!(agenda("2026-12-10T18:30"));
    edit(
        own,
        "referrals/2026/R-2026-0320.yaml",
        &[
            ("weekly: 965", "weekly: 465"),
            ("total: 25090", "total: 12090"),
            ("submitted:", "resubmitted: 2027-01-04T10:00\nsubmitted:"),
        ],
    );
    let at = "2027-01-05T09:00";
    assert_eq!(goes_to(own, at, reference), "2027-01-14-big");
    let letter = paper(own, at, &["letter", reference]);
    assert!(letter.contains("the Big Panel looked at"), "{letter}");
    // The agenda on which it stood is still the paper that it was.
    assert!(agenda(at));
    let output = run(own, at, &["check", "--format", "concise"]);
    let told = stdout(&output);
    let mut of_decisions = told.lines().filter(|line| line.starts_with("meetings/"));
    let is_blamed = of_decisions.any(|line| line.contains("not-a-meeting-day"));
    assert!(!is_blamed, "{told}");
}

#[test]
fn decisions_of_a_panel_whose_name_was_changed_are_said_to_be_missing() {
    let folder = support_panel("");
    let own = folder.path();
    let place = own.join("meetings/2026-11-12-support/decisions");
    std::fs::create_dir_all(&place).expect("made");
    let decision = "referral: R-2026-0322\noutcome: note\nrationale: Heard.\n";
    std::fs::write(place.join("R-2026-0322.yaml"), decision).expect("written");
    let said = |args: &[&str]| stderr(&run(own, "2026-12-01T09:00", args));
    assert!(
        !said(&["spend"]).contains("missing here"),
        "{}",
        said(&["spend"])
    );
    edit(
        own,
        "rules.toml",
        &[
            ("id = \"support\"", "id = \"help\""),
            ("only = \"support\"", "only = \"help\""),
        ],
    );
    for args in [
        vec!["spend"],
        vec!["report"],
        vec!["agenda", "--date", "2026-12-07", "--panel", "main"],
        vec!["diary"],
    ] {
        let said = said(&args);
        assert!(
            said.contains("meetings/2026-11-12-support is named for no meeting of the panel's, so 1 decision there is missing here"),
            "{args:?}: {said}"
        );
    }
}
