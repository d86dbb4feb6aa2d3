//! Reading a rule file.

use super::{as_of, assert_inside};
use crate::council::{CouncilError, Wanted, lint, parse_whole};
use crate::records::Day;

/// Reads bytes as a rule file and looks at it as `panel council check` does: nothing panics, every
/// fault and remark is in the text, and the same text is read alike twice.
pub fn rule_file(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let read = || parse_whole("council", "council.toml", text);
    match (read(), read()) {
        (Ok(loaded), Ok(again)) => {
            assert_eq!(loaded.tree, again.tree);
            let today = Day::of(as_of().date());
            for remark in lint(&Wanted {
                loaded: &loaded,
                today,
            }) {
                assert_inside(remark.span, text, &remark.message);
            }
        }
        (
            Err(CouncilError::Faulty { faults, .. }),
            Err(CouncilError::Faulty { faults: again, .. }),
        ) => {
            assert!(!faults.is_empty(), "refused without a word\n{text}");
            assert_eq!(faults, again);
            for fault in &faults {
                assert_inside(fault.span, text, &fault.message);
            }
        }
        (Err(one), Err(other)) => assert_eq!(one.to_string(), other.to_string()),
        (Ok(_), Err(error)) | (Err(error), Ok(_)) => panic!("once read, once not: {error}\n{text}"),
    }
}
