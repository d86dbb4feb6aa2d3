//! `panel done`: marking a duty of the office, or a time limit of a case, as done.

use super::changes::{Record, Writing, not_to_come, now, person, post, spoken};
use super::named::{case_of, meeting_on};
use super::session::{Exit, Session, Trouble, day, moment};
use crate::council::{Anchor, Council, Deadline, MetBy, Timer};
use crate::desk::{Case, ChildDuty, Desk, PanelMeeting};
use crate::folder::{Written, nearest};
use crate::output::resting_on;
use crate::records::{Day, Moment};
use anyhow::Result;

/// Mark a duty of the office, or a time limit, as done
///
/// A duty is marked for a meeting: without a reference for the meeting as a whole, or, where it is
/// owed for each child, for all for whom it is missing. A time limit that runs for a case is marked
/// for the children named, each in its own file. Every other byte of the record stays as it is.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  panel done agenda-out --date 2026-11-26
  panel done draft-record --date 2026-11-26 --at 2026-11-27T16:00
  panel done upload-records --date 2026-11-26 R-2026-0142 R-2026-0143
  panel done placement-plan R-2026-0142 --at 2026-11-20")]
pub(crate) struct Args {
    /// Id of the duty, as `panel deadlines` prints it, or of the time limit, as `panel check` does
    id: String,
    /// References of the children for whom it is done
    references: Vec<String>,
    /// Day of the meeting, for a duty of the office
    #[arg(long, value_name = "DAY", value_parser = day)]
    date: Option<Day>,
    /// The panel, where several meet that day
    #[arg(long, value_name = "ID", requires = "date")]
    panel: Option<String>,
    /// When it was done [default: now]
    #[arg(long, value_name = "DATETIME", value_parser = moment, visible_alias = "on")]
    at: Option<Moment>,
    /// Who signed, for a duty that a signature meets
    #[arg(long, value_name = "NAME", requires = "role")]
    by: Option<String>,
    /// The post of the one who signed
    #[arg(long, value_name = "ROLE", requires = "by")]
    role: Option<String>,
    /// Show what would be written, write nothing
    #[arg(long)]
    dry_run: bool,
}

pub(super) fn run(args: &Args, session: &mut Session<'_>) -> Result<Exit> {
    let writing = Writing::begin(session, args.dry_run)?;
    let desk = writing.world.desk();
    let at = args.at.unwrap_or_else(|| now(&desk));
    not_to_come(&desk, at.day())?;
    let changes = match args.date {
        Some(date) => {
            let meeting = meeting_on(&desk, date, args.panel.as_deref())?;
            for_duty(&desk, meeting, args, at)?
        }
        None => for_time_limit(&desk, args, at)?,
    };
    writing.make(&changes, session)?;
    Ok(Exit::Clean)
}

/// The time limits that a council's file has, on, for a case.
fn timer_of<'a>(rules: &'a Council, id: &str) -> Option<&'a Timer> {
    rules.timers.iter().find(|timer| timer.id == id)
}

/// A time limit is of one child: it is marked in that child's own record, and never for others
/// who happen to be heard at the same meeting.
fn for_time_limit(desk: &Desk<'_>, args: &Args, at: Moment) -> Result<Vec<Record>> {
    let id = &args.id;
    let all = || {
        let of_cases = desk.cases().iter().map(|case| case.rules);
        [desk.council].into_iter().chain(of_cases)
    };
    if all().find_map(|rules| timer_of(rules, id)).is_none() {
        let is_duty = all().any(|rules| rules.deadlines.iter().any(|rule| rule.id == *id));
        if is_duty {
            return Err(Trouble::usage(format!(
                "`{id}` is a duty of the office for a meeting: it is not said which"
            ))
            .hint("name the meeting with --date")
            .into());
        }
        let ids = all().flat_map(|rules| {
            let timers = rules.timers.iter().map(|timer| timer.id.as_str());
            timers.chain(rules.deadlines.iter().map(|rule| rule.id.as_str()))
        });
        let trouble = Trouble::usage(format!(
            "`{id}` is neither a deadline nor a time limit of this council"
        ));
        return Err(match nearest(id, ids) {
            Some(near) => trouble.hint(format!("did you mean `{near}`?")),
            None => trouble.hint("`panel deadlines --date DAY` lists what the office owes, `panel rules` the time limits"),
        }
        .into());
    }
    if args.by.is_some() {
        return Err(Trouble::usage(format!("`{id}` is not met by a signature"))
            .hint("leave --by and --role out")
            .into());
    }
    if args.references.is_empty() {
        return Err(Trouble::usage(format!(
            "`{id}` is a time limit of a case: it is not said of which"
        ))
        .hint(format!("name the children: `panel done {id} REFERENCE`"))
        .into());
    }
    args.references
        .iter()
        .map(|reference| {
            let case = case_of(desk, reference)?;
            Ok(for_case(desk, case, id, at)?)
        })
        .collect()
}

