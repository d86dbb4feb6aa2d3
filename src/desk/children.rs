//! Every child of the folder, by all that a text can name one by: put together once.

use super::Desk;
use super::name_forms::{ByWords, Forms, first_and_last, with_an_initial};
use super::others::{NamedBy, first_name, named};
use crate::records::{Finder, folded_words, has_figure, name_in};
use std::collections::{BTreeMap, BTreeSet};

/// The fewest letters and digits of a number that is looked for: fewer could be anything.
const SHORTEST_NUMBER: usize = 5;

/// Every child of the folder, by all that a text can name one by.
#[derive(Debug)]
pub(super) struct Children {
    pub(super) finder: Finder,
    /// What else prose makes of names and numbers.
    pub(super) forms: Forms,
    /// What each of the words stands for: by what it names which cases.
    pub(super) meant: Vec<Row>,
    /// The cases that name a referral as that of a brother, a sister or of the same request.
    pub(super) named_by: BTreeMap<String, Vec<usize>>,
}

/// Some words, as they are looked for, with what they stand for: by what they name which cases.
pub(super) type Row = (String, Vec<(NamedBy, usize)>);

impl Desk<'_> {
    /// Every child of the folder, to be looked for in texts: put together once.
    pub(super) fn children(&self) -> &Children {
        self.children.get_or_init(|| self.find_children())
    }

    fn find_children(&self) -> Children {
        let mut rows = Rows::default();
        let staff: BTreeSet<String> = self
            .names_that_stay()
            .into_iter()
            .flat_map(|name| {
                with_an_initial(name)
                    .into_iter()
                    .chain([folded_words(name)])
            })
            .collect();
        for (index, case) in self.cases().iter().enumerate() {
            let child = &case.referral().child;
            rows.add(case.reference(), NamedBy::Reference, index);
            rows.add_number(child.number().unwrap_or(""), index);
            let name = child.name.as_deref().and_then(name_in).unwrap_or("");
            match folded_words(name).contains(' ') {
                true => rows.add_name(name, &staff, index),
                false => rows.add(name, NamedBy::OneWord, index),
            }
        }
        let mut named_by: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, case) in self.cases().iter().enumerate() {
            for reference in named(case) {
                named_by
                    .entry(reference.to_owned())
                    .or_default()
                    .push(index);
            }
        }
        rows.into_children(named_by)
    }
}

/// A name as lists of case systems have it: MARSH, Kayden.
fn surname_first(name: &str) -> String {
    let mut words: Vec<&str> = name.split_whitespace().collect();
    let surname = words.pop();
    surname
        .into_iter()
        .chain(words)
        .collect::<Vec<_>>()
        .join(" ")
}

/// What is looked for, while it is put together.
#[derive(Debug, Default)]
struct Rows {
    /// Whole names, numbers and references.
    whole: BTreeMap<String, Vec<(NamedBy, usize)>>,
    /// Names with an initial.
    initials: BTreeMap<String, Vec<(NamedBy, usize)>>,
    /// First names and surnames between which others may stand: a name of each.
    spread: BTreeMap<String, (String, Vec<(NamedBy, usize)>)>,
    /// Numbers, without what stands between their digits.
    numbers: BTreeMap<String, Vec<(NamedBy, usize)>>,
}

impl Rows {
    fn add(&mut self, written: &str, by: NamedBy, case: usize) {
        let words = folded_words(written);
        let letters = words.chars().filter(|letter| *letter != ' ').count();
        let is_told_apart = match by {
            NamedBy::Number => letters >= SHORTEST_NUMBER,
            NamedBy::Reference => {
                let has_letter = words.chars().any(char::is_alphabetic);
                has_figure(&words) && (letters >= SHORTEST_NUMBER || has_letter)
            }
            _ => letters > 1,
        };
        if is_told_apart {
            let row = self.whole.entry(words).or_default();
            if row.last() != Some(&(by, case)) {
                row.push((by, case));
            }
        }
    }

    fn add_number(&mut self, number: &str, case: usize) {
        self.add(number, NamedBy::Number, case);
        let compact = folded_words(number).replace(' ', "");
        if compact.chars().count() >= SHORTEST_NUMBER {
            let row = self.numbers.entry(compact).or_default();
            row.push((NamedBy::Number, case));
        }
    }

    fn add_name(&mut self, name: &str, staff: &BTreeSet<String>, case: usize) {
        self.add(name, NamedBy::Name, case);
        self.add(&surname_first(name), NamedBy::Name, case);
        self.add(first_name(name).unwrap_or(""), NamedBy::FirstName, case);
        if let Some(short) = first_and_last(name) {
            self.add(&short, NamedBy::Name, case);
            let row = self.spread.entry(short);
            let row = row.or_insert_with(|| (name.to_owned(), Vec::new()));
            row.1.push((NamedBy::Name, case));
        }
        // Whoever works for the council is known by an initial too.
        for form in with_an_initial(name) {
            if !staff.contains(&form) {
                let row = self.initials.entry(form).or_default();
                row.push((NamedBy::Initial, case));
            }
        }
    }

    fn into_children(self, named_by: BTreeMap<String, Vec<usize>>) -> Children {
        let finder = Finder::of(self.whole.keys().map(String::as_str));
        let mut meant: Vec<Row> = self.whole.into_iter().collect();
        let mut initials = Vec::new();
        for (form, row) in self.initials {
            initials.push((form.clone(), meant.len()));
            meant.push((form, row));
        }
        let mut by_words = ByWords::default();
        for (short, (name, row)) in self.spread {
            by_words.add_name(&name, meant.len());
            meant.push((short, row));
        }
        for (compact, row) in self.numbers {
            by_words.add_number(compact.clone(), meant.len());
            meant.push((compact, row));
        }
        Children {
            finder,
            forms: Forms::of(&initials, by_words),
            meant,
            named_by,
        }
    }
}
