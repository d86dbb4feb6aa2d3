//! Parts of a meeting's papers that a council turns on: quorum, what comes after the fact, drift,
//! what a condition brings forward, who a paper goes to.

use super::common::{DayView, capitalised, child_of, label};
use super::item_notes::is_retrospective;
use super::lists::Numbers;
use crate::council::{Council, Paper, Quorum, Use};
use crate::desk::{Case, Desk, PanelMeeting};
use crate::records::Day;
use serde::Serialize;
use std::collections::BTreeMap;

/// How many must be there, as people say it: one text for each thing that must be met.
pub(super) fn quorum(council: &Council) -> Vec<String> {
    council
        .quorum
        .iter()
        .map(|quorum| in_a_line(council, quorum))
        .collect()
}

fn in_a_line(council: &Council, quorum: &Quorum) -> String {
    let posts: Vec<&str> = quorum
        .of
        .iter()
        .map(|post| council.role_label(post))
        .collect();
    let number = quorum.number;
    let who = match (posts.as_slice(), number) {
        ([], 1) => "at least 1 member".to_owned(),
        ([], _) => format!("at least {number} members"),
        ([one], 1) => (*one).to_owned(),
        (posts, _) => format!("at least {number} of: {}", posts.join(", ")),
    };
    match quorum.cover_counts {
        true => who,
        false => format!("{who} (cover does not count)"),
    }
}

/// Who a paper goes to.
pub(super) fn distribution(council: &Council, paper: Paper) -> Vec<String> {
    let mut to = Vec::new();
    for entry in council.distribution.iter().filter(|row| row.paper == paper) {
        for who in &entry.to {
            if !to.contains(who) {
                to.push(who.clone());
            }
        }
    }
    to
}

/// What comes after the fact.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Retrospective {
    /// What the council's file says of it.
    pub(super) says: Vec<String>,
    /// What follows where it is not heard.
    pub(super) if_missed: Option<String>,
    /// The items.
    pub(super) rows: Vec<RetrospectiveRow>,
}

/// One item that comes after the fact.
#[derive(Debug, Clone, Serialize)]
pub(super) struct RetrospectiveRow {
    /// Its number in the running order.
    pub(super) number: usize,
    /// The referral.
    pub(super) reference: String,
    /// The child.
    pub(super) child: String,
    /// The day on which the placement began.
    pub(super) placed: Option<DayView>,
    /// What made it an emergency.
    pub(super) ground: Option<String>,
    /// Who approved it.
    pub(super) approved_by: Option<super::common::PersonView>,
}

