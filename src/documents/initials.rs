//! Names of children, families and networks as initials, wherever they stand on a paper.

use super::Options;
pub(super) use super::name_words::initials;
use super::name_words::{
    is_meant, joined, parts, plural_endings, runs_together, split_before_last,
};
use crate::desk::Desk;
use crate::records::{Finder, Person, Referral, folded_words};
use serde_json::Value;
use std::collections::BTreeMap;

/// A view as it is printed: with names as initials where that is asked for.
pub(super) fn as_asked(desk: &Desk<'_>, options: Options, mut view: Value) -> Value {
    if options.initials {
        Initials::of(desk).write(&mut view, None);
    }
    view
}

/// What is written for a name.
#[derive(Debug)]
enum Meaning {
    /// It stays: whoever works for the council or sits on the panel, and the council's own names.
    Stays,
    /// A whole name: its initials.
    Whole(String),
    /// A whole name whose words run together, like `AmeliaR`: its initials.
    Joined(String),
    /// One word of a name, in the names of these people.
    Part(Vec<PartOf>),
    /// The same with the ending of a plural, or of a possessive whose apostrophe was left out, and
    /// how many letters that has.
    Plural(Vec<PartOf>, usize),
}

/// One word of somebody's name.
#[derive(Debug, Clone)]
struct PartOf {
    /// The place of the referral that knows the person, among the desk's cases.
    case: usize,
    /// What is written for the word: the person's initials for a first name, its own for a surname.
    initials: String,
}

/// Everybody known to a folder whose name is written as initials.
pub(crate) struct Initials<'d, 'a> {
    desk: &'d Desk<'a>,
    finder: Finder,
    meanings: Vec<Meaning>,
}

impl<'d, 'a> Initials<'d, 'a> {
    /// Everybody known to the folder, whatever the moment.
    pub(crate) fn of(desk: &'d Desk<'a>) -> Self {
        let mut meanings: BTreeMap<String, Meaning> = BTreeMap::new();
        for (case, referral) in (0..).zip(desk.cases().iter().map(|case| case.referral())) {
            for (word, part) in people(referral).flat_map(parts) {
                let row = meanings
                    .entry(word)
                    .or_insert_with(|| Meaning::Part(Vec::new()));
                if let Meaning::Part(all) = row {
                    all.push(PartOf {
                        case,
                        initials: part,
                    });
                }
            }
        }
        add_plurals(&mut meanings);
        let is_whole = |name: &str| folded_words(name).contains(' ');
        let cases = || desk.cases().iter().map(|case| case.referral());
        let network = cases().flat_map(|referral| names(&referral.network));
        for name in network.filter(|name| is_whole(name)) {
            meanings.insert(folded_words(name), Meaning::Whole(initials(name)));
        }
        // Who works for the council is no secret, but a member of the family is one in any post.
        for name in desk
            .names_that_stay()
            .into_iter()
            .filter(|name| is_whole(name))
        {
            meanings.insert(folded_words(name), Meaning::Stays);
        }
        for referral in cases() {
            let family = referral.family.iter();
            let family = family.filter_map(|person| person.name.as_deref());
            let child = referral.child.name.as_deref();
            for name in family.chain(child).filter(|name| is_whole(name)) {
                meanings.insert(folded_words(name), Meaning::Whole(initials(name)));
            }
        }
        for referral in cases() {
            for name in people(referral) {
                for joined in joined(name) {
                    let meant = Meaning::Joined(initials(name));
                    meanings.entry(joined).or_insert(meant);
                }
            }
        }
        meanings.remove("");
        Self {
            desk,
            finder: Finder::of(meanings.keys().map(String::as_str)),
            meanings: meanings.into_values().collect(),
        }
    }

    /// Writes the names in a view as initials. A part of it that says its `reference` is about that
    /// referral, whose people a first name there means before all others.
    fn write(&self, view: &mut Value, about: Option<&str>) {
        match view {
            Value::String(text) => {
                if let Some(changed) = self.written(text, about) {
                    *text = changed;
                }
            }
            Value::Array(list) => list.iter_mut().for_each(|item| self.write(item, about)),
            Value::Object(fields) => {
                let own = fields.get("reference").and_then(Value::as_str);
                let own = own.filter(|own| self.desk.case(own).is_some());
                let own = own.map(str::to_owned);
                let about = own.as_deref().or(about);
                for field in fields.values_mut() {
                    self.write(field, about);
                }
            }
            _ => {}
        }
    }

    /// A text with its names as initials; none where it has no name.
    pub(crate) fn written(&self, text: &str, about: Option<&str>) -> Option<String> {
        let mut told = String::new();
        let mut from = 0;
        for (words, place) in self.finder.found_in(text) {
            let written = &text[place.clone()];
            let initials = match &self.meanings[words] {
                Meaning::Stays => continue,
                Meaning::Whole(initials) => initials.clone(),
                Meaning::Joined(initials) if runs_together(written) => initials.clone(),
                Meaning::Joined(_) => continue,
                Meaning::Part(all) if is_meant(text, &place) => self.of_part(all, written, about),
                Meaning::Plural(all, letters) => {
                    let (name, ending) = split_before_last(written, *letters);
                    let own = place.start..place.start + name.len();
                    if !is_meant(text, &own) {
                        continue;
                    }
                    self.of_part(all, name, about) + ending
                }
                Meaning::Part(_) => continue,
            };
            told.push_str(&text[from..place.start]);
            told.push_str(&initials);
            from = place.end;
            // Initials end with a stop: that of `Tomasz W.`, or of the sentence.
            if told.ends_with('.') && text[from..].starts_with('.') {
                from += 1;
            }
        }
        (from > 0).then(|| told + &text[from..])
    }

    /// What is written for one word of a name: the initials of whoever it means, else its own.
    fn of_part(&self, all: &[PartOf], written: &str, about: Option<&str>) -> String {
        let is_about = |part: &&PartOf| Some(self.desk.cases()[part.case].reference()) == about;
        let own: Vec<&PartOf> = all.iter().filter(is_about).collect();
        let meant = if own.is_empty() {
            all.iter().collect()
        } else {
            own
        };
        match meant.split_first() {
            Some((first, others)) if others.iter().all(|one| one.initials == first.initials) => {
                first.initials.clone()
            }
            _ => initials(written),
        }
    }
}

/// Adds the words of names with the ending of a plural, where such a word is no name of its own.
fn add_plurals(meanings: &mut BTreeMap<String, Meaning>) {
    let mut plurals = Vec::new();
    for (word, meaning) in &*meanings {
        if let Meaning::Part(all) = meaning {
            let of = |ending: &&str| (word.clone() + ending, all.clone(), ending.len());
            plurals.extend(plural_endings(word).iter().map(of));
        }
    }
    for (word, all, letters) in plurals {
        let row = meanings.entry(word);
        row.or_insert(Meaning::Plural(all, letters));
    }
}

/// The names of the child, the family and the network.
fn people(referral: &Referral) -> impl Iterator<Item = &str> {
    let family = referral.family.iter();
    let family = family.filter_map(|person| person.name.as_deref());
    let child = referral.child.name.as_deref();
    child
        .into_iter()
        .chain(family)
        .chain(names(&referral.network))
}

fn names(people: &[Person]) -> impl Iterator<Item = &str> {
    people.iter().filter_map(|person| person.name.as_deref())
}
