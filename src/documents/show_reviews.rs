//! A child's returns to panel: set, held in time or late, and still to come.

use super::common::DayView;
use super::decided::every;
use crate::calendar;
use crate::desk::{Case, Desk, Made};
use crate::records::{Day, Review};
use serde::Serialize;

/// A return to panel that a decision set.
#[derive(Debug, Clone, Serialize)]
pub(super) struct ReturnView {
    /// The referral whose decision set it.
    pub(super) reference: String,
    /// The meeting that set it, or that met the one before.
    pub(super) set_on: DayView,
    /// As the decision says it; none where the council's rules ask for it.
    pub(super) asked: Option<String>,
    /// When it is due.
    pub(super) due: DayView,
    /// The meeting that met it.
    pub(super) held: Option<DayView>,
    /// `on-time`, `late`, `overdue`, `to-come`, or `ended` where the child has left the home first.
    pub(super) standing: &'static str,
    /// The day from which the child lives elsewhere.
    pub(super) ended: Option<DayView>,
    /// The request that the panel approved that on.
    pub(super) ended_by: Option<String>,
}

/// Returns that decisions set: those that were met, by the meetings that met them, then those
/// that the diary still waits for.
pub(super) fn returns(desk: &Desk<'_>, cases: &[&Case<'_>]) -> Vec<ReturnView> {
    let mut rows: Vec<(Day, ReturnView)> = Vec::new();
    for case in cases {
        for made in &case.decisions {
            rows.extend(met(desk, case, made));
        }
    }
    let due = desk.reviews_due().into_iter().map(|review| (review, None));
    let left = desk.reviews_left().into_iter();
    let left = left.map(|(review, left)| (review, Some(left)));
    for (review, left) in due.chain(left) {
        if !cases
            .iter()
            .any(|case| case.reference() == review.case.reference())
        {
            continue;
        }
        let set = review.made.decision().review.as_ref();
        let standing = match (left, desk.is_overdue(&review)) {
            (Some(_), _) => "ended",
            (None, true) => "overdue",
            (None, false) => "to-come",
        };
        rows.push((
            review.since,
            ReturnView {
                reference: review.case.reference().to_owned(),
                set_on: review.since.into(),
                asked: set.filter(|_| review.is_own).map(in_words),
                due: review.due_on.into(),
                held: None,
                standing,
                ended: left.map(|left| left.on.into()),
                ended_by: left.map(|left| left.by.clone()),
            },
        ));
    }
    rows.sort_by(|one, other| {
        (one.0, &one.1.due.iso, &one.1.reference).cmp(&(
            other.0,
            &other.1.due.iso,
            &other.1.reference,
        ))
    });
    rows.into_iter().map(|(_, row)| row).collect()
}

/// The returns of one decision that later meetings met, one after another.
fn met(desk: &Desk<'_>, case: &Case<'_>, made: &Made<'_>) -> Vec<(Day, ReturnView)> {
    let Some(review) = made.decision().review.as_ref() else {
        return Vec::new();
    };
    let mut later: Vec<(Day, bool)> = desk
        .returns_ever(case, made)
        .chain(&case.decisions)
        .filter(|later| later.on > made.on && later.outcome() != "defer")
        .map(|later| (later.on, later.decision().review.is_some()))
        .collect();
    later.sort_unstable();
    let mut rows = Vec::new();
    let mut since = made.on;
    for (held, sets_its_own) in later {
        let due = match (review.on.filter(|_| since == made.on), review.every) {
            (Some(on), _) => on,
            (None, Some(every)) => calendar::add(since, every),
            (None, None) => break,
        };
        let row = ReturnView {
            reference: case.reference().to_owned(),
            set_on: since.into(),
            asked: Some(in_words(review)),
            due: due.into(),
            held: Some(held.into()),
            standing: if held <= due { "on-time" } else { "late" },
            ended: None,
            ended_by: None,
        };
        rows.push((since, row));
        since = held;
        if sets_its_own {
            break;
        }
    }
    rows
}

fn in_words(review: &Review) -> String {
    match (review.on, review.every) {
        (Some(on), Some(interval)) => format!("{}, then {}", on.in_words(), every(interval)),
        (Some(on), None) => on.in_words(),
        (None, Some(interval)) => every(interval),
        (None, None) => String::new(),
    }
}
