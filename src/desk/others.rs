//! What a text says of other children than the one that it is about.

use super::{Case, Desk, is_one_child};
use crate::records::{Finder, Text, folded_words, is_meant_as_name};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// The fewest letters and digits of a number that is looked for: fewer could be anything.
const SHORTEST_NUMBER: usize = 5;

/// By what a child is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum NamedBy {
    /// First name and surname, or its initial.
    Name,
    /// The only name that the folder has, which is one word: it could be anybody's.
    OneWord,
    /// The first name alone, of a brother, a sister or a child on the same request.
    FirstName,
    /// The number on the case system.
    Number,
    /// The reference of the referral.
    Reference,
}

/// Where a text names another child.
#[derive(Debug, Clone)]
pub(crate) struct Mention<'d> {
    /// By what.
    pub(crate) by: NamedBy,
    /// Where the words stand in the text, in bytes.
    pub(crate) place: Range<usize>,
    /// The referral whose child it is; the first of them where there are several.
    pub(crate) reference: &'d str,
}

/// Every child of the folder, by all that a text can name one by.
#[derive(Debug)]
pub(super) struct Children {
    finder: Finder,
    /// What each of the words stands for: by what it names which cases.
    meant: Vec<Vec<(NamedBy, usize)>>,
    /// The cases that name a referral as that of a brother, a sister or of the same request.
    named_by: BTreeMap<String, Vec<usize>>,
}

/// The children of a folder as papers see them that are about one of them, or about those of one
/// request.
pub(crate) struct Others<'d, 'a> {
    desk: &'d Desk<'a>,
    own: Vec<&'d Case<'a>>,
    /// Brothers, sisters and children on the same request, as the own referrals name them.
    kin: BTreeSet<&'d str>,
    /// The same, and those whose referrals name one of the own.
    near: BTreeSet<&'d str>,
    /// Full names of the child, its family and whoever works with it, and the child's first name.
    own_names: BTreeSet<String>,
}

impl<'a> Desk<'a> {
    /// Every child of the folder, to be looked for in texts: put together once.
    fn children(&self) -> &Children {
        self.children.get_or_init(|| self.find_children())
    }

    fn find_children(&self) -> Children {
        let mut meant: BTreeMap<String, Vec<(NamedBy, usize)>> = BTreeMap::new();
        for (index, case) in self.cases().iter().enumerate() {
            let mut add = |written: &str, by: NamedBy| {
                let words = folded_words(written);
                let letters = words.chars().filter(|letter| *letter != ' ').count();
                let is_told_apart = match by {
                    NamedBy::Number => letters >= SHORTEST_NUMBER,
                    NamedBy::Reference => {
                        letters >= SHORTEST_NUMBER || words.chars().any(char::is_alphabetic)
                    }
                    _ => letters > 1,
                };
                if is_told_apart {
                    let row = meant.entry(words).or_default();
                    row.push((by, index));
                }
            };
            let child = &case.referral().child;
            add(case.reference(), NamedBy::Reference);
            add(child.case_id.as_deref().unwrap_or(""), NamedBy::Number);
            let name = child.name.as_deref().unwrap_or("");
            match folded_words(name).contains(' ') {
                true => {
                    add(name, NamedBy::Name);
                    add(&surname_first(name), NamedBy::Name);
                    add(first_name(name).unwrap_or(""), NamedBy::FirstName);
                }
                false => add(name, NamedBy::OneWord),
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
        Children {
            named_by,
            finder: Finder::of(meant.keys().map(String::as_str)),
            meant: meant.into_values().collect(),
        }
    }

    /// The referrals of brothers, sisters and children on the same request: those that name one of
    /// these, and the other parts of the same requests.
    fn named_with<'d>(&'d self, own: &[&'d Case<'a>]) -> Vec<&'d str> {
        let cases = self.cases();
        let named_by = |reference: &str| {
            let row = self.children().named_by.get(reference);
            row.map_or(&[][..], Vec::as_slice)
        };
        let mut naming = Vec::new();
        for case in own {
            let by = named_by(case.reference()).iter();
            naming.extend(by.map(|index| cases[*index].reference()));
            let Some(lead) = case.referral().part_of.as_deref() else {
                continue;
            };
            let of_lead = named_by(lead).iter().map(|index| &cases[*index]);
            let parts = of_lead.filter(|part| part.referral().part_of.as_deref() == Some(lead));
            naming.extend(parts.map(Case::reference));
        }
        naming
    }

