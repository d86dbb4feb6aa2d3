//! Nothing falls through: whatever a folder holds, every referral that is sent, undecided and not
//! taken back stands on exactly one coming agenda, in its running order or among what is not ready;
//! whatever the council, the calendar and the moment. Where no meeting is left, it is told.
#![expect(clippy::disallowed_methods, reason = "tests make folders of their own")]

mod plan;

use self::plan::{Outcome, Plan, Request, Sent, day, plan, reference};
use super::lists;
use super::running::running_order;
use super::{Options, agenda};
use crate::desk::{Case, Desk, Scope, Standing};
use crate::folder::Folder;
use crate::records::Day;
use crate::rules::{self, State};
use proptest::prelude::*;
use std::collections::BTreeMap;

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
                // The day that its deferral names; else the one that it asks for itself.
                let named = match case.standing {
                    Standing::Deferred => case.last().and_then(|made| made.decision().deferred.as_ref()?.to),
                    _ => case.referral().panel.and_then(|day| Some(desk.meeting_on(day, case.panel)?.on)),
                };
                let is_later = named.is_some_and(|named| meeting.on < named);
                let is_too_late = meeting.cut_off.is_some_and(|cut_off| desk.sent_or_now(case) > cut_off)
                    || desk.sent_or_now(case) > meeting.starts_at;
                prop_assert!(is_later || is_too_late, "{} could go to {}", reference, meeting.id);
            }
        }
        // What is printed is what was asked.
        if let Some(meeting) = desk.held().find(|meeting| meeting.on > today) {
            let view = agenda(&desk, meeting, false, Options::default()).view;
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
