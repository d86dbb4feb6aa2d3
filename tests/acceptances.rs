//! The chair's acceptance of a finding goes on the record of the right meeting, or is refused with
//! the clause and what to do, and then nothing is written.
#![allow(
    clippy::disallowed_methods,
    unreachable_pub,
    reason = "tests make and read folders of their own"
)]

mod support;

use std::path::Path;
use support::changes::{read, refused, written};
use support::{copy_of, run, status, stderr, stdout};

const NOW: &str = "2026-12-01T09:00";
const CHAIR: [&str; 4] = ["--by", "M. Osei", "--role", "deputy-director"];

fn accept<'a>(reference: &'a str, rule: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    ["accept", reference, "--rule", rule]
        .into_iter()
        .chain(more.iter().copied())
        .collect()
}

fn by_chair<'a>(reference: &'a str, rule: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    let mut args = accept(reference, rule, &CHAIR);
    args.extend(["--reason", "It could not wait a week."]);
    args.extend(more);
    args
}

const LATE: &str = "referrals/2026/R-2026-0123.yaml";
const COMING: &str = "meetings/2026-12-03/meeting.yaml";

#[test]
fn what_the_chair_accepts_goes_to_the_end_of_the_list_and_makes_the_referral_ready() {
    let folder = copy_of("examples/bexley");
    let folder = folder.path();
    let before = read(folder, COMING);
    let args = by_chair("R-2026-0123", "late-submission", &[]);
    let told = written(folder, NOW, COMING, &args);
    assert!(
        told.contains("R-2026-0123 is now ready for the meeting of Thursday 3 December 2026"),
        "{told}"
    );
    let entry = format!(
        "  - referral: R-2026-0123\n    rule: late-submission\n    by: {{name: M. Osei, role: deputy-director}}\n    on: 2026-12-01\n    reason: It could not wait a week.\n    referral_digest: {}\n",
        digest(folder)
    );
    let wanted = before.replace("done: {", &format!("{entry}done: {{"));
    assert_eq!(read(folder, COMING), wanted);
    let check = run(folder, NOW, &["check", "referrals/2026/R-2026-0123.yaml"]);
    assert_eq!(status(&check), 0, "{}", stdout(&check));
    let again = refused(folder, NOW, 1, &args);
    assert!(
        again.contains("was accepted by M. Osei (Deputy Director) on Tuesday 1 December 2026"),
        "{again}"
    );
}

/// The digest of the request that is late, as `sha256sum` gives it.
fn digest(folder: &Path) -> String {
    use sha2::Digest;
    let bytes = std::fs::read(folder.join(LATE)).expect("it is there");
    let hex: String = sha2::Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("sha256:{hex}")
}

