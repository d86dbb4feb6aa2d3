//! The days on which a panel meets.

use super::BankHolidays;
use super::interval::plus_days;
use crate::records::Day;
use chrono::{Datelike, Days, NaiveDate, NaiveTime, Weekday};
use std::iter::successors;

/// How a council states its panel's days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Pattern {
    /// On these weekdays of every week, or of one week in so many.
    Weekly {
        /// In weeks: 2 is fortnightly; 0 is read as 1.
        every: u32,
        /// The weekdays.
        on: Vec<Weekday>,
        /// Any day of a week (Monday to Sunday) in which the panel meets; it fixes which
        /// weeks are meant where `every` is more than 1, and bounds nothing. Without it
        /// weeks are counted from the calendar's first Monday, so ask for it.
        from: Option<Day>,
    },
    /// On the nth such weekday of every month: 1 to 5, or -1 for the last; a month without a fifth
    /// has no such meeting.
    Monthly(Vec<(i8, Weekday)>),
    /// On the days of a list.
    Dates(Vec<Day>),
}

impl Pattern {
    /// Its days from `from` to `to`, both included, in order; years 1900 to 2199 only, which
    /// are those that a file may speak of.
    pub(crate) fn days(&self, from: Day, to: Day) -> Vec<Day> {
        if let Self::Dates(dates) = self {
            let mut dates = dates.clone();
            dates.retain(|day| (from..=to).contains(day));
            dates.sort_unstable();
            dates.dedup();
            return dates;
        }
        // The bounds keep a question about all time from walking half a million years.
        let first = NaiveDate::from_ymd_opt(1900, 1, 1).expect("1 January is in every year");
        let last = NaiveDate::from_ymd_opt(2199, 12, 31).expect("31 December is in every year");
        from.date()
            .max(first)
            .iter_days()
            .take_while(|date| *date <= to.date().min(last))
            .filter(|date| self.includes(*date))
            .map(Day::of)
            .collect()
    }

    fn includes(&self, date: NaiveDate) -> bool {
        match self {
            Self::Weekly { every, on, from } => {
                let anchor = from.map_or(0, |day| week(day.date()));
                on.contains(&date.weekday())
                    && (week(date) - anchor).rem_euclid(i64::from((*every).max(1))) == 0
            }
            Self::Monthly(days) => {
                let last = date
                    .checked_add_days(Days::new(7))
                    .is_none_or(|next| next.month() != date.month());
                let place = date.day0() / 7 + 1;
                days.iter().any(|(nth, on)| {
                    date.weekday() == *on
                        && match u32::try_from(*nth) {
                            Ok(nth) => nth == place,
                            Err(_) => *nth == -1 && last,
                        }
                })
            }
            Self::Dates(dates) => dates.contains(&Day::of(date)),
        }
    }
}

/// Weeks from Monday to Sunday, numbered through: 1 January of the year 1 is a Monday.
fn week(date: NaiveDate) -> i64 {
    (i64::from(date.num_days_from_ce()) - 1).div_euclid(7)
}

/// What becomes of a meeting whose day is a bank holiday, Christmas Day or Good Friday.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OnBankHoliday {
    /// It is held all the same.
    Keep,
    /// It moves to the first working day after.
    NextWorkingDay,
    /// It moves to the last working day before.
    PreviousWorkingDay,
    /// It is left out.
    Skip,
    /// It moves by a week, or by as many as it takes to find no bank holiday.
    SameWeekdayNextWeek,
}

impl OnBankHoliday {
    fn held(self, planned: Day, holidays: &BankHolidays) -> Option<Day> {
        if holidays.name(planned).is_none() {
            return Some(planned);
        }
        match self {
            Self::Keep => Some(planned),
            Self::NextWorkingDay => Some(holidays.next_working_day(planned)),
            Self::PreviousWorkingDay => Some(holidays.previous_working_day(planned)),
            Self::Skip => None,
            Self::SameWeekdayNextWeek => successors(Some(planned.date()), |date| {
                date.checked_add_days(Days::new(7))
            })
            .map(Day::of)
            .find(|day| holidays.name(*day).is_none()),
        }
    }
}

/// When a panel meets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Schedule {
    /// The days as planned.
    pub(crate) pattern: Pattern,
    /// When the meeting begins, London wall-clock time.
    pub(crate) start: NaiveTime,
    /// What becomes of a meeting on a bank holiday.
    pub(crate) on_bank_holiday: OnBankHoliday,
    /// Stretches without meetings, first and last day included. A meeting that a bank
    /// holiday would move into one is not held either.
    pub(crate) not_on: Vec<(Day, Day)>,
    /// No meeting is planned before this day.
    pub(crate) first: Option<Day>,
    /// No meeting is planned after this day, though one may be moved past it.
    pub(crate) last: Option<Day>,
}

/// A meeting of the schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Planned {
    /// The day that the pattern gives; weekday cut-offs count from it.
    pub(crate) planned: Day,
    /// The day after any move for a bank holiday: the meeting's date.
    pub(crate) day: Day,
}

/// How far outside the days asked for a meeting may be planned that is held within them:
/// longer than any run of holidays, Christmas closures added by a case folder included.
const MARGIN: i64 = 35;

impl Schedule {
    /// The meetings held from `from` to `to`, both included, ordered by the day they are
    /// held. A day has one meeting: where a moved one meets another, the one planned nearer.
    pub(crate) fn meetings(&self, from: Day, to: Day, holidays: &BankHolidays) -> Vec<Planned> {
        let mut meetings: Vec<Planned> = self
            .pattern
            .days(plus_days(from, -MARGIN), plus_days(to, MARGIN))
            .into_iter()
            .filter(|planned| self.first.is_none_or(|first| first <= *planned))
            .filter(|planned| self.last.is_none_or(|last| *planned <= last))
            .filter(|planned| !self.is_in_gap(*planned))
            .filter_map(|planned| {
                let day = self.on_bank_holiday.held(planned, holidays)?;
                Some(Planned { planned, day })
            })
            .filter(|meeting| (from..=to).contains(&meeting.day) && !self.is_in_gap(meeting.day))
            .collect();
        meetings.sort_unstable_by_key(|Planned { planned, day }| {
            let moved_by = (day.date() - planned.date()).abs();
            (*day, moved_by, *planned)
        });
        meetings.dedup_by_key(|meeting| meeting.day);
        meetings
    }

    fn is_in_gap(&self, day: Day) -> bool {
        self.not_on
            .iter()
            .any(|(first, last)| (*first..=*last).contains(&day))
    }
}

#[cfg(test)]
#[path = "schedule_tests.rs"]
mod tests;
