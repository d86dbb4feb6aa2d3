//! Leave given beforehand: what for, and in whose power.

use super::Case;
use crate::council::Use;
use crate::records::{Permission, Text};

impl Case<'_> {
    /// The leave that the referral records for something, with its place in the list.
    pub(crate) fn permissions_for(&self, what: &str) -> impl Iterator<Item = (usize, &Permission)> {
        let words = &self.rules.words;
        self.referral()
            .permissions
            .iter()
            .enumerate()
            .filter(move |(_, given)| {
                given.r#for.as_deref().is_some_and(|written| {
                    words
                        .find(Use::Permission, written)
                        .is_some_and(|known| known.id == what)
                })
            })
    }

    /// Whether somebody serves where one of these posts is asked for: in their own post, or in the
    /// one whose power was delegated to them.
    pub(crate) fn acts_as(
        &self,
        role: Option<&Text>,
        delegated_by: Option<&Text>,
        wanted: &[String],
    ) -> bool {
        self.rules.serves_any(role, wanted) || self.rules.serves_any(delegated_by, wanted)
    }
}
