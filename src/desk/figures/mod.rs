//! What a period comes to: requests sent and what became of them, how long it took, and what was
//! owed in its days.
//!
//! Everything is counted at a desk whose moment is the end of the period, so that a period gives
//! the same figures whenever it is asked for, as far as the folder knows.

mod money;
mod owed;
mod sent;
mod subset;
#[cfg(test)]
mod tests;

pub(crate) use money::{Placing, Unregistered, unregistered};
pub(crate) use owed::Held;
pub(crate) use sent::{Fate, Sent, Timing, exact_median};

use super::{Case, Desk, FinancialYear, PanelMeeting, Standing, Stretch};
use crate::calendar::{add, plus_days, subtract};
use crate::records::{Day, Interval, Unit};
use chrono::Datelike;
use std::collections::BTreeSet;

/// The days of a report: the first and the last, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Days {
    /// The first.
    pub(crate) from: Day,
    /// The last.
    pub(crate) to: Day,
}

impl Days {
    /// The financial year of a day, up to and with that day.
    pub(crate) fn year_to_date(today: Day) -> Self {
        let from = FinancialYear::of(today).days().from.unwrap_or(today);
        Self { from, to: today }
    }

    /// A whole financial year, or a quarter of one: 1 is April to June.
    pub(crate) fn of_year(year: FinancialYear, quarter: Option<u32>) -> Self {
        let from = year.days().from.unwrap_or(Day::of(chrono::NaiveDate::MIN));
        let months = |count| Interval {
            count,
            unit: Unit::Months,
        };
        let (from, count) = match quarter {
            Some(quarter) => (add(from, months((quarter.max(1) - 1) * 3)), 3),
            None => (from, 12),
        };
        Self {
            from,
            to: plus_days(add(from, months(count)), -1),
        }
    }

    /// Whether a day is one of them.
    pub(crate) fn holds(self, day: Day) -> bool {
        self.from <= day && day <= self.to
    }

    /// As a stretch, whose end is the day after the last.
    pub(crate) fn stretch(self) -> Stretch {
        Stretch {
            from: Some(self.from),
            until: Some(plus_days(self.to, 1)),
        }
    }

    /// How many.
    pub(crate) fn count(self) -> i64 {
        (self.to.date() - self.from.date()).num_days() + 1
    }

    /// The days to compare with: of whole months as many months before; of a year so far the same
    /// days of the year before; else as many days before.
    pub(crate) fn before(self) -> Self {
        let months = |count| Interval {
            count,
            unit: Unit::Months,
        };
        let after = plus_days(self.to, 1);
        let is_whole = self.from.date().day() == 1 && after.date().day() == 1;
        let begins_a_year = self.from.date().day() == 1 && self.from.date().month() == 4;
        if is_whole {
            let (from, to) = (self.from.date(), after.date());
            let count = (to.year() - from.year()) * 12 + to.month().cast_signed()
                - from.month().cast_signed();
            let count = u32::try_from(count).unwrap_or(1);
            return Self {
                from: subtract(self.from, months(count)),
                to: plus_days(self.from, -1),
            };
        }
        if begins_a_year && self.count() <= 366 {
            return Self {
                from: subtract(self.from, months(12)),
                to: subtract(self.to, months(12)),
            };
        }
        Self {
            from: plus_days(self.from, -self.count()),
            to: plus_days(self.from, -1),
        }
    }

    /// Its months, each with the days of it that are in the period.
    pub(crate) fn months(self) -> Vec<Self> {
        let mut all = Vec::new();
        let mut from = self.from;
        while from <= self.to {
            let first = Day::of(from.date().with_day(1).unwrap_or(from.date()));
            let next = add(
                first,
                Interval {
                    count: 1,
                    unit: Unit::Months,
                },
            );
            if next <= from {
                break;
            }
            let to = plus_days(next, -1).min(self.to);
            all.push(Self { from, to });
            from = next;
        }
        all
    }
}

impl<'a> Desk<'a> {
    /// The desk at the end of a day that has gone by; none where that day has not.
    pub(crate) fn at_end_of(&self, day: Day) -> Option<Self> {
        (day < self.today()).then(|| Self::new(self.folder, self.book, day.end(), self.scope))
    }

    /// Whether a case is for a panel, its parts included; every case where none is asked for.
    pub(crate) fn is_for(&self, case: &Case<'_>, panel: Option<&str>) -> bool {
        let own = case.panel;
        let sits_as = own.map(|own| self.book.sits_as(own));
        panel.is_none() || own == panel || sits_as == panel
    }

    /// Whether a meeting is one of a panel's, or of one of its parts.
    pub(crate) fn is_meeting_of(&self, meeting: &PanelMeeting<'_>, panel: Option<&str>) -> bool {
        let sits_as = meeting.panel.map(|own| self.book.sits_as(own));
        panel.is_none() || meeting.panel == panel || sits_as == panel
    }

    /// References of what is sent, undecided and not taken back.
    pub(crate) fn open(&self, panel: Option<&str>) -> BTreeSet<&'a str> {
        self.cases()
            .iter()
            .filter(|case| case.is_waiting() || case.standing == Standing::Pending)
            .filter(|case| self.is_for(case, panel))
            .map(Case::reference)
            .collect()
    }

    /// Meetings of the period that were to be held by its end, those called off included.
    pub(crate) fn meetings_in(
        &self,
        days: Days,
        panel: Option<&str>,
    ) -> impl Iterator<Item = &PanelMeeting<'a>> {
        let today = self.today();
        self.meetings()
            .iter()
            .filter(move |meeting| days.holds(meeting.on) && meeting.on <= today)
            .filter(move |meeting| self.is_meeting_of(meeting, panel))
    }

    /// The first day of which the folder has something: a request sent, or a meeting.
    pub(crate) fn begins_on(&self) -> Option<Day> {
        let sent = self.folder.referrals.iter();
        let sent = sent.filter_map(|file| file.record.submitted.map(|sent| sent.day()));
        let met = self.folder.meetings.iter().filter_map(|folder| folder.day);
        sent.chain(met).min()
    }
}
