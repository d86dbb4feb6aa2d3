//! The disk: walking a case folder, reading its files whole, writing new ones whole.
//!
//! Nothing else in the program touches a file.

mod around;
mod changed;
mod decode;
#[expect(
    clippy::disallowed_methods,
    reason = "the disk is read here and nowhere else"
)]
mod disk;
mod edit;
#[expect(
    clippy::disallowed_methods,
    reason = "the disk is read here and nowhere else"
)]
mod every;
mod exclude;
mod fault;
mod file;
mod git;
mod history;
mod kept;
mod limits;
mod load;
mod meant;
mod meetings;
mod order;
mod planned;
mod quick;
mod settings;
mod toml;
mod trail;
mod tree;
mod unreadable;
mod walk;
#[expect(
    clippy::disallowed_methods,
    reason = "the disk is written here and nowhere else"
)]
mod write;
mod yaml;

pub(crate) use self::toml::parse as parse_toml;
pub(crate) use changed::{Changed, GitError, changed_since};
pub(crate) use decode::{ONE_OR_MANY, decode};
pub(crate) use disk::{read_file, read_rule_file};
pub(crate) use edit::{EditError, Written, said, standing, with_element, with_key, without_keys};
pub(crate) use every::AnyFile;
pub(crate) use fault::{Fault, FaultKind, nearest, nearest_reference};
pub(crate) use file::{
    File, Places, digest_of, read_decision, read_decision_draft, read_meeting, read_referral,
    read_seal,
};
pub(crate) use history::{Change, Commit, History, Moved, Now, Rewritten};
pub(crate) use kept::{
    Kept, OWN_DIGEST, digest_apart_from, sealed_line, text_apart_from, without_seal,
};
pub(crate) use limits::{Limits, keep_first};
pub use load::read_only;
pub(crate) use load::{Folder, FolderError, READING, Reading, find_root};
pub(crate) use meetings::{
    DecisionFile, MeetingFolder, SealFile, minutes_named, minutes_number, seal_named, seal_number,
};
#[cfg(any(test, fuzzing))]
pub(crate) use quick::read_both_ways;
pub(crate) use tree::{Content, Entry, Node, Style};
pub(crate) use write::{
    Before, Found, Holder, Lock, Planned, WriteError, cut_off, stays_inside, write, write_elsewhere,
};
