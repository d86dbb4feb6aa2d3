//! Whether the form is complete and adds up.

mod checklist_unanswered;
mod cost_arithmetic;
mod funding_source_unexplained;
mod incomplete_section;
mod missing_alternatives;
mod missing_costs;
mod missing_views;
mod over_long_section;
mod unexplained_no;

use super::Rule;
use super::acceptance::in_time_or_accepted as or_accepted;
use super::lines::line_at;
use crate::records::Text;
pub(super) use crate::records::is_filler;

/// The rules of this family.
pub(super) const RULES: &[Rule] = &[
    incomplete_section::RULE,
    over_long_section::RULE,
    unexplained_no::RULE,
    missing_views::RULE,
    missing_alternatives::RULE,
    missing_costs::RULE,
    cost_arithmetic::RULE,
    funding_source_unexplained::RULE,
    checklist_unanswered::RULE,
];

use crate::folder::File;
use crate::records::fields::{Filled, is_blank};

/// Whether a text answers what is asked: neither blank nor a filler.
pub(super) fn is_answer(text: Option<&Text>) -> bool {
    text.is_some_and(|text| !is_filler(text))
}

/// Whether a box is blank, or holds what is no answer.
fn is_gap(filled: Filled<'_>) -> bool {
    match filled {
        Filled::Absent => true,
        Filled::Text(text) => is_filler(text),
        Filled::Present => false,
    }
}

/// What is wrong with what stands in a box, said before its label; nothing where it is filled.
fn gap(filled: Filled<'_>) -> Option<String> {
    is_gap(filled).then(|| match filled {
        Filled::Text(text) => format!("`{}` is not an answer", text.trim()),
        Filled::Absent | Filled::Present => "left blank".to_owned(),
    })
}

/// What is wrong with a text that stands, or does not, in a list's entry.
fn gap_in(text: Option<&Text>) -> Option<String> {
    gap(text
        .filter(|text| !is_blank(text))
        .map_or(Filled::Absent, |text| Filled::Text(text)))
}

/// Whether something at this path or below it could not be read; the rules of reading tell it.
fn has_fault_under<T>(file: &File<T>, path: &str) -> bool {
    file.faults.iter().any(|fault| {
        !fault.is_harmless
            && fault
                .path
                .strip_prefix(path)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
    })
}
