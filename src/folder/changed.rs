//! Which files of a case folder have changed since a revision: git is asked, and nobody else.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Stdio};

/// Why git could not tell.
#[derive(Debug, thiserror::Error)]
pub(crate) enum GitError {
    /// There is no such program.
    #[error("git could not be started")]
    Absent(#[source] std::io::Error),
    /// The case folder is in no repository.
    #[error("the case folder is in no git repository")]
    NoRepository,
    /// The repository has no such revision.
    #[error("git knows no revision `{0}`")]
    UnknownRevision(String),
    /// It refused, in its own words.
    #[error("git says: {0}")]
    Refused(String),
}

/// The files below a case folder that differ from what they were where the present branch and a
/// revision parted: committed, staged or not yet, and those that git does not follow yet. Paths
/// count from the case folder, with `/`. A file that was renamed is there by its new name; one that
/// is gone is not there.
pub(crate) fn changed_since(root: &Path, revision: &str) -> Result<BTreeSet<String>, GitError> {
    repository(root)?;
    let commit = format!("{revision}^{{commit}}");
    let found = ask(
        root,
        &[
            "rev-parse",
            "--verify",
            "--quiet",
            "--end-of-options",
            &commit,
        ],
    )?;
    let Some(there) = found.filter(|_| !revision.is_empty()) else {
        return Err(GitError::UnknownRevision(revision.to_owned()));
    };
    let there = there.trim();
    // Two histories that share nothing, or a clone too shallow to know: the revision itself.
    let parted = ask(root, &["merge-base", there, "HEAD"])?;
    let base = parted.as_deref().map_or(there, str::trim);
    let differing = [
        "diff",
        "--name-only",
        "-z",
        "--relative",
        "--no-renames",
        "--diff-filter=d",
        "--no-ext-diff",
        "--no-textconv",
        "--ignore-submodules",
        base,
        "--",
        ".",
    ];
    let unfollowed = [
        "ls-files",
        "--others",
        "--exclude-standard",
        "-z",
        "--",
        ".",
    ];
    let mut files = BTreeSet::new();
    for question in [&differing[..], &unfollowed[..]] {
        let answer = run(root, question)?;
        if !answer.status.success() {
            return Err(GitError::Refused(said(&answer)));
        }
        let answer = String::from_utf8_lossy(&answer.stdout).into_owned();
        files.extend(
            answer
                .split('\0')
                .filter(|name| !name.is_empty())
                .map(str::to_owned),
        );
    }
    Ok(files)
}

/// Whether the case folder is in a repository that git agrees to read.
pub(super) fn repository(root: &Path) -> Result<(), GitError> {
    let answer = run(root, &["rev-parse", "--is-inside-work-tree"])?;
    if answer.status.success() && answer.stdout.starts_with(b"true") {
        return Ok(());
    }
    let said = said(&answer);
    if said.is_empty() || said.contains("not a git repository") {
        return Err(GitError::NoRepository);
    }
    Err(GitError::Refused(said))
}

/// What git answers; nothing where it answers no.
pub(super) fn ask(root: &Path, question: &[&str]) -> Result<Option<String>, GitError> {
    let answer = run(root, question)?;
    let text = String::from_utf8_lossy(&answer.stdout).into_owned();
    Ok(answer.status.success().then_some(text))
}

pub(super) fn said(answer: &std::process::Output) -> String {
    let said = String::from_utf8_lossy(&answer.stderr);
    let first = said.lines().next().unwrap_or("");
    first.trim_start_matches("fatal: ").to_owned()
}

pub(super) fn run(root: &Path, question: &[&str]) -> Result<std::process::Output, GitError> {
    let mut command = Command::new("git");
    command
        .arg("-C")
        .arg(root)
        .args(["-c", "core.fsmonitor=false"])
        .args(question)
        .stdin(Stdio::null())
        // Its words are looked at, so they have to be in one language.
        .env("LC_ALL", "C")
        .env("GIT_OPTIONAL_LOCKS", "0");
    // A hook hands these on, as they look from the top of the repository.
    for name in [
        "GIT_DIR",
        "GIT_WORK_TREE",
        "GIT_INDEX_FILE",
        "GIT_PREFIX",
        "GIT_COMMON_DIR",
    ] {
        command.env_remove(name);
    }
    command.output().map_err(GitError::Absent)
}
