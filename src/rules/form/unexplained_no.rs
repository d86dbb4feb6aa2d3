//! Questions of the form answered no without a reason.
use super::super::prelude::*;
use super::is_filler;
use crate::records::fields::{self, Filled};

pub(super) const RULE: Rule = Rule {
    id: "unexplained-no",
    summary: "a no on the form is not explained",
    severity: Severity::Error,
    asked_by: &["yes-no/*"],
    text: include_str!("unexplained_no.md"),
    check: Check::Case(check),
};

fn check(desk: &Desk<'_>, case: &Case<'_>, found: &mut Findings) {
    for question in &case.rules.yes_no {
        if !desk.holds(question.when.as_ref(), case) {
            continue;
        }
        // No answer at all is a blank part of the form, and told there.
        let (Some(false), _, explain) = fields::yes_no(case.referral(), &question.field) else {
            continue;
        };
        let message = match explain {
            Filled::Text(text) if is_filler(text) => {
                format!("answered no, and `{}` is no reason", text.trim())
            }
            Filled::Text(_) | Filled::Present => continue,
            Filled::Absent => "answered no, without a reason".to_owned(),
        };
        let path = format!("{}.explain", question.field);
        found
            .at(
                Desk::place(case.file, path.as_str()),
                format!("{message}: {}", question.label),
            )
            .because(&question.basis)
            .help(format!(
                "write {}: say why, and what is planned instead{}",
                super::line_at(&path),
                super::or_accepted(desk, case, RULE.id)
            ))
            .about(case.reference());
    }
}
