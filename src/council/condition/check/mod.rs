//! Checks names, words and kinds, and reads each literal as what it stands beside.

mod literals;
mod relations;

use super::eval::Node;
use super::tree::{Name, Relation, Shape, Tree};
use super::value::{Kind, Names, Value};
use super::{ConditionError, excerpt, nearest};
use crate::records::Decimal;
use std::ops::Range;

/// The condition ready to be asked and its names, or everything that is wrong with it.
pub(super) fn check(
    tree: &Tree,
    source: &[char],
    names: &dyn Names,
) -> Result<(Node, Vec<String>), Vec<ConditionError>> {
    let mut check = Check {
        source,
        names,
        errors: Vec::new(),
        used: Vec::new(),
    };
    let whole =
        |shown: &str, kind: &str| format!("a condition is true or false, but `{shown}` is {kind}");
    match check.truth(tree, whole) {
        Some(node) if check.errors.is_empty() => Ok((node, check.used)),
        _ => {
            check.errors.sort_by_key(|error| (error.start, error.end));
            Err(check.errors)
        }
    }
}

/// Collects errors; what gave one is `None`, so that no error follows from another.
struct Check<'a> {
    source: &'a [char],
    names: &'a dyn Names,
    errors: Vec<ConditionError>,
    used: Vec<String>,
}

/// A part whose kind is known.
#[derive(Clone)]
struct Part<'t> {
    node: Node,
    kind: Kind,
    at: Range<usize>,
    /// The literal it is, while what it means still depends on what it stands beside.
    literal: Option<&'t Shape>,
}

impl Check<'_> {
    fn shown(&self, part: &Part<'_>) -> String {
        excerpt(self.source, &part.at)
    }

    fn wrong<T>(&mut self, message: String, help: Option<String>, at: Range<usize>) -> Option<T> {
        self.errors.push(ConditionError::new(message, help, at));
        None
    }

    /// A part that must be true or false; `message` takes its text and what it is instead.
    fn truth(&mut self, tree: &Tree, message: impl Fn(&str, &str) -> String) -> Option<Node> {
        let part = self.part(tree)?;
        let help = match (&part.kind, part.literal) {
            (Kind::Truth, _) => return Some(part.node),
            (_, Some(Shape::Text(_))) => "write each comparison in full, or use `in` and a list",
            (Kind::Words(_), _) => "ask for one word, like `'care-plan' in documents`",
            _ => "compare it with something, or ask whether it `is defined`",
        };
        let message = message(&self.shown(&part), part.kind.described());
        self.wrong(message, Some(help.to_owned()), part.at)
    }

    fn joined(&mut self, tree: &Tree, word: &str) -> Option<Node> {
        self.truth(tree, |shown, kind| {
            format!("`{word}` takes what is true or false, but `{shown}` is {kind}")
        })
    }

    fn all_joined(&mut self, trees: &[Tree], word: &str) -> Option<Vec<Node>> {
        // Each is checked before the first failure counts, so that all are reported.
        let nodes: Vec<Option<Node>> = trees.iter().map(|tree| self.joined(tree, word)).collect();
        nodes.into_iter().collect()
    }

    fn part<'t>(&mut self, tree: &'t Tree) -> Option<Part<'t>> {
        let (node, kind) = match &tree.shape {
            Shape::Truth(truth) => (Node::Constant(Value::Truth(*truth)), Kind::Truth),
            Shape::Whole(whole) => (Node::Constant(Value::Whole(*whole)), Kind::Whole),
            Shape::Hundredths(number) => {
                let number = Decimal::of_hundredths(*number);
                (Node::Constant(Value::Number(number)), Kind::Number)
            }
            Shape::Text(text) => (Node::Constant(Value::Text(text.into())), Kind::Text),
            Shape::Name(name) => {
                let kind = self.name(name)?;
                (Node::Name(name.text.clone()), kind)
            }
            Shape::Defined(name) => {
                self.name(name)?;
                (Node::Defined(name.text.clone()), Kind::Truth)
            }
            Shape::Not(inner) => (Node::Not(Box::new(self.joined(inner, "not")?)), Kind::Truth),
            Shape::All(parts) => (Node::All(self.all_joined(parts, "and")?), Kind::Truth),
            Shape::Any(parts) => (Node::Any(self.all_joined(parts, "or")?), Kind::Truth),
            Shape::Sum(first, terms) => self.sum(first, terms)?,
            Shape::Related(left, Relation::Compared(comparison), right) => {
                (self.compare(tree, left, *comparison, right)?, Kind::Truth)
            }
            Shape::Related(item, Relation::In, list) => {
                (self.within(tree, item, list)?, Kind::Truth)
            }
            Shape::Related(item, Relation::NotIn, list) => (
                Node::Not(Box::new(self.within(tree, item, list)?)),
                Kind::Truth,
            ),
            Shape::List(_) => {
                return self.wrong(
                    "a list stands only after `in`".to_owned(),
                    Some("write `in` or `not in` before it".to_owned()),
                    tree.at.clone(),
                );
            }
        };
        let literal = matches!(
            tree.shape,
            Shape::Text(_) | Shape::Whole(_) | Shape::Hundredths(_)
        );
        Some(Part {
            node,
            kind,
            at: tree.at.clone(),
            literal: literal.then_some(&tree.shape),
        })
    }

    fn name(&mut self, name: &Name) -> Option<Kind> {
        let Some(kind) = self.names.kind(&name.text) else {
            let help = nearest::name_help(&name.text, self.names.all());
            let message = format!("`{}` is not a name that conditions know", name.text);
            return self.wrong(message, help, name.at.clone());
        };
        if !self.used.contains(&name.text) {
            self.used.push(name.text.clone());
        }
        Some(kind)
    }
}
