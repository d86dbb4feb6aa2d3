//! Approvals that say neither when they come back to panel nor why they do not.
use super::super::form::is_answer;
use super::super::prelude::*;
use super::super::ways::amended;
use crate::findings::Basis;

pub(super) const RULE: Rule = Rule {
    id: "review-date-missing",
    summary: "the approval has no review, and no reason for none",
    severity: Severity::Error,
    asked_by: &["reviews", "time-limit"],
    text: include_str!("review_date_missing.md"),
    check: Check::Desk(check),
};

fn check(desk: &Desk<'_>, found: &mut Findings) {
    for (case, made) in super::made(desk) {
        if !made.is_approval() {
            continue;
        }
        let Some(basis) = asked(desk, case, made) else {
            continue;
        };
        // Where the outcome itself needs a review, its absence is told there.
        let is_told = made
            .rules
            .outcome(made.outcome())
            .is_some_and(|outcome| outcome.needs.iter().any(|need| need == "review"));
        let (path, message) = match &made.decision().review {
            None if is_told => continue,
            None => (
                "review",
                "the decision does not say when the case comes back to panel, nor why it does not",
            ),
            Some(review) if review.on.is_some() || review.every.is_some() => continue,
            Some(review) if is_answer(review.none.as_ref()) => continue,
            Some(_) => (
                "review.none",
                "the decision says that the case does not come back to panel, and gives no reason",
            ),
        };
        found
            .at(Desk::place(&made.file.file, path), message)
            .because(basis)
            .help(format!(
                "ask the chair for a day, for how often (`--review-every '4 weeks'` in its place), or for the reason why not (`--no-review REASON`), and {}",
                amended(desk, case, made, "--review-on DAY")
            ))
            .about(case.reference())
            .of_meeting(made.meeting);
    }
}

/// The entry that asks for a review of this approval.
fn asked<'a>(desk: &Desk<'a>, case: &Case<'a>, made: &Made<'a>) -> Option<&'a Basis> {
    let rules = made.rules;
    let every = rules
        .reviews
        .as_ref()
        .filter(|rule| rule.required && desk.holds_for(rule.when.as_ref(), case, made))
        .map(|rule| &rule.basis);
    let before_its_end = rules
        .time_limit
        .as_ref()
        .filter(|rule| rule.review_before && desk.holds_for(rule.when.as_ref(), case, made))
        .map(|rule| &rule.basis);
    every.or(before_its_end)
}
