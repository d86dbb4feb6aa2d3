//! Walking a case folder: which of its files can hold a record.

use super::disk::read_beginning;
use super::load::{FolderError, READING};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// What was found below a part of the folder.
pub(super) struct Walked<T> {
    /// What came of the files that can hold records.
    pub(super) read: Vec<T>,
    /// Paths of those that are named nearly like one, and are not read.
    pub(super) missed: Vec<String>,
}

/// What a walk meets.
enum Met {
    Record(String),
    Missed(String),
}

/// Paths of the files below a part of the folder that can hold records, in their order.
pub(super) fn walk(root: &Path, area: &str) -> Result<Walked<String>, FolderError> {
    let (mut read, mut missed) = (Vec::new(), Vec::new());
    for met in records(root, area) {
        match met? {
            Met::Record(path) => read.push(path),
            Met::Missed(path) => missed.push(path),
        }
    }
    READING.add_found(read.len());
    read.sort();
    Ok(Walked { read, missed })
}

/// By name: all that are compared lie in one folder, and their paths begin alike.
fn by_name(one: &walkdir::DirEntry, other: &walkdir::DirEntry) -> std::cmp::Ordering {
    one.path().as_os_str().cmp(other.path().as_os_str())
}

/// So many files are read in one go while the walk goes on.
const AT_ONCE: usize = 64;

/// What comes of each file below a part of the folder that can hold a record, in the
/// order of the walk: on all
/// cores, and from the first files on while the others are still looked for.
pub(super) fn of_each<R: Send>(
    root: &Path,
    area: &str,
    of: impl Fn(&[String]) -> Vec<R> + Sync,
) -> Result<Walked<R>, FolderError> {
    let mut missed = Vec::new();
    let done = Mutex::new(Vec::new());
    let work = &|number: usize, paths: Vec<String>| {
        let some = of(&paths);
        let mut done = done.lock().unwrap_or_else(PoisonError::into_inner);
        done.push((number, some));
    };
    rayon::scope(|scope| {
        let mut paths = Vec::with_capacity(AT_ONCE);
        let mut number = 0;
        for met in records(root, area) {
            match met? {
                Met::Record(path) => paths.push(path),
                Met::Missed(path) => missed.push(path),
            }
            if paths.len() == AT_ONCE {
                READING.add_found(AT_ONCE);
                let paths = std::mem::replace(&mut paths, Vec::with_capacity(AT_ONCE));
                scope.spawn(move |_| work(number, paths));
                number += 1;
            }
        }
        READING.add_found(paths.len());
        work(number, paths);
        Ok(())
    })?;
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_unstable_by_key(|(number, _)| *number);
    let mut all = Vec::with_capacity(done.iter().map(|(_, some)| some.len()).sum());
    all.extend(done.into_iter().flat_map(|(_, some)| some));
    Ok(Walked { read: all, missed })
}

/// The files below a part of the folder that can hold records, as they are met.
fn records(root: &Path, area: &str) -> impl Iterator<Item = Result<Met, FolderError>> {
    let top = root.join(area);
    let walk = top
        .is_dir()
        .then(|| walkdir::WalkDir::new(&top).sort_by(by_name));
    let is_bin = |entry: &walkdir::DirEntry| {
        entry.depth() > 0 && entry.file_type().is_dir() && is_hidden(entry)
    };
    walk.into_iter()
        .flat_map(move |walk| walk.into_iter().filter_entry(move |entry| !is_bin(entry)))
        .filter_map(move |entry| match entry {
            Ok(entry) => {
                let path = || steps_of(root, entry.path());
                match is_record(&entry) {
                    true => Some(Ok(Met::Record(path()))),
                    false => is_missed(&entry).then(|| Ok(Met::Missed(path()))),
                }
            }
            // It was there a moment ago; somebody works in the folder.
            Err(error) if error.depth() > 0 && has_gone(&error) => None,
            // It is told where a record would be that cannot be read: what lies in it could be one.
            Err(error) => Some(match error.path().filter(|_| error.depth() > 0) {
                Some(closed) => Ok(Met::Record(steps_of(root, closed))),
                None => Err(FolderError::walking(&top, error)),
            }),
        })
}

