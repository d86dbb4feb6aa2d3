//! Homes that a child has left as the panel agreed: by a move that has taken place, or by an ending
//! on its day. What asks about such a home asks no more.
//!
//! A move that was approved is none yet: the child has moved once somebody has recorded so, or the
//! request for the move says that it lives there already.

use super::approved_ends::{approved_end, is_ending};
use super::replaced::{MOVE, STAY, begins, is_home, is_placement, is_short_break};
use super::spend::{Commitment, placed_before};
use super::{Case, Desk, Made};
use crate::records::Day;
use foldhash::{HashMap, HashMapExt};

/// Where homes that children left stand, by the referral that they were granted on.
pub(super) type LeftHomes = HashMap<String, LeftHome>;

/// A home that the child has left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LeftHome {
    /// The referral of the move, or of the ending.
    pub(crate) by: String,
    /// The first day elsewhere.
    pub(crate) on: Day,
    /// Whether it is an ending and no move.
    pub(crate) is_ending: bool,
    /// Whether nothing else that was approved beside the home goes on.
    pub(super) is_all: bool,
}

/// An approval by which a child left where it lived.
struct Gone<'d, 'a> {
    case: &'d Case<'a>,
    made: &'d Made<'a>,
    on: Day,
}

/// Kinds of request that are for where a child lives, whatever was approved on them.
const HOMES: [&str; 6] = [
    "new-placement",
    MOVE,
    STAY,
    "care-leaver-accommodation",
    "exceptional-accommodation",
    "regulation-24",
];

impl<'a> Desk<'a> {
    /// The home that was granted on a case, where the child has left it by the desk's day.
    pub(crate) fn left_home(&self, case: &Case<'a>) -> Option<&LeftHome> {
        self.homes().left.get(case.reference())
    }

    /// The same where nothing else goes on that was approved with it. What the panel talked of once
    /// the child had left is not over with it.
    pub(crate) fn left_with_all(&self, case: &Case<'a>, made: &Made<'a>) -> Option<&LeftHome> {
        self.left_home(case)
            .filter(|left| left.is_all && (made.is_approval() || left.on > made.on))
    }

