//! The language of conditions: `request.kind == 'support-package' and cost.total > threshold.panel`.
//!
//! The spelling is the template engine's, so that a council learns one. The engine's own
//! expressions were rejected because an unknown name or a comparison of money with text is a
//! silent false there; here both are errors when the rule file is loaded.
//!
//! ```text
//! condition  = all { "or" all }
//! all        = negated { "and" negated }
//! negated    = "not" negated | comparison
//! comparison = sum [ ( "==" | "!=" | "<" | "<=" | ">" | ">=" ) sum | [ "not" ] "in" sum ]
//! sum        = test { ( "+" | "-" ) test }
//! test       = primary { "is" [ "not" ] "defined" }
//! primary    = name | text | [ "-" ] number | "true" | "false" | "(" condition ")" | list
//! list       = "[" sum { "," sum } [ "," ] "]"
//! ```
//!
//! Unlike the engine's, comparisons do not chain and text has no backslash escapes: both are
//! refused, for a reader would guess what they mean.
//!
//! A literal is read as what it stands beside: `'£1,200.50'` is money beside money, and so is a
//! bare whole number, in pounds; `'2026-11-26'` is a day beside a day; `'hotel'` must be a known
//! word beside a word. Days differ by whole numbers, and move by them.
//!
//! `-` is a minus, except in the segment that follows `threshold.`: the ids of thresholds have
//! hyphens, so `threshold.high-cost` is one name and a minus after it needs a space before it.
//!
//! Evaluation has three values. What is absent makes a comparison unknown, not false, so that
//! `not` cannot turn missing information into a match; an unknown condition does not hold.

mod check;
mod eval;
mod lexer;
mod nearest;
mod parser;
mod reach;
mod tree;
mod value;

#[cfg(test)]
mod tests;

pub(crate) use reach::{Known, Reach};
pub(crate) use value::{Facts, Kind, Names, Value};

use eval::Node;
use std::ops::Range;

/// The longest condition that is read, in characters.
const LONGEST: usize = 4_000;

/// A condition of the rule file, checked once and ready to be asked often.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Condition {
    source: String,
    names: Vec<String>,
    node: Node,
}

impl Condition {
    /// Reads a condition and checks its names and types.
    ///
    /// A mistake of syntax is reported alone, since what follows it cannot be trusted;
    /// unknown names, unknown words and wrong types are reported all together, in order.
    pub(crate) fn compile(source: &str, names: &dyn Names) -> Result<Self, Vec<ConditionError>> {
        let characters: Vec<char> = source.chars().collect();
        if characters.len() > LONGEST {
            return Err(vec![ConditionError::new(
                format!("a condition has at most {LONGEST} characters"),
                Some("split it into several entries of the rule file".to_owned()),
                LONGEST..characters.len(),
            )]);
        }
        let tree = parser::parse(&characters).map_err(|error| vec![error])?;
        let (node, names) = check::check(&tree, &characters, names)?;
        Ok(Self {
            source: source.to_owned(),
            names,
            node,
        })
    }

    /// Whether the facts are known to satisfy it.
    pub(crate) fn holds(&self, facts: &dyn Facts) -> bool {
        self.node.truth(facts) == Some(true)
    }

    /// Whether the facts tell that it is not so: what they do not speak of is neither.
    pub(crate) fn is_known_to_fail(&self, facts: &dyn Facts) -> bool {
        self.node.truth(facts) == Some(false)
    }

    /// Its text, as the rule file has it.
    pub(crate) fn source(&self) -> &str {
        &self.source
    }

    /// The names that it speaks of, each once, in order of appearance.
    pub(crate) fn names(&self) -> Vec<&str> {
        self.names.iter().map(String::as_str).collect()
    }
}

/// What is wrong with a condition, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ConditionError {
    /// What is wrong, in the words of the rule file.
    pub(crate) message: String,
    /// What to write instead, where that can be told.
    pub(crate) help: Option<String>,
    /// The first character concerned, counted from the start of the condition.
    pub(crate) start: usize,
    /// The character after the last one concerned; at the text's end it equals `start`.
    pub(crate) end: usize,
}

impl ConditionError {
    fn new(message: impl Into<String>, help: Option<String>, at: Range<usize>) -> Self {
        Self {
            message: message.into(),
            help,
            start: at.start,
            end: at.end,
        }
    }
}

/// A piece of the condition for a message: on one line, and shortened where it is long.
fn excerpt(source: &[char], at: &Range<usize>) -> String {
    const WIDEST: usize = 40;
    let piece: String = source[at.clone()].iter().collect();
    let line = piece.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= WIDEST {
        return line;
    }
    line.chars().take(WIDEST - 1).chain(['…']).collect()
}
