//! `panel deadlines`: the office's duties for a meeting.

use super::paper::MeetingList;
use super::session::{Exit, Session};
use crate::documents;
use crate::output::table;
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
    #[command(flatten)]
    list: MeetingList,
}

pub(super) fn run(args: &Args, session: &mut Session<'_>) -> Result<Exit> {
    args.list.run(session, documents::deadlines, rows)
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
