//! The policy lead's tools from outside: looking through a rule file, comparing two, judging the
//! past by a draft.
#![allow(
    clippy::disallowed_methods,
    reason = "tests make and read folders of their own"
)]

mod support;

use serde_json::Value;
use std::path::{Path, PathBuf};
use support::{copy_of, panel, project, run, status, stderr, stdout};

const NOW: &str = "2026-12-01T09:00";

fn told(args: &[&str]) -> std::process::Output {
    panel()
        .args(args)
        .current_dir(project())
        .output()
        .expect("the program was built with the tests")
}

fn json(output: &std::process::Output) -> Value {
    serde_json::from_str(&stdout(output)).expect("it is JSON")
}

/// The built-in councils, by id.
fn councils() -> Vec<String> {
    let listed = json(&told(&["councils", "--format", "json"]));
    let rows = listed["councils"].as_array().expect("a list");
    let id = |row: &Value| row["id"].as_str().expect("an id").to_owned();
    rows.iter().map(id).collect()
}

/// The rule file of the example's council, changed, in a folder of its own.
fn draft(from: &str, to: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let place = folder.path().join("draft.toml");
    std::fs::copy(project().join("councils/bexley.toml"), &place).expect("a temporary file");
    if !from.is_empty() {
        support::change(&place, from, to);
    }
    (folder, place)
}

const LEAST: &str = "[council]\nname = \"Borough of Wendham\"\npanel = \"Panel\"\nclause = \"1\"\n\
                     [meetings]\nevery = \"week\"\non = \"thursday\"\nstart = 14:00:00\nclause = \"2\"\n";

fn written(added: &str) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let place = folder.path().join("ours.toml");
    std::fs::write(&place, format!("{LEAST}{added}")).expect("a temporary file");
    let place = place.to_str().expect("a plain path").to_owned();
    (folder, place)
}

#[test]
fn looking_through_a_rule_file_is_0_for_warnings_1_for_errors_and_2_for_what_cannot_be_read() {
    let (_folder, sound) = written("");
    assert_eq!(status(&told(&["council", "check", &sound])), 0);
    let never = "[costs]\nwhen = \"child.age > 18 and child.age < 16\"\nclause = \"3\"\n";
    let (_folder, doubtful) = written(never);
    let output = told(&["council", "check", &doubtful]);
    assert_eq!(status(&output), 0);
    let text = stdout(&output);
    assert!(text.contains("warning[condition-never-holds]"), "{text}");
    assert!(text.contains("ours.toml:11:8"), "{text}");
    assert!(
        !text.contains(_folder.path().to_str().expect("a path")),
        "{text}"
    );
    let denied = told(&["council", "check", &doubtful, "--deny", "warnings"]);
    assert_eq!(status(&denied), 1);
    let (_folder, faulty) = written("[sitting]\nminuts = 180\n[[criterium]]\nid = \"a\"\n");
    let output = told(&["council", "check", &faulty]);
    assert_eq!(status(&output), 1);
    let text = stdout(&output);
    for place in ["ours.toml:11:1", "ours.toml:12:3", "ours.toml:10"] {
        assert!(text.contains(place), "{place}: {text}");
    }
    assert_eq!(status(&told(&["council", "check", "./nowhere.toml"])), 2);
    assert_eq!(status(&told(&["council", "check", "nowhere"])), 2);
}

#[test]
fn what_is_told_of_a_rule_file_has_the_shape_of_findings() {
    let (_folder, place) =
        written("[policy]\ntitle = \"P\"\nreview_due = 2020-01-31\nclause = \"3\"\n");
    let found = json(&told(&["council", "check", &place, "--format", "json"]));
    assert_eq!(found["version"], 1);
    assert_eq!(found["summary"]["warnings"], 1);
    let finding = &found["findings"][0];
    assert_eq!(finding["rule"], "policy-past-review");
    assert_eq!(finding["severity"], "warning");
    assert_eq!(
        (&finding["line"], &finding["column"]),
        (&12.into(), &14.into())
    );
    assert_eq!(finding["path"], "policy.review_due");
    // Before that day nothing is to be said.
    let earlier = told(&["council", "check", &place, "--as-of", "2020-01-30T09:00"]);
    assert!(stdout(&earlier).contains("nothing to put right"));
}

#[test]
fn a_rule_file_comes_in_by_standard_input_too() {
    use std::io::Write;
    let mut child = panel()
        .args(["council", "check", "-"])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .expect("the program was built with the tests");
    let mut input = child.stdin.take().expect("it is piped");
    input.write_all(LEAST.as_bytes()).expect("it is read");
    drop(input);
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(status(&output), 0);
    assert_eq!(stdout(&output), "-: nothing to put right.\n");
}

