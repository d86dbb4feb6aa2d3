//! Writing: whole files or none, never half of one, never over a record that nobody read.
//!
//! Every command comes through [`write()`]. Each file is made beside its place under a name that no
//! reading looks at, flushed to the disk, and then put in its place in one step.

mod aside;
mod lock;
mod rights;
#[cfg(test)]
mod tests;
mod unfinished;

pub(crate) use lock::{Holder, Lock, cut_off};
pub(crate) use unfinished::Found;

use aside::{Aside, MadeFolders, flush};
use rights::Rights;
use sha2::Digest;
use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Component, Path, PathBuf};
use unfinished::Unfinished;

/// What could not be written.
#[derive(Debug, thiserror::Error)]
pub(crate) enum WriteError {
    /// A record is already there; records are never replaced.
    #[error("{0} is already there, and records are never replaced")]
    Exists(PathBuf),
    /// A document is not written over a record or a setting.
    #[error("{0} is named like a record or a setting; a document is not written over one")]
    Record(PathBuf),
    /// A document is not written over what the folder keeps.
    #[error(
        "{0} is a file that the case folder keeps, and nothing is written over it: name another; the folder's own papers are made with `--write`"
    )]
    Kept(PathBuf),
    /// Somebody has changed the record since it was read.
    #[error("{0} has been changed since it was read; nothing was written")]
    Changed(PathBuf),
    /// The group that may read what stands there could not be given to what takes its place.
    #[error(
        "{0} is open to a group that you are not in: written by you it would be closed to that group; nothing was written"
    )]
    Group(PathBuf),
    /// Somebody has marked the record as not to be written.
    #[error("{0} is marked as read-only; nothing was written")]
    Protected(PathBuf),
    /// The case folder is not where it was.
    #[error("the case folder {0} is not there any more; nothing was written")]
    Gone(PathBuf),
    /// The place leads out of the case folder.
    #[error("`{0}` leads out of the case folder; nothing was written")]
    Outside(String),
    /// A folder on the way to the place is a link.
    #[error("{0} is a link to another folder; nothing is written through one")]
    Linked(PathBuf),
    /// The disk refused.
    #[error("{path} could not be written; nothing was changed")]
    Disk {
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// The file is in its place, but the disk did not say that it will stay there.
    #[error("{path} was written, but the disk did not confirm it; look whether it is there")]
    Unconfirmed {
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// Nobody can write in this folder.
    #[error("nothing can be written in the case folder {root}")]
    Closed {
        /// The case folder.
        root: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// What an earlier command left half done cannot be brought to its end.
    #[error("an earlier command was cut off, and what it began could not be finished: {path}")]
    Unfinished {
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// Somebody else is writing in this folder.
    #[error("{0} is writing in this folder; nothing was written")]
    Locked(Holder),
}

fn disk(path: &Path) -> impl FnOnce(std::io::Error) -> WriteError + '_ {
    move |source| WriteError::Disk {
        path: path.to_owned(),
        source,
    }
}

/// What must stand in a file's place for it to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Before {
    /// Nothing: a new record.
    Nothing,
    /// These bytes, which the change was made of.
    Bytes(Vec<u8>),
    /// Anything: a document that is made anew from the records.
    Anything,
}

/// A file as it is to stand in the case folder.
#[derive(Debug, Clone)]
pub(crate) struct Planned {
    /// Path from the case folder, with `/`.
    pub(crate) place: String,
    /// What must stand there until then.
    pub(crate) before: Before,
    /// The bytes that are to stand there. Where they are those that stand there, nothing is
    /// written, and the others are written only if it is still so.
    pub(crate) bytes: Vec<u8>,
    /// Whether the system may start it, like a hook of git.
    pub(crate) is_program: bool,
}

impl Planned {
    /// A record that is not there yet.
    pub(crate) fn new(place: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            place: place.into(),
            before: Before::Nothing,
            bytes: bytes.into(),
            is_program: false,
        }
    }

    /// A record that was read, and what others rely on: it must stand there as it was.
    pub(crate) fn relied_on(place: impl Into<String>, bytes: &[u8]) -> Self {
        Self {
            before: Before::Bytes(bytes.to_vec()),
            ..Self::new(place, bytes)
        }
    }

    fn is_change(&self) -> bool {
        !matches!(&self.before, Before::Bytes(read) if *read == self.bytes)
    }
}

