//! Requests sent in a period, what became of them, and how long it took.

use super::Days;
use crate::desk::{Case, Desk, Made, PanelMeeting, Standing};
use crate::records::Day;

/// What became of a request by the desk's moment: one of three, and never two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fate {
    /// Decided, in principle too, or heard with nothing to decide.
    Decided,
    /// Sent and undecided.
    Waiting,
    /// Taken back.
    Withdrawn,
}

impl Fate {
    /// Where a case that has been sent stands; none for a draft.
    pub(crate) const fn of(standing: Standing) -> Option<Self> {
        match standing {
            Standing::Draft => None,
            Standing::Waiting | Standing::Deferred | Standing::Pending => Some(Self::Waiting),
            Standing::InPrinciple | Standing::Decided => Some(Self::Decided),
            Standing::Withdrawn => Some(Self::Withdrawn),
        }
    }
}

/// A request against the cut-off of the meeting that it first went to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Timing {
    /// Sent by then.
    OnTime,
    /// Sent after it.
    Late,
    /// The council asks for no time of it: an exempt emergency.
    Exempt,
    /// The council has no cut-off, or no meeting is known.
    NoCutOff,
}

/// A request that was sent in a period.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sent<'d, 'a> {
    /// The case.
    pub(crate) case: &'d Case<'a>,
    /// The day on which it was first sent.
    pub(crate) on: Day,
    /// What became of it.
    pub(crate) fate: Fate,
}

impl<'a> Desk<'a> {
    /// Requests that were first sent in a period, in the order of their files.
    pub(crate) fn sent_in(&self, days: Days, panel: Option<&str>) -> Vec<Sent<'_, 'a>> {
        self.cases()
            .iter()
            .filter(|case| self.is_for(case, panel))
            .filter_map(|case| {
                let on = case.referral().submitted?.day();
                let fate = Fate::of(case.standing)?;
                days.holds(on).then_some(Sent { case, on, fate })
            })
            .collect()
    }

    /// Requests that were sent, on a day that cannot be read: they are in no period.
    pub(crate) fn sent_on_no_day(&self, panel: Option<&str>) -> usize {
        self.cases()
            .iter()
            .filter(|case| self.is_for(case, panel) && Fate::of(case.standing).is_some())
            .filter(|case| case.referral().submitted.is_none())
            .count()
    }

    /// The meeting that a request first went to: where it was first heard, else the one that it
    /// asked for or made when it was sent.
    pub(crate) fn first_meeting(&self, case: &Case<'a>) -> Option<&PanelMeeting<'a>> {
        if let Some(made) = case.decisions.first() {
            return self.meeting_in(made.meeting);
        }
        let sent_on = case.referral().submitted?.day();
        let named = case
            .referral()
            .panel
            .and_then(|named| self.meeting_on(named, case.panel))
            .filter(|named| !named.has_passed(sent_on) && !named.is_cancelled);
        named
            .or_else(|| self.makes(case))
            .or_else(|| self.meeting_for(case))
    }

    /// A request against the cut-off of the meeting that it first went to.
    pub(crate) fn timing(&self, case: &Case<'a>) -> Timing {
        let rule = case.rules.cut_off.as_ref();
        let exempt = rule.and_then(|rule| rule.exempt.as_ref());
        if exempt.is_some_and(|exempt| self.holds(Some(exempt), case)) {
            return Timing::Exempt;
        }
        let cut_off = self.first_meeting(case).and_then(|first| first.cut_off);
        match (case.referral().submitted, cut_off) {
            (Some(sent), Some(cut_off)) if sent.latest() <= cut_off => Timing::OnTime,
            (Some(_), Some(_)) => Timing::Late,
            _ => Timing::NoCutOff,
        }
    }
}

impl<'a> Case<'a> {
    /// The decision by which the panel was done with the request for the first time; none while
    /// it waits, or where it was taken back undecided.
    pub(crate) fn first_settled_by(&self) -> Option<&Made<'a>> {
        self.decisions
            .iter()
            .find(|made| made.is_final() || made.outcome() == "note")
    }
}

impl Made<'_> {
    /// The day of the decision: that of the meeting, or the later one on which what was pending or
    /// put off there was decided.
    pub(crate) fn decided_on(&self) -> Day {
        let replaced = self.replaces.map(|file| &file.file.record);
        let was_open = replaced
            .is_some_and(|earlier| matches!(earlier.outcome.as_deref(), Some("defer" | "pending")));
        let amended_on = self.amended_on().filter(|_| was_open);
        let decided_on = self.decision().decided_on;
        amended_on.or(decided_on).unwrap_or(self.on)
    }
}

/// The median of whole numbers, in halves; none of nothing.
pub(crate) fn exact_median(values: &[i64]) -> Option<i64> {
    let mut values = values.to_vec();
    values.sort_unstable();
    let middle = values.len() / 2;
    match values.len() {
        0 => None,
        count if count % 2 == 1 => Some(values[middle] * 2),
        _ => Some(values[middle - 1] + values[middle]),
    }
}
