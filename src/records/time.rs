//! Days and moments as people write them, in London wall-clock time.

use super::typed::{not_a_day, not_a_moment, not_a_time, number};
use super::{Unreadable, read_from_text};
use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime};
use std::fmt;
use std::str::FromStr;

pub(super) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A calendar day, written `2026-11-26`; nothing looser is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Day(NaiveDate);

impl Day {
    /// The day of a calendar date.
    pub(crate) const fn of(date: NaiveDate) -> Self {
        Self(date)
    }

    /// The date, for arithmetic in `calendar`.
    pub(crate) const fn date(self) -> NaiveDate {
        self.0
    }

    /// As a letter has it: `26 November 2026`.
    pub(crate) fn in_words(self) -> String {
        format!(
            "{} {} {}",
            self.0.day(),
            MONTHS[self.0.month0() as usize],
            self.0.year()
        )
    }

    /// With its weekday: `Thursday 26 November 2026`.
    pub(crate) fn with_weekday(self) -> String {
        format!("{} {}", weekday_name(self.0.weekday()), self.in_words())
    }

    /// The last second of the day: deadlines in days end here.
    pub(crate) fn end(self) -> NaiveDateTime {
        self.0
            .and_hms_opt(23, 59, 59)
            .expect("23:59:59 is a time of every day")
    }
}

/// The English name of a weekday.
pub(crate) const fn weekday_name(weekday: chrono::Weekday) -> &'static str {
    match weekday {
        chrono::Weekday::Mon => "Monday",
        chrono::Weekday::Tue => "Tuesday",
        chrono::Weekday::Wed => "Wednesday",
        chrono::Weekday::Thu => "Thursday",
        chrono::Weekday::Fri => "Friday",
        chrono::Weekday::Sat => "Saturday",
        chrono::Weekday::Sun => "Sunday",
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0.format("%Y-%m-%d").to_string())
    }
}

impl FromStr for Day {
    type Err = Unreadable;

    fn from_str(text: &str) -> Result<Self, Unreadable> {
        if let [_, _, _, _, b'-', _, _, b'-', _, _] = text.as_bytes()
            && let (Some(year), Some(month), Some(day)) =
                (text.get(..4), text.get(5..7), text.get(8..))
            && let (Some(year), Some(month), Some(day)) = (number(year), number(month), number(day))
        {
            return on(year, month, day).ok_or_else(|| not_in_calendar(text, year, month, day));
        }
        Err(not_a_day(text))
    }
}

/// Years a file may speak of: wide enough for a grandparent's birth date.
const YEARS: std::ops::RangeInclusive<u32> = 1900..=2199;

pub(super) fn on(year: u32, month: u32, day: u32) -> Option<Day> {
    if !YEARS.contains(&year) {
        return None;
    }
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day).map(Day)
}

fn not_in_calendar(text: &str, year: u32, month: u32, day: u32) -> Unreadable {
    let fault = match month {
        1..=12 if YEARS.contains(&year) => format!(
            "`{text}` is not in the calendar: there is no {day} {} {year}",
            MONTHS[month as usize - 1]
        ),
        1..=12 => format!(
            "`{text}` lies outside the years {} to {}",
            YEARS.start(),
            YEARS.end()
        ),
        _ => format!("`{text}` is not in the calendar: there is no month {month}"),
    };
    Unreadable::new(fault, "write year, month and day, like 2026-11-26")
}

/// A day with or without a time of day; without one it means the day's last second.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Moment {
    day: Day,
    time: Option<NaiveTime>,
}

impl Moment {
    /// A day given without a time.
    pub(crate) const fn on(day: Day) -> Self {
        Self { day, time: None }
    }

    /// Its day.
    pub(crate) const fn day(self) -> Day {
        self.day
    }

    /// The latest instant it can mean, London wall-clock time.
    pub(crate) fn latest(self) -> NaiveDateTime {
        self.time
            .map_or_else(|| self.day.end(), |time| self.day.0.and_time(time))
    }

    /// As people read it: `26 November 2026 at 14:00`, or the day alone.
    pub(crate) fn in_words(self) -> String {
        match self.time {
            Some(time) => format!("{} at {}", self.day.in_words(), clock(time)),
            None => self.day.in_words(),
        }
    }

    /// The same with the weekday: `Thursday 26 November 2026 at 14:00`.
    pub(crate) fn with_weekday(self) -> String {
        match self.time {
            Some(time) => format!("{} at {}", self.day.with_weekday(), clock(time)),
            None => self.day.with_weekday(),
        }
    }
}

