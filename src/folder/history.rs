//! What git knows of how the files of a case folder came to be as they are: git is asked, and
//! nobody else.

use super::changed::GitError;
use super::disk::read_file;
use super::file::digest_of;
use super::git::Git;
use std::collections::BTreeMap;
use std::path::Path;

/// How far back one file's changes are followed.
const MOST: &str = "--max-count=200";
/// Files of one commit that are compared with those that went in it, to find which came from where:
/// those that were moved as they are take no comparing.
const MOST_COMPARED: &str = "-l4000";
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
    /// What did it, where git can tell.
    pub(crate) by: Option<Change>,
    /// Git's name for what was committed last of it.
    committed: String,
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
    git: Git<'r>,
}

impl<'r> History<'r> {
    /// The history of a folder; none where it is in no repository, or nothing was committed yet.
    pub(crate) fn of(root: &'r Path) -> Result<Option<Self>, GitError> {
        let git = match Git::of(root) {
            Ok(git) => git,
            Err(GitError::NoRepository | GitError::Absent(_)) => return Ok(None),
            Err(other) => return Err(other),
        };
        let head = git.ask(&["rev-parse", "--verify", "--quiet", "HEAD"])?;
        Ok(head.map(|_| Self { root, git }))
    }

    /// Whether it goes back to the beginning: a clone can have been made without what was before.
    pub(crate) fn is_whole(&self) -> Result<bool, GitError> {
        let told = self.git.told(&["rev-parse", "--is-shallow-repository"])?;
        Ok(told.trim() != "true")
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
        let Some(commits) = self.git.ask(&commits)? else {
            return Ok(None);
        };
        let mut by = Change::Uncommitted;
        for commit in commits.lines().filter_map(commit) {
            let stood = format!("{}:./{path}", commit.id);
            let stood = self.git.ask(&["cat-file", "blob", &stood])?;
            // Records are text; of what is none, the digest does not match, and nothing is said.
            if stood.is_some_and(|text| digest_of(text.as_bytes()) == digest) {
                return Ok(Some(by));
            }
            by = Change::Committed(commit);
        }
        Ok(None)
    }

    /// The way from the top of the repository to the case folder, with `/` at its end.
    fn prefix(&self) -> Result<String, GitError> {
        let told = self.git.told(&["rev-parse", "--show-prefix"])?;
        Ok(told.trim_end_matches(['\n', '\r']).to_owned())
    }

    /// Every commit from the first on, with what it changed. Of a merge, what none of those that it
    /// brings together had; and with `--full-history` every one of them, though it came to nothing
    /// there.
    fn logged(&self, how: &[&str]) -> Result<String, GitError> {
        let question = [
            "-c",
            "core.quotePath=false",
            "log",
            "--raw",
            "--no-abbrev",
            "-c",
            "--no-ext-diff",
            "--topo-order",
            "--reverse",
            "--date=short",
            FORM,
        ];
        self.git.told(&[&question[..], how].concat())
    }

    /// Records of the case folder that git is told to leave out: it has neither their edits nor their
    /// loss.
    pub(crate) fn left_out(&self) -> Result<Vec<String>, GitError> {
        let question = [
            "ls-files",
            "--others",
            "--ignored",
            "--exclude-standard",
            "-z",
            "--",
            "meetings",
            "referrals",
        ];
        let told = self.git.told(&question)?;
        let is_record = |path: &&str| path.ends_with(".yaml") || path.ends_with(".yml");
        Ok(told
            .split('\0')
            .filter(is_record)
            .map(str::to_owned)
            .collect())
    }

    /// Whether any record of the case folder is in the last commit.
    pub(crate) fn has_records(&self) -> Result<bool, GitError> {
        let question = ["ls-tree", "-r", "HEAD", "--", "meetings", "referrals"];
        Ok(!self.git.told(&question)?.is_empty())
    }

    /// Files that came into an area from elsewhere in the repository, as when the folder was moved or
    /// got another name.
    pub(crate) fn moved_into(&self, area: &str) -> Result<Moved, GitError> {
        let prefix = self.prefix()?;
        let how = ["--find-renames", MOST_COMPARED, "--diff-filter=R"];
        let told = self.logged(&how)?;
        let mut moved = Moved::default();
        let mut now = None;
        for line in told.lines() {
            if let Some(next) = commit(line) {
                now = Some(next);
                continue;
            }
            let (Some(commit), Some((about, paths))) = (&now, line.split_once('\t')) else {
                continue;
            };
            let Some((old, new)) = paths.split_once('\t') else {
                continue;
            };
            let within = |path: &str| {
                let path = path.strip_prefix(&prefix)?;
                let is_in = path.strip_prefix(area)?.starts_with('/');
                is_in.then(|| path.to_owned())
            };
            if let (None, Some(path), Some(before)) =
                (within(old), within(new), about.split(' ').nth(2))
            {
                moved
                    .before
                    .insert((commit.id.clone(), path), before.to_owned());
                moved.last = Some(commit.clone());
            }
        }
        Ok(moved)
    }

