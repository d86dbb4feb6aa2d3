//! What is marked in a record that is there: one key changes, every other byte stays, and what
//! somebody else wrote meanwhile is never lost.
#![allow(
    clippy::disallowed_methods,
    unreachable_pub,
    reason = "tests make and read folders of their own"
)]

mod support;

use std::path::Path;
use support::changes::{refused, written};
use support::{change, copy_of, panel, run, status, stderr, stdout};

const REFERRAL: &str = "referrals/2026/R-2026-0001.yaml";
const MEETING: &str = "meetings/2026-11-26/meeting.yaml";
const AFTER: &str = "meetings/2026-11-26/after/R-2026-0001.yaml";

const RULES: &str = r#"
[[deadline]]
id = "agenda-out"
task = "The agenda goes to the members"
before = "meeting"
working_days = 1
clause = "4.5"

[[deadline]]
id = "minutes-out"
task = "The minutes go to the members"
after = "meeting"
working_days = 2
clause = "4.6"

[[deadline]]
id = "upload-records"
task = "Each child's record is uploaded"
after = "end"
hours = 24
per_child = true
met_by = "uploaded"
clause = "5.3"

[[deadline]]
id = "log-signed"
task = "The running log is signed"
after = "decision"
working_days = 3
met_by = "log-signed"
clause = "5.4"

[expenditure_log]
signed_by = "deputy-director"
clause = "1.7g"
"#;

/// The sound case after its meeting, with duties of the office in its rule file.
fn office() -> tempfile::TempDir {
    let folder = copy_of("tests/pages/base");
    let at = |path: &str| folder.path().join(path);
    let settings = std::fs::read_to_string(at("panel.toml")).expect("it is there");
    let settings: toml::Table = settings.parse().expect("TOML");
    let council = settings["council"].as_str().expect("text");
    std::fs::write(
        at("council.toml"),
        format!("extends = \"{council}\"\n{RULES}"),
    )
    .expect("written");
    std::fs::write(at("panel.toml"), "council = \"./council.toml\"\n").expect("written");
    for part in ["decisions", "after"] {
        std::fs::rename(at(part), at("meetings/2026-11-26").join(part)).expect("moved");
    }
    folder
}

fn read(folder: &Path, file: &str) -> String {
    std::fs::read_to_string(folder.join(file)).expect("it is there")
}

#[test]
fn a_referral_that_is_taken_back_keeps_every_other_byte() {
    let folder = office();
    let folder = folder.path();
    let note = "# kept as it is: \u{e9}  \n\n";
    let path = folder.join(REFERRAL);
    let text = note.to_owned() + &read(folder, REFERRAL);
    std::fs::write(&path, &text).expect("written");
    std::fs::remove_dir_all(folder.join("meetings/2026-11-26/decisions")).expect("removed");
    let by = ["--by", "O'Brien, P.", "--role", "service-manager"];
    let args: Vec<&str> = ["withdraw", "R-2026-0001"].into_iter().chain(by).collect();
    let dry: Vec<&str> = args.iter().copied().chain(["--dry-run"]).collect();
    let shown = stdout(&run(folder, "2026-11-24T12:00", &dry));
    assert!(
        shown.starts_with(&format!("--- {REFERRAL}\n+++ {REFERRAL}\n")),
        "{shown}"
    );
    let changed: Vec<&str> = shown
        .lines()
        .skip(2)
        .filter(|line| line.starts_with(['+', '-']))
        .collect();
    assert_eq!(changed.len(), 1, "{shown}");
    assert_eq!(read(folder, REFERRAL), text);
    let output = run(folder, "2026-11-24T12:00", &args);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let line =
        "withdrawn: {on: 2026-11-24, agreed_by: {name: \"O'Brien, P.\", role: service-manager}}\n";
    assert_eq!(read(folder, REFERRAL), text + line);
}

#[test]
fn what_was_decided_is_not_taken_back_and_nothing_is_written() {
    let folder = office();
    let folder = folder.path();
    let before = read(folder, REFERRAL);
    let by = ["--by", "P. Nowak", "--role", "service-manager"];
    let args: Vec<&str> = ["withdraw", "R-2026-0001"].into_iter().chain(by).collect();
    let output = run(folder, "2026-12-10T12:00", &args);
    assert_eq!(status(&output), 1);
    assert!(stderr(&output).contains("was decided on Thursday 26 November 2026"));
    let output = run(
        folder,
        "2026-12-10T12:00",
        &[
            "withdraw",
            "R-2026-0001",
            "--by",
            "P. Nowak",
            "--role",
            "servise-manager",
        ],
    );
    assert_eq!(status(&output), 2);
    assert!(stderr(&output).contains("did you mean `service-manager`?"));
    assert_eq!(read(folder, REFERRAL), before);
}

