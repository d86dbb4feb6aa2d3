//! Decisions by themselves: to their referral, to their meeting, to the one that each amends.

use super::{Desk, Doubt, amended, amendment_of, is_digest, name_of, named};
use crate::findings::Severity;
use crate::folder::{DecisionFile, MeetingFolder};
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn look(desk: &Desk<'_>, found: &mut Vec<Doubt>) {
    for path in desk.folder.unreadable() {
        found.push(Doubt::error(
            "unreadable",
            path,
            "this record cannot be read, so nothing can be said of what it holds",
            format!(
                "`panel check {path}` tells why; put it back as it was from a copy or from git"
            ),
        ));
    }
    referrals_are_there_once(desk, found);
    for folder in &desk.folder.meetings {
        for decision in &folder.decisions {
            if !decision.file.is_unreadable() {
                belongs(desk, folder, decision, found);
                has_digest(decision, found);
                is_of_a_day_gone_by(desk, folder, decision, found);
                amended::has_its_day(desk, folder, decision, found);
            }
        }
        if !folder.decisions.is_empty() {
            was_held(desk, folder, found);
        }
        for (reference, row) in Desk::rows(folder) {
            follow_one_another(desk, reference, &row, found);
        }
        after_a_decision(desk, folder, found);
        amended::is_recorded_anew(desk, folder, found);
        amended::is_put_aside_for_another(folder, found);
    }
    referrals_are_unchanged(desk, found);
}

fn referrals_are_there_once(desk: &Desk<'_>, found: &mut Vec<Doubt>) {
    let mut first: BTreeMap<&str, &str> = BTreeMap::new();
    for file in &desk.folder.referrals {
        let reference = file.record.reference.as_str();
        if let Some(other) = first.insert(reference, &file.path) {
            found.push(
                Doubt::error(
                    "duplicate",
                    &file.path,
                    format!("{reference} is the reference of {other} too: which of the two a decision is about cannot be told"),
                    "keep the one that the panel decided on, and give the other a reference of its own",
                )
                .at("reference")
                .on(reference),
            );
        }
    }
}

/// Its referral is in the folder, and it lies where it says that it belongs.
fn belongs(
    desk: &Desk<'_>,
    folder: &MeetingFolder,
    decision: &DecisionFile,
    found: &mut Vec<Doubt>,
) {
    let (path, record) = (&decision.file.path, &decision.file.record);
    let reference = record.referral.as_str();
    if desk.case(reference).is_none() {
        found.push(
            Doubt::error(
                "orphan",
                path,
                format!("this decision is about {reference}, and no referral in the folder has that reference"),
                "put the referral back as it was when the panel decided; without it nobody can tell what was asked",
            )
            .at("referral")
            .on(reference),
        );
    }
    if named(decision) != reference {
        found.push(
            Doubt::error(
                "misplaced",
                path,
                format!("this file is named for {}, and says that it is about {reference}", named(decision)),
                "a decision's file is named for its referral; put name and text back as `panel decide` wrote them, from a copy or from git",
            )
            .at("referral")
            .on(reference),
        );
    }
    let meeting = record.meeting.filter(|day| Some(*day) != folder.day);
    if let Some(day) = meeting {
        found.push(
            Doubt::error(
                "misplaced",
                path,
                format!(
                    "this decision lies in the folder of the meeting {}, and says that it was made at that of {}",
                    folder.id,
                    day.with_weekday()
                ),
                "move it to the meeting that made it, or put the text back as `panel decide` wrote it, from a copy or from git",
            )
            .at("meeting")
            .on(reference),
        );
    }
}

/// A day to come hides a decision from every list until then.
fn is_of_a_day_gone_by(
    desk: &Desk<'_>,
    folder: &MeetingFolder,
    decision: &DecisionFile,
    found: &mut Vec<Doubt>,
) {
    // Of a meeting to come that is told by itself.
    if folder.day.is_none_or(|day| day > desk.today()) {
        return;
    }
    let (path, record) = (&decision.file.path, &decision.file.record);
    if let Some(day) = record.decided_on.filter(|day| *day > desk.today()) {
        let doubt = Doubt::error(
            "meeting-not-held",
            path,
            format!(
                "this decision is dated {}, which is still to come: until then no list has it",
                day.with_weekday()
            ),
            "put `decided_on` right: it is the day on which the panel or the chair decided",
        );
        found.push(doubt.at("decided_on").on(&record.referral));
    }
}

fn has_digest(decision: &DecisionFile, found: &mut Vec<Doubt>) {
    let (path, record) = (&decision.file.path, &decision.file.record);
    let reference = record.referral.as_str();
    match record.referral_digest.as_deref().map(str::trim) {
        None | Some("") => found.push(
            Doubt::about(
                "no-digest",
                Severity::Warning,
                path,
                "this decision has no digest of the referral that it was made on, so nobody can tell whether the referral is still the same",
                "compare the two by eye; `panel decide` writes the digest, and a decision written by hand has none",
            )
            .at("referral_digest")
            .on(reference),
        ),
        Some(digest) if !is_digest(digest) => found.push(
            Doubt::error(
                "no-digest",
                path,
                "the digest of the referral cannot be one: it is `sha256:` and 64 digits and letters a to f",
                "put the decision back as `panel decide` wrote it, from a copy or from git",
            )
            .at("referral_digest")
            .on(reference),
        ),
        Some(_) => {}
    }
}

