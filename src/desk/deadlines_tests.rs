//! The office's duties, with the days worked out by hand from the policies' own words.
#![expect(
    clippy::disallowed_methods,
    reason = "tests make and read folders of their own"
)]

use super::{Desk, DutyState, Scope};
use crate::council::load_council;
use crate::folder::Folder;
use crate::records::Moment;
use chrono::{NaiveDateTime, TimeDelta};
use proptest::prelude::*;

/// A panel on Wednesdays from 9:30 to 13:00, with a record in three steps.
const RULES: &str = r#"
[meetings]
every = "week"
on = "wednesday"
start = 09:30:00

[sitting]
minutes = 210
slot_minutes = 20

[[deadline]]
id = "agenda-out"
task = "The agenda goes to the members"
before = "meeting"
working_days = 1
at = 12:00:00
clause = "4.5"

[[deadline]]
id = "draft-record"
task = "The chair has a draft"
after = "end"
hours = 48
no_later_than = "next-meeting"
clause = "5.2"

[[deadline]]
id = "final-record"
task = "The chair returns the record"
after = "draft-record"
hours = 48
no_later_than = "next-meeting"
clause = "5.2"

[[deadline]]
id = "upload-records"
task = "Each child's record is uploaded"
after = "final-record"
hours = 24
per_child = true
met_by = "uploaded"
no_later_than = "next-meeting"
clause = "5.3"

[[deadline]]
id = "feedback"
task = "The family's answer is written down"
after = "told-family"
working_days = 2
clause = "5.4"

[[deadline]]
id = "letters"
task = "Refusals are sent"
after = "decision"
on = "friday"
when = "decision.outcome == 'decline'"
clause = "5.5"
"#;

/// The council of the sound case, for all that these rules do not say.
fn built_in() -> String {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages/base/panel.toml");
    let settings: toml::Table = std::fs::read_to_string(path)
        .expect("the base case")
        .parse()
        .expect("TOML");
    settings["council"].as_str().expect("text").to_owned()
}

struct Office {
    files: Vec<(String, String)>,
}

/// What a duty comes to: its id, by when, when met, how it stands, and for whom it is missing.
type Told = (
    String,
    NaiveDateTime,
    Option<NaiveDateTime>,
    DutyState,
    Vec<String>,
);

impl Office {
    /// The meeting of Wednesday 25 November 2026 and two cases that it approved.
    fn new() -> Self {
        let mut office = Self { files: Vec::new() };
        office.file(
            "council.toml",
            &format!("extends = \"{}\"\n{RULES}", built_in()),
        );
        office.file("panel.toml", "council = \"./council.toml\"\n");
        office.file("meetings/2026-11-25/meeting.yaml", "date: 2026-11-25\n");
        for reference in ["R-1", "R-2"] {
            office.file(
                &format!("referrals/{reference}.yaml"),
                &format!("{{reference: {reference}, child: {{name: Ada F.}}, worker: {{}}, request: {{}}, submitted: 2026-11-20}}\n"),
            );
            office.decision(reference, "approve");
        }
        office
    }

    fn file(&mut self, path: &str, text: &str) {
        self.files.retain(|(known, _)| known != path);
        self.files.push((path.to_owned(), text.to_owned()));
    }

    fn decision(&mut self, reference: &str, outcome: &str) {
        self.file(
            &format!("meetings/2026-11-25/decisions/{reference}.yaml"),
            &format!("{{referral: {reference}, meeting: 2026-11-25, outcome: {outcome}, decided_by: {{name: M. Osei}}}}\n"),
        );
    }

