//! The hook that this repository defines for the program pre-commit, with real commits.
#![cfg(unix)]
#![allow(
    clippy::disallowed_methods,
    reason = "tests make and read folders of their own"
)]

mod support;

use std::path::Path;
use support::git::{commit, copied, git, git_in, has_git, repository};
use support::{copy_of, status, stderr, stdout};

/// The hook that this repository defines for the program pre-commit, as the script that it makes of
/// it: the entry with the arguments of whoever uses it.
fn defined_hook(cases: &Path, args: &str) {
    use std::os::unix::fs::PermissionsExt;
    let text = std::fs::read_to_string(support::project().join(".pre-commit-hooks.yaml"));
    let hooks: serde_json::Value = serde_yaml::from_str(&text.expect("it is there")).expect("YAML");
    assert_eq!(hooks[0]["id"], "panel-check");
    assert_eq!(hooks[0]["language"], "rust");
    let entry = hooks[0]["entry"].as_str().expect("text");
    let script = cases.join(".git/hooks/pre-commit");
    std::fs::create_dir_all(script.parent().expect("a folder")).expect("made");
    std::fs::write(&script, format!("#!/bin/sh\n{entry} {args}\n")).expect("written");
    std::fs::set_permissions(&script, std::fs::Permissions::from_mode(0o755)).expect("allowed");
}

#[test]
fn the_hook_for_pre_commit_stops_what_is_wrong_and_lets_the_rest_pass() {
    if !has_git() {
        return;
    }
    for (inside, args) in [("", ""), ("cases", "--folder cases")] {
        let (top, cases) = repository(inside);
        defined_hook(top.path(), args);
        // Nothing that is a record has changed.
        std::fs::write(top.path().join("notes.md"), "Nothing yet.\n").expect("written");
        commit(top.path(), "A note");
        copied(&cases, "copy.yaml");
        git(top.path(), &["add", "--all"]);
        let stopped = git_in(top.path(), &["commit", "-m", "A copy"]).expect("git is there");
        assert_ne!(status(&stopped), 0, "{inside}");
        assert!(
            stderr(&stopped).contains("duplicate-reference")
                || stdout(&stopped).contains("duplicate-reference"),
            "{}",
            stderr(&stopped)
        );
        std::fs::remove_file(cases.join("referrals/copy.yaml")).expect("removed");
        std::fs::write(top.path().join("notes.md"), "No copy.\n").expect("written");
        commit(top.path(), "No copy");
        // What cannot be asked stops the commit as well.
        std::fs::write(cases.join("panel.toml"), "council = 5\n").expect("written");
        git(top.path(), &["add", "--all"]);
        let stopped = git_in(top.path(), &["commit", "-m", "Settings"]).expect("git is there");
        assert_ne!(status(&stopped), 0, "{inside}");
    }
}

#[test]
fn the_hook_for_pre_commit_looks_at_everything_before_the_first_commit() {
    if !has_git() {
        return;
    }
    let base = copy_of("tests/pages/base");
    git(base.path(), &["init", "--quiet", "-b", "main"]);
    defined_hook(base.path(), "");
    copied(base.path(), "copy.yaml");
    git(base.path(), &["add", "--all"]);
    let stopped = git_in(base.path(), &["commit", "-m", "Begin"]).expect("git is there");
    assert_ne!(status(&stopped), 0);
    std::fs::remove_file(base.path().join("referrals/copy.yaml")).expect("removed");
    commit(base.path(), "Begin");
}
