//! The days on which nobody is at work beside Saturdays and Sundays.

use crate::records::Day;
use chrono::{Datelike, NaiveDate, Weekday};
use serde::Deserialize;
use std::collections::BTreeMap;

/// The bank holidays in England and Wales that are known, and how far the list was checked.
///
/// One-off days are proclaimed at days' notice, so an answer that reaches past the day to
/// which the list is verified has to say so: ask [`BankHolidays::is_verified`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct BankHolidays {
    days: BTreeMap<Day, String>,
    verified_to: Option<Day>,
}

/// The file as it is written. Keys that it does not know are refused: a misspelt
/// `verified_to` that went unnoticed would vouch for days nobody has checked.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    verified_to: Option<toml::Value>,
    days: BTreeMap<Day, String>,
}

impl BankHolidays {
    /// Reads a list: `[days]` with a name for each date, and above it, optionally,
    /// `verified_to`; without that the list is taken to be whole to the end of its last year.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let written: Written = toml::from_str(text).map_err(|error| error.to_string())?;
        let verified_to = match written.verified_to {
            Some(value) => Some(day_from(&value)?),
            None => written.days.keys().next_back().and_then(end_of_year),
        };
        Ok(Self {
            days: written.days,
            verified_to,
        })
    }

    /// The same list with the days that a case folder adds; a name already listed stands.
    ///
    /// The day to which the list is verified stays: knowing of one day more says nothing
    /// about the others.
    pub(crate) fn with_extra(mut self, days: impl IntoIterator<Item = (Day, String)>) -> Self {
        for (day, name) in days {
            self.days.entry(day).or_insert(name);
        }
        self
    }

    /// What the day is called if it is a bank holiday, Christmas Day or Good Friday.
    ///
    /// The last two count in every year, listed or not: the definition of a working day
    /// names them itself, and a Christmas Day on a Saturday is not in the list.
    pub(crate) fn name(&self, day: Day) -> Option<&str> {
        let date = day.date();
        if let Some(name) = self.days.get(&day) {
            Some(name)
        } else if (date.month(), date.day()) == (12, 25) {
            Some("Christmas Day")
        } else if date.weekday() == Weekday::Fri && good_friday(date.year()) == Some(date) {
            Some("Good Friday")
        } else {
            None
        }
    }

    /// Whether the list was checked as far as this day.
    pub(crate) fn is_verified(&self, day: Day) -> bool {
        self.verified_to.is_some_and(|last| day <= last)
    }

    /// The last day for which the list was checked; none for an empty list.
    pub(crate) const fn verified_to(&self) -> Option<Day> {
        self.verified_to
    }
}

