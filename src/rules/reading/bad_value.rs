//! Values of the wrong kind, words outside the vocabulary, scores outside the scale.
use super::super::prelude::*;

pub(super) const RULE: Rule = Rule {
    id: "bad-value",
    summary: "a value that its key cannot take",
    severity: Severity::Error,
    asked_by: &[],
    text: include_str!("bad_value.md"),
    check: Check::Desk(check),
};

fn check(desk: &Desk<'_>, found: &mut Findings) {
    super::tell(desk, found, crate::folder::FaultKind::BadValue);
    for case in desk.cases() {
        reference(case, found);
        words(desk, case, found);
        scores(desk, case, found);
        impossible(desk, case, found);
    }
    for meeting in &desk.folder.meetings {
        for decision in &meeting.decisions {
            decision_words(desk, &decision.file, found);
        }
        if let Some(file) = &meeting.meeting {
            meeting_words(desk, file, found);
        }
    }
}

fn reference(case: &Case<'_>, found: &mut Findings) {
    let reference = case.reference();
    let is_sound = reference.len() <= 40
        && reference
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '-');
    if !is_sound {
        found
            .at(
                Desk::place(case.file, "reference"),
                "a reference is letters, digits and `-`, at most 40",
            )
            .help("write it like R-2026-0142, and name the file the same")
            .about(reference);
    }
}

/// Tells a word that its vocabulary does not have.
fn word(
    desk: &Desk<'_>,
    found: &mut Findings,
    place: crate::findings::Place,
    of: Use,
    written: Option<&String>,
    reference: &str,
) {
    let Some(written) = written.filter(|word| !word.trim().is_empty()) else {
        return;
    };
    let words = &desk.council.words;
    if words.find(of, written).is_some() {
        return;
    }
    let help = match words.nearest(of, written) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("write one of {}", words.ids(of).join(", ")),
    };
    found
        .at(
            place,
            format!("`{written}` is not a word that is used here"),
        )
        .help(help)
        .about(reference);
}

