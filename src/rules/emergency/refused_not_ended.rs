//! Placements that the panel refused once they had begun, and of which nobody says that they ended.
use super::super::prelude::*;
use super::super::ways::{days, to_send};

pub(super) const RULE: Rule = Rule {
    id: "refused-not-ended",
    summary: "the panel refused a placement that had begun, and nobody says that the child has left",
    severity: Severity::Error,
    asked_by: &["emergency"],
    text: include_str!("refused_not_ended.md"),
    check: Check::Desk(check),
};

fn check(desk: &Desk<'_>, found: &mut Findings) {
    let today = desk.today();
    for refused in desk.refused_homes() {
        if refused.due_on >= today {
            continue;
        }
        let (case, made) = (refused.case, refused.made);
        found
            .at(
                Desk::place(&made.file.file, "outcome"),
                format!(
                    "{} on {}; {} after the day by which it was to have ended, nobody says that the child has left",
                    refused.in_words().replacen("The", "the", 1),
                    refused.refused_on().with_weekday(),
                    days(refused.due_on, today)
                ),
            )
            .because(&refused.basis)
            .help(format!(
                "if the child has left: `panel act {} --ended REASON`; if it still lives there, tell your manager today, and the worker writes another request{}",
                case.reference(),
                to_send(desk, case)
            ))
            .about(case.reference())
            .of_meeting(made.meeting);
    }
}
