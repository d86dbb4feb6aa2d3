//! What stands beside an item of the agenda: marks, other panels, papers, whom it needs.

use super::common::{DayView, label, other_panel, said};
use super::members::MemberRow;
use super::request::referred;
use crate::council::Use;
use crate::desk::{Case, Desk, PaperAsked};
use crate::records::Document;
use serde::Serialize;

/// What stands beside an item.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct ItemNotes {
    /// The part of the panel that it is for, where that is not the panel which sits.
    pub(super) part: Option<String>,
    /// The council's marks.
    pub(super) marks: Vec<String>,
    /// Whether it comes after the fact.
    pub(super) is_retrospective: bool,
    /// Why it drifts.
    pub(super) drift: Vec<String>,
    /// Members who are needed for it: "Commissioning manager, T. Lowe".
    pub(super) needs: Vec<String>,
    /// What the policy does not fund or decide, of which this is one.
    pub(super) exclusions: Vec<ExclusionView>,
    /// Other panels to be considered, with what the request says.
    pub(super) other_panels: Vec<OtherPanelView>,
    /// Papers that the council asks for, then others that came with the request.
    pub(super) papers: Vec<PaperView>,
    /// What is to be told, the same for each item.
    pub(super) prompts: Vec<String>,
}

/// Something that the policy does not fund or decide.
#[derive(Debug, Clone, Serialize)]
pub(super) struct ExclusionView {
    /// In words.
    pub(super) label: String,
    /// Where it goes instead.
    pub(super) instead: Option<String>,
    /// Clauses of the policy.
    pub(super) clauses: Option<String>,
}

/// Another panel to be considered.
#[derive(Debug, Clone, Serialize)]
pub(super) struct OtherPanelView {
    /// The panel.
    pub(super) panel: String,
    /// What the request says, the panel's name first; none where it does not say.
    pub(super) answer: Option<String>,
}

/// A paper that the council asks for.
#[derive(Debug, Clone, Serialize)]
pub(super) struct PaperView {
    /// What is asked for.
    pub(super) label: String,
    /// The papers that serve.
    pub(super) there: Vec<String>,
    /// The day on which it came later.
    pub(super) came: Option<DayView>,
    /// The post that it is expected from.
    pub(super) from: Option<String>,
    /// Whether it is there.
    pub(super) is_there: bool,
}

/// What stands beside one item.
pub(super) fn notes(
    desk: &Desk<'_>,
    case: &Case<'_>,
    part: Option<String>,
    drift: Vec<String>,
    members: &[MemberRow],
) -> ItemNotes {
    let Some(case) = desk.case(case.reference()) else {
        return ItemNotes::default();
    };
    ItemNotes {
        part,
        marks: marks(desk, case),
        is_retrospective: is_retrospective(desk, case),
        drift,
        needs: needs(desk, case, members),
        exclusions: exclusions(desk, case),
        other_panels: other_panels(desk, case),
        papers: desk
            .papers_of(case)
            .iter()
            .map(|paper| paper_view(case, paper))
            .chain(others(desk, case))
            .collect(),
        prompts: case
            .rules
            .prompts
            .iter()
            .map(|prompt| prompt.text.clone())
            .collect(),
    }
}

/// The council's marks of a case: the label where the condition holds, the other where it is
/// known not to, and nothing where the referral does not tell.
pub(super) fn marks(desk: &Desk<'_>, case: &Case<'_>) -> Vec<String> {
    let Some(case) = desk.case(case.reference()) else {
        return Vec::new();
    };
    let subject = desk.subject(case);
    case.rules
        .marks
        .iter()
        .filter_map(|mark| {
            if case.rules.holds(Some(&mark.when), subject) {
                return Some(mark.label.clone());
            }
            let otherwise = mark.otherwise.clone()?;
            case.rules
                .is_known_to_fail(&mark.when, subject)
                .then_some(otherwise)
        })
        .collect()
}

