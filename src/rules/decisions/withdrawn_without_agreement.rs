//! Referrals that were taken back without the agreement that the council asks for.
use super::super::prelude::*;
use super::said;
use crate::council::{Council, Withdrawal};
use crate::records::{Person, Referral};

pub(super) const RULE: Rule = Rule {
    id: "withdrawn-without-agreement",
    summary: "the referral was taken back, and nobody who may has agreed",
    severity: Severity::Error,
    asked_by: &["withdrawal"],
    text: include_str!("withdrawn_without_agreement.md"),
    check: Check::Desk(check),
};

fn check(desk: &Desk<'_>, found: &mut Findings) {
    for case in desk.cases() {
        let Some(rule) = &case.rules.withdrawal else {
            continue;
        };
        let Some(withdrawn) = &case.referral().withdrawn else {
            continue;
        };
        let by = withdrawn.agreed_by.as_ref();
        let fault = match by {
            Some(by) => objection(case.rules, rule, case.referral(), by)
                .map(|(key, message)| (format!("withdrawn.agreed_by{key}"), message)),
            None => Some((
                "withdrawn.agreed_by".to_owned(),
                "the referral is taken back, and it is not said who agreed".to_owned(),
            )),
        };
        if let Some((path, message)) = fault {
            found
                .at(Desk::place(case.file, path), message)
                .because(&rule.basis)
                .help(format!(
                    "ask {}: if they agree, write in `agreed_by`, under `withdrawn`, their `name: …` and `role: …`; if not, take `withdrawn` out, and the referral goes to panel",
                    case.rules.one_of_posts(&rule.agreed_by)
                ))
                .about(case.reference());
        }
        if withdrawn.on.is_none() && !case.file.has_fault_at("withdrawn.on") {
            found
                .at(
                    Desk::place(case.file, "withdrawn.on"),
                    "it is not said on which day the referral is taken back, so it stays on its list",
                )
                .because(&rule.basis)
                .help("write `on: DAY` under `withdrawn`, with the day on which that was agreed")
                .about(case.reference());
        }
    }
}

/// Why somebody's agreement does not serve: the key below `agreed_by` and the message.
pub(crate) fn objection(
    council: &Council,
    rule: &Withdrawal,
    referral: &Referral,
    by: &Person,
) -> Option<(&'static str, String)> {
    let Some(name) = said(by.name.as_ref()) else {
        return Some((
            ".name",
            "the referral is taken back, and it is not said by name who agreed".to_owned(),
        ));
    };
    let Some(role) = said(by.role.as_ref()) else {
        return Some((
            ".role",
            format!("{name} agreed to taking the referral back, in a post that is not said"),
        ));
    };
    if !council.serves_any(by.role.as_ref(), &rule.agreed_by) {
        return Some((
            ".role",
            format!(
                "{name} ({}) agreed to taking the referral back, and it takes {}",
                council.role_label(role),
                council.one_of_posts(&rule.agreed_by)
            ),
        ));
    }
    let post = rule
        .agreed_by
        .iter()
        .find(|wanted| council.serves(role, wanted))?;
    let named = match post.as_str() {
        "service-manager" => referral.service_manager.as_ref(),
        "team-manager" => referral.team_manager.as_ref(),
        _ => None,
    };
    let named = named.and_then(|named| said(named.name.as_ref()))?;
    (rule.named_person && !same_name(named, name)).then(|| {
        (
            ".name",
            format!(
                "{name} agreed to taking the referral back, and {named} is its {}",
                council.role_label(post).to_lowercase()
            ),
        )
    })
}
