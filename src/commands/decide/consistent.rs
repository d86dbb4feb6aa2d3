//! Whether a decision agrees with itself, and with the case and meeting that it is made on.

use super::Hearing;
use crate::records::Decision;

/// Takes out of a prepared decision what goes with its outcome, where the flags say another. Why a
/// case was put off is not why it is approved: the reason, and what was agreed, are said anew.
pub(super) fn leave_what_goes_with(was: Option<&str>, decision: &mut Decision) {
    decision.rationale = None;
    decision.agreements = Vec::new();
    match was {
        Some("defer") => decision.deferred = None,
        Some("pending") => decision.decide_by = None,
        _ => {}
    }
    if approves_nothing(decision) {
        decision.approved = Vec::new();
        decision.until = None;
        decision.expenditure_signed = None;
    }
}

fn approves_nothing(decision: &Decision) -> bool {
    let outcome = decision.outcome.as_deref();
    matches!(outcome, Some("decline" | "defer" | "note" | "pending"))
}

/// A prepared file is for this referral and this meeting, or for none.
pub(super) fn same_case(
    decision: &Decision,
    hearing: &Hearing<'_, '_>,
    mistakes: &mut Vec<String>,
) {
    let reference = hearing.case.reference();
    if !decision.referral.is_empty() && decision.referral != reference {
        mistakes.push(format!(
            "the file of --from decides on {}, not on {reference}",
            decision.referral
        ));
    }
    if let Some(day) = decision.meeting.filter(|day| *day != hearing.meeting.day) {
        mistakes.push(format!(
            "the file of --from is for the meeting of {day}, not of {}",
            hearing.meeting.day
        ));
    }
}

/// What no panel can have meant.
pub(super) fn contradictions(
    decision: &Decision,
    hearing: &Hearing<'_, '_>,
    mistakes: &mut Vec<String>,
) {
    let on = hearing.meeting.on;
    if decision.deferred.is_some() && !matches!(decision.outcome.as_deref(), Some("defer") | None) {
        mistakes.push("nothing is put off with this outcome: leave --defer-to, --defer-reason and --defer-need (`deferred` in the file) out, or choose defer".to_owned());
    }
    if approves_nothing(decision) && !decision.approved.is_empty() {
        mistakes.push("nothing is approved with this outcome: leave the approved lines out, or choose approve or approve-alternative".to_owned());
    }
    let today = hearing.desk.today();
    if let Some(day) = decision.decided_on.filter(|day| *day > today) {
        mistakes.push(format!(
            "decided_on: {} is still to come, and no list would have the decision until then",
            day.with_weekday()
        ));
    }
    let actions = decision.actions.iter().filter_map(|action| action.due);
    let needs = decision
        .deferred
        .iter()
        .flat_map(|deferred| &deferred.needs)
        .filter_map(|need| need.by);
    let days = [
        ("--until", decision.until),
        (
            "--review-on",
            decision.review.as_ref().and_then(|review| review.on),
        ),
        ("--decide-by", decision.decide_by),
    ];
    let all = days
        .into_iter()
        .filter_map(|(flag, day)| Some((flag, day?)))
        .chain(actions.map(|day| ("--action", day)))
        .chain(needs.map(|day| ("--defer-need", day)));
    for (flag, day) in all.filter(|(_, day)| *day < on) {
        mistakes.push(format!("{flag}: {day} is before the meeting of {on}"));
    }
    if let Some(day) = decision.until.filter(|day| *day == on) {
        mistakes.push(format!(
            "--until: {day} is the day after the last, and cannot be the meeting's own"
        ));
    }
}
