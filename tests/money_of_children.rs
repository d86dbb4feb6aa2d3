//! What is paid for a child that moves, comes back or shares a request with its brothers and
//! sisters: each home is paid for while the child lives there, and for nobody twice.
#![allow(
    clippy::disallowed_methods,
    reason = "tests and benches make folders of their own"
)]

mod support;

use std::path::Path;
use support::{copy_of, run, status, stderr, stdout, told};

/// What a command prints, whatever it has found.
fn paper(folder: &Path, as_of: &str, args: &[&str]) -> String {
    let output = run(folder, as_of, args);
    assert!(status(&output) <= 1, "{args:?}: {}", stderr(&output));
    stdout(&output)
}

/// An approval by agreement, with a reason.
fn approved<'a>(reference: &'a str, day: &'a str, more: &'a [&'a str]) -> Vec<&'a str> {
    let mut args = vec!["decide", reference, "--date", day, "--outcome", "approve"];
    args.extend(["--basis", "consensus", "--rationale", "As it was said."]);
    args.extend(more);
    args
}

/// Replaces the line of a record that begins so.
fn edit(folder: &Path, path: &str, begins: &str, line: &str) {
    let place = folder.join(path);
    let text = std::fs::read_to_string(&place).expect("a record");
    let mut found = false;
    let lines: Vec<&str> = text
        .lines()
        .map(|own| {
            let is_it = own.starts_with(begins) && !std::mem::replace(&mut found, true);
            if is_it { line } else { own }
        })
        .collect();
    assert!(lines.contains(&line), "{path} has {begins}");
    std::fs::write(place, lines.join("\n") + "\n").expect("written");
}

fn meeting(folder: &Path, day: &str, text: &str) {
    let place = folder.join("meetings").join(day);
    std::fs::create_dir_all(&place).expect("made");
    std::fs::write(place.join("meeting.yaml"), format!("date: {day}\n{text}")).expect("written");
}

/// The rows of the running log of what was approved for one referral.
fn log(folder: &Path, as_of: &str, reference: &str) -> Vec<String> {
    let all = paper(folder, as_of, &["spend", "--format", "csv"]);
    let rows = all
        .lines()
        .filter(|row| row.split(',').nth(1) == Some(reference));
    rows.map(str::to_owned).collect()
}

/// Mabel of the example moves to her aunt, from 10 December; her home is paid for to 13 January.
fn moves_to_her_aunt(lines: &[&str]) -> tempfile::TempDir {
    let folder = copy_of("examples/nelc");
    let own = folder.path();
    let words = [
        ("panel: 2026-11-23", "panel: 2026-12-07"),
        ("submitted: 2026-11-18T09:10", "submitted: 2026-12-01T10:00"),
        ("kind: new-placement", "kind: placement-move"),
        ("\"0225507\"", "\"0213386\""),
        ("name: Reuben L.", "name: Mabel T."),
        ("date_of_birth: 2019-03-14", "date_of_birth: 2015-11-22"),
        ("from: 2026-12-07", "from: 2026-12-10"),
    ];
    copy_one(own, "R-2026-0320", "R-2026-0914", &words);
    meeting(own, "2026-12-07", NELC);
    let mut more = vec!["--review-on", "2027-02-22"];
    for line in lines {
        more.extend(["--approve", line]);
    }
    let args = approved("R-2026-0914", "2026-12-07", &more);
    told(own, "2026-12-07T18:00", &args);
    folder
}

const NELC: &str = "chair: {name: D. Thackray, role: assistant-director}\nattendance:\n  - {name: D. Thackray, role: assistant-director, status: present}\n";

#[test]
fn a_move_to_a_home_that_costs_nothing_ends_the_payment_of_the_one_before() {
    let lines = [
        "placement|With her aunt, unpaid|0|20|0",
        "transport|A taxi to school|40|12|0",
    ];
    for line in lines {
        let folder = moves_to_her_aunt(&[line]);
        let rows = log(folder.path(), "2026-12-12T09:00", "R-2026-0314");
        // From 20 November to 9 December: 20 days at £1,180 a week.
        assert!(
            rows[0].contains("2026-12-09") && rows[0].contains("3371.43"),
            "{line}: {rows:?}"
        );
        assert!(rows[0].contains("R-2026-0914"), "{line}: {rows:?}");
    }
}

#[test]
fn a_move_that_is_to_begin_later_ends_nothing_before_its_day() {
    let folder = moves_to_her_aunt(&["placement|With her aunt, unpaid|0|20|0"]);
    let own = folder.path();
    let args = ["act", "R-2026-0914", "--placed", "--on", "2026-12-11"];
    told(own, "2026-12-12T09:00", &args);
    let rows = log(own, "2026-12-12T09:00", "R-2026-0314");
    assert!(rows[0].contains("2026-12-10"), "{rows:?}");
}

/// Zachary of the example moves on the 24th and again on the 27th; the second move is approved first.
fn moves_twice(folder: &Path, more: &[&str]) -> (i32, String) {
    let first = "referrals/2026/R-2026-0328.yaml";
    edit(
        folder,
        first,
        "panel: 2026-11-30",
        "panel: 2026-11-30\nsubmitted: 2026-11-26T10:00",
    );
    let words = [
        ("placed_on: 2026-11-24", "placed_on: 2026-11-27"),
        ("approved_on: 2026-11-24", "approved_on: 2026-11-27"),
        ("submitted: 2026-11-26T10:00", "submitted: 2026-11-28T10:00"),
    ];
    copy_one(folder, "R-2026-0328", "R-2026-0428", &words);
    let lines = [
        "--approve",
        "placement|New home|3000|20|0",
        "--review-on",
        "2027-02-22",
    ];
    let evening = "2026-11-30T18:00";
    told(
        folder,
        evening,
        &approved("R-2026-0428", "2026-11-30", &lines),
    );
    let put_off = [
        "decide",
        "R-2026-0328",
        "--date",
        "2026-11-30",
        "--outcome",
        "defer",
        "--defer-to",
        "2026-12-07",
        "--defer-reason",
        "beyond-remit",
        "--basis",
        "consensus",
        "--rationale",
        "R",
    ];
    told(folder, evening, &put_off);
    meeting(folder, "2026-12-07", NELC);
    let mut lines = vec!["--approve", "placement|Cambridge Park|2000|10|0"];
    lines.extend(["--review-on", "2027-02-22"]);
    for accepted in ACCEPTED {
        lines.extend(["--accept", accepted]);
    }
    lines.extend(more);
    let args = approved("R-2026-0328", "2026-12-07", &lines);
    let output = run(folder, "2026-12-07T18:00", &args);
    (status(&output), stderr(&output))
}

const ACCEPTED: [&str; 5] = [
    "retrospective-overdue|x",
    "missing-alternatives|x",
    "missing-costs|x",
    "missing-document|x",
    "incomplete-section|x",
];

#[test]
fn where_a_child_moved_on_the_move_that_began_last_is_paid_for() {
    let folder = copy_of("examples/nelc");
    let own = folder.path();
    let (taken, said) = moves_twice(own, &[]);
    assert_eq!(taken, 0, "{said}");
    let at = "2026-12-12T09:00";
    let home = log(own, at, "R-2026-0428");
    assert!(home[0].contains("60000.00"), "{home:?}");
    // The 24th to the 26th: three days at £2,000 a week.
    let left = log(own, at, "R-2026-0328");
    assert!(
        left[0].contains("857.14") && left[0].contains("R-2026-0428"),
        "{left:?}"
    );
}

#[test]
fn an_emergency_that_was_over_before_the_panel_met_is_approved_to_its_end() {
    let folder = copy_of("examples/nelc");
    let own = folder.path();
    let (taken, said) = moves_twice(own, &["--until", "2026-11-27"]);
    assert_eq!(taken, 0, "{said}");
    let left = log(own, "2026-12-12T09:00", "R-2026-0328");
    assert!(left[0].contains("857.14"), "{left:?}");
}

#[test]
fn an_approval_does_not_end_before_the_child_was_placed() {
    let folder = copy_of("examples/nelc");
    let (taken, said) = moves_twice(folder.path(), &["--until", "2026-11-24"]);
    assert_eq!(taken, 2, "{said}");
    assert!(
        said.contains("is before the meeting of 2026-12-07"),
        "{said}"
    );
}

/// The two children of the example come back on one request; its lines stand with the first.
fn both_come_back(own: &Path) {
    let to_come = [
        ("panel: 2026-11-12", "panel: 2026-12-17"),
        ("submitted: 2026-11-09T09:50", "submitted: 2026-12-08T09:50"),
        ("from: 2026-11-16", "from: 2027-01-04"),
        ("to: 2027-03-08", "to: 2027-06-21"),
        ("kind: new-placement", "kind: review"),
    ];
    let lead = [
        ("kind: review", "kind: review\n  review_of: R-2026-0108"),
        ("with: [R-2026-0109]", "with: [R-2026-0309]"),
    ];
    let words: Vec<_> = to_come.into_iter().chain(lead).collect();
    copy_one(own, "R-2026-0108", "R-2026-0308", &words);
    let part = [
        ("kind: review", "kind: review\n  review_of: R-2026-0109"),
        ("part_of: R-2026-0108", "part_of: R-2026-0308"),
    ];
    let words: Vec<_> = to_come.into_iter().chain(part).collect();
    copy_one(own, "R-2026-0109", "R-2026-0309", &words);
    meeting(own, "2026-12-17", BEXLEY);
}

const BEXLEY: &str = "chair: {name: M. Osei, role: deputy-director}\n";

/// A copy of a referral with other words in it, which may name the one that it is a copy of.
fn copy_one(folder: &Path, from: &str, to: &str, words: &[(&str, &str)]) {
    let place = |reference: &str| folder.join(format!("referrals/2026/{reference}.yaml"));
    let text = std::fs::read_to_string(place(from)).expect("a referral");
    let own = (format!("reference: {from}"), format!("reference: {to}"));
    let text = text.replacen(&own.0, &own.1, 1);
    let text = words.iter().fold(text, |text, (old, new)| {
        assert!(text.contains(old), "{from} has {old}");
        text.replacen(old, new, 1)
    });
    std::fs::write(place(to), text).expect("written");
}

const ALL: [&str; 4] = [
    "--approve-costs",
    "--sign-expenditure",
    "--review-on",
    "2027-02-25",
];

#[test]
fn what_is_approved_for_two_children_on_one_request_takes_the_place_of_both_homes() {
    let folder = copy_of("examples/bexley");
    let own = folder.path();
    both_come_back(own);
    told(
        own,
        "2026-12-17T18:00",
        &approved("R-2026-0308", "2026-12-17", &ALL),
    );
    for reference in ["R-2026-0108", "R-2026-0109"] {
        let rows = log(own, "2026-12-18T09:00", reference);
        let home = rows.iter().find(|row| row.contains("placement"));
        let home = home.unwrap_or_else(|| panic!("{reference}: {rows:?}"));
        // From 16 November to 3 January: seven weeks at £790.
        assert!(
            home.contains("5530.00") && home.contains("R-2026-0308"),
            "{home}"
        );
    }
}

#[test]
fn a_part_whose_lines_stand_with_the_whole_request_is_approved_without_lines_of_its_own() {
    let folder = copy_of("examples/bexley");
    let own = folder.path();
    both_come_back(own);
    let evening = "2026-12-17T18:00";
    told(own, evening, &approved("R-2026-0308", "2026-12-17", &ALL));
    told(own, evening, &approved("R-2026-0309", "2026-12-17", &ALL));
    assert!(log(own, "2026-12-18T09:00", "R-2026-0309").is_empty());
    let found = paper(
        own,
        "2026-12-18T09:00",
        &["check", "--history", "--only", "decision-incomplete"],
    );
    assert!(!found.contains("R-2026-0309"), "{found}");
}

#[test]
fn a_part_whose_lead_was_refused_is_approved_with_lines_of_its_own() {
    let folder = copy_of("examples/bexley");
    let own = folder.path();
    both_come_back(own);
    let evening = "2026-12-17T18:00";
    let refused = [
        "decide",
        "R-2026-0308",
        "--date",
        "2026-12-17",
        "--outcome",
        "decline",
        "--rationale",
        "No.",
    ];
    told(own, evening, &refused);
    let output = run(own, evening, &approved("R-2026-0309", "2026-12-17", &ALL));
    assert_eq!(status(&output), 2, "{}", stderr(&output));
}

#[test]
fn a_child_whose_first_request_had_no_number_yet_is_paid_for_once() {
    let folder = moves_to_her_aunt(&["placement|With her aunt|300|20|0"]);
    let own = folder.path();
    let first = "referrals/2026/R-2026-0314.yaml";
    edit(own, first, "  case_id: ", "  # The number came later.");
    let rows = log(own, "2026-12-12T09:00", "R-2026-0314");
    assert!(
        rows[0].contains("2026-12-09") && rows[0].contains("R-2026-0914"),
        "{rows:?}"
    );
}

#[test]
fn that_a_placement_began_on_another_day_than_the_request_says_is_told() {
    let folder = copy_of("examples/nelc");
    let own = folder.path();
    let placed = |on: &str| {
        let args = ["act", "R-2026-0314", "--placed", "--on", on, "--dry-run"];
        told(own, "2026-11-27T16:00", &args)
    };
    let said = placed("2026-11-27");
    assert!(
        said.contains(
            "began on 20 November 2026, and the log of spend counts from 27 November 2026 now"
        ),
        "{said}"
    );
    assert!(!placed("2026-11-20").contains("the log of spend counts from"));
}
