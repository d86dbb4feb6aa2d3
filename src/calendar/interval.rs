//! Calendar arithmetic in days, weeks, months and years.

use crate::records::{Day, Interval, Unit};
use chrono::{Datelike, Months, NaiveDate, TimeDelta};

/// The day that lies an interval later; a month ends on the same day number, else on the
/// last of the month.
pub(crate) fn add(day: Day, interval: Interval) -> Day {
    let count = i64::from(interval.count);
    match interval.unit {
        Unit::Days => plus_days(day, count),
        Unit::Weeks => plus_days(day, count * 7),
        Unit::Months => day
            .date()
            .checked_add_months(Months::new(interval.count))
            .map_or(Day::of(NaiveDate::MAX), Day::of),
    }
}

/// The day that lies an interval earlier; months as in [`add`].
pub(crate) fn subtract(day: Day, interval: Interval) -> Day {
    let count = i64::from(interval.count);
    match interval.unit {
        Unit::Days => plus_days(day, -count),
        Unit::Weeks => plus_days(day, count * -7),
        Unit::Months => day
            .date()
            .checked_sub_months(Months::new(interval.count))
            .map_or(Day::of(NaiveDate::MIN), Day::of),
    }
}

/// Months from one day to another, one that has begun counted whole: none where they are the same
/// day or the other is earlier.
pub(crate) fn months_begun(from: Day, to: Day) -> i64 {
    let (first, last) = (from.date(), to.date());
    let years = i64::from(last.year()) - i64::from(first.year());
    let between = years * 12 + i64::from(last.month()) - i64::from(first.month());
    // The day that ends so many whole months may lie before `to` or after it.
    let ends_on = |months: i64| {
        u32::try_from(months).ok().map(|count| {
            let unit = Unit::Months;
            add(from, Interval { count, unit })
        })
    };
    if to <= from {
        0
    } else if ends_on(between).is_some_and(|end| end >= to) {
        between
    } else {
        between + 1
    }
}

/// Age in whole years on a day, the birthday included; negative before birth.
///
/// Someone born on 29 February has their birthday on 1 March in a common year.
pub(crate) fn age_on(born: Day, day: Day) -> i64 {
    let (born, date) = (born.date(), day.date());
    let to_come = (date.month(), date.day()) < (born.month(), born.day());
    i64::from(date.year()) - i64::from(born.year()) - i64::from(to_come)
}

/// The day on which someone becomes `age` whole years old; born on 29 February, 1 March in
/// a common year.
pub(crate) fn birthday(born: Day, age: u32) -> Day {
    let born = born.date();
    let falls = born.year().checked_add_unsigned(age).and_then(|year| {
        NaiveDate::from_ymd_opt(year, born.month(), born.day())
            .or_else(|| NaiveDate::from_ymd_opt(year, 3, 1))
    });
    Day::of(falls.unwrap_or(NaiveDate::MAX))
}

