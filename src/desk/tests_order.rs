//! The order of an agenda and what moves on from it, against a model that knows the plan alone.

use super::{Case, Desk, PanelMeeting, Scope};
use crate::council::{Council, parse_council};
use crate::folder::{DecisionFile, File, Folder, MeetingFolder, read_referral};
use crate::records::{Day, Decision, Deferral, Meeting};
use chrono::{Days, NaiveDateTime, TimeDelta};
use proptest::prelude::*;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Write;

/// The meeting that is looked at, those before it, and the one after.
const MEETING: &str = "2026-11-26";
const EARLIER: [&str; 3] = ["2026-11-05", "2026-11-12", "2026-11-19"];
const MANAGERS: [&str; 3] = ["P. Nowak", "C. Iyer", ""];

fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

fn moment(text: &str) -> NaiveDateTime {
    text.parse().expect("a moment")
}

#[derive(Debug, Clone)]
struct Request {
    /// Minutes before the cut-off at which it was sent.
    sent_before: i64,
    is_emergency: bool,
    /// Days from the meeting to a hearing.
    hearing: Option<i64>,
    deferrals: usize,
    is_review: bool,
    family: Option<usize>,
    manager: usize,
    is_complex: bool,
    is_named: bool,
}

#[derive(Debug, Clone)]
struct Plan {
    requests: Vec<Request>,
    by_service: bool,
    minutes: u32,
    kept: u32,
}

fn request() -> impl Strategy<Value = Request> {
    (
        (0i64..5000, prop::bool::weighted(0.2)),
        prop::option::weighted(0.3, -3i64..12),
        (0usize..=3, prop::bool::weighted(0.3)),
        (prop::option::weighted(0.4, 0usize..3), 0usize..3),
        (prop::bool::weighted(0.2), prop::bool::weighted(0.15)),
    )
        .prop_map(|(sent, hearing, before, belongs, is)| Request {
            sent_before: sent.0,
            is_emergency: sent.1,
            hearing,
            deferrals: before.0,
            is_review: before.1,
            family: belongs.0,
            manager: belongs.1,
            is_complex: is.0,
            is_named: is.1,
        })
}

fn plan() -> impl Strategy<Value = Plan> {
    (
        prop::collection::vec(request(), 0..9),
        any::<bool>(),
        0u32..240,
        0u32..3,
    )
        .prop_map(|(requests, by_service, minutes, kept)| Plan {
            requests,
            by_service,
            minutes,
            kept,
        })
}

fn reference(number: usize) -> String {
    format!("R-2026-{number:04}")
}

impl Plan {
    fn council(&self) -> Council {
        let mut text = String::from(
            "[council]\nname = \"Wendham\"\npanel = \"Panel\"\nclause = \"1\"\n\
             [meetings]\nevery = \"week\"\non = \"thursday\"\nstart = 14:00:00\nclause = \"2\"\n\
             [cut_off]\nworking_days_before = 3\nclause = \"3\"\n",
        );
        let (minutes, kept) = (self.minutes, self.kept);
        let _ = writeln!(
            text,
            "[sitting]\nminutes = {minutes}\nopening_minutes = 5\nslot_minutes = 20\nslot_least = 15\n\
             complex_minutes = 30\nemergency_slots = {kept}\nclause = \"4\""
        );
        if self.by_service {
            text.push_str("[agenda]\ngroup_by = \"service-manager\"\nclause = \"5\"\n");
        }
        parse_council("draft", "draft.toml", &text).unwrap_or_else(|error| panic!("{error:#?}"))
    }

    /// The chair's order: the requests named there, the last of them first.
    fn named(&self) -> Vec<String> {
        let numbers = (1..=self.requests.len()).rev();
        let named = numbers.filter(|number| self.requests[number - 1].is_named);
        named.map(reference).collect()
    }

