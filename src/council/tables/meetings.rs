//! When the panel meets, and by when referrals are sent.
use super::super::check::{Checker, judged, told};
use super::super::raw::*;
use super::super::*;
use crate::calendar::{OnBankHoliday, Pattern};
use crate::records::weekday_name;
use chrono::Weekday;

const WEEKDAYS: [Weekday; 7] = [
    Weekday::Mon,
    Weekday::Tue,
    Weekday::Wed,
    Weekday::Thu,
    Weekday::Fri,
    Weekday::Sat,
    Weekday::Sun,
];

pub(super) fn weekday(check: &mut Checker<'_>, path: &str, written: &str) -> Option<Weekday> {
    let found = WEEKDAYS
        .into_iter()
        .find(|day| weekday_name(*day).eq_ignore_ascii_case(written));
    if found.is_none() {
        let names = WEEKDAYS.map(|day| weekday_name(day).to_lowercase());
        check.one_of(path, written, names.iter().map(String::as_str));
    }
    found
}

/// The places that a weekday can have in its month, as a file says them.
const PLACES: [(&str, i8); 6] = [
    ("first", 1),
    ("second", 2),
    ("third", 3),
    ("fourth", 4),
    ("fifth", 5),
    ("last", -1),
];

/// A weekday of `on`, which with `"month"` may say which of the month it is: `first tuesday`.
fn placed_weekday(
    check: &mut Checker<'_>,
    path: &str,
    written: &str,
) -> Option<(Option<i8>, Weekday)> {
    let place = written.split_once(' ').and_then(|(place, name)| {
        let known = PLACES.iter().find(|(word, _)| *word == place)?;
        Some((known.1, name.trim_start()))
    });
    let (nth, name) = place.map_or((None, written), |(nth, name)| (Some(nth), name));
    Some((nth, weekday(check, path, name)?))
}

pub(super) fn meetings(check: &mut Checker<'_>, raw: &RawCouncil) -> Option<Meetings> {
    let meetings = &raw.meetings;
    let start = check
        .needed("meetings", "start", meetings.start.as_ref())?
        .0;
    let mut days = Vec::new();
    for (index, written) in meetings.on.0.iter().enumerate() {
        let path = if meetings.on.0.len() == 1 {
            "meetings.on".to_owned()
        } else {
            format!("meetings.on[{index}]")
        };
        days.extend(placed_weekday(check, &path, written));
    }
    let pattern = pattern(check, meetings, &days)?;
    let names: Vec<&str> = days.iter().map(|(_, day)| weekday_name(*day)).collect();
    let every = match &pattern {
        Pattern::Weekly { every: 0 | 1, .. } => format!("every week on {}", names.join(" and ")),
        Pattern::Weekly { every, .. } => format!("every {every} weeks on {}", names.join(" and ")),
        Pattern::Monthly(days) => on_days_of_the_month(days),
        Pattern::Dates(dates) => format!("on {} listed days", dates.len()),
    };
    let mut in_words = format!("{every} at {}", crate::records::clock(start));
    if let Some(venue) = &meetings.venue {
        in_words.push_str(&format!(", {venue}"));
    }
    let listing = told("Meetings", &["agenda", "calendar"]);
    let basis = check.entry(
        "meetings",
        "meetings",
        meetings,
        format!("The panel meets {in_words}."),
        &listing,
    );
    let on_bank_holiday = bank_holiday(
        check,
        "meetings.bank_holiday",
        meetings.bank_holiday.as_ref(),
        "meeting",
    );
    Some(Meetings {
        schedule: Schedule {
            pattern,
            start,
            on_bank_holiday: match on_bank_holiday {
                Some(Move::NextWorkingDay) => OnBankHoliday::NextWorkingDay,
                Some(Move::PreviousWorkingDay) => OnBankHoliday::PreviousWorkingDay,
                Some(Move::Skip) => OnBankHoliday::Skip,
                Some(Move::SameWeekdayNextWeek) => OnBankHoliday::SameWeekdayNextWeek,
                Some(Move::Keep) | None => OnBankHoliday::Keep,
            },
            not_on: meetings.not_on.iter().map(|day| (*day, *day)).collect(),
            first: None,
            last: None,
        },
        venue: meetings.venue.clone(),
        in_words,
        basis,
    })
}

/// Days of the month as people say them: "on the second and fourth Tuesday of every month".
fn on_days_of_the_month(days: &[(i8, Weekday)]) -> String {
    let mut said: Vec<(Weekday, Vec<&str>)> = Vec::new();
    for (nth, day) in days {
        match said.iter_mut().find(|(other, _)| other == day) {
            Some((_, places)) => places.push(ordinal(*nth)),
            None => said.push((*day, vec![ordinal(*nth)])),
        }
    }
    let said: Vec<String> = said
        .iter()
        .map(|(day, places)| format!("the {} {}", places.join(" and "), weekday_name(*day)))
        .collect();
    format!("on {} of every month", said.join(" and "))
}

/// Which weekday of a month, as people say it.
fn ordinal(nth: i8) -> &'static str {
    match nth {
        1 => "first",
        2 => "second",
        3 => "third",
        4 => "fourth",
        5 => "fifth",
        _ => "last",
    }
}

