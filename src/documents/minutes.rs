//! A meeting's minutes.
use super::{Document, DocumentError, Options};
use crate::desk::{Case, Desk, DiaryEntry, Made, PanelMeeting};

/// A meeting's minutes.
pub(crate) fn minutes(
    desk: &Desk<'_>,
    meeting: &PanelMeeting<'_>,
    options: Options,
) -> Result<Document, DocumentError> {
    unimplemented!()
}
