//! A record whose name or folder says something else than its text.
use super::super::prelude::*;

pub(super) const RULE: Rule = Rule {
    id: "name-mismatch",
    summary: "a file's name differs from what it says",
    severity: Severity::Error,
    asked_by: &[],
    text: include_str!("name_mismatch.md"),
    check: Check::Desk(check),
};

fn check(desk: &Desk<'_>, found: &mut Findings) {
    if desk.scope == Scope::Alone {
        return;
    }
    for case in desk.cases() {
        if case.file.stem() != case.reference() && !case.file.is_unreadable() {
            found
                .at(
                    Desk::place(case.file, "reference"),
                    format!(
                        "the file is named `{}` and its reference is `{}`",
                        case.file.stem(),
                        case.reference()
                    ),
                )
                .help(format!(
                    "name the file {}.yaml, or put the reference right",
                    case.reference()
                ))
                .about(case.reference());
        }
    }
    for path in &desk.folder.strays {
        let place = crate::findings::Place {
            file: path.clone(),
            path: String::new(),
            span: None,
        };
        found
            .at(place, "nothing reads a file of this name in this place")
            .help("a meeting's folder holds meeting.yaml, decisions/REFERENCE.yaml and after/REFERENCE.yaml: move it there, or take it out");
    }
    for meeting in &desk.folder.meetings {
        if crate::desk::named_folder(desk.book, meeting).is_none() {
            folder_name(meeting, found);
            continue;
        }
        if let (Some(file), Some(day)) = (&meeting.meeting, meeting.day)
            && let Some(date) = file.record.date
            && date != day
        {
            found
                .at(
                    Desk::place(file, "date"),
                    format!("the folder is {day} and the date is {date}"),
                )
                .help("put the date right, or move the folder")
                .of_meeting(&meeting.id);
        }
        for decision in &meeting.decisions {
            decision_name(meeting, decision, found);
        }
    }
}

/// Records in a folder whose name is no day would otherwise be lost without a word.
fn folder_name(meeting: &crate::folder::MeetingFolder, found: &mut Findings) {
    let files = meeting
        .meeting
        .iter()
        .map(|file| &file.path)
        .chain(meeting.decisions.iter().map(|decision| &decision.file.path))
        .chain(meeting.after.iter().map(|file| &file.path));
    for path in files {
        let place = crate::findings::Place {
            file: path.clone(),
            path: String::new(),
            span: None,
        };
        found
            .at(
                place,
                format!(
                    "`{}` is not the day of a meeting, so nothing in this folder counts",
                    meeting.id
                ),
            )
            .help("name the folder after the meeting's day, like meetings/2026-11-26")
            .of_meeting(&meeting.id);
    }
}

fn decision_name(
    meeting: &crate::folder::MeetingFolder,
    decision: &crate::folder::DecisionFile,
    found: &mut Findings,
) {
    let record = &decision.file.record;
    let stem = decision.file.stem();
    let named = stem.split('.').next().unwrap_or(stem);
    if record.referral != named && !decision.file.is_unreadable() {
        found
            .at(
                Desk::place(&decision.file, "referral"),
                format!(
                    "the file is named `{stem}` and decides on `{}`",
                    record.referral
                ),
            )
            .help("a decision's file carries the reference of its referral")
            .about(&record.referral);
    }
    if let (Some(day), Some(said)) = (meeting.day, record.meeting)
        && day != said
    {
        found
            .at(
                Desk::place(&decision.file, "meeting"),
                format!("the decision stands with the meeting of {day} and says {said}"),
            )
            .help("a decision stands in the folder of the meeting that made it")
            .about(&record.referral);
    }
}
