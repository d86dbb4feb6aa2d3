//! Requests without cost lines, lines without an amount, and a total that is not declared.
use super::super::prelude::*;
use super::super::ways::take_back;
use super::{has_fault_under, or_accepted};

pub(super) const RULE: Rule = Rule {
    id: "missing-costs",
    summary: "the cost of the request is not on the form",
    severity: Severity::Error,
    asked_by: &["costs"],
    text: include_str!("missing_costs.md"),
    check: Check::Case(check),
};

fn check(desk: &Desk<'_>, case: &Case<'_>, found: &mut Findings) {
    let Some(asked) = &case.rules.costs else {
        return;
    };
    let referral = case.referral();
    // What is to end costs nothing; what its notice costs is written like any other line.
    if is_ending(case) && referral.costs.is_empty() {
        return;
    }
    // The costs of one request for several children stand with its lead.
    if case.costs_on.is_some() || !desk.holds(asked.when.as_ref(), case) {
        return;
    }
    let accepted = || or_accepted(desk, case, RULE.id);
    if let (Some(lead), true) = (&referral.part_of, referral.costs.is_empty()) {
        found
            .at(
                Desk::place(case.file, "part_of"),
                format!("the costs stood on {lead}, which has been taken back: this request has none now"),
            )
            .because(&asked.basis)
            .help(format!(
                "if this child's part is still asked for, take `part_of` out and write `costs:` and `total:` of its own; if it is not, {}{}",
                take_back(case),
                accepted()
            ))
            .about(case.reference());
        return;
    }
    if referral.costs.is_empty() {
        found
            .at(
                Desk::place(case.file, "costs"),
                "nothing is written about what the request costs",
            )
            .because(&asked.basis)
            .help(format!("add `costs:` and below it a line for each thing asked for, `- {{item: …, description: …, weekly: …, weeks: …}}` or with `one_off: …`, and then `total: …` with their sum{}", accepted()))
            .about(case.reference());
        return;
    }
    for (row, line) in referral.costs.iter().enumerate() {
        if line.weekly.is_some()
            || line.one_off.is_some()
            || has_fault_under(case.file, &format!("costs[{row}]"))
        {
            continue;
        }
        let name = super::cost_arithmetic::name_of(case, line, row);
        found
            .at(
                Desk::place(case.file, format!("costs[{row}].weekly")),
                format!("no amount is given for {name}"),
            )
            .because(&asked.basis)
            .help(format!(
                "write `weekly: …` and `weeks: …` in this line, or `one_off: …`{}",
                accepted()
            ))
            .about(case.reference());
    }
    if referral.total.is_none() {
        let all_known = referral
            .costs
            .iter()
            .all(|line| line.weekly.is_some() || line.one_off.is_some())
            && !has_fault_under(case.file, "costs");
        let sum: Money = referral
            .costs
            .iter()
            .map(|line| line.sum(asked.most_weeks))
            .sum();
        let help = if all_known {
            format!("the lines come to {sum}: write `total: {}`", sum.plain())
        } else {
            "write `total: …` with the sum of the lines".to_owned()
        };
        found
            .at(
                Desk::place(case.file, "total"),
                "the total of the costs is not given",
            )
            .because(&asked.basis)
            .help(format!("{help}{}", accepted()))
            .about(case.reference());
    }
}
