//! The office's duties for one meeting: by when, met when, and what is missing for which child.

use super::common::{DayView, json, said};
use super::{Document, DocumentError, Options, names, render};
use crate::desk::{ChildDuty, Desk, Duty, DutyState, PanelMeeting};
use crate::records::moment_in_words;
use chrono::NaiveDateTime;
use serde::Serialize;

/// What the template of a meeting's deadlines is given.
#[derive(Debug, Clone, Serialize)]
struct DeadlinesView {
    /// Whose panel.
    council: String,
    /// The panel.
    panel: String,
    /// The meeting's folder.
    meeting: String,
    /// The day on which it is held.
    on: DayView,
    /// The day of which the list speaks.
    as_of: DayView,
    /// Whether the meeting was called off; nothing is owed for it then.
    is_cancelled: bool,
    /// The duties, in the order of the rule file.
    duties: Vec<DutyView>,
}

/// One duty.
#[derive(Debug, Clone, Serialize)]
struct DutyView {
    /// Its id, as `panel done` takes it.
    id: String,
    /// What is done.
    task: String,
    /// Who does it.
    owner: Option<String>,
    /// The last moment, `2026-11-27T13:00:00`.
    due: String,
    /// The last moment, in words.
    due_words: String,
    /// When it was done.
    met: Option<String>,
    /// When it was done, in words.
    met_words: Option<String>,
    /// `met`, `met-late`, `due` or `overdue`.
    state: DutyState,
    /// The state as people say it.
    state_words: &'static str,
    /// Child by child, where it is owed for each.
    children: Vec<ChildView>,
    /// How many of them it is still owed for.
    missing: usize,
    /// Clauses of the policy that ask for it.
    sources: Vec<String>,
}

/// A duty for one child.
#[derive(Debug, Clone, Serialize)]
struct ChildView {
    /// The referral.
    reference: String,
    /// The child.
    child: String,
    /// The last moment.
    due: String,
    /// The last moment, in words.
    due_words: String,
    /// When it was done.
    met: Option<String>,
    /// `met`, `met-late`, `due` or `overdue`.
    state: DutyState,
    /// Whether it is still to be done.
    is_missing: bool,
}

/// A meeting's deadlines.
pub(crate) fn deadlines(
    desk: &Desk<'_>,
    meeting: &PanelMeeting<'_>,
    options: Options,
) -> Result<Document, DocumentError> {
    let decided_at = desk.decided_at();
    let rules = meeting.rules;
    let view = DeadlinesView {
        council: rules.about.name.clone(),
        panel: rules.about.panel.clone(),
        meeting: meeting.id.clone(),
        on: meeting.on.into(),
        as_of: desk.today().into(),
        is_cancelled: meeting.is_cancelled,
        duties: desk
            .duties(meeting, &decided_at)
            .iter()
            .map(|duty| duty_view(duty, meeting))
            .collect(),
    };
    let view = names::as_asked(desk, options, json(&view));
    let place = format!("meetings/{}/deadlines.md", meeting.id);
    render::document(desk.folder, "deadlines.md.j2", view, place)
}

fn duty_view(duty: &Duty<'_, '_>, meeting: &PanelMeeting<'_>) -> DutyView {
    let rule = duty.rule;
    let children: Vec<ChildView> = duty.children.iter().map(child_view).collect();
    DutyView {
        id: rule.id.clone(),
        task: rule.task.clone(),
        owner: rule
            .owner
            .as_ref()
            .map(|owner| meeting.rules.role_label(owner).to_owned()),
        due: moment(duty.due_at),
        due_words: moment_in_words(duty.due_at),
        met: duty.met_at.map(moment),
        met_words: duty.met_at.map(moment_in_words),
        state: duty.state,
        state_words: duty.state.word(),
        missing: children.iter().filter(|child| child.is_missing).count(),
        children,
        sources: rule.basis.clauses.clone(),
    }
}

fn child_view(child: &ChildDuty<'_, '_>) -> ChildView {
    let referral = child.case.referral();
    ChildView {
        reference: child.case.reference().to_owned(),
        child: said(referral.child.name.as_ref()).unwrap_or_else(|| "name not given".to_owned()),
        due: moment(child.due_at),
        due_words: moment_in_words(child.due_at),
        met: child.met_at.map(moment),
        state: child.state,
        is_missing: child.state.is_open(),
    }
}

fn moment(at: NaiveDateTime) -> String {
    at.format("%Y-%m-%dT%H:%M:%S").to_string()
}
