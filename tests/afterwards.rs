//! What a decision leaves to be done when it is made late, amended, put off again or waits for
//! somebody: it is asked for anew, by a day that can still be kept, and the papers say one thing.
#![allow(
    clippy::disallowed_methods,
    reason = "tests and benches make folders of their own"
)]

mod support;

use std::path::Path;
use support::{copy_of, run, status, stderr, stdout, told};

/// What a command prints.
fn paper(folder: &Path, as_of: &str, args: &[&str]) -> String {
    let output = run(folder, as_of, args);
    assert_eq!(status(&output), 0, "{args:?}: {}", stderr(&output));
    stdout(&output)
}

/// The arguments of a decision, with a reason.
fn decided<'a>(reference: &'a str, day: &'a str, more: &'a [&'a str]) -> Vec<&'a str> {
    let mut args = vec!["decide", reference, "--date", day, "--basis", "consensus"];
    args.extend(["--rationale", "As it was said."]);
    args.extend(more);
    args
}

/// Puts something else into a record.
fn edit(folder: &Path, path: &str, from: &str, to: &str) {
    let place = folder.join(path);
    let text = std::fs::read_to_string(&place).expect("a record");
    assert!(text.contains(from), "{path} has {from}");
    std::fs::write(place, text.replacen(from, to, 1)).expect("written");
}

#[test]
fn the_family_is_told_of_the_decision_though_it_was_told_of_the_promise() {
    let folder = copy_of("examples/west-berkshire");
    let own = folder.path();
    let made = [
        "--outcome",
        "approve",
        "--approve-costs",
        "--review-on",
        "2027-01-21",
    ];
    let said = told(
        own,
        "2026-12-03T18:00",
        &decided("R-2026-0321", "2026-11-19", &made),
    );
    assert!(
        said.contains("added by the council's rules: Tell the parents"),
        "{said}"
    );
    let diary = paper(own, "2026-12-04T09:00", &["diary", "--format", "csv"]);
    let line = diary
        .lines()
        .find(|line| line.contains("R-2026-0321") && line.contains("Tell the parents"));
    assert!(
        line.is_some_and(|line| line.contains("2026-12-08")),
        "{diary}"
    );
}

#[test]
fn what_an_amendment_leaves_to_be_done_is_due_after_it() {
    let folder = copy_of("examples/nelc");
    let own = folder.path();
    let rules = "extends = \"nelc\"\n[[standard_action]]\nid = \"tell-no\"\nwhat = \"Explain the refusal in person\"\nowner = \"worker\"\ndue = \"3 working days\"\noutcomes = [\"decline\"]\nclause = \"x\"\n";
    std::fs::write(own.join("rules.toml"), rules).expect("written");
    std::fs::write(own.join("panel.toml"), "council = \"./rules.toml\"\n").expect("written");
    let first = "meetings/2026-11-09/decisions/R-2026-0308.yaml";
    let amended = [
        "--amend",
        "Wrong",
        "--from",
        first,
        "--outcome",
        "decline",
        "--no-review",
        "It is refused",
    ];
    let said = told(
        own,
        "2026-12-15T10:00",
        &decided("R-2026-0308", "2026-11-09", &amended),
    );
    assert!(
        said.contains("Explain the refusal in person (S. Ramsdale, due 2026-12-18)"),
        "{said}"
    );
}

#[test]
fn a_refusal_that_waits_for_somebody_is_owed_until_it_is_endorsed() {
    let folder = copy_of("examples/west-berkshire");
    let own = folder.path();
    let meeting = "date: 2026-12-03\nchair: {name: N. Ashdown, role: service-manager-looked-after-children}\nattendance:\n  - {name: C. Lockyer, role: head-of-service, status: apologies}\n  - {name: N. Ashdown, role: service-manager-looked-after-children, status: present}\n";
    std::fs::create_dir_all(own.join("meetings/2026-12-03")).expect("made");
    std::fs::write(own.join("meetings/2026-12-03/meeting.yaml"), meeting).expect("written");
    let args = ["--outcome", "decline"];
    let said = told(
        own,
        "2026-12-03T18:00",
        &decided("R-2026-0323", "2026-12-03", &args),
    );
    assert!(
        said.contains("in principle until the head of service"),
        "{said}"
    );
    let diary = || paper(own, "2026-12-20T09:00", &["diary", "--format", "csv"]);
    let waits = |diary: &str| {
        let mut lines = diary.lines().filter(|line| line.contains("R-2026-0323"));
        lines.any(|line| line.contains("Endorsement by"))
    };
    assert!(waits(&diary()), "{}", diary());
    let args = ["check", "--format", "json"];
    let state = |as_of: &str| {
        let output = run(own, as_of, &args);
        let whole: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("json");
        let mut rows = whole["referrals"].as_array().expect("rows").iter();
        let row = rows
            .find(|row| row["reference"] == "R-2026-0323")
            .expect("there");
        row["state"].clone()
    };
    assert_eq!(state("2026-12-20T09:00"), "decided-in-principle");
    let endorsed = [
        "act",
        "R-2026-0323",
        "--endorsed",
        "--by",
        "C. Lockyer",
        "--role",
        "head-of-service",
    ];
    told(own, "2026-12-20T10:00", &endorsed);
    assert!(!waits(&diary()), "{}", diary());
}

#[test]
fn a_decision_that_is_typed_in_after_its_review_is_taken_and_told_as_late() {
    let folder = copy_of("examples/bexley");
    let own = folder.path();
    let args = [
        "--outcome",
        "approve",
        "--approve-costs",
        "--sign-expenditure",
        "--review-on",
        "2026-12-10",
    ];
    let at = "2026-12-20T10:00";
    let said = told(own, at, &decided("R-2026-0120", "2026-12-03", &args));
    assert!(
        said.contains("the review was due on Thursday 10 December 2026"),
        "{said}"
    );
    let output = run(
        own,
        at,
        &["check", "--only", "review-overdue", "--format", "concise"],
    );
    assert_eq!(status(&output), 1, "{}", stdout(&output));
    assert!(
        stdout(&output).contains("R-2026-0120"),
        "{}",
        stdout(&output)
    );
}

#[test]
fn more_money_than_was_asked_for_is_told() {
    let folder = copy_of("examples/nelc");
    let approve = |line: &'static str| {
        let args = [
            "--outcome",
            "approve",
            "--approve",
            line,
            "--review-on",
            "2027-02-15",
            "--dry-run",
        ];
        told(
            folder.path(),
            "2026-11-30T18:00",
            &decided("R-2026-0320", "2026-11-30", &args),
        )
    };
    let slip = approve("placement|Foster home|9650|26|0");
    assert!(
        slip.contains("£250,900.00, which is more than was asked for (£25,090.00)"),
        "{slip}"
    );
    let right = approve("placement|Foster home|965|26|0");
    assert!(!right.contains("more than was asked for"), "{right}");
}

