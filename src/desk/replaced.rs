//! Approvals whose place a later one takes: no day of a placement is paid for twice.
//!
//! A later approval for the same child takes the place of an earlier one
//!
//! - where it is made on the same referral at a later meeting, or on a referral that brings the
//!   earlier one back (`review_of`, over as many steps as it takes): of a line for the placement
//!   where it approves a placement, of any other line where it approves the same item with the
//!   same description;
//! - where it goes on with a placement or moves the child (`continue-placement`,
//!   `placement-move`): of every earlier line for a placement, short breaks apart, whatever the new
//!   home costs. One that was approved later and begins earlier takes no such place: a move that
//!   begins after it ends it.
//!
//! What is approved on a request for several children counts for each of them whose own part has
//! no line with a price.
//!
//! The earlier line then ends on the day on which the later one begins; what is paid once stays.
//! An approved ending (`placement-ending`) ends a placement's line and puts nothing in its place.
//! Of two panels' approvals on one day neither is the later: both are counted, and told.
//! Whatever else looks as if it were paid twice is counted, and told.

use super::spend::Commitment;
use super::stretch::Stretch;
use super::{Case, Desk, Made};
use crate::calendar::plus_days;
use crate::records::{CostLine, Day, Money};
use std::collections::{BTreeMap, BTreeSet};

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
    /// Whether it ends the placement, and puts nothing in its place.
    pub(crate) is_end: bool,
}

/// The decision that ends a line, and the day from which it does.
pub(super) struct Turn<'d> {
    /// Its referral.
    pub(super) by: &'d str,
    /// Its meeting's folder.
    pub(super) meeting: &'d str,
    /// The day after the line's last.
    pub(super) on: Day,
    /// Whether it puts nothing in its place.
    pub(super) is_end: bool,
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
    /// The earlier, which begins after the later, ends it.
    GivesWay,
    /// Both are counted, and somebody should look.
    Doubtful,
}

