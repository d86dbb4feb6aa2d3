//! Of a folder, what bears on some of its referrals: so that each meeting can be judged by itself
//! without going through the whole folder for every one.

use crate::desk::{Case, Desk, PanelMeeting};
use crate::folder::{File, Folder, MeetingFolder};
use crate::records::{Meeting, Text};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

/// Referrals by the meeting that they first went to.
pub(crate) type ByMeeting<'d, 'a> = BTreeMap<usize, Vec<&'d Case<'a>>>;

impl<'a> Desk<'a> {
    /// Cases by the place of the meeting that they first went to, among the desk's meetings.
    pub(crate) fn by_first_meeting<'d>(
        &'d self,
        cases: impl Iterator<Item = &'d Case<'a>>,
    ) -> Vec<(&'d PanelMeeting<'a>, Vec<&'d Case<'a>>)> {
        let places: HashMap<&str, usize> = (0..)
            .zip(self.meetings())
            .map(|(place, meeting): (usize, _)| (meeting.id.as_str(), place))
            .collect();
        let mut found: ByMeeting<'d, 'a> = BTreeMap::new();
        for case in cases {
            let place = self
                .first_meeting(case)
                .and_then(|meeting| places.get(meeting.id.as_str()));
            if let Some(place) = place {
                found.entry(*place).or_default().push(case);
            }
        }
        let meeting = |place: usize| &self.meetings()[place];
        found
            .into_iter()
            .map(|(place, cases)| (meeting(place), cases))
            .collect()
    }

    /// What bears on each referral beside itself: what it names and what names it, and whatever
    /// else the folder has of the child.
    pub(crate) fn neighbours(&self) -> Neighbours<'a> {
        let mut found = Neighbours::default();
        for case in self.cases() {
            let own = case.reference();
            let referral = case.referral();
            let named = referral
                .with
                .iter()
                .chain(&referral.siblings)
                .chain(&referral.part_of)
                .chain(&referral.request.review_of);
            for other in named {
                found.beside.entry(own).or_default().push(other);
                found.beside.entry(other).or_default().push(own);
            }
            if let Some(child) = referral.child.number() {
                found.of_child.entry(child).or_default().push(own);
            }
            let meetings = case.decisions.iter().map(|made| made.meeting);
            found.decided_at.insert(own, meetings.collect());
        }
        let folders = self.folder.meetings.iter();
        found.folders = folders
            .map(|folder| (folder.id.as_str(), (folder, without_sitting(folder))))
            .collect();
        found
    }

    /// The folder with what bears on some referrals, and the record of one meeting.
    pub(crate) fn folder_of(
        &self,
        cases: &[&Case<'a>],
        meeting: &PanelMeeting<'a>,
        neighbours: &Neighbours<'a>,
    ) -> Folder {
        let mut wanted: HashSet<&str> = HashSet::new();
        for case in cases {
            wanted.insert(case.reference());
            let child = case.referral().child.number();
            let of_child = child.and_then(|child| neighbours.of_child.get(child));
            let beside = neighbours.beside.get(case.reference());
            wanted.extend(of_child.into_iter().chain(beside).flatten());
        }
        let mut folders: BTreeMap<&str, &(&MeetingFolder, Option<File<Meeting>>)> = BTreeMap::new();
        let decided_at = wanted
            .iter()
            .filter_map(|reference| neighbours.decided_at.get(reference))
            .flatten();
        for id in decided_at.copied().chain([meeting.id.as_str()]) {
            if let Some((id, folder)) = neighbours.folders.get_key_value(id) {
                folders.insert(id, folder);
            }
        }
        let referrals = wanted.iter().filter_map(|reference| self.case(reference));
        let mut referrals: Vec<_> = referrals.map(|case| case.file.clone()).collect();
        referrals.sort_by(|one, other| one.path.cmp(&other.path));
        Folder {
            referrals,
            meetings: folders
                .into_values()
                .map(|(folder, without_sitting)| {
                    let says = |file: &File<Meeting>| {
                        let mut rows = file.record.accepted.iter();
                        rows.any(|row| {
                            row.referral
                                .as_deref()
                                .is_some_and(|of| wanted.contains(of))
                        })
                    };
                    let record =
                        if folder.id == meeting.id || folder.meeting.as_ref().is_some_and(says) {
                            folder.meeting.as_ref().map(|file| about(file, &wanted))
                        } else {
                            without_sitting.clone()
                        };
                    only(folder, record, &wanted)
                })
                .collect(),
            settings: self.folder.settings.clone(),
            ..Folder::default()
        }
    }
}

/// What bears on each referral.
#[derive(Debug, Default)]
pub(crate) struct Neighbours<'a> {
    beside: HashMap<&'a str, Vec<&'a str>>,
    of_child: HashMap<&'a str, Vec<&'a str>>,
    decided_at: HashMap<&'a str, Vec<&'a str>>,
    /// Each meeting, with its record as another meeting needs it.
    folders: HashMap<&'a str, (&'a MeetingFolder, Option<File<Meeting>>)>,
}

/// The record of a meeting without what only its own sitting is judged by.
fn without_sitting(folder: &MeetingFolder) -> Option<File<Meeting>> {
    let mut file = folder.meeting.clone()?;
    let record = Arc::make_mut(&mut file.record);
    record.accepted.clear();
    record.presented = None;
    record.order.clear();
    record.declarations = None;
    Some(file)
}

/// The record of a meeting with what it says of some referrals alone: each of the others would be
/// told as unknown where it is not there.
fn about(file: &File<Meeting>, wanted: &HashSet<&str>) -> File<Meeting> {
    let is_wanted = |reference: &str| wanted.contains(reference);
    let says = |reference: Option<&Text>| reference.is_none_or(|reference| is_wanted(reference));
    let mut file = file.clone();
    let record = Arc::make_mut(&mut file.record);
    record.accepted.retain(|row| says(row.referral.as_ref()));
    if let Some(presented) = &mut record.presented {
        presented.retain(|row| says(row.referral.as_ref()));
    }
    record.order.retain(|reference| is_wanted(reference));
    if let Some(declarations) = &mut record.declarations {
        declarations.retain(|row| says(row.referral.as_ref()));
    }
    file
}

/// A meeting with its decisions on some referrals alone.
fn only(
    folder: &MeetingFolder,
    meeting: Option<File<Meeting>>,
    wanted: &HashSet<&str>,
) -> MeetingFolder {
    let is_wanted = |reference: &str| wanted.contains(reference);
    MeetingFolder {
        id: folder.id.clone(),
        day: folder.day,
        meeting,
        decisions: folder
            .decisions
            .iter()
            .filter(|decision| is_wanted(&decision.file.record.referral))
            .cloned()
            .collect(),
        after: folder
            .after
            .iter()
            .filter(|after| is_wanted(after.stem()))
            .cloned()
            .collect(),
        ..MeetingFolder::default()
    }
}
