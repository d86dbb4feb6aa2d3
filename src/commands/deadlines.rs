//! `panel deadlines`: the office's duties around meetings.

use super::dated::{DutyEntry, Format, by_when, deliver, title};
use super::listed::{cell, figure, heads, rows, text};
use super::named::{known_panel, meeting_on};
use super::paper::Destination;
use super::session::{Exit, Session, day};
use super::spend::days_in_order;
use crate::desk::{Desk, Duty, PanelMeeting, duty_id};
use crate::documents::{self, Chosen};
use crate::output::beside::{Row, beside};
use crate::output::csv;
use crate::output::ics::Entry;
use crate::records::Day;
use anyhow::Result;
use serde_json::Value;

/// Print what the office owes around a meeting, or around all, and by when
///
/// With --date each duty of that meeting with its owner, its last moment and whether it is done;
/// where it is owed for each child, for whom it is missing. Without --date what is still open of
/// all meetings. `panel done` marks one.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  panel deadlines                                     what is open, whichever meeting it is for
  panel deadlines --overdue
  panel deadlines --date 2026-11-26
  panel deadlines --date 2026-11-26 --format markdown
  panel deadlines --format ics -o deadlines.ics       for a calendar program, without names of children
  panel done agenda-out --date 2026-11-26             marks one as done")]
pub(crate) struct Args {
    /// Day of the meeting, like 2026-11-26 [default: what is open of all meetings]
    #[arg(long, value_name = "DAY", value_parser = day)]
    date: Option<Day>,
    /// Which panel, where the council has several
    #[arg(long, value_name = "ID")]
    panel: Option<String>,
    /// Of what is open: due on this day or after it
    #[arg(long, value_name = "DAY", value_parser = day, conflicts_with = "date")]
    from: Option<Day>,
    /// Of what is open: due on this day or before it
    #[arg(long, value_name = "DAY", value_parser = day, conflicts_with = "date")]
    to: Option<Day>,
    /// Of what is open: only what is late
    #[arg(long, conflicts_with = "date")]
    overdue: bool,
    /// Form of the list
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
    #[command(flatten)]
    destination: Destination,
}

pub(super) fn run(args: &Args, session: &mut Session<'_>) -> Result<Exit> {
    let world = args.destination.world(session)?;
    session.tell_unreadable(&world);
    days_in_order(args.from, args.to)?;
    let desk = world.desk();
    let panel = args.panel.as_deref();
    let name = format!("Deadlines: {}", world.council.about.panel);
    let options = args.destination.options();
    if let Some(date) = args.date {
        let meeting = meeting_on(&desk, date, panel)?;
        let document = documents::deadlines(&desk, meeting, options);
        return deliver(
            &document,
            args.format,
            &args.destination,
            (of_one, sheet_of_one),
            (&name, &|| of_meeting(&desk, meeting)),
            &world,
            session,
        );
    }
    known_panel(&desk, panel)?;
    let chosen = Chosen {
        from: args.from,
        to: args.to,
        overdue: args.overdue,
        panel,
    };
    let document = documents::open_deadlines(&desk, &chosen, options);
    let all = || {
        let found = chosen.duties(&desk);
        let entries = found.iter().flat_map(|(meeting, duties)| {
            duties
                .iter()
                .flat_map(|duty| entries(&desk, meeting, duty, false))
        });
        entries.collect()
    };
    deliver(
        &document,
        args.format,
        &args.destination,
        (of_all, sheet_of_all),
        (&name, &all),
        &world,
        session,
    )
}

/// The width of the column that says by when.
const LEFT: usize = 20;

/// The duties of one meeting for a terminal.
fn of_one(view: &Value) -> String {
    let on = text(view, "on.weekday");
    let mut told = title(
        &format!("Deadlines: meeting of {on}"),
        view,
        "as_of.weekday",
    );
    told.push('\n');
    let lines: Vec<Row> = rows(view, "duties").flat_map(lines).collect();
    if view["is_cancelled"] == true {
        told.push_str("The meeting was called off; nothing is owed for it.\n");
    } else if lines.is_empty() {
        told.push_str("Nothing is owed for this meeting.\n");
    }
    told.push_str(&beside(&lines, LEFT));
    told
}

/// What is open of all meetings, for a terminal.
fn of_all(view: &Value) -> String {
    let panel = text(view, "panel");
    let mut told = title(
        &format!("Deadlines still open: {panel}"),
        view,
        "as_of.weekday",
    );
    for meeting in rows(view, "meetings") {
        let panel = match text(meeting, "panel") {
            panel if panel.is_empty() => panel,
            panel => format!(", {panel}"),
        };
        let heading = format!("Meeting of {}{panel}", text(meeting, "on.weekday"));
        let lines: Vec<Row> = rows(meeting, "duties").flat_map(lines).collect();
        told.push_str(&format!("\n{}\n", crate::output::visible(&heading)));
        told.push_str(&beside(&lines, LEFT));
    }
    if rows(view, "meetings").next().is_none() {
        told.push_str("\nNothing is open.\n");
    }
    told
}

