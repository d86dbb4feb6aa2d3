//! Searches for a placement that began before the panel's decision.
use super::super::prelude::*;

pub(super) const RULE: Rule = Rule {
    id: "search-before-decision",
    summary: "the search began before the panel had approved it",
    severity: Severity::Error,
    asked_by: &["search/decision"],
    text: include_str!("search_before_decision.md"),
    check: Check::Desk(check),
};

fn check(desk: &Desk<'_>, found: &mut Findings) {
    for case in desk.judged() {
        if let Some(started) = case.referral().request.search_started {
            let place = || Desk::place(case.file, "request.search_started");
            tell(desk, found, case, &place, started);
        }
    }
    // What became true after a decision is judged however the case stands.
    for case in desk.cases() {
        for made in &case.decisions {
            if let Some(after) = made.after
                && let Some(started) = after.record.search_started
            {
                let place = || Desk::place(after, "search_started");
                tell(desk, found, case, &place, started);
            }
        }
    }
}

fn tell(
    desk: &Desk<'_>,
    found: &mut Findings,
    case: &Case<'_>,
    place: &dyn Fn() -> crate::findings::Place,
    started: Day,
) {
    let approved_on = first_approval(desk, case);
    // The same day is in order.
    if approved_on.is_some_and(|approved_on| approved_on <= started) {
        return;
    }
    let when = approved_on.map_or_else(
        || "and the panel has not approved it yet".to_owned(),
        |day| format!("before the panel approved it on {}", day.with_weekday()),
    );
    for search in super::searches(desk, case).filter(|search| search.permission.is_none()) {
        found
            .at(
                place(),
                format!("the search began on {}, {when}", started.with_weekday()),
            )
            .because(&search.basis)
            .help(format!(
                "check `search_started`; if it is right, stop the search until the panel has decided, and tell your manager today why it began{}",
                super::super::acceptance::or_accepted(desk, case, RULE.id)
            ))
            .about(case.reference());
    }
}

/// The day on which the panel first approved the request, or the one that it brings back or is
/// part of.
fn first_approval(desk: &Desk<'_>, case: &Case<'_>) -> Option<Day> {
    let referral = case.referral();
    [
        Some(case.reference()),
        referral.request.review_of.as_deref(),
        referral.part_of.as_deref(),
    ]
    .into_iter()
    .flatten()
    .filter_map(|reference| desk.case(reference))
    .flat_map(|case| &case.decisions)
    .filter(|made| made.is_approval())
    .map(|made| made.decision().decided_on.unwrap_or(made.on))
    .min()
}
