//! The entries of a rule file as the desk and the rules ask them: conditions compiled, words known.

mod case;
mod panel;
mod record;

pub(crate) use case::*;
pub(crate) use panel::*;
pub(crate) use record::*;
