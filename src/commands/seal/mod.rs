//! `panel minutes --final`: the record of a meeting made final, and what vouches for it.

mod correction;
mod unfinished;
mod written;

use super::changes::{post, spoken};
use super::minutes::Args;
use super::session::{Exit, Session, Trouble, World};
use crate::desk::{Desk, PanelMeeting};
use crate::documents::{self, Document};
use crate::findings::Severity;
use crate::folder::{Before, Kept, minutes_named, sealed_line, stays_inside, write};
use crate::output;
use anyhow::{Context, Result};
use correction::Correction;
use serde::Serialize;
use written::Said;

/// The key of a meeting's file that goes on being written: what has been done for it.
const GOES_ON: &str = "done";

/// Who makes a record final.
#[derive(Serialize)]
struct By {
    name: String,
    role: String,
}

/// Makes the minutes and each child's record, and seals them with the decisions that they tell of;
/// or, where the meeting's own record is corrected, the minutes alone, beside those that were sealed.
pub(super) fn run(
    args: &Args,
    (name, role): (&str, &str),
    world: &World,
    session: &mut Session<'_>,
) -> Result<Exit> {
    let desk = world.desk();
    let meeting = super::named::meeting_on(&desk, args.date, args.panel.as_deref())?;
    can_be_sealed(&desk, meeting, args.correct().is_some())?;
    super::named::can_read(&desk, &meeting.id, None)?;
    let correction = args.correct();
    let correction = correction.map(|reason| correction::of(&desk, meeting, reason));
    let correction = correction.transpose()?;
    args.name_nobody_else(&desk, meeting, session)?;
    spoken("--by", name)?;
    if let Some(reason) = args.as_it_stands() {
        spoken("--as-it-stands", reason)?;
    }
    let by = By {
        name: name.trim().to_owned(),
        role: post(&desk, role)?,
    };
    let said = Said {
        by: &by,
        as_it_stands: args.as_it_stands(),
        correction: correction.as_ref(),
    };
    let papers = papers(&desk, meeting, args, &said)?;
    let kept = world.folder.kept()?;
    stands_as_decided(&desk, meeting, &kept, &papers)?;
    unfinished::is_whole(args, &desk, meeting, session)?;
    let planned = written::planned(&desk, meeting, &said, &kept, papers)?;
    let changes = planned
        .iter()
        .filter(|file| !matches!(&file.before, Before::Bytes(_)));
    let places: Vec<String> = changes
        .map(|file| output::visible(&file.place) + "\n")
        .collect();
    if !args.is_dry_run() {
        let lock = world.lock.as_ref().context("the folder was not locked")?;
        write(&world.folder.root, &planned, lock).context("the record was not made final")?;
    }
    session.print(&places.concat())?;
    Ok(Exit::Clean)
}

fn can_be_sealed(
    desk: &Desk<'_>,
    meeting: &PanelMeeting<'_>,
    is_correction: bool,
) -> Result<(), Trouble> {
    let on = meeting.on.with_weekday();
    if !is_correction && meeting.folder.is_some_and(|folder| folder.is_final()) {
        return Err(Trouble::refused(format!(
            "the minutes of {on} are sealed; nothing was written"
        ))
        .hint(format!("what the panel changes afterwards is an amendment of the decision: `panel decide REFERENCE {when} --amend REASON --from FILE`; where the meeting's own record was wrong, put meeting.yaml right and correct it: `panel minutes {when} --final --correct REASON --by NAME --role ROLE`", when = meeting.as_arguments())));
    }
    if meeting.is_cancelled {
        return Err(Trouble::refused(format!(
            "the meeting of {on} was called off: it has no final record; nothing was written"
        )));
    }
    if meeting.starts_at > desk.as_of {
        return Err(Trouble::refused(format!(
            "the meeting of {on} has not begun: it has no final record yet; nothing was written"
        )));
    }
    if meeting.folder.is_none_or(|folder| folder.meeting.is_none()) {
        return Err(Trouble::refused(format!(
            "there is no meeting.yaml for {on}: who came is not on record; nothing was written"
        ))
        .hint("write it first; `panel schema meeting` says what stands in one"));
    }
    Ok(())
}

