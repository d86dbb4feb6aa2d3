//! What a case folder keeps of its meetings beside the records: minutes, children's records,
//! letters, and what vouches for them.

use super::disk::read_file;
use super::file::digest_of;
use super::load::{Folder, FolderError};
use super::meetings::{seal_named, seal_number};
use super::walk::steps_of;
use rayon::prelude::*;

/// The last line of minutes that are sealed: they say so themselves, should what vouches for them be
/// lost.
pub(crate) fn sealed_line(number: u32) -> String {
    format!("{SEALED_BY}{}{VOUCHES}", seal_named(number))
}

const SEALED_BY: &str = "<!-- sealed: ";
const VOUCHES: &str = " beside this file vouches for it -->\n";

/// A paper's bytes without the line by which it says that it is sealed, and the number of the final
/// record that it names; none where it does not say so.
pub(crate) fn without_seal(bytes: &[u8]) -> Option<(&[u8], u32)> {
    let begun = bytes.strip_suffix(VOUCHES.as_bytes())?;
    let line = begun.iter().rposition(|byte| *byte == b'\n');
    let line = line.map_or(0, |before| before + 1);
    let name = begun[line..].strip_prefix(SEALED_BY.as_bytes())?;
    let number = seal_number(std::str::from_utf8(name).ok()?)?;
    Some((&bytes[..line], number))
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
                let entry = match entry {
                    Ok(entry) => entry,
                    // A folder that is closed is told as a record that cannot be read.
                    Err(error) if error.depth() > 0 => continue,
                    Err(error) => return Err(FolderError::walking(&top, error)),
                };
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
    digest_of(text_apart_from(bytes, key).as_bytes())
}

/// The text of a record without one of its keys and without blank lines.
pub(crate) fn text_apart_from(bytes: &[u8], key: &str) -> String {
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
    settled
}

#[cfg(test)]
mod tests {
    use super::{digest_apart_from, sealed_line, without_seal};

    #[test]
    fn minutes_say_which_final_record_vouches_for_them() {
        for number in [1, 2, 31] {
            let text = format!("# Minutes\n{}", sealed_line(number));
            let own = without_seal(text.as_bytes());
            assert_eq!(own, Some(("# Minutes\n".as_bytes(), number)));
        }
        for other in [
            "# Minutes\n",
            "<!-- sealed: other.yaml beside this file vouches for it -->\n",
        ] {
            assert_eq!(without_seal(other.as_bytes()), None, "{other}");
        }
    }

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