#[test]
fn what_a_deferral_waited_for_is_not_forgotten_by_the_next() {
    let folder = copy_of("examples/nelc");
    let own = folder.path();
    let defer = |day: &'static str, to: &'static str, need: &[&str]| {
        let args = [
            "--outcome",
            "defer",
            "--defer-to",
            to,
            "--defer-reason",
            "more-information",
        ];
        let chair = ["--by", "D. Thackray", "--role", "assistant-director"];
        let args = [&args[..], &chair, need].concat();
        let at = format!("{day}T18:00");
        told(own, &at, &decided("R-2026-0320", day, &args))
    };
    let letter = "Letter of the school|K. Brannigan|2026-12-04";
    let need = ["--defer-need", letter];
    defer("2026-11-30", "2026-12-07", &need);
    let said = defer("2026-12-07", "2026-12-14", &[]);
    assert!(
        said.contains("the last deferral waited for is not asked for again: Letter of the school"),
        "{said}"
    );
}

#[test]
fn papers_give_the_sum_up_to_the_time_limit_as_the_log_does() {
    let folder = copy_of("examples/nelc");
    let own = folder.path();
    edit(
        own,
        "referrals/2026/R-2026-0320.yaml",
        "\n  from: ",
        "\n  from: 2027-03-01 # ",
    );
    let args = [
        "--outcome",
        "approve",
        "--approve-costs",
        "--review-on",
        "2027-02-22",
        "--until",
        "2027-03-03",
    ];
    let at = "2026-11-30T18:00";
    told(own, at, &decided("R-2026-0320", "2026-11-30", &args));
    // Two days of £965.00 a week.
    let spend = paper(
        own,
        at,
        &["spend", "--date", "2026-11-30", "--format", "csv"],
    );
    assert!(spend.contains("275.71"), "{spend}");
    let letter = paper(own, at, &["letter", "R-2026-0320"]);
    assert!(letter.contains("£275.71 in all"), "{letter}");
    assert!(!letter.contains("25,090"), "{letter}");
    let record = paper(own, at, &["record", "R-2026-0320"]);
    assert!(record.contains("26 (2 days count)"), "{record}");
    let minutes = paper(own, at, &["minutes", "--date", "2026-11-30"]);
    assert!(minutes.contains("**£275.71** in 1 request"), "{minutes}");
}