/// A duty, and a line for each child for whom it is missing.
fn lines(duty: &Value) -> Vec<Row> {
    let met = text(duty, "met_words");
    let state = text(duty, "state_words");
    let is_open = met.is_empty();
    let children: Vec<Row> = rows(duty, "children")
        .filter(|child| child["is_missing"] == true)
        .map(|child| Row {
            left: by_when(child, "due_on.words", "due_at", &text(child, "state_words")),
            right: vec![format!(
                "missing for {} ({})",
                text(child, "child"),
                text(child, "reference")
            )],
        })
        .collect();
    let left = if children.is_empty() {
        let otherwise = if is_open { &state } else { "" };
        by_when(duty, "due_on.words", "due_at", otherwise)
    } else {
        Vec::new()
    };
    let own = Row {
        left,
        right: vec![
            format!("{}: {}", text(duty, "id"), text(duty, "task")),
            text(duty, "owner"),
            if is_open {
                String::new()
            } else {
                format!("{state} ({met})")
            },
        ],
    };
    std::iter::once(own).chain(children).collect()
}

fn sheet_of_one(view: &Value) -> String {
    let meetings = [(text(view, "meeting"), String::new(), view)];
    sheet(meetings.into_iter())
}

fn sheet_of_all(view: &Value) -> String {
    let meetings = rows(view, "meetings")
        .map(|meeting| (text(meeting, "meeting"), text(meeting, "panel"), meeting));
    sheet(meetings)
}

/// A row for each duty, or for each child for whom it is owed.
fn sheet<'v>(meetings: impl Iterator<Item = (String, String, &'v Value)>) -> String {
    let names = heads(&[
        "meeting",
        "panel",
        "id",
        "task",
        "owner",
        "child",
        "reference",
        "due",
        "met",
        "state",
    ]);
    let lines = meetings.flat_map(|(id, panel, meeting)| {
        rows(meeting, "duties").flat_map(move |duty| {
            let owed: Vec<&Value> = match duty["children"].as_array() {
                Some(children) if !children.is_empty() => children.iter().collect(),
                _ => vec![duty],
            };
            let (id, panel) = (id.clone(), panel.clone());
            owed.into_iter().map(move |row| {
                vec![
                    csv::Cell::plain(id.clone()),
                    csv::Cell::text(panel.clone()),
                    figure(duty, "id"),
                    cell(duty, "task"),
                    cell(duty, "owner"),
                    cell(row, "child"),
                    cell(row, "reference"),
                    figure(row, "due"),
                    figure(row, "met"),
                    figure(row, "state"),
                ]
            })
        })
    });
    csv::csv(&names, lines)
}

/// The duties of one meeting as entries of a calendar; of a meeting called off each is called off.
fn of_meeting(desk: &Desk<'_>, meeting: &PanelMeeting<'_>) -> Vec<Entry> {
    let as_planned = PanelMeeting {
        is_cancelled: false,
        ..meeting.clone()
    };
    let decided_at = desk.decided_at();
    let duties = desk.duties(&as_planned, &decided_at);
    duties
        .iter()
        .flat_map(|duty| entries(desk, meeting, duty, meeting.is_cancelled))
        .collect()
}

/// A duty as entries of a calendar: one, or one for each child for whom it is owed.
fn entries(
    desk: &Desk<'_>,
    meeting: &PanelMeeting<'_>,
    duty: &Duty<'_, '_>,
    is_cancelled: bool,
) -> Vec<Entry> {
    let owner = duty.rule.owner.as_deref();
    let entry = |case: Option<&crate::desk::Case<'_>>, due_at, state| {
        DutyEntry {
            id: duty_id(meeting, duty.rule, case),
            task: &duty.rule.task,
            reference: case.map_or("", |case| &case.file.record.reference),
            owner: owner.map(|owner| meeting.rules.role_label(owner)),
            meeting: meeting.on,
            due_at,
            state,
            is_cancelled,
            changed_at: desk.duty_changed_at(meeting, case),
        }
        .entry()
    };
    if duty.children.is_empty() {
        return vec![entry(None, duty.due_at, duty.state)];
    }
    duty.children
        .iter()
        .map(|child| entry(Some(child.case), child.due_at, child.state))
        .collect()
}
