//! Findings: what is wrong, which clause wants it, where, and what to do; and their order.

mod collect;

pub(crate) use collect::{Findings, Pending};

use schemars::JsonSchema;
use serde::Serialize;

/// How much a finding weighs. Only errors hold a referral back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Severity {
    /// Stops a referral from being ready, or says that a record is wrong.
    Error,
    /// Worth putting right; stops nothing.
    Warning,
    /// For the reader to know.
    Note,
}

impl Severity {
    /// The word as it is printed and as rule files write it.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// A message that quotes what somebody wrote, which can be a book: its beginning, with a sign that
/// there is more.
pub(crate) fn in_short(message: String) -> String {
    const LONGEST: usize = 2_000;
    if message.len() <= LONGEST {
        return message;
    }
    let mut end = LONGEST;
    while !message.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}…", &message[..end])
}

/// A stretch of a file: lines and columns count from 1, columns in characters, the end exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) struct Span {
    /// First line.
    pub(crate) line: u32,
    /// First column.
    pub(crate) column: u32,
    /// Last line.
    pub(crate) end_line: u32,
    /// The column after the last.
    pub(crate) end_column: u32,
}

impl Span {
    /// A stretch of one line.
    pub(crate) const fn on_line(line: u32, column: u32, end_column: u32) -> Self {
        Self {
            line,
            column,
            end_line: line,
            end_column,
        }
    }

    /// Whether another stretch lies within this one.
    pub(crate) fn holds(self, other: Self) -> bool {
        (self.line, self.column) <= (other.line, other.column)
            && (other.end_line, other.end_column) <= (self.end_line, self.end_column)
    }

    /// The first character of a file.
    pub(crate) const START: Self = Self::on_line(1, 1, 1);
}

/// A place in a file by its meaning: the file, and the path of keys inside it.
///
/// It becomes a [`Span`] only when a finding is printed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    /// Path from the case folder, with `/`.
    pub(crate) file: String,
    /// Keys and indices, like `costs[0].weekly`; empty for the file as a whole.
    pub(crate) path: String,
    /// Set where the reading already knows the stretch (a fault of syntax has no path).
    pub(crate) span: Option<Span>,
}

/// Where the council's rule file asks for something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct Because {
    /// The rule file.
    pub(crate) file: String,
    /// Its line, from 1.
    pub(crate) line: u32,
}

/// What an entry of the rule file rests on: clauses of the policy, or an assumption.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Basis {
    /// Ids of clauses in the council's own numbering.
    pub(crate) clauses: Vec<String>,
    /// The reason, where the policy is silent.
    pub(crate) assumption: Option<String>,
    /// How much a breach weighs, where the entry says so itself.
    pub(crate) severity: Option<Severity>,
    /// Where the entry stands.
    pub(crate) because: Option<Because>,
}

/// Who accepted a finding, when and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct AcceptedBy {
    /// Name as written.
    pub(crate) name: String,
    /// Post.
    pub(crate) role: String,
    /// Day, where given.
    pub(crate) on: Option<String>,
    /// Reason, where given.
    pub(crate) reason: Option<String>,
}

/// One thing to tell: complete but for its stretch of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Finding {
    /// Id of the rule.
    pub(crate) rule: String,
    /// Weight.
    pub(crate) severity: Severity,
    /// What is wrong.
    pub(crate) message: String,
    /// What to do.
    pub(crate) help: Option<String>,
    /// What asks for it.
    pub(crate) basis: Basis,
    /// Where.
    pub(crate) place: Place,
    /// The path of the key that was meant, where this one is misspelt: that it is missing is told
    /// here.
    pub(crate) meant: Option<String>,
    /// The referral it concerns.
    pub(crate) reference: Option<String>,
    /// The meeting it concerns, by folder name, where it is about a meeting.
    pub(crate) meeting: Option<String>,
    /// Set where it has been accepted on the record.
    pub(crate) accepted_by: Option<AcceptedBy>,
}

impl Finding {
    /// Whether it still counts as an error.
    pub(crate) fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}
