//! What an approval or a talk brings back to panel, and when.

use super::ended::is_addition;
use super::left::LeftHome;
use super::{Case, Desk, Made, PanelMeeting, Standing};
use crate::calendar;
use crate::council::{CountedFrom, ReviewInterval};
use crate::findings::Basis;
use crate::records::{Day, Interval};

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
    /// What asks for it.
    pub(crate) basis: Basis,
    /// Whether the decision itself says when; else the rule file does.
    pub(crate) is_own: bool,
}

/// The latest day on which the council lets an approval come back.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LatestReview<'a> {
    /// The entry of the rule file.
    pub(crate) rule: &'a ReviewInterval,
    /// How long: the first time, or every later one.
    pub(crate) within: Interval,
    /// The day that it counts from.
    pub(crate) since: Day,
    /// The last day.
    pub(crate) on: Day,
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

    pub(super) fn review_due(&self, case: &Case<'a>) -> Option<ReviewDue<'_, 'a>> {
        let case = self.case(case.reference())?;
        // What was taken back asks for nothing more.
        if case.standing == Standing::Withdrawn {
            return None;
        }
        let due = self.review_not_held(case)?;
        let is_left = self.left_with_all(case, &due.made).is_some();
        (!is_left).then_some(due)
    }

    /// Reviews that nobody asks for any more, since the child has left the home that they were of.
    pub(crate) fn reviews_left(&self) -> Vec<(ReviewDue<'_, 'a>, &LeftHome)> {
        let cases = self.cases().iter();
        let cases = cases.filter(|case| case.standing != Standing::Withdrawn);
        cases
            .filter_map(|case| {
                // Asked first: it is worked out once, and there are few of them.
                self.left_home(case)?;
                let due = self.review_not_held(case)?;
                let left = self.left_with_all(case, &due.made)?;
                Some((due, left))
            })
            .collect()
    }

    /// A review that is set or owed and was not held, wherever the child lives by now.
    fn review_not_held<'d>(&'d self, case: &'d Case<'a>) -> Option<ReviewDue<'d, 'a>> {
        self.review_set(case).or_else(|| self.review_owed(case))
    }

    /// The review that a decision set itself.
    fn review_set<'d>(&'d self, case: &'d Case<'a>) -> Option<ReviewDue<'d, 'a>> {
        let set = *case
            .decisions
            .iter()
            .rev()
            .find(|made| made.decision().review.is_some())?;
        let review = set.decision().review.as_ref()?;
        // Later decisions on the referral itself met it, and set none of their own; one that puts it
        // off met nothing, and takes nothing away.
        let own = case.decisions.iter();
        let own = own.skip_while(|made| made.meeting != set.meeting).skip(1);
        let own = own.filter(|made| made.on > set.review_set_on && meets_a_review(made));
        let returns = self.returns_of(case, &set, set.review_set_on);
        let met_on: Vec<Day> = own
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
            (_, Some(every), met_on) => {
                calendar::add(met_on.unwrap_or_else(|| set.answered_on()), every)
            }
            _ => return None,
        };
        if self.has_ended(case, &set) {
            return None;
        }
        let reviews = set.rules.reviews.as_ref();
        Some(ReviewDue {
            case,
            made: set,
            due_on,
            since: last_met.unwrap_or(set.on),
            paper: self.paper_for(case),
            basis: reviews.map(|rule| rule.basis.clone()).unwrap_or_default(),
            is_own: true,
        })
    }

    /// The review that the rule file wants of an approval whose decision says nothing of one.
    fn review_owed<'d>(&'d self, case: &'d Case<'a>) -> Option<ReviewDue<'d, 'a>> {
        let last = *case.last().filter(|last| last.is_approval())?;
        let is_said = last.decision().review.as_ref().is_some_and(|review| {
            review.on.is_some() || review.every.is_some() || review.none.is_some()
        });
        // A later decision on what brought it back says itself when it comes again.
        if is_said
            || self.has_ended(case, &last)
            || !self.returns_of(case, &last, last.on).is_empty()
        {
            return None;
        }
        let latest = self.latest_review(case, &last)?;
        // What ends before it would come back asks for nothing more.
        let ends_first = last
            .decision()
            .until
            .is_some_and(|until| until <= latest.on);
        (!ends_first).then(|| ReviewDue {
            case,
            made: last,
            due_on: latest.on,
            since: last.on,
            paper: self.paper_for(case),
            basis: latest.rule.basis.clone(),
            is_own: false,
        })
    }

    /// Whether something else brings a case back by the day on which what was approved ends: a
    /// review that is due, or what the panel decided since.
    pub(super) fn comes_back_by(&self, case: &Case<'a>, made: &Made<'a>, ends_on: Day) -> bool {
        self.has_ended(case, made)
            || self.left_home(case).is_some()
            || !self.returns_of(case, made, made.on).is_empty()
            || self
                .review_due(case)
                .is_some_and(|review| review.due_on <= ends_on)
    }

    /// The referral that brings a case back and waits for its meeting.
    pub(super) fn paper_for(&self, case: &Case<'a>) -> Option<&Case<'a>> {
        let granted = case.settled_by();
        self.brought_back_by(case.reference()).find(|other| {
            let is_beside = granted.is_some_and(|made| is_addition(case, made, other, None));
            other.is_waiting() && !is_beside
        })
    }

    /// The latest day on which the rule file lets an approval come back, by the first interval
    /// whose condition holds; none where that is only a proposal.
    pub(crate) fn latest_review(
        &self,
        case: &Case<'a>,
        made: &Made<'a>,
    ) -> Option<LatestReview<'a>> {
        let rules = made.rules;
        let rule = rules
            .review_intervals
            .iter()
            .find(|rule| self.holds_for(rule.when.as_ref(), case, made))
            .filter(|rule| rule.at_most)?;
        let placed = made.after.and_then(|after| after.record.placed.as_ref());
        let placed_on = placed.and_then(|placed| placed.on);
        Some(self.next_review(rule, case, made.answered_on(), placed_on))
    }

    /// When a case that is approved on a day comes back by an entry: the first time, or a later
    /// one where it has been brought back before.
    ///
    /// What counts from the start of a package comes on days that its start fixes, whenever the
    /// reviews were in fact held: the first time, then every later interval after that.
    pub(crate) fn next_review(
        &self,
        rule: &'a ReviewInterval,
        case: &Case<'a>,
        approved_on: Day,
        placed_on: Option<Day>,
    ) -> LatestReview<'a> {
        let is_later = case.referral().request.review_of.is_some();
        let next = |since: Day, within: Interval| LatestReview {
            rule,
            within,
            since,
            on: calendar::add(since, within),
        };
        let start = match rule.counted_from {
            CountedFrom::Meeting => None,
            CountedFrom::Start => self.package_start(case, placed_on),
        };
        let Some(start) = start else {
            let within = if is_later { rule.later } else { rule.first };
            return next(approved_on, within);
        };
        let mut due = next(start, rule.first);
        if is_later {
            due = next(due.on, rule.later);
        }
        while due.on <= approved_on {
            let on = next(due.on, rule.later);
            // An interval is never nothing, but the calendar has an end.
            if on.on <= due.on {
                break;
            }
            due = on;
        }
        due
    }

    /// The first day of a package: of the referral that asked for it first, where this one brings
    /// it back.
    fn package_start(&self, case: &Case<'a>, placed_on: Option<Day>) -> Option<Day> {
        let own = |case: &Case<'a>| {
            let placed = case.decisions.iter().rev().find_map(|made| {
                let placed = made.after?.record.placed.as_ref()?;
                placed.on
            });
            let referral = case.referral();
            placed.or(referral.placed_on).or(referral.request.from)
        };
        let mut start = placed_on.or_else(|| own(case));
        let mut seen = vec![case.reference()];
        let mut earlier = self.under_review(case);
        while let Some(first) = earlier {
            if seen.contains(&first.reference()) {
                break;
            }
            start = own(first).or(start);
            seen.push(first.reference());
            earlier = self.under_review(first);
        }
        start
    }

    /// Decisions after a day on referrals that name this one as under review, and bring back what
    /// a decision granted.
    fn returns_of(&self, case: &Case<'a>, granted: &Made<'a>, after: Day) -> Vec<Made<'a>> {
        self.returns_ever(case, granted)
            .filter(|made| made.on > after && meets_a_review(made))
            .copied()
            .collect()
    }

    /// The same of whatever day and outcome.
    pub(crate) fn returns_ever<'d>(
        &'d self,
        case: &'d Case<'a>,
        granted: &Made<'a>,
    ) -> impl Iterator<Item = &'d Made<'a>> {
        let granted = *granted;
        let others = self.brought_back_by(case.reference());
        let others = others.filter(|other| other.reference() != case.reference());
        others.flat_map(move |other| {
            let own = other.decisions.iter();
            own.filter(move |made| !is_addition(case, &granted, other, Some(made)))
        })
    }

    /// The meeting at which a review is due: the last one held not later than its day, but
    /// after the one that set it; where there is none in between, the first after.
    pub(crate) fn meeting_of_review(
        &self,
        review: &ReviewDue<'_, 'a>,
    ) -> Option<&PanelMeeting<'a>> {
        let panel = review.case.panel;
        self.meeting_before(review.due_on, review.since, panel)
    }

    /// The last meeting of a panel held not later than a day, but after another; where there is
    /// none in between, the first after that other.
    pub(super) fn meeting_before(
        &self,
        due_on: Day,
        since: Day,
        panel: Option<&str>,
    ) -> Option<&PanelMeeting<'a>> {
        self.last_until(due_on, panel)
            .filter(|meeting| meeting.on > since)
            .or_else(|| self.first_after(since, panel))
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
                self.meeting_of_review(review)
                    .is_some_and(|due| self.stands_at(due, meeting, review.case.panel))
            })
            .collect()
    }
}

/// Whether a decision meets a review: any that the panel took, but for putting the case off again.
/// One that names no outcome has decided nothing.
fn meets_a_review(made: &Made<'_>) -> bool {
    !matches!(made.outcome(), "" | "defer")
}
