//! A meeting's own record corrected after its minutes were sealed: what was sealed stays, and a final
//! record with minutes of its own stands beside it.

use super::GOES_ON;
use crate::commands::changes::spoken;
use crate::commands::session::Trouble;
use crate::desk::{Desk, Doubt, PanelMeeting};
use crate::documents::meeting_differing;
use crate::folder::{MeetingFolder, SealFile, digest_apart_from, read_meeting, seal_named};
use crate::records::{Corrects, Text};
use anyhow::{Context, Result};

/// The next final record of a meeting, and what it corrects in the one before it.
pub(super) struct Correction {
    /// The number in its name.
    pub(super) number: u32,
    /// What it says of itself.
    pub(super) corrects: Corrects,
}

/// What is corrected, and why; refused where nothing is sealed, or nothing in it differs.
pub(super) fn of(desk: &Desk<'_>, meeting: &PanelMeeting<'_>, reason: &str) -> Result<Correction> {
    let on = meeting.on.with_weekday();
    spoken("--correct", reason)?;
    let folder = meeting.folder.context("it was looked at")?;
    let Some(last) = folder.seals.last() else {
        return Err(Trouble::refused(format!(
            "the minutes of {on} have not been made final: nothing was written"
        ))
        .hint("put meeting.yaml right; without --correct they are made final with it")
        .into());
    };
    can_be_followed(desk, last, &on)?;
    let file = folder.meeting.as_ref().context("it was looked at")?;
    let sealed = &last.file.record;
    let was = sealed.files.iter().find(|own| own.file == file.path);
    let now = digest_apart_from(&file.bytes(), GOES_ON);
    let mut differs = differing(last, &file.record);
    let taken_off = taken_off(folder, last);
    if was.is_some_and(|was| was.digest == now) {
        differs.clear();
    }
    differs.extend(taken_off);
    if differs.is_empty() && was.is_some_and(|was| was.digest == now) {
        return Err(Trouble::refused(format!(
            "nothing differs from what was sealed in {}: nothing was written",
            last.file.path
        ))
        .hint(format!("put {} right first; what the panel changes in a decision is an amendment: `panel decide REFERENCE {} --amend REASON --from FILE`", file.path, meeting.as_arguments()))
        .into());
    }
    Ok(Correction {
        number: last.number + 1,
        corrects: Corrects {
            record: Some(seal_named(last.number).into()),
            reason: Some(reason.trim().into()),
            differs,
        },
    })
}

fn can_be_followed(desk: &Desk<'_>, last: &SealFile, on: &str) -> Result<(), Trouble> {
    if !last.file.faults.is_empty() {
        return Err(Trouble::refused(format!(
            "{} cannot be used, so what was sealed of {on} is not known; nothing was written",
            last.file.path
        ))
        .hint("`panel verify` tells what is wrong with it"));
    }
    if let Some(day) = last.file.record.sealed_on.filter(|day| *day > desk.today()) {
        return Err(Trouble::refused(format!(
            "the minutes of {on} were made final on {}, which is still to come; nothing was written",
            day.with_weekday()
        ))
        .hint("give the day of the correction with --as-of, or look at this machine's clock"));
    }
    Ok(())
}

/// What differs, in words. An older final record has no text of the meeting's record.
fn differing(last: &SealFile, now: &crate::records::Meeting) -> Vec<Text> {
    let Some(text) = &last.file.record.meeting else {
        return Vec::new();
    };
    let before = read_meeting(last.file.path.clone(), text.as_bytes().to_vec());
    let mut now = now.clone();
    now.done.clone_from(&before.record.done);
    match meeting_differing(&before.record, &now)[..] {
        [] => vec!["how it is written down".into()],
        ref parts => parts.iter().map(|what| (*what).into()).collect(),
    }
}

/// Decisions that were taken off the record since, in words: their cases stand in these minutes no
/// more.
fn taken_off(folder: &MeetingFolder, last: &SealFile) -> Vec<Text> {
    let is_sealed = |path: &str| last.file.record.files.iter().any(|own| own.file == path);
    let decisions = folder.decisions.iter().map(|own| &own.file);
    decisions
        .filter(|file| file.record.is_void() && !is_sealed(&file.path))
        .map(|file| {
            let reference = &file.record.referral;
            format!("the decision on {reference}, which was put down by mistake and taken off the record").into()
        })
        .collect()
}

/// Whether a doubt is of what the correction is made for: the meeting's own file is another one.
pub(super) fn is_what_it_is_for(doubt: &Doubt, meeting: &PanelMeeting<'_>) -> bool {
    let own = format!("meetings/{}/meeting.yaml", meeting.id);
    doubt.finding.rule == "sealed-changed" && doubt.finding.place.file == own
}
