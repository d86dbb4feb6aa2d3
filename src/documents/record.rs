//! One child's own record of one decision.

use super::case_item::{OutcomeBox, outcomes};
use super::common::{CaseHead, DayView, head, json};
use super::decided::{Decided, decided};
use super::running::request_in_words;
use super::{Document, DocumentError, Options, names, render};
use crate::desk::{Case, Desk, Made};
use serde::Serialize;

/// What the record's template is given.
#[derive(Debug, Clone, Serialize)]
struct RecordView {
    /// Whose panel.
    council: String,
    /// The panel.
    panel: String,
    /// The council's heading for its decision form.
    heading: String,
    /// Who it is about.
    #[serde(flatten)]
    about: CaseHead,
    /// Where the record is to be filed.
    case_system: Option<String>,
    /// What was asked, in a line.
    request_line: String,
    /// What was asked.
    summary: Option<String>,
    /// The meeting's day.
    on: DayView,
    /// The council's boxes, the one chosen ticked.
    outcomes: Vec<OutcomeBox>,
    /// The decision.
    decision: Decided,
}

/// One child's own record of one decision.
pub(crate) fn record(
    desk: &Desk<'_>,
    case: &Case<'_>,
    made: &Made<'_>,
    options: Options,
) -> Result<Document, DocumentError> {
    let about = head(case, made.on);
    let mut decision = decided(desk, case, made);
    // Members spoke in the meeting; their views are the minutes', not the child's file's.
    decision.views.clear();
    let view = RecordView {
        council: made.rules.about.name.clone(),
        panel: made.rules.about.panel.clone(),
        heading: made.rules.record.heading.clone(),
        case_system: made.rules.about.case_system.clone(),
        request_line: request_in_words(&about),
        summary: super::common::said(case.referral().request.summary.as_ref()),
        about,
        on: made.on.into(),
        outcomes: outcomes(desk, case, made.rules, Some(made.outcome())),
        decision,
    };
    let view = names::only_about(desk, case, json(&view));
    let view = names::as_asked(desk, options, view);
    let place = format!("records/{}/{}.md", case.reference(), made.meeting);
    render::document(desk.folder, "record.md.j2", view, place)
}
