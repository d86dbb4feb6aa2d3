//! Real git repositories around case folders.
#![allow(clippy::print_stderr, reason = "tests say where they were left out")]

use super::{copy_of, status, stderr};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const NOW: &str = "2026-11-23T09:00";

/// The machine's path, with the program's own folder first.
pub(crate) fn path() -> std::ffi::OsString {
    let own = Path::new(env!("CARGO_BIN_EXE_panel"))
        .parent()
        .expect("a folder");
    let before = std::env::var_os("PATH").unwrap_or_default();
    let all = std::iter::once(own.to_owned()).chain(std::env::split_paths(&before));
    std::env::join_paths(all).expect("a path")
}

/// Git with nobody's settings.
pub(crate) fn git_in(folder: &Path, args: &[&str]) -> std::io::Result<Output> {
    Command::new("git")
        .current_dir(folder)
        .args(args)
        .env_clear()
        .env("PATH", path())
        .env("PANEL_AS_OF", NOW)
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_AUTHOR_NAME", "A. Clerk")
        .env("GIT_AUTHOR_EMAIL", "clerk@example.org")
        .env("GIT_COMMITTER_NAME", "A. Clerk")
        .env("GIT_COMMITTER_EMAIL", "clerk@example.org")
        .output()
}

pub(crate) fn git(folder: &Path, args: &[&str]) -> Output {
    let output = git_in(folder, args).expect("git is there");
    assert_eq!(status(&output), 0, "git {args:?}: {}", stderr(&output));
    output
}

/// Whether the tests that need git can run; said where they cannot.
pub(crate) fn has_git() -> bool {
    let there = git_in(&std::env::temp_dir(), &["--version"]).is_ok();
    if !there {
        eprintln!("left out: git is not on this machine");
    }
    there
}

pub(crate) fn commit(folder: &Path, message: &str) {
    git(folder, &["add", "--all"]);
    git(folder, &["commit", "--quiet", "-m", message]);
}

/// A repository whose folder `inside` is a sound case folder, committed on `main`.
pub(crate) fn repository(inside: &str) -> (tempfile::TempDir, PathBuf) {
    let base = copy_of("tests/pages/base");
    let top = tempfile::tempdir().expect("a temporary folder");
    let cases = top.path().join(inside);
    std::fs::create_dir_all(&cases).expect("made");
    for name in ["panel.toml", "referrals", "meetings", "documents"] {
        let from = base.path().join(name);
        if from.exists() {
            std::fs::rename(from, cases.join(name)).expect("moved");
        }
    }
    git(top.path(), &["init", "--quiet", "-b", "main"]);
    commit(top.path(), "Begin");
    (top, cases)
}

pub(crate) fn referral(cases: &Path) -> PathBuf {
    walkdir::WalkDir::new(cases.join("referrals"))
        .sort_by_file_name()
        .into_iter()
        .map(|entry| entry.expect("it can be walked").into_path())
        .find(|path| path.extension().is_some_and(|ending| ending == "yaml"))
        .expect("there is one")
}

/// The same referral under another name, which is a fault of its own.
pub(crate) fn copied(cases: &Path, name: &str) {
    let to = cases.join("referrals").join(name);
    std::fs::create_dir_all(to.parent().expect("a folder")).expect("made");
    std::fs::copy(referral(cases), to).expect("copied");
}
