//! What a meeting waits for, for the service managers who answer for it.

use super::awaited::{ExpectedGroup, PaperExpected, expected, papers_expected};
use super::common::{DayView, MeetingHead, json, meeting_head};
use super::{Document, DocumentError, Options, names, render};
use crate::desk::{Desk, PanelMeeting};
use serde::Serialize;

/// What the chasing list's template is given.
#[derive(Debug, Clone, Serialize)]
struct ChaseView {
    /// The meeting.
    meeting: MeetingHead,
    /// The day of which the list speaks.
    on: DayView,
    /// What was expected and has not come, by service manager.
    expected: Vec<ExpectedGroup>,
    /// Papers that other posts than the workers give.
    papers_expected: Vec<PaperExpected>,
}

/// What a meeting waits for; after it, what was missing when it began.
pub(crate) fn chase(
    desk: &Desk<'_>,
    meeting: &PanelMeeting<'_>,
    options: Options,
) -> Result<Document, DocumentError> {
    let began = desk.as_meeting_began(meeting);
    let view = ChaseView {
        meeting: meeting_head(meeting),
        on: began.today().into(),
        expected: expected(&began, meeting),
        papers_expected: papers_expected(&began, meeting),
    };
    let place = format!("meetings/{}/chase.md", view.meeting.id);
    let view = names::as_asked(desk, options, json(&view));
    render::document(desk.folder, "chase.md.j2", view, place)
}
