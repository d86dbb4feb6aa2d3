//! An amendment takes the place of a decision on a day of its own; what was recorded for the earlier
//! one says nothing of it.
#![allow(
    clippy::disallowed_methods,
    reason = "tests and benches make folders of their own"
)]

mod support;

use std::path::Path;
use support::{copy_of, run, status, stderr, stdout};

const REFERENCE: &str = "R-2026-0302";
const DAY: &str = "2026-10-15";
const FIRST: &str = "meetings/2026-10-15/decisions/R-2026-0302.yaml";
const SECOND: &str = "meetings/2026-10-15/decisions/R-2026-0302.2.yaml";
const FOLLOWED: &str = "meetings/2026-10-15/after/R-2026-0302.yaml";
const NOW: &str = "2026-11-20T09:00";

/// The decision amended at a moment, with more on the command line.
fn amended(folder: &Path, as_of: &str, more: &[&str]) -> std::process::Output {
    let amend = ["decide", REFERENCE, "--date", DAY, "--from", FIRST];
    let why = ["--amend", "The agency asks for more."];
    run(folder, as_of, &[&amend[..], &why, more].concat())
}

fn read(folder: &Path, file: &str) -> String {
    std::fs::read_to_string(folder.join(file)).expect("a record")
}

fn shown(folder: &Path, as_of: &str, args: &[&str]) -> String {
    let output = run(folder, as_of, args);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    stdout(&output)
}

/// Who endorsed it, as the child's record has it.
fn endorsements(folder: &Path, as_of: &str) -> serde_json::Value {
    let text = shown(folder, as_of, &["record", REFERENCE, "--format", "json"]);
    let mut found = Vec::new();
    gather(&serde_json::from_str(&text).expect("JSON"), &mut found);
    found
        .into_iter()
        .next()
        .expect("endorsements are asked for")
}

fn gather(value: &serde_json::Value, found: &mut Vec<serde_json::Value>) {
    match value {
        serde_json::Value::Object(entries) => {
            for (key, value) in entries {
                if key == "subject_to" && value[0].is_object() {
                    found.push(value.clone());
                }
                gather(value, found);
            }
        }
        serde_json::Value::Array(rows) => rows.iter().for_each(|row| gather(row, found)),
        _ => {}
    }
}

const MORE: [&str; 2] = ["--approve", "placement|Agency foster home|9350|26|0"];

#[test]
fn what_was_recorded_for_the_earlier_decision_is_put_aside() {
    let folder = copy_of("examples/west-berkshire");
    let own = folder.path();
    assert_eq!(endorsements(own, NOW)[0]["is_given"], true);
    let output = amended(own, NOW, &MORE);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    assert_eq!(stdout(&output), format!("{SECOND}\n{FOLLOWED}\n"));
    for told in [
        "to be done and recorded anew",
        "the family was told on 15 October 2026",
        "put on the child's record on 21 October 2026",
        "endorsed by A. Kerrigan on 20 October 2026",
    ] {
        assert!(
            stderr(&output).contains(told),
            "{told}: {}",
            stderr(&output)
        );
    }
    // What happened to the child stays where it is, and the rest is kept for the earlier decision.
    assert_eq!(
        read(own, FOLLOWED),
        "actions_done: [{action: 1, on: 2026-10-30}, {action: 2, on: 2026-10-15}]\n\
         placed: {on: 2026-11-02, provider: {name: Ridgeway Foster Care, external: true, registered: true, sector: voluntary}}\n\
         before_amendment:\n  - decision: R-2026-0302.yaml\n    told_family: 2026-10-15\n    uploaded: 2026-10-21T09:20\n    \
         endorsed: [{name: A. Kerrigan, role: corporate-director-communities, on: 2026-10-20}]\n"
    );
    assert_eq!(endorsements(own, NOW)[0]["is_given"], false);
    let history = shown(own, NOW, &["show", REFERENCE]);
    assert!(
        history.contains("Family told (the earlier decision)"),
        "{history}"
    );
    // A record that nobody has put on file yet is due again, counted from the amendment.
    let owed = shown(own, NOW, &["deadlines", "--date", DAY]);
    let owed: Vec<&str> = owed
        .lines()
        .filter(|line| line.contains(REFERENCE))
        .collect();
    assert_eq!(owed.len(), 1, "{owed:?}");
    assert!(owed[0].contains("25 November 2026"), "{owed:?}");
    // So is the endorsement: by the meeting after the amendment.
    let diary = shown(own, NOW, &["diary", "--format", "csv"]);
    let lines = diary.lines().filter(|line| line.contains("Endorsement by"));
    let own_line: Vec<&str> = lines.filter(|line| line.contains(REFERENCE)).collect();
    assert_eq!(own_line.len(), 1, "{diary}");
    assert!(own_line[0].contains("2026-12-03"), "{own_line:?}");
}

