//! The office's duties around a meeting, or those still open around all: by when, met when, and
//! what is missing for which child.

use super::common::{DayView, json, said};
use super::diary::lateness;
use super::{Document, Options, names, render};
use crate::desk::{ChildDuty, Desk, Duty, DutyState, PanelMeeting};
use crate::records::{Day, clock, moment_in_words};
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
    /// Its day.
    due_on: DayView,
    /// Its hour, where one is set: `13:00`.
    due_at: Option<String>,
    /// When it was done.
    met: Option<String>,
    /// When it was done, in words.
    met_words: Option<String>,
    /// `met`, `met-late`, `due` or `overdue`.
    state: DutyState,
    /// The state as people say it.
    state_words: &'static str,
    /// By how many days it is overdue, in words; none where it is not.
    late: Option<String>,
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
    /// Its day.
    due_on: DayView,
    /// Its hour, where one is set.
    due_at: Option<String>,
    /// When it was done.
    met: Option<String>,
    /// When it was done, in words.
    met_words: Option<String>,
    /// `met`, `met-late`, `due` or `overdue`.
    state: DutyState,
    /// The state as people say it.
    state_words: &'static str,
    /// By how many days it is overdue, in words; none where it is not.
    late: Option<String>,
    /// Whether it is still to be done.
    is_missing: bool,
}

/// What the template of the deadlines still open is given.
#[derive(Debug, Clone, Serialize)]
struct OpenView {
    /// Whose panel.
    council: String,
    /// The panel.
    panel: String,
    /// The day of which the list speaks.
    as_of: DayView,
    /// The meetings for which something is still owed, by day.
    meetings: Vec<OpenMeeting>,
    /// How much is overdue; what is owed for each child counts for each.
    overdue: usize,
    /// How much is due.
    due: usize,
}

/// A meeting for which something is still owed.
#[derive(Debug, Clone, Serialize)]
struct OpenMeeting {
    /// Its folder.
    meeting: String,
    /// Its panel, where there are several.
    panel: Option<String>,
    /// The day on which it is held.
    on: DayView,
    /// What is owed, in the order of the rule file.
    duties: Vec<DutyView>,
}

/// Which of the open deadlines are asked for.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Chosen<'q> {
    /// Due on this day or after it.
    pub(crate) from: Option<Day>,
    /// Due on this day or before it.
    pub(crate) to: Option<Day>,
    /// Only what is late.
    pub(crate) overdue: bool,
    /// Only those of this panel or part.
    pub(crate) panel: Option<&'q str>,
}

impl Chosen<'_> {
    fn is_asked(&self, state: DutyState, due_at: NaiveDateTime) -> bool {
        let due_on = Day::of(due_at.date());
        state.is_open()
            && (!self.overdue || state == DutyState::Overdue)
            && self.from.is_none_or(|from| due_on >= from)
            && self.to.is_none_or(|to| due_on <= to)
    }

    /// What is still open of the meetings that are followed, each meeting with its duties and for
    /// each duty the children for whom it is missing.
    pub(crate) fn duties<'d, 'a>(
        &self,
        desk: &'d Desk<'a>,
    ) -> Vec<(&'d PanelMeeting<'a>, Vec<Duty<'d, 'a>>)> {
        let decided_at = desk.decided_at();
        let mut found = Vec::new();
        for meeting in desk.followed_meetings() {
            if self.panel.is_some() && !desk.is_of(meeting, self.panel) {
                continue;
            }
            let mut duties = desk.duties(meeting, &decided_at);
            duties.retain_mut(|duty| {
                if duty.children.is_empty() {
                    return self.is_asked(duty.state, duty.due_at);
                }
                duty.children
                    .retain(|child| self.is_asked(child.state, child.due_at));
                !duty.children.is_empty()
            });
            if !duties.is_empty() {
                found.push((meeting, duties));
            }
        }
        found
    }
}

