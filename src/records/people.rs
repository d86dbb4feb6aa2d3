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

/// Whether two written names mean the same person: spaces, capitals and full stops do not count, and
/// so `J. P. Smith` is `JP Smith`. Other initials are another person.
pub(crate) fn same_name(one: &str, other: &str) -> bool {
    folded_name(one) == folded_name(other)
}

/// A name as it is compared: capitals, full stops and the number of spaces make no difference, and
/// initials stand together.
pub(crate) fn folded_name(name: &str) -> String {
    let lower = name.to_lowercase();
    let words = lower.split(|c: char| c.is_whitespace() || c == '.');
    let mut folded = String::with_capacity(lower.len());
    let mut is_after_initial = false;
    for word in words.filter(|word| !word.is_empty()) {
        let is_initial = word.chars().nth(1).is_none();
        let stands_together = is_initial && is_after_initial;
        if !folded.is_empty() && !stands_together {
            folded.push(' ');
        }
        folded.push_str(word);
        is_after_initial = is_initial;
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::same_name;

    #[test]
    fn full_stops_capitals_and_blanks_make_nobody_another_person() {
        for same in ["M Osei", "m. osei", "M.Osei", " M.  Osei "] {
            assert!(same_name(same, "M. Osei"), "{same}");
        }
        assert!(same_name("J. P. Smith", "JP Smith"));
        assert!(same_name("J.P. Smith", "J P Smith"));
    }

    #[test]
    fn other_initials_are_another_person() {
        for other in ["N. Osei", "M. A. Osei", "Osei", "M. Oseibe", "Mo Sei"] {
            assert!(!same_name(other, "M. Osei"), "{other}");
        }
    }
}
