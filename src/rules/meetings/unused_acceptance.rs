//! Acceptances on the record that accept nothing, or have run out.
use super::super::acceptance::acceptances;
use super::super::prelude::*;
use super::place_in;

pub(super) const RULE: Rule = Rule {
    id: "unused-acceptance",
    summary: "something is accepted that is not there, or no longer accepted",
    severity: Severity::Warning,
    asked_by: &["acceptance/*"],
    text: include_str!("unused_acceptance.md"),
    check: Check::Found(check),
};

fn check(desk: &Desk<'_>, findings: &[Finding], found: &mut Findings) {
    for entry in acceptances(desk) {
        // What was accepted for a meeting that has passed did its work there.
        let is_to_come = desk
            .meeting_in(entry.meeting)
            .is_some_and(|meeting| !meeting.has_passed(desk.today()));
        let is_open = desk
            .judged()
            .any(|case| case.reference() == entry.reference);
        if !is_open || !entry.is_authorised(desk) {
            continue;
        }
        let is_needed = findings.iter().any(|finding| {
            finding.rule == entry.rule && finding.reference.as_deref() == Some(entry.reference)
        });
        let (path, message, help) = match entry.until {
            // A finding that it still covers comes back with its end, whenever it was given.
            Some(until) if entry.has_expired(desk.today()) && (is_to_come || is_needed) => (
                format!("{}.until", entry.path),
                format!(
                    "the acceptance of {} ran out on {}",
                    entry.rule,
                    until.with_weekday()
                ),
                if is_needed {
                    "ask for it again, or put right what the rule asks for"
                } else {
                    "nothing needs it any more: take these lines out"
                },
            ),
            None | Some(_) if is_to_come && !is_needed => (
                format!("{}.rule", entry.path),
                format!(
                    "{} is accepted for {}, and there is no such finding",
                    entry.rule, entry.reference
                ),
                "take these lines out, or put the rule or the reference right",
            ),
            _ => continue,
        };
        found
            .at(place_in(entry.file, path), message)
            .help(help)
            .about(entry.reference)
            .of_meeting(entry.meeting);
    }
}
