//! The arithmetic of days against a second one that shares nothing with it: days as year, month and
//! day, walked one by one, with its own leap years, weekdays and reading of the list.

use super::testing::{LIST, any_day, day, listed};
use super::{add, age_on, birthday, subtract};
use crate::records::{Day, Interval, Unit};
use chrono::Datelike;
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// Year, month, day.
type Plain = (i32, u32, u32);

fn plain(day: Day) -> Plain {
    (day.date().year(), day.date().month(), day.date().day())
}

fn length(year: i32, month: u32) -> u32 {
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if is_leap => 29,
        2 => 28,
        _ => 31,
    }
}

fn next((year, month, day): Plain) -> Plain {
    match (month, day < length(year, month)) {
        (_, true) => (year, month, day + 1),
        (12, false) => (year + 1, 1, 1),
        (_, false) => (year, month + 1, 1),
    }
}

fn previous((year, month, day): Plain) -> Plain {
    match (month, day) {
        (1, 1) => (year - 1, 12, 31),
        (_, 1) => (year, month - 1, length(year, month - 1)),
        _ => (year, month, day - 1),
    }
}

/// Sakamoto's rule: 0 is Sunday.
fn weekday((year, month, day): Plain) -> i64 {
    const SHIFTS: [i64; 12] = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4];
    let year = i64::from(year) - i64::from(month < 3);
    let shift = SHIFTS[month as usize - 1];
    (year + year / 4 - year / 100 + year / 400 + shift + i64::from(day)) % 7
}

/// The days of the list, from the text of its lines.
static CLOSED: LazyLock<BTreeSet<Plain>> = LazyLock::new(|| {
    let numbers = |line: &str| -> Option<Plain> {
        let (date, _) = line.split_once(" = \"")?;
        let mut parts = date.split('-');
        let year = parts.next()?.parse().ok()?;
        Some((
            year,
            parts.next()?.parse().ok()?,
            parts.next()?.parse().ok()?,
        ))
    };
    let days: BTreeSet<Plain> = LIST.lines().filter_map(numbers).collect();
    assert!(days.len() > 130, "the list was not read");
    days
});

fn is_open(day: Plain) -> bool {
    let is_christmas = (day.1, day.2) == (12, 25);
    !matches!(weekday(day), 0 | 6) && !is_christmas && !CLOSED.contains(&day)
}

fn walked(mut day: Plain, step: fn(Plain) -> Plain, count: u32) -> Plain {
    for _ in 0..count {
        day = step(day);
        while !is_open(day) {
            day = step(day);
        }
    }
    day
}

/// Any day of the years that the list names whole, far enough from its ends to count.
fn listed_day() -> impl Strategy<Value = Day> {
    any_day().prop_filter("in the years of the list", |day| {
        (2014..=2026).contains(&day.date().year())
    })
}

proptest! {
    #[test]
    fn counting_agrees_with_walking(today in listed_day(), count in 0u32..250) {
        let holidays = listed();
        let here = plain(today);
        prop_assert_eq!(holidays.is_working_day(today), is_open(here));
        prop_assert_eq!(plain(holidays.working_days_before(today, count)), walked(here, previous, count));
        prop_assert_eq!(plain(holidays.working_days_after(today, count)), walked(here, next, count));
        let clear = plain(holidays.clear_working_days_before(today, count));
        prop_assert_eq!(clear, walked(here, previous, count + 1));
    }

    #[test]
    fn clear_days_leave_exactly_so_many_open_days_between(today in listed_day(), count in 0u32..60) {
        let notice = plain(listed().clear_working_days_before(today, count));
        let mut between = 0;
        let mut here = next(notice);
        while here != plain(today) {
            between += u32::from(is_open(here));
            here = next(here);
        }
        prop_assert_eq!(between, count);
        prop_assert!(is_open(notice));
    }

    #[test]
    fn clear_days_are_undone_by_counting_on_one_more(today in listed_day(), count in 0u32..60) {
        let holidays = listed();
        let open = holidays.next_working_day(today);
        let notice = holidays.clear_working_days_before(open, count);
        prop_assert_eq!(holidays.working_days_after(notice, count + 1), open);
    }

    #[test]
    fn months_agree_with_counting_them_one_by_one(today in any_day(), count in 1u32..200) {
        let months = Interval { count, unit: Unit::Months };
        let (year, month, day) = plain(today);
        let (mut there, mut back) = ((year, month), (year, month));
        for _ in 0..count {
            there = if there.1 == 12 { (there.0 + 1, 1) } else { (there.0, there.1 + 1) };
            back = if back.1 == 1 { (back.0 - 1, 12) } else { (back.0, back.1 - 1) };
        }
        let ends = |(year, month)| (year, month, day.min(length(year, month)));
        prop_assert_eq!(plain(add(today, months)), ends(there));
        prop_assert_eq!(plain(subtract(today, months)), ends(back));
    }

    #[test]
    fn age_agrees_with_counting_birthdays(born in any_day(), days in 0u32..9_000) {
        let mut here = plain(born);
        let mut age = 0;
        for _ in 0..days {
            here = next(here);
            // Born on 29 February, the birthday of a common year is 1 March.
            let is_birthday = (here.1, here.2) == (born.date().month(), born.date().day())
                || ((born.date().month(), born.date().day()) == (2, 29)
                    && length(here.0, 2) == 28
                    && (here.1, here.2) == (3, 1));
            age += i64::from(is_birthday);
        }
        let today = Day::of(born.date() + chrono::Days::new(u64::from(days)));
        prop_assert_eq!(plain(today), here);
        prop_assert_eq!(age_on(born, today), age);
    }
}

#[test]
fn no_day_of_the_list_is_ever_a_working_day() {
    let holidays = listed();
    for (year, month, number) in CLOSED.iter() {
        let closed = day(&format!("{year}-{month:02}-{number:02}"));
        assert!(!holidays.is_working_day(closed), "{closed}");
        for count in [1, 2, 3, 5, 20] {
            for there in [
                holidays.working_days_before(closed, count),
                holidays.working_days_after(closed, count),
                holidays.clear_working_days_before(closed, count),
            ] {
                assert!(holidays.is_working_day(there), "{there}");
            }
        }
    }
}

/// Months keep the day's number, else take the last of the month; before the eighteenth birthday
/// the birthday itself is too late.
#[test]
fn the_examples_of_the_contract_hold() {
    let months = |count| Interval {
        count,
        unit: Unit::Months,
    };
    for (from, count, to) in [
        ("2026-11-26", 3, "2027-02-26"),
        ("2026-11-30", 3, "2027-02-28"),
        ("2027-11-30", 3, "2028-02-29"),
        ("2026-08-31", 6, "2027-02-28"),
    ] {
        assert_eq!(
            add(day(from), months(count)),
            day(to),
            "{count} after {from}"
        );
    }
    let born = day("2012-02-29");
    assert_eq!(birthday(born, 18), day("2030-03-01"));
    assert_eq!(birthday(born, 16), day("2028-02-29"));
    assert_eq!(age_on(born, day("2030-02-28")), 17);
    assert_eq!(age_on(born, day("2030-03-01")), 18);
}
