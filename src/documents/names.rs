//! Names on paper: nobody else's on a child's record, and initials where they are asked for.

pub(super) use super::initials::as_asked;
use crate::desk::{Case, Desk, Mention, NamedBy, Others};
use serde_json::Value;
use std::collections::BTreeSet;

/// What is written in place of a child who is not the one concerned.
const ANOTHER_CHILD: &str = "(another child)";
/// What is written in place of another child's reference.
const ANOTHER_REQUEST: &str = "(another request)";

/// Other children whose names were taken out of a paper: by what each was named there, and the
/// reference that tells whose child it is.
pub(crate) type TakenOut = BTreeSet<(NamedBy, String)>;

/// A view that concerns one child: other children's names and references are taken out of prose.
pub(super) fn only_about(desk: &Desk<'_>, case: &Case<'_>, view: Value) -> (Value, TakenOut) {
    let case = desk.case(case.reference());
    only_about_all(desk, case.as_slice(), &[], view)
}

/// A view that concerns the one child of several referrals: other children's names are taken out
/// of prose, and their references but those that may stand in it.
pub(super) fn only_about_all<'d, 'a>(
    desk: &'d Desk<'a>,
    cases: &[&'d Case<'a>],
    kept: &[String],
    mut view: Value,
) -> (Value, TakenOut) {
    let children = desk.children();
    let others = children.other_than(cases);
    let mut taken_out = TakenOut::new();
    each_text(&mut view, &mut |text| {
        let mut named = others.named_in(text);
        named.retain(|own| {
            own.by != NamedBy::Reference || !kept.iter().any(|kept| kept == own.reference)
        });
        if !named.is_empty() {
            *text = without(text, &named);
        }
        taken_out.extend(
            named
                .into_iter()
                .map(|own| (own.by, own.reference.to_owned())),
        );
    });
    (view, taken_out)
}

/// Shows a text's mentions of other children as what they are, without the names.
fn without(text: &str, named: &[Mention<'_>]) -> String {
    let mut told = String::with_capacity(text.len());
    let mut from = 0;
    for own in named {
        told.push_str(&text[from..own.place.start]);
        told.push_str(match own.by {
            NamedBy::Reference => ANOTHER_REQUEST,
            _ => ANOTHER_CHILD,
        });
        from = own.place.end;
        // `Toby C.` ends with its initial's own stop, unless a sentence ends there.
        let is_initial = text[own.place.clone()]
            .rsplit([' ', '.'])
            .next()
            .is_some_and(|last| last.chars().count() == 1);
        if is_initial && text[from..].starts_with('.') && goes_on(&text[from + 1..]) {
            from += 1;
        }
    }
    told.push_str(&text[from..]);
    told
}

/// Whether a sentence goes on behind a stop.
fn goes_on(rest: &str) -> bool {
    let mut letters = rest.chars().filter(|letter| !letter.is_whitespace());
    letters.next().is_some_and(|next| !next.is_uppercase())
}

/// Gives every text of a view to be changed.
fn each_text(view: &mut Value, change: &mut dyn FnMut(&mut String)) {
    match view {
        Value::String(text) => change(text),
        Value::Array(list) => list.iter_mut().for_each(|item| each_text(item, change)),
        Value::Object(fields) => fields
            .values_mut()
            .for_each(|field| each_text(field, change)),
        _ => {}
    }
}

/// What a record's texts say of other children: the key of each text, counted from 1 in a list, and
/// the words around each mention, with the names left out.
pub(crate) fn said_of_others(record: &Value, others: &Others<'_, '_, '_>) -> Vec<SaidOfOther> {
    let mut found = Vec::new();
    said_in(record, String::new(), others, &mut found);
    found
}

/// One mention of another child.
#[derive(Debug, Clone)]
pub(crate) struct SaidOfOther {
    /// The key, like `actions.1.what`.
    pub(crate) key: String,
    /// By what the child is named.
    pub(crate) by: NamedBy,
    /// Whose child it is.
    pub(crate) reference: String,
    /// The words around it.
    pub(crate) around: String,
}

/// Keys under which a reference or a digest stands, not prose.
const NO_PROSE: [&str; 6] = [
    "referral",
    "referral_digest",
    "reference",
    "review_of",
    "siblings",
    "amends.decision",
];

fn said_in(
    value: &Value,
    key: String,
    others: &Others<'_, '_, '_>,
    found: &mut Vec<SaidOfOther>,
) {
    match value {
        Value::String(text) if !NO_PROSE.contains(&key.as_str()) => {
            let named = others.named_in(text);
            for own in &named {
                found.push(SaidOfOther {
                    key: key.clone(),
                    by: own.by,
                    reference: own.reference.to_owned(),
                    around: around(text, own, &named),
                });
            }
        }
        Value::Array(list) => {
            for (number, item) in (1..).zip(list) {
                said_in(item, format!("{key}.{number}"), others, found);
            }
        }
        Value::Object(fields) => {
            for (name, field) in fields {
                let key = match key.as_str() {
                    "" => name.clone(),
                    key => format!("{key}.{name}"),
                };
                said_in(field, key, others, found);
            }
        }
        _ => {}
    }
}

/// The words around a mention, with what names a child in them left out.
fn around(text: &str, own: &Mention<'_>, named: &[Mention<'_>]) -> String {
    const WORDS: usize = 5;
    let (before, after): (Vec<Mention<'_>>, Vec<Mention<'_>>) = named
        .iter()
        .filter(|other| other.place != own.place)
        .cloned()
        .partition(|other| other.place.end <= own.place.start);
    let shifted: Vec<Mention<'_>> = after
        .into_iter()
        .map(|other| Mention {
            place: other.place.start - own.place.end..other.place.end - own.place.end,
            ..other
        })
        .collect();
    let before = without(&text[..own.place.start], &before);
    let after = without(&text[own.place.end..], &shifted);
    let head: Vec<&str> = before.split_whitespace().collect();
    let tail: Vec<&str> = after.split_whitespace().collect();
    let is_cut = |all: usize| if all > WORDS { "…" } else { "" };
    format!(
        "{}{} […] {}{}",
        is_cut(head.len()),
        head[head.len().saturating_sub(WORDS)..].join(" "),
        tail[..tail.len().min(WORDS)].join(" "),
        is_cut(tail.len())
    )
    .trim()
    .to_owned()
}
