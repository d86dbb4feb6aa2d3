//! The entries of a rule file as `panel rules` lists them.

use crate::findings::Severity;
use crate::records::Day;

/// One entry of the rule file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Listed {
    /// The mechanism, and the entry's own id or name where it has one.
    pub(crate) id: String,
    /// Heading under which people look for it.
    pub(crate) group: &'static str,
    /// How much a breach weighs; a note where nothing is judged.
    pub(crate) severity: Severity,
    /// Clauses, in the policy's own numbering.
    pub(crate) sources: Vec<String>,
    /// The reason, where the policy is silent.
    pub(crate) assumption: Option<String>,
    /// What it says.
    pub(crate) text: String,
    /// The commands in which it has an effect.
    pub(crate) shown_by: Vec<&'static str>,
    /// The first day on which it is in force.
    pub(crate) from: Option<Day>,
    /// The first day on which it no longer is.
    pub(crate) until: Option<Day>,
    /// The panels or parts that it is for; all where empty.
    pub(crate) only: Vec<String>,
    /// Its line in the rule file.
    pub(crate) line: u32,
}