fn words(desk: &Desk<'_>, case: &Case<'_>, found: &mut Findings) {
    let referral = case.referral();
    let mut tell = |path: String, of: Use, written: Option<&String>| {
        word(
            desk,
            found,
            Desk::place(case.file, path),
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
    ];
    for (path, of, written) in single {
        tell(path.to_owned(), of, written);
    }
    for (row, line) in referral.costs.iter().enumerate() {
        tell(format!("costs[{row}].item"), Use::Item, line.item.as_ref());
    }
    for (row, option) in referral.options.iter().enumerate() {
        tell(
            format!("options[{row}].provision"),
            Use::Provision,
            option.provision.as_ref(),
        );
    }
    for (row, source) in referral.needs.iter().enumerate() {
        tell(format!("needs[{row}]"), Use::Funder, Some(source));
    }
    for (row, line) in referral.funding.iter().enumerate() {
        tell(
            format!("funding[{row}].source"),
            Use::Funder,
            line.source.as_ref(),
        );
        tell(
            format!("funding[{row}].status"),
            Use::FundingStatus,
            line.status.as_ref(),
        );
    }
    for (row, paper) in referral.documents.iter().enumerate() {
        tell(
            format!("documents[{row}].kind"),
            Use::Document,
            paper.kind.as_ref(),
        );
    }
    for (row, sign_off) in referral.sign_offs.iter().enumerate() {
        tell(
            format!("sign_offs[{row}].role"),
            Use::Role,
            sign_off.role.as_ref(),
        );
    }
    for (row, permission) in referral.permissions.iter().enumerate() {
        tell(
            format!("permissions[{row}].for"),
            Use::Permission,
            permission.r#for.as_ref(),
        );
        tell(
            format!("permissions[{row}].role"),
            Use::Role,
            permission.role.as_ref(),
        );
    }
    for (row, person) in referral.attending.iter().enumerate() {
        tell(
            format!("attending[{row}].role"),
            Use::Role,
            person.role.as_ref(),
        );
    }
}

fn scores(desk: &Desk<'_>, case: &Case<'_>, found: &mut Findings) {
    let Some(scale) = &desk.council.scale else {
        return;
    };
    let rows = case
        .referral()
        .signs_of_safety
        .iter()
        .flat_map(|summary| &summary.scaling);
    for (row, given) in rows.enumerate() {
        if let Some(score) = given.score
            && !(scale.least..=scale.most).contains(&score)
        {
            found
                .at(
                    Desk::place(case.file, format!("signs_of_safety.scaling[{row}].score")),
                    format!(
                        "the score is {score}; the scale runs from {} to {}",
                        scale.least, scale.most
                    ),
                )
                .because(&scale.basis)
                .help(format!(
                    "write a whole number from {} to {}",
                    scale.least, scale.most
                ))
                .about(case.reference());
        }
    }
}

fn decision_words(
    desk: &Desk<'_>,
    file: &crate::folder::File<crate::records::Decision>,
    found: &mut Findings,
) {
    let record = &file.record;
    let mut tell = |path: String, of: Use, written: Option<&String>| {
        word(
            desk,
            found,
            Desk::place(file, path),
            of,
            written,
            &record.referral,
        );
    };
    tell("outcome".to_owned(), Use::Outcome, record.outcome.as_ref());
    tell("basis".to_owned(), Use::Basis, record.basis.as_ref());
    tell(
        "decided_by.role".to_owned(),
        Use::Role,
        record.decided_by.as_ref().and_then(|by| by.role.as_ref()),
    );
    let reason = record
        .deferred
        .as_ref()
        .and_then(|deferred| deferred.reason.as_ref());
    tell("deferred.reason".to_owned(), Use::DeferralReason, reason);
    for (row, line) in record.approved.iter().enumerate() {
        tell(
            format!("approved[{row}].item"),
            Use::Item,
            line.item.as_ref(),
        );
    }
}

fn meeting_words(
    desk: &Desk<'_>,
    file: &crate::folder::File<crate::records::Meeting>,
    found: &mut Findings,
) {
    let record = &file.record;
    let mut tell = |path: String, of: Use, written: Option<&String>| {
        word(desk, found, Desk::place(file, path), of, written, "");
    };
    tell(
        "chair.role".to_owned(),
        Use::Role,
        record.chair.as_ref().and_then(|chair| chair.role.as_ref()),
    );
    for (row, person) in record.attendance.iter().flatten().enumerate() {
        tell(
            format!("attendance[{row}].role"),
            Use::Role,
            person.role.as_ref(),
        );
        tell(
            format!("attendance[{row}].status"),
            Use::Attendance,
            person.status.as_ref(),
        );
    }
    for (row, person) in record.presented.iter().flatten().enumerate() {
        tell(
            format!("presented[{row}].role"),
            Use::Role,
            person.role.as_ref(),
        );
        tell(
            format!("presented[{row}].status"),
            Use::Attendance,
            person.status.as_ref(),
        );
    }
}

/// Values that can be read and cannot be: weeks below nought, an end before its beginning, a birth
/// or a start of care that is still to come.
fn impossible(desk: &Desk<'_>, case: &Case<'_>, found: &mut Findings) {
    let referral = case.referral();
    let mut tell = |path: String, message: String, help: &str| {
        found
            .at(Desk::place(case.file, path), message)
            .help(help)
            .about(case.reference());
    };
    let lists = [
        ("costs", &referral.costs),
        ("current_costs", &referral.current_costs),
    ];
    for (list, lines) in lists {
        for (row, line) in lines.iter().enumerate() {
            if let Some(weeks) = line.weeks.filter(|weeks| *weeks < 0) {
                tell(
                    format!("{list}[{row}].weeks"),
                    format!("{weeks} is not a number of weeks"),
                    "write how many weeks, or leave it out where there is no end",
                );
            }
        }
    }
    if let (Some(from), Some(to)) = (referral.request.from, referral.request.to)
        && to <= from
    {
        tell(
            "request.to".to_owned(),
            format!("it ends on {to} and begins on {from}"),
            "`from` is the first day and `to` the day after the last",
        );
    }
    let today = desk.today();
    let past = [
        (
            "child.date_of_birth",
            referral.child.date_of_birth,
            "date of birth",
        ),
        (
            "child.looked_after_since",
            referral.child.looked_after_since,
            "start of care",
        ),
    ];
    for (path, day, what) in past {
        // An unborn child has no date of birth yet; an expected one belongs in the text.
        if let Some(day) = day.filter(|day| *day > today) {
            tell(
                path.to_owned(),
                format!("the {what} is {}, which is still to come", day.in_words()),
                "put the year right, or leave it out until it has come",
            );
        }
    }
}
