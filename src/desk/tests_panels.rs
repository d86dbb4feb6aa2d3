//! Several panels, a part of one, and rules that change on a day: still each referral that waits
//! is on exactly one coming agenda, its own panel's, and is judged by the rules of that day. The
//! expected answers are worked out here from the plan alone, not from the desk.

use super::{Desk, Scope};
use crate::council::{Council, parse_council};
use crate::folder::{DecisionFile, File, Folder, MeetingFolder, read_referral};
use crate::records::{Cancelled, Day, Decision, Deferral, Meeting, Moved};
use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use proptest::prelude::*;
use std::fmt::Write;

/// A Monday; every day of a plan is counted from it.
const START: (i32, u32, u32) = (2026, 9, 7);
const WEEKS: i64 = 12;
/// Panels and the part, as referrals name them; the first is the one that is not named.
const PANELS: [&str; 3] = ["main", "second", "legal"];

fn day(offset: i64) -> Day {
    let (year, month, day) = START;
    let start = NaiveDate::from_ymd_opt(year, month, day).expect("a day");
    Day::of(start + TimeDelta::days(offset))
}

/// A panel meets every week on its weekday (counted from Monday); on a day of the plan the rules
/// change: the cut-off, and for the second panel the weekday.
#[derive(Debug, Clone)]
struct Plan {
    /// Weekday of the main panel; of the second before and from the change.
    weekdays: (i64, i64, i64),
    /// Days of notice, before and from the change.
    notice: (i64, i64),
    /// The week whose Monday is the first day of the new rules.
    change: i64,
    /// Weeks in which the main panel's, the second panel's meeting is called off or moved by days.
    fates: Vec<(i64, usize, Option<i64>)>,
    /// Weeks in which the part sits by itself on the main panel's day.
    alone: Vec<i64>,
    referrals: Vec<Request>,
    as_of: NaiveDateTime,
}

#[derive(Debug, Clone)]
struct Request {
    panel: usize,
    sent: i64,
    asks: Option<i64>,
    /// Week in which its panel put it off, and to how many days later.
    deferred: Option<(i64, i64)>,
}

fn request() -> impl Strategy<Value = Request> {
    let deferred = prop::option::weighted(0.4, (0..WEEKS, 1i64..30));
    (
        0..PANELS.len(),
        -5i64..80,
        prop::option::of(0i64..84),
        deferred,
    )
        .prop_map(|(panel, sent, asks, deferred)| Request {
            panel,
            sent,
            asks,
            deferred,
        })
}

fn plan() -> impl Strategy<Value = Plan> {
    (
        (0i64..5, 0i64..5, 0i64..5),
        (0i64..4, 0i64..4),
        1..WEEKS,
        prop::collection::vec((0..WEEKS, 0usize..2, prop::option::of(-1i64..=2)), 0..4),
        prop::collection::vec(0..WEEKS, 0..3),
        prop::collection::vec(request(), 1..6),
        (0i64..84, 0u32..24),
    )
        .prop_map(
            |(weekdays, notice, change, mut fates, alone, referrals, (today, hour))| {
                fates.sort();
                fates.dedup_by_key(|(week, panel, _)| (*week, *panel));
                Plan {
                    weekdays,
                    notice,
                    change,
                    fates,
                    alone,
                    referrals,
                    as_of: day(today).date().and_hms_opt(hour, 30, 0).expect("a time"),
                }
            },
        )
}

const NAMES: [&str; 5] = ["monday", "tuesday", "wednesday", "thursday", "friday"];

/// A meeting as the plan alone has it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Sitting {
    known: Day,
    on: Day,
    panel: usize,
    is_held: bool,
    /// Days of notice.
    notice: i64,
}

