//! A meeting's agenda, as it stands or stood when the meeting began.

use super::case_item::{CaseItem, item};
use super::common::{DayView, MeetingHead, PersonView, json, meeting_head};
use super::lists::{self, ExpectedGroup, ForwardRow, NewlyView, NotReadyView, Numbers};
use super::members::{self, MemberRow};
use super::running::{RunningRow, row, running_order, times};
use super::{Document, DocumentError, Options, names, render};
use crate::desk::{Case, Desk, PanelMeeting, Slot};
use crate::records::{Money, clock};
use crate::rules;
use serde::Serialize;
use std::collections::BTreeSet;

/// What the agenda's template is given.
#[derive(Debug, Clone, Serialize)]
struct AgendaView {
    /// The meeting.
    meeting: MeetingHead,
    /// Who chairs.
    chair: Option<PersonView>,
    /// Who sits, in the rule file's order.
    members: Vec<MemberRow>,
    /// The opening, where the council gives it minutes: "14:00 to 14:10".
    opening: Option<String>,
    /// Whether members declare involvement here.
    declarations_asked: bool,
    /// Members whom requests name, case by case.
    interests: Vec<InterestRow>,
    /// What is heard.
    running: Vec<RunningRow>,
    /// What the sitting cannot hold.
    moving_on: Option<MovingOn>,
    /// What the requests heard ask for.
    money: Option<AskedInAll>,
    /// Children newly in care.
    newly: Option<NewlyView>,
    /// What comes back.
    brought_forward: Vec<ForwardRow>,
    /// What was expected and has not come.
    expected: Vec<ExpectedGroup>,
    /// What is not ready.
    not_ready: Vec<NotReadyView>,
    /// The cases, in their order.
    cases: Vec<CaseItem>,
    /// Whether each request is printed in full.
    is_pack: bool,
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
    /// The meeting it moves to.
    to: Option<DayView>,
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
) -> Result<Document, DocumentError> {
    let began = desk.as_meeting_began(meeting);
    let judged = rules::judge(&began);
    let order = running_order(&began, &judged, meeting);
    let slots = times(&began, meeting, &order);
    let placed: Vec<(&Case<'_>, Option<Slot>)> = match slots {
        Some(slots) => order.into_iter().zip(slots).collect(),
        None => order.into_iter().map(|case| (case, None)).collect(),
    };
    let is_timed = began.council.sitting.is_some();
    let (heard, moved): (Vec<_>, Vec<_>) = placed
        .into_iter()
        .partition(|(_, slot)| slot.is_some() || !is_timed);
    let numbers: Numbers = (1..)
        .zip(&heard)
        .map(|(number, (case, _))| (case.reference().to_owned(), number))
        .collect();
    let members = members::posts(&began, meeting);
    let known: Vec<String> = members.iter().filter_map(|row| row.name.clone()).collect();
    let cases: Vec<CaseItem> = (1..)
        .zip(&heard)
        .map(|(number, (case, slot))| item(&began, meeting, case, (number, *slot), &known, pack))
        .collect();
    let view = AgendaView {
        meeting: meeting_head(&began, meeting),
        chair: members::chair(&began, meeting),
        members,
        opening: began.council.sitting.as_ref().map(|sitting| {
            let length = chrono::TimeDelta::minutes(i64::from(sitting.opening_minutes));
            let end = meeting.starts_at + length;
            format!(
                "{} to {}",
                clock(meeting.starts_at.time()),
                clock(end.time())
            )
        }),
        declarations_asked: began.council.declarations.is_some(),
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
        running: (1..)
            .zip(&heard)
            .map(|(number, (case, slot))| row(&began, meeting, case, Some(number), *slot))
            .collect(),
        moving_on: moving_on(&began, meeting, &moved),
        money: asked_in_all(&began, heard.iter().map(|(case, _)| *case)),
        newly: lists::newly(&began, &judged, meeting, &numbers),
        brought_forward: lists::brought_forward(&began, &judged, meeting, &numbers),
        expected: lists::expected(&began, meeting),
        not_ready: lists::not_ready(&began, &judged, meeting),
        cases,
        is_pack: pack,
    };
    let place = format!("meetings/{}/agenda.md", view.meeting.id);
    let view = names::as_asked(desk, options, json(&view));
    render::document(desk.folder, "agenda.md.j2", view, place)
}

fn moving_on(
    began: &Desk<'_>,
    meeting: &PanelMeeting<'_>,
    moved: &[(&Case<'_>, Option<Slot>)],
) -> Option<MovingOn> {
    let sitting = began.council.sitting.as_ref()?;
    (!moved.is_empty()).then(|| MovingOn {
        minutes: sitting.minutes,
        to: began.next_after(meeting).map(|next| next.on.into()),
        rows: moved
            .iter()
            .map(|(case, _)| row(began, meeting, case, None, None))
            .collect(),
    })
}

fn asked_in_all<'c, 'a: 'c>(
    began: &Desk<'_>,
    cases: impl Iterator<Item = &'c Case<'a>>,
) -> Option<AskedInAll> {
    let mut counted = BTreeSet::new();
    let mut weekly = Money::ZERO;
    let mut total = Money::ZERO;
    for case in cases.filter(|case| !case.costs.is_empty()) {
        let own = case.referral();
        let lead = match (&own.part_of, own.costs.is_empty()) {
            (Some(lead), true) => lead.as_str(),
            _ => case.reference(),
        };
        if counted.insert(lead) {
            weekly = weekly + super::common::weekly(case.costs);
            total = total + super::common::total(began.council, case.costs);
        }
    }
    (!counted.is_empty()).then(|| AskedInAll {
        requests: counted.len(),
        weekly: weekly.to_string(),
        total: total.to_string(),
    })
}
