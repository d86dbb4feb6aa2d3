//! Where the money stands on the day of the log, and what one meeting adds to it.

use super::budget::{AmountView, SumView, day_after};
use super::common::DayView;
use crate::council::Funds;
use crate::desk::{Commitment, Desk, FinancialYear, PanelMeeting, Stretch, days_of, is_same};
use crate::records::{Day, Money};
use serde::Serialize;

/// Where the money stands on the day of the log: what finance asks first.
#[derive(Debug, Clone, Serialize)]
pub(super) struct NowView {
    /// Pounds a week of the lines that are paid for on that day.
    weekly: SumView,
    /// How many lines these are.
    running: usize,
    /// Pounds a week of the lines that begin later.
    weekly_to_begin: SumView,
    /// How many lines these are.
    to_begin: usize,
    /// The financial year of that day.
    year: String,
    /// The panel's own part in it: the projection to its 31 March.
    own: AmountView,
    /// Of this, up to and with that day.
    own_so_far: AmountView,
    /// Of this, after that day.
    own_to_come: AmountView,
}

/// What one meeting adds.
#[derive(Debug, Clone, Serialize)]
pub(super) struct EffectView {
    /// Its folder.
    meeting: String,
    /// Its day.
    on: DayView,
    /// How many lines it approved.
    lines: usize,
    /// What they come to, over all their days.
    total: AmountView,
    /// What they spare of earlier approvals whose place they take.
    spared: AmountView,
    /// Pounds a week, the panel's own part: of lines that run on the meeting's day or begin later.
    weekly: StepView,
    /// The financial year of the meeting's day.
    year: String,
    /// The panel's own part in it.
    own: StepView,
    /// Against the funds in force on the meeting's day.
    funds: Option<FundsStep>,
}

/// An amount before a meeting and after it.
#[derive(Debug, Clone, Serialize)]
struct StepView {
    before: AmountView,
    added: AmountView,
    after: AmountView,
}

/// The same against what there is to spend.
#[derive(Debug, Clone, Serialize)]
struct FundsStep {
    available: AmountView,
    #[serde(flatten)]
    committed: StepView,
    left: AmountView,
    is_overspent: bool,
}

pub(super) fn now(desk: &Desk<'_>, lines: &[Commitment<'_, '_>]) -> NowView {
    let today = desk.today();
    let year = FinancialYear::of(today);
    let running: Vec<_> = lines.iter().filter(|line| line.is_running(today)).collect();
    let to_begin: Vec<_> = lines
        .iter()
        .filter(|line| line.cost.from > today && line.cost.days > 0)
        .collect();
    let own = |days: Stretch| -> AmountView { own_within(lines, year.days().and(days)).into() };
    let tomorrow = Some(day_after(today));
    NowView {
        weekly: weekly(&running),
        running: running.len(),
        weekly_to_begin: weekly(&to_begin),
        to_begin: to_begin.len(),
        year: year.to_string(),
        own: own(Stretch::ALL),
        own_so_far: own(Stretch {
            from: None,
            until: tomorrow,
        }),
        own_to_come: own(Stretch {
            from: tomorrow,
            until: None,
        }),
    }
}

/// What a meeting's approvals add: all up to and with it, less all before it.
pub(super) fn effect(desk: &Desk<'_>, meeting: &PanelMeeting<'_>) -> EffectView {
    let before = desk.commitments_up_to(meeting, false);
    let after = desk.commitments_up_to(meeting, true);
    let own: Vec<_> = after
        .iter()
        .filter(|line| line.made.meeting == meeting.id)
        .collect();
    let spared = after
        .iter()
        .filter_map(|line| line.replaced.as_ref())
        .filter(|replaced| replaced.meeting == meeting.id)
        .map(|replaced| replaced.spared)
        .sum::<Money>();
    let year = FinancialYear::of(meeting.on);
    let step = |of: &dyn Fn(&[Commitment<'_, '_>]) -> Money| step(of(&before), of(&after));
    EffectView {
        meeting: meeting.id.clone(),
        on: meeting.on.into(),
        lines: own.len(),
        total: own
            .iter()
            .map(|line| line.cost.total())
            .sum::<Money>()
            .into(),
        spared: spared.into(),
        weekly: step(&|lines| own_weekly(lines, meeting.on)),
        year: year.to_string(),
        own: step(&|lines| own_within(lines, year.days())),
        funds: meeting.rules.funds_available.as_ref().map(|fund| {
            let committed = |lines: &[Commitment<'_, '_>]| out_of(desk, lines, fund);
            let left = fund.amount - committed(&after);
            FundsStep {
                available: fund.amount.into(),
                committed: step(&committed),
                left: left.into(),
                is_overspent: left < Money::ZERO,
            }
        }),
    }
}

fn step(before: Money, after: Money) -> StepView {
    StepView {
        before: before.into(),
        added: (after - before).into(),
        after: after.into(),
    }
}

/// Pounds a week of lines, and who pays.
pub(super) fn weekly(lines: &[&Commitment<'_, '_>]) -> SumView {
    let total: Money = lines.iter().map(|line| line.cost.weekly).sum();
    let others: Money = lines.iter().map(|line| line.cost.others_weekly()).sum();
    SumView {
        total: total.into(),
        others: others.into(),
        own: (total - others).into(),
    }
}

/// The panel's own part of a week, of lines that are not over on a day.
fn own_weekly(lines: &[Commitment<'_, '_>], on: Day) -> Money {
    lines
        .iter()
        .filter(|line| line.cost.days > 0 && line.cost.until() > on)
        .map(|line| line.cost.weekly - line.cost.others_weekly())
        .sum()
}

fn own_within(lines: &[Commitment<'_, '_>], days: Stretch) -> Money {
    lines.iter().map(|line| line.cost.own_within(days)).sum()
}

fn out_of(desk: &Desk<'_>, lines: &[Commitment<'_, '_>], fund: &Funds) -> Money {
    lines
        .iter()
        .filter(|line| {
            let funds = desk.funds_of(line.case, line.made);
            funds.iter().any(|known| is_same(known, fund))
        })
        .map(|line| line.cost.own_within(days_of(fund)))
        .sum()
}
