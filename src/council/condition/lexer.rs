//! Cuts a condition into names, literals and signs.

use super::{ConditionError, excerpt};
use std::cmp::Ordering;
use std::ops::Range;

/// How two values are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Comparison {
    Equal,
    Different,
    Less,
    AtMost,
    More,
    AtLeast,
}

impl Comparison {
    /// Whether it asks for an order, not only for sameness.
    pub(super) const fn orders(self) -> bool {
        !matches!(self, Self::Equal | Self::Different)
    }

    /// Whether it is satisfied by how the left side stands to the right.
    pub(super) fn accepts(self, order: Ordering) -> bool {
        match self {
            Self::Equal => order.is_eq(),
            Self::Different => order.is_ne(),
            Self::Less => order.is_lt(),
            Self::AtMost => order.is_le(),
            Self::More => order.is_gt(),
            Self::AtLeast => order.is_ge(),
        }
    }
}

/// One piece of a condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Lexeme {
    Name(String),
    Text(String),
    Whole(i64),
    /// A number with decimals, in hundredths.
    Hundredths(i64),
    True,
    False,
    And,
    Or,
    Not,
    In,
    Is,
    Comparison(Comparison),
    Plus,
    Minus,
    Open,
    Close,
    OpenList,
    CloseList,
    Comma,
    End,
}

/// A piece and its place.
#[derive(Debug, Clone)]
pub(super) struct Token {
    pub(super) lexeme: Lexeme,
    pub(super) at: Range<usize>,
}

/// Cuts as far as it can: the last token is always the end, which stands where the fault is.
///
/// The fault is handed over separately because an earlier mistake of grammar comes first.
pub(super) fn cut(source: &[char]) -> (Vec<Token>, Option<ConditionError>) {
    let mut tokens = Vec::new();
    let mut place = 0;
    loop {
        while source.get(place).is_some_and(|c| c.is_whitespace()) {
            place += 1;
        }
        if place == source.len() {
            tokens.push(Token {
                lexeme: Lexeme::End,
                at: place..place,
            });
            return (tokens, None);
        }
        match piece(source, place) {
            Ok((lexeme, end)) => {
                tokens.push(Token {
                    lexeme,
                    at: place..end,
                });
                place = end;
            }
            Err(fault) => {
                tokens.push(Token {
                    lexeme: Lexeme::End,
                    at: place..place,
                });
                return (tokens, Some(fault));
            }
        }
    }
}

type Piece = Result<(Lexeme, usize), ConditionError>;

fn piece(source: &[char], start: usize) -> Piece {
    let first = source[start];
    let doubled = source.get(start + 1) == Some(&'=');
    let sign = match first {
        '\'' | '"' => return text(source, start),
        '0'..='9' => return number(source, start),
        c if begins_name(c) => return name(source, start),
        '=' if doubled => Lexeme::Comparison(Comparison::Equal),
        '!' if doubled => Lexeme::Comparison(Comparison::Different),
        '<' if doubled => Lexeme::Comparison(Comparison::AtMost),
        '>' if doubled => Lexeme::Comparison(Comparison::AtLeast),
        '<' => Lexeme::Comparison(Comparison::Less),
        '>' => Lexeme::Comparison(Comparison::More),
        '+' => Lexeme::Plus,
        '-' => Lexeme::Minus,
        '(' => Lexeme::Open,
        ')' => Lexeme::Close,
        '[' => Lexeme::OpenList,
        ']' => Lexeme::CloseList,
        ',' => Lexeme::Comma,
        _ => return Err(stray(source, start)),
    };
    let two_signs = doubled && matches!(first, '=' | '!' | '<' | '>');
    Ok((sign, start + if two_signs { 2 } else { 1 }))
}

fn begins_name(c: char) -> bool {
    c.is_alphabetic() || c == '_'
}

fn continues_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn run(source: &[char], start: usize, belongs: impl Fn(char) -> bool) -> usize {
    let length = source[start..].iter().take_while(|c| belongs(**c)).count();
    start + length
}

