//! Money approved without the signature that the council asks for.
use super::super::prelude::*;
use super::said;
use crate::council::THE_CHAIR;
use crate::records::{ExpenditureSigned, Person};

pub(super) const RULE: Rule = Rule {
    id: "expenditure-unsigned",
    summary: "the approved spend is not signed, or not by who signs it",
    severity: Severity::Error,
    asked_by: &["expenditure"],
    text: include_str!("expenditure_unsigned.md"),
    check: Check::Desk(check),
};

fn check(desk: &Desk<'_>, found: &mut Findings) {
    let Some(rule) = &desk.council.expenditure else {
        return;
    };
    let who = desk.council.role_label(&rule.signed_by);
    for (case, made) in super::made(desk) {
        if !made.is_approval() || made.decision().approved.is_empty() {
            continue;
        }
        let signed = made.decision().expenditure_signed.as_ref();
        let Some((path, message)) = fault(desk, made, signed, &rule.signed_by) else {
            continue;
        };
        found
            .at(Desk::place(&made.file.file, path), message)
            .because(&rule.basis)
            .help(format!(
                "the spend is signed by {who}: `panel decide {} --amend REASON --sign-expenditure`",
                case.reference()
            ))
            .about(case.reference())
            .of_meeting(made.meeting);
    }
}

fn fault(
    desk: &Desk<'_>,
    made: &Made<'_>,
    signed: Option<&ExpenditureSigned>,
    wanted: &str,
) -> Option<(&'static str, String)> {
    let Some(signed) = signed else {
        return Some((
            "expenditure_signed",
            "the approved spend is not signed".to_owned(),
        ));
    };
    let Some(name) = said(signed.name.as_ref()) else {
        return Some((
            "expenditure_signed.name",
            "the signature for the spend has no name".to_owned(),
        ));
    };
    if signed.on.is_none() {
        return Some((
            "expenditure_signed.on",
            "the signature for the spend has no date".to_owned(),
        ));
    }
    let chair = chair_of(desk, made).filter(|_| wanted == THE_CHAIR);
    if let Some(chaired) = chair.and_then(|chair| said(chair.name.as_ref()))
        && !same_name(name, chaired)
    {
        return Some((
            "expenditure_signed.name",
            format!("the spend is signed by {name}, and {chaired} chaired the meeting"),
        ));
    }
    // The chair's own name is enough where the post is left out.
    let role = said(signed.role.as_ref()).or(chair.and_then(|chair| said(chair.role.as_ref())));
    match role {
        None => Some((
            "expenditure_signed.role",
            format!("the spend is signed by {name}, in a post that is not said"),
        )),
        // Whether the chair may chair at all has a rule of its own.
        Some(role) if chair.is_some_and(|chair| said(chair.role.as_ref()) == Some(role)) => None,
        Some(role)
            if chair.and_then(|chair| said(chair.role.as_ref())).is_none()
                && desk.council.serves(role, wanted) =>
        {
            None
        }
        Some(role) => Some((
            "expenditure_signed.role",
            format!(
                "the spend is signed by {name} as {}",
                desk.council.role_label(role)
            ),
        )),
    }
}

fn chair_of<'a>(desk: &Desk<'a>, made: &Made<'_>) -> Option<&'a Person> {
    let folder = desk.meeting_in(made.meeting)?.folder?;
    folder.meeting.as_ref()?.record.chair.as_ref()
}