impl Plan {
    fn council(&self) -> Council {
        let mut text = String::from(
            "[council]\nname = \"Wendham\"\npanel = \"Panel\"\nclause = \"1\"\n\
             [[panel]]\nid = \"main\"\nclause = \"1\"\n[[panel]]\nid = \"second\"\nclause = \"1\"\n\
             [[panel]]\nid = \"legal\"\npart_of = \"main\"\nclause = \"1\"\n",
        );
        let name = |weekday: i64| NAMES[usize::try_from(weekday).expect("a weekday")];
        let change = day(self.change * 7);
        let (main, before, after) = self.weekdays;
        for (only, weekday, dates) in [
            ("main", main, String::new()),
            ("second", before, format!("until = {change}")),
            ("second", after, format!("from = {change}")),
        ] {
            let _ = writeln!(
                text,
                "[[meetings]]\nonly = \"{only}\"\nevery = \"week\"\non = \"{}\"\nstart = 10:00:00\nclause = \"2\"\n{dates}",
                name(weekday)
            );
        }
        for (days, dates) in [
            (self.notice.0, format!("until = {change}")),
            (self.notice.1, format!("from = {change}")),
        ] {
            let _ = writeln!(
                text,
                "[[cut_off]]\ndays_before = {days}\nclause = \"3\"\n{dates}\nbank_holiday = {{ move = \"keep\", clause = \"3\" }}"
            );
        }
        parse_council("draft", "draft.toml", &text).unwrap_or_else(|error| panic!("{error:#?}"))
    }

    fn weekday(&self, panel: usize, week: i64) -> i64 {
        let (main, before, after) = self.weekdays;
        match panel {
            1 if week >= self.change => after,
            1 => before,
            _ => main,
        }
    }

    fn fate(&self, week: i64, panel: usize) -> Option<Option<i64>> {
        let found = self
            .fates
            .iter()
            .find(|(at, whose, _)| (*at, *whose) == (week, panel));
        found.map(|(_, _, fate)| *fate)
    }

    /// Every sitting of the panels, and those of the part alone, in the order of their days.
    fn sittings(&self) -> Vec<Sitting> {
        let mut all = Vec::new();
        for week in -90..110i64 {
            let notice = if week >= self.change {
                self.notice.1
            } else {
                self.notice.0
            };
            for panel in 0..2 {
                let known = week * 7 + self.weekday(panel, week);
                let (by, is_held) = match self.fate(week, panel) {
                    None => (0, true),
                    Some(Some(by)) => (by, true),
                    Some(None) => (0, false),
                };
                all.push(Sitting {
                    known: day(known),
                    on: day(known + by),
                    panel,
                    is_held,
                    notice,
                });
            }
            if self.alone.contains(&week) {
                let known = day(week * 7 + self.weekday(0, week));
                all.push(Sitting {
                    known,
                    on: known,
                    panel: 2,
                    is_held: true,
                    notice,
                });
            }
        }
        all.sort_by_key(|sitting| (sitting.on, sitting.known, [1, 2, 0][sitting.panel]));
        all
    }

    fn folder(&self) -> Folder {
        let mut meetings: Vec<MeetingFolder> = Vec::new();
        for week in 0..WEEKS {
            for (panel, name) in PANELS.iter().enumerate() {
                let known = day(week * 7 + self.weekday(panel, week));
                let fate = self.fate(week, panel).filter(|_| panel < 2);
                let decisions: Vec<DecisionFile> = (1..)
                    .zip(&self.referrals)
                    .filter(|(_, request)| {
                        self.hears(week, request) == panel
                            && request.deferred.is_some_and(|(at, _)| at == week)
                    })
                    .map(|(number, request)| put_off(number, request, known))
                    .collect();
                let sits_alone = panel == 2 && self.alone.contains(&week);
                if fate.is_none() && decisions.is_empty() && !sits_alone {
                    continue;
                }
                let mut record = Meeting {
                    date: Some(known),
                    ..Meeting::default()
                };
                match fate {
                    Some(None) => record.cancelled = Some(Cancelled::default()),
                    Some(Some(by)) => {
                        let to = Day::of(known.date() + TimeDelta::days(by)).to_string();
                        record.moved = Some(Moved {
                            to: Some(to.parse().expect("a moment")),
                            ..Moved::default()
                        });
                    }
                    None => {}
                }
                let id = match panel {
                    0 => known.to_string(),
                    _ => format!("{known}-{name}"),
                };
                meetings.push(MeetingFolder {
                    meeting: Some(File::saying(format!("meetings/{id}/meeting.yaml"), record)),
                    id,
                    day: Some(known),
                    decisions,
                    ..MeetingFolder::default()
                });
            }
        }
        meetings.sort_by(|one, other| one.id.cmp(&other.id));
        Folder {
            referrals: (1..)
                .zip(&self.referrals)
                .map(|(number, request)| request.file(number))
                .collect(),
            meetings,
            ..Folder::default()
        }
    }

