//! `panel decide`, from outside: one whole new file or nothing, and nothing that a rule forbids.
#![allow(
    clippy::disallowed_methods,
    reason = "tests and benches make folders of their own"
)]

mod support;

use std::path::Path;
use support::deciding::{self, AT_THE_MEETING, DAY, decision, deferral};
use support::{copy_of, run, status, stderr, stdout};

/// The example folder at its coming meeting, with arguments for a plain approval of R-2026-0121.
fn approval() -> Vec<&'static str> {
    let mut args = deciding::approval(
        "R-2026-0121",
        "The placement holds and home is not safe yet.",
    );
    args.extend(["--review-every", "4 weeks"]);
    args.extend(["--action", "Tell the carers|A. Singh|2026-12-08"]);
    args
}

fn files(folder: &Path) -> Vec<String> {
    let mut files: Vec<String> = walkdir::WalkDir::new(folder)
        .into_iter()
        .map(|entry| entry.expect("it can be walked"))
        .filter(|entry| entry.file_type().is_file() && entry.file_name() != ".panel.lock")
        .map(|entry| entry.path().display().to_string())
        .collect();
    files.sort();
    files
}

/// Runs it and asserts that it was refused with this status, that nothing was written, and that
/// what was said holds these words.
fn is_refused(args: &[&str], as_of: &str, exit: i32, words: &[&str]) {
    let folder = copy_of("examples/bexley");
    let before = files(folder.path());
    let output = run(folder.path(), as_of, args);
    assert_eq!(status(&output), exit, "{}", stderr(&output));
    assert_eq!(files(folder.path()), before, "something was written");
    assert_eq!(stdout(&output), "");
    for word in words {
        assert!(
            stderr(&output).contains(word),
            "`{word}` is not in: {}",
            stderr(&output)
        );
    }
}

#[test]
fn an_approval_is_one_new_file_with_the_digest_of_the_referral() {
    let folder = copy_of("examples/bexley");
    let before = files(folder.path());
    let output = run(folder.path(), AT_THE_MEETING, &approval());
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let path = "meetings/2026-12-03/decisions/R-2026-0121.yaml";
    assert_eq!(stdout(&output), format!("{path}\n"));
    assert_eq!(
        files(folder.path()).len(),
        before.len() + 1,
        "one file and nothing else"
    );
    let text = std::fs::read_to_string(folder.path().join(path)).expect("it was written");
    let referral =
        std::fs::read(folder.path().join("referrals/2026/R-2026-0121.yaml")).expect("it is there");
    let digest: String = sha2::Digest::finalize(sha2::Digest::chain_update(
        <sha2::Sha256 as sha2::Digest>::new(),
        &referral,
    ))
    .iter()
    .map(|byte| format!("{byte:02x}"))
    .collect();
    assert!(
        text.contains(&format!("referral_digest: sha256:{digest}\n")),
        "{text}"
    );
    assert!(
        text.contains("weekly: 845.00\n"),
        "money stands as a number: {text}"
    );
    let checked = run(
        folder.path(),
        AT_THE_MEETING,
        &[
            "check",
            "referrals/2026/R-2026-0121.yaml",
            "--format",
            "json",
        ],
    );
    let json: serde_json::Value = serde_json::from_str(&stdout(&checked)).expect("it is JSON");
    assert_eq!(json["referrals"][0]["state"], "decided");
}

#[test]
fn a_dry_run_shows_the_file_and_writes_nothing() {
    let folder = copy_of("examples/bexley");
    let before = files(folder.path());
    let mut args = approval();
    args.push("--dry-run");
    let output = run(folder.path(), AT_THE_MEETING, &args);
    assert_eq!(status(&output), 0);
    assert!(stdout(&output).starts_with("referral: R-2026-0121\n"));
    assert_eq!(files(folder.path()), before);
}

#[test]
fn in_a_pipe_what_is_missing_names_every_flag() {
    is_refused(
        &["decide", "R-2026-0124", "--date", DAY, "--outcome", "defer"],
        AT_THE_MEETING,
        2,
        &[
            "--rationale TEXT",
            "--defer-to DAY",
            "--defer-reason REASON",
        ],
    );
}

#[test]
fn a_chair_who_may_not_chair_is_refused() {
    let mut args = approval();
    args[9] = "finance";
    is_refused(
        &args,
        AT_THE_MEETING,
        1,
        &["chair-not-authorised", "1.7a-c"],
    );
}

