//! Requests that the council's policy does not bring to this panel.
use super::super::prelude::*;

pub(super) const RULE: Rule = Rule {
    id: "no-criterion",
    summary: "the request meets none of the panel's criteria",
    severity: Severity::Error,
    asked_by: &["criterion/*"],
    text: include_str!("no_criterion.md"),
    check: Check::Desk(check),
};

fn check(desk: &Desk<'_>, found: &mut Findings) {
    if desk.council.criteria.is_empty() {
        return;
    }
    for case in desk.judged() {
        // A review is always in remit; what is below a threshold has a rule of its own.
        if super::is_in_remit(desk, case)
            || super::below(desk, case).is_some()
            || case.kind().is_empty()
            || waits_for_costs(desk, case)
        {
            continue;
        }
        let first = &desk.council.criteria[0];
        let grounds: Vec<String> = desk
            .council
            .criteria
            .iter()
            .map(|criterion| {
                format!(
                    "{} ({})",
                    criterion.label,
                    criterion.basis.clauses.join(", ")
                )
            })
            .collect();
        let kind = desk.council.words.label(Use::Kind, case.kind());
        let mut basis = first.basis.clone();
        basis.clauses = desk
            .council
            .criteria
            .iter()
            .flat_map(|criterion| criterion.basis.clauses.clone())
            .collect();
        basis.clauses.sort();
        basis.clauses.dedup();
        found
            .at(
                Desk::place(case.file, "request.kind"),
                format!("this request ({}) meets none of the criteria of the {}", kind.to_lowercase(), desk.council.about.panel),
            )
            .because(&basis)
            .help(format!("the panel hears: {}. If one of these fits, put `request` right; else agree it without the panel", grounds.join("; ")))
            .about(case.reference());
    }
}

/// Whether the costs are still to be written that could bring the request into remit: until then
/// the gap is in the costs, and told there.
fn waits_for_costs(desk: &Desk<'_>, case: &Case<'_>) -> bool {
    let Some(costs) = &desk.council.costs else {
        return false;
    };
    let turns_on_cost = desk.council.criteria.iter().any(|criterion| {
        criterion
            .when
            .names()
            .iter()
            .any(|name| name.starts_with("cost."))
    });
    (case.costs.is_empty() || case.has_doubtful_costs())
        && turns_on_cost
        && desk.holds(costs.when.as_ref(), case)
}
