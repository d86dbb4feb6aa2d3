//! Meetings that were moved to a day on which they cannot be held by themselves, or cannot be at all.

use super::super::super::prelude::*;
use crate::desk::PanelMeeting;
use crate::folder::File;
use crate::records::Meeting;

/// Tells a move onto a day that has a meeting of the same panel, to where the meeting was, or to
/// before anybody could know of it.
pub(super) fn check(
    desk: &Desk<'_>,
    meeting: &PanelMeeting<'_>,
    file: &File<Meeting>,
    found: &mut Findings,
) {
    let Some(moved) = &file.record.moved else {
        return;
    };
    let Some(to) = moved.to.filter(|_| !meeting.is_cancelled) else {
        return;
    };
    let mut tell = |message: String, help: String| {
        let _ = found
            .at(Desk::place(file, "moved.to"), message)
            .because(&meeting.rules.meetings.basis)
            .help(help)
            .of_meeting(&meeting.id)
            .weighing(Severity::Warning);
    };
    let (from, on) = (meeting.day.with_weekday(), meeting.on.with_weekday());
    let planned = meeting
        .day
        .date()
        .and_time(meeting.rules.meetings.schedule.start);
    if meeting.starts_at == planned {
        tell(
            format!("the meeting of {from} is moved to when it was to be held anyhow"),
            "write the day and the hour to which it is moved, like `to: 2026-11-27T14:00`; if it is not moved, take `moved` out".to_owned(),
        );
        return;
    }
    if meeting.on < meeting.day {
        let told = moved.told.filter(|told| told.day() > to.day());
        let event = match (told, meeting.cut_off) {
            (Some(told), _) => Some(format!(
                "its members were told of it ({})",
                told.with_weekday()
            )),
            (None, Some(cut_off)) if cut_off > meeting.starts_at => Some(format!(
                "the last moment to send requests for it ({})",
                moment_in_words(cut_off)
            )),
            (None, _) => None,
        };
        if let Some(event) = event {
            tell(
                format!("the meeting of {from} is moved to {on}, before {event}"),
                "put the day under `moved` right: `to` is when it is held, and `told` when its members heard of it".to_owned(),
            );
        }
    }
    if let Some(other) = desk.beside(meeting).next() {
        let which = match other.day == other.on {
            true => "one".to_owned(),
            false => format!("that of {}", other.day.with_weekday()),
        };
        tell(
            format!(
                "the meeting of {from} is moved to {on}, on which the panel has {which} already: each has an agenda of its own"
            ),
            format!(
                "ask the chair. If one meeting is to hear them all, write `cancelled` here instead of `moved`: what was to be heard goes to the next one. If they are two, print both: `panel agenda {}` and `panel agenda {}`; if the day is a slip, put it right",
                meeting.as_arguments(),
                other.as_arguments()
            ),
        );
    }
}
