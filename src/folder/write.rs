//! Writing: a whole file or nothing, never half, never over a record.

use std::io::Write;
use std::path::{Path, PathBuf};

/// What could not be written.
#[derive(Debug, thiserror::Error)]
pub(crate) enum WriteError {
    /// A record is already there; records are never replaced.
    #[error("{0} is already there, and records are never replaced")]
    Exists(PathBuf),
    /// A document is not written over a record or a setting.
    #[error("{0} is named like a record or a setting; a document is not written over one")]
    Record(PathBuf),
    /// Somebody has changed the record since it was read.
    #[error("{0} has been changed since it was read; nothing was written")]
    Changed(PathBuf),
    /// The disk refused.
    #[error("{path} could not be written; nothing was changed")]
    Disk {
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// Somebody else is writing in this folder.
    #[error("somebody else is writing in this folder (lock on {0}); try again in a moment")]
    Locked(PathBuf),
}

fn disk(path: &Path) -> impl FnOnce(std::io::Error) -> WriteError + '_ {
    move |source| WriteError::Disk {
        path: path.to_owned(),
        source,
    }
}

/// Writes a new file whole: a temporary file in the same folder, flushed to the disk, then put
/// in place without replacing, and the folder's entry flushed too.
pub(crate) fn write_new(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    let file = written_aside(path, bytes)?;
    file.persist_noclobber(path)
        .map_err(|error| match error.error.kind() {
            std::io::ErrorKind::AlreadyExists => WriteError::Exists(path.to_owned()),
            _ => disk(path)(error.error),
        })?;
    flush_folder(path)
}

/// The same for a file that the system may start, like a hook of git.
pub(crate) fn write_new_program(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    write_new(path, bytes)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mut allowed = std::fs::metadata(path).map_err(disk(path))?.permissions();
        // Whoever may read it may start it.
        let readable = allowed.mode() & 0o444;
        allowed.set_mode(allowed.mode() | (readable >> 2));
        std::fs::set_permissions(path, allowed).map_err(disk(path))?;
    }
    Ok(())
}

/// Writes a generated document whole, in place of the one before.
pub(crate) fn write_generated(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    let file = written_aside(path, bytes)?;
    file.persist(path)
        .map_err(|error| disk(path)(error.error))?;
    flush_folder(path)
}

/// A record as it was read, if it was there, and as it is to be.
#[derive(Debug, Clone)]
pub(crate) struct Planned {
    /// Path from the case folder, with `/`.
    pub(crate) place: String,
    /// The bytes that the change was made of; none where the record is new.
    pub(crate) read: Option<Vec<u8>>,
    /// The bytes that are to stand there.
    pub(crate) bytes: Vec<u8>,
}

/// Writes records whole, all of them or none: each only if what stands there is what was read, and
/// nothing where nothing was. The lock must be held.
pub(crate) fn write_planned(
    root: &Path,
    planned: &[Planned],
    _held: &Lock,
) -> Result<(), WriteError> {
    for record in planned {
        still_stands(root, record)?;
    }
    let mut made = MadeFolders::default();
    let mut aside = Vec::new();
    for record in planned {
        let path = root.join(&record.place);
        made.make(parent(&path))?;
        let file = written_aside(&path, &record.bytes)?;
        if record.read.is_some() {
            // A record keeps who may read it.
            let allowed = std::fs::metadata(&path).map_err(disk(&path))?.permissions();
            file.as_file()
                .set_permissions(allowed)
                .map_err(disk(&path))?;
        }
        aside.push((path, file));
    }
    for (number, (path, file)) in aside.into_iter().enumerate() {
        let placed = match &planned[number].read {
            Some(_) => file.persist(&path),
            None => file.persist_noclobber(&path),
        };
        if let Err(error) = placed {
            put_back(root, &planned[..number]);
            return Err(disk(&path)(error.error));
        }
    }
    made.keep();
    planned
        .iter()
        .try_for_each(|record| flush_folder(&root.join(&record.place)))
}

