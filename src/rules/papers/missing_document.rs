//! Papers that must go with the referral and are not listed.
use super::super::prelude::*;
use super::{or_accepted, serving};

pub(super) const RULE: Rule = Rule {
    id: "missing-document",
    summary: "a paper that must go with the referral is missing",
    severity: Severity::Error,
    asked_by: &["document/*"],
    text: include_str!("missing_document.md"),
    check: Check::Case(check),
};

fn check(desk: &Desk<'_>, case: &Case<'_>, found: &mut Findings) {
    // What somebody else gives is expected from them by the agenda, not from the worker.
    let asked = case
        .rules
        .documents
        .iter()
        .filter(|asked| asked.given_by.is_none());
    for asked in asked {
        if !desk.holds(asked.when.as_ref(), case) || serving(case, asked).next().is_some() {
            continue;
        }
        let kinds: Vec<String> = asked
            .any_of
            .iter()
            .map(|kind| format!("`- {{kind: {kind}, title: …, dated: …}}`"))
            .collect();
        found
            .at(
                Desk::place(case.file, "documents"),
                format!("a paper is missing: {}", asked.label),
            )
            .because(&asked.basis)
            .help(format!(
                "write below `documents:` {}, with the day that it bears{}",
                kinds.join(" or "),
                or_accepted(desk, case, RULE.id)
            ))
            .about(case.reference());
    }
}