    /// A move of the child that was approved after a decision, and of which nobody has said that it
    /// has taken place.
    pub(crate) fn move_to_come(&self, case: &Case<'a>, made: &Made<'a>) -> Option<&Case<'a>> {
        let mut all = self.about_one_child(case);
        all.find(|other| {
            let approved = other.decisions.iter().rev().find(|own| own.is_approval());
            other.kind() == MOVE
                && other.reference() != case.reference()
                && approved
                    .is_some_and(|own| own.on > made.on && self.moved_on(other, own).is_none())
        })
        .and_then(|other| self.case(other.reference()))
    }

    /// The day on which a child moved as a decision approves, as far as that is recorded.
    fn moved_on(&self, case: &Case<'a>, made: &Made<'a>) -> Option<Day> {
        let referral = case.referral();
        let placed = made
            .after
            .and_then(|after| after.record.placed.as_ref()?.on);
        let before = match referral.emergency {
            Some(_) => referral.placed_on,
            None => placed_before(case),
        };
        // What has ended had begun.
        let begun = || {
            referral
                .request
                .from
                .filter(|_| made.ended_by(self.today()).is_some())
        };
        let on = placed.or(before).or_else(begun);
        on.filter(|on| *on <= self.today())
    }

    /// Every approval by which a child left where it lived, by the desk's day.
    fn gone(&self) -> Vec<Gone<'_, 'a>> {
        let mut all = Vec::new();
        for case in self.cases() {
            if case.kind() != MOVE && !is_ending(case) {
                continue;
            }
            let approved = case.decisions.iter().rev().find(|made| made.is_approval());
            let Some(made) = approved else { continue };
            let on = match is_ending(case) {
                true => approved_end(case, made).filter(|on| *on <= self.today()),
                false => self.moved_on(case, made),
            };
            all.extend(on.map(|on| Gone { case, made, on }));
        }
        all
    }

    /// The homes that children have left, by what is paid for by now.
    pub(super) fn homes_left<'d>(&'d self, lines: &[Commitment<'d, 'a>]) -> LeftHomes {
        let mut found = LeftHomes::new();
        let gone = self.gone();
        if gone.is_empty() {
            return found;
        }
        let mut of_case: HashMap<&str, Vec<usize>> = HashMap::new();
        for (place, line) in lines.iter().enumerate() {
            of_case
                .entry(line.case.reference())
                .or_default()
                .push(place);
        }
        for one in &gone {
            for case in self.about_one_child(one.case) {
                let reference = case.reference();
                if reference == one.case.reference() || is_ending(case) {
                    continue;
                }
                let own = of_case.get(reference).map_or(&[][..], Vec::as_slice);
                let mut own: Vec<_> = own.iter().map(|place| &lines[*place]).collect();
                let is_without = own.is_empty();
                own.extend(self.lines_going_on(case, lines, &of_case));
                let left = match own.iter().any(|line| is_home(line)) {
                    true => self.left_by(&gone, &own, one),
                    false if is_without => self.left_without_lines(case, one),
                    false => None,
                };
                let Some(left) = left else { continue };
                let known = found.get(reference);
                if known.is_none_or(|known: &LeftHome| left.on < known.on) {
                    found.insert(reference.to_owned(), left);
                }
            }
        }
        found
    }

    /// Lines for a home on what brought a case back and is no move; of a review without lines those
    /// of what it brought back.
    fn lines_going_on<'l, 'd>(
        &self,
        case: &Case<'a>,
        lines: &'l [Commitment<'d, 'a>],
        of_case: &HashMap<&str, Vec<usize>>,
    ) -> Vec<&'l Commitment<'d, 'a>> {
        let later = self.returns_over_steps(case).into_iter();
        let later = later.filter(|other| other.kind() != MOVE && !is_ending(other));
        let mut all: Vec<&str> = later.map(Case::reference).collect();
        if !of_case.contains_key(case.reference()) && case.kind() == "review" {
            all.extend(self.reviewed_by(case));
        }
        let places = all
            .into_iter()
            .filter_map(|reference| of_case.get(reference));
        let own = places.flatten().map(|place| &lines[*place]);
        own.filter(|line| is_placement(line)).collect()
    }

    /// What an approval made of the lines for a home and of what stands beside them.
    fn left_by(
        &self,
        gone: &[Gone<'_, 'a>],
        own: &[&Commitment<'_, 'a>],
        one: &Gone<'_, 'a>,
    ) -> Option<LeftHome> {
        let (homes, rest): (Vec<_>, Vec<_>) = own.iter().partition(|line| is_home(line));
        let mut left_on = None;
        for line in homes {
            let (is_by_this, on) = self.end_of_home(gone, line, one)?;
            if is_by_this {
                left_on = left_on.max(Some(on));
            }
        }
        let today = self.today();
        let is_over = |line: &&Commitment<'_, 'a>| match line.cost.days {
            0 => line.cost.from <= today,
            _ => line.cost.until() <= today,
        };
        Some(LeftHome {
            by: one.case.reference().to_owned(),
            on: left_on?,
            is_ending: is_ending(one.case),
            is_all: rest.iter().all(is_over),
        })
    }

    /// Whether it was this approval that ended a line for a home, and when; nothing where it goes on.
    fn end_of_home(
        &self,
        gone: &[Gone<'_, 'a>],
        line: &Commitment<'_, 'a>,
        one: &Gone<'_, 'a>,
    ) -> Option<(bool, Day)> {
        let today = self.today();
        if let Some(replaced) = &line.replaced {
            let is_by_this = replaced.by == one.case.reference();
            // A move of which nobody has said that it has taken place has ended nothing.
            let is_move = self.case(replaced.by).is_some_and(|by| by.kind() == MOVE);
            let is_known = !is_move || gone.iter().any(|gone| gone.case.reference() == replaced.by);
            let is_over = is_known && replaced.on <= today;
            return is_over.then_some((is_by_this, replaced.on));
        }
        if line.cost.days > 0 {
            return (line.cost.until() <= today).then_some((false, line.cost.until()));
        }
        // Nothing is paid for it by the week, so no line says when it was left.
        let is_kin = is_short_break(line) == (one.provision() == Some("short-breaks"));
        (is_kin && one.is_after(begins(line), line.made.on)).then_some((true, one.on))
    }

    /// A home that was granted without a line.
    fn left_without_lines(&self, case: &Case<'a>, one: &Gone<'_, 'a>) -> Option<LeftHome> {
        let root = self.reviewed_by(case).last();
        let root = root.filter(|_| case.kind() == "review");
        let kind = root
            .and_then(|root| self.case(root))
            .map_or(case.kind(), Case::kind);
        let made = case
            .decisions
            .iter()
            .rev()
            .find(|made| made.is_approval())?;
        let placed = made
            .after
            .and_then(|after| after.record.placed.as_ref()?.on);
        let referral = case.referral();
        let began = placed.or(referral.placed_on).or(referral.request.from);
        let is_kin = referral.request.provision.as_deref() != Some("short-breaks");
        let is_left = HOMES.contains(&kind)
            && is_kin
            && one.provision() != Some("short-breaks")
            && one.is_after(began.unwrap_or(made.on), made.on);
        is_left.then(|| LeftHome {
            by: one.case.reference().to_owned(),
            on: one.on,
            is_ending: is_ending(one.case),
            is_all: true,
        })
    }
}

impl Gone<'_, '_> {
    fn provision(&self) -> Option<&str> {
        self.case.referral().request.provision.as_deref()
    }

    /// Whether the child left what began on a day and was approved on another.
    fn is_after(&self, began: Day, approved_on: Day) -> bool {
        self.on > began || (self.on == began && self.made.on > approved_on)
    }
}