/// Whether what was read still stands there.
fn still_stands(root: &Path, record: &Planned) -> Result<(), WriteError> {
    let path = root.join(&record.place);
    let standing = match std::fs::read(&path) {
        Ok(bytes) => Some(bytes),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
        Err(error) => return Err(disk(&path)(error)),
    };
    if standing == record.read {
        Ok(())
    } else {
        Err(WriteError::Changed(path))
    }
}

/// Puts back what was there before the first of several records that could not all be written.
fn put_back(root: &Path, written: &[Planned]) {
    for record in written {
        let path = root.join(&record.place);
        // The error that led here is the one that is told; where this fails too, the record is
        // still whole.
        let _ = match &record.read {
            Some(read) => write_generated(&path, read),
            None => std::fs::remove_file(&path).map_err(disk(&path)),
        };
    }
}

/// Folders made for records that are still to be written: taken away again unless they are.
#[derive(Default)]
struct MadeFolders {
    folders: Vec<PathBuf>,
}

impl MadeFolders {
    fn make(&mut self, folder: &Path) -> Result<(), WriteError> {
        let missing: Vec<_> = folder
            .ancestors()
            .take_while(|above| !above.as_os_str().is_empty() && !above.exists())
            .map(Path::to_owned)
            .collect();
        self.folders.extend(missing.into_iter().rev());
        make_folder(folder)
    }

