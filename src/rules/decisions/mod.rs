//! Decisions, and what follows them.

mod action_overdue;
mod decision_incomplete;
mod decision_overdue;
mod endorsement_overdue;
mod expenditure_unsigned;
mod outcome_not_allowed;
mod referral_changed;
mod review_date_missing;
mod review_too_late;
mod withdrawn_without_agreement;

pub(crate) use withdrawn_without_agreement::objection as withdrawal_objection;

use super::Rule;
use crate::records::Text;

/// The rules of this family.
pub(super) const RULES: &[Rule] = &[
    outcome_not_allowed::RULE,
    decision_incomplete::RULE,
    expenditure_unsigned::RULE,
    referral_changed::RULE,
    decision_overdue::RULE,
    endorsement_overdue::RULE,
    action_overdue::RULE,
    review_date_missing::RULE,
    review_too_late::RULE,
    withdrawn_without_agreement::RULE,
];

use crate::desk::{Case, Desk, Made};

/// Every decision in force with its case.
fn made<'d, 'a>(desk: &'d Desk<'a>) -> impl Iterator<Item = (&'d Case<'a>, &'d Made<'a>)> {
    desk.cases()
        .iter()
        .flat_map(|case| case.decisions.iter().map(move |made| (case, made)))
}

/// A name or a post that is there and not blank.
fn said(text: Option<&Text>) -> Option<&str> {
    text.map(|text| text.trim()).filter(|text| !text.is_empty())
}