    /// Files below an area that were changed or removed after they were first committed; of those
    /// that came from elsewhere, after they were last committed there.
    pub(crate) fn rewritten(
        &self,
        area: &str,
        moved: &Moved,
        is_meant: impl Fn(&str) -> bool,
    ) -> Result<Vec<Rewritten>, GitError> {
        let how = ["--full-history", "--no-renames", "--relative", "--", area];
        let told = self.logged(&how)?;
        let mut files: BTreeMap<String, Life> = BTreeMap::new();
        let mut now = None;
        for line in told.lines() {
            if let Some(next) = commit(line) {
                now = Some(next);
            } else if let (Some(commit), Some((path, blob))) = (&now, raw(line))
                && is_meant(path)
            {
                let elsewhere = || {
                    let there = (commit.id.clone(), path.to_owned());
                    moved.before.get(&there).map(String::as_str)
                };
                files
                    .entry(path.to_owned())
                    .or_insert_with(|| Life::begun(elsewhere().or(blob)))
                    .goes_on(blob, commit);
            }
        }
        self.lay_present(area, &mut files)?;
        let is_there = |path: &str| read_file(&self.root.join(path)).is_ok();
        self.lay_uncommitted(&mut files, is_there)?;
        let mut rewritten = Vec::new();
        for (path, life) in files {
            let now = match life.last.as_deref() {
                None if is_there(&path) => continue,
                None => Now::Gone,
                Some(last) if last == life.first => Now::Restored,
                Some(_) => Now::Other,
            };
            let by = match now {
                Now::Gone => match life.gone_by {
                    Some(by) => Some(by),
                    None => self.dropped_by(&path)?,
                },
                Now::Other | Now::Restored => match life.by {
                    Some(by) => Some(by),
                    None => continue,
                },
            };
            rewritten.push(Rewritten {
                path,
                now,
                by,
                committed: life.committed,
            });
        }
        Ok(rewritten)
    }

    /// What was committed last of a file that was changed or removed since.
    pub(crate) fn text_of(&self, rewritten: &Rewritten) -> Result<Option<String>, GitError> {
        self.git.ask(&["cat-file", "blob", &rewritten.committed])
    }

    /// The merge that left out a file which one of its sides had, so that no commit took it away.
    fn dropped_by(&self, path: &str) -> Result<Option<Change>, GitError> {
        let question = [
            "--literal-pathspecs",
            "log",
            "-m",
            "--full-history",
            "--diff-filter=D",
            "--max-count=1",
            "--no-renames",
            "--no-patch",
            "--date=short",
            FORM,
            "--",
            path,
        ];
        let told = self.git.told(&question)?;
        Ok(told.lines().find_map(commit).map(Change::Committed))
    }

    /// What stands in the last commit: of two branches, only one's change may have come into it.
    fn lay_present(&self, area: &str, files: &mut BTreeMap<String, Life>) -> Result<(), GitError> {
        let question = ["ls-tree", "-r", "-z", "HEAD", "--", area];
        let told = self.git.told(&question)?;
        let present: BTreeMap<&str, &str> = told
            .split('\0')
            .filter_map(|line| line.split_once('\t'))
            .filter_map(|(about, path)| Some((path, about.rsplit(' ').next()?)))
            .collect();
        for (path, life) in files {
            life.last = present.get(path.as_str()).map(|blob| (*blob).to_owned());
        }
        Ok(())
    }

