//! Walking a case folder and reading what is in it, on all cores.

use super::decode::decode;
use super::exclude::Exclude;
use super::fault::{Fault, FaultKind};
use super::file::{File, read_file, read_record, read_referral, stem};
use super::limits::{Limits, keep_first};
use crate::findings::Span;
use crate::records::{After, Day, Decision, Meeting, Referral};
use rayon::prelude::*;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

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
    /// Records read, and records found.
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

/// What panel.toml says.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Settings {
    /// A built-in council's id, or a path to a rule file that begins with `./`.
    pub(crate) council: Option<String>,
    /// Entries turned on by their ids that the council's file, or one that it builds on, leaves
    /// off: the law's timers among them.
    pub(crate) turn_on: Vec<String>,
    /// Where each of them stands in panel.toml.
    #[serde(skip)]
    pub(crate) turn_on_at: Vec<Span>,
    /// Bank holidays proclaimed since the built-in list was verified: day and name.
    pub(crate) bank_holidays: BTreeMap<Day, String>,
    /// The most that a record may hold.
    pub(crate) limits: Limits,
    /// Patterns of files below `referrals/` and `meetings/` that are no records.
    #[serde(rename = "exclude")]
    exclude_written: Vec<String>,
    /// The same, made ready.
    #[serde(skip)]
    pub(crate) exclude: Exclude,
}

/// A decision's file, and which in the row of amendments it is.
#[derive(Debug, Clone)]
pub(crate) struct DecisionFile {
    /// The file.
    pub(crate) file: File<Decision>,
    /// 1 for the first, then the number in its name.
    pub(crate) number: u32,
}

/// Everything under one meeting's folder.
#[derive(Debug, Clone, Default)]
pub(crate) struct MeetingFolder {
    /// Its folder's name: the date, or date-ID.
    pub(crate) id: String,
    /// The day in its name.
    pub(crate) day: Option<Day>,
    /// meeting.yaml, where there is one.
    pub(crate) meeting: Option<File<Meeting>>,
    /// Decisions, by reference and number.
    pub(crate) decisions: Vec<DecisionFile>,
    /// What became true afterwards.
    pub(crate) after: Vec<File<After>>,
    /// final.yaml's bytes, where the minutes have been sealed.
    pub(crate) is_final: bool,
}

