//! What an approval or a talk brings back to panel, and when.

use super::{Case, Desk, Made, PanelMeeting};
use crate::calendar;
use crate::records::Day;

/// A case that is to come back.
#[derive(Debug, Clone)]
pub(crate) struct ReviewDue<'d, 'a> {
    /// The referral whose decision is under review.
    pub(crate) case: &'d Case<'a>,
    /// The decision that set the review.
    pub(crate) made: Made<'a>,
    /// The day it is due.
    pub(crate) due_on: Day,
    /// The day of the meeting that set it, or that met it last.
    pub(crate) since: Day,
    /// The referral that brings it back, where one has been sent and is undecided.
    pub(crate) paper: Option<&'d Case<'a>>,
}

impl<'a> Desk<'a> {
    /// Every review that is set and has not been met, by day and reference.
    pub(crate) fn reviews_due(&self) -> Vec<ReviewDue<'_, 'a>> {
        let mut due: Vec<_> = self
            .cases()
            .iter()
            .filter_map(|case| self.review_due(case))
            .collect();
        due.sort_by(|one, other| {
            (one.due_on, one.case.reference()).cmp(&(other.due_on, other.case.reference()))
        });
        due
    }

    fn review_due(&self, case: &Case<'a>) -> Option<ReviewDue<'_, 'a>> {
        let case = self.case(case.reference())?;
        let set = *case
            .decisions
            .iter()
            .rev()
            .find(|made| made.decision().review.is_some())?;
        let review = set.decision().review.as_ref()?;
        // A later decision on the referral itself met it, and set none of its own.
        let own_last = case
            .last()
            .filter(|last| last.on > set.on && last.outcome() != "defer");
        let returns = self.returns_of(case, set.on);
        let met_on: Vec<Day> = own_last
            .iter()
            .map(|made| made.on)
            .chain(returns.iter().map(|made| made.on))
            .collect();
        if returns.iter().any(|made| made.decision().review.is_some()) {
            // The decision that met it says itself when the case comes back.
            return None;
        }
        // A day comes first, then the interval, counted from each meeting that met it.
        let last_met = met_on.into_iter().max();
        let due_on = match (review.on, review.every, last_met) {
            (Some(on), _, None) => on,
            (_, Some(every), met_on) => calendar::add(met_on.unwrap_or(set.on), every),
            _ => return None,
        };
        let has_ended = set.after.is_some_and(|after| {
            let ended = after.record.ended.as_ref().and_then(|ended| ended.on);
            ended.is_some_and(|on| on <= self.today())
        });
        if has_ended {
            return None;
        }
        let paper = self
            .brought_back_by(case.reference())
            .find(|other| other.is_waiting());
        Some(ReviewDue {
            case,
            made: set,
            due_on,
            since: last_met.unwrap_or(set.on),
            paper,
        })
    }

    /// Decisions after a day on referrals that name this one as under review.
    fn returns_of(&self, case: &Case<'a>, after: Day) -> Vec<Made<'a>> {
        self.brought_back_by(case.reference())
            .flat_map(|other| &other.decisions)
            .filter(|made| made.on > after && made.outcome() != "defer")
            .copied()
            .collect()
    }

    /// The meeting at which a review is due: the last one held not later than its day, but
    /// after the one that set it; where there is none in between, the first after.
    pub(crate) fn meeting_of_review(
        &self,
        review: &ReviewDue<'_, 'a>,
    ) -> Option<&PanelMeeting<'a>> {
        let panel = review.case.panel;
        self.held_by(panel)
            .rev()
            .find(|meeting| meeting.on <= review.due_on && meeting.on > review.since)
            .or_else(|| {
                self.held_by(panel)
                    .find(|meeting| meeting.on > review.since)
            })
    }

    /// Whether the day of a review has gone by.
    pub(crate) fn is_overdue(&self, review: &ReviewDue<'_, 'a>) -> bool {
        review.due_on < self.today()
    }

    /// Reviews to be brought forward at a meeting: due there, or due before and not met.
    pub(crate) fn reviews_at(&self, meeting: &PanelMeeting<'_>) -> Vec<ReviewDue<'_, 'a>> {
        self.reviews_due()
            .into_iter()
            .filter(|review| {
                let due = self.meeting_of_review(review).map(|due| due.on);
                let is_coming = self.coming().is_some_and(|coming| coming.id == meeting.id);
                due == Some(meeting.on) || (is_coming && due.is_some_and(|due| due < meeting.on))
            })
            .collect()
    }
}
