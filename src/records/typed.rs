//! Days and times as people type them, to show how they are written here. Nothing is read this way:
//! a date that had to be guessed is told, and whoever typed it looks at the guess.

use super::Unreadable;
use super::time::{Day, MONTHS, on};
use chrono::NaiveTime;

const WEEKDAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// From this year of a century on, a year of two digits lies in the last century.
const LAST_CENTURY_FROM: u32 = 50;

const HOW: &str = "write year, month and day, like 2026-11-26";

/// A number of at most four digits.
pub(super) fn number(digits: &str) -> Option<u32> {
    (digits.len() <= 4 && digits.bytes().all(|b| b.is_ascii_digit()))
        .then(|| digits.parse().ok())
        .flatten()
}

/// Why a text is not a day, with the day that it most likely means.
pub(super) fn not_a_day(text: &str) -> Unreadable {
    let remedy = match (meant_day(text), meant_moment(text)) {
        (Some(day), _) => format!("write {day}"),
        (None, Some((day, _))) => format!("write {day}: only the day is asked for here"),
        (None, None) => HOW.to_owned(),
    };
    Unreadable::new(format!("`{text}` is not a date"), remedy)
}

/// Why a text is neither a day nor a day with a time, with what it most likely means.
pub(super) fn not_a_moment(text: &str) -> Unreadable {
    match (meant_day(text), meant_moment(text)) {
        (None, Some((day, time))) => Unreadable::new(
            format!("`{text}` is not a date and time"),
            format!("write {day}T{}", time.format("%H:%M")),
        ),
        _ => not_a_day(text),
    }
}

/// Why what follows a day is no time of day, with the time that it most likely means.
pub(super) fn not_a_time(day: Day, text: &str) -> Unreadable {
    let remedy = match meant_time(text) {
        Some(time) => format!("write {day}T{}", time.format("%H:%M")),
        None => format!("write {day}T14:30, without a time zone"),
    };
    Unreadable::new(
        format!("`{text}` is not a time of day in London time"),
        remedy,
    )
}

/// The day that a text most likely means: `20/11/2026`, `20.11.26`, `Fri 20th Nov 2026`.
fn meant_day(text: &str) -> Option<Day> {
    let words: Vec<&str> = text
        .split(['/', '.', '-', ' ', ','])
        .filter(|word| !word.is_empty() && !word.eq_ignore_ascii_case("of"))
        .collect();
    let words = match words.as_slice() {
        [weekday, rest @ ..] if rest.len() == 3 && is_weekday(weekday) => rest,
        all => all,
    };
    let [first, second, third] = *words else {
        return None;
    };
    let (year, month, day) = match (numbered(first), numbered(second), numbered(third)) {
        (Some(year), Some(month), Some(day)) if first.len() == 4 => (year, month, day),
        (Some(day), Some(month), Some(_)) => (year(third)?, month, day),
        (Some(day), None, Some(_)) => (year(third)?, month_named(second)?, day),
        (None, Some(day), Some(_)) => (year(third)?, month_named(first)?, day),
        _ => return None,
    };
    on(year, month, day)
}

/// The day and time that a text most likely means, in whichever order they stand.
fn meant_moment(text: &str) -> Option<(Day, NaiveTime)> {
    // `2026-11-20T2pm` has a T between the two; `Tuesday` has one of its own.
    let words: Vec<&str> = text
        .split([' ', ','])
        .flat_map(|word| match word.split_once('T') {
            Some((day, time)) if !day.is_empty() => [day, time],
            _ => [word, ""],
        })
        .filter(|word| !word.is_empty() && *word != "at" && *word != "on")
        .collect();
    (1..words.len()).find_map(|split| {
        let (first, second) = (words[..split].join(" "), words[split..].join(" "));
        let in_order = |day: &str, time: &str| Some((meant_day(day)?, meant_time(time)?));
        in_order(&first, &second).or_else(|| in_order(&second, &first))
    })
}

/// The time that a text most likely means: `2pm`, `2.30 pm`, `14.30`, `9:05`, `noon`.
fn meant_time(text: &str) -> Option<NaiveTime> {
    let text = text.trim().to_lowercase();
    let text = text.strip_prefix("at ").unwrap_or(&text).to_owned();
    if matches!(text.as_str(), "noon" | "midday") {
        return NaiveTime::from_hms_opt(12, 0, 0);
    }
    let halves = [("am", 0), ("pm", 12), ("a.m.", 0), ("p.m.", 12)];
    let half = halves.iter().find_map(|(mark, hours)| {
        let rest = text.strip_suffix(mark)?;
        Some((rest.trim_end().to_owned(), *hours))
    });
    let (digits, half) = match half {
        Some((digits, hours)) => (digits, Some(hours)),
        None => (text, None),
    };
    let parts: Vec<&str> = digits.split([':', '.', 'h']).collect();
    let (hour, minute) = match *parts.as_slice() {
        [hour] if half.is_some() => (number(hour)?, 0),
        [whole] if whole.len() == 4 && number(whole).is_some() => {
            (number(&whole[..2])?, number(&whole[2..])?)
        }
        [hour, minute] | [hour, minute, _] => (number(hour)?, number(minute)?),
        _ => return None,
    };
    let hour = match half {
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(hours) => hour % 12 + hours,
        None => hour,
    };
    NaiveTime::from_hms_opt(hour, minute, 0)
}

