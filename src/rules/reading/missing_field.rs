//! Keys without which a file cannot be used at all.
use super::super::prelude::*;

pub(super) const RULE: Rule = Rule {
    id: "missing-field",
    summary: "something is missing without which the file cannot be used",
    severity: Severity::Error,
    asked_by: &[],
    text: include_str!("missing_field.md"),
    check: Check::Desk(check),
};

fn check(desk: &Desk<'_>, found: &mut Findings) {
    super::tell(desk, found, crate::folder::FaultKind::MissingField);
}
