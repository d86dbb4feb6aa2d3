//! `panel letter`: the decision for the family, in plain English.

use super::named::{can_read, case_of, decision_of};
use super::others::tell_taken_out;
use super::paper::Paper;
use super::record::{Sealed, beside, is_vouched_for, sealed};
use super::session::{Exit, Session, day};
use crate::documents;
use crate::folder::read_file;
use crate::records::Day;
use anyhow::Result;

/// Print the decision for the family or the young person
///
/// In plain English, with the reasons and how to disagree, from the same record as the minutes.
/// Without --date it is the last decision.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  panel letter R-2026-0142
  panel letter R-2026-0142 -o letter.md")]
pub(crate) struct Args {
    /// Reference of the referral
    reference: String,
    /// Day of the meeting that decided [default: the last decision]
    #[arg(long, value_name = "DAY", value_parser = day)]
    date: Option<Day>,
    /// Which panel, where several decided on it
    #[arg(long, value_name = "ID")]
    panel: Option<String>,
    #[command(flatten)]
    paper: Paper,
}

pub(super) fn run(args: &Args, session: &mut Session<'_>) -> Result<Exit> {
    let world = args.paper.world(session)?;
    let desk = world.desk();
    let case = case_of(&desk, &args.reference)?;
    let made = decision_of(&desk, case, args.date, args.panel.as_deref())?;
    match args.paper.destination.write {
        true => {
            session.tell_idle_templates(&world);
            can_read(&desk, made.meeting, Some(case.reference()))?;
        }
        false => session.tell_unreadable(&world),
    }
    let mut document = documents::letter(&desk, case, made, args.paper.options());
    let is_sealed = match sealed(&world, made) {
        // A letter that was not there yet can be written after the record was made final.
        Sealed::Yes => read_file(&world.folder.root.join(&document.place)).is_ok(),
        Sealed::No => false,
        Sealed::Before(number) => {
            document.place = beside(&document.place, made.meeting, number);
            is_vouched_for(&world, made, &document.place)
        }
    };
    tell_taken_out(&document, session);
    args.paper.deliver(&document, is_sealed, &world, session)
}
