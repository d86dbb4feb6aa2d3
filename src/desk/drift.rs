//! Cases that drift: reviews not held, actions not done, put off again and again.

use super::{Case, Desk, Standing};
use std::collections::BTreeMap;

impl<'a> Desk<'a> {
    /// Why each drifting case drifts, by reference; nothing where the council does not mark it.
    ///
    /// An overdue review and an overdue action always count, and as many deferrals as the
    /// council's file says.
    pub(crate) fn drifting(&self) -> BTreeMap<&'a str, Vec<String>> {
        let mut found: BTreeMap<&'a str, Vec<String>> = BTreeMap::new();
        for review in self.reviews_due() {
            if is_marked(review.case) && self.is_overdue(&review) {
                found
                    .entry(review.case.reference())
                    .or_default()
                    .push(format!("review overdue since {}", review.due_on.in_words()));
            }
        }
        for case in self.cases().iter().filter(|case| is_marked(case)) {
            let limit = case.rules.drift.as_ref().map_or(0, |drift| drift.deferrals);
            let deferrals = self.deferrals(case);
            let is_undecided = case.is_waiting() || case.standing == Standing::Pending;
            let mut why = Vec::new();
            if is_undecided && deferrals >= limit.max(1) as usize {
                why.push(match deferrals {
                    1 => "deferred once".to_owned(),
                    2 => "deferred twice".to_owned(),
                    more => format!("deferred {more} times"),
                });
            }
            for made in &case.decisions {
                for (number, action) in (1i64..).zip(&made.decision().actions) {
                    let Some(due) = action.due.filter(|due| *due < self.today()) else {
                        continue;
                    };
                    if !made.is_done(number, self.today()) {
                        let what = action.what.as_deref().unwrap_or("what was agreed");
                        why.push(format!("not done by {}: {}", due.in_words(), what.trim()));
                    }
                }
            }
            if !why.is_empty() {
                found.entry(case.reference()).or_default().extend(why);
            }
        }
        found
    }
}

fn is_marked(case: &Case<'_>) -> bool {
    case.rules.drift.is_some() && case.standing != Standing::Withdrawn
}
