//! Some referrals of a case folder with what they stand on, and nothing else read: the referrals
//! that they name, every meeting, and their own decisions.

use super::disk::read_file;
use super::file::{read_referral, told};
use super::load::{Folder, FolderError};
use super::meetings::{MeetingFolder, seal_named};
use super::settings::load_settings;
use super::walk::{is_record, steps_of};
use crate::records::{Referral, Text};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::path::Path;

impl Folder {
    /// Reads these referrals, by their paths from the case folder, with the referrals that they
    /// are heard with, are part of or bring back, all meetings, and the decisions on any of them.
    ///
    /// A referral is looked for in the folder of the one that names it, and under its own
    /// reference: as the file's name is the reference, nothing else has to be opened. What is
    /// named and not found is left out; a check of the whole folder tells it. Once a referral has
    /// been decided, those that bring it back are looked for too, by its reference in their text.
    pub(crate) fn around(root: &Path, named: &[String]) -> Result<Self, FolderError> {
        let mut folder = Self {
            root: root.to_owned(),
            settings: load_settings(root)?,
            ..Self::default()
        };
        let mut around = Around::default();
        around.read(&mut folder, named.to_vec());
        let exclude = folder.settings.exclude.clone();
        let is_in = |path: &str| exclude.leaves_out(path).is_none();
        let mut about = records_of_meetings(root, &around.references, &is_in)?;
        if about.paths.iter().any(|path| path.contains("/decisions/")) {
            let back = around.that_name_them(root);
            around.read(&mut folder, back);
            about = records_of_meetings(root, &around.references, &is_in)?;
        }
        folder
            .referrals
            .sort_by(|one, other| one.path.cmp(&other.path));
        folder.load_meetings(about.paths);
        let known: BTreeSet<String> = folder
            .meetings
            .iter()
            .map(|meeting| meeting.id.clone())
            .collect();
        let others = about.held.into_iter().filter(|id| !known.contains(id));
        folder.meetings.extend(others.map(MeetingFolder::named));
        folder.meetings.sort_by(|one, other| one.id.cmp(&other.id));
        Ok(folder)
    }
}

/// What has been read so far.
#[derive(Default)]
struct Around {
    /// Paths that were looked at.
    seen: BTreeSet<String>,
    /// References of the referrals read.
    references: BTreeSet<String>,
    /// Paths of all referrals, once they had to be gone through.
    places: Option<Vec<String>>,
}

impl Around {
    /// Reads referrals, and those that they are judged together with.
    fn read(&mut self, folder: &mut Folder, mut wanted: Vec<String>) {
        while let Some(path) = wanted.pop() {
            let is_out = folder.settings.exclude.leaves_out(&path).is_some();
            if is_out || !self.seen.insert(path.clone()) {
                continue;
            }
            let file = match read_file(&folder.root.join(&path)) {
                Ok(bytes) => read_referral(path.clone(), bytes),
                Err(error) => told(read_referral(path.clone(), Vec::new()), &error),
            };
            for reference in others(&file.record) {
                if !self.references.contains(reference) {
                    wanted.extend(self.find(&folder.root, &path, reference));
                }
            }
            self.references.insert(file.record.reference.to_string());
            folder.referrals.push(file);
        }
    }

    /// Where the referral of that reference lies: beside the one that names it, else anywhere
    /// below `referrals/`, whose names are then gone through once.
    fn find(&mut self, root: &Path, beside: &str, reference: &str) -> Option<String> {
        if !is_name(reference) {
            return None;
        }
        let (place, _) = beside.rsplit_once('/').unwrap_or(("", beside));
        let names = [format!("{reference}.yaml"), format!("{reference}.yml")];
        let near = names.iter().map(|name| format!("{place}/{name}"));
        let beside = near.into_iter().find(|path| is_file(&root.join(path)));
        beside.or_else(|| {
            let is_it = |path: &&String| names.iter().any(|name| ends_with(path, name));
            self.all(root).iter().find(is_it).cloned()
        })
    }

