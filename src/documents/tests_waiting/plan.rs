//! Plans of folders over every council: what their files say, and what was decided when.

use crate::council::{BUILT_IN, Council, load_council, parse_council};
use crate::desk::{Desk, Scope};
use crate::folder::Folder;
use crate::records::Day;
use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;
use std::sync::LazyLock;

/// Two panels and a part; a calendar that ends; a list of dates with a gap; once a month.
pub(super) const MADE_UP: [&str; 4] = [
    "[[panel]]\nid = \"main\"\nclause = \"1\"\n[[panel]]\nid = \"second\"\nclause = \"1\"\n\
     [[panel]]\nid = \"legal\"\npart_of = \"main\"\nwhen = \"request.kind == 'legal'\"\nclause = \"1\"\n\
     [[meetings]]\nonly = \"main\"\nevery = \"week\"\non = \"tuesday\"\nstart = 10:00:00\nclause = \"2\"\n\
     [[meetings]]\nonly = \"second\"\nevery = \"week\"\non = \"thursday\"\nstart = 14:00:00\nclause = \"2\"\n",
    "[meetings]\ndates = [2026-10-06, 2026-10-20, 2026-11-03]\nstart = 10:00:00\nclause = \"2\"\n",
    "[meetings]\ndates = [2026-10-07, 2026-11-18, 2026-11-25, 2027-01-13]\nnot_on = [2026-11-25]\nstart = 10:00:00\nclause = \"2\"\n",
    "[meetings]\nevery = \"month\"\non = \"first wednesday\"\nstart = 09:30:00\nclause = \"2\"\n",
];

pub(super) const CUT_OFF: &str = "[cut_off]\nworking_days_before = 3\nclause = \"3\"\n\
    [emergency]\nclause = \"4\"\n\
    [[outcome]]\nid = \"approve\"\nlabel = \"Agreed\"\nclause = \"5\"\n\
    [[outcome]]\nid = \"defer\"\nlabel = \"Put off\"\nclause = \"5\"\n";

pub(super) static COUNCILS: LazyLock<Vec<Council>> = LazyLock::new(|| {
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
pub(super) fn day(offset: i64) -> Day {
    let start = NaiveDate::from_ymd_opt(2026, 10, 5).expect("a day");
    Day::of(start + TimeDelta::days(offset))
}

#[derive(Debug, Clone)]
pub(super) struct Plan {
    pub(super) council: usize,
    /// What becomes of known meetings, by their place in the calendar.
    pub(super) fates: Vec<(prop::sample::Index, Fate)>,
    pub(super) extra: BTreeSet<i64>,
    pub(super) referrals: Vec<Request>,
    pub(super) as_of: NaiveDateTime,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Fate {
    Cancelled,
    Moved(i64),
}

/// When a form says that it was sent.
#[derive(Debug, Clone, Copy)]
pub(super) enum Sent {
    No,
    On(i64),
    At(i64, u32),
    Unreadable,
}

#[derive(Debug, Clone)]
pub(super) struct Request {
    pub(super) kind: usize,
    pub(super) sent: Sent,
    /// A known meeting, a day, or nonsense.
    pub(super) panel: Option<(u8, prop::sample::Index, i64)>,
    /// One of the panels, or nonsense.
    pub(super) panel_id: Option<prop::sample::Index>,
    pub(super) withdrawn: Option<Option<i64>>,
    pub(super) resubmitted: Option<i64>,
    pub(super) placed_on: Option<i64>,
    pub(super) is_emergency: bool,
    /// Whether the file is no YAML, or holds a value that cannot be read.
    pub(super) is_broken: bool,
    pub(super) has_odd_value: bool,
    pub(super) decided: Vec<(prop::sample::Index, Decided)>,
}

#[derive(Debug, Clone)]
pub(super) struct Decided {
    pub(super) outcome: Outcome,
    pub(super) amended: Option<Outcome>,
    pub(super) is_endorsed: bool,
    pub(super) has_review: bool,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Outcome {
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

pub(super) fn outcome() -> impl Strategy<Value = Outcome> {
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

pub(super) fn decided() -> impl Strategy<Value = Decided> {
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

pub(super) fn request() -> impl Strategy<Value = Request> {
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

pub(super) fn plan() -> impl Strategy<Value = Plan> {
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

pub(super) const KINDS: [&str; 6] = [
    "new-placement",
    "support-package",
    "newly-looked-after",
    "review",
    "legal",
    "care-leaver-accommodation",
];

pub(super) fn reference(number: usize) -> String {
    format!("R-2026-{number:04}")
}

/// A meeting that the calendar alone has.
#[derive(Debug, Clone)]
pub(super) struct Known {
    pub(super) id: String,
    pub(super) day: Day,
}

/// A folder's files, and what the plan made of each referral.
pub(super) struct Laid {
    pub(super) files: BTreeMap<String, String>,
    /// Decisions by referral: the day that their meeting is held, and what is in force of them.
    pub(super) decided: Vec<Vec<(Day, Outcome, bool)>>,
}

impl Plan {
    pub(super) fn council(&self) -> &'static Council {
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

    pub(super) fn lay(&self) -> Laid {
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
