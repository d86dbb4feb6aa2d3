//! Whether the request belongs to this panel.

mod below_threshold;
mod no_criterion;

use super::Rule;

/// The rules of this family.
pub(super) const RULES: &[Rule] = &[no_criterion::RULE, below_threshold::RULE];

use crate::council::Threshold;
use crate::desk::{Case, Desk};
use crate::records::Money;

/// Whether a request is the panel's: it meets a criterion, or brings back what the panel decided.
fn is_in_remit(desk: &Desk<'_>, case: &Case<'_>) -> bool {
    case.referral().request.review_of.is_some() || !desk.criteria(case).is_empty()
}

/// The threshold that a request with cost lines does not reach, and what it costs.
fn below<'d>(desk: &'d Desk<'_>, case: &Case<'_>) -> Option<(&'d Threshold, Money)> {
    // A line that could not be read makes any sum a guess.
    if case.has_doubtful_costs() {
        return None;
    }
    desk.council.thresholds.iter().find_map(|threshold| {
        let cost = desk.subject(case).cost(threshold.of)?;
        (cost <= threshold.amount).then_some((threshold, cost))
    })
}