fn name(source: &[char], start: usize) -> Piece {
    let mut end = run(source, start, continues_name);
    let of_thresholds = source[start..end].iter().copied().eq("threshold".chars());
    let mut first = true;
    while source.get(end) == Some(&'.') {
        let segment = end + 1;
        end = if of_thresholds && first {
            let hyphened = run(source, segment, |c| continues_name(c) || c == '-');
            // No id ends in a hyphen: there it is a minus after all.
            let trailing = source[segment..hyphened]
                .iter()
                .rev()
                .take_while(|c| **c == '-')
                .count();
            hyphened - trailing
        } else {
            run(source, segment, continues_name)
        };
        first = false;
        if end == segment {
            return Err(ConditionError::new(
                format!("`{}` stops at a full stop", excerpt(source, &(start..end))),
                Some("a name has a word after each full stop, like `request.kind`".to_owned()),
                start..end,
            ));
        }
    }
    let text: String = source[start..end].iter().collect();
    match keyword(&text) {
        Some(lexeme) => Ok((lexeme, end)),
        None if keyword(&text.to_lowercase()).is_some() => Err(ConditionError::new(
            format!("`{text}` is written in small letters"),
            Some(format!("write `{}`", text.to_lowercase())),
            start..end,
        )),
        None => Ok((Lexeme::Name(text), end)),
    }
}

fn keyword(text: &str) -> Option<Lexeme> {
    Some(match text {
        "and" => Lexeme::And,
        "or" => Lexeme::Or,
        "not" => Lexeme::Not,
        "in" => Lexeme::In,
        "is" => Lexeme::Is,
        "true" => Lexeme::True,
        "false" => Lexeme::False,
        _ => return None,
    })
}

fn text(source: &[char], start: usize) -> Piece {
    let mark = source[start];
    let end = run(source, start + 1, |c| c != mark && c != '\\');
    match source.get(end) {
        // The template engine would read it as an escape; nothing in a policy needs one.
        Some('\\') => Err(ConditionError::new(
            "a backslash has no meaning in text",
            Some(
                "write text that holds one quotation mark between two of the other sort".to_owned(),
            ),
            end..end + 1,
        )),
        Some(_) => Ok((
            Lexeme::Text(source[start + 1..end].iter().collect()),
            end + 1,
        )),
        None => Err(ConditionError::new(
            "this text has no closing quotation mark",
            Some(format!("close it with `{mark}`")),
            start..end,
        )),
    }
}

fn number(source: &[char], start: usize) -> Piece {
    let end = run(source, start, |c| continues_name(c) || c == '.');
    let with_hyphens = run(source, start, |c| c.is_ascii_digit() || c == '-');
    let date: String = source[start..with_hyphens].iter().collect();
    if with_hyphens >= end && date.parse::<crate::records::Day>().is_ok() {
        // Left alone it would be two subtractions.
        return Err(ConditionError::new(
            format!("`{date}` is not in quotation marks"),
            Some(format!("write '{date}'")),
            start..with_hyphens,
        ));
    }
    let digits: String = source[start..end].iter().collect();
    let fault = |message: String| {
        let help = "numbers have digits and at most two decimals, like 500 or 12.5".to_owned();
        Err(ConditionError::new(message, Some(help), start..end))
    };
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let shown = excerpt(source, &(start..end));
    let (whole, decimals) = match digits.split_once('.') {
        Some((whole, decimals)) if all_digits(whole) && all_digits(decimals) => {
            (whole, Some(decimals))
        }
        None if all_digits(&digits) => (digits.as_str(), None),
        _ => return fault(format!("`{shown}` is not a number")),
    };
    let read = match decimals {
        None => whole.parse().ok().map(Lexeme::Whole),
        Some(decimals) if decimals.len() > 2 => {
            return fault(format!("`{shown}` has more than two decimals"));
        }
        Some(decimals) => format!("{whole}{decimals:0<2}")
            .parse()
            .ok()
            .map(Lexeme::Hundredths),
    };
    match read {
        Some(lexeme) => Ok((lexeme, end)),
        None => fault(format!("`{shown}` is too large")),
    }
}

fn stray(source: &[char], start: usize) -> ConditionError {
    let sign = source[start];
    let help = match sign {
        '=' => "compare with `==`",
        '!' => "write `not`, or `!=`",
        '&' => "write `and`",
        '|' => "write `or`",
        '‘' | '’' | '“' | '”' | '`' => "use straight quotation marks, like 'care-order'",
        '£' => "put the amount in quotation marks, like '£500'",
        '–' | '—' | '−' => "write a minus as `-`",
        '≥' => "write `>=`",
        '≤' => "write `<=`",
        '≠' => "write `!=`",
        '*' | '/' | '%' => "conditions add and subtract, nothing else",
        '{' | '}' => "a condition stands without braces",
        _ => "",
    };
    ConditionError::new(
        format!("`{}` has no meaning in a condition", sign.escape_debug()),
        Some(help.to_owned()).filter(|help| !help.is_empty()),
        start..run(source, start, |c| c == sign),
    )
}
