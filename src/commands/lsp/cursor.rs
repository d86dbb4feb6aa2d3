//! Where a cursor can stand in a file that somebody writes, and what can be written there.

/// One step from a file's top down to a place in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    /// Into what stands under a key.
    Key(String),
    /// Into a row of a list, from 0.
    Row(usize),
}

/// What can be written where the cursor is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Takes {
    /// A key of the group.
    Key,
    /// A value, behind its key or in a list between brackets.
    Value,
    /// A row of a list: its value, or the first key of its group.
    Row,
    /// The name of a group, in its heading.
    Group,
}

/// Where the cursor stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cursor {
    /// The group, or behind a key or in a row the value, that is written there.
    pub(super) path: Vec<Step>,
    /// What can be written.
    pub(super) takes: Takes,
    /// Bytes of the word that is begun; empty where none is.
    pub(super) word: (usize, usize),
    /// Keys that the group has already.
    pub(super) taken: Vec<String>,
    /// Whether the key is followed by its colon, or its equals sign, already.
    pub(super) has_colon: bool,
}

/// A key as it stands in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// The group that it belongs to.
    pub(super) parent: Vec<Step>,
    /// The key.
    pub(super) key: String,
    /// Its bytes.
    pub(super) span: (usize, usize),
}

/// A cursor that knows which keys its group has already: all but the one that is being typed.
pub(super) fn taken(mut cursor: Cursor, keys: &[Found]) -> Cursor {
    cursor.taken = keys
        .iter()
        .filter(|key| key.parent == cursor.path && key.span != cursor.word)
        .map(|key| key.key.clone())
        .collect();
    cursor
}

/// A stretch without the blanks around it.
pub(super) fn trimmed(text: &str, from: usize, to: usize) -> (usize, usize) {
    let piece = &text[from..to];
    let start = from + (piece.len() - piece.trim_start().len());
    let end = start + piece.trim().len();
    (start, end)
}

/// A key without its quotation marks.
pub(super) fn unquoted(text: &str) -> String {
    text.trim_matches(['"', '\'']).to_owned()
}

/// The end of a text in quotation marks; its line's end where it is not closed.
pub(super) fn quoted_end(text: &str, from: usize, mark: char) -> usize {
    let mut is_escaped = false;
    for (at, c) in text[from..].char_indices() {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' if mark == '"' => is_escaped = true,
            '\n' => return from + at,
            c if c == mark => return from + at + c.len_utf8(),
            _ => {}
        }
    }
    text.len()
}
