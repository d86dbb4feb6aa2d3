//! Other funders who are needed, and of whom the form says nothing.
use super::super::prelude::*;
use super::{is_answer, or_accepted};

pub(super) const RULE: Rule = Rule {
    id: "funding-source-unexplained",
    summary: "another funder is needed, and it is not said what they were asked",
    severity: Severity::Error,
    asked_by: &["funding-sources"],
    text: include_str!("funding_source_unexplained.md"),
    check: Check::Case(check),
};

fn check(desk: &Desk<'_>, case: &Case<'_>, found: &mut Findings) {
    let Some(asked) = &case.rules.funding_sources else {
        return;
    };
    if !desk.holds(asked.when.as_ref(), case) {
        return;
    }
    let words = &case.rules.words;
    let id = |written: &str| {
        words
            .find(Use::Funder, written)
            .map_or_else(|| written.to_owned(), |known| known.id.clone())
    };
    let accepted = or_accepted(desk, case, RULE.id);
    let referral = case.referral();
    for (row, need) in referral.needs.iter().enumerate() {
        let has_line = referral.funding.iter().any(|line| {
            line.source
                .as_deref()
                .is_some_and(|source| id(source) == id(need))
        });
        if has_line || need.trim().is_empty() {
            continue;
        }
        found
            .at(
                Desk::place(case.file, format!("needs[{row}]")),
                format!(
                    "{} is needed, and `funding` does not say what they were asked",
                    words.label(Use::Funder, need)
                ),
            )
            .because(&asked.basis)
            .help(format!(
                "add `- {{source: {}, status: asked, note: …}}` under `funding`; the status is asked, agreed, refused or not-asked{accepted}",
                id(need)
            ))
            .about(case.reference());
    }
    for (row, line) in referral.funding.iter().enumerate() {
        if line.status.as_deref() != Some("not-asked") || is_answer(line.note.as_ref()) {
            continue;
        }
        let who = line.source.as_deref().unwrap_or("this funder");
        found
            .at(
                Desk::place(case.file, format!("funding[{row}].note")),
                format!(
                    "it is not said why {} was not asked",
                    words.label(Use::Funder, who)
                ),
            )
            .because(&asked.basis)
            .help(format!(
                "write the reason as `note: …` in this line, or ask them{accepted}"
            ))
            .about(case.reference());
    }
}