/// A number, also as it stands in `20th`.
fn numbered(word: &str) -> Option<u32> {
    let lower = word.to_lowercase();
    let digits = ["st", "nd", "rd", "th"]
        .iter()
        .find_map(|ending| lower.strip_suffix(ending))
        .unwrap_or(&lower);
    number(digits).filter(|_| !digits.is_empty())
}

/// A year of four digits, or of two.
fn year(word: &str) -> Option<u32> {
    match (word.len(), number(word)?) {
        (4, year) => Some(year),
        (2, year) if year < LAST_CENTURY_FROM => Some(2000 + year),
        (2, year) => Some(1900 + year),
        _ => None,
    }
}

/// The month of a name or its first three letters.
fn month_named(word: &str) -> Option<u32> {
    let word = word.to_lowercase();
    (1..).zip(MONTHS).find_map(|(number, name)| {
        let name = name.to_lowercase();
        (word.len() >= 3 && name.starts_with(&word)).then_some(number)
    })
}

fn is_weekday(word: &str) -> bool {
    let word = word.to_lowercase();
    word.len() >= 3 && WEEKDAYS.iter().any(|name| name.starts_with(&word))
}

#[cfg(test)]
mod tests {
    use crate::records::{Day, Moment};

    fn day(text: &str) -> String {
        text.parse::<Day>().expect_err(text).remedy
    }

    fn moment(text: &str) -> String {
        text.parse::<Moment>().expect_err(text).remedy
    }

    #[test]
    fn a_day_is_shown_as_it_should_be_written() {
        for text in [
            "20/11/2026",
            "20/11/26",
            "20.11.26",
            "20-11-2026",
            "20-Nov-26",
            "2026/11/20",
            "20 November 2026",
            "20 Nov 2026",
            "20th November 2026",
            "20th of November, 2026",
            "November 20, 2026",
            "Friday 20 November 2026",
            "Fri 20/11/2026",
        ] {
            assert_eq!(day(text), "write 2026-11-20", "{text}");
            assert_eq!(moment(text), "write 2026-11-20", "{text}");
        }
        assert_eq!(day("3 Dec 2026"), "write 2026-12-03");
        assert_eq!(day("1 Sept 2026"), "write 2026-09-01");
        assert_eq!(day("04/05/89"), "write 1989-05-04");
        assert_eq!(day("2026-3-1"), "write 2026-03-01");
    }

    #[test]
    fn a_day_that_nobody_can_guess_is_not_guessed() {
        for text in [
            "Tuesday",
            "31/02/2026",
            "11/2026",
            "next week",
            "20/11/202",
            "th/st/nd",
            "€1",
        ] {
            assert_eq!(day(text), super::HOW, "{text}");
        }
    }

    #[test]
    fn a_time_is_shown_as_it_should_be_written() {
        for text in [
            "2026-11-20 2pm",
            "2026-11-20T2pm",
            "2026-11-20T14.00",
            "2026-11-20 2.00 pm",
            "2026-11-20 at 2pm",
            "20/11/2026 14:00",
            "20/11/2026 2pm",
            "20 November 2026 at 14.00",
            "20 Nov 2026, 2 p.m.",
            "2pm on Friday 20 November 2026",
            "Thursday 20 November 2026 2pm",
            "20/11/2026 1400",
        ] {
            assert_eq!(moment(text), "write 2026-11-20T14:00", "{text}");
        }
        assert_eq!(moment("2026-11-20T9:05"), "write 2026-11-20T09:05");
        assert_eq!(moment("20/11/2026 noon"), "write 2026-11-20T12:00");
        assert_eq!(moment("20/11/2026 12am"), "write 2026-11-20T00:00");
        assert_eq!(
            moment("2026-11-20T14:00Z"),
            "write 2026-11-20T14:30, without a time zone"
        );
    }

    #[test]
    fn where_only_a_day_is_asked_for_the_time_is_left_out() {
        for text in ["2026-11-20T14:00", "20/11/2026 2pm"] {
            assert_eq!(
                day(text),
                "write 2026-11-20: only the day is asked for here",
                "{text}"
            );
        }
    }
}
