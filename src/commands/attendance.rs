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
/// whom, apologies, absent; and for each person where several held it. The rate of the service
/// counts cover; the rate of the person does not, and is held against the least that the council's
/// file names. A post that comes as necessary counts where an item needed it.
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
    let world = args.destination.world(session)?;
    session.tell_unreadable(&world);
    days_in_order(args.from, args.to)?;
    let desk = world.desk();
    if let Some(from) = args.from.filter(|from| *from > desk.today()) {
        session.tell(&format!(
            "note: {} is still to come, so no meeting from then on has been held",
            from.with_weekday()
        ));
    }
    let panel = args.panel.as_deref();
    known_panel(&desk, panel)?;
    let options = args.destination.options();
    let document = documents::attendance(&desk, args.from, args.to, panel, options);
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
        let mut posts: Vec<[String; 9]> = Vec::new();
        for post in rows(sits, "posts") {
            let low = match post["is_low"] == true {
                true => ", too few",
                false => "",
            };
            let own = match (post["as_necessary"] == true, post["says_when"] == true) {
                (true, true) => " (where an item needs it)",
                (true, false) => " (as necessary)",
                _ => "",
            };
            posts.push(line(text(post, "post") + own, post, low));
            for person in rows(post, "people") {
                posts.push(line(format!("  {}", text(person, "name")), person, ""));
            }
        }
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

/// A post, or a person in it.
fn line(name: String, of: &Value, low: &str) -> [String; 9] {
    let count = |key: &str| text(of, key);
    [
        name,
        count("held"),
        count("present"),
        count("by_video"),
        covered(of),
        count("apologies"),
        count("absent"),
        per_cent(of, "service_rate"),
        per_cent(of, "person_rate") + low,
    ]
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
            "Members come to at least {} per cent over {}{}; fewer than {} meetings say nothing yet.\n",
            text(sits, "bar.lowest"),
            text(sits, "bar.over"),
            clauses(&sits["bar"]),
            text(sits, "bar.least_meetings")
        ));
        let assumption = text(sits, "bar.assumption");
        if !assumption.is_empty() {
            head.push_str(&format!(
                "Assumed: {}\n",
                crate::output::visible(&assumption)
            ));
        }
    } else {
        head.push_str("The council sets no least attendance.\n");
    }
    match sits["extra"].as_u64() {
        None | Some(0) => {}
        Some(extra) => head.push_str(&format!(
            "{} outside the calendar: counted for those whom the record names.\n",
            match extra {
                1 => "1 of them was".to_owned(),
                more => format!("{more} of them were"),
            }
        )),
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
    let not_kept: Vec<String> = rows(sits, "not_kept").map(|day| text(day, "iso")).collect();
    if !not_kept.is_empty() {
        head.push_str(&format!(
            "In the calendar, and not in the folder: {}.\n",
            not_kept.join(", ")
        ));
    }
    head
}

/// ` (clauses 2.3, 2.4)`
fn clauses(bar: &Value) -> String {
    let sources: Vec<&str> = rows(bar, "sources").filter_map(Value::as_str).collect();
    match sources.len() {
        0 => String::new(),
        1 => format!(" (clause {})", sources[0]),
        _ => format!(" (clauses {})", sources.join(", ")),
    }
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
        "not_needed",
        "row",
    ]);
    let mut all: Vec<Vec<Cell>> = Vec::new();
    for sits in rows(view, "panels") {
        for post in rows(sits, "posts") {
            let held_by: Vec<&str> = rows(post, "names").filter_map(Value::as_str).collect();
            all.push(sheet_line(sits, post, post, held_by.join("; ")));
            // A row a person, told by `person`, where several held the post.
            for person in rows(post, "people") {
                all.push(sheet_line(sits, post, person, text(person, "name")));
            }
        }
    }
    csv::csv(&names, all)
}

fn sheet_line(sits: &Value, post: &Value, of: &Value, names: String) -> Vec<Cell> {
    let is_person = !of["name"].is_null();
    let of_post = |key: &str| match is_person {
        true => Cell::plain(String::new()),
        false => figure(post, key),
    };
    vec![
        cell(sits, "panel"),
        figure(sits, "from.iso"),
        figure(sits, "to.iso"),
        cell(post, "role"),
        cell(post, "post"),
        Cell::text(names),
        figure(post, "as_necessary"),
        figure(of, "held"),
        figure(of, "present"),
        figure(of, "by_video"),
        figure(of, "cover"),
        Cell::text(by_whom(of)),
        figure(of, "apologies"),
        figure(of, "absent"),
        figure(of, "service_rate"),
        figure(of, "person_rate"),
        figure(sits, "bar.lowest"),
        of_post("is_low"),
        of_post("not_needed"),
        Cell::plain(if is_person { "person" } else { "post" }),
    ]
}
