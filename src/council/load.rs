//! Loading a rule file: text to tree to written shape to checked council.

use super::check::Checker;
use super::raw::RawCouncil;
use super::tables;
use super::vocabulary::Vocabulary;
use super::{BUILT_IN, Council};
use crate::folder::{self, Fault, nearest};
use std::path::Path;

/// A rule file that cannot be used.
#[derive(Debug)]
pub(crate) enum CouncilError {
    /// No built-in council of that id, and no file of that name.
    Unknown {
        /// As written.
        written: String,
        /// The nearest built-in one.
        near: Option<String>,
    },
    /// The file could not be read.
    Disk(folder::FolderError),
    /// The file has faults; all of them.
    Faulty {
        /// The file's name.
        file: String,
        /// Its text, to show the lines.
        text: String,
        /// What is wrong.
        faults: Vec<Fault>,
    },
}

impl std::fmt::Display for CouncilError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unknown { written, .. } => write!(f, "there is no council `{written}`"),
            Self::Disk(error) => error.fmt(f),
            Self::Faulty { file, faults, .. } => write!(f, "{file} has {} faults", faults.len()),
        }
    }
}

impl std::error::Error for CouncilError {}

/// Loads a built-in council by its id, or a rule file by a path that holds a `/` or ends in `.toml`.
///
/// `root` is the case folder that a relative path starts from.
pub(crate) fn load_council(written: &str, root: &Path) -> Result<Council, CouncilError> {
    if let Some((id, text)) = BUILT_IN.iter().find(|(id, _)| *id == written) {
        return parse_council(id, &format!("councils/{id}.toml"), text);
    }
    let is_path = written.contains(['/', '\\']) || written.ends_with(".toml");
    if !is_path {
        return Err(CouncilError::Unknown {
            written: written.to_owned(),
            near: nearest(written, BUILT_IN.iter().map(|(id, _)| *id)).map(str::to_owned),
        });
    }
    let bytes = folder::read_file(&root.join(written)).map_err(CouncilError::Disk)?;
    let text = String::from_utf8_lossy(&bytes);
    let file = written
        .strip_prefix("./")
        .unwrap_or(written)
        .replace('\\', "/");
    let name = file.rsplit('/').next().unwrap_or(&file);
    parse_council(name.strip_suffix(".toml").unwrap_or(name), &file, &text)
}

/// Reads a rule file's text.
pub(crate) fn parse_council(id: &str, file: &str, text: &str) -> Result<Council, CouncilError> {
    let (tree, mut faults) = folder::parse_toml(text);
    let (raw, more): (RawCouncil, _) = folder::decode(&tree, &["council", "meetings"]);
    faults.extend(more);
    let mut checker = Checker {
        tree: &tree,
        file,
        faults,
        words: Vocabulary::built_in(),
        thresholds: raw.thresholds.keys().cloned().collect(),
        listed: Vec::new(),
    };
    let council = tables::checked(&mut checker, id, &raw);
    let mut faults = checker.faults;
    match council {
        Some(council) if faults.is_empty() => Ok(council),
        _ => {
            faults
                .sort_by(|one, other| (one.span, &one.message).cmp(&(other.span, &other.message)));
            faults.dedup();
            Err(CouncilError::Faulty {
                file: file.to_owned(),
                text: text.to_owned(),
                faults,
            })
        }
    }
}
