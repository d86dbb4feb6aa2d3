//! Several panels and a part in one council, from outside: whose meeting, whose folder, whose rules.
#![allow(
    clippy::disallowed_methods,
    reason = "tests and benches make folders of their own"
)]

mod support;

use std::path::Path;
use support::{run, status, stderr, stdout};

/// Two panels that share their second and fourth Tuesdays, a part of the first with an outcome and a
/// signature of its own, and a cut-off that is earlier from December.
const COUNCIL: &str = r#"
[council]
name = "Borough of Wendham"
panel = "Resource Panel"
clause = "1"

[[panel]]
id = "placements"
label = "Placements Panel"
clause = "1.1"

[[panel]]
id = "complex"
label = "Complex Needs Panel"
clause = "1.2"

[[panel]]
id = "edge-of-care"
label = "Edge of Care"
part_of = "placements"
clause = "1.3"

[[meetings]]
only = "placements"
every = "month"
on = "tuesday"
nth = [2, 4]
start = 14:00:00
not_on = [2026-12-22]
clause = "2"

[[meetings]]
only = "complex"
every = "month"
on = "tuesday"
nth = [2, 4]
start = 10:00:00
clause = "2"

[[cut_off]]
days_before = 4
until = 2026-12-01
clause = "3"

[[cut_off]]
days_before = 6
from = 2026-12-01
clause = "3"

[[chair]]
role = "head-of-service"
clause = "4"

[[sign_off]]
role = "service-manager"
only = ["placements", "complex"]
severity = "warning"
clause = "4.1"

[[sign_off]]
role = "head-of-service"
only = "edge-of-care"
severity = "warning"
clause = "4.2"

[[outcome]]
id = "approve"
needs = ["rationale"]
clause = "5"

[[outcome]]
id = "defer"
clause = "5"

[[outcome]]
id = "decline"
only = ["placements", "complex"]
needs = ["rationale"]
clause = "5"

[[outcome]]
id = "note"
only = "edge-of-care"
clause = "5"

[[criterion]]
id = "any"
label = "Any request"
when = "request.kind is defined and not (cost.total is defined and cost.total <= threshold.panel)"
clause = "6"

[[thresholds.panel]]
amount = 1000
until = 2026-12-01
clause = "6.1"

[[thresholds.panel]]
amount = 2000
from = 2026-12-01
clause = "6.1"
"#;

fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    std::fs::create_dir_all(path.parent().expect("it has one")).expect("a temporary folder");
    std::fs::write(path, text).expect("a temporary file");
}

fn referral(number: u32, more: &str) -> String {
    format!(
        "reference: R-2026-000{number}\nsubmitted: 2026-11-12T10:00\nchild: {{name: Alex {number}., case_id: \"{number}\"}}\nworker: {{name: C. Doyle, role: social-worker}}\nrequest: {{kind: support-package}}\n{more}"
    )
}

/// A folder with a request for each panel and one for the part.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = folder.path();
    write(root, "panel.toml", "council = \"./ours.toml\"\n");
    write(root, "ours.toml", COUNCIL);
    for (number, more) in [(1, ""), (2, "for: complex\n"), (3, "for: edge-of-care\n")] {
        let path = format!("referrals/R-2026-000{number}.yaml");
        write(root, &path, &referral(number, more));
    }
    folder
}

const BEFORE: &str = "2026-11-16T09:00";
const AT: &str = "2026-11-24T16:00";

fn json(folder: &Path, as_of: &str, args: &[&str]) -> serde_json::Value {
    let output = run(folder, as_of, args);
    serde_json::from_str(&stdout(&output))
        .unwrap_or_else(|error| panic!("{error}: {}{}", stdout(&output), stderr(&output)))
}

/// Each referral's meeting, as `check` gives it.
fn meetings(folder: &Path, as_of: &str) -> Vec<String> {
    json(folder, as_of, &["check", "--format", "json"])["referrals"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|row| row["meeting"].as_str().unwrap_or("none").to_owned())
        .collect()
}

/// Findings as `rule@file:line`.
fn findings(folder: &Path, as_of: &str, args: &[&str]) -> Vec<String> {
    let mut all = vec!["check", "--format", "json"];
    all.extend(args);
    json(folder, as_of, &all)["findings"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|found| {
            format!(
                "{}@{}:{}",
                found["rule"].as_str().unwrap_or_default(),
                found["file"].as_str().unwrap_or_default(),
                found["line"]
            )
        })
        .collect()
}

