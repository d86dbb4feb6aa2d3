//! What a case folder keeps of its meetings beside the records: minutes, children's records,
//! letters, and what vouches for them.

use super::disk::read_file;
use super::file::digest_of;
use super::load::{Folder, FolderError};
use super::walk::steps_of;
use rayon::prelude::*;

/// The last line of minutes that are sealed: they say so themselves, should what vouches for them be
/// lost.
pub(crate) const SEALED: &str = "<!-- sealed: final.yaml beside this file vouches for it -->\n";

/// A paper's bytes without the line by which it says that it is sealed; none where it does not.
pub(crate) fn without_seal(bytes: &[u8]) -> Option<&[u8]> {
    bytes.strip_suffix(SEALED.as_bytes())
}

/// One file below `meetings/` or `records/`.
#[derive(Debug, Clone)]
pub(crate) struct Kept {
    /// Path from the case folder, with `/` on every system.
    pub(crate) path: String,
    /// What it holds; none where it cannot be read.
    pub(crate) bytes: Option<Vec<u8>>,
}

impl Kept {
    /// Its text, as far as it is text.
    pub(crate) fn text(&self) -> String {
        let bytes = self.bytes.as_deref().unwrap_or_default();
        String::from_utf8_lossy(bytes).into_owned()
    }
}

impl Folder {
    /// Every file below `meetings/` and `records/`, by path. Names that begin with a dot are passed
    /// over, and links are not followed.
    pub(crate) fn kept(&self) -> Result<Vec<Kept>, FolderError> {
        let mut paths = Vec::new();
        for area in ["meetings", "records"] {
            let top = self.root.join(area);
            if !top.is_dir() {
                continue;
            }
            for entry in walkdir::WalkDir::new(&top).sort_by_file_name() {
                let entry = entry.map_err(|error| FolderError::walking(&top, error))?;
                let is_hidden = entry.file_name().to_string_lossy().starts_with('.');
                if entry.file_type().is_file() && !is_hidden {
                    paths.push(steps_of(&self.root, entry.path()));
                }
            }
        }
        paths.sort();
        Ok(paths
            .into_par_iter()
            .map(|path| Kept {
                bytes: read_file(&self.root.join(&path)).ok(),
                path,
            })
            .collect())
    }
}

/// The key of a final record that has the digest of the record itself, apart from that key.
pub(crate) const OWN_DIGEST: &str = "own_digest";

/// The digest of a record without one of its keys and without blank lines: of a file in which that
/// key goes on being written after everything else in it is settled.
pub(crate) fn digest_apart_from(bytes: &[u8], key: &str) -> String {
    let text = String::from_utf8_lossy(bytes);
    let mut settled = String::new();
    let mut is_within = false;
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let is_key = line
            .strip_prefix(key)
            .is_some_and(|rest| rest.trim_start().starts_with(':'));
        // What is indented belongs to the key above it; a list may stand at its key's own margin.
        let goes_on = is_within && line.starts_with([' ', '\t', '-', '}', ']']);
        is_within = is_key || goes_on;
        if !is_within {
            settled.push_str(line);
            settled.push('\n');
        }
    }
    digest_of(settled.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::digest_apart_from;

    #[test]
    fn what_is_marked_as_done_does_not_change_the_digest_and_all_else_does() {
        let digest = |text: &str| digest_apart_from(text.as_bytes(), "done");
        let before = digest("date: 2026-11-26\nchair: {name: M. Osei}");
        for same in [
            "date: 2026-11-26\nchair: {name: M. Osei}\ndone: {agenda-out: 2026-11-24}\n",
            "date: 2026-11-26\ndone:\n  agenda-out: 2026-11-24\n\n  papers-out: 2026-11-24\nchair: {name: M. Osei}\n",
        ] {
            assert_eq!(digest(same), before, "{same}");
        }
        for other in [
            "date: 2026-11-26\nchair: {name: R. Khan}\n",
            "date: 2026-11-26\nchair: {name: M. Osei}\ndone_by: {name: R. Khan}\n",
            "date: 2026-11-26\ndone:\n  agenda-out: 2026-11-24\nchair: {name: M. Osei}\nextra: true\n",
        ] {
            assert_ne!(digest(other), before, "{other}");
        }
    }
}
