//! Birthdays by which the panel must have made a decision on a child.

use super::{Case, Desk, Made, PanelMeeting, Standing};
use crate::calendar;
use crate::council::{Milestone, Use};
use crate::records::Day;

impl<'a> Desk<'a> {
    /// Whether what a milestone with `since_age` wants has been done, or is asked for now: the panel
    /// has decided on a request of its kinds, or answered one of its points, since that birthday.
    pub(crate) fn has_met(&self, milestone: &Milestone, since: Day, case: &Case<'a>) -> bool {
        self.about_one_child(case).any(|other| {
            let is_of_its_kind = other
                .rules
                .words
                .find(Use::Kind, other.kind())
                .is_some_and(|kind| milestone.kinds.contains(&kind.id));
            // The referral at hand may be a draft: it is judged as if sent now.
            let asks_now = is_of_its_kind
                && (other.is_waiting()
                    || other.standing == Standing::Pending
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
                made.settles_or_notes() && decided_on >= since && (is_of_its_kind || answers(made))
            });
            asks_now && !other.has_been_heard() || is_decided
        })
    }

    /// The meeting that a birthday brings a decided case to: the last one held not later than it
    /// but after the last that heard it, or the first after that.
    pub(super) fn meeting_of_milestone(
        &self,
        case: &Case<'a>,
        birthday: Day,
    ) -> Option<&PanelMeeting<'a>> {
        let heard_on = case.last().map(|made| made.on)?;
        self.meeting_before(birthday, heard_on, case.panel)
    }

    /// Since which birthday a decision counts, and the birthday from which one must be there; none
    /// for milestones of the other form.
    pub(crate) fn days_of(milestone: &Milestone, born: Day) -> Option<(Day, Day)> {
        let since = calendar::birthday(born, milestone.since_age?);
        Some((since, calendar::birthday(born, milestone.age)))
    }
}
