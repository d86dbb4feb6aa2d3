//! Approvals that come back to panel later than the council allows.
use super::super::acceptance::acceptable_by;
use super::super::prelude::*;
use super::super::ways::{amended, amendment};

pub(super) const RULE: Rule = Rule {
    id: "review-too-late",
    summary: "the review is later than the council allows",
    severity: Severity::Error,
    asked_by: &["review-interval/*", "time-limit"],
    text: include_str!("review_too_late.md"),
    check: Check::Desk(check),
};

fn check(desk: &Desk<'_>, found: &mut Findings) {
    for (case, made) in super::made(desk) {
        if !made.is_approval() {
            continue;
        }
        let Some((path, on)) = first_review(made) else {
            continue;
        };
        let limit = desk.latest_review(case, made).filter(|limit| on > limit.on);
        if let Some(limit) = limit {
            found
                .at(
                    Desk::place(&made.file.file, path),
                    format!(
                        "the case comes back on {}, later than {} from {}: {} is the last day",
                        on.with_weekday(),
                        limit.within,
                        limit.since.with_weekday(),
                        limit.on.with_weekday()
                    ),
                )
                .because(&limit.rule.basis)
                .help(format!(
                    "ask the chair for that day or an earlier one, and {}{}",
                    amended(desk, case, made, &format!("--review-on {}", limit.on)),
                    or_with_it(desk, case, made)
                ))
                .about(case.reference())
                .of_meeting(made.meeting);
            continue;
        }
        let rule =
            made.rules.time_limit.as_ref().filter(|rule| {
                rule.review_before && desk.holds_for(rule.when.as_ref(), case, made)
            });
        if let Some(rule) = rule
            && let Some(until) = made.decision().until.filter(|until| on >= *until)
        {
            found
                .at(
                    Desk::place(&made.file.file, path),
                    format!(
                        "the case comes back on {}, and the approval ends on {} without a review",
                        on.with_weekday(),
                        until.with_weekday()
                    ),
                )
                .because(&rule.basis)
                .help(format!(
                    "ask the chair for a day before {}, and {}{}",
                    until.with_weekday(),
                    amended(desk, case, made, "--review-on DAY"),
                    or_with_it(desk, case, made)
                ))
                .about(case.reference())
                .of_meeting(made.meeting);
        }
    }
}

/// That somebody may accept it, which is recorded with the decision itself.
fn or_with_it(desk: &Desk<'_>, case: &Case<'_>, made: &Made<'_>) -> String {
    acceptable_by(desk, case, RULE.id)
        .map(|who| {
            let option = format!("--accept '{}|REASON'", RULE.id);
            format!(
                "; or have {who} accept it with the decision: {}",
                amendment(desk, case, made, &option)
            )
        })
        .unwrap_or_default()
}

/// The day on which an approval first comes back, as the decision has it.
fn first_review(made: &Made<'_>) -> Option<(&'static str, Day)> {
    let review = made.decision().review.as_ref()?;
    match (review.on, review.every) {
        (Some(on), _) => Some(("review.on", on)),
        (None, Some(every)) => Some(("review.every", crate::calendar::add(made.on, every))),
        (None, None) => None,
    }
}