fn decide(folder: &Path, reference: &str, more: &[&str]) -> std::process::Output {
    let mut args = vec![
        "decide",
        reference,
        "--by",
        "M. Osei",
        "--role",
        "head-of-service",
        "--rationale",
        "Nothing less keeps the child safe.",
    ];
    args.extend(more);
    run(folder, AT, &args)
}

#[test]
fn each_referral_goes_to_the_meeting_of_its_own_panel() {
    let folder = folder();
    assert_eq!(
        meetings(folder.path(), BEFORE),
        ["2026-11-24", "2026-11-24-complex", "2026-11-24"]
    );
    // The first panel leaves 22 December out; the other does not.
    assert_eq!(
        meetings(folder.path(), "2026-12-09T09:00"),
        ["2027-01-12", "2026-12-22-complex", "2027-01-12"]
    );
}

#[test]
fn where_two_panels_share_a_day_the_one_that_is_meant_is_named() {
    let folder = folder();
    for command in ["agenda", "minutes"] {
        let output = run(folder.path(), BEFORE, &[command, "--date", "2026-11-24"]);
        assert_eq!(status(&output), 2, "{command}");
        let talk = stderr(&output);
        assert!(talk.contains("placements and complex"), "{command}: {talk}");
        assert!(talk.contains("--panel complex"), "{command}: {talk}");
    }
    let agenda = |panel: &str| {
        let output = run(
            folder.path(),
            BEFORE,
            &["agenda", "--date", "2026-11-24", "--panel", panel],
        );
        assert_eq!(status(&output), 0, "{}", stderr(&output));
        stdout(&output)
    };
    let (first, other) = (agenda("placements"), agenda("complex"));
    assert!(
        first.contains("R-2026-0001") && first.contains("R-2026-0003"),
        "{first}"
    );
    assert!(!first.contains("R-2026-0002"), "{first}");
    assert!(other.contains("R-2026-0002"), "{other}");
    assert!(
        !other.contains("R-2026-0001") && !other.contains("R-2026-0003"),
        "{other}"
    );
}

#[test]
fn where_one_panel_meets_it_need_not_be_named() {
    let folder = folder();
    let output = run(folder.path(), BEFORE, &["agenda", "--date", "2026-12-22"]);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
}

#[test]
fn a_panel_that_is_not_there_is_told_with_the_nearest() {
    let folder = folder();
    let output = run(
        folder.path(),
        BEFORE,
        &["agenda", "--date", "2026-11-24", "--panel", "complx"],
    );
    assert_eq!(status(&output), 2);
    assert!(
        stderr(&output).contains("did you mean `complex`?"),
        "{}",
        stderr(&output)
    );
    let output = run(
        folder.path(),
        BEFORE,
        &["agenda", "--date", "2026-11-25", "--panel", "complex"],
    );
    assert_eq!(status(&output), 1);
    let talk = stderr(&output);
    assert!(talk.contains("not a meeting day of complex"), "{talk}");
    assert!(talk.contains("2026-12-08-complex"), "{talk}");
}

#[test]
fn documents_are_written_to_their_panels_folder() {
    let folder = folder();
    for (panel, place) in [
        ("placements", "2026-11-24"),
        ("complex", "2026-11-24-complex"),
    ] {
        for command in ["agenda", "minutes"] {
            let args = [command, "--date", "2026-11-24", "--panel", panel, "--write"];
            let output = run(folder.path(), AT, &args);
            assert_eq!(status(&output), 0, "{}", stderr(&output));
            assert_eq!(stdout(&output), format!("meetings/{place}/{command}.md\n"));
        }
    }
}