impl<'a> Desk<'a> {
    /// Ends earlier lines where later ones take their place, and marks those that are paid for
    /// side by side. The lines stand in the order of their decisions.
    pub(super) fn end_replaced<'d>(
        &'d self,
        lines: &mut [Commitment<'d, 'a>],
        counted: &[(&'d Case<'a>, &'d Made<'a>)],
    ) {
        let children = self.by_child(lines);
        for own in children.values() {
            self.end_in_their_turn(lines, own);
        }
        for own in children.values() {
            self.end_where_moved_on(lines, own);
        }
        self.end_as_approved(lines, counted);
        let mut seen = BTreeSet::new();
        for own in children.values() {
            self.tell_overlaps(lines, own, &mut seen);
        }
    }

    /// The lines of each child; those of a request for several children are lines of each of them.
    pub(super) fn by_child<'d>(
        &'d self,
        lines: &[Commitment<'d, 'a>],
    ) -> BTreeMap<&'d str, Vec<usize>> {
        let mut all: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (index, line) in lines.iter().enumerate() {
            for child in self.children_of(line.case) {
                all.entry(child).or_default().push(index);
            }
        }
        all
    }

    /// The children that what is approved on a case is for.
    pub(super) fn children_of<'d>(&'d self, case: &'d Case<'a>) -> BTreeSet<&'d str> {
        let parts = self.parts_without_lines(case);
        let all = std::iter::once(case).chain(parts);
        all.map(|case| self.child_of(case)).collect()
    }

    /// A child by its number on the case system, which another request can have brought since; without
    /// one, by the first referral.
    fn child_of<'d>(&'d self, case: &'d Case<'a>) -> &'d str {
        child_number(case)
            .or_else(|| self.about_one_child(case).find_map(child_number))
            .or_else(|| self.reviewed_by(case).last())
            .unwrap_or_else(|| case.reference())
    }

    /// The parts of a request for several children whose lines stand with it: nothing with a price
    /// was approved on them, and nothing else was decided.
    fn parts_without_lines<'d>(&'d self, case: &'d Case<'a>) -> impl Iterator<Item = &'d Case<'a>> {
        let own = case.reference();
        let has_no_lines = |part: &&Case<'a>| {
            part.last().is_none_or(|made| {
                made.is_approval() && made.decision().approved.iter().all(is_without_price)
            })
        };
        let with = case.referral().with.iter();
        with.filter_map(|reference| self.case(reference))
            .filter(move |part| part.referral().part_of.as_deref() == Some(own))
            .filter(has_no_lines)
    }

    fn end_in_their_turn<'d>(&'d self, lines: &mut [Commitment<'d, 'a>], own: &[usize]) {
        // From the last back: what a later line is itself left with is known when it is asked.
        for (place, &earlier) in own.iter().enumerate().rev() {
            let one = &lines[earlier];
            let ends = own[place + 1..].iter().filter_map(|&later| {
                let other = &lines[later];
                let on = begins(other).max(one.cost.from);
                let is_met = days_of_both(one, other).is_some()
                    || (begins_unpaid(other) && one.cost.days().holds(on));
                (is_met && self.relation(one, other) == Relation::Replaces).then_some((on, later))
            });
            if let Some((on, later)) = ends.min() {
                end(lines, earlier, later, on);
            }
        }
    }

    /// Ends what was approved later and began earlier than a move that was approved before it: the
    /// child has moved on since.
    fn end_where_moved_on<'d>(&'d self, lines: &mut [Commitment<'d, 'a>], own: &[usize]) {
        for (place, &later) in own.iter().enumerate() {
            let other = &lines[later];
            let ends = own[..place].iter().filter_map(|&earlier| {
                let one = &lines[earlier];
                let on = begins(one);
                let stays = one.cost.days > 0 || begins_unpaid(one);
                let is_met = stays && other.cost.days().holds(on);
                (is_met && self.relation(one, other) == Relation::GivesWay).then_some((on, earlier))
            });
            if let Some((on, earlier)) = ends.min() {
                end(lines, later, earlier, on);
            }
        }
    }

    fn tell_overlaps<'d>(
        &'d self,
        lines: &mut [Commitment<'d, 'a>],
        own: &[usize],
        seen: &mut BTreeSet<(usize, usize)>,
    ) {
        for (place, &earlier) in own.iter().enumerate() {
            for &later in &own[place + 1..] {
                let (one, other) = (&lines[earlier], &lines[later]);
                let Some(days) = days_of_both(one, other) else {
                    continue;
                };
                if self.relation(one, other) != Relation::Doubtful || !seen.insert((earlier, later))
                {
                    continue;
                }
                let overlap = Overlap {
                    with: other.case.reference(),
                    meeting: other.made.meeting,
                    days,
                    sum: one.cost.within(days),
                };
                lines[earlier].overlaps.push(overlap);
            }
        }
    }

    fn relation(&self, earlier: &Commitment<'_, 'a>, later: &Commitment<'_, 'a>) -> Relation {
        let is_later = later.made.on > earlier.made.on;
        let is_same_request = earlier.case.reference() == later.case.reference();
        // Lines of one decision stand beside each other, as the panel put them; so do those of a
        // request for several children and of its part.
        if (is_same_request && earlier.made.meeting == later.made.meeting)
            || is_part_of(earlier, later)
            || is_part_of(later, earlier)
        {
            return Relation::Apart;
        }
        if is_approved_twice(earlier, later) {
            return Relation::Doubtful;
        }
        let brings_back =
            (is_same_request && is_later) || self.brings_back(later.case, earlier.case);
        let is_same_item = earlier.line.item == later.line.item;
        if is_placement(earlier) && is_home(later) {
            let goes_on = is_later && GOES_ON.contains(&later.case.kind());
            if brings_back {
                return Relation::Replaces;
            }
            if goes_on && is_short_break(earlier) == is_short_break(later) {
                return self.going_on(earlier, later);
            }
        }
        if is_placement(earlier) && is_placement(later) {
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

    /// What an approval that goes on with a placement or moves the child makes of one before it.
    fn going_on(&self, earlier: &Commitment<'_, 'a>, later: &Commitment<'_, 'a>) -> Relation {
        // Of lines for several children it is not said which are this child's.
        let own = self.children_of(later.case);
        if !self.children_of(earlier.case).is_subset(&own) {
            return Relation::Doubtful;
        }
        if begins(later) >= earlier.cost.from {
            return Relation::Replaces;
        }
        // It begins before the other: approved late, where the child may have lived before.
        let is_planned = begins(later) > earlier.made.on;
        match (earlier.case.kind(), later.case.kind()) {
            (MOVE, _) => Relation::GivesWay,
            // Where the child was to stay, it does not: it moved after that was approved.
            (_, MOVE) if earlier.case.kind() == STAY && is_planned => Relation::Replaces,
            _ => Relation::Doubtful,
        }
    }

    /// Whether one request, or a part of it whose lines stand with it, brings another back.
    fn brings_back(&self, later: &Case<'a>, earlier: &Case<'a>) -> bool {
        let own = earlier.reference();
        self.reviewed_by(later).any(|reference| reference == own)
            || self.parts_without_lines(later).any(|part| {
                part.reference() == own || self.reviewed_by(part).any(|reference| reference == own)
            })
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
const GOES_ON: [&str; 2] = [STAY, MOVE];
pub(super) const STAY: &str = "continue-placement";
pub(super) const MOVE: &str = "placement-move";

/// Ends a line on the day on which another takes its place.
fn end<'d>(lines: &mut [Commitment<'d, '_>], ended: usize, by: usize, on: Day) {
    let other = &lines[by];
    let turn = Turn {
        by: other.case.reference(),
        meeting: other.made.meeting,
        on,
        is_end: false,
    };
    end_by(&mut lines[ended], turn);
}

/// Ends a line on the day from which a decision does.
pub(super) fn end_by<'d>(line: &mut Commitment<'d, '_>, turn: Turn<'d>) {
    // What another spared of it before is spared by this one now, which comes sooner.
    let before = line.replaced.as_ref().map(|replaced| replaced.spared);
    let spared = line.cost.within(both_from(turn.on)) + before.unwrap_or_default();
    line.cost.end_on(turn.on);
    line.replaced = Some(Replaced {
        by: turn.by,
        meeting: turn.meeting,
        on: turn.on,
        spared,
        is_end: turn.is_end,
    });
}

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
    is_placement_line(line.line)
}

