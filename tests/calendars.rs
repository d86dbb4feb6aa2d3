//! The calendar files of `calendar`, `diary` and `deadlines`, read by a parser that did not write
//! them, with the zone's own rules worked out and held against the published ones.
#![allow(
    clippy::disallowed_methods,
    reason = "tests make and read folders of their own"
)]

mod support;

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, Offset, TimeDelta, TimeZone, Weekday};
use chrono_tz::Europe::London;
use ical::parser::Component;
use ical::parser::ical::component::{IcalCalendar, IcalEvent};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use support::{change, copy_of, project, run, status, stderr, stdout};

/// The text of a calendar, as long as its lines are what the format asks for.
fn text_of(folder: &Path, as_of: &str, args: &[&str]) -> String {
    let output = run(folder, as_of, &[args, &["--format", "ics"]].concat());
    assert_eq!(status(&output), 0, "{args:?}: {}", stderr(&output));
    let text = stdout(&output);
    assert!(text.ends_with("END:VCALENDAR\r\n"));
    assert!(!text.replace("\r\n", "").contains(['\r', '\n']));
    for line in output.stdout.split(|byte| *byte == b'\n') {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        assert!(line.len() <= 75, "{}", String::from_utf8_lossy(line));
        let whole = std::str::from_utf8(line).expect("no character is cut in two");
        assert!(!whole.chars().any(char::is_control), "{whole:?}");
    }
    let again = stdout(&run(folder, as_of, &[args, &["--format", "ics"]].concat()));
    assert_eq!(text, again);
    text
}

fn parsed(text: &str) -> IcalCalendar {
    let mut calendars = ical::IcalParser::new(text.as_bytes());
    let calendar = calendars.next().expect("a calendar").expect("it is sound");
    assert!(calendars.next().is_none(), "one calendar a file");
    calendar
}

/// An entry's property: its value with what was escaped put back, and its parameters.
fn property(event: &IcalEvent, name: &str) -> Option<(String, BTreeMap<String, String>)> {
    let found = event.get_property(name)?;
    let params = found.params.clone().unwrap_or_default();
    let params = params
        .into_iter()
        .map(|(key, values)| (key, values.join(",")))
        .collect();
    let mut value = String::new();
    let written = found.value.clone().unwrap_or_default();
    let mut letters = written.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => match letters.next().expect("something is escaped") {
                'n' => value.push('\n'),
                other => value.push(other),
            },
            ',' | ';' if matches!(name, "SUMMARY" | "DESCRIPTION" | "LOCATION") => {
                panic!("`{letter}` is not escaped in {written}")
            }
            other => value.push(other),
        }
    }
    Some((value, params))
}

fn value(event: &IcalEvent, name: &str) -> String {
    property(event, name).map_or_else(String::new, |(value, _)| value)
}

/// Entries by their ids, none of which comes twice.
fn entries(text: &str) -> BTreeMap<String, IcalEvent> {
    let calendar = parsed(text);
    assert_eq!(calendar.timezones.len(), 1);
    let count = calendar.events.len();
    let events: BTreeMap<String, IcalEvent> = calendar
        .events
        .into_iter()
        .map(|event| (value(&event, "UID"), event))
        .collect();
    assert_eq!(events.len(), count, "an id came twice");
    for event in events.values() {
        assert!(value(event, "DTSTAMP").ends_with('Z'));
        assert_eq!(value(event, "DTSTAMP"), value(event, "LAST-MODIFIED"));
        let revision: i64 = value(event, "SEQUENCE").parse().expect("a number");
        assert!((0..i64::from(i32::MAX)).contains(&revision));
        let (start, params) = property(event, "DTSTART").expect("a start");
        match params.get("TZID") {
            Some(zone) => assert_eq!(zone, "Europe/London"),
            None => {
                assert_eq!(params.get("VALUE").map(String::as_str), Some("DATE"));
                assert_eq!(start.len(), 8);
            }
        }
    }
    events
}

fn moment(event: &IcalEvent, name: &str) -> NaiveDateTime {
    let text = value(event, name);
    NaiveDateTime::parse_from_str(&text, "%Y%m%dT%H%M%S").expect("a local time")
}

