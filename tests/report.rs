//! `panel report` and `panel attendance`: figures of a small folder counted by hand, and the
//! examples' reports as they were read.
//!
//! The papers below `tests/reports` are committed documents: the example and the moment are in each
//! one's path. After a change that is meant, `REPORTS=write cargo test --test report` writes them
//! anew, and the difference is there to be read.
#![allow(
    clippy::disallowed_methods,
    reason = "tests make and read folders of their own"
)]

mod support;

use serde_json::Value;
use std::path::{Path, PathBuf};
use support::{copy_of, project, run, status, stderr, stdout};

const RULES: &str = r#"
[council]
name = "Wendham"
panel = "Resource Panel"
clause = "1"

[meetings]
every = "week"
on = "thursday"
start = 10:00:00
clause = "2"

[cut_off]
working_days_before = 3
clause = "3"

[emergency]
grounds = ["police-protection"]
clause = "4"

[[member]]
role = "service-director"
label = "Service Director"
clause = "5"

[[member]]
role = "virtual-school-head"
label = "Virtual School"
as_necessary = true
needed_for = "'education' in needs"
clause = "5"

[[quorum]]
number = 1
clause = "5"
"#;

/// Seven requests: six sent, one of them put off twice, one taken back, one an emergency.
fn wendham() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let write = |path: &str, text: &str| {
        let file = folder.path().join(path);
        std::fs::create_dir_all(file.parent().expect("it lies in a folder")).expect("a folder");
        std::fs::write(file, text).expect("a temporary file");
    };
    write("panel.toml", "council = \"./wendham.toml\"\n");
    write("wendham.toml", RULES);
    let referral = |number: usize, more: &str| {
        write(
            &format!("referrals/R-{number}.yaml"),
            &format!(
                "reference: R-{number}\nchild: {{case_id: \"{number}\", name: Jo Secret, date_of_birth: 2015-01-01, legal_status: section-20}}\nworker: {{name: A. Singh}}\n{more}"
            ),
        );
    };
    referral(
        1,
        "submitted: 2026-10-05\npanel: 2026-10-15\nneeds: [education]\nrequest: {kind: new-placement, provision: independent-fostering}\nprovider: {name: Larch, external: true, registered: true}\n",
    );
    referral(
        2,
        "submitted: 2026-10-14\npanel: 2026-10-15\nrequest: {kind: support-package}\n",
    );
    referral(
        3,
        "submitted: 2026-10-20\nrequest: {kind: new-placement, provision: external-residential}\n",
    );
    referral(
        4,
        "submitted: 2026-10-21\nwithdrawn: {on: 2026-10-27}\nrequest: {kind: new-placement}\n",
    );
    referral(
        5,
        "submitted: 2026-11-06\nrequest: {kind: review, review_of: R-1}\n",
    );
    referral(
        6,
        "submitted: 2026-11-04\nplaced_on: 2026-11-03\nemergency: {ground: police-protection}\nrequest: {kind: new-placement, provision: semi-independent}\nprovider: {name: The Flat, external: true, registered: false}\n",
    );
    referral(7, "request: {kind: new-placement}\n");
    let decision = |day: &str, number: usize, more: &str| {
        write(
            &format!("meetings/{day}/decisions/R-{number}.yaml"),
            &format!(
                "referral: R-{number}\nmeeting: {day}\ndecided_by: {{name: M. Osei, role: service-director}}\n{more}"
            ),
        );
    };
    decision(
        "2026-10-15",
        1,
        "outcome: approve\napproved: [{item: placement, weekly: 700.00, weeks: 4}]\nfunding: [{source: health, share: 25, status: agreed}]\nreview: {on: 2026-11-05}\nactions: [{what: Tell the school, owner: A. Singh, due: 2026-10-20}, {what: Write, due: 2026-10-21}]\n",
    );
    write(
        "meetings/2026-10-15/after/R-1.yaml",
        "placed: {on: 2026-10-19}\ntold_family: 2026-10-16\nactions_done: [{action: 1, on: 2026-10-22}]\ndisagreement: {by: parents, on: 2026-10-30}\n",
    );
    decision(
        "2026-10-15",
        2,
        "outcome: decline\nunmet_need: No mentor.\n",
    );
    let put_off = "outcome: defer\ndeferred: {reason: more-information}\n";
    decision("2026-10-29", 3, put_off);
    decision("2026-11-05", 3, put_off);
    decision(
        "2026-11-12",
        5,
        "outcome: approve\nreview: {none: It is long term.}\n",
    );
    decision(
        "2026-11-12",
        6,
        "outcome: approve\napproved: [{item: placement, weekly: 700.00, weeks: 2}]\nreview: {none: It ends.}\n",
    );
    let sat = "attendance: [{name: M. Osei, role: service-director, status: present}]\n";
    for day in ["2026-10-15", "2026-10-29", "2026-11-05"] {
        write(
            &format!("meetings/{day}/meeting.yaml"),
            &format!("date: {day}\n{sat}"),
        );
    }
    write(
        "meetings/2026-11-12/meeting.yaml",
        "date: 2026-11-12\nattendance: []\n",
    );
    folder
}

