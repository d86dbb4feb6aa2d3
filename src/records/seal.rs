//! What vouches for a meeting whose minutes are final: who sealed them, when, and the digest of
//! each file.

use super::referral::records;
use super::{Day, Person, Text};
use serde::{Deserialize, Serialize};

records! {
    /// `meetings/DATE/final.yaml`; written once, never changed.
    Seal {
        /// Day of the meeting.
        date: Option<Day>,
        /// Who made the record final.
        sealed_by: Option<Person>,
        /// Day on which they did.
        sealed_on: Option<Day>,
        /// The minutes, each decision, each child's record, and what else it vouches for.
        files: Vec<SealedFile>,
        /// `sha256:…` of this file's own lines without this one and without blank ones. It tells
        /// of a slip, not of whoever means to deceive: anybody can work it out anew.
        own_digest: Option<Text>,
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
