//! Counting by word: kinds, provisions, reasons, each with its label and in a settled order.

use super::view::{Cell, Row};
use crate::council::{Council, Use};
use crate::documents::common::{label, said};
use crate::records::Text;
use std::collections::BTreeMap;

/// Counts by id, each with its label.
#[derive(Debug, Default)]
pub(super) struct Tally {
    counts: BTreeMap<String, (String, usize)>,
}

impl Tally {
    /// One more of a word of the vocabulary; what is not said is counted apart.
    pub(super) fn word(&mut self, rules: &Council, place: Use, word: Option<&Text>) {
        let (id, label) = named(rules, place, word);
        self.add(id, label);
    }

    /// One more.
    pub(super) fn add(&mut self, id: impl Into<String>, label: impl Into<String>) {
        let entry = self.counts.entry(id.into());
        entry.or_insert_with(|| (label.into(), 0)).1 += 1;
    }

    /// Rows, the most frequent first, then by label; each of so many.
    pub(super) fn rows(self, of: usize) -> Vec<Row> {
        let mut all: Vec<_> = self.counts.into_iter().collect();
        all.sort_by(|(_, one), (_, other)| (other.1, &one.0).cmp(&(one.1, &other.0)));
        all.into_iter()
            .map(|(id, (label, count))| Row::new(id, label, Cell::count(count).of(of)))
            .collect()
    }
}

/// The id and the label of a word, whether the file wrote the word or its code.
pub(super) fn named(rules: &Council, place: Use, word: Option<&Text>) -> (String, String) {
    let Some(written) = said(word) else {
        return ("not-said".to_owned(), "Not said".to_owned());
    };
    let id = match rules.words.find(place, &written) {
        Some(known) => known.id.clone(),
        None => written.clone(),
    };
    let label = label(rules, place, word).unwrap_or(written);
    (id, label)
}

/// `1 request`, `24 requests`
pub(super) fn so_many(count: usize, one: &str) -> String {
    crate::output::count(count, one)
}
