//! Requests that would be the panel's if they cost more.
use super::super::prelude::*;

pub(super) const RULE: Rule = Rule {
    id: "below-threshold",
    summary: "the request costs too little to need the panel",
    severity: Severity::Error,
    asked_by: &["threshold/*"],
    text: include_str!("below_threshold.md"),
    check: Check::Desk(check),
};

fn check(desk: &Desk<'_>, found: &mut Findings) {
    for case in desk.judged() {
        if super::is_in_remit(desk, case) {
            continue;
        }
        let Some((threshold, cost)) = super::below(desk, case) else {
            continue;
        };
        found
            .at(
                Desk::place(
                    case.file,
                    if case.referral().total.is_some() {
                        "total"
                    } else {
                        "costs"
                    },
                ),
                format!(
                    "the request costs {cost}; the panel hears requests over {}",
                    threshold.amount
                ),
            )
            .because(&threshold.basis)
            .help("agree it in the service without the panel; or, if lines are missing, add them")
            .about(case.reference());
    }
}
