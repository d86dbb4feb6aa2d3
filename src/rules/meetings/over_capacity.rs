//! A coming meeting with more cases than its sitting holds.
use super::super::prelude::*;
use crate::desk::PanelMeeting;
use foldhash::HashSet;

pub(super) const RULE: Rule = Rule {
    id: "over-capacity",
    summary: "more cases go to a meeting than its time holds",
    severity: Severity::Warning,
    asked_by: &["sitting"],
    text: include_str!("over_capacity.md"),
    check: Check::Found(check),
};

fn check(desk: &Desk<'_>, earlier: &[Finding], found: &mut Findings) {
    for panel in desk.sitting_panels() {
        // One that has begun is the chair's, who sees what there is time for.
        let coming = desk
            .first_of(desk.today(), panel)
            .filter(|meeting| meeting.starts_at > desk.as_of);
        if let Some(meeting) = coming {
            judge(desk, meeting, earlier, found);
        }
    }
}

fn judge(desk: &Desk<'_>, meeting: &PanelMeeting<'_>, earlier: &[Finding], found: &mut Findings) {
    let Some(sitting) = &meeting.rules.sitting else {
        return;
    };
    let with_errors: HashSet<&str> = earlier
        .iter()
        .filter(|finding| finding.is_error())
        .map(|finding| finding.place.file.as_str())
        .collect();
    let is_sound = |case: &Case<'_>| !with_errors.contains(case.file.path.as_str());
    let cases = desk.heard_at(meeting, &is_sound);
    let Some(times) = desk.timetable(meeting, &cases) else {
        return;
    };
    let moving: Vec<&Case<'_>> = cases
        .iter()
        .zip(&times.slots)
        .filter_map(|(case, slot)| slot.is_none().then_some(*case))
        .collect();
    let Some(first) = moving.first() else {
        return;
    };
    let free = match times.kept.len() {
        0 => String::new(),
        1 => ", with 1 slot kept free for an emergency".to_owned(),
        kept => format!(", with {kept} slots kept free for emergencies"),
    };
    let to = match desk.next_after(meeting) {
        Some(next) => format!("to {}", next.on.with_weekday()),
        None => "to a meeting that is not known yet".to_owned(),
    };
    let references: Vec<&str> = moving.iter().map(|case| case.reference()).collect();
    let (verb, pronoun) = match moving.len() {
        1 => ("moves", "it"),
        _ => ("move", "one of them"),
    };
    // A meeting without a file of its own is told at the first request that it cannot hear.
    let place = match meeting.folder.and_then(|folder| folder.meeting.as_ref()) {
        Some(file) => Desk::place(file, "date"),
        None => Desk::place(first.file, first.sent_path()),
    };
    found
        .at(
            place,
            format!(
                "{} cases go to the meeting of {} and need {} minutes{free}; it sits for {} minutes, and {} {verb} on {to}",
                cases.len(),
                meeting.on.with_weekday(),
                times.needed_minutes,
                sitting.minutes,
                references.join(", "),
            ),
        )
        .because(&sitting.basis)
        .help(format!(
            "ask the chair by {}: to hear {pronoun} at this meeting, write its reference below `order:` in the meeting's file; or the chair calls an extra meeting; tell the workers of what moves on",
            moment_in_words(meeting.starts_at)
        ))
        .of_meeting(&meeting.id);
}
