//! Literals read as what stands on the other side: `'£500'` as money, `'2026-11-26'` as a day.

use super::{Check, Part};
use crate::council::condition::eval::Node;
use crate::council::condition::nearest;
use crate::council::condition::tree::Shape;
use crate::council::condition::value::{Kind, Value, parse_pounds, quoted_pounds};
use crate::records::{Day, Money};
use std::ops::Range;

impl Check<'_> {
    /// Both sides, each literal read by the kind of the other.
    pub(super) fn adapted<'t>(
        &mut self,
        left: Part<'t>,
        right: Part<'t>,
    ) -> Option<(Part<'t>, Part<'t>)> {
        let left_read = self.read_beside(&left, &right);
        let right_read = self.read_beside(&right, &left);
        Some((left_read?, right_read?))
    }

    fn read_beside<'t>(&mut self, part: &Part<'t>, other: &Part<'_>) -> Option<Part<'t>> {
        let value = match (part.literal, &other.kind) {
            (Some(Shape::Text(text)), Kind::Money) => match parse_pounds(text) {
                Ok(money) => Value::Money(money),
                Err(help) => {
                    let message = format!("`{}` is not an amount of money", self.shown(part));
                    return self.wrong(message, Some(help), part.at.clone());
                }
            },
            (Some(Shape::Whole(pounds)), Kind::Money) => match pounds.checked_mul(100) {
                Some(pence) => Value::Money(Money::of_pence(pence)),
                None => {
                    let message = format!("`{}` pounds are too many", self.shown(part));
                    return self.wrong(message, None, part.at.clone());
                }
            },
            (Some(Shape::Text(text)), Kind::Day) => match text.parse::<Day>() {
                Ok(day) => Value::Day(day),
                Err(unreadable) => {
                    return self.wrong(unreadable.fault, Some(unreadable.remedy), part.at.clone());
                }
            },
            (Some(Shape::Text(word)), Kind::Word(known)) => {
                self.known_word(word, &part.at, known, other)?;
                return Some(part.clone());
            }
            _ => return Some(part.clone()),
        };
        Some(Part {
            node: Node::Constant(value),
            kind: other.kind.clone(),
            at: part.at.clone(),
            literal: None,
        })
    }

    /// Complains about a word that the vocabulary of `of` does not have.
    pub(super) fn known_word(
        &mut self,
        word: &str,
        at: &Range<usize>,
        known: &[String],
        of: &Part<'_>,
    ) -> Option<()> {
        if known.is_empty() || known.iter().any(|other| other == word) {
            return Some(());
        }
        let message = format!("'{word}' is not a word of `{}`", self.shown(of));
        self.wrong(message, Some(nearest::word_help(word, known)), at.clone())
    }

    /// What to write where `part` cannot be compared with `other`, if that can be told.
    pub(super) fn help_to_compare(&self, part: &Part<'_>, other: &Part<'_>) -> Option<String> {
        match (part.literal, &part.kind, &other.kind) {
            (Some(Shape::Text(text)), _, Kind::Whole | Kind::Number)
                if !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit() || b == b'.') =>
            {
                Some(format!("write {text} without quotation marks"))
            }
            (Some(Shape::Text(text)), _, Kind::Truth) if text == "true" || text == "false" => {
                Some(format!("write {text} without quotation marks"))
            }
            (Some(Shape::Hundredths(number)), _, Kind::Money) => {
                Some(format!("write {}", quoted_pounds(Money::of_pence(*number))))
            }
            (_, Kind::Whole, Kind::Day) => {
                Some("one day minus another is a whole number of days".to_owned())
            }
            (_, Kind::Words(_), Kind::Text | Kind::Word(_)) => Some(format!(
                "write `{} in {}`",
                self.shown(other),
                self.shown(part)
            )),
            _ => None,
        }
    }
}