    /// Whose sitting hears a request in a week: the part's own where it sits alone.
    fn hears(&self, week: i64, request: &Request) -> usize {
        match request.panel {
            2 if !self.alone.contains(&week) => 0,
            panel => panel,
        }
    }
}

fn reference(number: usize) -> String {
    format!("R-2026-{number:04}")
}

fn put_off(number: usize, request: &Request, known: Day) -> DecisionFile {
    let reference = reference(number);
    let by = request.deferred.map_or(0, |(_, by)| by);
    let record = Decision {
        referral: reference.clone().into(),
        meeting: Some(known),
        outcome: Some("defer".into()),
        deferred: Some(Deferral {
            to: Some(Day::of(known.date() + TimeDelta::days(by))),
            ..Deferral::default()
        }),
        ..Decision::default()
    };
    DecisionFile {
        file: File::saying(
            format!("meetings/{known}/decisions/{reference}.yaml"),
            record,
        ),
        number: 1,
    }
}

impl Request {
    fn file(&self, number: usize) -> File<crate::records::Referral> {
        let reference = reference(number);
        let mut text = format!(
            "reference: {reference}\nchild: {{name: A}}\nworker: {{name: B}}\nrequest: {{kind: support-package}}\nsubmitted: {}\n",
            day(self.sent)
        );
        if self.panel > 0 {
            let _ = writeln!(text, "for: {}", PANELS[self.panel]);
        }
        if let Some(asks) = self.asks {
            let _ = writeln!(text, "panel: {}", day(asks));
        }
        read_referral(format!("referrals/{reference}.yaml"), text.into_bytes())
    }

    /// Whether it comes to a sitting: its panel's; for the part also its own.
    fn comes_to(&self, sitting: &Sitting) -> bool {
        match self.panel {
            2 => sitting.panel != 1,
            panel => sitting.panel == panel,
        }
    }
}

/// The sitting on whose agenda a request stands, worked out from the plan.
fn expected<'s>(plan: &Plan, sittings: &'s [Sitting], request: &Request) -> Option<&'s Sitting> {
    let today = Day::of(plan.as_of.date());
    let own: Vec<&Sitting> = sittings
        .iter()
        .filter(|sitting| request.comes_to(sitting))
        .collect();
    let named = |wanted: Day| {
        let find = |is_on: &dyn Fn(&Sitting) -> bool| {
            let mut found: Vec<_> = own.iter().copied().filter(|one| is_on(one)).collect();
            found.sort_by_key(|sitting| sitting.panel != request.panel);
            found.first().copied()
        };
        find(&|sitting| sitting.known == wanted).or_else(|| find(&|sitting| sitting.on == wanted))
    };
    let from = |wanted: Day| {
        own.iter()
            .copied()
            .find(|one| one.is_held && one.on >= wanted)
    };
    let deferred = request.deferred.and_then(|(week, by)| {
        let known = day(week * 7 + plan.weekday(plan.hears(week, request), week));
        let heard = plan.hears(week, request);
        let at = own
            .iter()
            .find(|sitting| sitting.known == known && sitting.panel == heard)?;
        let to = Day::of(known.date() + TimeDelta::days(by));
        (at.on <= today).then_some((at.on, to))
    });
    let first = match deferred {
        Some((on, to)) if to > on => named(to).or_else(|| from(to)),
        Some((on, _)) => own.iter().copied().find(|one| one.is_held && one.on > on),
        None if day(request.sent) > today => None,
        None => {
            let sent = day(request.sent);
            let asked = request
                .asks
                .and_then(|asks| named(day(asks)))
                .filter(|sitting| sitting.on >= sent);
            let makes = || {
                own.iter().copied().find(|one| {
                    let cut_off = Day::of(one.known.date() - TimeDelta::days(one.notice));
                    // What is sent on the day itself counts to its end, after the sitting began.
                    one.is_held && one.on >= sent && sent <= cut_off
                })
            };
            asked.or_else(makes)
        }
    }?;
    if first.is_held && first.on >= today {
        return Some(first);
    }
    own.iter()
        .copied()
        .find(|one| one.is_held && one.on >= today && one.on > first.on)
}

