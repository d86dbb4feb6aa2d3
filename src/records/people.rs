//! People as files name them.

use super::{Day, Text};
use serde::{Deserialize, Serialize};

/// A person in a post: who acted, decided, agreed or works with the child.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default)]
pub(crate) struct Person {
    /// Initial and surname, as the office writes it.
    pub(crate) name: Option<Text>,
    /// Kebab-case name of the post.
    pub(crate) role: Option<Text>,
    /// Team, for workers.
    pub(crate) team: Option<Text>,
    /// The post whose power a delegate uses.
    pub(crate) delegated_by: Option<Text>,
    /// When they acted, where that is said here.
    pub(crate) on: Option<Day>,
}

/// A person known by name alone, because the key says the post.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default)]
pub(crate) struct Named {
    /// Initial and surname.
    pub(crate) name: Option<Text>,
    /// The post, where it differs from what the key says.
    pub(crate) role: Option<Text>,
    /// Team or service.
    pub(crate) team: Option<Text>,
}

/// Whether two written names mean the same person: spaces and capitals do not count.
pub(crate) fn same_name(one: &str, other: &str) -> bool {
    folded_name(one) == folded_name(other)
}

/// A name as it is compared: capitals and the number of spaces make no difference.
pub(crate) fn folded_name(name: &str) -> String {
    name.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase()
}
