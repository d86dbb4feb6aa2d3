//! The files below `meetings/`: each put with the meeting whose folder it lies in.

use super::disk::read_file;
use super::file::{File, read_record, stem, told};
use super::load::{Folder, FolderError, READING};
use crate::records::{After, Day, Decision, Meeting};
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
}

/// A file under `meetings/`, with the folder that it lies in.
pub(super) enum Part {
    Meeting(String, File<Meeting>),
    Decision(String, DecisionFile),
    After(String, File<After>),
    Sealed(String),
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
        [_, id, "final.yaml"] => Part::Sealed(id.to_owned()),
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
