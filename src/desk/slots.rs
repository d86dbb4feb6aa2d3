//! The times that a sitting has for its cases, and those that it keeps for emergencies.

use super::{Case, Desk, PanelMeeting};
use crate::council::Sitting;
use chrono::{NaiveDateTime, TimeDelta};

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
    /// Each case's time, in their order; none where the sitting cannot hold it.
    pub(crate) slots: Vec<Option<Slot>>,
    /// Times after the last case that are kept for emergencies still to come.
    pub(crate) kept: Vec<Slot>,
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
    /// slots have a range, each case gets the most whole minutes with which all of them fit, or
    /// the fewest where they cannot. What does not fit has no time, nor has what comes after it.
    pub(crate) fn timetable(
        &self,
        meeting: &PanelMeeting<'_>,
        cases: &[&Case<'_>],
    ) -> Option<Timetable> {
        let sitting = meeting.rules.sitting.as_ref()?;
        let taken = cases
            .iter()
            .filter(|case| self.takes_a_kept_slot(case, meeting))
            .count();
        let kept = (sitting.emergency_slots as usize).saturating_sub(taken);
        let own = |case: &&Case<'_>| range_of(case.rules.sitting.as_ref().unwrap_or(sitting), case);
        let mut ranges: Vec<Range> = cases.iter().map(own).collect();
        let plain = (
            sitting.slot_least.unwrap_or(sitting.slot_minutes),
            sitting.slot_minutes,
        );
        ranges.extend(std::iter::repeat_n(plain, kept));
        let left = sitting.minutes.saturating_sub(sitting.opening_minutes);
        let minutes = longest_that_fit(&ranges, left);
        let (for_cases, for_kept) = minutes.split_at(cases.len());
        let starts_at = meeting.starts_at;
        let opening = Slot {
            from: starts_at,
            to: after(starts_at, sitting.opening_minutes),
        };
        let for_those = left.saturating_sub(for_kept.iter().sum());
        let slots = slots(opening.to, for_those, for_cases);
        let last = slots.iter().flatten().last();
        let mut now = last.map_or(opening.to, |slot| slot.to);
        let kept = for_kept
            .iter()
            .map(|minutes| {
                let slot = Slot {
                    from: now,
                    to: after(now, *minutes),
                };
                now = slot.to;
                slot
            })
            .collect();
        Some(Timetable {
            opening,
            slots,
            kept,
        })
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

/// Times for items of so many minutes each, from a start, within the minutes of a sitting; what
/// does not fit has none, and neither has what comes after it.
fn slots(start: NaiveDateTime, sitting_minutes: u32, minutes: &[u32]) -> Vec<Option<Slot>> {
    let end = after(start, sitting_minutes);
    let mut now = start;
    let mut is_full = false;
    minutes
        .iter()
        .map(|minutes| {
            let to = after(now, *minutes);
            is_full |= to > end;
            if is_full {
                return None;
            }
            let slot = Slot { from: now, to };
            now = to;
            Some(slot)
        })
        .collect()
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

    #[test]
    fn what_does_not_fit_has_no_time_and_neither_has_what_follows() {
        let start = "2026-11-26T14:00:00".parse().expect("a moment");
        let times = slots(start, 40, &[20, 30, 10]);
        assert_eq!(times.iter().flatten().count(), 1);
    }
}
