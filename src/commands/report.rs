//! `panel report`: what decisions leave beside the children's records.

use super::listed::{Format, cell, deliver, figure, heads, rows, text};
use super::named::{known_panel, meeting_on};
use super::paper::Destination;
use super::session::{Exit, Session, Trouble, day};
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
/// that have something are printed. Notes on practice are on no child's record and in no letter.
/// No list has a child's name, unless somebody wrote it into a note.
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

/// One list: its key in the view and its title; what stands in its sheet, by name; and what stands
/// in its table, several values of the view to a column.
struct List {
    key: &'static str,
    title: &'static str,
    sheet: &'static [(&'static str, &'static str)],
    table: &'static [(&'static str, &'static [&'static str])],
}

const LISTS: [List; 3] = [
    List {
        key: "practice",
        title: "Practice (on no child's record)",
        sheet: &[
            ("meeting", "meeting"),
            ("reference", "reference"),
            ("worker", "worker"),
            ("team", "team"),
            ("team_manager", "team_manager"),
            ("practice_note", "note"),
        ],
        table: &[
            ("Decision", &["meeting", "reference"]),
            ("Worker", &["worker"]),
            ("Team", &["team"]),
            ("Team manager", &["team_manager"]),
            ("Note", &["note"]),
        ],
    },
    List {
        key: "unmet_need",
        title: "Unmet need",
        sheet: &[
            ("meeting", "meeting"),
            ("reference", "reference"),
            ("age", "age"),
            ("request", "request"),
            ("provision", "provision"),
            ("provision_in_words", "provision_words"),
            ("outcome", "outcome"),
            ("team", "team"),
            ("unmet_need", "note"),
        ],
        table: &[
            ("Decision", &["meeting", "reference"]),
            ("Age", &["age"]),
            ("Asked for", &["request"]),
            ("Provision", &["provision_words"]),
            ("Outcome", &["outcome"]),
            ("What is missing", &["note"]),
        ],
    },
    List {
        key: "providers",
        title: "Providers of the placements decided",
        sheet: &[
            ("meeting", "meeting"),
            ("reference", "reference"),
            ("provider", "provider"),
            ("sector", "sector"),
            ("sector_in_words", "sector_words"),
            ("ssda903_provider", "sector_code"),
            ("registered", "registered"),
            ("external", "external"),
            ("provision", "provision"),
            ("provision_in_words", "provision_words"),
            ("age", "age"),
            ("legal_status", "legal_status"),
            ("ssda903_legal_status", "legal_status_code"),
            ("outcome", "outcome"),
            ("alternative", "alternative"),
            ("placement_weekly", "placement_weekly.pounds"),
            ("all_weekly", "weekly.pounds"),
        ],
        table: &[
            ("Decision", &["meeting", "reference"]),
            ("Provider", &["provider"]),
            ("Sector", &["sector_words", "sector_code"]),
            ("Standing", &["standing"]),
            ("Provision", &["provision_words"]),
            ("Status", &["legal_status_code"]),
            ("A week", &["placement_weekly.words"]),
        ],
    },
];

fn human(view: &Value) -> String {
    let mut told = String::new();
    for list in LISTS.iter().filter(|list| !view[list.key].is_null()) {
        if !told.is_empty() {
            told.push('\n');
        }
        told.push_str(&format!("{}\n", list.title));
        let heads: Vec<&str> = list.table.iter().map(|(head, _)| *head).collect();
        let lines: Vec<Vec<String>> = rows(view, list.key)
            .map(|row| {
                let columns = list.table.iter();
                columns.map(|(_, paths)| joined(row, paths)).collect()
            })
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

fn joined(row: &Value, paths: &[&str]) -> String {
    let said = paths.iter().map(|path| text(row, path));
    let said: Vec<String> = said.filter(|text| !text.is_empty()).collect();
    said.join(" ")
}

/// The one list that is there.
fn sheet(view: &Value) -> String {
    let Some(list) = LISTS.iter().find(|list| !view[list.key].is_null()) else {
        return String::new();
    };
    let names: Vec<&str> = list.sheet.iter().map(|(name, _)| *name).collect();
    let lines = rows(view, list.key).map(|row| {
        let line = list.sheet.iter().map(|(_, path)| {
            if path.ends_with(".pounds") {
                figure(row, path)
            } else {
                cell(row, path)
            }
        });
        line.collect::<Vec<Cell>>()
    });
    csv::csv(&heads(&names), lines)
}
