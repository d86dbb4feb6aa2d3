//! What is to come back.

mod new_placement_overdue;
mod review_overdue;

use super::Rule;

/// The rules of this family.
pub(super) const RULES: &[Rule] = &[review_overdue::RULE, new_placement_overdue::RULE];