fn report(folder: &Path, args: &[&str]) -> String {
    let mut all = vec!["report"];
    all.extend(args);
    let output = run(folder, "2026-11-20T09:00", &all);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    stdout(&output)
}

fn json(folder: &Path, args: &[&str]) -> Value {
    let mut all = args.to_vec();
    all.extend(["--format", "json"]);
    serde_json::from_str(&report(folder, &all)).expect("JSON")
}

const AUTUMN: [&str; 4] = ["--from", "2026-10-01", "--to", "2026-11-20"];

#[test]
fn the_figures_are_those_counted_by_hand() {
    let folder = wendham();
    let report = json(folder.path(), &AUTUMN);
    // In time: R-2 was sent the day before its meeting; the emergency is not exempt here. To
    // decision: 10, 1, 6 and 8 days. The emergency was placed on the 3rd, the next panel met on
    // the 5th, and heard it on the 12th; so did it the review that was due on the 5th. Spend: 28
    // days at 100 from 19 October, 14 at 100 from 3 November; health pays a quarter of the first.
    let expected: Value = serde_json::from_str(
        r#"{
        "submitted": 6, "decided": 4, "waiting": 1, "withdrawn": 1, "deferred": 1,
        "open_at_start": 0, "open_at_end": 1, "closed_decided": 4, "closed_withdrawn": 1,
        "on_time": 5, "late": 1, "exempt": 0, "no_cut_off": 0,
        "median_days_to_decision": "7", "longest_days_to_decision": "10",
        "decisions": 6, "deferrals": 2, "requests_deferred": 1, "unmet_need": 1,
        "ratifications_due": 1, "ratified_late": 1, "ratified_in_time": 0, "not_ratified": 0,
        "reviews_due": 1, "reviews_late": 1, "reviews_in_time": 0,
        "actions_due": 2, "actions_late": 1, "actions_not_done": 1, "actions_in_time": 0,
        "families_told": 1, "families_not_told": 3, "disagreements": 1,
        "quorum_met": 3, "quorum_not_met": 1,
        "spend": "4200.00", "spend_own": "3500.00", "spend_others": "700.00",
        "approved": "4200.00",
        "unregistered_days": 14, "unregistered_placements": 1,
        "children": 6
    }"#,
    )
    .expect("JSON");
    for (key, value) in expected.as_object().expect("figures") {
        assert_eq!(&report["figures"][key], value, "{key}");
    }
    for identity in report["identities"].as_array().expect("identities") {
        assert_eq!(identity["holds"], true, "{identity}");
    }
}

