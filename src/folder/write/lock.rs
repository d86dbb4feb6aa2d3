//! The lock of a case folder: held while a command reads, judges and writes.
//!
//! The system lets go of it when the program ends, however that comes about. Who holds it stands in
//! a file beside it, because a locked file itself cannot be read by others on Windows. That file is
//! taken away when the lock is let go; where it is found, a program was cut off.

use super::aside::MadeFolders;
use super::rights::share_as_folder;
use super::unfinished::{self, Found};
use super::{WriteError, parent};
use crate::records::Moment;
use serde::{Deserialize, Serialize};
use std::cell::RefCell;
use std::fs::{File, TryLockError};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

const LOCK: &str = ".panel.lock";

/// Named so that a `.gitignore` with `.panel-*.tmp` leaves it out.
const HOLDER: &str = ".panel-held-by.tmp";

/// How often a lock is tried that somebody else holds.
const PAUSE: Duration = Duration::from_millis(20);

/// After how many pauses it is said that somebody is waited for: half a second.
const SAID_AFTER: u32 = 25;

/// How many pauses one holder is waited for: ten seconds. Where the lock goes from hand to hand, it
/// is waited for anew.
const PATIENCE: u32 = 500;

/// The largest holder file that is read, in bytes.
const LARGEST: u64 = 4_000;

/// Who holds the lock.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Holder {
    /// The name by which the machine knows the user; empty where it does not say.
    pub(crate) user: String,
    /// The machine's own name.
    pub(crate) machine: String,
    /// The process's number on that machine.
    pub(crate) process: u32,
    /// The command, like `panel decide`.
    pub(crate) command: String,
    /// Since when, London wall-clock time, like `2026-11-26T14:03:12`.
    pub(crate) since: String,
}

impl std::fmt::Display for Holder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let user = if self.user.is_empty() {
            "somebody"
        } else {
            &self.user
        };
        if self.process == 0 {
            return write!(f, "{user}");
        }
        write!(f, "{user} ({}, process {}", self.command, self.process)?;
        if !self.machine.is_empty() {
            write!(f, " on {}", self.machine)?;
        }
        match self.since.parse::<Moment>() {
            Ok(since) => write!(f, ", since {})", since.in_words()),
            Err(_) => write!(f, ")"),
        }
    }
}

/// Held while a command writes; the system lets go of it even when the program is killed.
#[derive(Debug)]
pub(crate) struct Lock {
    root: PathBuf,
    /// What a program that was cut off had left, and what became of it.
    pub(crate) found: Found,
    /// Folders made to hold the lock: gone again unless something is written.
    made: RefCell<MadeFolders>,
    /// Closed last, which lets go of the lock.
    _file: File,
}

impl Lock {
    /// Takes a folder's lock, waiting a little for somebody who is just writing; `told` is called
    /// once when that takes long. What a program that was cut off has left is brought to its end.
    pub(crate) fn take(
        root: &Path,
        holder: &Holder,
        told: &mut dyn FnMut(&Holder),
    ) -> Result<Self, WriteError> {
        Self::taken(root, MadeFolders::default(), holder, told)
    }

    /// The same in a folder that may not be there yet. Unless something is written, it is not there
    /// afterwards either.
    pub(crate) fn take_in_new(
        root: &Path,
        holder: &Holder,
        told: &mut dyn FnMut(&Holder),
    ) -> Result<Self, WriteError> {
        let mut made = MadeFolders::default();
        made.make_all(root).map_err(closed(root))?;
        Self::taken(root, made, holder, told)
    }

    fn taken(
        root: &Path,
        made: MadeFolders,
        holder: &Holder,
        told: &mut dyn FnMut(&Holder),
    ) -> Result<Self, WriteError> {
        let file = opened(&root.join(LOCK)).map_err(closed(root))?;
        wait(&file, root, told)?;
        let mut lock = Self {
            root: root.to_owned(),
            found: Found::default(),
            made: RefCell::new(made),
            _file: file,
        };
        let earlier = holder_in(root);
        lock.found = unfinished::finish(root, earlier)?;
        lock.say(holder);
        Ok(lock)
    }

