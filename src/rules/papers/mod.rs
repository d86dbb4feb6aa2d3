//! Papers and signatures.

mod extra_document;
mod late_sign_off;
mod missing_document;
mod missing_permission;
mod missing_sign_off;
mod stale_document;

use super::Rule;
use super::acceptance::in_time_or_accepted as or_accepted;
use crate::council::{DocumentAsked, Use};
use crate::desk::Case;
use crate::records::{Document, Moment};
use chrono::NaiveDateTime;

/// The rules of this family.
pub(super) const RULES: &[Rule] = &[
    missing_document::RULE,
    stale_document::RULE,
    extra_document::RULE,
    missing_sign_off::RULE,
    late_sign_off::RULE,
    missing_permission::RULE,
];

/// The papers on a referral that serve where one is asked for, each with its row.
fn serving<'c>(
    case: &'c Case<'_>,
    asked: &'c DocumentAsked,
) -> impl Iterator<Item = (usize, &'c Document)> {
    let words = &case.rules.words;
    case.referral()
        .documents
        .iter()
        .enumerate()
        .filter(move |(_, paper)| {
            paper
                .kind
                .as_deref()
                .and_then(|kind| words.find(Use::Document, kind))
                .is_some_and(|kind| asked.any_of.contains(&kind.id))
        })
}

/// Whether something was done in time. A day without an hour counts to its end, and is in time on
/// the last day whatever that day's hour is.
fn is_in_time(done: Moment, last: NaiveDateTime) -> bool {
    let is_whole_day = done.latest() == done.day().end();
    done.latest() <= last || (is_whole_day && done.day().date() == last.date())
}

#[cfg(test)]
mod tests {
    use super::is_in_time;
    use crate::records::Moment;

    #[test]
    fn a_day_without_an_hour_is_in_time_on_the_last_day_and_not_after_it() {
        let last = "2026-11-23T13:00"
            .parse::<Moment>()
            .expect("a moment")
            .latest();
        for (done, expected) in [
            ("2026-11-23", true),
            ("2026-11-23T13:00", true),
            ("2026-11-23T13:01", false),
            ("2026-11-22T23:00", true),
            ("2026-11-24", false),
        ] {
            let done: Moment = done.parse().expect("a moment");
            assert_eq!(is_in_time(done, last), expected, "{done}");
        }
    }
}
