//! Lengths of calendar time as decisions and rule files state them: `4 weeks`.

use super::{Unreadable, read_from_text};
use std::fmt;
use std::str::FromStr;

/// A unit of calendar time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    /// Calendar days.
    Days,
    /// Weeks of seven days.
    Weeks,
    /// Calendar months: the same day number, else the last of the month.
    Months,
}

/// A count of days, weeks or months, at least one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Interval {
    /// How many of the unit.
    pub(crate) count: u32,
    /// Days, weeks or months.
    pub(crate) unit: Unit,
}

impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match self.unit {
            Unit::Days => "day",
            Unit::Weeks => "week",
            Unit::Months => "month",
        };
        let plural = if self.count == 1 { "" } else { "s" };
        write!(f, "{} {unit}{plural}", self.count)
    }
}

impl FromStr for Interval {
    type Err = Unreadable;

    fn from_str(text: &str) -> Result<Self, Unreadable> {
        let refused = || {
            Unreadable::new(
                format!("`{text}` is not a number of days, weeks or months"),
                "write it like 4 weeks",
            )
        };
        let (count, unit) = text.trim().split_once(' ').ok_or_else(refused)?;
        let count: u32 = count.parse().map_err(|_| refused())?;
        let unit = match unit.trim() {
            "day" | "days" => Unit::Days,
            "week" | "weeks" => Unit::Weeks,
            "month" | "months" => Unit::Months,
            _ => return Err(refused()),
        };
        if !(1..=1200).contains(&count) {
            return Err(refused());
        }
        Ok(Self { count, unit })
    }
}

read_from_text!(Interval, "a number of days, weeks or months, like 4 weeks");
