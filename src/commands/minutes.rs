//! `panel minutes`: the minutes of a meeting.

use super::named::{can_read, meeting_on};
use super::others::{Checked, Said};
use super::paper::Paper;
use super::seal;
use super::session::{Exit, Session, Trouble, World, day};
use crate::desk::{Desk, Made, PanelMeeting};
use crate::documents::{self, Options};
use crate::records::Day;
use anyhow::Result;

/// Print a meeting's minutes
///
/// Made from the attendance, the decisions and what the panel accepted. With --final they are
/// written together with each child's record, and sealed: final.yaml then vouches for every file,
/// `panel verify` tells what differs from it, and nothing of it is changed in the folder any more.
/// Where the meeting's own record was wrong all the same (who was there, what was declared), put
/// meeting.yaml right and add --correct: new minutes and final.2.yaml stand beside the first.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  panel minutes --date 2026-11-26
  panel minutes --date 2026-11-26 --initials          names as initials
  panel minutes --date 2026-11-26 --write             to their place in the folder
  panel minutes --date 2026-11-26 --final --by 'J. Amis' --role business-support
  panel minutes --date 2026-11-26 --final --correct 'B. Tasker was there by video.' \\
      --by 'J. Amis' --role business-support")]
pub(crate) struct Args {
    /// Day of the meeting, like 2026-11-26
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub(super) date: Day,
    /// Which panel, where several meet that day
    #[arg(long, value_name = "ID")]
    pub(super) panel: Option<String>,
    /// Write them with each child's record, and seal them: they are final
    #[arg(long = "final", requires_all = ["by", "role"], conflicts_with_all = ["output", "format"])]
    is_final: bool,
    /// With --final: who makes them final
    #[arg(long, value_name = "NAME", requires = "is_final")]
    by: Option<String>,
    /// With --final: their post
    #[arg(long, value_name = "ROLE", requires = "is_final")]
    role: Option<String>,
    /// With --final: make it final though something is wrong with it or missing, and why
    #[arg(long, value_name = "REASON", requires = "is_final")]
    as_it_stands: Option<String>,
    /// With --final: correct the meeting's own record of minutes that are final, and why
    #[arg(long, value_name = "REASON", requires = "is_final")]
    correct: Option<String>,
    #[command(flatten)]
    paper: Paper,
    #[command(flatten)]
    checked: Checked,
}

impl Args {
    /// How the papers are to be made.
    pub(super) fn options(&self) -> Options {
        self.paper.options()
    }

    /// Why the record is made final as it stands, where something is wrong with it or missing.
    pub(super) fn as_it_stands(&self) -> Option<&str> {
        self.as_it_stands.as_deref()
    }

    /// Why the meeting's own record is corrected.
    pub(super) fn correct(&self) -> Option<&str> {
        self.correct.as_deref()
    }

    /// Refuses minutes in which what is about one child, or those of one request, names another,
    /// unless that was looked at.
    pub(super) fn name_nobody_else(
        &self,
        desk: &Desk<'_>,
        meeting: &PanelMeeting<'_>,
        session: &mut Session<'_>,
    ) -> Result<()> {
        for case in desk.cases() {
            let here = |made: &&Made<'_>| made.meeting == meeting.id;
            let about = desk.of_one_request(case);
            for made in case.decisions.iter().filter(here) {
                let decision = serde_json::to_value(made.decision())?;
                let after = made.after.map(|file| (&file.path, &file.record));
                let after = after.map(|(path, record)| {
                    Ok::<_, anyhow::Error>((path, serde_json::to_value(&**record)?))
                });
                let after = after.transpose()?;
                let mut said = vec![Said {
                    place: &made.file.file.path,
                    value: &decision,
                }];
                said.extend(
                    after
                        .iter()
                        .map(|(path, value)| Said { place: path, value }),
                );
                self.checked.look(desk, &about, &said, session)?;
            }
        }
        Ok(())
    }

    /// Whether nothing is to be written.
    pub(super) fn is_dry_run(&self) -> bool {
        self.paper.destination.dry_run
    }
}

/// Minutes that are kept have every decision of their meeting.
fn are_whole(world: &World, meeting: &PanelMeeting<'_>) -> Result<(), Trouble> {
    let own = meeting.folder.map(|folder| folder.decisions.as_slice());
    let is_own = |path: &&str| {
        let mut own = own.into_iter().flatten();
        own.any(|decision| decision.file.path == *path)
    };
    match world.folder.decisions_on_nothing().find(is_own) {
        Some(path) => Err(Trouble::refused(format!(
            "{path} decides on a referral that is not in the folder, so the minutes would lack it; nothing was written"
        ))
        .hint("put the referral back from a copy or from git; without --write the rest is printed")),
        None => Ok(()),
    }
}

pub(super) fn run(args: &Args, session: &mut Session<'_>) -> Result<Exit> {
    if let (true, Some(by), Some(role)) = (args.is_final, &args.by, &args.role) {
        args.paper.destination.bears_names()?;
        let world = match args.is_dry_run() {
            true => session.world()?,
            false => session.locked_world()?,
        };
        session.tell_unreadable(&world);
        return seal::run(args, (by, role), &world, session);
    }
    let world = args.paper.world(session)?;
    session.tell_unreadable(&world);
    let desk = world.desk();
    let meeting = meeting_on(&desk, args.date, args.panel.as_deref())?;
    for other in desk.beside(meeting) {
        session.tell(&format!(
            "note: the meeting of {} is held on this day too, and has minutes of its own: `panel minutes {}`",
            other.day.with_weekday(),
            other.as_arguments()
        ));
    }
    if args.paper.destination.write {
        can_read(&desk, &meeting.id, None)?;
        are_whole(&world, meeting)?;
        args.name_nobody_else(&desk, meeting, session)?;
    }
    let is_sealed = meeting.folder.is_some_and(|folder| folder.is_final());
    let document = documents::minutes(&desk, meeting, args.paper.options());
    args.paper.deliver(&document, is_sealed, &world, session)
}
