//! Duties of the office for a meeting whose time has run out.
use super::super::prelude::*;
use crate::desk::{ChildDuty, Duty, DutyState, PanelMeeting};
use crate::findings::Place;

pub(super) const RULE: Rule = Rule {
    id: "record-overdue",
    summary: "something that follows a meeting, or comes before it, is past its time and not done",
    severity: Severity::Warning,
    asked_by: &["deadline/*"],
    text: include_str!("record_overdue.md"),
    check: Check::Desk(check),
};

fn check(desk: &Desk<'_>, found: &mut Findings) {
    let decided_at = desk.decided_at();
    for meeting in desk.followed_meetings() {
        // Where nothing of a meeting is written down there is no place to point at.
        if meeting.folder.is_none() {
            continue;
        }
        for duty in desk.duties(meeting, &decided_at) {
            if duty.state != DutyState::Overdue {
                continue;
            }
            if duty.children.is_empty() {
                of_meeting(meeting, &duty, found);
            }
            for child in &duty.children {
                if child.state == DutyState::Overdue {
                    of_child(meeting, &duty, child, found);
                }
            }
        }
    }
}

fn of_meeting(meeting: &PanelMeeting<'_>, duty: &Duty<'_, '_>, found: &mut Findings) {
    let Some(place) = place_of(meeting, &duty.rule.id) else {
        return;
    };
    let rule = duty.rule;
    found
        .named(
            &rule.finding,
            place,
            format!(
                "{}{}: due by {}, and not marked as done",
                rule.task,
                owner(meeting, rule),
                moment_in_words(duty.due_at)
            ),
        )
        .because(&rule.basis)
        .help(format!(
            "do it today, then mark it: `panel done {} {}`; if it was done before, add `--at` with the day and hour, like `--at 2026-11-27T16:00`",
            rule.id,
            meeting.as_arguments()
        ))
        .of_meeting(&meeting.id);
}

/// Whose duty it is, behind its name.
fn owner(meeting: &PanelMeeting<'_>, rule: &crate::council::Deadline) -> String {
    rule.owner.as_deref().map_or_else(String::new, |owner| {
        format!(" ({})", meeting.rules.role_label(owner))
    })
}

/// In the meeting's own file, or in the first that the folder has of it.
fn place_of(meeting: &PanelMeeting<'_>, id: &str) -> Option<Place> {
    let folder = meeting.folder?;
    match (&folder.meeting, folder.decisions.first()) {
        (Some(file), _) => Some(Desk::place(file, format!("done.{id}"))),
        (None, Some(decision)) => Some(Desk::place(&decision.file, "meeting")),
        (None, None) => None,
    }
}

fn of_child(
    meeting: &PanelMeeting<'_>,
    duty: &Duty<'_, '_>,
    child: &ChildDuty<'_, '_>,
    found: &mut Findings,
) {
    let rule = duty.rule;
    let reference = child.case.reference();
    let key = match rule.met_by {
        Some(crate::council::MetBy::Uploaded) => "uploaded",
        Some(crate::council::MetBy::ToldFamily) => "told_family",
        Some(crate::council::MetBy::LogSigned) => "log_signed",
        None => "referral",
    };
    let place = match child.made.after.filter(|_| rule.met_by.is_some()) {
        Some(after) => Desk::place(after, key),
        None => Desk::place(&child.made.file.file, "referral"),
    };
    let name = super::said(child.case.referral().child.name.as_ref()).map_or_else(
        || reference.to_owned(),
        |name| format!("{name} ({reference})"),
    );
    // A council that marks each child by itself is not helped by one mark for all.
    let is_marked = !rule.is_marked_once()
        && meeting
            .folder
            .and_then(|folder| folder.meeting.as_ref())
            .is_some_and(|file| file.record.done.contains_key(&rule.id));
    let aside = if is_marked {
        "; the mark in the meeting's file does not say for which child"
    } else {
        ""
    };
    found
        .named(
            &rule.finding,
            place,
            format!(
                "{}{}: due for {name} by {}, and not marked as done{aside}",
                rule.task,
                owner(meeting, rule),
                moment_in_words(child.due_at)
            ),
        )
        .because(&rule.basis)
        .help(format!(
            "do it today, then mark it: `panel done {} {} {reference}`; if it was done before, add `--at` with the day and hour, like `--at 2026-11-27T16:00`",
            rule.id,
            meeting.as_arguments()
        ))
        .about(reference)
        .of_meeting(&meeting.id);
}