/// Items that come after the fact, and what the council's file says of such.
pub(super) fn retrospective(
    began: &Desk<'_>,
    meeting: &PanelMeeting<'_>,
    heard: &[&Case<'_>],
) -> Option<Retrospective> {
    let rows: Vec<RetrospectiveRow> = (1..)
        .zip(heard)
        .filter_map(|(number, case)| Some((number, began.case(case.reference())?)))
        .filter(|(_, case)| is_retrospective(began, case))
        .map(|(number, case)| {
            let referral = case.referral();
            let emergency = referral.emergency.as_ref();
            RetrospectiveRow {
                number,
                reference: case.reference().to_owned(),
                child: child_of(case),
                placed: referral.placed_on.map(DayView::from),
                ground: emergency
                    .and_then(|row| label(case.rules, Use::Ground, row.ground.as_ref())),
                approved_by: emergency
                    .and_then(|row| row.approved_by.as_ref())
                    .map(|by| super::common::person(case.rules, by)),
            }
        })
        .collect();
    let rules = meeting.rules;
    let bases = rules.emergency.iter().map(|rule| &rule.basis).chain(
        rules
            .criteria
            .iter()
            .filter(|criterion| criterion.retrospective)
            .map(|criterion| &criterion.basis),
    );
    let mut says: Vec<String> = Vec::new();
    for line in bases.filter_map(|basis| Some(basis.because.as_ref()?.line)) {
        let said = rules.listed.iter().find(|entry| entry.line == line);
        says.extend(said.map(|entry| entry.text.clone()));
    }
    (!rows.is_empty()).then(|| Retrospective {
        says,
        if_missed: rules
            .emergency
            .as_ref()
            .and_then(|rule| rule.if_missed.clone()),
        rows,
    })
}

/// A case that drifts.
#[derive(Debug, Clone, Serialize)]
pub(super) struct DriftRow {
    /// The referral.
    pub(super) reference: String,
    /// The child.
    pub(super) child: String,
    /// Why.
    pub(super) why: String,
    /// Its number in the running order, or that of the paper that brings it back.
    pub(super) number: Option<usize>,
}

/// Cases of a meeting's panel that drift, by reference.
pub(super) fn drift(
    began: &Desk<'_>,
    meeting: &PanelMeeting<'_>,
    drifting: &BTreeMap<&str, Vec<String>>,
    numbers: &Numbers,
) -> Vec<DriftRow> {
    drifting
        .iter()
        .filter_map(|(reference, why)| Some((began.case(reference)?, why)))
        .filter(|(case, _)| began.comes_to(case, meeting))
        .map(|(case, why)| DriftRow {
            reference: case.reference().to_owned(),
            child: child_of(case),
            why: capitalised(&why.join("; ")),
            number: numbers.get(case.reference()).copied().or_else(|| {
                began
                    .brought_back_by(case.reference())
                    .find_map(|other| numbers.get(other.reference()).copied())
            }),
        })
        .collect()
}

/// Why an item drifts: itself, and the case that it brings back.
pub(super) fn drift_of(
    desk: &Desk<'_>,
    drifting: &BTreeMap<&str, Vec<String>>,
    case: &Case<'_>,
) -> Vec<String> {
    let under_review = desk.under_review(case).map(Case::reference);
    [Some(case.reference()), under_review]
        .into_iter()
        .flatten()
        .filter_map(|reference| drifting.get(reference))
        .flatten()
        .cloned()
        .collect()
}

/// A case that a condition brings forward.
#[derive(Debug, Clone, Serialize)]
pub(super) struct AgainRow {
    /// The referral.
    pub(super) reference: String,
    /// The child.
    pub(super) child: String,
    /// Why.
    pub(super) why: String,
    /// When it was heard last.
    pub(super) heard: DayView,
    /// Clauses of the policy.
    pub(super) clauses: Option<String>,
}

/// Cases that conditions bring to a meeting and that are not on its agenda.
pub(super) fn heard_again(
    began: &Desk<'_>,
    meeting: &PanelMeeting<'_>,
    numbers: &Numbers,
) -> Vec<AgainRow> {
    began
        .brought_forward_to(meeting)
        .into_iter()
        .filter(|row| !numbers.contains_key(row.case.reference()))
        .map(|row| AgainRow {
            reference: row.case.reference().to_owned(),
            child: child_of(row.case),
            why: row.rule.label.clone(),
            heard: row.heard_on.into(),
            clauses: (!row.rule.basis.clauses.is_empty())
                .then(|| row.rule.basis.clauses.join(", ")),
        })
        .collect()
}

/// A category with the meeting's day in it.
pub(super) fn filed_under(category: &str, on: Day) -> String {
    let date = on.date();
    [("YYYY", "%Y"), ("MM", "%m"), ("DD", "%d")]
        .into_iter()
        .fold(category.to_owned(), |text, (letters, format)| {
            replaced_alone(&text, letters, &date.format(format).to_string())
        })
}

/// `text` with each `letters` that stands between other signs than letters replaced.
fn replaced_alone(text: &str, letters: &str, value: &str) -> String {
    let mut made = String::new();
    let mut rest = text;
    while let Some(place) = rest.find(letters) {
        let (before, after) = (&rest[..place], &rest[place + letters.len()..]);
        let is_alone = !before.ends_with(|c: char| c.is_alphabetic() && !"YMD".contains(c))
            && !after.starts_with(|c: char| c.is_alphabetic() && !"YMD".contains(c));
        made.push_str(before);
        made.push_str(if is_alone { value } else { letters });
        rest = after;
    }
    made + rest
}
