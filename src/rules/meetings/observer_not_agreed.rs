//! People who watched a meeting without the agreement that the council asks for.
use super::super::prelude::*;
use super::{once_over, recorded, said};
use crate::council::{Council, THE_CHAIR};
use crate::records::Meeting;

pub(super) const RULE: Rule = Rule {
    id: "observer-not-agreed",
    summary: "somebody watches the meeting, and nobody who may has agreed to it",
    severity: Severity::Error,
    asked_by: &["observers"],
    text: include_str!("observer_not_agreed.md"),
    check: Check::Desk(check),
};

fn check(desk: &Desk<'_>, found: &mut Findings) {
    for (meeting, file) in recorded(desk) {
        let Some(rule) = &meeting.rules.observers else {
            continue;
        };
        let who = meeting
            .rules
            .one_of_posts(std::slice::from_ref(&rule.signed_by));
        for (row, observer) in file.record.observers.iter().flatten().enumerate() {
            let name = said(observer.name.as_ref()).unwrap_or("an observer without a name");
            let message = match said(observer.agreed_by.as_ref()) {
                None => format!(
                    "{name} watches the meeting of {}, and it is not said who agreed",
                    meeting.on.with_weekday()
                ),
                Some(by) if may_agree(meeting.rules, &rule.signed_by, &file.record, by) => continue,
                Some(by) => format!(
                    "{name} watches the meeting of {} with the agreement of {by}, and it takes {who}",
                    meeting.on.with_weekday()
                ),
            };
            let pending = found
                .at(
                    Desk::place(file, format!("observers[{row}].agreed_by")),
                    message,
                )
                .because(&rule.basis)
                .help(match meeting.has_passed(desk.today()) {
                    true => format!(
                        "if {who} agreed before the meeting, write `agreed_by: NAME` in this line; if not, leave it: it stays on the record"
                    ),
                    false => format!(
                        "ask {who} before the meeting: if they agree, write `agreed_by: NAME` in this line; if not, tell the observer not to come and take the line out"
                    ),
                })
                .of_meeting(&meeting.id);
            once_over(pending, meeting, desk);
        }
    }
}

/// Whether somebody, known by name alone, may agree: the chair, or a member in the post. Of whom
/// nothing more is known than the name, nothing is said.
fn may_agree(rules: &Council, wanted: &str, record: &Meeting, by: &str) -> bool {
    let chair = record.chair.as_ref();
    let chair_name = chair.and_then(|chair| said(chair.name.as_ref()));
    let is_chair = chair_name.is_some_and(|name| same_name(name, by));
    if wanted == THE_CHAIR && is_chair {
        return true;
    }
    let from_chair = chair
        .filter(|_| is_chair)
        .and_then(|chair| said(chair.role.as_ref()));
    let rows = record.attendance.iter().flatten();
    let mut roles = rows
        .filter(|row| said(row.name.as_ref()).is_some_and(|name| same_name(name, by)))
        .filter_map(|row| said(row.role.as_ref()))
        .chain(from_chair)
        .peekable();
    if roles.peek().is_none() {
        // Another than the chair, where the chair is known and it takes the chair.
        return wanted != THE_CHAIR || chair_name.is_none();
    }
    roles.any(|role| rules.serves(role, wanted))
}
