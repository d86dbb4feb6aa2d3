//! Remit, times and emergencies at their edges: the last second, 29 February, a meeting called off.
#![expect(
    clippy::disallowed_methods,
    reason = "tests make and read folders of their own"
)]

use super::judge;
use crate::council::{Council, load_council};
use crate::desk::{Desk, Scope};
use crate::findings::{Finding, Severity};
use crate::folder::Folder;
use crate::records::{Day, Moment};

const ABOUT: &str = "[council]
name = \"Borough of Wendham\"
panel = \"Resource Panel\"
assumption = \"Invented.\"

[meetings]
every = \"week\"
on = \"monday\"
start = 14:00:00
clause = \"1\"
";

/// A folder with its council, to be looked at as a desk.
struct Office {
    folder: Folder,
    council: Council,
}

impl Office {
    /// A council with these entries, and files: path and text.
    fn with(entries: &str, files: &[(&str, &str)]) -> Self {
        let place = tempfile::tempdir().expect("a temporary folder");
        let write = |path: &str, text: &str| {
            let path = place.path().join(path);
            std::fs::create_dir_all(path.parent().expect("inside the folder")).expect("made");
            std::fs::write(path, text).expect("written");
        };
        write("panel.toml", "council = \"./council.toml\"\n");
        write("council.toml", &format!("{ABOUT}\n{entries}"));
        for (path, text) in files {
            write(path, text);
        }
        Self {
            folder: Folder::load(place.path()).expect("a folder"),
            council: load_council("./council.toml", place.path())
                .unwrap_or_else(|error| panic!("{error:#?}")),
        }
    }

    /// One referral and nothing else.
    fn one(entries: &str, referral: &str) -> Self {
        Self::with(
            entries,
            &[("referrals/R-1.yaml", &referral_of("R-1", referral))],
        )
    }

    fn desk(&self, at: &str) -> Desk<'_> {
        let at: Moment = at.parse().expect("a moment");
        Desk::new(&self.folder, &self.council, at.latest(), Scope::Folder)
    }

    /// What one rule finds.
    fn found(&self, rule: &str, at: &str) -> Vec<Finding> {
        let findings = judge(&self.desk(at)).findings;
        findings
            .into_iter()
            .filter(|one| one.rule == rule)
            .collect()
    }

    /// Lines of the diary: the day, what it is, and whose.
    fn diary(&self, at: &str) -> Vec<(Day, &'static str, String)> {
        self.desk(at)
            .diary()
            .into_iter()
            .map(|entry| (entry.due_on, entry.kind.label(), entry.reference.to_owned()))
            .collect()
    }
}

fn referral_of(reference: &str, rest: &str) -> String {
    let child = if rest.contains("child:") {
        ""
    } else {
        "child: {name: Robin E., case_id: \"01\"}\n"
    };
    let request = if rest.contains("request:") {
        ""
    } else {
        "request: {kind: new-placement}\n"
    };
    format!("reference: {reference}\n{child}worker: {{name: C. Doyle}}\n{request}{rest}\n")
}

fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

const ONE_O_CLOCK: &str = "[cut_off]
on = \"friday\"
at = 13:00:00
exempt = \"emergency\"
clause = \"2\"

