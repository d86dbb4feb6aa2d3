//! What has come to its end, and which decisions that is an end of.

use super::{Case, Desk, Made};
use crate::records::{CostLine, Day};

/// Kinds of request that go on with what an earlier one was granted, whatever they ask for.
const GOES_ON: [&str; 3] = ["review", "continue-placement", "placement-move"];

/// Kinds that bring back what an earlier one was granted, whatever they ask for: hearing one is a
/// review of it.
const BRINGS_BACK: [&str; 4] = [GOES_ON[0], GOES_ON[1], GOES_ON[2], "placement-ending"];

impl<'a> Made<'a> {
    /// The day from which the file after it says that what was decided has ended, where that was so
    /// by a day.
    pub(crate) fn ended_by(&self, by: Day) -> Option<Day> {
        let ended = self.after?.record.ended.as_ref()?.on;
        ended.filter(|on| *on <= by)
    }
}

impl<'a> Case<'a> {
    /// Whether what stands by a decision has ended by a day: as the file says after the decision
    /// itself or a later one on the same request; or after the one that settled it before a talk,
    /// unless the panel talked of it once it had ended.
    ///
    /// What was approved anew is not over because what was approved before has ended.
    pub(super) fn has_ended(&self, made: &Made<'a>, by: Day) -> bool {
        let mut all = self.decisions.iter();
        let Some(place) = all.position(|own| own.meeting == made.meeting) else {
            return false;
        };
        let settled = self.decisions[..=place].iter().rposition(Made::is_final);
        let since = settled.unwrap_or(place);
        (since..).zip(&self.decisions[since..]).any(|(own, other)| {
            other
                .ended_by(by)
                .is_some_and(|on| own >= place || on > made.on)
        })
    }
}

impl<'a> Desk<'a> {
    /// Whether what a decision on a case set has come to its end, as the file says after a decision
    /// on it, or after one on a request that brought it back and goes on with it.
    pub(super) fn has_ended(&self, case: &Case<'a>, made: &Made<'a>) -> bool {
        let today = self.today();
        case.has_ended(made, today)
            || self.brought_back_by(case.reference()).any(|other| {
                other.decisions.iter().any(|later| {
                    let ended = later.ended_by(today);
                    // What was granted again since is not over.
                    ended.is_some_and(|on| on > made.on || later.on >= made.on)
                        && goes_on_with(case, made, other, later)
                })
            })
    }
}

/// Whether a decision on a request that brings a case back is on what the case was granted, and not
/// on something that was granted beside it, like a taxi to where the child lives.
pub(crate) fn goes_on_with(
    case: &Case<'_>,
    made: &Made<'_>,
    other: &Case<'_>,
    later: &Made<'_>,
) -> bool {
    let earlier = granted_items(case, made);
    let later = items(&later.decision().approved);
    let is_shared = later.iter().any(|item| earlier.contains(item));
    let is_of_its_kind =
        earlier.is_empty() && (GOES_ON.contains(&other.kind()) || later.contains(&"placement"));
    later.is_empty() || is_shared || is_of_its_kind
}

/// Whether a request that names a case as under review asks for something beside what the case was
/// granted, like a taxi to where the child lives: hearing it is no review of that. Told by what a
/// decision on it approves, else by what it asks for; one that names no item brings the case back.
pub(super) fn is_addition(
    case: &Case<'_>,
    made: &Made<'_>,
    other: &Case<'_>,
    later: Option<&Made<'_>>,
) -> bool {
    if BRINGS_BACK.contains(&other.kind()) {
        return false;
    }
    let approved = later.map(|later| items(&later.decision().approved));
    let asked = items(other.costs);
    let beside = approved.filter(|items| !items.is_empty()).unwrap_or(asked);
    let earlier = granted_items(case, made);
    // What was granted without a line can have been a home.
    let is_of_it =
        |item: &&str| earlier.contains(item) || (earlier.is_empty() && *item == "placement");
    !beside.is_empty() && !beside.iter().any(is_of_it)
}

/// What the last approval by a decision granted: the last word on it can have been a talk.
fn granted_items<'c>(case: &'c Case<'_>, made: &'c Made<'_>) -> Vec<&'c str> {
    let mut before = case.decisions.iter().rev();
    let granted = before.find(|own| own.on <= made.on && own.is_approval());
    items(&granted.unwrap_or(made).decision().approved)
}

fn items(lines: &[CostLine]) -> Vec<&str> {
    lines
        .iter()
        .filter_map(|line| line.item.as_deref())
        .collect()
}
