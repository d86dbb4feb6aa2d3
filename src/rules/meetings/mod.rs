//! Meetings: who chairs, what is declared, accepted, called off.

mod acceptance_not_authorised;
mod attendance_low;
mod cancelled_without_agreement;
mod chair_not_authorised;
mod declaration_missing;
mod not_quorate;
mod observer_not_agreed;
mod over_capacity;
mod record_overdue;
mod short_notice_change;
mod unused_acceptance;

use super::Rule;

/// The rules of this family.
pub(super) const RULES: &[Rule] = &[
    chair_not_authorised::RULE,
    cancelled_without_agreement::RULE,
    declaration_missing::RULE,
    acceptance_not_authorised::RULE,
    unused_acceptance::RULE,
    over_capacity::RULE,
    not_quorate::RULE,
    short_notice_change::RULE,
    observer_not_agreed::RULE,
    attendance_low::RULE,
    record_overdue::RULE,
];

use crate::desk::{Case, DecidedAt, Desk, Made, PanelMeeting};
use crate::findings::{Pending, Place, Severity};
use crate::folder::File;
use crate::records::{Meeting, Text};

/// Every meeting that has a record of its own, with that record.
fn recorded<'d, 'a>(
    desk: &'d Desk<'a>,
) -> impl Iterator<Item = (&'d PanelMeeting<'a>, &'a File<Meeting>)> {
    desk.meetings().iter().filter_map(|meeting| {
        let file = meeting.folder?.meeting.as_ref()?;
        Some((meeting, file))
    })
}

/// The cases that a meeting decided, with the decisions in force.
fn decided<'m, 'd, 'a>(
    decided_at: &'m DecidedAt<'d, 'a>,
    meeting: &PanelMeeting<'a>,
) -> &'m [(&'d Case<'a>, &'d Made<'a>)] {
    meeting
        .folder
        .and_then(|folder| decided_at.get(folder.id.as_str()))
        .map_or(&[][..], Vec::as_slice)
}

/// What nobody can mend any more is a warning once the meeting's day is over: it is on the record, in
/// the minutes and in the report, and an error would stand there for ever.
fn once_over<'f>(pending: Pending<'f>, meeting: &PanelMeeting<'_>, desk: &Desk<'_>) -> Pending<'f> {
    match meeting.has_passed(desk.today()) {
        true => pending.at_most(Severity::Warning),
        false => pending,
    }
}

/// A place in a file that is known by its path alone.
fn place_in(file: &str, path: String) -> Place {
    Place {
        file: file.to_owned(),
        path,
        span: None,
    }
}

/// A name or a post that is there and not blank.
fn said(text: Option<&Text>) -> Option<&str> {
    text.map(|text| text.trim()).filter(|text| !text.is_empty())
}
