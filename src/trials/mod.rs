//! Whatever bytes come, what reads them keeps its word: what `tests/fuzz` tries with made-up bytes,
//! and the tests here with the bytes that it kept.
//!
//! Each function panics where a promise is broken, and otherwise says nothing. None of this is in
//! the program that people use.

mod condition;
mod date;
mod referral;
mod rule_file;
mod template;
#[cfg(test)]
mod tests;

pub use condition::condition;
pub use date::date;
pub use referral::referral;
pub use rule_file::rule_file;
pub use template::template;

use crate::council::{BUILT_IN, Council, parse_council};
use crate::findings::Span;
use crate::records::Moment;
use chrono::NaiveDateTime;
use std::sync::LazyLock;

/// A council to judge by: the first that is built in.
static COUNCIL: LazyLock<Council> = LazyLock::new(|| {
    let (id, text) = BUILT_IN[0];
    parse_council(id, id, text).expect("built-in councils load")
});

/// The moment of every trial.
fn as_of() -> NaiveDateTime {
    let moment: Moment = "2026-11-25T09:00".parse().expect("a moment");
    moment.latest()
}

/// Holds a place to the text that it points into: lines and columns count from 1, and a place may
/// stand right behind the last character.
fn assert_inside(span: Span, text: &str, what: &str) {
    let lines: Vec<&str> = text.split('\n').collect();
    let last = lines.len();
    let width = |line: u32| {
        let line = usize::try_from(line).expect("a line") - 1;
        let line = lines.get(line).copied().unwrap_or_default();
        u32::try_from(line.chars().count()).expect("the limits keep lines short")
    };
    let is_inside = |line: u32, column: u32| {
        (1..=last).contains(&(line as usize)) && (1..=width(line) + 1).contains(&column)
    };
    let is_in_order = (span.line, span.column) <= (span.end_line, span.end_column);
    assert!(
        is_in_order
            && is_inside(span.line, span.column)
            // A mark of one character may be put behind the end.
            && (is_inside(span.end_line, span.end_column)
                || is_inside(span.end_line, span.end_column.saturating_sub(1))),
        "{what} points outside the text: {span:?}\n{text}"
    );
}
