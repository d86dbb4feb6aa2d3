//! Text that is no YAML: what is wrong with it, in words that need no knowledge of YAML.
//!
//! The parser tells where it gave up and, in its own words, what it looked for. Its words are for
//! programmers, and where it gives up is often below the fault: a quotation mark that is not closed
//! is missed at the end of the file. So its words only say which kind of fault to look for, and the
//! lines around its place say what somebody wrote.

mod layout;
mod lines;
mod refused;
mod signs;

pub(super) use refused::{alias, anchor, marks, merge, odd_space, second_document, tag, too_deep};

use super::fault::{Fault, FaultKind};
use crate::findings::Span;
use lines::Lines;

/// The longest text that is shown again as it should be written.
const LONGEST_SHOWN: usize = 60;
const INWARDS: &str = "two spaces for each step inwards";

/// A bracket that was open where the parser gave up: its line and column, from 0.
pub(super) type Open = Option<(usize, usize)>;

/// The fault at which the reading of a text ended.
///
/// `line` and `column` count from 0; `said` is the parser's own account.
pub(super) fn explained(text: &str, line: usize, column: usize, said: &str, open: Open) -> Fault {
    let page = Page {
        lines: Lines::of(text),
        line,
        column,
        open,
    };
    page.told(said).unwrap_or_else(|| page.anything())
}

/// A text, and where its reading ended.
struct Page<'t> {
    lines: Lines<'t>,
    line: usize,
    column: usize,
    open: Open,
}

fn fault(span: Span, message: impl Into<String>, help: impl Into<String>) -> Fault {
    Fault::at(FaultKind::Syntax, span, message).help(help)
}

impl Page<'_> {
    fn told(&self, said: &str) -> Option<Fault> {
        let holds = |words: &[&str]| words.iter().any(|word| said.contains(word));
        if holds(&["tab", "valid YAML whitespace"]) && !holds(&["table"]) {
            return self.tab();
        }
        if holds(&["escape character", "hexadecimal"]) && holds(&["quoted"]) {
            return self.backslash();
        }
        if holds(&["trailing content", "separated from other tokens"]) {
            return self.behind_a_quotation();
        }
        if holds(&["quoted scalar"]) {
            return Some(self.unclosed_quotation(self.line, self.column));
        }
        if holds(&["anchor or alias", "unknown anchor"]) {
            return self.mark();
        }
        if holds(&["directive", "TAG directive"]) {
            return Some(self.directive());
        }
        if holds(&["tag", "TAG", "handle"]) {
            return self.tag();
        }
        if holds(&["block scalar"]) && !holds(&["wrongly indented"]) {
            return self.text_behind_its_sign();
        }
        if holds(&["unexpected character"]) {
            return self.first_character();
        }
        if holds(&["comment intercepting"]) {
            return Some(self.remark_within());
        }
        if holds(&["block sequence entries"]) {
            return Some(self.list_behind_its_key());
        }
        if holds(&["recursion"]) {
            return Some(too_deep(self.here(1)));
        }
        if holds(&["document"]) {
            return Some(self.further_out());
        }
        if holds(&["misplaced bracket"]) {
            return self.closes_nothing();
        }
        if holds(&["flow", "illegal placement", "end of plain scalar"]) || self.open.is_some() {
            return self.within_brackets();
        }
        if holds(&["mapping values", "mapping keys"]) {
            return self.colon();
        }
        if holds(&["simple key"]) {
            return self.no_colon();
        }
        if holds(&["'-' indicator"]) {
            return Some(self.no_dash());
        }
        if holds(&[
            "expected key",
            "wrongly indented",
            "invalid indentation",
            "node content",
        ]) {
            return self.out_of_line();
        }
        None
    }

    /// So many characters from where the reading ended.
    fn here(&self, length: usize) -> Span {
        self.lines
            .span(self.line, self.column, self.column + length)
    }

    fn char_here(&self) -> Option<char> {
        self.lines.char(self.line, self.column)
    }

    /// What nothing else explains.
    fn anything(&self) -> Fault {
        fault(
            self.here(1),
            "the file can be read up to here and no further",
            "look at this line and the one above: a colon and a space behind each key, keys of one group in line below one another, quotation marks around text that holds `: ` or ` #`",
        )
    }
}

/// `: "text"`, the text as it should be written; nothing where it is too long to show or holds
/// quotation marks itself.
fn shown(text: &str) -> String {
    let is_short = !text.is_empty() && text.chars().count() <= LONGEST_SHOWN;
    match (text.contains('"'), text.contains('\'')) {
        _ if !is_short || text.contains('\\') => String::new(),
        (false, _) => format!(": \"{text}\""),
        (true, false) => format!(": '{text}'"),
        (true, true) => String::new(),
    }
}

#[cfg(test)]
mod tests;
