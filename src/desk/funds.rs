//! What a decision leaves of the money that the panel has to spend.

use super::cost::Known;
use super::spend::{days_of, is_same};
use super::{Case, Desk, Made};
use crate::council::{Council, Funds};
use crate::records::Money;

/// What a decision does to the funds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FundsEffect<'a> {
    /// What there is to spend, and in which days.
    pub(crate) fund: &'a Funds,
    /// What was approved out of it before.
    pub(crate) before: Money,
    /// What this decision adds: what it approves, less what it spares of earlier approvals whose
    /// place it takes.
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
    /// Counted is what the approved lines of every decision in force cost in the days of that
    /// entry of `[funds_available]`, less what other funders have agreed to pay, up to this
    /// decision: in the order in which they were made, those of one day by reference. The arithmetic is that of the
    /// log of spend. The log also knows what became true afterwards (when the placement began,
    /// when it ended); this does not, so that a decision's sheet stays as it was.
    pub(crate) fn effect_on_funds(
        &self,
        case: &Case<'a>,
        made: &Made<'a>,
    ) -> Option<FundsEffect<'a>> {
        let place = (made.made_on(), made.meeting, case.reference());
        self.effect(case, made, &|other, of| {
            (of.made_on(), of.meeting, other.reference()) < place
        })
    }

    /// The effect of a decision beside all others that are on record, before and after it.
    pub(crate) fn effect_on_funds_now(
        &self,
        case: &Case<'a>,
        made: &Made<'a>,
    ) -> Option<FundsEffect<'a>> {
        self.effect(case, made, &|other, of| {
            other.reference() != case.reference() || of.meeting != made.meeting
        })
    }

    fn effect(
        &self,
        case: &Case<'a>,
        made: &Made<'a>,
        counts: &dyn Fn(&Case<'a>, &Made<'a>) -> bool,
    ) -> Option<FundsEffect<'a>> {
        let rules: &'a Council = made.rules;
        let fund = rules.funds_available.as_ref()?;
        let is_this = |other: &Case<'a>, of: &Made<'a>| {
            other.reference() == case.reference() && of.meeting == made.meeting
        };
        let before = self.approved(fund, counts);
        let with_it = self.approved(fund, &|other, of| is_this(other, of) || counts(other, of));
        Some(FundsEffect {
            fund,
            before,
            this: with_it - before,
        })
    }

    /// What decisions take out of funds in their days, as it was known when they were made.
    fn approved(&self, fund: &Funds, counts: &dyn Fn(&Case<'a>, &Made<'a>) -> bool) -> Money {
        self.lines_of(Known::WhenDecided, counts)
            .iter()
            .filter(|line| {
                let funds = self.funds_of(line.case, line.made);
                funds.iter().any(|known| is_same(known, fund))
            })
            .map(|line| line.cost.own_within(days_of(fund)))
            .sum()
    }
}