fn has_gone(error: &walkdir::Error) -> bool {
    let error = error.io_error();
    error.is_some_and(|error| error.kind() == std::io::ErrorKind::NotFound)
}

/// Whether an entry is a file that can hold a record.
pub(super) fn is_record(entry: &walkdir::DirEntry) -> bool {
    let ending = entry.path().extension().and_then(|ending| ending.to_str());
    entry.file_type().is_file() && !is_hidden(entry) && matches!(ending, Some("yaml" | "yml"))
}

/// Whether a name begins with a dot, as those of bins and of what editors put aside do.
fn is_hidden(entry: &walkdir::DirEntry) -> bool {
    entry.file_name().to_string_lossy().starts_with('.')
}

/// Whether somebody will think that an entry is a record, and it is not read: it ends in capitals, in
/// what an editor for plain text adds, or in a blank, is a link, a pipe or the like, or is a record
/// by what stands in it. What an editor keeps beside a record is none.
fn is_missed(entry: &walkdir::DirEntry) -> bool {
    if is_hidden(entry) || entry.file_type().is_dir() {
        return false;
    }
    let name = entry.file_name().to_string_lossy().to_lowercase();
    let name = name.trim_end();
    let name = name.strip_suffix(".txt").unwrap_or(name);
    if name.ends_with(".yaml") || name.ends_with(".yml") {
        return true;
    }
    entry.file_type().is_file() && can_be_one(name) && !is_beside(entry) && holds_one(entry.path())
}

/// Whether a file of that name, in small letters, can be a record that was named wrongly.
fn can_be_one(name: &str) -> bool {
    const OF_TEXT: [&str; 7] = ["bak", "json", "old", "orig", "text", "tmp", "txt"];
    match name.rsplit_once('.') {
        Some((_, ending)) => {
            let ending = ending.trim_end_matches('~');
            ending.starts_with("ya") || ending.starts_with("ym") || OF_TEXT.contains(&ending)
        }
        None => true,
    }
}

/// Whether it is what was put aside of a record that stands beside it, like `R-1.yaml.orig`.
fn is_beside(entry: &walkdir::DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    let plain = name.strip_suffix('~').or_else(|| {
        let (plain, _) = name.rsplit_once('.')?;
        Some(plain)
    });
    plain.is_some_and(|plain| {
        let is_named_so = plain.ends_with(".yaml") || plain.ends_with(".yml");
        is_named_so && entry.path().with_file_name(plain).is_file()
    })
}

/// Whether a file begins as a referral or a decision does.
fn holds_one(path: &Path) -> bool {
    const BEGINNING: u64 = 4096;
    let Ok(bytes) = read_beginning(path, BEGINNING) else {
        return false;
    };
    let text = String::from_utf8_lossy(&bytes);
    let mut keys = text
        .lines()
        .map(|line| line.trim_start_matches(['\u{FEFF}', ' ', '{', '"']));
    keys.any(|key| {
        let rest = key
            .strip_prefix("reference")
            .or(key.strip_prefix("referral"));
        rest.is_some_and(|rest| rest.trim_start_matches('"').starts_with(':'))
    })
}

/// A path from the case folder, with `/` on every system.
pub(super) fn steps_of(root: &Path, path: &Path) -> String {
    let inside = path.strip_prefix(root).unwrap_or(path);
    if std::path::MAIN_SEPARATOR == '/'
        && let Some(inside) = inside.to_str()
    {
        return inside.to_owned();
    }
    let steps: Vec<_> = inside.iter().map(|step| step.to_string_lossy()).collect();
    steps.join("/")
}
