//! Outcomes, and reasons for putting a case off, that this panel does not have.
use super::super::prelude::*;
use super::super::ways::{amended, amendment};

pub(super) const RULE: Rule = Rule {
    id: "outcome-not-allowed",
    summary: "the panel may not decide this",
    severity: Severity::Error,
    asked_by: &["outcome/*"],
    text: include_str!("outcome_not_allowed.md"),
    check: Check::Desk(check),
};

fn check(desk: &Desk<'_>, found: &mut Findings) {
    for (case, made) in super::made(desk) {
        gainsays_a_later_meeting(desk, case, made, found);
        let council = made.rules;
        let Some(first) = council.outcomes.first() else {
            continue;
        };
        // A word that no council knows is told as a bad value.
        let Some(known) = council.words.find(Use::Outcome, made.outcome()) else {
            continue;
        };
        let file = &made.file.file;
        let Some(outcome) = council.outcome(&known.id) else {
            let may: Vec<String> = council
                .outcomes
                .iter()
                .filter(|outcome| desk.holds_for(outcome.when.as_ref(), case, made))
                .map(|outcome| format!("`{}` ({})", outcome.id, outcome.label))
                .collect();
            found
                .at(
                    Desk::place(file, "outcome"),
                    format!("`{}` is not an outcome that this panel has", known.id),
                )
                .because(&first.basis)
                .help(format!(
                    "ask the chair which it is of {}, and {}",
                    may.join(", "),
                    amended(desk, case, made, "--outcome OUTCOME")
                ))
                .about(case.reference())
                .of_meeting(made.meeting);
            continue;
        };
        if !desk.holds_for(outcome.when.as_ref(), case, made) {
            found
                .at(
                    Desk::place(file, "outcome"),
                    format!(
                        "`{}` ({}) is not an outcome for this request ({})",
                        outcome.id,
                        outcome.label,
                        council.words.label(Use::Kind, case.kind()).to_lowercase()
                    ),
                )
                .because(&outcome.basis)
                .help(format!(
                    "ask the chair what is decided, and {}; if the request is of another kind, the decision stands on what its form said",
                    amended(desk, case, made, "--outcome OUTCOME")
                ))
                .about(case.reference())
                .of_meeting(made.meeting);
        }
        let basis = made
            .decision()
            .basis
            .as_deref()
            .and_then(|basis| council.words.find(Use::Basis, basis));
        if let Some(basis) = basis
            && !outcome.bases.is_empty()
            && !outcome.bases.contains(&basis.id)
        {
            let may: Vec<String> = outcome.bases.iter().map(|id| format!("`{id}`")).collect();
            found
                .at(
                    Desk::place(file, "basis"),
                    format!(
                        "`{}` ({}) is not reached by `{}` at this panel, but by {}",
                        outcome.id,
                        outcome.label,
                        basis.id,
                        may.join(" or ")
                    ),
                )
                .because(&outcome.basis)
                .help(format!(
                    "put the case to the panel again; if it was reached so and written down wrongly, {}",
                    amended(desk, case, made, "--basis BASIS")
                ))
                .about(case.reference())
                .of_meeting(made.meeting);
        }
        if made.decision().deferred.is_some() && outcome.id != "defer" {
            found
                .at(
                    Desk::place(file, "deferred"),
                    format!(
                        "the outcome is `{}` ({}), and the decision says to when and why the case is put off",
                        outcome.id, outcome.label
                    ),
                )
                .because(&outcome.basis)
                .help(format!(
                    "ask the chair which of the two it is, and {}",
                    amended(desk, case, made, "--outcome OUTCOME")
                ))
                .about(case.reference())
                .of_meeting(made.meeting);
        }
        let reason = made
            .decision()
            .deferred
            .as_ref()
            .and_then(|deferred| deferred.reason.as_deref())
            .and_then(|reason| council.words.find(Use::DeferralReason, reason));
        if let Some(reason) = reason
            && outcome.id == "defer"
            && !outcome.reasons.is_empty()
            && !outcome.reasons.contains(&reason.id)
        {
            let may: Vec<String> = outcome.reasons.iter().map(|id| format!("`{id}`")).collect();
            found
                .at(
                    Desk::place(file, "deferred.reason"),
                    format!(
                        "`{}` is not a reason for which this panel puts a case off",
                        reason.id
                    ),
                )
                .because(&outcome.basis)
                .help(format!(
                    "ask the chair which it is of {}, and {}",
                    may.join(", "),
                    amended(desk, case, made, "--defer-reason REASON")
                ))
                .about(case.reference())
                .of_meeting(made.meeting);
        }
    }
}

/// Tells what was decided for an earlier meeting after a later one had decided otherwise.
fn gainsays_a_later_meeting(
    desk: &Desk<'_>,
    case: &Case<'_>,
    made: &Made<'_>,
    found: &mut Findings,
) {
    // Decisions stand in the order in which they were made.
    let before = case.decisions.iter();
    let mut before = before.take_while(|other| other.meeting != made.meeting);
    let gainsaid = before.find(|other| {
        other.on > made.on && other.is_final() && other.is_approval() != made.is_approval()
    });
    let Some(later) = gainsaid.filter(|_| made.is_final()) else {
        return;
    };
    let day = |made: &Made<'_>| made.on.with_weekday();
    found
        .at(
            Desk::place(&made.file.file, "decided_on"),
            format!(
                "this was decided for the meeting of {} after that of {} had decided otherwise ({})",
                day(made),
                day(later),
                later.file.file.path
            ),
        )
        .help(format!(
            "until it is put right the last one made counts, this one; ask the chair which of the two holds, and amend the other to say the same: {} or {}",
            amendment(desk, case, later, "--outcome OUTCOME"),
            amendment(desk, case, made, "--outcome OUTCOME")
        ))
        .about(case.reference())
        .of_meeting(made.meeting);
}
