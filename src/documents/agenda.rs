//! A meeting's agenda, as it stands or stood when the meeting began.

use super::awaited::{self, ExpectedGroup, PaperExpected};
use super::case_item::{CaseItem, item};
use super::common::{DayView, MeetingHead, PersonView, folder_of, json, meeting_head};
use super::item_notes::notes;
use super::lists::{self, ForwardRow, NewlyView, NotReadyView, Numbers, WaitingRow};
use super::members::{self, MemberRow};
use super::running::{RunningRow, add_headings, in_clock, row, running_order};
use super::sections::{self, AgainRow, DriftRow, Retrospective};
use super::{Document, Options, names, render};
use crate::council::Paper;
use crate::desk::{Case, Desk, OrderReason, PanelMeeting, Slot, Timetable};
use crate::records::{Money, Text};
use crate::rules;
use serde::Serialize;
use std::collections::BTreeSet;

/// What the agenda's template is given.
#[derive(Debug, Clone, Serialize)]
struct AgendaView {
    /// The meeting.
    meeting: MeetingHead,
    /// Other meetings of the panel that are held on its day, as one of them was moved.
    beside: Vec<Beside>,
    /// Cases of this panel that wait and for which no meeting is known.
    without_meeting: Vec<WaitingRow>,
    /// Who chairs.
    chair: Option<PersonView>,
    /// Who sits, in the rule file's order.
    members: Vec<MemberRow>,
    /// How many must be there.
    quorum: Vec<String>,
    /// Printed once.
    reminders: Vec<String>,
    /// The opening, where the council gives it minutes: "14:00 to 14:10".
    opening: Option<String>,
    /// Whether members declare involvement here.
    declarations_asked: bool,
    /// Members whom requests name, case by case.
    interests: Vec<InterestRow>,
    /// What is heard.
    running: Vec<RunningRow>,
    /// Whether any of them has a mark.
    has_marks: bool,
    /// References in the chair's order that are not in the running order.
    ordered_elsewhere: Vec<String>,
    /// Times kept for emergencies still to come.
    kept: Vec<String>,
    /// What comes after the fact.
    retrospective: Option<Retrospective>,
    /// What drifts.
    drift: Vec<DriftRow>,
    /// What the sitting cannot hold.
    moving_on: Option<MovingOn>,
    /// What the requests heard ask for.
    money: Option<AskedInAll>,
    /// Children newly in care.
    newly: Option<NewlyView>,
    /// What comes back.
    brought_forward: Vec<ForwardRow>,
    /// What a condition brings back.
    heard_again: Vec<AgainRow>,
    /// What was expected and has not come.
    expected: Vec<ExpectedGroup>,
    /// Papers that other posts than the workers give.
    papers_expected: Vec<PaperExpected>,
    /// What is not ready.
    not_ready: Vec<NotReadyView>,
    /// The cases, in their order.
    cases: Vec<CaseItem>,
    /// Whether each request is printed in full.
    is_pack: bool,
    /// Who it goes to.
    distribution: Vec<String>,
}

/// Another meeting that is held on the same day.
#[derive(Debug, Clone, Serialize)]
struct Beside {
    /// The day that people know it by.
    day: DayView,
    /// What it hears.
    references: Vec<String>,
    /// What prints its agenda.
    command: String,
}

/// Members whom one request names.
#[derive(Debug, Clone, Serialize)]
struct InterestRow {
    /// Its number.
    number: usize,
    /// The referral.
    reference: String,
    /// The child.
    child: String,
    /// Who, and why.
    who: Vec<String>,
}

/// What the sitting cannot hold.
#[derive(Debug, Clone, Serialize)]
struct MovingOn {
    /// Minutes that the sitting has.
    minutes: u32,
    /// Minutes that everything would take at the least.
    needed_minutes: u32,
    /// How many slots stay free for emergencies.
    kept: usize,
    /// The meeting it moves to.
    to: Option<DayView>,
    /// The meeting's file, where the chair can order otherwise.
    file: String,
    /// The `order` there that would have the first of them heard.
    order: Vec<String>,
    /// Whether an emergency to ratify, or what cannot wait for the next meeting, is among them.
    is_urgent: bool,
    /// The cases.
    rows: Vec<RunningRow>,
}

/// What the requests heard ask for; one request for several children counts once.
#[derive(Debug, Clone, Serialize)]
struct AskedInAll {
    /// How many requests ask for money.
    requests: usize,
    /// A week.
    weekly: String,
    /// In all.
    total: String,
}

