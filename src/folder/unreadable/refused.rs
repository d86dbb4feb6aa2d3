//! What YAML has and these files do not: anchors, aliases, tags, merge keys, further documents.

use super::fault;
use super::lines::Lines;
use crate::findings::Span;
use crate::folder::fault::Fault;

fn refused(span: Span, what: &str, instead: &str) -> Fault {
    fault(span, format!("{what} is not used in these files"), instead)
}

/// An anchor.
pub(in crate::folder) fn anchor(span: Span) -> Fault {
    refused(
        span,
        "an anchor (`&`)",
        "remove it, and write repeated text out; put text that begins with `&` in quotation marks",
    )
}

/// An alias.
pub(in crate::folder) fn alias(span: Span) -> Fault {
    refused(
        span,
        "an alias (`*`)",
        "write the text out again here; put text that begins with `*` in quotation marks",
    )
}

/// A tag.
pub(in crate::folder) fn tag(span: Span) -> Fault {
    refused(
        span,
        "a tag (`!`)",
        "remove it; put text that begins with `!` in quotation marks",
    )
}

/// A merge key.
pub(in crate::folder) fn merge(span: Span) -> Fault {
    refused(span, "a merge key (`<<`)", "write the keys out here")
}

/// A second document.
pub(in crate::folder) fn second_document(span: Span) -> Fault {
    fault(
        span,
        "a second document begins here",
        "keep one record in a file: remove this line and what follows, or put it in a file of its own",
    )
}

/// Lists and groups one in another, beyond what any form has.
pub(in crate::folder) fn too_deep(span: Span) -> Fault {
    fault(
        span,
        "lists and groups stand too deep in one another here",
        "no form needs this: look for a stray `[`, `{` or indentation",
    )
}

/// The stretches of the marks (`&name`, `!name`) with which a value begins at a place, in lines and
/// columns from 1.
pub(in crate::folder) fn marks(text: &str, at: Span) -> Vec<(char, Span)> {
    let lines = Lines::of(text);
    let (mut line, mut column) = (at.line as usize - 1, at.column as usize - 1);
    let mut found = Vec::new();
    // One of each, and either may stand on the line above the other.
    while found.len() < 2 {
        let rest = lines.rest(line, column);
        let spaces = rest.chars().take_while(|c| c.is_whitespace()).count();
        let token = rest.trim_start();
        match token.chars().next() {
            Some(sign @ ('&' | '!')) => {
                let from = column + spaces;
                let to = from + token_length(token);
                found.push((sign, lines.span(line, from, to)));
                column = to;
            }
            None | Some('#') if !found.is_empty() && line + 1 < at.end_line as usize => {
                (line, column) = (line + 1, 0);
            }
            _ => break,
        }
    }
    found
}

/// How many characters a sign has that stands at the beginning of a text: up to a space or what
/// ends a part of a list or group.
pub(super) fn token_length(text: &str) -> usize {
    let ends = |c: char| c.is_whitespace() || matches!(c, ',' | '[' | ']' | '{' | '}');
    text.chars().take_while(|c| !ends(*c)).count().max(1)
}