pub(super) fn pattern(
    check: &mut Checker<'_>,
    meetings: &RawMeetings,
    days: &[(Option<i8>, Weekday)],
) -> Option<Pattern> {
    if !meetings.dates.is_empty() {
        return Some(Pattern::Dates(meetings.dates.clone()));
    }
    let every = check.needed("meetings", "every", meetings.every.as_ref())?;
    if days.is_empty() {
        check.needed::<String>("meetings", "on", None);
        return None;
    }
    let weeks = match every.as_str() {
        "week" => Some(1),
        "month" => None,
        other => match other.strip_suffix(" weeks").map(str::parse) {
            Some(Ok(weeks)) if (1..=52).contains(&weeks) => Some(weeks),
            _ => {
                check.fault(
                    "meetings.every",
                    format!("`{other}` is not an interval of meetings"),
                    "write \"week\", \"2 weeks\" or \"month\"",
                );
                return None;
            }
        },
    };
    if let Some(weeks) = weeks {
        if weeks > 1 && meetings.counted_from.is_none() {
            check.fault(
                "meetings.every",
                "which of the weeks is meant is not said",
                "add counted_from = and the date of any one meeting",
            );
        }
        if days.iter().any(|(nth, _)| nth.is_some()) {
            check.fault(
                "meetings.on",
                "which of the month a weekday is goes with a panel that meets by the month",
                "write every = \"month\", or the weekday alone",
            );
        }
        return Some(Pattern::Weekly {
            every: weeks,
            on: days.iter().map(|(_, day)| *day).collect(),
            from: meetings.counted_from,
        });
    }
    let nth: Vec<i8> = meetings
        .nth
        .iter()
        .filter_map(|n| i8::try_from(*n).ok())
        .filter(|n| matches!(n, -1 | 1..=5))
        .collect();
    let needs_nth = days.iter().any(|(nth, _)| nth.is_none());
    if nth.len() != meetings.nth.len() || needs_nth == nth.is_empty() {
        check.fault(
            "meetings.nth",
            "a monthly panel needs to say, once, which of the month each weekday is",
            "write nth = [2, 4], or [-1] for the last; or on = [\"first tuesday\", \"third thursday\"] without nth",
        );
    }
    let placed = days.iter().flat_map(|(own, day)| match own {
        Some(own) => vec![(*own, *day)],
        None => nth.iter().map(|nth| (*nth, *day)).collect(),
    });
    Some(Pattern::Monthly(placed.collect()))
}

pub(super) fn bank_holiday(
    check: &mut Checker<'_>,
    path: &str,
    rule: Option<&RawMove>,
    what: &str,
) -> Option<Move> {
    let rule = rule?;
    let moved = check.needed(path, "move", rule.r#move.as_ref())?;
    let text = match moved {
        Move::Keep => format!("A {what} on a bank holiday stays."),
        Move::NextWorkingDay => {
            format!("A {what} on a bank holiday moves to the next working day.")
        }
        Move::PreviousWorkingDay => {
            format!("A {what} on a bank holiday moves to the working day before.")
        }
        Move::Skip => format!("A {what} on a bank holiday is not held."),
        Move::SameWeekdayNextWeek => {
            format!("A {what} on a bank holiday moves to the same weekday of the next week.")
        }
    };
    check.entry(
        path,
        path.replace(['.', '_'], "-"),
        rule,
        text,
        &told("Meetings", &["calendar"]),
    );
    Some(moved)
}

pub(super) fn cut_off(check: &mut Checker<'_>, raw: &RawCouncil) -> Option<CutOffRule> {
    let written = raw.cut_off.as_ref()?;
    let at = written.at.map(|at| at.0);
    let clock = at.map_or_else(|| "the end of the day".to_owned(), crate::records::clock);
    let ways = [
        written.working_days_before.map(|days| {
            (
                CutOff::WorkingDaysBefore { days, at },
                format!("{days} working days before, {clock}"),
            )
        }),
        written.clear_working_days_before.map(|days| {
            (
                CutOff::ClearWorkingDaysBefore { days, at },
                format!("{days} clear working days before, {clock}"),
            )
        }),
        written.days_before.map(|days| {
            (
                CutOff::DaysBefore { days, at },
                format!("{days} days before, {clock}"),
            )
        }),
        written.hours_before.map(|hours| {
            (
                CutOff::HoursBefore { hours },
                format!("{hours} hours before"),
            )
        }),
        written
            .on
            .as_ref()
            .and_then(|on| weekday(check, "cut_off.on", on))
            .map(|day| {
                let weeks_back = written.weeks_before.unwrap_or(0);
                (
                    CutOff::WeekdayBefore {
                        weekday: day,
                        at,
                        weeks_back,
                    },
                    format!("the {} before, {clock}", weekday_name(day)),
                )
            }),
    ];
    let mut ways = ways.into_iter().flatten();
    let found = ways.next();
    if found.is_none() || ways.next().is_some() {
        check.fault(
            "cut_off",
            "a cut-off is counted in one way",
            "write one of working_days_before, clear_working_days_before, days_before, hours_before, or on (a weekday) with at",
        );
    }
    let (rule, in_words) = found?;
    let exempt = check.condition("cut_off.exempt", written.exempt.as_ref());
    let listing = judged("Meetings", &["calendar", "check"]);
    let basis = check.entry(
        "cut_off",
        "cut-off",
        written,
        format!("Referrals are sent by {in_words}."),
        &listing,
    );
    let moved = bank_holiday(
        check,
        "cut_off.bank_holiday",
        written.bank_holiday.as_ref(),
        "cut-off",
    );
    Some(CutOffRule {
        rule,
        on_bank_holiday: match moved {
            Some(Move::Keep) => CutOffOnBankHoliday::Keep,
            Some(Move::NextWorkingDay) => CutOffOnBankHoliday::NextWorkingDay,
            _ => CutOffOnBankHoliday::PreviousWorkingDay,
        },
        exempt,
        in_words,
        basis,
    })
}
