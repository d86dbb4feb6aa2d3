//! What a program that was cut off has left: several files of which not all are in their places
//! yet, and files that never will be.

use super::aside::{Aside, MadeFolders, flush, flushed, is_left_over};
use super::{Before, Holder, Planned, WriteError, digest, disk, parent, stays_inside};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

/// What is to be done, written down before several files are put in their places. Named so that a
/// `.gitignore` with `.panel-*.tmp` leaves it out.
const NOTE: &str = ".panel-unfinished.tmp";

/// The largest note that is read, in bytes.
const LARGEST: u64 = 10_000_000;

/// One file of a note.
#[derive(Debug, Serialize, Deserialize)]
struct Step {
    /// Path from the case folder, with `/`.
    place: String,
    /// The name of the finished file in the same folder.
    aside: String,
    /// The digest of what must stand there; none where nothing must.
    before: Option<String>,
    /// Whether anything may stand there.
    anything: bool,
    /// The digest of what is to stand there.
    after: String,
}

/// What was found of a program that was cut off, and what became of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Found {
    /// Whose it was, where that is known.
    pub(crate) by: Holder,
    /// Records that it had begun to write, and that are written now.
    pub(crate) finished: Vec<String>,
    /// Records that it was about to write, and that somebody has changed since: left as they are.
    pub(crate) left: Vec<String>,
    /// How many files were taken away that were in no place yet.
    pub(crate) removed: usize,
}

impl Found {
    /// Whether there was anything.
    pub(crate) fn is_empty(&self) -> bool {
        self.finished.is_empty() && self.left.is_empty() && self.removed == 0
    }
}

/// A note that stands on the disk; taken away when what it says is done, or given up.
#[derive(Debug)]
pub(super) struct Unfinished {
    path: PathBuf,
}

impl Unfinished {
    /// Writes down what is to be done. The finished files, and the names that they have, are on the
    /// disk before the note is.
    pub(super) fn note(
        root: &Path,
        planned: &[&Planned],
        ready: &[Aside],
        made: &MadeFolders,
    ) -> Result<Self, WriteError> {
        let steps: Vec<Step> = planned
            .iter()
            .zip(ready)
            .map(|(file, aside)| Step {
                place: file.place.clone(),
                aside: aside.name(),
                before: match &file.before {
                    Before::Bytes(bytes) => Some(digest(bytes)),
                    Before::Nothing | Before::Anything => None,
                },
                anything: file.before == Before::Anything,
                after: digest(&file.bytes),
            })
            .collect();
        let folders: BTreeSet<PathBuf> = planned
            .iter()
            .map(|file| parent(&root.join(&file.place)).to_owned())
            .chain(made.parents().map(Path::to_owned))
            .collect();
        for folder in folders {
            flush(&folder).map_err(disk(&folder))?;
        }
        let note = Self {
            path: root.join(NOTE),
        };
        let text = serde_json::to_vec(&steps).map_err(|error| disk(&note.path)(error.into()))?;
        std::fs::File::create_new(&note.path)
            .and_then(|mut file| file.write_all(&text).and_then(|()| flushed(&file)))
            .and_then(|()| flush(root))
            .map_err(disk(&note.path))?;
        Ok(note)
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        // Where it stays, everything that it says is found to be done.
        let _ = std::fs::remove_file(&self.path);
    }
}

/// Brings to its end what an earlier program had begun, and takes away what it had not. The lock
/// must be held; `earlier` is who held it and did not let go.
pub(super) fn finish(root: &Path, earlier: Option<Holder>) -> Result<Found, WriteError> {
    let path = root.join(NOTE);
    let steps = steps_in(&path)?;
    if earlier.is_none() && steps.is_none() {
        return Ok(Found::default());
    }
    let mut found = Found {
        by: earlier.unwrap_or_default(),
        ..Found::default()
    };
    for step in steps.iter().flatten() {
        take(root, step, &mut found).map_err(unfinished(root, step))?;
    }
    if steps.is_some() {
        std::fs::remove_file(&path).map_err(|source| WriteError::Unfinished { path, source })?;
    }
    found.removed = sweep(root);
    Ok(found)
}

/// Whether something is noted as not finished.
pub(super) fn is_noted(root: &Path) -> bool {
    root.join(NOTE).symlink_metadata().is_ok()
}

fn unfinished(root: &Path, step: &Step) -> impl FnOnce(std::io::Error) -> WriteError {
    let path = root.join(&step.place);
    move |source| WriteError::Unfinished { path, source }
}

/// The steps of a note. One that cannot be read was cut off itself, so nothing of it was begun.
fn steps_in(path: &Path) -> Result<Option<Vec<Step>>, WriteError> {
    match path.symlink_metadata() {
        Ok(about) if about.is_file() && about.len() <= LARGEST => {}
        Ok(_) => return Ok(Some(Vec::new())),
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(disk(path)(error)),
    }
    let bytes = std::fs::read(path).map_err(disk(path))?;
    Ok(Some(serde_json::from_slice(&bytes).unwrap_or_default()))
}

/// Puts one file in its place, unless it is there, or something else is by now.
fn take(root: &Path, step: &Step, found: &mut Found) -> std::io::Result<()> {
    if !stays_inside(&step.place) || !is_left_over(&step.aside) {
        return Ok(());
    }
    let place = root.join(&step.place);
    let aside = parent(&place).join(&step.aside);
    let digest_of = |path: &Path| match std::fs::read(path) {
        Ok(bytes) => Ok(Some(digest(&bytes))),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    };
    let is_ready = aside.symlink_metadata().is_ok_and(|about| about.is_file())
        && digest_of(&aside)?.as_ref() == Some(&step.after);
    if !is_ready {
        // It is in its place, and was before the program was cut off.
        return Ok(());
    }
    let standing = digest_of(&place)?;
    if standing.as_ref() == Some(&step.after) {
        return std::fs::remove_file(&aside);
    }
    if step.anything || standing == step.before {
        let is_new = standing.is_none() && !step.anything;
        // Where a file can have two names, a new record replaces none even now.
        match is_new.then(|| std::fs::hard_link(&aside, &place)) {
            Some(Ok(())) => std::fs::remove_file(&aside)?,
            Some(Err(error)) if error.kind() == ErrorKind::AlreadyExists => return Err(error),
            _ => std::fs::rename(&aside, &place)?,
        }
        flush(parent(&place))?;
        found.finished.push(step.place.clone());
    } else {
        std::fs::remove_file(&aside)?;
        found.left.push(step.place.clone());
    }
    Ok(())
}

/// Takes away what was made beside its place and never put there; how many there were.
fn sweep(root: &Path) -> usize {
    walkdir::WalkDir::new(root)
        .into_iter()
        .filter_entry(|entry| entry.depth() == 0 || entry.file_name() != ".git")
        .filter_map(Result::ok)
        .filter(|entry| {
            entry.file_type().is_file() && is_left_over(&entry.file_name().to_string_lossy())
        })
        .filter(|entry| std::fs::remove_file(entry.path()).is_ok())
        .count()
}
