//! `panel attendance`: how regularly each post came to the panel's meetings.

use super::listed::{Format, cell, deliver, figure, heads, rows, text};
use super::named::known_panel;
use super::paper::Destination;
use super::session::{Exit, Session, day};
use super::spend::days_in_order;
use crate::documents;
use crate::output::csv::{self, Cell};
use crate::output::table;
use crate::records::Day;
use anyhow::Result;
use serde_json::Value;

/// Print how regularly each post came to the panel's meetings
///
/// For each post: the meetings held that say who was there, in the room, by video, covered and by
/// whom, apologies, absent. The rate of the service counts cover; the rate of the person does
/// not, and is held against the least that the council's file names.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  panel attendance                                    as far back as the council's file looks
  panel attendance --from 2026-04-01 --to 2026-09-30
  panel attendance --format csv -o attendance.csv")]
pub(crate) struct Args {
    /// Meetings from this day on
    #[arg(long, value_name = "DAY", value_parser = day)]
    from: Option<Day>,
    /// Meetings up to and with this day
    #[arg(long, value_name = "DAY", value_parser = day)]
    to: Option<Day>,
    /// Only this panel, where the council has several
    #[arg(long, value_name = "ID")]
    panel: Option<String>,
    /// Form of the list
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
    #[command(flatten)]
    destination: Destination,
}

pub(super) fn run(args: &Args, session: &mut Session<'_>) -> Result<Exit> {
    let world = session.world()?;
    session.tell_unreadable(&world);
    days_in_order(args.from, args.to)?;
    let desk = world.desk();
    let panel = args.panel.as_deref();
    known_panel(&desk, panel)?;
    let options = args.destination.options();
    let document = documents::attendance(&desk, args.from, args.to, panel, options)?;
    deliver(
        &document,
        args.format,
        &args.destination,
        (human, sheet),
        &world,
        session,
    )
}

fn per_cent(post: &Value, key: &str) -> String {
    match text(post, key) {
        rate if rate.is_empty() => "–".to_owned(),
        rate => format!("{rate} %"),
    }
}

fn human(view: &Value) -> String {
    let mut told = String::new();
    for sits in rows(view, "panels") {
        if !told.is_empty() {
            told.push('\n');
        }
        told.push_str(&head(sits));
        let posts: Vec<[String; 9]> = rows(sits, "posts")
            .map(|post| {
                let count = |key: &str| text(post, key);
                let low = if post["is_low"] == true {
                    ", too few"
                } else {
                    ""
                };
                let own = if post["as_necessary"] == true {
                    " (as necessary)"
                } else {
                    ""
                };
                [
                    text(post, "post") + own,
                    count("held"),
                    count("present"),
                    count("by_video"),
                    covered(post),
                    count("apologies"),
                    count("absent"),
                    per_cent(post, "service_rate"),
                    per_cent(post, "person_rate") + low,
                ]
            })
            .collect();
        let heads = [
            "Post",
            "Held",
            "Present",
            "Video",
            "Cover",
            "Apologies",
            "Absent",
            "Service",
            "Person",
        ];
        told.push_str(&table::table(
            &heads,
            posts
                .iter()
                .map(|row| row.iter().map(String::as_str).collect()),
        ));
    }
    if told.is_empty() {
        return "No meeting is known.\n".to_owned();
    }
    told
}

/// The panel, its days, and what is asked of its members.
fn head(sits: &Value) -> String {
    let mut head = format!(
        "{}: {} with a record of who was there, from {} to {}.\n",
        crate::output::visible(&text(sits, "panel")),
        crate::output::count(rows_held(sits), "meeting"),
        text(sits, "from.words"),
        text(sits, "to.words")
    );
    if !sits["bar"].is_null() {
        head.push_str(&format!(
            "Members come to at least {} per cent over {}; fewer than {} meetings say nothing yet.\n",
            text(sits, "bar.lowest"),
            text(sits, "bar.over"),
            text(sits, "bar.least_meetings")
        ));
    }
    let missing: Vec<&str> = rows(sits, "not_recorded")
        .filter_map(Value::as_str)
        .collect();
    if !missing.is_empty() {
        head.push_str(&format!(
            "Who was there is not recorded for: {}.\n",
            missing.join(", ")
        ));
    }
    head
}

fn rows_held(sits: &Value) -> usize {
    let held = sits["held"].as_u64().unwrap_or_default();
    usize::try_from(held).unwrap_or_default()
}

/// `1: T. Lowe`
fn covered(post: &Value) -> String {
    match by_whom(post) {
        names if names.is_empty() => text(post, "cover"),
        names => format!("{}: {names}", text(post, "cover")),
    }
}

fn by_whom(post: &Value) -> String {
    let mut names: Vec<String> = Vec::new();
    for cover in rows(post, "covered_by") {
        let name = text(cover, "name");
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    }
    names.join("; ")
}

fn sheet(view: &Value) -> String {
    let names = heads(&[
        "panel",
        "from",
        "to",
        "role",
        "post",
        "names",
        "as_necessary",
        "held",
        "present",
        "by_video",
        "cover",
        "covered_by",
        "apologies",
        "absent",
        "service_rate",
        "person_rate",
        "lowest",
        "too_few",
    ]);
    let mut all: Vec<Vec<Cell>> = Vec::new();
    for sits in rows(view, "panels") {
        for post in rows(sits, "posts") {
            let held_by: Vec<&str> = rows(post, "names").filter_map(Value::as_str).collect();
            all.push(vec![
                cell(sits, "panel"),
                figure(sits, "from.iso"),
                figure(sits, "to.iso"),
                cell(post, "role"),
                cell(post, "post"),
                Cell::text(held_by.join("; ")),
                figure(post, "as_necessary"),
                figure(post, "held"),
                figure(post, "present"),
                figure(post, "by_video"),
                figure(post, "cover"),
                Cell::text(by_whom(post)),
                figure(post, "apologies"),
                figure(post, "absent"),
                figure(post, "service_rate"),
                figure(post, "person_rate"),
                figure(sits, "bar.lowest"),
                figure(post, "is_low"),
            ]);
        }
    }
    csv::csv(&names, all)
}
