//! `panel verify`: whether every decision stands as it was decided.

use super::check::places::resolve;
use super::session::{Exit, Session, World};
use crate::desk::{Desk, Doubt, amendment_of, in_order};
use crate::findings::{Finding, Severity};
use crate::folder::{
    Change, GitError, History, Kept, Moved, Now, Rewritten, minutes_number, seal_number,
};
use crate::output::count;
use crate::output::verified::{LookedAt, Traced, Verified, as_json, human};
use anyhow::Result;

/// Verify that every decision stands as it was decided
///
/// Looks at every digest: of the referral in its decision, of the decision in its amendment, in
/// the minutes, the child's record and the letter, and of each file of a final record. Tells what
/// is lost, left over, there twice or edited, and with git which commit did it.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  panel verify
  panel verify --format json
  panel verify --no-history                           without asking git")]
pub(crate) struct Args {
    /// Form of the answer
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
    /// Do not ask git what changed a file, and when
    #[arg(long)]
    no_history: bool,
}

/// The form of the answer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For people.
    #[default]
    Human,
    /// For programs.
    Json,
}

pub(super) fn run(args: &Args, session: &mut Session<'_>) -> Result<Exit> {
    let world = session.world()?;
    session.tell_cut_off(&world);
    if !world.folder.left_out.is_empty() {
        session.tell(&format!(
            "note: {} left out by `exclude` in panel.toml, and not looked at",
            count(world.folder.left_out.len(), "file")
        ));
    }
    for path in world.folder.unreadable() {
        if !path.ends_with(".yaml") && !path.ends_with(".yml") {
            session.tell(&format!(
                "warning: {path} cannot be looked into, so what lies there is not vouched for; `panel check` tells why"
            ));
        }
    }
    let kept = world.folder.kept()?;
    let desk = world.desk();
    let mut doubts = desk.doubts(&kept);
    let mut history = match args.no_history {
        true => None,
        false => History::of(&world.folder.root).unwrap_or_else(|error| {
            session.tell(&format!(
                "warning: git was not asked who changed what: {error}"
            ));
            None
        }),
    };
    let mut causes = Vec::new();
    if let Some(asked) = &history {
        let moved = asked.moved_into("meetings");
        let found = moved.and_then(|moved| {
            let found = in_history(&desk, asked, &moved, &mut doubts)?;
            Ok((found, blind_spots(&world, asked, &moved)?))
        });
        match found {
            Ok((found, told)) => {
                causes = found;
                told.iter().for_each(|told| session.tell(told));
            }
            Err(error) => {
                session.tell(&format!(
                    "warning: git could not tell who changed what, so edits of which no digest tells are not found: {error}"
                ));
                history = None;
            }
        }
    }
    let findings: Vec<&Finding> = doubts.iter().map(|doubt| &doubt.finding).collect();
    let found = resolve(&world.folder, findings)
        .into_iter()
        .map(|shown| Traced {
            by: causes
                .iter()
                .find(|(about, _)| about == shown.finding)
                .map(|(_, by)| by),
            shown,
        })
        .collect();
    let looked_at = looked_at(&world, &kept);
    let verified = Verified {
        council: &world.council.id,
        as_of: world.as_of,
        looked_at,
        has_history: history.is_some(),
        found,
    };
    let told = match args.format {
        Format::Human => human(&verified, session.look),
        Format::Json => as_json(&verified)?,
    };
    session.print(&told)?;
    let has_looked = looked_at.referrals + looked_at.decisions + looked_at.papers > 0;
    Ok(match (verified.counts().errors, has_looked) {
        (1.., _) => Exit::Refused,
        (0, true) => Exit::Clean,
        (0, false) => Exit::Nothing,
    })
}

fn looked_at(world: &World, kept: &[Kept]) -> LookedAt {
    let meetings = &world.folder.meetings;
    LookedAt {
        referrals: world.folder.referrals.len(),
        decisions: meetings.iter().map(|meeting| meeting.decisions.len()).sum(),
        papers: kept.iter().filter(|file| is_paper(&file.path)).count(),
        sealed: meetings.iter().filter(|meeting| meeting.is_final()).count(),
    }
}

