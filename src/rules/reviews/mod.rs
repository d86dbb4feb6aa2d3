//! What is to come back.

mod review_overdue;

use super::Rule;

/// The rules of this family.
pub(super) const RULES: &[Rule] = &[review_overdue::RULE];
