//! Meetings called off or moved without the agreement that the council asks for, or not in advance.
use super::super::prelude::*;
use super::{once_over, said};
use crate::council::Cancellation;
use crate::desk::PanelMeeting;
use crate::folder::File;
use crate::records::{Cancelled, Meeting, Person};

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
        let mut tell = |path: String, kept: Kept, message: String, help: String| {
            let pending = found
                .at(Desk::place(file, path), message)
                .because(&rule.basis)
                .help(help)
                .of_meeting(&meeting.id);
            if kept == Kept::AsItWas {
                once_over(pending, meeting, desk);
            }
        };
        let is_over = meeting.has_passed(desk.today());
        if let Some(cancelled) = &file.record.cancelled {
            agreed_by(
                meeting,
                rule,
                ("cancelled", "calling off the meeting"),
                cancelled.agreed_by.as_ref(),
                &mut tell,
            );
            agreed_before(meeting, is_over, file, cancelled, &mut tell);
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

/// Whether what is told can still be put right by writing it down, or is how it was.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kept {
    /// It has not been written down.
    Nowhere,
    /// It is written down, and was not as it ought to have been.
    AsItWas,
}

type Tell<'t> = &'t mut dyn FnMut(String, Kept, String, String);

fn agreed_by(
    meeting: &PanelMeeting<'_>,
    rule: &Cancellation,
    (key, what): (&str, &str),
    by: Option<&Person>,
    tell: Tell<'_>,
) {
    let council = meeting.rules;
    let who = council.one_of_posts(std::slice::from_ref(&rule.agreed_by));
    let on = meeting.day.with_weekday();
    match (
        by.and_then(|by| said(by.name.as_ref())),
        by.and_then(|by| said(by.role.as_ref())),
    ) {
        (Some(_), Some(role)) if council.serves(role, &rule.agreed_by) => {}
        (Some(name), Some(role)) => tell(
            format!("{key}.agreed_by.role"),
            Kept::AsItWas,
            format!(
                "{what} of {on} was agreed by {name} ({}), and it takes {who}",
                council.role_label(role)
            ),
            format!(
                "ask {who}: if they agree, write their name and post in `agreed_by`; if not, take `{key}` out and hold the meeting as planned"
            ),
        ),
        (None, _) => tell(
            format!("{key}.agreed_by"),
            Kept::Nowhere,
            match key {
                "moved" => format!("the meeting of {on} is moved, and it is not said who agreed"),
                _ => format!("the meeting of {on} is called off, and it is not said who agreed"),
            },
            format!(
                "write `agreed_by: {{name: …, role: …}}` under `{key}`, with the name and post of {who}; if they were not asked, ask now: until they agree the meeting is held as planned"
            ),
        ),
        (Some(name), None) => tell(
            format!("{key}.agreed_by.role"),
            Kept::Nowhere,
            format!("{what} of {on} was agreed by {name}, in a post that is not said"),
            format!("write `role: …` in `agreed_by`; it takes the agreement of {who}"),
        ),
    }
}

fn agreed_before(
    meeting: &PanelMeeting<'_>,
    is_over: bool,
    file: &File<Meeting>,
    cancelled: &Cancelled,
    tell: Tell<'_>,
) {
    let Some(agreed) = cancelled.agreed else {
        if !file.has_fault_at("cancelled.agreed") {
            tell(
                "cancelled.agreed".to_owned(),
                Kept::Nowhere,
                format!(
                    "it is not said when calling off the meeting of {} was agreed",
                    meeting.day.with_weekday()
                ),
                "write under `cancelled` the day and the hour at which it was, like `agreed: 2026-11-24T09:00`"
                    .to_owned(),
            );
        }
        return;
    };
    let too_late = if agreed.latest() >= meeting.starts_at {
        Some(format!(
            "the meeting was to begin ({})",
            moment_in_words(meeting.starts_at)
        ))
    } else {
        let told = cancelled.told;
        told.filter(|told| agreed.latest() > told.latest())
            .map(|told| format!("the members were told ({})", moment_in_words(told.latest())))
    };
    if let Some(event) = too_late {
        tell(
            "cancelled.agreed".to_owned(),
            Kept::AsItWas,
            format!(
                "calling the meeting off was agreed on {}, not before {event}",
                agreed.with_weekday()
            ),
            format!(
                "if `agreed` names only the day, write the hour too, like `2026-11-24T09:00`; if the hour is right, leave it{}",
                match is_over {
                    true => "; it stays on the record",
                    false => ", and ask whoever agreed whether the meeting is held after all",
                }
            ),
        );
    }
}
