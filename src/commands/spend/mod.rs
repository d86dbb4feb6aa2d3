//! `panel spend`: what approvals commit, signed or not, and what is left of the funds.

mod sheet;
mod terminal;

use super::listed::{Format, deliver};
use super::named::meeting_on;
use super::paper::Destination;
use super::session::{Exit, Session, Trouble, day};
use crate::documents::{self, SpendAsked, SpendBy};
use crate::records::Day;
use anyhow::Result;

/// Print the log of spend: what is committed, signed or not, and what is left
///
/// Each approved line of every decision in force, with its days, its sum, what other funders pay
/// and who signed it; what falls into each financial year (1 April to 31 March), up to today and
/// up to its 31 March; and what is left of the funds that the council's file names. A day costs a
/// seventh of a week; each line is rounded once, to the penny. Where a later approval takes the
/// place of an earlier one of the same placement, the earlier ends on the day it begins; other
/// lines for one child that look as if they were paid twice are told with their sum.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  panel spend
  panel spend --from 2026-04-01 --to 2026-06-30       what falls into a quarter
  panel spend --date 2026-11-26                       what one meeting added, and against what
  panel spend --by provision                          sums beside the log; also funder, child, meeting
  panel spend --format csv -o spend.csv               for a spreadsheet, a row a line")]
pub(crate) struct Args {
    /// Count only the days from this one on
    #[arg(long, value_name = "DAY", value_parser = day)]
    from: Option<Day>,
    /// Count only the days up to and with this one
    #[arg(long, value_name = "DAY", value_parser = day)]
    to: Option<Day>,
    /// Only the approvals of the meeting of this day, and what they add: to the year, to what is
    /// paid a week, to the funds
    #[arg(long, value_name = "DAY", value_parser = day, conflicts_with_all = ["from", "to"])]
    date: Option<Day>,
    /// The panel that met on that day, where several did
    #[arg(long, value_name = "ID", requires = "date")]
    panel: Option<String>,
    /// Add sums by this; csv then holds them in place of the lines
    #[arg(long, value_enum, value_name = "WHAT")]
    by: Option<By>,
    /// Form of the list
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
    #[command(flatten)]
    destination: Destination,
}

/// By what the sums are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum By {
    /// What is provided, as the request names it
    Provision,
    /// Who pays: the panel's own budget, and each other funder that has agreed
    Funder,
    /// The child
    Child,
    /// The meeting that approved it
    Meeting,
}

impl From<By> for SpendBy {
    fn from(by: By) -> Self {
        match by {
            By::Provision => Self::Provision,
            By::Funder => Self::Funder,
            By::Child => Self::Child,
            By::Meeting => Self::Meeting,
        }
    }
}

pub(super) fn run(args: &Args, session: &mut Session<'_>) -> Result<Exit> {
    let world = args.destination.world(session)?;
    session.tell_unreadable(&world);
    days_in_order(args.from, args.to)?;
    let desk = world.desk();
    let options = args.destination.options();
    let meeting = match args.date {
        Some(date) => Some(meeting_on(&desk, date, args.panel.as_deref())?),
        None => None,
    };
    let asked = SpendAsked {
        from: args.from,
        to: args.to,
        meeting,
        by: args.by.map(SpendBy::from),
    };
    let document = documents::spend(&desk, asked, options);
    for path in document.view["doubtful"].as_array().into_iter().flatten() {
        let path = path.as_str().unwrap_or_default();
        session.tell(&format!(
            "warning: something that bears on the money cannot be read in {path}; `panel check` tells what"
        ));
    }
    deliver(
        &document,
        args.format,
        &args.destination,
        (terminal::human, sheet::csv),
        &world,
        session,
    )
}

/// A period that ends before it begins holds nothing, which nobody asks for.
pub(super) fn days_in_order(from: Option<Day>, to: Option<Day>) -> Result<(), Trouble> {
    match (from, to) {
        (Some(from), Some(to)) if to < from => {
            Err(Trouble::usage(format!("--to {to} is before --from {from}")))
        }
        _ => Ok(()),
    }
}