    fn folder(&self) -> Folder {
        let decision = |number: usize, at: usize| {
            let reference = reference(number);
            let to = EARLIER.get(at + 1).copied().unwrap_or(MEETING);
            let record = Decision {
                referral: reference.clone().into(),
                meeting: Some(day(EARLIER[at])),
                outcome: Some("defer".into()),
                deferred: Some(Deferral {
                    to: Some(day(to)),
                    ..Deferral::default()
                }),
                ..Decision::default()
            };
            let place = format!("meetings/{}/decisions/{reference}.yaml", EARLIER[at]);
            DecisionFile {
                file: File::saying(place, record),
                number: 1,
            }
        };
        let mut meetings: Vec<MeetingFolder> = (0..EARLIER.len())
            .map(|at| {
                let decisions = (1..).zip(&self.requests);
                let decisions = decisions.filter(|(_, own)| at + own.deferrals >= EARLIER.len());
                MeetingFolder {
                    id: EARLIER[at].to_owned(),
                    day: Some(day(EARLIER[at])),
                    decisions: decisions.map(|(number, _)| decision(number, at)).collect(),
                    ..MeetingFolder::default()
                }
            })
            .collect();
        let record = Meeting {
            date: Some(day(MEETING)),
            order: self.named().into_iter().map(Into::into).collect(),
            ..Meeting::default()
        };
        meetings.push(MeetingFolder {
            id: MEETING.to_owned(),
            day: Some(day(MEETING)),
            meeting: Some(File::saying(
                format!("meetings/{MEETING}/meeting.yaml"),
                record,
            )),
            ..MeetingFolder::default()
        });
        Folder {
            referrals: (1..=self.requests.len())
                .map(|number| self.referral(number))
                .collect(),
            meetings,
            ..Folder::default()
        }
    }

    fn referral(&self, number: usize) -> File<crate::records::Referral> {
        let own = &self.requests[number - 1];
        let reference_of = reference;
        let reference = reference(number);
        let sent = own.sent_at().format("%Y-%m-%dT%H:%M");
        let mut text = format!(
            "reference: {reference}\nchild: {{name: A}}\nworker: {{name: B}}\nsubmitted: {sent}\npanel: {MEETING}\n"
        );
        if own.deferrals > 0 {
            text = text.replace(&format!("panel: {MEETING}\n"), "");
        }
        let manager = MANAGERS[own.manager];
        if !manager.is_empty() {
            let _ = writeln!(text, "service_manager: {{name: '{manager}'}}");
        }
        if own.is_emergency {
            text.push_str("emergency: {ground: other}\n");
        }
        // Each names only the next of the family: that they all belong together has to be found.
        let next = (number..self.requests.len())
            .find(|other| own.family.is_some() && self.requests[*other].family == own.family);
        if let Some(next) = next {
            let _ = writeln!(text, "siblings: [{}]", reference_of(next + 1));
        }
        text.push_str("request:\n  kind: support-package\n");
        if own.is_complex {
            text.push_str("  complex: true\n");
        }
        if own.is_review {
            text.push_str("  review_of: R-2025-0001\n");
        }
        if let Some(days) = own.hearing {
            let on = Day::of(day(MEETING).date() + TimeDelta::days(days));
            let _ = writeln!(text, "  court: {{hearing: {on}}}");
        }
        read_referral(format!("referrals/{reference}.yaml"), text.into_bytes())
    }
}

impl Request {
    fn sent_at(&self) -> NaiveDateTime {
        moment("2026-11-02T23:00:00") - TimeDelta::minutes(self.sent_before)
    }

    /// The place among the reasons of the formats: emergencies, what cannot wait, deferrals,
    /// reviews, new.
    fn class(&self) -> usize {
        if self.is_emergency {
            0
        } else if self.hearing.is_some_and(|days| (0..7).contains(&days)) {
            1
        } else if self.deferrals > 0 {
            2
        } else if self.is_review {
            3
        } else {
            4
        }
    }

    fn shortest(&self) -> u32 {
        if self.is_complex { 30 } else { 15 }
    }
}

