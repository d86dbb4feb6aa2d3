//! Ten years of the five councils' meetings, cut-offs and deadlines, against a second reading of
//! their policies that shares nothing with the program: the figures are typed in here from the
//! policies' own words, and every day is found by walking from one to the next.
#![allow(
    clippy::disallowed_methods,
    reason = "tests make and read folders of their own"
)]

mod support;

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Weekday};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;
use support::{on_every_core, project, run, status, stderr, stdout};

/// The days that the list of bank holidays names, read line by line.
fn closed() -> BTreeSet<NaiveDate> {
    let path = project().join("councils/bank-holidays-england-and-wales.toml");
    let text = std::fs::read_to_string(path).expect("the list");
    let days: BTreeSet<NaiveDate> = text
        .lines()
        .filter_map(|line| line.get(..10)?.parse().ok())
        .collect();
    assert!(days.len() > 130, "the list was not read");
    days
}

/// Days found by walking.
struct Walk {
    closed: BTreeSet<NaiveDate>,
}

impl Walk {
    fn is_open(&self, day: NaiveDate) -> bool {
        let is_weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        !is_weekend && !self.closed.contains(&day)
    }

    fn next_open(&self, mut day: NaiveDate) -> NaiveDate {
        while !self.is_open(day) {
            day = day.succ_opt().expect("a day after");
        }
        day
    }

    fn last_open(&self, mut day: NaiveDate) -> NaiveDate {
        while !self.is_open(day) {
            day = day.pred_opt().expect("a day before");
        }
        day
    }

    /// So many working days before a day, which is day 0.
    fn before(&self, mut day: NaiveDate, count: u32) -> NaiveDate {
        for _ in 0..count {
            day = self.last_open(day.pred_opt().expect("a day before"));
        }
        day
    }

    fn after(&self, mut day: NaiveDate, count: u32) -> NaiveDate {
        for _ in 0..count {
            day = self.next_open(day.succ_opt().expect("a day after"));
        }
        day
    }

    /// The last such weekday strictly before a day.
    fn weekday_before(day: NaiveDate, weekday: Weekday) -> NaiveDate {
        let mut day = day.pred_opt().expect("a day before");
        while day.weekday() != weekday {
            day = day.pred_opt().expect("a day before");
        }
        day
    }

    fn weekday_after(day: NaiveDate, weekday: Weekday) -> NaiveDate {
        let mut day = day.succ_opt().expect("a day after");
        while day.weekday() != weekday {
            day = day.succ_opt().expect("a day after");
        }
        day
    }
}

fn at(day: NaiveDate, hour: u32, minute: u32) -> NaiveDateTime {
    day.and_hms_opt(hour, minute, 0).expect("a time")
}

fn end_of(day: NaiveDate) -> NaiveDateTime {
    day.and_hms_opt(23, 59, 59).expect("a time")
}

/// A meeting as the second reading has it.
#[derive(Debug, Clone)]
struct Meeting {
    /// The day that the calendar gives it: its folder.
    id: NaiveDate,
    cut_off: NaiveDateTime,
    /// Where the chair moved it, the day that it is held.
    held: NaiveDate,
    starts: NaiveDateTime,
    moved: Option<String>,
    is_cancelled: bool,
}

/// When the duties of a meeting were met.
#[derive(Debug, Clone, Default)]
struct Met {
    done: BTreeMap<&'static str, NaiveDateTime>,
    uploaded: Option<NaiveDateTime>,
    is_approved: bool,
}

/// By when each duty is owed, by its id; one for each child under `upload-records`.
type Due = BTreeMap<&'static str, NaiveDateTime>;

/// One council's policy as it was read here.
struct Policy {
    id: &'static str,
    /// Whether the panel is planned for a day.
    plans: fn(NaiveDate) -> bool,
    /// Hour and minute of its start.
    start: (u32, u32),
    /// The cut-off, from the day planned and the day that a bank holiday leaves.
    cut_off: fn(&Walk, NaiveDate, NaiveDate) -> NaiveDateTime,
    /// Duties: from the meeting, the start of the next one, and what was met.
    due: fn(&Walk, &Meeting, NaiveDateTime, &Met) -> Due,
    /// Those that a meeting as a whole owes and that can be marked.
    marks: &'static [&'static str],
}

