//! Approvals whose place a later one takes: no day of a placement is paid for twice.
//!
//! A later approval for the same child takes the place of an earlier one
//!
//! - where it is made on the same referral at a later meeting, or on a referral that brings the
//!   earlier one back (`review_of`, over as many steps as it takes): of a line for the placement
//!   where it approves a placement, of any other line where it approves the same item with the
//!   same description;
//! - where it goes on with a placement or moves the child (`continue-placement`,
//!   `placement-move`): of every earlier line for a placement, short breaks apart.
//!
//! The earlier line then ends on the day on which the later one begins; what is paid once stays.
//! Of two panels' approvals on one day neither is the later: both are counted, and told.
//! Whatever else looks as if it were paid twice is counted, and told.

use super::spend::Commitment;
use super::stretch::Stretch;
use super::{Case, Desk};
use crate::calendar::plus_days;
use crate::records::{Day, Money};
use std::collections::BTreeMap;

/// The later approval that takes the place of a line before the line's time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Replaced<'d> {
    /// Its referral.
    pub(crate) by: &'d str,
    /// Its meeting's folder.
    pub(crate) meeting: &'d str,
    /// The day on which it begins: the day after the earlier line's last.
    pub(crate) on: Day,
    /// What the earlier line would have cost from that day on.
    pub(crate) spared: Money,
}

/// A later line for the same child that is paid for beside this one in some of its days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Overlap<'d> {
    /// The later line's referral.
    pub(crate) with: &'d str,
    /// The later line's meeting's folder.
    pub(crate) meeting: &'d str,
    /// The days of both.
    pub(crate) days: Stretch,
    /// What the earlier line costs in these days.
    pub(crate) sum: Money,
}

/// How two lines for one child stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Relation {
    /// Each is for something of its own.
    Apart,
    /// The later takes the place of the earlier.
    Replaces,
    /// Both are counted, and somebody should look.
    Doubtful,
}

impl<'a> Desk<'a> {
    /// Ends earlier lines where later ones take their place, and marks those that are paid for
    /// side by side. The lines stand in the order of their decisions.
    pub(super) fn end_replaced<'d>(&'d self, lines: &mut [Commitment<'d, 'a>]) {
        for of_child in self.by_child(lines).into_values() {
            self.end_replaced_of_child(lines, &of_child);
        }
    }

    /// The lines of each child, by number on the case system; without one, by the first referral.
    pub(super) fn by_child<'d>(
        &'d self,
        lines: &[Commitment<'d, 'a>],
    ) -> BTreeMap<&'d str, Vec<usize>> {
        let mut all: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (index, line) in lines.iter().enumerate() {
            let number = child_number(line.case);
            let child = number.or_else(|| self.reviewed_by(line.case).last());
            let child = child.unwrap_or_else(|| line.case.reference());
            all.entry(child).or_default().push(index);
        }
        all
    }

    fn end_replaced_of_child<'d>(&'d self, lines: &mut [Commitment<'d, 'a>], own: &[usize]) {
        // From the last back: what a later line is itself left with is known when it is asked.
        for (place, &earlier) in own.iter().enumerate().rev() {
            let mut replaced: Option<Replaced<'d>> = None;
            let mut doubtful = Vec::new();
            for &later in &own[place + 1..] {
                let (one, other) = (&lines[earlier], &lines[later]);
                if days_of_both(one, other).is_none() {
                    continue;
                }
                match self.relation(one, other) {
                    Relation::Apart => {}
                    Relation::Doubtful => doubtful.push(later),
                    Relation::Replaces => {
                        let on = other.cost.from.max(one.cost.from);
                        if replaced.as_ref().is_none_or(|known| on < known.on) {
                            replaced = Some(Replaced {
                                by: other.case.reference(),
                                meeting: other.made.meeting,
                                on,
                                spared: one.cost.within(both_from(on)),
                            });
                        }
                    }
                }
            }
            let line = &mut lines[earlier];
            if let Some(replaced) = replaced {
                line.cost.end_on(replaced.on);
                line.replaced = Some(replaced);
            }
            for later in doubtful {
                let other = &lines[later];
                let (with, meeting) = (other.case.reference(), other.made.meeting);
                // What is left of the earlier one, where another takes its place.
                let days = days_of_both(&lines[earlier], other);
                let line = &mut lines[earlier];
                if let Some(days) = days {
                    let sum = line.cost.within(days);
                    line.overlaps.push(Overlap {
                        with,
                        meeting,
                        days,
                        sum,
                    });
                }
            }
        }
    }

    fn relation(&self, earlier: &Commitment<'_, 'a>, later: &Commitment<'_, 'a>) -> Relation {
        let is_later = later.made.on > earlier.made.on;
        let is_same_request = earlier.case.reference() == later.case.reference();
        // Lines of one decision stand beside each other, as the panel put them.
        if is_same_request && earlier.made.meeting == later.made.meeting {
            return Relation::Apart;
        }
        if is_approved_twice(earlier, later) {
            return Relation::Doubtful;
        }
        let brings_back = (is_same_request && is_later)
            || self
                .reviewed_by(later.case)
                .any(|reference| reference == earlier.case.reference());
        let is_same_item = earlier.line.item == later.line.item;
        if is_placement(earlier) && is_placement(later) {
            let goes_on = is_later && GOES_ON.contains(&later.case.kind());
            if brings_back || (goes_on && is_short_break(earlier) == is_short_break(later)) {
                return Relation::Replaces;
            }
            // Short breaks are meant to stand beside where the child lives.
            let is_beside = is_short_break(earlier) || is_short_break(later);
            return if is_beside {
                Relation::Apart
            } else {
                Relation::Doubtful
            };
        }
        match (
            brings_back && is_same_item,
            is_same_description(earlier, later),
        ) {
            (true, true) => Relation::Replaces,
            (true, false) => Relation::Doubtful,
            (false, _) => Relation::Apart,
        }
    }

    /// The referral under review, the one under review in that, and so on.
    pub(crate) fn reviewed_by<'d>(&'d self, case: &'d Case<'a>) -> impl Iterator<Item = &'d str> {
        let mut seen = vec![case.reference()];
        let mut next = self.under_review(case);
        std::iter::from_fn(move || {
            let earlier = next.filter(|earlier| !seen.contains(&earlier.reference()))?;
            seen.push(earlier.reference());
            next = self.under_review(earlier);
            Some(earlier.reference())
        })
    }
}

