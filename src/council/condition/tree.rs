//! What a condition says, before its names and kinds are known.

use super::lexer::Comparison;
use std::ops::Range;

/// A part of a condition and its place, parentheses included.
#[derive(Debug)]
pub(super) struct Tree {
    pub(super) shape: Shape,
    pub(super) at: Range<usize>,
}

/// What a part says.
#[derive(Debug)]
pub(super) enum Shape {
    Truth(bool),
    Whole(i64),
    Hundredths(i64),
    Text(String),
    Name(Name),
    Defined(Name),
    Not(Box<Tree>),
    All(Vec<Tree>),
    Any(Vec<Tree>),
    Sum(Box<Tree>, Vec<(Sign, Tree)>),
    Related(Box<Tree>, Relation, Box<Tree>),
    List(Vec<Tree>),
}

/// A name and its own place, which parentheses do not widen.
#[derive(Debug, Clone)]
pub(super) struct Name {
    pub(super) text: String,
    pub(super) at: Range<usize>,
}

/// Whether a term is added or taken away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    Plus,
    Minus,
}

/// What is said of two sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Relation {
    Compared(Comparison),
    In,
    NotIn,
}
