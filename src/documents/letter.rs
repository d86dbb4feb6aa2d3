//! The decision for the family, in plain English.
use super::{Document, DocumentError, Options};
use crate::desk::{Case, Desk, DiaryEntry, Made, PanelMeeting};

/// The decision for the family, in plain English.
pub(crate) fn letter(
    desk: &Desk<'_>,
    case: &Case<'_>,
    made: &Made<'_>,
    options: Options,
) -> Result<Document, DocumentError> {
    unimplemented!()
}
