//! The one clock, and the way from London wall-clock time to UTC.

use chrono::{NaiveDateTime, SubsecRound, TimeDelta, TimeZone, Utc};
use chrono_tz::Europe::London;

/// What a clock on a London wall shows now, in whole seconds. The only reading of the clock.
pub(crate) fn london_now() -> NaiveDateTime {
    Utc::now()
        .with_timezone(&London)
        .naive_local()
        .trunc_subsecs(0)
}

/// The UTC of a London wall-clock time, for iCalendar.
///
/// In the hour that comes twice in October the earlier is meant; a time in the hour that is
/// left out in March is read as an hour later, as a clock not yet put forward would show it.
pub(crate) fn utc_of(london: NaiveDateTime) -> NaiveDateTime {
    let resolve = |time: NaiveDateTime| London.from_local_datetime(&time).earliest();
    resolve(london)
        .or_else(|| resolve(london.checked_add_signed(TimeDelta::hours(1))?))
        .map_or(london, |moment| moment.naive_utc())
}

#[cfg(test)]
mod tests {
    use super::super::testing::{any_day, moment};
    use super::*;
    use chrono::Timelike;
    use proptest::prelude::*;

    #[test]
    fn winter_is_utc_and_summer_an_hour_ahead() {
        for (london, utc) in [
            ("2026-11-26 14:00:00", "2026-11-26 14:00:00"),
            ("2026-07-01 14:00:00", "2026-07-01 13:00:00"),
            ("2026-07-01 00:30:00", "2026-06-30 23:30:00"),
        ] {
            assert_eq!(utc_of(moment(london)), moment(utc), "{london}");
        }
    }

    #[test]
    fn the_hour_left_out_in_march_is_read_as_an_hour_later() {
        for (london, utc) in [
            ("2027-03-28 00:59:59", "2027-03-28 00:59:59"),
            ("2027-03-28 01:00:00", "2027-03-28 01:00:00"),
            ("2027-03-28 01:30:00", "2027-03-28 01:30:00"),
            ("2027-03-28 02:00:00", "2027-03-28 01:00:00"),
            ("2027-03-28 02:30:00", "2027-03-28 01:30:00"),
        ] {
            assert_eq!(utc_of(moment(london)), moment(utc), "{london}");
        }
    }

    #[test]
    fn in_the_hour_that_comes_twice_in_october_the_earlier_is_meant() {
        for (london, utc) in [
            ("2026-10-25 00:59:59", "2026-10-24 23:59:59"),
            ("2026-10-25 01:00:00", "2026-10-25 00:00:00"),
            ("2026-10-25 01:30:00", "2026-10-25 00:30:00"),
            ("2026-10-25 02:00:00", "2026-10-25 02:00:00"),
        ] {
            assert_eq!(utc_of(moment(london)), moment(utc), "{london}");
        }
    }

    #[test]
    fn the_ends_of_the_calendar_give_an_answer() {
        let _ = utc_of(NaiveDateTime::MIN);
        let _ = utc_of(NaiveDateTime::MAX);
    }

    #[test]
    fn now_is_in_whole_seconds() {
        assert_eq!(london_now().nanosecond(), 0);
    }

    proptest! {
        #[test]
        fn utc_read_back_in_london_is_the_same_wall_clock_or_an_hour_on(day in any_day(), second in 0u32..86_400) {
            let time = chrono::NaiveTime::from_num_seconds_from_midnight_opt(second, 0).expect("a time");
            let london = day.date().and_time(time);
            let back = London.from_utc_datetime(&utc_of(london)).naive_local();
            let skipped = London.from_local_datetime(&london).earliest().is_none();
            prop_assert_eq!(back - london, TimeDelta::hours(i64::from(skipped)));
        }
    }
}
