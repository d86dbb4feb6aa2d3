//! Papers beside the form, where the panel reads the form alone.
use super::super::acceptance::{acceptable_by, command};
use super::super::prelude::*;
use super::super::ways::by_the_cut_off;

pub(super) const RULE: Rule = Rule {
    id: "extra-document",
    summary: "a paper beside the form that nobody has agreed to",
    severity: Severity::Error,
    asked_by: &["extra-documents"],
    text: include_str!("extra_document.md"),
    check: Check::Case(check),
};

fn check(desk: &Desk<'_>, case: &Case<'_>, found: &mut Findings) {
    let Some(asked) = &case.rules.extra_documents else {
        return;
    };
    if case.referral().documents.is_empty() || !desk.holds(asked.when.as_ref(), case) {
        return;
    }
    let or_agreed = acceptable_by(desk, case, RULE.id)
        .map(|who| {
            let command = command(desk, case, RULE.id);
            format!("; or have {who} agree to it on the record: {command}")
        })
        .unwrap_or_default();
    for (row, paper) in case.referral().documents.iter().enumerate() {
        let kind = paper
            .kind
            .as_deref()
            .map(|kind| case.rules.words.label(Use::Document, kind));
        let name = paper
            .title
            .as_deref()
            .filter(|title| !title.trim().is_empty())
            .or(kind)
            .map(|name| format!(": {}", name.trim()))
            .unwrap_or_default();
        found
            .at(
                Desk::place(case.file, format!("documents[{row}]")),
                format!("the panel reads the form alone, and another report is listed{name}"),
            )
            .because(&asked.basis)
            .help(format!(
                "write what matters from it in the part of the form where it belongs, and take this line out of `documents`{}{or_agreed}",
                by_the_cut_off(desk, case)
            ))
            .about(case.reference());
    }
}
