//! The forms of a list of days: for a terminal, paper, a spreadsheet, a program, a calendar.

use super::listed::{Told, text};
use super::paper::Destination;
use super::session::{Exit, Session, Trouble, World};
use crate::desk::DutyState;
use crate::documents::{Document, Initials};
use crate::output::ics::{Entry, When};
use crate::output::{self, ics};
use crate::records::Day;
use anyhow::Result;
use chrono::NaiveDateTime;
use serde_json::Value;

/// The form of a list of days.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Format {
    /// For a terminal.
    #[default]
    Human,
    /// To be sent, or kept as `--write` keeps it.
    Markdown,
    /// A row a line, for a spreadsheet.
    Csv,
    /// Exactly what the template is given.
    Json,
    /// For calendar programs, without names of children.
    Ics,
}

/// Brings a list to where it was asked for, in the form that was asked for. `entries` makes what a
/// calendar program is given, under the calendar's name.
pub(super) fn deliver(
    document: &Document,
    format: Format,
    destination: &Destination,
    (human, csv): Told,
    (name, entries): (&str, &dyn Fn() -> Vec<Entry>),
    world: &World,
    session: &mut Session<'_>,
) -> Result<Exit> {
    if destination.write && matches!(format, Format::Json | Format::Csv) {
        return Err(Trouble::usage(
            "--write keeps a document in the folder as Markdown, or as a calendar",
        )
        .hint("use -o FILE for json and csv")
        .into());
    }
    let is_kept = destination.write || destination.output.is_some();
    let told = match format {
        Format::Json => output::json::document(&document.view)?,
        Format::Csv => csv(&document.view),
        Format::Ics if destination.initials => {
            let desk = world.desk();
            let initials = Initials::of(&desk);
            let mut entries = entries();
            for text in entries.iter_mut().flat_map(Entry::texts) {
                if let Some(written) = initials.written(text, None) {
                    *text = written;
                }
            }
            ics::calendar(&world.council.id, name, &entries)
        }
        Format::Ics => ics::calendar(&world.council.id, name, &entries()),
        Format::Human if !is_kept => human(&document.view),
        Format::Human | Format::Markdown => output::visible_lines(&document.text()?),
    };
    let stem = document.place.strip_suffix(".md");
    let place = match (format, stem) {
        (Format::Ics, Some(stem)) => format!("{stem}.ics"),
        _ => document.place.clone(),
    };
    destination.deliver(&told, &place, false, world, session)
}

/// A list's title for a terminal, and under it whose and of which day it is.
pub(super) fn title(title: &str, view: &Value, day: &str) -> String {
    let only = match text(view, "only") {
        only if only.is_empty() => only,
        only => format!("Only what is {only}\n"),
    };
    let council = text(view, "council");
    let lines = format!("{title}\n{council}, as of {}\n{only}", text(view, day));
    output::visible_lines(&lines)
}

/// The lines that say by when: the day, its hour, and how late it is.
pub(super) fn by_when(row: &Value, day: &str, hour: &str, otherwise: &str) -> Vec<String> {
    let hour = match text(row, hour) {
        hour if hour.is_empty() => hour,
        hour => format!("at {hour}"),
    };
    let late = match text(row, "late") {
        late if late.is_empty() => otherwise.to_owned(),
        late => late,
    };
    vec![text(row, day), hour, late]
}

/// A duty of the office as a calendar shows it; in the diary and among the deadlines it is one
/// and the same entry.
pub(super) struct DutyEntry<'e> {
    pub(super) id: String,
    pub(super) task: &'e str,
    /// Empty for a duty that is owed for the meeting as a whole.
    pub(super) reference: &'e str,
    pub(super) owner: Option<&'e str>,
    pub(super) meeting: Day,
    pub(super) due_at: NaiveDateTime,
    pub(super) state: DutyState,
    pub(super) is_cancelled: bool,
    pub(super) changed_at: Option<NaiveDateTime>,
}

impl DutyEntry<'_> {
    pub(super) fn entry(self) -> Entry {
        let kind = if self.state.is_open() {
            "Deadline"
        } else {
            "Done"
        };
        let whose = match self.reference {
            "" => String::new(),
            reference => format!(" ({reference})"),
        };
        let owner = self
            .owner
            .map_or_else(String::new, |owner| format!(" Owner: {owner}."));
        Entry {
            id: self.id,
            when: When::due(self.due_at),
            summary: format!("{kind}: {}{whose}", self.task),
            description: Some(format!(
                "For the meeting of {}.{owner}",
                self.meeting.with_weekday()
            )),
            location: None,
            is_cancelled: self.is_cancelled,
            changed_at: self.changed_at,
        }
    }
}
