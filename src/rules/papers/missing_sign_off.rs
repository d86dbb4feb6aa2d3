//! Signatures that the form needs and does not have.
use super::super::acceptance::{acceptable_by, command};
use super::super::prelude::*;
use crate::records::SignOff;

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
        let said = |who| format!(", or have {who} accept it unsigned on the record: {command}");
        acceptable_by(desk, case, RULE.id).map_or_else(String::new, said)
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
                    "once they have read it, add `- {{role: {}, name: …, on: …}}` under `sign_offs`",
                    asked.any_of.first().map_or("", |post| {
                        post.trim_end_matches(crate::council::OR_MORE_SENIOR)
                    })
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
