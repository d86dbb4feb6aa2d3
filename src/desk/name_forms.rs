//! Forms in which prose has a child's name or number though the folder has another: an initial in
//! place of a name, a name in the middle, a number with blanks in it.

use super::others::{first_name, is_address};
use crate::records::{Finder, Folded, folded_words, is_apostrophe, is_everyday, is_meant_as_name};
use std::collections::BTreeMap;
use std::ops::Range;

/// The words of a name that are the first and the last, as they are looked for; none where it has
/// one word only.
fn ends_of(name: &str) -> Option<(String, String)> {
    let words: Vec<&str> = name
        .split_whitespace()
        .filter(|word| !is_address(word))
        .collect();
    let [first, .., last] = &words[..] else {
        return None;
    };
    let (first, last) = (folded_words(first), folded_words(last));
    (!first.is_empty() && !last.is_empty()).then_some((first, last))
}

/// A name with an initial in place of its first name or its surname: `K. Marsh`, `Marsh, K.`,
/// `Kayden M.`.
pub(super) fn with_an_initial(name: &str) -> Vec<String> {
    let Some((first, last)) = ends_of(name) else {
        return Vec::new();
    };
    let initial = |word: &str| word.chars().next().map(String::from);
    let mut forms = Vec::new();
    if last.chars().count() > 1 {
        if let Some(initial) = initial(&first) {
            forms.push(format!("{initial} {last}"));
            forms.push(format!("{last} {initial}"));
        }
        if let Some(initial) = initial(&last)
            && first_name(name).is_some()
        {
            forms.push(format!("{first} {initial}"));
        }
    }
    forms
}

/// The first name and the surname without what stands between them; none where there is one word.
pub(super) fn first_and_last(name: &str) -> Option<String> {
    let (first, last) = ends_of(name)?;
    Some(format!("{first} {last}"))
}

/// Whether a first name or surname beside a single letter is meant as a name with an initial: `a
/// marsh` is none, and neither is `Kayden's`.
fn is_meant_with_initial(text: &str, place: &Range<usize>) -> bool {
    let written = &text[place.clone()];
    let folded = Folded::of(written);
    let words: Vec<_> = folded.words(written).collect();
    let Some((letter, at)) = words.iter().find(|(word, _)| word.chars().count() == 1) else {
        return false;
    };
    let is_last = words.last().is_some_and(|(_, last)| last == at);
    let behind = &text[place.start + at.end..];
    let before = written[..at.start].chars().next_back();
    let has_stop = behind.starts_with('.');
    let is_capital = written[at.clone()].chars().any(char::is_uppercase);
    let others = || words.iter().filter(|(_, own)| own != at);
    let are_names = others().all(|(_, own)| written[own.start..].starts_with(char::is_uppercase));
    let are_meant = others().all(|(_, own)| is_meant_as_name(&written[own.clone()]));
    // "A" and "I" are words as well, and a sentence that ends with one has a stop behind it.
    let is_word = matches!(*letter, "a" | "i");
    let is_plain = others().any(|(word, _)| is_everyday(word));
    let is_apart = !before.is_some_and(is_apostrophe);
    is_apart
        && match (is_capital, has_stop) {
            (true, true) => are_meant && !(is_word && is_last && is_plain),
            (true, false) => are_names && !(is_word && (is_plain || is_last)),
            (false, true) => are_meant && !is_last && !is_word,
            (false, false) => false,
        }
}

/// What is looked for beside whole names and numbers, each with the row that it belongs to.
#[derive(Debug)]
pub(super) struct Forms {
    /// Names with an initial. They are looked for apart: what is no initial after all, as in
    /// `Kayden's`, must not hide the name before it.
    initials: Finder,
    rows_of_initials: Vec<usize>,
    by_words: ByWords,
}

impl Forms {
    /// Puts names with an initial, each with its row, beside what is found word by word.
    pub(super) fn of(initials: &[(String, usize)], by_words: ByWords) -> Self {
        Self {
            initials: Finder::of(initials.iter().map(|(words, _)| words.as_str())),
            rows_of_initials: initials.iter().map(|(_, row)| *row).collect(),
            by_words,
        }
    }