#[test]
fn a_case_is_put_off_to_a_meeting_that_comes_after_wherever_it_was_moved() {
    let folder = copy_of("examples/nelc");
    let own = folder.path();
    let write = |day: &str, more: &str| {
        let place = own.join("meetings").join(day);
        std::fs::create_dir_all(&place).expect("made");
        let text =
            format!("date: {day}\nchair: {{name: D. Thackray, role: assistant-director}}\n{more}");
        std::fs::write(place.join("meeting.yaml"), text).expect("written");
    };
    write(
        "2026-12-07",
        "moved: {to: 2026-12-17T13:00, agreed_by: {name: D. Thackray, role: assistant-director}, told: 2026-12-02T10:00, reason: Flood.}\n",
    );
    write("2026-12-14", "");
    let defer = |reference: &'static str, day: &'static str, to: &'static str, at: &str| {
        let args = [
            "--outcome",
            "defer",
            "--defer-to",
            to,
            "--defer-reason",
            "more-information",
        ];
        run(own, at, &decided(reference, day, &args))
    };
    // The panel sits on 17 December: 14 December has gone by.
    let output = defer(
        "R-2026-0320",
        "2026-12-07",
        "2026-12-14",
        "2026-12-17T18:00",
    );
    assert_eq!(status(&output), 1, "{}", stderr(&output));
    let said = stderr(&output)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    assert!(
        said.contains("is not after the meeting that deferred it"),
        "{said}"
    );
    // From 14 December it can be put off to the meeting that was moved, by either of its days.
    for (reference, to) in [("R-2026-0320", "2026-12-07"), ("R-2026-0321", "2026-12-17")] {
        let output = defer(reference, "2026-12-14", to, "2026-12-14T18:00");
        assert_eq!(status(&output), 0, "{}", stderr(&output));
        let letter = paper(own, "2026-12-14T19:00", &["letter", reference]);
        assert!(
            letter.contains("again on Thursday 17 December 2026"),
            "{letter}"
        );
    }
}

#[test]
fn where_the_chair_stands_aside_for_a_case_another_who_may_chair_decides_it() {
    let folder = copy_of("examples/bexley");
    let own = folder.path();
    let meeting = |declared: &str| {
        let place = own.join("meetings/2026-12-03");
        std::fs::create_dir_all(&place).expect("made");
        let text = format!(
            "date: 2026-12-03\nchair: {{name: M. Osei, role: deputy-director}}\ndeclarations: {declared}\n"
        );
        std::fs::write(place.join("meeting.yaml"), text).expect("written");
    };
    let args = |role: &'static str| {
        let args = [
            "--outcome",
            "approve",
            "--approve-costs",
            "--sign-expenditure",
            "--review-on",
            "2027-02-25",
            "--by",
            "D. Farrell",
            "--role",
            role,
        ];
        run(
            own,
            "2026-12-03T18:00",
            &decided("R-2026-0121", "2026-12-03", &args),
        )
    };
    let vice_chair = "service-manager-fostering-and-placement";
    meeting("[]");
    let refused = args(vice_chair);
    assert_eq!(status(&refused), 1);
    assert!(
        stderr(&refused).contains("under `declarations`"),
        "{}",
        stderr(&refused)
    );
    meeting("[{member: M. Osei, referral: R-2026-0121, nature: knows the family}]");
    // Nobody else than a post that chairs.
    assert_eq!(status(&args("social-worker")), 1);
    let taken = args(vice_chair);
    assert_eq!(status(&taken), 0, "{}", stderr(&taken));
    let minutes = paper(
        own,
        "2026-12-03T19:00",
        &["minutes", "--date", "2026-12-03"],
    );
    assert!(minutes.contains("D. Farrell"), "{minutes}");
}