#[test]
fn that_a_request_was_edited_after_it_was_accepted_is_told_and_it_can_be_accepted_again() {
    let folder = copy_of("examples/bexley");
    let folder = folder.path();
    let told = || {
        let args = [
            "check",
            "--only",
            "unused-acceptance",
            "--format",
            "concise",
        ];
        let output = run(folder, NOW, &args);
        assert_eq!(status(&output), 0, "it is a warning: {}", stdout(&output));
        let told = stdout(&output);
        let lines = told.lines().filter(|line| line.contains("R-2026-0123"));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    let args = by_chair("R-2026-0123", "late-submission", &[]);
    written(folder, NOW, COMING, &args);
    assert_eq!(told(), [""; 0]);
    let text = read(folder, LATE);
    std::fs::write(folder.join(LATE), text + "# another word\n").expect("written");
    let lines = told();
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert!(lines[0].contains("has been edited since late-submission was accepted"));
    // It still counts: the form may have been mended in something else.
    let check = run(folder, NOW, &["check", LATE]);
    assert_eq!(status(&check), 0, "{}", stdout(&check));
    // Accepted of what it says now, nothing is left to tell, and once is enough.
    written(folder, NOW, COMING, &args);
    assert_eq!(told(), [""; 0]);
    let again = refused(folder, NOW, 1, &args);
    assert!(again.contains("was accepted by M. Osei"), "{again}");
}

#[test]
fn what_still_stands_against_a_referral_is_told_after_an_acceptance() {
    let folder = copy_of("examples/bexley");
    let folder = folder.path();
    let args = by_chair(
        "R-2026-0124",
        "missing-sign-off",
        &["--until", "2026-12-10", "--on", "2026-11-30"],
    );
    let told = written(folder, NOW, COMING, &args);
    assert!(told.contains("not ready yet"), "{told}");
    assert!(
        told.contains("1 error stands against it: [incomplete-section]"),
        "{told}"
    );
    let text = read(folder, COMING);
    assert!(
        text.contains("    on: 2026-11-30\n    until: 2026-12-10\n"),
        "{text}"
    );
}

#[test]
fn a_meeting_without_a_record_gets_one_with_the_acceptance() {
    let folder = copy_of("examples/bexley");
    let folder = folder.path();
    std::fs::remove_file(folder.join(COMING)).expect("it was there");
    written(
        folder,
        NOW,
        COMING,
        &by_chair("R-2026-0123", "late-submission", &[]),
    );
    assert_eq!(
        read(folder, COMING),
        format!(
            "date: 2026-12-03\naccepted:\n  - referral: R-2026-0123\n    rule: late-submission\n    by: {{name: M. Osei, role: deputy-director}}\n    on: 2026-12-01\n    reason: It could not wait a week.\n    referral_digest: {}\n",
            digest(folder)
        )
    );
}

#[test]
fn an_acceptance_that_does_not_serve_is_refused_with_the_clause_and_what_to_do() {
    let folder = copy_of("examples/bexley");
    let folder = folder.path();
    let reason = ["--reason", "x"];
    let finance = ["--by", "N. Whitlock", "--role", "finance"];
    let finance: Vec<&str> = finance.iter().chain(&reason).copied().collect();
    let told = refused(
        folder,
        NOW,
        1,
        &accept("R-2026-0124", "missing-sign-off", &finance),
    );
    assert!(
        told.contains("N. Whitlock (Finance) may not accept missing-sign-off"),
        "{told}"
    );
    assert!(
        told.contains("(clause A/late-incomplete-unsigned)"),
        "{told}"
    );
    assert!(told.contains("it is accepted by the chair"), "{told}");
    let misspelt = [
        "--by",
        "M. Osei",
        "--role",
        "deputy-directr",
        "--reason",
        "x",
    ];
    let told = refused(
        folder,
        NOW,
        2,
        &accept("R-2026-0124", "missing-sign-off", &misspelt),
    );
    assert!(told.contains("did you mean `deputy-director`?"), "{told}");

    let cases = [
        // (reference, rule, more, exit, what is said)
        (
            "R-2026-0124",
            "late-submission",
            &[][..],
            1,
            "what stands against R-2026-0124: incomplete-section, missing-sign-off",
        ),
        (
            "R-2026-0124",
            "missing-signoff",
            &[],
            2,
            "did you mean `missing-sign-off`?",
        ),
        (
            "R-2026-0120",
            "late-submission",
            &[],
            1,
            "nothing stands against R-2026-0120",
        ),
        (
            "R-2026-0101",
            "late-submission",
            &[],
            1,
            "what stood against it is settled",
        ),
        (
            "R-2026-0114",
            "late-submission",
            &[],
            1,
            "R-2026-0114 was withdrawn",
        ),
        (
            "R-2026-0999",
            "late-submission",
            &[],
            2,
            "there is no referral R-2026-0999",
        ),
        (
            "R-2026-0110",
            "action-overdue",
            &[],
            1,
            "nobody may accept action-overdue here (clause 1.18)",
        ),
        (
            "R-2026-0124",
            "missing-sign-off",
            &["--on", "2026-12-02"],
            1,
            "Wednesday 2 December 2026 is still to come",
        ),
        (
            "R-2026-0124",
            "missing-sign-off",
            &["--until", "2026-11-30"],
            1,
            "has run out already",
        ),
        (
            "R-2026-0124",
            "missing-sign-off",
            &["--date", "2026-12-10"],
            1,
            "it goes to that of Thursday 3 December 2026",
        ),
        (
            "R-2026-0124",
            "missing-sign-off",
            &["--date", "2026-12-04"],
            1,
            "is not a meeting day",
        ),
    ];
    for (reference, rule, more, exit, said) in cases {
        let told = refused(folder, NOW, exit, &by_chair(reference, rule, more));
        assert!(told.contains(said), "{reference} {rule}: {told}");
    }
    let blank: Vec<&str> = CHAIR.iter().copied().chain(["--reason", "  "]).collect();
    let told = refused(
        folder,
        NOW,
        2,
        &accept("R-2026-0124", "missing-sign-off", &blank),
    );
    assert!(told.contains("--reason is blank"), "{told}");
}

/// Such a finding is the decision's own: only an amended decision can accept it.
#[test]
fn what_a_decision_falls_short_of_is_accepted_with_the_decision() {
    let folder = copy_of("examples/bexley");
    let folder = folder.path();
    let rules = "extends = \"bexley\"\n[[acceptance]]\nrules = [\"action-overdue\"]\nby = \"chair\"\nassumption = \"Tried.\"\n";
    std::fs::write(folder.join("council.toml"), rules).expect("written");
    std::fs::write(folder.join("panel.toml"), "council = \"./council.toml\"\n").expect("written");
    let told = refused(
        folder,
        NOW,
        1,
        &by_chair("R-2026-0110", "action-overdue", &[]),
    );
    assert!(
        told.contains("panel decide R-2026-0110 --date 2026-11-12 --amend REASON --from meetings/2026-11-12/decisions/R-2026-0110.yaml --accept 'action-overdue|REASON'"),
        "{told}"
    );
}

#[test]
fn the_help_of_a_finding_names_the_very_command_that_accepts_it() {
    let folder = copy_of("examples/care-planning");
    let folder = folder.path();
    let output = run(folder, NOW, &["check", "referrals/2026/R-2026-0224.yaml"]);
    let command =
        "panel accept R-2026-0224 --rule late-submission --by NAME --role ROLE --reason TEXT";
    assert!(stdout(&output).contains(command), "{}", stdout(&output));
    let args: Vec<&str> = command
        .split(' ')
        .skip(1)
        .map(|word| match word {
            "ROLE" => "head-of-care-services",
            "NAME" => "D. Mensah",
            "TEXT" => "The carer gave notice at five.",
            other => other,
        })
        .collect();
    written(folder, NOW, "meetings/2026-12-02/meeting.yaml", &args);
    let output = run(folder, NOW, &["check", "referrals/2026/R-2026-0224.yaml"]);
    assert_eq!(status(&output), 0, "{}", stdout(&output));
}

#[test]
fn an_acceptance_that_would_not_hold_at_the_meeting_is_not_written() {
    let folder = copy_of("examples/bexley");
    let accept = |more: &[&str]| {
        let args = [
            &[
                "accept",
                "R-2026-0123",
                "--rule",
                "late-submission",
                "--by",
                "M. Osei",
                "--role",
                "deputy-director",
                "--reason",
                "The school rang late.",
                "--dry-run",
            ][..],
            more,
        ]
        .concat();
        let output = run(folder.path(), "2026-12-01T09:00", &args);
        (status(&output), stderr(&output))
    };
    let (refused, said) = accept(&["--until", "2026-12-02"]);
    assert_eq!(refused, 1, "{said}");
    assert!(
        said.contains("has run out by the meeting of Thursday 3 December 2026"),
        "{said}"
    );
    let (refused, said) = accept(&["--on", "2026-11-01"]);
    assert_eq!(refused, 1, "{said}");
    assert!(
        said.contains("nobody can have accepted anything of it before"),
        "{said}"
    );
    let (taken, said) = accept(&["--until", "2026-12-03"]);
    assert_eq!(taken, 0, "{said}");
}

/// R-2026-0117 came late to 26 November, the chair said yes the day before, and the office writes
/// everything down on the 27th.
#[test]
fn what_was_accepted_at_a_meeting_that_is_over_goes_with_its_decision() {
    let folder = copy_of("examples/bexley");
    let folder = folder.path();
    let path = "meetings/2026-11-26/meeting.yaml";
    let text = read(folder, path);
    let (before, rest) = text.split_once("accepted:\n").expect("it has a list");
    let (_, after) = rest.split_once("presented:").expect("a list behind it");
    let text = format!("{before}presented:{after}");
    std::fs::write(folder.join(path), text).expect("written");
    let late = "2026-11-27T09:00";
    let accept = by_chair(
        "R-2026-0117",
        "late-submission",
        &["--date", "2026-11-26", "--on", "2026-11-25"],
    );
    let told = refused(folder, late, 1, &accept);
    for words in [
        "the meeting of Thursday 26 November 2026 is over",
        "`panel decide R-2026-0117 --date 2026-11-26 --amend REASON --from meetings/2026-11-26/decisions/R-2026-0117.yaml --accept 'late-submission|REASON'`",
    ] {
        assert!(told.contains(words), "{told}");
    }
    let history = |as_of: &str| {
        let args = ["check", "--history", "--only", "late-submission"];
        stdout(&run(folder, as_of, &args))
    };
    let found = history(late);
    assert!(found.contains("R-2026-0117"), "{found}");
    assert!(
        found.contains(
            "`panel decide R-2026-0117 --date 2026-11-26 --accept 'late-submission|REASON'`"
        ),
        "{found}"
    );
    let amend = [
        "decide",
        "R-2026-0117",
        "--date",
        "2026-11-26",
        "--amend",
        "What was accepted was not written down.",
        "--from",
        "meetings/2026-11-26/decisions/R-2026-0117.yaml",
        "--accept",
        "late-submission|Accepted on 25 November: it could not wait.",
    ];
    let output = run(folder, late, &amend);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let found = history(late);
    assert!(!found.contains("error[late-submission]"), "{found}");

    // Without a decision it names both ways.
    for gone in [
        "decisions/R-2026-0117.yaml",
        "decisions/R-2026-0117.2.yaml",
        "after/R-2026-0117.yaml",
    ] {
        std::fs::remove_file(folder.join("meetings/2026-11-26").join(gone)).expect("it was there");
    }
    let told = refused(folder, late, 1, &accept);
    assert!(told.contains("else leave --date out"), "{told}");
    let decide = [
        "decide",
        "R-2026-0117",
        "--date",
        "2026-11-26",
        "--outcome",
        "approve",
        "--approve-costs",
        "--sign-expenditure",
        "--rationale",
        "She is settled.",
        "--review-on",
        "2026-12-17",
    ];
    let told = refused(folder, late, 1, &decide);
    assert!(told.contains("--accept 'late-submission|REASON'"), "{told}");
    let with = [
        &decide[..],
        &["--accept", "late-submission|Accepted on 25 November."],
    ]
    .concat();
    let output = run(folder, late, &with);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
}

#[test]
fn the_help_after_a_late_resubmission_says_what_will_happen() {
    let folder = copy_of("examples/bexley");
    let folder = folder.path();
    let path = "referrals/2026/R-2026-0119.yaml";
    let text = read(folder, path);
    let text = text.replacen(
        "\nsubmitted:",
        "\nresubmitted: 2026-12-01T08:00\nsubmitted:",
        1,
    );
    std::fs::write(folder.join(path), text).expect("written");
    let check = stdout(&run(folder, NOW, &["check", path]));
    assert!(check.contains("late-submission"), "{check}");
    assert!(!check.contains("write `panel:"), "{check}");
    let words = "goes to the meeting of Thursday 10 December 2026 by itself once that one has been held without it";
    assert!(check.contains(words), "{check}");
    // And so it does.
    let check = stdout(&run(folder, "2026-12-04T09:00", &["check", path]));
    assert!(!check.contains("late-submission"), "{check}");
    assert!(
        check.contains("meeting   Thursday 10 December 2026"),
        "{check}"
    );
}
