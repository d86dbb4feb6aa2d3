//! iCalendar: the same bytes each time, so that a calendar program sees only what changed.

use super::visible;
use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use icalendar::{Calendar, Component, Event, EventLike, EventStatus, Property};

/// When an entry is.
#[derive(Debug, Clone, Copy)]
pub(crate) enum When {
    /// The whole of a day.
    Day(NaiveDate),
    /// From and to, in UTC.
    Between(NaiveDateTime, NaiveDateTime),
    /// A moment, in UTC.
    Moment(NaiveDateTime),
}

/// One entry of a calendar.
#[derive(Debug)]
pub(crate) struct Entry {
    /// Its lasting id within the council.
    pub(crate) id: String,
    /// When.
    pub(crate) when: When,
    /// What it is, in a line.
    pub(crate) summary: String,
    /// What there is to add.
    pub(crate) description: Option<String>,
    /// Where.
    pub(crate) location: Option<String>,
    /// Whether it was called off.
    pub(crate) is_cancelled: bool,
}

/// Entries as a calendar file. `council` and `panel` say whose they are.
pub(crate) fn calendar(council: &str, panel: &str, entries: &[Entry]) -> String {
    let mut calendar = Calendar::empty();
    calendar
        .append_property(("VERSION", "2.0"))
        .append_property(("PRODID", "-//panel//panel//EN"))
        .append_property(("CALSCALE", "GREGORIAN"))
        .append_property(("X-WR-CALNAME", visible(panel).as_str()));
    for entry in entries {
        calendar.push(event(council, entry));
    }
    calendar.to_string()
}

fn event(council: &str, entry: &Entry) -> Event {
    let mut event = Event::new();
    let id = visible(&format!("{}@{council}.panel", entry.id)).replace(' ', "-");
    let at = match entry.when {
        When::Day(day) => day.and_time(chrono::NaiveTime::MIN),
        When::Between(from, _) => from,
        When::Moment(at) => at,
    };
    // The stamp is the entry's own time, for no file shall hold the time it was made at.
    event
        .uid(&id)
        .timestamp(at.and_utc())
        .summary(&visible(&entry.summary));
    match entry.when {
        When::Day(day) => {
            let start = Property::new("DTSTART", day.format("%Y%m%d").to_string())
                .add_parameter("VALUE", "DATE")
                .done();
            event.append_property(start);
        }
        When::Between(from, to) => {
            event.add_property("DTSTART", stamp(from.and_utc()));
            event.add_property("DTEND", stamp(to.and_utc()));
        }
        When::Moment(at) => {
            event.add_property("DTSTART", stamp(at.and_utc()));
        }
    }
    if !matches!(entry.when, When::Between(..)) {
        // Nobody is busy because something is due.
        event.add_property("TRANSP", "TRANSPARENT");
    }
    if let Some(description) = &entry.description {
        event.description(&visible(description));
    }
    if let Some(location) = &entry.location {
        event.location(&visible(location));
    }
    if entry.is_cancelled {
        event.status(EventStatus::Cancelled);
    }
    event.done()
}

fn stamp(at: DateTime<Utc>) -> String {
    at.format("%Y%m%dT%H%M%SZ").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_the_same_bytes_each_time_and_stays_on_its_lines() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 26).expect("a day");
        let entry = Entry {
            id: "2026-11-26".to_owned(),
            when: When::Day(day),
            summary: "Panel\nATTENDEE:x, y; z".to_owned(),
            description: None,
            location: None,
            is_cancelled: false,
        };
        let one = calendar("here", "Panel", std::slice::from_ref(&entry));
        assert_eq!(one, calendar("here", "Panel", &[entry]));
        assert!(one.contains("UID:2026-11-26@here.panel\r\n"));
        assert!(one.contains("DTSTAMP:20261126T000000Z\r\n"));
        assert!(one.contains("DTSTART;VALUE=DATE:20261126\r\n"));
        assert!(one.contains("SUMMARY:Panel ATTENDEE:x\\, y\\; z\r\n"));
    }
}
