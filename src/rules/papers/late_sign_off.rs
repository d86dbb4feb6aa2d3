//! Signatures that came after the last moment for them.
use super::super::prelude::*;
use super::super::ways::ask_for;
use super::{is_in_time, missing_sign_off::lacks, or_accepted};
use crate::council::SignedBy;
use crate::records::Moment;
use chrono::NaiveDateTime;

pub(super) const RULE: Rule = Rule {
    id: "late-sign-off",
    summary: "a signature came too late",
    severity: Severity::Error,
    asked_by: &["sign-off/*"],
    text: include_str!("late_sign_off.md"),
    check: Check::Case(check),
};

fn check(desk: &Desk<'_>, case: &Case<'_>, found: &mut Findings) {
    for asked in &case.rules.sign_offs {
        let Some((last, what)) = asked.by.and_then(|by| last_moment(desk, case, by)) else {
            continue;
        };
        if !desk.holds(asked.when.as_ref(), case) {
            continue;
        }
        // Signatures that are not complete are told as missing.
        let given: Vec<_> = case
            .referral()
            .sign_offs
            .iter()
            .enumerate()
            .filter(|(_, sign_off)| {
                case.rules.serves_any(sign_off.role.as_ref(), &asked.any_of)
                    && lacks(sign_off).is_none()
            })
            .filter_map(|(row, sign_off)| Some((row, sign_off.on?)))
            .collect();
        if given.iter().any(|(_, on)| is_in_time(*on, last)) {
            continue;
        }
        let Some((row, on)) = given.into_iter().min_by_key(|(_, on)| on.latest()) else {
            continue;
        };
        found
            .at(
                Desk::place(case.file, format!("sign_offs[{row}].on")),
                format!(
                    "{} signed on {}, after {what}: {}",
                    case.rules.one_of_posts(&asked.any_of),
                    on.with_weekday(),
                    moment_in_words(last)
                ),
            )
            .because(&asked.basis)
            .help(format!(
                "leave the day as it is; {}{}",
                instead(desk, case, asked.by, on),
                or_accepted(desk, case, RULE.id)
            ))
            .about(case.reference());
    }
}

/// A meeting that the signature makes, else whom to tell.
fn instead(desk: &Desk<'_>, case: &Case<'_>, by: Option<SignedBy>, on: Moment) -> String {
    let sent = desk.sent_or_now(case);
    let later = desk
        .first_made(sent.max(on.latest()), false, case.panel)
        .filter(|_| by != Some(SignedBy::Submission))
        .filter(|made| desk.meeting_for(case).is_none_or(|own| made.on > own.on));
    later.map_or_else(
        || "tell your manager and the administrator today why it came late".to_owned(),
        |made| format!("{}, or tell your manager why it came late", ask_for(made)),
    )
}

/// The last moment for a signature, and what it is. The cut-off is the meeting's own, even where
/// the referral need not make it: what is not said of the signature does not hold for it.
fn last_moment(
    desk: &Desk<'_>,
    case: &Case<'_>,
    by: SignedBy,
) -> Option<(NaiveDateTime, &'static str)> {
    let meeting = desk.meeting_for(case);
    match by {
        SignedBy::Submission => Some((desk.sent_or_now(case), "the form was sent")),
        SignedBy::CutOff => Some((meeting?.cut_off?, "the cut-off")),
        SignedBy::Meeting => Some((meeting?.starts_at, "the meeting began")),
    }
}
