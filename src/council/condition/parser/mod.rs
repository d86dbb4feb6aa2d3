//! Reads the pieces of a condition into a tree, by the grammar in the module above.

mod complaint;

use super::lexer::{Lexeme, Token, cut};
use super::tree::{Name, Relation, Shape, Sign, Tree};
use super::{ConditionError, excerpt};
use std::ops::Range;

/// How deep parentheses, lists and `not` may stand in each other, so that no text can
/// exhaust the stack. Chains of `and`, `or`, `+` and `-` are flat and need no limit.
const DEEPEST: usize = 64;

type Read = Result<Tree, ConditionError>;

/// Reads a whole condition, or gives its first mistake.
pub(super) fn parse(source: &[char]) -> Read {
    let (tokens, fault) = cut(source);
    let mut parser = Parser {
        source,
        tokens,
        next: 0,
        depth: 0,
        fault,
    };
    if matches!(parser.lexeme(), Lexeme::End) && parser.fault.is_none() {
        let all = 0..source.len();
        return Err(ConditionError::new("the condition is empty", None, all));
    }
    let tree = parser.any()?;
    match parser.lexeme() {
        Lexeme::End => parser.fault.take().map_or(Ok(tree), Err),
        _ => Err(parser.cannot_follow()),
    }
}

struct Parser<'a> {
    source: &'a [char],
    tokens: Vec<Token>,
    next: usize,
    depth: usize,
    /// Why the tokens stop, where they stop before the text does.
    fault: Option<ConditionError>,
}

