//! Money of a period by who pays, and placements with a provider that is not registered.

use super::Days;
use crate::calendar::plus_days;
use crate::desk::Commitment;
use crate::records::Day;
use std::collections::BTreeMap;

/// Whose placement it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Placing {
    /// The council's own.
    InHouse,
    /// Bought in.
    External,
    /// Nothing says.
    NotSaid,
}

impl<'d, 'a> Commitment<'d, 'a> {
    /// Whether the provider is the council's own, as the file after the decision or the referral
    /// says it.
    pub(crate) fn placing(&self) -> Placing {
        match self.provider.and_then(|provider| provider.external) {
            Some(true) => Placing::External,
            Some(false) => Placing::InHouse,
            None => Placing::NotSaid,
        }
    }
}

/// A placement with a provider that is not registered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unregistered<'a> {
    /// The referral.
    pub(crate) reference: &'a str,
    /// Its first day.
    pub(crate) from: Day,
    /// The day after its last, where one is known.
    pub(crate) until: Option<Day>,
    /// Days of the period on which it went on.
    pub(crate) in_period: i64,
    /// Days up to and with the last of the period.
    pub(crate) so_far: i64,
}

/// Placements approved with a provider that is said not to be registered and that went on in the
/// period. One request counts once, from its first line's first day to its last line's last.
pub(crate) fn unregistered<'a>(lines: &[Commitment<'_, 'a>], days: Days) -> Vec<Unregistered<'a>> {
    let mut found: BTreeMap<&'a str, (Day, Day)> = BTreeMap::new();
    for line in lines {
        let provider = line.provider;
        let is_placement = line.line.item.as_deref() == Some("placement");
        let is_unregistered = provider.is_some_and(|one| one.registered == Some(false));
        if !(is_placement && is_unregistered) || line.cost.days == 0 {
            continue;
        }
        let (from, until) = (line.cost.from, line.cost.until());
        let known = found.entry(line.case.reference()).or_insert((from, until));
        *known = (known.0.min(from), known.1.max(until));
    }
    let after = plus_days(days.to, 1);
    found
        .into_iter()
        .filter_map(|(reference, (from, until))| {
            let last = until.min(after);
            let first = from.max(days.from);
            let in_period = (last.date() - first.date()).num_days();
            (in_period > 0).then(|| Unregistered {
                reference,
                from,
                until: (until <= after).then_some(until),
                in_period,
                so_far: (last.date() - from.date()).num_days(),
            })
        })
        .collect()
}