    fn keep(mut self) {
        self.folders.clear();
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

/// Writes a document to a path that somebody named: never over a record or a setting, and through
/// what is no regular file.
pub(crate) fn write_elsewhere(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    let is_record = matches!(
        path.extension().and_then(|ending| ending.to_str()),
        Some("yaml" | "yml" | "toml")
    );
    if is_record {
        return Err(WriteError::Record(path.to_owned()));
    }
    let is_plain = std::fs::symlink_metadata(path).map_or(true, |about| about.is_file());
    if !parent(path).is_dir() {
        return Err(disk(path)(std::io::Error::other("its folder is not there")));
    }
    if is_plain {
        return write_generated(path, bytes);
    }
    std::fs::OpenOptions::new()
        .write(true)
        .truncate(true)
        .open(path)
        .and_then(|mut file| file.write_all(bytes))
        .map_err(disk(path))
}

/// Makes a folder and those above it.
pub(crate) fn make_folder(path: &Path) -> Result<(), WriteError> {
    std::fs::create_dir_all(path).map_err(disk(path))
}

fn written_aside(path: &Path, bytes: &[u8]) -> Result<tempfile::NamedTempFile, WriteError> {
    let folder = parent(path);
    make_folder(folder)?;
    let mut making = tempfile::Builder::new();
    making.prefix(".panel-").suffix(".tmp");
    // Records are for the office's group as any other file, not for their writer alone.
    #[cfg(unix)]
    making.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = making.tempfile_in(folder).map_err(disk(path))?;
    file.write_all(bytes)
        .and_then(|()| file.as_file().sync_all())
        .map_err(disk(path))?;
    Ok(file)
}

/// A rename is on the disk only when its folder is; Windows flushes it with the file.
fn flush_folder(path: &Path) -> Result<(), WriteError> {
    #[cfg(unix)]
    std::fs::File::open(parent(path))
        .and_then(|folder| folder.sync_all())
        .map_err(disk(path))?;
    Ok(())
}

fn parent(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Held while a command writes; the system lets go of it even when the program is killed.
#[derive(Debug)]
pub(crate) struct Lock {
    _file: std::fs::File,
}

impl Lock {
    /// Takes the folder's lock, waiting a little for somebody who is just writing.
    pub(crate) fn take(root: &Path) -> Result<Self, WriteError> {
        let path = root.join(".panel.lock");
        let file = std::fs::File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(disk(&path))?;
        for _ in 0..100 {
            match file.try_lock() {
                Ok(()) => return Ok(Self { _file: file }),
                Err(std::fs::TryLockError::WouldBlock) => {
                    std::thread::sleep(std::time::Duration::from_millis(100));
                }
                Err(std::fs::TryLockError::Error(source)) => return Err(disk(&path)(source)),
            }
        }
        Err(WriteError::Locked(path))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn planned(place: &str, read: Option<&str>, bytes: &str) -> Planned {
        Planned {
            place: place.to_owned(),
            read: read.map(|read| read.as_bytes().to_vec()),
            bytes: bytes.as_bytes().to_vec(),
        }
    }

    fn folder() -> (tempfile::TempDir, Lock) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        std::fs::write(folder.path().join("a.yaml"), "a: 1\n").expect("written");
        let lock = Lock::take(folder.path()).expect("nobody else is there");
        (folder, lock)
    }

    /// What lies in a folder, by name.
    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = walkdir::WalkDir::new(folder)
            .min_depth(1)
            .into_iter()
            .map(|entry| {
                let entry = entry.expect("it can be walked");
                let inside = entry.path().strip_prefix(folder).expect("it lies below");
                inside.display().to_string()
            })
            .filter(|name| name != ".panel.lock")
            .collect();
        names.sort();
        names
    }

    #[test]
    fn records_are_written_together_with_the_folders_that_they_need() {
        let (folder, lock) = folder();
        let records = [
            planned("a.yaml", Some("a: 1\n"), "a: 2\n"),
            planned("after/b.yaml", None, "b: 1\n"),
        ];
        write_planned(folder.path(), &records, &lock).expect("written");
        assert_eq!(names(folder.path()), ["a.yaml", "after", "after/b.yaml"]);
        let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).expect("there");
        assert_eq!(
            (read("a.yaml"), read("after/b.yaml")),
            ("a: 2\n".into(), "b: 1\n".into())
        );
    }

    #[test]
    fn what_somebody_changed_meanwhile_stops_every_record() {
        for (second, wanted) in [
            (planned("a.yaml", Some("a: 0\n"), "a: 2\n"), "a.yaml"),
            (planned("a.yaml", None, "a: 2\n"), "a.yaml"),
            (planned("c.yaml", Some("c: 0\n"), "c: 2\n"), "c.yaml"),
        ] {
            let (folder, lock) = folder();
            let records = [planned("after/b.yaml", None, "b: 1\n"), second];
            let error = write_planned(folder.path(), &records, &lock);
            let told = matches!(&error, Err(WriteError::Changed(path)) if path.ends_with(wanted));
            assert!(told, "{error:?}");
            assert_eq!(names(folder.path()), ["a.yaml"]);
        }
    }

    #[test]
    fn where_one_record_cannot_be_written_none_is_and_nothing_is_left() {
        let (folder, lock) = folder();
        // A file stands where the second record needs a folder.
        let records = [
            planned("after/b.yaml", None, "b: 1\n"),
            planned("a.yaml/c.yaml", None, "c: 1\n"),
        ];
        let error = write_planned(folder.path(), &records, &lock);
        assert!(matches!(error, Err(WriteError::Disk { .. })), "{error:?}");
        assert_eq!(names(folder.path()), ["a.yaml"]);
    }

    #[test]
    fn what_was_written_before_another_failed_is_put_back() {
        let (folder, _lock) = folder();
        let path = folder.path();
        let records = [
            planned("a.yaml", Some("a: 1\n"), "a: 2\n"),
            planned("b.yaml", None, "b: 1\n"),
        ];
        for record in &records {
            std::fs::write(path.join(&record.place), &record.bytes).expect("written");
        }
        put_back(path, &records);
        assert_eq!(names(path), ["a.yaml"]);
        let text = std::fs::read_to_string(path.join("a.yaml")).expect("there");
        assert_eq!(text, "a: 1\n");
    }

    #[cfg(unix)]
    #[test]
    fn a_record_keeps_who_may_read_it() {
        use std::os::unix::fs::PermissionsExt;
        let (folder, lock) = folder();
        let path = folder.path().join("a.yaml");
        let own = std::fs::Permissions::from_mode(0o640);
        std::fs::set_permissions(&path, own).expect("set");
        let records = [planned("a.yaml", Some("a: 1\n"), "a: 2\n")];
        write_planned(folder.path(), &records, &lock).expect("written");
        let mode = std::fs::metadata(&path)
            .expect("there")
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o640);
    }
}
