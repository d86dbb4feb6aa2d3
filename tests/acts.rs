//! What followed a decision is recorded: only what was said is written, every other byte stays, and
//! what is refused writes nothing.
#![allow(
    clippy::disallowed_methods,
    unreachable_pub,
    reason = "tests make and read folders of their own"
)]

mod support;

use std::path::Path;
use std::process::Output;
use support::changes::{files, read, refused, written};
use support::deciding;
use support::{change, copy_of, panel, run, status, stderr, stdout};

const NOW: &str = "2026-12-01T09:00";

const AFTER: &str = "meetings/2026-11-26/after/R-2026-0118.yaml";

#[test]
fn everything_that_one_call_says_is_one_write_in_the_childs_own_file() {
    let folder = copy_of("examples/bexley");
    let folder = folder.path();
    let before = "# \u{e9}: kept as it is  \r\ntold_family: 2026-11-27\r\n";
    std::fs::write(folder.join(AFTER), before).expect("written");
    let told = written(
        folder,
        NOW,
        AFTER,
        &[
            "act",
            "R-2026-0118",
            "--action",
            "1,2",
            "--disagreement",
            "young-person",
            "--note",
            "He says: \"not far\", please",
            "--placed",
            "--provider",
            "St. Anne's",
            "--external",
            "yes",
            "--registered",
            "no",
            "--search-started",
            "--paper",
            "care-plan",
            "--uploaded",
            "--ended",
            "He went home.",
            "--on",
            "2026-11-30",
        ],
    );
    assert!(
        told.contains("R-2026-0118: nothing is left in the diary for this child"),
        "{told}"
    );
    let lines = [
        "actions_done: [{action: 1, on: 2026-11-30}, {action: 2, on: 2026-11-30}]",
        "disagreement: {by: young-person, on: 2026-11-30, note: \"He says: \\\"not far\\\", please\"}",
        "placed: {on: 2026-11-30, provider: {name: St. Anne's, external: true, registered: false}}",
        "search_started: 2026-11-30",
        "papers: [{kind: care-plan, on: 2026-11-30}]",
        "uploaded: 2026-11-30",
        "ended: {on: 2026-11-30, reason: He went home.}",
    ];
    assert_eq!(
        read(folder, AFTER),
        before.to_owned() + &lines.join("\r\n") + "\r\n"
    );
    let check = run(folder, NOW, &["check"]);
    assert!(!stdout(&check).contains(AFTER), "{}", stdout(&check));
}

#[test]
fn what_followed_a_decision_is_begun_in_a_new_file_where_there_is_none() {
    let folder = copy_of("examples/bexley");
    let folder = folder.path();
    std::fs::remove_dir_all(folder.join("meetings/2026-11-26/after")).expect("it was there");
    let told = written(folder, NOW, AFTER, &["act", "R-2026-0118", "--told-family"]);
    assert_eq!(read(folder, AFTER), "told_family: 2026-12-01\n");
    // What is left is told in one line, with who is to do it and by when.
    assert_eq!(told.trim_end().lines().count(), 1, "{told}");
    assert!(
        told.contains("Ask the ward to invite us to its discharge planning meeting (action, C. Doyle, by 2 December 2026)"),
        "{told}"
    );
}

