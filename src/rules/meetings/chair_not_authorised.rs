//! Meetings chaired, and decisions given, by somebody whom the council does not let.
use super::super::judge::{chairs_in_words, may_chair};
use super::super::prelude::*;
use super::said;
use crate::desk::PanelMeeting;
use crate::findings::{Basis, Place};

pub(super) const RULE: Rule = Rule {
    id: "chair-not-authorised",
    summary: "the meeting is chaired, or the case decided, by somebody who may not",
    severity: Severity::Error,
    asked_by: &["chair/*"],
    text: include_str!("chair_not_authorised.md"),
    check: Check::Desk(check),
};

fn check(desk: &Desk<'_>, found: &mut Findings) {
    if desk.council.chairs.is_empty() {
        return;
    }
    for (meeting, file) in super::recorded(desk) {
        let Some(chair) = &file.record.chair else {
            continue;
        };
        if meeting.is_cancelled {
            continue;
        }
        if let Some((message, basis)) = objection(desk, Some(meeting), said(chair.role.as_ref())) {
            found
                .at(Desk::place(file, "chair.role"), message)
                .because(&basis)
                .help(who_may(desk))
                .of_meeting(&meeting.id);
        }
    }
    for case in desk.cases() {
        for made in &case.decisions {
            decided_by(desk, case, made, found);
        }
    }
}

/// Why a post may not chair, and the entry that says who may; nothing where it may.
fn objection(
    desk: &Desk<'_>,
    meeting: Option<&PanelMeeting<'_>>,
    role: Option<&str>,
) -> Option<(String, Basis)> {
    let council = desk.council;
    if may_chair(council, meeting, role.unwrap_or_default()) {
        return None;
    }
    let first = council.chairs.first()?;
    let Some(role) = role else {
        return Some((
            "it is not said in which post".to_owned(),
            first.basis.clone(),
        ));
    };
    let label = council.role_label(role);
    match council.may_chair(role) {
        Some(stand_in) => {
            let before: Vec<&str> = stand_in
                .only_if_away
                .iter()
                .map(|role| council.role_label(role))
                .collect();
            Some((
                format!(
                    "{label} chairs only where the record shows these as away: {}",
                    before.join(", ")
                ),
                stand_in.basis.clone(),
            ))
        }
        None => Some((
            format!("{label} is not a post that chairs this panel"),
            first.basis.clone(),
        )),
    }
}

fn who_may(desk: &Desk<'_>) -> String {
    format!(
        "this panel is chaired by: {}; put the name, the post or the attendance right",
        chairs_in_words(desk.council)
    )
}

fn decided_by(desk: &Desk<'_>, case: &Case<'_>, made: &Made<'_>, found: &mut Findings) {
    let Some(by) = &made.decision().decided_by else {
        return;
    };
    let file = &made.file.file;
    let meeting = desk.meeting_in(made.meeting);
    let chair = meeting
        .and_then(|meeting| meeting.folder)
        .and_then(|folder| folder.meeting.as_ref())
        .and_then(|file| file.record.chair.as_ref());
    let role = said(by.role.as_ref());
    let (place, message, help, basis): (Place, String, String, Basis) = match chair {
        // Without a record of who chaired, the post alone is judged.
        None => match objection(desk, meeting, role) {
            Some((message, basis)) => (
                Desk::place(file, "decided_by.role"),
                message,
                who_may(desk),
                basis,
            ),
            None => return,
        },
        Some(chair) => {
            let basis = desk
                .council
                .chairs
                .first()
                .map(|chair| chair.basis.clone())
                .unwrap_or_default();
            let chaired = said(chair.name.as_ref());
            let chair_role = said(chair.role.as_ref());
            let help = "the one who chaired gives the decision: put the meeting's `chair` right, or amend the decision".to_owned();
            match (said(by.name.as_ref()), chaired) {
                (Some(name), Some(chaired)) if !same_name(name, chaired) => (
                    Desk::place(file, "decided_by.name"),
                    format!("{name} gave the decision, and {chaired} chaired the meeting"),
                    help,
                    basis,
                ),
                _ if chair_role.is_some() && role != chair_role => (
                    Desk::place(file, "decided_by.role"),
                    format!(
                        "the decision is given as {}, and the meeting was chaired as {}",
                        role.map_or("no post", |role| desk.council.role_label(role)),
                        chair_role.map_or("no post", |role| desk.council.role_label(role))
                    ),
                    help,
                    basis,
                ),
                _ => return,
            }
        }
    };
    found
        .at(place, message)
        .because(&basis)
        .help(help)
        .about(case.reference())
        .of_meeting(made.meeting);
}
