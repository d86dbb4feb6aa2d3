//! Words that the vocabulary of the council does not have, record by record.

use crate::council::{Council, Use};
use crate::desk::{Case, Desk};
use crate::findings::{Findings, Place};
use crate::folder::File;
use crate::records::{After, Decision, Meeting, Person, Text};
use std::fmt::Arguments;

/// Tells a word that its vocabulary does not have.
fn word(
    rules: &Council,
    found: &mut Findings,
    place: impl FnOnce() -> Place,
    of: Use,
    written: Option<&Text>,
    reference: &str,
) {
    let Some(written) = written.filter(|word| !word.trim().is_empty()) else {
        return;
    };
    let words = &rules.words;
    if words.find(of, written).is_some() {
        return;
    }
    let known = words.ids(of);
    let help = match words.nearest(of, written) {
        Some(near) => format!("did you mean `{near}`?"),
        None if known.is_empty() => "this council's file names none: take it out".to_owned(),
        None => format!("write one of {}", known.join(", ")),
    };
    found
        .at(
            place(),
            format!("`{written}` is not a word that is used here"),
        )
        .help(help)
        .about(reference);
}

pub(super) fn of_referral(case: &Case<'_>, found: &mut Findings) {
    let referral = case.referral();
    let mut tell = |path: Arguments<'_>, of: Use, written: Option<&Text>| {
        word(
            case.rules,
            found,
            || Desk::place(case.file, path.to_string()),
            of,
            written,
            case.reference(),
        );
    };
    let single = [
        (
            "child.legal_status",
            Use::LegalStatus,
            referral.child.legal_status.as_ref(),
        ),
        ("worker.role", Use::Role, referral.worker.role.as_ref()),
        ("request.kind", Use::Kind, referral.request.kind.as_ref()),
        (
            "request.provision",
            Use::Provision,
            referral.request.provision.as_ref(),
        ),
        (
            "request.court.order",
            Use::CourtOrder,
            referral
                .request
                .court
                .as_ref()
                .and_then(|court| court.order.as_ref()),
        ),
        (
            "provider.sector",
            Use::Sector,
            referral
                .provider
                .as_ref()
                .and_then(|provider| provider.sector.as_ref()),
        ),
        (
            "emergency.ground",
            Use::Ground,
            referral
                .emergency
                .as_ref()
                .and_then(|emergency| emergency.ground.as_ref()),
        ),
        (
            "emergency.approved_by.role",
            Use::Role,
            role_of(
                referral
                    .emergency
                    .as_ref()
                    .and_then(|emergency| emergency.approved_by.as_ref()),
            ),
        ),
        (
            "withdrawn.agreed_by.role",
            Use::Role,
            role_of(
                referral
                    .withdrawn
                    .as_ref()
                    .and_then(|withdrawn| withdrawn.agreed_by.as_ref()),
            ),
        ),
    ];
    for (path, of, written) in single {
        tell(format_args!("{path}"), of, written);
    }
    for (list, lines) in [
        ("costs", &referral.costs),
        ("current_costs", &referral.current_costs),
    ] {
        for (row, line) in lines.iter().enumerate() {
            tell(
                format_args!("{list}[{row}].item"),
                Use::Item,
                line.item.as_ref(),
            );
        }
    }
    for (row, option) in referral.options.iter().enumerate() {
        tell(
            format_args!("options[{row}].provision"),
            Use::Provision,
            option.provision.as_ref(),
        );
    }
    for (row, source) in referral.needs.iter().enumerate() {
        tell(format_args!("needs[{row}]"), Use::Funder, Some(source));
    }
    for (row, line) in referral.funding.iter().enumerate() {
        tell(
            format_args!("funding[{row}].source"),
            Use::Funder,
            line.source.as_ref(),
        );
        tell(
            format_args!("funding[{row}].status"),
            Use::FundingStatus,
            line.status.as_ref(),
        );
    }
    for (row, paper) in referral.documents.iter().enumerate() {
        tell(
            format_args!("documents[{row}].kind"),
            Use::Document,
            paper.kind.as_ref(),
        );
    }
    for (row, sign_off) in referral.sign_offs.iter().enumerate() {
        tell(
            format_args!("sign_offs[{row}].role"),
            Use::Role,
            sign_off.role.as_ref(),
        );
    }
    for (row, permission) in referral.permissions.iter().enumerate() {
        tell(
            format_args!("permissions[{row}].for"),
            Use::Permission,
            permission.r#for.as_ref(),
        );
        for (key, post) in [
            ("role", &permission.role),
            ("via", &permission.via),
            ("delegated_by", &permission.delegated_by),
        ] {
            tell(
                format_args!("permissions[{row}].{key}"),
                Use::Role,
                post.as_ref(),
            );
        }
    }
    for (row, entry) in referral.referred_to.iter().enumerate() {
        tell(
            format_args!("referred_to[{row}].panel"),
            Use::Panel,
            entry.panel.as_ref(),
        );
    }
    for (row, person) in referral.attending.iter().enumerate() {
        tell(
            format_args!("attending[{row}].role"),
            Use::Role,
            person.role.as_ref(),
        );
    }
}

