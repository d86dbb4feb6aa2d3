//! Cases presented by duty cover, where the panel wants somebody who knows the child.
use super::super::acceptance::in_time_or_accepted;
use super::super::prelude::*;
use super::{heard, presented};
use crate::records::Text;

pub(super) const RULE: Rule = Rule {
    id: "duty-cover",
    summary: "duty cover is down to present the case, or did",
    severity: Severity::Error,
    asked_by: &["duty-cover"],
    text: include_str!("duty_cover.md"),
    check: Check::Desk(check),
};

fn check(desk: &Desk<'_>, found: &mut Findings) {
    for case in desk.judged() {
        let Some(asked) = &case.rules.duty_cover else {
            continue;
        };
        let people: Vec<_> = case
            .referral()
            .attending
            .iter()
            .map(|person| person.role.as_ref())
            .enumerate()
            .collect();
        let Some(row) = alone(case.rules, &asked.roles, &people) else {
            continue;
        };
        found
            .at(
                Desk::place(case.file, format!("attending[{row}].role")),
                "nobody but duty cover is down to present the case",
            )
            .because(&asked.basis)
            .help(format!(
                "write below `attending:` somebody who knows the child, the worker or a manager who holds the case: `- {{name: …, role: …}}`{}",
                in_time_or_accepted(desk, case, RULE.id)
            ))
            .about(case.reference());
    }
    for (case, made, file) in heard(desk) {
        let (Some(asked), Some(people)) =
            (&made.rules.duty_cover, presented(file, case.reference()))
        else {
            continue;
        };
        let people: Vec<_> = people
            .map(|(row, person)| (row, person.role.as_ref()))
            .collect();
        let Some(row) = alone(made.rules, &asked.roles, &people) else {
            continue;
        };
        found
            .at(
                Desk::place(file, format!("presented[{row}].role")),
                format!("{} was presented by duty cover alone", case.reference()),
            )
            .because(&asked.basis)
            .help(
                "if somebody else presented it, write them below `presented:`; if not, the record stays as it is: agree now who presents this child's next request",
            )
            .about(case.reference())
            .of_meeting(made.meeting);
    }
}

/// The row of duty cover, where nobody else comes who could present.
fn alone(
    rules: &crate::council::Council,
    cover: &[String],
    people: &[(usize, Option<&Text>)],
) -> Option<usize> {
    let is_cover = |role: &Option<&Text>| rules.serves_any(*role, cover);
    let presents = |role: &Option<&Text>| {
        rules
            .presenters
            .iter()
            .any(|presenter| rules.serves_any(*role, &presenter.any_of))
    };
    let has_other = people
        .iter()
        .any(|(_, role)| !is_cover(role) && (rules.presenters.is_empty() || presents(role)));
    let first = people.iter().find(|(_, role)| is_cover(role));
    first.filter(|_| !has_other).map(|(row, _)| *row)
}
