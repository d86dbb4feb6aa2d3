//! What is to come back.

mod new_placement_overdue;
mod review_of_nothing;
mod review_overdue;

use super::Rule;

/// The rules of this family.
pub(super) const RULES: &[Rule] = &[
    review_overdue::RULE,
    review_of_nothing::RULE,
    new_placement_overdue::RULE,
];
