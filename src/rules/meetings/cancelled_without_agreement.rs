//! Meetings called off without the agreement that the council asks for, or not in advance.
use super::super::prelude::*;
use super::said;

pub(super) const RULE: Rule = Rule {
    id: "cancelled-without-agreement",
    summary: "a meeting was called off without agreement beforehand",
    severity: Severity::Error,
    asked_by: &["cancellation"],
    text: include_str!("cancelled_without_agreement.md"),
    check: Check::Desk(check),
};

fn check(desk: &Desk<'_>, found: &mut Findings) {
    let Some(rule) = &desk.council.cancellation else {
        return;
    };
    let council = desk.council;
    let who = council.role_label(&rule.agreed_by);
    for (meeting, file) in super::recorded(desk) {
        let Some(cancelled) = &file.record.cancelled else {
            continue;
        };
        let mut tell = |path: &str, message: String, help: String| {
            found
                .at(Desk::place(file, path), message)
                .because(&rule.basis)
                .help(help)
                .of_meeting(&meeting.id);
        };
        let by = cancelled.agreed_by.as_ref();
        match (
            by.and_then(|by| said(by.name.as_ref())),
            by.and_then(|by| said(by.role.as_ref())),
        ) {
            (Some(_), Some(role)) if council.serves(role, &rule.agreed_by) => {}
            (Some(name), Some(role)) => tell(
                "cancelled.agreed_by.role",
                format!(
                    "calling the meeting off was agreed by {name} as {}",
                    council.role_label(role)
                ),
                format!("it takes the agreement of {who}: record it, or hold the meeting"),
            ),
            (None, _) => tell(
                "cancelled.agreed_by",
                "the meeting is called off, and it is not said who agreed".to_owned(),
                format!("add `agreed_by:` with the name and post of {who}"),
            ),
            (Some(name), None) => tell(
                "cancelled.agreed_by.role",
                format!("calling the meeting off was agreed by {name}, in a post that is not said"),
                format!("add the post; it takes the agreement of {who}"),
            ),
        }
        let Some(agreed) = cancelled.agreed else {
            tell(
                "cancelled.agreed",
                "it is not said when calling the meeting off was agreed".to_owned(),
                "add `agreed:` with the day and the hour".to_owned(),
            );
            continue;
        };
        let too_late = if agreed.latest() >= meeting.starts_at {
            Some("the meeting was to begin")
        } else if cancelled
            .told
            .is_some_and(|told| agreed.latest() > told.latest())
        {
            Some("the members were told")
        } else {
            None
        };
        if let Some(event) = too_late {
            tell(
                "cancelled.agreed",
                format!(
                    "calling the meeting off was agreed on {}, not before {event}",
                    moment_in_words(agreed.latest())
                ),
                "agreement comes first; where only the day is written, add the hour".to_owned(),
            );
        }
    }
}
