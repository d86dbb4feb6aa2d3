//! The sums of the log by provision, funder, child or meeting.

use super::budget::AmountView;
use super::common::{child_of, label, said};
use super::spend::SpendBy;
use crate::council::Use;
use crate::desk::{Commitment, Desk, FinancialYear, Stretch};
use crate::records::Money;
use serde::Serialize;
use std::collections::BTreeMap;

/// Sums by something; each column adds up to that of the log.
#[derive(Debug, Clone, Serialize)]
pub(super) struct GroupsView {
    /// `provision`, `funder`, `child` or `meeting`.
    what: &'static str,
    /// The financial year of the day of the log.
    year: String,
    /// Group by group.
    rows: Vec<GroupView>,
}

/// The sums of one group.
#[derive(Debug, Clone, Serialize)]
struct GroupView {
    /// As files write it; `own` is the panel's own budget.
    key: String,
    /// As people read it.
    words: String,
    /// A referral of the child, where the group is one child's.
    reference: Option<String>,
    /// How many lines are in it.
    lines: usize,
    /// Pounds a week of those that are paid for on the day of the log.
    weekly: AmountView,
    /// What falls into the financial year, of the days that are counted.
    this_year: AmountView,
    /// What falls into the days that are counted.
    total: AmountView,
    /// The panel's own part of it.
    own: AmountView,
}

/// Sums that are still being added up.
#[derive(Debug, Default)]
struct Group {
    words: String,
    reference: Option<String>,
    lines: usize,
    weekly: Money,
    this_year: Money,
    total: Money,
    own: Money,
}

pub(super) fn groups(
    desk: &Desk<'_>,
    lines: &[&Commitment<'_, '_>],
    counted: Stretch,
    by: SpendBy,
) -> GroupsView {
    let year = FinancialYear::of(desk.today());
    let days = year.days().and(counted);
    let mut all: BTreeMap<(bool, String), Group> = BTreeMap::new();
    for line in lines {
        let cost = &line.cost;
        let is_running = line.is_running(desk.today());
        let weekly = |money| if is_running { money } else { Money::ZERO };
        if by == SpendBy::Funder {
            let own = Group {
                words: "The panel's own budget".to_owned(),
                lines: 1,
                weekly: weekly(cost.weekly - cost.others_weekly()),
                this_year: cost.own_within(days),
                total: cost.own_within(counted),
                own: cost.own_within(counted),
                ..Group::default()
            };
            // The panel's own budget stands first.
            add(&mut all, (false, "own".to_owned()), own);
            for (source, part) in funders(line, counted, days, &weekly) {
                add(&mut all, (true, source), part);
            }
            continue;
        }
        let (key, words) = key_of(line, by);
        let part = Group {
            words,
            reference: (by == SpendBy::Child).then(|| line.case.reference().to_owned()),
            lines: 1,
            weekly: weekly(cost.weekly),
            this_year: cost.within(days),
            total: cost.within(counted),
            own: cost.own_within(counted),
        };
        add(&mut all, (true, key), part);
    }
    GroupsView {
        what: match by {
            SpendBy::Provision => "provision",
            SpendBy::Funder => "funder",
            SpendBy::Child => "child",
            SpendBy::Meeting => "meeting",
        },
        year: year.to_string(),
        rows: all
            .into_iter()
            .map(|((_, key), group)| GroupView {
                key,
                words: group.words,
                reference: group.reference,
                lines: group.lines,
                weekly: group.weekly.into(),
                this_year: group.this_year.into(),
                total: group.total.into(),
                own: group.own.into(),
            })
            .collect(),
    }
}

fn add(all: &mut BTreeMap<(bool, String), Group>, key: (bool, String), part: Group) {
    let group = all.entry(key).or_default();
    if group.words.is_empty() {
        group.words = part.words;
        group.reference = part.reference;
    }
    group.lines += part.lines;
    group.weekly = group.weekly + part.weekly;
    group.this_year = group.this_year + part.this_year;
    group.total = group.total + part.total;
    group.own = group.own + part.own;
}

/// What each other funder that has agreed pays of a line.
fn funders(
    line: &Commitment<'_, '_>,
    counted: Stretch,
    year: Stretch,
    weekly: &dyn Fn(Money) -> Money,
) -> Vec<(String, Group)> {
    let whole = line.funders_within(counted).into_iter();
    let this_year = line.funders_within(year).into_iter();
    let a_week = line.funders_weekly().into_iter();
    whole
        .zip(this_year)
        .zip(a_week)
        .map(|(((source, total), (_, this_year)), (_, a_week))| {
            let source = source.to_owned();
            let words = label(line.made.rules, Use::Funder, Some(&source.as_str().into()));
            let part = Group {
                words: words.unwrap_or_else(|| "Another funder".to_owned()),
                lines: 1,
                weekly: weekly(a_week),
                this_year,
                total,
                ..Group::default()
            };
            (source, part)
        })
        .collect()
}

fn key_of(line: &Commitment<'_, '_>, by: SpendBy) -> (String, String) {
    let referral = line.case.referral();
    match by {
        SpendBy::Child => {
            let child = child_of(line.case);
            let number = referral.child.number().map(str::to_owned);
            (
                number.unwrap_or_else(|| line.case.reference().to_owned()),
                child,
            )
        }
        SpendBy::Meeting => (line.made.meeting.to_owned(), line.made.meeting.to_owned()),
        SpendBy::Provision | SpendBy::Funder => provision_of(line),
    }
}

/// The provision that a line is counted under, as files write it and as people read it.
///
/// What was approved in place of what was asked for is told in words only: it stands apart, never
/// under a provision that the panel did not agree to.
pub(super) fn provision_of(line: &Commitment<'_, '_>) -> (String, String) {
    if line.made.outcome() == "approve-alternative" {
        let words = "An alternative to what was asked";
        return ("alternative".to_owned(), words.to_owned());
    }
    let Some(written) = said(line.case.referral().request.provision.as_ref()) else {
        return ("not-said".to_owned(), "No provision named".to_owned());
    };
    let known = line.made.rules.words.find(Use::Provision, &written);
    match known {
        Some(known) => (known.id.clone(), known.label.clone()),
        None => (written.clone(), written),
    }
}
