//! Acceptances on the record that accept nothing, or have run out.
use super::super::acceptance::{Accepted, acceptances, command, is_accepted_of_another_text};
use super::super::prelude::*;
use super::place_in;
use crate::records::Text;

pub(super) const RULE: Rule = Rule {
    id: "unused-acceptance",
    summary: "something is accepted that is not there, is no longer accepted, or has changed since",
    severity: Severity::Warning,
    asked_by: &["acceptance/*"],
    text: include_str!("unused_acceptance.md"),
    check: Check::Found(check),
};

fn check(desk: &Desk<'_>, findings: &[Finding], found: &mut Findings) {
    without_effect(desk, found);
    let all = acceptances(desk);
    for entry in &all {
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
        // Where another acceptance still holds, one that ran out is needed no more.
        let is_covered = || {
            all.iter().any(|other| {
                (other.reference, other.rule) == (entry.reference, entry.rule)
                    && !other.has_expired(desk.today())
                    && !other.is_of_an_earlier_form(desk)
                    && other.is_authorised(desk)
            })
        };
        let is_of_other_text = |entry: &Accepted<'_>| {
            let case = desk.case(entry.reference);
            case.is_some_and(|case| is_accepted_of_another_text(desk, case, entry.rule))
        };
        let (path, message, help) = match entry.until {
            // A finding that it still covers comes back with its end, whenever it was given.
            Some(until) if entry.has_expired(desk.today()) && (is_to_come || is_needed) => (
                format!("{}.until", entry.path),
                format!(
                    "the acceptance of {} ran out on {}",
                    entry.rule,
                    until.with_weekday()
                ),
                if is_needed && !is_covered() {
                    format!(
                        "put right what the rule asks for, or ask for it again{}",
                        again(desk, entry)
                    )
                } else {
                    "nothing needs it any more: take these lines out".to_owned()
                },
            ),
            None | Some(_) if entry.is_of_an_earlier_form(desk) && is_needed && !is_covered() => (
                format!("{}.on", entry.path),
                format!(
                    "{} was accepted for {} before it was sent again, and of what came then nobody has accepted it",
                    entry.rule, entry.reference
                ),
                format!(
                    "put right what the rule asks for, or ask for it again{}",
                    again(desk, entry)
                ),
            ),
            None | Some(_)
                if is_needed && entry.is_of_another_text(desk) && is_of_other_text(entry) =>
            {
                (
                    format!("{}.referral_digest", entry.path),
                    format!(
                        "{} has been edited since {} was accepted for it: whoever accepted it may not have seen what it says now",
                        entry.reference, entry.rule
                    ),
                    format!(
                        "it is still accepted; where the change matters to it, ask for it again{}",
                        again(desk, entry)
                    ),
                )
            }
            None | Some(_) if is_to_come && !is_needed => (
                format!("{}.rule", entry.path),
                format!(
                    "{} is accepted for {}, and there is no such finding",
                    entry.rule, entry.reference
                ),
                format!(
                    "if the rule or the reference is a slip, put it right{}; if what was accepted has been put right since, take these lines out",
                    desk.case(entry.reference)
                        .map(|case| format!(
                            ": `panel check {}` shows what was found",
                            case.file.path
                        ))
                        .unwrap_or_default()
                ),
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

/// The command that records it anew.
fn again(desk: &Desk<'_>, entry: &Accepted<'_>) -> String {
    desk.case(entry.reference)
        .map(|case| format!(": {}", command(desk, case, entry.rule)))
        .unwrap_or_default()
}

/// Acceptances that say for no referral that they are given, or that are dated after their meeting
/// by somebody who meant another day.
fn without_effect(desk: &Desk<'_>, found: &mut Findings) {
    for folder in &desk.folder.meetings {
        let Some(file) = &folder.meeting else {
            continue;
        };
        for (row, entry) in file.record.accepted.iter().enumerate() {
            let names = |text: Option<&Text>| text.is_some_and(|text| !text.trim().is_empty());
            let key = |key: &str| format!("accepted[{row}].{key}");
            if !names(entry.referral.as_ref()) && !file.has_fault_at(&key("referral")) {
                found
                    .at(
                        place_in(&file.path, key("referral")),
                        "it is not said for which referral this is accepted",
                    )
                    .help("write `referral: …` in it, with the reference; until then it changes nothing")
                    .of_meeting(&folder.id);
            }
            let Some(on) = entry.on.filter(|on| *on > desk.today()) else {
                continue;
            };
            if folder.day.is_some_and(|day| on > day) {
                found
                    .at(
                        place_in(&file.path, key("on")),
                        format!(
                            "this is accepted on {}, after the meeting that it is accepted for",
                            on.with_weekday()
                        ),
                    )
                    .help("put `on` right, with the day on which it was accepted; until then it changes nothing")
                    .about(entry.referral.as_deref().unwrap_or_default())
                    .of_meeting(&folder.id);
            }
        }
    }
}
