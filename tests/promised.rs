//! A decision that is promised for a day, and then made: what was recorded for the promise is not of
//! the decision, and what was to be done goes on.
#![allow(
    clippy::disallowed_methods,
    reason = "tests and benches make folders of their own"
)]

mod support;

use support::{copy_of, run, status, stderr, stdout};

const REFERENCE: &str = "R-2026-0317";
const FIRST: &str = "meetings/2026-12-03/decisions/R-2026-0317.yaml";

/// What the chair types at the meeting of 3 December or after it.
fn decided<'a>(outcome: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    let mut args = vec![
        "decide",
        REFERENCE,
        "--date",
        "2026-12-03",
        "--outcome",
        outcome,
    ];
    args.extend(["--by", "C. Lockyer", "--role", "head-of-service"]);
    args.extend(["--rationale", "The report comes on Monday."]);
    args.extend(more);
    args
}

#[test]
fn what_was_recorded_for_the_promise_is_due_again_and_its_actions_go_on() {
    let folder = copy_of("examples/west-berkshire");
    let own = folder.path();
    let done = |as_of: &str, args: &[&str]| {
        let output = run(own, as_of, args);
        assert_eq!(status(&output), 0, "{args:?}: {}", stderr(&output));
        output
    };
    let read = |file: &str| std::fs::read_to_string(own.join(file)).expect("a record");
    let ring = ["--action", "Ring the family|K. Adams|2026-12-04"];
    let police = ["--action", "Get the police check|K. Adams|2026-12-07"];
    let promise = [&["--decide-by", "2026-12-08"], &ring[..], &police].concat();
    done("2026-12-03T13:30", &decided("pending", &promise));
    let actions = read(FIRST);
    let number = 1 + ["Ring", "Get"]
        .iter()
        .filter(|what| actions.find(**what) < actions.find("Ring"))
        .count();
    let number = number.to_string();
    let act = ["act", REFERENCE, "--action", &number, "--told-family"];
    done("2026-12-04T12:00", &act);

    let made = ["--approve-costs", "--review-on", "2027-02-04"];
    let carers = ["--action", "Tell the carers|A. Singh|2026-12-10"];
    let output = done(
        "2026-12-08T10:00",
        &decided("approve", &[&made[..], &carers].concat()),
    );
    let told = stderr(&output);
    assert!(
        told.contains("recorded anew: the family was told"),
        "{told}"
    );
    let second = read("meetings/2026-12-03/decisions/R-2026-0317.2.yaml");
    let places: Vec<usize> = ["Ring the family", "Get the police check", "Tell the carers"]
        .iter()
        .map(|what| second.find(what).expect(&second))
        .collect();
    assert!(places.is_sorted(), "{second}");
    let followed = read("meetings/2026-12-03/after/R-2026-0317.yaml");
    assert!(!followed.starts_with("told_family"), "{followed}");
    assert!(!followed.contains("\ntold_family"), "{followed}");
    let told = stdout(&done("2026-12-08T11:00", &["diary"]));
    assert!(told.contains("Get the police check"), "{told}");
    assert!(!told.contains("Ring the family"), "{told}");
    // The family is told of the decision, and that can be recorded.
    done("2026-12-08T14:00", &["act", REFERENCE, "--told-family"]);
}

/// What a list says, once for an agenda and once for the list of what is waited for.
fn lists_name(own: &std::path::Path, as_of: &str, date: &str, words: &str) -> [bool; 2] {
    [&["agenda"][..], &["chase", "--format", "csv"]].map(|list| {
        let output = run(own, as_of, &[list, &["--date", date]].concat());
        let told = stdout(&output);
        assert_eq!(status(&output), 0, "{list:?}: {}", stderr(&output));
        told.lines()
            .any(|line| line.contains(words) && line.contains(REFERENCE))
    })
}

#[test]
fn a_promise_that_is_not_kept_comes_before_each_meeting_until_the_decision_is_made() {
    let folder = copy_of("examples/west-berkshire");
    let own = folder.path();
    let done = |as_of: &str, args: &[&str]| {
        let output = run(own, as_of, args);
        assert_eq!(status(&output), 0, "{args:?}: {}", stderr(&output));
    };
    let promise = ["--decide-by", "2026-12-08"];
    done("2026-12-03T13:30", &decided("pending", &promise));
    let told = |as_of: &str, date: &str| lists_name(own, as_of, date, "promised");

    assert_eq!(told("2026-12-04T09:00", "2026-12-17"), [true, true]);
    // The next one is told of it only where this one has gone by without the decision.
    assert_eq!(told("2026-12-04T09:00", "2027-01-07"), [false, false]);
    assert_eq!(told("2026-12-18T09:00", "2027-01-07"), [true, true]);

    let made = ["--approve-costs", "--review-on", "2027-02-04"];
    done("2026-12-18T10:00", &decided("approve", &made));
    assert_eq!(told("2026-12-18T11:00", "2027-01-07"), [false, false]);
}

#[test]
fn an_interval_counts_from_the_day_on_which_the_promised_decision_was_made() {
    let folder = copy_of("examples/west-berkshire");
    let own = folder.path();
    let done = |as_of: &str, args: &[&str]| {
        let output = run(own, as_of, args);
        assert_eq!(status(&output), 0, "{args:?}: {}", stderr(&output));
        stdout(&output)
    };
    let promise = ["--decide-by", "2026-12-08"];
    done("2026-12-03T13:30", &decided("pending", &promise));
    // A week from the meeting that promised it would be over on the day on which it is made.
    let made = ["--approve-costs", "--review-every", "1 week"];
    done("2026-12-10T10:00", &decided("approve", &made));
    let diary = ["diary", "--kind", "review", "--format", "csv"];
    let told = done("2026-12-10T11:00", &diary);
    let line = told.lines().find(|line| line.contains(REFERENCE));
    assert!(
        line.is_some_and(|line| line.contains("2026-12-17")),
        "{told}"
    );
}