#[test]
fn a_decision_goes_into_its_panels_folder_and_its_record_is_named_for_both() {
    let folder = folder();
    let decided = |reference: &str, more: &[&str]| {
        let mut args = vec!["--date", "2026-11-24", "--outcome", "approve"];
        args.extend(more);
        let output = decide(folder.path(), reference, &args);
        assert_eq!(status(&output), 0, "{}", stderr(&output));
        let is_told = stderr(&output).contains("decided at another meeting that day too");
        assert_eq!(is_told, !more.is_empty(), "{}", stderr(&output));
        stdout(&output).trim().to_owned()
    };
    // Its own panel need not be named; another, deciding on the same day, has to be.
    assert_eq!(
        decided("R-2026-0002", &[]),
        "meetings/2026-11-24-complex/decisions/R-2026-0002.yaml"
    );
    assert_eq!(
        decided("R-2026-0002", &["--panel", "placements"]),
        "meetings/2026-11-24/decisions/R-2026-0002.yaml"
    );
    let record = |more: &[&str]| {
        let mut args = vec!["record", "R-2026-0002", "--date", "2026-11-24", "--write"];
        args.extend(more);
        run(folder.path(), AT, &args)
    };
    let unclear = record(&[]);
    assert_eq!(status(&unclear), 2);
    assert!(
        stderr(&unclear).contains("complex and placements"),
        "{}",
        stderr(&unclear)
    );
    for (panel, place) in [
        ("placements", "2026-11-24"),
        ("complex", "2026-11-24-complex"),
    ] {
        let output = record(&["--panel", panel]);
        assert_eq!(status(&output), 0, "{}", stderr(&output));
        assert_eq!(stdout(&output), format!("records/R-2026-0002/{place}.md\n"));
    }
    assert!(
        !findings(folder.path(), AT, &[])
            .iter()
            .any(|found| found.starts_with("name-mismatch"))
    );
}

