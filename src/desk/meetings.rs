//! The panel's meetings: the calendar's, moved, cancelled and extra ones included.

use super::Desk;
use crate::council::Council;
use crate::folder::{Folder, MeetingFolder};
use crate::records::{Day, Interval, Meeting, Unit};
use chrono::NaiveDateTime;
use std::collections::BTreeMap;

/// One meeting of the panel.
#[derive(Debug, Clone)]
pub(crate) struct PanelMeeting<'a> {
    /// Its folder's name: the day that people know it by.
    pub(crate) id: String,
    /// The day that the calendar gives it, bank holidays allowed for.
    pub(crate) day: Day,
    /// The day on which it is held, a move by the chair included.
    pub(crate) on: Day,
    /// When it begins, London wall-clock time.
    pub(crate) starts_at: NaiveDateTime,
    /// The last moment for referrals; none where the council has no cut-off.
    pub(crate) cut_off: Option<NaiveDateTime>,
    /// What the folder holds of it.
    pub(crate) folder: Option<&'a MeetingFolder>,
    /// Whether the chair called it off.
    pub(crate) is_cancelled: bool,
    /// Whether it is in the calendar, or recorded as an extra one.
    pub(crate) is_expected: bool,
    /// Whether it is the record of a decision between meetings: nobody sat, and no request waits
    /// for it.
    pub(crate) is_outside: bool,
    /// The panel, or the part of one, that sits; none where the council has one panel.
    pub(crate) panel: Option<&'a str>,
    /// The rules of that panel on its day.
    pub(crate) rules: &'a Council,
}

impl<'a> PanelMeeting<'a> {
    /// Whether it has passed: from the start of the day after.
    pub(crate) fn has_passed(&self, today: Day) -> bool {
        self.on < today
    }

    /// Whether the panel sits at it: it is not called off, and no record of a decision between
    /// meetings.
    fn sits(&self) -> bool {
        !self.is_cancelled && !self.is_outside
    }

    /// What its own file says of it.
    fn lay(&mut self, council: &'a Council, record: &Meeting) {
        self.is_expected |= record.extra;
        self.is_cancelled = record.cancelled.is_some();
        self.is_outside = record.extra && is_given_outside(council.at(self.panel, self.on), record);
        // A panel's sitting that is said to be one of its parts hears that part's cases only.
        let part = record.part.as_deref().and_then(|part| {
            let mut panels = council.panels.iter();
            panels.find(|panel| panel.id == part && panel.part_of.as_deref() == self.panel)
        });
        if let Some(part) = part {
            self.panel = Some(&part.id);
        }
        let Some(moved) = record.moved.as_ref().and_then(|moved| moved.to) else {
            self.rules = council.at(self.panel, self.on);
            return;
        };
        // The rules are those of the day on which it is held; the cut-off stays what people knew.
        self.on = moved.day();
        self.rules = council.at(self.panel, self.on);
        let has_hour = moved.latest() != moved.day().end();
        let start = self.rules.meetings.schedule.start;
        self.starts_at = if has_hour {
            moved.latest()
        } else {
            moved.day().date().and_time(start)
        };
    }
}

/// Every meeting from the folder's first day to a year past its last.
pub(super) fn known<'a>(
    folder: &'a Folder,
    council: &'a Council,
    as_of: NaiveDateTime,
) -> Vec<PanelMeeting<'a>> {
    let (from, to) = reach(folder, as_of);
    let mut by_day: BTreeMap<(Day, Option<&'a str>), PanelMeeting<'a>> = BTreeMap::new();
    for panel in sitting_panels(council) {
        for rules in council.editions_of(panel) {
            let mut schedule = rules.meetings.schedule.clone();
            schedule.first = schedule.first.max(rules.edition.from);
            let last = rules
                .edition
                .until
                .and_then(|until| until.date().pred_opt());
            schedule.last = match (schedule.last, last.map(Day::of)) {
                (Some(one), Some(other)) => Some(one.min(other)),
                (one, other) => one.or(other),
            };
            for planned in schedule.meetings(from, to, &rules.holidays) {
                by_day
                    .entry((planned.day, panel))
                    .or_insert_with(|| meeting(council, panel, planned.planned, planned.day, true));
            }
        }
    }
    for found in &folder.meetings {
        // A folder of another name is told by its own rule, and never merged with another.
        let Some((day, panel)) = named(council, found) else {
            continue;
        };
        // A part that sits by itself does so on a day of its panel's, or outside the calendar.
        let sits_as = panel.map(|panel| council.sits_as(panel));
        let is_expected = by_day
            .get(&(day, sits_as))
            .is_some_and(|own| own.is_expected);
        let entry = by_day
            .entry((day, panel))
            .or_insert_with(|| meeting(council, panel, day, day, is_expected));
        entry.folder = Some(found);
        if let Some(file) = &found.meeting {
            entry.lay(council, &file.record);
        }
    }
    let mut meetings: Vec<_> = by_day.into_values().collect();
    let rank = |meeting: &PanelMeeting<'_>| {
        let panels = || council.panels.iter();
        let sits_as = meeting.panel.map(|panel| council.sits_as(panel));
        let place = |id: Option<&str>| panels().position(|panel| Some(panel.id.as_str()) == id);
        // A part's own sitting comes before its panel's: it is the nearer one to its cases.
        (
            place(sits_as),
            meeting.panel == sits_as,
            place(meeting.panel),
        )
    };
    meetings.sort_by_key(|meeting| (meeting.on, meeting.day, rank(meeting)));
    meetings
}

