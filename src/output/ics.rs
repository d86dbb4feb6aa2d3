//! iCalendar: the same bytes each time, so that a calendar program sees only what changed.

use super::visible;
use crate::calendar::utc_of;
use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use icalendar::{Calendar, Component, Event, EventLike, EventStatus, Property};

/// When an entry is, London wall-clock time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum When {
    /// The whole of a day.
    Day(NaiveDate),
    /// From and to.
    Between(NaiveDateTime, NaiveDateTime),
    /// A moment.
    Moment(NaiveDateTime),
}

impl When {
    /// A last moment: the whole of its day where it is the day's last second, for nobody looks for
    /// what is due on a day at one second to midnight.
    pub(crate) fn due(at: NaiveDateTime) -> Self {
        let end = NaiveTime::from_hms_opt(23, 59, 59);
        if Some(at.time()) == end {
            Self::Day(at.date())
        } else {
            Self::Moment(at)
        }
    }
}

/// One entry of a calendar.
#[derive(Debug)]
pub(crate) struct Entry {
    /// Its lasting id within the council: the same while it is moved or called off.
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
    /// The last moment on record that bears on it, London wall-clock time; none where it stands as
    /// the rule file alone puts it. A later one tells a calendar program that this is the newer.
    pub(crate) changed_at: Option<NaiveDateTime>,
}

impl Entry {
    /// What people read of it.
    pub(crate) fn texts(&mut self) -> impl Iterator<Item = &mut String> {
        let texts = self.description.iter_mut().chain(&mut self.location);
        std::iter::once(&mut self.summary).chain(texts)
    }
}

/// The zone that local times are told in.
const ZONE: &str = "Europe/London";

/// Its rules, in force since 1996 without an end. The crate would put the moment of printing into
/// a component of its own for it, so it stands here as text.
const ZONE_RULES: &str = "\
BEGIN:VTIMEZONE\r
TZID:Europe/London\r
BEGIN:DAYLIGHT\r
DTSTART:19960331T010000\r
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r
TZNAME:BST\r
TZOFFSETFROM:+0000\r
TZOFFSETTO:+0100\r
END:DAYLIGHT\r
BEGIN:STANDARD\r
DTSTART:19961027T020000\r
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r
TZNAME:GMT\r
TZOFFSETFROM:+0100\r
TZOFFSETTO:+0000\r
END:STANDARD\r
END:VTIMEZONE\r
";

/// Entries as a calendar file. `council` and `name` say whose they are and what they are called.
pub(crate) fn calendar(council: &str, name: &str, entries: &[Entry]) -> String {
    let mut calendar = Calendar::empty();
    calendar
        .append_property(("VERSION", "2.0"))
        .append_property(("PRODID", "-//panel//panel//EN"))
        .append_property(("CALSCALE", "GREGORIAN"))
        .append_property(("X-WR-CALNAME", clean(name).as_str()))
        .append_property(("X-WR-TIMEZONE", ZONE));
    for entry in entries {
        calendar.push(event(council, entry));
    }
    let text = calendar.to_string();
    let body = ["BEGIN:VEVENT\r\n", "END:VCALENDAR\r\n"]
        .iter()
        .find_map(|line| text.find(line))
        .unwrap_or(text.len());
    let (head, body) = text.split_at(body);
    format!("{head}{ZONE_RULES}{body}")
}

fn event(council: &str, entry: &Entry) -> Event {
    let mut event = Event::new();
    let id = clean(&format!("{}@{council}.panel", entry.id)).replace(' ', "-");
    let changed_at = entry.changed_at.unwrap_or_else(beginning);
    // No file shall hold the time it was made at: the stamp is that of the last change on record.
    let stamp = format!("{}Z", utc_of(changed_at).format(LOCAL));
    event
        .uid(&id)
        .add_property("DTSTAMP", &stamp)
        .add_property("LAST-MODIFIED", &stamp)
        .add_property("SEQUENCE", revision(changed_at).to_string())
        .summary(&clean(&entry.summary));
    match entry.when {
        When::Day(day) => {
            let start = Property::new("DTSTART", day.format("%Y%m%d").to_string())
                .add_parameter("VALUE", "DATE")
                .done();
            event.append_property(start);
        }
        When::Between(from, to) => {
            event.append_property(local("DTSTART", from));
            event.append_property(local("DTEND", to));
        }
        When::Moment(at) => {
            event.append_property(local("DTSTART", at));
        }
    }
    if !matches!(entry.when, When::Between(..)) {
        // Nobody is busy because something is due.
        event.add_property("TRANSP", "TRANSPARENT");
    }
    if let Some(description) = &entry.description {
        event.description(&clean(description));
    }
    if let Some(location) = &entry.location {
        event.location(&clean(location));
    }
    if entry.is_cancelled {
        event.status(EventStatus::Cancelled);
    }
    event.done()
}