/// The meeting that decided was held, and is not still to come.
fn was_held(desk: &Desk<'_>, folder: &MeetingFolder, found: &mut Vec<Doubt>) {
    let meeting = desk
        .meetings()
        .iter()
        .find(|meeting| meeting.folder.is_some_and(|own| own.id == folder.id));
    let (why, help) = match meeting {
        None => (
            format!("`{}` is no meeting of this council's panel", folder.id),
            "a meeting's folder is named for its day; move the decisions to the meeting that made them".to_owned(),
        ),
        Some(meeting) if meeting.is_cancelled => (
            format!("the meeting of {} was called off", meeting.on.with_weekday()),
            "if it was held after all, take `cancelled` out of its meeting.yaml; if not, the decisions were made elsewhere and belong there".to_owned(),
        ),
        Some(meeting) if meeting.on > desk.today() => (
            format!("the meeting of {} is still to come", meeting.on.with_weekday()),
            "look who wrote it, and why; a decision before its meeting belongs to an earlier meeting, or to none".to_owned(),
        ),
        Some(_) => return,
    };
    for decision in &folder.decisions {
        // One between meetings was made without the meeting on whose record it stands.
        let record = &decision.file.record;
        // And what amends it is of its day, not the meeting's.
        let of_same = |row: &&DecisionFile| row.file.record.referral == record.referral;
        let mut rows = folder.decisions.iter().filter(of_same);
        let is_between = |own: &super::super::PanelMeeting<'_>| {
            rows.any(|row| row.file.record.made_between(own.on, own.rules).is_some())
        };
        if meeting.is_some_and(is_between) {
            continue;
        }
        found.push(
            Doubt::error(
                "meeting-not-held",
                &decision.file.path,
                format!("a decision on {} stands here, but {why}", named(decision)),
                help.as_str(),
            )
            .at("meeting")
            .on(named(decision)),
        );
    }
}

/// One row: 1, 2, 3 … each taking the place of the one before it, and saying so.
fn follow_one_another(
    desk: &Desk<'_>,
    reference: &str,
    row: &[&DecisionFile],
    found: &mut Vec<Doubt>,
) {
    let numbers: BTreeSet<u32> = row.iter().map(|decision| decision.number).collect();
    let last = numbers.last().copied().unwrap_or(0);
    let missing: Vec<String> = (1..=last.min(1000))
        .filter(|number| !numbers.contains(number))
        .map(|number| match number {
            1 => format!("{reference}.yaml"),
            number => format!("{reference}.{number}.yaml"),
        })
        .collect();
    if let (false, Some(highest)) = (missing.is_empty(), row.last()) {
        found.push(
            Doubt::error(
                "gap",
                &highest.file.path,
                format!("{} is here, but {} is not: an earlier decision is missing", name_of(&highest.file.path), missing.join(" and ")),
                "put it back from a copy or from git; an amendment never takes the earlier decision away",
            )
            .on(reference),
        );
    }
    for (index, decision) in row.iter().enumerate() {
        let Some(before) = index.checked_sub(1).map(|before| row[before]) else {
            if decision.number == 1 && decision.file.record.amends.is_some() {
                found.push(amends_nothing(reference, decision));
            }
            continue;
        };
        if before.number == decision.number {
            found.push(
                Doubt::error(
                    "duplicate",
                    &decision.file.path,
                    format!("{} is the same decision's file too: which of the two is in force cannot be told", name_of(&before.file.path)),
                    "keep the one that `panel decide` wrote, and take the other away",
                )
                .on(reference),
            );
        } else {
            amends(desk, decision, before, found);
        }
    }
}

fn amends_nothing(reference: &str, decision: &DecisionFile) -> Doubt {
    Doubt::error(
        "gap",
        &decision.file.path,
        "this says that it amends a decision, and is the first on this referral at this meeting",
        "put the earlier decision back from a copy or from git, and name the files as `panel decide` did",
    )
    .at("amends")
    .on(reference)
}

