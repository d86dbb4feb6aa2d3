//! Acceptances on the record by somebody who may not give them, or of what nobody may accept.
use super::super::acceptance::{acceptable_instead, acceptances};
use super::super::prelude::*;
use super::{place_in, said};

pub(super) const RULE: Rule = Rule {
    id: "acceptance-not-authorised",
    summary: "something was accepted by somebody who may not accept it",
    severity: Severity::Error,
    asked_by: &["acceptance/*"],
    text: include_str!("acceptance_not_authorised.md"),
    check: Check::Desk(check),
};

fn check(desk: &Desk<'_>, found: &mut Findings) {
    for entry in acceptances(desk) {
        if entry.is_authorised(desk) {
            continue;
        }
        let council = desk
            .case(entry.reference)
            .map_or(desk.council, |case| case.rules);
        let place = place_in(entry.file, format!("{}.by", entry.path));
        let rule = entry.rule;
        let basis = entry
            .entry(desk)
            .map(|asked| asked.basis.clone())
            .unwrap_or_default();
        let pending = match acceptable_instead(desk, &entry) {
            Some(who) => {
                let name = entry.by.and_then(|by| said(by.name.as_ref()));
                let role = entry.by.and_then(|by| said(by.role.as_ref()));
                let message = match (name, role) {
                    (None, None) => format!("it is not said who accepted {rule}"),
                    (Some(name), None) => {
                        format!("{name} accepted {rule}, in a post that is not said")
                    }
                    (name, Some(role)) => format!(
                        "{} may not accept {rule}",
                        match name {
                            Some(name) => format!("{name} ({})", council.role_label(role)),
                            None => council.role_label(role).to_owned(),
                        }
                    ),
                };
                found
                    .at(place, message)
                    .help(format!(
                        "ask {who}, and put that on the record: {}; then take these lines out. Until then what was found stands",
                        again(entry.file, entry.reference, rule)
                    ))
            }
            None => unacceptable(desk, found, entry.file, &entry.path, rule),
        };
        let pending = pending.because(&basis).of_meeting(entry.meeting);
        if !entry.reference.is_empty() {
            let _ = pending.about(entry.reference);
        }
    }
}

/// The command with which somebody else accepts it: with a decision, as its amendment.
fn again(file: &str, reference: &str, rule: &str) -> String {
    let day = file
        .strip_prefix("meetings/")
        .and_then(|rest| rest.split_once("/decisions/"))
        .map(|(meeting, _)| meeting.get(..10).unwrap_or(meeting));
    let reference = if reference.is_empty() {
        "REFERENCE"
    } else {
        reference
    };
    match day {
        Some(day) => format!(
            "`panel decide {reference} --date {day} --amend REASON --from {file} --accept '{rule}|REASON'`"
        ),
        None => {
            format!("`panel accept {reference} --rule {rule} --by NAME --role ROLE --reason TEXT`")
        }
    }
}

/// What nobody may accept, or what is no rule at all: here the rule's name is to be put right.
fn unacceptable<'f>(
    desk: &Desk<'_>,
    found: &'f mut Findings,
    file: &str,
    path: &str,
    rule: &str,
) -> crate::findings::Pending<'f> {
    let place = place_in(file, format!("{path}.rule"));
    if rule.trim().is_empty() {
        return found
            .at(place, "it is not said which rule is accepted")
            .help("write `rule: …` as `panel check` prints it between brackets, like `rule: late-submission`");
    }
    let own: Vec<&str> = desk.book.own_ids().collect();
    if super::super::find(rule).is_some() || own.contains(&rule) {
        return found
            .at(place, format!("nobody may accept {rule} here"))
            .help(format!("put right what {rule} asks for (`panel explain {rule}` says what), and take these lines out"));
    }
    let known = super::super::all().map(|rule| rule.id).chain(own);
    let help = match crate::folder::nearest(rule, known) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "write `rule: …` as `panel check` prints it between brackets, like `rule: late-submission`".to_owned(),
    };
    found
        .at(place, format!("`{rule}` is not a rule"))
        .help(help)
}
