//! Signatures that the form needs and does not have.
use super::super::acceptance::{acceptable_by, command};
use super::super::prelude::*;
use super::super::ways::by_the_cut_off;
use crate::records::{Referral, SignOff};

pub(super) const RULE: Rule = Rule {
    id: "missing-sign-off",
    summary: "a signature is missing",
    severity: Severity::Error,
    asked_by: &["sign-off/*"],
    text: include_str!("missing_sign_off.md"),
    check: Check::Case(check),
};

fn check(desk: &Desk<'_>, case: &Case<'_>, found: &mut Findings) {
    let or_accepted = || {
        let command = command(desk, case, RULE.id);
        let said = |who| format!("; or have {who} accept it unsigned on the record: {command}");
        let accepted = acceptable_by(desk, case, RULE.id).map_or_else(String::new, said);
        by_the_cut_off(desk, case) + &accepted
    };
    for asked in &case.rules.sign_offs {
        if !desk.holds(asked.when.as_ref(), case) {
            continue;
        }
        let given: Vec<_> = case
            .referral()
            .sign_offs
            .iter()
            .enumerate()
            .filter(|(_, sign_off)| case.rules.serves_any(sign_off.role.as_ref(), &asked.any_of))
            .collect();
        if given.iter().any(|(_, sign_off)| lacks(sign_off).is_none()) {
            continue;
        }
        let post = case.rules.one_of_posts(&asked.any_of);
        let role = asked.any_of.first().map_or("", |post| {
            post.trim_end_matches(crate::council::OR_MORE_SENIOR)
        });
        let named = whom(case.referral(), role);
        let begun = given
            .iter()
            .find_map(|(row, sign_off)| lacks(sign_off).map(|lack| (row, lack)));
        let (path, message, help) = match begun {
            Some((row, (key, what))) => (
                format!("sign_offs[{row}].{key}"),
                format!("the signature of {post} {what}"),
                format!("write `{key}: …` in this line"),
            ),
            None => (
                "sign_offs".to_owned(),
                format!("the form is not signed by {post}"),
                format!(
                    "send it to {}; once they have read and agreed it, write below `sign_offs:` `- {{role: {role}, name: {}, on: …}}`",
                    named.unwrap_or("them"),
                    named.unwrap_or("…")
                ),
            ),
        };
        found
            .at(Desk::place(case.file, path), message)
            .because(&asked.basis)
            .help(format!("{help}{}", or_accepted()))
            .about(case.reference());
    }
}

/// Whom the form itself names in a post.
fn whom<'r>(referral: &'r Referral, role: &str) -> Option<&'r str> {
    let name = match role {
        "social-worker" => referral.worker.name.as_ref(),
        "team-manager" => referral.team_manager.as_ref()?.name.as_ref(),
        "service-manager" => referral.service_manager.as_ref()?.name.as_ref(),
        _ => None,
    };
    name.filter(|name| super::super::form::is_answer(Some(*name)))
        .map(|name| name.trim())
}

/// What a signature lacks, and its key. The name first: without it the day says nothing.
pub(super) fn lacks(sign_off: &SignOff) -> Option<(&'static str, &'static str)> {
    if !super::super::form::is_answer(sign_off.name.as_ref()) {
        Some(("name", "has no name"))
    } else if sign_off.on.is_none() {
        Some(("on", "has no date"))
    } else {
        None
    }
}
