//! How the lines of a record are laid out: where a group or a list ends, and how it is indented.

use super::super::tree::Node;
use crate::findings::Span;
use std::ops::Range;

/// The byte at a line and a column, both counted from 1, columns in characters.
pub(super) fn offset(text: &str, line: u32, column: u32) -> Option<usize> {
    let mut start = 0;
    for _ in 1..line {
        start += text[start..].find('\n')? + 1;
    }
    let wanted = usize::try_from(column).ok()?.checked_sub(1)?;
    let rest = &text[start..];
    rest.char_indices()
        .map(|(at, _)| at)
        .chain([rest.len()])
        .nth(wanted)
        .map(|at| start + at)
}

/// The bytes of a stretch.
pub(super) fn range(text: &str, span: Span) -> Option<Range<usize>> {
    let start = offset(text, span.line, span.column)?;
    let end = offset(text, span.end_line, span.end_column)?;
    (start <= end).then_some(start..end)
}

/// Where a value begins.
pub(super) fn start(text: &str, node: &Node) -> Option<usize> {
    offset(text, node.span.line, node.span.column)
}

/// The line that a byte stands on, without its line break.
pub(super) fn line_at(text: &str, at: usize) -> &str {
    let start = text[..at].rfind('\n').map_or(0, |turn| turn + 1);
    let end = text[at..].find('\n').map_or(text.len(), |turn| at + turn);
    text[start..end].trim_end_matches('\r')
}

/// The byte after the line break of the line that a byte stands on.
pub(super) fn next_line(text: &str, at: usize) -> usize {
    text[at..]
        .find('\n')
        .map_or(text.len(), |turn| at + turn + 1)
}

/// The line break that the line before a byte has; what the file has elsewhere where it has none.
pub(super) fn turn_before(text: &str, at: usize) -> &'static str {
    let before = text[..at].rfind('\n').map(|turn| &text[..=turn]);
    if before.map_or(text.contains("\r\n"), |before| before.ends_with("\r\n")) {
        "\r\n"
    } else {
        "\n"
    }
}

/// Spaces at the beginning of a line.
pub(super) fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// Whether a line is an element of a list.
pub(super) fn is_element(line: &str) -> bool {
    let line = line.trim_start_matches(' ');
    line == "-" || line.starts_with("- ")
}

/// The byte after the last line of what begins on the line at `from` and is indented by `column`:
/// every line that is indented further, and elements of a list at that column. Comments in between
/// belong to it; those after it that stand no further in do not.
pub(super) fn end_of_block(text: &str, from: usize, column: usize) -> usize {
    let mut end = next_line(text, from);
    let mut at = end;
    while at < text.len() {
        let line = line_at(text, at);
        let next = next_line(text, at);
        let deep = indent(line);
        let rest = line.trim();
        if rest.is_empty() || (deep <= column && rest.starts_with('#')) {
            at = next;
            continue;
        }
        let belongs = deep > column || (deep == column && is_element(line));
        if !belongs {
            break;
        }
        end = next;
        at = next;
    }
    end
}

/// Lines put at a byte that begins a line, or at the end of a text that does not end its last one.
pub(super) fn lines_at(text: &str, at: usize, lines: &[String]) -> String {
    let turn = turn_before(text, at);
    let is_open = at > 0 && !text[..at].ends_with('\n');
    let mut new = if is_open {
        turn.to_owned()
    } else {
        String::new()
    };
    for line in lines {
        new.push_str(line);
        new.push_str(turn);
    }
    new
}

/// How many bytes a list or group in brackets takes that a text begins with.
pub(super) fn in_brackets(text: &str) -> Option<usize> {
    let mut open = 0usize;
    let mut quote = None;
    let mut is_comment = false;
    let mut is_escaped = false;
    // What stands before, blanks left out: a quotation mark within a word begins nothing.
    let mut before = ',';
    let mut is_after_blank = true;
    for (at, c) in text.char_indices() {
        if is_comment {
            is_comment = c != '\n';
        } else if let Some(mark) = quote {
            match c {
                _ if is_escaped => is_escaped = false,
                '\\' if mark == '"' => is_escaped = true,
                // Two single ones are one within the text: the second begins it anew.
                _ if c == mark => quote = None,
                _ => {}
            }
            before = ',';
        } else {
            match c {
                '#' if is_after_blank => is_comment = true,
                '"' | '\'' if matches!(before, '[' | '{' | ',' | ':') => quote = Some(c),
                '[' | '{' => open += 1,
                ']' | '}' => {
                    open = open.checked_sub(1)?;
                    if open == 0 {
                        return Some(at + c.len_utf8());
                    }
                }
                _ if at == 0 => return None,
                _ => {}
            }
            if !c.is_whitespace() {
                before = c;
            }
        }
        is_after_blank = c.is_whitespace();
    }
    None
}
