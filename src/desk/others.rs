//! What a text says of other children than the one that it is about.

use super::name_forms::{first_and_last, with_an_initial};
use super::{Case, Desk, is_one_child};
use crate::records::{Folded, Text, folded_words, is_meant_as_name};
use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::ops::Range;

/// By what a child is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum NamedBy {
    /// First name and surname, or its initial.
    Name,
    /// First name or surname with the other's initial, which the folder writes out.
    Initial,
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

/// What some words mean on a paper.
enum Meaning<'d> {
    /// The child that the paper is about, or somebody around it.
    Own,
    /// Another child.
    Other(NamedBy, &'d str),
    /// Nobody in particular.
    Nobody,
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
        let mut own_names = BTreeSet::new();
        for name in around.flatten() {
            let words = folded_words(name);
            if !of_kin.contains(&words) {
                own_names.extend(with_an_initial(name));
                own_names.extend(first_and_last(name));
                own_names.insert(words);
            }
        }
        for name in own
            .iter()
            .filter_map(|case| case.referral().child.name.as_deref())
        {
            own_names.insert(folded_words(name));
            own_names.extend(first_name(name).map(folded_words));
            own_names.extend(first_and_last(name));
            own_names.extend(with_an_initial(name));
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

impl Desk<'_> {
    /// By what a text names the child of some referrals, however it is written there: names with the
    /// surname first, with middle names or an initial, numbers in groups. A first name alone is not
    /// looked for, as it could be anybody's.
    pub(crate) fn named_in_text(&self, own: &[&Case<'_>], text: &str) -> BTreeSet<NamedBy> {
        let children = self.children();
        let folded = Folded::of(text);
        let found = children.finder.found_in_folded(&folded, text).into_iter();
        let found = found.chain(children.forms.found_in(&folded, text));
        found
            .flat_map(|(row, _)| &children.meant[row].1)
            .filter(|(by, _)| !matches!(by, NamedBy::FirstName | NamedBy::OneWord))
            .filter(|(_, case)| is_own(own, &self.cases()[*case]))
            .map(|(by, _)| *by)
            .collect()
    }
}

/// The referrals that one names as those of brothers and sisters or of the same request.
pub(super) fn named<'c>(case: &'c Case<'_>) -> impl Iterator<Item = &'c str> {
    let referral = case.referral();
    let kin = referral.siblings.iter().chain(&referral.with);
    kin.chain(&referral.part_of).map(Text::as_str)
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
        let children = self.desk.children();
        let folded = Folded::of(text);
        let mut found = children.finder.found_in_folded(&folded, text);
        found.extend(children.forms.found_in(&folded, text));
        // Of what begins together the longest counts, and the own child's before another's.
        let mut meant: Vec<(Range<usize>, Option<_>)> = found
            .into_iter()
            .filter_map(
                |(row, place)| match self.meaning(row, &text[place.clone()]) {
                    Meaning::Own => Some((place, None)),
                    Meaning::Other(by, reference) => Some((place, Some((by, reference)))),
                    Meaning::Nobody => None,
                },
            )
            .collect();
        meant.sort_by_key(|(place, other)| (place.start, Reverse(place.end), other.is_some()));
        let mut from = 0;
        let mut named = Vec::new();
        for (place, other) in meant {
            if place.start < from {
                continue;
            }
            from = place.end;
            named.extend(other.map(|(by, reference)| Mention {
                by,
                place,
                reference,
            }));
        }
        named
    }

    /// Whom some words mean.
    fn meaning(&self, row: usize, written: &str) -> Meaning<'d> {
        let cases = self.desk.cases();
        let (words, all) = &self.desk.children().meant[row];
        let is_name = |by| !matches!(by, NamedBy::Number | NamedBy::Reference);
        if all.iter().any(|(by, case)| {
            // A first name that the own child shares is in `own_names`.
            *by != NamedBy::FirstName && is_own(&self.own, &cases[*case])
        }) {
            return Meaning::Own;
        }
        let mut meant = all.iter().filter(|(by, case)| {
            let is_meant = match by {
                NamedBy::FirstName => self.near.contains(cases[*case].reference()),
                _ => true,
            };
            let is_one_word = matches!(by, NamedBy::FirstName | NamedBy::OneWord);
            is_meant && (!is_one_word || is_meant_as_name(written))
        });
        let Some((by, case)) = meant.next() else {
            return Meaning::Nobody;
        };
        let is_around = |words: &str| self.own_names.contains(words);
        if is_name(*by) && (is_around(words) || is_around(&folded_words(written))) {
            return Meaning::Own;
        }
        let reference = cases[*case].reference();
        let is_kin = *by == NamedBy::OneWord && self.near.contains(reference);
        Meaning::Other(if is_kin { NamedBy::FirstName } else { *by }, reference)
    }
}
