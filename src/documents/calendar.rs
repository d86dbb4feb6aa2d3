//! The panel's meetings with their cut-offs and venues.
use super::{Document, DocumentError, Options};
use crate::desk::{Case, Desk, DiaryEntry, Made, PanelMeeting};

/// The panel's meetings with their cut-offs and venues.
pub(crate) fn calendar(
    desk: &Desk<'_>,
    meetings: &[&PanelMeeting<'_>],
    options: Options,
) -> Result<Document, DocumentError> {
    unimplemented!()
}