#[test]
fn what_follows_an_amendment_is_recorded_anew_for_it() {
    let folder = copy_of("examples/west-berkshire");
    let own = folder.path();
    assert_eq!(status(&amended(own, NOW, &MORE)), 0);
    let act = ["act", REFERENCE, "--date", DAY];
    let told = [&act[..], &["--told-family", "--uploaded"]].concat();
    // Not on a day before it.
    let early = [&told[..], &["--on", "2026-11-19"]].concat();
    let output = run(own, "2026-11-20T16:00", &early);
    assert_eq!(status(&output), 1, "{}", stderr(&output));
    assert!(
        stderr(&output).contains("amended its decision on R-2026-0302 on Friday 20 November 2026")
    );
    // The same day as the amendment too.
    let output = run(own, "2026-11-20T16:00", &told);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let role = "corporate-director-communities";
    let endorsed = [
        &act[..],
        &["--endorsed", "--by", "A. Kerrigan", "--role", role],
    ]
    .concat();
    let output = run(own, "2026-11-21T09:00", &endorsed);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    assert_eq!(endorsements(own, "2026-11-21T10:00")[0]["is_given"], true);
    let again = run(own, "2026-11-21T09:00", &endorsed);
    assert_eq!(status(&again), 1, "{}", stderr(&again));
    // A second amendment puts those aside as well, and the first row stays.
    let once_more = [
        "decide",
        REFERENCE,
        "--date",
        DAY,
        "--amend",
        "A slip.",
        "--from",
        SECOND,
        "--rationale",
        "The same in better words.",
    ];
    let output = run(own, "2026-11-23T09:00", &once_more);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let followed = read(own, FOLLOWED);
    assert!(
        followed.contains("decision: R-2026-0302.yaml"),
        "{followed}"
    );
    assert!(
        followed.contains("decision: R-2026-0302.2.yaml"),
        "{followed}"
    );
    // Nothing that was endorsed has changed.
    assert_eq!(endorsements(own, "2026-11-23T10:00")[0]["is_given"], true);
    assert!(followed.contains("\nendorsed: ["), "{followed}");
    let verified = run(own, "2026-11-23T10:00", &["verify"]);
    assert!(
        !stdout(&verified).contains("not-recorded-anew"),
        "{}",
        stdout(&verified)
    );
}

#[test]
fn before_its_day_the_earlier_decision_is_in_force() {
    let folder = copy_of("examples/west-berkshire");
    let own = folder.path();
    let before = shown(own, "2026-11-19T09:00", &["spend", "--format", "json"]);
    let endorsed = endorsements(own, "2026-11-19T09:00");
    assert_eq!(status(&amended(own, NOW, &MORE)), 0);
    assert!(read(own, SECOND).contains("  on: 2026-11-20\n"));
    assert_eq!(
        shown(own, "2026-11-19T09:00", &["spend", "--format", "json"]),
        before
    );
    assert_eq!(endorsements(own, "2026-11-19T09:00"), endorsed);
    assert_ne!(shown(own, NOW, &["spend", "--format", "json"]), before);
    // Two machines whose clocks disagree: it is said, and the one written last is in force.
    let once_more = [
        "decide",
        REFERENCE,
        "--date",
        DAY,
        "--amend",
        "A slip.",
        "--from",
        SECOND,
        "--rationale",
        "The same in better words.",
    ];
    let again = run(own, "2026-11-19T09:00", &once_more);
    assert_eq!(status(&again), 0, "{}", stderr(&again));
    assert!(
        stderr(&again).contains("still to come"),
        "{}",
        stderr(&again)
    );
    let verified = run(own, NOW, &["verify"]);
    let told = stdout(&verified);
    assert!(told.contains("warning[meeting-not-held]"), "{told}");
    assert!(told.contains("R-2026-0302.3.yaml"), "{told}");
}

