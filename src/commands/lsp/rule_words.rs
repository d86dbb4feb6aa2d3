//! What can stand in a rule file's values: names in conditions, posts, kinds of request.

use super::cursor::{Cursor, Found, Step};
use super::rule_cursor::{name_at, written};
use super::shape::Shape;
use crate::council::{NAMES, Use, Vocabulary};

/// One word, and what it means.
pub(super) struct Word {
    /// As it is written, without quotation marks.
    pub(super) text: String,
    /// How people read it.
    pub(super) label: String,
}

/// A rule file's text with its keys.
pub(super) struct Written<'t> {
    /// The text.
    pub(super) text: &'t str,
    /// Its keys, headings among them.
    pub(super) keys: &'t [Found],
    /// Where the cursor is.
    pub(super) offset: usize,
}

impl Written<'_> {
    /// The values of a key in groups of a list: `role` in `[[member]]`.
    fn values_in(&self, list: &[&str], key: &str) -> Vec<String> {
        let is_row = |parent: &[Step]| {
            let names = parent.iter().filter_map(|step| match step {
                Step::Key(key) => Some(key.as_str()),
                Step::Row(_) => None,
            });
            matches!(parent.last(), Some(Step::Row(_))) && names.eq(list.iter().copied())
        };
        let own = self.keys.iter();
        own.filter(|found| found.key == key && is_row(&found.parent))
            .map(|found| {
                written(self.text, found)
                    .trim_matches(['"', '\''])
                    .to_owned()
            })
            .filter(|value| !value.is_empty())
            .collect()
    }

    /// The name in a condition that the cursor stands in or behind, its bytes; none where it
    /// stands in no condition.
    pub(super) fn name(&self, shape: &Shape<'_>, cursor: &Cursor) -> Option<(usize, usize)> {
        let value = &self.text[cursor.word.0..cursor.word.1];
        let is_text = value.starts_with(['"', '\'']) && self.offset > cursor.word.0;
        if !is_text || !is_condition(shape, cursor) {
            return None;
        }
        Some(name_at(self.text, cursor.word, self.offset))
    }

    /// Every name that a condition can speak of, the file's own thresholds among them.
    pub(super) fn names(&self) -> Vec<Word> {
        let known = NAMES.iter().map(|name| Word {
            text: name.name.to_owned(),
            label: name.meaning.to_owned(),
        });
        let own = self
            .keys
            .iter()
            .filter(|found| found.parent == [Step::Key("thresholds".to_owned())]);
        let mut words: Vec<Word> = known.collect();
        for found in own {
            let text = format!("threshold.{}", found.key);
            if words.iter().all(|word| word.text != text) {
                words.push(Word {
                    text,
                    label: "a threshold of this file".to_owned(),
                });
            }
        }
        words
    }

    /// The words of the built-in vocabulary that fit a key, and those that the file itself adds.
    pub(super) fn words(&self, shape: &Shape<'_>, cursor: &Cursor) -> Vec<Word> {
        let Some(place) = vocabulary_of(shape, cursor) else {
            return Vec::new();
        };
        let built_in = Vocabulary::built_in();
        let mut words: Vec<Word> = built_in
            .of(place)
            .iter()
            .map(|known| Word {
                text: known.id.clone(),
                label: known.label.clone(),
            })
            .collect();
        let mut own = Vec::new();
        if place == Use::Role {
            own = self.values_in(&["words", "role"], "id");
            own.extend(self.values_in(&["member"], "role"));
        } else if place == Use::Kind {
            own = self.values_in(&["words", "kind"], "id");
        }
        for text in own {
            if words.iter().all(|word| word.text != text) {
                words.push(Word {
                    text,
                    label: "a word of this file".to_owned(),
                });
            }
        }
        words
    }
}

fn last_key(cursor: &Cursor) -> Option<&str> {
    cursor.path.iter().rev().find_map(|step| match step {
        Step::Key(key) => Some(key.as_str()),
        Step::Row(_) => None,
    })
}

fn is_condition(shape: &Shape<'_>, cursor: &Cursor) -> bool {
    let told = shape.description().unwrap_or_default();
    last_key(cursor).is_some_and(|key| key == "when" || key.ends_with("_when"))
        || told.starts_with("A condition")
}

/// Which words stand at a key, as its own explanation says.
fn vocabulary_of(shape: &Shape<'_>, cursor: &Cursor) -> Option<Use> {
    let told = shape.description().unwrap_or_default();
    let says = |word: &str| {
        told.split(|c: char| !c.is_alphanumeric())
            .any(|own| own.eq_ignore_ascii_case(word))
    };
    if is_condition(shape, cursor) {
        return None;
    }
    match last_key(cursor)? {
        "role" | "roles" | "is_a" => Some(Use::Role),
        "kind" | "kinds" => Some(Use::Kind),
        _ if says("post") || says("posts") => Some(Use::Role),
        _ => None,
    }
}
