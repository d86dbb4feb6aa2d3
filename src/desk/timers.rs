//! Time limits that run for a case: the law's, and others that count from a date of its own.

use super::{Case, Desk, Standing};
use crate::calendar;
use crate::council::{Timer, Within};
use crate::records::Day;
use chrono::TimeDelta;

/// A time limit that runs for one case.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Running<'a> {
    /// What the rule file says of it.
    pub(crate) timer: &'a Timer,
    /// The day that it counts from.
    pub(crate) from: Day,
    /// The last day for what is to be done.
    pub(crate) due_on: Day,
}

impl<'a> Desk<'a> {
    /// The time limits that run for a case and are not met yet, in the order of the rule file.
    ///
    /// They run while the case is open and, once the panel has approved or heard it, until what
    /// it decided has ended; what was taken back or declined has none.
    pub(crate) fn timers(&self, case: &Case<'a>) -> Vec<Running<'a>> {
        if !self.has_timers(case) {
            return Vec::new();
        }
        let rules: &'a crate::council::Council = case.rules;
        rules
            .timers
            .iter()
            .filter(|timer| self.holds(timer.when.as_ref(), case))
            .filter(|timer| {
                let is_met = timer
                    .met_when
                    .as_ref()
                    .is_some_and(|met| self.holds(Some(met), case));
                let done = case.referral().done.get(&timer.id);
                let is_done = done.is_some_and(|on| *on <= self.today());
                !is_met && !is_done && !self.is_ticked(timer, case)
            })
            .filter_map(|timer| {
                let from = rules.day_of(&timer.after, self.subject(case))?;
                if self.is_shown_elsewhere(timer, case, from) {
                    return None;
                }
                let due_on = match timer.within {
                    Within::Calendar(length) => calendar::add(from, length),
                    Within::WorkingDays(count) => rules.holidays.working_days_after(from, count),
                    Within::Hours(hours) => in_hours(from, hours),
                };
                Some(Running {
                    timer,
                    from,
                    due_on,
                })
            })
            .collect()
    }

    /// Whether what followed a decision on the case says under `done` that it has been done: for
    /// what no key of the referral shows once the panel has decided on it. A mark in the meeting's
    /// own record is the office's, and never speaks for every child who was heard there.
    fn is_ticked(&self, timer: &Timer, case: &Case<'_>) -> bool {
        case.decisions
            .iter()
            .filter_map(|made| made.after)
            .filter_map(|file| file.record.done.get(&timer.id))
            .any(|done| done.day() <= self.today())
    }

    /// Whether another request of the same child shows that a time limit of the child was met: that
    /// what counts from the same day was done, or that it counts from a later day by now. The request
    /// that was decided on stays as it is, and what happens to the child stands on the next one.
    fn is_shown_elsewhere(&self, timer: &Timer, case: &Case<'a>, from: Day) -> bool {
        let number = case.referral().child.number();
        if number.is_none() || !timer.after.starts_with("child.") {
            return false;
        }
        let is_known = |other: &Case<'a>| {
            other.standing != Standing::Draft || other.referral().submitted.is_none()
        };
        self.about_one_child(case)
            .filter(|other| other.reference() != case.reference() && is_known(other))
            .filter(|other| other.referral().child.number() == number)
            .any(|other| {
                let subject = self.subject(other);
                match case.rules.day_of(&timer.after, subject) {
                    Some(own) if own == from => timer
                        .met_when
                        .as_ref()
                        .is_some_and(|met| case.rules.holds(Some(met), subject)),
                    Some(own) => own > from && own <= self.today(),
                    None => false,
                }
            })
    }

    fn has_timers(&self, case: &Case<'_>) -> bool {
        match case.standing {
            Standing::Withdrawn => false,
            Standing::Decided => case.last().is_some_and(|made| {
                let ended = made
                    .after
                    .and_then(|after| after.record.ended.as_ref())
                    .and_then(|ended| ended.on);
                made.outcome() != "decline" && ended.is_none_or(|on| on > self.today())
            }),
            _ => true,
        }
    }
}

/// The day on which so many hours end that began on a day; the hour is not known, so they count
/// from its last second.
fn in_hours(from: Day, hours: u32) -> Day {
    let ends = from
        .end()
        .checked_add_signed(TimeDelta::hours(i64::from(hours)));
    Day::of(ends.map_or(chrono::NaiveDate::MAX, |ends| ends.date()))
}

#[cfg(test)]
mod tests {
    use super::in_hours;
    use crate::records::Day;

    #[test]
    fn seventy_two_hours_end_on_the_third_day_after() {
        let day = |text: &str| text.parse::<Day>().expect("a day");
        assert_eq!(in_hours(day("2026-11-14"), 72), day("2026-11-17"));
        assert_eq!(in_hours(day("2026-11-14"), 12), day("2026-11-15"));
    }
}
