//! Whoever chairs is there, whoever stands in for the chair does so only while others are away, and
//! what came after an emergency is recorded by its key.
#![allow(
    clippy::disallowed_methods,
    reason = "tests and benches make folders of their own"
)]

mod support;

use std::path::Path;
use support::{change, copy_of, run, status, stderr, stdout};

/// What a command prints, whatever it has found.
fn paper(folder: &Path, as_of: &str, args: &[&str]) -> String {
    let output = run(folder, as_of, args);
    assert!(status(&output) <= 1, "{args:?}: {}", stderr(&output));
    stdout(&output)
}

/// A folder's own rules, built on those of its council.
fn rules(folder: &Path, text: &str) {
    let text = format!("extends = \"bexley\"\n{text}");
    std::fs::write(folder.join("rules.toml"), text).expect("written");
    std::fs::write(folder.join("panel.toml"), "council = \"./rules.toml\"\n").expect("written");
}

fn meeting(folder: &Path, day: &str, text: &str) {
    let place = folder.join("meetings").join(day);
    std::fs::create_dir_all(&place).expect("made");
    std::fs::write(place.join("meeting.yaml"), format!("date: {day}\n{text}")).expect("written");
}

const CHAIR: &str = "chair: {name: M. Osei, role: deputy-director}\nattendance:\n";
const FARRELL: &str =
    "  - {name: D. Farrell, role: service-manager-fostering-and-placement, status: present}\n";

/// The row of a post in the attendance list of one meeting.
fn attendance(attendance: &str) -> String {
    let folder = copy_of("examples/bexley");
    let own = folder.path();
    meeting(own, "2026-12-03", &format!("{CHAIR}{attendance}"));
    let evening = "2026-12-03T18:00";
    let args = [
        "decide",
        "R-2026-0121",
        "--date",
        "2026-12-03",
        "--outcome",
        "decline",
        "--rationale",
        "No.",
    ];
    let output = run(own, evening, &args);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let args = ["attendance", "--from", "2026-12-01", "--format", "csv"];
    let list = paper(own, "2026-12-04T09:00", &args);
    let row = list.lines().find(|row| row.contains("Deputy Director"));
    row.unwrap_or_else(|| panic!("{list}")).to_owned()
}

#[test]
fn whoever_chaired_was_there_though_the_attendance_does_not_name_them() {
    let written = attendance(&format!(
        "{FARRELL}  - {{name: M. Osei, role: deputy-director, status: present}}\n"
    ));
    assert_eq!(attendance(FARRELL), written);
}

#[test]
fn a_chair_who_is_written_as_away_is_not_counted_as_there() {
    let written = attendance(&format!(
        "{FARRELL}  - {{name: M. Osei, role: deputy-director, status: apologies}}\n"
    ));
    assert_ne!(attendance(FARRELL), written);
}

const HEAD: [&str; 10] = [
    "accept",
    "R-2026-0123",
    "--rule",
    "late-submission",
    "--by",
    "W. Adair",
    "--role",
    "head-of-service",
    "--reason",
    "It could not wait.",
];

#[test]
fn who_chairs_only_where_others_are_away_accepts_nothing_while_they_sit() {
    let folder = copy_of("examples/bexley");
    let own = folder.path();
    let osei =
        |status: &str| format!("  - {{name: M. Osei, role: deputy-director, status: {status}}}\n");
    meeting(
        own,
        "2026-12-03",
        &format!("{CHAIR}{}{FARRELL}", osei("present")),
    );
    let refused = run(own, "2026-12-03T13:00", &HEAD);
    assert_ne!(status(&refused), 0, "{}", stderr(&refused));
    let away = FARRELL.replace("present", "apologies");
    let chair = "chair: {name: W. Adair, role: head-of-service}\nattendance:\n";
    meeting(
        own,
        "2026-12-03",
        &format!("{chair}{}{away}", osei("apologies")),
    );
    let taken = run(own, "2026-12-03T13:00", &HEAD);
    assert_eq!(status(&taken), 0, "{}", stderr(&taken));
    // That they came after all is told of what was accepted.
    let place = own.join("meetings/2026-12-03/meeting.yaml");
    change(
        &place,
        "role: deputy-director, status: apologies",
        "role: deputy-director, status: present",
    );
    let args = ["check", "--only", "acceptance-not-authorised"];
    let found = paper(own, "2026-12-03T14:00", &args);
    assert!(found.contains("acceptance-not-authorised"), "{found}");
}

#[test]
fn what_an_emergency_was_heard_without_is_recorded_by_its_key_in_the_form() {
    let folder = copy_of("examples/nelc");
    let own = folder.path();
    let place = own.join("referrals/2026/R-2026-0328.yaml");
    change(
        &place,
        "panel: 2026-11-30\n",
        "panel: 2026-11-30\nsubmitted: 2026-11-26T10:00\n",
    );
    let args = [
        "decide",
        "R-2026-0328",
        "--date",
        "2026-11-30",
        "--outcome",
        "approve",
        "--approve",
        "placement|Bed|2000|10|0",
        "--basis",
        "consensus",
        "--rationale",
        "R",
        "--review-on",
        "2027-02-22",
    ];
    let output = run(own, "2026-11-30T18:00", &args);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let now = "2026-12-08T18:00";
    let owed = |key: &str| {
        let diary = paper(own, now, &["diary", "--format", "csv"]);
        diary.contains(&format!("R-2026-0328-paper-{key}"))
    };
    for key in ["sections.health", "costs", "alternatives"] {
        assert!(owed(key), "{key}");
        let output = run(own, now, &["act", "R-2026-0328", "--paper", key]);
        assert_eq!(status(&output), 0, "{key}: {}", stderr(&output));
        assert!(!owed(key), "{key}");
    }
    let refused = run(
        own,
        now,
        &["act", "R-2026-0328", "--paper", "sections.healht"],
    );
    assert_eq!(status(&refused), 2, "{}", stderr(&refused));
    let found = paper(own, now, &["check", "--history"]);
    assert!(!found.contains("after/R-2026-0328.yaml"), "{found}");
}

#[test]
fn a_condition_about_the_decision_where_none_is_known_is_told() {
    let folder = copy_of("examples/bexley");
    let own = folder.path();
    let rule = "[[rule]]\nid = \"limit\"\nseverity = \"error\"\nwhen = \"decision.until - meeting.date > 182\"\nmessage = \"longer than half a year\"\nclause = \"x\"\n";
    let args = ["council", "check", "./rules.toml", "--deny", "warnings"];
    let looked = |text: &str| {
        rules(own, text);
        let mut command = support::panel();
        command
            .args(args)
            .current_dir(own)
            .output()
            .expect("it was built")
    };
    let of_the_request = looked(rule);
    let said = stdout(&of_the_request) + &stderr(&of_the_request);
    assert_eq!(status(&of_the_request), 1, "{said}");
    assert!(said.contains("of = \"decision\""), "{said}");
    let of_the_decision = looked(&rule.replace("clause", "of = \"decision\"\nclause"));
    let said = stdout(&of_the_decision) + &stderr(&of_the_decision);
    assert_eq!(status(&of_the_decision), 0, "{said}");
}