/// Numbers of the requests family by family, in the order in which they are heard.
fn expected(plan: &Plan) -> Vec<Vec<usize>> {
    let own = |number: usize| &plan.requests[number - 1];
    let numbers = 1..=plan.requests.len();
    let mut named: Vec<Vec<usize>> = Vec::new();
    for reference_named in plan.named() {
        named.extend(
            numbers
                .clone()
                .find(|number| reference(*number) == reference_named)
                .map(|number| vec![number]),
        );
    }
    let mut rest: Vec<usize> = numbers.filter(|number| !own(*number).is_named).collect();
    rest.sort_by_key(|number| {
        let request = own(*number);
        let put_off = if request.class() == 2 {
            request.deferrals
        } else {
            0
        };
        (
            request.class(),
            Reverse(put_off),
            request.sent_at(),
            *number,
        )
    });
    let mut families: Vec<Vec<usize>> = Vec::new();
    for number in rest {
        let family = own(number).family;
        let known = families
            .iter_mut()
            .find(|known| family.is_some() && own(known[0]).family == family);
        match known {
            Some(known) => known.push(number),
            None => families.push(vec![number]),
        }
    }
    if plan.by_service {
        let mut services: Vec<(usize, Vec<Vec<usize>>)> = Vec::new();
        for family in families {
            let manager = own(family[0]).manager;
            match services.iter_mut().find(|(known, _)| *known == manager) {
                Some((_, known)) => known.push(family),
                None => services.push((manager, vec![family])),
            }
        }
        families = services
            .into_iter()
            .flat_map(|(_, families)| families)
            .collect();
    }
    named.extend(families);
    named
}

fn at_meeting<T>(plan: &Plan, answer: impl FnOnce(&Desk<'_>, &PanelMeeting<'_>) -> T) -> T {
    let council = plan.council();
    let folder = plan.folder();
    let desk = Desk::new(
        &folder,
        &council,
        moment("2026-11-24T09:00:00"),
        Scope::Folder,
    );
    let meeting = desk.meeting_on(day(MEETING), None).expect("a Thursday");
    answer(&desk, meeting)
}

