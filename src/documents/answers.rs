//! The panel's questions, with the answers that a request or a decision gives.

use super::common::{capitalised, said};
use crate::council::Council;
use crate::desk::{Case, Desk};
use crate::records::Decision;
use serde::Serialize;

/// A question of the panel with its answer.
#[derive(Debug, Clone, Serialize)]
pub(super) struct AnswerView {
    /// The council's question.
    pub(super) question: String,
    /// The answer; none where nobody gave one.
    pub(super) answer: Option<String>,
    /// Whether the answer is the request's own.
    pub(super) is_from_request: bool,
    /// Whether the form asks it; else it is for the meeting.
    pub(super) is_on_form: bool,
}

/// The panel's questions that apply to a case, with the decision's answers or the request's own.
pub(super) fn answers(
    desk: &Desk<'_>,
    case: &Case<'_>,
    council: &Council,
    decision: Option<&Decision>,
) -> Vec<AnswerView> {
    let Some(case) = desk.case(case.reference()) else {
        return Vec::new();
    };
    council
        .checklist
        .iter()
        .filter_map(|point| {
            let own = decision.and_then(|decision| said(decision.checklist.get(&point.id)));
            let asked = said(case.referral().checklist.get(&point.id));
            let is_asked = council.holds(point.when.as_ref(), desk.subject(case));
            (is_asked || own.is_some()).then(|| AnswerView {
                question: point.question.clone(),
                is_from_request: decision.is_some() && own.is_none() && asked.is_some(),
                is_on_form: point.on_form,
                answer: own.or(asked).map(|answer| answer_in_words(&answer)),
            })
        })
        .collect()
}

/// `not-applicable: REASON` as people write it.
fn answer_in_words(answer: &str) -> String {
    match answer.strip_prefix("not-applicable:") {
        Some(reason) => format!("Not applicable: {}", reason.trim()),
        None => capitalised(answer),
    }
}
