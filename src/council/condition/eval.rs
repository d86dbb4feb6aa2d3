//! Asks a checked condition of the facts of one case, in three-valued logic.

use super::lexer::Comparison;
use super::tree::Sign;
use super::value::{Facts, Value};
use std::borrow::Cow;

/// A checked part of a condition: literals are read, kinds are known to fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Node {
    Constant(Value),
    Name(String),
    Defined(String),
    Not(Box<Self>),
    All(Vec<Self>),
    Any(Vec<Self>),
    Compare(Box<Self>, Comparison, Box<Self>),
    /// Whether a value is one of some others.
    Among(Box<Self>, Vec<Self>),
    /// Whether a list of words, second, holds a word.
    Holds(Box<Self>, Box<Self>),
    Sum(Box<Self>, Vec<(Sign, Self)>),
}

impl Node {
    /// Whether it is so; `None` where the facts do not tell.
    pub(super) fn truth(&self, facts: &dyn Facts) -> Option<bool> {
        match self {
            Self::Constant(_) | Self::Name(_) | Self::Sum(..) => match *self.value(facts) {
                Value::Truth(truth) => Some(truth),
                _ => None,
            },
            Self::Defined(name) => Some(facts.value(name) != Value::Absent),
            Self::Not(part) => part.truth(facts).map(|truth| !truth),
            Self::All(parts) => settled(parts.iter().map(|part| part.truth(facts)), false),
            Self::Any(parts) => settled(parts.iter().map(|part| part.truth(facts)), true),
            Self::Compare(left, comparison, right) => {
                let order = left.value(facts).compared(&right.value(facts))?;
                Some(comparison.accepts(order))
            }
            Self::Among(item, others) => {
                let item = item.value(facts);
                if *item == Value::Absent {
                    return None;
                }
                let same = |other: &Self| Some(item.compared(&other.value(facts))?.is_eq());
                settled(others.iter().map(same), true)
            }
            Self::Holds(item, list) => match (&*item.value(facts), &*list.value(facts)) {
                (Value::Text(word), Value::Words(words)) => Some(words.contains(word)),
                _ => None,
            },
        }
    }

    fn value(&self, facts: &dyn Facts) -> Cow<'_, Value> {
        match self {
            Self::Constant(value) => Cow::Borrowed(value),
            Self::Name(name) => Cow::Owned(facts.value(name)),
            Self::Sum(first, terms) => {
                let first = first.value(facts);
                terms.iter().fold(first, |sum, (sign, term)| {
                    let term = term.value(facts);
                    Cow::Owned(match sign {
                        Sign::Plus => sum.plus(&term),
                        Sign::Minus => sum.minus(&term),
                    })
                })
            }
            Self::Defined(_)
            | Self::Not(_)
            | Self::All(_)
            | Self::Any(_)
            | Self::Compare(..)
            | Self::Among(..)
            | Self::Holds(..) => Cow::Owned(self.truth(facts).map_or(Value::Absent, Value::Truth)),
        }
    }
}

/// Kleene's `and` and `or`: one deciding part settles it, whatever is unknown beside it.
fn settled(parts: impl Iterator<Item = Option<bool>>, deciding: bool) -> Option<bool> {
    let mut answer = Some(!deciding);
    for part in parts {
        match part {
            Some(truth) if truth == deciding => return Some(deciding),
            Some(_) => {}
            None => answer = None,
        }
    }
    answer
}