#[test]
fn a_referral_that_is_not_ready_is_not_approved() {
    let mut args = approval();
    args[1] = "R-2026-0123";
    is_refused(&args, AT_THE_MEETING, 1, &["late-submission", "--accept"]);
}

#[test]
fn a_late_referral_that_the_chair_accepts_is_approved_and_says_so() {
    let folder = copy_of("examples/bexley");
    let mut args = approval();
    args[1] = "R-2026-0123";
    args.extend([
        "--accept",
        "late-submission|The family moved at the weekend.",
    ]);
    let output = run(folder.path(), AT_THE_MEETING, &args);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let text = std::fs::read_to_string(
        folder
            .path()
            .join("meetings/2026-12-03/decisions/R-2026-0123.yaml"),
    )
    .expect("it was written");
    assert!(text.contains("rule: late-submission"), "{text}");
}

#[test]
fn a_deferral_to_a_day_without_a_meeting_is_refused() {
    is_refused(
        &deferral(
            "R-2026-0124",
            "It is not signed.",
            "2026-12-11",
            "not-ready",
        ),
        AT_THE_MEETING,
        1,
        &["not-a-meeting-day", "2026-12-17"],
    );
}

#[test]
fn an_outcome_that_the_council_does_not_have_for_the_kind_is_refused() {
    is_refused(
        &decision("R-2026-0121", "note", "Heard."),
        AT_THE_MEETING,
        1,
        &["outcome-not-allowed"],
    );
}

#[test]
fn a_second_decision_at_the_same_meeting_needs_an_amendment() {
    let folder = copy_of("examples/bexley");
    assert_eq!(status(&run(folder.path(), AT_THE_MEETING, &approval())), 0);
    let again = run(folder.path(), AT_THE_MEETING, &approval());
    assert_eq!(status(&again), 1);
    assert!(stderr(&again).contains("--amend"), "{}", stderr(&again));
    let mut args = approval();
    args.extend([
        "--amend",
        "The carers said more.",
        "--highlights",
        "The carers spoke.",
    ]);
    let amended = run(folder.path(), AT_THE_MEETING, &args);
    assert_eq!(status(&amended), 0, "{}", stderr(&amended));
    let path = folder
        .path()
        .join("meetings/2026-12-03/decisions/R-2026-0121.2.yaml");
    let text = std::fs::read_to_string(path).expect("it was written beside the first");
    assert!(text.contains("decision: R-2026-0121.yaml"), "{text}");
}

#[test]
fn nothing_is_decided_before_the_meeting_or_on_another_day() {
    is_refused(
        &approval(),
        "2026-12-02T15:00",
        1,
        &["has not been held yet"],
    );
    let mut args = approval();
    args[3] = "2026-12-02";
    is_refused(
        &args,
        AT_THE_MEETING,
        1,
        &["does not meet on Wednesday 2 December 2026"],
    );
}

#[test]
fn an_unknown_referral_is_told_with_the_nearest() {
    let mut args = approval();
    args[1] = "R-2026-012l";
    is_refused(
        &args,
        AT_THE_MEETING,
        2,
        &["there is no referral R-2026-012l"],
    );
}

#[test]
fn a_withdrawn_referral_and_a_draft_are_not_decided() {
    for (reference, word) in [
        ("R-2026-0114", "was withdrawn"),
        ("R-2026-0128", "never submitted"),
    ] {
        let mut args = approval();
        args[1] = reference;
        is_refused(&args, AT_THE_MEETING, 1, &[word]);
    }
}

#[test]
fn eight_at_once_on_one_referral_leave_one_decision_and_seven_told() {
    let folder = copy_of("examples/bexley");
    let statuses: Vec<i32> = std::thread::scope(|scope| {
        let running: Vec<_> = (0..8)
            .map(|_| scope.spawn(|| status(&run(folder.path(), AT_THE_MEETING, &approval()))))
            .collect();
        running
            .into_iter()
            .map(|one| one.join().expect("it ran"))
            .collect()
    });
    assert_eq!(
        statuses.iter().filter(|status| **status == 0).count(),
        1,
        "{statuses:?}"
    );
    assert_eq!(
        statuses.iter().filter(|status| **status == 1).count(),
        7,
        "{statuses:?}"
    );
}

