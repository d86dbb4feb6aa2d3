//! iCalendar: the same bytes each time, so that a calendar program sees only what changed.

use super::{clauses, visible, visible_lines};
use crate::calendar::utc_of;
use crate::council::Council;
use crate::desk::{DiaryEntry, PanelMeeting};
use crate::records::moment_in_words;
use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use icalendar::{Calendar, Component, Event, EventLike, EventStatus, Property};

/// How long a sitting takes where the council does not say.
const MINUTES: u32 = 90;

/// Meetings, and each cut-off as an event of its own.
pub(crate) fn meetings(meetings: &[&PanelMeeting<'_>], council: &Council) -> String {
    let mut calendar = begun(council);
    let panel = visible(&council.about.panel);
    let minutes = council
        .sitting
        .as_ref()
        .map_or(MINUTES, |sitting| sitting.minutes);
    for meeting in meetings {
        let starts_at = utc(meeting.starts_at);
        let ends_at = starts_at
            .checked_add_signed(TimeDelta::minutes(i64::from(minutes)))
            .unwrap_or(starts_at);
        let mut event = begin(&meeting.id, council, starts_at);
        event
            .summary(&panel)
            .add_property("DTSTART", stamp(starts_at))
            .add_property("DTEND", stamp(ends_at));
        if let Some(venue) = &council.meetings.venue {
            event.location(&visible(venue));
        }
        if let Some(basis) = clauses(&council.meetings.basis.clauses) {
            event.description(&visible(&basis));
        }
        if meeting.is_cancelled {
            event.status(EventStatus::Cancelled);
        }
        calendar.push(event.done());
        if let Some(cut_off) = meeting.cut_off {
            calendar.push(cut_off_of(meeting, cut_off, council));
        }
    }
    calendar.to_string()
}

fn cut_off_of(meeting: &PanelMeeting<'_>, cut_off: NaiveDateTime, council: &Council) -> Event {
    let at = utc(cut_off);
    let id = format!("{}-cut-off", meeting.id);
    let mut event = begin(&id, council, at);
    event
        .summary(&format!(
            "Cut-off for {}, {}",
            visible(&council.about.panel),
            meeting.on.with_weekday()
        ))
        .add_property("DTSTART", stamp(at))
        .add_property("TRANSP", "TRANSPARENT");
    let post = council
        .about
        .send_to
        .as_ref()
        .map(|to| format!(" Referrals go to {to}."));
    event.description(&visible(&format!(
        "Referrals are in by {}.{}",
        moment_in_words(cut_off),
        post.unwrap_or_default()
    )));
    if meeting.is_cancelled {
        event.status(EventStatus::Cancelled);
    }
    event.done()
}

/// What is owed, a whole day each, without the child's name: calendars are seen on many screens.
pub(crate) fn diary(entries: &[DiaryEntry<'_>], council: &Council) -> String {
    let mut calendar = begun(council);
    for entry in entries {
        let day = entry.due_on;
        let mut event = begin(&entry.id, council, utc(day.start()));
        event
            .summary(&visible(&format!(
                "{}: {}",
                entry.kind.label(),
                entry.reference
            )))
            .append_property(
                Property::new("DTSTART", day.date().format("%Y%m%d").to_string())
                    .add_parameter("VALUE", "DATE")
                    .done(),
            )
            .add_property("TRANSP", "TRANSPARENT")
            .description(&visible_lines(&match entry.owner {
                Some(owner) => format!("{}\n{owner}", entry.what),
                None => entry.what.clone(),
            }));
        calendar.push(event.done());
    }
    calendar.to_string()
}

fn begun(council: &Council) -> Calendar {
    let mut calendar = Calendar::empty();
    calendar
        .append_property(("VERSION", "2.0"))
        .append_property(("PRODID", "-//panel//panel//EN"))
        .append_property(("CALSCALE", "GREGORIAN"))
        .append_property(("X-WR-CALNAME", visible(&council.about.panel).as_str()));
    calendar
}

/// An event with its lasting id; its time stamp is its own time, for no file shall hold the
/// time it was made at.
fn begin(id: &str, council: &Council, at: DateTime<Utc>) -> Event {
    let mut event = Event::new();
    let id = format!("{id}@{}.panel", council.id);
    event.uid(&visible(&id).replace(' ', "-")).timestamp(at);
    event
}

fn utc(london: NaiveDateTime) -> DateTime<Utc> {
    utc_of(london).and_utc()
}

fn stamp(at: DateTime<Utc>) -> String {
    at.format("%Y%m%dT%H%M%SZ").to_string()
}