/// The panels that have meetings of their own: not the parts of one.
fn sitting_panels(council: &Council) -> Vec<Option<&str>> {
    if council.panels.is_empty() {
        return vec![None];
    }
    council
        .panels
        .iter()
        .filter(|panel| panel.part_of.is_none())
        .map(|panel| Some(panel.id.as_str()))
        .collect()
}

/// The day and the panel or part that a meeting's folder is named for: `2026-11-26` for the first
/// panel, `2026-11-26-complex` for another; none where its name is neither.
pub(crate) fn named<'a>(
    council: &'a Council,
    folder: &MeetingFolder,
) -> Option<(Day, Option<&'a str>)> {
    let (day, rest) = folder.id.split_at_checked(10).unwrap_or((&folder.id, ""));
    let day: Day = day.parse().ok()?;
    if rest.is_empty() {
        return Some((day, council.first_panel()));
    }
    // One day has one folder for each panel: `2026-11-26-FIRST` would be a second of the first's.
    let id = rest.strip_prefix('-')?;
    let mut others = council.panels.iter().skip(1);
    let panel = others.find(|panel| panel.id == id)?;
    Some((day, Some(panel.id.as_str())))
}

/// Folders below `meetings/` that are named for no meeting of the council's, with how many decisions
/// lie in each: nothing there counts.
pub(crate) fn of_nothing<'f>(folder: &'f Folder, council: &Council) -> Vec<(&'f str, usize)> {
    let meetings = folder.meetings.iter();
    meetings
        .filter(|own| !own.decisions.is_empty() && named(council, own).is_none())
        .map(|own| (own.id.as_str(), own.decisions.len()))
        .collect()
}

/// The folder of a panel's or part's meeting on a day.
pub(crate) fn folder_name(council: &Council, day: Day, panel: Option<&str>) -> String {
    match panel.filter(|id| Some(*id) != council.first_panel()) {
        Some(id) => format!("{day}-{id}"),
        None => day.to_string(),
    }
}

fn meeting<'a>(
    council: &'a Council,
    panel: Option<&'a str>,
    planned: Day,
    day: Day,
    is_expected: bool,
) -> PanelMeeting<'a> {
    let rules = council.at(panel, day);
    let start = rules.meetings.schedule.start;
    PanelMeeting {
        id: folder_name(council, day, panel),
        day,
        on: day,
        starts_at: day.date().and_time(start),
        cut_off: rules.cut_off.as_ref().map(|rule| {
            rule.rule
                .moment(planned, day, start, rule.on_bank_holiday, &rules.holidays)
        }),
        folder: None,
        is_cancelled: false,
        is_expected,
        is_outside: false,
        panel,
        rules,
    }
}

/// Whether the record of an extra meeting is one of a post that decides between meetings and does
/// not chair; one that stands in for others chairs where who was away is recorded.
fn is_given_outside(rules: &Council, record: &Meeting) -> bool {
    let role = record.chair.as_ref().and_then(|chair| chair.role.as_ref());
    let chairs = role.is_some_and(|role| {
        let mut chairs = rules.chairs.iter();
        let sat = record.attendance.iter().flatten().next().is_some();
        chairs.any(|chair| {
            rules.words.role_serves(role, &chair.role) && (sat || chair.only_if_away.is_empty())
        })
    });
    !chairs && rules.decides_between(role, None)
}

