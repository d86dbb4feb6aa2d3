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

/// What people write to get past a box. A short list of whole answers: `none` and
/// `none recorded` are answers, and so is any sentence that one of these stands in.
const FILLERS: &[&str] = &[
    "tbc",
    "tba",
    "tbd",
    "to be confirmed",
    "to be completed",
    "to be advised",
    "to follow",
    "to do",
    "todo",
    "n/a",
    "n.a",
    "na",
    "none?",
    "unknown?",
    "xx",
    "xxx",
    "xxxx",
    "as above",
    "as before",
    "see above",
    "see below",
];

/// No filler has more letters and digits than this.
const MOST_IN_A_FILLER: usize = 15;

/// Whether a text stands in a box without answering it.
pub(super) fn is_filler(text: &str) -> bool {
    // Nearly every text is longer than any filler or begins like none, and is not looked at further.
    let is_long = |first: &[u8; 32]| {
        let said = first.iter().filter(|byte| byte.is_ascii_alphanumeric());
        said.count() > MOST_IN_A_FILLER
    };
    if text.as_bytes().first_chunk().is_some_and(is_long) {
        return false;
    }
    if let [first, second, ..] = text.as_bytes()
        && first.is_ascii_alphanumeric()
        && second.is_ascii_graphic()
    {
        let begins = |filler: &&str| {
            let begin = filler.as_bytes().first_chunk::<2>();
            begin.is_some_and(|begin| begin.eq_ignore_ascii_case(&[*first, *second]))
        };
        if !FILLERS.iter().any(begins) {
            return false;
        }
    }
    let mut said = text.chars().filter(|c| c.is_alphanumeric());
    if said.nth(MOST_IN_A_FILLER).is_some() {
        return false;
    }
    let folded = text
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase();
    // A dash, a question mark or dots alone.
    if !folded.chars().any(char::is_alphanumeric) {
        return true;
    }
    FILLERS.contains(&folded.trim_end_matches(['.', '…', '!']))
}

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

#[cfg(test)]
mod tests {
    use super::{FILLERS, MOST_IN_A_FILLER, is_filler};

    #[test]
    fn what_says_nothing_is_a_filler_in_any_spelling() {
        for text in [
            "TBC",
            "N/A",
            "-",
            "???",
            "To  follow.",
            "xxx",
            "As above",
            "None?",
        ] {
            assert!(is_filler(text), "{text}");
        }
    }

    #[test]
    fn an_answer_that_says_there_is_nothing_is_an_answer() {
        for text in [
            "none",
            "none recorded",
            "not recorded",
            "No",
            "TBC by the school on 3 May",
        ] {
            assert!(!is_filler(text), "{text}");
        }
    }

    #[test]
    fn no_filler_is_too_long_to_be_seen_as_one() {
        for filler in FILLERS {
            assert!(
                is_filler(&format!(" {} ", filler.to_uppercase())),
                "{filler}"
            );
            let letters = filler.chars().filter(|c| c.is_alphanumeric()).count();
            assert!(letters <= MOST_IN_A_FILLER, "{filler}");
        }
    }
}
