//! Reading a condition of a rule file, and asking it of a referral.

use super::{COUNCIL, as_of};
use crate::desk::{Desk, Scope};
use crate::folder::{Folder, read_referral};
use std::sync::LazyLock;

/// A referral that says much, and one that says next to nothing.
static FOLDER: LazyLock<Folder> = LazyLock::new(|| {
    let file = |reference: &str, more: &str| {
        let text = format!("reference: {reference}\n{more}");
        read_referral(format!("referrals/{reference}.yaml"), text.into_bytes())
    };
    let full = "child: {name: Ade B, date_of_birth: 2011-03-04, case_id: \"01\", legal_status: section-20}\n\
        worker: {name: C D}\n\
        request: {kind: new-placement, provision: residential, from: 2026-12-01, to: 2027-03-01, distance_miles: 12.5}\n\
        submitted: 2026-11-20\n\
        costs:\n- {item: placement, weekly: 4500.50, weeks: 12}\n- {item: other, one_off: 300}\n\
        documents:\n- {kind: care-plan}\n";
    let bare = "child: {name: E F}\nworker: {name: G H}\nrequest: {}\n";
    Folder {
        referrals: vec![file("R-2026-0001", full), file("R-2026-0002", bare)],
        ..Folder::default()
    }
});

/// Reads bytes as a condition: nothing panics, a fault points into the text, and a sound condition
/// says of each referral what its doubled and its denied form say.
pub fn condition(bytes: &[u8]) {
    let Ok(source) = std::str::from_utf8(bytes) else {
        return;
    };
    let length = source.chars().count();
    let condition = match COUNCIL.compile(source) {
        Ok(condition) => condition,
        Err(errors) => {
            assert!(!errors.is_empty(), "refused without a word: {source}");
            for error in errors {
                assert!(
                    error.start <= error.end && error.end <= length,
                    "{} points outside {source:?}",
                    error.message
                );
                assert!(!error.message.is_empty());
            }
            return;
        }
    };
    let whole = |text: String| COUNCIL.compile(&text).ok();
    let twice = whole(format!("({source}) and ({source})"));
    let denied = whole(format!("not ({source})"));
    let desk = Desk::new(&FOLDER, &COUNCIL, as_of(), Scope::Folder);
    for case in desk.cases() {
        let holds = desk.holds(Some(&condition), case);
        let fails = COUNCIL.is_known_to_fail(&condition, desk.subject(case));
        assert!(!(holds && fails), "it holds and fails: {source}");
        // Longer than a condition may be, or deeper, they are refused.
        if let Some(twice) = &twice {
            assert_eq!(desk.holds(Some(twice), case), holds, "{source}");
        }
        if let Some(denied) = &denied {
            assert_eq!(desk.holds(Some(denied), case), fails, "{source}");
        }
    }
}
