//! The disk: walking a case folder, reading its files whole, writing new ones whole.
//!
//! Nothing else in the program touches a file.

mod around;
mod changed;
mod decode;
mod edit;
#[expect(
    clippy::disallowed_methods,
    reason = "the disk is read here and nowhere else"
)]
mod every;
mod exclude;
mod fault;
#[expect(
    clippy::disallowed_methods,
    reason = "the disk is read here and nowhere else"
)]
mod file;
mod history;
mod kept;
mod limits;
mod load;
mod meant;
mod order;
mod planned;
mod quick;
mod toml;
mod trail;
mod tree;
mod unreadable;
#[expect(
    clippy::disallowed_methods,
    reason = "the disk is written here and nowhere else"
)]
mod write;
mod yaml;

pub(crate) use self::toml::parse as parse_toml;
pub(crate) use changed::{GitError, changed_since};
pub(crate) use decode::{ONE_OR_MANY, decode};
pub(crate) use edit::{EditError, Written, said, standing, with_element, with_key};
pub(crate) use every::AnyFile;
pub(crate) use fault::{Fault, FaultKind, nearest, nearest_reference};
pub(crate) use file::{
    File, Places, digest_of, read_decision, read_decision_draft, read_file, read_referral,
    read_seal,
};
pub(crate) use history::{Change, Commit, History, Now, Rewritten};
pub(crate) use kept::{Kept, digest_apart_from};
pub(crate) use limits::keep_first;
pub use load::read_only;
pub(crate) use load::{
    DecisionFile, Folder, FolderError, MeetingFolder, READING, Reading, find_root,
};
#[cfg(any(test, fuzzing))]
pub(crate) use quick::read_both_ways;
pub(crate) use tree::{Content, Entry, Node, Style};
pub(crate) use write::{
    Before, Found, Holder, Lock, Planned, WriteError, cut_off, stays_inside, write, write_elsewhere,
};