/// The stretch of time that the folder and the moment speak of.
fn reach(folder: &Folder, as_of: NaiveDateTime) -> (Day, Day) {
    let today = Day::of(as_of.date());
    // A year back at least: people look up what was.
    let mut first = crate::calendar::subtract(
        today,
        Interval {
            count: 12,
            unit: Unit::Months,
        },
    );
    let mut last = today;
    let mut widen = |day: Option<Day>| {
        if let Some(day) = day {
            first = first.min(day);
            last = last.max(day);
        }
    };
    for referral in &folder.referrals {
        widen(referral.record.submitted.map(|moment| moment.day()));
        widen(referral.record.panel);
    }
    for meeting in &folder.meetings {
        widen(meeting.day);
        for decision in &meeting.decisions {
            let record = &decision.file.record;
            widen(record.review.as_ref().and_then(|review| review.on));
            widen(record.deferred.as_ref().and_then(|deferred| deferred.to));
        }
    }
    // A slip of the keyboard must not make a calendar of centuries.
    let months = |count| Interval {
        count,
        unit: Unit::Months,
    };
    let most = months(25 * 12);
    let first = first.max(crate::calendar::subtract(today, most));
    let last = last.min(crate::calendar::add(today, most));
    (
        crate::calendar::subtract(first, months(2)),
        crate::calendar::add(last, months(12)),
    )
}

impl<'a> Desk<'a> {
    /// Every meeting known, by day.
    pub(crate) fn meetings(&self) -> &[PanelMeeting<'a>] {
        &self.meetings
    }

    /// Whether a meeting is one that a panel or part comes to: its own, or that of the panel which
    /// it is a part of.
    pub(crate) fn is_of(&self, meeting: &PanelMeeting<'_>, panel: Option<&str>) -> bool {
        match (meeting.panel, panel) {
            (Some(sits), Some(wanted)) => sits == wanted || sits == self.book.sits_as(wanted),
            _ => true,
        }
    }

