//! Other values in the place of a figure: numbers, days, times, lengths of time, and the literals of
//! conditions.

use chrono::{Days, NaiveDate, NaiveTime, TimeDelta};

/// Other whole numbers: far more, far less, and the nearest.
pub(crate) fn whole(number: i64) -> Vec<i64> {
    let mut others = vec![
        number * 2 + 1,
        number / 2,
        number + 1,
        number - 1,
        number + 100_000,
    ];
    others.retain(|other| *other != number && (*other >= 0 || number < 0));
    others.dedup();
    others
}

/// `6 months`, `3 working days`: how many of what.
pub(crate) fn interval(text: &str) -> Option<(i64, &str)> {
    const UNITS: [&str; 5] = ["day", "working day", "week", "month", "hour"];
    let (count, unit) = text.split_once(' ')?;
    let is_known = UNITS.contains(&unit.strip_suffix('s').unwrap_or(unit));
    Some((count.parse().ok().filter(|_| is_known)?, unit))
}

/// Other days than one written like `2026-11-26`.
pub(crate) fn days(text: &str) -> Option<Vec<String>> {
    let day: NaiveDate = text.parse().ok()?;
    let others = [
        day + Days::new(7),
        day - Days::new(7),
        day + Days::new(400),
        day - Days::new(400),
        day - Days::new(4000),
    ];
    Some(others.map(|day| day.to_string()).into())
}

/// Other times than one written like `14:00:00`.
pub(crate) fn times(text: &str) -> Option<Vec<String>> {
    let time: NaiveTime = text.parse().ok()?;
    let others = [-3, 3, -1].map(|hours| time + TimeDelta::hours(hours));
    Some(
        others
            .map(|time| time.format("%H:%M:%S").to_string())
            .into(),
    )
}

/// The figures in a condition, each with the whole condition as it is with another in its place.
pub(crate) fn literals(condition: &str) -> Vec<(String, Vec<String>)> {
    let mut found = Vec::new();
    let mut rest = 0;
    let is_of_a_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '-');
    while let Some(c) = condition[rest..].chars().next() {
        let tail = &condition[rest..];
        let (length, others) = if c == '\'' {
            let end = tail[1..].find('\'').map_or(tail.len(), |end| end + 2);
            let inner = tail[1..end].trim_end_matches('\'');
            let money = inner.strip_prefix('£').and_then(|amount| {
                let pounds = amount.replace(',', "").parse::<f64>().ok()?;
                let others = [pounds * 2.0 + 1.0, pounds / 2.0];
                Some(others.map(|pounds| format!("£{pounds:.2}")).to_vec())
            });
            let others = money.or_else(|| days(inner)).unwrap_or_default();
            let others: Vec<String> = others.iter().map(|other| format!("'{other}'")).collect();
            (end, others)
        } else if is_of_a_name(c) {
            let end = tail.find(|c| !is_of_a_name(c)).unwrap_or(tail.len());
            let others = tail[..end].parse().map(whole).unwrap_or_default();
            (end, others.iter().map(i64::to_string).collect())
        } else {
            (c.len_utf8(), Vec::new())
        };
        if !others.is_empty() {
            let (before, after) = (&condition[..rest], &tail[length..]);
            let whole = others.iter().map(|other| format!("{before}{other}{after}"));
            found.push((
                format!("{} in {condition}", &tail[..length]),
                whole.collect(),
            ));
        }
        rest += length;
    }
    found
}