#[test]
fn every_rule_file_of_the_project_is_looked_through_without_an_error() {
    for entry in std::fs::read_dir(project().join("councils")).expect("the councils") {
        let name = entry.expect("an entry").file_name();
        let name = name.to_string_lossy();
        if name.starts_with("bank-holidays") {
            continue;
        }
        let output = told(&["council", "check", &format!("./councils/{name}")]);
        assert_eq!(status(&output), 0, "{name}: {}", stdout(&output));
        let text = std::fs::read_to_string(project().join("councils").join(&*name));
        let text = text.expect("a rule file");
        let schema = text
            .lines()
            .next()
            .and_then(|line| line.strip_prefix("#:schema "));
        let schema = schema.unwrap_or_else(|| panic!("{name} names no schema in its first line"));
        assert!(project().join("councils").join(schema).is_file(), "{name}");
    }
}

#[test]
fn two_councils_stand_side_by_side_and_one_beside_itself_differs_in_nothing() {
    let ids = councils();
    let id = &ids[0];
    let output = told(&[
        "council",
        "compare",
        id,
        id,
        "--differences",
        "--format",
        "json",
    ]);
    assert_eq!(status(&output), 0);
    assert_eq!(json(&output)["aspects"], Value::Array(Vec::new()));
    let output = told(&[
        "council",
        "compare",
        id,
        "./councils/template.toml",
        "--format",
        "json",
    ]);
    let compared = json(&output);
    let aspect = |name: &str| {
        let aspects = compared["aspects"].as_array().expect("a list");
        let found = aspects.iter().find(|aspect| aspect["aspect"] == name);
        found
            .unwrap_or_else(|| panic!("{name}: {compared:#}"))
            .clone()
    };
    assert_eq!(
        aspect("Quorum")["values"][1].as_array().map(Vec::len),
        Some(2)
    );
    assert_eq!(
        aspect("Thresholds")["values"][1][0],
        "panel: £2,500.00 in all."
    );
    assert_eq!(aspect("Cut-off")["same"], false);
    for name in [
        "Meeting",
        "Sitting",
        "Chairs",
        "Criteria",
        "Sign-offs",
        "Papers",
        "Permissions",
        "Emergencies",
        "Exclusions",
        "Reviews",
        "Records",
        "Deadlines",
        "Appeals",
    ] {
        aspect(name);
    }
    let markdown = told(&[
        "council",
        "compare",
        id,
        "./councils/template.toml",
        "--format",
        "markdown",
    ]);
    assert!(stdout(&markdown).starts_with("|  | "));
    let human = stdout(&told(&[
        "council",
        "compare",
        id,
        "./councils/template.toml",
    ]));
    assert!(
        human.lines().all(|line| line.chars().count() <= 100),
        "{human}"
    );
}

fn replayed(rules: &Path, more: &[&str]) -> std::process::Output {
    let folder = copy_of("examples/bexley");
    let mut args = vec!["replay", "--rules", rules.to_str().expect("a plain path")];
    args.extend(more);
    run(folder.path(), NOW, &args)
}

#[test]
fn the_past_judged_by_the_rules_in_force_is_as_it_was() {
    let (_folder, place) = draft("", "");
    let output = replayed(&place, &["--format", "json"]);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let found = json(&output);
    for figure in ["meetings", "referrals", "findings", "diary"] {
        assert_eq!(found[figure]["all"], found[figure]["same"], "{figure}");
        assert_ne!(found[figure]["all"], 0, "{figure}");
    }
    for list in ["cut_offs", "rules", "changes", "records", "due"] {
        assert_eq!(found[list], Value::Array(Vec::new()), "{list}");
    }
    let human = stdout(&replayed(&place, &[]));
    assert!(
        human.contains("Nothing would have been different."),
        "{human}"
    );
}

