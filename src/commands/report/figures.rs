//! The report for a terminal, and as one sheet with a figure a line.

use crate::commands::listed::{heads, rows, text};
use crate::output::csv::{self, Cell};
use crate::output::may_begin_a_line;
use crate::output::{table, visible};
use serde_json::Value;

/// Section by section: what is counted, its bars, its table.
pub(super) fn human(view: &Value) -> String {
    let mut told = format!(
        "{}: {}\n",
        visible(&text(view, "panel")),
        text(view, "period.words")
    );
    if !view["before"].is_null() {
        told.push_str(&format!("Compared with {}.\n", text(view, "before.words")));
    }
    for note in rows(view, "notes").filter_map(Value::as_str) {
        told.push_str(&format!("{}\n", visible(note)));
    }
    for line in rows(view, "summary").filter_map(Value::as_str) {
        told.push_str(&format!("{}\n", wrapped(&format!("- {line}"))));
    }
    for section in rows(view, "sections") {
        told.push_str(&format!("\n{}\n", text(section, "title").to_uppercase()));
        for group in rows(section, "groups") {
            told.push_str(&format!("\n{}\n", wrapped(&visible(&text(group, "says")))));
            if text(group, "drawn") == "line" && group["is_empty"] != true {
                let figure = &group["rows"][0]["cells"][0];
                told.push_str(&format!("  {}\n", text(figure, "words")));
                continue;
            }
            if group["is_empty"] == true {
                continue;
            }
            let chart: Vec<&str> = rows(group, "chart").filter_map(Value::as_str).collect();
            let is_drawn = !chart.is_empty();
            for line in chart {
                told.push_str(&format!("  {}\n", visible(line)));
            }
            let drawn = text(group, "drawn");
            if drawn != "bars" && !(drawn == "stacked" && is_drawn) {
                told.push_str(&in_table(group));
            }
            for note in rows(group, "notes").filter_map(Value::as_str) {
                told.push_str(&format!("{}\n", wrapped(&visible(note))));
            }
        }
    }
    let identities: Vec<&Value> = rows(view, "identities").collect();
    if !identities.is_empty() {
        told.push('\n');
    }
    for identity in identities {
        let mark = match identity["holds"] == true {
            true => "",
            false => "  DOES NOT AGREE",
        };
        told.push_str(&format!("{}{mark}\n", text(identity, "says")));
    }
    told
}

/// As wide as the tables.
const WIDTH: usize = 100;

fn wrapped(text: &str) -> String {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let length = lines.last().map_or(0, |line| line.chars().count());
        let is_full = length + 1 + word.chars().count() > WIDTH;
        if length > 0 && is_full && may_begin_a_line(word) {
            lines.push(word.to_owned());
        } else if let Some(line) = lines.last_mut() {
            if length > 0 {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines.join("\n")
}

fn in_table(group: &Value) -> String {
    let columns: Vec<String> = rows(group, "columns")
        .map(|column| text(column, "label"))
        .collect();
    let has_of = group["has_of"] == true;
    let has_before = group["has_before"] == true;
    let before = match &columns[..] {
        [first, _, ..] => format!("Before: {}", first.to_lowercase()),
        _ => "Before".to_owned(),
    };
    let mut heads = vec![text(group, "head")];
    heads.extend(columns);
    heads.extend(has_of.then(|| "Per cent".to_owned()));
    heads.extend(has_before.then_some(before));
    let lines: Vec<Vec<String>> = rows(group, "rows")
        .filter(|row| row["is_quiet"] != true)
        .map(|row| {
            let inset = match text(row, "stands").as_str() {
                "within" => "  ",
                _ => "",
            };
            let mut line = vec![format!("{inset}{}", text(row, "label"))];
            line.extend(rows(row, "cells").map(|cell| text(cell, "words")));
            let first = &row["cells"][0];
            line.extend(has_of.then(|| match text(first, "per_cent") {
                none if none.is_empty() => none,
                rate => format!("{rate} %"),
            }));
            line.extend(has_before.then(|| text(first, "before_words")));
            line
        })
        .collect();
    let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
    let cells = lines
        .iter()
        .map(|line| line.iter().map(String::as_str).collect());
    table::table(&heads, cells)
}

/// One line for each figure: section, group, row and column, its value, its unit, and of what.
pub(super) fn sheet(view: &Value) -> String {
    let names = [
        "from", "to", "section", "group", "figure", "label", "value", "unit", "of", "before",
    ];
    let plain = |text: String| Cell::plain(text);
    let mut lines = Vec::new();
    for section in rows(view, "sections") {
        for group in rows(section, "groups") {
            let columns: Vec<&Value> = rows(group, "columns").collect();
            for row in rows(group, "rows") {
                for (column, cell) in columns.iter().zip(rows(row, "cells")) {
                    let (mut id, mut label) = (text(row, "id"), text(row, "label"));
                    if columns.len() > 1 {
                        id = format!("{id}/{}", text(column, "id"));
                        label = format!("{label}: {}", text(column, "label"));
                    }
                    let value = match text(cell, "words").as_str() {
                        "not shown" => "not shown".to_owned(),
                        _ => text(cell, "value"),
                    };
                    lines.push(vec![
                        plain(text(view, "period.from.iso")),
                        plain(text(view, "period.to.iso")),
                        plain(text(section, "id")),
                        plain(text(group, "id")),
                        Cell::text(id),
                        Cell::text(label),
                        plain(value),
                        plain(unit(group, column)),
                        plain(text(cell, "of")),
                        plain(text(cell, "before")),
                    ]);
                }
            }
        }
    }
    csv::csv(&heads(&names), lines)
}

/// What a column counts: a column of requests beside money counts requests.
fn unit(group: &Value, column: &Value) -> String {
    match text(column, "id").as_str() {
        "requests" => "requests".to_owned(),
        _ => text(group, "unit"),
    }
}
