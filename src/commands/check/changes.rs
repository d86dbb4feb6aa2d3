//! What is told of only some files for: those that changed since a revision, and those that
//! panel.toml leaves out.

use super::super::session::{Session, Trouble, World};
use super::selection::Selection;
use crate::desk::Doubt;
use crate::findings::{Finding, Severity};
use crate::folder::{Changed, Folder, GitError, changed_since, read_referral, seal_number};
use crate::output::count;
use anyhow::Result;
use std::collections::BTreeSet;

/// Files beside the records that findings can be in.
const SETTINGS: &str = "panel.toml";

/// What a record that is gone is told as: `verify` calls it the same. It is no rule, since no desk
/// can tell what once lay on it.
pub(super) const LOST: &str = "lost";

/// What differs from a revision.
pub(super) struct Since {
    /// The files whose findings are told: records, and panel.toml.
    pub(super) files: BTreeSet<String>,
    /// A finding for each record that is gone.
    pub(super) lost: Vec<Finding>,
}

/// The records, and panel.toml, that changed since a revision, and those that are gone. Where a
/// record is gone, what is wrong because of it stands in files that nobody changed: all are looked at.
pub(super) fn since(
    revision: &str,
    selection: &Selection,
    world: &World,
    session: &mut Session<'_>,
) -> Result<Since> {
    if selection.is_alone() {
        return Err(
            Trouble::usage("--since is for a case folder that is kept in git")
                .hint("leave it out for a lone file or standard input")
                .into(),
        );
    }
    let exclude = &world.folder.settings.exclude;
    let is_meant = |file: &str| was_a_record(file) && exclude.leaves_out(file).is_none();
    let Changed { mut files, gone } =
        changed_since(&world.folder.root, revision, is_meant).map_err(in_words)?;
    let records: BTreeSet<&str> = records(&world.folder).collect();
    files.retain(|file| records.contains(file.as_str()) || file == SETTINGS);
    let lost: Vec<Finding> = gone
        .into_iter()
        .filter_map(|(file, text)| lost(file, text, revision, world))
        .collect();
    if lost.is_empty() {
        return Ok(Since { files, lost });
    }
    session.tell(&format!(
        "{} gone since {revision}, so every record is looked at",
        match lost.len() {
            1 => "1 record is".to_owned(),
            more => format!("{more} records are"),
        }
    ));
    files.extend(records.into_iter().map(str::to_owned));
    files.extend(lost.iter().map(|finding| finding.place.file.clone()));
    Ok(Since { files, lost })
}

/// Whether a file that is gone was a record, as far as its place tells.
fn was_a_record(file: &str) -> bool {
    let is_yaml = file.ends_with(".yaml") || file.ends_with(".yml");
    let steps: Vec<&str> = file.split('/').collect();
    match steps[..] {
        ["referrals", _, ..] | ["meetings", _, "decisions" | "after", _] => is_yaml,
        ["meetings", _, name] => name == "meeting.yaml" || is_final_record(name),
        _ => false,
    }
}

fn is_final_record(name: &str) -> bool {
    seal_number(name).is_some()
}

/// That a record is gone; nothing where it is a referral that stands elsewhere.
fn lost(file: String, text: Vec<u8>, revision: &str, world: &World) -> Option<Finding> {
    let (what, remedy) = match file.rsplit('/').nth(1) {
        Some("decisions") => (
            "this decision",
            "a decision that was wrong is amended: `panel decide REFERENCE --date DAY --amend REASON`",
        ),
        Some("after") => (
            "what became true after a decision",
            "an entry that was wrong is put right in its file",
        ),
        _ if file.ends_with("/meeting.yaml") => (
            "this meeting's record",
            "a meeting that was not held says so under `cancelled`",
        ),
        _ if file.rsplit('/').next().is_some_and(is_final_record) => (
            "what vouches for this final record",
            "what the panel changes afterwards is an amendment",
        ),
        _ => return lost_referral(file, text, revision, world),
    };
    Some(taken_away(&file, Severity::Error, what, revision, remedy))
}

/// That a referral is gone. A draft has been brought before nobody yet.
fn lost_referral(file: String, text: Vec<u8>, revision: &str, world: &World) -> Option<Finding> {
    let name = |path: &str| path.rsplit('/').next().map(str::to_owned);
    let stood = read_referral(file.clone(), text);
    let reference = stood.record.reference.clone();
    let has_moved = world.folder.referrals.iter().any(|other| {
        let is_same = !reference.is_empty() && other.record.reference == reference;
        is_same || name(&other.path) == name(&file)
    });
    if has_moved {
        return None;
    }
    let (what, severity) = match stood.record.submitted {
        None if !stood.is_unreadable() => ("this draft", Severity::Warning),
        _ => ("this referral", Severity::Error),
    };
    let remedy = "a request that nobody makes any more is withdrawn: `panel withdraw REFERENCE`";
    let mut finding = taken_away(&file, severity, what, revision, remedy);
    finding.reference = Some(stood.stem().to_owned());
    Some(finding)
}

fn taken_away(file: &str, severity: Severity, what: &str, revision: &str, remedy: &str) -> Finding {
    let message = format!("{what} was taken away since {revision}");
    let help = format!("put it back from git; {remedy}");
    Doubt::about(LOST, severity, file, message, help).finding
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
pub(super) fn records(folder: &Folder) -> impl Iterator<Item = &str> {
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
