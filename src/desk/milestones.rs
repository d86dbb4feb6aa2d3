//! Birthdays by which the panel must have made a decision on a child.

use super::{Case, Desk, Made, Standing};
use crate::calendar;
use crate::council::{Milestone, Use};
use crate::records::Day;

impl<'a> Desk<'a> {
    /// Whether two referrals are about the same child: by the number on the case system, else only
    /// where they are one.
    fn is_same_child(one: &Case<'_>, other: &Case<'_>) -> bool {
        fn number<'c>(case: &'c Case<'_>) -> &'c str {
            let number = case.referral().child.case_id.as_deref();
            number.map_or("", str::trim)
        }
        one.reference() == other.reference()
            || (!number(one).is_empty() && number(one) == number(other))
    }

    /// Every referral about the child of one of them.
    pub(super) fn about_same_child<'d>(
        &'d self,
        case: &'d Case<'a>,
    ) -> impl Iterator<Item = &'d Case<'a>> {
        self.cases()
            .iter()
            .filter(|other| Self::is_same_child(case, other))
    }

    /// Whether what a milestone with `since_age` wants has been done, or is asked for now: the panel
    /// has decided on a request of its kinds, or answered one of its points, since that birthday.
    pub(crate) fn has_met(&self, milestone: &Milestone, since: Day, case: &Case<'a>) -> bool {
        self.about_same_child(case).any(|other| {
            let is_of_its_kind = other
                .rules
                .words
                .find(Use::Kind, other.kind())
                .is_some_and(|kind| milestone.kinds.contains(&kind.id));
            // The referral at hand may be a draft: it is judged as if sent now.
            let asks_now = is_of_its_kind
                && (other.is_waiting()
                    || (other.reference() == case.reference()
                        && other.standing != Standing::Withdrawn));
            let answers = |made: &Made<'_>| {
                milestone.checklist.iter().any(|point| {
                    let answer = made.decision().checklist.get(point);
                    answer.is_some_and(|answer| !answer.trim().is_empty())
                })
            };
            let is_decided = other.decisions.iter().any(|made| {
                let decided_on = made.decision().decided_on.unwrap_or(made.on);
                let is_heard = made.is_final() || made.outcome() == "note";
                is_heard && decided_on >= since && (is_of_its_kind || answers(made))
            });
            asks_now && !other.has_been_heard() || is_decided
        })
    }

    /// Since which birthday a decision counts, and the birthday from which one must be there; none
    /// for milestones of the other form.
    pub(crate) fn days_of(milestone: &Milestone, born: Day) -> Option<(Day, Day)> {
        let since = calendar::birthday(born, milestone.since_age?);
        Some((since, calendar::birthday(born, milestone.age)))
    }
}
