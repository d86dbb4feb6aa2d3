//! Nothing falls through: whatever a folder holds, every referral that is sent, undecided and not
//! taken back stands on exactly one coming agenda, in its running order or among what is not ready;
//! whatever the council, the calendar and the moment. Where no meeting is left, it is told.
#![expect(clippy::disallowed_methods, reason = "tests make folders of their own")]

use super::lists;
use super::running::running_order;
use super::{Options, agenda};
use crate::council::{BUILT_IN, Council, load_council, parse_council};
use crate::desk::{Case, Desk, Scope};
use crate::folder::Folder;
use crate::records::Day;
use crate::rules::{self, State};
use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;
use std::sync::LazyLock;

/// Two panels and a part; a calendar that ends; a list of dates with a gap; once a month.
const MADE_UP: [&str; 4] = [
    "[[panel]]\nid = \"main\"\nclause = \"1\"\n[[panel]]\nid = \"second\"\nclause = \"1\"\n\
     [[panel]]\nid = \"legal\"\npart_of = \"main\"\nwhen = \"request.kind == 'legal'\"\nclause = \"1\"\n\
     [[meetings]]\nonly = \"main\"\nevery = \"week\"\non = \"tuesday\"\nstart = 10:00:00\nclause = \"2\"\n\
     [[meetings]]\nonly = \"second\"\nevery = \"week\"\non = \"thursday\"\nstart = 14:00:00\nclause = \"2\"\n",
    "[meetings]\ndates = [2026-10-06, 2026-10-20, 2026-11-03]\nstart = 10:00:00\nclause = \"2\"\n",
    "[meetings]\ndates = [2026-10-07, 2026-11-18, 2026-11-25, 2027-01-13]\nnot_on = [2026-11-25]\nstart = 10:00:00\nclause = \"2\"\n",
    "[meetings]\nevery = \"month\"\non = \"first wednesday\"\nstart = 09:30:00\nclause = \"2\"\n",
];

const CUT_OFF: &str = "[cut_off]\nworking_days_before = 3\nclause = \"3\"\n\
    [emergency]\nclause = \"4\"\n\
    [[outcome]]\nid = \"approve\"\nlabel = \"Agreed\"\nclause = \"5\"\n\
    [[outcome]]\nid = \"defer\"\nlabel = \"Put off\"\nclause = \"5\"\n";

static COUNCILS: LazyLock<Vec<Council>> = LazyLock::new(|| {
    let built_in = BUILT_IN
        .iter()
        .map(|(id, _)| load_council(id, Path::new("")).expect("it loads"));
    let made_up = MADE_UP.iter().map(|text| {
        let text = format!(
            "[council]\nname = \"Wendham\"\npanel = \"Panel\"\nclause = \"1\"\n{text}{CUT_OFF}"
        );
        parse_council("draft", "draft.toml", &text).unwrap_or_else(|error| panic!("{error:#?}"))
    });
    built_in.chain(made_up).collect()
});

/// A Monday; every day of a plan is counted from it.
fn day(offset: i64) -> Day {
    let start = NaiveDate::from_ymd_opt(2026, 10, 5).expect("a day");
    Day::of(start + TimeDelta::days(offset))
}

#[derive(Debug, Clone)]
struct Plan {
    council: usize,
    /// What becomes of known meetings, by their place in the calendar.
    fates: Vec<(prop::sample::Index, Fate)>,
    extra: BTreeSet<i64>,
    referrals: Vec<Request>,
    as_of: NaiveDateTime,
}

#[derive(Debug, Clone, Copy)]
enum Fate {
    Cancelled,
    Moved(i64),
}

/// When a form says that it was sent.
#[derive(Debug, Clone, Copy)]
enum Sent {
    No,
    On(i64),
    At(i64, u32),
    Unreadable,
}

#[derive(Debug, Clone)]
struct Request {
    kind: usize,
    sent: Sent,
    /// A known meeting, a day, or nonsense.
    panel: Option<(u8, prop::sample::Index, i64)>,
    /// One of the panels, or nonsense.
    panel_id: Option<prop::sample::Index>,
    withdrawn: Option<Option<i64>>,
    resubmitted: Option<i64>,
    placed_on: Option<i64>,
    is_emergency: bool,
    /// Whether the file is no YAML, or holds a value that cannot be read.
    is_broken: bool,
    has_odd_value: bool,
    decided: Vec<(prop::sample::Index, Decided)>,
}

