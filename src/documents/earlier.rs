//! What the panel said before about a request, the one it reviews, and the same child.

use super::common::DayView;
use super::decided::{ActionView, NeedView, decided};
use crate::desk::{Case, Desk, Made, is_one_child};
use crate::records::Day;
use serde::Serialize;

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

/// Decisions known at the desk on this referral, on the one under review, and on the same child.
pub(super) fn earlier_decisions<'d, 'a>(
    desk: &'d Desk<'a>,
    case: &Case<'_>,
    before: Day,
) -> Vec<(&'d Case<'a>, &'d Made<'a>)> {
    let under_review = desk.under_review(case).map(Case::reference);
    let mut found: Vec<_> = desk
        .cases()
        .iter()
        .filter(|other| {
            other.reference() == case.reference()
                || under_review == Some(other.reference())
                || is_one_child(case, other)
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
pub(super) fn need_in_words(need: &NeedView) -> String {
    let mut text = need.what.clone();
    if let Some(from) = &need.from {
        text = format!("{text}, from {from}");
    }
    match &need.by {
        Some(by) => format!("{text} by {}", by.words),
        None => text,
    }
}