/// A date means the same with and without quotation marks.
fn day_from(value: &toml::Value) -> Result<Day, String> {
    let text = match value {
        toml::Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    text.parse()
        .map_err(|unreadable| format!("verified_to: {unreadable}"))
}

fn end_of_year(day: &Day) -> Option<Day> {
    NaiveDate::from_ymd_opt(day.date().year(), 12, 31).map(Day::of)
}

/// Two days before Easter Sunday by the anonymous Gregorian computus (Meeus, Astronomical
/// Algorithms, chapter 8), whose letters are kept.
#[expect(
    clippy::many_single_char_names,
    reason = "the letters are those of the published method"
)]
fn good_friday(year: i32) -> Option<NaiveDate> {
    let a = year.rem_euclid(19);
    let (b, c) = (year.div_euclid(100), year.rem_euclid(100));
    let (d, e) = (b.div_euclid(4), b.rem_euclid(4));
    let f = (b + 8).div_euclid(25);
    let g = (b - f + 1).div_euclid(3);
    let h = (19 * a + b - d - g + 15).rem_euclid(30);
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k).rem_euclid(7);
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    let easter = NaiveDate::from_ymd_opt(
        year,
        u32::try_from(n / 31).ok()?,
        u32::try_from(n % 31 + 1).ok()?,
    )?;
    easter.checked_sub_days(chrono::Days::new(2))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{day, listed};
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_shipped_list_is_verified_to_the_end_of_its_last_year() {
        let holidays = listed();
        assert_eq!(holidays.verified_to(), Some(day("2028-12-31")));
        assert!(holidays.is_verified(day("2028-12-31")));
        assert!(!holidays.is_verified(day("2029-01-01")));
        assert_eq!(holidays.name(day("2026-12-28")), Some("Boxing Day"));
        assert_eq!(holidays.name(day("2026-12-26")), None);
    }

    #[test]
    fn a_verified_day_that_is_stated_is_taken_with_or_without_quotation_marks() {
        for stated in ["2027-06-30", "\"2027-06-30\""] {
            let text = format!("verified_to = {stated}\n[days]\n2027-01-01 = \"New Year's Day\"\n");
            let holidays = BankHolidays::parse(&text).expect("a list");
            assert_eq!(holidays.verified_to(), Some(day("2027-06-30")));
        }
    }

    #[test]
    fn an_empty_list_vouches_for_no_day() {
        let holidays = BankHolidays::parse("[days]\n").expect("a list");
        assert!(!holidays.is_verified(day("1990-01-01")));
    }

    #[test]
    fn faults_in_the_list_are_told_and_not_passed_over() {
        for text in [
            "[days]\n2026-02-31 = \"No such day\"\n",
            "[days]\n2026-12-25 = 1\n",
            "verified_too = 2026-12-31\n[days]\n",
            "verified_to = 2026-12-31T10:00:00\n[days]\n",
            "verified_to = 2026\n[days]\n",
            "days = 1",
            "",
        ] {
            assert!(BankHolidays::parse(text).is_err(), "{text}");
        }
        let fault = BankHolidays::parse("[days]\n31/12/2026 = \"x\"\n").expect_err("slashes");
        assert!(fault.contains("line 2"), "{fault}");
    }

    #[test]
    fn a_day_added_by_a_case_folder_counts_and_a_listed_name_stands() {
        let extra = [
            (day("2026-07-20"), "National day of thanks".to_owned()),
            (day("2026-12-25"), "Office closed".to_owned()),
        ];
        let holidays = listed().with_extra(extra);
        assert_eq!(
            holidays.name(day("2026-07-20")),
            Some("National day of thanks")
        );
        assert_eq!(holidays.name(day("2026-12-25")), Some("Christmas Day"));
        assert_eq!(holidays.verified_to(), listed().verified_to());
    }

    #[test]
    fn christmas_day_and_good_friday_hold_in_years_that_are_not_listed() {
        let holidays = listed();
        assert_eq!(holidays.name(day("2040-12-25")), Some("Christmas Day"));
        assert_eq!(holidays.name(day("2030-04-19")), Some("Good Friday"));
        assert_eq!(holidays.name(day("2038-04-23")), Some("Good Friday"));
        assert_eq!(holidays.name(day("2008-03-21")), Some("Good Friday"));
        assert_eq!(holidays.name(day("2030-04-12")), None);
    }

    #[test]
    fn the_computed_good_friday_is_the_listed_one_in_every_listed_year() {
        let holidays = listed();
        let good_fridays: Vec<Day> = holidays
            .days
            .iter()
            .filter(|(_, name)| *name == "Good Friday")
            .map(|(day, _)| *day)
            .collect();
        let computed: Vec<Day> = (2012..=2028).filter_map(good_friday).map(Day::of).collect();
        assert_eq!(good_fridays, computed);
    }

    proptest! {
        #[test]
        fn good_friday_is_a_friday_between_20_march_and_23_april(year in -200_000i32..200_000) {
            let date = good_friday(year).expect("inside the calendar");
            prop_assert_eq!(date.weekday(), Weekday::Fri);
            prop_assert!((3, 20) <= (date.month(), date.day()) && (date.month(), date.day()) <= (4, 23));
        }

        #[test]
        fn no_text_makes_reading_the_list_fall_over(text in "\\PC{0,40}") {
            let _ = BankHolidays::parse(&text);
        }
    }
}