/// The zone of a calendar file, read from its own rules.
struct Zone {
    /// Month, hour on the wall and seconds ahead of UTC afterwards, of each change in a year.
    changes: Vec<(u32, u32, i64)>,
}

impl Zone {
    fn of(calendar: &IcalCalendar) -> Self {
        let zone = &calendar.timezones[0];
        let changes = zone
            .transitions
            .iter()
            .map(|change| {
                let of = |name: &str| {
                    let found = change.properties.iter().find(|own| own.name == name);
                    found.and_then(|own| own.value.clone()).expect("a value")
                };
                let rule = of("RRULE");
                assert!(rule.starts_with("FREQ=YEARLY;") && rule.contains("BYDAY=-1SU"));
                let (_, month) = rule.split_once("BYMONTH=").expect("a month");
                let month = month.split(';').next().expect("a month");
                let hour = of("DTSTART")[9..11].parse().expect("an hour");
                let ahead: i64 = of("TZOFFSETTO")[1..3].parse().expect("hours");
                (month.parse().expect("a month"), hour, ahead * 3600)
            })
            .collect();
        Self { changes }
    }

    fn last_sunday(year: i32, month: u32) -> NaiveDate {
        let mut day = NaiveDate::from_ymd_opt(year, month, 31).expect("both months have 31 days");
        while day.weekday() != Weekday::Sun {
            day = day - Days::new(1);
        }
        day
    }

    /// The UTC of a local time that comes once.
    fn utc(&self, local: NaiveDateTime) -> NaiveDateTime {
        let year = local.date().year();
        let mut passed: Vec<(NaiveDateTime, i64)> = [year - 1, year]
            .into_iter()
            .flat_map(|year| {
                self.changes.iter().map(move |(month, hour, ahead)| {
                    let day = Self::last_sunday(year, *month);
                    (day.and_hms_opt(*hour, 0, 0).expect("a time"), *ahead)
                })
            })
            .filter(|(change, _)| *change <= local)
            .collect();
        passed.sort_unstable();
        let (_, ahead) = passed.last().expect("a change came before");
        local - TimeDelta::seconds(*ahead)
    }
}

const EXAMPLES: [(&str, &str); 5] = [
    ("bexley", "2026-12-01T09:00"),
    ("bcp", "2026-11-27T16:00"),
    ("nelc", "2026-11-26T09:00"),
    ("care-planning", "2026-12-01T09:00"),
    ("west-berkshire", "2026-12-01T09:00"),
];

#[test]
fn every_calendar_of_the_examples_is_read_by_another_parser_and_names_no_child() {
    for (example, as_of) in EXAMPLES {
        let folder = project().join("examples").join(example);
        let output = run(&folder, as_of, &["diary", "--format", "json"]);
        let diary: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("JSON");
        let mut names = BTreeSet::new();
        let mut count = 0;
        for group in diary["groups"].as_array().expect("groups") {
            for entry in group["entries"].as_array().expect("entries") {
                names.insert(entry["child"].as_str().expect("text").to_owned());
                count += 1;
            }
        }
        let text = text_of(&folder, as_of, &["diary"]);
        let events = entries(&text);
        assert_eq!(events.len(), count, "{example}");
        let deadlines = text_of(&folder, as_of, &["deadlines"]);
        // One duty is one entry, whichever list it came from.
        for (id, event) in entries(&deadlines) {
            let same = events.get(&id).unwrap_or_else(|| panic!("{example}: {id}"));
            for name in ["SUMMARY", "DESCRIPTION", "DTSTART", "SEQUENCE"] {
                assert_eq!(value(&event, name), value(same, name), "{id}");
            }
        }
        let args = ["calendar", "--from", "2026-10-01", "--to", "2027-10-01"];
        let calendar = text_of(&folder, as_of, &args);
        assert!(entries(&calendar).len() > 40);
        for text in [&text, &deadlines, &calendar] {
            for event in parsed(text).events {
                let said = value(&event, "SUMMARY") + &value(&event, "DESCRIPTION");
                let words: BTreeSet<&str> = said.split(|c: char| !c.is_alphanumeric()).collect();
                for name in names.iter().filter(|name| !name.is_empty()) {
                    let first = name.split(' ').next().expect("a name");
                    assert!(!words.contains(first), "{example}: {first} in {said}");
                }
            }
        }
    }
}

