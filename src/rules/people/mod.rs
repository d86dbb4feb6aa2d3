//! Who comes to present.

mod attendee_not_allowed;
mod duty_cover;
mod missing_attendee;

use super::Rule;
use crate::desk::{Case, Desk, Made, PanelMeeting};
use crate::folder::File;
use crate::records::{Meeting, Presented};

/// The rules of this family.
pub(super) const RULES: &[Rule] = &[
    missing_attendee::RULE,
    duty_cover::RULE,
    attendee_not_allowed::RULE,
];

/// The record of a meeting, where it has one.
fn record<'a>(meeting: &PanelMeeting<'a>) -> Option<&'a File<Meeting>> {
    meeting.folder.and_then(|folder| folder.meeting.as_ref())
}

/// Who is recorded as having presented a case, each with their row; none where the meeting does
/// not record it.
fn presented<'f>(
    file: &'f File<Meeting>,
    reference: &'f str,
) -> Option<impl Iterator<Item = (usize, &'f Presented)>> {
    let all = file.record.presented.as_ref()?;
    Some(all.iter().enumerate().filter(move |(_, person)| {
        person.referral.as_deref() == Some(reference) && person.status.as_deref() != Some("absent")
    }))
}

/// Every decision in force, with the record of the meeting that made it.
fn heard<'d, 'a>(
    desk: &'d Desk<'a>,
) -> impl Iterator<Item = (&'d Case<'a>, &'d Made<'a>, &'a File<Meeting>)> {
    desk.cases().iter().flat_map(move |case| {
        case.decisions.iter().filter_map(move |made| {
            let file = desk.meeting_in(made.meeting).and_then(record)?;
            Some((case, made, file))
        })
    })
}
