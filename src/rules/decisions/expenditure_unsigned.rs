//! Money approved without the signature that the council asks for.
use super::super::prelude::*;
use super::super::ways::amended;
use super::said;
use crate::council::{Signed, THE_CHAIR};
use crate::records::{ExpenditureSigned, Person};

pub(super) const RULE: Rule = Rule {
    id: "expenditure-unsigned",
    summary: "the approved spend is not signed, or not by who signs it",
    severity: Severity::Error,
    asked_by: &["expenditure", "expenditure-log"],
    text: include_str!("expenditure_unsigned.md"),
    check: Check::Desk(check),
};

fn check(desk: &Desk<'_>, found: &mut Findings) {
    for (case, made) in super::made(desk) {
        if !made.is_approval() || made.decision().approved.is_empty() {
            continue;
        }
        if let Some(rule) = &made.rules.expenditure {
            on_the_decision(desk, case, made, rule, found);
        }
        if let Some(rule) = &made.rules.expenditure_log {
            in_the_log(desk, case, made, rule, found);
        }
    }
}

fn on_the_decision(
    desk: &Desk<'_>,
    case: &Case<'_>,
    made: &Made<'_>,
    rule: &Signed,
    found: &mut Findings,
) {
    let signed = made.decision().expenditure_signed.as_ref();
    let Some((path, message)) = fault(desk, case, made, signed, &rule.signed_by) else {
        return;
    };
    let who = made
        .rules
        .one_of_posts(std::slice::from_ref(&rule.signed_by));
    found
        .at(Desk::place(&made.file.file, path), message)
        .because(&rule.basis)
        .help(format!(
            "{who} signs for the money; where {who} gave the decision, {}; else write `expenditure_signed: {{name: …, role: …, on: …}}` in a copy of the decision, and hand that to `panel decide --from`",
            amended(desk, case, made, "--sign-expenditure")
        ))
        .about(case.reference())
        .of_meeting(made.meeting);
}

/// The running log is signed by the time of the next meeting; until then nothing is missing.
fn in_the_log(
    desk: &Desk<'_>,
    case: &Case<'_>,
    made: &Made<'_>,
    rule: &Signed,
    found: &mut Findings,
) {
    let who = made
        .rules
        .one_of_posts(std::slice::from_ref(&rule.signed_by));
    let signed = made.log_signed();
    let next = desk
        .meeting_in(made.meeting)
        .and_then(|meeting| desk.first_after(made.made_on(), meeting.panel))
        .filter(|next| next.has_passed(desk.today()));
    let (key, message) = match (signed, next) {
        (None, Some(next)) => (
            "log_signed",
            format!(
                "the running log of spend is not signed for it, and the meeting of {} has been held since",
                next.on.with_weekday()
            ),
        ),
        (Some(signed), _) => match said(signed.role.as_ref()) {
            Some(role) if !made.rules.serves(role, &rule.signed_by) => (
                "log_signed.role",
                format!(
                    "the running log of spend is signed for it as {}, and it takes {who}",
                    made.rules.role_label(role)
                ),
            ),
            _ => return,
        },
        (None, None) => return,
    };
    let place = match made.after {
        Some(after) => Desk::place(after, key),
        None => Desk::place(&made.file.file, "approved"),
    };
    found
        .at(place, message)
        .weighing(Severity::Warning)
        .because(&rule.basis)
        .help(format!(
            "ask {who} to sign the log today, and record it: `panel act {}{} --log-signed --by NAME --role {}`",
            case.reference(),
            desk.naming(made),
            rule.signed_by
        ))
        .about(case.reference())
        .of_meeting(made.meeting);
}

fn fault(
    desk: &Desk<'_>,
    case: &Case<'_>,
    made: &Made<'_>,
    signed: Option<&ExpenditureSigned>,
    wanted: &str,
) -> Option<(&'static str, String)> {
    let most_weeks = made.rules.most_weeks();
    let lines = made.decision().approved.iter();
    let spend: Money = lines.map(|line| line.sum(most_weeks)).sum();
    let Some(signed) = signed else {
        return Some((
            "expenditure_signed",
            format!("nobody has signed for the {spend} that was approved"),
        ));
    };
    let Some(name) = said(signed.name.as_ref()) else {
        return Some((
            "expenditure_signed.name",
            format!("the signature for the {spend} that was approved has no name"),
        ));
    };
    if signed.on.is_none() {
        return Some((
            "expenditure_signed.on",
            format!("the signature for the {spend} that was approved has no day"),
        ));
    }
    // Whoever took a case over from the chair signs for it too; of what is decided outside the panel
    // whoever decided, or the chair.
    let by = made.decision().decided_by.as_ref();
    let decided = by.and_then(|by| said(by.name.as_ref()));
    let is_own = desk.is_taken_over(case, made)
        || (decided.is_some_and(|decided| same_name(decided, name))
            && desk.is_decided_outside(case, made));
    let chair = match is_own {
        true => by,
        false => chair_of(desk, made),
    };
    let chair = chair.filter(|_| wanted == THE_CHAIR);
    if let Some(chaired) = chair.and_then(|chair| said(chair.name.as_ref()))
        && !same_name(name, chaired)
    {
        return Some((
            "expenditure_signed.name",
            format!(
                "{name} signed for the {spend} that was approved, and {chaired} chaired the meeting"
            ),
        ));
    }
    // The chair's own name is enough where the post is left out.
    let role = said(signed.role.as_ref()).or(chair.and_then(|chair| said(chair.role.as_ref())));
    match role {
        None => Some((
            "expenditure_signed.role",
            format!("{name} signed for the {spend} that was approved, in a post that is not said"),
        )),
        // Whether the chair may chair at all has a rule of its own.
        Some(role) if chair.is_some_and(|chair| said(chair.role.as_ref()) == Some(role)) => None,
        Some(role)
            if chair.and_then(|chair| said(chair.role.as_ref())).is_none()
                && made.rules.serves(role, wanted) =>
        {
            None
        }
        Some(role) => Some((
            "expenditure_signed.role",
            format!(
                "{name} signed for the {spend} that was approved as {}, and it takes {}",
                made.rules.role_label(role),
                made.rules.one_of_posts(&[wanted.to_owned()])
            ),
        )),
    }
}

fn chair_of<'a>(desk: &Desk<'a>, made: &Made<'_>) -> Option<&'a Person> {
    let folder = desk.meeting_in(made.meeting)?.folder?;
    folder.meeting.as_ref()?.record.chair.as_ref()
}
