//! What is compiled in: every rule file of `councils/`, and the bank holidays.

/// Id and text of each built-in council, by id.
pub(crate) const BUILT_IN: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/councils.rs"));

/// Id and text of each built-in rule file that names no council of its own: others build on it.
pub(super) const BASES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/bases.rs"));

/// Bank holidays in England and Wales as published, with the day up to which they are verified.
pub(crate) const BANK_HOLIDAYS: &str =
    include_str!("../../councils/bank-holidays-england-and-wales.toml");

/// Ids of the built-in rules, by which acceptances name them.
pub(crate) const RULE_IDS: &[&str] = include!(concat!(env!("OUT_DIR"), "/rule_ids.rs"));
