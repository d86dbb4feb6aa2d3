//! Papers and signatures.

mod extra_document;
mod missing_sign_off;

use super::Rule;

/// The rules of this family.
pub(super) const RULES: &[Rule] = &[missing_sign_off::RULE, extra_document::RULE];
