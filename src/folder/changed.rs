//! Which files of a case folder have changed since a revision: git is asked, and nobody else.

use super::git::{Git, said};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

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

/// What differs from a revision; paths count from the case folder, with `/`.
#[derive(Debug, Default)]
pub(crate) struct Changed {
    /// Files that are there.
    pub(crate) files: BTreeSet<String>,
    /// Files that are not any more, with what stood in them. One that was renamed is here by its old
    /// name.
    pub(crate) gone: BTreeMap<String, Vec<u8>>,
}

/// The files below a case folder that differ from what they were where the present branch and a
/// revision parted: committed, staged or not yet, and those that git does not follow yet. Paths
/// count from the case folder, with `/`. Of those that are gone only what is meant is told.
pub(crate) fn changed_since(
    root: &Path,
    revision: &str,
    is_meant: impl Fn(&str) -> bool,
) -> Result<Changed, GitError> {
    let git = Git::of(root)?;
    let commit = format!("{revision}^{{commit}}");
    let found = git.ask(&[
        "rev-parse",
        "--verify",
        "--quiet",
        "--end-of-options",
        &commit,
    ])?;
    let Some(there) = found.filter(|_| !revision.is_empty()) else {
        return Err(GitError::UnknownRevision(revision.to_owned()));
    };
    let there = there.trim();
    // Two histories that share nothing, or a clone too shallow to know: the revision itself.
    let parted = git.ask(&["merge-base", there, "HEAD"])?;
    let base = parted.as_deref().map_or(there, str::trim);
    let differing = |which| {
        [
            "diff",
            "--name-only",
            "-z",
            "--relative",
            "--no-renames",
            which,
            "--no-ext-diff",
            "--no-textconv",
            "--ignore-submodules=all",
            base,
            "--",
            ".",
        ]
    };
    let unfollowed = [
        "ls-files",
        "--others",
        "--exclude-standard",
        "-z",
        "--",
        ".",
    ];
    let files_of = |questions: &[&[&str]]| -> Result<BTreeSet<String>, GitError> {
        let mut files = BTreeSet::new();
        for question in questions {
            let answer = git.run(question)?;
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
    };
    let mut gone = BTreeMap::new();
    for path in files_of(&[&differing("--diff-filter=D")])? {
        if is_meant(&path) {
            let stood = git.run(&["cat-file", "blob", &format!("{base}:./{path}")])?;
            gone.insert(path, stood.stdout);
        }
    }
    Ok(Changed {
        files: files_of(&[&differing("--diff-filter=d"), &unfollowed])?,
        gone,
    })
}
