//! The agenda's lists beside the running order: newly in care, brought forward, not ready.

use super::awaited::service_manager;
use super::common::{CaseHead, DayView, child_of, head, said};
use crate::desk::{Case, Desk, ExpectedKind, PanelMeeting, Standing};
use crate::findings::Finding;
use crate::records::Day;
use crate::rules::{Judgement, State};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Where referrals stand in the running order, by reference.
pub(super) type Numbers = BTreeMap<String, usize>;

/// Children whose care began since the last meeting.
#[derive(Debug, Clone, Serialize)]
pub(super) struct NewlyView {
    /// The last meeting held before this one.
    pub(super) since: Option<DayView>,
    /// The children, by first day in care.
    pub(super) children: Vec<NewChild>,
}

/// A child newly in care.
#[derive(Debug, Clone, Serialize)]
pub(super) struct NewChild {
    /// The referral that is heard, or the one that tells of the child.
    pub(super) reference: String,
    /// The child.
    pub(super) child: String,
    /// Age at the meeting.
    pub(super) age: Option<String>,
    /// First day in care.
    pub(super) since: DayView,
    /// Legal status.
    pub(super) legal_status: Option<String>,
    /// Whether there is a paper, and where it stands.
    pub(super) paper: String,
}

/// Children whose care began after the last meeting held, each told once.
pub(super) fn newly(
    began: &Desk<'_>,
    judged: &Judgement,
    meeting: &PanelMeeting<'_>,
    numbers: &Numbers,
) -> Option<NewlyView> {
    meeting.rules.newly_looked_after.as_ref()?;
    let last = began.before(meeting);
    let after = last.map(|last| last.on);
    // What was sent after this moment was not known at it.
    let known =
        |case: &&Case<'_>| case.standing != Standing::Draft || case.referral().submitted.is_none();
    let id_of = |case: &Case<'_>| {
        let child = &case.referral().child;
        let number = child.number().map(str::to_owned);
        number
            .or_else(|| said(child.name.as_ref()))
            .unwrap_or_else(|| case.reference().to_owned())
    };
    let mut by_child: BTreeMap<(Day, String), Vec<&Case<'_>>> = BTreeMap::new();
    for case in began.cases().iter().filter(known) {
        let Some(since) = case.referral().child.looked_after_since else {
            continue;
        };
        // By date: what the last meeting's own day brought belongs to that meeting.
        let is_new = since <= meeting.on && after.is_none_or(|after| since > after);
        if is_new {
            let id = id_of(case);
            let same_child = || {
                let others = began.cases().iter().filter(known);
                others.filter(|other| id_of(other) == id).collect()
            };
            by_child
                .entry((since, id.clone()))
                .or_insert_with(same_child);
        }
    }
    let children = by_child
        .into_iter()
        .map(|((since, _), cases)| {
            let (case, paper) = best_paper(began, judged, &cases, numbers);
            let about = head(case, meeting.on);
            NewChild {
                reference: about.reference,
                child: about.child,
                age: about.age,
                since: since.into(),
                legal_status: about.legal_status,
                paper,
            }
        })
        .collect();
    Some(NewlyView {
        since: after.map(DayView::from),
        children,
    })
}

/// The paper of a child that is nearest to being heard.
fn best_paper<'c, 'a>(
    began: &Desk<'a>,
    judged: &Judgement,
    cases: &[&'c Case<'a>],
    numbers: &Numbers,
) -> (&'c Case<'a>, String) {
    let rank = |case: &Case<'a>| match judged.state(case) {
        _ if numbers.contains_key(case.reference()) => 0,
        State::NotReady => 1,
        State::Draft => 3,
        State::Withdrawn => 4,
        _ => 2,
    };
    let mut sorted = cases.to_vec();
    sorted.sort_by_key(|case| (rank(case), case.reference()));
    let case = sorted[0];
    let paper = match (numbers.get(case.reference()), judged.state(case)) {
        (Some(number), _) => format!("No. {number} of the running order"),
        (None, State::NotReady) => "Sent, not ready".to_owned(),
        (None, State::Draft) => "Not yet referred: the request is a draft".to_owned(),
        (None, State::Withdrawn) => "The request was withdrawn".to_owned(),
        (None, _) => match (case.last(), began.meeting_for(case)) {
            (Some(made), _) if !case.is_waiting() => format!("Heard on {}", made.on.in_words()),
            (_, Some(other)) => format!("For the meeting of {}", other.on.in_words()),
            (Some(made), None) => format!("Heard on {}", made.on.in_words()),
            (None, None) => "No meeting is known for it".to_owned(),
        },
    };
    (case, paper)
}

/// Something that comes back at this meeting.
#[derive(Debug, Clone, Serialize)]
pub(super) struct ForwardRow {
    /// The referral.
    pub(super) reference: String,
    /// The child.
    pub(super) child: String,
    /// Return, deferral, emergency, birthday, or what ends.
    pub(super) what: String,
    /// The meeting that set it, or the placement's first day.
    pub(super) set_on: Option<DayView>,
    /// When it is due.
    pub(super) due: DayView,
    /// Where it stands on this agenda.
    pub(super) place: String,
}