#[test]
fn a_part_of_the_period_counts_its_own_days_and_stands_beside_those_before() {
    let folder = wendham();
    let november = ["--from", "2026-11-01", "--to", "2026-11-20"];
    let report = json(folder.path(), &november);
    // 15 days of the first placement, 14 of the second.
    assert_eq!(report["figures"]["spend"], "2900.00");
    assert_eq!(report["figures"]["submitted"], 2);
    assert_eq!(report["figures"]["open_at_start"], 1);
    assert_eq!(report["figures_before"]["submitted"], 3);
    let spend = run(
        folder.path(),
        "2026-11-20T09:00",
        &[
            "spend",
            "--from",
            "2026-11-01",
            "--to",
            "2026-11-20",
            "--format",
            "json",
        ],
    );
    let spend: Value = serde_json::from_str(&stdout(&spend)).expect("JSON");
    let counted = spend["lines"].as_array().expect("lines").iter();
    let pence = counted.map(|line| line["counted"]["total"]["pounds"].as_str().expect("pounds"));
    let sum: i64 = pence
        .map(|pounds| pounds.replace('.', "").parse::<i64>().expect("pence"))
        .sum();
    assert_eq!(sum, 290_000);
}

#[test]
fn a_past_period_gives_the_figures_of_its_end() {
    let folder = wendham();
    let october = json(
        folder.path(),
        &["--from", "2026-10-01", "--to", "2026-10-31"],
    );
    let figures = &october["figures"];
    // R-3 was put off on the 29th and R-1's and R-2's decisions were made: as it was then.
    assert_eq!(figures["submitted"], 4);
    assert_eq!(figures["decided"], 2);
    assert_eq!(figures["waiting"], 1);
    assert_eq!(figures["withdrawn"], 1);
    assert_eq!(figures["deferrals"], 1);
    assert_eq!(figures["reviews_due"], 0);
}

#[test]
fn the_sheet_opens_cleanly_and_has_each_figure_once() {
    let folder = wendham();
    let mut args = AUTUMN.to_vec();
    args.extend(["--format", "csv"]);
    let sheet = report(folder.path(), &args);
    let lines: Vec<&str> = sheet.lines().collect();
    assert_eq!(
        lines[0],
        "from,to,section,group,figure,label,value,unit,of,before"
    );
    assert!(lines.contains(&"2026-10-01,2026-11-20,requests,fate,decided,Decided,4,requests,6,"));
    let mut names: Vec<String> = lines[1..]
        .iter()
        .map(|line| {
            line.split(',')
                .skip(2)
                .take(3)
                .collect::<Vec<_>>()
                .join(",")
        })
        .collect();
    let count = names.len();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), count, "each figure stands once");
    assert!(!sheet.contains("Secret"));
}

#[test]
fn a_period_that_has_not_begun_or_ends_before_it_begins_is_refused() {
    let folder = wendham();
    for (args, told) in [
        (&["report", "--year", "2027-28"][..], "nothing to count yet"),
        (&["report", "--year", "2026-28"][..], "2026-27"),
        (
            &["report", "--from", "2026-11-02", "--to", "2026-11-01"][..],
            "before",
        ),
        (&["report", "--quarter", "5"][..], "5"),
    ] {
        let output = run(folder.path(), "2026-11-20T09:00", args);
        assert_eq!(status(&output), 2, "{args:?}");
        assert!(
            stderr(&output).contains(told),
            "{args:?}: {}",
            stderr(&output)
        );
    }
}

#[test]
fn a_quarter_and_a_year_have_the_days_of_the_financial_year() {
    let folder = wendham();
    for (args, from, to) in [
        (&["--quarter", "3"][..], "2026-10-01", "2026-11-20"),
        (
            &["--year", "2025-26", "--quarter", "4"][..],
            "2026-01-01",
            "2026-03-31",
        ),
        (&["--year", "2025-26"][..], "2025-04-01", "2026-03-31"),
        (&[][..], "2026-04-01", "2026-11-20"),
    ] {
        let period = &json(folder.path(), args)["period"];
        assert_eq!(
            (&period["from"]["iso"], &period["to"]["iso"]),
            (&from.into(), &to.into())
        );
    }
}

