//! Actions from a decision whose day has gone by.
use super::super::prelude::*;
use super::super::ways::days;

pub(super) const RULE: Rule = Rule {
    id: "action-overdue",
    summary: "an action is past its day and not recorded as done",
    severity: Severity::Warning,
    asked_by: &["action-log"],
    text: include_str!("action_overdue.md"),
    check: Check::Desk(check),
};

fn check(desk: &Desk<'_>, found: &mut Findings) {
    let today = desk.today();
    for (case, made) in super::made(desk) {
        let basis = made.rules.actions.clone().unwrap_or_default();
        for (row, action) in made.decision().actions.iter().enumerate() {
            let Some(due) = action.due.filter(|due| *due < today) else {
                continue;
            };
            let number = i64::try_from(row + 1).unwrap_or(i64::MAX);
            if made.is_done(number, today) {
                continue;
            }
            let what = super::said(action.what.as_ref())
                .map_or_else(|| format!("action {number}"), str::to_owned);
            let owner = super::said(action.owner.as_ref())
                .map(|owner| format!(" ({owner})"))
                .unwrap_or_default();
            found
                .at(
                    Desk::place(&made.file.file, format!("actions[{row}].due")),
                    format!(
                        "{what}{owner}: due on {}, {} ago, and not recorded as done",
                        due.with_weekday(),
                        days(due, today)
                    ),
                )
                .because(&basis)
                .help(format!(
                    "if it has been done, record on which day: `panel act {}{} --action {number} --on DAY`; if it has not, do it today or tell the chair: another day is an amendment of the decision",
                    case.reference(),
                    desk.naming(made)
                ))
                .about(case.reference())
                .of_meeting(made.meeting);
        }
    }
}
