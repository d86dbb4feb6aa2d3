//! Cases that nobody who should present them comes, or came, with.
use super::super::acceptance::in_time_or_accepted;
use super::super::prelude::*;
use super::{heard, presented, record};
use crate::council::{Council, Presenter};
use crate::folder::File;
use crate::records::{Meeting, Text};

pub(super) const RULE: Rule = Rule {
    id: "missing-attendee",
    summary: "nobody who presents the case is down to come, or came",
    severity: Severity::Error,
    asked_by: &["presenter/*"],
    text: include_str!("missing_attendee.md"),
    check: Check::Desk(check),
};

fn check(desk: &Desk<'_>, found: &mut Findings) {
    before(desk, found);
    at_the_meeting(desk, found);
}

/// Who is down to come to a meeting that is still to decide.
fn before(desk: &Desk<'_>, found: &mut Findings) {
    for case in desk.judged() {
        for presenter in &case.rules.presenters {
            if !desk.holds(presenter.when.as_ref(), case) {
                continue;
            }
            let comes = case
                .referral()
                .attending
                .iter()
                .any(|person| serves(case.rules, presenter, person.role.as_ref()));
            let came = desk.meeting_for(case).and_then(record).is_some_and(|file| {
                came(case.rules, presenter, file, case.reference()) == Some(true)
            });
            if comes || came {
                continue;
            }
            found
                .at(
                    Desk::place(case.file, "attending"),
                    match desk.meeting_for(case) {
                        Some(meeting) => format!(
                            "nobody is down to present the case at the meeting of {}: it takes {}",
                            meeting.on.with_weekday(),
                            case.rules.one_of_posts(&presenter.any_of)
                        ),
                        None => format!(
                            "nobody is down to present the case: it takes {}",
                            case.rules.one_of_posts(&presenter.any_of)
                        ),
                    },
                )
                .because(&presenter.basis)
                .help(format!(
                    "write below `attending:` who comes: `- {{name: …, role: {}}}`{}",
                    presenter.any_of.join("}` or `- {name: …, role: "),
                    in_time_or_accepted(desk, case, RULE.id)
                ))
                .about(case.reference());
        }
    }
}

/// Who came, once the meeting's record says so.
fn at_the_meeting(desk: &Desk<'_>, found: &mut Findings) {
    for (case, made, file) in heard(desk) {
        for presenter in &made.rules.presenters {
            if !desk.holds_for(presenter.when.as_ref(), case, made)
                || came(made.rules, presenter, file, case.reference()) != Some(false)
            {
                continue;
            }
            // A deferral because nobody came has said so already.
            let reason = made
                .decision()
                .deferred
                .as_ref()
                .and_then(|deferred| deferred.reason.as_deref());
            if made.outcome() == "defer" && reason == Some("not-attended") {
                continue;
            }
            found
                .at(
                    Desk::place(file, "presented"),
                    format!(
                        "nobody is recorded as presenting {}: it takes {}",
                        case.reference(),
                        made.rules.one_of_posts(&presenter.any_of)
                    ),
                )
                .because(&presenter.basis)
                .help(format!(
                    "write below `presented:` who did: `- {{referral: {}, name: …, role: …, status: present}}`; if nobody did, the record stays as it is, and the chair says so in the reasons of the decision",
                    case.reference()
                ))
                .about(case.reference())
                .of_meeting(made.meeting);
        }
    }
}

/// Whether one of the posts presented the case; none where the meeting does not record it.
fn came(
    rules: &Council,
    presenter: &Presenter,
    file: &File<Meeting>,
    reference: &str,
) -> Option<bool> {
    let mut people = presented(file, reference)?;
    Some(people.any(|(_, person)| serves(rules, presenter, person.role.as_ref())))
}

fn serves(rules: &Council, presenter: &Presenter, role: Option<&Text>) -> bool {
    rules.serves_any(role, &presenter.any_of)
}
