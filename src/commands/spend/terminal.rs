//! The log of spend at a terminal: what finance asks first, then the lines, the years, the funds.

use crate::commands::listed::{rows, text};
use crate::output::table;
use serde_json::Value;

/// The head, the lines and the tables of sums, for a terminal of 80 columns.
pub(super) fn human(view: &Value) -> String {
    let mut all = head(view);
    let is_part = view["is_part"] == true;
    let lines: Vec<&Value> = rows(view, "lines").collect();
    if lines.is_empty() {
        all.push_str(if is_part {
            "\nNo approval costs anything in these days.\n"
        } else {
            "\nNo approval costs anything.\n"
        });
        all.push_str(&funds(view));
        all.push_str(&refused(view));
        return all;
    }
    all.push('\n');
    all.push_str(&table::narrow(
        &[
            "Approved",
            "Days",
            if is_part { "In these days" } else { "Sum" },
            "Running, own",
        ],
        lines
            .iter()
            .enumerate()
            .map(|(index, line)| told(line, is_first(&lines, index), is_part)),
    ));
    all.push_str(&overlaps(view));
    all.push('\n');
    all.push_str(&years(view));
    all.push_str(&groups(view));
    all.push_str(&funds(view));
    all.push_str(&refused(view));
    all
}

/// What the days up to refusals cost, which no sum has.
fn refused(view: &Value) -> String {
    let all: Vec<_> = rows(view, "refused")
        .map(|row| {
            let ended = text(row, "ended.iso");
            let end = match ended.is_empty() {
                true => format!("{}, refused", text(row, "refused.iso")),
                false => format!("{ended}, ended"),
            };
            let sum = text(row, "sum.words");
            vec![
                vec![text(row, "reference"), text(row, "child")],
                vec![format!("{} to", text(row, "from.iso")), end],
                vec![match sum.is_empty() {
                    true => "not said".to_owned(),
                    false => sum,
                }],
            ]
        })
        .collect();
    if all.is_empty() {
        return String::new();
    }
    let words = "Placements that had begun when the panel refused them. No approval covers these days, and they are in no sum.";
    format!(
        "\n{}{}",
        table::named([("Refused", words.to_owned())]),
        table::narrow(&["Request", "Days", "By the request"], all)
    )
}

/// Whether a line is the first of its decision: the others need not name it again.
fn is_first(lines: &[&Value], index: usize) -> bool {
    let Some(before) = index.checked_sub(1).map(|before| lines[before]) else {
        return true;
    };
    ["meeting", "reference"]
        .iter()
        .any(|key| before[*key] != lines[index][*key])
}

/// What finance asks first, a line each: a name, and what there is to say.
fn head(view: &Value) -> String {
    let mut said = Vec::new();
    if view["effect"].is_null() {
        said.push(("A week now", now(view)));
        said.push((
            "This year",
            format!(
                "{} in {}: {} so far, {} to come by 31 March",
                text(view, "now.own.words"),
                text(view, "now.year"),
                text(view, "now.own_so_far.words"),
                text(view, "now.own_to_come.words")
            ),
        ));
        for fund in rows(view, "funds").filter(|fund| fund["is_in_force"] == true) {
            said.push(("Of the funds", against(fund, "committed.words")));
        }
    } else {
        said.extend(effect(&view["effect"]));
    }
    if view["wants_log"] == true {
        said.push(("Log", log(view)));
    }
    said.insert(0, ("Log of spend", text(view, "as_of.weekday")));
    table::named(said)
}

fn now(view: &Value) -> String {
    let mut words = format!(
        "{} for {}",
        text(view, "now.weekly.total.words"),
        counted(view, "now.running", "line")
    );
    if view["now"]["weekly"]["others"]["pounds"] != "0.00" {
        words.push_str(&format!(
            ", {} of it paid by others",
            text(view, "now.weekly.others.words")
        ));
    }
    if view["now"]["to_begin"] != 0 {
        words.push_str(&format!(
            "; {} more for {} to begin",
            text(view, "now.weekly_to_begin.total.words"),
            counted(view, "now.to_begin", "line")
        ));
    }
    words
}