#[test]
fn what_no_panel_can_have_meant_is_refused() {
    let changed = |from: &str, to: &[&'static str]| {
        let mut args = approval();
        let place = args
            .iter()
            .position(|arg| *arg == from)
            .expect("it is there");
        args.splice(place..place + 2, to.iter().copied());
        args
    };
    is_refused(
        &changed("--review-every", &["--review-on", "2026-11-01"]),
        AT_THE_MEETING,
        2,
        &["--review-on", "before the meeting"],
    );
    is_refused(
        &changed("--outcome", &["--outcome", "decline"]),
        AT_THE_MEETING,
        2,
        &["nothing is approved"],
    );
    is_refused(
        &changed("--action", &["--action", "Tell the carers|A. Singh"]),
        AT_THE_MEETING,
        2,
        &["by when"],
    );
    is_refused(
        &changed("--review-every", &["--until", "2026-01-01"]),
        AT_THE_MEETING,
        2,
        &["--until"],
    );
    is_refused(
        &changed("--date", &["--date", "2026-11-26"]),
        AT_THE_MEETING,
        1,
        &["was sent after the meeting"],
    );
}

#[test]
fn a_deferral_goes_to_a_meeting_still_to_come() {
    for day in ["2026-11-26", "2026-12-03"] {
        is_refused(
            &deferral("R-2026-0121", "More is needed.", day, "more-information"),
            AT_THE_MEETING,
            1,
            &["not-a-meeting-day"],
        );
    }
}

#[test]
fn a_document_is_never_written_over_a_record() {
    let folder = copy_of("examples/bexley");
    let decision = folder
        .path()
        .join("meetings/2026-11-26/decisions/R-2026-0105.yaml");
    let before = std::fs::read(&decision).expect("it is there");
    let path = decision.display().to_string();
    let output = run(
        folder.path(),
        AT_THE_MEETING,
        &["agenda", "--date", DAY, "-o", &path],
    );
    assert_eq!(status(&output), 2, "{}", stderr(&output));
    assert_eq!(std::fs::read(&decision).expect("it is there"), before);
}

#[test]
fn a_decision_that_cannot_be_read_makes_no_document_and_opens_no_case() {
    let folder = copy_of("examples/bexley");
    let decision = folder
        .path()
        .join("meetings/2026-11-19/decisions/R-2026-0112.yaml");
    let text = std::fs::read_to_string(&decision).expect("it is there");
    std::fs::write(&decision, text.replacen("outcome:", "\toutcome:", 1))
        .expect("a temporary file");
    for document in ["record", "letter"] {
        let output = run(folder.path(), AT_THE_MEETING, &[document, "R-2026-0112"]);
        assert_eq!(status(&output), 2, "{}", stdout(&output));
        assert!(
            stderr(&output).contains("R-2026-0112.yaml:"),
            "{}",
            stderr(&output)
        );
    }
    let agenda = run(folder.path(), AT_THE_MEETING, &["agenda", "--date", DAY]);
    assert!(!stdout(&agenda).contains("R-2026-0112"));
    assert!(
        stderr(&agenda).contains("cannot be read"),
        "{}",
        stderr(&agenda)
    );
}

#[test]
fn a_referral_that_cannot_be_read_stands_with_what_is_not_ready() {
    let folder = copy_of("examples/bexley");
    let referral = folder.path().join("referrals/2026/R-2026-0121.yaml");
    let text = std::fs::read_to_string(&referral).expect("it is there");
    std::fs::write(&referral, text.replacen("  name:", "\tname:", 1)).expect("a temporary file");
    let agenda = stdout(&run(
        folder.path(),
        "2026-12-01T09:00",
        &["agenda", "--date", DAY],
    ));
    let not_ready = agenda
        .split("## Not ready")
        .nth(1)
        .and_then(|rest| rest.split("## Cases").next())
        .expect("a section");
    assert!(not_ready.contains("R-2026-0121"), "{not_ready}");
}