const POLICIES: [Policy; 5] = [
    // 1.5: weekly on a Thursday at 2pm; dates are sent in advance (a week is taken). 1.9: no later
    // than three working days before.
    Policy {
        id: "bexley",
        plans: |day| day.weekday() == Weekday::Thu,
        start: (14, 0),
        cut_off: |walk, _, held| end_of(walk.before(held, 3)),
        due: |walk, meeting, _, _| {
            let week_before = meeting.held - TimeDelta::days(7);
            Due::from([("dates-sent", end_of(walk.next_open(week_before)))])
        },
        marks: &["dates-sent"],
    },
    // Weekly on a Monday afternoon; reports by 1pm on the preceding Friday; actions within three
    // working days.
    Policy {
        id: "bcp",
        plans: |day| day.weekday() == Weekday::Mon,
        start: (14, 0),
        cut_off: |walk, planned, _| {
            let friday = Walk::weekday_before(planned, Weekday::Fri);
            at(walk.last_open(friday), 13, 0)
        },
        due: |walk, meeting, _, _| {
            let third = end_of(walk.after(meeting.held, 3));
            Due::from([("actions-issued", third), ("upload-records", third)])
        },
        marks: &["actions-issued"],
    },
    // On a Monday between 1 and 5pm; paperwork on the Wednesday at 3pm before it, so that it can
    // be sent on (by 5pm is taken); the White Rose survey (five working days are taken, where a
    // placement was ratified).
    Policy {
        id: "nelc",
        plans: |day| day.weekday() == Weekday::Mon,
        start: (13, 0),
        cut_off: |walk, planned, _| {
            let wednesday = Walk::weekday_before(planned, Weekday::Wed);
            at(walk.last_open(wednesday), 15, 0)
        },
        due: |walk, meeting, _, met| {
            let wednesday = Walk::weekday_before(meeting.held, Weekday::Wed);
            let after = at(walk.next_open(wednesday), 17, 0);
            let papers = if after < meeting.starts {
                after
            } else {
                at(walk.last_open(wednesday), 17, 0)
            };
            let mut due = Due::from([("papers-out", papers)]);
            if met.is_approved {
                due.insert("white-rose-survey", end_of(walk.after(meeting.held, 5)));
            }
            due
        },
        marks: &["papers-out", "white-rose-survey"],
    },
    // 3.1 and 3.2: every week on a Wednesday morning, from 9:30 until 1pm at the latest. 3.6: by
    // 5pm on Monday. 4.5: the agenda by 12 noon every Tuesday. 5.2 to 5.4: a draft within 48 hours
    // of the panel, the final record within 48 hours, upload within 24, all within seven days and
    // before the next panel.
    Policy {
        id: "care-planning",
        plans: |day| day.weekday() == Weekday::Wed,
        start: (9, 30),
        cut_off: |walk, planned, _| {
            let monday = Walk::weekday_before(planned, Weekday::Mon);
            at(walk.last_open(monday), 17, 0)
        },
        due: |walk, meeting, next, met| {
            let ends = meeting.starts + TimeDelta::minutes(210);
            let draft = next.min(ends + TimeDelta::hours(48));
            let was = |id: &str, due| met.done.get(id).copied().unwrap_or(due);
            let last = next.min(was("draft-record", draft) + TimeDelta::hours(48));
            let upload = next.min(was("final-record", last) + TimeDelta::hours(24));
            let week_on = meeting.held + TimeDelta::days(7);
            let complete = walk.next_open(week_on).and_time(meeting.starts.time());
            let tuesday = Walk::weekday_before(meeting.held, Weekday::Tue);
            Due::from([
                ("agenda-out", at(walk.last_open(tuesday), 12, 0)),
                ("draft-record", draft),
                ("final-record", last),
                ("upload-records", upload),
                ("records-complete", next.min(complete)),
            ])
        },
        marks: &[
            "agenda-out",
            "draft-record",
            "final-record",
            "records-complete",
        ],
    },
    // Twice a month (the first and third Thursday at 10:00 are taken); applications five working
    // days before; decisions recorded by the Wednesday following; papers two working days before
    // and decision sheets by that Wednesday are taken.
    Policy {
        id: "west-berkshire",
        plans: |day| {
            let is_first_or_third = (1..=7).contains(&day.day()) || (15..=21).contains(&day.day());
            day.weekday() == Weekday::Thu && is_first_or_third
        },
        start: (10, 0),
        cut_off: |walk, _, held| end_of(walk.before(held, 5)),
        due: |walk, meeting, _, _| {
            let wednesday = Walk::weekday_after(meeting.held, Weekday::Wed);
            let recorded = end_of(walk.next_open(wednesday));
            Due::from([
                ("papers-out", end_of(walk.before(meeting.held, 2))),
                ("decision-sheets", recorded),
                ("upload-records", recorded),
            ])
        },
        marks: &["papers-out", "decision-sheets"],
    },
];

/// Numbers that look like chance and are the same each time (the generator of Numerical Recipes).
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

