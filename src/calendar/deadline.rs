//! Until when something has to follow an event: letters, minutes, appeals, decisions.

use super::interval::plus_days;
use super::{BankHolidays, CutOffOnBankHoliday};
use crate::records::Day;
use chrono::{Datelike, NaiveDateTime, TimeDelta, Weekday};

/// What becomes of a deadline that falls on a bank holiday: the same choices as for a cut-off.
pub(crate) type DeadlineOnBankHoliday = CutOffOnBankHoliday;

/// A deadline as a council states it, counted from a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DeadlineAfter {
    /// In wall-clock hours, through weekends and bank holidays, to the second.
    Hours(u32),
    /// In calendar days, to the end of the last.
    Days(u32),
    /// In working days, to the end of the last; the day itself is day 0.
    WorkingDays(u32),
    /// To the end of the first such weekday strictly after.
    Weekday(Weekday),
}

impl DeadlineAfter {
    /// The last second at which it is met, London wall-clock time. A deadline in days ends
    /// at 23:59:59; on a bank holiday it moves as the setting says. Hours are never moved.
    pub(crate) fn due(
        self,
        after: NaiveDateTime,
        on_bank_holiday: DeadlineOnBankHoliday,
        holidays: &BankHolidays,
    ) -> NaiveDateTime {
        let day = Day::of(after.date());
        let last = match self {
            Self::Hours(hours) => {
                return after
                    .checked_add_signed(TimeDelta::hours(i64::from(hours)))
                    .unwrap_or(NaiveDateTime::MAX);
            }
            Self::Days(days) => plus_days(day, i64::from(days)),
            Self::WorkingDays(days) => holidays.working_days_after(day, days),
            Self::Weekday(weekday) => {
                let ahead = (weekday.days_since(after.weekday()) + 6) % 7 + 1;
                plus_days(day, i64::from(ahead))
            }
        };
        on_bank_holiday.settle(last, holidays).end()
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{any_day, day, ends, listed, moment};
    use super::*;
    use CutOffOnBankHoliday::{Keep, NextWorkingDay, PreviousWorkingDay};
    use proptest::prelude::*;

    fn due(deadline: DeadlineAfter, after: &str) -> String {
        deadline
            .due(moment(after), NextWorkingDay, &listed())
            .to_string()
    }

    #[test]
    fn hours_run_on_through_weekends_bank_holidays_and_clock_changes() {
        // The 48 + 48 + 24 hours after a sitting that ends at 13:00 on a Wednesday.
        let wednesday = "2026-11-25 13:00:00";
        assert_eq!(
            due(DeadlineAfter::Hours(48), wednesday),
            "2026-11-27 13:00:00"
        );
        assert_eq!(
            due(DeadlineAfter::Hours(96), wednesday),
            "2026-11-29 13:00:00"
        );
        assert_eq!(
            due(DeadlineAfter::Hours(120), wednesday),
            "2026-11-30 13:00:00"
        );
        let hours = DeadlineAfter::Hours(24);
        assert_eq!(due(hours, "2026-12-24 09:00:01"), "2026-12-25 09:00:01");
        assert_eq!(due(hours, "2026-10-24 13:00:00"), "2026-10-25 13:00:00");
    }

    #[test]
    fn a_deadline_in_days_ends_with_the_last_second_of_its_day() {
        let after = "2026-11-26 16:00:00";
        assert_eq!(due(DeadlineAfter::Days(2), after), "2026-11-28 23:59:59");
        assert_eq!(due(DeadlineAfter::Days(0), after), "2026-11-26 23:59:59");
        assert_eq!(
            due(DeadlineAfter::WorkingDays(2), after),
            "2026-11-30 23:59:59"
        );
        assert_eq!(
            due(DeadlineAfter::WorkingDays(5), "2026-12-23 16:00:00"),
            "2027-01-04 23:59:59"
        );
    }

    #[test]
    fn a_weekday_deadline_is_the_first_such_day_strictly_after() {
        let friday = DeadlineAfter::Weekday(Weekday::Fri);
        assert_eq!(due(friday, "2026-11-26 16:00:00"), "2026-11-27 23:59:59");
        assert_eq!(due(friday, "2026-11-27 09:00:00"), "2026-12-04 23:59:59");
    }

    #[test]
    fn a_deadline_on_a_bank_holiday_moves_as_the_rule_file_says() {
        // Friday 25 December 2026, then a weekend and the substitute for Boxing Day.
        let after = moment("2026-12-22 12:00:00");
        for deadline in [DeadlineAfter::Days(3), DeadlineAfter::Weekday(Weekday::Fri)] {
            for (choice, expected) in [
                (NextWorkingDay, "2026-12-29 23:59:59"),
                (Keep, "2026-12-25 23:59:59"),
                (PreviousWorkingDay, "2026-12-24 23:59:59"),
            ] {
                assert_eq!(deadline.due(after, choice, &listed()), moment(expected));
            }
        }
    }

    #[test]
    fn silly_counts_and_the_ends_of_the_calendar_give_an_answer() {
        for deadline in [
            DeadlineAfter::Hours(u32::MAX),
            DeadlineAfter::Days(u32::MAX),
            DeadlineAfter::WorkingDays(u32::MAX),
            DeadlineAfter::Weekday(Weekday::Tue),
        ] {
            for day in ends().into_iter().chain([day("2026-11-26")]) {
                for choice in [NextWorkingDay, Keep, PreviousWorkingDay] {
                    let _ = deadline.due(day.start(), choice, &listed());
                    let _ = deadline.due(day.end(), choice, &listed());
                }
            }
        }
    }

    proptest! {
        #[test]
        fn a_later_event_never_has_an_earlier_deadline(one in any_day(), other in any_day(), count in 0u32..60) {
            let (early, late) = (one.min(other).start(), one.max(other).end());
            for deadline in [
                DeadlineAfter::Hours(count),
                DeadlineAfter::Days(count),
                DeadlineAfter::WorkingDays(count),
                DeadlineAfter::Weekday(Weekday::Tue),
            ] {
                for choice in [NextWorkingDay, Keep, PreviousWorkingDay] {
                    prop_assert!(deadline.due(early, choice, &listed()) <= deadline.due(late, choice, &listed()));
                }
                prop_assert!(deadline.due(early, NextWorkingDay, &listed()) >= early);
            }
        }

        #[test]
        fn working_days_of_a_deadline_are_those_between(event in any_day(), count in 1u32..60) {
            let holidays = listed();
            let due = DeadlineAfter::WorkingDays(count).due(event.start(), NextWorkingDay, &holidays);
            prop_assert_eq!(holidays.working_days_between(event, Day::of(due.date())), count);
        }
    }
}