fn is_placement_line(line: &CostLine) -> bool {
    line.item.as_deref() == Some("placement")
}

fn is_without_price(line: &CostLine) -> bool {
    let is_nothing = |sum: Option<Money>| sum.unwrap_or_default() == Money::ZERO;
    is_nothing(line.weekly) && is_nothing(line.one_off)
}

/// Whether a line says where the child lives from its first day on: one for a placement, or any of
/// a move to where nothing is paid for the placement.
pub(super) fn is_home(line: &Commitment<'_, '_>) -> bool {
    let mut approved = line.made.decision().approved.iter();
    is_placement(line) || (line.case.kind() == MOVE && !approved.any(is_placement_line))
}

/// The day from which the child lives where a line says.
pub(super) fn begins(line: &Commitment<'_, '_>) -> Day {
    if is_placement(line) {
        line.cost.from
    } else {
        line.begins
    }
}

/// Whether the child lives where a line says though no week of it is paid for: the placement itself
/// costs nothing. A line that ended before it began is none.
fn begins_unpaid(line: &Commitment<'_, '_>) -> bool {
    let weekly = |line: &CostLine| line.weekly.unwrap_or_default() > Money::ZERO;
    let mut approved = line.made.decision().approved.iter();
    let is_paid = approved.any(|line| is_placement_line(line) && weekly(line));
    let is_move = line.case.kind() == MOVE;
    is_home(line) && !is_paid && !line.is_ended_before && (is_move || is_without_price(line.line))
}

/// Whether one line is of a part of the request that the other is of.
fn is_part_of(part: &Commitment<'_, '_>, lead: &Commitment<'_, '_>) -> bool {
    part.case.referral().part_of.as_deref() == Some(lead.case.reference())
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
