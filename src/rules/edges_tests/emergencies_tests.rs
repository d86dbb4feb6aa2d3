//! Emergencies: the papers that follow, and the panel that is to ratify them.

use super::super::judge;
use super::{ONE_O_CLOCK, Office, day, referral_of};
use crate::findings::Severity;

#[test]
fn what_an_emergency_after_the_cut_off_lacks_is_owed_at_the_meeting_after_its_own() {
    for (sent, is_owed) in [("2026-11-20T13:00", false), ("2026-11-20T13:00:01", true)] {
        let office = Office::one(
            ONE_O_CLOCK,
            &format!("panel: 2026-11-23\nsubmitted: {sent}\nemergency: {{ground: epo}}"),
        );
        let found = office.found("missing-sign-off", "2026-11-21T09:00");
        assert_eq!(found.len(), 1);
        let is_note = found[0].severity == Severity::Note;
        assert_eq!(is_note, is_owed, "{sent}");
        let names_it = found[0].message.contains("Monday 30 November 2026");
        assert_eq!(names_it, is_owed, "{}", found[0].message);
        let desk = office.desk("2026-11-21T09:00");
        let case = desk.case("R-1").expect("it is there");
        assert_eq!(judge(&desk).is_ready(case), is_owed);
    }
}

#[test]
fn without_an_emergency_nothing_follows() {
    let office = Office::one(
        ONE_O_CLOCK,
        "panel: 2026-11-23\nsubmitted: 2026-11-21\nemergency: {ground: planned-court-date}",
    );
    let found = office.found("missing-sign-off", "2026-11-22T09:00");
    assert_eq!(found[0].severity, Severity::Error);
}

const PAPERS_FOLLOW: &str = "[cut_off]
on = \"friday\"
at = 13:00:00
clause = \"2\"

