//! `panel record`: the child's own record of a decision.

use super::named::{case_of, decision_of};
use super::paper::Paper;
use super::session::{Exit, Session, World, day};
use crate::desk::Made;
use crate::documents;
use crate::records::Day;
use anyhow::Result;

/// Print the child's own record of a decision
///
/// One child and one decision; no other child is named in it. Without --date it is the last decision.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  panel record R-2026-0142
  panel record R-2026-0142 --date 2026-11-26 --write")]
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
    let document = documents::record(&desk, case, made, args.paper.options());
    args.paper
        .deliver(&document, sealed(&world, made), &world, session)
}

/// Whether the minutes that name this record have been sealed.
fn sealed(world: &World, made: &Made<'_>) -> bool {
    world
        .folder
        .meetings
        .iter()
        .any(|meeting| meeting.id == made.meeting && meeting.is_final)
}
