//! Stretches of days, and financial years.

use crate::records::Day;
use chrono::{Datelike, NaiveDate};

/// A stretch of days: the first, and the day after the last; none is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stretch {
    /// The first day.
    pub(crate) from: Option<Day>,
    /// The day after the last.
    pub(crate) until: Option<Day>,
}

impl Stretch {
    /// All days.
    pub(crate) const ALL: Self = Self {
        from: None,
        until: None,
    };

    /// Whether no day can be in it.
    pub(crate) fn is_empty(self) -> bool {
        matches!((self.from, self.until), (Some(from), Some(until)) if until <= from)
    }

    /// Whether a day is in it.
    pub(crate) fn holds(self, day: Day) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day < until)
    }

    /// The days of both.
    pub(crate) fn and(self, other: Self) -> Self {
        Self {
            from: self.from.max(other.from),
            until: match (self.until, other.until) {
                (Some(one), Some(other)) => Some(one.min(other)),
                (one, other) => one.or(other),
            },
        }
    }
}

/// A financial year, from 1 April to 31 March.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct FinancialYear(i32);

impl FinancialYear {
    /// The one that a day falls into.
    pub(crate) fn of(day: Day) -> Self {
        let date = day.date();
        Self(date.year() - i32::from(date.month() < 4))
    }

    /// As budgets name it, `2026-27`; none where the text is no such year.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let year = Self(text.get(..4)?.parse().ok()?);
        ((1900..2199).contains(&year.0) && year.to_string() == text).then_some(year)
    }

    /// The next.
    pub(crate) const fn next(self) -> Self {
        Self(self.0 + 1)
    }

    /// Its days.
    pub(crate) fn days(self) -> Stretch {
        let first_of_april = |year| NaiveDate::from_ymd_opt(year, 4, 1).map(Day::of);
        Stretch {
            from: first_of_april(self.0),
            until: first_of_april(self.0 + 1),
        }
    }
}

/// As budgets name it: `2026-27`.
impl std::fmt::Display for FinancialYear {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{:02}", self.0, (self.0 + 1).rem_euclid(100))
    }
}
