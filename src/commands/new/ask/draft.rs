//! The draft that is being filled in: what stands on the disk, and what is to stand there.

use super::super::super::session::Trouble;
use crate::folder::{
    Before, EditError, Holder, Lock, Planned, WriteError, Written, with_element, with_key, write,
};
use std::path::PathBuf;

/// One change of a draft.
#[derive(Debug, Clone)]
pub(super) enum Edit {
    /// A key gets a value.
    Set(Vec<String>, Written),
    /// A list gets a row.
    Add(Vec<String>, Written),
}

impl Edit {
    /// The bytes with the change made, and every other byte as it was.
    pub(super) fn on(&self, bytes: &[u8]) -> Result<Vec<u8>, EditError> {
        let steps = |path: &'_ [String]| -> Vec<String> { path.to_vec() };
        let (path, value, is_new) = match self {
            Self::Set(path, value) => (steps(path), value, false),
            Self::Add(path, value) => (steps(path), value, true),
        };
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        if is_new {
            with_element(bytes, &path, value)
        } else {
            with_key(bytes, &path, value)
        }
    }
}

/// A draft in its place.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) root: PathBuf,
    /// Path from the case folder.
    pub(super) place: String,
    /// What stands on the disk, as it was read or written last; none where nothing does yet.
    pub(super) kept: Option<Vec<u8>>,
    /// What is to stand there.
    pub(super) bytes: Vec<u8>,
    /// Who writes it.
    pub(super) holder: Holder,
}

impl Draft {
    /// Writes the whole draft, in place of the one that was read or written last and of no other.
    pub(super) fn save(&mut self) -> anyhow::Result<()> {
        if self.kept.as_ref() == Some(&self.bytes) {
            return Ok(());
        }
        let lock = Lock::take(&self.root, &self.holder, &mut |_| {})?;
        let planned = Planned {
            before: match &self.kept {
                Some(kept) => Before::Bytes(kept.clone()),
                None => Before::Nothing,
            },
            ..Planned::new(self.place.clone(), self.bytes.clone())
        };
        write(&self.root, &[planned], &lock).map_err(|error| match error {
            WriteError::Changed(_) | WriteError::Exists(_) => anyhow::Error::from(
                Trouble::usage(format!(
                    "{} has been changed since the last answer was saved; it was left as it is, and only the answer just given is not in it",
                    self.place
                ))
                .hint("start again with --ask: it goes on from what stands in the file"),
            ),
            other => other.into(),
        })?;
        self.kept = Some(self.bytes.clone());
        Ok(())
    }
}
