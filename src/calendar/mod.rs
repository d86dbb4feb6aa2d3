//! Arithmetic on dates: working days, bank holidays, meetings, cut-offs, deadlines, London time.
//!
//! All but [`london_now`] is a pure function of its arguments. Nothing here panics: what would
//! leave the calendar stops at its first or last day.

mod cut_off;
mod holidays;
mod interval;
#[expect(clippy::disallowed_methods, reason = "the one reading of the clock")]
mod london;
#[cfg(test)]
mod naive_tests;
mod schedule;
mod working_days;

pub(crate) use cut_off::{CutOff, CutOffOnBankHoliday};
pub(crate) use holidays::BankHolidays;
pub(crate) use interval::{add, age_on, birthday, months_begun, plus_days, subtract};
pub(crate) use london::{london_now, utc_of};
pub(crate) use schedule::{OnBankHoliday, Pattern, Schedule};

#[cfg(test)]
mod testing {
    use super::BankHolidays;
    use crate::records::Day;
    use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
    use proptest::strategy::Strategy;

    /// The list that is shipped, as text.
    pub(super) const LIST: &str =
        include_str!("../../councils/bank-holidays-england-and-wales.toml");

    pub(super) fn listed() -> BankHolidays {
        BankHolidays::parse(LIST).expect("the shipped list")
    }

    pub(super) fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }

    pub(super) fn time(text: &str) -> NaiveTime {
        NaiveTime::parse_from_str(text, "%H:%M").expect("a time")
    }

    pub(super) fn moment(text: &str) -> NaiveDateTime {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S").expect("a moment")
    }

    /// Any day from 2010, before the list begins, to 2037, after it ends.
    pub(super) fn any_day() -> impl Strategy<Value = Day> {
        let start = NaiveDate::from_ymd_opt(2010, 1, 1).expect("a day");
        (0u64..10_000).prop_map(move |days| Day::of(start + chrono::Days::new(days)))
    }

    /// The ends of the calendar, where arithmetic has nowhere to go.
    pub(super) fn ends() -> [Day; 2] {
        [Day::of(NaiveDate::MIN), Day::of(NaiveDate::MAX)]
    }
}
