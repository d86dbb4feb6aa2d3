//! Nothing falls through: whatever the folder holds, each referral that waits is on exactly one
//! coming agenda. The expected answers are worked out here from the plan alone, not from the desk.
#![expect(
    clippy::disallowed_methods,
    reason = "tests make and read folders of their own"
)]

use super::{Case, Desk, PanelMeeting, Scope};
use crate::council::{Council, load_council};
use crate::folder::{DecisionFile, File, Folder, MeetingFolder, read_referral};
use crate::records::{Cancelled, Day, Decision, Deferral, Meeting, Moment, Moved};
use chrono::{Days, NaiveDate, NaiveDateTime, TimeDelta};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;
use std::sync::LazyLock;

/// A Monday; every day of a plan is counted from it.
const START: (i32, u32, u32) = (2026, 10, 5);
const WEEKS: i64 = 10;

static COUNCIL: LazyLock<Council> = LazyLock::new(|| {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages/base/panel.toml");
    let settings: toml::Table = std::fs::read_to_string(path)
        .expect("the base case")
        .parse()
        .expect("TOML");
    let id = settings["council"].as_str().expect("a built-in council");
    load_council(id, Path::new("")).expect("it loads")
});

fn day(offset: i64) -> Day {
    let (year, month, day) = START;
    let start = NaiveDate::from_ymd_opt(year, month, day).expect("a day");
    Day::of(start + TimeDelta::days(offset))
}

fn thursday(week: i64) -> i64 {
    week * 7 + 3
}

/// What becomes of a week's meeting.
#[derive(Debug, Clone, Copy)]
enum Fate {
    Held,
    Cancelled,
    /// To so many days later, or earlier.
    Moved(i64),
}

#[derive(Debug, Clone)]
struct Plan {
    fates: Vec<Fate>,
    /// Weeks with an extra meeting on their Monday.
    extra: BTreeSet<i64>,
    referrals: Vec<Request>,
    as_of: NaiveDateTime,
}

#[derive(Debug, Clone)]
struct Request {
    /// Day, and hour where the form says one.
    sent: Option<(i64, Option<u32>)>,
    panel: Option<i64>,
    withdrawn: Option<Option<i64>>,
    /// Week of the meeting and what it decided.
    decided: Vec<(i64, Choice)>,
}

#[derive(Debug, Clone, Copy)]
enum Choice {
    Approve,
    Decline,
    Note,
    Pending,
    /// To so many days after the meeting, or to the next.
    Defer(Option<i64>),
}

fn fate() -> impl Strategy<Value = Fate> {
    prop_oneof![
        6 => Just(Fate::Held),
        2 => Just(Fate::Cancelled),
        // Tuesday to Saturday: never onto another meeting of the plan.
        2 => (-2i64..=2).prop_map(Fate::Moved),
    ]
}

fn choice() -> impl Strategy<Value = Choice> {
    prop_oneof![
        1 => Just(Choice::Approve),
        1 => Just(Choice::Decline),
        1 => Just(Choice::Note),
        1 => Just(Choice::Pending),
        3 => prop::option::of(1i64..30).prop_map(Choice::Defer),
    ]
}

fn request() -> impl Strategy<Value = Request> {
    let sent = prop::option::weighted(0.85, (-20i64..70, prop::option::of(0u32..24)));
    let panel = prop_oneof![
        4 => Just(None),
        4 => (0..WEEKS).prop_map(|week| Some(thursday(week))),
        1 => (-10i64..90).prop_map(Some),
    ];
    let withdrawn = prop::option::weighted(0.15, prop::option::of(0i64..70));
    let decided = prop::collection::vec((0..WEEKS, choice()), 0..3);
    (sent, panel, withdrawn, decided).prop_map(|(sent, panel, withdrawn, mut decided)| {
        // A meeting decides once on a referral.
        decided.sort_by_key(|(week, _)| *week);
        decided.dedup_by_key(|(week, _)| *week);
        Request {
            sent,
            panel,
            withdrawn,
            decided,
        }
    })
}

