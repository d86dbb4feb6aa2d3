//! The times that a sitting has for its cases and keeps for emergencies, and what moves on.

use super::{Case, Desk, OrderReason, PanelMeeting};
use crate::council::Sitting;
use chrono::{NaiveDateTime, TimeDelta};
use std::collections::BTreeMap;

/// A stretch of a sitting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Slot {
    /// When it begins.
    pub(crate) from: NaiveDateTime,
    /// When it ends.
    pub(crate) to: NaiveDateTime,
}

/// How a sitting is used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Timetable {
    /// Before the first case.
    pub(crate) opening: Slot,
    /// Each case's time, in their order; none for what moves on.
    pub(crate) slots: Vec<Option<Slot>>,
    /// Times after the last case that are kept for emergencies still to come.
    pub(crate) kept: Vec<Slot>,
    /// Minutes that everything would take at the least, the opening and the kept slots included.
    pub(crate) needed_minutes: u32,
}

/// How long an item stays on an agenda that has too many: the first go first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stays {
    /// It can be heard at another meeting.
    CanWait,
    /// Something ends, is filed or is heard before the next meeting.
    CannotWait,
    /// An emergency to ratify.
    Emergency,
    /// The chair has named it.
    Named,
}

/// The shortest and the longest that an item may take.
type Range = (u32, u32);

impl<'a> Desk<'a> {
    /// Whether a case is an emergency that came after the cut-off: it takes one of the slots that
    /// are kept for such.
    pub(crate) fn takes_a_kept_slot(&self, case: &Case<'_>, meeting: &PanelMeeting<'_>) -> bool {
        let is_late = meeting
            .cut_off
            .zip(case.sent_at())
            .is_some_and(|(cut_off, sent_at)| sent_at > cut_off);
        is_late && case.is_emergency() && !case.has_been_heard()
    }

