//! What lies in the past cannot be put right on the form: somebody can take the case all the same.

use super::find;
use crate::council::{BUILT_IN, parse_council};
use crate::findings::Severity;

/// Rules about what has been done, or left undone, before the panel sits.
const OF_THE_PAST: [&str; 10] = [
    "age-milestone",
    "after-court-filing",
    "emergency-without-approval",
    "late-sign-off",
    "late-submission",
    "new-placement-overdue",
    "placed-before-panel",
    "retrospective-overdue",
    "search-before-decision",
    "search-before-permission",
];

#[test]
fn no_built_in_council_holds_a_case_back_for_ever_for_what_lies_in_the_past() {
    let mut held_back = Vec::new();
    for (id, text) in BUILT_IN {
        let council = parse_council(id, id, text).expect("it loads");
        for rule in OF_THE_PAST.map(|rule| find(rule).expect("a rule")) {
            // A search that waits for the panel's decision waits for nobody's permission.
            let is_of_another =
                |entry: &str| rule.id == "search-before-permission" && entry == "search/decision";
            let is_asked = council
                .listed
                .iter()
                .filter(|entry| entry.severity == Severity::Error && !is_of_another(&entry.id))
                .any(|entry| rule.is_asked_by(&entry.id));
            let is_accepted = council
                .acceptances
                .iter()
                .any(|entry| entry.rules.iter().any(|own| own == rule.id));
            if is_asked && !is_accepted {
                held_back.push(format!("{id}: {}", rule.id));
            }
        }
    }
    assert!(held_back.is_empty(), "{held_back:#?}");
}
