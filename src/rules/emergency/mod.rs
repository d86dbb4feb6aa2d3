//! Emergencies: who approved them, on what ground, and when the panel hears them.

mod emergency_without_approval;
mod invalid_emergency_ground;
mod refused_not_ended;
mod retrospective_overdue;

use super::Rule;

/// The rules of this family.
pub(super) const RULES: &[Rule] = &[
    emergency_without_approval::RULE,
    invalid_emergency_ground::RULE,
    refused_not_ended::RULE,
    retrospective_overdue::RULE,
];