#[test]
fn what_goes_with_the_earlier_outcome_is_left_out_of_its_amendment() {
    let folder = copy_of("examples/bexley");
    let first = "meetings/2026-11-19/decisions/R-2026-0113.yaml";
    let amend = [
        "decide",
        "R-2026-0113",
        "--date",
        "2026-11-19",
        "--amend",
        "The shares are known.",
        "--from",
        first,
        "--outcome",
        "approve",
        "--approve",
        "placement|Eight weeks|10|1|0",
        "--sign-expenditure",
        "--review-on",
        "2027-01-14",
    ];
    // Why it was put off is not why it is approved.
    let output = run(folder.path(), "2026-12-01T09:00", &amend);
    assert_eq!(status(&output), 2, "{}", stderr(&output));
    assert!(
        stderr(&output).contains("--rationale"),
        "{}",
        stderr(&output)
    );
    let amend = [
        &amend[..],
        &["--rationale", "All three will pay their part."],
    ]
    .concat();
    let is_refused = [&amend[..], &["--defer-to", "2026-12-10"]].concat();
    let output = run(folder.path(), "2026-12-01T09:00", &is_refused);
    assert_eq!(status(&output), 2, "{}", stderr(&output));
    assert!(stderr(&output).contains("nothing is put off with this outcome"));
    let output = run(folder.path(), "2026-12-01T09:00", &amend);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let read = |file: &str| std::fs::read_to_string(folder.path().join(file)).expect("a record");
    assert!(read(first).contains("deferred:"));
    let second = read("meetings/2026-11-19/decisions/R-2026-0113.2.yaml");
    assert!(!second.contains("\ndeferred:"), "{second}");
    assert!(!second.contains("The request is deferred"), "{second}");
}

#[test]
fn a_prepared_decision_bears_no_day_to_come_and_amends_nothing_by_itself() {
    let folder = copy_of("examples/bexley");
    let prepared = |text: &str| std::fs::write(folder.path().join("prepared.yaml"), text);
    let mut args = approval();
    args.extend(["--from", "prepared.yaml"]);
    prepared("decided_on: 2027-12-04\n").expect("written");
    let output = run(folder.path(), AT_THE_MEETING, &args);
    assert_eq!(status(&output), 2, "{}", stderr(&output));
    assert!(
        stderr(&output).contains("is still to come"),
        "{}",
        stderr(&output)
    );
    prepared("amends: {decision: R-2026-0121.yaml, digest: 'sha256:00', reason: x}\n")
        .expect("written");
    let output = run(folder.path(), AT_THE_MEETING, &args);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let first = folder
        .path()
        .join("meetings/2026-12-03/decisions/R-2026-0121.yaml");
    let first = std::fs::read_to_string(first).expect("it was written");
    assert!(!first.contains("amends"), "{first}");
}

#[test]
fn weeks_below_nought_and_shares_above_the_whole_are_not_approved() {
    for (more, told) in [
        (
            &["--approve", "placement|Foster home|100|-4|0"][..],
            "not a number of weeks",
        ),
        (
            &["--from", "prepared.yaml", "--approve-costs"],
            "come to 160 per cent",
        ),
    ] {
        let folder = copy_of("examples/bexley");
        let text = "funding: [{source: health, status: agreed, share: 80}, {source: education, status: agreed, share: 80}]\n";
        std::fs::write(folder.path().join("prepared.yaml"), text).expect("written");
        let mut args = approval();
        args.retain(|word| *word != "--approve-costs");
        args.extend(more);
        let output = run(folder.path(), AT_THE_MEETING, &args);
        assert_ne!(status(&output), 0, "{more:?}");
        assert!(
            stderr(&output).contains(told),
            "{more:?}: {}",
            stderr(&output)
        );
    }
}

#[test]
fn a_document_is_not_written_over_papers_that_are_kept() {
    let folder = copy_of("examples/bexley");
    for kept in [
        "meetings/2026-11-26/minutes.md",
        "records/R-2026-0105/2026-11-19.md",
        "referrals/2026/assessment.pdf",
        "documents/scan.md",
        "templates/letter.md.j2",
        ".gitattributes",
        ".git/HEAD",
    ] {
        let path = folder.path().join(kept);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(&path, "kept\n").expect("written");
        let name = path.display().to_string();
        let output = run(folder.path(), AT_THE_MEETING, &["diary", "-o", &name]);
        assert_eq!(status(&output), 2, "{}", stderr(&output));
        assert!(
            stderr(&output).contains("nothing is written over it"),
            "{}",
            stderr(&output)
        );
        assert_eq!(std::fs::read_to_string(&path).expect("there"), "kept\n");
    }
}