/// What a meeting added: to what is paid a week, to the year, to the funds.
fn effect(effect: &Value) -> Vec<(&'static str, String)> {
    let step = |path: &str| {
        format!(
            "{} before, {} added, {} after",
            text(effect, &format!("{path}.before.words")),
            text(effect, &format!("{path}.added.words")),
            text(effect, &format!("{path}.after.words"))
        )
    };
    let mut whole = format!(
        "{} of {} in all",
        counted(effect, "lines", "line"),
        text(effect, "total.words")
    );
    if effect["spared"]["pounds"] != "0.00" {
        whole.push_str(&format!(
            "; earlier ones cost {} less",
            text(effect, "spared.words")
        ));
    }
    let mut said = vec![
        ("Meeting", text(effect, "on.weekday")),
        ("Approved", whole),
        ("A week", step("weekly")),
        (
            "This year",
            format!("{}: {}", text(effect, "year"), step("own")),
        ),
    ];
    if !effect["funds"].is_null() {
        let left = text(effect, "funds.left.words");
        let over = if effect["funds"]["is_overspent"] == true {
            ", over the funds"
        } else {
            ""
        };
        let left = format!(
            "{} available, {left} left{over}",
            text(effect, "funds.available.words")
        );
        said.push(("Funds", format!("{}; {left}", step("funds"))));
    }
    said
}

fn against(fund: &Value, committed: &str) -> String {
    let over = if fund["is_overspent"] == true {
        ", over the funds"
    } else {
        ""
    };
    let whose = match text(fund, "panel") {
        panel if panel.is_empty() => String::new(),
        panel => format!("{panel}: "),
    };
    format!(
        "{whose}{} of {}; {} left{over}",
        text(fund, committed),
        text(fund, "available.words"),
        text(fund, "left.words")
    )
}

fn log(view: &Value) -> String {
    let lines = match view["unsigned"].as_i64() {
        Some(0) => return "Every line is signed in the log.".to_owned(),
        Some(1) => "1 line of SUM is not signed in the log.",
        _ => "COUNT lines of SUM are not signed in the log.",
    };
    let said = lines
        .replace("COUNT", &text(view, "unsigned"))
        .replace("SUM", &text(view, "unsigned_sum.words"));
    match text(view, "unsigned_since.words") {
        since if since.is_empty() => said,
        since => {
            let days = counted(view, "unsigned_days", "day");
            format!("{said} The oldest is of {since}, {days} ago.")
        }
    }
}

fn counted(view: &Value, path: &str, one: &str) -> String {
    match text(view, path) {
        count if count == "1" => format!("1 {one}"),
        count => format!("{count} {one}s"),
    }
}

fn told(line: &Value, is_first: bool, is_part: bool) -> Vec<Vec<String>> {
    let mut what = Vec::new();
    if is_first {
        what.push(
            ["meeting", "reference"]
                .map(|key| text(line, key))
                .join(" "),
        );
        what.push(text(line, "child"));
    }
    let mut item = text(line, "item_words");
    let description = text(line, "description");
    if !description.is_empty() {
        item = format!("{item}: {description}");
    }
    if line["state"] == "in-principle" {
        item.push_str(" (in principle)");
    }
    what.push(item);
    what.extend(others(line));
    if !line["replaced"].is_null() {
        let how = match line["replaced"]["is_end"] == true {
            true => "ends it",
            false => "takes its place",
        };
        what.push(format!(
            "{} {how}: {} less",
            text(line, "replaced.by"),
            text(line, "replaced.spared.words")
        ));
    }
    if line["wants_log"] == true {
        what.push(match text(line, "log_signed.name") {
            name if name.is_empty() => "Log: unsigned".to_owned(),
            name => format!("Log: {name} {}", text(line, "log_signed.on.iso")),
        });
    }
    let mut days = vec![text(line, "from.iso")];
    let last = text(line, "last.iso");
    if !last.is_empty() {
        days = vec![format!("{} to", text(line, "from.iso"))];
        days.push(if line["is_ended"] == true {
            format!("{last}, ended")
        } else {
            last
        });
    }
    let weekly = text(line, "weekly.words");
    if !weekly.is_empty() {
        days.push(format!("{weekly} a week"));
    }
    let sum = if is_part {
        "counted.total.words"
    } else {
        "total.words"
    };
    vec![
        what,
        days,
        vec![text(line, sum)],
        vec![text(line, "running.words")],
    ]
}