fn role_of(person: Option<&Person>) -> Option<&Text> {
    person.and_then(|person| person.role.as_ref())
}

pub(super) fn of_decision(rules: &Council, file: &File<Decision>, found: &mut Findings) {
    let record = &file.record;
    let mut tell = |path: Arguments<'_>, of: Use, written: Option<&Text>| {
        word(
            rules,
            found,
            || Desk::place(file, path.to_string()),
            of,
            written,
            &record.referral,
        );
    };
    tell(
        format_args!("outcome"),
        Use::Outcome,
        record.outcome.as_ref(),
    );
    tell(format_args!("basis"), Use::Basis, record.basis.as_ref());
    tell(
        format_args!("decided_by.role"),
        Use::Role,
        record.decided_by.as_ref().and_then(|by| by.role.as_ref()),
    );
    let reason = record
        .deferred
        .as_ref()
        .and_then(|deferred| deferred.reason.as_ref());
    tell(format_args!("deferred.reason"), Use::DeferralReason, reason);
    for (row, line) in record.approved.iter().enumerate() {
        tell(
            format_args!("approved[{row}].item"),
            Use::Item,
            line.item.as_ref(),
        );
    }
    for (row, line) in record.funding.iter().enumerate() {
        tell(
            format_args!("funding[{row}].source"),
            Use::Funder,
            line.source.as_ref(),
        );
        tell(
            format_args!("funding[{row}].status"),
            Use::FundingStatus,
            line.status.as_ref(),
        );
    }
    for (row, wanted) in record.subject_to.iter().enumerate() {
        tell(
            format_args!("subject_to[{row}].role"),
            Use::Role,
            wanted.role.as_ref(),
        );
        tell(
            format_args!("subject_to[{row}].for"),
            Use::Permission,
            wanted.r#for.as_ref(),
        );
    }
    for (row, panel) in record.refer_to.iter().enumerate() {
        tell(format_args!("refer_to[{row}]"), Use::Panel, Some(panel));
    }
}

pub(super) fn of_what_followed(rules: &Council, file: &File<After>, found: &mut Findings) {
    let record = &file.record;
    let mut tell = |path: Arguments<'_>, of: Use, written: Option<&Text>| {
        word(
            rules,
            found,
            || Desk::place(file, path.to_string()),
            of,
            written,
            file.stem(),
        );
    };
    for (row, given) in record.endorsed.iter().enumerate() {
        tell(
            format_args!("endorsed[{row}].role"),
            Use::Role,
            given.role.as_ref(),
        );
    }
    // What was not a paper is named by its key on the form, like `views.child`.
    let is_key = |kind: &Text| {
        let key = kind.split(['.', '[']).next().unwrap_or_default().trim();
        const ON_THE_FORM: [&str; 23] = [
            "child",
            "worker",
            "team_manager",
            "service_manager",
            "iro",
            "family",
            "network",
            "family_network_meeting",
            "safety_plan",
            "signs_of_safety",
            "request",
            "provider",
            "options",
            "placement",
            "costs",
            "total",
            "needs",
            "funding",
            "alternatives",
            "views",
            "sign_offs",
            "checklist",
            "sections",
        ];
        ON_THE_FORM.contains(&key)
    };
    for (row, paper) in record.papers.iter().enumerate() {
        if paper.kind.as_ref().is_some_and(is_key) {
            continue;
        }
        tell(
            format_args!("papers[{row}].kind"),
            Use::Document,
            paper.kind.as_ref(),
        );
    }
    for (row, said) in record.disagreement.iter().enumerate() {
        let path = record.disagreement.path("disagreement", row);
        tell(
            format_args!("{path}.by"),
            Use::Disagreement,
            said.by.as_ref(),
        );
    }
}

pub(super) fn of_meeting(rules: &Council, file: &File<Meeting>, found: &mut Findings) {
    let record = &file.record;
    let mut tell = |path: Arguments<'_>, of: Use, written: Option<&Text>| {
        word(
            rules,
            found,
            || Desk::place(file, path.to_string()),
            of,
            written,
            "",
        );
    };
    tell(
        format_args!("chair.role"),
        Use::Role,
        record.chair.as_ref().and_then(|chair| chair.role.as_ref()),
    );
    for (row, person) in record.attendance.iter().flatten().enumerate() {
        tell(
            format_args!("attendance[{row}].role"),
            Use::Role,
            person.role.as_ref(),
        );
        tell(
            format_args!("attendance[{row}].status"),
            Use::Attendance,
            person.status.as_ref(),
        );
    }
    for (row, person) in record.presented.iter().flatten().enumerate() {
        tell(
            format_args!("presented[{row}].role"),
            Use::Role,
            person.role.as_ref(),
        );
        tell(
            format_args!("presented[{row}].status"),
            Use::Attendance,
            person.status.as_ref(),
        );
    }
}