/// The deadlines still open of all meetings.
pub(crate) fn open_deadlines(desk: &Desk<'_>, chosen: &Chosen<'_>, options: Options) -> Document {
    let found = chosen.duties(desk);
    let states: Vec<DutyState> = found
        .iter()
        .flat_map(|(_, duties)| duties)
        .flat_map(|duty| {
            let own = duty.children.is_empty().then_some(duty.state);
            let children = duty.children.iter().map(|child| child.state);
            own.into_iter().chain(children)
        })
        .collect();
    let overdue = states
        .iter()
        .filter(|state| **state == DutyState::Overdue)
        .count();
    let panels = &desk.book.panels;
    let panel = |meeting: &PanelMeeting<'_>| {
        panels
            .iter()
            .find(|panel| panels.len() > 1 && Some(panel.id.as_str()) == meeting.panel)
            .map(|panel| panel.label.clone())
    };
    let view = OpenView {
        council: desk.council.about.name.clone(),
        panel: desk.council.about.panel.clone(),
        as_of: desk.today().into(),
        due: states.len() - overdue,
        overdue,
        meetings: found
            .iter()
            .map(|(meeting, duties)| OpenMeeting {
                meeting: meeting.id.clone(),
                panel: panel(meeting),
                on: meeting.on.into(),
                duties: duties
                    .iter()
                    .map(|duty| duty_view(desk, duty, meeting))
                    .collect(),
            })
            .collect(),
    };
    let view = names::as_asked(desk, options, json(&view));
    let place = "deadlines.md".to_owned();
    render::document(desk.folder, "open-deadlines.md.j2", view, place)
}

/// A meeting's deadlines.
pub(crate) fn deadlines(desk: &Desk<'_>, meeting: &PanelMeeting<'_>, options: Options) -> Document {
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
            .map(|duty| duty_view(desk, duty, meeting))
            .collect(),
    };
    let view = names::as_asked(desk, options, json(&view));
    let place = format!("meetings/{}/deadlines.md", meeting.id);
    render::document(desk.folder, "deadlines.md.j2", view, place)
}

fn duty_view(desk: &Desk<'_>, duty: &Duty<'_, '_>, meeting: &PanelMeeting<'_>) -> DutyView {
    let rule = duty.rule;
    let children: Vec<ChildView> = duty
        .children
        .iter()
        .map(|child| child_view(desk, child))
        .collect();
    let (due_at, met_at) = as_its_state_says(duty);
    DutyView {
        id: rule.id.clone(),
        task: rule.task.clone(),
        owner: rule
            .owner
            .as_ref()
            .map(|owner| meeting.rules.role_label(owner).to_owned()),
        due: moment(due_at),
        due_words: moment_in_words(due_at),
        due_on: Day::of(due_at.date()).into(),
        due_at: hour(due_at),
        met: met_at.map(moment),
        met_words: met_at.map(moment_in_words),
        state: duty.state,
        state_words: duty.state.word(),
        late: late(desk, duty.state, due_at),
        missing: children.iter().filter(|child| child.is_missing).count(),
        children,
        sources: rule.basis.clauses.clone(),
    }
}

/// By when it was due, and when it was met. Where it was late for some children, for these: one for
/// whom it is due later, as after an amendment, would make what is late look as if it were in time.
fn as_its_state_says(duty: &Duty<'_, '_>) -> (NaiveDateTime, Option<NaiveDateTime>) {
    let late = duty
        .children
        .iter()
        .filter(|child| child.state == duty.state);
    let worst = match duty.state {
        DutyState::MetLate => late.max_by_key(|child| child.met_at),
        DutyState::Overdue => late.min_by_key(|child| child.due_at),
        DutyState::Met | DutyState::Due => None,
    };
    worst.map_or((duty.due_at, duty.met_at), |child| {
        (child.due_at, child.met_at)
    })
}

fn child_view(desk: &Desk<'_>, child: &ChildDuty<'_, '_>) -> ChildView {
    let referral = child.case.referral();
    ChildView {
        reference: child.case.reference().to_owned(),
        child: said(referral.child.name.as_ref()).unwrap_or_else(|| "name not given".to_owned()),
        due: moment(child.due_at),
        due_words: moment_in_words(child.due_at),
        due_on: Day::of(child.due_at.date()).into(),
        due_at: hour(child.due_at),
        met: child.met_at.map(moment),
        met_words: child.met_at.map(moment_in_words),
        state: child.state,
        state_words: child.state.word(),
        late: late(desk, child.state, child.due_at),
        is_missing: child.state.is_open(),
    }
}

/// By how much an open duty is late, in words.
fn late(desk: &Desk<'_>, state: DutyState, due_at: NaiveDateTime) -> Option<String> {
    let (_, words) = lateness(due_at, desk.as_of)?;
    (state == DutyState::Overdue).then_some(words)
}

/// The hour of a last moment, where one is set.
fn hour(due_at: NaiveDateTime) -> Option<String> {
    let is_end = due_at == Day::of(due_at.date()).end();
    (!is_end).then(|| clock(due_at.time()))
}

fn moment(at: NaiveDateTime) -> String {
    at.format("%Y-%m-%dT%H:%M:%S").to_string()
}