/// Two meetings would say two things, and each list would believe another of them.
#[test]
fn an_earlier_meeting_settles_nothing_once_a_later_one_has_dealt_with_the_case() {
    let folder = copy_of("examples/bexley");
    let mut declined = decision("R-2026-0113", "decline", "Others pay for it.");
    let output = run(folder.path(), AT_THE_MEETING, &declined);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    // It was put off on 19 November, and is now to have been approved there.
    let put_off = "meetings/2026-11-19/decisions/R-2026-0113.yaml";
    let mut approved = deciding::approval("R-2026-0113", "The shares are known.");
    approved[3] = "2026-11-19";
    approved.extend(["--amend", "It was approved.", "--from", put_off]);
    approved.extend(["--review-on", "2027-01-14"]);
    let before = files(folder.path());
    let output = run(folder.path(), "2026-12-04T09:00", &approved);
    assert_eq!(status(&output), 1, "{}", stderr(&output));
    let told = stderr(&output);
    for word in [
        "the meeting of Thursday 3 December 2026 has dealt with R-2026-0113 since (meetings/2026-12-03/decisions/R-2026-0113.yaml: decline)",
        "amend that one, with --outcome: `panel decide R-2026-0113 --date 2026-12-03 --amend REASON --from meetings/2026-12-03/decisions/R-2026-0113.yaml`",
    ] {
        assert!(told.contains(word), "`{word}` is not in: {told}");
    }
    assert_eq!(files(folder.path()), before, "something was written");
    // What the earlier meeting said can be put into better words.
    let again = ["--amend", "A slip of the pen.", "--from", put_off];
    let mut args = vec!["decide", "R-2026-0113", "--date", "2026-11-19"];
    args.extend(again);
    args.extend(["--highlights", "The worker was ill."]);
    let output = run(folder.path(), "2026-12-04T09:00", &args);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    // The later one is amended as ever.
    declined.extend(["--amend", "The reason was another."]);
    declined.extend(["--highlights", "The worker spoke."]);
    let output = run(folder.path(), "2026-12-04T09:00", &declined);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
}

#[test]
fn what_is_given_beside_a_prepared_decision_takes_the_place_of_the_same_or_stands_behind() {
    let folder = copy_of("examples/bexley");
    let prepared = "\
approved: [{item: placement, description: Foster home, weekly: 900.00, weeks: 4}]
agreements: [The first., The second.]
views: [{member: D. Farrell, view: The old view.}, {member: P. Nowak, view: Hers.}]
dissent: [{member: D. Farrell, reason: The old reason.}]
actions: [{what: Tell the carers, owner: A. Singh, due: 2026-12-08}]
";
    std::fs::write(folder.path().join("prepared.yaml"), prepared).expect("written");
    let mut args = approval();
    args.retain(|word| *word != "--approve-costs");
    args.extend(["--from", "prepared.yaml"]);
    args.extend(["--approve", "placement|Foster home|950|4|0"]);
    args.extend(["--agreement", "The second.", "--agreement", "The third."]);
    args.extend(["--view", "d. farrell|The new view."]);
    args.extend(["--dissent", "J. Amis|Another reason."]);
    args.extend(["--action", "Tell the school|A. Singh|2026-12-11"]);
    args.push("--dry-run");
    let output = run(folder.path(), AT_THE_MEETING, &args);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let told: serde_json::Value = serde_yaml::from_str(&stdout(&output)).expect("YAML");
    let list = |key: &str, field: &str| -> Vec<String> {
        let rows = told[key].as_array().expect("a list");
        let rows = rows
            .iter()
            .map(|row| if field.is_empty() { row } else { &row[field] });
        rows.map(|row| row.as_str().map_or_else(|| row.to_string(), str::to_owned))
            .collect()
    };
    assert_eq!(list("approved", "weekly"), ["950.0"]);
    let agreed = list("agreements", "");
    assert!(
        agreed.starts_with(&["The first.".into(), "The second.".into()]),
        "{agreed:?}"
    );
    assert_eq!(agreed.iter().filter(|own| *own == "The second.").count(), 1);
    assert!(agreed.contains(&"The third.".to_owned()), "{agreed:?}");
    assert_eq!(list("views", "view"), ["Hers.", "The new view."]);
    assert_eq!(
        list("dissent", "reason"),
        ["The old reason.", "Another reason."]
    );
    assert_eq!(
        list("actions", "what"),
        ["Tell the carers", "Tell the school"]
    );
}

