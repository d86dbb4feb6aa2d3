//! What is asked on a terminal, through one: the guided form, and the chair's decision.
#![cfg(unix)]
#![allow(
    clippy::disallowed_methods,
    reason = "tests make and read folders of their own"
)]

mod support;

use rexpect::process::{Signal, WaitStatus};
use rexpect::session::{PtySession, spawn_command};
use std::path::{Path, PathBuf};
use std::time::Duration;
use support::{copy_of, panel};

const NOW: &str = "2026-11-24T09:00";
const REFERENCE: &str = "R-2026-0800";

/// The program on a terminal; what does not come within a minute does not come.
fn at_terminal(folder: &Path, now: &str, args: &[&str]) -> PtySession {
    let mut command = panel();
    command
        .env("TERM", "xterm")
        .stdin(std::process::Stdio::inherit())
        .args(["--as-of", now, "--folder"])
        .arg(folder)
        .args(args);
    spawn_command(command, Some(60_000)).expect("a terminal")
}

fn ask(folder: &Path) -> PtySession {
    at_terminal(folder, NOW, &["new", "--ask", REFERENCE])
}

fn status(session: &PtySession) -> i32 {
    match session.process().wait().expect("it ends") {
        WaitStatus::Exited(_, status) => status,
        other => panic!("it was ended from outside: {other:?}"),
    }
}

fn office() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let settings = folder.path().join("panel.toml");
    std::fs::write(settings, "council = \"bexley\"\n").expect("written");
    folder
}

fn draft(folder: &Path) -> PathBuf {
    folder.join(format!("referrals/2026/{REFERENCE}.yaml"))
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The files of a folder that are no record: left behind by a write that did not end.
fn left_behind(folder: &Path) -> Vec<PathBuf> {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .map(|entry| entry.expect("it can be walked").into_path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "tmp"))
        .collect()
}

/// Waits for the question about a key, and for the place to answer it.
fn asked(session: &mut PtySession, key: &str) {
    session
        .exp_string(&format!("(`{key}`)"))
        .unwrap_or_else(|error| panic!("{key} is not asked: {error}"));
    session.exp_string("> ").expect("a line to answer on");
}

#[test]
fn each_answer_is_in_the_draft_before_the_next_is_asked() {
    let office = office();
    let path = draft(office.path());
    let mut session = ask(office.path());
    asked(&mut session, "request.kind");
    assert!(!path.exists(), "nothing was answered yet");
    session.send_line("new-placement").expect("sent");
    asked(&mut session, "child.case_id");
    assert!(read(&path).contains("kind: new-placement"));
    session.send_line("0104233").expect("sent");
    asked(&mut session, "child.name");
    assert!(read(&path).contains("case_id: \"0104233\""));
    assert_eq!(left_behind(office.path()), Vec::<PathBuf>::new());
    session.send_line(":q").expect("sent");
    session.exp_string("go on with").expect("what to do next");
    session.exp_eof().expect("the end");
    assert_eq!(status(&session), 0);
}

#[test]
fn an_interruption_keeps_what_was_answered_and_the_next_time_goes_on_from_there() {
    let office = office();
    let path = draft(office.path());
    let mut session = ask(office.path());
    asked(&mut session, "request.kind");
    session.send_line("new-placement").expect("sent");
    asked(&mut session, "child.case_id");
    session.send_line("0104233").expect("sent");
    asked(&mut session, "child.name");
    session.send("Tomasz").expect("sent");
    session.send_control('c').expect("sent");
    session.exp_string("go on with").expect("what to do next");
    session.exp_eof().expect("the end");
    status(&session);
    let kept = read(&path);
    assert!(kept.contains("case_id: \"0104233\""));
    assert!(!kept.contains("Tomasz"), "half an answer is none");
    let mut again = ask(office.path());
    asked(&mut again, "child.name");
    again.send_line("Tomasz W.").expect("sent");
    asked(&mut again, "child.date_of_birth");
    // The connection is lost: no word, no time to tidy up.
    again
        .process_mut()
        .kill(Signal::SIGKILL)
        .expect("it was there");
    let kept = read(&path);
    assert!(kept.contains("name: Tomasz W."), "{kept}");
    assert_eq!(left_behind(office.path()), Vec::<PathBuf>::new());
    let mut third = ask(office.path());
    asked(&mut third, "child.date_of_birth");
    third.send_line("4 March 2011").expect("sent");
    // It cannot be read: it is asked again, and nothing of it is kept.
    asked(&mut third, "child.date_of_birth");
    assert_eq!(read(&path), kept);
    third.send_control('d').expect("sent");
    third.exp_eof().expect("the end");
    status(&third);
}