    fn all(&mut self, root: &Path) -> &[String] {
        self.places
            .get_or_insert_with(|| names_below(root, "referrals"))
    }

    /// Referrals in whose text one of the references stands.
    fn that_name_them(&mut self, root: &Path) -> Vec<String> {
        let references: Vec<String> = self.references.iter().cloned().collect();
        let all = self.all(root).par_iter();
        all.filter(|path| {
            let text = read_file(&root.join(path)).unwrap_or_default();
            let text = String::from_utf8_lossy(&text);
            references
                .iter()
                .any(|reference| !reference.is_empty() && text.contains(reference.as_str()))
        })
        .cloned()
        .collect()
    }
}

/// The referrals that one is judged together with.
fn others(referral: &Referral) -> impl Iterator<Item = &str> {
    let single = [&referral.part_of, &referral.request.review_of];
    let single = single.into_iter().flatten();
    referral.with.iter().chain(single).map(Text::as_str)
}

fn ends_with(path: &str, name: &str) -> bool {
    path.rsplit('/').next() == Some(name)
}

/// A reference is looked for under its name only where it cannot lead to another folder.
fn is_name(reference: &str) -> bool {
    !reference.is_empty() && !reference.starts_with('.') && !reference.contains(['/', '\\', ':'])
}

fn names_below(root: &Path, area: &str) -> Vec<String> {
    let mut paths: Vec<String> = walkdir::WalkDir::new(root.join(area))
        .into_iter()
        .filter_map(Result::ok)
        .filter(is_record)
        .map(|entry| steps_of(root, entry.path()))
        .collect();
    paths.sort();
    paths
}

/// What lies below `meetings/` for some referrals.
#[derive(Default)]
struct OfMeetings {
    /// Records of meetings as such, and those about the referrals.
    paths: Vec<String>,
    /// Folders of meetings that have any record at all.
    held: Vec<String>,
}

fn records_of_meetings(
    root: &Path,
    references: &BTreeSet<String>,
    is_in: &impl Fn(&str) -> bool,
) -> Result<OfMeetings, FolderError> {
    let top = root.join("meetings");
    let mut about = OfMeetings::default();
    if !top.is_dir() {
        return Ok(about);
    }
    let entries = walkdir::WalkDir::new(&top).min_depth(1).max_depth(1);
    for entry in entries.sort_by_file_name() {
        let entry = entry.map_err(|error| FolderError::walking(&top, error))?;
        if !entry.file_type().is_dir() {
            continue;
        }
        let meeting = steps_of(root, entry.path());
        let before = about.paths.len();
        let mut add = |path: String| {
            let is_there = is_file(&root.join(&path)) && is_in(&path);
            if is_there {
                about.paths.push(path);
            }
            is_there
        };
        add(format!("{meeting}/meeting.yaml"));
        let mut number = 1;
        while add(format!("{meeting}/{}", seal_named(number))) {
            number += 1;
        }
        for reference in references.iter().filter(|reference| is_name(reference)) {
            for ending in ["yaml", "yml"] {
                let decision = format!("{meeting}/decisions/{reference}");
                add(format!("{decision}.{ending}"));
                let mut number = 2;
                while add(format!("{decision}.{number}.{ending}")) {
                    number += 1;
                }
                add(format!("{meeting}/after/{reference}.{ending}"));
            }
        }
        let is_known = about.paths.len() > before;
        let has_any = |area: &str| {
            let below = names_below(root, &format!("{meeting}/{area}"));
            below.iter().any(|path| is_in(path))
        };
        if !is_known && (has_any("decisions") || has_any("after")) {
            about
                .held
                .push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    about.paths.sort();
    Ok(about)
}

/// A link leads elsewhere, and the whole check does not follow it either.
fn is_file(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|about| about.is_file())
}
