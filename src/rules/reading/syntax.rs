//! Files that are not plain YAML, and marks that no form needs.
use super::super::prelude::*;

pub(super) const RULE: Rule = Rule {
    id: "syntax",
    summary: "the file cannot be read as plain YAML",
    severity: Severity::Error,
    asked_by: &[],
    text: include_str!("syntax.md"),
    check: Check::Desk(check),
};

fn check(desk: &Desk<'_>, found: &mut Findings) {
    super::tell(desk, found, crate::folder::FaultKind::Syntax);
}
