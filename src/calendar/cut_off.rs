//! Until when papers for a meeting may come in.

use super::BankHolidays;
use super::interval::plus_days;
use crate::records::Day;
use chrono::{Datelike, NaiveDateTime, NaiveTime, TimeDelta, Weekday};

/// A cut-off as a council states it. Without an hour it is the end of its day, 23:59:59.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(
    clippy::enum_variant_names,
    reason = "`days before` is how a council says it; `Days` alone would not say which way"
)]
pub(crate) enum CutOff {
    /// So many working days before the meeting's day, which is day 0.
    WorkingDaysBefore {
        /// In working days.
        days: u32,
        /// London wall-clock time.
        at: Option<NaiveTime>,
    },
    /// So many whole working days between the cut-off's day and the meeting's.
    ClearWorkingDaysBefore {
        /// In working days, neither end counted.
        days: u32,
        /// London wall-clock time.
        at: Option<NaiveTime>,
    },
    /// So many calendar days before the meeting's day.
    DaysBefore {
        /// In calendar days.
        days: u32,
        /// London wall-clock time.
        at: Option<NaiveTime>,
    },
    /// So many hours before the meeting begins, weekends and bank holidays included.
    HoursBefore {
        /// In wall-clock hours: 24 are the same time of the day before, whatever the clocks do.
        hours: u32,
    },
    /// On a weekday before the meeting.
    WeekdayBefore {
        /// The weekday.
        weekday: Weekday,
        /// London wall-clock time.
        at: Option<NaiveTime>,
        /// In weeks: 0 is the last such weekday strictly before the meeting.
        weeks_back: u32,
    },
}

/// What becomes of a cut-off that falls on a bank holiday, Christmas Day or Good Friday.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CutOffOnBankHoliday {
    /// It moves to the last working day before, at the same hour.
    PreviousWorkingDay,
    /// It stays.
    Keep,
    /// It moves to the first working day after, at the same hour.
    NextWorkingDay,
}

impl CutOffOnBankHoliday {
    /// The day that a day becomes. An ordinary Saturday or Sunday is no bank holiday and stays:
    /// whoever writes such a rule means it.
    pub(super) fn settle(self, day: Day, holidays: &BankHolidays) -> Day {
        match self {
            _ if holidays.name(day).is_none() => day,
            Self::PreviousWorkingDay => holidays.previous_working_day(day),
            Self::Keep => day,
            Self::NextWorkingDay => holidays.next_working_day(day),
        }
    }
}

