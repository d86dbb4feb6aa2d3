//! The log of spend as a sheet with a row a line, or a row for each sum.

use crate::commands::listed::{cell, figure, heads, rows, text};
use crate::output::csv::{self, Cell};
use serde_json::Value;
use std::collections::BTreeSet;

/// Sums by provision, funder, child or meeting where they were asked for; else the lines.
pub(super) fn csv(view: &Value) -> String {
    if view["by"].is_null() {
        lines(view)
    } else {
        groups(view)
    }
}

fn groups(view: &Value) -> String {
    let mut names = heads(&[&text(view, "by.what"), "words", "lines", "weekly"]);
    names.push(format!("total_{}", text(view, "by.year")));
    names.extend(heads(&["total", "own_total"]));
    let cells = rows(view, "by.rows").map(|row| {
        vec![
            cell(row, "key"),
            cell(row, "words"),
            figure(row, "lines"),
            figure(row, "weekly.pounds"),
            figure(row, "this_year.pounds"),
            figure(row, "total.pounds"),
            figure(row, "own.pounds"),
        ]
    });
    csv::csv(&names, cells)
}

/// A row for each line, with what falls into each financial year.
fn lines(view: &Value) -> String {
    let years: BTreeSet<String> = rows(view, "lines")
        .flat_map(|line| rows(line, "years"))
        .map(|year| text(year, "year"))
        .collect();
    let mut names = heads(&[
        "meeting",
        "reference",
        "case_id",
        "child",
        "state",
        "item",
        "description",
        "weekly",
        "one_off",
        "from",
        "to",
        "last_day",
        "ended",
        "replaced_by",
        "total",
        "others_total",
        "own_total",
        "others",
        "counted_total",
        "counted_others",
        "counted_own",
        "running_own",
        "funds_left",
        "expenditure_signed_by",
        "expenditure_signed_on",
        "log",
        "log_signed_by",
        "log_signed_on",
    ]);
    for year in &years {
        names.push(format!("total_{year}"));
        names.push(format!("own_{year}"));
    }
    let cells = rows(view, "lines").map(|line| {
        let log = match (line["wants_log"] == true, line["log_signed"].is_null()) {
            (_, false) => "signed",
            (true, true) => "unsigned",
            (false, true) => "",
        };
        let mut row = vec![
            cell(line, "meeting"),
            cell(line, "reference"),
            cell(line, "case_id"),
            cell(line, "child"),
            figure(line, "state"),
            cell(line, "item"),
            cell(line, "description"),
            figure(line, "weekly.pounds"),
            figure(line, "one_off.pounds"),
            figure(line, "from.iso"),
            figure(line, "to.iso"),
            figure(line, "last.iso"),
            figure(line, "is_ended"),
            cell(line, "replaced.by"),
            figure(line, "total.pounds"),
            figure(line, "others.pounds"),
            figure(line, "own.pounds"),
            others(line),
            figure(line, "counted.total.pounds"),
            figure(line, "counted.others.pounds"),
            figure(line, "counted.own.pounds"),
            figure(line, "running.pounds"),
            figure(line, "against.left.pounds"),
            cell(line, "expenditure_signed.name"),
            figure(line, "expenditure_signed.on.iso"),
            Cell::plain(log),
            cell(line, "log_signed.name"),
            figure(line, "log_signed.on.iso"),
        ];
        for year in &years {
            let own = rows(line, "years").find(|own| text(own, "year") == *year);
            for column in ["total.pounds", "own.pounds"] {
                row.push(match own {
                    Some(own) => figure(own, column),
                    None => Cell::plain("0.00"),
                });
            }
        }
        row
    });
    csv::csv(&names, cells)
}

/// Other funders in one cell: `education 10% agreed 2210.00; health 20% asked`.
fn others(line: &Value) -> Cell {
    let all: Vec<String> = rows(line, "funders")
        .map(|funder| {
            let columns = [
                text(funder, "source"),
                format!("{}%", text(funder, "share")),
                text(funder, "status"),
                text(funder, "pays.pounds"),
            ];
            let said = columns.iter().filter(|column| !column.is_empty());
            said.map(String::as_str).collect::<Vec<_>>().join(" ")
        })
        .collect();
    Cell::text(all.join("; "))
}
