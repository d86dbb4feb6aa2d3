//! Sums of commitments: by financial year, and against what there is to spend.

use super::common::DayView;
use crate::council::Funds;
use crate::desk::{Commitment, Desk, FinancialYear, Stretch, days_of, is_same};
use crate::records::{Day, Money};
use serde::Serialize;
use std::collections::BTreeSet;

/// An amount, for programs and for people.
#[derive(Debug, Clone, Serialize)]
pub(super) struct AmountView {
    /// `1234.50`
    pub(super) pounds: String,
    /// `£1,234.50`
    pub(super) words: String,
}

impl From<Money> for AmountView {
    fn from(amount: Money) -> Self {
        Self {
            pounds: amount.plain(),
            words: amount.to_string(),
        }
    }
}

/// What something costs, and who pays.
#[derive(Debug, Clone, Serialize)]
pub(super) struct SumView {
    /// All of it.
    pub(super) total: AmountView,
    /// What other funders have agreed to pay.
    pub(super) others: AmountView,
    /// What is left for the panel's budget.
    pub(super) own: AmountView,
}

/// A line among the funds.
#[derive(Debug, Clone, Serialize)]
pub(super) struct AgainstView {
    /// What it takes out of them in their days.
    pub(super) this: AmountView,
    /// What it and all before it take out of them.
    pub(super) committed: AmountView,
    /// What is left.
    pub(super) left: AmountView,
    /// Whether more was approved than there is.
    pub(super) is_overspent: bool,
}

/// A financial year.
#[derive(Debug, Clone, Serialize)]
pub(super) struct YearView {
    /// `2026-27`
    pub(super) year: String,
    /// What its days cost: the projection to its 31 March.
    #[serde(flatten)]
    pub(super) sum: SumView,
    /// The panel's own part up to and with the day of the log.
    pub(super) own_so_far: AmountView,
    /// The panel's own part after it, to 31 March.
    pub(super) own_to_come: AmountView,
    /// Whether the day of the log falls into it.
    pub(super) is_this: bool,
}

/// What there is to spend.
#[derive(Debug, Clone, Serialize)]
pub(super) struct FundView {
    /// The panel whose it is, where the council has several.
    pub(super) panel: Option<String>,
    /// The first day that it is for.
    pub(super) from: Option<DayView>,
    /// The last.
    pub(super) to: Option<DayView>,
    /// What there is.
    pub(super) available: AmountView,
    /// What approvals cost in its days, less what other funders pay.
    pub(super) committed: AmountView,
    /// Of this, up to and with the day of the log.
    pub(super) so_far: AmountView,
    /// What is left.
    pub(super) left: AmountView,
    /// Whether more was approved than there is.
    pub(super) is_overspent: bool,
    /// Whether it is in force on the day of the log.
    pub(super) is_in_force: bool,
    /// Clauses of the policy that it rests on.
    pub(super) sources: Vec<String>,
    /// What the council's file assumes.
    pub(super) assumption: Option<String>,
}

pub(super) fn day_after(day: Day) -> Day {
    day.date().succ_opt().map_or(day, Day::of)
}

pub(super) fn day_before(day: Day) -> Day {
    day.date().pred_opt().map_or(day, Day::of)
}

pub(super) fn sum(lines: &[&Commitment<'_, '_>], days: Stretch) -> SumView {
    let of = |amount: &dyn Fn(&Commitment<'_, '_>) -> Money| -> AmountView {
        lines.iter().map(|line| amount(line)).sum::<Money>().into()
    };
    SumView {
        total: of(&|line| line.cost.within(days)),
        others: of(&|line| line.cost.others_within(days)),
        own: of(&|line| line.cost.own_within(days)),
    }
}

/// The financial years that a line reaches into.
pub(super) fn years_of(line: &Commitment<'_, '_>) -> impl Iterator<Item = FinancialYear> {
    let first = FinancialYear::of(line.cost.from);
    let last = FinancialYear::of(day_before(line.cost.until().max(day_after(line.cost.from))));
    std::iter::successors(Some(first), |year| Some(year.next()))
        .take_while(move |year| *year <= last)
}

/// The panel's own part of line after line, and what is left of the funds after each.
#[derive(Debug, Default)]
pub(super) struct Running<'a> {
    /// The panel's own part of all lines so far.
    pub(super) own: Money,
    funds: Vec<(&'a Funds, Money)>,
}

