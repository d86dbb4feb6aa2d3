//! Meetings: who chairs, what is declared, accepted, called off.

use super::Rule;

/// The rules of this family.
pub(super) const RULES: &[Rule] = &[];
