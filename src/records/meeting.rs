//! A meeting: who sat, what was declared, accepted, moved or cancelled.

use super::referral::records;
use super::{Day, Moment, Person};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

records! {
    /// `meetings/DATE/meeting.yaml`. An absent list is "not recorded", an empty one "none".
    Meeting {
        date: Option<Day>,
        /// The panel, where the council has several.
        panel: Option<String>,
        /// The part of the panel, where it sits in parts.
        part: Option<String>,
        chair: Option<Person>,
        attendance: Option<Vec<Attendance>>,
        observers: Option<Vec<Observer>>,
        declarations: Option<Vec<Declaration>>,
        accepted: Vec<Acceptance>,
        presented: Option<Vec<Presented>>,
        /// The chair's own order of references.
        order: Vec<String>,
        cancelled: Option<Cancelled>,
        moved: Option<Moved>,
        /// A meeting outside the calendar.
        extra: bool,
        /// Deadline id: when it was met.
        done: BTreeMap<String, Moment>,
    }

    /// One member's attendance. Status: present, virtual, cover, apologies, absent.
    Attendance {
        name: Option<String>,
        role: Option<String>,
        status: Option<String>,
        cover_by: Option<String>,
    }

    /// Somebody who watched.
    Observer {
        name: Option<String>,
        agreed_by: Option<String>,
    }

    /// A member's involvement in a case.
    Declaration {
        member: Option<String>,
        referral: Option<String>,
        nature: Option<String>,
    }

    /// A finding that somebody with the power to do so has accepted.
    Acceptance {
        referral: Option<String>,
        rule: Option<String>,
        by: Option<Person>,
        on: Option<Day>,
        until: Option<Day>,
        reason: Option<String>,
    }

    /// Who presented a case. Status: present, virtual, absent.
    Presented {
        referral: Option<String>,
        name: Option<String>,
        role: Option<String>,
        status: Option<String>,
    }

    /// A meeting called off.
    Cancelled {
        agreed_by: Option<Person>,
        agreed: Option<Moment>,
        told: Option<Moment>,
        reason: Option<String>,
    }

    /// A meeting put to another day or hour.
    Moved {
        to: Option<Moment>,
        agreed_by: Option<Person>,
        told: Option<Moment>,
        reason: Option<String>,
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
