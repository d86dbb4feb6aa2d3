//! `panel minutes --final`: the record of a meeting made final, and what vouches for it.

use super::changes::{post, spoken};
use super::minutes::Args;
use super::session::{Exit, Session, Trouble, World};
use crate::desk::{Desk, PanelMeeting};
use crate::documents::{self, Document};
use crate::findings::Severity;
use crate::folder::{
    Before, Kept, OWN_DIGEST, Planned, SEALED, digest_apart_from, digest_of, read_seal,
    stays_inside, write,
};
use crate::output;
use crate::records::Day;
use anyhow::{Context, Result};
use serde::Serialize;

/// The key of a meeting's file that goes on being written: what has been done for it.
const GOES_ON: &str = "done";

/// `final.yaml` as it is written.
#[derive(Serialize)]
struct Written {
    date: Day,
    sealed_by: Who,
    sealed_on: Day,
    files: Vec<Sealed>,
}

#[derive(Serialize)]
struct Who {
    name: String,
    role: String,
}

#[derive(Serialize)]
struct Sealed {
    file: String,
    digest: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    apart_from: Option<&'static str>,
}

/// Makes the minutes and each child's record, and seals them with the decisions that they tell of.
pub(super) fn run(
    args: &Args,
    (name, role): (&str, &str),
    world: &World,
    session: &mut Session<'_>,
) -> Result<Exit> {
    let desk = world.desk();
    let meeting = super::named::meeting_on(&desk, args.date, args.panel.as_deref())?;
    can_be_sealed(&desk, meeting)?;
    super::named::can_read(&desk, &meeting.id, None)?;
    args.name_nobody_else(&desk, meeting, session)?;
    spoken("--by", name)?;
    let by = Who {
        name: name.trim().to_owned(),
        role: post(&desk, role)?,
    };
    let papers = papers(&desk, meeting, args)?;
    let kept = world.folder.kept()?;
    stands_as_decided(&desk, meeting, &kept, &papers)?;
    let planned = planned(&desk, meeting, by, &kept, papers)?;
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

fn can_be_sealed(desk: &Desk<'_>, meeting: &PanelMeeting<'_>) -> Result<(), Trouble> {
    let on = meeting.on.with_weekday();
    if meeting.folder.is_some_and(|folder| folder.is_final) {
        return Err(Trouble::refused(format!(
            "the minutes of {on} are sealed; nothing was written"
        ))
        .hint("what the panel changes afterwards is an amendment of the decision: `panel decide REFERENCE --date DAY --amend REASON --from FILE`"));
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

/// The minutes, and the record of each child that the meeting decided on: place and text.
fn papers(
    desk: &Desk<'_>,
    meeting: &PanelMeeting<'_>,
    args: &Args,
) -> Result<Vec<(String, String)>> {
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
    let all = std::iter::once((minutes, SEALED)).chain(made.map(|made| (made, "")));
    all.map(|(document, seal): (Document, &str)| {
        if !stays_inside(&document.place) {
            let place = &document.place;
            return Err(Trouble::usage(format!("`{place}` leads out of the case folder")).into());
        }
        let text = output::visible_lines(&document.text()?) + seal;
        Ok((document.place, text))
    })
    .collect()
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

/// The files that are written, and those that are vouched for and must still be what was read.
fn planned(
    desk: &Desk<'_>,
    meeting: &PanelMeeting<'_>,
    by: Who,
    kept: &[Kept],
    papers: Vec<(String, String)>,
) -> Result<Vec<Planned>> {
    let folder = meeting.folder.context("it was looked at")?;
    let mut files = Vec::new();
    let mut planned = Vec::new();
    for (place, text) in papers {
        files.push(Sealed {
            digest: digest_of(text.as_bytes()),
            file: place.clone(),
            apart_from: None,
        });
        planned.push(Planned {
            before: Before::Anything,
            ..Planned::new(place, text)
        });
    }
    for decision in &folder.decisions {
        let file = &decision.file;
        files.push(Sealed {
            digest: file.digest(),
            file: file.path.clone(),
            apart_from: None,
        });
        planned.push(Planned::relied_on(&file.path, &file.bytes()));
    }
    let ending = format!("/{}-letter.md", meeting.id);
    let letters = kept.iter().filter(|file| file.path.ends_with(&ending));
    for (file, bytes) in letters.filter_map(|file| Some((file, file.bytes.as_ref()?))) {
        files.push(Sealed {
            digest: digest_of(bytes),
            file: file.path.clone(),
            apart_from: None,
        });
        planned.push(Planned::relied_on(&file.path, bytes));
    }
    if let Some(file) = &folder.meeting {
        files.push(Sealed {
            digest: digest_apart_from(&file.bytes(), GOES_ON),
            file: file.path.clone(),
            apart_from: Some(GOES_ON),
        });
        planned.push(Planned::relied_on(&file.path, &file.bytes()));
    }
    files.sort_by(|one, other| one.file.cmp(&other.file));
    let written = Written {
        date: meeting.day,
        sealed_by: by,
        sealed_on: desk.today(),
        files,
    };
    let text = serde_yaml::to_string(&written).context("it could not be put into YAML")?;
    let own = digest_apart_from(text.as_bytes(), OWN_DIGEST);
    let text = format!("{text}{OWN_DIGEST}: {own}\n");
    let place = format!("meetings/{}/final.yaml", meeting.id);
    let again = read_seal(place.clone(), text.clone().into_bytes());
    if let Some(fault) = again.faults.first() {
        return Err(Trouble::refused(format!(
            "{place} could not be read again: {}; nothing was written",
            fault.message
        ))
        .hint("raise that limit under [limits] in panel.toml")
        .into());
    }
    planned.push(Planned::new(place, text));
    Ok(planned)
}
