//! Days on which a request is said to have been sent or taken back, and that cannot be: far ahead, or
//! in the wrong order.

use super::super::super::prelude::*;
use crate::records::Moment;

pub(super) fn of_referral(desk: &Desk<'_>, case: &Case<'_>, found: &mut Findings) {
    let referral = case.referral();
    let submitted = referral.submitted.map(Moment::day);
    let resubmitted = referral.resubmitted.map(Moment::day);
    let withdrawn = referral
        .withdrawn
        .as_ref()
        .and_then(|withdrawn| withdrawn.on);
    let mut tell = |path: &str, message: String, help: &str| {
        found
            .at(Desk::place(case.file, path), message)
            .help(help)
            .about(case.reference());
    };
    let said = [
        (
            "submitted",
            // What the panel has dealt with is on its list whatever this says.
            submitted.filter(|_| desk.is_draft_by_a_slip(case)),
            "it was sent",
            "it counts as a draft, and is on no agenda or list",
            "put the year and month right; a form that has not been sent has no `submitted`: take the line out",
        ),
        (
            "resubmitted",
            resubmitted,
            "it was sent again",
            "the panel waits for its papers",
            "put the year and month right; if it has not been sent again, take the line out",
        ),
        (
            "withdrawn.on",
            withdrawn,
            "it was taken back",
            "it stays on its list",
            "put the year and month right; if nobody has taken it back, take `withdrawn` out",
        ),
    ];
    for (path, day, what, until_then, help) in said {
        if let Some(day) = day.filter(|day| desk.is_far_ahead(*day)) {
            let day = day.with_weekday();
            tell(
                path,
                format!(
                    "this says that {what} on {day}, which is far ahead: until then {until_then}"
                ),
                help,
            );
        }
    }
    let Some(submitted) = submitted else { return };
    if let Some(day) = resubmitted.filter(|day| *day < submitted) {
        tell(
            "resubmitted",
            format!("it was sent again on {day}, before it was sent on {submitted}"),
            "put the wrong one right: `submitted` is when it was first sent, and `resubmitted` when its new papers were",
        );
    }
    if let Some(day) = withdrawn.filter(|day| *day < submitted) {
        tell(
            "withdrawn.on",
            format!(
                "it was taken back on {day}, before it was sent on {submitted}, and is on no agenda or list"
            ),
            "put the wrong day right; if it was sent after it had been taken back, take `withdrawn` out, and it goes to panel",
        );
    }
}
