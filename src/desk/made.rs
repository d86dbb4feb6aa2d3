//! What the panel decided over a period, and who provides what it approved.

use super::{Case, Desk};
use crate::council::Council;
use crate::folder::{DecisionFile, File};
use crate::records::{After, Day, Decision, Provider};

/// A decision in force, with what became true after it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Made<'a> {
    /// The decision's file.
    pub(crate) file: &'a DecisionFile,
    /// The meeting's folder.
    pub(crate) meeting: &'a str,
    /// The meeting's day; of what was decided between meetings that of the decision.
    pub(crate) on: Day,
    /// What became true after it.
    pub(crate) after: Option<&'a File<After>>,
    /// Whether an earlier file for the same meeting was amended or completed by this one.
    pub(crate) replaces: Option<&'a DecisionFile>,
    /// The day on which it set its review: the meeting's, or that of the amendment that gave it
    /// another.
    pub(crate) review_set_on: Day,
    /// The rules of the panel that made it, on the day that it did.
    pub(crate) rules: &'a Council,
}

impl<'a> Made<'a> {
    /// The decision.
    pub(crate) fn decision(&self) -> &'a Decision {
        &self.file.file.record
    }

    /// Its outcome.
    pub(crate) fn outcome(&self) -> &'a str {
        self.decision().outcome.as_deref().unwrap_or("")
    }

    /// Whether it settles the request: approved, an alternative approved, or declined.
    pub(crate) fn is_final(&self) -> bool {
        matches!(
            self.outcome(),
            "approve" | "approve-alternative" | "decline"
        )
    }

    /// Whether the panel decided the case or talked it through.
    pub(crate) fn settles_or_notes(&self) -> bool {
        self.is_final() || self.outcome() == "note"
    }

    /// Whether money or a resource was granted.
    pub(crate) fn is_approval(&self) -> bool {
        matches!(self.outcome(), "approve" | "approve-alternative")
    }

    /// Whether the action of that number, from 1, has been done by a day.
    pub(crate) fn is_done(&self, number: i64, by: Day) -> bool {
        self.after.is_some_and(|after| {
            let done = &after.record.actions_done;
            done.iter()
                .any(|done| done.action == Some(number) && done.on.is_some_and(|on| on <= by))
        })
    }
}

/// Which decisions are meant.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Period<'p> {
    /// Of meetings from this day on.
    pub(crate) from: Option<Day>,
    /// Of meetings up to and with this day.
    pub(crate) to: Option<Day>,
    /// Of the meeting in this folder alone.
    pub(crate) meeting: Option<&'p str>,
    /// On cases of this panel, its parts included, or of this part.
    pub(crate) panel: Option<&'p str>,
}

impl<'a> Desk<'a> {
    /// Decisions in force at the desk's moment, each with its case: meeting by meeting, within one
    /// by reference.
    pub(crate) fn made(&self) -> Vec<(&Case<'a>, &Made<'a>)> {
        let mut all: Vec<_> = self
            .cases()
            .iter()
            .flat_map(|case| case.decisions.iter().map(move |made| (case, made)))
            .collect();
        all.sort_by_key(|(case, made)| (made.on, made.meeting, case.reference()));
        all
    }

    /// Those of a period.
    pub(crate) fn made_in(&self, period: Period<'_>) -> Vec<(&Case<'a>, &Made<'a>)> {
        let is_of_panel = |case: &Case<'a>, made: &Made<'a>| {
            let own = self.panel_of(case, made);
            let sits_as = own.map(|panel| self.book.sits_as(panel));
            period.panel.is_none() || own == period.panel || sits_as == period.panel
        };
        let mut all = self.made();
        all.retain(|(case, made)| {
            period.from.is_none_or(|from| made.on >= from)
                && period.to.is_none_or(|to| made.on <= to)
                && period.meeting.is_none_or(|meeting| made.meeting == meeting)
                && is_of_panel(case, made)
        });
        all
    }
}

/// Who provides what a decision approved: where the child went, else whom the referral asked for.
///
/// An alternative is another provision than the one asked for: there only where the child went
/// says who. A child who was placed before the panel met is with the one asked for until the
/// record says otherwise: an alternative for such a child changes the terms.
///
/// Where the child went after a day was not known on it.
pub(crate) fn provider_of<'a>(
    case: &Case<'a>,
    made: &Made<'a>,
    known_by: Day,
) -> Option<&'a Provider> {
    let placed = made
        .after
        .and_then(|after| after.record.placed.as_ref())
        .filter(|placed| placed.on.is_none_or(|on| on <= known_by))
        .and_then(|placed| placed.provider.as_ref());
    let is_there = case.referral().placed_on.is_some_and(|on| on <= known_by);
    let asked = case
        .referral()
        .provider
        .as_deref()
        .filter(|_| made.outcome() == "approve" || is_there);
    placed.or(asked)
}
