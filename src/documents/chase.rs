//! What meetings wait for, for the service managers who answer for it.

use super::awaited::{ExpectedGroup, PaperExpected, expected, papers_expected};
use super::common::{DayView, MeetingHead, json, meeting_head};
use super::lists::{WaitingRow, without_meeting};
use super::{Document, Options, names, render};
use crate::desk::{Desk, PanelMeeting};
use serde::Serialize;

/// What the chasing list's template is given.
#[derive(Debug, Clone, Serialize)]
struct ChaseView {
    /// Whose panel.
    council: String,
    /// The day of which the list speaks.
    on: DayView,
    /// Cases that wait and for which no meeting is known.
    without_meeting: Vec<WaitingRow>,
    /// Meeting by meeting.
    meetings: Vec<MeetingChased>,
}

/// What one meeting waits for.
#[derive(Debug, Clone, Serialize)]
struct MeetingChased {
    /// The meeting.
    meeting: MeetingHead,
    /// The day of which its list speaks: after the meeting, its own.
    on: DayView,
    /// What was expected and has not come, by service manager.
    expected: Vec<ExpectedGroup>,
    /// Papers that other posts than the workers give.
    papers_expected: Vec<PaperExpected>,
}

/// What meetings wait for; after one, what was missing when it began.
pub(crate) fn chase(desk: &Desk<'_>, meetings: &[&PanelMeeting<'_>], options: Options) -> Document {
    let place = match meetings {
        [one] => format!("meetings/{}/chase.md", meeting_head(one).id),
        _ => "chase.md".to_owned(),
    };
    let view = ChaseView {
        council: desk.council.about.name.clone(),
        on: desk.today().into(),
        without_meeting: without_meeting(desk, meetings),
        meetings: meetings
            .iter()
            .map(|meeting| chased(desk, meeting))
            .collect(),
    };
    let view = names::as_asked(desk, options, json(&view));
    render::document(desk.folder, "chase.md.j2", view, place)
}

fn chased(desk: &Desk<'_>, meeting: &PanelMeeting<'_>) -> MeetingChased {
    // Until it begins, its desk is that of now.
    let then = (meeting.starts_at < desk.as_of).then(|| desk.as_meeting_began(meeting));
    let began = then.as_ref().unwrap_or(desk);
    MeetingChased {
        meeting: meeting_head(meeting),
        on: began.today().into(),
        expected: expected(began, meeting),
        papers_expected: papers_expected(began, meeting),
    }
}
