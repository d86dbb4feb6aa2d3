//! The panel's meetings with their cut-offs and venues.

use super::common::{DayView, MeetingHead, json, meeting_head, record_of};
use super::{Document, Options, names, render};
use crate::desk::{Desk, PanelMeeting};
use serde::Serialize;

/// What the calendar's template is given.
#[derive(Debug, Clone, Serialize)]
struct CalendarView {
    /// Whose panel.
    council: String,
    /// The panel.
    panel: String,
    /// When it meets, in words.
    pattern: String,
    /// When referrals have to be in, in words.
    cut_off: Option<String>,
    /// The panels, where there are several.
    panels: Vec<PanelRow>,
    /// The meetings.
    meetings: Vec<CalendarRow>,
    /// The day to which bank holidays are known, where a meeting lies past it.
    verified_to: Option<DayView>,
    /// Whether nothing is known of bank holidays in the whole stretch.
    is_unverified: bool,
}

/// One of several panels.
#[derive(Debug, Clone, Serialize)]
struct PanelRow {
    /// What it is called.
    panel: String,
    /// When it meets, in words.
    pattern: String,
    /// When referrals have to be in, in words.
    cut_off: Option<String>,
}

/// One meeting.
#[derive(Debug, Clone, Serialize)]
struct CalendarRow {
    /// The meeting.
    #[serde(flatten)]
    meeting: MeetingHead,
    /// The last moment for referrals, `2026-11-23T23:59:59`.
    cut_off_at: Option<String>,
    /// Moved, cancelled, extra.
    notes: Vec<String>,
}

/// The panel's meetings with their cut-offs and venues.
pub(crate) fn calendar(
    desk: &Desk<'_>,
    meetings: &[&PanelMeeting<'_>],
    options: Options,
) -> Document {
    let council = desk.council;
    let known_to = council.holidays.verified_to();
    let last = meetings.iter().map(|meeting| meeting.on).max();
    let is_past = last.is_some_and(|last| !council.holidays.is_verified(last));
    let view = CalendarView {
        council: council.about.name.clone(),
        panel: if desk.book.panels.len() > 1 {
            council.about.panel.clone()
        } else {
            council.panel_in_full(council.first_panel())
        },
        pattern: council.meetings.in_words.clone(),
        cut_off: council.cut_off.as_ref().map(|rule| rule.in_words.clone()),
        panels: panels(desk),
        meetings: meetings
            .iter()
            .map(|meeting| CalendarRow {
                meeting: meeting_head(meeting),
                cut_off_at: meeting
                    .cut_off
                    .map(|at| at.format("%Y-%m-%dT%H:%M:%S").to_string()),
                notes: notes(meeting),
            })
            .collect(),
        verified_to: known_to.filter(|_| is_past).map(DayView::from),
        is_unverified: is_past && known_to.is_none(),
    };
    let view = names::as_asked(desk, options, json(&view));
    render::document(
        desk.folder,
        "calendar.md.j2",
        view,
        "calendar.md".to_owned(),
    )
}

fn panels(desk: &Desk<'_>) -> Vec<PanelRow> {
    let sitting: Vec<_> = desk
        .book
        .panels
        .iter()
        .filter(|panel| panel.part_of.is_none())
        .collect();
    if sitting.len() < 2 {
        return Vec::new();
    }
    sitting
        .into_iter()
        .map(|panel| {
            let rules = desk.book.at(Some(&panel.id), desk.today());
            PanelRow {
                panel: panel.label.clone(),
                pattern: rules.meetings.in_words.clone(),
                cut_off: rules.cut_off.as_ref().map(|rule| rule.in_words.clone()),
            }
        })
        .collect()
}

fn notes(meeting: &PanelMeeting<'_>) -> Vec<String> {
    let council = meeting.rules;
    let record = record_of(meeting);
    let mut notes = Vec::new();
    let planned = council
        .meetings
        .schedule
        .meetings(meeting.day, meeting.day, &council.holidays);
    if let Some(planned) = planned
        .first()
        .filter(|planned| planned.planned != meeting.day)
    {
        let name = council
            .holidays
            .name(planned.planned)
            .unwrap_or("a bank holiday");
        notes.push(format!(
            "moved from {}: {name}",
            planned.planned.with_weekday()
        ));
    }
    if meeting.on != meeting.day {
        notes.push(format!(
            "moved by the chair from {}",
            meeting.day.with_weekday()
        ));
    }
    if meeting.is_cancelled {
        let reason = record
            .and_then(|record| record.cancelled.as_ref())
            .and_then(|cancelled| super::common::said(cancelled.reason.as_ref()));
        notes.push(reason.map_or_else(
            || "cancelled".to_owned(),
            |reason| format!("cancelled: {reason}"),
        ));
    }
    if record.is_some_and(|record| record.extra) {
        notes.push("extra meeting".to_owned());
    } else if !meeting.is_expected {
        notes.push("not in the calendar".to_owned());
    }
    notes
        .first_mut()
        .into_iter()
        .for_each(|note| *note = super::common::capitalised(note));
    notes
}
