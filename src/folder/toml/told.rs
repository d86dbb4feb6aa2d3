//! Text that is no TOML: what is wrong with it, in words that need no knowledge of TOML.
//!
//! The parser's own words only say which kind of fault to look for; what is told comes from the
//! line as somebody wrote it.

mod keys;
mod text;
mod values;

use std::ops::Range;
pub(super) use text::group_of;
use text::quoted;

/// What is wrong, the stretch of text in bytes, and what to write.
pub(super) struct Told {
    pub(super) range: Range<usize>,
    pub(super) message: String,
    pub(super) help: String,
    /// Whether the rest of the file is read wrongly because of it, so that nothing more is told.
    pub(super) is_last: bool,
    /// Whether it is a key or group that stands twice.
    pub(super) is_twice: bool,
}

/// The parser's fault at a stretch of a text, explained.
pub(super) fn explained(text: &str, range: Range<usize>, said: &str) -> Told {
    let place = Place::of(text, range);
    place.told(said).unwrap_or_else(|| {
        place.at(
            "this cannot be read",
            "text stands in quotation marks, a key before its `=`, and the name of a group in brackets: [name], or [[name]] for each part of a list",
        )
    })
}

/// Where the parser stopped.
struct Place<'t> {
    text: &'t str,
    range: Range<usize>,
    /// Where its line begins in the text.
    start: usize,
    line: &'t str,
}

impl<'t> Place<'t> {
    fn of(text: &'t str, range: Range<usize>) -> Self {
        let at = (0..=range.start.min(text.len()))
            .rev()
            .find(|at| text.is_char_boundary(*at))
            .unwrap_or(0);
        let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
        let end = text[at..].find('\n').map_or(text.len(), |end| at + end);
        Self {
            text,
            range: at..range.end.max(at).min(text.len()),
            start,
            line: text[start..end].trim_end_matches('\r'),
        }
    }

    fn there(&self) -> &'t str {
        self.text.get(self.range.clone()).unwrap_or_default()
    }

    /// What stands on the line before the place.
    fn before(&self) -> &'t str {
        self.line
            .get(..self.range.start - self.start)
            .unwrap_or(self.line)
    }

    /// What stands on the line from the place on.
    fn rest(&self) -> &'t str {
        self.line
            .get(self.range.start - self.start..)
            .unwrap_or_default()
    }

    fn at(&self, message: impl Into<String>, help: impl Into<String>) -> Told {
        // What is empty is shown by the sign that stands there.
        let length = self.text[self.range.start..]
            .chars()
            .next()
            .filter(|c| *c != '\n')
            .map_or(0, char::len_utf8);
        let end = self.range.end.max(self.range.start + length);
        told(self.range.start..end, message, help)
    }

    /// The same for a stretch of the line, in bytes from its beginning.
    fn on_line(
        &self,
        range: Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Told {
        told(
            self.start + range.start..self.start + range.end,
            message,
            help,
        )
    }

    fn told(&self, said: &str) -> Option<Told> {
        let holds = |words: &[&str]| words.iter().any(|word| said.contains(word));
        if holds(&["duplicate key"]) {
            return Some(self.twice());
        }
        if holds(&["missing opening quote"]) {
            let text = self.rest().trim().trim_end_matches(['"', '\'']);
            return Some(self.at(
                "the quotation mark before this text is missing",
                format!("put quotation marks at both ends{}", quoted(text)),
            ));
        }
        if holds(&["basic string", "literal string, expected `'`"]) && !holds(&["must be quoted"]) {
            return Some(self.unclosed_quotation());
        }
        if holds(&[
            "missing comma",
            "extra assignment",
            "unexpected `=`",
            "unclosed inline table",
            "unclosed array,",
        ]) {
            return Some(self.comma_or_bracket());
        }
        if holds(&["unclosed table", "unclosed array table"]) {
            return Some(self.group());
        }
        if holds(&["key with no value"]) {
            return Some(self.no_sign());
        }
        if holds(&["invalid unquoted key"]) {
            return self.no_key();
        }
        if holds(&["keys cannot be empty"]) {
            return Some(match self.line.trim_start().starts_with('[') {
                true => self.at(
                    "no name stands between these brackets",
                    "write the name of the group, like [council]",
                ),
                false => self.at(
                    "a key is missing here",
                    "write the key before its `=`, in letters, digits, `_` and `-`",
                ),
            });
        }
        if holds(&["must be quoted"]) {
            return Some(self.bare());
        }
        if holds(&[
            "invalid date",
            "invalid time",
            "invalid datetime",
            "invalid offset",
        ]) {
            return Some(self.moment(self.value()));
        }
        if holds(&["invalid boolean"]) {
            return Some(self.at(
                format!("`{}` is neither true nor false", self.there().trim()),
                "write `true` or `false`, in small letters and without quotation marks",
            ));
        }
        if holds(&["leading zero"]) {
            let value = self.value();
            return Some(self.at(
                "a number does not begin with 0",
                format!(
                    "write {}, or put it in quotation marks where it is text: \"{value}\"",
                    value.trim_start_matches('0')
                ),
            ));
        }
        if holds(&["escape"]) {
            return Some(self.at(
                "a backslash between double quotation marks stands for something else",
                "put the text between single quotation marks instead (' at both ends), or write the backslash twice",
            ));
        }
        if holds(&["unexpected key or value"]) {
            return Some(self.more());
        }
        None
    }

    /// What stands behind the sign of equality on this line, without a remark behind it.
    fn value(&self) -> &'t str {
        let value = self
            .line
            .split_once('=')
            .map_or(self.line, |(_, value)| value);
        value.split(" #").next().unwrap_or(value).trim()
    }
}

fn told(range: Range<usize>, message: impl Into<String>, help: impl Into<String>) -> Told {
    Told {
        range,
        message: message.into(),
        help: help.into(),
        is_last: false,
        is_twice: false,
    }
}
