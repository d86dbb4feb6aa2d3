//! Final records: every file that `final.yaml` vouches for is still what it was.

use super::{Desk, Doubt, amendment_of, name_of, named};
use crate::findings::Severity;
use crate::folder::{Kept, MeetingFolder, OWN_DIGEST, digest_apart_from, read_seal, without_seal};
use crate::records::Seal;
use std::collections::BTreeMap;

pub(super) fn look(desk: &Desk<'_>, kept: &[Kept], found: &mut Vec<Doubt>) {
    let files: BTreeMap<&str, &Kept> = kept.iter().map(|file| (file.path.as_str(), file)).collect();
    for folder in desk.folder.meetings.iter().filter(|folder| folder.is_final) {
        let path = format!("meetings/{}/final.yaml", folder.id);
        let bytes = files.get(path.as_str()).and_then(|file| file.bytes.clone());
        let bytes = bytes.unwrap_or_default();
        let seal = read_seal(path.clone(), bytes.clone());
        if let Some(fault) = seal.faults.first() {
            found.push(Doubt::error(
                "seal-unreadable",
                &path,
                format!(
                    "what vouches for this final record cannot be used (line {}): {}",
                    fault.span.line, fault.message
                ),
                "put it back as `panel minutes --final` wrote it, from a copy or from git",
            ));
            continue;
        }
        is_itself(folder, &path, &bytes, &seal.record, found);
        still_stand(desk, folder, &seal.record, &files, found);
        nothing_came_after(folder, &path, &seal.record, found);
    }
    for folder in desk
        .folder
        .meetings
        .iter()
        .filter(|folder| !folder.is_final)
    {
        is_not_lost(folder, &files, found);
    }
    // A paper that is sealed is not made again: that its decision was amended is told once.
    let sealed: Vec<String> = sealed_files(desk, &files);
    found.retain(|doubt| {
        doubt.finding.rule != "out-of-date" || !sealed.contains(&doubt.finding.place.file)
    });
}

/// A final record that has a digest of itself is still what it was. Older ones have none.
fn is_itself(
    folder: &MeetingFolder,
    path: &str,
    bytes: &[u8],
    seal: &Seal,
    found: &mut Vec<Doubt>,
) {
    let own = digest_apart_from(bytes, OWN_DIGEST);
    if seal.own_digest.as_deref().is_none_or(|was| was == own) {
        return;
    }
    found.push(
        Doubt::error(
            "sealed-changed",
            path,
            "this has been edited since it was written: who sealed the meeting, when, or what is vouched for is no longer what it was",
            "put it back as `panel minutes --final` wrote it, from a copy or from git",
        )
        .of_meeting(&folder.id),
    );
}

/// Minutes that say that they were sealed have what vouches for them.
fn is_not_lost(folder: &MeetingFolder, files: &BTreeMap<&str, &Kept>, found: &mut Vec<Doubt>) {
    let minutes = format!("meetings/{}/minutes.md", folder.id);
    let bytes = files
        .get(minutes.as_str())
        .and_then(|file| file.bytes.as_deref());
    if bytes.and_then(without_seal).is_none() {
        return;
    }
    found.push(
        Doubt::error(
            "sealed-missing",
            &format!("meetings/{}/final.yaml", folder.id),
            "the minutes beside it were sealed, and what vouches for them is not there",
            "put it back from a copy or from git",
        )
        .of_meeting(&folder.id),
    );
}

fn sealed_files(desk: &Desk<'_>, files: &BTreeMap<&str, &Kept>) -> Vec<String> {
    let folders = desk.folder.meetings.iter().filter(|folder| folder.is_final);
    folders
        .filter_map(|folder| {
            let path = format!("meetings/{}/final.yaml", folder.id);
            let bytes = files.get(path.as_str())?.bytes.clone()?;
            Some(read_seal(path, bytes).record.files.clone())
        })
        .flatten()
        .map(|sealed| sealed.file.into())
        .collect()
}

fn still_stand(
    desk: &Desk<'_>,
    folder: &MeetingFolder,
    seal: &Seal,
    files: &BTreeMap<&str, &Kept>,
    found: &mut Vec<Doubt>,
) {
    let by = seal
        .sealed_by
        .as_ref()
        .and_then(|by| by.name.as_deref())
        .unwrap_or("somebody");
    let on = seal
        .sealed_on
        .map(|day| format!(" on {}", day.with_weekday()))
        .unwrap_or_default();
    for sealed in &seal.files {
        let file = files.get(sealed.file.as_str());
        let Some(bytes) = file.and_then(|file| file.bytes.as_deref()) else {
            found.push(
                Doubt::error(
                    "sealed-missing",
                    &sealed.file,
                    format!("{by} sealed this file{on}, and it is not there"),
                    "put it back from a copy or from git",
                )
                .of_meeting(&folder.id),
            );
            continue;
        };
        let digest = match &sealed.apart_from {
            Some(key) => digest_apart_from(bytes, key),
            None => crate::folder::digest_of(bytes),
        };
        if digest == sealed.digest {
            continue;
        }
        let doubt = Doubt::error(
            "sealed-changed",
            &sealed.file,
            format!("this has been edited since {by} sealed it{on}"),
            format!("put it back as it was; what the panel changes afterwards is an amendment, which stands beside the decision: {}", amendment_of(desk, &sealed.file)),
        )
        .of_meeting(&folder.id);
        found.push(match &sealed.apart_from {
            // Its digest is of no file that ever stood there.
            Some(_) => doubt,
            None => doubt.differs(&sealed.file, &sealed.digest),
        });
    }
}

/// Decisions that the final record does not have.
fn nothing_came_after(folder: &MeetingFolder, path: &str, seal: &Seal, found: &mut Vec<Doubt>) {
    let has = |file: &str| seal.files.iter().any(|sealed| sealed.file == file);
    let minutes = Some(format!("meetings/{}/minutes.md", folder.id));
    let meeting = folder.meeting.as_ref().map(|file| file.path.clone());
    let wanted = [("minutes", minutes), ("meeting", meeting)];
    for (what, file) in wanted {
        if file.is_none_or(|file| has(&file)) {
            continue;
        }
        found.push(Doubt::error(
            "seal-unreadable",
            path,
            format!("this final record does not name the file of the {what}"),
            "put it back as `panel minutes --final` wrote it, from a copy or from git",
        ));
    }
    for decision in &folder.decisions {
        let file = &decision.file.path;
        if has(file) {
            continue;
        }
        let name = name_of(file);
        let follows = decision.number > 1;
        found.push(
            Doubt::about(
                "after-sealing",
                if follows { Severity::Warning } else { Severity::Error },
                file,
                if follows {
                    format!("{name} was written after the minutes were sealed, and they do not have it")
                } else {
                    format!("{name} is not in the final record of its meeting: it was written after the minutes were sealed")
                },
                if follows {
                    "send it to whoever has the minutes; `panel minutes` prints them with it".to_owned()
                } else {
                    "look who wrote it, and why: a meeting whose record is final has decided what it decided".to_owned()
                },
            )
            .on(named(decision)),
        );
    }
}