#[test]
fn the_duties_of_the_quarters_come_to_those_of_the_year() {
    for (example, now) in [
        ("bexley", "2027-04-05T09:00"),
        ("nelc", "2027-04-05T09:00"),
        ("care-planning", "2027-01-04T09:00"),
        ("west-berkshire", "2026-12-30T09:00"),
    ] {
        let folder = project().join("examples").join(example);
        let due = |more: &[&str]| -> usize {
            let args = [&["report", "--format", "csv", "--year", "2026-27"], more].concat();
            let output = run(&folder, now, &args);
            let told = stdout(&output);
            let line = told.lines().find(|line| line.contains("all/due"));
            let line = line.unwrap_or_else(|| panic!("{args:?}: {told}{}", stderr(&output)));
            let mut cells = line
                .split(',')
                .filter_map(|cell| cell.trim_matches('"').parse().ok());
            cells.next().unwrap_or_else(|| panic!("{line}"))
        };
        let begun = if now < "2027" { 3 } else { 4 };
        let quarters = ["1", "2", "3", "4"].into_iter().take(begun);
        let sum: usize = quarters.map(|quarter| due(&["--quarter", quarter])).sum();
        assert_eq!(sum, due(&[]), "{example}");
    }
}

#[test]
fn who_comes_as_necessary_is_counted_where_an_item_needed_it() {
    let folder = wendham();
    let output = run(
        folder.path(),
        "2026-11-20T09:00",
        &["attendance", "--format", "json"],
    );
    let view: Value = serde_json::from_str(&stdout(&output)).expect("JSON");
    let posts = view["panels"][0]["posts"].as_array().expect("posts");
    let school = &posts[1];
    // Of four meetings with a record, one heard a request that education may pay for.
    assert_eq!((&school["held"], &school["absent"]), (&1.into(), &1.into()));
    assert_eq!(school["not_needed"], 3);
    assert_eq!(posts[0]["held"], 4);
    assert_eq!(posts[0]["person_rate"], 75);
    // 22 October is a Thursday of the calendar, and 19 November: nothing is kept of them.
    let not_kept = view["panels"][0]["not_kept"].as_array().expect("days");
    let days: Vec<&Value> = not_kept.iter().map(|day| &day["iso"]).collect();
    assert_eq!(days, ["2026-10-08", "2026-10-22", "2026-11-19"]);
}

/// Each example with its own now.
const EXAMPLES: [(&str, &str); 5] = [
    ("bcp", "2026-11-27T16:00"),
    ("bexley", "2026-12-01T09:00"),
    ("care-planning", "2026-12-01T09:00"),
    ("nelc", "2026-11-26T09:00"),
    ("west-berkshire", "2026-12-01T09:00"),
];

#[test]
fn spend_by_provision_and_funder_is_that_of_the_log() {
    for (example, now) in EXAMPLES {
        let days = ["--from", "2026-11-03", "--to", &now[..10]];
        let folder = project().join("examples").join(example);
        let json = |args: &[&str]| -> Value {
            let mut all = args.to_vec();
            all.extend(days);
            all.extend(["--format", "json"]);
            serde_json::from_str(&stdout(&run(&folder, now, &all))).expect("JSON")
        };
        let report = json(&["report"]);
        let all = report["sections"].as_array().expect("sections").iter();
        let groups: Vec<&Value> = all
            .flat_map(|section| section["groups"].as_array().expect("groups"))
            .collect();
        for by in ["provision", "funder"] {
            let log = json(&["spend", "--by", by]);
            let mut of_log: Vec<(String, String)> = log["by"]["rows"]
                .as_array()
                .expect("rows")
                .iter()
                .map(|group| (group["words"].clone(), group["total"]["pounds"].clone()))
                .map(|(words, pounds)| (words.to_string(), pounds.to_string()))
                .filter(|(_, pounds)| pounds != "\"0.00\"")
                .collect();
            let id = format!("by-{by}");
            let group = groups.iter().find(|group| group["id"] == id.as_str());
            let rows = group.expect("the group")["rows"].as_array().expect("rows");
            let mut of_report: Vec<(String, String)> = rows
                .iter()
                .filter(|row| row["stands"] == "beside")
                .map(|row| {
                    (
                        row["label"].to_string(),
                        row["cells"][0]["value"].to_string(),
                    )
                })
                .filter(|(_, pounds)| pounds != "\"0.00\"")
                .collect();
            of_log.sort();
            of_report.sort();
            assert_eq!(of_report, of_log, "{example} by {by}");
        }
    }
}

