//! The council's rule file: its tables, its words and its compiled conditions.

pub(crate) mod condition;