/// Writes files of a case folder whole, all of them or none. What must stand in each place is
/// looked at under the lock, before the first is written and again before each.
///
/// Several files are put in their places one after the other. Before the first, what is to be done
/// is written down, so that whoever takes the lock after a program that was cut off finishes it.
pub(crate) fn write(root: &Path, planned: &[Planned], lock: &Lock) -> Result<(), WriteError> {
    if !root.is_dir() {
        return Err(WriteError::Gone(root.to_owned()));
    }
    for file in planned {
        if !stays_inside(&file.place) {
            return Err(WriteError::Outside(file.place.clone()));
        }
        has_no_links(root, parent(Path::new(&file.place)))?;
        still_stands(root, file)?;
    }
    let changes: Vec<&Planned> = planned.iter().filter(|file| file.is_change()).collect();
    let mut made = MadeFolders::default();
    let mut ready = Vec::new();
    for file in &changes {
        made.make(root, parent(Path::new(&file.place)))?;
        ready.push(made_ready(root, file)?);
    }
    let noted = match changes.len() {
        0 | 1 => None,
        _ => Some(Unfinished::note(root, &changes, &ready, &made)?),
    };
    // Making them ready took its time.
    for file in planned {
        still_stands(root, file)?;
    }
    let mut written = Vec::new();
    for (file, aside) in changes.iter().zip(ready) {
        let placed = still_stands(root, file).and_then(|()| aside.place(&file.before));
        if let Err(error) = placed {
            put_back(root, &written);
            drop(noted);
            return Err(error);
        }
        written.push(*file);
    }
    let folders: BTreeSet<PathBuf> = written
        .iter()
        .map(|file| parent(&root.join(&file.place)).to_owned())
        .chain(made.keep())
        .chain(lock.keep_folders())
        .collect();
    for folder in folders {
        flush(&folder).map_err(|source| WriteError::Unconfirmed {
            path: folder,
            source,
        })?;
    }
    Ok(())
}

/// Whether a path from the case folder leads nowhere else.
pub(crate) fn stays_inside(place: &str) -> bool {
    let mut steps = Path::new(place).components().peekable();
    steps.peek().is_some() && steps.all(|step| matches!(step, Component::Normal(_)))
}

/// A link can lead out of the folder, and reading does not follow one: what was written there would
/// be on no list.
fn has_no_links(root: &Path, inside: &Path) -> Result<(), WriteError> {
    let mut here = root.to_owned();
    for step in inside.components() {
        here.push(step);
        if here
            .symlink_metadata()
            .is_ok_and(|about| about.is_symlink())
        {
            return Err(WriteError::Linked(here));
        }
    }
    Ok(())
}

/// A file beside its place, flushed, with the rights of the one that it replaces.
fn made_ready(root: &Path, file: &Planned) -> Result<Aside, WriteError> {
    let path = root.join(&file.place);
    let allowed = match file.before {
        Before::Nothing => None,
        Before::Bytes(_) | Before::Anything => allowed_at(&path)?,
    };
    let is_new = allowed.is_none();
    let aside = Aside::written(&path, &file.bytes, allowed)?;
    if is_new {
        aside.share();
    }
    if file.is_program {
        aside.allow_to_be_started()?;
    }
    Ok(aside)
}

/// Who may read and write the file that stands at a place; none where there is none.
fn allowed_at(path: &Path) -> Result<Option<Rights>, WriteError> {
    let about = match path.symlink_metadata() {
        Ok(about) => about,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(disk(path)(error)),
    };
    if !about.is_file() {
        return Ok(None);
    }
    match about.permissions().readonly() {
        true => Err(WriteError::Protected(path.to_owned())),
        false => Ok(Some(Rights::of(path, &about))),
    }
}

