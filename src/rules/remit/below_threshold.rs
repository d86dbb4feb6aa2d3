//! Requests that would be the panel's if they cost more.
use super::super::acceptance::or_accepted;
use super::super::prelude::*;
use super::super::ways::take_back;
use super::Below;
use crate::council::MoneyBase;

pub(super) const RULE: Rule = Rule {
    id: "below-threshold",
    summary: "the request costs too little to need the panel",
    severity: Severity::Error,
    asked_by: &["threshold/*"],
    text: include_str!("below_threshold.md"),
    check: Check::Case(check),
};

fn check(desk: &Desk<'_>, case: &Case<'_>, found: &mut Findings) {
    if super::is_in_remit(desk, case) || super::exclusions(desk, case).next().is_some() {
        return;
    }
    let Some(below) = super::below(desk, case).filter(|below| !below.is_cleared) else {
        return;
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
                "the request costs {}{}; the panel hears what costs more than {}",
                below.cost,
                counted(below.threshold.of),
                below.threshold.amount
            ),
        )
        .because(&below.threshold.basis)
        .help(what_to_do(case, &below) + &or_accepted(desk, case, RULE.id))
        .about(case.reference());
}

/// How much of a request a threshold looks at, said behind the amount.
const fn counted(of: MoneyBase) -> &'static str {
    match of {
        MoneyBase::Total => "",
        MoneyBase::Weekly => " a week",
        MoneyBase::Yearly => " in its first year",
        MoneyBase::OneOff => " paid once",
    }
}

fn what_to_do(case: &Case<'_>, below: &Below<'_>) -> String {
    let lines = "if a line is missing under `costs`, add it";
    let Some(what) = &below.threshold.cleared_by else {
        return format!(
            "{lines}; if none is, your service agrees it without the panel: {}",
            take_back(case)
        );
    };
    let role = below.threshold.cleared_by_role.as_ref();
    let who = role.map_or_else(
        || "somebody who may".to_owned(),
        |role| case.rules.one_of_posts(std::slice::from_ref(role)),
    );
    let entry = role.map_or("…", |role| {
        role.trim_end_matches(crate::council::OR_MORE_SENIOR)
    });
    format!(
        "{lines}; if none is, have {who} agree it without the panel and write that under `permissions`: `- {{for: {what}, role: {entry}, name: …, on: …}}`"
    )
}
