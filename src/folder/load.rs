//! Walking a case folder and reading what is in it, on all cores.

use super::disk::read_file;
use super::file::{File, Keep, read_walked_referral};
use super::meetings::MeetingFolder;
use super::settings::{Settings, load_settings};
use super::walk::{Walked, of_each, walk};
use crate::records::Referral;
use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// How many records of a folder have been read, of how many: for whoever waits.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    found: AtomicUsize,
    read: AtomicUsize,
}

/// The reading of this run of the program.
pub(crate) static READING: Reading = Reading {
    found: AtomicUsize::new(0),
    read: AtomicUsize::new(0),
};

impl Reading {
    /// Nothing has been found or read yet.
    fn begin(&self) {
        self.read.store(0, Ordering::Relaxed);
        self.found.store(0, Ordering::Relaxed);
    }

    /// So many more have been found.
    pub(super) fn add_found(&self, more: usize) {
        self.found.fetch_add(more, Ordering::Relaxed);
    }

    /// One more has been read.
    pub(super) fn add(&self) {
        self.read.fetch_add(1, Ordering::Relaxed);
    }

    /// Records read, and records found so far.
    pub(crate) fn so_far(&self) -> (usize, usize) {
        let found = self.found.load(Ordering::Relaxed);
        (self.read.load(Ordering::Relaxed).min(found), found)
    }
}

/// A folder that cannot be worked on.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FolderError {
    /// No panel.toml here or above.
    #[error("no panel.toml was found in {0} or any folder above it")]
    NotFound(PathBuf),
    /// The disk refused.
    #[error("{path} could not be read")]
    Disk {
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// It was there, and has gone.
    #[error("the case folder {0} was removed or moved while it was read")]
    Gone(PathBuf),
    /// panel.toml has faults, each with its place.
    #[error("panel.toml cannot be used: {}", .0.join("; "))]
    Settings(Vec<String>),
}

impl FolderError {
    /// What went wrong in walking a folder.
    pub(super) fn walking(top: &Path, error: walkdir::Error) -> Self {
        Self::Disk {
            path: error.path().unwrap_or(top).to_owned(),
            source: error.into(),
        }
    }
}

/// A case folder, read whole.
#[derive(Debug, Clone, Default)]
pub(crate) struct Folder {
    /// Where it is; never printed.
    pub(crate) root: PathBuf,
    /// What panel.toml says.
    pub(crate) settings: Settings,
    /// Referrals by path.
    pub(crate) referrals: Vec<File<Referral>>,
    /// Meetings by folder name.
    pub(crate) meetings: Vec<MeetingFolder>,
    /// What lies in the folder of templates, by name; what cannot be read keeps the reason.
    pub(crate) templates: BTreeMap<String, Result<String, String>>,
    /// Why that folder cannot be looked into, where it is there and cannot.
    pub(crate) templates_closed: Option<String>,
    /// Paths under `meetings/` that hold no record of a known kind, and those there and under
    /// `referrals/` that are named nearly like one.
    pub(crate) strays: Vec<String>,
    /// Paths that panel.toml says are no records.
    pub(crate) left_out: Vec<String>,
}

/// The nearest folder with a panel.toml, from `start` upwards.
pub(crate) fn find_root(start: &Path) -> Option<PathBuf> {
    let start = std::path::absolute(start).ok()?;
    start
        .ancestors()
        .find(|folder| folder.join("panel.toml").is_file())
        .map(Path::to_owned)
}

/// The folders that a case folder has at its top.
const PARTS: [&str; 4] = ["referrals", "meetings", "records", "templates"];

/// Folders at the top that are called like one of those but for capitals, as some systems let people
/// rename them: elsewhere nothing in them is found.
fn misnamed(root: &Path) -> Vec<String> {
    let top = walkdir::WalkDir::new(root).min_depth(1).max_depth(1);
    let entries = top.sort_by_file_name().into_iter().flatten();
    entries
        .filter_map(|entry| entry.file_name().to_str().map(str::to_owned))
        .filter(|name| {
            let small = name.to_lowercase();
            small != *name && PARTS.contains(&small.as_str())
        })
        .collect()
}

impl Folder {
    /// Reads a whole case folder. One unreadable record is a fault of that file, not an error.
    pub(crate) fn load(root: &Path) -> Result<Self, FolderError> {
        Self::load_with(root, Keep::Text)
    }

    /// The same, but that the text of referrals is read again where it is asked for: for a look at
    /// all of them, of few of which anything is shown.
    pub(crate) fn load_without_text(root: &Path) -> Result<Self, FolderError> {
        Self::load_with(root, Keep::Nothing)
    }