impl MeetingFolder {
    /// The folder of that name, with nothing read of it.
    pub(super) fn named(id: String) -> Self {
        Self {
            day: id.get(..10).and_then(|day| day.parse().ok()),
            id,
            ..Self::default()
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
    /// The folder's own templates by name; one that cannot be read keeps the reason.
    pub(crate) templates: BTreeMap<String, Result<String, String>>,
    /// Paths under `meetings/` that hold no record of a known kind.
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

impl Folder {
    /// Reads a whole case folder. One unreadable record is a fault of that file, not an error.
    pub(crate) fn load(root: &Path) -> Result<Self, FolderError> {
        Self::load_with(root, |file| file)
    }

    /// The same, but that the text of referrals is read again where it is asked for: for a look at
    /// all of them, of few of which anything is shown.
    pub(crate) fn load_without_text(root: &Path) -> Result<Self, FolderError> {
        let place: Arc<Path> = root.into();
        Self::load_with(root, |file| file.without_bytes(&place))
    }

    fn load_with(
        root: &Path,
        keep: impl Fn(File<Referral>) -> File<Referral> + Sync + Send,
    ) -> Result<Self, FolderError> {
        let settings = load_settings(root)?;
        let mut referral_paths = Vec::new();
        let mut meeting_paths = Vec::new();
        for (area, paths) in [
            ("referrals", &mut referral_paths),
            ("meetings", &mut meeting_paths),
        ] {
            walk(root, area, paths)?;
        }
        let mut left_out = Vec::new();
        for paths in [&mut referral_paths, &mut meeting_paths] {
            let is_none = |path: &mut String| settings.exclude.leaves_out(path).is_some();
            left_out.extend(paths.extract_if(.., is_none));
        }
        let found = referral_paths.len() + meeting_paths.len();
        READING.read.store(0, Ordering::Relaxed);
        READING.found.store(found, Ordering::Relaxed);
        let referrals = referral_paths
            .into_par_iter()
            .inspect(|_| {
                READING.read.fetch_add(1, Ordering::Relaxed);
            })
            .map(|path| match read_file(&root.join(&path)) {
                Ok(bytes) => read_referral(path, bytes),
                Err(error) => told(read_referral(path, Vec::new()), &error),
            })
            .map(keep)
            .collect();
        let mut folder = Self {
            root: root.to_owned(),
            settings,
            referrals,
            left_out,
            ..Self::default()
        };
        folder.load_meetings(meeting_paths);
        if !root.is_dir() {
            // What was found of it is no answer.
            return Err(FolderError::Gone(root.to_owned()));
        }
        folder.templates = load_templates(root);
        Ok(folder)
    }

    pub(super) fn load_meetings(&mut self, paths: Vec<String>) {
        let root = &self.root;
        let read: Vec<Part> = paths
            .into_par_iter()
            .inspect(|_| {
                READING.read.fetch_add(1, Ordering::Relaxed);
            })
            .map(|path| read_part(root, path))
            .collect();
        let mut meetings: BTreeMap<String, MeetingFolder> = BTreeMap::new();
        for part in read {
            let (id, part) = match part {
                Part::Stray(path) => {
                    self.strays.push(path);
                    continue;
                }
                Part::Sealed(id) => {
                    meetings.entry(id).or_default().is_final = true;
                    continue;
                }
                Part::Meeting(id, file) => {
                    meetings.entry(id).or_default().meeting = Some(file);
                    continue;
                }
                Part::Decision(id, file) => {
                    meetings.entry(id).or_default().decisions.push(file);
                    continue;
                }
                Part::After(id, file) => (id, file),
            };
            meetings.entry(id).or_default().after.push(part);
        }
        self.meetings = meetings
            .into_iter()
            .map(|(id, read)| {
                let MeetingFolder { id, day, .. } = MeetingFolder::named(id);
                let mut meeting = MeetingFolder { id, day, ..read };
                meeting.decisions.sort_by(|one, other| {
                    (&one.file.record.referral, one.number)
                        .cmp(&(&other.file.record.referral, other.number))
                });
                meeting
                    .after
                    .sort_by(|one, other| one.path.cmp(&other.path));
                meeting
            })
            .collect();
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
        match self.templates.get(name) {
            Some(Ok(text)) => Ok(Some(text)),
            Some(Err(why)) => Err(why),
            None => Ok(None),
        }
    }
}

/// A file under `meetings/`, with the folder that it lies in.
pub(super) enum Part {
    Meeting(String, File<Meeting>),
    Decision(String, DecisionFile),
    After(String, File<After>),
    Sealed(String),
    Stray(String),
}

/// One file that the system would not give is a fault of that file; the others are still read.
pub(super) fn told<T>(mut file: File<T>, error: &FolderError) -> File<T> {
    let why = match error {
        FolderError::Disk { source, .. } => source.to_string(),
        other => other.to_string(),
    };
    let fault = Fault::at(
        FaultKind::Syntax,
        Span::START,
        format!("this file could not be read: {why}"),
    );
    file.faults =
        vec![fault.help("ask whoever keeps the folder to put the file right, or remove it")];
    file
}

fn read_part(root: &Path, path: String) -> Part {
    let bytes = read_file(&root.join(&path));
    part_of(path, bytes)
}

/// The part of a meeting's folder that a file is, by its path.
pub(super) fn part_of(path: String, bytes: Result<Vec<u8>, FolderError>) -> Part {
    fn record<T>(bytes: Result<Vec<u8>, FolderError>, path: &str, required: &[&str]) -> File<T>
    where
        T: serde::de::DeserializeOwned + Default,
    {
        match bytes {
            Ok(bytes) => read_record(path.to_owned(), bytes, required),
            Err(error) => told(read_record(path.to_owned(), Vec::new(), &[]), &error),
        }
    }
    let steps: Vec<&str> = path.split('/').collect();
    match steps[..] {
        [_, id, "meeting.yaml"] => Part::Meeting(id.to_owned(), record(bytes, &path, &["date"])),
        [_, id, "final.yaml"] => Part::Sealed(id.to_owned()),
        [_, id, "decisions", name] => {
            let mut file: File<Decision> = record(
                bytes,
                &path,
                &["referral", "meeting", "outcome", "decided_by"],
            );
            let (reference, number) = numbered(stem(name));
            if file.record.referral.is_empty() {
                Arc::make_mut(&mut file.record).referral = reference.to_owned();
            }
            Part::Decision(id.to_owned(), DecisionFile { file, number })
        }
        [_, id, "after", _] => Part::After(id.to_owned(), record(bytes, &path, &[])),
        _ => Part::Stray(path),
    }
}

/// `R-2026-0142.2` as its reference and number.
fn numbered(stem: &str) -> (&str, u32) {
    match stem.rsplit_once('.') {
        Some((reference, number)) => match number.parse() {
            Ok(number) if number > 1 => (reference, number),
            _ => (stem, 1),
        },
        None => (stem, 1),
    }
}

fn walk(root: &Path, area: &str, paths: &mut Vec<String>) -> Result<(), FolderError> {
    let top = root.join(area);
    if !top.is_dir() {
        return Ok(());
    }
    for entry in walkdir::WalkDir::new(&top).sort_by_file_name() {
        let entry = match entry {
            Ok(entry) => entry,
            // It was there a moment ago; somebody works in the folder.
            Err(error) if error.depth() > 0 && has_gone(&error) => continue,
            Err(error) => return Err(FolderError::walking(&top, error)),
        };
        if is_record(&entry) {
            paths.push(steps_of(root, entry.path()));
        }
    }
    paths.sort();
    Ok(())
}

fn has_gone(error: &walkdir::Error) -> bool {
    let error = error.io_error();
    error.is_some_and(|error| error.kind() == std::io::ErrorKind::NotFound)
}

/// Whether an entry is a file that can hold a record.
pub(super) fn is_record(entry: &walkdir::DirEntry) -> bool {
    let is_hidden = entry.file_name().to_string_lossy().starts_with('.');
    let ending = entry.path().extension().and_then(|ending| ending.to_str());
    entry.file_type().is_file() && !is_hidden && matches!(ending, Some("yaml" | "yml"))
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

fn load_templates(root: &Path) -> BTreeMap<String, Result<String, String>> {
    walkdir::WalkDir::new(root.join("templates"))
        .max_depth(1)
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .filter_map(|entry| Some((entry.file_name().to_str()?.to_owned(), entry.into_path())))
        .filter(|(name, _)| name.ends_with(".md.j2"))
        .map(|(name, path)| {
            let text = read_file(&path)
                .map_err(|error| error.to_string())
                .and_then(|bytes| {
                    String::from_utf8(bytes).map_err(|_| "it is not UTF-8 text".to_owned())
                });
            (name, text)
        })
        .collect()
}

pub(super) fn load_settings(root: &Path) -> Result<Settings, FolderError> {
    let bytes = read_file(&root.join("panel.toml"))?;
    let text = String::from_utf8_lossy(&bytes);
    let (tree, mut faults) = super::toml::parse(&text);
    let (mut settings, more): (Settings, _) = decode(&tree, &["council"]);
    faults.extend(more);
    settings.turn_on_at = (0..settings.turn_on.len())
        .map(|index| tree.locate(&format!("turn_on[{index}]")))
        .collect();
    match settings.limits.fault() {
        None => settings.limits.hold(),
        Some((key, why)) => {
            let span = tree.locate(&format!("limits.{key}"));
            faults.push(Fault::at(FaultKind::BadValue, span, why));
        }
    }
    match Exclude::of(&settings.exclude_written) {
        Ok(exclude) => settings.exclude = exclude,
        Err((index, why)) => {
            let span = tree.locate(&format!("exclude[{index}]"));
            faults.push(Fault::at(FaultKind::BadValue, span, why));
        }
    }
    if faults.is_empty() {
        return Ok(settings);
    }
    keep_first(&mut faults);
    let told: Vec<String> = faults
        .iter()
        .map(|fault| {
            let help = fault
                .help
                .as_deref()
                .map(|help| format!("; {help}"))
                .unwrap_or_default();
            format!(
                "panel.toml:{}:{}: {}{help}",
                fault.span.line, fault.span.column, fault.message
            )
        })
        .collect();
    Err(FolderError::Settings(told))
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
