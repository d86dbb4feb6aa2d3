//! `panel chase`: what a meeting waits for, by service manager.

use super::paper::MeetingList;
use super::session::{Exit, Session};
use crate::documents;
use crate::output::table;
use anyhow::Result;
use serde_json::Value;

/// List what a meeting expects and has not received
///
/// Reviews that fall due, cases put off to it, emergencies and placements begun whose request is
/// still a draft, by the service manager who answers for them; and papers that other posts give.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  panel chase --date 2026-11-26
  panel chase --date 2026-11-26 --format markdown -o chase.md")]
pub(crate) struct Args {
    #[command(flatten)]
    list: MeetingList,
}

pub(super) fn run(args: &Args, session: &mut Session<'_>) -> Result<Exit> {
    args.list.run(session, documents::chase, in_tables)
}

fn in_tables(view: &Value) -> String {
    let text = |row: &'_ Value, key: &str| row[key].as_str().unwrap_or("").to_owned();
    let list = |key: &str| view[key].as_array().cloned().unwrap_or_default();
    let mut expected = Vec::new();
    for group in list("expected") {
        for row in group["rows"].as_array().into_iter().flatten() {
            expected.push([
                text(&group, "service_manager"),
                text(row, "child"),
                text(row, "reference"),
                text(row, "what"),
                text(row, "from"),
                text(&row["due"], "iso"),
            ]);
        }
    }
    let papers: Vec<_> = list("papers_expected")
        .iter()
        .map(|row| {
            let columns = ["from", "what", "child", "reference"];
            columns.map(|key| text(row, key))
        })
        .collect();
    if expected.is_empty() && papers.is_empty() {
        return "nothing is missing\n".to_owned();
    }
    let mut told = String::new();
    if !expected.is_empty() {
        let heads = [
            "Service manager",
            "Child",
            "Reference",
            "What",
            "From",
            "By",
        ];
        let rows = expected
            .iter()
            .map(|row| row.each_ref().map(String::as_str).to_vec());
        told.push_str(&table::table(&heads, rows));
    }
    if !papers.is_empty() {
        let heads = ["Expected from", "Paper", "Child", "Reference"];
        let rows = papers
            .iter()
            .map(|row| row.each_ref().map(String::as_str).to_vec());
        told.push_str(&table::table(&heads, rows));
    }
    told
}
