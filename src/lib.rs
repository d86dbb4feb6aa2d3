//! `panel`: a children's resource panel's week from a folder of plain files.
//!
//! Imports run downward in the order of this list.
#![allow(dead_code, unused_imports)]

mod desk;
mod council;
mod calendar;
mod folder;
mod findings;
mod records;
