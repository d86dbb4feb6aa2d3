//! How lines stand to one another: tabs, steps inwards, keys and their colons, dashes.

use super::refused::second_document;
use super::{INWARDS, LONGEST_SHOWN, Page, fault, shown};
use crate::folder::fault::Fault;

impl Page<'_> {
    pub(super) fn tab(&self) -> Option<Fault> {
        let leads = |line: &str| {
            let lead = line.trim_start();
            !lead.is_empty() && line[..line.len() - lead.len()].contains('\t')
        };
        let is_behind_key = self.lines.before(self.line, self.column).contains('\t')
            && !leads(self.lines.line(self.line));
        let line = if is_behind_key {
            self.line
        } else {
            self.lines.find(self.line, leads)?
        };
        let text = self.lines.line(line);
        let from = text.chars().position(|c| c == '\t')?;
        let length = text.chars().skip(from).take_while(|c| *c == '\t').count();
        let span = self.lines.span(line, from, from + length);
        Some(if is_behind_key {
            fault(
                span,
                "a tab stands behind this key, where a space belongs",
                "put one space in its place",
            )
        } else {
            fault(
                span,
                "this line begins with a tab, where only spaces may stand",
                format!("put spaces in its place: {INWARDS}"),
            )
        })
    }

    pub(super) fn list_behind_its_key(&self) -> Fault {
        let item = self.lines.rest(self.line, self.column);
        let item = item.trim_start_matches('-').trim();
        let bracketed = if item.chars().count() <= LONGEST_SHOWN && !item.contains([',', ':']) {
            format!(", or write it in square brackets: [{item}]")
        } else {
            String::new()
        };
        fault(
            self.here(1),
            "a list begins on the line of its key",
            format!(
                "begin it on the next line, further in by two spaces{bracketed}; put text that begins with a dash in quotation marks"
            ),
        )
    }

    /// What follows the end of the record: a line further out than its first key, or what stands
    /// behind `...`.
    pub(super) fn further_out(&self) -> Fault {
        if self.lines.line(self.line).starts_with("...") {
            return second_document(self.lines.span_of_rest(self.line, 0));
        }
        fault(
            self.lines.span_of_rest(self.line, self.column),
            "this line does not belong to what stands above it",
            "let every key of the file's own begin in the first column, with a colon and a space behind it",
        )
    }

    /// A colon where none may stand: within a text, or behind a key that is out of line.
    pub(super) fn colon(&self) -> Option<Fault> {
        let own = self
            .lines
            .keyed(self.line)
            .filter(|own| own.colon == self.column);
        let Some(own) = own else {
            let value = self
                .lines
                .keyed(self.line)
                .filter(|keyed| keyed.colon < self.column)
                .map_or("", |keyed| keyed.value);
            let marks = if value.starts_with(['“', '”', '‘', '’', '„', '«']) {
                "straight "
            } else {
                ""
            };
            let long = value.chars().count() > LONGEST_SHOWN;
            let below = if long {
                ", or on the lines below the key after `>-`, further in by two spaces"
            } else {
                ""
            };
            let bare = value.trim_start_matches(['“', '”', '‘', '’', '„', '«']);
            let bare = bare.trim_end_matches(['“', '”', '‘', '’', '»']);
            return Some(fault(
                self.here(1),
                "a colon with a space behind it stands within this text",
                format!(
                    "put the whole text in {marks}quotation marks{}{below}",
                    shown(bare)
                ),
            ));
        };
        let above = self.lines.above(self.line)?;
        if let Some(fault) = self.lacks_space(above).or_else(|| self.lacks_colon(above)) {
            return Some(fault);
        }
        let beside = self.lines.keyed(above).map(|keyed| keyed.key);
        Some(fault(
            self.lines.span(self.line, own.from, own.colon),
            format!("`{}` is further in than the line above allows", own.key),
            match beside {
                Some(beside) => format!(
                    "let it begin in the same column as `{beside}`; where it belongs below `{beside}`, take away what stands behind `{beside}:`"
                ),
                None => format!("line it up with the keys of its group: {INWARDS}"),
            },
        ))
    }

    /// A line before the place that has no colon behind its key, or no space behind that colon.
    pub(super) fn no_colon(&self) -> Option<Fault> {
        let is_begun = !self.lines.before(self.line, self.column).trim().is_empty();
        let line = if is_begun {
            self.line
        } else {
            self.lines.above(self.line)?
        };
        self.lacks_space(line).or_else(|| {
            let from = self.lines.indent(line);
            let rest = self.lines.rest(line, from);
            let is_dash = rest.starts_with('-') && !rest.starts_with("- ");
            Some(if is_dash {
                fault(
                    self.lines.span(line, from, from + 1),
                    "a space is missing behind this dash",
                    "begin each part of a list with a dash and a space",
                )
            } else {
                self.lacks_colon(line)?
            })
        })
    }

    pub(super) fn lacks_space(&self, line: usize) -> Option<Fault> {
        let keyed = self.lines.keyed(line).filter(|keyed| !keyed.is_spaced)?;
        let value = keyed.value;
        let whole = format!("{}: {value}", keyed.key);
        let as_shown = if whole.chars().count() <= LONGEST_SHOWN {
            format!(": {whole}")
        } else {
            String::new()
        };
        Some(fault(
            self.lines.span(line, keyed.colon, keyed.colon + 1),
            "a space is missing behind this colon",
            format!("write a space between the colon and what follows{as_shown}"),
        ))
    }

    pub(super) fn lacks_colon(&self, line: usize) -> Option<Fault> {
        let text = self.lines.line(line);
        if text.trim_start().starts_with(['-', '#']) || text.contains(": ") || text.ends_with(':') {
            return None;
        }
        let from = self.lines.indent(line);
        Some(fault(
            self.lines.span_of_rest(line, from),
            "this line has no colon, so it is no key",
            "write the key, a colon, a space and then what it says; text that goes on from the line above stands further in than its key",
        ))
    }

    pub(super) fn no_dash(&self) -> Fault {
        fault(
            self.lines.span_of_rest(self.line, self.column),
            "a list stands above this line, and this line does not begin with a dash",
            "begin each part of the list with `- `; a key that follows the list begins in the same column as the list's own key",
        )
    }

    /// A line that fits none of the groups and texts above it.
    pub(super) fn out_of_line(&self) -> Option<Fault> {
        let before = self.lines.before(self.line, self.column).trim_end();
        if before.ends_with([']', '}']) {
            let value = self.lines.keyed(self.line).map_or("", |keyed| keyed.value);
            return Some(fault(
                self.lines.span_of_rest(self.line, self.column),
                "text goes on behind a closing bracket",
                format!(
                    "put the whole text in quotation marks where it only begins with a bracket{}",
                    shown(value)
                ),
            ));
        }
        if self.lines.rest(self.line, self.column).starts_with('-') {
            return Some(fault(
                self.here(1),
                "this dash does not line up with the list or the keys above it",
                format!("let every part of a list begin in the same column: {INWARDS}"),
            ));
        }
        Some(match self.lines.keyed(self.line) {
            Some(own) => fault(
                self.lines.span(self.line, own.from, own.colon),
                format!("`{}` does not line up with the keys above it", own.key),
                format!("let the keys of one group begin in the same column: {INWARDS}"),
            ),
            None => fault(
                self.lines.span_of_rest(self.line, self.column),
                "this line is not far enough in to belong to the text above it",
                "let every line of a text begin in the same column, further in than its key",
            ),
        })
    }
}
