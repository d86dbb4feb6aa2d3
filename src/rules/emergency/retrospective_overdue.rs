//! Emergencies that did not come to the next panel.
use super::super::prelude::*;
use super::super::ways::ask_for;

pub(super) const RULE: Rule = Rule {
    id: "retrospective-overdue",
    summary: "the emergency did not come to the next panel",
    severity: Severity::Error,
    asked_by: &["emergency"],
    text: include_str!("retrospective_overdue.md"),
    check: Check::Case(check),
};

fn check(desk: &Desk<'_>, case: &Case<'_>, found: &mut Findings) {
    let Some(ratification) = desk.ratification(case) else {
        return;
    };
    let next = ratification.meeting;
    let goes_to = desk.meeting_for(case);
    let is_later = goes_to.is_some_and(|meeting| meeting.on > next.on);
    if !is_later && !next.has_passed(desk.today()) {
        return;
    }
    // It came to that panel, which put it off: the deferral says what is owed, and to which meeting.
    if case.decisions.iter().any(|made| made.on == next.on) {
        return;
    }
    let began = if ratification.is_placed {
        format!("placed on {}", ratification.since.with_weekday())
    } else {
        format!("approved on {}", ratification.since.with_weekday())
    };
    let called_off: Vec<String> = ratification
        .cancelled
        .iter()
        .map(|meeting| meeting.on.with_weekday())
        .collect();
    let called_off = match called_off.as_slice() {
        [] => String::new(),
        days => format!(" (that of {} was called off)", days.join(" and that of ")),
    };
    let what_happened = match goes_to {
        Some(meeting) if !next.has_passed(desk.today()) => {
            format!("and it goes only to that of {}", meeting.on.with_weekday())
        }
        _ => "which passed without a decision".to_owned(),
    };
    let or_else = match &ratification.rule.if_missed {
        Some(or_else) => format!("; {or_else}"),
        None => String::new(),
    };
    let asks_later = case
        .referral()
        .panel
        .is_some_and(|asked| asked > next.day && asked > ratification.since);
    let path = match (asks_later, ratification.is_placed) {
        (true, _) => "panel",
        (false, true) => "placed_on",
        (false, false) => "emergency.approved_on",
    };
    let help = if next.has_passed(desk.today()) {
        format!(
            "tell your manager and the chair today{}{}",
            goes_to.map_or_else(String::new, |meeting| format!(
                ", so that it is heard at the meeting of {}",
                meeting.on.with_weekday()
            )),
            super::super::acceptance::or_accepted(desk, case, RULE.id)
        )
    } else {
        format!(
            "{}{}",
            ask_for(next),
            super::super::acceptance::or_accepted(desk, case, RULE.id)
        )
    };
    found
        .at(
            Desk::place(case.file, path),
            format!(
                "an emergency, {began}: the next panel was that of {}{called_off}, {what_happened}{or_else}",
                next.on.with_weekday()
            ),
        )
        .because(&ratification.rule.basis)
        .help(help)
        .about(case.reference());
}
