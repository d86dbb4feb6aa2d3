//! Words for the mistakes of grammar: a piece that stands where it cannot.

use super::Parser;
use crate::council::condition::lexer::{Lexeme, Token};
use crate::council::condition::{ConditionError, excerpt};
use std::ops::Range;

impl Parser<'_> {
    /// The error, unless the tokens stop here for a reason of their own.
    pub(super) fn blamed(&self, error: ConditionError) -> ConditionError {
        match (self.lexeme(), &self.fault) {
            (Lexeme::End, Some(fault)) => fault.clone(),
            _ => error,
        }
    }

    /// The next piece stands where a name, text or number should.
    pub(super) fn misplaced(&self) -> ConditionError {
        self.blamed(misplaced(self.source, self.token()))
    }

    /// The next piece stands where the condition could have ended.
    pub(super) fn cannot_follow(&self) -> ConditionError {
        cannot_follow(self.source, self.token())
    }

    /// The next piece is not what closes `what`, opened at `open`.
    pub(super) fn not_closed(&self, what: &str, open: Range<usize>) -> ConditionError {
        match self.lexeme() {
            Lexeme::End => {
                let message = format!("this {what} is not closed");
                self.blamed(ConditionError::new(message, None, open))
            }
            _ => self.cannot_follow(),
        }
    }
}

fn misplaced(source: &[char], token: &Token) -> ConditionError {
    let help = match token.lexeme {
        Lexeme::Not => "put `not` and what it denies in parentheses",
        Lexeme::Close => "put a condition between the parentheses, or leave them out",
        Lexeme::Minus => "a minus stands between two values, or before a number",
        _ => "a name, text, number or parenthesis stands here",
    };
    let message = match token.lexeme {
        Lexeme::End => "the condition stops too soon".to_owned(),
        _ => format!("`{}` cannot stand here", excerpt(source, &token.at)),
    };
    ConditionError::new(message, Some(help.to_owned()), token.at.clone())
}

fn cannot_follow(source: &[char], token: &Token) -> ConditionError {
    let shown = excerpt(source, &token.at);
    let (message, help) = match token.lexeme {
        Lexeme::Close => ("this parenthesis was never opened".to_owned(), None),
        Lexeme::CloseList => ("this bracket was never opened".to_owned(), None),
        Lexeme::Comma => (
            "a comma stands only between the items of a list".to_owned(),
            Some("lists stand in brackets, like ['a', 'b']; numbers are written without commas"),
        ),
        Lexeme::OpenList => (
            "a list cannot follow directly".to_owned(),
            Some("put `in` before it"),
        ),
        Lexeme::Not => (
            "`not` cannot follow directly".to_owned(),
            Some("write `not in`, or put `and` or `or` before it"),
        ),
        _ => (
            format!("`{shown}` cannot follow directly"),
            Some("put a comparison, `and` or `or` before it"),
        ),
    };
    ConditionError::new(message, help.map(str::to_owned), token.at.clone())
}