/// Every meeting from 2019 to 2028, and one more; some called off, some moved by the chair.
fn meetings(policy: &Policy, walk: &Walk, chance: &mut Chance) -> Vec<Meeting> {
    let mut found = Vec::new();
    for planned in day("2018-12-01").iter_days() {
        if !(policy.plans)(planned) {
            continue;
        }
        let id = walk.next_open(planned);
        if id < day("2019-01-01") {
            continue;
        }
        if id > day("2029-02-20") {
            break;
        }
        let (hour, minute) = policy.start;
        let mut meeting = Meeting {
            id,
            cut_off: (policy.cut_off)(walk, planned, id),
            held: id,
            starts: at(id, hour, minute),
            moved: None,
            is_cancelled: false,
        };
        if id <= day("2028-12-31") {
            match chance.below(10) {
                0 => meeting.is_cancelled = true,
                1 => {
                    meeting.held =
                        id + TimeDelta::days(i64::try_from(chance.below(3)).expect("few"));
                    if chance.below(2) == 0 {
                        meeting.starts = at(meeting.held, 11, 15);
                        meeting.moved = Some(format!("{}T11:15", meeting.held));
                    } else {
                        meeting.starts = at(meeting.held, hour, minute);
                        meeting.moved = Some(meeting.held.to_string());
                    }
                }
                _ => {}
            }
        }
        found.push(meeting);
    }
    found
}

fn written(moment: NaiveDateTime) -> String {
    moment.format("%Y-%m-%dT%H:%M:%S").to_string()
}

fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    std::fs::create_dir_all(path.parent().expect("inside")).expect("a temporary folder");
    std::fs::write(path, text).expect("a temporary file");
}

fn reference(meeting: &Meeting) -> String {
    format!("R-{}", meeting.id)
}

/// Puts a meeting into the folder, with a case that it decided and what was met by chance.
fn keep(folder: &Path, policy: &Policy, meeting: &Meeting, chance: &mut Chance) -> Met {
    let mut met = Met::default();
    let id = meeting.id;
    let mut record = format!("date: {id}\n");
    if let Some(to) = &meeting.moved {
        writeln!(record, "moved: {{to: {to}}}").expect("text");
    }
    if meeting.is_cancelled {
        record.push_str("cancelled: {reason: Snow}\n");
        write(folder, &format!("meetings/{id}/meeting.yaml"), &record);
        return met;
    }
    let mut later = || {
        let minutes = i64::try_from(chance.below(8 * 24 * 60)).expect("few");
        (chance.below(3) == 0).then(|| meeting.starts + TimeDelta::minutes(minutes))
    };
    for mark in policy.marks {
        met.done.extend(later().map(|moment| (*mark, moment)));
    }
    met.uploaded = later();
    met.is_approved = chance.below(2) == 0;
    record.push_str("done:\n");
    for (mark, moment) in &met.done {
        writeln!(record, "  {mark}: {}", written(*moment)).expect("text");
    }
    if met.done.is_empty() {
        record = record.replace("done:\n", "");
    }
    write(folder, &format!("meetings/{id}/meeting.yaml"), &record);
    // No duty of this council hangs on a case.
    if policy.marks == ["dates-sent"] {
        return met;
    }
    let reference = reference(meeting);
    write(
        folder,
        &format!("referrals/{reference}.yaml"),
        &format!(
            "{{reference: {reference}, panel: {id}, child: {{name: Ada F.}}, worker: {{}}, request: {{}}, submitted: 2018-12-01}}\n"
        ),
    );
    let outcome = if met.is_approved {
        "approve"
    } else {
        "decline"
    };
    write(
        folder,
        &format!("meetings/{id}/decisions/{reference}.yaml"),
        &format!(
            "{{referral: {reference}, meeting: {id}, outcome: {outcome}, decided_by: {{name: M. Osei}}}}\n"
        ),
    );
    if let Some(uploaded) = met.uploaded {
        write(
            folder,
            &format!("meetings/{id}/after/{reference}.yaml"),
            &format!("uploaded: {}\n", written(uploaded)),
        );
    }
    met
}

const NOW: &str = "2029-02-01T09:00";

fn answer(folder: &Path, args: &[&str]) -> Value {
    let output = run(folder, NOW, args);
    assert_eq!(status(&output), 0, "{args:?}: {}", stderr(&output));
    serde_json::from_str(&stdout(&output)).expect("JSON")
}

fn list<'v>(value: &'v Value, key: &str) -> impl Iterator<Item = &'v Value> {
    value[key].as_array().expect("a list").iter()
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().expect("text")
}

#[test]
fn ten_years_of_meetings_cut_offs_and_deadlines_are_those_of_the_policies() {
    let walk = Walk { closed: closed() };
    let told = on_every_core(&POLICIES, |policy| ten_years(policy, &walk));
    for (policy, told) in POLICIES.iter().zip(told) {
        assert!(told > 300, "{}: only {told} were compared", policy.id);
    }
}