fn for_case(desk: &Desk<'_>, case: &Case<'_>, id: &str, at: Moment) -> Result<Record, Trouble> {
    let reference = case.reference();
    // What the panel has decided on is never changed: what follows stands beside the decision.
    let decided = case.last().filter(|made| made.is_final());
    let mut record = match decided {
        Some(made) => Record::of_after(made, reference),
        None => Record::of(case.file),
    };
    let running = desk.timers(case);
    let Some(running) = running.iter().find(|running| running.timer.id == id) else {
        if let Some(done) = case.referral().done.get(id) {
            return Err(already(&case.file.path, Moment::on(*done)));
        }
        let mut marked = case.decisions.iter().rev().filter_map(|made| made.after);
        let marked = marked.find_map(|after| Some((after, *after.record.done.get(id)?)));
        if let Some((after, done)) = marked {
            return Err(already(&after.path, done));
        }
        let basis = timer_of(case.rules, id).map(|timer| resting_on(&timer.basis));
        return Err(Trouble::refused(format!(
            "`{id}` does not run for {reference}{}; nothing was written",
            basis.unwrap_or_default()
        ))
        .hint("`panel diary` lists what runs for each child"));
    };
    if at.day() < running.from {
        return Err(Trouble::refused(format!(
            "`{id}` runs for {reference} from {}: it cannot have been done on {}; nothing was written",
            running.from.with_weekday(),
            at.day().with_weekday()
        )));
    }
    let value = match decided {
        Some(_) => Written::word(at),
        None => Written::word(at.day()),
    };
    record.set(&["done", id], &value)?;
    Ok(record)
}

fn for_duty(
    desk: &Desk<'_>,
    meeting: &PanelMeeting<'_>,
    args: &Args,
    at: Moment,
) -> Result<Vec<Record>> {
    if meeting.is_cancelled {
        return Err(Trouble::refused("the meeting was called off; nothing is owed for it").into());
    }
    let meeting = desk.meeting_in(&meeting.id).unwrap_or(meeting);
    let rule = rule_of(desk, meeting, &args.id)?;
    not_before(meeting, rule, at)?;
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
        .map(|child| Ok(for_child(child, &keys, &value)?))
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

/// Refuses a mark from before the meeting for what only follows it: of the wrong meeting, most
/// likely, and the right one would go on to be told as late.
fn not_before(meeting: &PanelMeeting<'_>, rule: &Deadline, at: Moment) -> Result<(), Trouble> {
    let follows = matches!(rule.anchor, Anchor::Meeting | Anchor::Start | Anchor::End);
    if !follows || at.day() >= meeting.on {
        return Ok(());
    }
    Err(Trouble::refused(format!(
        "`{}` follows the meeting of {}: it cannot have been done on {}; nothing was written",
        rule.id,
        meeting.on.with_weekday(),
        at.day().with_weekday()
    ))
    .hint("name the meeting that it was done for with --date"))
}

fn for_meeting(meeting: &PanelMeeting<'_>, rule: &Deadline, at: Moment) -> Result<Record, Trouble> {
    let mut record = Record::of_meeting(meeting);
    let own = meeting.folder.and_then(|folder| folder.meeting.as_ref());
    if let Some(before) = own.and_then(|file| file.record.done.get(&rule.id)) {
        return Err(already(&record.place, *before));
    }
    record.set(&["done", &rule.id], &Written::word(at))?;
    Ok(record)
}

fn already(place: &str, before: Moment) -> Trouble {
    Trouble::refused(format!(
        "it is marked as done, {}; nothing was written",
        before.in_words()
    ))
    .hint(format!("if that is wrong, put it right in {place}"))
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
                "`{}` is owed for no child of this meeting, or done for each; nothing was written",
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
) -> Result<(Vec<&'r str>, Written)> {
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
                    "the running log is signed by the {}{}; nothing was written",
                    rules.role_label(&wanted.signed_by).to_lowercase(),
                    resting_on(&wanted.basis)
                ))
                .into());
            }
            let mut signed = person(spoken("--by", name)?, &post(desk, role)?);
            signed.push(("on", Written::word(at.day())));
            Ok((vec!["log_signed"], Written::Group(signed)))
        }
        (_, Some(_)) => Err(
            Trouble::usage(format!("`{}` is not met by a signature", rule.id))
                .hint("leave --by and --role out")
                .into(),
        ),
        (Some(MetBy::ToldFamily), None) => Ok((vec!["told_family"], Written::word(at.day()))),
        (Some(MetBy::Uploaded), None) => Ok((vec!["uploaded"], Written::word(at))),
        (None, None) => Ok((vec!["done", &rule.id], Written::word(at))),
    }
}

fn for_child(child: &ChildDuty<'_, '_>, keys: &[&str], value: &Written) -> Result<Record, Trouble> {
    let mut record = Record::of_after(child.made, child.case.reference());
    let before = child.made.after.and_then(|file| match keys {
        ["uploaded"] => file.record.uploaded,
        ["done", id] => file.record.done.get(id).copied(),
        ["told_family"] => file.record.told_family.map(Moment::on),
        _ => {
            let signed = file.record.log_signed.as_ref()?;
            signed.on.map(Moment::on)
        }
    });
    match before {
        // Done, and due anew since: the mark is of the last time.
        Some(_) if child.state.is_open() => record.change(keys, value)?,
        Some(before) => return Err(already(&record.place, before)),
        None => record.set(keys, value)?,
    }
    Ok(record)
}
