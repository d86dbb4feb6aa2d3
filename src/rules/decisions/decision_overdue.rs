//! Decisions that were promised for a day, and are not made.
use super::super::prelude::*;
use super::super::ways::days;

pub(super) const RULE: Rule = Rule {
    id: "decision-overdue",
    summary: "a decision was promised for a day that has gone by",
    severity: Severity::Warning,
    asked_by: &["outcome/pending"],
    text: include_str!("decision_overdue.md"),
    check: Check::Desk(check),
};

fn check(desk: &Desk<'_>, found: &mut Findings) {
    let today = desk.today();
    let pending = desk.cases().iter();
    let pending = pending.filter(|case| case.standing == Standing::Pending);
    for (case, made) in pending.filter_map(|case| Some((case, case.last()?))) {
        let by = desk.promised_by(case, made);
        if by >= today {
            continue;
        }
        let path = match made.decision().decide_by {
            Some(_) => "decide_by",
            None => "outcome",
        };
        let basis = made.rules.outcome("pending").map(|outcome| &outcome.basis);
        found
            .at(
                Desk::place(&made.file.file, path),
                format!(
                    "the decision was promised by {}, {} ago, and has not been made",
                    by.with_weekday(),
                    days(by, today)
                ),
            )
            .because(&basis.cloned().unwrap_or_default())
            .help(format!(
                "ask whoever is to decide, and put it down: `panel decide {}{} --outcome OUTCOME --rationale TEXT`; where it takes longer, the chair tells the family, and another day is an amendment",
                case.reference(),
                desk.naming(made)
            ))
            .about(case.reference())
            .of_meeting(made.meeting);
    }
}
