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
    let lines = Lines::up_to(text, at.line.max(at.end_line));
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

/// A space or colon that only looks like one, where it keeps a key from being read: text that
/// stands alone at the beginning of its line and begins with such a space, or like a key.
pub(in crate::folder) fn odd_space(text: &str, at: Span, scalar: &str) -> Option<Fault> {
    let is_odd = |c: char| c == '\u{FF1A}' || (c.is_whitespace() && !c.is_ascii());
    let is_of_a_key = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let key = scalar.chars().take_while(|c| is_of_a_key(*c)).count();
    let mut behind = scalar.chars().skip(key);
    let offset = match (key, behind.next()?, behind.next()) {
        (0, c, _) if is_odd(c) => 0,
        (1.., '\u{FF1A}', _) => key,
        (1.., ':', Some(c)) if is_odd(c) => key + 1,
        _ => return None,
    };
    let lines = Lines::of(text);
    let (line, column) = (at.line as usize - 1, at.column as usize - 1);
    let is_alone = lines
        .before(line, column)
        .trim_start_matches('-')
        .trim()
        .is_empty();
    if !is_alone {
        return None;
    }
    let length = scalar
        .chars()
        .skip(offset)
        .take_while(|c| is_odd(*c))
        .count();
    let span = lines.span(line, column + offset, column + offset + length);
    Some(if scalar.chars().nth(offset) == Some('\u{FF1A}') {
        fault(
            span,
            "this is not the colon that stands behind a key",
            "write a plain colon and a space in its place",
        )
    } else {
        fault(
            span,
            "this is not a plain space; it often comes with text copied from another program",
            "write plain spaces in its place",
        )
    })
}