    /// Times for cases, in their order; none at all where the council does not say how long it
    /// sits.
    ///
    /// Every slot kept for an emergency that has not come shortens the time for the others. Where
    /// slots have a range, each case gets the most whole minutes with which all that are heard fit.
    /// What the sitting cannot hold moves on, and has no time.
    pub(crate) fn timetable(
        &self,
        meeting: &PanelMeeting<'_>,
        cases: &[&Case<'a>],
    ) -> Option<Timetable> {
        let sitting = meeting.rules.sitting.as_ref()?;
        let taken = cases
            .iter()
            .filter(|case| self.takes_a_kept_slot(case, meeting))
            .count();
        let kept = (sitting.emergency_slots as usize).saturating_sub(taken);
        let own = |case: &&Case<'_>| range_of(case.rules.sitting.as_ref().unwrap_or(sitting), case);
        let ranges: Vec<Range> = cases.iter().map(own).collect();
        let plain = (
            sitting.slot_least.unwrap_or(sitting.slot_minutes),
            sitting.slot_minutes,
        );
        let left = sitting.minutes.saturating_sub(sitting.opening_minutes);
        let least = |range: &Range| range.0.min(range.1);
        let for_kept = least(&plain).saturating_mul(u32::try_from(kept).unwrap_or(u32::MAX));
        let shortest: Vec<u32> = ranges.iter().map(least).collect();
        let is_heard = self.that_fit(meeting, cases, &shortest, left.saturating_sub(for_kept));
        let mut heard: Vec<Range> = ranges
            .iter()
            .zip(&is_heard)
            .filter_map(|(range, is_heard)| is_heard.then_some(*range))
            .collect();
        heard.extend(std::iter::repeat_n(plain, kept));
        let opening = Slot {
            from: meeting.starts_at,
            to: after(meeting.starts_at, sitting.opening_minutes),
        };
        let mut times = one_after_another(opening.to, longest_that_fit(&heard, left));
        let slots = is_heard
            .into_iter()
            .map(|is_heard| is_heard.then(|| times.next()).flatten())
            .collect();
        Some(Timetable {
            opening,
            slots,
            kept: times.collect(),
            needed_minutes: shortest
                .into_iter()
                .chain([for_kept])
                .fold(sitting.opening_minutes, u32::saturating_add),
        })
    }

    /// Which items of a running order fit into so many minutes.
    ///
    /// What can wait moves on first, from the end of the order; then, from its end again, what
    /// cannot wait for the next meeting; then emergencies to ratify; and what the chair has named
    /// last of all. A family moves on together, and stays for the most urgent of them.
    fn that_fit(
        &self,
        meeting: &PanelMeeting<'_>,
        cases: &[&Case<'a>],
        shortest: &[u32],
        minutes: u32,
    ) -> Vec<bool> {
        let units = self.units(cases, meeting);
        let mut needed: u32 = shortest.iter().fold(0, |sum, own| sum.saturating_add(*own));
        let mut stays: BTreeMap<usize, Stays> = BTreeMap::new();
        for (case, unit) in cases.iter().zip(&units) {
            let own = self.stays(case, meeting);
            let unit = stays.entry(*unit).or_insert(own);
            *unit = own.max(*unit);
        }
        // The order of moving on: by how long each stays, and among equals from the end.
        let mut moving: Vec<(usize, Stays)> = stays.into_iter().collect();
        moving.sort_by_key(|(unit, stays)| (*stays, std::cmp::Reverse(*unit)));
        let mut is_heard = vec![true; cases.len()];
        for (unit, _) in moving {
            if needed <= minutes {
                break;
            }
            for index in (0..cases.len()).filter(|index| units[*index] == unit) {
                is_heard[index] = false;
                needed = needed.saturating_sub(shortest[index]);
            }
        }
        is_heard
    }

    fn stays(&self, case: &Case<'a>, meeting: &PanelMeeting<'_>) -> Stays {
        if self.is_named(case, meeting) {
            return Stays::Named;
        }
        match self.order_reason(case, meeting) {
            OrderReason::Emergency => Stays::Emergency,
            OrderReason::EndsBeforeNext => Stays::CannotWait,
            OrderReason::Deferred | OrderReason::Review | OrderReason::New => Stays::CanWait,
        }
    }
}

fn after(moment: NaiveDateTime, minutes: u32) -> NaiveDateTime {
    moment + TimeDelta::minutes(i64::from(minutes))
}

/// A complex case has the longer slot; where none is longer it is as any other.
fn range_of(sitting: &Sitting, case: &Case<'_>) -> Range {
    let is_longer = sitting.complex_minutes != sitting.slot_minutes;
    match case.referral().request.complex {
        Some(true) if is_longer => (sitting.complex_minutes, sitting.complex_minutes),
        _ => (
            sitting.slot_least.unwrap_or(sitting.slot_minutes),
            sitting.slot_minutes,
        ),
    }
}

/// The most whole minutes, each within its range, with which all fit; else the fewest of each.
fn longest_that_fit(ranges: &[Range], left: u32) -> Vec<u32> {
    let with = |minutes: u32| -> Vec<u32> {
        ranges
            .iter()
            .map(|(least, most)| minutes.clamp((*least).min(*most), *most))
            .collect()
    };
    let longest = ranges.iter().map(|(_, most)| *most).max().unwrap_or(0);
    (0..=longest)
        .rev()
        .map(with)
        .find(|minutes| minutes.iter().sum::<u32>() <= left)
        .unwrap_or_else(|| with(0))
}

/// Times for items of so many minutes each, from a start.
fn one_after_another(start: NaiveDateTime, minutes: Vec<u32>) -> impl Iterator<Item = Slot> {
    minutes.into_iter().scan(start, |now, minutes| {
        let slot = Slot {
            from: *now,
            to: after(*now, minutes),
        };
        *now = slot.to;
        Some(slot)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_take_the_most_whole_minutes_that_fit_all() {
        let each = |count: usize| longest_that_fit(&vec![(15, 20); count], 210);
        assert_eq!(each(10), vec![20; 10]);
        assert_eq!(each(11), vec![19; 11]);
        assert_eq!(each(13), vec![16; 13]);
        assert_eq!(each(14), vec![15; 14]);
        assert_eq!(each(15), vec![15; 15], "they cannot all be heard");
    }

    #[test]
    fn a_longer_slot_stays_as_long_as_it_is() {
        assert_eq!(
            longest_that_fit(&[(10, 20), (30, 30), (10, 20)], 60),
            [15, 30, 15]
        );
        assert_eq!(longest_that_fit(&[(20, 20), (30, 30)], 10), [20, 30]);
    }
}
