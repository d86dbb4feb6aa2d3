//! The lists from the decisions as tables for a terminal, and as a sheet.

use crate::commands::listed::{cell, figure, heads, rows, text};
use crate::output::csv::{self, Cell};
use crate::output::table;
use serde_json::Value;

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

pub(super) fn human(view: &Value) -> String {
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
pub(super) fn sheet(view: &Value) -> String {
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