impl Parser<'_> {
    fn token(&self) -> &Token {
        &self.tokens[self.next]
    }

    fn lexeme(&self) -> &Lexeme {
        &self.token().lexeme
    }

    /// Steps past a token; the end is never passed.
    fn step(&mut self) -> Token {
        let token = self.token().clone();
        if token.lexeme != Lexeme::End {
            self.next += 1;
        }
        token
    }

    fn take(&mut self, lexeme: &Lexeme) -> bool {
        let found = self.lexeme() == lexeme;
        if found {
            self.step();
        }
        found
    }

    fn any(&mut self) -> Read {
        self.chain(&Lexeme::Or, Self::all, Shape::Any)
    }

    fn all(&mut self) -> Read {
        self.chain(&Lexeme::And, Self::negated, Shape::All)
    }

    fn chain(
        &mut self,
        word: &Lexeme,
        part: fn(&mut Self) -> Read,
        shape: fn(Vec<Tree>) -> Shape,
    ) -> Read {
        let first = part(self)?;
        if self.lexeme() != word {
            return Ok(first);
        }
        let mut at = first.at.clone();
        let mut parts = vec![first];
        while self.take(word) {
            let part = part(self)?;
            at.end = part.at.end;
            parts.push(part);
        }
        Ok(Tree {
            shape: shape(parts),
            at,
        })
    }

    fn negated(&mut self) -> Read {
        let start = self.token().at.start;
        if *self.lexeme() != Lexeme::Not {
            return self.comparison();
        }
        let inner = self.inside(|parser| {
            parser.step();
            parser.negated()
        })?;
        let at = start..inner.at.end;
        Ok(Tree {
            shape: Shape::Not(Box::new(inner)),
            at,
        })
    }

    fn comparison(&mut self) -> Read {
        let left = self.sum()?;
        let Some(relation) = self.relation() else {
            return Ok(left);
        };
        let right = self.sum()?;
        if matches!(self.lexeme(), Lexeme::Comparison(_) | Lexeme::In) {
            return Err(ConditionError::new(
                "a comparison has two sides",
                Some("join two comparisons with `and`".to_owned()),
                self.token().at.clone(),
            ));
        }
        let at = left.at.start..right.at.end;
        Ok(Tree {
            shape: Shape::Related(Box::new(left), relation, Box::new(right)),
            at,
        })
    }

    /// Steps past the sign of a relation, if one comes.
    fn relation(&mut self) -> Option<Relation> {
        let following = self.tokens.get(self.next + 1).map(|token| &token.lexeme);
        let (relation, signs) = match *self.lexeme() {
            Lexeme::Comparison(comparison) => (Relation::Compared(comparison), 1),
            Lexeme::In => (Relation::In, 1),
            Lexeme::Not if following == Some(&Lexeme::In) => (Relation::NotIn, 2),
            _ => return None,
        };
        self.next += signs;
        Some(relation)
    }

    fn sum(&mut self) -> Read {
        let first = self.test()?;
        let mut at = first.at.clone();
        let mut terms = Vec::new();
        loop {
            let sign = match self.lexeme() {
                Lexeme::Plus => Sign::Plus,
                Lexeme::Minus => Sign::Minus,
                _ if terms.is_empty() => return Ok(first),
                _ => {
                    return Ok(Tree {
                        shape: Shape::Sum(Box::new(first), terms),
                        at,
                    });
                }
            };
            self.step();
            let term = self.test()?;
            at.end = term.at.end;
            terms.push((sign, term));
        }
    }

    fn test(&mut self) -> Read {
        let mut tree = self.primary()?;
        while *self.lexeme() == Lexeme::Is {
            let is = self.step().at;
            let negative = self.take(&Lexeme::Not);
            if !matches!(self.lexeme(), Lexeme::Name(word) if word == "defined") {
                return Err(self.blamed(ConditionError::new(
                    "`is` asks only whether a name is defined",
                    Some("write `is defined` or `is not defined`, or compare with `==`".to_owned()),
                    is,
                )));
            }
            let end = self.step().at.end;
            let at = tree.at.start..end;
            let Shape::Name(name) = tree.shape else {
                return Err(ConditionError::new(
                    format!(
                        "`{}` is not a name, and only names are defined or not",
                        excerpt(self.source, &tree.at)
                    ),
                    None,
                    tree.at,
                ));
            };
            let defined = Tree {
                shape: Shape::Defined(name),
                at: at.clone(),
            };
            let shape = if negative {
                Shape::Not(Box::new(defined))
            } else {
                defined.shape
            };
            tree = Tree { shape, at };
        }
        Ok(tree)
    }

    fn primary(&mut self) -> Read {
        let Token { lexeme, mut at } = self.token().clone();
        let shape = match lexeme {
            Lexeme::Open | Lexeme::OpenList => return self.inside(Self::enclosed),
            Lexeme::Minus => {
                let next = &self.tokens[self.next + 1];
                let shape = match next.lexeme {
                    Lexeme::Whole(number) => Shape::Whole(-number),
                    Lexeme::Hundredths(number) => Shape::Hundredths(-number),
                    _ => return Err(self.misplaced()),
                };
                at.end = next.at.end;
                self.step();
                shape
            }
            Lexeme::Name(text) => Shape::Name(Name {
                text,
                at: at.clone(),
            }),
            Lexeme::Text(text) => Shape::Text(text),
            Lexeme::Whole(number) => Shape::Whole(number),
            Lexeme::Hundredths(number) => Shape::Hundredths(number),
            Lexeme::True => Shape::Truth(true),
            Lexeme::False => Shape::Truth(false),
            _ => return Err(self.misplaced()),
        };
        self.step();
        Ok(Tree { shape, at })
    }

    /// A condition in parentheses or a list in brackets.
    fn enclosed(&mut self) -> Read {
        let open = self.step();
        if open.lexeme == Lexeme::OpenList {
            return self.list(open.at);
        }
        let inner = self.any()?;
        let end = self.token().at.end;
        if !self.take(&Lexeme::Close) {
            return Err(self.not_closed("parenthesis", open.at));
        }
        Ok(Tree {
            shape: inner.shape,
            at: open.at.start..end,
        })
    }

    fn list(&mut self, open: Range<usize>) -> Read {
        let mut items = Vec::new();
        loop {
            let end = self.token().at.end;
            if !items.is_empty() && self.take(&Lexeme::CloseList) {
                return Ok(Tree {
                    shape: Shape::List(items),
                    at: open.start..end,
                });
            }
            if *self.lexeme() == Lexeme::CloseList {
                return Err(ConditionError::new(
                    "nothing is in an empty list",
                    None,
                    open.start..end,
                ));
            }
            items.push(self.sum()?);
            if !self.take(&Lexeme::Comma) && *self.lexeme() != Lexeme::CloseList {
                return Err(self.not_closed("bracket", open));
            }
        }
    }

    fn inside(&mut self, read: impl FnOnce(&mut Self) -> Read) -> Read {
        if self.depth == DEEPEST {
            let at = self.token().at.clone();
            return Err(ConditionError::new(
                format!("this stands more than {DEEPEST} levels deep"),
                Some("split the condition into several entries of the rule file".to_owned()),
                at,
            ));
        }
        self.depth += 1;
        let tree = read(self)?;
        self.depth -= 1;
        Ok(tree)
    }
}