/// A meeting's agenda, as it stands or stood when the meeting began.
pub(crate) fn agenda(
    desk: &Desk<'_>,
    meeting: &PanelMeeting<'_>,
    pack: bool,
    options: Options,
) -> Document {
    let began = desk.as_meeting_began(meeting);
    let judged = rules::judge(&began);
    let order = running_order(&began, &judged, meeting);
    let times = began.timetable(meeting, &order);
    let ordered_elsewhere = Desk::own_order(meeting)
        .iter()
        .filter(|named| !order.iter().any(|case| case.reference() == *named))
        .map(Text::to_string)
        .collect();
    let placed: Vec<(&Case<'_>, Option<Slot>)> = match &times {
        Some(times) => order.into_iter().zip(times.slots.clone()).collect(),
        None => order.into_iter().map(|case| (case, None)).collect(),
    };
    let (heard, moved): (Vec<_>, Vec<_>) = placed
        .into_iter()
        .partition(|(_, slot)| slot.is_some() || times.is_none());
    let listed: Vec<&Case<'_>> = heard.iter().map(|(case, _)| *case).collect();
    let drifting = began.drifting();
    let numbers: Numbers = (1..)
        .zip(&heard)
        .map(|(number, (case, _))| (case.reference().to_owned(), number))
        .collect();
    let members = members::posts(&began, meeting, &listed);
    let known: Vec<String> = members.iter().filter_map(|row| row.name.clone()).collect();
    let cases: Vec<CaseItem> = (1..)
        .zip(&heard)
        .map(|(number, (case, slot))| {
            let part = began.part_of(case, meeting);
            let drift = sections::drift_of(&began, &drifting, case);
            let part = part.map(|(_, label)| label.to_owned());
            let beside = notes(&began, case, part, drift, &members);
            item(&began, meeting, case, (number, *slot), &known, beside, pack)
        })
        .collect();
    let mut running: Vec<RunningRow> = (1..)
        .zip(&heard)
        .map(|(number, (case, slot))| row(&began, meeting, case, Some(number), *slot))
        .collect();
    add_headings(&began, meeting, &listed, &mut running);
    let view = AgendaView {
        meeting: meeting_head(meeting),
        beside: beside(&began, meeting),
        without_meeting: lists::without_meeting(&began, &[meeting]),
        chair: members::chair(&began, meeting),
        members,
        quorum: sections::quorum(meeting.rules),
        reminders: meeting
            .rules
            .reminders
            .iter()
            .map(|reminder| reminder.text.clone())
            .collect(),
        opening: times
            .as_ref()
            .filter(|times| times.opening.from < times.opening.to)
            .map(|times| in_clock(times.opening)),
        declarations_asked: meeting.rules.declarations.is_some(),
        interests: cases
            .iter()
            .filter(|case| !case.interests.is_empty())
            .map(|case| InterestRow {
                number: case.number,
                reference: case.about.reference.clone(),
                child: case.about.child.clone(),
                who: case.interests.clone(),
            })
            .collect(),
        has_marks: running.iter().any(|row| !row.marks.is_empty()),
        running,
        ordered_elsewhere,
        kept: times
            .iter()
            .flat_map(|times| &times.kept)
            .map(|slot| in_clock(*slot))
            .collect(),
        retrospective: sections::retrospective(&began, meeting, &listed),
        drift: sections::drift(&began, meeting, &drifting, &numbers),
        moving_on: moving_on(&began, meeting, times.as_ref(), &moved),
        money: asked_in_all(heard.iter().map(|(case, _)| *case)),
        newly: lists::newly(&began, &judged, meeting, &numbers),
        brought_forward: lists::brought_forward(&began, &judged, meeting, &numbers),
        heard_again: sections::heard_again(&began, meeting, &numbers),
        expected: awaited::expected(&began, meeting),
        papers_expected: awaited::papers_expected(&began, meeting),
        not_ready: lists::not_ready(&began, &judged, meeting),
        cases,
        is_pack: pack,
        distribution: sections::distribution(meeting.rules, Paper::Agenda),
    };
    let place = format!("meetings/{}/agenda.md", view.meeting.id);
    let view = names::as_asked(desk, options, json(&view));
    render::document(desk.folder, "agenda.md.j2", view, place)
}

fn beside(began: &Desk<'_>, meeting: &PanelMeeting<'_>) -> Vec<Beside> {
    let hears = |other: &PanelMeeting<'_>| {
        let cases = began.cases().iter().filter(|case| case.is_waiting());
        let cases = cases.filter(|case| {
            began
                .meeting_for(case)
                .is_some_and(|own| own.id == other.id)
        });
        cases.map(|case| case.reference().to_owned()).collect()
    };
    began
        .beside(meeting)
        .map(|other| Beside {
            day: other.day.into(),
            references: hears(other),
            command: format!("panel agenda {}", other.as_arguments()),
        })
        .collect()
}

fn moving_on(
    began: &Desk<'_>,
    meeting: &PanelMeeting<'_>,
    times: Option<&Timetable>,
    moved: &[(&Case<'_>, Option<Slot>)],
) -> Option<MovingOn> {
    let sitting = meeting.rules.sitting.as_ref()?;
    let times = times?;
    let (first, _) = moved.first()?;
    let is_urgent = |case: &Case<'_>| {
        let case = began.case(case.reference());
        case.is_some_and(|case| began.order_reason(case, meeting) <= OrderReason::EndsBeforeNext)
    };
    let named = Desk::own_order(meeting).iter().map(Text::to_string);
    let order = named
        .filter(|named| *named != first.reference())
        .chain([first.reference().to_owned()])
        .collect();
    Some(MovingOn {
        minutes: sitting.minutes,
        needed_minutes: times.needed_minutes,
        kept: times.kept.len(),
        to: began.next_after(meeting).map(|next| next.on.into()),
        file: format!("meetings/{}/meeting.yaml", folder_of(meeting)),
        order,
        is_urgent: moved.iter().any(|(case, _)| is_urgent(case)),
        rows: moved
            .iter()
            .map(|(case, _)| row(began, meeting, case, None, None))
            .collect(),
    })
}

fn asked_in_all<'c, 'a: 'c>(cases: impl Iterator<Item = &'c Case<'a>>) -> Option<AskedInAll> {
    let mut counted = BTreeSet::new();
    let mut weekly = Money::ZERO;
    let mut total = Money::ZERO;
    for case in cases.filter(|case| !case.costs.is_empty()) {
        let lead = case.costs_on.unwrap_or(case.reference());
        if counted.insert(lead) {
            weekly = weekly + super::common::weekly(case.costs);
            total = total + super::common::total(case.rules, case.costs);
        }
    }
    (!counted.is_empty()).then(|| AskedInAll {
        requests: counted.len(),
        weekly: weekly.to_string(),
        total: total.to_string(),
    })
}
