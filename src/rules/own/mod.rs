//! Checks that the council's own file names: their findings carry its ids, not the rule's.

mod own_rule;
mod time_limit_passed;

use super::Rule;

/// The rules of this family.
pub(super) const RULES: &[Rule] = &[own_rule::RULE, time_limit_passed::RULE];
