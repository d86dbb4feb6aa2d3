//! `final.yaml` as it is written, and the files that it vouches for.

use super::correction::Correction;
use super::{By, GOES_ON};
use crate::commands::session::Trouble;
use crate::desk::{Desk, PanelMeeting};
use crate::folder::{
    Before, Kept, MeetingFolder, OWN_DIGEST, Planned, digest_apart_from, digest_of, read_seal,
    seal_named, text_apart_from,
};
use crate::records::{Day, Text};
use anyhow::{Context, Result};
use serde::Serialize;

/// `final.yaml` as it is written.
#[derive(Serialize)]
struct Written<'w> {
    date: Day,
    sealed_by: &'w By,
    sealed_on: Day,
    #[serde(skip_serializing_if = "Option::is_none")]
    as_it_stands: Option<&'w str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    corrects: Option<WrittenCorrects<'w>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    meeting: Option<String>,
    files: Vec<Sealed>,
}

#[derive(Serialize)]
struct WrittenCorrects<'w> {
    record: Option<&'w Text>,
    reason: Option<&'w Text>,
    #[serde(skip_serializing_if = "<[Text]>::is_empty")]
    differs: &'w [Text],
}

#[derive(Serialize)]
struct Sealed {
    file: String,
    digest: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    apart_from: Option<&'static str>,
}

impl Sealed {
    fn whole(file: &str, bytes: &[u8]) -> Self {
        Self {
            file: file.to_owned(),
            digest: digest_of(bytes),
            apart_from: None,
        }
    }
}

/// What a final record says of itself.
pub(super) struct Said<'s> {
    pub(super) by: &'s By,
    pub(super) as_it_stands: Option<&'s str>,
    pub(super) correction: Option<&'s Correction>,
}

impl Said<'_> {
    fn number(&self) -> u32 {
        self.correction.map_or(1, |own| own.number)
    }
}

/// The file of the final record, with the files that it vouches for.
pub(super) fn file(
    desk: &Desk<'_>,
    meeting: &PanelMeeting<'_>,
    said: &Said<'_>,
    files: Vec<(String, Vec<u8>)>,
) -> Result<Planned> {
    let folder = meeting.folder.context("it was looked at")?;
    let mut files: Vec<Sealed> = files
        .iter()
        .map(|(file, bytes)| Sealed::whole(file, bytes))
        .collect();
    let own = folder.meeting.as_ref();
    files.extend(own.map(|file| Sealed {
        digest: digest_apart_from(&file.bytes(), GOES_ON),
        file: file.path.clone(),
        apart_from: Some(GOES_ON),
    }));
    files.sort_by(|one, other| one.file.cmp(&other.file));
    let written = Written {
        date: meeting.day,
        sealed_by: said.by,
        sealed_on: desk.today(),
        as_it_stands: said.as_it_stands.map(str::trim),
        corrects: said.correction.map(|own| WrittenCorrects {
            record: own.corrects.record.as_ref(),
            reason: own.corrects.reason.as_ref(),
            differs: &own.corrects.differs,
        }),
        meeting: own.map(|file| text_apart_from(&file.bytes(), GOES_ON)),
        files,
    };
    let text = serde_yaml::to_string(&written).context("it could not be put into YAML")?;
    let own = digest_apart_from(text.as_bytes(), OWN_DIGEST);
    let text = format!("{text}{OWN_DIGEST}: {own}\n");
    let place = format!("meetings/{}/{}", meeting.id, seal_named(said.number()));
    let again = read_seal(place.clone(), text.clone().into_bytes());
    if let Some(fault) = again.faults.first() {
        return Err(Trouble::refused(format!(
            "{place} could not be read again: {}; nothing was written",
            fault.message
        ))
        .hint("raise that limit under [limits] in panel.toml")
        .into());
    }
    Ok(Planned::new(place, text))
}

/// The files that are written, and those that are vouched for and must still be what was read.
pub(super) fn planned(
    desk: &Desk<'_>,
    meeting: &PanelMeeting<'_>,
    said: &Said<'_>,
    kept: &[Kept],
    papers: Vec<(String, String)>,
) -> Result<Vec<Planned>> {
    let folder = meeting.folder.context("it was looked at")?;
    let mut files = Vec::new();
    let mut planned = Vec::new();
    for (place, text) in papers {
        files.push((place.clone(), text.clone().into_bytes()));
        let paper = Planned::new(place, text);
        planned.push(match said.correction {
            // Beside what was sealed nothing is written over.
            Some(_) => paper,
            None => Planned {
                before: Before::Anything,
                ..paper
            },
        });
    }
    for (path, bytes) in standing(folder, kept, said.correction.is_some()) {
        planned.push(Planned::relied_on(&path, &bytes));
        files.push((path, bytes));
    }
    let own = folder.meeting.iter();
    planned.extend(own.map(|file| Planned::relied_on(&file.path, &file.bytes())));
    planned.push(file(desk, meeting, said, files)?);
    Ok(planned)
}

/// What is not made anew and is vouched for: decisions and letters; for a correction also the records
/// that were made final, and the final records before it.
fn standing(folder: &MeetingFolder, kept: &[Kept], is_correction: bool) -> Vec<(String, Vec<u8>)> {
    let decisions = folder.decisions.iter().map(|decision| &decision.file);
    let mut files: Vec<(String, Vec<u8>)> = decisions
        .map(|file| (file.path.clone(), file.bytes().into_owned()))
        .collect();
    let papers = kept.iter().filter(|file| match is_correction {
        true => is_paper_of(&folder.id, &file.path),
        false => file.path.ends_with(&format!("/{}-letter.md", folder.id)),
    });
    files.extend(papers.filter_map(|file| Some((file.path.clone(), file.bytes.clone()?))));
    let seals = folder.seals.iter();
    files.extend(seals.map(|own| (own.file.path.clone(), own.file.bytes().into_owned())));
    files
}

/// Whether a path is that of a child's record of a decision of the meeting, or of a letter about one.
fn is_paper_of(id: &str, path: &str) -> bool {
    let steps: Vec<&str> = path.split('/').collect();
    let ["records", _, name] = steps[..] else {
        return false;
    };
    let stem = name
        .strip_suffix(".md")
        .map(|stem| stem.strip_suffix("-letter").unwrap_or(stem));
    let rest = stem.and_then(|stem| stem.strip_prefix(id));
    rest.is_some_and(|rest| {
        let number = rest.strip_prefix('.');
        rest.is_empty() || number.is_some_and(|own| own.bytes().all(|byte| byte.is_ascii_digit()))
    })
}