    /// Which rows a text mentions, and where.
    pub(super) fn found_in(&self, folded: &Folded, written: &str) -> Vec<(usize, Range<usize>)> {
        let initials = self.initials.found_in_folded(folded, written).into_iter();
        let mut found = self.by_words.found_in(folded, written);
        found.extend(
            initials
                .filter(|(_, place)| is_meant_with_initial(written, place))
                .map(|(own, place)| (self.rows_of_initials[own], place)),
        );
        found
    }
}

/// What is looked for word by word.
#[derive(Debug, Default)]
pub(super) struct ByWords {
    /// First names, each with the surnames that belong to it and the rows of those.
    names: BTreeMap<String, Vec<(Vec<String>, usize)>>,
    /// Numbers without what stands between their digits, each with its row.
    numbers: BTreeMap<String, usize>,
}

impl ByWords {
    /// Adds a name, whose mentions are those of a row.
    pub(super) fn add_name(&mut self, name: &str, row: usize) {
        let Some((first, last)) = ends_of(name) else {
            return;
        };
        let last = last.split(' ').map(str::to_owned).collect();
        // Of `Anne-Marie` the second word stands before the middle names.
        let first = first.rsplit(' ').next().unwrap_or_default().to_owned();
        self.names.entry(first).or_default().push((last, row));
    }

    /// Adds a number of the case system.
    pub(super) fn add_number(&mut self, compact: String, row: usize) {
        self.numbers.insert(compact, row);
    }

    fn found_in(&self, folded: &Folded, written: &str) -> Vec<(usize, Range<usize>)> {
        let words: Vec<_> = folded.words(written).collect();
        let mut found = Vec::new();
        for (place, (word, _)) in words.iter().enumerate() {
            for (last, row) in self.names.get(*word).into_iter().flatten() {
                let end = end_of_name(&words[place..], last, written);
                found.extend(end.map(|end| (*row, words[place].1.start..end)));
            }
            let number = self.number_at(&words[place..], written);
            found.extend(number.map(|(row, end)| (row, words[place].1.start..end)));
        }
        found
    }

    /// The number that begins with the first of some words, and where it ends.
    fn number_at(&self, words: &[(&str, Range<usize>)], written: &str) -> Option<(usize, usize)> {
        let mut compact = String::new();
        let mut ends = 0;
        for (word, place) in words {
            let is_next = ends == 0 || is_gap_in_number(&written[ends..place.start]);
            compact.push_str(word);
            let next = self.numbers.range(compact.clone()..).next()?;
            if !is_next || !next.0.starts_with(&compact) {
                return None;
            }
            ends = place.end;
            if *next.0 == compact {
                return Some((*next.1, ends));
            }
        }
        None
    }
}

/// Whether a text between two groups of digits holds them together.
fn is_gap_in_number(between: &str) -> bool {
    let mut letters = between.chars();
    let first = letters.next();
    letters.next().is_none()
        && matches!(
            first,
            Some(' ' | '-' | '\u{A0}' | '\u{2010}' | '\u{2011}' | '\u{2009}' | '\u{202F}')
        )
}

/// Where a name ends that begins with the first of some words, has one or two more in its middle
/// and these at its end.
fn end_of_name(words: &[(&str, Range<usize>)], last: &[String], written: &str) -> Option<usize> {
    const MIDDLE_NAMES: usize = 2;
    let capital =
        |(_, place): &(&str, Range<usize>)| written[place.start..].starts_with(char::is_uppercase);
    let joined = |pair: &[(&str, Range<usize>)]| {
        let between = &written[pair[0].1.end..pair[1].1.start];
        let is_initial = pair[0].0.chars().count() == 1;
        between.chars().all(|letter| {
            let is_joint = matches!(
                letter,
                '-' | '(' | ')' | '"' | '\u{201C}' | '\u{201D}' | '\u{2018}'
            );
            letter.is_whitespace()
                || is_joint
                || is_apostrophe(letter)
                || (is_initial && letter == '.')
        })
    };
    (1..=MIDDLE_NAMES).find_map(|middle| {
        let end = 1 + middle + last.len();
        let name = words.get(..end)?;
        let is_surname = name[1 + middle..].iter().map(|(word, _)| *word).eq(last);
        let is_name = is_surname && name.iter().all(capital) && name.windows(2).all(joined);
        is_name.then(|| name[end - 1].1.end)
    })
}
