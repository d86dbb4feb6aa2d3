//! Reading the bytes of a file from the disk.

use super::limits::Limits;
use super::load::FolderError;
use std::fs::File;
use std::fs::Metadata;
use std::io::{Error, Read};
use std::path::Path;

/// Reads any file as bytes.
pub(crate) fn read_file(path: &Path) -> Result<Vec<u8>, FolderError> {
    // Looked at before it is opened: opening a pipe would wait for whoever writes into it.
    let about = std::fs::metadata(path).and_then(|about| {
        size(&about)?;
        Ok(about)
    });
    about.map_err(|source| refused(path, source))?;
    let mut bytes = Vec::new();
    read_walked(path, &mut bytes)?;
    Ok(bytes)
}

/// Reads a rule file. What is wrong with it is told with its lines, so no other file may pass for
/// one, though a link gives it such a name: what it is really called ends in `.toml`.
pub(crate) fn read_rule_file(path: &Path) -> Result<Vec<u8>, FolderError> {
    let real = std::fs::canonicalize(path).map_err(|source| refused(path, source))?;
    let ending = real.extension();
    if ending.is_some_and(|ending| ending.eq_ignore_ascii_case("toml")) {
        read_file(path)
    } else {
        let why = "the name of a rule file ends in .toml";
        Err(refused(path, Error::other(why)))
    }
}

/// Reads a file that was just met as a plain one while its folder was walked; what stood in the
/// buffer is gone.
pub(super) fn read_walked(path: &Path, bytes: &mut Vec<u8>) -> Result<(), FolderError> {
    read(path, bytes).map_err(|source| refused(path, source))
}

/// The first bytes of a file that was just met as a plain one.
pub(super) fn read_beginning(path: &Path, most: u64) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn read(path: &Path, bytes: &mut Vec<u8>) -> std::io::Result<()> {
    let mut file = File::open(path)?;
    let size = size(&file.metadata()?)?;
    // One more than it says it has: a file that has not grown is then read in one go.
    bytes.resize(size + 1, 0);
    let mut have = file.read(bytes)?;
    // Some files of the system say that they have no bytes and never end.
    if have == 0 || have != size {
        bytes.truncate(have);
        let most = Limits::now().bytes;
        let rest = (most + 1).saturating_sub(have);
        file.take(rest as u64).read_to_end(bytes)?;
        have = bytes.len();
        if have > most {
            return Err(too_large(most));
        }
    }
    bytes.truncate(have);
    Ok(())
}

/// How many bytes a file says that it has, where it is one that may be read.
fn size(about: &Metadata) -> std::io::Result<usize> {
    if !about.is_file() {
        return Err(Error::other("it is not a file"));
    }
    let most = Limits::now().bytes;
    match usize::try_from(about.len()) {
        Ok(size) if size <= most => Ok(size),
        _ => Err(too_large(most)),
    }
}

fn too_large(most: usize) -> Error {
    Error::other(format!(
        "it has more than {most} bytes; no form does (`bytes` under [limits] in panel.toml allows more)"
    ))
}

fn refused(path: &Path, source: Error) -> FolderError {
    FolderError::Disk {
        path: path.to_owned(),
        source,
    }
}
