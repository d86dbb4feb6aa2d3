//! What a meeting hears, in its order, with what each case needs to be heard.

use super::common::{CaseHead, DayView, PersonView, asked, head, named, person, said, weekly};
use super::decided::{ActionView, AnswerView, Decided, actions, answers, decided};
use super::request::{FormView, RequestView, ScoreView, ViewView, form, request, scores, views};
use crate::council::CasePart;
use crate::desk::{Case, Desk, Made, PanelMeeting, Slot, slots};
use crate::records::{Day, Person, clock, same_name};
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

/// Something accepted on the record.
#[derive(Debug, Clone, Serialize)]
pub(super) struct AcceptedView {
    /// The referral.
    pub(super) reference: String,
    /// The child.
    pub(super) child: String,
    /// What falls short.
    pub(super) what: String,
    /// Who accepted it.
    pub(super) by: Option<PersonView>,
    /// When.
    pub(super) on: Option<DayView>,
    /// Why.
    pub(super) reason: Option<String>,
}

/// What the panel said before.
#[derive(Debug, Clone, Serialize)]
pub(super) struct EarlierView {
    /// The referral it was about.
    pub(super) reference: String,
    /// When.
    pub(super) on: DayView,
    /// The outcome as the council says it.
    pub(super) outcome_label: String,
    /// What was agreed.
    pub(super) agreements: Vec<String>,
    /// What a deferral asked for: "…, from V. Thorne by 1 December 2026".
    pub(super) needs: Vec<String>,
    /// Actions not done.
    pub(super) open_actions: Vec<ActionView>,
}

/// A decision that the panel may make.
#[derive(Debug, Clone, Serialize)]
pub(super) struct OutcomeBox {
    /// Its id.
    pub(super) id: String,
    /// As the council says it.
    pub(super) label: String,
    /// Whether it was made.
    pub(super) is_chosen: bool,
}

/// A part of a case's agenda.
#[derive(Debug, Clone, Serialize)]
pub(super) struct PartView {
    /// Which.
    pub(super) kind: &'static str,
    /// In the council's words.
    pub(super) title: String,
}

/// The decisions that the panel may make on a case.
pub(super) fn outcomes(desk: &Desk<'_>, case: &Case<'_>, chosen: Option<&str>) -> Vec<OutcomeBox> {
    desk.council
        .outcomes
        .iter()
        .filter(|outcome| {
            Some(outcome.id.as_str()) == chosen
                || desk
                    .case(case.reference())
                    .is_some_and(|case| desk.holds(outcome.when.as_ref(), case))
        })
        .map(|outcome| OutcomeBox {
            id: outcome.id.clone(),
            label: outcome.label.clone(),
            is_chosen: Some(outcome.id.as_str()) == chosen,
        })
        .collect()
}

/// Decisions known at the desk on this referral, on the one under review, and on the same child.
pub(super) fn earlier_decisions<'d, 'a>(
    desk: &'d Desk<'a>,
    case: &Case<'_>,
    before: Day,
) -> Vec<(&'d Case<'a>, &'d Made<'a>)> {
    let own = case.referral();
    let mut found: Vec<_> = desk
        .cases()
        .iter()
        .filter(|other| {
            let referral = other.referral();
            referral.reference == own.reference
                || own.request.review_of.as_deref() == Some(other.reference())
                || (own.child.case_id.is_some() && referral.child.case_id == own.child.case_id)
        })
        .flat_map(|other| other.decisions.iter().map(move |made| (other, made)))
        .filter(|(_, made)| made.on < before)
        .collect();
    found.sort_by_key(|(other, made)| (made.on, other.reference()));
    found
}

/// What the panel said before a day, as a later meeting is told it.
pub(super) fn earlier(desk: &Desk<'_>, case: &Case<'_>, before: Day) -> Vec<EarlierView> {
    earlier_decisions(desk, case, before)
        .into_iter()
        .map(|(other, made)| {
            let told = decided(desk, other, made);
            EarlierView {
                needs: told
                    .deferred
                    .iter()
                    .flat_map(|deferred| &deferred.needs)
                    .map(need_in_words)
                    .collect(),
                open_actions: told
                    .actions
                    .iter()
                    .filter(|action| action.done.is_none())
                    .cloned()
                    .collect(),
                reference: told.reference,
                on: told.on,
                outcome_label: told.outcome_label,
                agreements: told.agreements,
            }
        })
        .collect()
}

/// "The decision of …, from V. Thorne by 1 December 2026"
pub(super) fn need_in_words(need: &super::decided::NeedView) -> String {
    let mut text = need.what.clone();
    if let Some(from) = &need.from {
        text = format!("{text}, from {from}");
    }
    match &need.by {
        Some(by) => format!("{text} by {}", by.words),
        None => text,
    }
}

/// What was accepted on the record up to the desk's day: by meeting, in the files' order.
pub(super) fn accepted(desk: &Desk<'_>, wanted: &dyn Fn(&str, &str) -> bool) -> Vec<AcceptedView> {
    let child = |reference: &str| {
        desk.case(reference)
            .map_or_else(|| "Name not given".to_owned(), super::common::child_of)
    };
    let by = |by: Option<&Person>| by.map(|by| person(desk.council, by));
    let mut found = Vec::new();
    for meeting in &desk.folder.meetings {
        let at_meeting = meeting
            .meeting
            .iter()
            .flat_map(|file| &file.record.accepted);
        for row in at_meeting.filter(|row| row.on.is_none_or(|on| on <= desk.today())) {
            let Some(reference) = said(row.referral.as_ref()) else {
                continue;
            };
            if wanted(&reference, &meeting.id) {
                found.push(AcceptedView {
                    child: child(&reference),
                    reference,
                    what: rule_in_words(row.rule.as_deref().unwrap_or("")),
                    by: by(row.by.as_ref()),
                    on: row.on.map(DayView::from),
                    reason: said(row.reason.as_ref()),
                });
            }
        }
        for file in &meeting.decisions {
            let record = &file.file.record;
            let is_known = desk.case(&record.referral).is_some_and(|case| {
                let mut decisions = case.decisions.iter();
                decisions.any(|made| std::ptr::eq(made.file, file))
            });
            if !is_known || !wanted(&record.referral, &meeting.id) {
                continue;
            }
            found.extend(record.accepted.iter().map(|row| AcceptedView {
                reference: record.referral.clone(),
                child: child(&record.referral),
                what: rule_in_words(row.rule.as_deref().unwrap_or("")),
                by: by(row.by.as_ref().or(record.decided_by.as_ref())),
                on: None,
                reason: said(row.reason.as_ref()),
            }));
        }
    }
    found
}

/// What a rule's id says, in words.
fn rule_in_words(id: &str) -> String {
    crate::rules::find(id).map_or_else(
        || super::common::in_words(id),
        |rule| super::common::capitalised(rule.summary),
    )
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