    /// The folder's children but the one, or those of one request, that some referrals are about.
    pub(crate) fn others_than<'d>(&'d self, own: &[&'d Case<'a>]) -> Others<'d, 'a> {
        let kin: BTreeSet<&str> = own.iter().flat_map(|case| named(case)).collect();
        let near: BTreeSet<&str> = kin.iter().copied().chain(self.named_with(own)).collect();
        let of_kin: BTreeSet<String> = near
            .iter()
            .filter_map(|reference| self.case(reference))
            .filter(|case| !is_own(own, case))
            .filter_map(|case| case.referral().child.name.as_deref())
            .map(folded_words)
            .collect();
        let around = own.iter().flat_map(|case| {
            let referral = case.referral();
            let family = referral.family.iter().map(|person| &person.name);
            let network = referral.network.iter().map(|person| &person.name);
            family.chain(network).chain([&referral.worker.name])
        });
        // A brother in the list of the family is told of by his own request all the same.
        let around = around.flatten().map(|name| folded_words(name));
        let mut own_names: BTreeSet<String> =
            around.filter(|name| !of_kin.contains(name)).collect();
        for name in own
            .iter()
            .filter_map(|case| case.referral().child.name.as_deref())
        {
            own_names.insert(folded_words(name));
            own_names.extend(first_name(name).map(folded_words));
        }
        Others {
            desk: self,
            own: own.to_vec(),
            kin,
            near,
            own_names,
        }
    }
}

/// The referrals that one names as those of brothers and sisters or of the same request.
fn named<'c>(case: &'c Case<'_>) -> impl Iterator<Item = &'c str> {
    let referral = case.referral();
    let kin = referral.siblings.iter().chain(&referral.with);
    kin.chain(&referral.part_of).map(Text::as_str)
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

/// The first name, where one is written out: no initial, and no form of address.
pub(crate) fn first_name(name: &str) -> Option<&str> {
    let first = name.split_whitespace().next()?;
    let is_written_out = first.chars().filter(|c| c.is_alphabetic()).count() > 1;
    (is_written_out && !is_address(first)).then_some(first)
}

/// Whether a word is a form of address, like `Mrs`.
pub(crate) fn is_address(word: &str) -> bool {
    const TITLES: [&str; 7] = ["Mr", "Mrs", "Ms", "Miss", "Dr", "Mx", "Sir"];
    TITLES.contains(&word.trim_end_matches('.'))
}

fn is_own(own: &[&Case<'_>], other: &Case<'_>) -> bool {
    own.iter()
        .any(|own| own.reference() == other.reference() || is_one_child(own, other))
}

impl<'d> Others<'d, '_> {
    /// Whether a referral is a brother's or sister's, or of the same request.
    pub(crate) fn is_kin(&self, reference: &str) -> bool {
        self.kin.contains(reference)
    }

    /// Where a text names another child, from left to right.
    pub(crate) fn named_in(&self, text: &str) -> Vec<Mention<'d>> {
        let found = self.desk.children().finder.found_in(text).into_iter();
        found
            .filter_map(|(words, place)| {
                let (by, reference) = self.meaning(words, &text[place.clone()])?;
                Some(Mention {
                    by,
                    place,
                    reference,
                })
            })
            .collect()
    }

    /// Which other child some words mean; none where they are the own child's, or anybody's.
    fn meaning(&self, words: usize, written: &str) -> Option<(NamedBy, &'d str)> {
        let cases = self.desk.cases();
        let all = &self.desk.children().meant[words];
        let is_name = |by| matches!(by, NamedBy::Name | NamedBy::OneWord | NamedBy::FirstName);
        if all.iter().any(|(by, case)| {
            // A first name that the own child shares is in `own_names`.
            *by != NamedBy::FirstName && is_own(&self.own, &cases[*case])
        }) {
            return None;
        }
        let mut meant = all.iter().filter(|(by, case)| {
            let is_meant = match by {
                NamedBy::FirstName => self.near.contains(cases[*case].reference()),
                _ => true,
            };
            let is_one_word = matches!(by, NamedBy::FirstName | NamedBy::OneWord);
            is_meant && (!is_one_word || is_meant_as_name(written))
        });
        let (by, case) = meant.next()?;
        if is_name(*by) && self.own_names.contains(&folded_words(written)) {
            return None;
        }
        let reference = cases[*case].reference();
        let is_kin = *by == NamedBy::OneWord && self.near.contains(reference);
        Some((if is_kin { NamedBy::FirstName } else { *by }, reference))
    }
}