#[test]
fn a_draft_that_somebody_else_wrote_meanwhile_is_not_replaced() {
    let office = office();
    let path = draft(office.path());
    let mut session = ask(office.path());
    asked(&mut session, "request.kind");
    session.send_line("new-placement").expect("sent");
    asked(&mut session, "child.case_id");
    let theirs = read(&path) + "# theirs\n";
    std::fs::write(&path, &theirs).expect("written");
    session.send_line("0104233").expect("sent");
    session.exp_string("has been changed since").expect("told");
    session.exp_eof().expect("the end");
    assert_eq!(status(&session), 2);
    assert_eq!(read(&path), theirs);
}

/// The chair's decision on the request of the sound folder, with what is not asked for as flags.
fn decide(folder: &Path) -> PtySession {
    at_terminal(
        folder,
        "2026-11-26T16:30",
        &[
            "decide",
            "R-2026-0001",
            "--date",
            "2026-11-26",
            "--by",
            "M. Osei",
            "--role",
            "deputy-director",
            "--outcome",
            "approve",
            "--basis",
            "consensus",
            "--approve-costs",
            "--sign-expenditure",
            "--review-on",
            "2026-12-10",
        ],
    )
}

fn hearing() -> tempfile::TempDir {
    let folder = copy_of("tests/pages/base");
    for part in ["decisions", "after"] {
        std::fs::remove_dir_all(folder.path().join(part)).expect("removed");
    }
    folder
}

#[test]
fn the_chair_is_asked_for_what_the_flags_did_not_say() {
    let folder = hearing();
    let path = folder
        .path()
        .join("meetings/2026-11-26/decisions/R-2026-0001.yaml");
    let mut session = decide(folder.path());
    session.exp_string("Why (the rationale").expect("asked");
    // What is needed is asked again.
    session.send_line("").expect("sent");
    session
        .send_line("The help at home has held so far.")
        .expect("sent");
    session.exp_string("The panel agreed that").expect("asked");
    assert!(!path.exists(), "it is written whole, at the end");
    session
        .send_line("The worker visits weekly.")
        .expect("sent");
    for _ in 0..60 {
        std::thread::sleep(Duration::from_millis(200));
        if !matches!(session.process().status(), Some(WaitStatus::StillAlive)) {
            break;
        }
        // Everything else is left open.
        if session.send_line("").is_err() {
            break;
        }
    }
    let told = session.exp_eof().expect("the end");
    let decision = std::fs::read_to_string(&path).unwrap_or_else(|_| panic!("{told}"));
    assert!(decision.contains("The help at home has held so far."));
    assert!(decision.contains("The worker visits weekly."));
    assert_eq!(left_behind(folder.path()), Vec::<PathBuf>::new());
}

#[test]
fn a_chair_who_breaks_off_has_decided_nothing() {
    let folder = hearing();
    let decisions = folder.path().join("meetings/2026-11-26/decisions");
    let mut session = decide(folder.path());
    session.exp_string("Why (the rationale").expect("asked");
    session.send_line("Because.").expect("sent");
    session.exp_string("The panel agreed that").expect("asked");
    session.send_control('c').expect("sent");
    session.exp_eof().expect("the end");
    assert!(!decisions.exists(), "nothing was written");
    // Nothing stands in the way of doing it after all.
    let mut again = decide(folder.path());
    again.exp_string("Why (the rationale").expect("asked");
    again.send_control('c').expect("sent");
    again.exp_eof().expect("the end");
}
