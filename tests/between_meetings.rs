//! Decisions that a post takes between meetings: put down on their own day, and no meeting for
//! anybody else.
#![allow(
    clippy::disallowed_methods,
    reason = "tests make and read folders of their own"
)]

mod support;

use std::path::Path;
use support::changes::refused;
use support::{copy_of, run, status, stderr, stdout};

const RULES: &str = r#"
extends = "bexley"

[[decider]]
id = "small"
any_of = ["head-of-service", "deputy-director"]
when = "decision.approved_total <= 20000"
outside_panel = true
clause = "x"
"#;

const NOW: &str = "2026-12-01T09:00";

/// Bexley's panel, where a head of service decides small cases between meetings.
fn office() -> tempfile::TempDir {
    let folder = copy_of("examples/bexley");
    std::fs::write(folder.path().join("council.toml"), RULES).expect("written");
    std::fs::write(
        folder.path().join("panel.toml"),
        "council = \"./council.toml\"\n",
    )
    .expect("written");
    folder
}

fn decide<'a>(date: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    let mut args = vec![
        "decide",
        "R-2026-0122",
        "--date",
        date,
        "--outcome",
        "approve",
    ];
    args.extend([
        "--approve-costs",
        "--sign-expenditure",
        "--rationale",
        "It could not wait.",
    ]);
    args.extend(["--review-on", "2027-01-21"]);
    args.extend(more);
    args
}

const ADAIR: [&str; 4] = ["--by", "W. Adair", "--role", "head-of-service"];

fn does(folder: &Path, as_of: &str, args: &[&str]) -> String {
    let output = run(folder, as_of, args);
    assert_eq!(status(&output), 0, "{args:?}: {}", stderr(&output));
    stdout(&output)
}

#[test]
fn a_decision_between_meetings_is_put_down_on_its_own_day_and_stands_from_then() {
    let office = office();
    let folder = office.path();
    // The chair decides at the meeting, and a post that decides nothing outside it not at all.
    let told = refused(folder, NOW, 1, &decide("2026-12-03", &[]));
    assert!(told.contains("has not been held yet"), "{told}");
    assert!(
        told.contains("between meetings the head of service or the deputy director may decide"),
        "{told}"
    );
    let farrell = [
        "--by",
        "D. Farrell",
        "--role",
        "service-manager-fostering-and-placement",
    ];
    let told = refused(folder, NOW, 1, &decide("2026-12-03", &farrell));
    assert!(told.contains("has not been held yet"), "{told}");

    does(folder, NOW, &decide("2026-12-03", &ADAIR));
    let kept = folder.join("meetings/2026-12-03/decisions/R-2026-0122.yaml");
    let kept = std::fs::read_to_string(kept).expect("a decision");
    for words in [
        "decided_on: 2026-12-01",
        "expenditure_signed:\n  name: W. Adair\n  role: head-of-service\n  on: 2026-12-01",
    ] {
        assert!(kept.contains(words), "{kept}");
    }
    // The same day the money counts, the review is in the diary, and it is on no agenda.
    let log = does(folder, NOW, &["spend", "--format", "csv"]);
    assert!(log.contains("R-2026-0122"), "{log}");
    let diary = does(
        folder,
        NOW,
        &["diary", "--kind", "review", "--format", "csv"],
    );
    assert!(diary.contains("R-2026-0122"), "{diary}");
    let agenda = does(folder, NOW, &["agenda", "--date", "2026-12-03"]);
    assert!(!agenda.contains("R-2026-0122"), "{agenda}");
    let letter = does(folder, NOW, &["letter", "R-2026-0122"]);
    assert!(
        letter.contains(
            "On Tuesday 1 December 2026 W. Adair (Head of service) decided on a request about"
        ),
        "{letter}"
    );
    assert!(!letter.contains("The panel said"), "{letter}");
    let record = does(folder, NOW, &["record", "R-2026-0122"]);
    assert!(
        record.contains("Decided on Tuesday 1 December 2026, between meetings."),
        "{record}"
    );
    // Once the meeting has been held by another chair it breaks no rule.
    for as_of in [NOW, "2026-12-04T09:00"] {
        let check = run(
            folder,
            as_of,
            &["check", "--format", "concise", "--history"],
        );
        let check = stdout(&check);
        let mut own = check.lines().filter(|line| line.contains("R-2026-0122"));
        assert!(own.all(|line| !line.contains("error")), "{check}");
        let verify = stdout(&run(folder, as_of, &["verify"]));
        assert!(!verify.contains("R-2026-0122"), "{verify}");
    }
}

