//! Whether a condition can hold at all, from what it compares and not from any case.
//!
//! The condition is spread out into its ways of being true; each is a list of comparisons that
//! must all be so. Where every way contradicts itself, the condition never holds. What cannot be
//! told counts as possible, so that a verdict is never a guess; a condition with too many ways
//! gets none.

mod together;

use super::Condition;
use super::eval::Node;
use super::lexer::Comparison;
use super::value::{Names, Value};
use std::collections::BTreeSet;
use together::Together;

/// More ways than this are not looked at.
const MOST_WAYS: usize = 512;

/// What can be said of a condition before any case is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    /// No case satisfies it.
    Never,
    /// Every case satisfies it in which its names are known.
    Always,
    /// One of its alternatives, counted from 1, is satisfied by no case.
    NeverIn(usize),
}

/// What a verdict can lean on.
pub(crate) struct Known<'a> {
    /// The kinds of names.
    pub(crate) names: &'a dyn Names,
    /// Names that have the same value in every case: amounts of the rule file.
    pub(crate) values: &'a dyn Fn(&str) -> Option<Value>,
}

impl Condition {
    /// Whether it never or always holds; none where it can go either way or that cannot be told.
    pub(crate) fn reach(&self, known: &Known<'_>) -> Option<Reach> {
        let can_be = |node: &Node, wanted: bool, told: &BTreeSet<&str>| {
            ways(node, wanted).map(|ways| ways.iter().any(|way| is_possible(way, known, told)))
        };
        let none = BTreeSet::new();
        if can_be(&self.node, true, &none) == Some(false) {
            return Some(Reach::Never);
        }
        let mut told = BTreeSet::new();
        asked(&self.node, &mut told);
        if can_be(&self.node, false, &told) == Some(false) {
            return Some(Reach::Always);
        }
        let Node::Any(parts) = &self.node else {
            return None;
        };
        let barren = |part: &Node| can_be(part, true, &none) == Some(false);
        let at = parts.iter().position(barren)?;
        Some(Reach::NeverIn(at + 1))
    }
}

/// One thing that must be so.
#[derive(Debug, Clone, Copy)]
enum Claim<'n> {
    /// A name is true, or false.
    Is(&'n str, bool),
    /// Two values stand like this.
    Stands(&'n Node, Comparison, &'n Node),
    /// A name is said, or is not.
    Said(&'n str, bool),
    /// A list has a word, or has it not.
    Has(&'n Node, &'n Node, bool),
}

type Ways<'n> = Vec<Vec<Claim<'n>>>;

/// The ways in which a condition is true (or false); none where there are too many.
fn ways(node: &Node, wanted: bool) -> Option<Ways<'_>> {
    match node {
        Node::Constant(Value::Truth(truth)) => Some(certain(*truth == wanted)),
        Node::Name(name) => Some(vec![vec![Claim::Is(name, wanted)]]),
        Node::Defined(name) => Some(vec![vec![Claim::Said(name, wanted)]]),
        Node::Not(part) => ways(part, !wanted),
        Node::All(parts) => joined(parts.iter().map(|part| ways(part, wanted)), wanted),
        Node::Any(parts) => joined(parts.iter().map(|part| ways(part, wanted)), !wanted),
        Node::Compare(left, comparison, right) => compared(left, *comparison, right, wanted),
        Node::Among(item, others) => joined(
            others
                .iter()
                .map(|other| compared(item, Comparison::Equal, other, wanted)),
            !wanted,
        ),
        Node::Holds(item, list) => Some(vec![vec![Claim::Has(item, list, wanted)]]),
        Node::Constant(_) | Node::Sum(..) => None,
    }
}

/// One way that asks for nothing, or no way at all.
fn certain(is_so: bool) -> Ways<'static> {
    if is_so { vec![Vec::new()] } else { Vec::new() }
}

/// Every part must be so, or any one of them.
fn joined<'n>(parts: impl Iterator<Item = Option<Ways<'n>>>, all: bool) -> Option<Ways<'n>> {
    let mut found: Ways<'n> = certain(all);
    for part in parts {
        let part = part?;
        if all {
            if found.len().saturating_mul(part.len()) > MOST_WAYS {
                return None;
            }
            found = found
                .iter()
                .flat_map(|one| {
                    part.iter()
                        .map(move |other| one.iter().chain(other).copied().collect())
                })
                .collect();
        } else {
            found.extend(part);
        }
        if found.len() > MOST_WAYS {
            return None;
        }
    }
    Some(found)
}

fn compared<'n>(
    left: &'n Node,
    comparison: Comparison,
    right: &'n Node,
    wanted: bool,
) -> Option<Ways<'n>> {
    let comparison = if wanted {
        comparison
    } else {
        opposite(comparison)
    };
    // `x == true` is x, whatever x is made of.
    for (one, other) in [(left, right), (right, left)] {
        if let Node::Constant(Value::Truth(truth)) = one
            && !comparison.orders()
        {
            let is_same = comparison == Comparison::Equal;
            return ways(other, *truth == is_same);
        }
    }
    Some(vec![vec![Claim::Stands(left, comparison, right)]])
}

const fn opposite(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::Equal => Comparison::Different,
        Comparison::Different => Comparison::Equal,
        Comparison::Less => Comparison::AtLeast,
        Comparison::AtLeast => Comparison::Less,
        Comparison::More => Comparison::AtMost,
        Comparison::AtMost => Comparison::More,
    }
}

/// The names whose values a part asks for; whether one `is defined` asks for no value.
fn asked<'n>(node: &'n Node, names: &mut BTreeSet<&'n str>) {
    match node {
        Node::Name(name) => {
            names.insert(name);
        }
        Node::Constant(_) | Node::Defined(_) => {}
        Node::Not(part) => asked(part, names),
        Node::All(parts) | Node::Any(parts) => parts.iter().for_each(|part| asked(part, names)),
        Node::Compare(one, _, other) | Node::Holds(one, other) => {
            asked(one, names);
            asked(other, names);
        }
        Node::Among(item, others) => {
            asked(item, names);
            others.iter().for_each(|other| asked(other, names));
        }
        Node::Sum(first, terms) => {
            asked(first, names);
            terms.iter().for_each(|(_, term)| asked(term, names));
        }
    }
}

/// Whether all claims can be so together, with these names known.
fn is_possible(claims: &[Claim<'_>], known: &Known<'_>, told: &BTreeSet<&str>) -> bool {
    let mut together = Together::default();
    for name in told {
        together.say(name, true);
    }
    for claim in claims {
        let mut names = BTreeSet::new();
        match claim {
            Claim::Said(name, is_said) => {
                together.say(name, *is_said);
            }
            Claim::Is(name, truth) => {
                names.insert(*name);
                together.truth((*name).to_owned(), *truth);
            }
            Claim::Has(item, list, truth) => {
                asked(item, &mut names);
                asked(list, &mut names);
                together.truth(format!("{item:?} in {list:?}"), *truth);
            }
            Claim::Stands(left, comparison, right) => {
                asked(left, &mut names);
                asked(right, &mut names);
                together.stand(left, *comparison, right, known);
            }
        }
        // What is compared is known: absent values make nothing true.
        for name in names {
            together.say(name, true);
        }
    }
    together.is_possible()
}