#[test]
fn what_two_panels_approve_on_one_day_is_told_as_paid_twice() {
    let folder = folder();
    let lines = [
        "placement|Bed at Harbour House|700|4|0",
        "therapy|Play therapy|70|4|0",
        "equipment|Bed and desk|||300",
        "transport|Taxi to school|70|4|0",
    ];
    for (panel, lines) in [("complex", &lines[..]), ("placements", &lines[..3])] {
        let mut args = vec!["--date", "2026-11-24", "--panel", panel];
        args.extend(["--outcome", "approve"]);
        args.extend(lines.iter().flat_map(|line| ["--approve", line]));
        let output = decide(folder.path(), "R-2026-0002", &args);
        assert_eq!(status(&output), 0, "{}", stderr(&output));
    }
    let spend = json(folder.path(), AT, &["spend", "--format", "json"]);
    let told: Vec<String> = spend["overlaps"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|row| {
            format!(
                "{} and {}: {} {}",
                row["meeting"].as_str().expect("text"),
                row["with_meeting"].as_str().expect("text"),
                row["item_words"].as_str().expect("text"),
                row["sum"]["words"].as_str().expect("text"),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            "2026-11-24 and 2026-11-24-complex: Placement £2,800.00",
            "2026-11-24 and 2026-11-24-complex: Therapy £280.00",
            "2026-11-24 and 2026-11-24-complex: Equipment £300.00",
        ],
        "what one alone approved is not paid twice"
    );
    // Both sums are counted: nobody but the two panels knows which of them stands.
    assert_eq!(
        spend["sum"]["total"]["words"], "£7,040.00",
        "{}",
        spend["sum"]
    );
}

#[test]
fn a_deferral_and_a_review_come_back_to_the_same_panel() {
    let folder = folder();
    let output = decide(
        folder.path(),
        "R-2026-0002",
        &[
            "--date",
            "2026-11-24",
            "--outcome",
            "defer",
            "--defer-to",
            "2026-12-08",
            "--defer-reason",
            "more-information",
        ],
    );
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    assert_eq!(
        meetings(folder.path(), "2026-11-25T09:00")[1],
        "2026-12-08-complex"
    );

    let output = decide(
        folder.path(),
        "R-2026-0001",
        &[
            "--date",
            "2026-11-24",
            "--outcome",
            "approve",
            "--review-on",
            "2026-12-10",
        ],
    );
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let agenda = |panel: &str| {
        let args = [
            "agenda",
            "--date",
            "2026-12-08",
            "--panel",
            panel,
            "--format",
            "json",
        ];
        json(folder.path(), "2026-12-01T09:00", &args).to_string()
    };
    assert!(agenda("placements").contains("R-2026-0001"));
    assert!(!agenda("complex").contains("R-2026-0001"));
}

#[test]
fn the_calendar_has_every_panels_meetings() {
    let folder = folder();
    let args = [
        "calendar",
        "--from",
        "2026-11-01",
        "--to",
        "2026-12-31",
        "--format",
        "ics",
    ];
    let output = run(folder.path(), BEFORE, &args);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let text = stdout(&output);
    let sittings = |name: &str| text.matches(&format!("SUMMARY:{name}\r\n")).count();
    assert_eq!(
        (
            sittings("Placements Panel"),
            sittings("Complex Needs Panel")
        ),
        (3, 4),
        "{text}"
    );
}

#[test]
fn a_cut_off_that_changes_on_a_day_is_judged_by_the_day_of_each_meeting() {
    let folder = folder();
    // Sent five days before the meeting of 24 November, and five days before that of 8 December.
    write(
        folder.path(),
        "referrals/R-2026-0004.yaml",
        &referral(4, "panel: 2026-11-24\n").replace("2026-11-12T10:00", "2026-11-19T10:00"),
    );
    write(
        folder.path(),
        "referrals/R-2026-0005.yaml",
        &referral(5, "panel: 2026-12-08\n").replace("2026-11-12T10:00", "2026-12-03T10:00"),
    );
    let decided = decide(
        folder.path(),
        "R-2026-0004",
        &["--date", "2026-11-24", "--outcome", "approve"],
    );
    assert_eq!(status(&decided), 0, "{}", stderr(&decided));
    let late = |args: &[&str]| -> Vec<String> {
        let mut found = findings(folder.path(), "2026-12-04T09:00", args);
        found.retain(|found| found.starts_with("late-submission"));
        found
    };
    let coming = ["late-submission@referrals/R-2026-0005.yaml:2"];
    assert_eq!(late(&[]), coming);
    assert_eq!(late(&["--history"]), coming);
    let cut_offs = json(
        folder.path(),
        "2026-12-04T09:00",
        &["check", "--format", "json"],
    );
    let rows = cut_offs["referrals"].as_array().expect("a list");
    assert_eq!(rows[3]["cut_off"], "2026-11-20T23:59:59");
    assert_eq!(rows[4]["cut_off"], "2026-12-02T23:59:59");
}

#[test]
fn history_is_judged_by_the_figures_of_its_day() {
    let folder = folder();
    // Three days before the meeting: late by the rule of November too, and nobody noticed.
    write(
        folder.path(),
        "referrals/R-2026-0004.yaml",
        &referral(4, "panel: 2026-11-24\n").replace("2026-11-12T10:00", "2026-11-21T10:00"),
    );
    write(
        folder.path(),
        "meetings/2026-11-24/decisions/R-2026-0004.yaml",
        "referral: R-2026-0004\nmeeting: 2026-11-24\noutcome: approve\ndecided_by: {name: M. Osei, role: head-of-service}\nrationale: Needed.\n",
    );
    let late = |args: &[&str]| {
        let found = findings(folder.path(), "2026-12-04T09:00", args);
        found
            .iter()
            .filter(|found| found.starts_with("late-submission"))
            .count()
    };
    assert_eq!((late(&[]), late(&["--history"])), (0, 1));
}

#[test]
fn a_threshold_that_changes_on_a_day_is_that_of_each_meetings_day() {
    let folder = folder();
    let costs = "costs: [{item: therapy, one_off: 1500}]\ntotal: 1500\n";
    for (number, day) in [(4, "2026-11-24"), (5, "2026-12-08")] {
        let path = format!("referrals/R-2026-000{number}.yaml");
        let text = referral(number, &format!("panel: {day}\n{costs}"));
        write(folder.path(), &path, &text);
    }
    let below = |args: &[&str]| -> Vec<String> {
        let mut found = findings(folder.path(), "2026-12-09T09:00", args);
        found.retain(|found| found.contains("R-2026-000") && found.starts_with("below-threshold"));
        found
    };
    for number in [4, 5] {
        let day = if number == 4 {
            "2026-11-24"
        } else {
            "2026-12-08"
        };
        write(
            folder.path(),
            &format!("meetings/{day}/decisions/R-2026-000{number}.yaml"),
            &format!(
                "referral: R-2026-000{number}\nmeeting: {day}\noutcome: approve\ndecided_by: {{name: M. Osei, role: head-of-service}}\nrationale: Needed.\n"
            ),
        );
    }
    assert!(below(&[]).is_empty());
    let history = below(&["--history"]);
    assert_eq!(history.len(), 1, "{history:?}");
    assert!(history[0].contains("R-2026-0005"), "{history:?}");
    // The agendas are what they were, too.
    let criteria = |day: &str, panel: &str| {
        let args = [
            "agenda", "--date", day, "--panel", panel, "--format", "json",
        ];
        json(folder.path(), "2026-12-09T09:00", &args).to_string()
    };
    assert!(criteria("2026-11-24", "placements").contains("Any request"));
}

#[test]
fn a_part_has_outcomes_of_its_own() {
    let folder = folder();
    let outcome = |reference: &str, outcome: &str| {
        let more = ["--date", "2026-11-24", "--outcome", outcome, "--dry-run"];
        decide(folder.path(), reference, &more)
    };
    assert_eq!(
        status(&outcome("R-2026-0003", "note")),
        0,
        "{}",
        stderr(&outcome("R-2026-0003", "note"))
    );
    for reference in ["R-2026-0001", "R-2026-0002"] {
        let refused = outcome(reference, "note");
        assert_eq!(status(&refused), 1, "{reference}");
        assert!(
            stderr(&refused).contains("outcome-not-allowed"),
            "{}",
            stderr(&refused)
        );
    }
}

#[test]
fn a_part_is_signed_by_its_own_and_by_whoever_signs_for_its_panel() {
    let folder = folder();
    let output = json(folder.path(), BEFORE, &["check", "--format", "json"]);
    let missing = |reference: &str| -> Vec<String> {
        let all = output["findings"].as_array().expect("a list").iter();
        let mut clauses: Vec<String> = all
            .filter(|found| found["reference"] == reference && found["rule"] == "missing-sign-off")
            .map(|found| found["sources"][0].as_str().unwrap_or_default().to_owned())
            .collect();
        clauses.sort();
        clauses
    };
    assert_eq!(missing("R-2026-0001"), ["4.1"]);
    assert_eq!(missing("R-2026-0002"), ["4.1"]);
    assert_eq!(missing("R-2026-0003"), ["4.1", "4.2"]);
}

#[test]
fn folders_and_files_that_name_another_panel_are_told() {
    let folder = folder();
    write(
        folder.path(),
        "meetings/2026-11-24-complx/meeting.yaml",
        "date: 2026-11-24\n",
    );
    write(
        folder.path(),
        "meetings/2026-11-24-placements/meeting.yaml",
        "date: 2026-11-24\n",
    );
    write(
        folder.path(),
        "meetings/2026-12-08/meeting.yaml",
        "date: 2026-12-08\npanel: complex\n",
    );
    write(
        folder.path(),
        "meetings/2026-12-22-complex/meeting.yaml",
        "date: 2026-12-22\npanel: x\n",
    );
    write(
        folder.path(),
        "referrals/R-2026-0004.yaml",
        &referral(4, "for: edge-of-cares\n"),
    );
    let found = findings(
        folder.path(),
        BEFORE,
        &["--only", "name-mismatch,unknown-reference"],
    );
    assert_eq!(
        found,
        [
            "name-mismatch@meetings/2026-11-24-complx/meeting.yaml:1",
            "name-mismatch@meetings/2026-11-24-placements/meeting.yaml:1",
            "name-mismatch@meetings/2026-12-08/meeting.yaml:2",
            "unknown-reference@meetings/2026-12-22-complex/meeting.yaml:2",
            "unknown-reference@referrals/R-2026-0004.yaml:6",
        ]
    );
    let text = stdout(&run(
        folder.path(),
        BEFORE,
        &["check", "--only", "name-mismatch"],
    ));
    assert!(text.contains("meetings/2026-11-24-complex"), "{text}");
    assert!(
        text.contains("name the folder meetings/2026-11-24,"),
        "{text}"
    );
    assert!(text.contains("meetings/2026-12-08-complex"), "{text}");
}

#[test]
fn what_panel_toml_turns_on_and_nothing_has_is_told_at_its_place() {
    let folder = folder();
    write(
        folder.path(),
        "panel.toml",
        "council = \"./ours.toml\"\nturn_on = [\n  \"placement-plan\",\n  \"placment-plan\",\n]\n",
    );
    let output = run(folder.path(), BEFORE, &["check"]);
    assert_eq!(status(&output), 2);
    let talk = stderr(&output);
    assert!(talk.contains("panel.toml:4:3: `placment-plan`"), "{talk}");
    assert!(talk.contains("did you mean `placement-plan`?"), "{talk}");
}

#[test]
fn a_new_case_folder_says_what_the_panels_folders_are_called() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = folder.path().join("ours");
    write(&root, "ours.toml", COUNCIL);
    let output = support::panel()
        .args(["init", &root.to_string_lossy(), "--council", "./ours.toml"])
        .output()
        .expect("the program was built with the tests");
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let text = std::fs::read_to_string(root.join("README.md")).expect("it was written");
    for line in [
        "| Placements Panel | `placements` | `meetings/DATE/` |",
        "| Complex Needs Panel | `complex` | `meetings/DATE-complex/` |",
        "| Edge of Care | `edge-of-care` | that of `placements` |",
    ] {
        assert!(text.contains(line), "{text}");
    }
    assert!(!text.contains("\n\n\n"), "{text}");
}