#[test]
fn a_time_limit_before_the_first_day_is_refused_and_one_that_cuts_the_sum_is_told() {
    let folder = copy_of("examples/bexley");
    let mut args = decision("R-2026-0121", "approve", "The placement holds.");
    args.extend(["--approve", "placement|Foster home|845|26|0"]);
    args.extend([
        "--sign-expenditure",
        "--no-review",
        "It ends with the term.",
    ]);
    // The request begins on 23 January 2027: the year was left as it was.
    let slip = [&args[..], &["--until", "2026-12-31"]].concat();
    let output = run(folder.path(), AT_THE_MEETING, &slip);
    assert_eq!(status(&output), 2, "{}", stderr(&output));
    assert!(
        stderr(&output).contains("nothing of it would be spent"),
        "{}",
        stderr(&output)
    );
    let short = [&args[..], &["--until", "2027-02-06"]].concat();
    let output = run(folder.path(), AT_THE_MEETING, &short);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    assert!(
        stderr(&output).contains("of £21,970.00 approved the log of spend counts £1,690.00"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn the_first_day_of_what_is_approved_is_looked_at_for_a_slip_of_the_year() {
    let approved = |from: &str, more: &[&str]| {
        let folder = copy_of("examples/bexley");
        let line = format!("placement|Foster home|845|4|0|{from}");
        let mut args = decision("R-2026-0121", "approve", "The placement holds.");
        args.extend(["--approve", &line, "--sign-expenditure"]);
        args.extend(["--review-every", "4 weeks"]);
        args.extend(more);
        run(folder.path(), AT_THE_MEETING, &args)
    };
    // The meeting is on 3 December 2026, the request begins on 23 January 2027.
    for (slip, words) in [
        ("2025-12-07", "361 days before the meeting"),
        ("2026-01-23", "314 days before the meeting"),
        ("2028-01-23", "416 days after the meeting"),
    ] {
        let output = approved(slip, &[]);
        assert_eq!(status(&output), 0, "{}", stderr(&output));
        let told = stderr(&output);
        assert!(told.contains(words), "{told}");
        assert!(told.contains("is the year right?"), "{told}");
    }
    for right in ["2026-10-31", "2026-12-03", "2027-01-23", "2027-07-01"] {
        let output = approved(right, &[]);
        assert_eq!(status(&output), 0, "{}", stderr(&output));
        let told = stderr(&output);
        assert!(!told.contains("is the year right?"), "{right}: {told}");
    }
    // The child was born on 8 May 2023.
    let output = approved("2023-05-07", &[]);
    assert_eq!(status(&output), 2, "{}", stderr(&output));
    let told = stderr(&output);
    assert!(told.contains("before the child was born"), "{told}");
    let output = approved("2027-03-01", &["--until", "2027-03-01"]);
    assert_eq!(status(&output), 2, "{}", stderr(&output));
    let told = stderr(&output);
    assert!(told.contains("nothing of it would be spent"), "{told}");
}

#[test]
fn a_letter_to_a_care_leaver_is_theirs_where_the_form_does_not_say_when_they_were_born() {
    let folder = copy_of("examples/bexley");
    let own = folder.path();
    let file = own.join("referrals/2026/R-2026-0121.yaml");
    let text = std::fs::read_to_string(&file).expect("it is there");
    let of = |legal: &str| {
        let said = text.replace("  date_of_birth: 2023-05-08\n", "");
        let said = said.replace("legal_status: interim-care-order", legal);
        std::fs::write(&file, said).expect("written");
        let decisions = own.join("meetings/2026-12-03/decisions");
        decisions
            .exists()
            .then(|| std::fs::remove_dir_all(&decisions));
        let why = "It is put off.";
        let args = deferral("R-2026-0121", why, "2026-12-17", "more-information");
        let need = ["--defer-need", "What is missing|K. Lewis|2026-12-10"];
        let output = run(own, AT_THE_MEETING, &[&args[..], &need].concat());
        assert_eq!(status(&output), 0, "{}", stderr(&output));
        let letter = ["letter", "R-2026-0121", "--date", DAY, "--format", "json"];
        let output = run(own, AT_THE_MEETING, &letter);
        assert_eq!(status(&output), 0, "{}", stderr(&output));
        let told: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("JSON");
        told["is_to_young_person"] == true
    };
    assert!(of("legal_status: care-leaver"));
    assert!(!of("legal_status: care-order"));
}

#[test]
fn attendance_from_a_day_to_come_says_that_nothing_has_been_held() {
    let folder = copy_of("examples/bexley");
    let said = |from: &str| {
        let args = ["attendance", "--from", from];
        stderr(&run(folder.path(), AT_THE_MEETING, &args))
    };
    assert!(said("2026-12-04").contains("Friday 4 December 2026 is still to come"));
    assert!(!said("2026-12-03").contains("still to come"));
}
