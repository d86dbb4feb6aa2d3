//! Where in a rule file a cursor stands, told from its marks alone: while somebody types, the text
//! is no TOML for most of the time, and completion is wanted just then.

use super::cursor::{Cursor, Found, Step, Takes, quoted_end, taken, trimmed, unquoted};
use std::collections::BTreeMap;

/// Every key of a text with its place, groups' headings among them, and where a cursor stands.
pub(super) fn scan(text: &str, cursor: usize) -> (Vec<Found>, Option<Cursor>) {
    let mut scan = Scan {
        text,
        cursor,
        at: text.len() - text.trim_start_matches('\u{FEFF}').len(),
        group: Vec::new(),
        rows: BTreeMap::new(),
        keys: Vec::new(),
        found: None,
    };
    while scan.at < text.len() {
        scan.statement();
    }
    if text.is_empty() || text.ends_with('\n') {
        scan.gap(text.len(), text.len(), Takes::Key, None);
    }
    let Scan { keys, found, .. } = scan;
    let found = found.map(|found| taken(found, &keys));
    (keys, found)
}

struct Scan<'t> {
    text: &'t str,
    cursor: usize,
    at: usize,
    /// The group that the last heading began.
    group: Vec<Step>,
    /// The last row of each list of groups, by its path.
    rows: BTreeMap<String, usize>,
    keys: Vec<Found>,
    found: Option<Cursor>,
}

