//! Commands that write: what a folder holds before and after them.

use super::{run, status, stderr, stdout};
use std::collections::BTreeMap;
use std::path::Path;

/// A file of a folder, as text.
pub(crate) fn read(folder: &Path, file: &str) -> String {
    std::fs::read_to_string(folder.join(file)).expect("it is there")
}

/// Every file of a folder but the lock, to see that nothing else changed.
pub(crate) fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .map(|entry| entry.expect("it can be walked"))
        .filter(|entry| entry.file_type().is_file() && entry.file_name() != ".panel.lock")
        .map(|entry| {
            let inside = entry.path().strip_prefix(folder).expect("it lies below");
            let bytes = std::fs::read(entry.path()).expect("it can be read");
            (inside.display().to_string(), bytes)
        })
        .collect()
}

/// Runs a command that must be refused, with nothing written; what it said.
pub(crate) fn refused(folder: &Path, as_of: &str, exit: i32, args: &[&str]) -> String {
    let before = files(folder);
    let output = run(folder, as_of, args);
    assert_eq!(status(&output), exit, "{args:?}: {}", stderr(&output));
    assert_eq!(stdout(&output), "", "{args:?}");
    assert!(files(folder) == before, "{args:?} wrote something");
    stderr(&output)
}

/// Runs a command that must write exactly one file; what it said.
pub(crate) fn written(folder: &Path, as_of: &str, file: &str, args: &[&str]) -> String {
    let before = files(folder);
    let output = run(folder, as_of, args);
    assert_eq!(status(&output), 0, "{args:?}: {}", stderr(&output));
    assert_eq!(stdout(&output).trim_end(), file, "{args:?}");
    let mut after = files(folder);
    assert_ne!(after.get(file), before.get(file), "{args:?}");
    after.remove(file);
    let mut rest = before;
    rest.remove(file);
    assert!(after == rest, "{args:?} wrote something else");
    stderr(&output)
}