#[test]
fn what_cannot_have_happened_or_stands_there_already_is_refused() {
    let folder = copy_of("examples/bexley");
    let folder = folder.path();
    let cases = [
        (
            &["R-2026-0116"][..],
            2,
            "2. Ask the youth service about a handover to the mentor, A. Singh, by 10 December 2026",
        ),
        (
            &["R-2026-0116", "--action", "1"],
            1,
            "action 1 of R-2026-0116 is recorded as done on Monday 30 November 2026",
        ),
        (&["R-2026-0116", "--action", "3"], 1, "has no action 3"),
        (
            &["R-2026-0116", "--action", "2", "--action", "0"],
            1,
            "has no action 0",
        ),
        (&["R-2026-0116", "--action", "x"], 1, "has no action x"),
        (
            &["R-2026-0116", "--action", "2", "--told-family"],
            1,
            "says `told_family: 2026-11-30`",
        ),
        (
            &["R-2026-0116", "--action", "2", "--on", "2026-12-02"],
            1,
            "Wednesday 2 December 2026 is still to come",
        ),
        (
            &["R-2026-0116", "--action", "2", "--on", "2026-11-25"],
            1,
            "the panel decided R-2026-0116 on Thursday 26 November 2026",
        ),
        (
            &["R-2026-0116", "--uploaded", "2026-12-02T10:00"],
            1,
            "is still to come",
        ),
        (
            &["R-2026-0116", "--escalated-to", "S. Whitcombe"],
            1,
            "no disagreement with the decision",
        ),
        (&["R-2026-0116", "--disagreement", "parents"], 2, "--note"),
        (
            &["R-2026-0116", "--disagreement", "family", "--note", "x"],
            2,
            "young-person",
        ),
        (
            &["R-2026-0116", "--paper", "care-pln"],
            2,
            "did you mean `care-plan`?",
        ),
        (&["R-2026-0116", "--provider", "x"], 2, "--placed"),
        (&["R-2026-0116", "--ended", " "], 2, "--ended is blank"),
        (
            &["R-2026-0116", "--ended", "a\u{7}b"],
            2,
            "control character",
        ),
        (&["R-2026-0116", "--log-signed"], 2, "--by"),
        (
            &[
                "R-2026-0116",
                "--by",
                "M. Osei",
                "--role",
                "deputy-director",
                "--action",
                "2",
            ],
            2,
            "it is not said what M. Osei signs",
        ),
        (
            &[
                "R-2026-0116",
                "--log-signed",
                "--by",
                "N. Whitlock",
                "--role",
                "finance",
            ],
            1,
            "N. Whitlock (Finance) does not sign the running log (clause 1.7g)",
        ),
        (
            &[
                "R-2026-0118",
                "--log-signed",
                "--by",
                "M. Osei",
                "--role",
                "deputy-director",
            ],
            1,
            "nothing was approved on R-2026-0118",
        ),
        (
            &[
                "R-2026-0116",
                "--endorsed",
                "--by",
                "M. Osei",
                "--role",
                "deputy-director",
            ],
            1,
            "awaits no endorsement",
        ),
        (
            &["R-2026-0120", "--action", "1"],
            1,
            "R-2026-0120 has no decision yet",
        ),
        (&["R-2026-0128", "--told-family"], 1, "is a draft"),
        (&["R-2026-0114", "--told-family"], 1, "was withdrawn"),
        (
            &["R-2026-0105", "--date", "2026-11-13", "--told-family"],
            1,
            "was not decided on Friday 13 November 2026",
        ),
        (&["R-2026-0998", "--told-family"], 2, "there is no referral"),
    ];
    for (args, exit, said) in cases {
        let args: Vec<&str> = ["act"].iter().chain(args).copied().collect();
        let told = refused(folder, NOW, exit, &args);
        assert!(told.contains(said), "{args:?}: {told}");
    }
}

#[test]
fn an_action_of_an_earlier_decision_is_marked_by_its_day() {
    let folder = copy_of("examples/bexley");
    let folder = folder.path();
    let earlier = "meetings/2026-11-12/after/R-2026-0105.yaml";
    change(
        &folder.join(earlier),
        "actions_done: [{action: 1, on: 2026-11-19}, {action: 2, on: 2026-11-17}]",
        "actions_done:\n- action: 2   # by post\n  on: 2026-11-17\n# the rest",
    );
    let told = refused(folder, NOW, 1, &["act", "R-2026-0105", "--action", "7"]);
    assert!(
        told.contains("an earlier decision has others: --date 2026-11-12"),
        "{told}"
    );
    let before = read(folder, earlier);
    let args = [
        "act",
        "R-2026-0105",
        "--date",
        "2026-11-12",
        "--action",
        "1",
    ];
    written(folder, NOW, earlier, &args);
    assert_eq!(
        read(folder, earlier),
        before.replace("# the rest", "- action: 1\n  on: 2026-12-01\n# the rest")
    );
}