const LOCAL: &str = "%Y%m%dT%H%M%S";

fn local(key: &str, at: NaiveDateTime) -> Property {
    Property::new(key, at.format(LOCAL).to_string())
        .add_parameter("TZID", ZONE)
        .done()
}

/// The stamp of what nothing on record has changed.
fn beginning() -> NaiveDateTime {
    NaiveDate::from_ymd_opt(2000, 1, 1)
        .map(NaiveDateTime::from)
        .unwrap_or_default()
}

/// Calendar programs keep the entry with the highest revision, so it grows with the last change: in
/// whole minutes, which stay below what a program can count until the year 6000.
fn revision(changed_at: NaiveDateTime) -> i64 {
    (changed_at - beginning()).num_minutes().max(0)
}

/// Text for one line: what a screen would obey is taken out, and line breaks are spaces.
fn clean(text: &str) -> String {
    let shown = visible(text);
    let words: Vec<&str> = shown
        .split(|c: char| c.is_whitespace() || c == char::REPLACEMENT_CHARACTER)
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 26).expect("a day")
    }

    fn at(hour: u32, minute: u32, second: u32) -> NaiveDateTime {
        day().and_hms_opt(hour, minute, second).expect("a time")
    }

    fn entry(when: When) -> Entry {
        Entry {
            id: "2026-11-26".to_owned(),
            when,
            summary: "Panel\nATTENDEE:x, y; z\\".to_owned(),
            description: None,
            location: None,
            is_cancelled: false,
            changed_at: None,
        }
    }

    fn printed(entry: Entry) -> String {
        calendar("here", "Panel", &[entry])
    }

    #[test]
    fn an_entry_is_the_same_bytes_each_time_and_stays_on_its_lines() {
        let one = printed(entry(When::Day(day())));
        assert_eq!(one, printed(entry(When::Day(day()))));
        assert!(one.contains("UID:2026-11-26@here.panel\r\n"));
        assert!(one.contains("DTSTAMP:20000101T000000Z\r\n"));
        assert!(one.contains("SEQUENCE:0\r\n"));
        assert!(one.contains("DTSTART;VALUE=DATE:20261126\r\n"));
        assert!(one.contains("SUMMARY:Panel ATTENDEE:x\\, y\\; z\\\\\r\n"));
    }

    #[test]
    fn times_are_told_in_london_with_the_rules_of_the_zone() {
        let text = printed(entry(When::Between(at(14, 0, 0), at(17, 0, 0))));
        assert!(text.contains("DTSTART;TZID=Europe/London:20261126T140000\r\n"));
        assert!(text.contains("DTEND;TZID=Europe/London:20261126T170000\r\n"));
        let zone = text.find("BEGIN:VTIMEZONE").expect("the zone");
        assert!(zone < text.find("BEGIN:VEVENT").expect("the entry"));
        // A calendar with nothing in it has the zone too, and one end.
        let empty = calendar("here", "Panel", &[]);
        assert!(empty.ends_with("END:VTIMEZONE\r\nEND:VCALENDAR\r\n"));
    }

    #[test]
    fn what_is_due_by_the_end_of_a_day_takes_the_day_and_what_has_an_hour_keeps_it() {
        assert_eq!(When::due(at(23, 59, 59)), When::Day(day()));
        assert_eq!(When::due(at(23, 59, 0)), When::Moment(at(23, 59, 0)));
    }

    #[test]
    fn a_later_change_has_a_later_stamp_and_a_higher_revision() {
        let changed = |changed_at| {
            let entry = Entry {
                changed_at: Some(changed_at),
                is_cancelled: true,
                ..entry(When::Day(day()))
            };
            printed(entry)
        };
        let text = changed(at(10, 0, 0));
        assert!(text.contains("DTSTAMP:20261126T100000Z\r\n"));
        assert!(text.contains("LAST-MODIFIED:20261126T100000Z\r\n"));
        assert!(text.contains("STATUS:CANCELLED\r\n"));
        assert!(revision(at(10, 1, 0)) > revision(at(10, 0, 0)));
        assert!(revision(at(10, 0, 0)) > 0);
        assert!(revision(at(10, 0, 0)) < i64::from(i32::MAX));
    }

    #[test]
    fn nothing_that_a_screen_would_obey_is_left_in_it() {
        let text = printed(Entry {
            summary: "a\u{1b}[31mb\u{202e}c\r\n\td\u{7}".to_owned(),
            ..entry(When::Day(day()))
        });
        assert!(text.contains("SUMMARY:a [31mb c d\r\n"), "{text}");
    }
}
