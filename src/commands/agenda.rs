//! `panel agenda`: the timed agenda of a meeting.

use super::named::{can_read, meeting_on};
use super::paper::Paper;
use super::session::{Exit, Session, day};
use crate::documents;
use crate::records::Day;
use anyhow::Result;

/// Print a meeting's agenda
///
/// The order and the times follow the council's rules. After the meeting it is the agenda as it
/// stood when the meeting began.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  panel agenda --date 2026-11-26
  panel agenda --date 2026-11-26 --pack -o pack.md    with each request, for the members
  panel agenda --date 2026-11-26 --write              to its place in the folder")]
pub(crate) struct Args {
    /// Day of the meeting, like 2026-11-26
    #[arg(long, value_name = "DAY", value_parser = day)]
    date: Day,
    /// Which panel, where several meet that day
    #[arg(long, value_name = "ID")]
    panel: Option<String>,
    /// With each request and its previous records
    #[arg(long)]
    pack: bool,
    #[command(flatten)]
    paper: Paper,
}

pub(super) fn run(args: &Args, session: &mut Session<'_>) -> Result<Exit> {
    let world = args.paper.world(session)?;
    session.tell_unreadable(&world);
    let desk = world.desk();
    let meeting = meeting_on(&desk, args.date, args.panel.as_deref())?;
    if args.paper.destination.write {
        can_read(&desk, &meeting.id, None)?;
    }
    let document = documents::agenda(&desk, meeting, args.pack, args.paper.options());
    args.paper.deliver(&document, false, &world, session)
}
