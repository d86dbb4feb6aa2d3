//! Signs that mean something to YAML where somebody wrote text: quotation marks, brackets, `*`, `>`.

use super::refused::{alias, anchor, tag, token_length};
use super::{Page, fault, shown};
use crate::findings::Span;
use crate::folder::fault::Fault;

impl Page<'_> {
    pub(super) fn backslash(&self) -> Option<Fault> {
        let mut line = self.line;
        let mut column = self.column;
        // The parser names where the text begins, or where it stands.
        let found = loop {
            let rest: Vec<char> = self.lines.rest(line, column).chars().collect();
            let at = (0..rest.len()).find(|at| {
                let is_doubled = *at > 0 && rest[at - 1] == '\\';
                let next = rest.get(at + 1).copied().unwrap_or('\n');
                rest[*at] == '\\' && !is_doubled && !"0abtnvfre \"/\\N_LP\t\n".contains(next)
            });
            match at {
                Some(at) => break (line, column + at),
                None if column > 0 && line == self.line => column = 0,
                None if line > self.line + 50 => return None,
                None => (line, column) = (line + 1, 0),
            }
        };
        let (line, column) = found;
        Some(fault(
            self.lines.span(line, column, column + 1),
            "a backslash between double quotation marks stands for something else",
            "put the text between single quotation marks instead (' at both ends), or write the backslash twice",
        ))
    }

    /// Something follows a quotation mark that closes: most often that mark was meant as an
    /// apostrophe, or stands within a text that is itself in quotation marks.
    pub(super) fn behind_a_quotation(&self) -> Option<Fault> {
        let before = self.lines.before(self.line, self.column).trim_end();
        let mark = before.chars().last().filter(|c| matches!(c, '"' | '\''))?;
        let closes = before.chars().count() - 1;
        let opens = before[..before.len() - 1].rfind(mark);
        if opens.is_none() {
            let line = (0..self.line)
                .rev()
                .find(|line| self.lines.line(*line).matches(mark).count() % 2 == 1)?;
            let column = self.lines.line(line).find(mark)?;
            let column = self.lines.line(line)[..column].chars().count();
            return Some(self.unclosed_quotation(line, column));
        }
        let span = self.lines.span(self.line, closes, closes + 1);
        let rest = self.lines.rest(self.line, self.column);
        if rest.starts_with('#') {
            return Some(fault(
                self.here(1),
                "a remark begins right behind a quotation mark",
                "put a space before the `#`",
            ));
        }
        let is_in_brackets = self.open.is_some();
        let is_word = |c: &char| c.is_alphanumeric();
        let is_apostrophe = mark == '\''
            && before.chars().rev().nth(1).as_ref().is_some_and(is_word)
            && rest.chars().next().as_ref().is_some_and(is_word);
        Some(if is_apostrophe {
            fault(
                span,
                "this apostrophe ends the text, and more follows",
                "put the text between double quotation marks (\" at both ends), or write the apostrophe twice",
            )
        } else if is_in_brackets && !rest.contains(mark) {
            fault(
                self.here(1),
                "a comma or a closing bracket is missing before this",
                "put a comma between the parts of a list or group; put the whole of a text between quotation marks",
            )
        } else {
            let other = if mark == '"' { "single" } else { "double" };
            fault(
                span,
                "this quotation mark ends the text, and more follows",
                format!(
                    "put the closing mark at the end of the text; where the text itself holds such marks, put {other} quotation marks around the whole of it"
                ),
            )
        })
    }

    pub(super) fn unclosed_quotation(&self, line: usize, column: usize) -> Fault {
        let mark = self.lines.char(line, column).unwrap_or('"');
        fault(
            self.lines.span(line, column, column + 1),
            "this quotation mark is not closed",
            format!(
                "write {mark} again where the text ends; an apostrophe within single quotation marks is written twice"
            ),
        )
    }

    /// An anchor or alias that leads nowhere: most often text that begins with such a sign.
    pub(super) fn mark(&self) -> Option<Fault> {
        let at = self.sign(&['*', '&'])?;
        let (sign, span) = (self.lines.char(self.line, at)?, self.token(at));
        Some(if sign == '*' {
            alias(span)
        } else {
            anchor(span)
        })
    }

    pub(super) fn tag(&self) -> Option<Fault> {
        let at = self.sign(&['!'])?;
        Some(tag(self.token(at)))
    }

    /// The nearest of some signs at the place or before it on its line.
    pub(super) fn sign(&self, signs: &[char]) -> Option<usize> {
        let line: Vec<char> = self.lines.line(self.line).chars().collect();
        (0..line.len().min(self.column + 1))
            .rev()
            .find(|at| signs.contains(&line[*at]))
    }

    pub(super) fn token(&self, at: usize) -> Span {
        let rest = self.lines.rest(self.line, at);
        self.lines.span(self.line, at, at + token_length(rest))
    }

    pub(super) fn directive(&self) -> Fault {
        let line = self
            .lines
            .find(self.line, |line| line.starts_with('%'))
            .unwrap_or(self.line);
        fault(
            self.lines.span_of_rest(line, 0),
            "a line that begins with `%` speaks to programs, and is not used in these files",
            "remove it; put text that begins with `%` in quotation marks",
        )
    }

    /// `>` or `|` with the text on the same line, or with none that is further in.
    pub(super) fn text_behind_its_sign(&self) -> Option<Fault> {
        let (line, at) = (0..=self.line).rev().take(2).find_map(|line| {
            let text = self.lines.line(line);
            let value = self.lines.keyed(line).map_or(text, |keyed| keyed.value);
            let at = text.len() - value.len();
            value
                .starts_with(['>', '|'])
                .then(|| (line, text[..at].chars().count()))
        })?;
        let sign = self.lines.char(line, at)?;
        Some(fault(
            self.lines.span_of_rest(line, at),
            format!("text stands on the same line as `{sign}`"),
            format!(
                "begin it on the next line, further in by two spaces; text that itself begins with `{sign}` goes in quotation marks"
            ),
        ))
    }

    pub(super) fn first_character(&self) -> Option<Fault> {
        let first = self.char_here()?;
        let rest = self.lines.rest(self.line, self.column).trim_end();
        Some(fault(
            self.here(1),
            match first {
                '`' => "text may not begin with a backtick".to_owned(),
                first => format!("text may not begin with `{first}`"),
            },
            format!("put it in quotation marks{}", shown(rest)),
        ))
    }

    pub(super) fn remark_within(&self) -> Fault {
        fault(
            self.lines.span_of_rest(self.line, self.column),
            "this is read as a remark, and the text goes on below it",
            "put a remark on a line of its own above the key; put text that holds ` #` in quotation marks",
        )
    }

    pub(super) fn closes_nothing(&self) -> Option<Fault> {
        let bracket = self.char_here()?;
        Some(fault(
            self.here(1),
            format!("this `{bracket}` closes nothing"),
            "take it out, or put the bracket that opens where the list or group begins; put text that holds brackets in quotation marks",
        ))
    }

    pub(super) fn within_brackets(&self) -> Option<Fault> {
        let (line, column) = self.open?;
        let bracket = self.lines.char(line, column)?;
        let closing = if bracket == '[' { ']' } else { '}' };
        let is_another_key = self.line > line
            && self.lines.keyed(self.line).is_some()
            && self.lines.indent(self.line) <= self.lines.indent(line);
        let is_closed_here = self.lines.line(self.line).contains(closing);
        let is_past = self
            .lines
            .find(self.line, |text| !text.trim().is_empty())
            .is_none();
        if is_past || (is_another_key && !is_closed_here) {
            return Some(fault(
                self.lines.span(line, column, column + 1),
                format!("this `{bracket}` is not closed"),
                format!(
                    "write `{closing}` where the list or group ends; put text that begins with a bracket in quotation marks"
                ),
            ));
        }
        if self.line > line && self.lines.indent(self.line) <= self.lines.indent(line) {
            let indent = self.lines.indent(self.line);
            return Some(fault(
                self.lines.span_of_rest(self.line, indent),
                format!("this line stands within `{bracket}` and is not far enough in"),
                format!("put it further in than line {}, by two spaces", line + 1),
            ));
        }
        Some(match self.char_here() {
            Some(':') => fault(
                self.here(1),
                "a colon stands within this text",
                format!(
                    "put the text in quotation marks{}; where another key begins here, put a comma before it",
                    shown(self.text_around())
                ),
            ),
            _ => fault(
                self.here(1),
                format!("a comma or the closing `{closing}` is missing before this"),
                "put a comma between the parts of a list or group; put text that holds brackets or commas in quotation marks",
            ),
        })
    }

    /// Within brackets, the text that the place stands in: from the key's colon or the last comma
    /// to the next comma or bracket.
    pub(super) fn text_around(&self) -> &str {
        let line = self.lines.line(self.line);
        let at = self.lines.before(self.line, self.column).len();
        let from = line[..at].rfind([',', '{', '[']).map_or(0, |at| at + 1);
        let from = line[from..at].find(": ").map_or(from, |key| from + key + 2);
        let to = line[at..]
            .find([',', '}', ']'])
            .map_or(line.len(), |end| at + end);
        line[from..to].trim()
    }
}