#[test]
fn a_duty_is_marked_for_a_meeting_that_has_no_file_yet() {
    let folder = office();
    let folder = folder.path();
    let args = ["done", "agenda-out", "--date", "2026-12-03"];
    let output = run(folder, "2026-12-02T11:30", &args);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    assert_eq!(
        read(folder, "meetings/2026-12-03/meeting.yaml"),
        "date: 2026-12-03\ndone: {agenda-out: 2026-12-02T11:30}\n"
    );
    let before = read(folder, MEETING);
    let args = ["done", "agenda-out", "--date", "2026-11-26"];
    run(folder, "2026-12-02T11:30", &args);
    assert_eq!(
        read(folder, MEETING),
        before + "done: {agenda-out: 2026-12-02T11:30}\n"
    );
}

#[test]
fn what_follows_a_meeting_is_not_marked_as_done_before_it() {
    let folder = office();
    let folder = folder.path();
    let early = ["done", "minutes-out", "--date", "2026-12-03"];
    let output = run(folder, "2026-12-02T11:30", &early);
    assert_eq!(status(&output), 1, "{}", stdout(&output));
    assert!(
        stderr(&output).contains("`minutes-out` follows the meeting of Thursday 3 December 2026"),
        "{}",
        stderr(&output)
    );
    assert!(!folder.join("meetings/2026-12-03").exists());
    let output = run(folder, "2026-12-03T18:00", &early);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
}

#[test]
fn a_duty_for_each_child_is_marked_in_the_childs_own_file() {
    let folder = office();
    let folder = folder.path();
    let path = folder.join(AFTER);
    change(&path, "uploaded: 2026-11-27T10:00\n", "");
    change(
        &path,
        "log_signed: {name: M. Osei, role: deputy-director, on: 2026-12-01}\n",
        "# not signed yet\n",
    );
    let before = read(folder, AFTER);
    let day = ["--date", "2026-11-26"];
    let done = |args: &[&str]| {
        let args: Vec<&str> = ["done"]
            .into_iter()
            .chain(day)
            .chain(args.iter().copied())
            .collect();
        run(folder, "2026-12-02T11:30", &args)
    };
    let other = done(&["upload-records", "R-2026-0009"]);
    assert_eq!(status(&other), 1);
    assert!(stderr(&other).contains("it is owed for R-2026-0001"));
    assert_eq!(status(&done(&["upload-records"])), 0);
    let unsigned = done(&["log-signed", "R-2026-0001"]);
    assert_eq!(status(&unsigned), 2);
    let finance = [
        "log-signed",
        "R-2026-0001",
        "--by",
        "N. Whitlock",
        "--role",
        "finance",
    ];
    assert_eq!(status(&done(&finance)), 1);
    assert_eq!(
        read(folder, AFTER),
        before.clone() + "uploaded: 2026-12-02T11:30\n"
    );
    let chair = [
        "log-signed",
        "R-2026-0001",
        "--by",
        "M. Osei",
        "--role",
        "deputy-director",
    ];
    assert_eq!(status(&done(&chair)), 0);
    assert_eq!(
        read(folder, AFTER),
        before
            + "uploaded: 2026-12-02T11:30\nlog_signed: {name: M. Osei, role: deputy-director, on: 2026-12-02}\n"
    );
}

#[test]
fn of_several_who_mark_at_once_one_does_and_the_others_are_told() {
    let folder = office();
    let path = folder.path();
    let marks: Vec<_> = ["2026-11-25T09:00", "2026-11-25T09:01", "2026-11-25T09:02"]
        .into_iter()
        .map(|at| {
            panel()
                .arg("--folder")
                .arg(path)
                .args(["--as-of", "2026-11-25T12:00", "done", "agenda-out"])
                .args(["--date", "2026-11-26", "--at", at])
                .stdout(std::process::Stdio::null())
                .stderr(std::process::Stdio::null())
                .spawn()
                .expect("the program was built with the tests")
        })
        .collect();
    let ended: Vec<i32> = marks
        .into_iter()
        .map(|mut mark| mark.wait().expect("it ends").code().expect("by itself"))
        .collect();
    assert_eq!(
        ended.iter().filter(|status| **status == 0).count(),
        1,
        "{ended:?}"
    );
    assert_eq!(read(path, MEETING).matches("agenda-out").count(), 1);
}