    /// Where this cannot be written, the records cannot either, and that is told then.
    fn say(&self, holder: &Holder) {
        let path = self.root.join(HOLDER);
        let text = serde_json::to_vec(holder).unwrap_or_default();
        let _ = std::fs::remove_file(&path);
        let _ = std::fs::write(&path, text);
    }

    /// From now on the folders that were made for the lock stay; which ones have a new name in them.
    pub(super) fn keep_folders(&self) -> Vec<PathBuf> {
        self.made.take().keep()
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // What cannot be taken away is passed over by reading, and found by the next who writes.
        let _ = std::fs::remove_file(self.root.join(HOLDER));
        if !self.made.borrow().is_empty() {
            let _ = std::fs::remove_file(self.root.join(LOCK));
        }
    }
}

fn closed(root: &Path) -> impl FnOnce(std::io::Error) -> WriteError + '_ {
    move |source| match root.is_dir() {
        false if source.kind() == ErrorKind::NotFound => WriteError::Gone(root.to_owned()),
        _ => WriteError::Closed {
            root: root.to_owned(),
            source,
        },
    }
}

/// A file to lock. One that a colleague has made may be open to others for reading only; that
/// serves as well.
fn opened(path: &Path) -> std::io::Result<File> {
    if path.symlink_metadata().is_ok_and(|about| !about.is_file()) {
        return Err(std::io::Error::other(format!("{LOCK} is not a file")));
    }
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(path);
    let file = match file {
        Err(error) if error.kind() == ErrorKind::PermissionDenied && path.is_file() => {
            File::open(path)
        }
        file => file,
    };
    match file {
        Ok(file) => {
            // A colleague who writes next has to be able to lock it as well.
            share_as_folder(parent(path), &file);
            Ok(file)
        }
        Err(error) => Err(std::io::Error::new(
            error.kind(),
            format!("{LOCK}: {error}"),
        )),
    }
}

fn wait(file: &File, root: &Path, told: &mut dyn FnMut(&Holder)) -> Result<(), WriteError> {
    let mut waited = 0;
    let mut total = 0;
    let mut last = None;
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(()),
            Err(TryLockError::Error(source)) => return Err(closed(root)(source)),
            Err(TryLockError::WouldBlock) => {}
        }
        let holder = holder_in(root);
        if holder.is_some() && holder != last {
            last = holder;
            waited = 0;
        }
        if waited == PATIENCE {
            return Err(WriteError::Locked(last.unwrap_or_default()));
        }
        waited += 1;
        total += 1;
        if total == SAID_AFTER {
            told(&last.clone().unwrap_or_default());
        }
        std::thread::sleep(PAUSE);
    }
}

/// Who was cut off in a folder between several files, so that what is read there is half of it; none
/// where nobody was, or where somebody is just writing.
pub(crate) fn cut_off(root: &Path) -> Option<Holder> {
    unfinished::is_noted(root).then_some(())?;
    let file = File::open(root.join(LOCK)).ok()?;
    file.try_lock_shared().ok()?;
    // Whoever held it until now may have finished.
    unfinished::is_noted(root).then(|| holder_in(root).unwrap_or_default())
}

/// Who says that they hold the lock; none where nobody does.
fn holder_in(root: &Path) -> Option<Holder> {
    let path = root.join(HOLDER);
    path.symlink_metadata().ok()?.is_file().then_some(())?;
    let mut text = String::new();
    let file = File::open(path).ok()?;
    // What cannot be understood was being written as the program was cut off.
    let _ = file.take(LARGEST).read_to_string(&mut text);
    Some(serde_json::from_str(&text).unwrap_or_default())
}
