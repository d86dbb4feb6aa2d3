//! What names of conditions stand for in one case, outside conditions: in messages, and for timers.

use super::built_in::RULE_IDS;
use super::condition::Value;
use super::{Council, NAMES, Piece, Subject};
use crate::records::Day;

impl Council {
    /// The date that a name of conditions stands for in one case.
    pub(crate) fn day_of(&self, name: &str, subject: Subject<'_>) -> Option<Day> {
        let known = NAMES.iter().find(|known| known.name == name)?;
        match known.value(&subject, &self.words) {
            Value::Day(day) => Some(day),
            _ => None,
        }
    }

    /// A message of the council's own with the values of one case in it.
    pub(crate) fn message(&self, pieces: &[Piece], subject: Subject<'_>) -> String {
        let value = |name: &str| match name.strip_prefix("threshold.") {
            Some(id) => self
                .thresholds
                .iter()
                .find(|threshold| threshold.id == id)
                .map(|threshold| threshold.amount.to_string()),
            None => NAMES
                .iter()
                .find(|known| known.name == name)
                .and_then(|known| known.said(&subject, &self.words)),
        };
        pieces
            .iter()
            .map(|piece| match piece {
                Piece::Text(text) => text.clone(),
                Piece::Name(name) => value(name).unwrap_or_else(|| "not said".to_owned()),
            })
            .collect()
    }

    /// Whether a condition, on any day and for any panel, asks what was approved for the child in
    /// its other requests.
    pub(crate) fn asks_of_other_requests(&self) -> bool {
        std::iter::once(self)
            .chain(&self.others)
            .any(|rules| rules.asks_of_other_requests)
    }

    /// Ids that the file gives findings of its own: its checks, its timers and its deadlines, on
    /// every day and for every panel.
    pub(crate) fn own_ids(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self).chain(&self.others).flat_map(|rules| {
            let checks = rules.own_rules.iter().map(|rule| rule.id.as_str());
            let timers = rules.timers.iter().map(|timer| timer.id.as_str());
            let duties = rules
                .deadlines
                .iter()
                .map(|deadline| deadline.finding.as_str())
                .filter(|id| !RULE_IDS.contains(id));
            checks.chain(timers).chain(duties)
        })
    }
}