/// How many deadlines were compared.
fn ten_years(policy: &Policy, walk: &Walk) -> usize {
    let name = policy.id;
    let mut chance = Chance(20_261_125);
    let meetings = meetings(policy, walk, &mut chance);
    let temporary = tempfile::tempdir().expect("a temporary folder");
    let folder = temporary.path();
    write(folder, "panel.toml", &format!("council = \"{name}\"\n"));
    let mut met: BTreeMap<NaiveDate, Met> = BTreeMap::new();
    for meeting in meetings.iter().filter(|own| own.id <= day("2028-12-31")) {
        met.insert(meeting.id, keep(folder, policy, meeting, &mut chance));
    }

    let calendar = ["calendar", "--from", "2019-01-01", "--to", "2028-12-31"];
    let calendar = answer(folder, &[&calendar[..], &["--format", "json"]].concat());
    let found: Vec<(String, String, String, String)> = list(&calendar, "meetings")
        .map(|row| {
            let held = text(&row["day"], "iso").to_owned();
            let [id, starts, cut_off] =
                ["id", "starts", "cut_off_at"].map(|key| text(row, key).to_owned());
            (id, held, starts, cut_off)
        })
        .collect();
    let mut expected: Vec<&Meeting> = meetings
        .iter()
        .filter(|own| own.held <= day("2028-12-31"))
        .collect();
    expected.sort_by_key(|own| own.held);
    let expected: Vec<(String, String, String, String)> = expected
        .into_iter()
        .map(|own| {
            (
                own.id.to_string(),
                own.held.to_string(),
                own.starts.format("%H:%M").to_string(),
                written(own.cut_off),
            )
        })
        .collect();
    assert_eq!(found, expected, "the meetings of {name}");

    let open = answer(folder, &["deadlines", "--format", "json"]);
    let mut found: BTreeMap<(String, String), String> = BTreeMap::new();
    for meeting in list(&open, "meetings") {
        let id = text(meeting, "meeting");
        if id > "2028-12-31" {
            continue;
        }
        for duty in list(meeting, "duties") {
            let key = (id.to_owned(), text(duty, "id").to_owned());
            let due = text(duty, "due").to_owned();
            for child in list(duty, "children") {
                assert_eq!(text(child, "due"), due, "{name} {key:?}");
                assert_eq!(text(child, "reference"), format!("R-{id}"));
            }
            assert_eq!(found.insert(key, due), None);
        }
    }
    let mut expected = BTreeMap::new();
    for meeting in &meetings {
        let Some(met) = met.get(&meeting.id).filter(|_| !meeting.is_cancelled) else {
            continue;
        };
        let next = meetings
            .iter()
            .filter(|other| other.held > meeting.held && !other.is_cancelled)
            .min_by_key(|other| other.held)
            .expect("a meeting follows");
        for (id, due) in (policy.due)(walk, meeting, next.starts, met) {
            let is_met = match id {
                "upload-records" => met.uploaded.is_some(),
                id => met.done.contains_key(id),
            };
            if !is_met {
                expected.insert((meeting.id.to_string(), id.to_owned()), written(due));
            }
        }
    }
    for (key, due) in &expected {
        assert_eq!(found.get(key), Some(due), "{name}: by when is {key:?} owed");
    }
    assert_eq!(found, expected, "{name} owes something else");
    expected.len()
}

/// The second reading itself, at days that were counted by hand.
#[test]
fn the_second_reading_walks_as_people_count() {
    let walk = Walk { closed: closed() };
    // Five clear working days before each: the sixth working day back.
    for (meeting, notice) in [
        ("2026-10-15", "2026-10-07"),
        ("2027-01-05", "2026-12-23"),
        ("2027-04-01", "2027-03-22"),
    ] {
        assert_eq!(walk.before(day(meeting), 6), day(notice));
    }
    assert_eq!(walk.after(day("2026-12-22"), 3), day("2026-12-29"));
    let start = NaiveTime::from_hms_opt(9, 30, 0).expect("a time");
    let meeting = Meeting {
        id: day("2026-11-25"),
        cut_off: at(day("2026-11-23"), 17, 0),
        held: day("2026-11-25"),
        starts: day("2026-11-25").and_time(start),
        moved: None,
        is_cancelled: false,
    };
    let care_planning = &POLICIES[3];
    let due = (care_planning.due)(
        &walk,
        &meeting,
        at(day("2026-12-02"), 9, 30),
        &Met::default(),
    );
    assert_eq!(due["draft-record"], at(day("2026-11-27"), 13, 0));
    assert_eq!(due["final-record"], at(day("2026-11-29"), 13, 0));
    assert_eq!(due["upload-records"], at(day("2026-11-30"), 13, 0));
    assert_eq!(due["agenda-out"], at(day("2026-11-24"), 12, 0));
    assert_eq!(due["records-complete"], at(day("2026-12-02"), 9, 30));
}
