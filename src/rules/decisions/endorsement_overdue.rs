//! Answers that stand in principle, and that nobody has endorsed by the next meeting.
use super::super::prelude::*;
use super::super::ways::days;

pub(super) const RULE: Rule = Rule {
    id: "endorsement-overdue",
    summary: "a decision still stands in principle after the next meeting",
    severity: Severity::Warning,
    asked_by: &["endorsement/*", "decider/*"],
    text: include_str!("endorsement_overdue.md"),
    check: Check::Desk(check),
};

fn check(desk: &Desk<'_>, found: &mut Findings) {
    let today = desk.today();
    for case in desk.cases() {
        let Some((made, due_on, roles)) = desk.endorsements_due(case) else {
            continue;
        };
        if due_on >= today {
            continue;
        }
        for role in roles {
            let basis = made.endorsement_basis(role).cloned().unwrap_or_default();
            let post = made.rules.one_of_posts(&[role.to_owned()]);
            found
                .at(
                    Desk::place(&made.file.file, "subject_to"),
                    format!(
                        "{post} was to endorse this by {}, {} ago, and it still stands in principle",
                        due_on.with_weekday(),
                        days(due_on, today)
                    ),
                )
                .because(&basis)
                .help(format!(
                    "send it to them, and record the answer: `panel act {}{} --endorsed --by NAME --role {role} --on DAY`; where they refuse, the panel amends its decision",
                    case.reference(),
                    desk.naming(made)
                ))
                .about(case.reference())
                .of_meeting(made.meeting);
        }
    }
}