/// An answer that is owed to each family: what is marked for one child says nothing of another.
#[test]
fn an_appeal_answered_for_one_child_leaves_anothers_open() {
    let folder = office();
    let folder = folder.path();
    let rules = read(folder, "council.toml")
        + "\n[[deadline]]\nid = \"appeal-answered\"\ntask = \"The appeal is answered\"\nafter = \"disagreement\"\nworking_days = 20\nper_child = true\nclause = \"5.5\"\n";
    std::fs::write(folder.join("council.toml"), rules).expect("written");
    for (from, to) in [
        (REFERRAL, "referrals/2026/R-2026-0002.yaml"),
        (
            "meetings/2026-11-26/decisions/R-2026-0001.yaml",
            "meetings/2026-11-26/decisions/R-2026-0002.yaml",
        ),
    ] {
        let text = read(folder, from)
            .replace("R-2026-0001", "R-2026-0002")
            .replace("0100001", "0100002");
        std::fs::write(folder.join(to), text).expect("written");
    }
    let disagreed =
        |day: &str| format!("disagreement: {{by: parents, on: {day}, note: Too short.}}\n");
    let own = read(folder, AFTER) + &disagreed("2026-12-01");
    std::fs::write(folder.join(AFTER), &own).expect("written");
    let done = [
        "done",
        "appeal-answered",
        "--date",
        "2026-11-26",
        "R-2026-0001",
    ];
    let output = run(folder, "2026-12-10T09:00", &done);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    assert_eq!(
        read(folder, AFTER),
        own + "done: {appeal-answered: 2026-12-10T09:00}\n"
    );
    assert!(!read(folder, MEETING).contains("appeal-answered"));
    let other = "meetings/2026-11-26/after/R-2026-0002.yaml";
    std::fs::write(folder.join(other), disagreed("2026-12-14")).expect("written");
    let args = ["deadlines", "--date", "2026-11-26", "--format", "json"];
    let output = run(folder, "2027-02-01T09:00", &args);
    let view: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("it is JSON");
    let duties = view["duties"].as_array().expect("a list");
    let duty = duties
        .iter()
        .find(|duty| duty["id"] == "appeal-answered")
        .expect("it is listed");
    let open: Vec<&str> = duty["children"]
        .as_array()
        .expect("a list")
        .iter()
        .filter(|child| child["is_missing"] == true)
        .filter_map(|child| child["reference"].as_str())
        .collect();
    assert_eq!(open, ["R-2026-0002"], "{duty}");
}

const NOW: &str = "2026-12-01T09:00";
const TIMER: &str = "\nturn_on = [\"first-looked-after-review\", \"emergency-notifications\"]\n";

#[test]
fn a_time_limit_is_marked_for_the_child_alone_and_never_for_the_meeting() {
    let folder = copy_of("examples/bexley");
    let folder = folder.path();
    let settings = read(folder, "panel.toml") + TIMER;
    std::fs::write(folder.join("panel.toml"), settings).expect("written");
    // Undecided: in the referral.
    let referral = "referrals/2026/R-2026-0127.yaml";
    let text = read(folder, referral);
    assert!(!text.contains("done:"));
    let text = text
        .replace(
            "legal_status: child-in-need",
            "legal_status: section-20\n  looked_after_since: 2026-11-30",
        )
        .replace(
            "request:",
            "placed_on: 2026-11-30\nemergency: {ground: section-20}\nrequest:",
        );
    std::fs::write(folder.join(referral), &text).expect("written");
    let limit = "emergency-notifications";
    let told = refused(folder, NOW, 2, &["done", limit]);
    assert!(told.contains("it is not said of which"), "{told}");
    let told = refused(
        folder,
        NOW,
        1,
        &["done", limit, "R-2026-0127", "--on", "2026-11-29"],
    );
    assert!(told.contains("from Monday 30 November 2026"), "{told}");
    written(folder, NOW, referral, &["done", limit, "R-2026-0127"]);
    assert_eq!(
        read(folder, referral),
        text + "done: {emergency-notifications: 2026-12-01}\n"
    );
    let told = refused(folder, NOW, 1, &["done", limit, "R-2026-0127"]);
    assert!(
        told.contains("it is marked as done, 1 December 2026"),
        "{told}"
    );
    let told = refused(folder, NOW, 1, &["done", limit, "R-2026-0125"]);
    assert!(told.contains("does not run for R-2026-0125"), "{told}");
    // Decided: beside the decision, for the referral is the one that the panel decided on.
    let decided = "meetings/2026-11-26/after/R-2026-0117.yaml";
    let before = read(folder, decided);
    let referrals = read(folder, "referrals/2026/R-2026-0117.yaml");
    written(folder, NOW, decided, &["done", limit, "R-2026-0117"]);
    assert_eq!(
        read(folder, decided),
        before + "done: {emergency-notifications: 2026-12-01T09:00}\n"
    );
    assert_eq!(read(folder, "referrals/2026/R-2026-0117.yaml"), referrals);
    let diary = run(folder, NOW, &["diary"]);
    assert!(!stdout(&diary).contains("notif"), "{}", stdout(&diary));
    let told = refused(folder, NOW, 1, &["done", limit, "R-2026-0117"]);
    assert!(told.contains("it is marked as done"), "{told}");
}

