//! Every file of a case folder, whatever it is: what must be known before anything is removed.

use super::load::{Folder, FolderError};
use rayon::prelude::*;
use std::path::PathBuf;

/// The largest file whose text is looked at, in bytes.
const LARGEST: u64 = 50_000_000;

/// One file of a case folder.
#[derive(Debug, Clone)]
pub(crate) struct AnyFile {
    /// Path from the case folder, with `/` on every system.
    pub(crate) path: String,
    /// Its text; none where it is none, or too large to be.
    pub(crate) text: Option<String>,
}

impl Folder {
    /// Every file below the case folder, by path. What git keeps for itself is left out, and links
    /// are not followed.
    pub(crate) fn every_file(&self) -> Result<Vec<AnyFile>, FolderError> {
        let mut paths: Vec<(String, PathBuf)> = Vec::new();
        let walk = walkdir::WalkDir::new(&self.root)
            .into_iter()
            .filter_entry(|entry| entry.depth() == 0 || entry.file_name() != ".git");
        for entry in walk {
            let place = match &entry {
                Ok(entry) if !entry.file_type().is_file() => continue,
                Ok(entry) => entry.path(),
                // What lies in a folder that is closed cannot be told; that it is there can.
                Err(error) => match error.path().filter(|_| error.depth() > 0) {
                    Some(closed) => closed,
                    None => {
                        return Err(FolderError::Disk {
                            path: self.root.clone(),
                            source: std::io::Error::other(error.to_string()),
                        });
                    }
                },
            };
            let inside = place.strip_prefix(&self.root).unwrap_or(place);
            let steps: Vec<_> = inside.iter().map(|step| step.to_string_lossy()).collect();
            paths.push((steps.join("/"), place.to_owned()));
        }
        paths.sort();
        Ok(paths
            .into_par_iter()
            .map(|(path, place)| {
                let is_small = std::fs::metadata(&place).is_ok_and(|about| about.len() <= LARGEST);
                let bytes = is_small.then(|| std::fs::read(&place).ok()).flatten();
                let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
                AnyFile {
                    path,
                    text: text.filter(|text| !text.contains('\0')),
                }
            })
            .collect())
    }
}
