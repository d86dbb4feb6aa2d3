//! Final records: every file that `final.yaml` vouches for is still what it was.

use super::{Desk, Doubt, amendment_of, name_of, named};
use crate::desk::PanelMeeting;
use crate::findings::Severity;
use crate::folder::{
    Kept, MeetingFolder, OWN_DIGEST, SealFile, digest_apart_from, minutes_named, minutes_number,
    seal_named, without_seal,
};
use crate::records::Seal;
use std::collections::BTreeMap;

/// The files that are kept, by path.
type Files<'k> = BTreeMap<&'k str, &'k Kept>;

pub(super) fn look(desk: &Desk<'_>, kept: &[Kept], found: &mut Vec<Doubt>) {
    let files: Files<'_> = kept.iter().map(|file| (file.path.as_str(), file)).collect();
    for folder in &desk.folder.meetings {
        for seal in &folder.seals {
            if let Some(fault) = seal.file.faults.first() {
                found.push(Doubt::error(
                    "seal-unreadable",
                    &seal.file.path,
                    format!(
                        "what vouches for this final record cannot be used (line {}): {}",
                        fault.span.line, fault.message
                    ),
                    "put it back as `panel minutes --final` wrote it, from a copy or from git",
                ));
                continue;
            }
            is_itself(folder, seal, found);
            still_stand(desk, folder, seal, &files, found);
            names_its_own(folder, seal, found);
            is_told_of(folder, seal, found);
        }
        let is_readable = |seal: &SealFile| seal.file.faults.is_empty();
        if folder.is_final() && folder.seals.iter().all(is_readable) {
            nothing_came_after(folder, found);
        }
    }
    are_not_lost(desk, kept, found);
    // A paper that is sealed is not made again: that its decision was amended is told once.
    let vouches_for = |path: &str| {
        let mut folders = desk.folder.meetings.iter();
        folders.any(|folder| folder.vouches_for(path))
    };
    found.retain(|doubt| {
        doubt.finding.rule != "out-of-date" || !vouches_for(&doubt.finding.place.file)
    });
}

/// A final record that has a digest of itself is still what it was. Older ones have none.
fn is_itself(folder: &MeetingFolder, seal: &SealFile, found: &mut Vec<Doubt>) {
    let own = digest_apart_from(&seal.file.bytes(), OWN_DIGEST);
    let said = seal.file.record.own_digest.as_deref();
    if said.is_none_or(|was| was == own) {
        return;
    }
    found.push(
        Doubt::error(
            "sealed-changed",
            &seal.file.path,
            "this has been edited since it was written: who sealed the meeting, when, or what is vouched for is no longer what it was",
            "put it back as `panel minutes --final` wrote it, from a copy or from git",
        )
        .of_meeting(&folder.id),
    );
}

/// Minutes that say that they were sealed have what vouches for them.
fn are_not_lost(desk: &Desk<'_>, kept: &[Kept], found: &mut Vec<Doubt>) {
    for file in kept {
        let steps: Vec<&str> = file.path.split('/').collect();
        let ["meetings", id, name] = steps[..] else {
            continue;
        };
        if minutes_number(name).is_none() {
            continue;
        }
        let Some((_, number)) = file.bytes.as_deref().and_then(without_seal) else {
            continue;
        };
        let mut folders = desk.folder.meetings.iter();
        let is_there = folders
            .any(|folder| folder.id == id && folder.seals.iter().any(|seal| seal.number == number));
        if is_there {
            continue;
        }
        found.push(
            Doubt::error(
                "sealed-missing",
                &format!("meetings/{id}/{}", seal_named(number)),
                format!("{name} beside it was sealed, and what vouches for it is not there"),
                "put it back from a copy or from git",
            )
            .of_meeting(id),
        );
    }
}

