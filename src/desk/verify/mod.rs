//! Whether what was decided still stands as it was decided: every digest, every row of amendments,
//! every paper that was made of a decision, and what vouches for a final record.

mod amended;
mod decisions;
mod left_out;
mod meaning;
mod others;
mod papers;
mod seals;

pub(crate) use meaning::{MEANINGS, meaning_of};

use super::Desk;
use crate::findings::{Basis, Finding, Place, Severity};
use crate::folder::{DecisionFile, Kept, MeetingFolder};
use std::collections::BTreeMap;

/// Something that does not stand as it was decided.
#[derive(Debug, Clone)]
pub(crate) struct Doubt {
    /// What is wrong, where, and what to do.
    pub(crate) finding: Finding,
    /// The file that is no longer what its digest says, and that digest: for whoever can tell what
    /// changed it.
    pub(crate) differs: Option<(String, String)>,
}

impl Doubt {
    /// Something that is wrong with a file of the folder.
    pub(crate) fn about(
        rule: &str,
        severity: Severity,
        file: &str,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        debug_assert!(meaning_of(rule).is_some(), "`{rule}` is not explained");
        Self {
            finding: Finding {
                rule: rule.to_owned(),
                severity,
                message: message.into(),
                help: Some(help.into()),
                basis: Basis::default(),
                place: Place {
                    file: file.to_owned(),
                    path: String::new(),
                    span: None,
                },
                meant: None,
                reference: None,
                meeting: meeting_of(file).map(str::to_owned),
                accepted_by: None,
            },
            differs: None,
        }
    }

    fn error(rule: &str, file: &str, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::about(rule, Severity::Error, file, message, help)
    }

    fn at(mut self, path: &str) -> Self {
        path.clone_into(&mut self.finding.place.path);
        self
    }

    pub(crate) fn on(mut self, reference: &str) -> Self {
        self.finding.reference = Some(reference.to_owned());
        self
    }

    fn of_meeting(mut self, meeting: &str) -> Self {
        self.finding.meeting = Some(meeting.to_owned());
        self
    }

    fn differs(mut self, file: &str, digest: &str) -> Self {
        self.differs = Some((file.to_owned(), digest.to_owned()));
        self
    }
}

impl Desk<'_> {
    /// Everything that does not stand as it was decided, by file and place. `kept` are the files
    /// that were made of the records, and those that vouch for them.
    pub(crate) fn doubts(&self, kept: &[Kept]) -> Vec<Doubt> {
        let mut found = Vec::new();
        decisions::look(self, &mut found);
        papers::look(self, kept, &mut found);
        seals::look(self, kept, &mut found);
        others::look(self, &mut found);
        left_out::look(self, &mut found);
        in_order(&mut found);
        found
    }

    /// The decisions of one meeting, by the reference in their file's name, each with its row of
    /// amendments in order.
    fn rows(folder: &MeetingFolder) -> BTreeMap<&str, Vec<&DecisionFile>> {
        let mut rows: BTreeMap<&str, Vec<&DecisionFile>> = BTreeMap::new();
        for decision in &folder.decisions {
            rows.entry(named(decision)).or_default().push(decision);
        }
        for row in rows.values_mut() {
            row.sort_by(|one, other| {
                (one.number, &one.file.path).cmp(&(other.number, &other.file.path))
            });
        }
        rows
    }
}

/// The command that amends a decision, beginning with all that it says: from the decision's file.
/// Words to fill in stand where the file is in no meeting's folder.
pub(crate) fn amendment_of(desk: &Desk<'_>, path: &str) -> String {
    let name = name_of(path);
    // `R-1.2.yaml` is the second decision on R-1; a reference has no stop in it.
    let reference = name.split('.').next().unwrap_or(name);
    let meeting = meeting_of(path).and_then(|id| desk.meeting_in(id));
    let (reference, when, from) = match meeting {
        Some(meeting) if path.contains("/decisions/") => (reference, meeting.as_arguments(), path),
        _ => ("REFERENCE", "--date DAY".to_owned(), "FILE"),
    };
    format!("`panel decide {reference} {when} --amend REASON --from {from}`")
}

/// Puts what was found into the order of files and places, each thing once.
pub(crate) fn in_order(found: &mut Vec<Doubt>) {
    let key = |doubt: &Doubt| {
        let Finding {
            place,
            rule,
            message,
            ..
        } = &doubt.finding;
        (place.clone(), rule.clone(), message.clone())
    };
    found.sort_by_key(key);
    found.dedup_by_key(|doubt| key(doubt));
}

/// The reference in a decision's file name.
fn named(decision: &DecisionFile) -> &str {
    let stem = decision.file.stem();
    let number = format!(".{}", decision.number);
    stem.strip_suffix(number.as_str())
        .filter(|_| decision.number > 1)
        .unwrap_or(stem)
}

/// The meeting whose folder a file lies in.
fn meeting_of(file: &str) -> Option<&str> {
    let (meeting, inside) = file.strip_prefix("meetings/")?.split_once('/')?;
    (!inside.is_empty()).then_some(meeting)
}

fn name_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// Whether a text is a digest as panel writes one.
fn is_digest(text: &str) -> bool {
    let hex = text.strip_prefix("sha256:").unwrap_or_default();
    hex.len() == 64
        && hex
            .bytes()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}
