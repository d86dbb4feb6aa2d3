//! What still runs of what an approval that has ended was to go on with.

use crate::calendar::plus_days;
use crate::desk::{Case, Desk, Made, goes_on_with};
use crate::records::Day;

/// What to say of each earlier approval, on the requests that this one brought back, that is paid for
/// past the day on which this one ended.
pub(super) fn told(desk: &Desk<'_>, case: &Case<'_>, made: &Made<'_>, on: Day) -> Vec<String> {
    let earlier: Vec<&str> = desk.reviewed_by(case).collect();
    let mut told = Vec::new();
    let lines = desk.commitments();
    let running = lines.iter().filter(|line| {
        earlier.contains(&line.case.reference())
            && line.cost.days > 0
            && line.cost.until() > on
            && goes_on_with(line.case, line.made, case, made)
    });
    for line in running {
        let reference = line.case.reference();
        let text = format!(
            "{reference}, which {} was to go on with, was approved on {} and is paid for to {}: if that has ended too: `panel act {reference}{} --ended REASON --on {on}`",
            case.reference(),
            line.made.on.in_words(),
            plus_days(line.cost.until(), -1).in_words(),
            desk.naming(line.made)
        );
        if !told.contains(&text) {
            told.push(text);
        }
    }
    told
}