fn references(cases: &[&Case<'_>]) -> Vec<String> {
    cases
        .iter()
        .map(|case| case.reference().to_owned())
        .collect()
}

/// The order without the reasons for it: what is heard, and what moves on.
fn kept_and_moved(plan: &Plan) -> (Vec<String>, Vec<String>) {
    at_meeting(plan, |desk, meeting| {
        let cases = desk.heard_at(meeting, &|_| true);
        let times = desk.timetable(meeting, &cases).expect("it has a length");
        let (heard, moved): (Vec<_>, Vec<_>) = cases
            .iter()
            .zip(&times.slots)
            .partition(|(_, slot)| slot.is_some());
        let names = |rows: Vec<(&&Case<'_>, _)>| {
            rows.into_iter()
                .map(|(case, _)| case.reference().to_owned())
                .collect()
        };
        (names(heard), names(moved))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

    #[test]
    fn the_order_is_the_one_of_the_formats(plan in plan()) {
        let found = at_meeting(&plan, |desk, meeting| references(&desk.heard_at(meeting, &|_| true)));
        let wanted: Vec<String> = expected(&plan).into_iter().flatten().map(reference).collect();
        prop_assert_eq!(found, wanted);
    }

    #[test]
    fn the_order_of_the_files_makes_no_difference(plan in plan()) {
        let council = plan.council();
        let order = |folder: &Folder| {
            let now = moment("2026-11-24T09:00:00");
            let desk = Desk::new(folder, &council, now, Scope::Folder);
            let meeting = desk.meeting_on(day(MEETING), None).expect("a Thursday");
            references(&desk.heard_at(meeting, &|_| true))
        };
        let mut folder = plan.folder();
        let first = order(&folder);
        folder.referrals.reverse();
        prop_assert_eq!(first, order(&folder));
    }

    #[test]
    fn what_moves_on_is_the_least_that_must_and_can_wait_where_anything_can(plan in plan()) {
        let (heard, moved) = kept_and_moved(&plan);
        let number = |name: &String| name[7..].parse::<usize>().expect("a number");
        let own = |name: &String| &plan.requests[number(name) - 1];
        // Nothing here came after the cut-off, so every kept slot stays free.
        let room = plan.minutes.saturating_sub(5).saturating_sub(plan.kept * 15);
        let used: u32 = heard.iter().map(|name| own(name).shortest()).sum();
        prop_assert!(used <= room, "{used} minutes in {room}");
        let families = expected(&plan);
        let stays = |family: &Vec<usize>| {
            let all = family.iter().map(|number| &plan.requests[number - 1]);
            let ranks = all.map(|own| match (own.is_named, own.class()) {
                (true, _) => 3,
                (_, 0) => 2,
                (_, 1) => 1,
                _ => 0,
            });
            ranks.max().unwrap_or(0)
        };
        let has_moved = |family: &Vec<usize>| moved.contains(&reference(family[0]));
        for family in &families {
            // A family is heard together or moves on together.
            prop_assert!(family.iter().all(|number| moved.contains(&reference(*number)) == has_moved(family)));
        }
        let places: BTreeMap<usize, usize> = families.iter().enumerate().map(|(place, family)| (family[0], place)).collect();
        let order_of_moving = |family: &Vec<usize>| (stays(family), Reverse(places[&family[0]]));
        // Nothing moves on while something is heard that would have to move on before it.
        for gone in families.iter().filter(|family| has_moved(family)) {
            for kept in families.iter().filter(|family| !has_moved(family)) {
                prop_assert!(order_of_moving(gone) < order_of_moving(kept));
            }
        }
        // And the last to move on would not have fitted.
        let last = families.iter().filter(|family| has_moved(family)).max_by_key(|family| order_of_moving(family));
        if let Some(last) = last {
            let more: u32 = last.iter().map(|number| plan.requests[number - 1].shortest()).sum();
            prop_assert!(used + more > room);
        }
    }

    #[test]
    fn the_times_follow_one_another_within_the_sitting(plan in plan()) {
        at_meeting(&plan, |desk, meeting| {
            let cases = desk.heard_at(meeting, &|_| true);
            let times = desk.timetable(meeting, &cases).expect("it has a length");
            let mut now = times.opening.to;
            for slot in times.slots.iter().flatten().chain(&times.kept) {
                assert_eq!(slot.from, now);
                now = slot.to;
            }
            let end = meeting.starts_at + TimeDelta::minutes(i64::from(plan.minutes));
            let is_heard = times.slots.iter().any(Option::is_some);
            assert!(now <= end || !is_heard, "{now} is after {end}");
        });
    }
}

#[test]
fn a_time_limit_that_runs_out_before_the_next_meeting_cannot_wait() {
    let wait = |until: &str| {
        let plan = Plan {
            requests: vec![Request {
                sent_before: 0,
                is_emergency: false,
                hearing: None,
                deferrals: 0,
                is_review: false,
                family: None,
                manager: 0,
                is_complex: false,
                is_named: false,
            }],
            by_service: false,
            minutes: 180,
            kept: 0,
        };
        let council = plan.council();
        let mut folder = plan.folder();
        let text = "reference: R-2026-0009\nchild: {name: A}\nworker: {name: B}\nrequest: {kind: support-package}\nsubmitted: 2026-10-20\n";
        folder.referrals.push(read_referral(
            "referrals/R-2026-0009.yaml".to_owned(),
            text.as_bytes().to_vec(),
        ));
        std::sync::Arc::make_mut(&mut folder.referrals[0].record)
            .request
            .review_of = Some("R-2026-0009".into());
        let approval = Decision {
            referral: "R-2026-0009".into(),
            outcome: Some("approve".into()),
            until: Some(day(until)),
            ..Decision::default()
        };
        folder.meetings[0].decisions.push(DecisionFile {
            file: File::saying(
                "meetings/2026-11-05/decisions/R-2026-0009.yaml".to_owned(),
                approval,
            ),
            number: 1,
        });
        let now = moment("2026-11-24T09:00:00");
        let desk = Desk::new(&folder, &council, now, Scope::Folder);
        let meeting = desk.meeting_on(day(MEETING), None).expect("a Thursday");
        let case = desk.case("R-2026-0001").expect("it is there");
        desk.cannot_wait(case, meeting)
    };
    // `until` is the day after the last that is covered; the next meeting is on 3 December.
    assert_eq!(
        wait("2026-12-03"),
        Some((day("2026-12-02"), "agreed until"))
    );
    assert_eq!(wait("2026-12-04"), None);
    let run_out = day("2026-11-20").date() - Days::new(1);
    assert_eq!(wait("2026-11-20"), Some((Day::of(run_out), "agreed until")));
}
