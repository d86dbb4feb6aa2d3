//! The panel's meetings: the calendar's, moved, cancelled and extra ones included.

use super::Desk;
use crate::council::Council;
use crate::folder::{Folder, MeetingFolder};
use crate::records::{Day, Interval, Unit};
use chrono::{Datelike, NaiveDateTime};
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
}

impl PanelMeeting<'_> {
    /// Whether it has passed: from the start of the day after.
    pub(crate) fn has_passed(&self, today: Day) -> bool {
        self.on < today
    }
}

/// Every meeting from the folder's first day to a year past its last.
pub(super) fn known<'a>(
    folder: &'a Folder,
    council: &'a Council,
    as_of: NaiveDateTime,
) -> Vec<PanelMeeting<'a>> {
    let (from, to) = reach(folder, as_of);
    let mut by_day: BTreeMap<Day, PanelMeeting<'a>> = council
        .meetings
        .schedule
        .meetings(from, to, &council.holidays)
        .into_iter()
        .map(|planned| {
            (
                planned.day,
                meeting(council, planned.planned, planned.day, true),
            )
        })
        .collect();
    for found in &folder.meetings {
        // A folder of another name is told by its own rule, and never merged with another.
        let Some(day) = found.day.filter(|day| day.to_string() == found.id) else {
            continue;
        };
        let entry = by_day
            .entry(day)
            .or_insert_with(|| meeting(council, day, day, false));
        entry.folder = Some(found);
        let Some(record) = found.meeting.as_ref().map(|file| &file.record) else {
            continue;
        };
        entry.is_expected |= record.extra;
        entry.is_cancelled = record.cancelled.is_some();
        if let Some(moved) = record.moved.as_ref().and_then(|moved| moved.to) {
            entry.on = moved.day();
            let has_hour = moved.latest() != moved.day().end();
            entry.starts_at = if has_hour {
                moved.latest()
            } else {
                moved.day().date().and_time(council.meetings.schedule.start)
            };
        }
    }
    let mut meetings: Vec<_> = by_day.into_values().collect();
    meetings.sort_by_key(|meeting| (meeting.on, meeting.day));
    meetings
}

fn meeting<'a>(council: &Council, planned: Day, day: Day, is_expected: bool) -> PanelMeeting<'a> {
    let start = council.meetings.schedule.start;
    PanelMeeting {
        id: day.to_string(),
        day,
        on: day,
        starts_at: day.date().and_time(start),
        cut_off: council.cut_off.as_ref().map(|rule| {
            rule.rule
                .moment(planned, day, start, rule.on_bank_holiday, &council.holidays)
        }),
        folder: None,
        is_cancelled: false,
        is_expected,
    }
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
    let years = |n: i32| {
        let date = today.date();
        Day::of(date.with_year(date.year() + n).unwrap_or(date))
    };
    let first = first.max(years(-25));
    let last = last.min(years(25));
    let margin = |count, unit| Interval { count, unit };
    (
        crate::calendar::subtract(first, margin(2, Unit::Months)),
        crate::calendar::add(last, margin(12, Unit::Months)),
    )
}

impl<'a> Desk<'a> {
    /// Every meeting known, by day.
    pub(crate) fn meetings(&self) -> &[PanelMeeting<'a>] {
        &self.meetings
    }

    /// The meeting that people call by this day: its own, or the one it was moved from.
    pub(crate) fn meeting_of(&self, day: Day) -> Option<&PanelMeeting<'a>> {
        self.meetings
            .iter()
            .find(|meeting| meeting.day == day)
            .or_else(|| self.meetings.iter().find(|meeting| meeting.on == day))
    }

    /// The meeting in that folder.
    pub(crate) fn meeting_in(&self, id: &str) -> Option<&PanelMeeting<'a>> {
        self.meetings.iter().find(|meeting| meeting.id == id)
    }

    /// Meetings that were or will be held, by day.
    pub(crate) fn held(&self) -> impl DoubleEndedIterator<Item = &PanelMeeting<'a>> {
        self.meetings.iter().filter(|meeting| !meeting.is_cancelled)
    }

    /// The first meeting held whose cut-off is not before a moment, and which begins after it.
    pub(crate) fn first_made(
        &self,
        sent_at: NaiveDateTime,
        is_exempt: bool,
    ) -> Option<&PanelMeeting<'a>> {
        let day = Day::of(sent_at.date());
        let start = self.meetings.partition_point(|meeting| meeting.on < day);
        self.meetings[start..]
            .iter()
            .filter(|meeting| !meeting.is_cancelled)
            .find(|meeting| match meeting.cut_off {
                Some(cut_off) if !is_exempt => sent_at <= cut_off,
                _ => sent_at <= meeting.starts_at,
            })
    }

    /// The first meeting held on a day or after it.
    pub(crate) fn first_from(&self, day: Day) -> Option<&PanelMeeting<'a>> {
        let start = self.meetings.partition_point(|meeting| meeting.on < day);
        self.meetings[start..]
            .iter()
            .find(|meeting| !meeting.is_cancelled)
    }

    /// The meeting held before a day.
    pub(crate) fn last_before(&self, day: Day) -> Option<&PanelMeeting<'a>> {
        self.held().rev().find(|meeting| meeting.on < day)
    }

    /// The meeting held after another.
    pub(crate) fn next_after(&self, meeting: &PanelMeeting<'_>) -> Option<&PanelMeeting<'a>> {
        self.held().find(|other| other.on > meeting.on)
    }

    /// The coming meeting: today's or the next.
    pub(crate) fn coming(&self) -> Option<&PanelMeeting<'a>> {
        self.first_from(self.today())
    }
}