    fn duties(&self, as_of: &str) -> Vec<Told> {
        let temporary = tempfile::tempdir().expect("a folder");
        for (path, text) in &self.files {
            let path = temporary.path().join(path);
            std::fs::create_dir_all(path.parent().expect("inside")).expect("made");
            std::fs::write(path, text).expect("written");
        }
        let folder = Folder::load(temporary.path()).expect("it loads");
        let council = load_council("./council.toml", temporary.path())
            .unwrap_or_else(|error| panic!("{error:#?}"));
        let desk = Desk::new(&folder, &council, moment(as_of), Scope::Folder);
        let decided_at = desk.decided_at();
        let day = "2026-11-25".parse().expect("a day");
        let meeting = desk.meeting_on(day, None).expect("a meeting");
        desk.duties(meeting, &decided_at)
            .iter()
            .map(|duty| {
                let missing = duty
                    .children
                    .iter()
                    .filter(|child| child.state.is_open())
                    .map(|child| child.case.reference().to_owned());
                (
                    duty.rule.id.clone(),
                    duty.due_at,
                    duty.met_at,
                    duty.state,
                    missing.collect(),
                )
            })
            .collect()
    }

    fn duty(&self, as_of: &str, id: &str) -> Option<Told> {
        self.duties(as_of).into_iter().find(|told| told.0 == id)
    }
}

fn moment(text: &str) -> NaiveDateTime {
    text.parse::<Moment>().expect("a moment").latest()
}

#[test]
fn an_untouched_record_is_due_on_friday_sunday_and_monday_at_one() {
    let office = Office::new();
    for (id, due) in [
        ("agenda-out", "2026-11-24T12:00"),
        ("draft-record", "2026-11-27T13:00"),
        ("final-record", "2026-11-29T13:00"),
        ("upload-records", "2026-11-30T13:00"),
    ] {
        let told = office.duty("2026-11-30T13:00", id).expect(id);
        assert_eq!(told.1, moment(due), "{id}");
    }
    // The last moment itself is in time, and the second after it is not.
    let on_it = office.duty("2026-11-30T13:00:00", "upload-records");
    assert_eq!(on_it.expect("there").3, DutyState::Due);
    let past = office.duty("2026-11-30T13:00:01", "upload-records");
    assert_eq!(past.expect("there").3, DutyState::Overdue);
}

#[test]
fn each_step_counts_from_when_the_one_before_was_met() {
    let mut office = Office::new();
    office.file(
        "meetings/2026-11-25/meeting.yaml",
        "date: 2026-11-25\ndone: {draft-record: 2026-11-26T10:00, final-record: 2026-11-28T11:00}\n",
    );
    let told = office.duties("2026-12-10");
    // The duty of the council that the rules build on is none of the chain's.
    let states: Vec<_> = told
        .iter()
        .filter(|told| told.0 != "dates-sent")
        .map(|told| (told.0.as_str(), told.1, told.3))
        .collect();
    assert_eq!(
        states,
        [
            ("agenda-out", moment("2026-11-24T12:00"), DutyState::Overdue),
            ("draft-record", moment("2026-11-27T13:00"), DutyState::Met),
            (
                "final-record",
                moment("2026-11-28T10:00"),
                DutyState::MetLate
            ),
            (
                "upload-records",
                moment("2026-11-29T11:00"),
                DutyState::Overdue
            ),
        ]
    );
}

#[test]
fn nothing_is_promised_later_than_the_start_of_the_next_meeting_held() {
    let mut office = Office::new();
    office.file(
        "meetings/2026-11-25/meeting.yaml",
        "date: 2026-11-25\ndone: {draft-record: 2026-12-01T10:00}\n",
    );
    let told = office.duty("2026-12-20", "final-record").expect("there");
    assert_eq!(told.1, moment("2026-12-02T09:30"));
    // A meeting that was called off is not held: the next is a week on.
    office.file(
        "meetings/2026-12-02/meeting.yaml",
        "date: 2026-12-02\ncancelled: {reason: Snow}\n",
    );
    let told = office.duty("2026-12-20", "final-record").expect("there");
    assert_eq!(told.1, moment("2026-12-03T10:00"));
}

#[test]
fn one_upload_that_was_forgotten_keeps_the_duty_open() {
    let mut office = Office::new();
    office.file(
        "meetings/2026-11-25/after/R-1.yaml",
        "uploaded: 2026-11-30T09:00\n",
    );
    // A mark for the meeting does not say for whom.
    office.file(
        "meetings/2026-11-25/meeting.yaml",
        "date: 2026-11-25\ndone: {upload-records: 2026-11-30T09:00}\n",
    );
    let told = office.duty("2026-12-10", "upload-records").expect("there");
    assert_eq!((told.2, told.3), (None, DutyState::Overdue));
    assert_eq!(told.4, ["R-2"]);
    office.file(
        "meetings/2026-11-25/after/R-2.yaml",
        "uploaded: 2026-11-30T12:00\n",
    );
    let told = office.duty("2026-12-10", "upload-records").expect("there");
    assert_eq!(
        (told.2, told.3),
        (Some(moment("2026-11-30T12:00")), DutyState::Met)
    );
}

