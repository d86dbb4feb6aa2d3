//! By when a duty of the office is due: the arithmetic of `[[deadline]]`, with no record in sight.

use crate::calendar::{BankHolidays, add, subtract};
use crate::council::{DeadlineLength, Move};
use crate::records::{Day, Interval, Unit};
use chrono::{Datelike, NaiveDateTime, NaiveTime, TimeDelta, Weekday};

/// What a duty counts from, and how.
#[derive(Debug, Clone, Copy)]
pub(super) struct Counting<'a> {
    /// Hours, days, working days, or to a weekday.
    pub(super) length: DeadlineLength,
    /// Back from the moment, and not on from it.
    pub(super) is_back: bool,
    /// The hour of the day; without one, the day's end.
    pub(super) at: Option<NaiveTime>,
    /// Where it goes from a weekend or a bank holiday; none where the rule file does not say.
    pub(super) moved: Option<Move>,
    /// Bank holidays.
    pub(super) holidays: &'a BankHolidays,
}

impl Counting<'_> {
    /// The last moment for a duty that counts from another, London wall-clock time.
    ///
    /// Hours run through weekends and whatever the clocks do, and are moved only where the rule
    /// file says so. What ends on a day that is no working day goes to the working day after; but
    /// what comes before a meeting, and would then come after it, to the working day before.
    pub(super) fn moment(self, from: NaiveDateTime) -> NaiveDateTime {
        let day = Day::of(from.date());
        let ends = match self.length {
            DeadlineLength::Hours(hours) => {
                let by = TimeDelta::hours(i64::from(hours));
                let ends = if self.is_back {
                    from.checked_sub_signed(by).unwrap_or(NaiveDateTime::MIN)
                } else {
                    from.checked_add_signed(by).unwrap_or(NaiveDateTime::MAX)
                };
                if self.moved.is_none() {
                    return ends;
                }
                return self.settled(Day::of(ends.date()), Some(ends.time()), from);
            }
            DeadlineLength::Days(count) => self.by_days(day, count),
            DeadlineLength::WorkingDays(count) if self.is_back => {
                self.holidays.working_days_before(day, count)
            }
            DeadlineLength::WorkingDays(count) => self.holidays.working_days_after(day, count),
            DeadlineLength::On(weekday) => self.by_days(day, self.days_to(day, weekday)),
        };
        self.settled(ends, self.at, from)
    }

    fn by_days(self, day: Day, count: u32) -> Day {
        let interval = Interval {
            count,
            unit: Unit::Days,
        };
        if self.is_back {
            subtract(day, interval)
        } else {
            add(day, interval)
        }
    }

    /// From one to seven: such a weekday lies strictly after, or strictly before.
    fn days_to(self, day: Day, weekday: Weekday) -> u32 {
        let here = day.date().weekday();
        let ahead = if self.is_back {
            here.days_since(weekday)
        } else {
            weekday.days_since(here)
        };
        (ahead + 6) % 7 + 1
    }

    fn settled(self, day: Day, at: Option<NaiveTime>, from: NaiveDateTime) -> NaiveDateTime {
        let moment = |day: Day| at.map_or_else(|| day.end(), |at| day.date().and_time(at));
        if self.holidays.is_working_day(day) {
            return moment(day);
        }
        match self.moved {
            Some(Move::Keep) => moment(day),
            Some(Move::PreviousWorkingDay) => moment(self.holidays.previous_working_day(day)),
            // What is left out or put a week on are ways of a meeting, and none of a duty.
            Some(_) => moment(self.holidays.next_working_day(day)),
            None => {
                let after = moment(self.holidays.next_working_day(day));
                if self.is_back && after >= from {
                    moment(self.holidays.previous_working_day(day))
                } else {
                    after
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn holidays() -> BankHolidays {
        BankHolidays::parse(crate::council::BANK_HOLIDAYS).expect("the shipped list")
    }

    fn moment(text: &str) -> NaiveDateTime {
        text.parse::<crate::records::Moment>()
            .expect("a moment")
            .latest()
    }

    fn due(length: DeadlineLength, at: Option<&str>, from: &str) -> NaiveDateTime {
        counted(length, at, false, None, from)
    }

    fn counted(
        length: DeadlineLength,
        at: Option<&str>,
        is_back: bool,
        moved: Option<Move>,
        from: &str,
    ) -> NaiveDateTime {
        let holidays = holidays();
        let at = at.map(|at| NaiveTime::parse_from_str(at, "%H:%M").expect("a time"));
        let counting = Counting {
            length,
            is_back,
            at,
            moved,
            holidays: &holidays,
        };
        counting.moment(moment(from))
    }

    #[test]
    fn forty_eight_hours_and_again_and_a_day_run_through_the_weekend() {
        let draft = due(DeadlineLength::Hours(48), None, "2026-11-25T13:00");
        assert_eq!(draft, moment("2026-11-27T13:00"));
        let last = due(DeadlineLength::Hours(48), None, "2026-11-27T13:00");
        assert_eq!(last, moment("2026-11-29T13:00"));
        let uploaded = due(DeadlineLength::Hours(24), None, "2026-11-29T13:00");
        assert_eq!(uploaded, moment("2026-11-30T13:00"));
    }

    #[test]
    fn hours_are_those_of_the_wall_whatever_the_clocks_do() {
        // The clocks go back on 25 October 2026, and forward on 28 March 2027.
        for (from, to) in [
            ("2026-10-24T13:00", "2026-10-26T13:00"),
            ("2027-03-27T13:00", "2027-03-29T13:00"),
        ] {
            assert_eq!(due(DeadlineLength::Hours(48), None, from), moment(to));
        }
    }

    #[test]
    fn three_working_days_from_a_monday_end_with_thursday() {
        let found = due(DeadlineLength::WorkingDays(3), None, "2026-11-23");
        assert_eq!(found, moment("2026-11-26T23:59:59"));
        // Christmas: Wednesday 23, Thursday 24; not 25, not Monday 28; Tuesday 29.
        let found = due(DeadlineLength::WorkingDays(3), None, "2026-12-22");
        assert_eq!(found, moment("2026-12-29T23:59:59"));
    }

    #[test]
    fn a_duty_that_ends_on_a_closed_day_goes_to_the_working_day_after() {
        // Two days from Wednesday 23 December 2026 is Christmas Day.
        let from = "2026-12-23";
        let length = DeadlineLength::Days(2);
        assert_eq!(due(length, Some("12:00"), from), moment("2026-12-29T12:00"));
        let kept = counted(length, Some("12:00"), false, Some(Move::Keep), from);
        assert_eq!(kept, moment("2026-12-25T12:00"));
        let before = Some(Move::PreviousWorkingDay);
        let earlier = counted(length, Some("12:00"), false, before, from);
        assert_eq!(earlier, moment("2026-12-24T12:00"));
    }

    #[test]
    fn a_weekday_is_the_next_one_strictly_after_or_the_last_one_strictly_before() {
        let on = |weekday| DeadlineLength::On(weekday);
        assert_eq!(
            due(on(Weekday::Wed), None, "2026-11-25"),
            moment("2026-12-02T23:59:59")
        );
        assert_eq!(
            due(on(Weekday::Wed), None, "2026-11-24"),
            moment("2026-11-25T23:59:59")
        );
        let back = |weekday| counted(on(weekday), Some("12:00"), true, None, "2026-11-25");
        assert_eq!(back(Weekday::Tue), moment("2026-11-24T12:00"));
        assert_eq!(back(Weekday::Wed), moment("2026-11-18T12:00"));
    }

    #[test]
    fn what_comes_before_a_meeting_is_never_moved_past_it() {
        // The day before Tuesday 29 December 2026 is the bank holiday for Boxing Day.
        let length = DeadlineLength::Days(1);
        let found = counted(length, Some("12:00"), true, None, "2026-12-29T09:30");
        assert_eq!(found, moment("2026-12-24T12:00"));
        let found = counted(
            DeadlineLength::WorkingDays(1),
            Some("12:00"),
            true,
            None,
            "2026-12-29T09:30",
        );
        assert_eq!(found, moment("2026-12-24T12:00"));
        // A week before is moved on, as any other duty.
        let found = counted(
            DeadlineLength::Days(8),
            None,
            true,
            None,
            "2027-01-05T09:30",
        );
        assert_eq!(found, moment("2026-12-29T23:59:59"));
    }

    fn length() -> impl Strategy<Value = DeadlineLength> {
        prop_oneof![
            (0u32..200).prop_map(DeadlineLength::Hours),
            (0u32..40).prop_map(DeadlineLength::Days),
            (0u32..30).prop_map(DeadlineLength::WorkingDays),
            (0u8..7).prop_map(|day| DeadlineLength::On(Weekday::try_from(day).expect("a weekday"))),
        ]
    }

    proptest! {
        #[test]
        fn no_duty_ends_before_what_it_counts_from_and_a_later_start_never_ends_earlier(
            length in length(), minutes in 0i64..2_000_000, later in 0i64..20_000
        ) {
            let holidays = holidays();
            let counting = Counting { length, is_back: false, at: None, moved: None, holidays: &holidays };
            let from = moment("2026-06-01T00:00") + TimeDelta::minutes(minutes);
            let ends = counting.moment(from);
            prop_assert!(ends >= from);
            prop_assert!(counting.moment(from + TimeDelta::minutes(later)) >= ends);
            if !matches!(length, DeadlineLength::Hours(_)) {
                prop_assert!(holidays.is_working_day(Day::of(ends.date())));
            }
        }

        #[test]
        fn what_comes_before_a_meeting_comes_before_it(
            length in length(), day in 0i64..1500
        ) {
            let holidays = holidays();
            let meeting = holidays.next_working_day(Day::of(moment("2026-06-01").date() + TimeDelta::days(day)));
            let starts_at = meeting.date().and_hms_opt(9, 30, 0).expect("a time");
            let at = NaiveTime::from_hms_opt(9, 0, 0);
            let counting = Counting { length, is_back: true, at, moved: None, holidays: &holidays };
            prop_assert!(counting.moment(starts_at) <= starts_at);
        }
    }
}
