//! Points of the council's checklist that a decision leaves open.
use super::super::prelude::*;
use super::is_answer;
use crate::council::ChecklistPoint;
use crate::findings::Pending;

pub(super) const RULE: Rule = Rule {
    id: "checklist-unanswered",
    summary: "a decision leaves a point of the checklist open",
    severity: Severity::Note,
    asked_by: &["checklist/*"],
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
            let open: Vec<&ChecklistPoint> = desk
                .council
                .checklist
                .iter()
                .filter(|point| {
                    let given = [
                        decision.checklist.get(&point.id),
                        case.referral().checklist.get(&point.id),
                    ];
                    !given.into_iter().any(answers) && desk.holds(point.when.as_ref(), case)
                })
                .collect();
            let (required, others): (Vec<_>, Vec<_>) =
                open.into_iter().partition(|point| point.required);
            for point in required {
                tell(
                    case,
                    made,
                    &[point],
                    format!("checklist.{}", point.id),
                    found,
                )
                .weighing(Severity::Error);
            }
            // A line for each would bury the rest of what is told about a folder.
            if !others.is_empty() {
                let _ = tell(case, made, &others, "checklist".to_owned(), found);
            }
        }
    }
}

fn tell<'f>(
    case: &Case<'_>,
    made: &Made<'_>,
    points: &[&ChecklistPoint],
    path: String,
    found: &'f mut Findings,
) -> Pending<'f> {
    let mut basis = points
        .first()
        .map(|point| point.basis.clone())
        .unwrap_or_default();
    basis.clauses = points
        .iter()
        .flat_map(|point| point.basis.clauses.clone())
        .collect();
    let asked: Vec<String> = points
        .iter()
        .map(|point| format!("{} (`{}`)", point.question, point.id))
        .collect();
    found
        .at(
            Desk::place(&made.file.file, path),
            format!("not answered: {}", asked.join(" ")),
        )
        .because(&basis)
        .help("answer on the referral, or with the decision (`panel decide --answer 'ID|TEXT'`); where a point does not arise, write `not-applicable: REASON`")
        .about(case.reference())
        .of_meeting(made.meeting)
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
