//! What is misspelt on the command line is told with what was meant; a day or time that is typed
//! another way is shown as it is written here. Nothing is written in either case.
#![allow(
    clippy::disallowed_methods,
    reason = "tests and benches make folders of their own"
)]

mod support;

use support::changes::files;
use support::{copy_of, run, status, stderr, stdout};

const AT_THE_MEETING: &str = "2026-12-03T15:00";

/// Runs a command in the example folder and asserts that it was wrong usage, that nothing was
/// written, and that what was said holds these words.
fn is_told(command: &[&str], words: &[&str]) {
    let folder = copy_of("examples/bexley");
    let before = files(folder.path());
    let output = run(folder.path(), AT_THE_MEETING, command);
    let told = stderr(&output);
    assert_eq!(status(&output), 2, "{command:?}: {told}");
    assert_eq!(stdout(&output), "", "{command:?}");
    assert!(
        files(folder.path()) == before,
        "{command:?} wrote something"
    );
    for word in words {
        assert!(
            told.contains(word),
            "{command:?} does not tell {word}: {told}"
        );
    }
    assert!(!told.contains("invalid"), "{command:?}: {told}");
}

#[test]
fn a_misspelt_rule_is_told_with_the_one_that_is_meant() {
    for command in [
        vec!["check", "--only", "late-submision"],
        vec!["check", "--skip", "late-submision"],
        vec!["explain", "late-submision"],
        vec![
            "accept",
            "R-2026-0120",
            "--rule",
            "late-submision",
            "--by",
            "M. Osei",
            "--role",
            "deputy-director",
            "--reason",
            "Placed on Tuesday.",
        ],
    ] {
        is_told(
            &command,
            &["`late-submision`", "did you mean `late-submission`?"],
        );
    }
}

#[test]
fn a_misspelt_role_is_told_with_the_one_that_is_meant() {
    let accept = [
        "accept",
        "R-2026-0120",
        "--rule",
        "late-submission",
        "--by",
        "M. Osei",
        "--reason",
        "Placed on Tuesday.",
        "--role",
        "deputy-directer",
    ];
    is_told(&accept, &["did you mean `deputy-director`?"]);
    let withdraw = [
        "withdraw",
        "R-2026-0120",
        "--by",
        "P. Nowak",
        "--role",
        "servce-manager",
    ];
    is_told(&withdraw, &["did you mean `service-manager`?"]);
}

#[test]
fn a_misspelt_word_of_a_decision_is_told_before_more_is_asked_for() {
    for (flag, typed, meant) in [
        ("--outcome", "aprove", "did you mean `approve`?"),
        ("--outcome", "maybe", "write one of approve"),
        (
            "--role",
            "deputi-director",
            "did you mean `deputy-director`?",
        ),
        ("--basis", "concensus", "did you mean `consensus`?"),
        (
            "--defer-reason",
            "more-infomation",
            "did you mean `more-information`?",
        ),
    ] {
        let command = ["decide", "R-2026-0121", "--date", "2026-12-03", flag, typed];
        is_told(&command, &[flag, typed, meant, "nothing was written"]);
    }
}

#[test]
fn a_reference_with_a_slip_is_told_with_the_one_that_is_meant() {
    for command in [
        vec!["show", "R-2026-1020"],
        vec!["record", "R-2026-1020"],
        vec!["letter", "R-2026-1020"],
        vec!["act", "R-2026-1020", "--action", "1"],
        vec!["decide", "R-2026-1020", "--date", "2026-12-03"],
    ] {
        is_told(&command, &["R-2026-1020", "did you mean R-2026-0120?"]);
    }
    // A number of the case system, with two digits the wrong way round.
    is_told(&["show", "0104818"], &["did you mean 0104188?"]);
}

#[test]
fn a_reference_that_no_slip_explains_is_not_guessed_at() {
    let folder = copy_of("examples/bexley");
    let output = run(folder.path(), AT_THE_MEETING, &["record", "R-2026-0999"]);
    let told = stderr(&output);
    assert!(told.contains("there is no referral R-2026-0999"), "{told}");
    assert!(!told.contains("did you mean"), "{told}");
}

#[test]
fn misspelt_councils_kinds_deadlines_and_commands_are_told_with_what_is_meant() {
    is_told(
        &["--council", "bexly", "check"],
        &["did you mean `bexley`?"],
    );
    is_told(
        &["new", "R-2026-0999", "--kind", "suport-package"],
        &["did you mean `support-package`?"],
    );
    is_told(
        &["done", "dates-snt", "--date", "2026-12-03"],
        &["did you mean `dates-sent`?"],
    );
    is_told(&["shwo", "R-2026-0120"], &["'show'"]);
}

#[test]
fn a_day_on_the_command_line_is_shown_as_it_is_written_here() {
    for typed in [
        "3/12/2026",
        "3.12.26",
        "3 December 2026",
        "3 Dec 2026",
        "Thu 3rd Dec 2026",
    ] {
        let write = format!("{typed}` is not a date\nhint: write 2026-12-03\n");
        is_told(&["agenda", "--date", typed], &["--date", &write]);
        is_told(&["check", "--as-of", typed], &["--as-of", &write]);
        is_told(
            &["act", "R-2026-0102", "--action", "1", "--on", typed],
            &["--on", &write],
        );
        is_told(&["diary", "--from", typed], &["--from", &write]);
    }
}

#[test]
fn a_time_on_the_command_line_is_shown_as_it_is_written_here() {
    for typed in [
        "3/12/2026 2pm",
        "3 December 2026 at 14.00",
        "2026-12-03 2 pm",
        "2026-12-03T14.00",
    ] {
        is_told(
            &["check", "--as-of", typed],
            &["--as-of", "hint: write 2026-12-03T14:00\n"],
        );
        is_told(
            &["done", "dates-sent", "--date", "2026-12-03", "--at", typed],
            &["--at", "hint: write 2026-12-03T14:00\n"],
        );
    }
    is_told(
        &["agenda", "--date", "2026-12-03T14:00"],
        &["hint: write 2026-12-03: only the day is asked for here\n"],
    );
}
