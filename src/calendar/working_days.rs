//! Counting in working days, forwards and backwards.

use super::BankHolidays;
use crate::records::Day;
use chrono::{Datelike, NaiveDate, Weekday};
use std::iter::{once, successors};

/// Forty years of working days. No rule counts further; a slip of the keyboard might.
const MOST: u32 = 10_000;

impl BankHolidays {
    /// Whether offices are open: not a Saturday, a Sunday, Christmas Day, Good Friday or a
    /// bank holiday in England and Wales, as the children's regulations define a working day.
    pub(crate) fn is_working_day(&self, day: Day) -> bool {
        !matches!(day.date().weekday(), Weekday::Sat | Weekday::Sun) && self.name(day).is_none()
    }

    /// The working day that lies `count` working days before; the day itself is day 0,
    /// whether or not it is a working day. Counts no further than 10,000.
    pub(crate) fn working_days_before(&self, day: Day, count: u32) -> Day {
        nth(
            day,
            earlier(day).filter(|day| self.is_working_day(*day)),
            count,
            NaiveDate::MIN,
        )
    }

    /// The latest working day that leaves `count` whole working days between itself and
    /// `day`: neither end counts. Counts no further than 10,000.
    pub(crate) fn clear_working_days_before(&self, day: Day, count: u32) -> Day {
        self.working_days_before(day, count.saturating_add(1))
    }

    /// The working day that lies `count` working days after; the day itself is day 0,
    /// whether or not it is a working day. Counts no further than 10,000.
    pub(crate) fn working_days_after(&self, day: Day, count: u32) -> Day {
        nth(
            day,
            later(day).filter(|day| self.is_working_day(*day)),
            count,
            NaiveDate::MAX,
        )
    }

    /// The day itself if it is a working day, else the first one after it.
    pub(crate) fn next_working_day(&self, day: Day) -> Day {
        once(day)
            .chain(later(day))
            .find(|day| self.is_working_day(*day))
            .unwrap_or(Day::of(NaiveDate::MAX))
    }

    /// The day itself if it is a working day, else the last one before it.
    pub(crate) fn previous_working_day(&self, day: Day) -> Day {
        once(day)
            .chain(earlier(day))
            .find(|day| self.is_working_day(*day))
            .unwrap_or(Day::of(NaiveDate::MIN))
    }
}

fn nth(day: Day, mut days: impl Iterator<Item = Day>, count: u32, end: NaiveDate) -> Day {
    match count.min(MOST) {
        0 => day,
        count => days.nth(count as usize - 1).unwrap_or(Day::of(end)),
    }
}

fn later(day: Day) -> impl Iterator<Item = Day> {
    successors(day.date().succ_opt(), NaiveDate::succ_opt).map(Day::of)
}

