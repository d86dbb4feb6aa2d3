//! Names on paper: as initials where that is asked for, and nobody else's on a child's record.

use super::Options;
use crate::desk::{Case, Desk, is_one_child};
use crate::records::{Referral, same_name};
use serde_json::Value;

const TITLES: [&str; 7] = ["Mr", "Mrs", "Ms", "Miss", "Dr", "Mx", "Sir"];

/// What is written in place of a child who is not the one concerned.
const ANOTHER_CHILD: &str = "(another child)";
/// What is written in place of another child's reference.
const ANOTHER_REQUEST: &str = "(another request)";

/// One text and what is written in its place.
type Change = (String, String);

/// A view as it is printed: with names as initials where that is asked for.
///
/// A part of the view that says its `reference` is about that referral, and only the names of
/// that child, family and network are changed in it: a first name may be another person's
/// elsewhere.
pub(super) fn as_asked(desk: &Desk<'_>, options: Options, mut view: Value) -> Value {
    if options.initials {
        walk(&mut view, &mut Vec::new(), &|reference| {
            desk.case(reference)
                .map(|case| initials_of_all(case.referral()))
                .unwrap_or_default()
        });
    }
    view
}

/// A view that concerns one child: other children's names and references are taken out of prose.
pub(super) fn only_about(desk: &Desk<'_>, case: &Case<'_>, view: Value) -> Value {
    only_about_all(desk, &[case], &[], view)
}

/// A view that concerns the one child of several referrals: other children's names are taken out
/// of prose, and their references but those that may stand in it.
pub(super) fn only_about_all(
    desk: &Desk<'_>,
    cases: &[&Case<'_>],
    kept: &[String],
    mut view: Value,
) -> Value {
    let own: Vec<&Referral> = cases.iter().map(|case| case.referral()).collect();
    let own_firsts: Vec<Option<&str>> = own
        .iter()
        .map(|own| first_name(own.child.name.as_deref().unwrap_or("")))
        .collect();
    let mut changes = Vec::new();
    for other in desk.cases() {
        let is_own =
            |own: &&Case<'_>| own.reference() == other.reference() || is_one_child(own, other);
        if cases.iter().any(is_own) {
            continue;
        }
        let other = other.referral();
        if !kept.contains(&other.reference) {
            changes.push((other.reference.clone(), ANOTHER_REQUEST.to_owned()));
        }
        // A number of a few digits could be anything; those of the case system are longer.
        if let Some(number) = other
            .child
            .case_id
            .as_ref()
            .filter(|number| number.len() >= 5)
            .filter(|number| {
                own.iter()
                    .all(|own| own.child.case_id.as_ref() != Some(number))
            })
        {
            changes.push((number.clone(), ANOTHER_CHILD.to_owned()));
        }
        let name = other.child.name.as_deref().unwrap_or("").trim();
        // A child who is called the same cannot be told apart by the name.
        let is_own = own
            .iter()
            .filter_map(|own| own.child.name.as_deref())
            .any(|own| same_name(own, name));
        if name.is_empty() || is_own {
            continue;
        }
        changes.push((name.to_owned(), ANOTHER_CHILD.to_owned()));
        // `Toby C.` is written `Toby C` as well.
        if let Some(shorter) = name
            .strip_suffix('.')
            .filter(|shorter| shorter.contains(' '))
        {
            changes.push((shorter.to_owned(), ANOTHER_CHILD.to_owned()));
        }
        // A first name alone points at a brother or sister; at anyone else it would be chance.
        let is_kin = own.iter().any(|own| {
            [&own.siblings, &own.with]
                .into_iter()
                .flatten()
                .chain(&own.part_of)
                .any(|reference| *reference == other.reference)
        });
        let first = first_name(name);
        if let Some(first) = first.filter(|_| is_kin && !own_firsts.contains(&first)) {
            changes.push((first.to_owned(), ANOTHER_CHILD.to_owned()));
        }
    }
    walk(&mut view, &mut changes, &|_| Vec::new());
    view
}

fn walk(view: &mut Value, changes: &mut Vec<Change>, of: &dyn Fn(&str) -> Vec<Change>) {
    match view {
        Value::String(text) => {
            for (from, to) in &*changes {
                if text.contains(from.as_str()) {
                    *text = replaced(text, from, to);
                }
            }
        }
        Value::Array(list) => list.iter_mut().for_each(|item| walk(item, changes, of)),
        Value::Object(fields) => {
            let own = fields
                .get("reference")
                .and_then(Value::as_str)
                .map(of)
                .filter(|own| !own.is_empty());
            let mut own = own;
            let changes = own.as_mut().unwrap_or(changes);
            for field in fields.values_mut() {
                walk(field, changes, of);
            }
        }
        _ => {}
    }
}

/// Every name of a referral's child, family and network: full names first, then first names.
fn initials_of_all(referral: &Referral) -> Vec<Change> {
    let names = || {
        let family = referral.family.iter().map(|person| &person.name);
        let network = referral.network.iter().map(|person| &person.name);
        std::iter::once(&referral.child.name)
            .chain(family)
            .chain(network)
            .flatten()
            .filter(|name| !name.trim().is_empty())
    };
    let mut changes: Vec<Change> = names().map(|name| (name.clone(), initials(name))).collect();
    changes.extend(names().filter_map(|name| Some((first_name(name)?.to_owned(), initials(name)))));
    changes
}

/// `Tomasz W.` as `T.W.`
pub(super) fn initials(name: &str) -> String {
    name.split([' ', '-'])
        .filter(|part| !TITLES.contains(&part.trim_end_matches('.')))
        .filter_map(|part| part.chars().find(|c| c.is_alphabetic()))
        .flat_map(|c| c.to_uppercase().chain(['.']))
        .collect()
}

/// The first name, where one is written out.
pub(super) fn first_name(name: &str) -> Option<&str> {
    let first = name.split_whitespace().next()?;
    let is_written_out = first.chars().filter(|c| c.is_alphabetic()).count() > 1;
    (is_written_out && !TITLES.contains(&first.trim_end_matches('.'))).then_some(first)
}

/// `text` with each `from` that stands as a word of its own replaced.
fn replaced(text: &str, from: &str, to: &str) -> String {
    if from.is_empty() {
        return text.to_owned();
    }
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(place) = rest.find(from) {
        let after = &rest[place + from.len()..];
        let begins = !rest[..place].ends_with(char::is_alphanumeric);
        let ends = from.ends_with('.') || !after.starts_with(char::is_alphanumeric);
        result.push_str(&rest[..place]);
        let is_word = begins && ends;
        result.push_str(if is_word { to } else { from });
        rest = after;
    }
    result.push_str(rest);
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_initials_and_titles_do_not_count() {
        assert_eq!(initials("Tomasz W."), "T.W.");
        assert_eq!(initials("Mr Idowu"), "I.");
        assert_eq!(initials("Anne-Marie de Souza"), "A.M.D.S.");
        assert_eq!(first_name("Mr Idowu"), None);
        assert_eq!(first_name("S. Hall"), None);
    }

    #[test]
    fn only_whole_words_are_replaced() {
        assert_eq!(
            replaced("Ann's Anna and Ann", "Ann", "A.B."),
            "A.B.'s Anna and A.B."
        );
    }
}