/// What is printed, and the committed file.
fn papers() -> Vec<(String, PathBuf)> {
    let mut all = Vec::new();
    for (example, now) in EXAMPLES {
        let folder = project().join("examples").join(example);
        for (name, args) in [
            ("report.md", &["report", "--format", "markdown"][..]),
            (
                "report-month.md",
                &[
                    "report",
                    "--from",
                    "2026-11-01",
                    "--to",
                    "2026-11-30",
                    "--format",
                    "markdown",
                ][..],
            ),
            (
                "report-outside.md",
                &["report", "--suppress-small", "--format", "markdown"][..],
            ),
            ("attendance.md", &["attendance", "--format", "markdown"][..]),
        ] {
            if name != "report.md" && name != "attendance.md" && example != "bcp" {
                continue;
            }
            let output = run(&folder, now, args);
            assert_eq!(status(&output), 0, "{example}: {}", stderr(&output));
            let file = project().join("tests/reports").join(example).join(name);
            all.push((stdout(&output), file));
        }
    }
    all
}

#[test]
fn the_committed_reports_of_the_examples_are_made_again_byte_for_byte() {
    let is_writing = std::env::var("REPORTS").is_ok_and(|wish| wish == "write");
    for (text, file) in papers() {
        if is_writing {
            std::fs::create_dir_all(file.parent().expect("it lies in a folder")).expect("a folder");
            std::fs::write(&file, &text).expect("it can be written");
        }
        let kept = std::fs::read_to_string(&file).unwrap_or_default();
        assert!(text == kept, "{} is out of date", file.display());
    }
}

#[test]
fn bars_stand_in_line() {
    for (text, file) in papers() {
        let mut is_chart = false;
        let mut widths: Vec<usize> = Vec::new();
        for line in text.lines() {
            if line.starts_with("```") {
                is_chart = !is_chart;
                widths.dedup();
                assert!(
                    widths.len() <= 1,
                    "{}: bars begin at {widths:?}",
                    file.display()
                );
                widths.clear();
            } else if is_chart && let Some(place) = line.chars().position(|c| c == '█') {
                // The legend of a stacked chart begins with a block.
                widths.extend((place > 0).then_some(place));
            }
        }
        assert!(!is_chart, "{}: a block is not closed", file.display());
    }
}

#[test]
fn where_small_numbers_are_left_out_nothing_beside_them_gives_them_away() {
    for example in ["bcp", "bexley", "west-berkshire"] {
        let folder = copy_of(&format!("examples/{example}"));
        let args = ["report", "--suppress-small", "--format", "json"];
        let output = run(folder.path(), "2026-12-01T09:00", &args);
        assert_eq!(status(&output), 0, "{}", stderr(&output));
        let report: Value = serde_json::from_str(&stdout(&output)).expect("JSON");
        let list = |value: &Value, key: &str| -> Vec<Value> {
            value[key].as_array().cloned().unwrap_or_default()
        };
        let mut hidden = 0;
        for section in list(&report, "sections") {
            for group in list(&section, "groups") {
                let rows = list(&group, "rows").into_iter();
                let cells: Vec<_> = rows.flat_map(|row| list(&row, "cells")).collect();
                let is_hidden =
                    |cell: &Value| matches!(cell["words"].as_str(), Some("under 5" | "not shown"));
                let has_hidden = cells.iter().any(is_hidden);
                hidden += usize::from(has_hidden);
                for cell in &cells {
                    let of = cell["of"].as_u64();
                    assert!(!matches!(of, Some(1..=4)), "{example}: {group}");
                    let says_whole = of.is_some() || !cell["per_cent"].is_null();
                    assert!(!(has_hidden && says_whole), "{example}: {group}");
                }
            }
        }
        assert!(hidden > 0, "{example}: nothing was to be left out");
    }
}
