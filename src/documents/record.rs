//! One child's own record of one decision.
use super::{Document, DocumentError, Options};
use crate::desk::{Case, Desk, DiaryEntry, Made, PanelMeeting};

/// One child's own record of one decision.
pub(crate) fn record(
    desk: &Desk<'_>,
    case: &Case<'_>,
    made: &Made<'_>,
    options: Options,
) -> Result<Document, DocumentError> {
    unimplemented!()
}
