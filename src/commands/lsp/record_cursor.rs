//! Where in a record a cursor stands, told from lines and indents alone: while somebody types, the
//! text is no YAML for most of the time, and completion is wanted just then.

use super::cursor::{Cursor, Found, Step, Takes, quoted_end, taken, trimmed, unquoted};
use super::lines::Lines;

/// Every key of a text with its place, and where a cursor stands in it.
pub(super) fn scan(text: &str, cursor: usize) -> (Vec<Found>, Option<Cursor>) {
    let mut scan = Scan {
        text,
        cursor,
        frames: Vec::new(),
        keys: Vec::new(),
        found: None,
    };
    scan.lines();
    let Scan { keys, found, .. } = scan;
    let found = found.map(|found| taken(found, &keys));
    (keys, found)
}

struct Frame {
    indent: usize,
    step: Step,
    /// Whether a value stands behind the key on its line.
    has_value: bool,
}

struct Scan<'t> {
    text: &'t str,
    cursor: usize,
    frames: Vec<Frame>,
    keys: Vec<Found>,
    found: Option<Cursor>,
}

impl Scan<'_> {
    fn path(&self) -> Vec<Step> {
        self.frames.iter().map(|frame| frame.step.clone()).collect()
    }

    fn close(&mut self, indent: usize) {
        while self
            .frames
            .last()
            .is_some_and(|frame| frame.indent >= indent)
        {
            self.frames.pop();
        }
    }

    fn is_between(&self, start: usize, end: usize) -> bool {
        start <= self.cursor && self.cursor <= end
    }

    fn set(&mut self, path: Vec<Step>, takes: Takes, word: (usize, usize), has_colon: bool) {
        // What stands before the word, or behind it, is none of it.
        let word = if self.is_between(word.0, word.1) {
            word
        } else {
            (self.cursor, self.cursor)
        };
        self.found = Some(Cursor {
            path,
            takes,
            word,
            taken: Vec::new(),
            has_colon,
        });
    }

    fn lines(&mut self) {
        let text = self.text;
        let lines = Lines::of(text);
        let mut block: Option<usize> = None;
        // A group between braces may go on over lines: they have been looked at already.
        let mut done = 0;
        for (start, line) in lines.iter() {
            let end = start + line.len();
            if start < done {
                continue;
            }
            let lead = line.len() - line.trim_start_matches([' ', '\u{FEFF}']).len();
            let indent = line[..lead].matches(' ').count();
            let content = line[lead..].trim_end();
            let has_cursor = self.is_between(start, end);
            if let Some(outside) = block {
                if content.is_empty() || indent > outside {
                    let column = self.cursor.saturating_sub(start);
                    if has_cursor && content.is_empty() && column <= outside {
                        self.empty_line(column);
                    }
                    continue;
                }
                block = None;
            }
            if content.is_empty() {
                if has_cursor {
                    self.empty_line(self.cursor - start);
                }
                continue;
            }
            if content.starts_with('#') || content.starts_with("---") || content.starts_with('%') {
                continue;
            }
            let (until, opened) = self.content(start + lead, indent, content, end);
            done = done.max(until);
            block = opened;
        }
    }

    /// Nothing stands on the line: what it can take follows from the column.
    fn empty_line(&mut self, column: usize) {
        let depth = self
            .frames
            .iter()
            .position(|frame| frame.indent >= column)
            .unwrap_or(self.frames.len());
        let path = self.frames[..depth]
            .iter()
            .map(|frame| frame.step.clone())
            .collect();
        self.set(path, Takes::Key, (self.cursor, self.cursor), false);
    }

    /// A line that says something. Comes back with the byte up to which all has been looked at, and
    /// the indent outside of a block of text that begins here.
    fn content(
        &mut self,
        start: usize,
        indent: usize,
        content: &str,
        line_end: usize,
    ) -> (usize, Option<usize>) {
        let (mut at, mut indent, mut content) = (start, indent, content);
        let mut is_row = false;
        let mut outer = indent;
        while content == "-" || content.starts_with("- ") {
            self.row(indent);
            is_row = true;
            outer = indent;
            let rest = content[1..].trim_start_matches(' ');
            let step = content.len() - rest.len();
            if rest.is_empty() {
                if self.is_between(at + 1, line_end) {
                    let word = (self.cursor, self.cursor);
                    self.set(self.path(), Takes::Row, word, false);
                }
                return (0, None);
            }
            at += step;
            indent += step;
            content = rest;
        }
        if let Some((key, length, value)) = key_of(content) {
            self.close(indent);
            let parent = self.path();
            let span = (at, at + length);
            if self.is_between(span.0, span.1) {
                let takes = if is_row { Takes::Row } else { Takes::Key };
                self.set(parent.clone(), takes, span, true);
            }
            self.keys.push(Found {
                parent,
                key: key.clone(),
                span,
            });
            let written = &content[value..];
            let begins = at + value;
            self.frames.push(Frame {
                indent,
                step: Step::Key(key),
                has_value: !written.is_empty(),
            });
            return self.value(begins, written, line_end, indent, begins);
        }
        if content.starts_with(['{', '[', '|', '>']) {
            return self.value(at, content, line_end, outer, at);
        }
        self.words(at, indent, content, is_row);
        (0, None)
    }

    /// A row of a list begins at this indent.
    fn row(&mut self, indent: usize) {
        self.close(indent + 1);
        let row = match self.frames.last() {
            Some(Frame {
                indent: own,
                step: Step::Row(row),
                ..
            }) if *own == indent => {
                let next = row + 1;
                self.frames.pop();
                next
            }
            _ => 0,
        };
        self.frames.push(Frame {
            indent,
            step: Step::Row(row),
            has_value: false,
        });
    }

    /// What stands behind a key, or alone in a row.
    fn value(
        &mut self,
        at: usize,
        written: &str,
        line_end: usize,
        indent: usize,
        from: usize,
    ) -> (usize, Option<usize>) {
        if written.starts_with(['{', '[']) {
            return (self.flow(at, indent), None);
        }
        let is_block = written.starts_with(['|', '>']);
        let is_here = self.is_between(from, line_end) && self.cursor > self.key_end();
        if is_here && !is_block && !written.starts_with('#') {
            let word = written.split(" #").next().unwrap_or(written).trim_end();
            let word = (at, at + word.len());
            if self.cursor <= word.1 || written.is_empty() {
                self.set(self.path(), Takes::Value, word, false);
            }
        }
        (0, is_block.then_some(indent))
    }

    /// The end of the last key, its colon included.
    fn key_end(&self) -> usize {
        self.keys.last().map_or(0, |key| key.span.1)
    }

    /// Text that is neither key nor group: a key being typed, a row, or text that goes on.
    fn words(&mut self, at: usize, indent: usize, content: &str, is_row: bool) {
        let end = at + content.len();
        if is_row {
            if self.is_between(at, end) {
                self.set(self.path(), Takes::Row, (at, end), false);
            }
            return;
        }
        let goes_on = self
            .frames
            .last()
            .is_some_and(|frame| frame.has_value && frame.indent < indent);
        if goes_on || !self.is_between(at, end) {
            return;
        }
        let depth = self
            .frames
            .iter()
            .position(|frame| frame.indent >= indent)
            .unwrap_or(self.frames.len());
        let path = self.frames[..depth]
            .iter()
            .map(|frame| frame.step.clone())
            .collect();
        self.set(path, Takes::Key, (at, end), false);
    }

    /// Groups and lists between braces and brackets; ends where they are closed, or at the line
    /// that no longer belongs to them.
    fn flow(&mut self, from: usize, indent: usize) -> usize {
        let text = self.text;
        let base = self.path();
        let mut open: Vec<Open> = Vec::new();
        let mut token = from;
        let mut at = from;
        let mut is_after_space = true;
        while let Some(c) = text[at..].chars().next() {
            let next = at + c.len_utf8();
            match c {
                '"' | '\'' if text[token..at].trim().is_empty() => {
                    at = quoted_end(text, next, c);
                    is_after_space = false;
                    continue;
                }
                '{' | '[' if text[token..at].trim().is_empty() => {
                    open.push(Open {
                        is_group: c == '{',
                        row: 0,
                        key: None,
                    });
                    token = next;
                }
                '}' | ']' => {
                    self.token(&base, &open, token, at);
                    open.pop();
                    token = next;
                    if open.is_empty() {
                        return next;
                    }
                }
                ',' => {
                    self.token(&base, &open, token, at);
                    if let Some(last) = open.last_mut() {
                        last.row += 1;
                        last.key = None;
                    }
                    token = next;
                }
                ':' if text[next..].starts_with([' ', '\n', '\r', ',', '}', ']'])
                    || next == text.len() =>
                {
                    self.flow_key(&base, &mut open, token, at);
                    token = next;
                }
                '#' if is_after_space => {
                    at += text[at..].find('\n').unwrap_or(text.len() - at);
                    continue;
                }
                '\n' => {
                    let line = text[next..].split(['\n', '\r']).next().unwrap_or("");
                    let lead = line.len() - line.trim_start_matches(' ').len();
                    if !line.trim().is_empty() && lead <= indent {
                        self.token(&base, &open, token, at);
                        return next;
                    }
                }
                _ => {}
            }
            is_after_space = c.is_whitespace();
            at = next;
        }
        self.token(&base, &open, token, text.len());
        text.len()
    }

    fn flow_key(&mut self, base: &[Step], open: &mut [Open], from: usize, to: usize) {
        let word = trimmed(self.text, from, to);
        let key = unquoted(&self.text[word.0..word.1]);
        let parent = flow_path(base, open);
        let Some(last) = open.last_mut().filter(|last| last.is_group) else {
            return;
        };
        if last.key.is_some() {
            return;
        }
        last.key = Some(key.clone());
        if self.is_between(from, to) {
            self.set(parent.clone(), Takes::Key, word, true);
        }
        self.keys.push(Found {
            parent,
            key,
            span: word,
        });
    }

    /// What stands between two marks: a key being typed, a value, or nothing yet.
    fn token(&mut self, base: &[Step], open: &[Open], from: usize, to: usize) {
        let Some(last) = open.last().filter(|_| self.is_between(from, to)) else {
            return;
        };
        let word = trimmed(self.text, from, to);
        let takes = match (last.is_group, &last.key) {
            (true, None) => Takes::Key,
            (true, Some(_)) | (false, _) => Takes::Value,
        };
        self.set(flow_path(base, open), takes, word, false);
    }
}

