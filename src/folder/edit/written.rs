//! Values as they are written into a record: YAML on one line, quotation marks where it needs them.

use serde_json::Value;

/// A value that is to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Written {
    /// A day, a number, an id, yes or no as `true` or `false`: stands without quotation marks.
    Word(String),
    /// What a person said, in quotation marks where YAML would take it for something else.
    Text(String),
    /// Values in a row.
    List(Vec<Written>),
    /// Keys with values, in their order.
    Group(Vec<(&'static str, Written)>),
}

impl Written {
    /// A word of anything that prints as one.
    pub(crate) fn word(word: impl ToString) -> Self {
        Self::Word(word.to_string())
    }

    /// A text, without the blanks around it.
    pub(crate) fn text(text: &str) -> Self {
        Self::Text(text.trim().to_owned())
    }

    /// As it stands within brackets: `{action: 1, on: 2026-12-01}`.
    pub(crate) fn in_brackets(&self) -> String {
        match self {
            Self::Word(word) => word.clone(),
            Self::Text(text) => {
                if is_plain(text) && !text.contains([',', '[', ']', '{', '}']) {
                    text.clone()
                } else {
                    quoted(text)
                }
            }
            Self::List(values) => {
                let values: Vec<String> = values.iter().map(Self::in_brackets).collect();
                format!("[{}]", values.join(", "))
            }
            Self::Group(entries) => {
                let entries: Vec<String> = entries
                    .iter()
                    .map(|(key, value)| format!("{key}: {}", value.in_brackets()))
                    .collect();
                format!("{{{}}}", entries.join(", "))
            }
        }
    }

    /// As it stands behind a key on a line of its own.
    pub(super) fn behind_key(&self) -> String {
        match self {
            Self::Text(text) if is_plain(text) => text.clone(),
            other => other.in_brackets(),
        }
    }

    /// As it stands behind a key at a column where it is text too long for a line, or of several:
    /// below the key and indented, as people write it.
    pub(super) fn block(&self, column: usize, turn: &str) -> Option<String> {
        let Self::Text(text) = self else { return None };
        let is_long = text.contains('\n') || text.chars().count() > WIDE - column.min(WIDE / 2);
        if !is_long || text.chars().any(|c| c != '\n' && is_odd(c)) || text.starts_with([' ', '\n'])
        {
            return None;
        }
        let indent = " ".repeat(column + 2);
        let (mark, lines) = if text.contains('\n') {
            let lines = text
                .lines()
                .map(|line| line.trim_end().to_owned())
                .collect();
            ("|-", lines)
        } else {
            (">-", folded(text, WIDE - column.min(WIDE / 2)))
        };
        let lines = lines.into_iter().map(|line: String| {
            if line.is_empty() {
                turn.to_owned()
            } else {
                format!("{turn}{indent}{line}")
            }
        });
        Some(mark.to_owned() + &lines.collect::<String>())
    }

    /// What a reader of the record finds.
    pub(super) fn meaning(&self) -> Value {
        match self {
            Self::Word(text) | Self::Text(text) => Value::String(text.clone()),
            Self::List(values) => Value::Array(values.iter().map(Self::meaning).collect()),
            Self::Group(entries) => Value::Object(
                entries
                    .iter()
                    .map(|(key, value)| ((*key).to_owned(), value.meaning()))
                    .collect(),
            ),
        }
    }
}

/// As wide as a line of text gets.
const WIDE: usize = 96;

/// A text broken into lines at its blanks.
fn folded(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            // A line that begins with a blank would not be folded back.
            Some(line)
                if word.is_empty()
                    || line.ends_with(' ')
                    || line.chars().count() + 1 + word.chars().count() <= width =>
            {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// Words that YAML takes for something else than text.
const NO_TEXT: [&str; 9] = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];

/// Whether a text can stand behind a key without quotation marks.
fn is_plain(text: &str) -> bool {
    text.starts_with(char::is_alphabetic)
        && !text.ends_with([' ', ':'])
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.chars().any(is_odd)
        && !NO_TEXT.contains(&text.to_lowercase().as_str())
}

/// A text in quotation marks: text in JSON is text in YAML, but for a few line breaks that JSON
/// lets stand.
fn quoted(text: &str) -> String {
    let json = Value::String(text.to_owned()).to_string();
    json.chars().fold(String::new(), |mut written, c| {
        if is_odd(c) {
            written.push_str(&format!("\\u{:04X}", u32::from(c)));
        } else {
            written.push(c);
        }
        written
    })
}

/// Control characters, and what some readers take for the end of a line.
fn is_odd(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{FEFF}')
}
