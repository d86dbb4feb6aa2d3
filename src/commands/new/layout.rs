//! Keys, rows and comments, laid out as YAML for people to fill in.

use crate::output::visible;

/// As wide as a comment gets.
const WIDTH: usize = 96;

/// One key of the file, with what is said above it.
#[derive(Debug, Clone, Default)]
pub(super) struct Part {
    /// The key.
    pub(super) key: String,
    /// Its value, written as YAML; empty for a blank to fill in.
    pub(super) value: String,
    /// Said above the key.
    pub(super) notes: Vec<String>,
    /// Words that may be chosen, where the entry names them itself.
    pub(super) choices: Vec<String>,
    /// The number of the council's entry that a row answers, in the row's first key.
    pub(super) entry: Option<usize>,
    /// What stands under the key.
    pub(super) under: Under,
}

/// What stands under a key.
#[derive(Debug, Clone, Default)]
pub(super) enum Under {
    /// Nothing: the key has a value or a blank.
    #[default]
    Nothing,
    /// Further keys.
    Keys(Vec<Part>),
    /// Rows, each with keys of its own.
    Rows(Vec<Vec<Part>>),
}

impl Part {
    /// A key with a blank.
    pub(super) fn blank(key: &str) -> Self {
        Self {
            key: key.to_owned(),
            ..Self::default()
        }
    }

    /// A key with a value.
    pub(super) fn with(key: &str, value: &str) -> Self {
        Self {
            value: value.to_owned(),
            ..Self::blank(key)
        }
    }

    /// A key with rows.
    pub(super) fn rows(key: &str, rows: Vec<Vec<Self>>) -> Self {
        Self {
            under: Under::Rows(rows),
            ..Self::blank(key)
        }
    }

    /// Names the words that may be chosen.
    pub(super) fn choose(mut self, words: impl IntoIterator<Item = impl ToString>) -> Self {
        self.choices = words.into_iter().map(|word| word.to_string()).collect();
        self
    }

    /// Says which of the council's entries the row answers.
    pub(super) const fn of(mut self, entry: usize) -> Self {
        self.entry = Some(entry);
        self
    }

    /// Says something above the key.
    pub(super) fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }
}

/// The part at a path like `family[].name`, made where it is not there yet.
pub(super) fn at<'p>(parts: &'p mut Vec<Part>, path: &str) -> &'p mut Part {
    let (step, rest) = match path.split_once('.') {
        Some((step, rest)) => (step, Some(rest)),
        None => (path, None),
    };
    let (key, is_list) = match step.strip_suffix("[]") {
        Some(key) => (key, true),
        None => (step, false),
    };
    let place = parts
        .iter()
        .position(|part| part.key == key)
        .unwrap_or_else(|| {
            parts.push(Part::blank(key));
            parts.len() - 1
        });
    let part = &mut parts[place];
    let Some(rest) = rest else { return part };
    if matches!(part.under, Under::Nothing) {
        part.under = if is_list {
            Under::Rows(vec![Vec::new()])
        } else {
            Under::Keys(Vec::new())
        };
    }
    match &mut part.under {
        Under::Keys(keys) => at(keys, rest),
        Under::Rows(rows) => {
            if rows.is_empty() {
                rows.push(Vec::new());
            }
            at(&mut rows[0], rest)
        }
        Under::Nothing => unreachable!("it has just been given something"),
    }
}

/// Writes the keys, each group apart from the next.
pub(super) fn written(parts: &[Part]) -> String {
    let mut text = String::new();
    for part in parts {
        if !matches!(part.under, Under::Nothing) || !part.notes.is_empty() {
            text.push('\n');
        }
        write(&mut text, part, 0, "");
    }
    text
}

fn write(text: &mut String, part: &Part, depth: usize, lead: &str) {
    let indent = "  ".repeat(depth);
    for note in &part.notes {
        // In a row the first key stands after its dash; what is said stands above both.
        comment(
            text,
            note,
            depth.saturating_sub(usize::from(!lead.is_empty())),
        );
    }
    let indent = if lead.is_empty() {
        indent
    } else {
        "  ".repeat(depth.saturating_sub(1)) + lead
    };
    let value = if part.value.is_empty() {
        String::new()
    } else {
        format!(" {}", part.value)
    };
    text.push_str(&format!("{indent}{}:{value}\n", key(&part.key)));
    match &part.under {
        Under::Nothing => {}
        Under::Keys(keys) => {
            for below in keys {
                write(text, below, depth + 1, "");
            }
        }
        Under::Rows(rows) => {
            for row in rows {
                for (place, below) in row.iter().enumerate() {
                    let lead = if place == 0 { "- " } else { "" };
                    write(text, below, depth + 2, lead);
                }
            }
        }
    }
}

/// A comment, broken into lines.
pub(super) fn comment(text: &mut String, note: &str, depth: usize) {
    let indent = "  ".repeat(depth);
    let mut line = format!("{indent}#");
    for word in visible(note).split_whitespace() {
        if line.chars().count() + 1 + word.chars().count() > WIDTH && !line.ends_with('#') {
            text.push_str(&line);
            text.push('\n');
            line = format!("{indent}#");
        }
        line.push(' ');
        line.push_str(word);
    }
    text.push_str(&line);
    text.push('\n');
}

/// A key; one of the council's own that YAML would read otherwise stands in quotation marks.
pub(super) fn key(key: &str) -> String {
    let is_plain = key.starts_with(|c: char| c.is_ascii_alphabetic())
        && key
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    if is_plain {
        key.to_owned()
    } else {
        format!("'{}'", visible(key).replace('\'', "''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_keys_and_rows() {
        let mut parts = Vec::new();
        at(&mut parts, "child.name").notes.push("Name".to_owned());
        at(&mut parts, "family[].name");
        at(&mut parts, "family[].relationship");
        assert_eq!(
            written(&parts),
            "\nchild:\n  # Name\n  name:\n\nfamily:\n  - name:\n    relationship:\n"
        );
    }

    #[test]
    fn a_comment_cannot_become_a_key() {
        let mut text = String::new();
        comment(&mut text, "one\ntwo: three", 0);
        assert_eq!(text, "# one two: three\n");
    }
}
