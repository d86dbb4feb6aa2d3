//! What was corrected in a meeting's own record after its minutes were sealed.

use super::common::{DayView, PersonView, person, said};
use crate::council::Council;
use crate::desk::PanelMeeting;
use crate::folder::minutes_named;
use crate::records::Meeting;
use serde::Serialize;

/// The parts of a meeting's own record that differ, as people say them, in the order of the form.
/// What is done for the meeting goes on being written, and is no correction.
pub(crate) fn meeting_differing(before: &Meeting, now: &Meeting) -> Vec<&'static str> {
    let parts = [
        (before.date != now.date, "the day"),
        (before.panel != now.panel, "the panel"),
        (before.part != now.part, "the part of the panel"),
        (before.chair != now.chair, "who chaired"),
        (before.attendance != now.attendance, "who was there"),
        (before.observers != now.observers, "who watched"),
        (before.declarations != now.declarations, "what was declared"),
        (before.accepted != now.accepted, "what was accepted"),
        (before.presented != now.presented, "who presented"),
        (before.order != now.order, "the order of the cases"),
        (
            before.cancelled != now.cancelled,
            "whether the meeting was called off",
        ),
        (before.moved != now.moved, "whether the meeting was moved"),
        (
            before.extra != now.extra,
            "whether it was outside the calendar",
        ),
    ];
    let differ = parts.into_iter();
    differ
        .filter_map(|(differs, what)| differs.then_some(what))
        .collect()
}

/// A correction, as the minutes tell of it.
#[derive(Debug, Clone, Serialize)]
pub(super) struct CorrectionView {
    /// The day.
    on: Option<DayView>,
    /// Who made it.
    by: Option<PersonView>,
    /// Why.
    reason: Option<String>,
    /// What differs, in words.
    differs: Vec<String>,
    /// The minutes from before it.
    minutes: String,
}

/// The corrections of a meeting's own record, in order.
pub(super) fn corrections(council: &Council, meeting: &PanelMeeting<'_>) -> Vec<CorrectionView> {
    let seals = meeting.folder.into_iter().flat_map(|folder| &folder.seals);
    seals
        .filter_map(|seal| {
            let record = &seal.file.record;
            let corrects = record.corrects.as_ref()?;
            Some(CorrectionView {
                on: record.sealed_on.map(Into::into),
                by: record.sealed_by.as_ref().map(|by| person(council, by)),
                reason: said(corrects.reason.as_ref()),
                differs: corrects
                    .differs
                    .iter()
                    .filter_map(|what| said(Some(what)))
                    .collect(),
                minutes: minutes_named(seal.number.saturating_sub(1)),
            })
        })
        .collect()
}