#[derive(Debug, Clone)]
struct Decided {
    outcome: Outcome,
    amended: Option<Outcome>,
    is_endorsed: bool,
    has_review: bool,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Outcome {
    Approve,
    InPrinciple,
    Decline,
    Note,
    Pending,
    /// To so many days after the meeting's day; with or without papers that it waits for.
    Defer(Option<i64>, bool),
    Unnamed,
    Unreadable,
}

fn outcome() -> impl Strategy<Value = Outcome> {
    prop_oneof![
        1 => Just(Outcome::Approve),
        1 => Just(Outcome::InPrinciple),
        1 => Just(Outcome::Decline),
        1 => Just(Outcome::Note),
        1 => Just(Outcome::Pending),
        1 => Just(Outcome::Unnamed),
        1 => Just(Outcome::Unreadable),
        5 => (prop::option::of(-7i64..40), any::<bool>())
            .prop_map(|(to, papers)| Outcome::Defer(to, papers)),
    ]
}

fn decided() -> impl Strategy<Value = Decided> {
    (
        outcome(),
        prop::option::weighted(0.15, outcome()),
        any::<bool>(),
        any::<bool>(),
    )
        .prop_map(|(outcome, amended, is_endorsed, has_review)| Decided {
            outcome,
            amended,
            is_endorsed,
            has_review,
        })
}

fn request() -> impl Strategy<Value = Request> {
    let sent = prop_oneof![
        1 => Just(Sent::No),
        3 => (-15i64..75).prop_map(Sent::On),
        5 => (-15i64..75, 0u32..24).prop_map(|(on, hour)| Sent::At(on, hour)),
        1 => Just(Sent::Unreadable),
    ];
    (
        (0usize..6, sent),
        prop::option::of((0u8..10, any::<prop::sample::Index>(), -10i64..100)),
        prop::option::weighted(0.5, any::<prop::sample::Index>()),
        prop::option::weighted(0.12, prop::option::of(-5i64..75)),
        (
            prop::option::of(0i64..75),
            prop::option::weighted(0.3, -20i64..75),
            any::<bool>(),
        ),
        (prop::bool::weighted(0.04), prop::bool::weighted(0.1)),
        prop::collection::vec((any::<prop::sample::Index>(), decided()), 0..4),
    )
        .prop_map(
            |(
                (kind, sent),
                panel,
                panel_id,
                withdrawn,
                (resubmitted, placed_on, is_emergency),
                (is_broken, has_odd_value),
                decided,
            )| Request {
                kind,
                sent,
                panel,
                panel_id,
                withdrawn,
                resubmitted,
                placed_on,
                is_emergency,
                is_broken,
                has_odd_value,
                decided,
            },
        )
}

fn plan() -> impl Strategy<Value = Plan> {
    let fate = prop_oneof![Just(Fate::Cancelled), (-3i64..=3).prop_map(Fate::Moved)];
    (
        0..BUILT_IN.len() + MADE_UP.len(),
        prop::collection::vec((any::<prop::sample::Index>(), fate), 0..5),
        prop::collection::btree_set(0i64..75, 0..3),
        prop::collection::vec(request(), 1..6),
        (-10i64..90, 0u32..24),
    )
        .prop_map(|(council, fates, extra, referrals, (today, hour))| Plan {
            council,
            fates,
            extra,
            referrals,
            as_of: day(today).date().and_hms_opt(hour, 30, 0).expect("a time"),
        })
}

const KINDS: [&str; 6] = [
    "new-placement",
    "support-package",
    "newly-looked-after",
    "review",
    "legal",
    "care-leaver-accommodation",
];

fn reference(number: usize) -> String {
    format!("R-2026-{number:04}")
}

/// A meeting that the calendar alone has.
#[derive(Debug, Clone)]
struct Known {
    id: String,
    day: Day,
}

/// A folder's files, and what the plan made of each referral.
struct Laid {
    files: BTreeMap<String, String>,
    /// Decisions by referral: the day that their meeting is held, and what is in force of them.
    decided: Vec<Vec<(Day, Outcome, bool)>>,
}

impl Plan {
    fn council(&self) -> &'static Council {
        &COUNCILS[self.council]
    }

    /// The meetings of the plan's weeks as the calendar has them.
    fn calendar(&self) -> Vec<Known> {
        let folder = Folder::default();
        let desk = Desk::new(&folder, self.council(), self.as_of, Scope::Folder);
        desk.meetings()
            .iter()
            .filter(|meeting| meeting.day >= day(0) && meeting.day < day(75))
            .map(|meeting| Known {
                id: meeting.id.clone(),
                day: meeting.day,
            })
            .collect()
    }

