//! Placements under notice that the panel hears only when the notice has run out.
use super::super::prelude::*;
use super::super::ways::{ask_for, days};

pub(super) const RULE: Rule = Rule {
    id: "notice-expires",
    summary: "the notice on the placement runs out before the panel meets",
    severity: Severity::Warning,
    asked_by: &["notice"],
    text: include_str!("notice_expires.md"),
    check: Check::Case(check),
};

fn check(desk: &Desk<'_>, case: &Case<'_>, found: &mut Findings) {
    let Some(rule) = &case.rules.notice else {
        return;
    };
    let notice = case.referral().request.notice.as_ref();
    let Some(ends) = notice.and_then(|notice| notice.ends) else {
        return;
    };
    // One that is late for the meeting it asks for may have to wait for the one it makes.
    let goes_to = desk.meeting_for(case);
    let makes = desk.makes(case);
    let Some(meeting) = [goes_to, makes]
        .into_iter()
        .flatten()
        .max_by_key(|meeting| meeting.on)
    else {
        return;
    };
    if meeting.on <= ends || !desk.holds(rule.when.as_ref(), case) {
        return;
    }
    let in_time = makes.filter(|made| made.on <= ends && !made.has_passed(desk.today()));
    let help = in_time.map_or_else(
        || format!("tell the chair and commissioning today: ask for an earlier or extra meeting by {}, or the provider for more time; put a new last day here as `ends: …`", ends.with_weekday()),
        |made| format!("it still makes an earlier meeting: {}", ask_for(made)),
    );
    found
        .at(
            Desk::place(case.file, "request.notice.ends"),
            format!(
                "the notice ends on {}, and the panel hears the case on {}, {} later",
                ends.with_weekday(),
                meeting.on.with_weekday(),
                days(ends, meeting.on)
            ),
        )
        .because(&rule.basis)
        .help(help)
        .about(case.reference());
}