    /// What was changed or removed since the last commit. The files themselves are looked at: git's
    /// own list of what stands in the folder can be told to take one for unchanged, and takes one for
    /// it where size and time are as they were.
    fn lay_uncommitted(
        &self,
        files: &mut BTreeMap<String, Life>,
        is_there: impl Fn(&str) -> bool,
    ) -> Result<(), GitError> {
        let committed = |life: &Life| life.last.is_some();
        let there: Vec<&str> = files
            .iter()
            .filter(|(_, life)| committed(life))
            .map(|(path, _)| path.as_str())
            .filter(|path| !path.contains('\n') && is_there(path))
            .collect();
        // Git reads these from the top of the repository, wherever it is asked.
        let prefix = self.prefix()?;
        let lines = there.iter().flat_map(|path| [&prefix, *path, "\n"]);
        let handed: String = lines.collect();
        let blobs = |how: &[&str]| {
            let question = [&["hash-object", "--stdin-paths"], how].concat();
            self.git.told_of(&question, &handed)
        };
        // As they are, and as git would keep them: a clone can have other line ends than the commit.
        let as_they_are = blobs(&["--no-filters"])?;
        let as_kept = blobs(&[])?;
        let blobs: BTreeMap<&str, [&str; 2]> = there
            .iter()
            .zip(as_they_are.lines().zip(as_kept.lines()))
            .map(|(path, (one, other))| (*path, [one, other]))
            .collect();
        let mut changed = Vec::new();
        for (path, life) in files.iter().filter(|(_, life)| committed(life)) {
            match blobs.get(path.as_str()) {
                Some(blobs) => {
                    let is_as_committed = life
                        .last
                        .as_deref()
                        .is_some_and(|last| blobs.contains(&last));
                    if !is_as_committed {
                        changed.push((path.clone(), Some("uncommitted".to_owned())));
                    }
                }
                None if path.contains('\n') => {}
                None => changed.push((path.clone(), None)),
            }
        }
        for (path, last) in changed {
            if let Some(life) = files.get_mut(&path) {
                life.by = Some(Change::Uncommitted);
                life.gone_by = Some(Change::Uncommitted);
                life.last = last;
            }
        }
        Ok(())
    }
}

/// Files that came into an area from elsewhere in the repository.
#[derive(Debug, Default)]
pub(crate) struct Moved {
    /// What stood in each before, by the commit that brought it and its path.
    before: BTreeMap<(String, String), String>,
    /// The last commit that brought one.
    pub(crate) last: Option<Commit>,
}

/// What became of one file.
struct Life {
    /// What was first committed.
    first: String,
    /// What stands last; none where it was removed.
    last: Option<String>,
    /// What made it other than it was at first.
    by: Option<Change>,
    /// What took it away last.
    gone_by: Option<Change>,
    /// What was committed last of it.
    committed: String,
}

impl Life {
    fn begun(blob: Option<&str>) -> Self {
        Self {
            committed: String::new(),
            first: blob.unwrap_or_default().to_owned(),
            last: blob.map(str::to_owned),
            by: None,
            gone_by: None,
        }
    }

    fn goes_on(&mut self, blob: Option<&str>, commit: &Commit) {
        let was_as_first = self.last.as_deref() == Some(&self.first);
        let is_as_first = blob == Some(&self.first);
        if was_as_first && !is_as_first {
            self.by = Some(Change::Committed(commit.clone()));
        }
        match blob {
            None => self.gone_by = Some(Change::Committed(commit.clone())),
            Some(blob) => blob.clone_into(&mut self.committed),
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

/// `:100644 100644 OLD NEW M<TAB>PATH`, or for a merge of two `::100644 100644 100644 OLD OLD NEW
/// MM<TAB>PATH`: the path, and what stands there from then on.
fn raw(line: &str) -> Option<(&str, Option<&str>)> {
    let (about, path) = line.split_once('\t')?;
    let parts = about.trim_start_matches(':');
    let before = about.len() - parts.len();
    let blob = parts
        .split(' ')
        .nth(2 * before + 1)
        .filter(|_| before > 0)?;
    Some((path, blob.contains(|digit| digit != '0').then_some(blob)))
}

#[cfg(test)]
mod tests {
    use super::raw;

    #[test]
    fn what_a_commit_or_a_merge_left_at_a_path_is_read() {
        assert_eq!(
            raw(":100644 100644 a1 b2 M\tmeetings/x.yaml"),
            Some(("meetings/x.yaml", Some("b2")))
        );
        assert_eq!(
            raw(":100644 000000 a1 00 D\tmeetings/x.yaml"),
            Some(("meetings/x.yaml", None))
        );
        assert_eq!(
            raw("::100644 100644 100644 a1 b2 c3 MM\tmeetings/x.yaml"),
            Some(("meetings/x.yaml", Some("c3")))
        );
        assert_eq!(raw("Say\tmore"), None);
    }
}
