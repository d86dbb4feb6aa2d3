//! What was approved for one child: the lines of the log of spend that are the child's.

use super::budget::{AmountView, SumView, day_after, day_before, sum};
use super::common::{DayView, label, said};
use crate::council::Use;
use crate::desk::{Commitment, Desk, Stretch};
use crate::records::Money;
use serde::Serialize;
use std::collections::BTreeSet;

/// What was approved.
#[derive(Debug, Clone, Serialize)]
pub(super) struct MoneyView {
    /// Line by line, in the order of the decisions.
    pub(super) lines: Vec<LineView>,
    /// What all lines that run on the day come to a week.
    pub(super) weekly_now: AmountView,
    /// All lines, and who pays.
    pub(super) sum: SumView,
    /// Up to and with the day.
    pub(super) so_far: AmountView,
    /// After it.
    pub(super) to_come: AmountView,
}

/// One approved line.
#[derive(Debug, Clone, Serialize)]
pub(super) struct LineView {
    /// The referral.
    pub(super) reference: String,
    /// The meeting's day.
    pub(super) decided: DayView,
    /// What it is for.
    pub(super) item: String,
    /// In the worker's words.
    pub(super) description: Option<String>,
    /// Pounds a week.
    pub(super) weekly: Option<AmountView>,
    /// Pounds once.
    pub(super) one_off: Option<AmountView>,
    /// The first day.
    pub(super) from: DayView,
    /// The last; none where it is paid once.
    pub(super) last: Option<DayView>,
    /// Whether it ended before its time.
    pub(super) is_ended: bool,
    /// Whether an endorsement is awaited.
    pub(super) is_in_principle: bool,
    /// The whole line, and who pays.
    pub(super) sum: SumView,
    /// Up to and with the day.
    pub(super) so_far: AmountView,
    /// After it.
    pub(super) to_come: AmountView,
    /// Other funders that have agreed, and what each pays.
    pub(super) funders: Vec<FunderView>,
}

/// Another funder.
#[derive(Debug, Clone, Serialize)]
pub(super) struct FunderView {
    /// Who.
    pub(super) source: String,
    /// What it pays of the line.
    pub(super) pays: AmountView,
}

/// The approved lines of some referrals; none where nothing was approved.
pub(super) fn money(desk: &Desk<'_>, references: &BTreeSet<&str>) -> Option<MoneyView> {
    let all = desk.commitments();
    let own: Vec<&Commitment<'_, '_>> = all
        .iter()
        .filter(|line| references.contains(line.case.reference()))
        .collect();
    let tomorrow = day_after(desk.today());
    let so_far = Stretch {
        from: None,
        until: Some(tomorrow),
    };
    let to_come = Stretch {
        from: Some(tomorrow),
        until: None,
    };
    let within = |lines: &[&Commitment<'_, '_>], days: Stretch| -> AmountView {
        let amounts = lines.iter().map(|line| line.cost.within(days));
        amounts.sum::<Money>().into()
    };
    let runs = |line: &&&Commitment<'_, '_>| {
        line.cost.from <= desk.today() && desk.today() < line.cost.until()
    };
    let line_view = |line: &&Commitment<'_, '_>| {
        let rules = line.made.rules;
        let amount = |money: Option<Money>| money.filter(|money| *money != Money::ZERO);
        let until = (line.cost.days > 0).then(|| line.cost.until());
        LineView {
            reference: line.case.reference().to_owned(),
            decided: line.made.on.into(),
            item: label(rules, Use::Item, line.line.item.as_ref())
                .unwrap_or_else(|| "Other".to_owned()),
            description: said(line.line.description.as_ref()),
            weekly: amount(line.line.weekly).map(AmountView::from),
            one_off: amount(line.line.one_off).map(AmountView::from),
            from: line.cost.from.into(),
            last: until.map(|until| day_before(until).into()),
            is_ended: line.is_ended,
            is_in_principle: !line.made.awaits(desk.today()).is_empty(),
            sum: sum(&[line], Stretch::ALL),
            so_far: within(&[line], so_far),
            to_come: within(&[line], to_come),
            funders: line
                .funders()
                .into_iter()
                .map(|(source, pays)| FunderView {
                    source: label(rules, Use::Funder, Some(&source.into()))
                        .unwrap_or_else(|| "Another funder".to_owned()),
                    pays: pays.into(),
                })
                .collect(),
        }
    };
    (!own.is_empty()).then(|| MoneyView {
        lines: own.iter().map(line_view).collect(),
        weekly_now: own
            .iter()
            .filter(runs)
            .map(|line| line.cost.weekly)
            .sum::<Money>()
            .into(),
        sum: sum(&own, Stretch::ALL),
        so_far: within(&own, so_far),
        to_come: within(&own, to_come),
    })
}