/// Minutes, a child's record or a letter.
fn is_paper(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    minutes_number(name).is_some() || (path.starts_with("records/") && path.ends_with(".md"))
}

/// What git knows: which change did what was found, and what no digest tells of. The findings are
/// in their order afterwards.
fn in_history(
    desk: &Desk<'_>,
    history: &History<'_>,
    moved: &Moved,
    doubts: &mut Vec<Doubt>,
) -> Result<Vec<(Finding, Change)>, GitError> {
    let mut causes = Vec::new();
    for doubt in doubts.iter() {
        let Some((file, digest)) = &doubt.differs else {
            continue;
        };
        if let Some(by) = history.change_from(file, digest)? {
            causes.push((doubt.finding.clone(), by));
        }
    }
    let is_meant = |path: &str| is_written_once(path) || is_kept_up(path);
    for rewritten in history.rewritten("meetings", moved, is_meant)? {
        if is_kept_up(&rewritten.path) {
            if let Some(doubt) = no_longer_kept(desk, &rewritten) {
                causes.extend(rewritten.by.map(|by| (doubt.finding.clone(), by)));
                doubts.push(doubt);
            }
            continue;
        }
        // What a digest told is told once.
        let is_told = rewritten.now == Now::Other
            && doubts
                .iter()
                .any(|doubt| doubt.differs.is_some() && doubt.finding.place.file == rewritten.path);
        if !is_told {
            let doubt = of_history(desk, &rewritten);
            causes.extend(rewritten.by.map(|by| (doubt.finding.clone(), by)));
            doubts.push(doubt);
        }
    }
    for (doubt, by) in taken_away(desk, history)? {
        causes.extend(by.map(|by| (doubt.finding.clone(), by)));
        doubts.push(doubt);
    }
    in_order(doubts);
    Ok(causes)
}

/// What git's history cannot tell here.
fn blind_spots(
    world: &World,
    history: &History<'_>,
    moved: &Moved,
) -> Result<Vec<String>, GitError> {
    let mut told = Vec::new();
    if !history.is_whole()? {
        told.push("warning: this clone has only the last part of the history (`git fetch --unshallow` brings the rest): edits before it of which no digest tells are not found".to_owned());
    }
    if let Some(commit) = &moved.last {
        told.push(format!(
            "warning: commit {} of {} brought records here from another folder: edits before it, and losses before it or in it, of which no digest tells are not found",
            commit.id, commit.on
        ));
    }
    let has_some = world.folder.referrals.len() + world.folder.meetings.len() > 0;
    let left_out = history.left_out()?;
    if let Some(first) = left_out.first() {
        told.push(format!(
            "warning: git is told to leave out {} of this folder, {first} among them (`git check-ignore -v {first}` says where): neither an edit of which no digest tells nor a loss is found there",
            count(left_out.len(), "record")
        ));
    } else if has_some && !history.has_records()? {
        told.push("warning: no record of this folder is in a commit yet: an edit of which no digest tells is not found".to_owned());
    }
    Ok(told)
}

/// Decisions, and what vouches for a final record.
fn is_written_once(path: &str) -> bool {
    let steps: Vec<&str> = path.split('/').collect();
    match steps[..] {
        ["meetings", _, "decisions", name] => name.ends_with(".yaml") || name.ends_with(".yml"),
        ["meetings", _, name] => seal_number(name).is_some(),
        _ => false,
    }
}

/// A meeting's own file, and what became true after its decisions: they are written into as things
/// happen, and never taken away.
fn is_kept_up(path: &str) -> bool {
    let steps: Vec<&str> = path.split('/').collect();
    match steps[..] {
        ["meetings", _, "after", name] => name.ends_with(".yaml") || name.ends_with(".yml"),
        ["meetings", _, "meeting.yaml"] => true,
        _ => false,
    }
}