/// Whether a case comes after the fact: a criterion of its says so, or it is an emergency that
/// the council has ratified and that has not been heard.
pub(super) fn is_retrospective<'a>(desk: &Desk<'a>, case: &Case<'a>) -> bool {
    let is_ratified = case
        .rules
        .emergency
        .as_ref()
        .is_some_and(|rule| rule.ratified && desk.holds(rule.ratified_when.as_ref(), case));
    (is_ratified && case.is_emergency() && !case.has_been_heard())
        || desk
            .criteria(case)
            .iter()
            .any(|criterion| criterion.retrospective)
}

fn needs<'a>(desk: &Desk<'a>, case: &Case<'a>, members: &[MemberRow]) -> Vec<String> {
    case.rules
        .members
        .iter()
        .filter(|member| member.needed_for.is_some())
        .filter(|member| desk.holds(member.needed_for.as_ref(), case))
        .map(|member| {
            let row = members.iter().find(|row| row.role == member.role);
            match row.and_then(|row| row.name.as_ref()) {
                Some(name) => format!("{name} ({})", member.label),
                None => member.label.clone(),
            }
        })
        .collect()
}

fn exclusions<'a>(desk: &Desk<'a>, case: &Case<'a>) -> Vec<ExclusionView> {
    case.rules
        .exclusions
        .iter()
        .filter(|exclusion| desk.holds(Some(&exclusion.when), case))
        .map(|exclusion| ExclusionView {
            label: exclusion.label.clone(),
            instead: exclusion.instead.clone().or_else(|| {
                let id = exclusion.goes_to.as_deref()?;
                Some(other_panel(case.rules, id))
            }),
            clauses: (!exclusion.basis.clauses.is_empty())
                .then(|| exclusion.basis.clauses.join(", ")),
        })
        .collect()
}

fn other_panels<'a>(desk: &Desk<'a>, case: &Case<'a>) -> Vec<OtherPanelView> {
    case.rules
        .other_panels
        .iter()
        .filter(|panel| panel.when.is_some() && desk.holds(panel.when.as_ref(), case))
        .map(|panel| {
            let said = case
                .referral()
                .referred_to
                .iter()
                .find(|row| row.panel.as_deref() == Some(panel.id.as_str()));
            OtherPanelView {
                panel: panel.label.clone(),
                answer: said.map(|row| referred(panel.label.clone(), row)),
            }
        })
        .collect()
}

/// One paper as the agenda shows it.
pub(super) fn paper_view(case: &Case<'_>, paper: &PaperAsked<'_>) -> PaperView {
    let named = |document: &&Document| titled(case, document, &paper.asked.label);
    PaperView {
        label: paper.asked.label.clone(),
        there: paper.with_it.iter().map(named).collect(),
        came: paper.came_on.map(DayView::from),
        from: paper
            .asked
            .given_by
            .as_ref()
            .map(|post| case.rules.role_label(post).to_owned()),
        is_there: paper.is_there(),
    }
}

/// Papers that came with the request although the council asks for none of their kind.
fn others(desk: &Desk<'_>, case: &Case<'_>) -> Vec<PaperView> {
    let Some(case) = desk.case(case.reference()) else {
        return Vec::new();
    };
    let asked = desk.papers_of(case);
    let serves = |document: &Document| {
        let mut with_it = asked.iter().flat_map(|paper| &paper.with_it);
        with_it.any(|served| std::ptr::eq(*served, document))
    };
    let documents = case.referral().documents.iter();
    documents
        .filter(|document| !serves(document))
        .map(|document| {
            let label = label(case.rules, Use::Document, document.kind.as_ref())
                .unwrap_or_else(|| "Other paper".to_owned());
            PaperView {
                there: vec![titled(case, document, &label)],
                label,
                came: None,
                from: None,
                is_there: true,
            }
        })
        .collect()
}

/// A paper's title and day, after the label of what was asked for: a title that only says the
/// label again is left out.
fn titled(case: &Case<'_>, document: &Document, asked: &str) -> String {
    let title = said(document.title.as_ref())
        .or_else(|| label(case.rules, Use::Document, document.kind.as_ref()))
        .unwrap_or_else(|| "Paper".to_owned());
    match document.dated {
        Some(day) if title.eq_ignore_ascii_case(asked) => format!("of {}", day.in_words()),
        Some(day) => format!("{title}, {}", day.in_words()),
        None => title,
    }
}
