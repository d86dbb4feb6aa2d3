//! What is owed on a day, as a plan alone tells it.

use super::plan::{End, PAPERS, Plan, day, is_heard, meeting};
use std::collections::BTreeSet;

impl Plan {
    /// The ids of what is owed on a day, but for what the case's own agenda carries.
    pub(super) fn owed(&self, reference: &str, today: i64) -> BTreeSet<String> {
        let mut owed = BTreeSet::new();
        let mut owe = |id: String, from: i64, done: Option<i64>| {
            if from <= today && done.is_none_or(|done| today < done) {
                owed.insert(format!("{reference}-{id}"));
            }
        };
        match self {
            Self::Actions(week, done) => {
                for (number, done) in (1..).zip(done) {
                    let done = done.map(|days| meeting(*week) + days);
                    let id = format!("action-{}-{number}", day(meeting(*week)));
                    owe(id, meeting(*week), done);
                }
            }
            Self::Review {
                week, every, end, ..
            } => {
                let meets = |outcome: &str| is_heard(outcome) || outcome == "pending";
                let done = match (every, end) {
                    // What returns again and again does so until it has ended.
                    (Some(_), End::Decision(..)) => None,
                    _ => Self::done_on(*week, *end, meets),
                };
                owe(
                    format!("review-{}", day(meeting(*week))),
                    meeting(*week),
                    done,
                );
            }
            Self::Ratification { placed, sent, end } => {
                let known_from = sent.map_or(*placed, |sent| sent.min(*placed));
                let done = Self::done_on(placed / 7, *end, is_heard);
                // A decision taken before anybody knew of it is no plan that a folder holds.
                let decided = match end {
                    End::Decision(_, weeks) => meeting(placed / 7 + weeks),
                    _ => i64::MAX,
                };
                owe("ratification".to_owned(), known_from.min(decided), done);
                // Nobody in these plans says that the child has left.
                if let End::Decision("decline", _) = end
                    && *placed <= decided
                {
                    owe(format!("refused-{}", day(decided)), decided, None);
                }
            }
            Self::AfterEmergency { week, came, .. } => {
                let heard = meeting(*week);
                owe("ratification".to_owned(), heard - 1, Some(heard));
                for ((id, _), came) in PAPERS.iter().zip(came) {
                    let came = came.map(|days| meeting(*week) + days);
                    owe(format!("paper-{id}"), meeting(*week), came);
                }
            }
            Self::Deferral {
                week,
                needs,
                resubmitted,
                end,
            } => {
                let id = |number: usize| format!("paper-{}-{number}", day(meeting(*week)));
                // Any decision that names an outcome takes the place of the deferral; one that
                // names none leaves nothing but the request as it stands on its agenda.
                let done = Self::done_on(*week, *end, |_| true);
                let back = resubmitted.map(|days| meeting(*week) + days);
                let sooner = [back, done].into_iter().flatten().min();
                let from = meeting(*week);
                match needs {
                    0 => owe(id(0), from, done),
                    _ => {
                        for number in 1..=*needs {
                            owe(id(number), from, sooner);
                        }
                        if let Some(back) = back {
                            owe(id(0), back.max(from), done);
                        }
                    }
                }
                if let End::Decision("defer", weeks) = end {
                    // Put off again, with nothing asked for.
                    let again = meeting(week + weeks);
                    owe(format!("paper-{}-0", day(again)), again, None);
                }
            }
            Self::Endorsement { week, given, .. } => {
                let given = given.map(|days| meeting(*week) + days);
                owe(
                    "endorsement-head-of-service".to_owned(),
                    meeting(*week),
                    given,
                );
            }
            Self::Promised { week, made } => {
                let made = made.map(|days| meeting(*week) + days);
                owe(
                    format!("decision-{}", day(meeting(*week))),
                    meeting(*week),
                    made,
                );
            }
            Self::Eighteen { end, .. } => {
                let done = Self::done_on(0, *end, is_heard);
                owe("milestone-eighteen".to_owned(), i64::MIN, done);
            }
            Self::Sixteen {
                born, asked, end, ..
            } => {
                let seen_from =
                    crate::calendar::subtract(day(*born), "1 month".parse().expect("one"));
                let is_in_sight = day(today) >= seen_from;
                let week = asked.map_or(0, |asked| asked / 7);
                // Asked for, a promised decision included, or decided on; not what was taken back.
                let decided = match (asked, end) {
                    (Some(_), End::Decision(outcome, weeks)) if is_heard(outcome) => {
                        Some(meeting(week + weeks))
                    }
                    _ => None,
                };
                let stops = match (asked, end) {
                    (Some(_), End::Off(days)) => Some(meeting(week) + days),
                    _ => None,
                };
                let is_asked = asked.is_some_and(|asked| asked <= today)
                    && stops.is_none_or(|stops| today < stops);
                let is_decided = decided.is_some_and(|decided| decided <= today);
                if is_in_sight && !is_asked && !is_decided {
                    // The latest request about the child that was sent speaks for it.
                    let other_speaks = asked.is_some_and(|asked| asked <= today)
                        && !(matches!(end, End::Off(_)) && stops.is_some_and(|on| on <= today));
                    let speaks = match other_speaks {
                        true => format!("{reference}-B"),
                        false => reference.to_owned(),
                    };
                    return [format!("{speaks}-milestone-sixteen")].into();
                }
            }
        }
        owed
    }
}
