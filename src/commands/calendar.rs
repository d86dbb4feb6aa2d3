//! `panel calendar`: meetings, cut-offs, venues.

use super::diary::{Format, place_with};
use super::paper::Destination;
use super::session::{Exit, Session, Trouble, day};
use crate::calendar::add;
use crate::documents;
use crate::output;
use crate::records::{Day, Interval, Unit};
use anyhow::Result;

/// Print the panel's meetings with their cut-offs
///
/// Bank holidays, moved, cancelled and extra meetings are allowed for. Without --from and --to
/// it is the three months from today.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  panel calendar
  panel calendar --from 2027-01-01 --to 2027-03-31
  panel calendar --format ics -o panel.ics            for a calendar program")]
pub(crate) struct Args {
    /// From this day on [default: today]
    #[arg(long, value_name = "DAY", value_parser = day)]
    from: Option<Day>,
    /// Up to and with this day [default: three months on]
    #[arg(long, value_name = "DAY", value_parser = day)]
    to: Option<Day>,
    /// Form of the list
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
    #[command(flatten)]
    destination: Destination,
}

pub(super) fn run(args: &Args, session: &mut Session<'_>) -> Result<Exit> {
    let world = session.world()?;
    let desk = world.desk();
    let from = args.from.unwrap_or_else(|| desk.today());
    let quarter = Interval {
        count: 3,
        unit: Unit::Months,
    };
    let to = args.to.unwrap_or_else(|| add(from, quarter));
    if to < from {
        return Err(Trouble::usage(format!("--to {to} lies before {from}")).into());
    }
    let meetings: Vec<_> = desk
        .meetings()
        .iter()
        .filter(|meeting| meeting.on >= from && meeting.on <= to)
        .collect();
    if let Some(last) = desk.meetings().last().filter(|last| last.on < to) {
        session.tell(&format!(
            "note: meetings are worked out up to {}",
            last.on.with_weekday()
        ));
    }
    let holidays = &world.council.holidays;
    if let Some(known) = holidays
        .verified_to()
        .filter(|known| meetings.iter().any(|meeting| meeting.on > *known))
    {
        session.tell(&format!(
            "note: bank holidays are known up to {}; later days may move",
            known.in_words()
        ));
    }
    let document = documents::calendar(&desk, &meetings, args.destination.options())?;
    let text = match args.format {
        Format::Markdown => output::visible_lines(&document.text),
        Format::Json => output::json::document(&document.view)?,
        Format::Ics => output::ics::meetings(&meetings, &world.council),
    };
    let place = place_with(&document.place, args.format);
    args.destination
        .deliver(&text, &place, false, &world, session)
}
