//! Values as they are written into a record: YAML on one line, quotation marks where it needs them.

use serde_json::Value;

/// A value that is to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Written {
    /// A day, a number, an id, yes or no as `true` or `false`: stands without quotation marks.
    Word(String),
    /// What a person said, in quotation marks where YAML would take it for something else.
    Text(String),
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

    /// What a reader of the record finds.
    pub(super) fn meaning(&self) -> Value {
        match self {
            Self::Word(text) | Self::Text(text) => Value::String(text.clone()),
            Self::Group(entries) => Value::Object(
                entries
                    .iter()
                    .map(|(key, value)| ((*key).to_owned(), value.meaning()))
                    .collect(),
            ),
        }
    }
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
