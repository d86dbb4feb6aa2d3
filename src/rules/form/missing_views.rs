//! Views of the child, the family or others that the form asks for and does not have.
use super::super::prelude::*;
use crate::records::fields::{self, Filled};

pub(super) const RULE: Rule = Rule {
    id: "missing-views",
    summary: "somebody's views are not on the form",
    severity: Severity::Error,
    asked_by: &["view/*"],
    text: include_str!("missing_views.md"),
    check: Check::Case(check),
};

fn check(desk: &Desk<'_>, case: &Case<'_>, found: &mut Findings) {
    for asked in &case.rules.views_asked {
        if !desk.holds(asked.when.as_ref(), case) {
            continue;
        }
        let gaps: Vec<_> = asked
            .any_of
            .iter()
            .map(|whose| {
                let filled = fields::view(case.referral(), whose);
                (whose, filled, super::gap(filled))
            })
            .collect();
        // Any one of them serves.
        if gaps.iter().any(|(_, _, gap)| gap.is_none()) {
            continue;
        }
        let told = gaps
            .iter()
            .find(|(_, filled, _)| *filled != Filled::Absent)
            .or(gaps.first());
        let Some((whose, _, Some(gap))) = told else {
            continue;
        };
        found
            .at(
                Desk::place(case.file, format!("views.{whose}")),
                format!("{gap}: {}", asked.label),
            )
            .because(&asked.basis)
            .help(format!(
                "write what they said as {}; if they could not be asked, write there why, and what was done to ask{}",
                lines(&asked.any_of),
                super::or_accepted(desk, case, RULE.id)
            ))
            .about(case.reference());
    }
}

fn lines(any_of: &[String]) -> String {
    let lines: Vec<String> = any_of.iter().map(|whose| format!("`{whose}: …`")).collect();
    format!("{} under `views`", lines.join(" or "))
}