[emergency]
refused = [\"planned-court-date\"]
papers_follow = [\"missing-sign-off\"]
clause = \"3\"

[[sign_off]]
role = \"service-manager\"
clause = \"4\"
";

#[test]
fn the_second_of_the_cut_off_is_in_time_and_the_next_is_late() {
    for (sent, is_late) in [
        ("2026-11-20T13:00", false),
        ("2026-11-20T13:00:00", false),
        ("2026-11-20T13:00:01", true),
        ("2026-11-20T12:59:59", false),
    ] {
        let office = Office::one(
            ONE_O_CLOCK,
            &format!("panel: 2026-11-23\nsubmitted: {sent}"),
        );
        let found = office.found("late-submission", "2026-11-21T09:00");
        assert_eq!(!found.is_empty(), is_late, "{sent}: {found:#?}");
        assert!(
            found
                .iter()
                .all(|one| one.message.contains("1 minute late"))
        );
    }
}

#[test]
fn a_refused_ground_does_not_take_the_cut_off_away() {
    for (ground, is_late) in [("police-protection", false), ("planned-court-date", true)] {
        let office = Office::one(
            ONE_O_CLOCK,
            &format!("panel: 2026-11-23\nsubmitted: 2026-11-21\nemergency: {{ground: {ground}}}"),
        );
        let found = office.found("late-submission", "2026-11-22T09:00");
        assert_eq!(!found.is_empty(), is_late, "{ground}: {found:#?}");
    }
}

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

const BIRTHDAY: &str = "[[milestone]]
id = \"nineteen\"
age = 19
label = \"19th birthday\"
clause = \"6\"
";

#[test]
fn born_on_29_february_the_birthday_is_1_march_and_the_day_before_is_in_time() {
    for (panel, is_late) in [("2027-02-28", false), ("2027-03-01", true)] {
        let referral = referral_of(
            "R-1",
            &format!(
                "panel: {panel}\nsubmitted: 2027-02-01\nchild: {{name: Robin E., date_of_birth: 2008-02-29}}"
            ),
        );
        let office = Office::with(
            BIRTHDAY,
            &[
                ("referrals/R-1.yaml", &referral),
                (
                    "meetings/2027-02-28/meeting.yaml",
                    "date: 2027-02-28\nextra: true\n",
                ),
            ],
        );
        let found = office.found("age-milestone", "2027-02-02T09:00");
        assert_eq!(!found.is_empty(), is_late, "{panel}: {found:#?}");
        assert!(
            found
                .iter()
                .all(|one| one.message.contains("Monday 1 March 2027"))
        );
    }
}

const SIXTEEN: &str = "[[milestone]]
id = \"sixteen\"
age = 16
since_age = 15
label = \"16th birthday\"
when = \"child.legal_status == 'care-order'\"
kinds = [\"care-leaver-accommodation\"]
checklist = [\"independent-options\"]
diary_from = \"3 months\"
clause = \"7\"

[[checklist]]
id = \"independent-options\"
question = \"Were the options for living independently looked at?\"
clause = \"7\"
";

/// Two referrals about a child who was 15 on 1 December 2025 and is 16 a year later; the panel
/// has decided on the first.
fn sixteen(other_child: &str, kind: &str, decided: &str, answers: &str) -> Office {
    let child = |number: &str| {
        format!(
            "child: {{name: Robin E., case_id: \"{number}\", date_of_birth: 2010-12-01, legal_status: care-order}}"
        )
    };
    let first = referral_of(
        "R-1",
        &format!(
            "{}\nsubmitted: 2025-11-20\nrequest: {{kind: {kind}}}",
            child(other_child)
        ),
    );
    let second = referral_of("R-2", &format!("{}\nsubmitted: 2026-11-20", child("0101")));
    Office::with(
        SIXTEEN,
        &[
            ("referrals/R-1.yaml", &first),
            ("referrals/R-2.yaml", &second),
            (
                &format!("meetings/{decided}/meeting.yaml"),
                &format!("date: {decided}\nextra: true\n"),
            ),
            (
                &format!("meetings/{decided}/decisions/R-1.yaml"),
                &format!("referral: R-1\nmeeting: {decided}\noutcome: approve\n{answers}\n"),
            ),
        ],
    )
}

#[test]
fn a_milestone_is_met_by_a_decision_for_the_same_child_since_the_earlier_birthday() {
    let accommodation = "care-leaver-accommodation";
    let answer = "checklist: {independent-options: Supported lodgings were looked at.}";
    for (whose, child, kind, decided, answers, is_met) in [
        (
            "asked for on the birthday",
            "0101",
            accommodation,
            "2025-12-01",
            "",
            true,
        ),
        (
            "asked for the day before it",
            "0101",
            accommodation,
            "2025-11-30",
            "",
            false,
        ),
        (
            "another child's",
            "0102",
            accommodation,
            "2025-12-01",
            "",
            false,
        ),
        (
            "of another kind",
            "0101",
            "new-placement",
            "2025-12-01",
            "",
            false,
        ),
        (
            "answered",
            "0101",
            "new-placement",
            "2025-12-01",
            answer,
            true,
        ),
        (
            "answered too early",
            "0101",
            "new-placement",
            "2025-11-30",
            answer,
            false,
        ),
    ] {
        let office = sixteen(child, kind, decided, answers);
        // Heard on 7 December 2026, at 16.
        let found = office.found("age-milestone", "2026-12-02T09:00");
        let about: Vec<_> = found
            .iter()
            .filter_map(|one| one.reference.as_deref())
            .collect();
        let expected = if is_met { vec![] } else { vec!["R-2"] };
        assert_eq!(about, expected, "{whose}");
        assert!(found.iter().all(|one| one.severity == Severity::Warning));
    }
}

#[test]
fn the_diary_shows_a_milestone_from_its_time_before_once_for_a_child_until_it_is_met() {
    let due = (day("2026-12-01"), "Milestone", "R-2".to_owned());
    let unmet = sixteen(
        "0101",
        "new-placement",
        "2025-12-01",
        "review: {none: It stands.}",
    );
    assert!(
        !unmet
            .diary("2026-08-31T09:00")
            .iter()
            .any(|(_, kind, _)| *kind == "Milestone")
    );
    // Before the second referral is sent the first stands for the child.
    let first = (day("2026-12-01"), "Milestone", "R-1".to_owned());
    assert_eq!(unmet.diary("2026-09-01T09:00"), [first]);
    assert_eq!(unmet.diary("2026-11-21T09:00"), [due.clone()]);
    assert_eq!(unmet.diary("2027-01-15T09:00"), [due]);
    let met = sixteen("0101", "care-leaver-accommodation", "2025-12-01", "");
    assert!(met.diary("2026-11-21T09:00").is_empty());
}

const MONTH: &str = "[new_placement]
within = \"1 month\"
clause = \"8\"
";

#[test]
fn a_month_from_the_31st_ends_with_the_shorter_month_and_its_last_day_is_in_time() {
    for (placed_on, panel, is_late) in [
        ("2028-01-31", "2028-02-29", false),
        ("2028-01-31", "2028-03-01", true),
        ("2027-01-31", "2027-02-28", false),
        ("2027-01-31", "2027-03-01", true),
        ("2027-01-28", "2027-02-28", false),
    ] {
        let referral = referral_of(
            "R-1",
            &format!("panel: {panel}\nsubmitted: {placed_on}\nplaced_on: {placed_on}"),
        );
        let meeting = format!("date: {panel}\nextra: true\n");
        let office = Office::with(
            MONTH,
            &[
                ("referrals/R-1.yaml", &referral),
                (&format!("meetings/{panel}/meeting.yaml"), &meeting),
            ],
        );
        let found = office.found("new-placement-overdue", placed_on);
        assert_eq!(
            !found.is_empty(),
            is_late,
            "{placed_on} to {panel}: {found:#?}"
        );
        let entries = office.diary(placed_on);
        assert_eq!(entries.len(), 1, "{entries:#?}");
        assert_eq!(entries[0].1, "New placement");
    }
}

#[test]
fn a_placement_that_began_after_the_approval_is_in_the_diary_until_the_panel_sees_it() {
    let referral = referral_of("R-1", "submitted: 2026-10-01\npanel: 2026-11-02");
    let review = referral_of(
        "R-2",
        "submitted: 2026-11-20\npanel: 2026-12-07\nrequest: {kind: review, review_of: R-1}",
    );
    let decision = |reference: &str, on: &str, rest: &str| {
        format!("referral: {reference}\nmeeting: {on}\noutcome: approve\n{rest}\n")
    };
    let first = |rest: &str| decision("R-1", "2026-11-02", rest);
    let second = decision("R-2", "2026-12-07", "");
    let office = |rest: &str| {
        Office::with(
            MONTH,
            &[
                ("referrals/R-1.yaml", &referral),
                ("referrals/R-2.yaml", &review),
                ("meetings/2026-11-02/decisions/R-1.yaml", &first(rest)),
                (
                    "meetings/2026-11-02/after/R-1.yaml",
                    "placed: {on: 2026-11-10}\n",
                ),
                ("meetings/2026-12-07/decisions/R-2.yaml", &second),
            ],
        )
    };
    let due = vec![(day("2026-12-10"), "New placement", "R-1".to_owned())];
    assert_eq!(office("").diary("2026-11-30T09:00"), due);
    assert!(
        office("").diary("2026-11-09T09:00").is_empty(),
        "it has not begun"
    );
    assert!(
        office("").diary("2026-12-08T09:00").is_empty(),
        "the panel has seen it"
    );
    // A review that comes first is the one line that says so.
    let kinds: Vec<_> = office("review: {on: 2026-12-07}").diary("2026-11-30T09:00");
    assert_eq!(kinds, [(day("2026-12-07"), "Review", "R-1".to_owned())]);
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

const TWO_PANELS: &str = "[[panel]]
id = \"resource\"
label = \"Resource Panel\"
clause = \"1\"

[[panel]]
id = \"complex\"
label = \"Complex Needs Panel\"
clause = \"1\"

[[criterion]]
id = \"placement\"
label = \"A placement\"
when = \"request.kind == 'new-placement'\"
only = \"resource\"
clause = \"10\"

[[criterion]]
id = \"package\"
label = \"A package of support\"
when = \"request.kind == 'support-package'\"
only = \"complex\"
clause = \"11\"
";

#[test]
fn the_criteria_are_those_of_the_panel_that_the_referral_is_for() {
    for (panel, is_in_remit) in [("resource", true), ("complex", false)] {
        let office = Office::one(
            TWO_PANELS,
            &format!("for: {panel}\nsubmitted: 2026-11-20\npanel: 2026-11-23"),
        );
        let found = office.found("no-criterion", "2026-11-21T09:00");
        assert_eq!(found.is_empty(), is_in_remit, "{panel}");
        for one in found {
            assert!(
                one.message.contains("Complex Needs Panel"),
                "{}",
                one.message
            );
            assert_eq!(one.basis.clauses, ["11"]);
        }
    }
}
