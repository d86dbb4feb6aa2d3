//! Referrals that were edited after the panel decided on them.
use super::super::prelude::*;
use super::super::ways::amendment;

pub(super) const RULE: Rule = Rule {
    id: "referral-changed",
    summary: "the referral is not the one that the panel decided on",
    severity: Severity::Error,
    asked_by: &[],
    text: include_str!("referral_changed.md"),
    check: Check::Desk(check),
};

fn check(desk: &Desk<'_>, found: &mut Findings) {
    for case in desk.cases() {
        // After a deferral the referral is open again and may change.
        let Some(made) = case.last().filter(|made| made.is_final()) else {
            continue;
        };
        let Some(digest) = super::said(made.decision().referral_digest.as_ref()) else {
            continue;
        };
        if digest == case.file.digest() {
            continue;
        }
        found
            .at(
                Desk::place(case.file, "reference"),
                format!(
                    "the referral has been edited since the panel decided on it on {}",
                    made.on.with_weekday()
                ),
            )
            .help(format!(
                "put the file back as it was: your administrator has it in git; a change is asked for in a new referral with `review_of: {reference}` under `request`; if the decision rested on a mistake in the form, the chair amends it: {}",
                amendment(desk, case, made, "--request-as-it-is"),
                reference = case.reference()
            ))
            .about(case.reference())
            .of_meeting(made.meeting);
    }
}
