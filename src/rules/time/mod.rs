//! By when, and for which meeting.

mod age_milestone;
mod late_submission;
mod not_a_meeting_day;

use super::Rule;

/// The rules of this family.
pub(super) const RULES: &[Rule] = &[
    late_submission::RULE,
    not_a_meeting_day::RULE,
    age_milestone::RULE,
];

use chrono::NaiveDateTime;

/// How long after a cut-off something came, in the largest two units that say it.
fn lateness(cut_off: NaiveDateTime, sent: NaiveDateTime) -> String {
    // A cut-off at the last second of a day is over with the day: the next minute is a minute late.
    let seconds = (sent - cut_off).num_seconds();
    let minutes = if seconds < 60 { 1 } else { (seconds + 1) / 60 };
    let part =
        |count: i64, unit: &str| format!("{count} {unit}{}", if count == 1 { "" } else { "s" });
    let (days, hours, rest) = (minutes / 1440, minutes / 60 % 24, minutes % 60);
    match (days, hours, rest) {
        (0, 0, _) => part(rest, "minute"),
        (0, _, 0) => part(hours, "hour"),
        (0, _, _) => format!("{} and {}", part(hours, "hour"), part(rest, "minute")),
        (_, 0, _) => part(days, "day"),
        _ => format!("{} and {}", part(days, "day"), part(hours, "hour")),
    }
}
