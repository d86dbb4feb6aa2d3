//! What a meeting hears, in its order, and when.

use super::common::{CaseHead, asked, head, uncapitalised};
use crate::desk::{Case, Desk, PanelMeeting, Slot, slots};
use crate::records::clock;
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
        .filter(|review| review.paper.is_none() && began.is_talked_through(review.case))
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
    let minutes: Vec<u32> = cases.iter().map(|case| desk.minutes_of(case)).collect();
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

/// Why a case stands where it does.
pub(super) fn why(desk: &Desk<'_>, meeting: &PanelMeeting<'_>, case: &Case<'_>) -> String {
    desk.case(case.reference())
        .map_or_else(String::new, |case| {
            desk.order_reason(case, meeting).label().to_owned()
        })
}

/// Kind and, where a home is asked for, which.
pub(super) fn request_in_words(about: &CaseHead) -> String {
    match &about.provision {
        Some(provision) => format!("{}: {}", about.request, uncapitalised(provision)),
        None => about.request.clone(),
    }
}

/// "14:10 to 14:30"
pub(super) fn in_clock(slot: Slot) -> String {
    format!("{} to {}", clock(slot.from.time()), clock(slot.to.time()))
}
