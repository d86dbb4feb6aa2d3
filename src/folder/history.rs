//! What git knows of how the files of a case folder came to be as they are: git is asked, and
//! nobody else.

use super::changed::{GitError, ask, repository};
use super::disk::read_file;
use super::file::digest_of;
use std::collections::BTreeMap;
use std::path::Path;

/// How far back one file's changes are followed.
const MOST: &str = "--max-count=200";
/// What begins a commit's line, and what stands between its parts.
const FORM: &str = "--format=%x01%h%x1f%an%x1f%ad%x1f%s";

/// A commit, as far as people need it to find it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
pub(crate) struct Commit {
    /// Its id, as short as it is unmistakable.
    pub(crate) id: String,
    /// Who made the change.
    pub(crate) author: String,
    /// The day on which they did.
    pub(crate) on: String,
    /// Its first line.
    pub(crate) subject: String,
}

/// What changed a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Change {
    /// A commit.
    Committed(Commit),
    /// It stands in the folder and in no commit yet.
    Uncommitted,
}

/// A file that was written once and changed or removed afterwards.
#[derive(Debug, Clone)]
pub(crate) struct Rewritten {
    /// Path from the case folder.
    pub(crate) path: String,
    /// Whether it is gone now, differs now from what was first written, or was put back.
    pub(crate) now: Now,
    /// What did it.
    pub(crate) by: Change,
}

/// How a file that was changed after it was written stands now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Now {
    /// It is not there.
    Gone,
    /// It differs from what was first written.
    Other,
    /// It is again what was first written.
    Restored,
}

/// The history of a case folder.
#[derive(Debug)]
pub(crate) struct History<'r> {
    root: &'r Path,
}

impl<'r> History<'r> {
    /// The history of a folder; none where it is in no repository, or nothing was committed yet.
    pub(crate) fn of(root: &'r Path) -> Result<Option<Self>, GitError> {
        match repository(root) {
            Ok(()) => {}
            Err(GitError::NoRepository | GitError::Absent(_)) => return Ok(None),
            Err(other) => return Err(other),
        }
        let head = ask(root, &["rev-parse", "--verify", "--quiet", "HEAD"])?;
        Ok(head.map(|_| Self { root }))
    }

    /// What made a file other than these bytes: the first commit after the last in which it was what
    /// the digest says. None where it never was, as far as the history goes.
    pub(crate) fn change_from(&self, path: &str, digest: &str) -> Result<Option<Change>, GitError> {
        let commits = [
            "--literal-pathspecs",
            "log",
            MOST,
            "--date=short",
            FORM,
            "--",
            path,
        ];
        let Some(commits) = ask(self.root, &commits)? else {
            return Ok(None);
        };
        let mut by = Change::Uncommitted;
        for commit in commits.lines().filter_map(commit) {
            let stood = format!("{}:./{path}", commit.id);
            let stood = ask(self.root, &["cat-file", "blob", &stood])?;
            // Records are text; of what is none, the digest does not match, and nothing is said.
            if stood.is_some_and(|text| digest_of(text.as_bytes()) == digest) {
                return Ok(Some(by));
            }
            by = Change::Committed(commit);
        }
        Ok(None)
    }

    /// Files below an area that were changed or removed after they were first committed.
    pub(crate) fn rewritten(
        &self,
        area: &str,
        is_meant: impl Fn(&str) -> bool,
    ) -> Result<Vec<Rewritten>, GitError> {
        let question = [
            "-c",
            "core.quotePath=false",
            "log",
            "--raw",
            "--no-abbrev",
            "--no-renames",
            "--no-ext-diff",
            "--relative",
            "--topo-order",
            "--reverse",
            "--date=short",
            FORM,
            "--",
            area,
        ];
        let told = ask(self.root, &question)?.unwrap_or_default();
        let mut files: BTreeMap<String, Life> = BTreeMap::new();
        let mut now = None;
        for line in told.lines() {
            if let Some(next) = commit(line) {
                now = Some(next);
            } else if let (Some(commit), Some((path, blob))) = (&now, raw(line))
                && is_meant(path)
            {
                files
                    .entry(path.to_owned())
                    .or_insert_with(|| Life::begun(blob))
                    .goes_on(blob, commit);
            }
        }
        self.lay_uncommitted(area, &mut files)?;
        let is_there = |path: &str| read_file(&self.root.join(path)).is_ok();
        let rewritten = files.into_iter().filter_map(|(path, life)| {
            let now = match life.last.as_deref() {
                None if is_there(&path) => return None,
                None => Now::Gone,
                Some(last) if last == life.first => Now::Restored,
                Some(_) => Now::Other,
            };
            let by = life.by?;
            Some(Rewritten { path, now, by })
        });
        Ok(rewritten.collect())
    }

    /// What was changed or removed since the last commit.
    fn lay_uncommitted(
        &self,
        area: &str,
        files: &mut BTreeMap<String, Life>,
    ) -> Result<(), GitError> {
        let question = [
            "-c",
            "core.quotePath=false",
            "diff",
            "--name-status",
            "--no-renames",
            "--no-ext-diff",
            "--no-textconv",
            "--relative",
            "HEAD",
            "--",
            area,
        ];
        for line in ask(self.root, &question)?.unwrap_or_default().lines() {
            let Some((status, path)) = line.split_once('\t') else {
                continue;
            };
            let Some(life) = files.get_mut(path) else {
                continue;
            };
            life.by = Some(Change::Uncommitted);
            life.last = (status != "D").then(|| "uncommitted".to_owned());
        }
        Ok(())
    }
}

/// What became of one file.
struct Life {
    /// What was first committed.
    first: String,
    /// What stands last; none where it was removed.
    last: Option<String>,
    /// What made it other than it was at first.
    by: Option<Change>,
}

impl Life {
    fn begun(blob: Option<&str>) -> Self {
        Self {
            first: blob.unwrap_or_default().to_owned(),
            last: blob.map(str::to_owned),
            by: None,
        }
    }

    fn goes_on(&mut self, blob: Option<&str>, commit: &Commit) {
        let was_as_first = self.last.as_deref() == Some(&self.first);
        let is_as_first = blob == Some(&self.first);
        if was_as_first && !is_as_first {
            self.by = Some(Change::Committed(commit.clone()));
        }
        self.last = blob.map(str::to_owned);
    }
}

fn commit(line: &str) -> Option<Commit> {
    let mut parts = line.strip_prefix('\u{1}')?.split('\u{1f}');
    let mut next = || parts.next().map(str::to_owned);
    Some(Commit {
        id: next()?,
        author: next()?,
        on: next()?,
        subject: next()?,
    })
}

/// `:100644 100644 OLD NEW M<TAB>PATH`: the path, and what stands there from then on.
fn raw(line: &str) -> Option<(&str, Option<&str>)> {
    let (about, path) = line.strip_prefix(':')?.split_once('\t')?;
    let mut parts = about.split(' ').skip(3);
    let blob = parts.next()?;
    let status = parts.next()?;
    Some((path, (status != "D").then_some(blob)))
}
