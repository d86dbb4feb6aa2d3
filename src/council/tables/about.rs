//! Whose panel it is: the council, its policy, its words, its members and chairs.
use super::super::check::{Checker, join, judged, told};
use super::super::raw::*;
use super::super::*;

pub(super) fn add_words(check: &mut Checker<'_>, raw: &RawCouncil) {
    let lists: [(&str, Use, &[RawWord]); 9] = [
        ("kind", Use::Kind, &raw.words.kind),
        ("provision", Use::Provision, &raw.words.provision),
        ("legal_status", Use::LegalStatus, &raw.words.legal_status),
        ("ground", Use::Ground, &raw.words.ground),
        ("item", Use::Item, &raw.words.item),
        ("role", Use::Role, &raw.words.role),
        ("document", Use::Document, &raw.words.document),
        ("permission", Use::Permission, &raw.words.permission),
        ("funder", Use::Funder, &raw.words.funder),
    ];
    for (list, place, words) in lists {
        for (index, word) in words.iter().enumerate() {
            let path = format!("words.{list}[{index}]");
            if let Some(id) = check.needed(&path, "id", word.id.as_ref()) {
                check.basis(&path, word);
                check.add_word(place, &id, word.label.as_ref(), word.is_a.as_ref());
            }
        }
    }
    for panel in &raw.other_panel {
        if let Some(id) = &panel.id {
            check.add_word(Use::Panel, id, panel.label.as_ref(), None);
        }
    }
    for member in &raw.member {
        if let Some(role) = &member.role {
            check.add_word(Use::Role, role, member.label.as_ref(), member.is_a.as_ref());
        }
    }
    for (index, member) in raw.member.iter().enumerate() {
        if let Some(general) = &member.is_a {
            check.word(&format!("member[{index}].is_a"), Use::Role, general);
        }
    }
}

pub(super) fn about(check: &mut Checker<'_>, raw: &RawCouncil) -> About {
    let about = &raw.council;
    let name = check
        .needed("council", "name", about.name.as_ref())
        .unwrap_or_default();
    let panel = check
        .needed("council", "panel", about.panel.as_ref())
        .unwrap_or_default();
    let text = match (&about.form, &about.send_to) {
        (Some(form), Some(address)) => {
            format!("Referrals are made on {form} and sent to {address}.")
        }
        (Some(form), None) => format!("Referrals are made on {form}."),
        _ => format!("{panel} of {name}."),
    };
    check.entry(
        "council",
        "council",
        about,
        text,
        &told("The panel", &["agenda", "check"]),
    );
    About {
        name,
        panel,
        case_system: about.case_system.clone(),
        form: about.form.clone(),
        send_to: about.send_to.clone(),
    }
}

pub(super) fn policy(check: &mut Checker<'_>, raw: &RawCouncil) -> Option<Policy> {
    let policy = raw.policy.as_ref()?;
    let title = check.needed("policy", "title", policy.title.as_ref())?;
    let mut text = title.clone();
    for (word, value) in [
        ("implemented", &policy.implemented),
        ("revised", &policy.revised),
    ] {
        if let Some(value) = value {
            text.push_str(&format!(", {word} {value}"));
        }
    }
    if let Some(due) = policy.review_due {
        text.push_str(&format!(", due for review by {}", due.in_words()));
    }
    check.entry(
        "policy",
        "policy",
        policy,
        text + ".",
        &told("The panel", &["rules"]),
    );
    Some(Policy {
        title,
        implemented: policy.implemented.clone(),
        revised: policy.revised.clone(),
        review_due: policy.review_due,
    })
}

pub(super) fn members(check: &mut Checker<'_>, raw: &RawCouncil) -> Vec<Member> {
    let mut members = Vec::new();
    for (index, member) in raw.member.iter().enumerate() {
        let path = format!("member[{index}]");
        let Some(role) = check.needed(&path, "role", member.role.as_ref()) else {
            continue;
        };
        let label = check.words.label(Use::Role, &role).to_owned();
        let listing = told("The panel", &["agenda", "minutes"]);
        let needed_for = check.condition(&join(&path, "needed_for"), member.needed_for.as_ref());
        check.entry(
            &path,
            format!("member/{role}"),
            member,
            format!("{label} is a member of the panel."),
            &listing,
        );
        members.push(Member {
            role,
            label,
            minutes: member.minutes,
            gives_view: member.gives_view.unwrap_or(true),
            as_necessary: member.as_necessary,
            needed_for,
            is_virtual: member.is_virtual,
        });
    }
    members
}

pub(super) fn chairs(check: &mut Checker<'_>, raw: &RawCouncil) -> Vec<Chair> {
    let mut chairs = Vec::new();
    for (index, chair) in raw.chair.iter().enumerate() {
        let path = format!("chair[{index}]");
        let Some(role) = check.needed(&path, "role", chair.role.as_ref()) else {
            continue;
        };
        check.word(&join(&path, "role"), Use::Role, &role);
        for (place, away) in chair.only_if_away.iter().enumerate() {
            check.word(&format!("{path}.only_if_away[{place}]"), Use::Role, away);
        }
        let when = check.when(&path, chair.when.as_ref());
        let text = format!("{} may chair.", check.role(&role));
        let basis = check.entry(
            &path,
            match chair.when {
                Some(_) => format!("chair/{role}/{}", index + 1),
                None => format!("chair/{role}"),
            },
            chair,
            text,
            &judged("The panel", &["check", "decide"]),
        );
        chairs.push(Chair {
            role,
            only_if_away: chair.only_if_away.clone(),
            when,
            basis,
        });
    }
    chairs
}
