//! Where one child lived, as far as the requests and what followed them tell.

use super::budget::day_after;
use super::common::{DayView, label, said};
use crate::council::Use;
use crate::desk::{Case, Desk, Standing};
use crate::records::{Day, Provider};
use serde::Serialize;

/// Where the child lived.
#[derive(Debug, Clone, Serialize)]
pub(super) struct PlacementsView {
    /// By the day on which each began.
    pub(super) rows: Vec<PlacementView>,
    /// Moves that the request sent last counts, its reference, where it says so.
    pub(super) moves_counted: Option<MovesView>,
}

/// Moves as a request counts them.
#[derive(Debug, Clone, Serialize)]
pub(super) struct MovesView {
    /// The referral.
    pub(super) reference: String,
    /// How many.
    pub(super) moves: i64,
}

/// One placement.
#[derive(Debug, Clone, Serialize)]
pub(super) struct PlacementView {
    /// The referral that tells of it.
    pub(super) reference: String,
    /// The first day.
    pub(super) from: DayView,
    /// What kind.
    pub(super) provision: Option<String>,
    /// With whom.
    pub(super) provider: Option<String>,
    /// Whether it is known not to be registered.
    pub(super) is_unregistered: bool,
    /// Days in it up to and with the day, or up to the day of its end, where it is not registered.
    pub(super) unregistered_days: Option<i64>,
    /// How it came about.
    pub(super) how: String,
    /// The day on which it ended.
    pub(super) ended: Option<DayView>,
    /// Why.
    pub(super) why_ended: Option<String>,
}

/// Placements that had begun by the desk's day; none where there are none.
pub(super) fn placements(desk: &Desk<'_>, cases: &[&Case<'_>]) -> Option<PlacementsView> {
    let today = desk.today();
    let mut rows: Vec<(Day, PlacementView)> = Vec::new();
    for case in cases {
        if case.standing == Standing::Draft {
            continue;
        }
        let referral = case.referral();
        let asked = referral.provider.as_deref();
        let mut began = Vec::new();
        if let Some(on) = referral.placed_on.filter(|on| *on <= today) {
            let is_emergency = case.is_emergency();
            let how = match is_emergency {
                true => "in an emergency",
                false => "before the panel decided",
            };
            // What goes on from an earlier decision says in `placed_on` when that one began.
            let is_going_on = referral.request.review_of.is_some()
                || matches!(case.kind(), "continue-placement" | "review");
            let how = if is_going_on && desk.refused_home(case).is_none() {
                "in place when the request was made"
            } else {
                how
            };
            began.push((on, asked, how));
        }
        for made in &case.decisions {
            let placed = made.after.and_then(|after| after.record.placed.as_ref());
            let Some(placed) = placed else { continue };
            if let Some(on) = placed.on.filter(|on| *on <= today) {
                began.push((
                    on,
                    placed.provider.as_ref().or(asked),
                    "as the panel agreed",
                ));
            }
        }
        let ended = case.decisions.iter().rev().find_map(|made| {
            let ended = made.after?.record.ended.as_ref()?;
            let on = ended.on.filter(|on| *on <= today)?;
            Some((on, said(ended.reason.as_ref())))
        });
        let ended = ended.or_else(|| {
            let left = desk.left_home(case)?;
            let why = match left.is_ending {
                true => "its ending was approved",
                false => "the child moved",
            };
            Some((left.on, Some(format!("{why} ({})", left.by))))
        });
        let refused = desk.refused_home(case);
        let refused = refused.map(|refused| refused.refused_on().in_words());
        for (on, provider, how) in began {
            let how = match &refused {
                Some(day) => format!("{how}; refused on {day}"),
                None => how.to_owned(),
            };
            let end = ended.as_ref().filter(|(end, _)| *end >= on);
            rows.push((on, row(desk, case, (on, provider, how), end)));
        }
    }
    rows.sort_by(|one, other| (one.0, &one.1.reference).cmp(&(other.0, &other.1.reference)));
    // One placement is told once, by the request that told of it first.
    rows.dedup_by(|later, first| {
        later.0 == first.0 && (later.1.provider == first.1.provider || later.1.provider.is_none())
    });
    let moves_counted = cases.iter().rev().find_map(|case| {
        let moves = case.referral().placement.as_ref()?.moves?;
        Some(MovesView {
            reference: case.reference().to_owned(),
            moves,
        })
    });
    (!rows.is_empty() || moves_counted.is_some()).then(|| PlacementsView {
        rows: rows.into_iter().map(|(_, row)| row).collect(),
        moves_counted,
    })
}

fn row(
    desk: &Desk<'_>,
    case: &Case<'_>,
    (on, provider, how): (Day, Option<&Provider>, String),
    ended: Option<&(Day, Option<String>)>,
) -> PlacementView {
    let is_unregistered = provider.is_some_and(|provider| provider.registered == Some(false));
    // The day on which it ended is one elsewhere, as in the log of spend.
    let until = ended.map_or(day_after(desk.today()), |(end, _)| *end);
    PlacementView {
        reference: case.reference().to_owned(),
        from: on.into(),
        provision: label(
            case.rules,
            Use::Provision,
            case.referral().request.provision.as_ref(),
        ),
        provider: provider.and_then(|provider| said(provider.name.as_ref())),
        is_unregistered,
        unregistered_days: is_unregistered.then(|| (until.date() - on.date()).num_days()),
        how,
        ended: ended.map(|(end, _)| (*end).into()),
        why_ended: ended.and_then(|(_, why)| why.clone()),
    }
}