    /// Every meeting that people call by this day: those that are known by it, else those that
    /// were moved to it. Where a panel or part is named, only those that it comes to, its own first.
    pub(crate) fn meetings_of(&self, day: Day, panel: Option<&str>) -> Vec<&PanelMeeting<'a>> {
        let places = self.by_day.get(&day).map_or(&[][..], Vec::as_slice);
        let known = places.iter().map(|place| &self.meetings[*place]);
        let mut found: Vec<_> = known.filter(|own| self.is_of(own, panel)).collect();
        if found.is_empty() {
            let held = self.meetings[self.first_place(day)..].iter();
            let held = held.take_while(|meeting| meeting.on == day);
            found = held.filter(|own| self.is_of(own, panel)).collect();
        }
        found.sort_by_key(|meeting| panel.is_some() && meeting.panel != panel);
        found
    }

    /// Other meetings of the same panel that are held on the day of one, because it or they were
    /// moved there: each has cases of its own.
    pub(crate) fn beside<'s>(
        &'s self,
        meeting: &'s PanelMeeting<'_>,
    ) -> impl Iterator<Item = &'s PanelMeeting<'a>> {
        let is_moved = |own: &PanelMeeting<'_>| own.on != own.day;
        let held = self.meetings[self.first_place(meeting.on)..].iter();
        held.take_while(|other| other.on == meeting.on)
            .filter(|other| !other.is_cancelled && other.id != meeting.id)
            .filter(|other| other.panel == meeting.panel)
            .filter(move |other| is_moved(other) || is_moved(meeting))
    }

    /// The place of the first meeting held on a day or after it.
    fn first_place(&self, day: Day) -> usize {
        self.meetings.partition_point(|meeting| meeting.on < day)
    }

    /// The meeting of a panel or part that people call by this day.
    pub(crate) fn meeting_on(&self, day: Day, panel: Option<&str>) -> Option<&PanelMeeting<'a>> {
        let found = self.meetings_of(day, panel);
        let first = found
            .iter()
            .find(|meeting| panel.is_none() && meeting.panel == self.book.first_panel());
        first.or(found.first()).copied()
    }

    /// The meeting in that folder.
    pub(crate) fn meeting_in(&self, id: &str) -> Option<&PanelMeeting<'a>> {
        self.by_id.get(id).map(|place| &self.meetings[*place])
    }

    /// Meetings that were or will be held, of every panel, by day.
    pub(crate) fn held(&self) -> impl DoubleEndedIterator<Item = &PanelMeeting<'a>> {
        self.meetings.iter().filter(|meeting| !meeting.is_cancelled)
    }

    /// Meetings of one panel or part that were called off, by day.
    pub(super) fn called_off<'s>(
        &'s self,
        panel: Option<&'s str>,
    ) -> impl Iterator<Item = &'s PanelMeeting<'a>> {
        self.meetings
            .iter()
            .filter(move |meeting| meeting.is_cancelled && self.is_of(meeting, panel))
    }

    /// Meetings of one panel or part that were or will be held, by day.
    pub(crate) fn held_by<'s>(
        &'s self,
        panel: Option<&'s str>,
    ) -> impl DoubleEndedIterator<Item = &'s PanelMeeting<'a>> {
        self.held()
            .filter(move |meeting| self.is_of(meeting, panel))
    }

    /// The first meeting held whose cut-off is not before a moment, and which begins after it.
    pub(crate) fn first_made(
        &self,
        sent_at: NaiveDateTime,
        is_exempt: bool,
        panel: Option<&str>,
    ) -> Option<&PanelMeeting<'a>> {
        let day = Day::of(sent_at.date());
        self.meetings[self.first_place(day)..]
            .iter()
            .filter(|meeting| meeting.sits() && self.is_of(meeting, panel))
            .find(|meeting| match meeting.cut_off {
                Some(cut_off) if !is_exempt => sent_at <= cut_off,
                _ => sent_at <= meeting.starts_at,
            })
    }

    /// The first meeting of a panel or part held on a day or after it; of any where none is named.
    pub(crate) fn first_of(&self, day: Day, panel: Option<&str>) -> Option<&PanelMeeting<'a>> {
        self.meetings[self.first_place(day)..]
            .iter()
            .find(|meeting| meeting.sits() && self.is_of(meeting, panel))
    }

    /// The first meeting of a panel or part held on a day after one.
    pub(crate) fn first_after(&self, day: Day, panel: Option<&str>) -> Option<&PanelMeeting<'a>> {
        let start = self.meetings.partition_point(|meeting| meeting.on <= day);
        self.meetings[start..]
            .iter()
            .find(|meeting| meeting.sits() && self.is_of(meeting, panel))
    }

    /// The last meeting of a panel or part held on a day or before it.
    pub(crate) fn last_until(&self, day: Day, panel: Option<&str>) -> Option<&PanelMeeting<'a>> {
        let end = self.meetings.partition_point(|meeting| meeting.on <= day);
        self.meetings[..end]
            .iter()
            .rev()
            .find(|meeting| meeting.sits() && self.is_of(meeting, panel))
    }

    /// The coming meeting of a panel or part; where none is named, of each, by day.
    pub(crate) fn coming(&self, panel: Option<&str>) -> Vec<&PanelMeeting<'a>> {
        let of = |panel| self.first_of(self.today(), panel);
        if panel.is_some() || self.book.panels.is_empty() {
            return of(panel).into_iter().collect();
        }
        let panels = self.book.panels.iter();
        let mut places: Vec<usize> = panels
            .filter_map(|panel| of(Some(&panel.id)))
            .filter_map(|meeting| self.by_id.get(&meeting.id).copied())
            .collect();
        places.sort_unstable();
        places.dedup();
        places
            .into_iter()
            .map(|place| &self.meetings[place])
            .collect()
    }

    /// The meeting of the same panel held before another.
    pub(crate) fn before(&self, meeting: &PanelMeeting<'_>) -> Option<&PanelMeeting<'a>> {
        self.meetings[..self.first_place(meeting.on)]
            .iter()
            .rev()
            .find(|other| other.sits() && self.is_of(other, meeting.panel))
    }

    /// The meeting of the same panel held after another.
    pub(crate) fn next_after(&self, meeting: &PanelMeeting<'_>) -> Option<&PanelMeeting<'a>> {
        self.first_after(meeting.on, meeting.panel)
    }

    /// The meeting that a panel or part comes to after another.
    pub(crate) fn next_for(
        &self,
        panel: Option<&str>,
        meeting: &PanelMeeting<'_>,
    ) -> Option<&PanelMeeting<'a>> {
        self.first_after(meeting.on, panel)
    }
}