/// The day a number of days later, or earlier where it is negative; stops at the ends of the
/// calendar.
pub(crate) fn plus_days(day: Day, count: i64) -> Day {
    let end = if count < 0 {
        NaiveDate::MIN
    } else {
        NaiveDate::MAX
    };
    let moved = TimeDelta::try_days(count).and_then(|by| day.date().checked_add_signed(by));
    Day::of(moved.unwrap_or(end))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{any_day, day, ends};
    use super::*;
    use proptest::prelude::*;

    fn interval(text: &str) -> Interval {
        text.parse().expect("an interval")
    }

    #[test]
    fn a_month_ends_on_the_same_day_number_or_the_last_of_the_month() {
        for (from, length, to) in [
            ("2026-11-26", "1 month", "2026-12-26"),
            ("2027-01-31", "1 month", "2027-02-28"),
            ("2028-01-31", "1 month", "2028-02-29"),
            ("2026-08-31", "6 months", "2027-02-28"),
            ("2028-02-29", "12 months", "2029-02-28"),
            ("2026-11-26", "4 weeks", "2026-12-24"),
            ("2026-12-31", "1 day", "2027-01-01"),
        ] {
            assert_eq!(
                add(day(from), interval(length)),
                day(to),
                "{from} + {length}"
            );
        }
        assert_eq!(
            subtract(day("2027-03-31"), interval("1 month")),
            day("2027-02-28")
        );
        assert_eq!(
            subtract(day("2026-12-24"), interval("4 weeks")),
            day("2026-11-26")
        );
    }

    #[test]
    fn a_month_that_has_begun_counts_whole() {
        for (from, to, months) in [
            ("2026-12-01", "2027-03-01", 3),
            ("2026-12-01", "2027-03-02", 4),
            ("2026-12-01", "2027-02-28", 3),
            ("2026-11-30", "2027-02-28", 3),
            ("2026-11-30", "2027-03-01", 4),
            ("2026-12-01", "2026-12-02", 1),
            ("2026-12-01", "2026-12-01", 0),
            ("2026-12-01", "2026-11-01", 0),
        ] {
            assert_eq!(months_begun(day(from), day(to)), months, "{from} to {to}");
        }
    }

    #[test]
    fn a_child_is_a_year_older_on_the_birthday_and_not_before() {
        let born = day("2010-11-26");
        assert_eq!(age_on(born, day("2026-11-25")), 15);
        assert_eq!(age_on(born, day("2026-11-26")), 16);
        assert_eq!(age_on(born, born), 0);
        assert_eq!(age_on(born, day("2010-11-25")), -1);
        assert_eq!(birthday(born, 18), day("2028-11-26"));
    }

    #[test]
    fn a_child_born_on_29_february_has_the_birthday_on_1_march_in_common_years() {
        let born = day("2012-02-29");
        assert_eq!(age_on(born, day("2026-02-28")), 13);
        assert_eq!(age_on(born, day("2026-03-01")), 14);
        assert_eq!(age_on(born, day("2028-02-28")), 15);
        assert_eq!(age_on(born, day("2028-02-29")), 16);
        assert_eq!(birthday(born, 18), day("2030-03-01"));
        assert_eq!(birthday(born, 16), day("2028-02-29"));
    }

    #[test]
    fn arithmetic_stops_at_the_ends_of_the_calendar() {
        let [first, last] = ends();
        for unit in [Unit::Days, Unit::Weeks, Unit::Months] {
            let count = u32::MAX;
            assert_eq!(add(last, Interval { count, unit }), last);
            assert_eq!(subtract(first, Interval { count, unit }), first);
        }
        assert_eq!(birthday(first, u32::MAX), last);
        assert_eq!(plus_days(first, i64::MIN), first);
        assert_eq!(plus_days(first, i64::MAX), last);
    }

    proptest! {
        #[test]
        fn age_steps_up_exactly_on_the_birthday(born in any_day(), age in 0u32..100) {
            let birthday = birthday(born, age);
            prop_assert_eq!(age_on(born, birthday), i64::from(age));
            prop_assert_eq!(age_on(born, plus_days(birthday, -1)), i64::from(age) - 1);
        }

        #[test]
        fn taking_away_days_and_weeks_undoes_adding_them(day in any_day(), count in 1u32..500) {
            for unit in [Unit::Days, Unit::Weeks] {
                let interval = Interval { count, unit };
                prop_assert_eq!(subtract(add(day, interval), interval), day);
            }
        }

        #[test]
        fn taking_away_months_comes_back_to_the_day_or_up_to_three_before(day in any_day(), count in 1u32..200) {
            let interval = Interval { count, unit: Unit::Months };
            let back = subtract(add(day, interval), interval);
            prop_assert!(plus_days(day, -3) <= back && back <= day);
            prop_assert_eq!(back.date().month(), day.date().month());
        }

        #[test]
        fn a_later_day_or_a_longer_interval_never_ends_earlier(one in any_day(), other in any_day(), count in 1u32..200) {
            for unit in [Unit::Days, Unit::Weeks, Unit::Months] {
                let interval = Interval { count, unit };
                prop_assert!(add(one.min(other), interval) <= add(one.max(other), interval));
                let longer = Interval { count: count + 1, unit };
                prop_assert!(add(one, interval) < add(one, longer));
            }
        }
    }
}