/// Whether what must stand there does.
fn still_stands(root: &Path, file: &Planned) -> Result<(), WriteError> {
    let path = root.join(&file.place);
    match &file.before {
        Before::Anything => Ok(()),
        Before::Nothing if path.symlink_metadata().is_ok() => Err(WriteError::Exists(path)),
        Before::Nothing => Ok(()),
        Before::Bytes(read) => match std::fs::read(&path) {
            Ok(bytes) if bytes == *read => Ok(()),
            Ok(_) => Err(WriteError::Changed(path)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                Err(WriteError::Changed(path))
            }
            Err(error) => Err(disk(&path)(error)),
        },
    }
}

/// Puts back what was there before the first of several records that could not all be written.
fn put_back(root: &Path, written: &[&Planned]) {
    for file in written {
        let path = root.join(&file.place);
        // The error that led here is the one that is told; where this fails too, the record is
        // still whole.
        let _ = match &file.before {
            Before::Bytes(read) => {
                let made =
                    allowed_at(&path).and_then(|allowed| Aside::written(&path, read, allowed));
                made.and_then(|aside| aside.place(&Before::Anything))
            }
            Before::Nothing => std::fs::remove_file(&path).map_err(disk(&path)),
            // What was made anew of the records is none.
            Before::Anything => Ok(()),
        };
    }
}

/// Writes a document to a path that somebody named: never over a record or a setting, whatever a
/// link to it is called, and through what is no regular file.
pub(crate) fn write_elsewhere(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    let is_own = |meant: PathBuf| is_record(&meant);
    if is_record(path) || std::fs::canonicalize(path).is_ok_and(is_own) {
        return Err(WriteError::Record(path.to_owned()));
    }
    if std::fs::canonicalize(path).is_ok_and(|real| is_kept(&real)) {
        return Err(WriteError::Kept(path.to_owned()));
    }
    if !parent(path).is_dir() {
        return Err(disk(path)(std::io::Error::other("its folder is not there")));
    }
    if path
        .symlink_metadata()
        .map_or(true, |about| about.is_file())
    {
        Aside::written(path, bytes, allowed_at(path)?)?.place(&Before::Anything)?;
        return flush(parent(path)).map_err(|source| WriteError::Unconfirmed {
            path: path.to_owned(),
            source,
        });
    }
    std::fs::OpenOptions::new()
        .write(true)
        .truncate(true)
        .open(path)
        .and_then(|mut file| file.write_all(bytes))
        .map_err(disk(path))
}

/// Parts of a case folder whose files cannot be made again by a command that prints: records with the
/// papers that go with them, minutes and letters, and the council's own templates.
const PARTS_KEPT: [&str; 5] = ["referrals", "documents", "meetings", "records", "templates"];

/// Whether a file lies in a part of a case folder that is kept, or is one of git's or of a program's
/// settings, which begin with a dot.
fn is_kept(path: &Path) -> bool {
    let mut above = path.ancestors().skip(1);
    above.any(|folder| {
        let inside = path.strip_prefix(folder).unwrap_or(path);
        let first = inside.components().next().map(Component::as_os_str);
        let is_part = first.is_some_and(|first| {
            PARTS_KEPT.iter().any(|part| first == *part) || first.to_string_lossy().starts_with('.')
        });
        is_part && folder.join("panel.toml").is_file()
    })
}

/// Whether a file is named like a record, a setting, or what the program keeps beside them. Some
/// systems take `PANEL.TOML` for one.
fn is_record(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    if name.to_lowercase().starts_with(".panel") {
        return true;
    }
    let ending = path.extension().and_then(|ending| ending.to_str());
    ending.is_some_and(|ending| {
        ["yaml", "yml", "toml"]
            .iter()
            .any(|own| own.eq_ignore_ascii_case(ending))
    })
}

fn parent(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// The digest of bytes, in hexadecimal.
fn digest(bytes: &[u8]) -> String {
    use std::fmt::Write;
    let digest = sha2::Sha256::digest(bytes);
    digest.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