/// That a file which is kept up is gone, and is missed.
fn no_longer_kept(desk: &Desk<'_>, rewritten: &Rewritten) -> Option<Doubt> {
    let path = &rewritten.path;
    if rewritten.now != Now::Gone {
        return None;
    }
    let steps: Vec<&str> = path.split('/').collect();
    let folder = desk.folder.meetings.iter().find(|own| own.id == steps[1]);
    let Some(name) = steps.get(3) else {
        // A day that was written by mistake, of which nothing came, can be taken away.
        let severity = match folder.is_some_and(|own| !own.decisions.is_empty()) {
            true => Severity::Error,
            false => Severity::Warning,
        };
        return Some(Doubt::about(
            "lost",
            severity,
            path,
            "this meeting's record was taken away: who was there, what they declared and what was sent when",
            "put it back from git; a meeting that was not held says so under `cancelled`",
        ));
    };
    // What was left over without a decision, or was brought into one file, is not missed.
    let reference = |name: &str| name.split('.').next().map(str::to_owned);
    let is_of_it = |file: &str| file.rsplit('/').next().and_then(reference) == reference(name);
    let folder = folder?;
    let is_decided = folder.decisions.iter().any(|own| is_of_it(&own.file.path));
    let is_kept = folder.after.iter().any(|own| is_of_it(&own.path));
    let doubt = Doubt::about(
        "lost",
        Severity::Error,
        path,
        "what became true after this decision was taken away",
        "put it back from git; an entry that was wrong is put right in its file",
    );
    (is_decided && !is_kept).then_some(doubt)
}

/// Requests that had been sent and are in the folder no more, under whatever name: the child is on no
/// list. Of one that was decided the decision tells.
fn taken_away(
    desk: &Desk<'_>,
    history: &History<'_>,
) -> Result<Vec<(Doubt, Option<Change>)>, GitError> {
    let is_record = |path: &str| path.ends_with(".yaml") || path.ends_with(".yml");
    let gone = history.rewritten("referrals", &Moved::default(), is_record)?;
    let mut found = Vec::new();
    for gone in gone.into_iter().filter(|gone| gone.now == Now::Gone) {
        let text = history.text_of(&gone)?.unwrap_or_default();
        let said = |key: &str| {
            let value = text.lines().find_map(|line| line.strip_prefix(key))?;
            let value = value.split(" #").next().unwrap_or(value);
            let value = value.trim().trim_matches(['"', '\'']);
            (!value.is_empty()).then(|| value.to_owned())
        };
        let Some(reference) = said("reference:").filter(|_| said("submitted:").is_some()) else {
            continue;
        };
        let is_decided = desk.folder.meetings.iter().any(|meeting| {
            let mut decisions = meeting.decisions.iter();
            decisions.any(|own| own.file.record.referral == reference.as_str())
        });
        if is_decided || desk.case(&reference).is_some() {
            continue;
        }
        let doubt = Doubt::about(
            "lost",
            Severity::Warning,
            &gone.path,
            format!(
                "the request {reference} had been sent and was taken away: the child is on no list"
            ),
            "put it back from git; a request that is taken back stays, and says so under `withdrawn`",
        );
        found.push((doubt.on(&reference), gone.by));
    }
    Ok(found)
}

fn of_history(desk: &Desk<'_>, rewritten: &Rewritten) -> Doubt {
    let name = rewritten.path.rsplit('/').next().unwrap_or_default();
    let what = match seal_number(name) {
        Some(_) => "what vouches for this final record",
        None => "this decision",
    };
    let path = &rewritten.path;
    match rewritten.now {
        Now::Gone => Doubt::about(
            "lost",
            Severity::Error,
            path,
            format!("{what} was taken away; it was written, and is never to be"),
            format!(
                "put it back from git; a decision that was wrong is amended: {}",
                amendment_of(desk, path)
            ),
        ),
        Now::Other => Doubt::about(
            "decision-edited",
            Severity::Error,
            path,
            format!("{what} was edited after it was written"),
            format!(
                "put it back as it was first committed; what the panel changes afterwards is an amendment: {}",
                amendment_of(desk, path)
            ),
        ),
        Now::Restored => Doubt::about(
            "restored",
            Severity::Note,
            path,
            format!(
                "{what} was edited or taken away after it was written, and has been put back as it was"
            ),
            "nothing is to be done",
        ),
    }
}
