//! What is owed and when.
use super::{Document, DocumentError, Options};
use crate::desk::{Case, Desk, DiaryEntry, Made, PanelMeeting};

/// What is owed and when.
pub(crate) fn diary(
    desk: &Desk<'_>,
    entries: &[DiaryEntry<'_>],
    options: Options,
) -> Result<Document, DocumentError> {
    unimplemented!()
}
