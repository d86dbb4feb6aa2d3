//! Filling a template of a folder's own.

use crate::documents;

/// Takes bytes as a folder's own template and fills it: nothing panics, it ends, and what it wrote
/// is no longer than a paper may be.
pub fn template(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    match documents::filled(text) {
        Ok(paper) => assert!(paper.is_empty() || paper.ends_with('\n')),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}
