//! Members who sat on a case that they have a part in, with no declaration.
use super::super::prelude::*;
use super::said;
use crate::records::Referral;

pub(super) const RULE: Rule = Rule {
    id: "declaration-missing",
    summary: "a member involved in a case has not declared it",
    severity: Severity::Error,
    asked_by: &["declarations"],
    text: include_str!("declaration_missing.md"),
    check: Check::Desk(check),
};

fn check(desk: &Desk<'_>, found: &mut Findings) {
    let decided_at = desk.decided_at();
    for (meeting, file) in super::recorded(desk) {
        let Some(basis) = &meeting.rules.declarations else {
            continue;
        };
        let decided: Vec<&Case<'_>> = super::decided(&decided_at, meeting)
            .iter()
            .map(|(case, _)| *case)
            .collect();
        // Nobody sat where a decision between meetings is kept.
        if decided.is_empty() || meeting.is_outside {
            continue;
        }
        let Some(declared) = &file.record.declarations else {
            found
                .at(
                    Desk::place(file, "declarations"),
                    format!(
                        "it is not recorded whether the members declared an involvement in what was decided on {}",
                        meeting.on.with_weekday()
                    ),
                )
                .because(basis)
                .help("ask the chair; then write below `declarations:` a line for each, `- {member: …, referral: …, nature: …}`, or `declarations: []` if members were asked and there was nothing")
                .of_meeting(&meeting.id)
                .weighing(Severity::Warning);
            continue;
        };
        for member in members(file) {
            for case in &decided {
                let Some(part) = part_of(case.referral(), member) else {
                    continue;
                };
                let is_declared = declared.iter().any(|entry| {
                    entry.referral.as_deref() == Some(case.reference())
                        && entry
                            .member
                            .as_deref()
                            .is_some_and(|name| same_name(name, member))
                });
                if is_declared {
                    continue;
                }
                found
                    .at(
                        Desk::place(file, "declarations"),
                        format!(
                            "{member} sat as {} was decided and {part}, and has declared nothing",
                            case.reference()
                        ),
                    )
                    .because(basis)
                    .help(format!(
                        "ask {member}; then write below `declarations:` `- {{member: {member}, referral: {}, nature: …}}`, and there too if the member left the room",
                        case.reference()
                    ))
                    .about(case.reference())
                    .of_meeting(&meeting.id);
            }
        }
    }
}

/// Everybody who sat: those recorded as there, those who covered for a member, and the chair.
fn members(file: &crate::folder::File<crate::records::Meeting>) -> Vec<&str> {
    let record = &file.record;
    let there = record
        .attendance
        .iter()
        .flatten()
        .filter(|person| person.is_there())
        .map(|person| person.name.as_ref());
    let cover = record
        .attendance
        .iter()
        .flatten()
        .filter(|person| person.status.as_deref() == Some("cover"))
        .map(|person| person.cover_by.as_ref());
    let chair = record.chair.iter().map(|chair| chair.name.as_ref());
    let mut members: Vec<&str> = Vec::new();
    for name in there.chain(cover).chain(chair).filter_map(said) {
        if !members.iter().any(|known| same_name(known, name)) {
            members.push(name);
        }
    }
    members
}

/// What a person has to do with a case, in words.
fn part_of(referral: &Referral, member: &str) -> Option<&'static str> {
    let named = |person: &Option<crate::records::Named>| {
        person.as_ref().and_then(|person| person.name.clone())
    };
    let parts = [
        (referral.worker.name.clone(), "is its worker"),
        (named(&referral.team_manager), "is its team manager"),
        (named(&referral.service_manager), "is its service manager"),
        (
            named(&referral.iro),
            "is the child's independent reviewing officer",
        ),
    ];
    let own = parts
        .into_iter()
        .find(|(name, _)| name.as_deref().is_some_and(|name| same_name(name, member)))
        .map(|(_, part)| part);
    own.or_else(|| {
        referral
            .involved_members
            .iter()
            .any(|name| same_name(name, member))
            .then_some("is named on it as knowing the case")
    })
}