fn plan() -> impl Strategy<Value = Plan> {
    (
        prop::collection::vec(fate(), WEEKS as usize),
        prop::collection::btree_set(0..WEEKS, 0..3),
        prop::collection::vec(request(), 0..6),
        (-10i64..90, 0u32..24),
    )
        .prop_map(|(fates, extra, referrals, (today, hour))| Plan {
            fates,
            extra,
            referrals,
            as_of: day(today).date().and_hms_opt(hour, 30, 0).expect("a time"),
        })
}

impl Plan {
    fn folder(&self) -> Folder {
        let referrals = (1..).zip(&self.referrals);
        let referrals = referrals.map(|(number, request)| request.file(number));
        let mut meetings: Vec<MeetingFolder> = (0i64..)
            .zip(&self.fates)
            .map(|(week, fate)| self.meeting(week, *fate))
            .chain(self.extra.iter().map(|week| {
                let record = Meeting {
                    extra: true,
                    ..Meeting::default()
                };
                meeting_folder(day(week * 7), record, Vec::new())
            }))
            .collect();
        meetings.sort_by(|one, other| one.id.cmp(&other.id));
        Folder {
            referrals: referrals.collect(),
            meetings,
            ..Folder::default()
        }
    }

    fn meeting(&self, week: i64, fate: Fate) -> MeetingFolder {
        let mut record = Meeting::default();
        match fate {
            Fate::Held => {}
            Fate::Cancelled => record.cancelled = Some(Cancelled::default()),
            Fate::Moved(by) => {
                let to = day(thursday(week) + by).to_string();
                record.moved = Some(Moved {
                    to: Some(to.parse().expect("a moment")),
                    ..Moved::default()
                });
            }
        }
        let mut decisions = Vec::new();
        for (number, request) in (1..).zip(&self.referrals) {
            for (at, choice) in &request.decided {
                if *at == week {
                    decisions.push(choice.file(number, week));
                }
            }
        }
        meeting_folder(day(thursday(week)), record, decisions)
    }
}

fn meeting_folder(on: Day, mut record: Meeting, decisions: Vec<DecisionFile>) -> MeetingFolder {
    record.date = Some(on);
    MeetingFolder {
        id: on.to_string(),
        day: Some(on),
        meeting: Some(File::saying(format!("meetings/{on}/meeting.yaml"), record)),
        decisions,
        ..MeetingFolder::default()
    }
}

fn reference(number: usize) -> String {
    format!("R-2026-{number:04}")
}

impl Request {
    fn file(&self, number: usize) -> File<crate::records::Referral> {
        let reference = reference(number);
        let mut text = format!("reference: {reference}\nchild: {{name: A}}\nworker: {{name: B}}\n");
        text.push_str("request: {kind: support-package}\n");
        if let Some(sent) = self.sent_in_words() {
            let _ = writeln!(text, "submitted: {sent}");
        }
        if let Some(panel) = self.panel {
            let _ = writeln!(text, "panel: {}", day(panel));
        }
        match self.withdrawn {
            Some(Some(on)) => {
                let _ = writeln!(text, "withdrawn: {{on: {}}}", day(on));
            }
            Some(None) => text.push_str("withdrawn: {agreed_by: {name: C}}\n"),
            None => {}
        }
        read_referral(format!("referrals/{reference}.yaml"), text.into_bytes())
    }

    fn sent_in_words(&self) -> Option<String> {
        self.sent.map(|(on, hour)| match hour {
            Some(hour) => format!("{}T{hour:02}:00", day(on)),
            None => day(on).to_string(),
        })
    }
}

impl Choice {
    fn file(self, number: usize, week: i64) -> DecisionFile {
        let (outcome, to) = match self {
            Self::Approve => ("approve", None),
            Self::Decline => ("decline", None),
            Self::Note => ("note", None),
            Self::Pending => ("pending", None),
            Self::Defer(to) => ("defer", to),
        };
        let reference = reference(number);
        let record = Decision {
            referral: reference.clone().into(),
            meeting: Some(day(thursday(week))),
            outcome: Some(outcome.into()),
            deferred: to.map(|days| Deferral {
                to: Some(day(thursday(week) + days)),
                ..Deferral::default()
            }),
            ..Decision::default()
        };
        let path = format!("meetings/{week}/decisions/{reference}.yaml");
        DecisionFile {
            file: File::saying(path, record),
            number: 1,
        }
    }
}

