//! What stands behind a case: earlier decisions, what was accepted, the outcomes open to the panel.

use super::common::{DayView, PersonView, person, said};
use super::decided::{ActionView, decided};
use crate::desk::{Case, Desk, Made};
use crate::records::{Day, Person};
use serde::Serialize;

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
