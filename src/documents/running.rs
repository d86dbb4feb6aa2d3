//! What a meeting hears, in its order, with what each case needs to be heard.

use super::background::{
    AcceptedView, EarlierView, OutcomeBox, accepted, earlier, earlier_decisions, outcomes,
};
use super::common::{CaseHead, DayView, PersonView, asked, head, named, person, said, weekly};
use super::decided::{AnswerView, Decided, answers, decided};
use super::request::{FormView, RequestView, ScoreView, ViewView, form, request, scores, views};
use crate::council::CasePart;
use crate::desk::{Case, Desk, PanelMeeting, Slot, slots};
use crate::records::{clock, same_name};
use crate::rules::{Judgement, State};
use chrono::TimeDelta;
use serde::Serialize;

/// Cases that a meeting hears: those that are ready, those back from a deferral that asked the
/// service for nothing, and children newly in care whom the panel looks at again.
pub(super) fn running_order<'d, 'a>(
    began: &'d Desk<'a>,
    judged: &Judgement,
    meeting: &PanelMeeting<'_>,
) -> Vec<&'d Case<'a>> {
    let returns: Vec<&str> = began
        .reviews_at(meeting)
        .into_iter()
        .filter(|review| review.paper.is_none() && review.case.kind() == "newly-looked-after")
        .map(|review| review.case.reference())
        .collect();
    let cases = began
        .cases()
        .iter()
        .filter(|case| {
            let is_here = began
                .meeting_for(case)
                .is_some_and(|at| at.id == meeting.id);
            match judged.state(case) {
                State::Listed | State::CarriedOver => is_here,
                State::Deferred => is_here && case.has_come_back(),
                _ => returns.contains(&case.reference()),
            }
        })
        .collect();
    began.in_order(cases, meeting)
}

