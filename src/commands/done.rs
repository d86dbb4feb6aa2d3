//! `panel done`: marking a duty of the office as done.

use super::named::meeting_on;
use super::session::{Exit, Session, Trouble, World, day, moment};
use crate::council::{Deadline, MetBy};
use crate::desk::{ChildDuty, Desk, PanelMeeting};
use crate::folder::{Lock, nearest, with_key, write_changed, write_new};
use crate::output;
use crate::records::{Day, Moment};
use anyhow::{Context, Result};
use std::path::PathBuf;

/// Mark a duty of the office as done
///
/// Without a reference it is marked for the meeting, or, where it is owed for each child, for all
/// for whom it is missing. Every other byte of the record stays as it is.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  panel done agenda-out --date 2026-11-26
  panel done draft-record --date 2026-11-26 --at 2026-11-27T16:00
  panel done upload-records --date 2026-11-26 R-2026-0142 R-2026-0143")]
pub(crate) struct Args {
    /// Id of the duty, as `panel deadlines` prints it
    id: String,
    /// References of the children for whom it is done
    references: Vec<String>,
    /// Day of the meeting
    #[arg(long, value_name = "DAY", value_parser = day)]
    date: Day,
    /// The panel, where several meet that day
    #[arg(long, value_name = "ID")]
    panel: Option<String>,
    /// When it was done [default: now]
    #[arg(long, value_name = "DATETIME", value_parser = moment)]
    at: Option<Moment>,
    /// Who signed, for a duty that a signature meets
    #[arg(long, value_name = "NAME", requires = "role")]
    by: Option<String>,
    /// The post of the one who signed
    #[arg(long, value_name = "ROLE", requires = "by")]
    role: Option<String>,
    /// Say which files would be written, write nothing
    #[arg(long)]
    dry_run: bool,
}

/// A record as it stands, if it does, and as it is to be.
struct Change {
    place: String,
    read: Option<Vec<u8>>,
    bytes: Vec<u8>,
}

pub(super) fn run(args: &Args, session: &mut Session<'_>) -> Result<Exit> {
    let world = session.world()?;
    let desk = world.desk();
    let meeting = meeting_on(&desk, args.date, args.panel.as_deref())?;
    if meeting.is_cancelled {
        return Err(Trouble::refused("the meeting was called off; nothing is owed for it").into());
    }
    let at = args.at.unwrap_or_else(|| now(&world));
    let is_to_come = at.latest() > desk.as_of && at.day() > desk.today();
    if is_to_come {
        return Err(Trouble::refused(format!("{} is still to come", at.in_words())).into());
    }
    let changes = changes(&desk, meeting, args, at)?;
    if !args.dry_run {
        let lock = Lock::take(&world.folder.root)?;
        for change in &changes {
            let path: PathBuf = world.folder.root.join(&change.place);
            match &change.read {
                Some(read) => write_changed(&path, read, &change.bytes, &lock),
                None => write_new(&path, &change.bytes),
            }
            .with_context(|| format!("{} was not written", change.place))?;
        }
    }
    for change in &changes {
        session.print(&format!("{}\n", output::visible(&change.place)))?;
    }
    Ok(Exit::Clean)
}

/// The desk's moment, to the minute unless it has seconds.
fn now(world: &World) -> Moment {
    let text = world.as_of.format("%Y-%m-%dT%H:%M:%S").to_string();
    text.parse()
        .unwrap_or_else(|_| Moment::on(Day::of(world.as_of.date())))
}

fn changes(
    desk: &Desk<'_>,
    meeting: &PanelMeeting<'_>,
    args: &Args,
    at: Moment,
) -> Result<Vec<Change>> {
    let meeting = desk.meeting_in(&meeting.id).unwrap_or(meeting);
    let rule = rule_of(desk, meeting, &args.id)?;
    let is_by_child =
        !rule.is_marked_once() || (rule.met_by.is_some() && !args.references.is_empty());
    if !is_by_child {
        if !args.references.is_empty() {
            return Err(Trouble::usage(format!(
                "`{}` is marked once for the meeting, not for each child",
                rule.id
            ))
            .hint("leave the references out")
            .into());
        }
        return Ok(vec![for_meeting(meeting, rule, at)?]);
    }
    let decided_at = desk.decided_at();
    let duties = desk.duties(meeting, &decided_at);
    let children = duties
        .iter()
        .find(|duty| duty.rule.id == rule.id)
        .map_or(&[][..], |duty| duty.children.as_slice());
    let wanted = wanted(children, rule, &args.references)?;
    let (keys, value) = mark(desk, meeting, rule, args, at)?;
    wanted
        .into_iter()
        .map(|child| for_child(meeting, child, &keys, &value))
        .collect()
}

fn rule_of<'a>(desk: &Desk<'a>, meeting: &PanelMeeting<'_>, id: &str) -> Result<&'a Deadline> {
    let book = desk.book;
    let rules = book.at(meeting.panel, meeting.on);
    let of_parts = book
        .panels
        .iter()
        .map(|part| book.at(Some(&part.id), meeting.on));
    let all: Vec<&Deadline> = [rules]
        .into_iter()
        .chain(of_parts)
        .flat_map(|rules| &rules.deadlines)
        .collect();
    all.iter()
        .find(|rule| rule.id == id)
        .copied()
        .ok_or_else(|| {
            let trouble = Trouble::usage(format!("`{id}` is not a deadline of this council"));
            let ids = || all.iter().map(|rule| rule.id.as_str());
            match (nearest(id, ids()), all.is_empty()) {
                (Some(near), _) => trouble.hint(format!("did you mean `{near}`?")),
                (None, false) => trouble.hint(format!(
                    "its deadlines are {}",
                    ids().collect::<Vec<_>>().join(", ")
                )),
                (None, true) => trouble.hint("its file names none"),
            }
            .into()
        })
}

