//! A folder as it would be with records changed: to say what a change does before it is made.

use super::file::read_referral;
use super::load::Folder;
use super::meetings::{MeetingFolder, Part, part_of};
use super::write::Planned;
use std::borrow::Cow;

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
            Part::Sealed(id, file) => {
                let seals = &mut self.meeting(id).seals;
                seals.retain(|own| own.number != file.number);
                seals.push(file);
                seals.sort_by_key(|own| own.number);
            }
            // Decisions are written by another way, and the rest is no record.
            Part::Decision(..) | Part::Stray(_) => {}
        }
    }

    /// Lays what an editor holds over the record at a place, decisions too. A text that says what
    /// the file says leaves the file's own bytes, which may begin with a byte order mark.
    pub(crate) fn lay_text(&mut self, place: &str, text: &str) {
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        if self.text_at(place).is_some_and(|known| known == text) {
            return;
        }
        let bytes = text.as_bytes().to_vec();
        if !place.starts_with("meetings/") {
            let file = read_referral(place.to_owned(), bytes);
            match self
                .referrals
                .binary_search_by(|own| own.path.as_str().cmp(place))
            {
                Ok(row) => self.referrals[row] = file,
                Err(row) => self.referrals.insert(row, file),
            }
            return;
        }
        let Part::Decision(id, decision) = part_of(place.to_owned(), Ok(bytes.clone())) else {
            self.lay(&Planned::new(place, bytes));
            self.meetings.sort_by(|one, other| one.id.cmp(&other.id));
            return;
        };
        let decisions = &mut self.meeting(id).decisions;
        decisions.retain(|own| own.file.path != place);
        decisions.push(decision);
        decisions.sort_by(|one, other| {
            (&one.file.record.referral, one.number)
                .cmp(&(&other.file.record.referral, other.number))
        });
        self.meetings.sort_by(|one, other| one.id.cmp(&other.id));
    }

    /// The text of the record at a place.
    fn text_at(&self, place: &str) -> Option<Cow<'_, str>> {
        let referral = self.referrals.iter().find(|file| file.path == place);
        if let Some(file) = referral {
            return Some(file.text());
        }
        self.meetings.iter().find_map(|meeting| {
            let own = meeting.meeting.iter().filter(|file| file.path == place);
            let decisions = meeting.decisions.iter().map(|decision| &decision.file);
            let decisions = decisions.filter(|file| file.path == place);
            let after = meeting.after.iter().filter(|file| file.path == place);
            own.map(|file| file.text())
                .chain(decisions.map(|file| file.text()))
                .chain(after.map(|file| file.text()))
                .next()
        })
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