#[test]
fn a_decision_in_principle_stands_once_the_awaited_post_has_endorsed_it() {
    let folder = copy_of("examples/west-berkshire");
    let folder = folder.path();
    let after = "meetings/2026-11-19/after/R-2026-0320.yaml";
    let by = |name, role| {
        [
            "act",
            "R-2026-0320",
            "--endorsed",
            "--by",
            name,
            "--role",
            role,
        ]
    };
    let told = refused(folder, NOW, 1, &by("C. Lockyer", "head-of-service"));
    assert!(told.contains("(clause placing/20-miles)"), "{told}");
    assert!(
        told.contains("--role corporate-director-communities"),
        "{told}"
    );
    let before = read(folder, after);
    let director = by("A. Kerrigan", "corporate-director-communities");
    written(folder, NOW, after, &director);
    assert_eq!(
        read(folder, after),
        before
            + "endorsed: [{role: corporate-director-communities, name: A. Kerrigan, on: 2026-12-01}]\n"
    );
    let diary = run(folder, NOW, &["diary"]);
    assert!(
        !stdout(&diary).contains("Endorsement"),
        "{}",
        stdout(&diary)
    );
    let told = refused(folder, NOW, 1, &director);
    assert!(told.contains("was endorsed by A. Kerrigan"), "{told}");
}

#[test]
fn a_disagreement_is_taken_further_in_its_own_block() {
    let folder = copy_of("examples/bcp");
    let folder = folder.path();
    let after = "meetings/2026-11-09/after/R-2026-0207.yaml";
    let before = read(folder, after);
    let args = [
        "act",
        "R-2026-0207",
        "--escalated-to",
        "A. Verity, Director",
    ];
    written(folder, "2026-11-27T16:00", after, &args);
    assert_eq!(
        read(folder, after),
        before + "  escalated_to: A. Verity, Director\n"
    );
}

#[test]
fn what_would_be_written_is_shown_and_nothing_is_written() {
    let folder = copy_of("examples/bexley");
    let folder = folder.path();
    let before = files(folder);
    let shown = [
        (
            vec!["act", "R-2026-0116", "--action", "2"],
            "+actions_done: [{action: 1, on: 2026-11-30}, {action: 2, on: 2026-12-01}]",
        ),
        (
            vec![
                "accept",
                "R-2026-0123",
                "--rule",
                "late-submission",
                "--by",
                "M. Osei",
                "--role",
                "deputy-director",
                "--reason",
                "Late.",
            ],
            "+  - referral: R-2026-0123",
        ),
        (
            vec![
                "withdraw",
                "R-2026-0125",
                "--by",
                "P. Nowak",
                "--role",
                "service-manager",
            ],
            "+withdrawn: {on: 2026-12-01",
        ),
        (
            vec!["done", "dates-sent", "--date", "2026-12-10"],
            "+done: {dates-sent: 2026-12-01T09:00}",
        ),
    ];
    for (args, line) in shown {
        let args: Vec<&str> = args.into_iter().chain(["--dry-run"]).collect();
        let output = run(folder, NOW, &args);
        assert_eq!(status(&output), 0, "{args:?}: {}", stderr(&output));
        let text = stdout(&output);
        assert!(
            text.lines().any(|shown| shown.starts_with(line)),
            "{args:?}: {text}"
        );
        assert!(
            !stderr(&output).contains(" is now ready")
                || stderr(&output).contains("if this were written")
        );
    }
    assert!(files(folder) == before && !folder.join(".panel.lock").exists());
}

#[test]
fn a_record_that_cannot_be_changed_alone_is_left_and_the_line_to_add_is_named() {
    let folder = copy_of("examples/bexley");
    let folder = folder.path();
    change(
        &folder.join(AFTER),
        "told_family: 2026-11-27",
        "actions_done: none so far",
    );
    let told = refused(folder, NOW, 2, &["act", "R-2026-0118", "--action", "1"]);
    assert!(told.contains(&format!("{AFTER} was not changed")), "{told}");
    assert!(
        told.contains("add `{action: 1, on: 2026-12-01}` to `actions_done` by hand"),
        "{told}"
    );
    std::fs::write(folder.join(AFTER), "actions_done: [\n").expect("written");
    let told = refused(folder, NOW, 2, &["act", "R-2026-0118", "--action", "1"]);
    assert!(told.contains("cannot be read as it stands"), "{told}");
}