/// What an amendment says of the decision whose place it takes.
fn amends(desk: &Desk<'_>, decision: &DecisionFile, before: &DecisionFile, found: &mut Vec<Doubt>) {
    let (path, record) = (&decision.file.path, &decision.file.record);
    let reference = named(decision);
    let again = || {
        format!(
            "where the chair decided it, have it written with its reason: move this file out of the folder and give {}, with the file's new place after --from; where nobody decided it, take it away",
            amendment_of(desk, path)
        )
    };
    let earlier = name_of(&before.file.path);
    let Some(amends) = &record.amends else {
        // What was pending is decided later, and what comes after a mistake is a first decision: they
        // amend nothing.
        let earlier = &before.file.record;
        if earlier.outcome.as_deref() != Some("pending") && !earlier.is_void() {
            found.push(
                Doubt::error(
                    "unexplained-amendment",
                    path,
                    format!(
                        "this takes the place of {}, and says neither that it amends it nor why",
                        name_of(&before.file.path)
                    ),
                    again(),
                )
                .on(reference),
            );
        }
        return;
    };
    let said = amends.decision.as_deref().unwrap_or_default().trim();
    if said.trim_end_matches(".yaml") != earlier.trim_end_matches(".yaml") {
        found.push(
            Doubt::error(
                "gap",
                path,
                format!(
                    "this says that it amends `{said}`, but the decision before it is {earlier}"
                ),
                "put both back as `panel decide` wrote them, from a copy or from git",
            )
            .at("amends.decision")
            .on(reference),
        );
    }
    if amends
        .reason
        .as_deref()
        .is_none_or(|why| why.trim().is_empty())
    {
        found.push(
            Doubt::error(
                "unexplained-amendment",
                path,
                format!("this amends {earlier} and does not say why"),
                again(),
            )
            .at("amends.reason")
            .on(reference),
        );
    }
    let Some(digest) = amends.digest.as_deref() else {
        found.push(
            Doubt::about(
                "no-digest",
                Severity::Warning,
                path,
                format!("this amendment has no digest of {earlier}, so nobody can tell whether that is still the same"),
                "`panel decide` writes it; put both back as it wrote them, from a copy or from git",
            )
            .at("amends")
            .on(reference),
        );
        return;
    };
    if digest != before.file.digest() {
        found.push(
            Doubt::error(
                "decision-edited",
                &before.file.path,
                format!("this decision has been edited since it was amended: it is not the one that {} amends", name_of(path)),
                format!("put it back as it was; what the panel changes afterwards is another amendment: {}", amendment_of(desk, path)),
            )
            .on(reference)
            .differs(&before.file.path, digest),
        );
    }
}

/// What became true after a decision has a decision.
fn after_a_decision(desk: &Desk<'_>, folder: &MeetingFolder, found: &mut Vec<Doubt>) {
    let mut first: BTreeMap<&str, &str> = BTreeMap::new();
    for after in &folder.after {
        let reference = after.stem();
        if let Some(other) = first.insert(reference, &after.path) {
            found.push(
                Doubt::error(
                    "duplicate",
                    &after.path,
                    format!(
                        "{} says what followed the same decision: only one of the two is read",
                        name_of(other)
                    ),
                    "put what both say into the one that ends in .yaml, and take the other away",
                )
                .on(reference),
            );
        }
        let is_decided = folder
            .decisions
            .iter()
            .any(|decision| decision.file.record.referral == reference);
        if is_decided {
            continue;
        }
        let why = match desk.case(reference) {
            Some(_) => format!("{reference} was not decided at the meeting {}", folder.id),
            None => format!("no referral in the folder is {reference}"),
        };
        found.push(
            Doubt::error(
                "orphan",
                &after.path,
                format!("this says what became true after a decision, but {why}"),
                "put the decision back from a copy or from git, or move what is said here to the meeting that decided",
            )
            .on(reference),
        );
    }
}

/// Each referral is the one that its last decision settled.
fn referrals_are_unchanged(desk: &Desk<'_>, found: &mut Vec<Doubt>) {
    let mut last: BTreeMap<&str, (&MeetingFolder, &DecisionFile)> = BTreeMap::new();
    for folder in &desk.folder.meetings {
        let mut in_force: BTreeMap<&str, &DecisionFile> = BTreeMap::new();
        for decision in &folder.decisions {
            let record = &decision.file.record;
            match record.is_void() {
                true => in_force.remove(record.referral.as_str()),
                false => in_force.insert(record.referral.as_str(), decision),
            };
        }
        for decision in in_force.into_values() {
            let row = last
                .entry(decision.file.record.referral.as_str())
                .or_insert((folder, decision));
            let key = |folder: &MeetingFolder, number: u32| (folder.day, folder.id.clone(), number);
            if key(folder, decision.number) > key(row.0, row.1.number) {
                *row = (folder, decision);
            }
        }
    }
    for (reference, (folder, decision)) in last {
        let record = &decision.file.record;
        let is_final = matches!(
            record.outcome.as_deref(),
            Some("approve" | "approve-alternative" | "decline")
        );
        let (Some(case), Some(digest)) = (desk.case(reference), record.referral_digest.as_deref())
        else {
            continue;
        };
        // After a deferral the referral is open again and may change.
        if !is_final || !is_digest(digest) || case.file.digest() == digest {
            continue;
        }
        found.push(
            Doubt::error(
                "referral-changed",
                &case.file.path,
                format!("the referral has been edited since the panel decided on it at the meeting {} ({})", folder.id, decision.file.path),
                format!("put it back as it was; a change is asked for in a new referral with `review_of: {reference}`, or, where the panel has decided on it as it stands now, the chair amends the decision: {}", amendment_of(desk, &decision.file.path).replacen(" --from", " --request-as-it-is --from", 1)),
            )
            .at("reference")
            .on(reference)
            .of_meeting(&folder.id)
            .differs(&case.file.path, digest),
        );
    }
}