fn for_meeting(meeting: &PanelMeeting<'_>, rule: &Deadline, at: Moment) -> Result<Change> {
    let id = meeting.folder.map_or(&meeting.id, |folder| &folder.id);
    let place = format!("meetings/{id}/meeting.yaml");
    let Some(file) = meeting.folder.and_then(|folder| folder.meeting.as_ref()) else {
        return Ok(Change {
            place,
            read: None,
            bytes: format!("date: {}\ndone: {{{}: {at}}}\n", meeting.day, rule.id).into_bytes(),
        });
    };
    if let Some(before) = file.record.done.get(&rule.id) {
        return Err(already(&place, *before));
    }
    let bytes = with_key(&file.bytes, &["done", &rule.id], &at.to_string())
        .with_context(|| format!("{place} was not changed"))?;
    Ok(Change {
        place,
        read: Some(file.bytes.to_vec()),
        bytes,
    })
}

fn already(place: &str, before: Moment) -> anyhow::Error {
    Trouble::refused(format!("it is marked as done, {}", before.in_words()))
        .hint(format!("if that is wrong, put it right in {place}"))
        .into()
}

/// The children named, or all for whom it is missing.
fn wanted<'c, 'd, 'a>(
    children: &'c [ChildDuty<'d, 'a>],
    rule: &Deadline,
    references: &[String],
) -> Result<Vec<&'c ChildDuty<'d, 'a>>> {
    if references.is_empty() {
        let missing: Vec<_> = children
            .iter()
            .filter(|child| child.state.is_open())
            .collect();
        return if missing.is_empty() {
            Err(Trouble::refused(format!(
                "`{}` is missing for no child of this meeting",
                rule.id
            ))
            .into())
        } else {
            Ok(missing)
        };
    }
    let find = |reference: &String| {
        children
            .iter()
            .find(|child| child.case.reference() == reference)
            .ok_or_else(|| {
                let known: Vec<&str> = children
                    .iter()
                    .map(|child| child.case.reference())
                    .collect();
                let trouble = Trouble::refused(format!(
                    "`{}` is not owed for {reference} at this meeting",
                    rule.id
                ));
                match known.is_empty() {
                    true => trouble.hint("it is owed for no child there"),
                    false => trouble.hint(format!("it is owed for {}", known.join(", "))),
                }
                .into()
            })
    };
    references.iter().map(find).collect()
}

/// The key, outermost first, and the value that mark it for a child.
fn mark<'r>(
    desk: &Desk<'_>,
    meeting: &PanelMeeting<'_>,
    rule: &'r Deadline,
    args: &Args,
    at: Moment,
) -> Result<(Vec<&'r str>, String)> {
    let signed = args.by.as_ref().zip(args.role.as_ref());
    match (rule.met_by, signed) {
        (Some(MetBy::LogSigned), None) => Err(Trouble::usage(format!(
            "`{}` is met by a signature: it is not said whose",
            rule.id
        ))
        .hint("add --by NAME --role ROLE")
        .into()),
        (Some(MetBy::LogSigned), Some((name, role))) => {
            let rules = meeting.rules;
            let wanted = rules.expenditure_log.as_ref();
            if let Some(wanted) = wanted.filter(|wanted| !rules.serves(role, &wanted.signed_by)) {
                return Err(Trouble::refused(format!(
                    "the running log is signed by {}",
                    rules.role_label(&wanted.signed_by)
                ))
                .into());
            }
            super::withdraw::known_role(desk, role)?;
            let who = super::withdraw::person(name, role);
            let value = format!("{{{who}, on: {}}}", at.day());
            Ok((vec!["log_signed"], value))
        }
        (_, Some(_)) => Err(
            Trouble::usage(format!("`{}` is not met by a signature", rule.id))
                .hint("leave --by and --role out")
                .into(),
        ),
        (Some(MetBy::ToldFamily), None) => Ok((vec!["told_family"], at.day().to_string())),
        (Some(MetBy::Uploaded), None) => Ok((vec!["uploaded"], at.to_string())),
        (None, None) => Ok((vec!["done", &rule.id], at.to_string())),
    }
}

fn for_child(
    meeting: &PanelMeeting<'_>,
    child: &ChildDuty<'_, '_>,
    keys: &[&str],
    value: &str,
) -> Result<Change> {
    let id = meeting.folder.map_or(&meeting.id, |folder| &folder.id);
    let reference = child.case.reference();
    let Some(file) = child.made.after else {
        return Ok(Change {
            place: format!("meetings/{id}/after/{reference}.yaml"),
            read: None,
            bytes: match keys {
                [outer, inner] => format!("{outer}: {{{inner}: {value}}}\n"),
                _ => format!("{}: {value}\n", keys.join(".")),
            }
            .into_bytes(),
        });
    };
    let record = &file.record;
    let before = match keys {
        ["uploaded"] => record.uploaded,
        ["done", id] => record.done.get(*id).copied(),
        ["told_family"] => record.told_family.map(Moment::on),
        _ => record
            .log_signed
            .as_ref()
            .and_then(|signed| signed.on)
            .map(Moment::on),
    };
    if let Some(before) = before {
        return Err(already(&file.path, before));
    }
    let bytes = with_key(&file.bytes, keys, value)
        .with_context(|| format!("{} was not changed", file.path))?;
    Ok(Change {
        place: file.path.clone(),
        read: Some(file.bytes.to_vec()),
        bytes,
    })
}