fn at_once(folder: &Path, calls: &[Vec<&str>]) -> Vec<Output> {
    let running: Vec<_> = calls
        .iter()
        .map(|args| {
            panel()
                .arg("--folder")
                .arg(folder)
                .args(["--as-of", NOW])
                .args(args)
                .stdout(std::process::Stdio::piped())
                .stderr(std::process::Stdio::piped())
                .spawn()
                .expect("the program was built with the tests")
        })
        .collect();
    running
        .into_iter()
        .map(|one| one.wait_with_output().expect("it ends"))
        .collect()
}

#[test]
fn what_several_people_record_at_once_all_lands() {
    let folder = copy_of("examples/bexley");
    let folder = folder.path();
    std::fs::remove_file(folder.join(AFTER)).expect("it was there");
    let calls: Vec<Vec<&str>> = [
        &["--action", "1"][..],
        &["--action", "2"],
        &["--told-family"],
        &["--uploaded"],
        &["--search-started"],
        &["--paper", "care-plan"],
        &["--paper", "assessment"],
        &["--ended", "He went home."],
    ]
    .iter()
    .map(|more| {
        ["act", "R-2026-0118"]
            .iter()
            .chain(*more)
            .copied()
            .collect()
    })
    .collect();
    for output in at_once(folder, &calls) {
        assert_eq!(status(&output), 0, "{}", stderr(&output));
    }
    let text = read(folder, AFTER);
    for said in [
        "{action: 1, on: 2026-12-01}",
        "{action: 2, on: 2026-12-01}",
        "told_family: 2026-12-01",
        "uploaded: 2026-12-01T09:00",
        "search_started: 2026-12-01",
        "{kind: care-plan, on: 2026-12-01}",
        "{kind: assessment, on: 2026-12-01}",
        "ended: {on: 2026-12-01, reason: He went home.}",
    ] {
        assert_eq!(text.matches(said).count(), 1, "{said}: {text}");
    }
    let left: Vec<_> = files(folder)
        .into_keys()
        .filter(|path| path.ends_with(".tmp"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn of_several_who_record_the_same_at_once_one_does_and_the_others_are_told() {
    let folder = copy_of("examples/bexley");
    let folder = folder.path();
    let call = vec!["act", "R-2026-0118", "--action", "1"];
    let outputs = at_once(folder, &[call.clone(), call.clone(), call]);
    let done = outputs.iter().filter(|output| status(output) == 0).count();
    assert_eq!(done, 1);
    for output in outputs.iter().filter(|output| status(output) != 0) {
        assert!(
            stderr(output).contains("action 1 of R-2026-0118 is recorded as done"),
            "{}",
            stderr(output)
        );
    }
    assert_eq!(read(folder, AFTER).matches("action: 1").count(), 1);
}

#[test]
fn what_was_decided_is_not_taken_back_by_a_clock_that_runs_behind() {
    let folder = copy_of("examples/bexley");
    let args = [
        "withdraw",
        "R-2026-0116",
        "--by",
        "P. Nowak",
        "--role",
        "service-manager",
    ];
    // The panel decided on 26 November.
    let told = refused(folder.path(), "2026-11-20T09:00", 1, &args);
    assert!(
        told.contains("meetings/2026-11-26/decisions/R-2026-0116.yaml"),
        "{told}"
    );
}

#[test]
fn a_request_is_not_taken_back_on_a_day_before_the_panel_heard_it() {
    let folder = copy_of("examples/bexley");
    let on = |day| {
        let by = ["--by", "P. Nowak", "--role", "service-manager"];
        [&["withdraw", "R-2026-0119", "--on", day][..], &by].concat()
    };
    // Put off on 26 November.
    let told = refused(folder.path(), NOW, 1, &on("2026-11-25"));
    assert!(
        told.contains("R-2026-0119 was before the panel on Thursday 26 November 2026: it cannot have been taken back on Wednesday 25 November 2026"),
        "{told}"
    );
    let output = run(folder.path(), NOW, &on("2026-11-26"));
    assert_eq!(status(&output), 0, "{}", stderr(&output));
}

#[test]
fn whoever_takes_a_request_back_is_told_of_its_parts() {
    let folder = copy_of("examples/bexley");
    let folder = folder.path();
    for part in ["decisions", "after"] {
        for reference in ["R-2026-0108", "R-2026-0109"] {
            let file = format!("meetings/2026-11-12/{part}/{reference}.yaml");
            let _ = std::fs::remove_file(folder.join(file));
        }
    }
    let args = [
        "withdraw",
        "R-2026-0108",
        "--by",
        "P. Nowak",
        "--role",
        "service-manager",
    ];
    let output = run(folder, "2026-11-11T10:00", &args);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let told = stdout(&output) + &stderr(&output);
    assert!(
        told.contains("R-2026-0109 is part of that request"),
        "{told}"
    );
}

#[test]
fn what_could_not_be_read_again_is_not_written() {
    let folder = copy_of("examples/bexley");
    let folder = folder.path();
    let settings = folder.join("panel.toml");
    let text = read(folder, "panel.toml") + "\n[limits]\nline = 5000\n";
    std::fs::write(settings, text).expect("written");
    let note = "x".repeat(6000);
    let args = [
        "act",
        "R-2026-0118",
        "--disagreement",
        "parents",
        "--note",
        &note,
    ];
    let told = refused(folder, NOW, 1, &args);
    assert!(told.contains("could not be read any more"), "{told}");
    let dry = [&args[..], &["--dry-run"]].concat();
    assert!(refused(folder, NOW, 1, &dry).contains("[limits]"));
}

/// What ended before it began costs nothing and comes back to nobody: a slip of the month would take
/// the money and the review away without a word.
#[test]
fn nothing_ends_before_it_was_decided_but_what_had_begun_before() {
    let folder = copy_of("examples/bexley");
    let folder = folder.path();
    let ended = |reference, on| ["act", reference, "--ended", "Went home.", "--on", on];
    // A review of a placement, sent on 20 November and decided on 26 November.
    let told = refused(folder, NOW, 1, &ended("R-2026-0116", "2026-11-01"));
    assert!(
        told.contains("nothing says that it had begun by then, so it cannot have ended on Sunday 1 November 2026: the panel decided R-2026-0116 on Thursday 26 November 2026"),
        "{told}"
    );
    // One that had begun on 24 November.
    let told = refused(folder, NOW, 1, &ended("R-2026-0117", "2026-10-25"));
    assert!(told.contains("it cannot have ended"), "{told}");
    for (reference, on) in [("R-2026-0116", "2026-11-23"), ("R-2026-0117", "2026-11-25")] {
        let output = run(folder, NOW, &ended(reference, on));
        assert_eq!(status(&output), 0, "{reference}: {}", stderr(&output));
    }
}

/// The child went home before the next approval began: the one before it is still paid for.
#[test]
fn whoever_ends_what_goes_on_is_told_of_the_approval_before_it_that_still_runs() {
    let folder = copy_of("examples/bexley");
    let folder = folder.path();
    let review = ["--review-on", "2027-02-25"];
    let decide = [&deciding::approval("R-2026-0121", "Yes.")[..], &review].concat();
    let output = run(folder, "2026-12-03T18:00", &decide);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let ended = [
        "act",
        "R-2026-0121",
        "--ended",
        "Home.",
        "--on",
        "2026-12-20",
    ];
    let output = run(folder, "2026-12-21T18:00", &ended);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let told = stderr(&output);
    let command = "panel act R-2026-0102 --date 2026-11-05 --ended REASON --on 2026-12-20";
    for words in [
        "R-2026-0102, which R-2026-0121 was to go on with",
        "22 January 2027",
        command,
    ] {
        assert!(told.contains(words), "{words}: {told}");
    }
    let also: Vec<&str> = command.split(' ').skip(1).collect();
    let output = run(folder, "2026-12-21T18:00", &also);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let told = stderr(&output);
    assert!(
        told.contains("nothing is left in the diary for this child"),
        "{told}"
    );
    assert!(!told.contains("was to go on with"), "{told}");
}
