//! Whether the request belongs to this panel.

mod below_threshold;
mod excluded;
mod no_criterion;
mod refer_elsewhere;

use super::Rule;

/// The rules of this family.
pub(super) const RULES: &[Rule] = &[
    no_criterion::RULE,
    excluded::RULE,
    below_threshold::RULE,
    refer_elsewhere::RULE,
];

use crate::council::condition::Condition;
use crate::council::{Exclusion, Threshold};
use crate::desk::{Case, Desk};
use crate::records::Money;

/// Whether a request is the panel's: it meets a criterion, or brings back what the panel decided.
fn is_in_remit(desk: &Desk<'_>, case: &Case<'_>) -> bool {
    case.referral().request.review_of.is_some() || !desk.criteria(case).is_empty()
}

/// Whether a condition speaks of costs.
fn turns_on_cost(when: &Condition) -> bool {
    when.names().iter().any(|name| name.starts_with("cost."))
}

/// What the panel does not fund or decide and this request asks for. What brings back a decision
/// of the panel is never excluded: it was the panel's own.
fn exclusions<'d>(desk: &'d Desk<'_>, case: &'d Case<'_>) -> impl Iterator<Item = &'d Exclusion> {
    let is_review = case.referral().request.review_of.is_some();
    case.rules.exclusions.iter().filter(move |exclusion| {
        // A line that could not be read makes any sum a guess.
        let is_doubtful = case.has_doubtful_costs() && turns_on_cost(&exclusion.when);
        !is_review && !is_doubtful && desk.holds(Some(&exclusion.when), case)
    })
}

/// A threshold that a request with cost lines does not reach.
struct Below<'d> {
    threshold: &'d Threshold,
    cost: Money,
    /// Whether the permission is there that settles it without the panel.
    is_cleared: bool,
}

/// The threshold for the remit that a request with cost lines does not reach.
fn below<'d>(desk: &Desk<'_>, case: &'d Case<'_>) -> Option<Below<'d>> {
    // A line that could not be read makes any sum a guess.
    if case.has_doubtful_costs() {
        return None;
    }
    case.rules
        .thresholds
        .iter()
        .filter(|threshold| threshold.for_remit && desk.holds(threshold.when.as_ref(), case))
        .find_map(|threshold| {
            let cost = desk.subject(case).cost(threshold.of)?;
            (cost <= threshold.amount).then(|| Below {
                threshold,
                cost,
                is_cleared: is_cleared(threshold, case),
            })
        })
}

/// Whether the permission is there that settles a small request without the panel.
fn is_cleared(threshold: &Threshold, case: &Case<'_>) -> bool {
    let Some(what) = &threshold.cleared_by else {
        return false;
    };
    let by: Vec<String> = threshold.cleared_by_role.iter().cloned().collect();
    case.permissions_for(what).any(|(_, given)| {
        by.is_empty() || case.acts_as(given.role.as_ref(), given.delegated_by.as_ref(), &by)
    })
}
