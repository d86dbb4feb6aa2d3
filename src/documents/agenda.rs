//! A meeting's agenda, as it stands or stood when the meeting began.
use super::{Document, DocumentError, Options};
use crate::desk::{Case, Desk, DiaryEntry, Made, PanelMeeting};

/// A meeting's agenda, as it stands or stood when the meeting began.
pub(crate) fn agenda(
    desk: &Desk<'_>,
    meeting: &PanelMeeting<'_>,
    pack: bool,
    options: Options,
) -> Result<Document, DocumentError> {
    unimplemented!()
}
