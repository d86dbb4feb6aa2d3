//! Requests that reached the administrator after the cut-off.
use super::super::acceptance::{acceptable_by, command};
use super::super::prelude::*;
use super::super::ways::ask_for;

pub(super) const RULE: Rule = Rule {
    id: "late-submission",
    summary: "the request came in after the cut-off",
    severity: Severity::Error,
    asked_by: &["cut-off"],
    text: include_str!("late_submission.md"),
    check: Check::Case(check),
};

fn check(desk: &Desk<'_>, case: &Case<'_>, found: &mut Findings) {
    let Some(rule) = &case.rules.cut_off else {
        return;
    };
    let Some(meeting) = desk.meeting_for(case) else {
        return;
    };
    let Some(cut_off) = desk.cut_off(case) else {
        return;
    };
    // It was sent: the day that says otherwise is told by itself.
    if desk.is_draft_by_a_slip(case) {
        return;
    }
    let is_draft = case.standing == Standing::Draft;
    let sent = match (is_draft, case.sent_at()) {
        (true, _) => desk.as_of,
        (false, Some(sent)) => sent,
        (false, None) => return,
    };
    if sent <= cut_off {
        return;
    }
    // Put off without new paperwork asked for: it goes back as it is.
    if case.standing == Standing::Deferred && !case.has_been_resubmitted() {
        return;
    }
    let place = if is_draft { "panel" } else { case.sent_path() };
    let when = match (is_draft, place) {
        (true, _) => "sent now, this would be".to_owned(),
        (false, "resubmitted") => format!("sent again on {},", moment_in_words(sent)),
        (false, _) => format!("sent on {},", moment_in_words(sent)),
    };
    let later = desk.makes(case);
    let by_itself = desk.next_for(case.panel, meeting);
    let next = match later {
        // The day of a deferral comes before `panel`: no line of the request moves it.
        Some(_) if case.standing == Standing::Deferred => match by_itself {
            Some(next) => format!(
                "the panel put it off to that meeting, and no line in the request changes that: it stays there as not ready, and goes to the meeting of {} by itself once that one has been held without it",
                next.on.with_weekday()
            ),
            None => "no later meeting is known yet: ask the chair for one".to_owned(),
        },
        Some(next) => {
            let by = next.cut_off.filter(|_| is_draft).map_or_else(
                || ", which it makes".to_owned(),
                |by| format!(", and send it by {}", moment_in_words(by)),
            );
            format!("{}{by}", ask_for(next))
        }
        None => "no later meeting is known yet: ask the chair for one".to_owned(),
    };
    let post = case
        .rules
        .about
        .send_to
        .as_deref()
        .map(|to| format!("; it is sent to {to}"))
        .unwrap_or_default();
    let may_accept = acceptable_by(desk, case, RULE.id)
        .map(|who| {
            let command = command(desk, case, RULE.id);
            format!("; if the child cannot wait, have {who} accept it for this meeting on the record: {command}")
        })
        .unwrap_or_default();
    found
        .at(
            Desk::place(case.file, place),
            format!(
                "{when} {} late: the cut-off for the meeting of {} was {}",
                super::lateness(cut_off, sent),
                meeting.on.with_weekday(),
                moment_in_words(cut_off)
            ),
        )
        .because(&rule.basis)
        .help(format!("{next}{may_accept}{post}"))
        .about(case.reference());
}
