//! A file beside its place, until it can be put there in one step.

use super::rights::{Rights, share_as_folder};
use super::{Before, WriteError, disk, parent};
#[cfg(unix)]
use std::fs::Permissions;
use std::io::{ErrorKind, Write};
use std::path::{Component, Path, PathBuf};

/// What a file begins and ends with that is not in its place yet. Reading passes over names that
/// begin with a dot.
const PREFIX: &str = ".panel-";
const SUFFIX: &str = ".tmp";

/// How many letters and digits stand between the two.
const RANDOM: usize = 6;

/// Whether a file of this name was left by a program that was cut off. What the lock keeps beside
/// itself is named otherwise.
pub(super) fn is_left_over(name: &str) -> bool {
    name.strip_prefix(PREFIX)
        .and_then(|rest| rest.strip_suffix(SUFFIX))
        .is_some_and(|random| {
            random.len() == RANDOM && random.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
}

/// A whole file beside its place; taken away again unless it is placed.
#[derive(Debug)]
pub(super) struct Aside {
    path: PathBuf,
    file: tempfile::NamedTempFile,
}

impl Aside {
    /// Writes a file beside its place, and flushes it to the disk. Its folder must be there. Where it
    /// takes the place of another, nobody may read it whom that one is closed to, not even while it
    /// is made.
    pub(super) fn written(
        path: &Path,
        bytes: &[u8],
        allowed: Option<Rights>,
    ) -> Result<Self, WriteError> {
        let mut making = tempfile::Builder::new();
        making.prefix(PREFIX).suffix(SUFFIX).rand_bytes(RANDOM);
        // Records are for the office's group as any other file, not for their writer alone.
        #[cfg(unix)]
        making.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let mut file = making.tempfile_in(parent(path)).map_err(disk(path))?;
        if let Some(rights) = allowed {
            rights.give(file.as_file(), path)?;
        }
        file.write_all(bytes)
            .and_then(|()| flushed(file.as_file()))
            .map_err(disk(path))?;
        Ok(Self {
            path: path.to_owned(),
            file,
        })
    }

    /// Its name beside its place.
    pub(super) fn name(&self) -> String {
        let name = self.file.path().file_name().unwrap_or_default();
        name.to_string_lossy().into_owned()
    }

    /// Opens it to whoever its folder is open to.
    pub(super) fn share(&self) {
        share_as_folder(parent(&self.path), self.file.as_file());
    }

    /// Who may read and write it.
    #[cfg(unix)]
    fn allow(&self, allowed: Permissions) -> Result<(), WriteError> {
        let file = self.file.as_file();
        file.set_permissions(allowed).map_err(disk(&self.path))
    }

    /// Whoever may read it may start it. Windows asks for no such right.
    pub(super) fn allow_to_be_started(&self) -> Result<(), WriteError> {
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let about = self.file.as_file().metadata().map_err(disk(&self.path))?;
            let mode = about.permissions().mode();
            self.allow(Permissions::from_mode(mode | ((mode & 0o444) >> 2)))?;
        }
        Ok(())
    }

    /// Puts it in its place in one step: a new record only where nothing stands.
    pub(super) fn place(self, before: &Before) -> Result<(), WriteError> {
        let Self { path, file } = self;
        match before {
            Before::Nothing => place_new(file, &path),
            _ => file
                .persist(&path)
                .map(drop)
                .map_err(|error| disk(&path)(error.error)),
        }
    }
}

/// Some file systems, mostly shares, can neither rename without replacing nor give a file a second
/// name. There the lock alone keeps two programs apart.
fn place_new(file: tempfile::NamedTempFile, path: &Path) -> Result<(), WriteError> {
    let refused = match file.persist_noclobber(path) {
        Ok(_) => return Ok(()),
        Err(refused) => refused,
    };
    match refused.error.kind() {
        ErrorKind::AlreadyExists => Err(WriteError::Exists(path.to_owned())),
        ErrorKind::Unsupported | ErrorKind::InvalidInput
            if path
                .symlink_metadata()
                .is_err_and(|error| error.kind() == ErrorKind::NotFound) =>
        {
            let placed = refused.file.persist(path);
            placed.map(drop).map_err(|error| disk(path)(error.error))
        }
        _ => Err(disk(path)(refused.error)),
    }
}

/// Flushes a folder: a name is on the disk only when its folder is. Windows flushes it with the
/// file, and lets nobody open a folder for it.
pub(super) fn flush(folder: &Path) -> std::io::Result<()> {
    #[cfg(unix)]
    flushed(&std::fs::File::open(folder)?)?;
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}

/// Shares that cannot be told to flush are left to their server.
pub(super) fn flushed(file: &std::fs::File) -> std::io::Result<()> {
    match file.sync_all() {
        Err(error)
            if matches!(
                error.kind(),
                ErrorKind::Unsupported | ErrorKind::InvalidInput
            ) =>
        {
            Ok(())
        }
        done => done,
    }
}

/// Folders made for files that are still to be written: taken away again unless they are.
#[derive(Debug, Default)]
pub(super) struct MadeFolders {
    folders: Vec<PathBuf>,
}

impl MadeFolders {
    /// Makes a folder inside another, and those between them. The outer one is never made: where it
    /// has gone, it is not for us to bring back.
    pub(super) fn make(&mut self, root: &Path, inside: &Path) -> Result<(), WriteError> {
        let mut here = root.to_owned();
        for step in inside.components() {
            if step == Component::CurDir {
                continue;
            }
            here.push(step);
            match std::fs::create_dir(&here) {
                Ok(()) => {
                    self.folders.push(here.clone());
                    if let Ok(made) = std::fs::File::open(&here) {
                        share_as_folder(parent(&here), &made);
                    }
                }
                Err(_) if here.is_dir() => {}
                Err(_) if !root.is_dir() => return Err(WriteError::Gone(root.to_owned())),
                Err(error) => return Err(disk(&here)(error)),
            }
        }
        Ok(())
    }

    /// Makes a folder and all those above it that are not there.
    pub(super) fn make_all(&mut self, folder: &Path) -> std::io::Result<()> {
        let is_missing = |above: &&Path| !above.as_os_str().is_empty() && !above.is_dir();
        let missing: Vec<&Path> = folder.ancestors().take_while(is_missing).collect();
        for folder in missing.into_iter().rev() {
            match std::fs::create_dir(folder) {
                Ok(()) => self.folders.push(folder.to_owned()),
                Err(_) if folder.is_dir() => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Whether none was made.
    pub(super) fn is_empty(&self) -> bool {
        self.folders.is_empty()
    }

    /// The folders in which new ones stand.
    pub(super) fn parents(&self) -> impl Iterator<Item = &Path> {
        self.folders.iter().map(|folder| parent(folder))
    }

    /// Leaves them, and says which folders have a new name in them.
    pub(super) fn keep(mut self) -> Vec<PathBuf> {
        let changed = self.parents().map(Path::to_owned).collect();
        self.folders.clear();
        changed
    }
}

impl Drop for MadeFolders {
    fn drop(&mut self) {
        for folder in self.folders.iter().rev() {
            // One that is not empty is somebody else's by now.
            let _ = std::fs::remove_dir(folder);
        }
    }
}