    fn lay(&self) -> Laid {
        let calendar = self.calendar();
        let mut files = BTreeMap::new();
        let fates: BTreeMap<usize, Fate> = self
            .fates
            .iter()
            .map(|(place, fate)| (place.index(calendar.len()), *fate))
            .collect();
        let mut held: Vec<Day> = calendar.iter().map(|known| known.day).collect();
        for (place, fate) in fates {
            let known = &calendar[place];
            let mut text = format!("date: {}\n", known.day);
            match fate {
                Fate::Cancelled => text.push_str("cancelled: {reason: Snow.}\n"),
                Fate::Moved(by) => {
                    held[place] = Day::of(known.day.date() + TimeDelta::days(by));
                    let _ = writeln!(text, "moved: {{to: {}}}", held[place]);
                }
            }
            files.insert(format!("meetings/{}/meeting.yaml", known.id), text);
        }
        for on in &self.extra {
            let on = day(*on);
            files
                .entry(format!("meetings/{on}/meeting.yaml"))
                .or_insert_with(|| format!("date: {on}\nextra: true\n"));
        }
        let panels = &self.council().panels;
        let mut decided = Vec::new();
        for (number, request) in (1..).zip(&self.referrals) {
            let reference = reference(number);
            files.insert(
                format!("referrals/{reference}.yaml"),
                request.text(
                    number,
                    &calendar,
                    panels.iter().map(|panel| panel.id.as_str()),
                ),
            );
            let mut by_meeting: BTreeMap<usize, &Decided> = BTreeMap::new();
            for (place, decided) in &request.decided {
                by_meeting.insert(place.index(calendar.len()), decided);
            }
            let mut own = Vec::new();
            for (place, decided) in by_meeting {
                let known = &calendar[place];
                let folder = format!("meetings/{}", known.id);
                let write = |outcome: Outcome| outcome.text(&reference, known, decided.has_review);
                files.insert(
                    format!("{folder}/decisions/{reference}.yaml"),
                    write(decided.outcome),
                );
                if let Some(amended) = decided.amended {
                    let text = format!(
                        "{}amends: {{decision: {reference}.yaml, reason: A slip.}}\n",
                        write(amended)
                    );
                    files.insert(format!("{folder}/decisions/{reference}.2.yaml"), text);
                }
                if decided.is_endorsed {
                    let text = "endorsed: [{role: head-of-service, name: E. Ward}]\n";
                    files.insert(format!("{folder}/after/{reference}.yaml"), text.to_owned());
                }
                let outcome = decided.amended.unwrap_or(decided.outcome);
                own.push((held[place], outcome, decided.is_endorsed));
            }
            // Of two meetings held on one day the one that was planned first comes first.
            own.sort_by_key(|(on, ..)| *on);
            decided.push(own);
        }
        Laid { files, decided }
    }
}

impl Outcome {
    fn text(self, reference: &str, known: &Known, has_review: bool) -> String {
        let mut text = format!(
            "referral: {reference}\nmeeting: {}\ndecided_by: {{name: M. Osei, role: deputy-director}}\n",
            known.day
        );
        text.push_str(match self {
            Self::Approve => "outcome: approve\n",
            Self::InPrinciple => "outcome: approve\nsubject_to: [{role: head-of-service}]\n",
            Self::Decline => "outcome: decline\n",
            Self::Note => "outcome: note\n",
            Self::Pending => "outcome: pending\n",
            Self::Defer(..) => "outcome: defer\n",
            Self::Unnamed => "",
            Self::Unreadable => return "outcome: [approve\n".to_owned(),
        });
        if has_review && matches!(self, Self::Approve | Self::InPrinciple | Self::Note) {
            text.push_str("review: {every: 1 week}\n");
        }
        if let Self::Defer(to, papers) = self {
            let reason = match papers {
                true => "more-information",
                false => "beyond-remit",
            };
            let to = to.map_or_else(String::new, |by| {
                format!("to: {}, ", Day::of(known.day.date() + TimeDelta::days(by)))
            });
            let _ = writeln!(text, "deferred: {{{to}reason: {reason}}}");
        }
        text
    }
}