#[test]
fn nothing_is_written_where_what_followed_cannot_be_put_aside() {
    let folder = copy_of("examples/west-berkshire");
    let own = folder.path();
    let text = "{told_family: 2026-10-15, uploaded: 2026-10-21T09:20}\n";
    std::fs::write(own.join(FOLLOWED), text).expect("written");
    let output = amended(own, NOW, &MORE);
    assert_ne!(status(&output), 0);
    assert!(!own.join(SECOND).exists());
    assert_eq!(read(own, FOLLOWED), text);
    let told = stderr(&output);
    assert!(
        told.contains("before_amendment: [{decision: R-2026-0302.yaml}]"),
        "{told}"
    );
}

#[test]
fn verify_tells_what_an_amendment_by_hand_leaves_standing() {
    let folder = copy_of("examples/west-berkshire");
    let own = folder.path();
    let followed = read(own, FOLLOWED);
    assert_eq!(status(&amended(own, NOW, &MORE)), 0);
    std::fs::write(own.join(FOLLOWED), followed).expect("written");
    let told = stdout(&run(own, NOW, &["verify"]));
    assert_eq!(told.matches("[not-recorded-anew]").count(), 3, "{told}");
    assert!(
        told.contains("it was endorsed on Tuesday 20 October 2026"),
        "{told}"
    );
    // A day before the decision that it amends, and one to come.
    let second = read(own, SECOND);
    for (day, words) in [
        (
            "2026-10-01",
            "error[meeting-not-held]: this amendment is dated Thursday 1 October 2026, before",
        ),
        ("2027-11-20", "still to come"),
    ] {
        let text = second.replace("  on: 2026-11-20", &format!("  on: {day}"));
        std::fs::write(own.join(SECOND), text).expect("written");
        let told = stdout(&run(own, NOW, &["verify"]));
        assert!(told.contains(words), "{told}");
    }
}

#[test]
fn the_signature_for_one_sum_is_none_for_another() {
    let folder = copy_of("examples/bexley");
    let own = folder.path();
    let first = "meetings/2026-11-26/decisions/R-2026-0116.yaml";
    assert!(read(own, first).contains("expenditure_signed"));
    let amend = [
        "decide",
        "R-2026-0116",
        "--date",
        "2026-11-26",
        "--amend",
        "Dearer.",
        "--from",
        first,
        "--approve",
        "transport|More taxis|100|4|0",
    ];
    let output = run(own, "2026-12-01T09:00", &amend);
    assert_ne!(status(&output), 0);
    assert!(
        stderr(&output).contains("--sign-expenditure"),
        "{}",
        stderr(&output)
    );
    let signed = [&amend[..], &["--sign-expenditure"]].concat();
    let output = run(own, "2026-12-01T09:00", &signed);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    // A slip of the pen put right asks for nobody's signature again.
    let folder = copy_of("examples/bexley");
    let words = [&amend[..8], &["--highlights", "The carers were there."]].concat();
    let output = run(folder.path(), "2026-12-01T09:00", &words);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
}

#[test]
fn what_is_amended_later_counts_in_one_period_with_its_meeting() {
    let folder = copy_of("examples/bexley");
    let own = folder.path();
    let first = "meetings/2026-11-26/decisions/R-2026-0119.yaml";
    let amend = [
        "decide",
        "R-2026-0119",
        "--date",
        "2026-11-26",
        "--amend",
        "The answers came.",
        "--from",
        first,
        "--outcome",
        "approve",
        "--approve-costs",
        "--rationale",
        "They fit.",
        "--sign-expenditure",
        "--review-on",
        "2027-01-14",
    ];
    let output = run(own, "2026-12-01T09:00", &amend);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let figures = |from: &str, to: &str| -> serde_json::Value {
        let args = ["report", "--from", from, "--to", to, "--format", "json"];
        let text = shown(own, "2027-01-04T09:00", &args);
        serde_json::from_str::<serde_json::Value>(&text).expect("JSON")["figures"].clone()
    };
    let november = figures("2026-11-01", "2026-11-30");
    let december = figures("2026-12-01", "2026-12-31");
    let both = figures("2026-11-01", "2026-12-31");
    let pounds = |figures: &serde_json::Value| figures["approved"].as_str().map(str::to_owned);
    assert!(
        pounds(&both).is_some_and(|sum| sum == "109369.00"),
        "{both}"
    );
    assert_eq!(pounds(&november), pounds(&both), "{november}\n{both}");
    assert_ne!(pounds(&december), pounds(&both));
    // What was open at the end of November is as November knew it, and was decided in December.
    assert_eq!(
        november["decisions"], both["decisions"],
        "{november}\n{both}"
    );
    assert_eq!(december["closed_decided"], 1, "{december}");
}

