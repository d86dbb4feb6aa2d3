//! `panel deadlines`: the office's duties for a meeting.

use super::paper::Destination;
use super::session::{Exit, Session, Trouble, day, meeting_on};
use crate::documents;
use crate::output::{self, table};
use crate::records::Day;
use anyhow::Result;

/// Print what the office owes around a meeting, and by when
///
/// Each duty with its owner, its last moment and whether it is done; where it is owed for each
/// child, for whom it is missing. `panel done` marks one.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  panel deadlines --date 2026-11-26
  panel deadlines --date 2026-11-26 --format markdown
  panel done agenda-out --date 2026-11-26             marks one as done")]
pub(crate) struct Args {
    /// Day of the meeting
    #[arg(long, value_name = "DAY", value_parser = day)]
    date: Day,
    /// The panel, where several meet that day
    #[arg(long, value_name = "ID")]
    panel: Option<String>,
    /// Form of the list
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
    #[command(flatten)]
    destination: Destination,
}

/// The form of the list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// A table for a terminal.
    #[default]
    Human,
    /// Exactly what the template is given.
    Json,
    /// To be read, as `--write` keeps it.
    Markdown,
}

pub(super) fn run(args: &Args, session: &mut Session<'_>) -> Result<Exit> {
    let world = session.world()?;
    session.tell_unreadable(&world);
    let desk = world.desk();
    let meeting = meeting_on(&desk, args.date, args.panel.as_deref())?;
    let document = documents::deadlines(&desk, meeting, args.destination.options())?;
    let is_kept = args.destination.write || args.destination.output.is_some();
    let text = match args.format {
        Format::Json => output::json::document(&document.view)?,
        Format::Human if !is_kept => rows(&document.view),
        Format::Human | Format::Markdown => output::visible_lines(&document.text),
    };
    if args.destination.write && args.format == Format::Json {
        return Err(
            Trouble::usage("--write keeps a document in the folder as Markdown")
                .hint("use -o FILE for json")
                .into(),
        );
    }
    args.destination
        .deliver(&text, &document.place, false, &world, session)
}

/// The list as a table: a line for each duty, and one for each child for whom it is missing.
fn rows(view: &serde_json::Value) -> String {
    let text = |value: &serde_json::Value, key: &str| {
        value[key].as_str().map_or_else(String::new, str::to_owned)
    };
    let mut rows: Vec<[String; 5]> = Vec::new();
    for duty in view["duties"].as_array().into_iter().flatten() {
        let state = match duty["met_words"].as_str() {
            Some(met) => format!("{} ({met})", text(duty, "state_words")),
            None => text(duty, "state_words"),
        };
        rows.push([
            text(duty, "id"),
            text(duty, "task"),
            text(duty, "owner"),
            text(duty, "due_words"),
            state,
        ]);
        let children = duty["children"].as_array().into_iter().flatten();
        for child in children.filter(|child| child["is_missing"] == true) {
            rows.push([
                String::new(),
                format!(
                    "missing for {} ({})",
                    text(child, "child"),
                    text(child, "reference")
                ),
                String::new(),
                text(child, "due_words"),
                text(child, "state"),
            ]);
        }
    }
    if rows.is_empty() {
        return "Nothing is owed for this meeting.\n".to_owned();
    }
    table::table(
        &["Id", "What", "Owner", "Due by", "State"],
        rows.iter()
            .map(|row| row.iter().map(String::as_str).collect()),
    )
}
