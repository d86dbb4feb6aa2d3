//! Minutes, children's records and letters: each to the decisions that it was made from.

use super::{Desk, Doubt, amendment_of, name_of};
use crate::desk::PanelMeeting;
use crate::findings::Severity;
use crate::folder::{DecisionFile, Kept, MeetingFolder, minutes_number};
use std::collections::BTreeMap;

/// How a paper says what it was made from; the rest of the line is the decision's file and digest.
const MADE_FROM: &str = "<!-- made from ";

pub(super) fn look(desk: &Desk<'_>, kept: &[Kept], found: &mut Vec<Doubt>) {
    let mut edited: BTreeMap<(String, String), Vec<&str>> = BTreeMap::new();
    let mut silent: Vec<&str> = Vec::new();
    for paper in kept.iter().filter(|file| file.path.ends_with(".md")) {
        let steps: Vec<&str> = paper.path.split('/').collect();
        let (folder, reference) = match steps[..] {
            ["meetings", id, name] if minutes_number(name).is_some() => (folder_of(desk, id), None),
            ["records", reference, name] => {
                let folder = folder_of(desk, meeting_in(name));
                if is_orphan(desk, &paper.path, reference, folder, found) {
                    continue;
                }
                (folder, Some(reference))
            }
            _ => continue,
        };
        let Some(folder) = folder else { continue };
        let text = paper.text();
        let made_from = made_from(&text);
        if made_from.is_empty() && !folder.decisions.is_empty() {
            silent.push(&paper.path);
        }
        for (path, digest) in &made_from {
            let decision = folder.decisions.iter().find(|own| own.file.path == *path);
            match decision {
                None => found.push(
                    Doubt::error(
                        "lost",
                        &paper.path,
                        format!("this was made from the decision {path}, which is not there"),
                        "put the decision back from a copy or from git",
                    )
                    .of_meeting(&folder.id),
                ),
                Some(decision) if decision.file.digest() != *digest => edited
                    .entry((decision.file.path.clone(), (*digest).to_owned()))
                    .or_default()
                    .push(&paper.path),
                Some(_) => {}
            }
        }
        has_all(desk, (paper, &text), &made_from, folder, reference, found);
    }
    for ((path, digest), papers) in edited {
        let papers = papers.join(" and ");
        found.push(
            Doubt::error(
                "decision-edited",
                &path,
                format!("this decision has been edited since it was written: it is not the one that {papers} {} made from", if papers.contains(" and ") { "were" } else { "was" }),
                format!("put it back as it was; what the panel changes afterwards is an amendment: {}", amendment_of(desk, &path)),
            )
            .differs(&path, &digest),
        );
    }
    if let [first, others @ ..] = &silent[..] {
        let more = match others.len() {
            0 => String::new(),
            1 => ", nor does 1 other".to_owned(),
            many => format!(", nor do {many} others"),
        };
        found.push(Doubt::about(
            "no-digest",
            Severity::Note,
            first,
            format!("this paper does not say which decisions it was made from{more}: whether it still says what was decided is not looked at"),
            "make it again with `--write`; in a template of your own keep the line with `made_from`",
        ));
    }
}

fn folder_of<'d>(desk: &'d Desk<'_>, id: &str) -> Option<&'d MeetingFolder> {
    let mut folders = desk.folder.meetings.iter();
    folders.find(|folder| folder.id == id)
}

/// The meeting that a record or letter is named for.
fn meeting_in(name: &str) -> &str {
    let stem = name.trim_end_matches(".md");
    let stem = stem.strip_suffix("-letter").unwrap_or(stem);
    match stem.rsplit_once('.') {
        Some((meeting, number)) if number.bytes().all(|byte| byte.is_ascii_digit()) => meeting,
        _ => stem,
    }
}

/// Whether a child's record or letter is about a referral or a decision that is not there.
fn is_orphan(
    desk: &Desk<'_>,
    path: &str,
    reference: &str,
    folder: Option<&MeetingFolder>,
    found: &mut Vec<Doubt>,
) -> bool {
    let is_decided = folder.is_some_and(|folder| {
        let mut decisions = folder.decisions.iter();
        decisions.any(|decision| decision.file.record.referral == reference)
    });
    let why = match desk.case(reference) {
        None => format!(
            "this paper is about {reference}, and no referral in the folder has that reference"
        ),
        Some(_) if !is_decided => format!(
            "this paper is about a decision on {reference} at the meeting {}, and there is none",
            meeting_in(name_of(path))
        ),
        Some(_) => return false,
    };
    found.push(
        Doubt::error(
            "orphan",
            path,
            why,
            "put back what it was made from, from a copy or from git; if it was made by mistake, take it away",
        )
        .on(reference),
    );
    true
}

/// The decisions that a paper says it was made from: file and digest of each.
fn made_from(text: &str) -> Vec<(&str, &str)> {
    text.lines()
        .filter_map(|line| line.trim().strip_prefix(MADE_FROM)?.strip_suffix("-->"))
        .filter_map(|said| said.trim().split_once(' '))
        .collect()
}

/// Whether a paper was made from every decision in force that it ought to tell of.
fn has_all(
    desk: &Desk<'_>,
    (paper, text): (&Kept, &str),
    made_from: &[(&str, &str)],
    folder: &MeetingFolder,
    only: Option<&str>,
    found: &mut Vec<Doubt>,
) {
    for (reference, row) in Desk::rows(folder) {
        let Some(in_force) = row
            .last()
            .filter(|_| only.is_none_or(|only| only == reference))
        else {
            continue;
        };
        let is_in = |decision: &DecisionFile| {
            let path = &decision.file.path;
            made_from.iter().any(|(from, _)| from == path)
        };
        // A paper that does not say what it was made from is asked only whom it is about.
        let is_silent = made_from.is_empty() && text.contains(reference);
        let is_kept_apart = only.is_some() && is_numbered(&paper.path);
        if is_in(in_force) || is_silent || is_kept_apart {
            continue;
        }
        let name = name_of(&in_force.file.path);
        let why = match row.iter().rev().skip(1).find(|earlier| is_in(earlier)) {
            Some(earlier) => format!(
                "this was made from {}, and {name} has taken its place since",
                name_of(&earlier.file.path)
            ),
            None => format!(
                "this does not have the decision {name}, which was written after it was made"
            ),
        };
        let when = desk
            .meeting_in(&folder.id)
            .map_or("--date DAY".to_owned(), PanelMeeting::as_arguments);
        let again = match (only, paper.path.ends_with("-letter.md")) {
            (None, _) => format!("`panel minutes {when} --write`"),
            (_, true) => format!("`panel letter {reference} {when} --write`"),
            (_, false) => format!("`panel record {reference} {when} --write`"),
        };
        found.push(
            Doubt::error(
                "out-of-date",
                &paper.path,
                why,
                format!("make it again: {again}"),
            )
            .on(reference)
            .of_meeting(&folder.id),
        );
    }
}

/// Whether a record or letter is one of several about one decision: those beside a sealed one.
fn is_numbered(path: &str) -> bool {
    let name = name_of(path);
    let stem = name.trim_end_matches(".md").trim_end_matches("-letter");
    stem != meeting_in(name)
}