/// A group or a list between braces that is not closed yet.
struct Open {
    is_group: bool,
    row: usize,
    key: Option<String>,
}

fn flow_path(base: &[Step], open: &[Open]) -> Vec<Step> {
    let mut path = base.to_vec();
    for own in open {
        match (own.is_group, &own.key) {
            (true, Some(key)) => path.push(Step::Key(key.clone())),
            (true, None) => {}
            (false, _) => path.push(Step::Row(own.row)),
        }
    }
    path
}

/// The key that a line begins with, its length, and where its value begins.
fn key_of(content: &str) -> Option<(String, usize, usize)> {
    if content.starts_with(['{', '[', '|', '>', '#']) {
        return None;
    }
    let end = match content.chars().next() {
        Some(mark @ ('"' | '\'')) => {
            let end = quoted_end(content, 1, mark);
            content[end..].starts_with(':').then_some(end)?
        }
        _ => content
            .char_indices()
            .filter(|(_, c)| *c == ':')
            .map(|(at, _)| at)
            .find(|at| {
                content[at + 1..].is_empty() || content[at + 1..].starts_with([' ', '\t'])
            })?,
    };
    let rest = &content[end + 1..];
    let value = content.len() - rest.trim_start().len();
    Some((unquoted(content[..end].trim()), end, value))
}