impl Request {
    fn text<'p>(
        &self,
        number: usize,
        calendar: &[Known],
        panels: impl Iterator<Item = &'p str>,
    ) -> String {
        if self.is_broken {
            return "reference: [\n".to_owned();
        }
        let mut text = format!(
            "reference: {}\nchild: {{name: Robin E., case_id: \"0{}\", date_of_birth: 2009-11-20}}\n\
             worker: {{name: A. Singh}}\nrequest: {{kind: {}}}\n",
            reference(number),
            number % 3,
            KINDS[self.kind]
        );
        match self.sent {
            Sent::No => {}
            Sent::On(on) => {
                let _ = writeln!(text, "submitted: {}", day(on));
            }
            Sent::At(on, hour) => {
                let _ = writeln!(text, "submitted: {}T{hour:02}:15", day(on));
            }
            Sent::Unreadable => text.push_str("submitted: last Tuesday\n"),
        }
        if let Some((which, place, on)) = &self.panel {
            let _ = match which {
                0..6 => writeln!(text, "panel: {}", place.get(calendar).day),
                6..9 => writeln!(text, "panel: {}", day(*on)),
                _ => writeln!(text, "panel: soon"),
            };
        }
        if let Some(place) = &self.panel_id {
            let mut ids: Vec<&str> = panels.collect();
            ids.push("nobody");
            let _ = writeln!(text, "for: {}", place.get(&ids));
        }
        match self.withdrawn {
            Some(Some(on)) => {
                let _ = writeln!(text, "withdrawn: {{on: {}}}", day(on));
            }
            Some(None) => text.push_str("withdrawn: {agreed_by: {name: P. Nowak}}\n"),
            None => {}
        }
        if let Some(on) = self.resubmitted {
            let _ = writeln!(text, "resubmitted: {}", day(on));
        }
        if let Some(on) = self.placed_on {
            let _ = writeln!(text, "placed_on: {}", day(on));
            if self.is_emergency {
                let _ = writeln!(text, "emergency: {{ground: epo, approved_on: {}}}", day(on));
            }
        }
        if self.has_odd_value {
            text.push_str("total: about a thousand\n");
        }
        text
    }
}

/// What is to become of a referral, as the plan alone tells.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Expected {
    Draft,
    Withdrawn,
    Pending,
    InPrinciple,
    Decided,
    /// Sent, or put off.
    Waits {
        is_deferred: bool,
    },
}

fn expected(plan: &Plan, request: &Request, decided: &[(Day, Outcome, bool)]) -> Expected {
    let today = Day::of(plan.as_of.date());
    let is_withdrawn = !request.is_broken
        && request
            .withdrawn
            .is_some_and(|on| on.is_some_and(|on| day(on) <= today));
    if is_withdrawn {
        return Expected::Withdrawn;
    }
    let known: Vec<_> = decided.iter().filter(|(on, ..)| *on <= today).collect();
    match known.last() {
        Some((_, Outcome::Unreadable, _)) => return Expected::Decided,
        Some((_, Outcome::Defer(..), _)) => return Expected::Waits { is_deferred: true },
        Some((_, Outcome::Pending, _)) => return Expected::Pending,
        Some((_, Outcome::Unnamed, _)) | None => {}
        Some(_) => {
            let settled = known.iter().rev().find(|(_, outcome, _)| {
                matches!(
                    outcome,
                    Outcome::Approve | Outcome::InPrinciple | Outcome::Decline
                )
            });
            return match settled {
                Some((_, Outcome::InPrinciple, false)) => Expected::InPrinciple,
                _ => Expected::Decided,
            };
        }
    }
    let is_sent = request.is_broken
        || match request.sent {
            Sent::No => false,
            Sent::On(on) => day(on) <= today,
            Sent::At(on, hour) => {
                day(on).date().and_hms_opt(hour, 15, 0).expect("a time") <= plan.as_of
            }
            Sent::Unreadable => true,
        };
    match is_sent {
        true => Expected::Waits { is_deferred: false },
        false => Expected::Draft,
    }
}

fn loaded(files: &BTreeMap<String, String>) -> Folder {
    let place = tempfile::tempdir().expect("a folder");
    for (path, text) in files {
        let path = place.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder in it");
        std::fs::write(path, text).expect("a file in it");
    }
    std::fs::write(place.path().join("panel.toml"), "council = \"any\"\n").expect("a file");
    Folder::load(place.path()).expect("it loads")
}

/// Every list of a coming meeting on which each referral stands: by reference, the meetings.
fn lists_of(desk: &Desk<'_>, judged: &rules::Judgement) -> BTreeMap<String, Vec<String>> {
    let mut on: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for meeting in desk.meetings() {
        for case in running_order(desk, judged, meeting) {
            on.entry(case.reference().to_owned())
                .or_default()
                .push(meeting.id.clone());
        }
        for row in lists::not_ready(desk, judged, meeting) {
            on.entry(row.about.reference)
                .or_default()
                .push(meeting.id.clone());
        }
    }
    on
}

/// References in one of an agenda's lists.
fn listed<'v>(view: &'v serde_json::Value, key: &str) -> impl Iterator<Item = &'v str> {
    let rows = key.split('.').fold(view, |view, key| &view[key]).as_array();
    rows.into_iter()
        .flatten()
        .filter_map(|row| row["reference"].as_str())
}

