//! Reading a referral, and judging it.

use super::{COUNCIL, as_of, assert_inside};
use crate::desk::{Desk, Scope};
use crate::folder::{self, Folder, read_referral};
use crate::rules;

/// Reads bytes as a referral and judges it: nothing panics, the quick way and the thorough one make
/// the same of them, and every place is in the text.
pub fn referral(bytes: &[u8]) {
    if let Ok(text) = std::str::from_utf8(bytes) {
        folder::read_both_ways(text).unwrap_or_else(|difference| panic!("{difference}"));
    }
    let file = read_referral("referrals/R-2026-0001.yaml".to_owned(), bytes.to_vec());
    let text = file.text().into_owned();
    for fault in &file.faults {
        assert_inside(fault.span, &text, &fault.message);
    }
    let folder = Folder {
        referrals: vec![file],
        ..Folder::default()
    };
    let desk = Desk::new(&folder, &COUNCIL, as_of(), Scope::Folder);
    let judgement = rules::judge(&desk);
    let places = folder.referrals[0].places();
    for finding in &judgement.findings {
        let span = finding
            .place
            .span
            .or_else(|| places.of(&finding.place.path));
        if let Some(span) = span {
            assert_inside(span, &text, &finding.message);
        }
    }
}