/// A moment as people say it: `Monday 23 November 2026 at 13:00`, or the end of that day.
pub(crate) fn moment_in_words(moment: NaiveDateTime) -> String {
    let day = Day(moment.date());
    if moment == day.end() {
        format!("the end of {}", day.with_weekday())
    } else {
        format!("{} at {}", day.with_weekday(), clock(moment.time()))
    }
}

/// A time of day as people write it, seconds only where there are some.
pub(crate) fn clock(time: NaiveTime) -> String {
    let seconds = chrono::Timelike::second(&time);
    let shape = if seconds == 0 { "%H:%M" } else { "%H:%M:%S" };
    time.format(shape).to_string()
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.time {
            Some(time) => write!(f, "{}T{}", self.day, clock(time)),
            None => self.day.fmt(f),
        }
    }
}

impl FromStr for Moment {
    type Err = Unreadable;

    fn from_str(text: &str) -> Result<Self, Unreadable> {
        let Some((day, time)) = text.split_once(['T', 't', ' ']) else {
            return text.parse().map(Self::on).map_err(|fault| {
                // A day of the right shape that is not in the calendar has its own words.
                if fault.fault.ends_with("is not a date") {
                    not_a_moment(text)
                } else {
                    fault
                }
            });
        };
        let Ok(day) = day.parse::<Day>() else {
            return Err(not_a_moment(text));
        };
        let read = hour_and_minute(time)
            .ok_or(())
            .or_else(|()| NaiveTime::parse_from_str(time, "%H:%M:%S"))
            .or_else(|_| NaiveTime::parse_from_str(time, "%H:%M"));
        // chrono reads 9:5 and :60 too; what people write has two digits a part.
        let two_digits = time.split(':').all(|part| part.len() == 2);
        match read {
            Ok(time) if two_digits && chrono::Timelike::nanosecond(&time) < 1_000_000_000 => {
                Ok(Self {
                    day,
                    time: Some(time),
                })
            }
            _ => Err(not_a_time(day, time)),
        }
    }
}

/// `14:00`, as nearly every time of day is written.
fn hour_and_minute(text: &str) -> Option<NaiveTime> {
    match text.as_bytes() {
        [_, _, b':', _, _] => {
            NaiveTime::from_hms_opt(number(text.get(..2)?)?, number(text.get(3..)?)?, 0)
        }
        _ => None,
    }
}

read_from_text!(Day, "a date, like 2026-11-26");
read_from_text!(Moment, "a date and time, like 2026-11-26T14:00");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_typed_the_english_way_is_shown_as_it_should_be_written() {
        let error = "20/11/2026".parse::<Day>().expect_err("slashes");
        assert_eq!(error.remedy, "write 2026-11-20");
        let error = "2026-3-1".parse::<Day>().expect_err("one digit");
        assert_eq!(error.remedy, "write 2026-03-01");
        for text in ["24 November 2026", "24 Nov 2026"] {
            let error = text.parse::<Moment>().expect_err("a month in words");
            assert_eq!(error.fault, format!("`{text}` is not a date"));
            assert_eq!(error.remedy, "write 2026-11-24");
        }
        let error = "Tuesday".parse::<Moment>().expect_err("no date at all");
        assert_eq!(error.fault, "`Tuesday` is not a date");
    }

    #[test]
    fn the_thirty_first_of_february_is_named_as_such() {
        let error = "2026-02-31".parse::<Day>().expect_err("no such day");
        assert!(
            error.fault.contains("there is no 31 February 2026"),
            "{}",
            error.fault
        );
    }

    #[test]
    fn a_day_without_a_time_lasts_to_its_last_second() {
        let moment: Moment = "2026-11-26".parse().expect("a day");
        assert_eq!(moment.latest().to_string(), "2026-11-26 23:59:59");
    }

    #[test]
    fn times_need_two_digits_and_no_zone() {
        for text in [
            "2026-11-26T9:00",
            "2026-11-26T14:00Z",
            "2026-11-26T24:00",
            "2026-11-26T14:00+01:00",
        ] {
            assert!(text.parse::<Moment>().is_err(), "{text}");
        }
        assert_eq!(
            "2026-11-26T14:00:00"
                .parse::<Moment>()
                .expect("a moment")
                .to_string(),
            "2026-11-26T14:00"
        );
    }

    proptest::proptest! {
        #[test]
        fn every_day_reads_back_as_it_prints(days in 0i64..100_000) {
            let date = NaiveDate::from_ymd_opt(1900, 1, 1).expect("a day") + chrono::Duration::days(days);
            let day = Day::of(date);
            proptest::prop_assert_eq!(day.to_string().parse::<Day>().expect("its own text"), day);
        }

        #[test]
        fn no_text_makes_reading_fall_over(text in "\\PC{0,20}") {
            let _ = text.parse::<Day>();
            let _ = text.parse::<Moment>();
        }
    }
}