fn is_state(state: State, expected: Expected, judged: &rules::Judgement, case: &Case<'_>) -> bool {
    let is_ready = judged.is_ready(case);
    match expected {
        Expected::Draft => state == State::Draft,
        Expected::Withdrawn => state == State::Withdrawn,
        Expected::Pending => state == State::Pending,
        Expected::InPrinciple => state == State::DecidedInPrinciple,
        Expected::Decided => matches!(state, State::Decided | State::Closed),
        Expected::Waits { is_deferred } => match state {
            State::Deferred => is_deferred,
            State::NotReady => !is_ready,
            State::CarriedOver => is_ready && case.carried_over > 0,
            State::Listed => is_ready && case.carried_over == 0,
            _ => false,
        },
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 250, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_waits_is_on_one_coming_agenda_and_nothing_else_is(plan in plan()) {
        let laid = plan.lay();
        let folder = loaded(&laid.files);
        let desk = Desk::new(&folder, plan.council(), plan.as_of, Scope::Folder);
        let judged = rules::judge(&desk);
        let diary = rules::diary(&desk);
        let on = lists_of(&desk, &judged);
        let today = desk.today();
        prop_assert_eq!(desk.cases().len(), plan.referrals.len());
        for (number, request) in (1..).zip(&plan.referrals) {
            let reference = reference(number);
            let case = desk.case(&reference).expect("it is there");
            let expected = expected(&plan, request, &laid.decided[number - 1]);
            let state = judged.state(case);
            prop_assert!(is_state(state, expected, &judged, case), "{} is {:?} and not {:?}", reference, state, expected);
            let agendas = on.get(&reference).map_or(&[][..], Vec::as_slice);
            for id in agendas {
                let meeting = desk.meeting_in(id).expect("it is known");
                prop_assert!(!meeting.is_cancelled && !meeting.has_passed(today), "{} is on {}", reference, id);
                prop_assert!(desk.is_of(meeting, case.panel), "{} is on another panel's {}", reference, id);
            }
            let lines = diary.iter().filter(|entry| entry.id == format!("{reference}-no-meeting")).count();
            if !matches!(expected, Expected::Waits { .. }) {
                prop_assert_eq!(lines, 0);
                // A child newly in care is talked through again as often as the chair asks for it.
                let returns = desk.reviews_due().iter().any(|review| {
                    review.case.reference() == reference && desk.is_talked_through(review.case)
                });
                prop_assert!(agendas.len() <= usize::from(returns), "{} is {:?} and on {:?}", reference, expected, agendas);
                continue;
            }
            if desk.meeting_for(case).is_some() {
                prop_assert_eq!(agendas.len(), 1, "{} ({:?}) is on {:?}", reference, state, agendas);
                prop_assert_eq!(lines, 0);
                continue;
            }
            // No meeting is left: it is told, as an error of its own, and nothing eases that.
            prop_assert!(agendas.is_empty());
            prop_assert_eq!((state, lines), (State::NotReady, 1));
            let is_told = judged.about(&reference).any(|finding| {
                finding.rule == "not-a-meeting-day" && finding.is_error() && finding.message.starts_with("no further meeting")
            });
            prop_assert!(is_told || case.file.is_unreadable(), "nobody is told of {}", reference);
            for meeting in desk.held_by(case.panel).filter(|meeting| meeting.on >= today) {
                let is_later = case.last().and_then(|made| made.decision().deferred.as_ref()?.to)
                    .is_some_and(|to| meeting.on < to);
                let is_too_late = meeting.cut_off.is_some_and(|cut_off| desk.sent_or_now(case) > cut_off)
                    || desk.sent_or_now(case) > meeting.starts_at;
                prop_assert!(is_later || is_too_late, "{} could go to {}", reference, meeting.id);
            }
        }
        // What is printed is what was asked.
        if let Some(meeting) = desk.held().find(|meeting| meeting.on > today) {
            let view = agenda(&desk, meeting, false, Options::default()).expect("an agenda").view;
            let mut printed: Vec<&str> = ["running", "moving_on.rows", "not_ready"]
                .into_iter()
                .flat_map(|key| listed(&view, key))
                .collect();
            printed.sort_unstable();
            let asked: Vec<&str> = on
                .iter()
                .filter(|(_, meetings)| meetings.contains(&meeting.id))
                .map(|(reference, _)| reference.as_str())
                .collect();
            prop_assert_eq!(printed, asked);
        }
    }
}