/// Times for cases, in their order; none at all where the council does not say how long it sits.
pub(super) fn times(
    desk: &Desk<'_>,
    meeting: &PanelMeeting<'_>,
    cases: &[&Case<'_>],
) -> Option<Vec<Option<Slot>>> {
    let sitting = desk.council.sitting.as_ref()?;
    let opening = TimeDelta::minutes(i64::from(sitting.opening_minutes));
    let minutes: Vec<u32> = cases
        .iter()
        .map(|case| match case.referral().request.complex {
            Some(true) => sitting.complex_minutes,
            _ => sitting.slot_minutes,
        })
        .collect();
    let left = sitting.minutes.saturating_sub(sitting.opening_minutes);
    Some(slots(meeting.starts_at + opening, left, &minutes))
}

/// A line of the running order.
#[derive(Debug, Clone, Serialize)]
pub(super) struct RunningRow {
    /// Its number; none for what moves on.
    pub(super) number: Option<usize>,
    /// When it begins and ends, where the sitting's length is known.
    pub(super) time: Option<String>,
    /// The referral.
    pub(super) reference: String,
    /// The child.
    pub(super) child: String,
    /// What is asked.
    pub(super) request: String,
    /// Why it stands where it does.
    pub(super) why: String,
    /// What it asks for, or with which request it is counted.
    pub(super) asked: Option<String>,
}

/// The line of one case.
pub(super) fn row(
    desk: &Desk<'_>,
    meeting: &PanelMeeting<'_>,
    case: &Case<'_>,
    number: Option<usize>,
    slot: Option<Slot>,
) -> RunningRow {
    let about = head(desk, case, meeting.on);
    let own = case.referral();
    RunningRow {
        number,
        time: slot.map(in_clock),
        request: request_in_words(&about),
        reference: about.reference,
        child: about.child,
        why: why(desk, meeting, case),
        asked: match (&own.part_of, own.costs.is_empty()) {
            (Some(lead), true) => Some(format!("with {lead}")),
            _ => asked(desk, case).map(|sum| sum.to_string()),
        },
    }
}

fn why(desk: &Desk<'_>, meeting: &PanelMeeting<'_>, case: &Case<'_>) -> String {
    desk.case(case.reference())
        .map_or_else(String::new, |case| {
            desk.order_reason(case, meeting).label().to_owned()
        })
}

/// Kind and, where a home is asked for, which.
pub(super) fn request_in_words(about: &CaseHead) -> String {
    match &about.provision {
        Some(provision) => format!(
            "{}: {}",
            about.request,
            super::common::uncapitalised(provision)
        ),
        None => about.request.clone(),
    }
}

/// "14:10 to 14:30"
pub(super) fn in_clock(slot: Slot) -> String {
    format!("{} to {}", clock(slot.from.time()), clock(slot.to.time()))
}

/// One case on the agenda.
#[derive(Debug, Clone, Serialize)]
pub(super) struct CaseItem {
    /// Its number.
    pub(super) number: usize,
    /// When it is heard.
    pub(super) time: Option<String>,
    /// Who it is about.
    #[serde(flatten)]
    pub(super) about: CaseHead,
    /// Kind and provision in a line.
    pub(super) request_line: String,
    /// Why it stands where it does.
    pub(super) why: String,
    /// Grounds for coming to the panel.
    pub(super) criteria: Vec<CriterionView>,
    /// When it was first sent.
    pub(super) sent: Option<DayView>,
    /// Days from then to the meeting.
    pub(super) waiting_days: Option<i64>,
    /// How often it was put off.
    pub(super) deferrals: usize,
    /// How often a meeting passed without deciding it.
    pub(super) carried_over: u32,
    /// What was accepted though it falls short of the rules.
    pub(super) accepted: Vec<AcceptedView>,
    /// What it asks for in all.
    pub(super) asked: Option<String>,
    /// What it asks for a week.
    pub(super) asked_weekly: Option<String>,
    /// Who presents.
    pub(super) presenters: Vec<PersonView>,
    /// Members with a tie to the case.
    pub(super) interests: Vec<String>,
    /// What the panel said before.
    pub(super) earlier: Vec<EarlierView>,
    /// What is asked.
    pub(super) asks: RequestView,
    /// The panel's questions with the request's answers.
    pub(super) answers: Vec<AnswerView>,
    /// What the people concerned think.
    pub(super) views: Vec<ViewView>,
    /// Scores of how safe things are.
    pub(super) scores: Vec<ScoreView>,
    /// What the panel may decide.
    pub(super) outcomes: Vec<OutcomeBox>,
    /// The parts of the case's agenda.
    pub(super) parts: Vec<PartView>,
    /// The form in full, in a pack.
    pub(super) form: Option<FormView>,
    /// Earlier decisions in full, in a pack.
    pub(super) records: Vec<Decided>,
}

/// A ground for coming to the panel.
#[derive(Debug, Clone, Serialize)]
pub(super) struct CriterionView {
    /// In words.
    pub(super) label: String,
    /// Clauses of the policy.
    pub(super) clauses: Option<String>,
}

/// A part of a case's agenda.
#[derive(Debug, Clone, Serialize)]
pub(super) struct PartView {
    /// Which.
    pub(super) kind: &'static str,
    /// In the council's words.
    pub(super) title: String,
}

/// Members whom the request names: whom it says to be involved, its reviewing officer, managers.
pub(super) fn interests(case: &Case<'_>, members: &[String]) -> Vec<String> {
    let referral = case.referral();
    let mut found: Vec<String> = referral
        .involved_members
        .iter()
        .filter_map(|name| said(Some(name)))
        .map(|name| format!("{name}, named in the request as knowing the case"))
        .collect();
    let posts = [
        (&referral.iro, "the independent reviewing officer"),
        (&referral.team_manager, "the team manager"),
        (&referral.service_manager, "the service manager"),
    ];
    for (somebody, post) in posts {
        let Some(name) = named(somebody.as_ref()) else {
            continue;
        };
        if members.iter().any(|member| same_name(member, &name)) {
            found.push(format!("{name}, {post} on the request"));
        }
    }
    found
}

/// Everything that one case needs to be heard.
pub(super) fn item(
    desk: &Desk<'_>,
    meeting: &PanelMeeting<'_>,
    case: &Case<'_>,
    place: (usize, Option<Slot>),
    members: &[String],
    is_pack: bool,
) -> CaseItem {
    let council = desk.council;
    let referral = case.referral();
    let about = head(desk, case, meeting.on);
    let sent = referral.submitted.map(crate::records::Moment::day);
    let declared = super::common::record_of(meeting)
        .and_then(|record| record.declarations.as_ref())
        .into_iter()
        .flatten()
        .filter(|row| row.referral.as_deref() == Some(case.reference()))
        .filter_map(|row| {
            let member = said(row.member.as_ref())?;
            Some(match said(row.nature.as_ref()) {
                Some(nature) => format!("{member} has declared: {nature}"),
                None => format!("{member} has declared an involvement"),
            })
        });
    CaseItem {
        number: place.0,
        time: place.1.map(in_clock),
        request_line: request_in_words(&about),
        about,
        why: why(desk, meeting, case),
        criteria: desk
            .case(case.reference())
            .map(|case| desk.criteria(case))
            .unwrap_or_default()
            .into_iter()
            .map(|criterion| CriterionView {
                label: criterion.label.clone(),
                clauses: (!criterion.basis.clauses.is_empty())
                    .then(|| criterion.basis.clauses.join(", ")),
            })
            .collect(),
        sent: sent.map(DayView::from),
        waiting_days: sent.map(|sent| (meeting.on.date() - sent.date()).num_days()),
        deferrals: desk.deferrals(case),
        carried_over: case.carried_over,
        accepted: accepted(desk, &|reference, _| reference == case.reference()),
        asked: asked(desk, case).map(|sum| sum.to_string()),
        asked_weekly: Some(weekly(case.costs))
            .filter(|sum| sum.pence() > 0)
            .map(|sum| sum.to_string()),
        presenters: if referral.attending.is_empty() {
            vec![person(council, &referral.worker)]
        } else {
            referral
                .attending
                .iter()
                .map(|who| person(council, who))
                .collect()
        },
        interests: interests(case, members)
            .into_iter()
            .chain(declared)
            .collect(),
        earlier: earlier(desk, case, meeting.on),
        asks: request(desk, case),
        answers: answers(desk, case, None),
        views: views(referral),
        scores: scores(referral),
        outcomes: outcomes(desk, case, None),
        parts: council
            .case_agenda
            .iter()
            .map(|entry| PartView {
                kind: match entry.part {
                    CasePart::Introductions => "introductions",
                    CasePart::EarlierRecommendations => "earlier-recommendations",
                    CasePart::SummaryAndRequest => "summary-and-request",
                    CasePart::Discussion => "discussion",
                    CasePart::Decision => "decision",
                },
                title: entry.title.clone(),
            })
            .collect(),
        form: is_pack.then(|| form(desk, case, meeting.on)),
        records: if is_pack {
            earlier_decisions(desk, case, meeting.on)
                .into_iter()
                .map(|(other, made)| decided(desk, other, made))
                .collect()
        } else {
            Vec::new()
        },
    }
}
