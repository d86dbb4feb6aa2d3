//! By when, and for which meeting.

mod after_court_filing;
mod age_milestone;
mod late_submission;
mod not_a_meeting_day;
mod notice_expires;
mod placed_before_panel;
mod search_before_decision;
mod search_before_permission;

use super::Rule;

/// The rules of this family.
pub(super) const RULES: &[Rule] = &[
    late_submission::RULE,
    not_a_meeting_day::RULE,
    age_milestone::RULE,
    placed_before_panel::RULE,
    search_before_permission::RULE,
    search_before_decision::RULE,
    after_court_filing::RULE,
    notice_expires::RULE,
];

use crate::council::Search;
use crate::desk::{Case, Desk};
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

/// What comes before the search for a placement in this case.
fn searches<'d>(desk: &'d Desk<'_>, case: &'d Case<'_>) -> impl Iterator<Item = &'d Search> {
    case.rules.searches.iter().filter(|search| {
        let is_exempt = search
            .exempt
            .as_ref()
            .is_some_and(|exempt| desk.holds(Some(exempt), case));
        !is_exempt && desk.holds(search.when.as_ref(), case)
    })
}
