//! Cases that nobody who should present them comes, or came, with.
use super::super::prelude::*;
use crate::council::Presenter;
use crate::desk::PanelMeeting;
use crate::folder::File;
use crate::records::Meeting;

pub(super) const RULE: Rule = Rule {
    id: "missing-attendee",
    summary: "nobody who presents the case is down to come, or came",
    severity: Severity::Error,
    asked_by: &["presenter/*"],
    text: include_str!("missing_attendee.md"),
    check: Check::Desk(check),
};

fn check(desk: &Desk<'_>, found: &mut Findings) {
    for presenter in &desk.council.presenters {
        before(desk, presenter, found);
        at_the_meeting(desk, presenter, found);
    }
}

/// Who is down to come to a meeting that is still to decide.
fn before(desk: &Desk<'_>, presenter: &Presenter, found: &mut Findings) {
    for case in desk.judged() {
        if !desk.holds(presenter.when.as_ref(), case) {
            continue;
        }
        let comes = case
            .referral()
            .attending
            .iter()
            .any(|person| serves(desk, presenter, person.role.as_ref()));
        let came = desk
            .meeting_for(case)
            .and_then(record)
            .is_some_and(|file| came(desk, presenter, file, case.reference()) == Some(true));
        if comes || came {
            continue;
        }
        found
            .at(
                Desk::place(case.file, "attending"),
                format!(
                    "it is not said who presents the case: {}",
                    posts(desk, presenter)
                ),
            )
            .because(&presenter.basis)
            .help(format!(
                "add who comes under `attending`, with `role: {}`",
                presenter.any_of.join("` or `role: ")
            ))
            .about(case.reference())
            .weighing(presenter.severity);
    }
}

/// Who came, once the meeting's record says so.
fn at_the_meeting(desk: &Desk<'_>, presenter: &Presenter, found: &mut Findings) {
    for case in desk.cases() {
        for made in &case.decisions {
            let Some(file) = desk.meeting_in(made.meeting).and_then(record) else {
                continue;
            };
            if !desk.holds(presenter.when.as_ref(), case)
                || came(desk, presenter, file, case.reference()) != Some(false)
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
                        "nobody is recorded as presenting {}: {}",
                        case.reference(),
                        posts(desk, presenter)
                    ),
                )
                .because(&presenter.basis)
                .help("add who presented the case under `presented`; if nobody did, the decision says so in its reasons")
                .about(case.reference())
                .of_meeting(made.meeting)
                .weighing(presenter.severity);
        }
    }
}

fn record<'a>(meeting: &PanelMeeting<'a>) -> Option<&'a File<Meeting>> {
    meeting.folder.and_then(|folder| folder.meeting.as_ref())
}

/// Whether one of the posts presented the case; none where the meeting does not record it.
fn came(
    desk: &Desk<'_>,
    presenter: &Presenter,
    file: &File<Meeting>,
    reference: &str,
) -> Option<bool> {
    let presented = file.record.presented.as_ref()?;
    Some(presented.iter().any(|person| {
        person.referral.as_deref() == Some(reference)
            && person.status.as_deref() != Some("absent")
            && serves(desk, presenter, person.role.as_ref())
    }))
}

fn serves(desk: &Desk<'_>, presenter: &Presenter, role: Option<&String>) -> bool {
    role.is_some_and(|role| {
        presenter
            .any_of
            .iter()
            .any(|wanted| desk.council.words.role_serves(role, wanted))
    })
}

fn posts(desk: &Desk<'_>, presenter: &Presenter) -> String {
    let posts: Vec<String> = presenter
        .any_of
        .iter()
        .map(|role| format!("the {}", desk.council.role_label(role).to_lowercase()))
        .collect();
    posts.join(" or ")
}
