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
    /// `on-time`, `late`, `overdue` or `to-come`.
    pub(super) standing: &'static str,
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
    for review in desk.reviews_due() {
        if !cases
            .iter()
            .any(|case| case.reference() == review.case.reference())
        {
            continue;
        }
        let set = review.made.decision().review.as_ref();
        let standing = match desk.is_overdue(&review) {
            true => "overdue",
            false => "to-come",
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
        .brought_back_by(case.reference())
        .flat_map(|other| &other.decisions)
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
