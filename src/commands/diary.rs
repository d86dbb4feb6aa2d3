//! `panel diary`: what is owed and when.

use super::paper::Destination;
use super::session::{Exit, Session, day};
use crate::desk::DiaryEntry;
use crate::documents;
use crate::output;
use crate::output::ics::{Entry, When};
use crate::records::Day;
use anyhow::Result;

/// Print what is owed and when
///
/// Reviews, actions, owed paperwork, promised decisions and birthdays, each until it is done.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  panel diary --overdue
  panel diary --from 2026-12-01 --to 2026-12-31
  panel diary --format ics -o diary.ics               for a calendar program, without names of children")]
pub(crate) struct Args {
    /// From this day on
    #[arg(long, value_name = "DAY", value_parser = day)]
    from: Option<Day>,
    /// Up to and with this day
    #[arg(long, value_name = "DAY", value_parser = day)]
    to: Option<Day>,
    /// Only what is late
    #[arg(long)]
    overdue: bool,
    /// Form of the list
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
    #[command(flatten)]
    destination: Destination,
}

/// The form of a list of days.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Format {
    /// To be read.
    #[default]
    Markdown,
    /// Exactly what the template is given.
    Json,
    /// For calendar programs.
    Ics,
}

impl Format {
    /// The ending of a file's name.
    pub(super) const fn ending(self) -> &'static str {
        match self {
            Self::Markdown => "md",
            Self::Json => "json",
            Self::Ics => "ics",
        }
    }
}

pub(super) fn run(args: &Args, session: &mut Session<'_>) -> Result<Exit> {
    let world = session.world()?;
    session.tell_unreadable(&world);
    let desk = world.desk();
    let today = desk.today();
    let mut entries = crate::rules::diary(&desk);
    entries.retain(|entry| {
        args.from.is_none_or(|from| entry.due_on >= from)
            && args.to.is_none_or(|to| entry.due_on <= to)
            && (!args.overdue || entry.due_on < today)
    });
    let document = documents::diary(&desk, &entries, args.destination.options())?;
    let text = match args.format {
        Format::Markdown => output::visible_lines(&document.text),
        Format::Json => output::json::document(&document.view)?,
        Format::Ics => {
            let events: Vec<Entry> = entries.iter().map(event).collect();
            let council = &world.council;
            output::ics::calendar(&council.id, &council.about.panel, &events)
        }
    };
    let place = place_with(&document.place, args.format);
    args.destination
        .deliver(&text, &place, false, &world, session)
}

/// A line of the diary as an entry of a calendar, without the child's name: calendars are seen
/// on many screens.
fn event(entry: &DiaryEntry<'_>) -> Entry {
    Entry {
        id: entry.id.clone(),
        when: When::Day(entry.due_on.date()),
        summary: match (entry.reference, entry.meeting) {
            ("", Some(meeting)) => format!("{}: meeting of {meeting}", entry.kind.label()),
            (reference, _) => format!("{}: {reference}", entry.kind.label()),
        },
        description: Some(match entry.owner {
            Some(owner) => format!("{} ({owner})", entry.what),
            None => entry.what.clone(),
        }),
        location: None,
        is_cancelled: false,
    }
}

/// A document's place with the ending of its form.
pub(super) fn place_with(place: &str, format: Format) -> String {
    let stem = place.strip_suffix(".md").unwrap_or(place);
    format!("{stem}.{}", format.ending())
}
