//! What may be compared, looked for in a list, added and taken away.

use super::{Check, Part};
use crate::council::condition::eval::Node;
use crate::council::condition::lexer::Comparison;
use crate::council::condition::tree::{Shape, Sign, Tree};
use crate::council::condition::value::Kind;
use std::ops::Range;

impl Check<'_> {
    pub(super) fn compare(
        &mut self,
        tree: &Tree,
        left: &Tree,
        comparison: Comparison,
        right: &Tree,
    ) -> Option<Node> {
        let (left, right) = (self.part(left), self.part(right));
        let (left, right) = self.adapted(left?, right?)?;
        self.comparable(&left, &right, &tree.at)?;
        if comparison.orders() && matches!(left.kind, Kind::Truth | Kind::Text | Kind::Word(_)) {
            let message = format!(
                "`{}` is {}, which has no order",
                self.shown(&left),
                left.kind.described()
            );
            return self.wrong(
                message,
                Some("compare with `==` or `!=`".to_owned()),
                tree.at.clone(),
            );
        }
        Some(Node::Compare(
            Box::new(left.node),
            comparison,
            Box::new(right.node),
        ))
    }

    /// Complains unless the two can be the same.
    fn comparable(&mut self, left: &Part<'_>, right: &Part<'_>, at: &Range<usize>) -> Option<()> {
        match (&left.kind, &right.kind) {
            (Kind::Truth, Kind::Truth)
            | (Kind::Whole | Kind::Number, Kind::Whole | Kind::Number)
            | (Kind::Money, Kind::Money)
            | (Kind::Day, Kind::Day)
            | (Kind::Text, Kind::Text | Kind::Word(_))
            | (Kind::Word(_), Kind::Text) => Some(()),
            (Kind::Word(known), Kind::Word(others)) => {
                self.overlapping(left, known, right, others, at)
            }
            _ => {
                let help = self
                    .help_to_compare(left, right)
                    .or_else(|| self.help_to_compare(right, left));
                let message = self.unlike(left, right, "they cannot be compared");
                self.wrong(message, help, at.clone())
            }
        }
    }

    /// Complains where two vocabularies share no word: the answer would always be the same.
    fn overlapping(
        &mut self,
        left: &Part<'_>,
        known: &[String],
        right: &Part<'_>,
        others: &[String],
        at: &Range<usize>,
    ) -> Option<()> {
        let open = known.is_empty() || others.is_empty();
        if open || known.iter().any(|word| others.contains(word)) {
            return Some(());
        }
        let message = format!(
            "`{}` and `{}` have no word in common",
            self.shown(left),
            self.shown(right)
        );
        self.wrong(message, None, at.clone())
    }

    fn unlike(&self, left: &Part<'_>, right: &Part<'_>, fault: &str) -> String {
        format!(
            "`{}` is {} and `{}` is {}: {fault}",
            self.shown(left),
            left.kind.described(),
            self.shown(right),
            right.kind.described()
        )
    }

    pub(super) fn within(&mut self, tree: &Tree, item: &Tree, list: &Tree) -> Option<Node> {
        let item = self.part(item);
        if let Shape::List(others) = &list.shape {
            return self.among(item, others);
        }
        let list = self.part(list)?;
        let Kind::Words(known) = &list.kind else {
            let help = matches!(list.kind, Kind::Text | Kind::Word(_))
                .then(|| "compare with `==`".to_owned());
            let message = format!(
                "`{}` is {}, not a list",
                self.shown(&list),
                list.kind.described()
            );
            return self.wrong(message, help, list.at);
        };
        let item = item?;
        match (item.literal, &item.kind) {
            (Some(Shape::Text(word)), _) => self.known_word(word, &item.at, known, &list)?,
            (_, Kind::Text) => {}
            (_, Kind::Word(others)) => self.overlapping(&item, others, &list, known, &tree.at)?,
            _ => {
                let message = self.unlike(&item, &list, "the one cannot be in the other");
                return self.wrong(message, None, tree.at.clone());
            }
        }
        Some(Node::Holds(Box::new(item.node), Box::new(list.node)))
    }

    fn among<'t>(&mut self, item: Option<Part<'t>>, others: &'t [Tree]) -> Option<Node> {
        let others: Vec<Option<Part<'t>>> = others.iter().map(|other| self.part(other)).collect();
        let mut item = item?;
        if let Kind::Words(_) = item.kind {
            let shown = self.shown(&item);
            return self.wrong(
                format!("`{shown}` is itself a list"),
                Some(format!("ask for each word, like `'…' in {shown}`")),
                item.at,
            );
        }
        let mut nodes = Vec::with_capacity(others.len());
        let mut complete = true;
        for other in others {
            let node = other.and_then(|other| {
                let (asked, other) = self.adapted(item.clone(), other)?;
                // A literal before the list takes its kind from the first item and keeps it:
                // it is asked of each item as one value.
                if nodes.is_empty() {
                    item = asked;
                }
                self.comparable(&item, &other, &other.at)?;
                Some(other.node)
            });
            complete &= node.is_some();
            nodes.extend(node);
        }
        complete.then(|| Node::Among(Box::new(item.node), nodes))
    }

    pub(super) fn sum(&mut self, first: &Tree, terms: &[(Sign, Tree)]) -> Option<(Node, Kind)> {
        let mut sum = self.part(first);
        let mut nodes = Vec::with_capacity(terms.len());
        for (sign, term) in terms {
            // Checked even after a failure, for what else is wrong in it.
            let term = self.part(term);
            sum = sum.zip(term).and_then(|(so_far, term)| {
                let (so_far, term) = self.adapted(so_far, term)?;
                let kind = self.added(&so_far, *sign, &term)?;
                nodes.push((*sign, term.node));
                let at = so_far.at.start..term.at.end;
                // The node stays that of the first; it is no longer a literal, its kind is settled.
                Some(Part {
                    kind,
                    at,
                    literal: None,
                    ..so_far
                })
            });
        }
        let sum = sum?;
        Some((Node::Sum(Box::new(sum.node), nodes), sum.kind))
    }

    fn added(&mut self, left: &Part<'_>, sign: Sign, right: &Part<'_>) -> Option<Kind> {
        match (&left.kind, sign, &right.kind) {
            (Kind::Whole, _, Kind::Whole) | (Kind::Day, Sign::Minus, Kind::Day) => {
                Some(Kind::Whole)
            }
            (Kind::Money, _, Kind::Money) => Some(Kind::Money),
            (Kind::Day, _, Kind::Whole) => Some(Kind::Day),
            _ => {
                let fault = match sign {
                    Sign::Plus => "they cannot be added",
                    Sign::Minus => "one cannot be taken from the other",
                };
                let message = self.unlike(left, right, fault);
                self.wrong(message, None, left.at.start..right.at.end)
            }
        }
    }
}