impl<'a> Running<'a> {
    /// Adds a line, and tells what it leaves of the funds in force on its meeting's day.
    pub(super) fn add(
        &mut self,
        desk: &Desk<'a>,
        line: &Commitment<'_, 'a>,
    ) -> Option<AgainstView> {
        self.own = self.own + line.cost.own_within(Stretch::ALL);
        for fund in desk.funds_of(line.case, line.made) {
            let takes = line.cost.own_within(days_of(fund));
            match self
                .funds
                .iter_mut()
                .find(|(known, _)| is_same(known, fund))
            {
                Some((_, committed)) => *committed = *committed + takes,
                None => self.funds.push((fund, takes)),
            }
        }
        let fund = line.made.rules.funds_available.as_ref()?;
        let (_, committed) = self.funds.iter().find(|(known, _)| is_same(known, fund))?;
        let left = fund.amount - *committed;
        Some(AgainstView {
            this: line.cost.own_within(days_of(fund)).into(),
            committed: (*committed).into(),
            left: left.into(),
            is_overspent: left < Money::ZERO,
        })
    }
}

pub(super) fn years(
    desk: &Desk<'_>,
    lines: &[&Commitment<'_, '_>],
    counted: Stretch,
) -> Vec<YearView> {
    let years: BTreeSet<FinancialYear> = lines.iter().flat_map(|line| years_of(line)).collect();
    let tomorrow = Some(day_after(desk.today()));
    let (so_far, to_come) = (
        Stretch {
            from: None,
            until: tomorrow,
        },
        Stretch {
            from: tomorrow,
            until: None,
        },
    );
    let own = |days: Stretch| -> AmountView {
        let amounts = lines.iter().map(|line| line.cost.own_within(days));
        amounts.sum::<Money>().into()
    };
    let is_counted = |year: &FinancialYear| {
        let days = year.days().and(counted);
        lines
            .iter()
            .any(|line| line.cost.within(days) > Money::ZERO)
    };
    years
        .into_iter()
        .filter(is_counted)
        .map(|year| {
            let days = year.days().and(counted);
            YearView {
                year: year.to_string(),
                sum: sum(lines, days),
                own_so_far: own(days.and(so_far)),
                own_to_come: own(days.and(to_come)),
                is_this: year == FinancialYear::of(desk.today()),
            }
        })
        .collect()
}

/// What lines take out of funds in some days.
fn committed(desk: &Desk<'_>, lines: &[Commitment<'_, '_>], fund: &Funds, days: Stretch) -> Money {
    lines
        .iter()
        .filter(|line| {
            let funds = desk.funds_of(line.case, line.made);
            funds.iter().any(|known| is_same(known, fund))
        })
        .map(|line| line.cost.own_within(days))
        .sum()
}

/// Every entry of the rule file that a line takes something out of, and those in force today.
pub(super) fn funds(desk: &Desk<'_>, lines: &[Commitment<'_, '_>]) -> Vec<FundView> {
    let today = desk.today();
    let mut all: Vec<(&Funds, Option<&str>)> = Vec::new();
    let mut add = |fund, panel| {
        if !all.iter().any(|(known, _)| is_same(known, fund)) {
            all.push((fund, panel));
        }
    };
    for line in lines {
        for fund in desk.funds_of(line.case, line.made) {
            if line.cost.own_within(days_of(fund)) > Money::ZERO {
                add(fund, line.case.panel);
            }
        }
    }
    let panels = desk.book.panels.iter().map(|panel| Some(panel.id.as_str()));
    let alone = desk.book.panels.is_empty().then_some(None);
    for panel in panels.chain(alone) {
        if let Some(fund) = &desk.book.at(panel, today).funds_available {
            add(fund, panel);
        }
    }
    all.sort_by_key(|(fund, _)| fund.from);
    let view = |(fund, panel): (&Funds, Option<&str>)| {
        let days = days_of(fund);
        let committed = |days| committed(desk, lines, fund, days);
        let left = fund.amount - committed(days);
        let so_far = days.and(Stretch {
            from: None,
            until: Some(day_after(today)),
        });
        FundView {
            panel: panel.map(|_| desk.book.panel_in_full(panel)),
            from: fund.from.map(DayView::from),
            to: fund.until.map(|until| day_before(until).into()),
            available: fund.amount.into(),
            committed: committed(days).into(),
            so_far: committed(so_far).into(),
            left: left.into(),
            is_overspent: left < Money::ZERO,
            is_in_force: fund.from.is_none_or(|from| from <= today)
                && fund.until.is_none_or(|until| today < until),
            sources: fund.basis.clauses.clone(),
            assumption: fund.basis.assumption.clone(),
        }
    };
    all.into_iter().map(view).collect()
}
