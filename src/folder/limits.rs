//! How large a record may be. What is beyond is refused with a finding of its own, so that no one
//! file can keep the others from being read.

use super::fault::{Fault, FaultKind};
use crate::findings::Span;
use serde::Deserialize;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The most that a record may hold: `[limits]` of panel.toml.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub(crate) struct Limits {
    /// Bytes of a file.
    #[serde(deserialize_with = "whole")]
    pub(crate) bytes: usize,
    /// Bytes of a line, its end not counted.
    #[serde(deserialize_with = "whole")]
    pub(crate) line: usize,
    /// Keys, values and items of a record, all together.
    #[serde(deserialize_with = "whole")]
    pub(crate) entries: usize,
    /// Lists and groups in one another.
    #[serde(deserialize_with = "whole")]
    pub(crate) depth: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 5_000_000,
            line: 50_000,
            entries: 10_000,
            depth: 40,
        }
    }
}

/// A limit may be larger than any number of a form, which a plain whole number is held to.
fn whole<'de, D: serde::Deserializer<'de>>(from: D) -> Result<usize, D::Error> {
    let number = u64::deserialize(from)?;
    Ok(usize::try_from(number).unwrap_or(usize::MAX))
}

/// The most that can be asked for: beyond it, time and memory are no longer what is promised.
const CEILING: Limits = Limits {
    bytes: 100_000_000,
    line: 5_000_000,
    entries: 1_000_000,
    depth: 100,
};

/// Faults of one file that are told; whoever has put these right is told the rest.
pub(super) const MOST_FAULTS: usize = 200;

/// What holds in this run of the program: a record is read again wherever its text is shown or
/// changed, and has to be read alike everywhere.
static NOW: [AtomicUsize; 4] = [
    AtomicUsize::new(5_000_000),
    AtomicUsize::new(50_000),
    AtomicUsize::new(10_000),
    AtomicUsize::new(40),
];

impl Limits {
    /// What holds in this run.
    pub(crate) fn now() -> Self {
        let [bytes, line, entries, depth] = &NOW;
        let [bytes, line, entries, depth] =
            [bytes, line, entries, depth].map(|limit| limit.load(Ordering::Relaxed));
        Self {
            bytes,
            line,
            entries,
            depth,
        }
    }

    /// Makes them hold from now on.
    pub(super) fn hold(self) {
        let all = [self.bytes, self.line, self.entries, self.depth];
        for (own, limit) in NOW.iter().zip(all) {
            own.store(limit, Ordering::Relaxed);
        }
    }

    /// The first that is nought or beyond what can be asked for: its key, and what is wrong.
    pub(super) fn fault(self) -> Option<(&'static str, String)> {
        let all = [
            ("bytes", self.bytes, CEILING.bytes),
            ("line", self.line, CEILING.line),
            ("entries", self.entries, CEILING.entries),
            ("depth", self.depth, CEILING.depth),
        ];
        let (key, _, most) = all
            .into_iter()
            .find(|(_, limit, most)| *limit == 0 || limit > most)?;
        Some((key, format!("`{key}` is a whole number from 1 to {most}")))
    }

    /// What stands in the way of reading a text at all: a line that is too long.
    pub(super) fn refused(self, text: &str) -> Option<Fault> {
        if text.len() <= self.line {
            return None;
        }
        let (line, long) = (1u32..)
            .zip(text.split('\n'))
            .find(|(_, line)| line.len() > self.line)?;
        Some(
            Fault::at(
                FaultKind::Syntax,
                Span::on_line(line, 1, 2),
                format!(
                    "this line has {} bytes; no form has more than {} in one",
                    long.len(),
                    self.line
                ),
            )
            .help("break the line, or take out what does not belong in the form; `line` under [limits] in panel.toml allows more"),
        )
    }

    /// Whether a text could hold more entries than a record may: only then are they counted.
    pub(super) fn may_be_passed_by(self, text: &str) -> bool {
        let begins = |byte: &u8| matches!(byte, b'\n' | b',' | b':' | b'-' | b'[' | b'{');
        text.len() > self.entries && text.bytes().filter(begins).count() > self.entries
    }
}

/// More entries than a record may hold.
pub(super) fn too_many(most: usize, span: Span) -> Fault {
    Fault::at(
        FaultKind::Syntax,
        span,
        format!("this file holds more than {most} keys and values; no form does"),
    )
    .help("take out what does not belong in the form; `entries` under [limits] in panel.toml allows more")
}

/// More entries than a rule file or panel.toml may hold.
pub(super) fn more_than_a_rule_file(most: usize, span: Span) -> Fault {
    Fault::at(
        FaultKind::Syntax,
        span,
        format!("this file holds more than {most} keys and values; no council's rules do"),
    )
    .help("take out what is no rule or setting, or build on another file with `extends`; `entries` under [limits] in panel.toml allows a rule file more")
}

/// Keeps the first faults of a file that has very many, and says so: the file as a whole then
/// counts as one that could not be read.
pub(crate) fn keep_first(faults: &mut Vec<Fault>) {
    if faults.len() <= MOST_FAULTS {
        return;
    }
    faults.truncate(MOST_FAULTS);
    let span = faults.last().map_or(Span::START, |last| last.span);
    let more = Fault::at(
        FaultKind::Syntax,
        span,
        format!("this file has more than {MOST_FAULTS} faults; the others are not told"),
    );
    faults.push(more.help("put right those before this one and check again"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_holds_at_first_is_what_is_documented() {
        assert_eq!(Limits::now(), Limits::default());
        assert_eq!(Limits::default().fault(), None);
        assert_eq!(CEILING.fault(), None);
    }

    #[test]
    fn a_limit_of_nought_or_beyond_all_measure_is_a_fault() {
        let nought = Limits {
            line: 0,
            ..Limits::default()
        };
        assert_eq!(nought.fault().map(|(key, _)| key), Some("line"));
        let beyond = Limits {
            depth: 101,
            ..Limits::default()
        };
        assert_eq!(beyond.fault().map(|(key, _)| key), Some("depth"));
    }
}
