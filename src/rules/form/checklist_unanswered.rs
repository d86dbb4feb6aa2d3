//! Points of the council's checklist that the referral or a decision leaves open.
use super::super::prelude::*;
use super::is_answer;
use crate::council::ChecklistPoint;
use crate::findings::{Pending, Place};
use crate::records::Text;

pub(super) const RULE: Rule = Rule {
    id: "checklist-unanswered",
    summary: "a point of the checklist has no answer",
    severity: Severity::Note,
    asked_by: &["checklist/*"],
    text: include_str!("checklist_unanswered.md"),
    check: Check::Desk(check),
};

/// The word that says why a point does not arise; alone it says nothing.
const NOT_APPLICABLE: &str = "not-applicable";

fn check(desk: &Desk<'_>, found: &mut Findings) {
    on_the_form(desk, found);
    in_the_decision(desk, found);
}

/// What the form asks and the referral leaves open. The panel's own questions are not asked here.
fn on_the_form(desk: &Desk<'_>, found: &mut Findings) {
    for case in desk.judged() {
        let open: Vec<&ChecklistPoint> = case
            .rules
            .checklist
            .iter()
            .filter(|point| {
                point.on_form
                    && !answers(case.referral().checklist.get(&point.id))
                    && desk.holds(point.when.as_ref(), case)
            })
            .collect();
        for (points, path) in told_together(open) {
            let _ = said(&points, Desk::place(case.file, path), found)
                .help(format!(
                    "answer under `checklist` on the referral, like `ID: TEXT`, or leave it for the meeting; where a point does not arise, write `not-applicable: REASON`{}",
                    super::or_accepted(desk, case, RULE.id)
                ))
                .about(case.reference());
        }
    }
}

/// What neither the referral nor the decision answers.
fn in_the_decision(desk: &Desk<'_>, found: &mut Findings) {
    for case in desk.cases() {
        for made in &case.decisions {
            if !made.is_final() && made.outcome() != "note" {
                continue;
            }
            let decision = made.decision();
            let open: Vec<&ChecklistPoint> = made
                .rules
                .checklist
                .iter()
                .filter(|point| {
                    let given = [
                        decision.checklist.get(&point.id),
                        case.referral().checklist.get(&point.id),
                    ];
                    !given.into_iter().any(answers)
                        && desk.holds_for(point.when.as_ref(), case, made)
                })
                .collect();
            let (required, others): (Vec<_>, Vec<_>) =
                open.into_iter().partition(|point| point.required);
            let required = required.into_iter().map(|point| {
                let path = format!("checklist.{}", point.id);
                (vec![point], path, true)
            });
            let others = told_together(others)
                .into_iter()
                .map(|(points, path)| (points, path, false));
            for (points, path, is_required) in required.chain(others) {
                let told = said(&points, Desk::place(&made.file.file, path), found)
                    .help("answer on the referral, or with the decision (`panel decide --answer 'ID|TEXT'`); where a point does not arise, write `not-applicable: REASON`")
                    .about(case.reference())
                    .of_meeting(made.meeting);
                if is_required {
                    let _ = told.weighing(Severity::Error);
                }
            }
        }
    }
}

/// Points that are told in one finding, with its path. A line for each would bury the rest of what
/// is told; only what the council's file weighs itself stands alone.
fn told_together(open: Vec<&ChecklistPoint>) -> Vec<(Vec<&ChecklistPoint>, String)> {
    let (weighed, others): (Vec<_>, Vec<_>) = open.into_iter().partition(|point| {
        point
            .basis
            .severity
            .is_some_and(|weight| weight != Severity::Note)
    });
    let mut told: Vec<_> = weighed
        .into_iter()
        .map(|point| (vec![point], format!("checklist.{}", point.id)))
        .collect();
    if !others.is_empty() {
        told.push((others, "checklist".to_owned()));
    }
    told
}

fn said<'f>(points: &[&ChecklistPoint], place: Place, found: &'f mut Findings) -> Pending<'f> {
    let mut basis = points
        .first()
        .map(|point| point.basis.clone())
        .unwrap_or_default();
    basis.clauses = points
        .iter()
        .flat_map(|point| point.basis.clauses.clone())
        .collect();
    basis.clauses.dedup();
    let asked: Vec<String> = points
        .iter()
        .map(|point| format!("{} (`{}`)", point.question, point.id))
        .collect();
    found
        .at(place, format!("not answered: {}", asked.join(" ")))
        .because(&basis)
}

fn answers(text: Option<&Text>) -> bool {
    let Some(text) = text else { return false };
    let bare = text.trim();
    match bare.strip_prefix(NOT_APPLICABLE) {
        Some(rest) => {
            let reason = rest.trim_start_matches(':').into();
            is_answer(Some(&reason))
        }
        None => is_answer(Some(text)),
    }
}
