//! One child's own record of one decision.

use super::case_item::{OutcomeBox, outcomes};
use super::common::{CaseHead, DayView, head, json, said};
use super::decided::{Decided, decided};
use super::followed::{
    AppealView, DisagreementView, FundsView, PanelToTell, disagreements, funds, panels_to_tell,
    routes,
};
use super::form::background;
use super::running::request_in_words;
use super::sections::distribution;
use super::{Document, Options, names, render};
use crate::council::Paper;
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
    /// The kind of note that it is there.
    note_type: Option<String>,
    /// Religion, language and the like, where the council wants them here.
    background: Vec<(&'static str, String)>,
    /// What an approval allows those who look for a placement to do.
    instruction: Option<String>,
    /// Other panels to be told of the case.
    panels_to_tell: Vec<PanelToTell>,
    /// What it does to the funds.
    funds: Option<FundsView>,
    /// Who disagreed.
    disagreements: Vec<DisagreementView>,
    /// What follows when somebody disagrees.
    appeals: Vec<AppealView>,
    /// Who it goes to.
    distribution: Vec<String>,
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
) -> Document {
    let form = &made.rules.record;
    let about = head(case, made.on);
    let mut decision = decided(desk, case, made);
    // Members spoke in the meeting; their views are the minutes', not the child's file's.
    decision.views.clear();
    let view = RecordView {
        council: made.rules.about.name.clone(),
        panel: made.rules.panel_in_full(desk.panel_of(case, made)),
        heading: form.heading.clone(),
        case_system: made.rules.about.case_system.clone(),
        note_type: form.note_type.clone(),
        background: if form.background {
            let rows = background(&case.referral().child);
            rows.map(|(name, text)| {
                let text = said(text).unwrap_or_else(|| "not recorded".to_owned());
                (name, text)
            })
            .to_vec()
        } else {
            Vec::new()
        },
        instruction: form.instruction.clone().filter(|_| {
            made.is_approval() && desk.holds_for(form.instruction_when.as_ref(), case, made)
        }),
        panels_to_tell: panels_to_tell(made),
        funds: funds(desk, case, made),
        disagreements: disagreements(desk, made),
        appeals: routes(made.rules, &[]),
        distribution: distribution(made.rules, Paper::Record),
        request_line: request_in_words(&about),
        summary: said(case.referral().request.summary.as_ref()),
        about,
        on: made.on.into(),
        outcomes: outcomes(desk, case, made.rules, Some(made.outcome())),
        decision,
    };
    let (view, taken_out) = names::only_about(desk, case, json(&view));
    let view = names::as_asked(desk, options, view);
    let place = format!("records/{}/{}.md", case.reference(), made.meeting);
    render::document(desk.folder, "record.md.j2", view, place).without(taken_out)
}