/// Each other funder, with what it pays or how it stands.
fn others(line: &Value) -> Vec<String> {
    rows(line, "funders")
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
        .collect()
}

/// Lines for one child that are both counted in the same days.
fn overlaps(view: &Value) -> String {
    let all: Vec<_> = rows(view, "overlaps")
        .map(|overlap| {
            vec![
                vec![
                    format!(
                        "{} {}",
                        text(overlap, "meeting"),
                        text(overlap, "reference")
                    ),
                    text(overlap, "child"),
                    text(overlap, "item_words"),
                ],
                vec![text(overlap, "with_meeting"), text(overlap, "with")],
                vec![
                    format!("{} to", text(overlap, "from.iso")),
                    text(overlap, "last.iso"),
                ],
                vec![text(overlap, "sum.words")],
            ]
        })
        .collect();
    if all.is_empty() {
        return String::new();
    }
    let words = format!(
        "{} may be paid twice. Both approvals are counted; where one has ended, write `ended` for it.",
        text(view, "overlaps_sum.words")
    );
    format!(
        "\n{}{}",
        table::named([("Overlaps", words)]),
        table::narrow(&["Approved", "And", "Days of both", "Sum"], all)
    )
}

fn years(view: &Value) -> String {
    let mut years: Vec<Vec<Vec<String>>> = rows(view, "years")
        .map(|year| {
            cells(
                year,
                &[
                    "year",
                    "total.words",
                    "others.words",
                    "own.words",
                    "own_so_far.words",
                    "own_to_come.words",
                ],
            )
        })
        .collect();
    let mut total = vec![vec!["Total".to_owned()]];
    total.extend(cells(
        view,
        &[
            "sum.total.words",
            "sum.others.words",
            "sum.own.words",
            "",
            "",
        ],
    ));
    years.push(total);
    table::narrow(
        &["Year", "Sum", "Others pay", "Own part", "So far", "To come"],
        years,
    )
}

fn cells(row: &Value, columns: &[&str]) -> Vec<Vec<String>> {
    let cell = |column: &&str| vec![text(row, column)];
    columns.iter().map(cell).collect()
}

/// The sums by what was asked for.
fn groups(view: &Value) -> String {
    if view["by"].is_null() {
        return String::new();
    }
    let what = match text(view, "by.what").as_str() {
        "funder" => "Who pays",
        "child" => "Child",
        "meeting" => "Meeting",
        _ => "Provision",
    };
    let year = text(view, "by.year");
    let columns = [
        "words",
        "lines",
        "weekly.words",
        "this_year.words",
        "total.words",
        "own.words",
    ];
    let rows: Vec<_> = rows(view, "by.rows")
        .map(|row| cells(row, &columns))
        .collect();
    let heads = [what, "Lines", "A week now", &year, "Sum", "Own part"];
    format!("\n{}", table::narrow(&heads, rows))
}

fn funds(view: &Value) -> String {
    let rows: Vec<Vec<Vec<String>>> = rows(view, "funds")
        .map(|fund| {
            let mut days = Vec::new();
            if !fund["panel"].is_null() {
                days.push(text(fund, "panel"));
            }
            match (text(fund, "from.iso"), text(fund, "to.iso")) {
                (from, to) if from.is_empty() && to.is_empty() => days.push("all days".to_owned()),
                (from, to) => days.extend([format!("{from} to"), to]),
            }
            let mut row = vec![days];
            row.extend(cells(
                fund,
                &["available.words", "committed.words", "so_far.words"],
            ));
            let mut left = vec![text(fund, "left.words")];
            if fund["is_overspent"] == true {
                left.push("over the funds".to_owned());
            }
            row.push(left);
            row
        })
        .collect();
    if rows.is_empty() {
        return String::new();
    }
    let heads = ["Funds", "Available", "Committed", "So far", "Left"];
    format!("\n{}", table::narrow(&heads, rows))
}
