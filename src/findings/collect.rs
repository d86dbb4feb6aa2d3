//! Collecting findings from the rules, and putting them in their one order.

use super::{Basis, Finding, Place, Severity, in_short};

/// What the rules have found so far.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    rule: &'static str,
    severity: Option<Severity>,
    found: Vec<Finding>,
}

impl Findings {
    /// Begins a rule: what is found next is its.
    pub(crate) fn begin(&mut self, rule: &'static str, severity: Severity) {
        self.rule = rule;
        self.severity = Some(severity);
    }

    /// Another id than the rule's own: a finding that the council's file names itself.
    pub(crate) fn named(
        &mut self,
        id: &str,
        place: Place,
        message: impl Into<String>,
    ) -> Pending<'_> {
        let own = self.at(place, message);
        own.finding.rule = id.to_owned();
        own
    }

    /// A finding at a place; its clause, help and child are added to what comes back.
    pub(crate) fn at(&mut self, place: Place, message: impl Into<String>) -> Pending<'_> {
        self.found.push(Finding {
            rule: self.rule.to_owned(),
            severity: self.severity.unwrap_or(Severity::Error),
            message: in_short(message.into()),
            help: None,
            basis: Basis::default(),
            place,
            meant: None,
            reference: None,
            meeting: None,
            accepted_by: None,
        });
        let last = self.found.len() - 1;
        Pending {
            finding: &mut self.found[last],
        }
    }

    /// Everything found, in the one order that every output keeps: file, place, rule, message.
    pub(crate) fn into_sorted(self) -> Vec<Finding> {
        let mut found = self.found;
        found.sort_by(|one, other| {
            (&one.place.file, &one.place.path, &one.rule, &one.message).cmp(&(
                &other.place.file,
                &other.place.path,
                &other.rule,
                &other.message,
            ))
        });
        found.dedup();
        found
    }
}

/// A finding that can still be told more about.
#[derive(Debug)]
pub(crate) struct Pending<'a> {
    finding: &'a mut Finding,
}

impl Pending<'_> {
    /// What asks for it: an entry of the council's rule file, which may say how much it weighs.
    pub(crate) fn because(self, basis: &Basis) -> Self {
        self.finding.basis = basis.clone();
        if let Some(severity) = basis.severity {
            self.finding.severity = severity;
        }
        self
    }

    /// What to do.
    pub(crate) fn help(self, help: impl Into<String>) -> Self {
        self.finding.help = Some(in_short(help.into()));
        self
    }

    /// The path of the key that was meant.
    pub(crate) fn meant(self, path: Option<String>) -> Self {
        self.finding.meant = path;
        self
    }

    /// The referral it concerns.
    pub(crate) fn about(self, reference: &str) -> Self {
        self.finding.reference = Some(reference.to_owned());
        self
    }

    /// The meeting it concerns.
    pub(crate) fn of_meeting(self, folder: &str) -> Self {
        self.finding.meeting = Some(folder.to_owned());
        self
    }

    /// No more weight than this; less where the council's file says so.
    pub(crate) fn at_most(self, severity: Severity) -> Self {
        self.finding.severity = self.finding.severity.max(severity);
        self
    }

    /// Another weight than the rule's own.
    pub(crate) fn weighing(self, severity: Severity) -> Self {
        self.finding.severity = severity;
        self
    }
}
