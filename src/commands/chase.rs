//! `panel chase`: what a meeting waits for, by service manager.

use super::listed::{Format, cell, deliver, figure, heads, rows, text};
use super::named::{known_panel, meeting_on};
use super::paper::Destination;
use super::session::{Exit, Session, Trouble, day};
use crate::documents;
use crate::output::csv::{self, Cell};
use crate::output::table;
use crate::records::Day;
use anyhow::Result;
use serde_json::Value;

/// List what a meeting expects and has not received
///
/// The paperwork of all that comes back to it by itself (reviews and returns, what deferrals wait
/// for, emergencies and placements begun whose request is still a draft, birthdays, what ends,
/// decisions that were promised and endorsements) and what earlier emergencies were heard without,
/// by the service manager who answers for it; and papers that other posts give. Without a day, for
/// the coming meeting of each panel.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  panel chase
  panel chase --date 2026-11-26 --format csv -o chase.csv
  panel chase --date 2026-11-26 --format markdown -o chase.md")]
pub(crate) struct Args {
    /// Day of the meeting, like 2026-11-26 [default: the coming one]
    #[arg(long, value_name = "DAY", value_parser = day)]
    date: Option<Day>,
    /// Which panel, where there are several [default: each of them]
    #[arg(long, value_name = "ID")]
    panel: Option<String>,
    /// Form of the list
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
    #[command(flatten)]
    destination: Destination,
}

pub(super) fn run(args: &Args, session: &mut Session<'_>) -> Result<Exit> {
    let world = args.destination.world(session)?;
    session.tell_unreadable(&world);
    let desk = world.desk();
    let panel = args.panel.as_deref();
    known_panel(&desk, panel)?;
    let meetings = match args.date {
        Some(date) => vec![meeting_on(&desk, date, panel)?],
        None => desk.coming(panel),
    };
    let has_nowhere_to_go = desk.cases().iter().any(crate::desk::Case::has_no_meeting);
    if meetings.is_empty() && !has_nowhere_to_go {
        return Err(Trouble::refused("no meeting to come is known")
            .hint("name a day with --date, or add the next days to `[meetings]` of the rule file")
            .into());
    }
    let document = documents::chase(&desk, &meetings, args.destination.options());
    let told = (
        in_tables as fn(&Value) -> String,
        in_a_sheet as fn(&Value) -> String,
    );
    deliver(
        &document,
        args.format,
        &args.destination,
        told,
        &world,
        session,
    )
}

/// Every line of the list: its meeting, whose it is, and what it says.
fn lines(view: &Value) -> Vec<(&Value, String, &Value)> {
    rows(view, "meetings")
        .flat_map(|meeting| {
            rows(meeting, "expected").flat_map(move |group| {
                let manager = text(group, "service_manager");
                rows(group, "rows").map(move |row| (meeting, manager.clone(), row))
            })
        })
        .collect()
}

fn in_tables(view: &Value) -> String {
    let mut told = String::new();
    let mut add = |heads: &[&str], rows: Vec<Vec<String>>| {
        if !rows.is_empty() {
            let rows = rows
                .iter()
                .map(|row| row.iter().map(String::as_str).collect());
            told.push_str(&table::table(heads, rows));
        }
    };
    let nowhere = rows(view, "without_meeting").map(|row| {
        ["service_manager", "child", "reference", "sent.iso"]
            .map(|key| text(row, key))
            .to_vec()
    });
    add(
        &["No meeting known", "Child", "Reference", "Sent"],
        nowhere.collect(),
    );
    for meeting in rows(view, "meetings") {
        let by = format!("By {}", text(meeting, "meeting.day.iso"));
        let of_meeting = lines(view).into_iter().filter(|(own, ..)| *own == meeting);
        let expected = of_meeting.map(|(_, manager, row)| {
            let mut line = vec![manager];
            line.extend(
                ["child", "reference", "what", "from", "due.iso"].map(|key| text(row, key)),
            );
            line
        });
        let heads = ["Service manager", "Child", "Reference", "What", "From", &by];
        add(&heads, expected.collect());
        let papers = rows(meeting, "papers_expected").map(|row| {
            ["from", "what", "child", "reference"]
                .map(|key| text(row, key))
                .to_vec()
        });
        let heads = ["Expected from", "Paper", "Child", "Reference"];
        add(&heads, papers.collect());
    }
    if told.is_empty() {
        return "nothing is missing\n".to_owned();
    }
    told
}

fn in_a_sheet(view: &Value) -> String {
    let nowhere = rows(view, "without_meeting").map(|row| {
        vec![
            Cell::plain(""),
            cell(row, "panel"),
            cell(row, "service_manager"),
            cell(row, "child"),
            cell(row, "reference"),
            Cell::plain("no-meeting"),
            Cell::plain("A meeting: none is known"),
            Cell::plain(""),
            Cell::plain(""),
        ]
    });
    let expected = lines(view).into_iter().map(|(meeting, manager, row)| {
        vec![
            figure(meeting, "meeting.day.iso"),
            cell(meeting, "meeting.panel"),
            Cell::text(manager),
            cell(row, "child"),
            cell(row, "reference"),
            figure(row, "kind"),
            cell(row, "what"),
            cell(row, "from"),
            figure(row, "due.iso"),
        ]
    });
    let papers = rows(view, "meetings").flat_map(|meeting| {
        rows(meeting, "papers_expected").map(move |row| {
            vec![
                figure(meeting, "meeting.day.iso"),
                cell(meeting, "meeting.panel"),
                Cell::plain(""),
                cell(row, "child"),
                cell(row, "reference"),
                Cell::plain("paper-of-a-post"),
                cell(row, "what"),
                cell(row, "from"),
                Cell::plain(""),
            ]
        })
    });
    let heads = heads(&[
        "meeting",
        "panel",
        "service_manager",
        "child",
        "reference",
        "kind",
        "what",
        "from",
        "by",
    ]);
    csv::csv(&heads, nowhere.chain(expected).chain(papers))
}