/// The days of meetings as the plan alone has them: the day they are known by, the day they are
/// held, and whether they are held at all. Past the plan's weeks every Thursday is a meeting;
/// none of those that it reaches is a bank holiday.
struct Calendar(Vec<(Day, Day, bool)>);

impl Calendar {
    fn of(plan: &Plan) -> Self {
        let mut days: Vec<_> = (-20..40i64)
            .map(|week| {
                let known = day(thursday(week));
                let fate = usize::try_from(week)
                    .ok()
                    .and_then(|week| plan.fates.get(week));
                match fate {
                    Some(Fate::Cancelled) => (known, known, false),
                    Some(Fate::Moved(by)) => (known, day(thursday(week) + by), true),
                    Some(Fate::Held) | None => (known, known, true),
                }
            })
            .chain(plan.extra.iter().map(|week| {
                let monday = day(week * 7);
                (monday, monday, true)
            }))
            .collect();
        days.sort_by_key(|(known, on, _)| (*on, *known));
        Self(days)
    }

    fn held(&self) -> impl DoubleEndedIterator<Item = Day> {
        self.0
            .iter()
            .filter(|(.., held)| *held)
            .map(|(_, on, _)| *on)
    }

    fn on(&self, known: Day) -> Option<Day> {
        let by_name = self.0.iter().find(|(name, ..)| *name == known);
        let by_day = || self.0.iter().find(|(_, on, _)| *on == known);
        by_name.or_else(by_day).map(|(_, on, _)| *on)
    }
}

/// The last decision that is known at the plan's moment: the day of its meeting and what it was.
fn last_decision(plan: &Plan, calendar: &Calendar, request: &Request) -> Option<(Day, Choice)> {
    let today = Day::of(plan.as_of.date());
    request
        .decided
        .iter()
        .filter_map(|(week, choice)| Some((calendar.on(day(thursday(*week)))?, *choice)))
        .filter(|(on, _)| *on <= today)
        .max_by_key(|(on, _)| *on)
}

/// Whether the referral waits for a meeting.
fn waits(plan: &Plan, calendar: &Calendar, request: &Request) -> bool {
    let today = Day::of(plan.as_of.date());
    let is_withdrawn = request
        .withdrawn
        .is_some_and(|on| on.is_some_and(|on| day(on) <= today));
    if is_withdrawn {
        return false;
    }
    match last_decision(plan, calendar, request) {
        Some((_, Choice::Defer(_))) => true,
        Some(_) => false,
        None => request.sent.is_some_and(|(on, hour)| match hour {
            Some(hour) => day(on).date().and_hms_opt(hour, 0, 0) <= Some(plan.as_of),
            None => day(on) <= today,
        }),
    }
}

/// The day from which meetings that pass carry the referral over.
fn first_day(plan: &Plan, calendar: &Calendar, request: &Request, desk: &Desk<'_>) -> Day {
    if let Some((on, Choice::Defer(to))) = last_decision(plan, calendar, request) {
        let week =
            request.decided.iter().rev().find_map(|(week, _)| {
                (calendar.on(day(thursday(*week))) == Some(on)).then_some(*week)
            });
        return match to {
            Some(days) => {
                let to = day(thursday(week.expect("it was decided")) + days);
                if to <= on {
                    // A day gone by is no day to defer to: the next meeting it is.
                    return Day::of(on.date() + Days::new(1));
                }
                calendar.on(to).unwrap_or(to)
            }
            None => Day::of(on.date() + Days::new(1)),
        };
    }
    let sent: Moment = request
        .sent_in_words()
        .expect("it was sent")
        .parse()
        .expect("a moment");
    let named = request.panel.and_then(|panel| calendar.on(day(panel)));
    match named {
        Some(on) if on >= sent.day() => on,
        _ => {
            let makes = desk.held().find(|meeting| {
                meeting.on >= sent.day() && meeting.cut_off.is_some_and(|end| sent.latest() <= end)
            });
            makes.expect("a meeting").on
        }
    }
}

