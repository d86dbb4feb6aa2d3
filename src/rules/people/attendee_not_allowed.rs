//! People who do not come to the panel, and are down to come or came.
use super::super::acceptance::in_time_or_accepted;
use super::super::prelude::*;
use super::{heard, presented};

pub(super) const RULE: Rule = Rule {
    id: "attendee-not-allowed",
    summary: "somebody who is not invited is down to come, or came",
    severity: Severity::Error,
    asked_by: &["not-invited/*"],
    text: include_str!("attendee_not_allowed.md"),
    check: Check::Desk(check),
};

fn check(desk: &Desk<'_>, found: &mut Findings) {
    for case in desk.judged() {
        for asked in &case.rules.not_invited {
            if !desk.holds(asked.when.as_ref(), case) {
                continue;
            }
            for (row, person) in case.referral().attending.iter().enumerate() {
                if !case.rules.serves_any(person.role.as_ref(), &asked.roles) {
                    continue;
                }
                let post = case.rules.role_label(person.role.as_deref().unwrap_or(""));
                found
                    .at(
                        Desk::place(case.file, format!("attending[{row}]")),
                        format!(
                            "the {} is down to come, and is not invited to this panel",
                            post.to_lowercase()
                        ),
                    )
                    .because(&asked.basis)
                    .help(format!(
                        "take this line out of `attending` and tell them; write what they want the panel to know under `views`{}",
                        in_time_or_accepted(desk, case, RULE.id)
                    ))
                    .about(case.reference());
            }
        }
    }
    for (case, made, file) in heard(desk) {
        for asked in &made.rules.not_invited {
            if !desk.holds_for(asked.when.as_ref(), case, made) {
                continue;
            }
            for (row, person) in presented(file, case.reference()).into_iter().flatten() {
                if !made.rules.serves_any(person.role.as_ref(), &asked.roles) {
                    continue;
                }
                let post = made.rules.role_label(person.role.as_deref().unwrap_or(""));
                found
                    .at(
                        Desk::place(file, format!("presented[{row}]")),
                        format!(
                            "the {} was there for {}, and is not invited to this panel",
                            post.to_lowercase(),
                            case.reference()
                        ),
                    )
                    .because(&asked.basis)
                    .help(
                        "if they were not there, take this line out of `presented`; if they were, leave it and tell the chair",
                    )
                    .about(case.reference())
                    .of_meeting(made.meeting);
            }
        }
    }
}
