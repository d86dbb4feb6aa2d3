//! `panel`: a children's resource panel's week from a folder of plain files.
//!
//! Imports run downward in the order of this list.

mod calendar;
mod cli;
mod commands;
mod council;
mod desk;
mod documents;
mod findings;
mod folder;
mod output;
mod records;
mod rules;
#[cfg(any(test, fuzzing))]
#[doc(hidden)]
pub mod trials;

pub use cli::main;

// A folder of twenty thousand forms is a million small texts: with the system's allocator a quarter
// of the time of `check` goes into asking for their memory.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[doc(hidden)]
pub use folder::read_only;