const ANSWERED: &str = r#"
[[deadline]]
id = "appeal-answered"
task = "Answer the disagreement"
after = "disagreement"
working_days = 5
clause = "6.1"

[[deadline]]
id = "answer-filed"
task = "File the answer"
after = "appeal-answered"
working_days = 1
clause = "6.2"
"#;

/// Two families of one meeting disagree one after the other; the office marks the first answer.
#[test]
fn the_answer_to_one_family_meets_no_deadline_of_the_next_ones() {
    let folder = copy_of("examples/bexley");
    let folder = folder.path();
    let rules = format!("extends = \"bexley\"\n{ANSWERED}");
    std::fs::write(folder.join("council.toml"), rules).expect("written");
    std::fs::write(folder.join("panel.toml"), "council = \"./council.toml\"\n").expect("written");
    let does = |as_of: &str, args: &[&str]| {
        let output = run(folder, as_of, args);
        assert_eq!(status(&output), 0, "{args:?}: {}", stderr(&output));
        stdout(&output)
    };
    let disagree = |as_of: &str, reference: &str, on: &str| {
        let args = [
            "act",
            reference,
            "--disagreement",
            "parents",
            "--note",
            "No.",
            "--on",
            on,
        ];
        does(as_of, &args)
    };
    disagree("2026-12-01T09:00", "R-2026-0116", "2026-11-30");
    does(
        "2026-12-01T09:30",
        &[
            "done",
            "appeal-answered",
            "--date",
            "2026-11-26",
            "R-2026-0116",
        ],
    );
    disagree("2026-12-02T09:00", "R-2026-0117", "2026-12-02");
    let diary = does(
        "2026-12-20T09:00",
        &["diary", "--kind", "deadline", "--format", "csv"],
    );
    let owed = |id: &str, reference: &str| {
        let mut lines = diary.lines();
        lines.any(|line| line.contains(id) && line.contains(reference))
    };
    assert!(owed("Answer the disagreement", "R-2026-0117"), "{diary}");
    assert!(!owed("Answer the disagreement", "R-2026-0116"), "{diary}");
    for reference in ["R-2026-0116", "R-2026-0117"] {
        assert!(owed("File the answer", reference), "{diary}");
    }
    assert!(!owed("File the answer", "R-2026-0118"), "{diary}");
    // A mark for the whole meeting, written by hand, meets none of them.
    let path = folder.join("meetings/2026-11-26/meeting.yaml");
    let text = std::fs::read_to_string(&path).expect("a record");
    let text = text.replace("done: {", "done: {appeal-answered: 2026-12-01, ");
    std::fs::write(path, text).expect("written");
    let list = does("2026-12-20T09:00", &["deadlines", "--date", "2026-11-26"]);
    assert!(list.contains("R-2026-0117"), "{list}");
    let council = |rules: &str| {
        std::fs::write(folder.join("council.toml"), rules).expect("written");
        let path = folder.join("council.toml");
        let path = path.to_str().expect("a path in letters");
        stdout(&run(
            folder,
            "2026-12-20T09:00",
            &["council", "check", path],
        ))
    };
    let sound = format!("extends = \"bexley\"\n{ANSWERED}");
    assert!(!council(&sound).contains("per-child"));
    let written = sound.replace("working_days = 5", "working_days = 5\nper_child = false");
    let told = council(&written);
    assert!(told.contains("warning[per-child-by-itself]"), "{told}");
}
