//! `panel calendar`: meetings, cut-offs, venues.

use super::dated::{Format, deliver};
use super::listed::{cell, figure, heads, rows, text};
use super::named::known_panel;
use super::paper::Destination;
use super::session::{Exit, Session, Trouble, day};
use crate::calendar::add;
use crate::desk::{Desk, PanelMeeting};
use crate::documents;
use crate::output::beside::{Row, beside};
use crate::output::ics::{Entry, When};
use crate::output::{clauses, csv};
use crate::records::{Day, Interval, Unit, moment_in_words};
use anyhow::Result;
use chrono::TimeDelta;
use serde_json::Value;

/// Print the panel's meetings with their cut-offs
///
/// Bank holidays, moved, cancelled and extra meetings are allowed for. Without --from and --to
/// it is the three months from today.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  panel calendar
  panel calendar --from 2027-01-01 --to 2027-03-31
  panel calendar --panel complex                      of several panels, one
  panel calendar --format ics -o panel.ics            for a calendar program")]
pub(crate) struct Args {
    /// From this day on [default: today]
    #[arg(long, value_name = "DAY", value_parser = day)]
    from: Option<Day>,
    /// Up to and with this day [default: three months on]
    #[arg(long, value_name = "DAY", value_parser = day)]
    to: Option<Day>,
    /// Only this panel's meetings, where the council has several
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
    let from = args.from.unwrap_or_else(|| desk.today());
    let quarter = Interval {
        count: 3,
        unit: Unit::Months,
    };
    let to = args.to.unwrap_or_else(|| add(from, quarter));
    if to < from {
        return Err(Trouble::usage(format!("--to {to} lies before {from}")).into());
    }
    let panel = args.panel.as_deref();
    known_panel(&desk, panel)?;
    let meetings: Vec<_> = desk
        .meetings()
        .iter()
        .filter(|meeting| meeting.on >= from && meeting.on <= to)
        .filter(|meeting| panel.is_none() || desk.is_of(meeting, panel))
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
    let document = documents::calendar(&desk, &meetings, args.destination.options());
    let all = || {
        let entries = meetings.iter().flat_map(|meeting| events(&desk, meeting));
        entries.collect()
    };
    deliver(
        &document,
        args.format,
        &args.destination,
        (human, sheet),
        (&world.council.about.panel, &all),
        &world,
        session,
    )
}

/// The width of the column with the meetings' days.
const LEFT: usize = 27;

/// The calendar for a terminal: each meeting with its hour, its cut-off and what is to be known.
fn human(view: &Value) -> String {
    let panels: Vec<&Value> = rows(view, "panels").collect();
    let mut told = format!("Meetings: {}\n", text(view, "panel"));
    let pattern = |row: &Value| format!("{} meets {}", text(row, "panel"), text(row, "pattern"));
    if panels.is_empty() {
        let lead = format!("{}. The panel meets ", text(view, "council"));
        told.push_str(&format!("{lead}{}\n", text(view, "pattern")));
    } else {
        told.push_str(&format!("{}\n", text(view, "council")));
        let patterns = panels.iter().map(|row| format!("{}\n", pattern(row)));
        told.extend(patterns);
    }
    let mut told: String = told
        .lines()
        .map(|line| crate::output::wrapped(line, 0))
        .collect();
    let lines: Vec<Row> = rows(view, "meetings")
        .map(|meeting| line(meeting, !panels.is_empty()))
        .collect();
    told.push('\n');
    if lines.is_empty() {
        told.push_str("No meeting falls in this time.\n");
    }
    told.push_str(&beside(&lines, LEFT));
    told
}

fn line(meeting: &Value, names_panel: bool) -> Row {
    let hours = match text(meeting, "ends") {
        ends if ends.is_empty() => text(meeting, "starts"),
        ends => format!("{} to {ends}", text(meeting, "starts")),
    };
    let panel = if names_panel {
        text(meeting, "panel")
    } else {
        String::new()
    };
    let cut_off = match text(meeting, "cut_off") {
        cut_off if cut_off.is_empty() => cut_off,
        cut_off => format!("Requests by {cut_off}"),
    };
    let notes = rows(meeting, "notes").filter_map(Value::as_str);
    let mut right = vec![panel, cut_off, text(meeting, "venue")];
    right.extend(notes.map(str::to_owned));
    Row {
        left: vec![text(meeting, "day.weekday"), hours],
        right,
    }
}

/// A row for each meeting.
fn sheet(view: &Value) -> String {
    let names = heads(&[
        "meeting", "date", "starts", "ends", "panel", "venue", "cut_off", "notes",
    ]);
    let lines = rows(view, "meetings").map(|meeting| {
        let notes: Vec<&str> = rows(meeting, "notes").filter_map(Value::as_str).collect();
        vec![
            figure(meeting, "id"),
            figure(meeting, "day.iso"),
            figure(meeting, "starts"),
            figure(meeting, "ends"),
            cell(meeting, "panel"),
            cell(meeting, "venue"),
            figure(meeting, "cut_off_at"),
            csv::Cell::text(notes.join("; ")),
        ]
    });
    csv::csv(&names, lines)
}

/// How long a sitting takes where the council does not say.
const MINUTES: u32 = 90;

/// A meeting as entries of a calendar: itself, and its cut-off as one of its own.
fn events(desk: &Desk<'_>, meeting: &PanelMeeting<'_>) -> impl Iterator<Item = Entry> {
    let council = meeting.rules;
    let panel = council.panel_in_full(meeting.panel);
    let changed_at = desk.meeting_changed_at(meeting);
    let minutes = council
        .sitting
        .as_ref()
        .map_or(MINUTES, |sitting| sitting.minutes);
    let starts_at = meeting.starts_at;
    let ends_at = starts_at
        .checked_add_signed(TimeDelta::minutes(i64::from(minutes)))
        .unwrap_or(starts_at);
    let sitting = Entry {
        id: meeting.id.clone(),
        when: When::Between(starts_at, ends_at),
        summary: panel.to_owned(),
        description: clauses(&council.meetings.basis.clauses)
            .map(|clauses| format!("{}.", capitalised(&clauses))),
        location: council.meetings.venue.clone(),
        is_cancelled: meeting.is_cancelled,
        changed_at,
    };
    let cut_off = meeting.cut_off.map(|cut_off| {
        let post = council
            .about
            .send_to
            .as_ref()
            .map(|to| format!(" Referrals go to {to}."))
            .unwrap_or_default();
        Entry {
            id: format!("{}-cut-off", meeting.id),
            when: When::due(cut_off),
            summary: format!("Cut-off for {panel}, {}", meeting.on.with_weekday()),
            description: Some(format!(
                "Referrals are in by {}.{post}",
                moment_in_words(cut_off)
            )),
            location: None,
            is_cancelled: meeting.is_cancelled,
            changed_at,
        }
    });
    [sitting].into_iter().chain(cut_off)
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}