#[test]
fn what_the_post_may_not_decide_between_meetings_is_refused() {
    let office = office();
    let folder = office.path();
    let rules = RULES.replace("20000", "200");
    std::fs::write(folder.join("council.toml"), rules).expect("written");
    let told = refused(folder, NOW, 1, &decide("2026-12-03", &ADAIR));
    assert!(told.contains("[chair-not-authorised]"), "{told}");
    assert!(
        told.contains("before the meeting of Thursday 3 December 2026"),
        "{told}"
    );
    // What holds the request back holds back this decision as well.
    std::fs::write(folder.join("council.toml"), RULES).expect("written");
    let mut late = decide("2026-12-03", &ADAIR);
    late[1] = "R-2026-0123";
    let told = refused(folder, NOW, 1, &late);
    assert!(told.contains("[late-submission]"), "{told}");
}

#[test]
fn a_record_of_its_own_for_a_decision_between_meetings_draws_nobody_else() {
    let office = office();
    let folder = office.path();
    let day = folder.join("meetings/2026-12-01");
    std::fs::create_dir_all(&day).expect("made");
    let record = "date: 2026-12-01\nextra: true\nchair: {name: W. Adair, role: head-of-service}\n";
    std::fs::write(day.join("meeting.yaml"), record).expect("written");
    let check = stdout(&run(folder, NOW, &["check", "--format", "concise"]));
    assert!(
        !check.contains("meetings/2026-12-01/meeting.yaml"),
        "{check}"
    );
    does(folder, NOW, &decide("2026-12-01", &ADAIR));
    for as_of in [NOW, "2026-12-02T09:00"] {
        let agenda = does(folder, as_of, &["agenda", "--date", "2026-12-03"]);
        assert!(agenda.contains("R-2026-0120"), "{agenda}");
        let show = does(
            folder,
            as_of,
            &["show", "R-2026-0120", "--format", "markdown"],
        );
        assert!(!show.contains("1 December 2026: Not decided"), "{show}");
        assert!(show.contains("carried over once"), "{show}");
        let check = stdout(&run(folder, as_of, &["check", "--format", "concise"]));
        assert!(!check.contains("retrospective-overdue"), "{check}");
        assert!(
            !check.contains("meetings/2026-12-01/meeting.yaml"),
            "{check}"
        );
    }
}

fn errors_of_verify(folder: &Path, as_of: &str) -> String {
    let output = run(folder, as_of, &["verify", "--no-history"]);
    let told = stdout(&output);
    let errors = told.lines().filter(|line| line.starts_with("error"));
    errors.collect::<Vec<_>>().join("\n")
}

#[test]
fn what_was_decided_between_meetings_can_be_taken_off_the_record_before_the_meeting() {
    let folder = office();
    let own = folder.path();
    does(own, NOW, &decide("2026-12-03", &ADAIR));
    let void = [
        "decide",
        "R-2026-0122",
        "--date",
        "2026-12-03",
        "--amend",
        "It was another child's.",
        "--outcome",
        "void",
        "--by",
        "J. Amis",
        "--role",
        "business-support",
    ];
    does(own, "2026-12-01T11:30", &void);
    let spend = does(own, "2026-12-01T12:00", &["spend", "--format", "csv"]);
    assert!(!spend.contains("R-2026-0122"), "{spend}");
    let agenda = does(own, "2026-12-01T12:00", &["agenda", "--date", "2026-12-03"]);
    assert!(agenda.contains("R-2026-0122"), "{agenda}");
    for as_of in ["2026-12-01T12:00", "2026-12-04T09:00"] {
        assert_eq!(errors_of_verify(own, as_of), "");
    }
}

#[test]
fn what_was_decided_between_meetings_can_be_amended_before_the_meeting() {
    let folder = office();
    let own = folder.path();
    let outcomes = "outside_panel = true\noutcomes = [\"approve\", \"decline\"]";
    let rules = RULES.replace("outside_panel = true", outcomes);
    std::fs::write(own.join("council.toml"), rules).expect("written");
    does(own, NOW, &decide("2026-12-03", &ADAIR));
    let amended = [
        "decide",
        "R-2026-0122",
        "--date",
        "2026-12-03",
        "--amend",
        "The flat is gone.",
        "--outcome",
        "decline",
        "--rationale",
        "There is no flat any more.",
        "--by",
        "W. Adair",
        "--role",
        "head-of-service",
    ];
    does(own, "2026-12-02T11:30", &amended);
    for as_of in ["2026-12-02T12:00", "2026-12-04T09:00"] {
        let letter = does(own, as_of, &["letter", "R-2026-0122"]);
        assert!(
            letter.contains("There is no flat any more."),
            "{as_of}: {letter}"
        );
        let spend = does(own, as_of, &["spend", "--format", "csv"]);
        assert!(!spend.contains("R-2026-0122"), "{as_of}: {spend}");
        assert_eq!(errors_of_verify(own, as_of), "", "{as_of}");
    }
}
