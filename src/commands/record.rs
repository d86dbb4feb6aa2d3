//! `panel record`: the child's own record of a decision.

use super::named::{can_read, case_of, decision_of};
use super::others::tell_taken_out;
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
    match args.paper.destination.write {
        true => {
            session.tell_idle_templates(&world);
            can_read(&desk, made.meeting, Some(case.reference()))?;
        }
        false => session.tell_unreadable(&world),
    }
    let mut document = documents::record(&desk, case, made, args.paper.options());
    let is_sealed = match sealed(&world, made) {
        Sealed::Yes => true,
        Sealed::No => false,
        Sealed::Before(number) => {
            document.place = beside(&document.place, made.meeting, number);
            is_vouched_for(&world, made, &document.place)
        }
    };
    tell_taken_out(&document, session);
    args.paper.deliver(&document, is_sealed, &world, session)
}

/// Whether a decision's papers are part of a final record.
pub(super) enum Sealed {
    /// They are, and are not made again.
    Yes,
    /// The meeting's record is not final.
    No,
    /// It was made final before this decision, by its number, was written.
    Before(u32),
}

/// Whether the first final record of its meeting has a decision.
pub(super) fn sealed(world: &World, made: &Made<'_>) -> Sealed {
    let mut folders = world.folder.meetings.iter();
    let folder = folders.find(|folder| folder.id == made.meeting);
    let Some(first) = folder.and_then(|folder| folder.seals.first()) else {
        return Sealed::No;
    };
    let mut files = first.file.record.files.iter();
    let has = files.any(|own| own.file == made.file.file.path);
    match made.file.number {
        number if number > 1 && !has => Sealed::Before(number),
        _ => Sealed::Yes,
    }
}

/// Whether a final record names a paper, by its place.
pub(super) fn is_vouched_for(world: &World, made: &Made<'_>, place: &str) -> bool {
    let mut folders = world.folder.meetings.iter();
    folders.any(|folder| folder.id == made.meeting && folder.vouches_for(place))
}

/// The place beside a sealed paper: `2026-11-26.2.md` beside `2026-11-26.md`.
pub(super) fn beside(place: &str, meeting: &str, number: u32) -> String {
    match place.rsplit_once(meeting) {
        Some((folder, rest)) => format!("{folder}{meeting}.{number}{rest}"),
        None => place.to_owned(),
    }
}
