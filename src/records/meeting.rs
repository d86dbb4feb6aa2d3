//! A meeting: who sat, what was declared, accepted, moved or cancelled.

use super::referral::records;
use super::{ById, Day, Moment, Person, Text};
use serde::{Deserialize, Serialize};

records! {
    /// `meetings/DATE/meeting.yaml`. An absent list is "not recorded", an empty one "none".
    Meeting {
        /// The meeting's day.
        date: Option<Day>,
        /// The panel, where the council has several.
        panel: Option<Text>,
        /// The part of the panel, where it sits in parts.
        part: Option<Text>,
        /// Who chaired.
        chair: Option<Person>,
        /// The members, each with whether they came; `[]` says that none are recorded.
        attendance: Option<Vec<Attendance>>,
        /// Who watched, and who agreed to it; `[]` says none.
        observers: Option<Vec<Observer>>,
        /// Members' involvement in cases; `[]` says that they were asked and there was none.
        declarations: Option<Vec<Declaration>>,
        /// Findings that somebody with the power to do so has accepted, with the reason.
        accepted: Vec<Acceptance>,
        /// Who presented each case.
        presented: Option<Vec<Presented>>,
        /// The chair's own order of references.
        order: Vec<Text>,
        /// Only where the meeting is called off: who agreed, when members were told, and why.
        cancelled: Option<Cancelled>,
        /// Only where the meeting is put to another day or hour.
        moved: Option<Moved>,
        /// A meeting outside the calendar.
        extra: bool,
        /// Deadline id: when it was met.
        done: ById<Moment>,
    }

    /// One member's attendance. Status: present, virtual, cover, apologies, absent.
    Attendance {
        /// Initial and surname.
        name: Option<Text>,
        /// The post that they sit for.
        role: Option<Text>,
        /// Whether they came.
        status: Option<Text>,
        /// Who came in their place.
        cover_by: Option<Text>,
    }

    /// Somebody who watched.
    Observer {
        /// Initial and surname.
        name: Option<Text>,
        /// Who agreed to their watching.
        agreed_by: Option<Text>,
    }

    /// A member's involvement in a case.
    Declaration {
        /// The member's name.
        member: Option<Text>,
        /// Reference of the case that they know.
        referral: Option<Text>,
        /// How they know it.
        nature: Option<Text>,
    }

    /// A finding that somebody with the power to do so has accepted.
    Acceptance {
        /// Reference of the referral that it is for.
        referral: Option<Text>,
        /// Id of the finding, as `panel check` prints it between brackets.
        rule: Option<Text>,
        /// Who accepts it.
        by: Option<Person>,
        /// Day on which it was accepted.
        on: Option<Day>,
        /// The first day on which it no longer counts.
        until: Option<Day>,
        /// Why it is accepted.
        reason: Option<Text>,
        /// `sha256:…` of the referral as it stood when this was recorded.
        referral_digest: Option<Text>,
    }

    /// Who presented a case. Status: present, virtual, absent.
    Presented {
        /// Reference of the case.
        referral: Option<Text>,
        /// Who presented it.
        name: Option<Text>,
        /// Their post.
        role: Option<Text>,
        /// Whether they came.
        status: Option<Text>,
    }

    /// A meeting called off.
    Cancelled {
        /// Who agreed that the meeting is called off.
        agreed_by: Option<Person>,
        /// When they agreed.
        agreed: Option<Moment>,
        /// When the members were told.
        told: Option<Moment>,
        /// Why.
        reason: Option<Text>,
    }

    /// A meeting put to another day or hour.
    Moved {
        /// The new day, with the hour where it changes.
        to: Option<Moment>,
        /// Who agreed to the move.
        agreed_by: Option<Person>,
        /// When the members were told.
        told: Option<Moment>,
        /// Why.
        reason: Option<Text>,
    }
}

impl Attendance {
    /// Whether the person sat with the panel, in the room or by a screen.
    pub(crate) fn is_there(&self) -> bool {
        matches!(self.status.as_deref(), None | Some("present" | "virtual"))
    }

    /// Whether the person is recorded as away.
    pub(crate) fn is_away(&self) -> bool {
        matches!(
            self.status.as_deref(),
            Some("apologies" | "absent" | "cover")
        )
    }
}
