//! A declared total that is not the sum of its lines.
use super::super::prelude::*;
use super::{has_fault_under, or_accepted};
use crate::records::CostLine;

pub(super) const RULE: Rule = Rule {
    id: "cost-arithmetic",
    summary: "the total is not the sum of the cost lines",
    severity: Severity::Error,
    asked_by: &["costs"],
    text: include_str!("cost_arithmetic.md"),
    check: Check::Case(check),
};

fn check(desk: &Desk<'_>, case: &Case<'_>, found: &mut Findings) {
    let Some(costs) = &case.rules.costs else {
        return;
    };
    let most = costs.most_weeks;
    let referral = case.referral();
    let lines = &referral.costs;
    let Some(total) = referral.total.filter(|_| !lines.is_empty()) else {
        return;
    };
    // Lines that could not be read, or have no amount, are told by other rules.
    let is_known = lines
        .iter()
        .all(|line| line.weekly.is_some() || line.one_off.is_some())
        && !case.has_doubtful_costs()
        && !has_fault_under(case.file, "total");
    if !is_known || !desk.holds(costs.when.as_ref(), case) {
        return;
    }
    let sum: Money = lines.iter().map(|line| line.sum(most)).sum();
    if sum == total {
        return;
    }
    let parts: Vec<String> = lines
        .iter()
        .enumerate()
        .map(|(row, line)| format!("{} {}", name_of(case, line, row), workings(line, most)))
        .collect();
    let all_weeks: Money = lines
        .iter()
        .map(|line| line.sum(line.weeks.unwrap_or(most)))
        .sum();
    let is_past_cap = lines
        .iter()
        .any(|line| line.weeks.is_some_and(|weeks| weeks > most));
    let why = if is_past_cap && total == all_weeks {
        format!("{most} weeks at most count towards a total: ")
    } else {
        String::new()
    };
    found
        .at(
            Desk::place(case.file, "total"),
            format!(
                "the total is {total} and the lines come to {sum}: {}",
                parts.join("; ")
            ),
        )
        .because(&costs.basis)
        .help(format!(
            "{why}write `total: {}`, or put the lines right{}",
            sum.plain(),
            or_accepted(desk, case, RULE.id)
        ))
        .about(case.reference());
}

/// A line as the form calls it: its description, else what it is for.
pub(super) fn name_of(case: &Case<'_>, line: &CostLine, row: usize) -> String {
    let label = line
        .item
        .as_deref()
        .map(|item| case.rules.words.label(Use::Item, item));
    line.description
        .as_deref()
        .filter(|text| !text.trim().is_empty())
        .or(label)
        .map_or_else(
            || format!("line {}", row + 1),
            |name| name.trim().to_owned(),
        )
}

/// How a line's sum is reached: `£100.00 × 12 weeks + £50.00 = £1,250.00`.
fn workings(line: &CostLine, most: i64) -> String {
    let sum = line.sum(most);
    let once = line.one_off.filter(|amount| *amount != Money::ZERO);
    let Some(weekly) = line.weekly.filter(|amount| *amount != Money::ZERO) else {
        return sum.to_string();
    };
    let weeks = match line.weeks {
        Some(1) => "1 week".to_owned(),
        Some(weeks) if weeks > most => format!("{most} weeks (of {weeks})"),
        Some(weeks) => format!("{weeks} weeks"),
        None => format!("{most} weeks (no end given)"),
    };
    let once = once.map(|once| format!(" + {once}")).unwrap_or_default();
    format!("{weekly} × {weeks}{once} = {sum}")
}
