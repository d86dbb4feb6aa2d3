//! What vouches for a meeting whose minutes are final: who sealed them, when, and the digest of
//! each file.

use super::referral::records;
use super::{Day, Person, Text};
use serde::{Deserialize, Serialize};

records! {
    /// `meetings/DATE/final.yaml`, or `final.2.yaml` where the meeting's own record was corrected
    /// after that; written once, never changed.
    Seal {
        /// Day of the meeting.
        date: Option<Day>,
        /// Who made the record final.
        sealed_by: Option<Person>,
        /// Day on which they did.
        sealed_on: Option<Day>,
        /// Why it was made final as it stands, though something is wrong with it or missing.
        as_it_stands: Option<Text>,
        /// Only where the meeting's own record was corrected after an earlier final record.
        corrects: Option<Corrects>,
        /// The text of `meeting.yaml` as it was sealed, without `done` and without blank lines.
        meeting: Option<Text>,
        /// The minutes, each decision, each child's record, and what else it vouches for.
        files: Vec<SealedFile>,
        /// `sha256:…` of this file's own lines without this one and without blank ones. It tells
        /// of a slip, not of whoever means to deceive: anybody can work it out anew.
        own_digest: Option<Text>,
    }

    /// What was corrected in a meeting's own record after its minutes were sealed, and why.
    Corrects {
        /// The final record before this one, by the name of its file.
        record: Option<Text>,
        /// Why the meeting's record was corrected.
        reason: Option<Text>,
        /// What differs in it, in words.
        differs: Vec<Text>,
    }

    /// A file as it was when the record was made final.
    SealedFile {
        /// Path from the case folder.
        file: Text,
        /// `sha256:…` of its bytes.
        digest: Text,
        /// A key that goes on being written after it: the digest is then that of the lines
        /// without it and without blank ones.
        apart_from: Option<Text>,
    }
}