    fn load_with(root: &Path, keep: Keep) -> Result<Self, FolderError> {
        let settings = load_settings(root)?;
        READING.begin();
        let place: Arc<Path> = root.into();
        let exclude = &settings.exclude;
        let left_out = Mutex::new(Vec::new());
        let Walked {
            read: mut referrals,
            missed: mut strays,
        } = of_each(root, "referrals", |paths| {
            let mut bytes = Vec::new();
            let paths = paths.iter().inspect(|_| READING.add());
            paths
                .filter_map(|path| {
                    if exclude.leaves_out(path).is_some() {
                        let mut left_out = left_out.lock().unwrap_or_else(PoisonError::into_inner);
                        left_out.push(path.clone());
                        return None;
                    }
                    Some(read_walked_referral(&place, path, &mut bytes, keep))
                })
                .collect()
        })?;
        let mut left_out = left_out
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        referrals.sort_by(|one, other| one.path.cmp(&other.path));
        left_out.sort();
        let Walked {
            read: mut meeting_paths,
            missed,
        } = walk(root, "meetings")?;
        strays.extend(missed);
        strays.extend(misnamed(root));
        let is_none = |path: &mut String| exclude.leaves_out(path).is_some();
        left_out.extend(meeting_paths.extract_if(.., is_none));
        strays.retain_mut(|path| !is_none(path));
        strays.sort();
        let mut folder = Self {
            root: root.to_owned(),
            settings,
            referrals,
            left_out,
            strays,
            ..Self::default()
        };
        folder.load_meetings(meeting_paths);
        if !root.is_dir() {
            // What was found of it is no answer.
            return Err(FolderError::Gone(root.to_owned()));
        }
        (folder.templates, folder.templates_closed) = load_templates(root);
        Ok(folder)
    }

    /// Whether a path named in a record leads to a file inside the folder.
    pub(crate) fn has_file(&self, path: &str) -> bool {
        let path = Path::new(path);
        let stays_inside = path.components().all(|part| {
            matches!(
                part,
                std::path::Component::Normal(_) | std::path::Component::CurDir
            )
        });
        stays_inside && self.root.join(path).is_file()
    }

    /// Paths of the decisions on a referral that is not in the folder: nothing that starts from the
    /// referrals can speak of them.
    pub(crate) fn decisions_on_nothing(&self) -> impl Iterator<Item = &str> {
        let referrals = self.referrals.iter();
        let known: HashSet<&str> = referrals.map(|file| &*file.record.reference).collect();
        let decisions = self.meetings.iter().flat_map(|own| &own.decisions);
        decisions
            .map(|decision| &decision.file)
            .filter(|file| !file.is_unreadable())
            .filter(move |file| !known.contains(&*file.record.referral))
            .map(|file| file.path.as_str())
    }

    /// Paths of the records that could not be read at all.
    pub(crate) fn unreadable(&self) -> Vec<&str> {
        let referrals = self
            .referrals
            .iter()
            .filter(|file| file.is_unreadable())
            .map(|file| &file.path);
        let meetings = self.meetings.iter().flat_map(|meeting| {
            let own = meeting
                .meeting
                .iter()
                .filter(|file| file.is_unreadable())
                .map(|file| &file.path);
            let decisions = meeting.decisions.iter().map(|decision| &decision.file);
            let decisions = decisions
                .filter(|file| file.is_unreadable())
                .map(|file| &file.path);
            let after = meeting
                .after
                .iter()
                .filter(|file| file.is_unreadable())
                .map(|file| &file.path);
            own.chain(decisions).chain(after)
        });
        referrals.chain(meetings).map(String::as_str).collect()
    }

    /// A template of the folder's own, where it has one of that name; one that cannot be read is
    /// told, and never passed over for the built-in one.
    pub(crate) fn template(&self, name: &str) -> Result<Option<&str>, &str> {
        match (self.templates.get(name), &self.templates_closed) {
            (Some(Ok(text)), _) => Ok(Some(text)),
            (Some(Err(why)), _) | (None, Some(why)) => Err(why),
            (None, None) => Ok(None),
        }
    }
}

/// What lies in the folder of templates, and why that cannot be looked into. What is no file there
/// keeps that for its reason: somebody meant it to be one.
fn load_templates(root: &Path) -> (BTreeMap<String, Result<String, String>>, Option<String>) {
    let mut closed = None;
    let mut templates = BTreeMap::new();
    let top = root.join("templates");
    if !top.is_dir() {
        return (templates, closed);
    }
    for entry in walkdir::WalkDir::new(&top).min_depth(1).max_depth(1) {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let why = error.into_io_error();
                let why = why.map_or_else(
                    || "the system does not say why".to_owned(),
                    |why| why.to_string(),
                );
                closed = Some(format!(
                    "the folder `templates` cannot be looked into: {why}"
                ));
                continue;
            }
        };
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') {
            continue;
        }
        let kind = entry.file_type();
        let text = if kind.is_file() {
            read_file(entry.path())
                .map_err(|error| error.to_string())
                .and_then(|bytes| {
                    String::from_utf8(bytes).map_err(|_| "it is not UTF-8 text".to_owned())
                })
        } else if kind.is_symlink() {
            Err("it is a link: put the file itself there".to_owned())
        } else {
            Err("it is no file".to_owned())
        };
        templates.insert(name, text);
    }
    (templates, closed)
}

/// Walks a case folder, reads and parses it, and does nothing else: how many records it has. What
/// `panel check` is measured against.
pub fn read_only(root: &Path) -> usize {
    Folder::load_without_text(root).map_or(0, |folder| {
        // As `check` does not give it back either.
        let folder = std::mem::ManuallyDrop::new(folder);
        let meetings = folder.meetings.iter();
        let others = meetings.map(|meeting| meeting.decisions.len() + meeting.after.len() + 1);
        folder.referrals.len() + others.sum::<usize>()
    })
}
