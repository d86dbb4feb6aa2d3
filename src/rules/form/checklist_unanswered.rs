//! Points of the council's checklist that a decision leaves open.
use super::super::prelude::*;
use super::is_answer;

pub(super) const RULE: Rule = Rule {
    id: "checklist-unanswered",
    summary: "a decision leaves a point of the checklist open",
    severity: Severity::Note,
    text: include_str!("checklist_unanswered.md"),
    check: Check::Desk(check),
};

/// The word that says why a point does not arise; alone it says nothing.
const NOT_APPLICABLE: &str = "not-applicable";

fn check(desk: &Desk<'_>, found: &mut Findings) {
    for case in desk.cases() {
        for made in &case.decisions {
            if !made.is_final() && made.outcome() != "note" {
                continue;
            }
            let decision = made.decision();
            for point in &desk.council.checklist {
                let given = [
                    decision.checklist.get(&point.id),
                    case.referral().checklist.get(&point.id),
                ];
                if given.into_iter().any(answers) || !desk.holds(point.when.as_ref(), case) {
                    continue;
                }
                let weight = if point.required {
                    Severity::Error
                } else {
                    RULE.severity
                };
                found
                    .at(
                        Desk::place(&made.file.file, format!("checklist.{}", point.id)),
                        format!("not answered: {}", point.question),
                    )
                    .because(&point.basis)
                    .help(format!(
                        "answer `{id}` on the referral, or with the decision (`panel decide --answer '{id}|TEXT'`); where the point does not arise, write `not-applicable: REASON`",
                        id = point.id
                    ))
                    .about(case.reference())
                    .of_meeting(made.meeting)
                    .weighing(weight);
            }
        }
    }
}

fn answers(text: Option<&String>) -> bool {
    let Some(text) = text else { return false };
    let bare = text.trim();
    match bare.strip_prefix(NOT_APPLICABLE) {
        Some(rest) => {
            let reason = rest.trim_start_matches(':').to_owned();
            is_answer(Some(&reason))
        }
        None => is_answer(Some(text)),
    }
}