/// Kinds of request that go on with where a child lives, or end it for another place.
const GOES_ON: [&str; 2] = ["continue-placement", "placement-move"];

/// The days in which both are paid for by the week; of what two panels approved on one day and is
/// paid once, that of the payment.
fn days_of_both(one: &Commitment<'_, '_>, other: &Commitment<'_, '_>) -> Option<Stretch> {
    let is_once =
        |line: &Commitment<'_, '_>| line.cost.days == 0 && line.cost.one_off > Money::ZERO;
    if is_once(one) && is_once(other) && is_approved_twice(one, other) {
        return Some(Stretch {
            from: Some(one.cost.from),
            until: Some(plus_days(one.cost.from, 1)),
        });
    }
    let both = one.cost.days().and(other.cost.days());
    let is_by_the_week = one.cost.days > 0 && other.cost.days > 0;
    (is_by_the_week && !both.is_empty()).then_some(both)
}

/// Whether two panels that met on one day each approved it: neither is the later, and neither takes
/// the other's place.
fn is_approved_twice(one: &Commitment<'_, '_>, other: &Commitment<'_, '_>) -> bool {
    let is_same_request = one.case.reference() == other.case.reference();
    let is_same_thing = one.line.item == other.line.item
        && ((is_same_request && is_placement(one)) || is_same_description(one, other));
    one.made.on == other.made.on && one.made.meeting != other.made.meeting && is_same_thing
}

fn both_from(day: Day) -> Stretch {
    Stretch {
        from: Some(day),
        until: None,
    }
}

fn child_number<'a>(case: &Case<'a>) -> Option<&'a str> {
    let referral: &'a crate::records::Referral = &case.file.record;
    referral.child.number()
}

pub(super) fn is_placement(line: &Commitment<'_, '_>) -> bool {
    line.line.item.as_deref() == Some("placement")
}

pub(super) fn is_short_break(line: &Commitment<'_, '_>) -> bool {
    line.case.referral().request.provision.as_deref() == Some("short-breaks")
}

fn is_same_description(one: &Commitment<'_, '_>, other: &Commitment<'_, '_>) -> bool {
    let text = |line: &Commitment<'_, '_>| {
        let text = line.line.description.as_deref().unwrap_or("");
        text.split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .to_lowercase()
    };
    text(one) == text(other)
}
