//! Who comes to present.

mod missing_attendee;

use super::Rule;

/// The rules of this family.
pub(super) const RULES: &[Rule] = &[missing_attendee::RULE];
