//! A folder as it would be with records changed: to say what a change does before it is made.

use super::file::read_referral;
use super::load::{Folder, MeetingFolder, Part, part_of};
use super::write::Planned;

impl Folder {
    /// The folder as it would be with these records in it.
    pub(crate) fn with(&self, planned: &[Planned]) -> Self {
        let mut folder = self.clone();
        for record in planned {
            folder.lay(record);
        }
        folder.meetings.sort_by(|one, other| one.id.cmp(&other.id));
        folder
    }

    fn lay(&mut self, record: &Planned) {
        let (place, bytes) = (record.place.clone(), record.bytes.clone());
        if place.starts_with("referrals/") {
            let file = read_referral(place, bytes);
            match self.referrals.iter_mut().find(|own| own.path == file.path) {
                Some(own) => *own = file,
                None => self.referrals.push(file),
            }
            return;
        }
        match part_of(place, Ok(bytes)) {
            Part::Meeting(id, file) => self.meeting(id).meeting = Some(file),
            Part::After(id, file) => {
                let after = &mut self.meeting(id).after;
                after.retain(|own| own.path != file.path);
                after.push(file);
                after.sort_by(|one, other| one.path.cmp(&other.path));
            }
            // Decisions are written by another way, and the rest is no record.
            Part::Decision(..) | Part::Sealed(_) | Part::Stray(_) => {}
        }
    }

    fn meeting(&mut self, id: String) -> &mut MeetingFolder {
        let row = match self.meetings.iter().position(|own| own.id == id) {
            Some(row) => row,
            None => {
                self.meetings.push(MeetingFolder {
                    day: id.get(..10).and_then(|day| day.parse().ok()),
                    id,
                    ..MeetingFolder::default()
                });
                self.meetings.len() - 1
            }
        };
        &mut self.meetings[row]
    }
}
