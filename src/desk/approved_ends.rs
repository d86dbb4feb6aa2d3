//! Approved endings: the payment of the placement that one names ends on the day that was approved.

use super::replaced::{Turn, end_by, is_placement, is_short_break};
use super::spend::Commitment;
use super::{Case, Desk, Made};
use crate::records::Day;

/// A request that the panel approve the ending of a placement.
const ENDING: &str = "placement-ending";

/// Whether a case asks for the ending of a placement: it costs nothing by itself.
pub(crate) fn is_ending(case: &Case<'_>) -> bool {
    case.kind() == ENDING
}

/// The day after the last of a placement whose ending a decision approves; none where it approves no
/// ending. An alternative to an ending is one only where it says until when.
pub(super) fn approved_end(case: &Case<'_>, made: &Made<'_>) -> Option<Day> {
    let decision = made.decision();
    let is_meant = match made.outcome() {
        "approve" => true,
        "approve-alternative" => decision.until.is_some(),
        _ => false,
    };
    let lines = decision.approved.iter();
    let line_from = || {
        let mut homes = lines.filter(|line| line.item.as_deref() == Some("placement"));
        homes.find_map(|line| line.from)
    };
    let on = decision
        .until
        .or_else(line_from)
        .or(case.referral().request.from);
    (is_meant && is_ending(case)).then_some(on.unwrap_or(made.on))
}

impl<'a> Desk<'a> {
    /// Ends the lines of placements whose ending was approved, by those decisions that count.
    pub(super) fn end_as_approved<'d>(
        &'d self,
        lines: &mut [Commitment<'d, 'a>],
        counted: &[(&'d Case<'a>, &'d Made<'a>)],
    ) {
        for (case, made) in counted {
            let Some(on) = approved_end(case, made) else {
                continue;
            };
            for line in lines.iter_mut() {
                if self.is_ended_by(line, case, made, on) {
                    let by = Turn {
                        by: case.reference(),
                        meeting: made.meeting,
                        on,
                        is_end: true,
                    };
                    end_by(line, by);
                }
            }
        }
    }

    /// Whether a line pays for the placement that an approved ending is of: the one that it brings
    /// back, with what went on with that; where it names none, what is paid for on its day.
    fn is_ended_by(
        &self,
        line: &Commitment<'_, 'a>,
        case: &Case<'a>,
        made: &Made<'a>,
        on: Day,
    ) -> bool {
        let is_later = line.made.on > made.on;
        let is_own = line.case.reference() == case.reference();
        if !is_placement(line) || is_own || is_later || line.cost.until() <= on {
            return false;
        }
        // Of lines for several children it is not said which are this child's.
        let is_of_child = self
            .children_of(line.case)
            .is_subset(&self.children_of(case));
        is_of_child
            && match self.under_review(case) {
                Some(named) => self.is_of_one_placement(line.case, named),
                None => !is_short_break(line) && line.cost.days().holds(on),
            }
    }

    /// Whether a request is for the placement that another was granted: itself, what that one brought
    /// back, or what brought that one back and goes on with it.
    fn is_of_one_placement(&self, own: &Case<'a>, named: &Case<'a>) -> bool {
        let reference = own.reference();
        let is_earlier = || self.reviewed_by(named).any(|earlier| earlier == reference);
        let is_later = || {
            let mut later = self.returns_over_steps(named).into_iter();
            own.kind() != super::replaced::MOVE && later.any(|other| other.reference() == reference)
        };
        reference == named.reference() || is_earlier() || is_later()
    }
}