/// Referrals whose submission lies between the two cut-offs of the meeting that they were heard at.
#[test]
fn a_cut_off_moved_by_a_day_lists_exactly_the_referrals_that_it_changes() {
    let (_folder, place) = draft("working_days_before = 3", "working_days_before = 4");
    let found = json(&replayed(&place, &["--format", "json"]));
    let meetings = found["meetings"]["all"].as_u64().expect("a number");
    let cut_offs = found["cut_offs"].as_array().expect("a list");
    assert_eq!(
        cut_offs.len() as u64,
        meetings,
        "every meeting's cut-off moves"
    );
    let mut listed: Vec<(String, String)> = found["changes"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|change| {
            let text = |key: &str| change[key].as_str().expect("text").to_owned();
            (text("meeting"), text("reference"))
        })
        .collect();
    listed.sort();
    // Worked out from the example's own files: sent, or sent again, between the two cut-offs.
    let mut expected = Vec::new();
    let mut looked_at = 0;
    for meeting in ["2026-11-05", "2026-11-12", "2026-11-19", "2026-11-26"] {
        let day: chrono::NaiveDate = meeting.parse().expect("a day");
        // Thursday less three working days is Monday, less four the Friday before.
        let friday = day - chrono::Days::new(6);
        let monday = day - chrono::Days::new(3);
        for entry in walkdir::WalkDir::new(project().join("examples/bexley/referrals")) {
            let path = entry.expect("it can be walked").into_path();
            let Ok(text) = std::fs::read_to_string(&path) else {
                continue;
            };
            let sent = |key: &str| {
                let line = text.lines().find_map(|line| line.strip_prefix(key))?;
                line.trim().get(..10)?.parse::<chrono::NaiveDate>().ok()
            };
            looked_at += 1;
            let is_between = |sent: chrono::NaiveDate| sent > friday && sent <= monday;
            if sent("submitted:").is_some_and(is_between)
                || sent("resubmitted:").is_some_and(is_between)
            {
                let stem = path.file_stem().expect("a name").to_string_lossy();
                expected.push((meeting.to_owned(), stem.into_owned()));
            }
        }
    }
    expected.sort();
    assert!(looked_at > 80 && !expected.is_empty(), "{expected:?}");
    assert_eq!(listed, expected);
}

#[test]
fn a_period_without_a_meeting_looks_at_nothing_and_says_so() {
    let (_folder, place) = draft("", "");
    let output = replayed(&place, &["--from", "2026-11-06", "--to", "2026-11-11"]);
    assert_eq!(status(&output), 3);
    let one = json(&replayed(
        &place,
        &[
            "--from",
            "2026-11-05",
            "--to",
            "2026-11-05",
            "--format",
            "json",
        ],
    ));
    assert_eq!(one["meetings"]["all"], 1);
}

#[test]
fn a_threshold_raised_takes_a_criterion_from_those_it_leaves_under_it() {
    let (_folder, place) = draft("amount = 1000", "amount = 1000000");
    let found = json(&replayed(&place, &["--format", "json"]));
    let changes = found["changes"].as_array().expect("a list");
    assert!(!changes.is_empty());
    for change in changes {
        let fewer = change["criteria_fewer"].as_array().expect("a list");
        let more = change["criteria_more"].as_array().expect("a list");
        assert!(!fewer.is_empty() && more.is_empty(), "{change:#}");
    }
    let markdown = stdout(&replayed(&place, &["--format", "markdown"]));
    assert!(markdown.contains("\n## Referrals\n\n| Referral | Meeting | What differs |\n"));
}

#[test]
fn rules_say_when_and_for_whom_they_hold_and_json_only_where_that_is_said() {
    let rules = json(&told(&[
        "--council",
        "./councils/template.toml",
        "rules",
        "--format",
        "json",
    ]));
    let rules = rules["rules"].as_array().expect("a list");
    let entry = |id: &str| {
        rules
            .iter()
            .find(|rule| rule["id"] == id)
            .expect("it is listed")
    };
    assert_eq!(entry("funds-available")["from"], "2026-04-01");
    assert_eq!(entry("funds-available")["until"], "2027-04-01");
    assert!(entry("meetings").get("from").is_none());
    assert!(entry("meetings").get("only").is_none());
    let human = stdout(&told(&["--council", "./councils/template.toml", "rules"]));
    assert!(
        human.contains("from 2026-04-01 until 2027-04-01"),
        "{human}"
    );
}

#[test]
fn a_rule_file_that_only_others_build_on_has_a_page_of_its_own() {
    let (_folder, place) = {
        let folder = tempfile::tempdir().expect("a folder");
        let place = folder.path().join("law.toml");
        let timer = "[[timer]]\nid = \"plan-late\"\nlabel = \"The plan is on file\"\nafter = \"placed_on\"\nwithin = \"1 month\"\nclause = \"reg 1\"\noff = true\n";
        std::fs::write(&place, timer).expect("a temporary file");
        let place = place.to_str().expect("a plain path").to_owned();
        (folder, place)
    };
    let output = told(&["--council", &place, "rules", "--format", "markdown"]);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let page = stdout(&output);
    assert!(page.starts_with("# law\n"), "{page}");
    assert!(page.contains("timer/plan-late"), "{page}");
    let checked = told(&["council", "check", &place]);
    assert!(
        stderr(&checked).contains("others build on"),
        "{}",
        stderr(&checked)
    );
}