#[test]
fn what_counts_from_an_event_of_a_case_waits_for_that_event() {
    let mut office = Office::new();
    assert_eq!(office.duty("2026-12-10", "feedback"), None);
    office.file(
        "meetings/2026-11-25/after/R-1.yaml",
        "told_family: 2026-11-27\n",
    );
    // Told on a Friday: Monday and Tuesday.
    let told = office.duty("2026-12-10", "feedback").expect("there");
    assert_eq!(told.1, moment("2026-12-01T23:59:59"));
    assert_eq!(told.4, ["R-1"]);
    // On Thursday nobody knew yet of Friday.
    assert_eq!(office.duty("2026-11-26T09:00", "feedback"), None);
}

#[test]
fn a_duty_for_some_decisions_is_owed_for_these_alone() {
    let mut office = Office::new();
    assert_eq!(office.duty("2026-12-10", "letters"), None);
    office.decision("R-2", "decline");
    let told = office.duty("2026-12-10", "letters").expect("there");
    assert_eq!(told.1, moment("2026-11-27T23:59:59"));
    assert_eq!(told.4, ["R-2"]);
}

#[test]
fn a_meeting_that_was_called_off_owes_nothing() {
    let mut office = Office::new();
    office.file(
        "meetings/2026-11-25/meeting.yaml",
        "date: 2026-11-25\ncancelled: {reason: Snow}\n",
    );
    assert_eq!(office.duties("2026-12-10"), []);
}

#[test]
fn a_moved_meeting_takes_its_duties_along() {
    let mut office = Office::new();
    office.file(
        "meetings/2026-11-25/meeting.yaml",
        "date: 2026-11-25\nmoved: {to: 2026-11-26T10:00}\n",
    );
    let due = |id: &str| office.duty("2026-12-10", id).expect("there").1;
    assert_eq!(due("agenda-out"), moment("2026-11-25T12:00"));
    assert_eq!(due("draft-record"), moment("2026-11-28T13:30"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn the_chain_runs_forward_whenever_its_steps_are_met(
        draft in prop::option::of(0i64..20_000), last in prop::option::of(0i64..20_000), now in 0i64..30_000
    ) {
        let end = moment("2026-11-25T13:00");
        let next = moment("2026-12-02T09:30");
        let at = |minutes: i64| end + TimeDelta::minutes(minutes);
        let as_of = at(now);
        let written = |at: NaiveDateTime| at.format("%Y-%m-%dT%H:%M").to_string();
        let mut marks = Vec::new();
        if let Some(minutes) = draft {
            marks.push(format!("draft-record: {}", written(at(minutes))));
        }
        if let Some(minutes) = last {
            marks.push(format!("final-record: {}", written(at(minutes))));
        }
        let mut office = Office::new();
        office.file(
            "meetings/2026-11-25/meeting.yaml",
            &format!("date: 2026-11-25\ndone: {{{}}}\n", marks.join(", ")),
        );
        let known = |minutes: Option<i64>| minutes.map(at).filter(|met| *met <= as_of);
        let draft_due = at(48 * 60);
        let final_due = next.min(known(draft).unwrap_or(draft_due) + TimeDelta::hours(48));
        let upload_due = next.min(known(last).unwrap_or(final_due) + TimeDelta::hours(24));
        let told = office.duties(&as_of.format("%Y-%m-%dT%H:%M:%S").to_string());
        let due = |id: &str| told.iter().find(|told| told.0 == id).map(|told| told.1);
        prop_assert_eq!(due("draft-record"), Some(draft_due));
        prop_assert_eq!(due("final-record"), Some(final_due));
        prop_assert_eq!(due("upload-records"), Some(upload_due));
    }
}
