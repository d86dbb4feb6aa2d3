//! `panel report`: what decisions leave beside the children's records.

use super::listed::{Format, cell, deliver, figure, heads, rows, text};
use super::paper::Destination;
use super::session::{Exit, Session, Trouble, day, known_panel, meeting_on};
use super::spend::days_in_order;
use crate::desk::Period;
use crate::documents::{self, Asked};
use crate::output::csv::{self, Cell};
use crate::output::table;
use crate::records::Day;
use anyhow::Result;
use serde_json::Value;

/// List notes on practice, unmet need, and the providers of placements decided
///
/// Three lists from the decisions in force of a period or of one meeting. Without a flag those
/// that have something are printed. Notes on practice are on no child's record and in no letter;
/// no list names a child.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  panel report --from 2026-10-01 --to 2026-12-31
  panel report --practice                                       for whoever answers for practice
  panel report --providers --date 2026-11-30 --format csv       for a framework's survey")]
pub(crate) struct Args {
    /// Notes on practice, good and poor
    #[arg(long)]
    practice: bool,
    /// What was needed and is not there
    #[arg(long)]
    unmet_need: bool,
    /// Who provides the placements decided: sector, registration, weekly cost, SSDA903 codes
    #[arg(long)]
    providers: bool,
    /// Of meetings from this day on
    #[arg(long, value_name = "DAY", value_parser = day)]
    from: Option<Day>,
    /// Of meetings up to and with this day
    #[arg(long, value_name = "DAY", value_parser = day)]
    to: Option<Day>,
    /// Of the meeting of this day alone
    #[arg(long, value_name = "DAY", value_parser = day, conflicts_with_all = ["from", "to"])]
    date: Option<Day>,
    /// Of this panel alone, where the council has several
    #[arg(long, value_name = "ID")]
    panel: Option<String>,
    /// Form of the lists; csv takes one of them
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
    #[command(flatten)]
    destination: Destination,
}

pub(super) fn run(args: &Args, session: &mut Session<'_>) -> Result<Exit> {
    let asked = Asked {
        practice: args.practice,
        unmet_need: args.unmet_need,
        providers: args.providers,
    };
    if args.format == Format::Csv && asked.count() != 1 {
        return Err(Trouble::usage("a csv file holds one list")
            .hint("name one: --practice, --unmet-need or --providers")
            .into());
    }
    days_in_order(args.from, args.to)?;
    let world = session.world()?;
    session.tell_unreadable(&world);
    let desk = world.desk();
    let panel = args.panel.as_deref();
    known_panel(&desk, panel)?;
    let meeting = match args.date {
        Some(date) => Some(meeting_on(&desk, date, panel)?.id.clone()),
        None => None,
    };
    let period = Period {
        from: args.from,
        to: args.to,
        meeting: meeting.as_deref(),
        panel,
    };
    let document = documents::report(&desk, asked, period, args.destination.options())?;
    deliver(
        &document,
        args.format,
        &args.destination,
        (human, sheet),
        &world,
        session,
    )
}

/// The columns of each list: its key in the view, its title, and for each column the key, what it
/// is called in a sheet, and what it is called for people; no name for people leaves it out there.
type List = (
    &'static str,
    &'static str,
    &'static [(&'static str, &'static str, Option<&'static str>)],
);

const LISTS: [List; 3] = [
    (
        "practice",
        "Practice (on no child's record)",
        &[
            ("meeting", "meeting", Some("Meeting")),
            ("reference", "reference", Some("Reference")),
            ("worker", "worker", Some("Worker")),
            ("team", "team", Some("Team")),
            ("team_manager", "team_manager", Some("Team manager")),
            ("note", "practice_note", Some("Note")),
        ],
    ),
    (
        "unmet_need",
        "Unmet need",
        &[
            ("meeting", "meeting", Some("Meeting")),
            ("reference", "reference", Some("Reference")),
            ("age", "age", Some("Age")),
            ("request", "request", Some("Asked for")),
            ("provision", "provision", None),
            ("provision_words", "provision_in_words", Some("Provision")),
            ("outcome", "outcome", Some("Outcome")),
            ("team", "team", None),
            ("note", "unmet_need", Some("What is missing")),
        ],
    ),
    (
        "providers",
        "Providers of the placements decided",
        &[
            ("meeting", "meeting", Some("Meeting")),
            ("reference", "reference", Some("Reference")),
            ("provider", "provider", Some("Provider")),
            ("sector", "sector", None),
            ("sector_words", "sector_in_words", Some("Sector")),
            ("sector_code", "ssda903_placement_provider", Some("903")),
            ("registered", "registered", Some("Registered")),
            ("external", "external", Some("External")),
            ("provision", "provision", None),
            ("provision_words", "provision_in_words", Some("Provision")),
            ("age", "age", None),
            ("legal_status", "legal_status", None),
            ("legal_status_code", "ssda903_legal_status", Some("Status")),
            ("outcome", "outcome", None),
            ("alternative", "alternative", None),
            ("placement_weekly.pounds", "placement_weekly", None),
            ("placement_weekly.words", "", Some("A week")),
            ("weekly.pounds", "all_weekly", None),
        ],
    ),
];

fn human(view: &Value) -> String {
    let mut told = String::new();
    for (key, title, columns) in LISTS {
        if view[key].is_null() {
            continue;
        }
        if !told.is_empty() {
            told.push('\n');
        }
        told.push_str(&format!("{title}\n"));
        let shown: Vec<(&str, &str)> = columns
            .iter()
            .filter_map(|(path, _, head)| Some((*path, (*head)?)))
            .collect();
        let heads: Vec<&str> = shown.iter().map(|(_, head)| *head).collect();
        let lines: Vec<Vec<String>> = rows(view, key)
            .map(|row| shown.iter().map(|(path, _)| text(row, path)).collect())
            .collect();
        told.push_str(&if lines.is_empty() {
            "None.\n".to_owned()
        } else {
            let cells = lines
                .iter()
                .map(|row| row.iter().map(String::as_str).collect());
            table::table(&heads, cells)
        });
    }
    if told.is_empty() {
        return "No note on practice, no unmet need, and no placement was decided.\n".to_owned();
    }
    told
}

/// The one list that is there.
fn sheet(view: &Value) -> String {
    let list = LISTS.iter().find(|(key, ..)| !view[key].is_null());
    let Some((key, _, columns)) = list else {
        return String::new();
    };
    let columns: Vec<(&str, &str)> = columns
        .iter()
        .filter(|(_, name, _)| !name.is_empty())
        .map(|(path, name, _)| (*path, *name))
        .collect();
    let names: Vec<&str> = columns.iter().map(|(_, name)| *name).collect();
    let lines = rows(view, key).map(|row| {
        let line = columns.iter().map(|(path, _)| match *path {
            path if path.ends_with(".pounds") => figure(row, path),
            path => cell(row, path),
        });
        line.collect::<Vec<Cell>>()
    });
    csv::csv(&heads(&names), lines)
}