[emergency]
papers_follow = [\"missing-document\"]
ratified = false
clause = \"3\"

[[document]]
any_of = [\"care-plan\", \"pathway-plan\"]
clause = \"5\"

[[document]]
any_of = [\"risk-assessment\"]
clause = \"5\"

[[document]]
any_of = [\"cost-breakdown\"]
given_by = \"head-of-service\"
clause = \"5\"
";

#[test]
fn papers_that_an_emergency_was_heard_without_stay_in_the_diary_until_they_come() {
    let referral = |sent: &str| {
        referral_of(
            "R-1",
            &format!(
                "panel: 2026-11-23\nsubmitted: {sent}\nemergency: {{ground: epo}}\ndocuments: [{{kind: risk-assessment}}]"
            ),
        )
    };
    let decision = "referral: R-1\nmeeting: 2026-11-23\noutcome: approve\n";
    let diary = |sent: &str, after: &str| {
        let files = [
            ("referrals/R-1.yaml", referral(sent)),
            (
                "meetings/2026-11-23/meeting.yaml",
                "date: 2026-11-23\n".to_owned(),
            ),
            (
                "meetings/2026-11-23/decisions/R-1.yaml",
                decision.to_owned(),
            ),
            ("meetings/2026-11-23/after/R-1.yaml", after.to_owned()),
        ];
        let files: Vec<(&str, &str)> = files
            .iter()
            .map(|(path, text)| (*path, text.as_str()))
            .collect();
        Office::with(PAPERS_FOLLOW, &files).diary("2026-12-07T09:00")
    };
    let owed = vec![(day("2026-11-30"), "Paper owed", "R-1".to_owned())];
    let late = "2026-11-21";
    assert_eq!(diary(late, "told_family: 2026-11-24\n"), owed);
    assert_eq!(
        diary(late, "papers: [{kind: cin-plan, on: 2026-12-01}]\n"),
        owed
    );
    // It has not come yet on the desk's day.
    assert_eq!(
        diary(late, "papers: [{kind: care-plan, on: 2026-12-08}]\n"),
        owed
    );
    assert_eq!(
        diary(late, "papers: [{kind: pathway-plan, on: 2026-12-02}]\n"),
        []
    );
    // In time for the cut-off nothing follows.
    assert_eq!(diary("2026-11-20T13:00", "told_family: 2026-11-24\n"), []);
}

const NEXT_PANEL: &str = "[emergency]
if_missed = \"continuation is not approved\"
clause = \"9\"
";

/// An emergency with meetings called off: the day of placing, the meeting asked for, those days.
fn placed(placed_on: &str, panel: Option<&str>, called_off: &[&str]) -> Office {
    let panel = panel
        .map(|panel| format!("panel: {panel}\n"))
        .unwrap_or_default();
    let referral = referral_of(
        "R-1",
        &format!(
            "{panel}submitted: {placed_on}T09:00\nplaced_on: {placed_on}\nemergency: {{ground: epo}}"
        ),
    );
    let meetings: Vec<(String, String)> = called_off
        .iter()
        .map(|on| {
            (
                format!("meetings/{on}/meeting.yaml"),
                format!("date: {on}\ncancelled: {{reason: Snow.}}\n"),
            )
        })
        .collect();
    let mut files = vec![("referrals/R-1.yaml", referral.as_str())];
    files.extend(
        meetings
            .iter()
            .map(|(path, text)| (path.as_str(), text.as_str())),
    );
    Office::with(NEXT_PANEL, &files)
}

#[test]
fn a_next_panel_that_is_called_off_is_skipped_and_named() {
    let office = placed("2026-11-20", None, &["2026-11-23"]);
    let rule = "retrospective-overdue";
    assert!(office.found(rule, "2026-11-24T09:00").is_empty());
    let due = [(day("2026-11-30"), "Ratification", "R-1".to_owned())];
    assert_eq!(office.diary("2026-11-24T09:00"), due);
    // The meeting of the 30th has passed without it.
    let found = office.found(rule, "2026-12-01T09:00");
    assert_eq!(found.len(), 1);
    for piece in [
        "Monday 30 November 2026",
        "23 November 2026 was called off",
        "passed without a decision",
        "continuation is not approved",
    ] {
        assert!(found[0].message.contains(piece), "{}", found[0].message);
    }
    assert!(
        office.found(rule, "2026-11-30T23:00").is_empty(),
        "on its day it has not passed"
    );
}

#[test]
fn the_panel_of_the_same_day_counts_only_where_the_referral_names_it() {
    let rule = "retrospective-overdue";
    // Not named: the meeting of the week after is the next, and in time.
    let unnamed = placed("2026-11-23", None, &[]);
    assert!(unnamed.found(rule, "2026-11-24T09:00").is_empty());
    assert_eq!(unnamed.diary("2026-11-23T10:00")[0].0, day("2026-11-30"));
    // Named: that is its panel, and once it has passed it is overdue.
    let named = placed("2026-11-23", Some("2026-11-23"), &[]);
    assert_eq!(named.diary("2026-11-23T10:00")[0].0, day("2026-11-23"));
    assert!(named.found(rule, "2026-11-23T10:00").is_empty());
    assert_eq!(named.found(rule, "2026-11-24T09:00").len(), 1);
    // Called off, it is no panel to have come to.
    let called_off = placed("2026-11-23", Some("2026-11-23"), &["2026-11-23"]);
    assert!(called_off.found(rule, "2026-11-24T09:00").is_empty());
}

#[test]
fn an_emergency_that_asks_for_a_later_panel_is_overdue_before_that_of_the_next_has_passed() {
    let office = placed("2026-11-20", Some("2026-11-30"), &[]);
    let found = office.found("retrospective-overdue", "2026-11-20T10:00");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].place.path, "panel");
    assert!(
        found[0]
            .help
            .as_deref()
            .is_some_and(|help| help.contains("`panel: 2026-11-23`"))
    );
}