/// What comes back at a meeting by itself, by the day it is due.
pub(super) fn brought_forward(
    began: &Desk<'_>,
    judged: &Judgement,
    meeting: &PanelMeeting<'_>,
    numbers: &Numbers,
) -> Vec<ForwardRow> {
    let place = |case: Option<&Case<'_>>| match case {
        Some(case) => match numbers.get(case.reference()) {
            Some(number) => format!("No. {number}, {}", case.reference()),
            None if judged.state(case) == State::NotReady => {
                format!("Sent, not ready, {}", case.reference())
            }
            None => match began.meeting_for(case) {
                Some(at) if at.id != meeting.id => {
                    format!("For {}, {}", at.on.in_words(), case.reference())
                }
                _ => format!("Moves on, {}", case.reference()),
            },
        },
        None => "Not received".to_owned(),
    };
    began
        .brought_to(meeting)
        .into_iter()
        .map(|row| {
            let own = numbers.contains_key(row.case.reference());
            let stands = match row.kind {
                ExpectedKind::Deferral => own || judged.state(row.case) == State::NotReady,
                _ => true,
            };
            let paper = row.paper.filter(|_| stands).or(own.then_some(row.case));
            let every = row.every.map(super::decided::every);
            ForwardRow {
                reference: row.case.reference().to_owned(),
                child: child_of(row.case),
                what: match every {
                    Some(every) => format!("{}, {every}", row.what),
                    None => row.what,
                },
                set_on: row.set_on.map(DayView::from),
                due: row.due_on.into(),
                place: match row.kind {
                    ExpectedKind::Decision => "Not made yet".to_owned(),
                    ExpectedKind::Endorsement => "Not given yet".to_owned(),
                    _ => place(paper),
                },
            }
        })
        .collect()
}

/// A case that waits and for which no meeting is known.
#[derive(Debug, Clone, Serialize)]
pub(super) struct WaitingRow {
    /// The referral.
    pub(super) reference: String,
    /// The child.
    pub(super) child: String,
    /// The panel that it is for.
    pub(super) panel: String,
    /// When it was sent.
    pub(super) sent: Option<DayView>,
    /// Who answers for it.
    pub(super) service_manager: String,
}

/// Cases that wait where no meeting of their panel is known, by reference; of the panels that sit
/// at these meetings or, where there are none, of all.
pub(super) fn without_meeting(desk: &Desk<'_>, meetings: &[&PanelMeeting<'_>]) -> Vec<WaitingRow> {
    let is_of_these = |case: &Case<'_>| {
        meetings.is_empty() || meetings.iter().any(|meeting| desk.comes_to(case, meeting))
    };
    let mut rows: Vec<WaitingRow> = desk
        .cases()
        .iter()
        .filter(|case| case.has_no_meeting() && is_of_these(case))
        .map(|case| WaitingRow {
            reference: case.reference().to_owned(),
            child: child_of(case),
            panel: desk.book.panel_in_full(case.panel),
            sent: case.sent_at().map(|at| Day::of(at.date()).into()),
            service_manager: service_manager(case),
        })
        .collect();
    rows.sort_by(|one, other| one.reference.cmp(&other.reference));
    rows
}

/// A request that is not ready, with everything that holds it back.
#[derive(Debug, Clone, Serialize)]
pub(super) struct NotReadyView {
    /// Who it is about.
    #[serde(flatten)]
    pub(super) about: CaseHead,
    /// What holds it back.
    pub(super) reasons: Vec<ReasonView>,
}

/// One thing that holds a request back.
#[derive(Debug, Clone, Serialize)]
pub(super) struct ReasonView {
    /// What is wrong.
    pub(super) message: String,
    /// Clauses of the policy that ask for it.
    pub(super) clauses: Option<String>,
}

/// Requests for a meeting that are not ready, by reference; those put off among them whose papers
/// have not come.
pub(super) fn not_ready(
    began: &Desk<'_>,
    judged: &Judgement,
    meeting: &PanelMeeting<'_>,
) -> Vec<NotReadyView> {
    let mut cases: Vec<&Case<'_>> = began
        .cases()
        .iter()
        .filter(|case| {
            let stands = match judged.state(case) {
                State::NotReady => true,
                // It is not heard without what the panel asked for, and never out of sight.
                State::Deferred => !case.has_come_back(),
                _ => false,
            };
            stands
                && began
                    .meeting_for(case)
                    .is_some_and(|at| at.id == meeting.id)
        })
        .collect();
    cases.sort_by_key(|case| case.reference());
    cases
        .into_iter()
        .map(|case| {
            let mut seen = BTreeSet::new();
            let awaited = awaited_after_deferral(case).into_iter();
            let reasons = judged
                .about(case.reference())
                .filter(|finding| finding.is_error())
                .map(reason)
                .chain(awaited)
                .filter(|reason| seen.insert(reason.message.clone()))
                .collect();
            NotReadyView {
                about: head(case, meeting.on),
                reasons,
            }
        })
        .collect()
}

/// What a deferral waits for, where it has not come.
fn awaited_after_deferral(case: &Case<'_>) -> Option<ReasonView> {
    let made = case.last().filter(|_| !case.has_come_back())?;
    Some(ReasonView {
        message: format!(
            "Put off on {}, and what the panel asked for then has not come",
            made.on.in_words()
        ),
        clauses: None,
    })
}

fn reason(finding: &Finding) -> ReasonView {
    ReasonView {
        message: super::common::capitalised(&finding.message),
        clauses: (!finding.basis.clauses.is_empty()).then(|| finding.basis.clauses.join(", ")),
    }
}