fn earlier(day: Day) -> impl Iterator<Item = Day> {
    successors(day.date().pred_opt(), NaiveDate::pred_opt).map(Day::of)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{LIST, any_day, day, ends, listed};
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn clear_days_count_neither_the_day_of_notice_nor_the_day_of_the_meeting() {
        let holidays = listed();
        for (meeting, notice) in [
            ("2026-10-15", "2026-10-07"),
            ("2027-01-05", "2026-12-23"),
            ("2027-04-01", "2027-03-22"),
        ] {
            let found = holidays.clear_working_days_before(day(meeting), 5);
            assert_eq!(found, day(notice), "before {meeting}");
        }
    }

    #[test]
    fn bank_holidays_do_not_count_towards_notice() {
        // Back from Thursday 31 December 2026: Wednesday 30, Tuesday 29, not Monday 28
        // (Boxing Day), not Friday 25, so Thursday 24 is the third.
        let holidays = listed();
        let meeting = day("2026-12-31");
        assert_eq!(holidays.working_days_before(meeting, 3), day("2026-12-24"));
        assert_eq!(
            holidays.clear_working_days_before(meeting, 3),
            day("2026-12-23")
        );
    }

    #[test]
    fn the_day_itself_is_day_nought() {
        let holidays = listed();
        for text in ["2026-12-24", "2026-12-25", "2026-12-26"] {
            assert_eq!(holidays.working_days_before(day(text), 0), day(text));
            assert_eq!(holidays.working_days_after(day(text), 0), day(text));
        }
        assert_eq!(
            holidays.clear_working_days_before(day("2026-12-29"), 0),
            day("2026-12-24")
        );
    }

    #[test]
    fn a_first_review_is_due_within_twenty_working_days() {
        // From Friday 4 December 2026: 5 + 5 + 4 + 3 + 3 days in the five weeks after it.
        assert_eq!(
            listed().working_days_after(day("2026-12-04"), 20),
            day("2027-01-06")
        );
    }

    #[test]
    fn christmas_day_is_no_working_day_beyond_the_list() {
        let holidays = listed();
        assert!(!holidays.is_working_day(day("2030-12-25")));
        assert!(!holidays.is_working_day(day("2030-04-19")));
        assert!(holidays.is_working_day(day("2030-12-27")));
    }

    #[test]
    fn the_nearest_working_day_steps_over_easter() {
        let holidays = listed();
        for text in ["2027-03-26", "2027-03-27", "2027-03-28", "2027-03-29"] {
            assert_eq!(holidays.next_working_day(day(text)), day("2027-03-30"));
            assert_eq!(holidays.previous_working_day(day(text)), day("2027-03-25"));
        }
        let open = day("2027-03-30");
        assert_eq!(holidays.next_working_day(open), open);
        assert_eq!(holidays.previous_working_day(open), open);
    }

    #[test]
    fn silly_counts_and_the_ends_of_the_calendar_give_an_answer() {
        let holidays = listed();
        let today = day("2026-10-15");
        assert_eq!(
            holidays.working_days_before(today, u32::MAX),
            holidays.working_days_before(today, MOST)
        );
        assert_eq!(
            holidays.clear_working_days_before(today, u32::MAX),
            holidays.working_days_before(today, MOST)
        );
        let [first, last] = ends();
        assert_eq!(holidays.working_days_before(first, 3), first);
        assert_eq!(holidays.working_days_after(last, 3), last);
        for end in ends() {
            let _ = holidays.next_working_day(end);
            let _ = holidays.previous_working_day(end);
        }
    }

    /// An implementation that shares nothing with the one above: the file's own lines, and
    /// positions in one long list of open days instead of steps.
    #[test]
    fn counting_agrees_with_positions_in_a_plain_list_over_ten_years() {
        let start = NaiveDate::from_ymd_opt(2016, 1, 1).expect("a day");
        let open: Vec<NaiveDate> = start
            .iter_days()
            .take_while(|date| date.year() < 2029)
            .filter(|date| {
                !date.format("%a").to_string().starts_with('S')
                    && !LIST
                        .lines()
                        .any(|line| line.starts_with(&format!("{date} =")))
            })
            .collect();
        let holidays = listed();
        for date in start.iter_days().skip(366).take(3_653) {
            let before = open.partition_point(|other| *other < date);
            let after = open.partition_point(|other| *other <= date);
            let today = Day::of(date);
            assert_eq!(holidays.is_working_day(today), before != after, "{date}");
            for count in [1, 2, 3, 5, 10, 20] {
                let at = |position: usize| Day::of(open[position]);
                let steps = u32::try_from(count).expect("small");
                assert_eq!(
                    holidays.working_days_before(today, steps),
                    at(before - count)
                );
                assert_eq!(
                    holidays.clear_working_days_before(today, steps),
                    at(before - count - 1)
                );
                assert_eq!(
                    holidays.working_days_after(today, steps),
                    at(after + count - 1)
                );
            }
        }
    }

    proptest! {
        #[test]
        fn counting_back_undoes_counting_on(day in any_day(), count in 0u32..300) {
            let holidays = listed();
            let open = holidays.next_working_day(day);
            let there = holidays.working_days_after(open, count);
            prop_assert_eq!(holidays.working_days_before(there, count), open);
            prop_assert_eq!(holidays.working_days_after(holidays.working_days_before(open, count), count), open);
        }

        #[test]
        fn a_later_day_never_has_an_earlier_answer(one in any_day(), other in any_day(), count in 0u32..60) {
            let holidays = listed();
            let (early, late) = (one.min(other), one.max(other));
            prop_assert!(holidays.working_days_before(early, count) <= holidays.working_days_before(late, count));
            prop_assert!(holidays.working_days_after(early, count) <= holidays.working_days_after(late, count));
            prop_assert!(holidays.next_working_day(early) <= holidays.next_working_day(late));
        }

        #[test]
        fn more_days_of_notice_are_never_later(day in any_day(), count in 0u32..60) {
            let holidays = listed();
            prop_assert!(holidays.working_days_before(day, count + 1) < holidays.working_days_before(day, count));
            prop_assert!(holidays.clear_working_days_before(day, count) < day);
        }
    }
}