#[test]
fn a_meeting_at_two_is_at_two_on_both_sides_of_a_clock_change() {
    let folder = project().join("examples/bexley");
    let args = ["calendar", "--from", "2026-10-01", "--to", "2027-11-30"];
    let text = text_of(&folder, "2026-12-01T09:00", &args);
    let zone = Zone::of(&parsed(&text));
    let events = entries(&text);
    for (day, utc) in [
        ("2026-10-22", 13),
        ("2026-10-29", 14),
        ("2027-03-25", 14),
        ("2027-04-01", 13),
        ("2027-10-28", 13),
        ("2027-11-04", 14),
    ] {
        let event = &events[&format!("{day}@bexley.panel")];
        let date: NaiveDate = day.parse().expect("a day");
        let at = |hour| date.and_hms_opt(hour, 0, 0).expect("a time");
        assert_eq!(moment(event, "DTSTART"), at(14), "{day}");
        assert_eq!(moment(event, "DTEND"), at(17), "{day}");
        assert_eq!(zone.utc(at(14)), at(utc), "{day}");
    }
    // The rules in the file are those that are published, over ten years of days.
    let first = NaiveDate::from_ymd_opt(2020, 1, 1).expect("a day");
    for date in first.iter_days().take(3_653) {
        for hour in [0, 3, 14, 23] {
            let local = date.and_hms_opt(hour, 0, 0).expect("a time");
            let published = London.from_local_datetime(&local).single().expect("once");
            let ahead = i64::from(published.offset().fix().local_minus_utc());
            let expected = local - TimeDelta::seconds(ahead);
            assert_eq!(zone.utc(local), expected, "{local}");
        }
    }
}

#[test]
fn a_deadline_in_hours_keeps_its_hour_over_a_clock_change() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().expect("inside")).expect("a temporary folder");
        std::fs::write(path, text).expect("a temporary file");
    };
    write("panel.toml", "council = \"care-planning\"\n");
    // Moved to the Friday before the clocks go back, on 25 October 2026.
    write(
        "meetings/2026-10-21/meeting.yaml",
        "date: 2026-10-21\nmoved: {to: 2026-10-23T09:30, told: 2026-10-19T12:00}\n",
    );
    let args = ["deadlines", "--date", "2026-10-21"];
    let events = entries(&text_of(folder.path(), "2026-10-20T09:00", &args));
    let start = |id: &str| {
        moment(
            &events[&format!("deadline-2026-10-21-{id}@care-planning.panel")],
            "DTSTART",
        )
        .to_string()
    };
    assert_eq!(start("draft-record"), "2026-10-25 13:00:00");
    assert_eq!(start("final-record"), "2026-10-27 13:00:00");
}

#[test]
fn a_moved_or_cancelled_meeting_keeps_its_id_and_is_the_newer_entry() {
    let folder = copy_of("examples/bexley");
    let file = folder.path().join("meetings/2026-12-17/meeting.yaml");
    std::fs::create_dir_all(file.parent().expect("a folder")).expect("a temporary folder");
    let args = ["calendar", "--from", "2026-12-10", "--to", "2026-12-24"];
    let told = |record: &str| {
        std::fs::write(&file, record).expect("a temporary file");
        let mut events = entries(&text_of(folder.path(), "2026-12-01T09:00", &args));
        let event = events
            .remove("2026-12-17@bexley.panel")
            .expect("it keeps its id");
        let revision: i64 = value(&event, "SEQUENCE").parse().expect("a number");
        (revision, value(&event, "DTSTART"), value(&event, "STATUS"))
    };
    let by = "agreed_by: {name: M. Osei, role: deputy-director}";
    let planned = told("date: 2026-12-17\n");
    let moved = told(&format!(
        "date: 2026-12-17\nmoved: {{to: 2026-12-18T10:00, told: 2026-11-30T10:00, {by}}}\n"
    ));
    let again = told(&format!(
        "date: 2026-12-17\nmoved: {{to: 2026-12-16T11:00, told: 2026-11-30T12:00, {by}}}\n"
    ));
    let off = told(&format!(
        "date: 2026-12-17\ncancelled: {{told: 2026-12-01T08:00, reason: Snow, {by}}}\n"
    ));
    assert_eq!((planned.0, planned.1.as_str()), (0, "20261217T140000"));
    assert_eq!(moved.1, "20261218T100000");
    assert_eq!(again.1, "20261216T110000");
    assert_eq!([planned.2, moved.2, again.2], ["", "", ""]);
    assert_eq!(off.2, "CANCELLED");
    assert!(planned.0 < moved.0 && moved.0 < again.0 && again.0 < off.0);
    // What the office owed for it is called off with it.
    let deadlines = ["deadlines", "--date", "2026-12-17"];
    let duties = entries(&text_of(folder.path(), "2026-12-01T09:00", &deadlines));
    assert!(!duties.is_empty());
    let states: BTreeSet<String> = duties.values().map(|own| value(own, "STATUS")).collect();
    assert_eq!(states, BTreeSet::from(["CANCELLED".to_owned()]));
}