fn still_stand(
    desk: &Desk<'_>,
    folder: &MeetingFolder,
    file: &SealFile,
    files: &Files<'_>,
    found: &mut Vec<Doubt>,
) {
    let seal = &file.file.record;
    // What goes on being written can have been corrected since, and a later record vouches for that.
    let is_corrected = |path: &str| {
        let mut later = folder.seals.iter().filter(|own| own.number > file.number);
        later.any(|own| own.file.record.files.iter().any(|own| own.file == path))
    };
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
        if sealed.apart_from.is_some() && is_corrected(&sealed.file) {
            continue;
        }
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
            match &sealed.apart_from {
                Some(_) => format!(
                    "put it back as it was; where the meeting's own record was wrong, and this is right, it is corrected, which stands beside the minutes: {}",
                    correction_of(desk, folder)
                ),
                None => format!(
                    "put it back as it was; what the panel changes afterwards is an amendment, which stands beside the decision: {}",
                    amendment_of(desk, &sealed.file)
                ),
            },
        )
        .of_meeting(&folder.id);
        found.push(match &sealed.apart_from {
            // Its digest is of no file that ever stood there.
            Some(_) => doubt,
            None => doubt.differs(&sealed.file, &sealed.digest),
        });
    }
}

/// The command that corrects a meeting's own record after its minutes were sealed.
fn correction_of(desk: &Desk<'_>, folder: &MeetingFolder) -> String {
    let when = desk
        .meeting_in(&folder.id)
        .map_or("--date DAY".to_owned(), PanelMeeting::as_arguments);
    format!("`panel minutes {when} --final --correct REASON --by NAME --role ROLE`")
}

/// A final record names the files without which it vouches for nothing.
fn names_its_own(folder: &MeetingFolder, seal: &SealFile, found: &mut Vec<Doubt>) {
    let has = |file: &str| {
        let mut files = seal.file.record.files.iter();
        files.any(|sealed| sealed.file == file)
    };
    let own = |name: String| format!("meetings/{}/{name}", folder.id);
    let meeting = folder.meeting.as_ref().map(|file| file.path.clone());
    let before = (seal.number > 1).then(|| own(seal_named(seal.number - 1)));
    let wanted = [
        ("minutes", Some(own(minutes_named(seal.number)))),
        ("meeting", meeting),
        ("record before it", before),
    ];
    for (what, file) in wanted {
        if file.is_none_or(|file| has(&file)) {
            continue;
        }
        found.push(Doubt::error(
            "seal-unreadable",
            &seal.file.path,
            format!("this final record does not name the file of the {what}"),
            "put it back as `panel minutes --final` wrote it, from a copy or from git",
        ));
    }
}

/// A correction of what the minutes said of the meeting itself.
fn is_told_of(folder: &MeetingFolder, seal: &SealFile, found: &mut Vec<Doubt>) {
    let Some(corrects) = &seal.file.record.corrects else {
        return;
    };
    let Seal {
        sealed_by,
        sealed_on,
        ..
    } = &*seal.file.record;
    let by = sealed_by.as_ref().and_then(|by| by.name.as_deref());
    let by = by.map_or_else(String::new, |by| format!(" by {by}"));
    let on = sealed_on.map_or_else(String::new, |on| format!(" on {}", on.with_weekday()));
    let why = corrects.reason.as_deref().unwrap_or_default();
    found.push(
        Doubt::about(
            "after-sealing",
            Severity::Warning,
            &seal.file.path,
            format!("the meeting's own record was corrected{by}{on}, after the minutes were sealed: {why}"),
            format!(
                "send {} to whoever has the minutes from before",
                minutes_named(seal.number)
            ),
        )
        .at("corrects")
        .of_meeting(&folder.id),
    );
}

/// Decisions that no final record has.
fn nothing_came_after(folder: &MeetingFolder, found: &mut Vec<Doubt>) {
    for decision in &folder.decisions {
        let file = &decision.file.path;
        if folder.vouches_for(file) {
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
