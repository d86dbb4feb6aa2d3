//! What is told of only some files for: those that changed since a revision, and those that
//! panel.toml leaves out.

use super::super::session::{Session, Trouble, World};
use super::selection::Selection;
use crate::folder::{Changed, Folder, GitError, changed_since};
use crate::output::{count, visible};
use anyhow::Result;
use std::collections::BTreeSet;

/// Files beside the records that findings can be in.
const SETTINGS: &str = "panel.toml";

/// The records, and panel.toml, that changed since a revision. Where a record is gone that was there,
/// what is wrong because of it stands in files that nobody changed: all are looked at.
pub(super) fn since(
    revision: &str,
    selection: &Selection,
    world: &World,
    session: &mut Session<'_>,
) -> Result<BTreeSet<String>> {
    if selection.is_alone() {
        return Err(
            Trouble::usage("--since is for a case folder that is kept in git")
                .hint("leave it out for a lone file or standard input")
                .into(),
        );
    }
    let Changed {
        mut files,
        mut gone,
    } = changed_since(&world.folder.root, revision).map_err(in_words)?;
    let records: BTreeSet<&str> = records(&world.folder).collect();
    files.retain(|file| records.contains(file.as_str()) || file == SETTINGS);
    gone.retain(|file| was_a_record(file) && !has_moved(file, &records));
    if gone.is_empty() {
        return Ok(files);
    }
    const NAMED: usize = 5;
    let mut names: Vec<String> = gone.iter().take(NAMED).map(|file| visible(file)).collect();
    if gone.len() > NAMED {
        names.push(format!("{} more", gone.len() - NAMED));
    }
    session.tell(&format!(
        "{} gone since {revision}: {}; so every record is looked at. A record that was wrong is put right or withdrawn, never taken away",
        match gone.len() {
            1 => "1 record is".to_owned(),
            more => format!("{more} records are"),
        },
        names.join(", ")
    ));
    files.extend(records.into_iter().map(str::to_owned));
    Ok(files)
}

/// Whether a file that is gone was a record, as far as its place tells.
fn was_a_record(file: &str) -> bool {
    let is_yaml = file.ends_with(".yaml") || file.ends_with(".yml");
    is_yaml && (file.starts_with("referrals/") || file.starts_with("meetings/"))
}

/// Whether a referral is there under the same name in another folder.
fn has_moved(file: &str, records: &BTreeSet<&str>) -> bool {
    let name = |path: &str| path.rsplit('/').next().map(str::to_owned);
    file.starts_with("referrals/")
        && records
            .iter()
            .any(|other| other.starts_with("referrals/") && name(other) == name(file))
}

fn in_words(error: GitError) -> anyhow::Error {
    let hint = match &error {
        GitError::Absent(_) => {
            "--since needs git on this machine; without it the whole folder is checked"
        }
        GitError::NoRepository => "leave out --since, or keep the folder in git: `git init`",
        GitError::UnknownRevision(_) => {
            "a branch, a tag or a commit is one, like `origin/main` or `HEAD`; in a build, fetch the whole history first"
        }
        GitError::Refused(_) => "ask whoever keeps the repository",
    };
    let told = match &error {
        GitError::Absent(source) => format!("{error}: {source}"),
        _ => error.to_string(),
    };
    Trouble::usage(told).hint(hint).into()
}

/// Every record of the folder.
fn records(folder: &Folder) -> impl Iterator<Item = &str> {
    let referrals = folder.referrals.iter().map(|file| &file.path);
    let meetings = folder.meetings.iter().flat_map(|meeting| {
        let own = meeting.meeting.iter().map(|file| &file.path);
        let decisions = meeting.decisions.iter().map(|made| &made.file.path);
        let after = meeting.after.iter().map(|file| &file.path);
        own.chain(decisions).chain(after)
    });
    let all = referrals.chain(meetings).chain(&folder.strays);
    all.map(String::as_str)
}

/// Says which of the files named are left out, and how many others.
pub(super) fn left_out(selection: &mut Selection, world: &World, session: &mut Session<'_>) {
    let exclude = &world.folder.settings.exclude;
    let named = selection.without(|file| exclude.leaves_out(file).is_some());
    for file in &named {
        let pattern = exclude.leaves_out(file).unwrap_or_default();
        session.tell(&format!(
            "note: {file} is not looked at: `exclude` in panel.toml leaves out `{pattern}`"
        ));
    }
    let others = world.folder.left_out.iter();
    let others = others.filter(|file| selection.shows(file)).count();
    if others > 0 {
        session.tell(&format!(
            "note: {} left out by `exclude` in panel.toml",
            count(others, "file")
        ));
    }
}

/// Says which records cannot be read that nobody is told of otherwise: what a cancelled meeting says
/// of itself matters to a request that goes there.
pub(super) fn unread(selection: &Selection, world: &World, session: &mut Session<'_>) {
    for path in world.folder.unreadable() {
        if !selection.shows(path) {
            session.tell(&format!(
                "warning: {path} cannot be read, so what it says is missing here; `panel check {path}` tells why"
            ));
        }
    }
}

/// Says how much was looked at, and what may matter beside it.
pub(super) fn told(
    revision: &str,
    selection: &Selection,
    world: &World,
    session: &mut Session<'_>,
) {
    let all: Vec<&str> = records(&world.folder).collect();
    let seen = all.iter().filter(|file| selection.shows(file)).count();
    if seen == 0 {
        session.tell(&format!(
            "nothing was looked at: none of {} has changed since {revision}",
            count(all.len(), "record")
        ));
    } else if seen == all.len() {
        session.tell(&format!("all of {} were looked at", count(seen, "record")));
    } else {
        session.tell(&format!(
            "{} of {} changed since {revision} and {} looked at",
            seen,
            count(all.len(), "record"),
            if seen == 1 { "was" } else { "were" }
        ));
    }
    if selection.shows(SETTINGS) {
        session.tell(
            "note: panel.toml has changed too, which may matter to every record; `panel check` without --since looks at all",
        );
    }
}
