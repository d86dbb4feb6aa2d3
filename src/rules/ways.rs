//! The ends of a help: by when something is to be done, and the commands that put it right.

use crate::desk::{Case, Desk, Made, PanelMeeting, Standing};
use crate::records::{Day, moment_in_words};

/// `, by Monday 23 November 2026 at 13:00 (the cut-off)`; nothing where the referral has no
/// cut-off to make, or that has gone by.
pub(super) fn by_the_cut_off(desk: &Desk<'_>, case: &Case<'_>) -> String {
    desk.cut_off(case)
        .filter(|cut_off| *cut_off >= desk.as_of)
        .map(|cut_off| format!(", by {} (the cut-off)", moment_in_words(cut_off)))
        .unwrap_or_default()
}

/// How long one day is after another: `7 days`.
pub(super) fn days(earlier: Day, later: Day) -> String {
    match (later.date() - earlier.date()).num_days() {
        1 => "1 day".to_owned(),
        count => format!("{count} days"),
    }
}

/// The line of a referral that asks for a meeting, and which meeting that is.
pub(super) fn ask_for(meeting: &PanelMeeting<'_>) -> String {
    format!(
        "write `panel: {}` for the meeting of {}",
        meeting.day,
        meeting.on.with_weekday()
    )
}

/// What to do with a referral that is not for the panel.
pub(super) fn take_back(case: &Case<'_>) -> String {
    match case.standing {
        Standing::Draft => "leave this draft unsent".to_owned(),
        _ => format!(
            "take the referral back with `panel withdraw {} --by NAME --role ROLE`",
            case.reference()
        ),
    }
}

/// How a decision gets what it lacks: with options of `panel decide` while it is being written
/// down, and by an amendment that begins with what the decision says once it has been.
pub(super) fn amended(desk: &Desk<'_>, case: &Case<'_>, made: &Made<'_>, options: &str) -> String {
    format!(
        "add `{options}` to `panel decide`; where the decision has been written already, amend it: {}",
        amendment(desk, case, made, options)
    )
}

/// The command that amends a decision, beginning with all that it says.
pub(super) fn amendment(
    desk: &Desk<'_>,
    case: &Case<'_>,
    made: &Made<'_>,
    options: &str,
) -> String {
    let space = if options.is_empty() { "" } else { " " };
    format!(
        "`panel decide {}{} --amend REASON --from {}{space}{options}`",
        case.reference(),
        desk.naming(made),
        made.file.file.path
    )
}

/// To which meeting a new referral of today can go, and by when it is sent.
pub(super) fn to_send(desk: &Desk<'_>, case: &Case<'_>) -> String {
    let next = desk.first_made(desk.as_of, false, case.panel);
    next.map_or_else(String::new, |next| {
        let by = next
            .cut_off
            .map(|by| format!(" by {}", moment_in_words(by)))
            .unwrap_or_default();
        format!(
            " and sends it{by}, for the meeting of {}",
            next.on.with_weekday()
        )
    })
}
