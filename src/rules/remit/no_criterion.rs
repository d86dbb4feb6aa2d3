//! Requests that the council's policy does not bring to this panel.
use super::super::acceptance::or_accepted;
use super::super::prelude::*;
use super::super::ways::take_back;
use crate::council::MoneyBase;

pub(super) const RULE: Rule = Rule {
    id: "no-criterion",
    summary: "the request meets none of the panel's criteria",
    severity: Severity::Error,
    asked_by: &["criterion/*"],
    text: include_str!("no_criterion.md"),
    check: Check::Case(check),
};

fn check(desk: &Desk<'_>, case: &Case<'_>, found: &mut Findings) {
    let criteria = &case.rules.criteria;
    let Some(first) = criteria.first() else {
        return;
    };
    // A review is always in remit; what is excluded or below a threshold has a rule of its own.
    if super::is_in_remit(desk, case)
        || super::exclusions(desk, case).next().is_some()
        || super::below(desk, case).is_some()
        || case.kind().is_empty()
        || waits_for_costs(desk, case)
    {
        return;
    }
    let grounds: Vec<String> = criteria
        .iter()
        .map(|criterion| match criterion.basis.clauses.join(", ") {
            clauses if clauses.is_empty() => criterion.label.clone(),
            clauses => format!("{} ({clauses})", criterion.label),
        })
        .collect();
    let kind = case.rules.words.label(Use::Kind, case.kind());
    let mut basis = first.basis.clone();
    basis.clauses = criteria
        .iter()
        .flat_map(|criterion| criterion.basis.clauses.clone())
        .collect();
    basis.clauses.sort();
    basis.clauses.dedup();
    // The reason and the weight of one ground are not those of all.
    if !basis.clauses.is_empty() {
        basis.assumption = None;
    }
    let is_same = |one: &crate::council::Criterion| one.basis.severity == first.basis.severity;
    if !criteria.iter().all(is_same) {
        basis.severity = None;
    }
    found
        .at(
            Desk::place(case.file, "request.kind"),
            format!("this request ({}) meets none of the criteria of the {}", kind.to_lowercase(), case.rules.panel_name()),
        )
        .because(&basis)
        .help(format!(
            "the panel hears: {}. If one of these fits, the form does not show it yet: put `kind` under `request`, `legal_status` under `child` or the lines under `costs` right; if none does, your service agrees it without the panel: {}{}",
            grounds.join("; "),
            take_back(case),
            or_accepted(desk, case, RULE.id)
        ))
        .about(case.reference());
}

/// Whether the costs are still to be written that could bring the request into remit: until then
/// the gap is in the costs, and told there.
fn waits_for_costs(desk: &Desk<'_>, case: &Case<'_>) -> bool {
    let Some(costs) = &case.rules.costs else {
        return false;
    };
    let turns_on_cost = case
        .rules
        .criteria
        .iter()
        .any(|criterion| super::turns_on_cost(&criterion.when));
    (desk.subject(case).cost(MoneyBase::Total).is_none() || case.has_doubtful_costs())
        && turns_on_cost
        && desk.holds(costs.when.as_ref(), case)
}
