//! The files below `meetings/`: each put with the meeting whose folder it lies in.

use super::disk::read_file;
use super::file::{File, read_record, read_seal, stem, told};
use super::load::{Folder, FolderError, READING};
use crate::records::{After, Day, Decision, Meeting, Seal};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// A decision's file, and which in the row of amendments it is.
#[derive(Debug, Clone)]
pub(crate) struct DecisionFile {
    /// The file.
    pub(crate) file: File<Decision>,
    /// 1 for the first, then the number in its name.
    pub(crate) number: u32,
}

/// What vouches for a meeting's final record, and which in the row of corrections it is.
#[derive(Debug, Clone)]
pub(crate) struct SealFile {
    /// The file.
    pub(crate) file: File<Seal>,
    /// 1 for the first, then the number in its name.
    pub(crate) number: u32,
}

/// The name of the final record of that number.
pub(crate) fn seal_named(number: u32) -> String {
    match number {
        ..=1 => "final.yaml".to_owned(),
        number => format!("final.{number}.yaml"),
    }
}

/// The name of the minutes that go with the final record of that number.
pub(crate) fn minutes_named(number: u32) -> String {
    match number {
        ..=1 => "minutes.md".to_owned(),
        number => format!("minutes.{number}.md"),
    }
}

/// Which final record of a meeting a name of a file is that of; none where it is no final record.
pub(crate) fn seal_number(name: &str) -> Option<u32> {
    number_in(name, "final", ".yaml")
}

/// Which minutes of a meeting a name of a file is that of; none where it is that of no minutes.
pub(crate) fn minutes_number(name: &str) -> Option<u32> {
    number_in(name, "minutes", ".md")
}

fn number_in(name: &str, what: &str, ending: &str) -> Option<u32> {
    let (own, number) = numbered(name.strip_suffix(ending)?);
    (own == what).then_some(number)
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
    /// What vouches for the minutes, where they have been sealed: final.yaml, then final.2.yaml for
    /// the first correction of the meeting's own record, and so on.
    pub(crate) seals: Vec<SealFile>,
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

    /// Whether the minutes have been sealed.
    pub(crate) fn is_final(&self) -> bool {
        !self.seals.is_empty()
    }

    /// Whether a final record names a file, by its path from the case folder.
    pub(crate) fn vouches_for(&self, path: &str) -> bool {
        let files = self.seals.iter().flat_map(|seal| &seal.file.record.files);
        files.into_iter().any(|sealed| sealed.file == path)
    }

    /// The name of the minutes that are in force: those of the last final record, where there is one.
    pub(crate) fn minutes(&self) -> String {
        minutes_named(self.seals.last().map_or(1, |seal| seal.number))
    }
}

impl Folder {
    pub(super) fn load_meetings(&mut self, paths: Vec<String>) {
        let root = &self.root;
        let read: Vec<Part> = paths
            .into_par_iter()
            .inspect(|_| READING.add())
            .map(|path| read_part(root, path))
            .collect();
        let mut meetings: BTreeMap<String, MeetingFolder> = BTreeMap::new();
        for part in read {
            let (id, part) = match part {
                Part::Stray(path) => {
                    self.strays.push(path);
                    continue;
                }
                Part::Sealed(id, file) => {
                    meetings.entry(id).or_default().seals.push(file);
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
                meeting.seals.sort_by_key(|seal| seal.number);
                meeting
                    .after
                    .sort_by(|one, other| one.path.cmp(&other.path));
                meeting
            })
            .collect();
    }
}

/// A file under `meetings/`, with the folder that it lies in.
pub(super) enum Part {
    Meeting(String, File<Meeting>),
    Decision(String, DecisionFile),
    After(String, File<After>),
    Sealed(String, SealFile),
    Stray(String),
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
        [_, id, name] if seal_number(name).is_some() => {
            let number = seal_number(name).unwrap_or(1);
            let file = match bytes {
                Ok(bytes) => read_seal(path.clone(), bytes),
                Err(error) => told(read_seal(path.clone(), Vec::new()), &error),
            };
            Part::Sealed(id.to_owned(), SealFile { file, number })
        }
        [_, id, "decisions", name] => {
            let mut file: File<Decision> = record(
                bytes,
                &path,
                &["referral", "meeting", "outcome", "decided_by"],
            );
            let (reference, number) = numbered(stem(name));
            if file.record.referral.is_empty() {
                Arc::make_mut(&mut file.record).referral = reference.into();
            }
            Part::Decision(id.to_owned(), DecisionFile { file, number })
        }
        // A folder that cannot be looked into stands for what may lie in it.
        [_, id] if bytes.is_err() => Part::Meeting(id.to_owned(), record(bytes, &path, &[])),
        [_, id, "decisions"] if bytes.is_err() => {
            let file = record(bytes, &path, &[]);
            Part::Decision(id.to_owned(), DecisionFile { file, number: 1 })
        }
        [_, id, "after"] if bytes.is_err() => Part::After(id.to_owned(), record(bytes, &path, &[])),
        [_, id, "after", _] => Part::After(id.to_owned(), record(bytes, &path, &[])),
        _ => Part::Stray(path),
    }
}

/// The highest number of an amendment: nobody writes as many, and the next one is a number too.
const MOST: u32 = 9_999;

/// `R-2026-0142.2` as its reference and number.
fn numbered(stem: &str) -> (&str, u32) {
    match stem.rsplit_once('.') {
        Some((reference, number)) => match number.parse() {
            Ok(number) if (2..=MOST).contains(&number) => (reference, number),
            _ => (stem, 1),
        },
        None => (stem, 1),
    }
}
