//! Whose names are no secret of a child's.

use super::Desk;
use crate::records::{Attendance, Person, Text};

impl<'a> Desk<'a> {
    /// The names of those who work with the children and sit on the panel, and the council's own.
    pub(crate) fn names_that_stay<'d>(&'d self) -> Vec<&'d str> {
        let person = |person: &'d Person| person.name.as_deref();
        let mut staying: Vec<&str> = Vec::new();
        for case in self.cases() {
            let referral = case.referral();
            let managers = [
                &referral.team_manager,
                &referral.service_manager,
                &referral.iro,
            ];
            let managers = managers.into_iter().flatten();
            staying.extend(person(&referral.worker));
            staying.extend(managers.filter_map(|named| named.name.as_deref()));
            staying.extend(
                referral
                    .sign_offs
                    .iter()
                    .filter_map(|own| own.name.as_deref()),
            );
            staying.extend(referral.involved_members.iter().map(Text::as_str));
            let made = case.decisions.iter().map(|made| made.decision());
            staying.extend(made.filter_map(|own| own.decided_by.as_ref().and_then(person)));
        }
        for meeting in self
            .folder
            .meetings
            .iter()
            .filter_map(|own| own.meeting.as_ref())
        {
            staying.extend(meeting.record.chair.as_ref().and_then(person));
            let members = meeting.record.attendance.iter().flatten();
            let both = |member: &'d Attendance| [&member.name, &member.cover_by];
            staying.extend(members.flat_map(both).filter_map(|name| name.as_deref()));
        }
        let about = &self.book.about;
        staying.extend([about.name.as_str(), about.panel.as_str()]);
        staying.extend(self.book.panels.iter().map(|panel| panel.label.as_str()));
        staying
    }
}
