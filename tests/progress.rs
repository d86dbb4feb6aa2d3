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

const BASE: &str = "tests/pages/base";
const FIRST: &str = "referrals/2026/R-2026-0001.yaml";

/// A folder that takes longer than a second to read and judge.
fn large() -> tempfile::TempDir {
    let folder = copy_of(BASE);
    let text = std::fs::read_to_string(folder.path().join(FIRST)).expect("it can be read");
    for number in 10_000..22_000 {
        let reference = format!("R-2026-{number}");
        let text = text.replace("R-2026-0001", &reference);
        let place = folder
            .path()
            .join(format!("referrals/2026/{reference}.yaml"));
        std::fs::write(place, text).expect("a temporary file");
    }
    folder
}

/// What stands on a terminal's screen and what was sent to it, while results go elsewhere.
fn seen(folder: &Path, more: &str) -> String {
    let mut shell = std::process::Command::new("/bin/sh");
    let program = env!("CARGO_BIN_EXE_panel");
    let command = format!("{program} {more} check --format concise >/dev/null");
    shell
        .args(["-c", &command])
        .env_clear()
        .env("PANEL_AS_OF", "2026-11-24T09:00")
        .env("TERM", "dumb")
        .current_dir(folder);
    let mut terminal = spawn_command(shell, Some(120_000)).expect("a terminal can be had");
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
    let folder = large();
    let sent = seen(folder.path(), "");
    assert!(
        sent.contains(" of 12,00") || sent.contains("judging 12,00"),
        "{sent:?}"
    );
    let left: Vec<String> = screen(&sent)
        .into_iter()
        .filter(|line| !line.is_empty())
        .collect();
    assert!(
        left.iter()
            .all(|line| !line.contains("reading") && !line.contains("judging")),
        "{left:?}"
    );

    let quiet = seen(folder.path(), "--quiet");
    assert_eq!(quiet, "");

    let piped = panel()
        .current_dir(folder.path())
        .args(["check", "--format", "concise"])
        .output()
        .expect("the program was built with the tests");
    assert_eq!(status(&piped), 0);
    assert!(!stderr(&piped).contains("reading") && !stderr(&piped).contains("judging"));
}

#[test]
fn nothing_is_said_where_nobody_waits() {
    let folder = copy_of(BASE);
    let sent = seen(folder.path(), "");
    assert!(
        !sent.contains("reading") && !sent.contains('\u{1b}'),
        "{sent:?}"
    );
}
