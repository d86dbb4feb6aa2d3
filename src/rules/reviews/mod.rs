//! What is to come back.

use super::Rule;

/// The rules of this family.
pub(super) const RULES: &[Rule] = &[];