/// The minutes, and the record of each child that the meeting decided on: place and text. A correction
/// makes the minutes alone: no child's record tells of the meeting itself.
fn papers(
    desk: &Desk<'_>,
    meeting: &PanelMeeting<'_>,
    args: &Args,
    said: &Said<'_>,
) -> Result<Vec<(String, String)>> {
    if let Some(correction) = said.correction {
        return Ok(vec![corrected_minutes(
            desk, meeting, args, said, correction,
        )?]);
    }
    let options = args.options();
    let made = desk.cases().iter().flat_map(|case| {
        let here = case
            .decisions
            .iter()
            .filter(|made| made.meeting == meeting.id);
        here.map(move |made| documents::record(desk, case, made, options))
    });
    let minutes = documents::minutes(desk, meeting, options);
    all_are_heard(&minutes.view, meeting)?;
    let minutes = std::iter::once(paper(&minutes, &sealed_line(1)));
    minutes.chain(made.map(|made| paper(&made, ""))).collect()
}

/// A document's place and text, with what it says of being sealed.
fn paper(document: &Document, seal: &str) -> Result<(String, String)> {
    if !stays_inside(&document.place) {
        let place = &document.place;
        return Err(Trouble::usage(format!("`{place}` leads out of the case folder")).into());
    }
    let text = output::visible_lines(&document.text()?) + seal;
    Ok((document.place.clone(), text))
}

/// The minutes as they are once the correction is on record: they tell of it.
fn corrected_minutes(
    desk: &Desk<'_>,
    meeting: &PanelMeeting<'_>,
    args: &Args,
    said: &Said<'_>,
    correction: &Correction,
) -> Result<(String, String)> {
    let own = written::file(desk, meeting, said, Vec::new())?;
    let folder = desk.folder.with(std::slice::from_ref(&own));
    let then = Desk::new(&folder, desk.book, desk.as_of, desk.scope);
    let meeting = then.meeting_in(&meeting.id).context("it was looked at")?;
    let minutes = documents::minutes(&then, meeting, args.options());
    let (_, text) = paper(&minutes, &sealed_line(correction.number))?;
    let name = minutes_named(correction.number);
    Ok((format!("meetings/{}/{name}", meeting.id), text))
}

/// While the meeting's day lasts, what its minutes have as still to be heard can still be decided
/// there, and not once they are sealed. From the next day on it is carried over.
fn all_are_heard(minutes: &serde_json::Value, meeting: &PanelMeeting<'_>) -> Result<(), Trouble> {
    let rows = minutes["not_reached"].as_array().into_iter().flatten();
    let rows = rows.filter(|row| row["is_withdrawn"] != true);
    let waiting: Vec<&str> = rows.filter_map(|row| row["reference"].as_str()).collect();
    if minutes["is_over"] == true || waiting.is_empty() {
        return Ok(());
    }
    Err(Trouble::refused(format!(
        "still to be heard or recorded at the meeting of {}: {}; nothing was written",
        meeting.on.with_weekday(),
        waiting.join(", ")
    ))
    .hint("sealed minutes take no decision any more: record each with `panel decide` first, or seal them from the next day on; --write keeps minutes that are not sealed"))
}

/// Nothing is vouched for that does not stand as it was decided. What is made anew does not count.
fn stands_as_decided(
    desk: &Desk<'_>,
    meeting: &PanelMeeting<'_>,
    kept: &[Kept],
    papers: &[(String, String)],
) -> Result<(), Trouble> {
    let is_remade = |file: &str| papers.iter().any(|(place, _)| place == file);
    let against: Vec<String> = desk
        .doubts(kept)
        .into_iter()
        .filter(|doubt| !correction::is_what_it_is_for(doubt, meeting))
        .map(|doubt| doubt.finding)
        .filter(|finding| finding.meeting.as_deref() == Some(meeting.id.as_str()))
        .filter(|finding| finding.severity == Severity::Error && !is_remade(&finding.place.file))
        .map(|finding| format!("\n  {}: {}", finding.place.file, finding.message))
        .collect();
    if against.is_empty() {
        return Ok(());
    }
    Err(Trouble::refused(format!(
        "what was decided on {} does not stand as it was decided; nothing was written:{}",
        meeting.on.with_weekday(),
        against.concat()
    ))
    .hint("`panel verify` says what to do about each"))
}
