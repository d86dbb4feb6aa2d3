//! The days of a report, and the arithmetic of its figures.

use super::{Days, exact_median};
use crate::calendar::plus_days;
use crate::desk::FinancialYear;
use crate::records::Day;
use proptest::prelude::*;

fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

fn days(from: &str, to: &str) -> Days {
    Days {
        from: day(from),
        to: day(to),
    }
}

#[test]
fn whole_months_are_compared_with_as_many_months_before() {
    let before = |from: &str, to: &str| days(from, to).before();
    assert_eq!(
        before("2026-10-01", "2026-12-31"),
        days("2026-07-01", "2026-09-30")
    );
    assert_eq!(
        before("2027-03-01", "2027-03-31"),
        days("2027-02-01", "2027-02-28")
    );
    assert_eq!(
        before("2026-04-01", "2027-03-31"),
        days("2025-04-01", "2026-03-31")
    );
}

#[test]
fn a_year_so_far_is_compared_with_the_same_days_of_the_year_before() {
    assert_eq!(
        Days::year_to_date(day("2026-11-27")).before(),
        days("2025-04-01", "2025-11-27")
    );
}

#[test]
fn other_days_are_compared_with_as_many_before() {
    assert_eq!(
        days("2026-11-16", "2026-11-27").before(),
        days("2026-11-04", "2026-11-15")
    );
}

#[test]
fn a_quarter_has_the_months_of_the_financial_year() {
    let year = FinancialYear::parse("2026-27").expect("a year");
    assert_eq!(
        Days::of_year(year, Some(4)),
        days("2027-01-01", "2027-03-31")
    );
    assert_eq!(Days::of_year(year, None), days("2026-04-01", "2027-03-31"));
    for text in ["2026-28", "2026", "26-27", "2026-27x", "éé26-27"] {
        assert!(FinancialYear::parse(text).is_none(), "{text}");
    }
}

#[test]
fn the_median_of_an_even_number_lies_between_the_two_in_the_middle() {
    assert_eq!(exact_median(&[]), None);
    assert_eq!(exact_median(&[5]), Some(10));
    assert_eq!(exact_median(&[10, 1, 6, 8]), Some(14));
    assert_eq!(exact_median(&[1, 2]), Some(3));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_months_of_a_period_are_its_days_each_once(start in 0i64..1500, count in 0i64..800) {
        let from = plus_days(day("2025-01-31"), start);
        let period = Days { from, to: plus_days(from, count) };
        let months = period.months();
        prop_assert_eq!(months[0].from, period.from);
        prop_assert_eq!(months[months.len() - 1].to, period.to);
        for pair in months.windows(2) {
            prop_assert_eq!(plus_days(pair[0].to, 1), pair[1].from);
        }
        let all: i64 = months.iter().map(|month| month.count()).sum();
        prop_assert_eq!(all, period.count());
    }

    #[test]
    fn the_days_before_end_before_the_period_begins(start in 0i64..1500, count in 0i64..360) {
        let from = plus_days(day("2025-01-31"), start);
        let period = Days { from, to: plus_days(from, count) };
        let before = period.before();
        prop_assert!(before.from <= before.to);
        prop_assert!(before.to < period.from);
    }
}