impl CutOff {
    /// The last second at which papers are in time, London wall-clock time.
    ///
    /// `planned` is the meeting's day by its pattern and `held` the day after any move for a
    /// bank holiday. What counts in days or hours counts from `held`; a weekday stays where
    /// the pattern puts it, and counts from `planned`. Hours run through bank holidays and
    /// are never moved.
    pub(crate) fn moment(
        self,
        planned: Day,
        held: Day,
        start: NaiveTime,
        on_bank_holiday: CutOffOnBankHoliday,
        holidays: &BankHolidays,
    ) -> NaiveDateTime {
        let (day, at) = match self {
            Self::WorkingDaysBefore { days, at } => (holidays.working_days_before(held, days), at),
            Self::ClearWorkingDaysBefore { days, at } => {
                (holidays.clear_working_days_before(held, days), at)
            }
            Self::DaysBefore { days, at } => (plus_days(held, -i64::from(days)), at),
            Self::WeekdayBefore {
                weekday,
                at,
                weeks_back,
            } => {
                let past = (planned.date().weekday().days_since(weekday) + 6) % 7 + 1;
                let days = i64::from(past) + 7 * i64::from(weeks_back);
                (plus_days(planned, -days), at)
            }
            Self::HoursBefore { hours } => {
                return held
                    .date()
                    .and_time(start)
                    .checked_sub_signed(TimeDelta::hours(i64::from(hours)))
                    .unwrap_or(NaiveDateTime::MIN);
            }
        };
        let day = on_bank_holiday.settle(day, holidays);
        at.map_or_else(|| day.end(), |at| day.date().and_time(at))
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{any_day, day, ends, listed, time};
    use super::*;
    use CutOffOnBankHoliday::{Keep, NextWorkingDay, PreviousWorkingDay};
    use proptest::prelude::*;

    fn moved(cut_off: CutOff, planned: &str, held: &str, choice: CutOffOnBankHoliday) -> String {
        cut_off
            .moment(day(planned), day(held), time("14:00"), choice, &listed())
            .to_string()
    }

    fn before(cut_off: CutOff, meeting: &str) -> String {
        moved(cut_off, meeting, meeting, PreviousWorkingDay)
    }

    fn on(weekday: Weekday, at: Option<NaiveTime>, weeks_back: u32) -> CutOff {
        CutOff::WeekdayBefore {
            weekday,
            at,
            weeks_back,
        }
    }

    #[test]
    fn a_cut_off_without_an_hour_is_the_end_of_its_day() {
        let three = CutOff::WorkingDaysBefore { days: 3, at: None };
        assert_eq!(before(three, "2026-11-26"), "2026-11-23 23:59:59");
        assert_eq!(before(three, "2026-12-31"), "2026-12-24 23:59:59");
        let five = CutOff::ClearWorkingDaysBefore { days: 5, at: None };
        assert_eq!(before(five, "2027-01-05"), "2026-12-23 23:59:59");
    }

    #[test]
    fn a_cut_off_with_an_hour_ends_at_that_hour() {
        let at = Some(time("13:00"));
        let days = 2;
        assert_eq!(
            before(CutOff::WorkingDaysBefore { days, at }, "2026-11-30"),
            "2026-11-26 13:00:00"
        );
        assert_eq!(
            before(CutOff::DaysBefore { days, at }, "2026-11-30"),
            "2026-11-28 13:00:00"
        );
    }

    #[test]
    fn a_weekday_before_is_strictly_before() {
        let friday = on(Weekday::Fri, Some(time("12:00")), 0);
        assert_eq!(before(friday, "2026-11-26"), "2026-11-20 12:00:00");
        assert_eq!(before(friday, "2026-11-27"), "2026-11-20 12:00:00");
        assert_eq!(before(friday, "2026-11-28"), "2026-11-27 12:00:00");
        assert_eq!(
            before(on(Weekday::Fri, None, 1), "2026-11-26"),
            "2026-11-13 23:59:59"
        );
    }

    #[test]
    fn hours_run_back_from_the_start_through_weekends_bank_holidays_and_clock_changes() {
        let two_days = CutOff::HoursBefore { hours: 48 };
        assert_eq!(before(two_days, "2026-11-30"), "2026-11-28 14:00:00");
        assert_eq!(before(two_days, "2026-09-02"), "2026-08-31 14:00:00");
        assert_eq!(before(two_days, "2027-03-29"), "2027-03-27 14:00:00");
    }

    #[test]
    fn a_cut_off_on_a_bank_holiday_moves_as_the_rule_file_says_at_the_same_hour() {
        // Monday 31 August 2026 is the summer bank holiday.
        let at = Some(time("10:00"));
        for cut_off in [on(Weekday::Mon, at, 0), CutOff::DaysBefore { days: 3, at }] {
            for (choice, expected) in [
                (PreviousWorkingDay, "2026-08-28 10:00:00"),
                (Keep, "2026-08-31 10:00:00"),
                (NextWorkingDay, "2026-09-01 10:00:00"),
            ] {
                assert_eq!(moved(cut_off, "2026-09-03", "2026-09-03", choice), expected);
            }
        }
    }

    #[test]
    fn a_cut_off_on_a_plain_saturday_stays() {
        assert_eq!(
            before(on(Weekday::Sat, None, 0), "2026-11-26"),
            "2026-11-21 23:59:59"
        );
    }

    #[test]
    fn working_days_count_from_the_day_held_and_weekdays_from_the_day_planned() {
        // Planned for the bank holiday, Monday 31 August, and held on Tuesday 1 September.
        let (planned, held) = ("2026-08-31", "2026-09-01");
        let one = CutOff::WorkingDaysBefore { days: 1, at: None };
        assert_eq!(
            moved(one, planned, held, PreviousWorkingDay),
            "2026-08-28 23:59:59"
        );
        let two = CutOff::WorkingDaysBefore { days: 2, at: None };
        assert_eq!(
            moved(two, planned, held, PreviousWorkingDay),
            "2026-08-27 23:59:59"
        );
        let monday = on(Weekday::Mon, None, 0);
        assert_eq!(
            moved(monday, planned, held, PreviousWorkingDay),
            "2026-08-24 23:59:59"
        );
    }

    #[test]
    fn silly_counts_and_the_ends_of_the_calendar_give_an_answer() {
        let (count, at) = (u32::MAX, None);
        for cut_off in [
            CutOff::WorkingDaysBefore { days: count, at },
            CutOff::ClearWorkingDaysBefore { days: count, at },
            CutOff::DaysBefore { days: count, at },
            CutOff::HoursBefore { hours: count },
            on(Weekday::Wed, at, count),
        ] {
            for end in ends().into_iter().chain([day("2026-11-26")]) {
                for choice in [PreviousWorkingDay, Keep, NextWorkingDay] {
                    let _ = cut_off.moment(end, end, time("14:00"), choice, &listed());
                }
            }
        }
    }

    proptest! {
        #[test]
        fn a_weekday_cut_off_is_on_its_weekday_and_within_the_week_before(meeting in any_day(), weeks_back in 0u32..5) {
            for weekday in [Weekday::Mon, Weekday::Thu, Weekday::Sun] {
                let found = on(weekday, None, weeks_back).moment(meeting, meeting, time("14:00"), Keep, &listed());
                prop_assert_eq!(found.weekday(), weekday);
                let before = (meeting.date() - found.date()).num_days() - 7 * i64::from(weeks_back);
                prop_assert!((1..=7).contains(&before));
            }
        }

        #[test]
        fn a_later_meeting_never_has_an_earlier_cut_off(one in any_day(), other in any_day(), count in 0u32..40) {
            let (early, late) = (one.min(other), one.max(other));
            let at = Some(time("13:00"));
            let in_working_days = [
                CutOff::WorkingDaysBefore { days: count, at },
                CutOff::ClearWorkingDaysBefore { days: count, at },
                CutOff::HoursBefore { hours: count },
            ];
            // A cut-off that a holiday moves can pass one that stands on a weekend before it.
            let in_calendar_days = [CutOff::DaysBefore { days: count, at }, on(Weekday::Fri, at, count)];
            let all_ways = [PreviousWorkingDay, Keep, NextWorkingDay];
            let ways = in_working_days
                .into_iter()
                .flat_map(|cut_off| all_ways.map(|choice| (cut_off, choice)))
                .chain(in_calendar_days.map(|cut_off| (cut_off, Keep)));
            for (cut_off, choice) in ways {
                let of = |day| cut_off.moment(day, day, time("14:00"), choice, &listed());
                prop_assert!(of(early) <= of(late));
            }
        }
    }
}
