//! Places in a text as the protocol counts them: lines from 0, and units of UTF-16 from 0.

use crate::findings::Span;
use lsp_types::{Position, Range};

/// A text cut into its lines.
pub(super) struct Lines<'t> {
    text: &'t str,
    /// Where each line begins and ends, its line break left out.
    lines: Vec<(usize, usize)>,
}

impl<'t> Lines<'t> {
    /// Cuts a text at its line breaks: `\n`, `\r\n` and a lone `\r`, as the protocol does.
    pub(super) fn of(text: &'t str) -> Self {
        let bytes = text.as_bytes();
        let mut lines = Vec::new();
        let mut start = 0;
        let mut at = 0;
        while at < bytes.len() {
            match bytes[at] {
                b'\r' if bytes.get(at + 1) == Some(&b'\n') => {
                    lines.push((start, at));
                    at += 1;
                    start = at + 1;
                }
                b'\r' | b'\n' => {
                    lines.push((start, at));
                    start = at + 1;
                }
                _ => {}
            }
            at += 1;
        }
        lines.push((start, bytes.len()));
        Self { text, lines }
    }

    /// The lines, each with the place where it begins.
    pub(super) fn iter(&self) -> impl Iterator<Item = (usize, &'t str)> {
        let text = self.text;
        self.lines
            .iter()
            .map(move |(start, end)| (*start, &text[*start..*end]))
    }

    fn line(&self, number: usize) -> (usize, &'t str) {
        let last = self.lines.len() - 1;
        let (start, end) = self.lines[number.min(last)];
        if number > last {
            return (end, "");
        }
        (start, &self.text[start..end])
    }

    /// The byte that a position stands before; past a line's end it is the line's end.
    pub(super) fn offset(&self, position: Position) -> usize {
        let (start, line) = self.line(position.line as usize);
        let mut units = 0;
        for (at, c) in line.char_indices() {
            if units >= position.character {
                return start + at;
            }
            units += u32::try_from(c.len_utf16()).unwrap_or(2);
        }
        start + line.len()
    }

    /// The position of a byte.
    pub(super) fn position(&self, offset: usize) -> Position {
        let row = self
            .lines
            .partition_point(|(start, _)| *start <= offset)
            .saturating_sub(1);
        let (start, line) = self.line(row);
        let before: u32 = line
            .char_indices()
            .take_while(|(at, _)| start + at < offset)
            .map(|(_, c)| u32::try_from(c.len_utf16()).unwrap_or(2))
            .sum();
        Position::new(u32::try_from(row).unwrap_or(u32::MAX), before)
    }

    /// The range between two bytes.
    pub(super) fn between(&self, start: usize, end: usize) -> Range {
        Range::new(self.position(start), self.position(end))
    }

    /// The range of a stretch that counts lines and characters from 1. An empty one is shown up to
    /// the end of its line, so that there is something to see.
    pub(super) fn range(&self, span: Span) -> Range {
        let start = self.of_column(span.line, span.column);
        let end = self.of_column(span.end_line, span.end_column);
        if end > start {
            return Range::new(start, end);
        }
        let whole = self.of_column(span.line, u32::MAX);
        Range::new(start, whole.max(start))
    }

    fn of_column(&self, line: u32, column: u32) -> Position {
        let row = line.saturating_sub(1);
        let (_, text) = self.line(row as usize);
        // A byte order mark is counted by editors that keep it, and not by findings.
        let mark = usize::from(row == 0 && text.starts_with('\u{FEFF}'));
        let before = (column.saturating_sub(1) as usize).saturating_add(mark);
        let units: u32 = text
            .chars()
            .take(before)
            .map(|c| u32::try_from(c.len_utf16()).unwrap_or(2))
            .sum();
        let last = u32::try_from(self.lines.len() - 1).unwrap_or(u32::MAX);
        Position::new(row.min(last), units)
    }
}