#[test]
fn an_amendment_begins_with_the_decision_in_force_and_says_what_differs() {
    let folder = copy_of("examples/west-berkshire");
    let own = folder.path();
    let output = amended(own, NOW, &["--highlights", "One more word."]);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let told = stderr(&output);
    assert!(
        told.contains("differs from R-2026-0302.yaml in what was said, the actions\n"),
        "{told}"
    );
    // The first file would take back what the amendment changed.
    let again = amended(own, NOW, &["--rationale", "Other words."]);
    assert_eq!(status(&again), 2, "{}", stderr(&again));
    assert!(
        stderr(&again).contains(&format!("--from {SECOND}")),
        "{}",
        stderr(&again)
    );
    assert!(
        !own.join("meetings/2026-10-15/decisions/R-2026-0302.3.yaml")
            .exists()
    );
}

#[test]
fn a_file_made_from_an_earlier_decision_takes_an_amendment_back_only_where_that_is_said() {
    let folder = copy_of("examples/west-berkshire");
    let own = folder.path();
    let output = amended(own, NOW, &["--highlights", "What the panel heard in full."]);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let third = own.join("meetings/2026-10-15/decisions/R-2026-0302.3.yaml");
    let corrected = |from: &str, key: &str, text: &str| {
        let whole = read(own, from);
        let lines = whole.lines().filter(|line| !line.starts_with(key));
        let kept: String = lines.map(|line| format!("{line}\n")).collect();
        std::fs::write(own.join("corrected.yaml"), format!("{kept}{text}\n")).expect("written");
    };
    let amend = |more: &[&str]| {
        let args = [
            "decide",
            REFERENCE,
            "--date",
            DAY,
            "--from",
            "corrected.yaml",
        ];
        let why = ["--amend", "A need was left out."];
        run(own, NOW, &[&args[..], &why, more].concat())
    };
    corrected(FIRST, "unmet_need", "unmet_need: A carer near his school.");
    let output = amend(&[]);
    assert_eq!(status(&output), 2, "{}", stderr(&output));
    let told = stderr(&output);
    let words = "would take back what R-2026-0302.2.yaml has changed since: what was said.";
    assert!(told.contains(words), "{told}");
    assert!(told.contains(&format!("--from {SECOND}")), "{told}");
    assert!(told.contains("--take-back"), "{told}");
    assert!(!third.exists());
    // Said by a flag as well it is no slip, nor where the flags say what the amendment said.
    for more in [
        &["--dry-run", "--take-back"][..],
        &["--dry-run", "--highlights", "What the panel heard in full."],
        &["--dry-run", "--highlights", "Something else again."],
    ] {
        let output = amend(more);
        assert_eq!(status(&output), 0, "{more:?}: {}", stderr(&output));
    }
    // A file that says only what it changes takes nothing back.
    let only = "unmet_need: A carer near his school.\n";
    std::fs::write(own.join("corrected.yaml"), only).expect("written");
    let told = stderr(&amend(&["--dry-run"]));
    assert!(!told.contains("would take back"), "{told}");
    // One made from the decision in force may.
    corrected(SECOND, "unmet_need", "unmet_need: A carer near his school.");
    let output = amend(&[]);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    assert!(third.exists());
}

