//! The log of spend as tables for a terminal, and as a sheet with a row a line.

use crate::commands::listed::{cell, figure, heads, rows, text};
use crate::output::csv::{self, Cell};
use crate::output::table;
use serde_json::Value;
use std::collections::BTreeSet;

/// Three tables: the lines, the financial years, the funds.
pub(super) fn human(view: &Value) -> String {
    let is_part = view["is_part"] == true;
    let wants_log = view["wants_log"] == true;
    let lines: Vec<Vec<String>> = rows(view, "lines")
        .map(|line| told(line, is_part))
        .collect();
    if lines.is_empty() {
        let mut told = if is_part {
            "No approval costs anything in these days.\n".to_owned()
        } else {
            "No approval costs anything.\n".to_owned()
        };
        told.push_str(&funds(view));
        return told;
    }
    let sum = if is_part { "In these days" } else { "Sum" };
    let heads = [
        "Decision",
        "For",
        "A week",
        "Days",
        sum,
        "Others pay",
        "Log",
    ];
    let heads = if wants_log { &heads[..] } else { &heads[..6] };
    let mut all = table::table(
        heads,
        lines.iter().map(|line| as_cells(&line[..heads.len()])),
    );
    if wants_log {
        all.push_str(&match view["unsigned"].as_i64() {
            Some(0) => "Every line is signed in the log.\n".to_owned(),
            Some(1) => format!(
                "1 line of {} is not signed in the log.\n",
                text(view, "unsigned_sum.words")
            ),
            _ => format!(
                "{} lines of {} are not signed in the log.\n",
                text(view, "unsigned"),
                text(view, "unsigned_sum.words")
            ),
        });
    }
    let mut years: Vec<Vec<String>> = rows(view, "years")
        .map(|year| {
            let columns = ["year", "total.words", "others.words", "own.words"];
            let mut row: Vec<String> = columns.iter().map(|column| text(year, column)).collect();
            row.push(text(year, "own_so_far.words"));
            row.push(text(year, "own_to_come.words"));
            row
        })
        .collect();
    let sums = ["sum.total.words", "sum.others.words", "sum.own.words"];
    let mut total = vec!["Total".to_owned()];
    total.extend(sums.iter().map(|column| text(view, column)));
    total.extend([String::new(), String::new()]);
    years.push(total);
    all.push('\n');
    all.push_str(&table::table(
        &[
            "Year from 1 April",
            "Sum",
            "Others pay",
            "Own part",
            "So far",
            "To come by 31 March",
        ],
        years.iter().map(|row| as_cells(row)),
    ));
    all.push_str(&funds(view));
    all
}

fn as_cells(row: &[String]) -> Vec<&str> {
    row.iter().map(String::as_str).collect()
}

fn told(line: &Value, is_part: bool) -> Vec<String> {
    let mut what = text(line, "item_words");
    let description = text(line, "description");
    if !description.is_empty() {
        what = format!("{what}: {description}");
    }
    if line["state"] == "in-principle" {
        what.push_str(" (in principle)");
    }
    let sum = if is_part {
        "counted.total.words"
    } else {
        "total.words"
    };
    let days = match (text(line, "last.iso"), line["is_ended"] == true) {
        (last, _) if last.is_empty() => text(line, "from.iso"),
        (last, true) => format!("{} to {last}, ended", text(line, "from.iso")),
        (last, false) => format!("{} to {last}", text(line, "from.iso")),
    };
    let others: Vec<String> = rows(line, "funders")
        .map(|funder| {
            let amount = match text(funder, "pays.words") {
                pays if pays.is_empty() => text(funder, "status"),
                pays => pays,
            };
            let who = text(funder, "words");
            match (text(funder, "share"), amount.is_empty()) {
                (share, true) if share == "0" => who,
                (share, false) if share == "0" => format!("{who}: {amount}"),
                (share, true) => format!("{who} {share} %"),
                (share, false) => format!("{who} {share} %: {amount}"),
            }
        })
        .collect();
    let log = match text(line, "log_signed.name") {
        name if name.is_empty() => "unsigned".to_owned(),
        name => format!("{name} {}", text(line, "log_signed.on.iso")),
    };
    vec![
        ["meeting", "reference", "child"]
            .map(|key| text(line, key))
            .join(" "),
        what,
        text(line, "weekly.words"),
        days,
        text(line, sum),
        others.join("; "),
        log,
    ]
}

fn funds(view: &Value) -> String {
    let rows: Vec<Vec<String>> = rows(view, "funds")
        .map(|fund| {
            let days = match (text(fund, "from.iso"), text(fund, "to.iso")) {
                (from, to) if from.is_empty() && to.is_empty() => "all days".to_owned(),
                (from, to) => format!("{from} to {to}"),
            };
            let days = match text(fund, "panel") {
                panel if panel.is_empty() => days,
                panel => format!("{panel}: {days}"),
            };
            let columns = ["available.words", "committed.words", "so_far.words"];
            let mut row = vec![days];
            row.extend(columns.iter().map(|column| text(fund, column)));
            let over = if fund["is_overspent"] == true {
                ", over the funds"
            } else {
                ""
            };
            row.push(text(fund, "left.words") + over);
            row
        })
        .collect();
    if rows.is_empty() {
        return String::new();
    }
    let heads = ["Funds", "Available", "Committed", "So far", "Left"];
    format!(
        "\n{}",
        table::table(&heads, rows.iter().map(|row| as_cells(row)))
    )
}

/// A row for each line, with what falls into each financial year.
pub(super) fn csv(view: &Value) -> String {
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
        let log = if line["log_signed"].is_null() {
            "unsigned"
        } else {
            "signed"
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
