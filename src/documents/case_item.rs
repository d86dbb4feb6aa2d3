//! One case on the agenda, with everything that it needs to be heard.

use super::accepted::{AcceptedView, accepted, interests};
use super::answers::{AnswerView, answers};
use super::common::{CaseHead, DayView, PersonView, asked, head, person, record_of, said, weekly};
use super::decided::{Decided, decided};
use super::earlier::{EarlierView, earlier, earlier_decisions};
use super::form::{FormView, form, own_sections, statements};
use super::item_notes::ItemNotes;
use super::request::{RequestView, ScoreView, ViewView, request, scores, views};
use super::running::{in_clock, request_in_words, why};
use crate::council::{CasePart, Council};
use crate::desk::{Case, Desk, PanelMeeting, Slot};
use crate::records::same_name;
use serde::Serialize;

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
    /// What stands beside it.
    #[serde(flatten)]
    pub(super) beside: ItemNotes,
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
    /// The council's own sections of its form: the case in the worker's words.
    pub(super) sections: Vec<(String, String)>,
    /// Danger statement and safety goals.
    pub(super) statements: Vec<(String, String)>,
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
pub(super) fn outcomes(
    desk: &Desk<'_>,
    case: &Case<'_>,
    council: &Council,
    chosen: Option<&str>,
) -> Vec<OutcomeBox> {
    council
        .outcomes
        .iter()
        .filter(|outcome| {
            Some(outcome.id.as_str()) == chosen
                || desk
                    .case(case.reference())
                    .is_some_and(|case| council.holds(outcome.when.as_ref(), desk.subject(case)))
        })
        .map(|outcome| OutcomeBox {
            id: outcome.id.clone(),
            label: outcome.label.clone(),
            is_chosen: Some(outcome.id.as_str()) == chosen,
        })
        .collect()
}

/// The parts of a case's agenda: the council's own or, where it states none, the plain ones.
fn parts(council: &Council) -> Vec<PartView> {
    const PLAIN: [(&str, &str); 5] = [
        ("introductions", "Introductions"),
        ("earlier-recommendations", "Earlier decisions"),
        ("summary-and-request", "Summary and request"),
        ("discussion", "Discussion"),
        ("decision", "Decision"),
    ];
    if council.case_agenda.is_empty() {
        return PLAIN
            .into_iter()
            .map(|(kind, title)| PartView {
                kind,
                title: title.to_owned(),
            })
            .collect();
    }
    council
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
        .collect()
}

/// Everything that one case needs to be heard.
pub(super) fn item(
    desk: &Desk<'_>,
    meeting: &PanelMeeting<'_>,
    case: &Case<'_>,
    place: (usize, Option<Slot>),
    members: &[String],
    beside: ItemNotes,
    is_pack: bool,
) -> CaseItem {
    let council = case.rules;
    let referral = case.referral();
    let about = head(case, meeting.on);
    let sent = referral.submitted.map(crate::records::Moment::day);
    let declared: Vec<(String, String)> = record_of(meeting)
        .and_then(|record| record.declarations.as_ref())
        .into_iter()
        .flatten()
        .filter(|row| row.referral.as_deref() == Some(case.reference()))
        .filter_map(|row| {
            let member = said(row.member.as_ref())?;
            let line = match said(row.nature.as_ref()) {
                Some(nature) => format!("{member} has declared: {nature}"),
                None => format!("{member} has declared an involvement"),
            };
            Some((member, line))
        })
        .collect();
    let presents = |name: &str| {
        let mut named = referral.attending.iter();
        named.any(|who| who.name.as_deref().is_some_and(|who| same_name(who, name)))
    };
    CaseItem {
        number: place.0,
        time: place.1.map(in_clock),
        request_line: request_in_words(&about),
        about,
        why: why(desk, meeting, case),
        beside,
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
        asked: asked(case).map(|sum| sum.to_string()),
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
            .filter(|(name, _)| !declared.iter().any(|(member, _)| same_name(member, name)))
            // Who presents the case stands in the line above, and nobody doubts the tie.
            .filter(|(name, _)| !presents(name))
            .chain(declared.iter().cloned())
            .map(|(_, line)| line)
            .collect(),
        earlier: earlier(desk, case, meeting.on),
        sections: own_sections(council, referral),
        statements: statements(referral),
        asks: request(case),
        answers: answers(desk, case, council, None),
        views: views(referral),
        scores: scores(referral),
        outcomes: outcomes(desk, case, council, None),
        parts: parts(council),
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
