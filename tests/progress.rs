//! Whoever waits at a terminal is told how far the work has come; a pipe is told nothing.
#![cfg(unix)]
#![allow(
    clippy::disallowed_methods,
    unreachable_pub,
    reason = "tests make and read folders of their own"
)]

mod support;

use rexpect::session::spawn_command;
use std::path::Path;
use support::{copy_of, panel, status, stderr};

/// A case folder, and a folder of programs in which `git` takes two seconds and then knows nothing.
///
/// That is the one part of the work that can be made slow on every machine alike: no number of
/// records is sure to take a second.
fn slow() -> (tempfile::TempDir, tempfile::TempDir) {
    let folder = copy_of("tests/pages/base");
    let programs = tempfile::tempdir().expect("a temporary folder");
    let git = programs.path().join("git");
    std::fs::write(&git, "#!/bin/sh\n/bin/sleep 2\nexit 128\n").expect("a temporary file");
    let allowed = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    std::fs::set_permissions(&git, allowed).expect("a file of our own");
    (folder, programs)
}

/// What was sent to a terminal, while results go elsewhere.
fn sent(folder: &Path, programs: &Path, args: &str) -> String {
    let mut shell = std::process::Command::new("/bin/sh");
    let program = env!("CARGO_BIN_EXE_panel");
    shell
        .args(["-c", &format!("'{program}' {args} >/dev/null")])
        .env_clear()
        .env("PANEL_AS_OF", "2026-11-24T09:00")
        .env("PATH", programs)
        .env("TERM", "dumb")
        .current_dir(folder);
    let mut terminal = spawn_command(shell, Some(60_000)).expect("a terminal can be had");
    terminal.exp_eof().expect("it comes to an end")
}

/// The lines of a screen that knows letters, line ends and the way back to the beginning of a line.
fn screen(sent: &str) -> Vec<String> {
    let mut lines = vec![Vec::new()];
    let mut column = 0;
    for c in sent.chars() {
        let line: &mut Vec<char> = lines.last_mut().expect("there is always a line");
        match c {
            '\r' => column = 0,
            '\n' => {
                lines.push(Vec::new());
                column = 0;
            }
            c => {
                assert!(!c.is_control(), "{c:?} in {sent:?}");
                line.resize(line.len().max(column + 1), ' ');
                line[column] = c;
                column += 1;
            }
        }
    }
    let text = |line: Vec<char>| line.into_iter().collect::<String>().trim_end().to_owned();
    lines.into_iter().map(text).collect()
}

#[test]
fn progress_is_told_on_a_terminal_and_taken_away_again() {
    let (folder, programs) = slow();
    let sent = sent(folder.path(), programs.path(), "check --since main");
    assert!(sent.contains("\rjudging 2 records"), "{sent:?}");
    let left = screen(&sent);
    assert!(left[0].starts_with("error: "), "{left:?}");
    assert!(
        left.iter().all(|line| !line.contains("records")),
        "{left:?}"
    );
}

#[test]
fn nothing_is_said_where_nobody_waits_or_nobody_wants_it() {
    let (folder, programs) = slow();
    let short = sent(folder.path(), programs.path(), "check");
    assert!(
        !short.contains("records") && !short.contains('\u{1b}'),
        "{short:?}"
    );
    let quiet = sent(folder.path(), programs.path(), "--quiet check --since main");
    assert!(!quiet.contains("records"), "{quiet:?}");
}

#[test]
fn a_pipe_is_told_nothing() {
    let (folder, programs) = slow();
    let output = panel()
        .current_dir(folder.path())
        .env("PATH", programs.path())
        .args(["check", "--since", "main"])
        .output()
        .expect("the program was built with the tests");
    assert_eq!(status(&output), 2);
    assert!(
        stderr(&output).starts_with("error: "),
        "{}",
        stderr(&output)
    );
}
