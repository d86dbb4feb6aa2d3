//! What a decision leaves of the money that the panel has to spend.

use super::{Case, Desk, Made};
use crate::council::{Council, Funds};
use crate::records::{CostLine, Money};

/// What a decision does to the funds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FundsEffect<'a> {
    /// What there is to spend, and in which days.
    pub(crate) fund: &'a Funds,
    /// What was approved out of it before.
    pub(crate) before: Money,
    /// What this decision approves.
    pub(crate) this: Money,
}

impl FundsEffect<'_> {
    /// What is approved with this decision.
    pub(crate) fn committed(&self) -> Money {
        self.before + self.this
    }

    /// What is left; below nought where more was approved than there is.
    pub(crate) fn left(&self) -> Money {
        self.fund.amount - self.committed()
    }
}

impl<'a> Desk<'a> {
    /// The effect of a decision on the funds that are in force on its meeting's day.
    ///
    /// Counted are the approved lines of every decision in force whose meeting falls in the days
    /// of the same entry of `[funds_available]`, other funders' shares included, up to this
    /// decision: meeting by meeting and, within one, by reference. A line without an end counts
    /// for as many weeks as the council's file counts at most. What ended early is not taken off.
    pub(crate) fn effect_on_funds(
        &self,
        case: &Case<'_>,
        made: &Made<'a>,
    ) -> Option<FundsEffect<'a>> {
        let place = (made.on, made.meeting, case.reference());
        self.effect(made, &|other, of| {
            (of.on, of.meeting, other.reference()) < place
        })
    }

    /// The effect of a decision beside all others that are on record, before and after it.
    pub(crate) fn effect_on_funds_now(
        &self,
        case: &Case<'_>,
        made: &Made<'a>,
    ) -> Option<FundsEffect<'a>> {
        self.effect(made, &|other, of| {
            other.reference() != case.reference() || of.meeting != made.meeting
        })
    }

    fn effect(
        &self,
        made: &Made<'a>,
        counts: &dyn Fn(&Case<'a>, &Made<'a>) -> bool,
    ) -> Option<FundsEffect<'a>> {
        let rules: &'a Council = made.rules;
        let fund = rules.funds_available.as_ref()?;
        let is_same_fund = |other: &Made<'_>| {
            other.rules.funds_available.as_ref().is_some_and(|other| {
                (other.from, other.until, &other.basis.because)
                    == (fund.from, fund.until, &fund.basis.because)
            })
        };
        let before = self
            .cases()
            .iter()
            .flat_map(|case| case.decisions.iter().map(move |made| (case, made)))
            .filter(|(case, other)| is_same_fund(other) && counts(case, other))
            .map(|(_, other)| approved(other))
            .sum();
        Some(FundsEffect {
            fund,
            before,
            this: approved(made),
        })
    }
}

fn approved(made: &Made<'_>) -> Money {
    let most = made.rules.most_weeks();
    let lines: &[CostLine] = if made.is_approval() {
        &made.decision().approved
    } else {
        &[]
    };
    lines.iter().map(|line| line.sum(most)).sum()
}
