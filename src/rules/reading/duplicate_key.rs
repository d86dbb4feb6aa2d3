//! Keys that stand twice in one group: only the first would be read.
use super::super::prelude::*;

pub(super) const RULE: Rule = Rule {
    id: "duplicate-key",
    summary: "something is said twice",
    severity: Severity::Error,
    asked_by: &[],
    text: include_str!("duplicate_key.md"),
    check: Check::Desk(check),
};

fn check(desk: &Desk<'_>, found: &mut Findings) {
    super::tell(desk, found, crate::folder::FaultKind::DuplicateKey);
}
