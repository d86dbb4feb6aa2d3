//! The agenda's lists beside the running order: newly in care, brought forward, not ready.

use super::common::{CaseHead, DayView, child_of, head, said};
use crate::desk::{Case, Desk, PanelMeeting, Standing};
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
        said(child.case_id.as_ref())
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
    /// Review, weekly return or deferral.
    pub(super) what: String,
    /// The meeting that set it.
    pub(super) set_on: DayView,
    /// When it is due.
    pub(super) due: DayView,
    /// Where it stands on this agenda.
    pub(super) place: String,
}

/// Returns and deferrals that fall due at a meeting, by the day they are due.
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
    let mut rows: Vec<(Day, ForwardRow)> = Vec::new();
    for review in began.reviews_at(meeting) {
        let own = numbers.contains_key(review.case.reference());
        let paper = review.paper.or(own.then_some(review.case));
        let every = review
            .made
            .decision()
            .review
            .as_ref()
            .and_then(|review| review.every)
            .map(|every| format!("Return to panel, {}", super::decided::every(every)));
        rows.push((
            review.due_on,
            ForwardRow {
                reference: review.case.reference().to_owned(),
                child: child_of(review.case),
                what: every.unwrap_or_else(|| "Return to panel".to_owned()),
                set_on: review.made.on.into(),
                due: review.due_on.into(),
                place: place(paper),
            },
        ));
    }
    for case in began.deferred_to(meeting) {
        let Some(made) = case.last() else { continue };
        let is_here = numbers.contains_key(case.reference());
        let stands = is_here || judged.state(case) == State::NotReady;
        rows.push((
            meeting.day,
            ForwardRow {
                reference: case.reference().to_owned(),
                child: child_of(case),
                what: "Deferral".to_owned(),
                set_on: made.on.into(),
                due: meeting.on.into(),
                place: place(stands.then_some(case)),
            },
        ));
    }
    rows.sort_by(|one, other| (one.0, &one.1.reference).cmp(&(other.0, &other.1.reference)));
    rows.into_iter().map(|(_, row)| row).collect()
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

/// Requests for a meeting that are not ready, by reference.
pub(super) fn not_ready(
    began: &Desk<'_>,
    judged: &Judgement,
    meeting: &PanelMeeting<'_>,
) -> Vec<NotReadyView> {
    let mut cases: Vec<&Case<'_>> = began
        .cases()
        .iter()
        .filter(|case| {
            judged.state(case) == State::NotReady
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
            let reasons = judged
                .about(case.reference())
                .filter(|finding| finding.is_error())
                .map(reason)
                .filter(|reason| seen.insert(reason.message.clone()))
                .collect();
            NotReadyView {
                about: head(case, meeting.on),
                reasons,
            }
        })
        .collect()
}

fn reason(finding: &Finding) -> ReasonView {
    ReasonView {
        message: super::common::capitalised(&finding.message),
        clauses: (!finding.basis.clauses.is_empty()).then(|| finding.basis.clauses.join(", ")),
    }
}