impl Scan<'_> {
    fn is_between(&self, start: usize, end: usize) -> bool {
        start <= self.cursor && self.cursor <= end
    }

    fn set(&mut self, path: Vec<Step>, takes: Takes, word: (usize, usize), has_colon: bool) {
        self.found = Some(Cursor {
            path,
            takes,
            word,
            taken: Vec::new(),
            has_colon,
        });
    }

    /// Nothing stands between two places: what can be written there, where the cursor is.
    fn gap(&mut self, from: usize, to: usize, takes: Takes, path: Option<&[Step]>) {
        if self.found.is_some() || !self.is_between(from, to) {
            return;
        }
        let path = path.unwrap_or(&self.group).to_vec();
        self.set(path, takes, (self.cursor, self.cursor), false);
    }

    fn next(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    /// The end of the line, its break left out.
    fn line_end(&self, from: usize) -> usize {
        let rest = &self.text[from..];
        let line = rest.split('\n').next().unwrap_or(rest);
        from + line.strip_suffix('\r').unwrap_or(line).len()
    }

    /// Goes on to the next line.
    fn leave_line(&mut self) {
        let rest = &self.text[self.at..];
        self.at = rest
            .find('\n')
            .map_or(self.text.len(), |at| self.at + at + 1);
    }

    fn skip(&mut self, blanks: &[char]) {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start_matches(blanks).len();
    }

    fn statement(&mut self) {
        let start = self.at;
        let end = self.line_end(start);
        self.skip(&[' ', '\t']);
        match self.next().filter(|_| self.at < end) {
            None => self.gap(start, end, Takes::Key, None),
            Some('#') => {}
            Some('[') => self.heading(end),
            Some(_) => {
                let group = self.group.clone();
                self.entry(&group, end);
            }
        }
        self.leave_line();
    }

    fn heading(&mut self, end: usize) {
        let is_list = self.text[self.at..end].starts_with("[[");
        let from = self.at + if is_list { 2 } else { 1 };
        let to = self.text[from..end].find(']').map_or(end, |at| from + at);
        let mut path = Vec::new();
        let mut start = from;
        let steps: Vec<&str> = self.text[from..to].split('.').collect();
        for (number, step) in steps.iter().enumerate() {
            let word = trimmed(self.text, start, start + step.len());
            if self.is_between(start, start + step.len()) {
                let word = if self.is_between(word.0, word.1) {
                    word
                } else {
                    (self.cursor, self.cursor)
                };
                self.set(path.clone(), Takes::Group, word, true);
            }
            start += step.len() + 1;
            let key = unquoted(step.trim());
            if key.is_empty() {
                continue;
            }
            self.keys.push(Found {
                parent: path.clone(),
                key: key.clone(),
                span: word,
            });
            path.push(Step::Key(key));
            let name = format!("{path:?}");
            let is_last = number + 1 == steps.len();
            if is_list && is_last {
                let row = self.rows.get(&name).map_or(0, |row| row + 1);
                self.rows.insert(name, row);
                path.push(Step::Row(row));
            } else if let Some(row) = self.rows.get(&name) {
                path.push(Step::Row(*row));
            }
        }
        self.group = path;
    }

    /// A key and its value, or a key that is being typed; `end` is as far as it may go.
    fn entry(&mut self, group: &[Step], end: usize) {
        let start = self.at;
        let mut equals = None;
        let mut at = start;
        while let Some(c) = self.text[at..end].chars().next() {
            match c {
                '"' | '\'' => at = quoted_end(self.text, at + 1, c).min(end),
                '=' => {
                    equals = Some(at);
                    break;
                }
                '#' | ',' | '}' => break,
                c => at += c.len_utf8(),
            }
        }
        let Some(equals) = equals else {
            let word = trimmed(self.text, start, at);
            if self.is_between(word.0, word.1) {
                self.set(group.to_vec(), Takes::Key, word, false);
            }
            self.at = at;
            return;
        };
        let mut path = group.to_vec();
        let mut from = start;
        for step in self.text[start..equals].split('.') {
            let word = trimmed(self.text, from, from + step.len());
            from += step.len() + 1;
            if self.is_between(word.0, word.1) {
                self.set(path.clone(), Takes::Key, word, true);
            }
            let key = unquoted(step.trim());
            self.keys.push(Found {
                parent: path.clone(),
                key: key.clone(),
                span: word,
            });
            path.push(Step::Key(key));
        }
        self.at = equals + 1;
        self.value(&path);
    }

    fn value(&mut self, path: &[Step]) {
        let from = self.at;
        self.skip(&[' ', '\t']);
        let start = self.at;
        let rest = &self.text[start..];
        for mark in ["\"\"\"", "'''"] {
            if rest.starts_with(mark) {
                let close = rest[3..].find(mark).map(|at| start + 3 + at + 3);
                self.at = close.unwrap_or(self.text.len());
                return;
            }
        }
        match self.next() {
            Some('[') => self.list(path),
            Some('{') => self.inline(path),
            Some(mark @ ('"' | '\'')) => {
                let end = self.line_end(start);
                self.at = quoted_end(self.text, start + 1, mark).min(end);
                if self.is_between(start, self.at) {
                    self.set(path.to_vec(), Takes::Value, (start, self.at), false);
                }
            }
            _ => {
                let end = rest
                    .find([',', ']', '}', '#', '\r', '\n'])
                    .map_or(self.text.len(), |at| start + at);
                let word = trimmed(self.text, start, end);
                if self.is_between(word.0, word.1) && word.0 < word.1 {
                    self.set(path.to_vec(), Takes::Value, word, false);
                } else {
                    self.gap(from, word.0.max(from), Takes::Value, Some(path));
                }
                self.at = end;
            }
        }
    }

    /// Whether a line begins what cannot stand in a list: while it is typed, a list is not closed.
    fn begins_anew(&self) -> bool {
        let line = &self.text[self.at..self.line_end(self.at)];
        let is_key = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
        let heading = line.trim_start_matches('[');
        if heading.len() < line.len() {
            return heading.starts_with(|c: char| c.is_ascii_lowercase());
        }
        let rest = line.trim_start_matches(is_key);
        rest.len() < line.len() && rest.trim_start().starts_with('=')
    }

    fn list(&mut self, path: &[Step]) {
        self.at += 1;
        let mut row = 0;
        let mut from = self.at;
        loop {
            self.skip(&[' ', '\t', '\r']);
            let mut place = path.to_vec();
            place.push(Step::Row(row));
            match self.next() {
                None => return self.gap(from, self.at, Takes::Value, Some(&place)),
                Some('\n') => {
                    self.at += 1;
                    if self.begins_anew() {
                        // The line is a statement of its own.
                        self.at -= 1;
                        return self.gap(from, self.at, Takes::Value, Some(&place));
                    }
                }
                Some('#') => {
                    self.gap(from, self.at, Takes::Value, Some(&place));
                    self.at = self.line_end(self.at);
                    from = self.at + 1;
                }
                Some(']') => {
                    self.gap(from, self.at, Takes::Value, Some(&place));
                    self.at += 1;
                    return;
                }
                Some(',') => {
                    self.gap(from, self.at, Takes::Value, Some(&place));
                    self.at += 1;
                    from = self.at;
                    row += 1;
                }
                // A mark that belongs to nothing.
                Some('}') => self.at += 1,
                Some(_) => self.value(&place),
            }
        }
    }

    fn inline(&mut self, path: &[Step]) {
        self.at += 1;
        let mut from = self.at;
        loop {
            self.skip(&[' ', '\t']);
            match self.next() {
                None | Some('\r' | '\n' | '#') => {
                    return self.gap(from, self.at, Takes::Key, Some(path));
                }
                Some('}') => {
                    self.gap(from, self.at, Takes::Key, Some(path));
                    self.at += 1;
                    return;
                }
                Some(',') => {
                    self.gap(from, self.at, Takes::Key, Some(path));
                    self.at += 1;
                    from = self.at;
                }
                // A mark that belongs to nothing.
                Some(']' | '=') => self.at += 1,
                Some(_) => {
                    let end = self.line_end(self.at);
                    self.entry(path, end);
                    from = self.at;
                }
            }
        }
    }
}