fn date(text: &str) -> Day {
    text.parse().expect("a day")
}

#[test]
fn a_calendar_that_changes_on_a_day_has_each_meeting_once() {
    let text = "[council]\nname = \"Wendham\"\npanel = \"Panel\"\nclause = \"1\"\n[[meetings]]\nevery = \"week\"\non = \"thursday\"\nstart = 10:00:00\nuntil = 2026-12-03\nclause = \"2\"\n[[meetings]]\nevery = \"week\"\non = [\"tuesday\", \"thursday\"]\nstart = 10:00:00\nfrom = 2026-12-03\nclause = \"2\"\n".to_owned();
    let council = parse_council("draft", "draft.toml", &text).expect("it loads");
    let folder = Folder::default();
    let as_of = date("2026-11-26")
        .date()
        .and_hms_opt(9, 0, 0)
        .expect("a time");
    let desk = Desk::new(&folder, &council, as_of, Scope::Folder);
    let days: Vec<String> = desk
        .meetings()
        .iter()
        .filter(|meeting| meeting.on >= date("2026-11-23") && meeting.on <= date("2026-12-11"))
        .map(|meeting| meeting.id.clone())
        .collect();
    assert_eq!(
        days,
        ["2026-11-26", "2026-12-03", "2026-12-08", "2026-12-10"]
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_falls_through_between_panels(plan in plan()) {
        let council = plan.council();
        let folder = plan.folder();
        let desk = Desk::new(&folder, &council, plan.as_of, Scope::Folder);
        let sittings = plan.sittings();
        for (case, request) in desk.cases().iter().zip(&plan.referrals) {
            prop_assert!(case.file.faults.is_empty(), "{:?}", case.file.faults);
            prop_assert_eq!(case.panel, Some(PANELS[request.panel]));
            let on: Vec<_> = desk
                .meetings()
                .iter()
                .filter(|meeting| case.is_waiting() && desk.meeting_for(case).is_some_and(|own| own.id == meeting.id))
                .collect();
            let expected = expected(&plan, &sittings, request);
            prop_assert_eq!(on.len(), usize::from(expected.is_some()), "{} is on {:?}", case.reference(), on.iter().map(|own| &own.id).collect::<Vec<_>>());
            let (Some(meeting), Some(expected)) = (on.first(), expected) else { continue };
            prop_assert_eq!((meeting.day, meeting.on), (expected.known, expected.on));
            prop_assert_eq!(meeting.panel, Some(PANELS[expected.panel]));
            prop_assert!(!meeting.is_cancelled && meeting.is_expected);
            // By the rules of its own panel or part on the day that it is held.
            prop_assert_eq!(case.rules.edition.panel.as_deref(), Some(PANELS[request.panel]));
            prop_assert!(case.rules.edition.includes(meeting.on));
        }
    }

    #[test]
    fn every_sitting_of_the_plan_is_a_meeting_of_its_panel_and_none_is_there_twice(plan in plan()) {
        let council = plan.council();
        let folder = plan.folder();
        let desk = Desk::new(&folder, &council, plan.as_of, Scope::Folder);
        let sittings = plan.sittings();
        let mut ids = std::collections::BTreeSet::new();
        for meeting in desk.meetings() {
            prop_assert!(ids.insert(&meeting.id), "{} is there twice", meeting.id);
            let known = sittings.iter().find(|sitting| {
                (sitting.known, Some(PANELS[sitting.panel])) == (meeting.day, meeting.panel)
            });
            // A part's folder of decisions alone is a sitting of its own too.
            if let Some(known) = known {
                prop_assert_eq!((meeting.on, meeting.is_cancelled), (known.on, !known.is_held));
            } else {
                prop_assert!(meeting.folder.is_some(), "{} is in no plan", meeting.id);
            }
        }
    }
}
