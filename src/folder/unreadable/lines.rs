//! The lines of a file that cannot be read, looked at as people wrote them.

use crate::findings::Span;

/// A text by its lines and characters, both counted from 0.
pub(super) struct Lines<'t> {
    lines: Vec<&'t str>,
}

/// A line that begins like a key with its value: `name: Robin`, `- name: Robin`, `name:Robin`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Keyed<'t> {
    /// Where the key begins.
    pub(super) from: usize,
    /// The key.
    pub(super) key: &'t str,
    /// Where its colon stands.
    pub(super) colon: usize,
    /// What stands behind the colon, without the spaces around it.
    pub(super) value: &'t str,
    /// Whether a space, or nothing at all, follows the colon.
    pub(super) is_spaced: bool,
}

impl<'t> Lines<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        let lines = text.split('\n');
        Self {
            lines: lines
                .map(|line| line.strip_suffix('\r').unwrap_or(line))
                .collect(),
        }
    }

    /// The first lines of a text: of a place near its beginning the rest need not be looked through.
    pub(super) fn up_to(text: &'t str, line: u32) -> Self {
        let lines = text.split('\n').take(line as usize);
        Self {
            lines: lines
                .map(|line| line.strip_suffix('\r').unwrap_or(line))
                .collect(),
        }
    }

    /// A line; nothing beyond the last.
    pub(super) fn line(&self, line: usize) -> &'t str {
        self.lines.get(line).copied().unwrap_or_default()
    }

    pub(super) fn char(&self, line: usize, column: usize) -> Option<char> {
        self.line(line).chars().nth(column)
    }

    /// What stands on a line from a column on.
    pub(super) fn rest(&self, line: usize, column: usize) -> &'t str {
        let line = self.line(line);
        line.char_indices()
            .nth(column)
            .map_or("", |(at, _)| &line[at..])
    }

    /// What stands on a line before a column.
    pub(super) fn before(&self, line: usize, column: usize) -> &'t str {
        let line = self.line(line);
        line.char_indices()
            .nth(column)
            .map_or(line, |(at, _)| &line[..at])
    }

    /// The last line that says something before this one; remarks do not count.
    pub(super) fn above(&self, line: usize) -> Option<usize> {
        (0..line.min(self.lines.len()))
            .rev()
            .find(|line| says_something(self.line(*line)))
    }

    /// The first line from this one on for which something holds.
    pub(super) fn find(&self, from: usize, holds: impl Fn(&str) -> bool) -> Option<usize> {
        (from..self.lines.len()).find(|line| holds(self.line(*line)))
    }

    /// How far a line is indented.
    pub(super) fn indent(&self, line: usize) -> usize {
        indent(self.line(line))
    }

    /// The line as a key with its value, where it begins like one.
    pub(super) fn keyed(&self, line: usize) -> Option<Keyed<'t>> {
        let text = self.line(line);
        let mut from = indent(text);
        while text[from..].starts_with("- ") {
            from += 2 + indent(&text[from + 2..]);
        }
        let is_of_a_key = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
        let length = text[from..].find(|c| !is_of_a_key(c))?;
        let rest = text[from + length..].strip_prefix(':')?;
        (length > 0).then(|| Keyed {
            from,
            key: &text[from..from + length],
            colon: from + length,
            value: rest.trim(),
            is_spaced: rest.is_empty() || rest.starts_with([' ', '\t']),
        })
    }

    /// A stretch of a line as findings give it, kept within the file.
    pub(super) fn span(&self, line: usize, from: usize, to: usize) -> Span {
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let last = self.lines.len().saturating_sub(1);
        let is_beyond = line > last || (line == last && self.line(line).is_empty());
        let (line, from, to) = match self.above(line).filter(|_| is_beyond) {
            // What is missed at the end of a file belongs to the end of its last line.
            Some(line) => (line, usize::MAX, usize::MAX),
            None => (line.min(last), from, to),
        };
        let length = self.line(line).chars().count();
        let from = from.min(length);
        Span::on_line(
            number(line + 1),
            number(from + 1),
            number(to.clamp(from, length).max(from) + 1),
        )
    }

    /// The stretch of what a line says from a column on, without the spaces at its end.
    pub(super) fn span_of_rest(&self, line: usize, from: usize) -> Span {
        let length = self.rest(line, from).trim_end().chars().count();
        self.span(line, from, from + length)
    }
}

fn says_something(line: &str) -> bool {
    let line = line.trim();
    !line.is_empty() && !line.starts_with('#')
}

fn indent(line: &str) -> usize {
    line.bytes().take_while(|byte| *byte == b' ').count()
}