/// The coming meetings on whose agenda a case stands.
fn agendas<'d>(desk: &'d Desk<'_>, case: &Case<'_>) -> Vec<&'d PanelMeeting<'d>> {
    desk.meetings()
        .iter()
        .filter(|meeting| {
            case.is_waiting()
                && desk
                    .meeting_for(case)
                    .is_some_and(|own| own.id == meeting.id)
        })
        .collect()
}

#[test]
fn a_form_sent_after_the_meeting_it_names_goes_to_the_first_that_it_makes() {
    let plan = Plan {
        fates: vec![Fate::Held; WEEKS as usize],
        extra: BTreeSet::new(),
        referrals: vec![Request {
            // Sent on the Tuesday after the meeting that it names, too late for the coming one.
            sent: Some((8, Some(10))),
            panel: Some(thursday(0)),
            withdrawn: None,
            decided: Vec::new(),
        }],
        as_of: day(8).date().and_hms_opt(12, 0, 0).expect("a time"),
    };
    let folder = plan.folder();
    let desk = Desk::new(&folder, &COUNCIL, plan.as_of, Scope::Folder);
    let case = &desk.cases()[0];
    let meeting = desk.meeting_for(case).expect("it waits");
    assert_eq!((meeting.on, case.carried_over), (day(thursday(2)), 0));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_falls_through(plan in plan()) {
        let folder = plan.folder();
        let desk = Desk::new(&folder, &COUNCIL, plan.as_of, Scope::Folder);
        let calendar = Calendar::of(&plan);
        let today = Day::of(plan.as_of.date());
        prop_assert_eq!(desk.cases().len(), plan.referrals.len());
        for (case, request) in desk.cases().iter().zip(&plan.referrals) {
            prop_assert!(case.file.faults.is_empty(), "{:?}", case.file.faults);
            let agendas = agendas(&desk, case);
            if !waits(&plan, &calendar, request) {
                prop_assert!(agendas.is_empty(), "{} is on {:?}", case.reference(), agendas);
                continue;
            }
            prop_assert_eq!(agendas.len(), 1, "{} waits", case.reference());
            prop_assert!(!agendas[0].is_cancelled, "its meeting is cancelled");
            prop_assert!(!agendas[0].has_passed(today), "its meeting has passed");
            prop_assert!(agendas[0].is_expected, "its meeting is in no calendar");

            let first = first_day(&plan, &calendar, request, &desk);
            let passed = calendar.held().filter(|on| *on >= first && *on < today).count();
            prop_assert_eq!(case.carried_over as usize, passed, "counted from {}", first);
            let coming = calendar.held().find(|on| *on >= first && *on >= today);
            prop_assert_eq!(Some(agendas[0].on), coming, "the first from {}", first);
        }
    }

    #[test]
    fn a_referral_that_is_not_sent_or_taken_back_is_never_carried_over(plan in plan()) {
        let folder = plan.folder();
        let desk = Desk::new(&folder, &COUNCIL, plan.as_of, Scope::Folder);
        for case in desk.cases() {
            if !case.is_waiting() {
                prop_assert_eq!(case.carried_over, 0, "{}", case.reference());
            }
        }
    }

    #[test]
    fn the_same_folder_and_moment_give_the_same_answers(plan in plan()) {
        let answers = || {
            let folder = plan.folder();
            let desk = Desk::new(&folder, &COUNCIL, plan.as_of, Scope::Folder);
            let answers: Vec<_> = desk
                .cases()
                .iter()
                .map(|case| (case.standing, case.carried_over, desk.meeting_for(case).map(|meeting| meeting.id.clone())))
                .collect();
            answers
        };
        prop_assert_eq!(answers(), answers());
    }
}
