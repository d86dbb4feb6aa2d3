//! Meetings called off or moved without the agreement that the council asks for, or not in advance.
use super::super::prelude::*;
use super::said;
use crate::council::Cancellation;
use crate::desk::PanelMeeting;
use crate::folder::File;
use crate::records::{Meeting, Moment, Person};

pub(super) const RULE: Rule = Rule {
    id: "cancelled-without-agreement",
    summary: "a meeting was called off or moved without agreement beforehand",
    severity: Severity::Error,
    asked_by: &["cancellation"],
    text: include_str!("cancelled_without_agreement.md"),
    check: Check::Desk(check),
};

fn check(desk: &Desk<'_>, found: &mut Findings) {
    for (meeting, file) in super::recorded(desk) {
        let Some(rule) = &meeting.rules.cancellation else {
            continue;
        };
        let mut tell = |path: String, message: String, help: String| {
            found
                .at(Desk::place(file, path), message)
                .because(&rule.basis)
                .help(help)
                .of_meeting(&meeting.id);
        };
        if let Some(cancelled) = &file.record.cancelled {
            agreed_by(
                meeting,
                rule,
                ("cancelled", "calling the meeting off"),
                cancelled.agreed_by.as_ref(),
                &mut tell,
            );
            agreed_before(meeting, file, cancelled.agreed, cancelled.told, &mut tell);
        }
        if let Some(moved) = &file.record.moved {
            agreed_by(
                meeting,
                rule,
                ("moved", "moving the meeting"),
                moved.agreed_by.as_ref(),
                &mut tell,
            );
        }
    }
}

type Tell<'t> = &'t mut dyn FnMut(String, String, String);

fn agreed_by(
    meeting: &PanelMeeting<'_>,
    rule: &Cancellation,
    (key, what): (&str, &str),
    by: Option<&Person>,
    tell: Tell<'_>,
) {
    let council = meeting.rules;
    let who = council.role_label(&rule.agreed_by);
    match (
        by.and_then(|by| said(by.name.as_ref())),
        by.and_then(|by| said(by.role.as_ref())),
    ) {
        (Some(_), Some(role)) if council.serves(role, &rule.agreed_by) => {}
        (Some(name), Some(role)) => tell(
            format!("{key}.agreed_by.role"),
            format!(
                "{what} was agreed by {name} as {}",
                council.role_label(role)
            ),
            format!("it takes the agreement of {who}: record it, or hold the meeting as planned"),
        ),
        (None, _) => tell(
            format!("{key}.agreed_by"),
            match key {
                "moved" => "the meeting is moved, and it is not said who agreed".to_owned(),
                _ => "the meeting is called off, and it is not said who agreed".to_owned(),
            },
            format!("add `agreed_by: {{name: …, role: …}}` with the name and post of {who}"),
        ),
        (Some(name), None) => tell(
            format!("{key}.agreed_by.role"),
            format!("{what} was agreed by {name}, in a post that is not said"),
            format!("add `role: …` with the post; it takes the agreement of {who}"),
        ),
    }
}

fn agreed_before(
    meeting: &PanelMeeting<'_>,
    file: &File<Meeting>,
    agreed: Option<Moment>,
    told: Option<Moment>,
    tell: Tell<'_>,
) {
    let Some(agreed) = agreed else {
        if !file.has_fault_at("cancelled.agreed") {
            tell(
                "cancelled.agreed".to_owned(),
                "it is not said when calling the meeting off was agreed".to_owned(),
                "add `agreed:` with the day and the hour, like `agreed: 2026-11-24T09:00`"
                    .to_owned(),
            );
        }
        return;
    };
    let too_late = if agreed.latest() >= meeting.starts_at {
        Some("the meeting was to begin")
    } else if told.is_some_and(|told| agreed.latest() > told.latest()) {
        Some("the members were told")
    } else {
        None
    };
    if let Some(event) = too_late {
        tell(
            "cancelled.agreed".to_owned(),
            format!(
                "calling the meeting off was agreed on {}, not before {event}",
                moment_in_words(agreed.latest())
            ),
            "agreement comes first; where only the day is written, add the hour".to_owned(),
        );
    }
}
