//! `panel minutes`: the minutes of a meeting.

use super::named::meeting_on;
use super::paper::Paper;
use super::session::{Exit, Session, day};
use crate::documents;
use crate::records::Day;
use anyhow::Result;

/// Print a meeting's minutes
///
/// Made from the attendance, the decisions and what the panel accepted. Minutes that have been
/// sealed are printed, and never changed in the folder.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  panel minutes --date 2026-11-26
  panel minutes --date 2026-11-26 --initials          names as initials
  panel minutes --date 2026-11-26 --write             to their place in the folder")]
pub(crate) struct Args {
    /// Day of the meeting, like 2026-11-26
    #[arg(long, value_name = "DAY", value_parser = day)]
    date: Day,
    /// Which panel, where several meet that day
    #[arg(long, value_name = "ID")]
    panel: Option<String>,
    #[command(flatten)]
    paper: Paper,
}

pub(super) fn run(args: &Args, session: &mut Session<'_>) -> Result<Exit> {
    let world = args.paper.world(session)?;
    session.tell_unreadable(&world);
    let desk = world.desk();
    let meeting = meeting_on(&desk, args.date, args.panel.as_deref())?;
    let is_sealed = meeting.folder.is_some_and(|folder| folder.is_final);
    let document = documents::minutes(&desk, meeting, args.paper.options());
    args.paper.deliver(&document, is_sealed, &world, session)
}
