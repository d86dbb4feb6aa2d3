//! `panel`: a children's resource panel's week from a folder of plain files.
//!
//! Imports run downward in the order of this list.
#![allow(dead_code, unused_imports, unused_variables)]

mod commands;
mod documents;
mod rules;
mod output;
mod desk;
mod council;
mod calendar;
mod folder;
mod findings;
mod records;