/// Two panels that meet at one hour, with names that a calendar has to escape, fold and clean.
const COUNCIL: &str = r#"
[council]
name = "Borough of Wendham"
panel = "Panels; of, Wendham \\ North"
clause = "1"

[[panel]]
id = "placements"
label = "Płacements, Panel; für Kinder – ένα πάνελ για τα παιδιά, 子どもたちのための委員会の会議、その一"
clause = "1.1"

[[panel]]
id = "complex"
label = "Complex Panel"
clause = "1.2"

[meetings]
every = "week"
on = "tuesday"
start = 14:00:00
venue = "Room 1,\nTown \u001bHall;\r\n\tfirst floor"
clause = "2"

[[cut_off]]
days_before = 4
clause = "3"

[[chair]]
role = "head-of-service"
clause = "4"

[[outcome]]
id = "approve"
label = "Approved"
clause = "5"
"#;

#[test]
fn two_panels_of_one_day_have_two_ids_and_their_texts_arrive_as_written() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(folder.path().join("council.toml"), COUNCIL).expect("a temporary file");
    let panel = folder.path().join("panel.toml");
    std::fs::write(panel, "council = \"./council.toml\"\n").expect("a temporary file");
    let args = ["calendar", "--from", "2026-12-01", "--to", "2026-12-07"];
    let text = text_of(folder.path(), "2026-12-01T09:00", &args);
    let calendar = parsed(&text);
    let name = calendar.get_property("X-WR-CALNAME").expect("a name");
    let written = "Panels\\; of\\, Wendham \\\\ North";
    assert_eq!(name.value.as_deref(), Some(written));
    let events = entries(&text);
    let sittings: Vec<&IcalEvent> = events
        .values()
        .filter(|event| property(event, "DTEND").is_some())
        .collect();
    assert_eq!((events.len(), sittings.len()), (4, 2));
    let summaries: BTreeSet<String> = sittings.iter().map(|own| value(own, "SUMMARY")).collect();
    let long = "Płacements, Panel; für Kinder – ένα πάνελ για τα παιδιά, 子どもたちのための委員会の会議、その一";
    assert!(summaries.contains(long), "{summaries:?}");
    for event in sittings {
        assert_eq!(value(event, "LOCATION"), "Room 1, Town Hall; first floor");
    }
}

#[test]
fn a_childs_own_name_in_an_action_or_as_its_owner_stays_in_the_folder() {
    let folder = copy_of("examples/bexley");
    let path = "meetings/2026-11-26/decisions/R-2026-0118.yaml";
    let file = folder.path().join(path);
    let text = std::fs::read_to_string(&file).expect("a decision of the example");
    let line = text
        .lines()
        .find(|line| line.contains("young carers' assessment"))
        .expect("its action")
        .to_owned();
    let own = line.replace("C. Doyle", "Ellis F.");
    assert_ne!(own, line);
    change(&file, &line, &own);
    let text = text_of(folder.path(), "2026-12-01T09:00", &["diary"]);
    assert!(text.contains("SUMMARY:Action: R-2026-0118\r\n"));
    assert!(
        !text.contains("Ellis") && !text.contains("carers"),
        "{text}"
    );
}
