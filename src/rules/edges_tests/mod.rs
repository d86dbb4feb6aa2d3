//! Remit, times and emergencies at their edges: the last second, 29 February, a meeting called off.
#![expect(
    clippy::disallowed_methods,
    reason = "tests make and read folders of their own"
)]

mod ages_tests;
mod emergencies_tests;

use super::judge;
use crate::council::{Council, load_council};
use crate::desk::{Desk, Scope};
use crate::findings::Finding;
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
        super::diary(&self.desk(at))
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