/// What a key of one line holds, as it is written: `"1.9"`, `["1.1a", "1.4i"]`.
pub(super) fn written<'t>(text: &'t str, key: &Found) -> &'t str {
    let line = text[key.span.1..].split('\n').next().unwrap_or("");
    line.trim_start().strip_prefix('=').unwrap_or(line).trim()
}

/// The group that a key belongs to; for the name in a heading, the group that it begins.
pub(super) fn group_of(keys: &[Found], key: &Found) -> Vec<Step> {
    let mut path = key.parent.clone();
    path.push(Step::Key(key.key.clone()));
    let within = keys
        .iter()
        .find(|other| other.span.0 > key.span.1 && other.parent.starts_with(&path));
    let Some(within) = within else {
        return key.parent.clone();
    };
    // The row that the heading began stands behind its name.
    let length = match within.parent.get(path.len()) {
        Some(Step::Row(_)) => path.len() + 1,
        _ => path.len(),
    };
    within.parent[..length].to_vec()
}

/// What a group rests on, by its own keys or those of a group around it: its clause, or why the
/// policy is silent.
pub(super) fn basis(text: &str, keys: &[Found], group: &[Step]) -> Option<String> {
    let mut group = group;
    loop {
        for (key, said) in [
            ("clause", "Asked for by clause"),
            ("assumption", "Assumption:"),
        ] {
            let own = keys
                .iter()
                .find(|found| found.parent == group && found.key == key);
            if let Some(own) = own {
                let marks: &[char] = &['[', ']', '"', '\''];
                return Some(format!("{said} {}", written(text, own).replace(marks, "")));
            }
        }
        group = group.split_last()?.1;
    }
}

/// The name that a place in a condition stands in or behind: letters, digits, `_` and `.`.
pub(super) fn name_at(text: &str, value: (usize, usize), offset: usize) -> (usize, usize) {
    let is_of_name = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '.';
    let before = &text[value.0..offset];
    let after = &text[offset..value.1];
    let start = before.trim_end_matches(is_of_name).len();
    let end = after.len() - after.trim_start_matches(is_of_name).len();
    (value.0 + start, offset + end)
}
