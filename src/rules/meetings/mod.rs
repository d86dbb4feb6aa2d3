//! Meetings: who chairs, what is declared, accepted, called off.

mod acceptance_not_authorised;
mod cancelled_without_agreement;
mod chair_not_authorised;
mod declaration_missing;
mod over_capacity;
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
];

use crate::desk::{Desk, PanelMeeting};
use crate::findings::Place;
use crate::folder::File;
use crate::records::Meeting;

/// Every meeting that has a record of its own, with that record.
fn recorded<'d, 'a>(
    desk: &'d Desk<'a>,
) -> impl Iterator<Item = (&'d PanelMeeting<'a>, &'a File<Meeting>)> {
    desk.meetings().iter().filter_map(|meeting| {
        let file = meeting.folder?.meeting.as_ref()?;
        Some((meeting, file))
    })
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
fn said(text: Option<&String>) -> Option<&str> {
    text.map(|text| text.trim()).filter(|text| !text.is_empty())
}
