//! What was owed in a period and when it came: reviews, and emergencies to ratify.

use super::Days;
use crate::calendar;
use crate::desk::{Case, Desk, Made};
use crate::records::Day;

/// Something that was due on a day, and the day on which it came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Held<'a> {
    /// The referral.
    pub(crate) reference: &'a str,
    /// The last day for it.
    pub(crate) due_on: Day,
    /// When it came; none while it has not.
    pub(crate) met_on: Option<Day>,
}

impl Held<'_> {
    /// Whether it came by its day.
    pub(crate) fn is_in_time(&self) -> bool {
        self.met_on.is_some_and(|met_on| met_on <= self.due_on)
    }

    /// Whether it came after its day.
    pub(crate) fn is_late(&self) -> bool {
        self.met_on.is_some_and(|met_on| met_on > self.due_on)
    }

    /// Whether it has not come, and its day has gone by.
    pub(crate) fn is_missed(&self, today: Day) -> bool {
        self.met_on.is_none() && self.due_on < today
    }
}

impl<'a> Desk<'a> {
    /// Every review that was ever set, held or not: what `reviews_due` still waits for, and what
    /// was met before it.
    pub(crate) fn reviews_ever(&self) -> Vec<Held<'a>> {
        let mut all = Vec::new();
        for case in self.cases() {
            for made in &case.decisions {
                // Whatever was decided on the request, or on what brought it back, meets a review.
                let mut heard: Vec<&Made<'a>> = self
                    .returns_ever(case, made)
                    .chain(&case.decisions)
                    .filter(|made| made.outcome() != "defer")
                    .collect();
                heard.sort_by_key(|made| made.on);
                self.add_reviews_of(case, made, &heard, &mut all);
            }
        }
        all
    }

    /// The reviews that one decision asks for, up to the decision that sets its own.
    fn add_reviews_of(
        &self,
        case: &Case<'a>,
        made: &Made<'a>,
        heard: &[&Made<'a>],
        all: &mut Vec<Held<'a>>,
    ) {
        let review = made.decision().review.as_ref();
        let every = review.and_then(|review| review.every);
        let says_never = review.is_some_and(|review| review.none.is_some());
        let set = match review.and_then(|review| review.on) {
            Some(on) => Some(on),
            None => every.map(|every| calendar::add(made.answered_on(), every)),
        };
        let owed = || {
            let latest = self
                .latest_review(case, made)
                .filter(|_| made.is_approval())?;
            let until = made.decision().until;
            (!says_never && until.is_none_or(|until| until > latest.on)).then_some(latest.on)
        };
        let Some(mut due_on) = set.or_else(owed) else {
            return;
        };
        let ended_on = made
            .after
            .and_then(|after| after.record.ended.as_ref()?.on)
            .filter(|on| *on <= self.today())
            .or_else(|| self.left_with_all(case, made).map(|left| left.on));
        let mut later = heard.iter().filter(|other| other.on > made.review_set_on);
        loop {
            let met = later.next();
            // What has ended by then needs no review; one that was held all the same was held.
            if met.is_none() && ended_on.is_some() {
                return;
            }
            all.push(Held {
                reference: case.reference(),
                due_on,
                met_on: met.map(|met| met.on),
            });
            let (Some(met), Some(every)) = (met, every) else {
                return;
            };
            if met.decision().review.is_some() {
                return;
            }
            due_on = calendar::add(met.on, every);
        }
    }

    /// Emergencies whose panel to ratify them met, or is to meet, in a period: due at that
    /// meeting, and met when the panel first heard them.
    pub(crate) fn ratifications_in(&self, days: Days, panel: Option<&str>) -> Vec<Held<'a>> {
        self.cases()
            .iter()
            .filter(|case| self.is_for(case, panel) && case.standing != super::Standing::Withdrawn)
            .filter_map(|case| {
                let due_on = self.ratification(case)?.meeting.on;
                let mut heard = case.decisions.iter();
                let met_on = heard
                    .find(|made| made.is_final() || made.outcome() == "note")
                    .map(|made| made.on);
                days.holds(due_on).then_some(Held {
                    reference: case.reference(),
                    due_on,
                    met_on,
                })
            })
            .collect()
    }
}
