//! Whether the form is complete and adds up.

use super::Rule;

/// The rules of this family.
pub(super) const RULES: &[Rule] = &[];
