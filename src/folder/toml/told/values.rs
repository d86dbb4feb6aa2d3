//! What stands behind a key: quotation marks, brackets, dates and amounts.

use super::text::{is_dated, is_key, open_brackets, open_quotation, quoted};
use super::{Place, Told, told};
use crate::records::{Day, Money};

impl Place<'_> {
    pub(super) fn unclosed_quotation(&self) -> Told {
        let many = ["\"\"\"", "'''"]
            .into_iter()
            .filter_map(|mark| {
                let before = &self.text[..self.range.start];
                let is_open = before.matches(mark).count() % 2 == 1;
                before.rfind(mark).filter(|_| is_open)
            })
            .max();
        if let Some(at) = many {
            let mut told = told(
                at..at + 3,
                "this text of several lines is not closed",
                "write the same three quotation marks again where the text ends",
            );
            told.is_last = true;
            return told;
        }
        let last = self.line.char_indices().next_back().map(|(at, _)| at);
        let opens = open_quotation(self.line).or(last).unwrap_or(0);
        let wide = self.line[opens..].chars().next().map_or(1, char::len_utf8);
        let mark = if self.line[opens..].starts_with('\'') {
            '\''
        } else {
            '"'
        };
        self.on_line(
            opens..opens + wide,
            "this quotation mark is not closed",
            format!(
                "write {mark} again where the text ends, on the same line; a text of several lines stands between three of them"
            ),
        )
    }

    /// A part of a list or group behind another, with no comma between them: often because the
    /// bracket was never closed.
    pub(super) fn comma_or_bracket(&self) -> Told {
        let open = open_brackets(&self.text[..self.range.start]);
        let first = self.line.trim_start();
        let begins_anew = first.starts_with('[') || is_key(first) || first.is_empty();
        let opened_above = open
            .iter()
            .rev()
            .find(|at| **at < self.start || first.is_empty());
        match (opened_above, open.last()) {
            (Some(at), _) if begins_anew => {
                let mark = &self.text[*at..=*at];
                let closes = if mark == "[" { "]" } else { "}" };
                let mut told = told(
                    *at..at + 1,
                    format!("this `{mark}` is not closed"),
                    format!("write `{closes}` where what belongs to it ends"),
                );
                told.is_last = true;
                told
            }
            _ => {
                let from = self.range.start - self.start;
                let length = self.rest().chars().next().map_or(0, char::len_utf8);
                self.no_comma(from..from + length)
            }
        }
    }

    fn no_comma(&self, range: std::ops::Range<usize>) -> Told {
        self.on_line(
            range,
            "a comma is missing before this",
            "put a comma between the parts of a list or group, and text in quotation marks",
        )
    }

    /// What stands without quotation marks and is no number, date, `true` or `false`.
    pub(super) fn bare(&self) -> Told {
        let there = self.there().trim();
        if there.contains(['“', '”', '‘', '’']) {
            return self.curly();
        }
        if there.is_empty() {
            return self.at(
                "nothing stands behind this `=`",
                "write what it says, or take the line out",
            );
        }
        // The next key of a group on one line, where no comma stands before it.
        let behind = self.text[self.range.end..].trim_start();
        if behind.starts_with('=') && !behind.starts_with("==") {
            let key = there.rsplit(char::is_whitespace).next().unwrap_or(there);
            if key.len() < there.len() {
                let end = self.range.start - self.start + self.there().trim_end().len();
                return self.no_comma(end - key.len()..end);
            }
        }
        let is_alone =
            self.before().trim_end().ends_with('=') && !self.before().contains(['{', '[']);
        let value = if is_alone { self.value() } else { there };
        if value.contains("==") || value.contains(" and ") || value.contains(" in ") {
            return self.at(
                "this condition has no quotation marks",
                format!(
                    "put the whole of it between double quotation marks, and text in it between single ones{}",
                    quoted(&value.replace('"', "'"))
                ),
            );
        }
        let lower = there.to_lowercase();
        let truth = match lower.as_str() {
            "yes" | "on" | "y" => Some("true"),
            "no" | "off" | "n" => Some("false"),
            _ => None,
        };
        if let Some(truth) = truth {
            return self.at(
                format!("`{there}` is neither true nor false"),
                format!("write `{truth}`; where it is text, put it in quotation marks"),
            );
        }
        if there.starts_with('£') {
            let amount = value.parse::<Money>().err();
            return self.at(
                "an amount has no pound sign here",
                amount.map_or_else(|| "write it like 1234.50".to_owned(), |wrong| wrong.remedy),
            );
        }
        if there.contains(|c: char| c.is_ascii_digit()) {
            let is_day = there.contains('/') || is_dated(&lower);
            if is_day || lower.ends_with("am") || lower.ends_with("pm") {
                return self.moment(there);
            }
        }
        self.at(
            "this text has no quotation marks",
            format!("put quotation marks at both ends{}", quoted(there)),
        )
    }

    /// A day or a time of day that is written in another way.
    pub(super) fn moment(&self, written: &str) -> Told {
        let is_time = !written.contains(['-', '/'])
            && (written.contains(':') || written.to_lowercase().ends_with('m'));
        if is_time {
            return self.at(
                format!("`{written}` is no time of day as it is written here"),
                "write hour and minute with two digits each, by the clock of 24 hours, without quotation marks: 09:30",
            );
        }
        match written.parse::<Day>() {
            Err(wrong) => self.at(
                wrong.fault,
                format!("{}, without quotation marks", wrong.remedy),
            ),
            Ok(_) => self.at(
                "this cannot be read as a day",
                "write year, month and day, without quotation marks: 2026-11-20",
            ),
        }
    }

    /// Something stands behind what the line says.
    pub(super) fn more(&self) -> Told {
        let (before, rest) = (self.before().trim_end(), self.rest().trim());
        let line = self.line.trim();
        if line.starts_with('[') && !before.contains('=') {
            return match rest.starts_with(']') {
                true => self.at(
                    "this bracket closes nothing",
                    "write as many brackets before the name of a group as behind it: [name], or [[name]] for each part of a list",
                ),
                false => self.at(
                    "more stands on the line of this group's name",
                    "begin a new line behind the bracket; put `#` before a remark",
                ),
            };
        }
        if rest.starts_with("//") {
            return self.at(
                "a remark begins with `#`",
                format!("write # {}", rest.trim_start_matches(['/', ' '])),
            );
        }
        if rest.starts_with([']', '}']) {
            return self.at(
                "this bracket closes nothing",
                "take it out, or write the one that it closes",
            );
        }
        if is_key(rest) {
            return self.at(
                "a second key stands on this line",
                "begin a new line with it",
            );
        }
        let value = self.value();
        let is_number = before
            .rsplit('=')
            .next()
            .is_some_and(|value| value.trim().bytes().all(|byte| byte.is_ascii_digit()));
        if is_number && rest.starts_with(',') {
            return self.at(
                "a number has no comma",
                format!("write {}", value.replace(',', "")),
            );
        }
        if is_number && is_dated(&value.to_lowercase()) {
            return self.moment(value);
        }
        match before.chars().last() {
            Some(mark @ ('"' | '\'')) => self.behind_a_quotation(mark, before, rest),
            _ => self.at(
                "this text has no quotation marks",
                format!("put quotation marks at both ends{}", quoted(value)),
            ),
        }
    }

    /// Something follows a quotation mark that closes: most often that mark was meant as an
    /// apostrophe, or stands within a text that is itself in quotation marks.
    pub(super) fn behind_a_quotation(&self, mark: char, before: &str, rest: &str) -> Told {
        let range = before.len() - 1..before.len();
        let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        if mark == '\'' && is_word(before.chars().rev().nth(1)) && is_word(rest.chars().next()) {
            return self.on_line(
                range,
                "this apostrophe ends the text, and more follows",
                "put the text between double quotation marks (\" at both ends)",
            );
        }
        let other = if mark == '"' { "single" } else { "double" };
        self.on_line(
            range,
            "this quotation mark ends the text, and more follows",
            format!(
                "put the closing mark at the end of the text; where the text itself holds such marks, put {other} quotation marks around the whole of it"
            ),
        )
    }
}