#[test]
fn a_request_that_was_edited_since_is_amended_only_where_that_is_said() {
    let folder = copy_of("examples/west-berkshire");
    let own = folder.path();
    let file = walkdir::WalkDir::new(own.join("referrals"))
        .into_iter()
        .filter_map(Result::ok)
        .find(|entry| entry.file_name() == "R-2026-0302.yaml")
        .expect("the referral");
    let file = file.path();
    let text = std::fs::read_to_string(file).expect("read");
    std::fs::write(file, format!("{text}# edited\n")).expect("written");
    let output = amended(own, NOW, &["--highlights", "One more word."]);
    assert_eq!(status(&output), 2, "{}", stderr(&output));
    assert!(
        stderr(&output).contains("--request-as-it-is"),
        "{}",
        stderr(&output)
    );
    assert!(!own.join(SECOND).exists());
    let said = ["--highlights", "One more word.", "--request-as-it-is"];
    let output = amended(own, NOW, &said);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    assert!(
        stderr(&output).contains("the request as the panel had it"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn a_duty_that_was_late_for_one_child_is_not_shown_by_the_day_of_anothers_amendment() {
    let folder = copy_of("examples/care-planning");
    let own = folder.path();
    let day = "2026-11-25";
    let line = |now: &str| {
        let owed = shown(own, now, &["deadlines", "--date", day, "--format", "json"]);
        let owed: serde_json::Value = serde_json::from_str(&owed).expect("JSON");
        let duties = owed["duties"].as_array().expect("a list").iter();
        let mut duties = duties.filter(|duty| duty["id"] == "upload-records");
        let duty = duties.next().expect("it is owed");
        ["due", "met", "state"].map(|key| duty[key].as_str().unwrap_or("none").to_owned())
    };
    let first = format!("meetings/{day}/decisions/R-2026-0216.yaml");
    let amend = ["decide", "R-2026-0216", "--date", day, "--from", &first];
    let more = ["--amend", "A slip.", "--highlights", "In other words."];
    let output = run(own, "2026-12-02T15:00", &[&amend[..], &more].concat());
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    // The one amended is due by the end of 3 December; the one that is late, since 1 December.
    let overdue = ["2026-12-01T09:40:00", "none", "overdue"];
    assert_eq!(line("2026-12-02T16:00"), overdue);
    for reference in ["R-2026-0216", "R-2026-0218"] {
        let act = ["act", reference, "--date", day, "--uploaded"];
        let output = run(own, "2026-12-02T16:00", &act);
        assert_eq!(status(&output), 0, "{}", stderr(&output));
    }
    let late = ["2026-12-01T09:40:00", "2026-12-02T16:00:00", "met-late"];
    assert_eq!(line("2026-12-02T17:00"), late);
}

#[test]
fn a_time_limit_of_the_child_that_was_met_stays_met() {
    let folder = copy_of("examples/west-berkshire");
    let own = folder.path();
    let followed = read(own, FOLLOWED);
    let done = "done: {first-looked-after-review: 2026-10-20}\n";
    std::fs::write(own.join(FOLLOWED), format!("{followed}{done}")).expect("written");
    assert_eq!(status(&amended(own, NOW, &MORE)), 0);
    assert!(
        read(own, FOLLOWED).contains(&format!("\n{done}")),
        "{}",
        read(own, FOLLOWED)
    );
}

#[test]
fn the_family_can_disagree_with_an_amendment_as_they_did_before() {
    let folder = copy_of("examples/west-berkshire");
    let own = folder.path();
    let disagree = |as_of: &str, note: &str| {
        let args = [
            "act",
            REFERENCE,
            "--date",
            DAY,
            "--disagreement",
            "parents",
            "--note",
            note,
        ];
        run(own, as_of, &args)
    };
    assert_eq!(status(&disagree("2026-10-20T09:00", "Too far.")), 0);
    assert_eq!(status(&disagree("2026-10-20T12:00", "Too far.")), 1);
    assert_eq!(status(&amended(own, NOW, &MORE)), 0);
    let output = disagree("2026-11-23T09:00", "Too dear.");
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let followed = read(own, FOLLOWED);
    assert!(
        followed.contains("Too far.") && followed.contains("Too dear."),
        "{followed}"
    );
}

#[test]
fn an_amendment_that_is_lost_is_told_by_what_was_put_aside_for_it() {
    let folder = copy_of("examples/west-berkshire");
    let own = folder.path();
    assert_eq!(status(&amended(own, NOW, &MORE)), 0);
    std::fs::remove_file(own.join(SECOND)).expect("it was there");
    let told = stdout(&run(own, NOW, &["verify"]));
    assert!(
        told.contains("error[lost]: what was recorded for R-2026-0302.yaml"),
        "{told}"
    );
}

#[test]
fn what_followed_that_cannot_be_read_is_put_right_first() {
    let folder = copy_of("examples/west-berkshire");
    let own = folder.path();
    std::fs::write(own.join(FOLLOWED), "told_family: [2026-10-15\n").expect("written");
    let output = amended(own, NOW, &MORE);
    assert_eq!(status(&output), 1, "{}", stderr(&output));
    assert!(
        stderr(&output).contains("cannot be read"),
        "{}",
        stderr(&output)
    );
    assert!(!own.join(SECOND).exists());
}

#[test]
fn an_amendment_is_not_refused_for_what_was_wrong_before_it() {
    let folder = copy_of("examples/bexley");
    let own = folder.path();
    let first = "meetings/2026-11-26/decisions/R-2026-0118.yaml";
    let amend = [
        "decide",
        "R-2026-0118",
        "--date",
        "2026-11-26",
        "--amend",
        "A wrong name.",
        "--from",
        first,
        "--rationale",
        "Right words.",
    ];
    let overdue = |as_of: &str| {
        let checked = run(own, as_of, &["check", "--format", "concise"]);
        stdout(&checked).matches("review-overdue").count()
    };
    let before = overdue("2026-12-05T09:00");
    assert!(before > 0);
    let output = run(own, "2026-12-05T09:00", &amend);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    assert_eq!(
        overdue("2026-12-05T10:00"),
        before,
        "the review is still owed"
    );
}

#[test]
fn a_sheet_of_before_an_amendment_has_the_funds_as_they_stood() {
    let folder = copy_of("examples/west-berkshire");
    let own = folder.path();
    let sheet = || {
        let text = shown(own, "2026-12-01T09:00", &["record", "R-2026-0320"]);
        let funds = text.split("Effect on the funds").nth(1).expect("funds");
        funds.split("\n## ").next().expect("a section").to_owned()
    };
    let before = sheet();
    let output = amended(own, "2026-12-01T09:00", &MORE);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    assert_eq!(sheet(), before);
}

#[test]
fn a_review_that_an_amendment_sets_is_not_held_before_it() {
    let folder = copy_of("examples/west-berkshire");
    let own = folder.path();
    let by = ["--by", "C. Lockyer", "--role", "head-of-service"];
    let later = [
        "decide",
        REFERENCE,
        "--date",
        "2026-11-19",
        "--outcome",
        "decline",
    ];
    let later = [&later[..], &by, &["--rationale", "No more than that."]].concat();
    let output = run(own, "2026-11-19T16:00", &later);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let output = amended(own, "2026-11-23T09:00", &["--review-on", "2027-03-04"]);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let diary = shown(own, "2026-11-23T10:00", &["diary", "--format", "csv"]);
    let is_there = |line: &&str| line.contains(REFERENCE) && line.contains("2027-03-04");
    assert_eq!(diary.lines().filter(is_there).count(), 1, "{diary}");
}

#[test]
fn a_deferral_put_into_better_words_still_knows_what_has_come_since() {
    let folder = copy_of("examples/bexley");
    let own = folder.path();
    let referral = own.join("referrals/2026/R-2026-0119.yaml");
    let text = std::fs::read_to_string(&referral).expect("read");
    let sent = text.replacen("\nchild:", "\nresubmitted: 2026-11-30T10:00\nchild:", 1);
    assert_ne!(sent, text);
    std::fs::write(&referral, sent).expect("written");
    let agenda = || shown(own, "2026-12-01T09:00", &["agenda", "--date", "2026-12-03"]);
    let before = agenda();
    let first = "meetings/2026-11-26/decisions/R-2026-0119.yaml";
    let amend = [
        "decide",
        "R-2026-0119",
        "--date",
        "2026-11-26",
        "--amend",
        "A slip.",
        "--from",
        first,
        "--rationale",
        "In other words.",
    ];
    let output = run(own, "2026-12-01T09:00", &amend);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    assert!(
        stderr(&output).contains("in the reasons\n"),
        "{}",
        stderr(&output)
    );
    let slots = |text: &str| {
        let lines = text.lines().filter(|line| line.contains("R-2026-0119"));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(slots(&agenda()), slots(&before));
}
