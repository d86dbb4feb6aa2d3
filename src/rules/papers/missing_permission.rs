//! Leave that somebody gives before a step is taken, and that is not on record.
use super::super::prelude::*;
use super::{is_in_time, or_accepted};
use crate::council::{OR_MORE_SENIOR, PermissionAsked, PermittedBefore};
use crate::records::{Permission, Text};

pub(super) const RULE: Rule = Rule {
    id: "missing-permission",
    summary: "permission that comes first is not recorded",
    severity: Severity::Error,
    asked_by: &["permission/*"],
    text: include_str!("missing_permission.md"),
    check: Check::Case(check),
};

/// The keys that can be amiss. The nearer a permission is to being right, the later its key stands.
const KEYS: [&str; 4] = ["role", "name", "via", "on"];

fn check(desk: &Desk<'_>, case: &Case<'_>, found: &mut Findings) {
    for asked in &case.rules.permissions {
        if !desk.holds(asked.when.as_ref(), case) {
            continue;
        }
        let Some((path, message, help)) = fault(desk, case, asked) else {
            continue;
        };
        let pending = found
            .at(Desk::place(case.file, path), message)
            .because(&asked.basis)
            .help(format!("{help}{}", or_accepted(desk, case, RULE.id)))
            .about(case.reference());
        let is_eased = asked.eased_when.is_some() && desk.holds(asked.eased_when.as_ref(), case);
        if is_eased {
            let _ = pending.weighing(Severity::Note);
        }
    }
}

/// Where and what; nothing where one of the permissions on record is as it must be.
fn fault(
    desk: &Desk<'_>,
    case: &Case<'_>,
    asked: &PermissionAsked,
) -> Option<(String, String, String)> {
    let words = &case.rules.words;
    let label = words.label(Use::Permission, &asked.what);
    let given = case
        .referral()
        .permissions
        .iter()
        .enumerate()
        .filter(|(_, given)| {
            given
                .r#for
                .as_deref()
                .and_then(|written| words.find(Use::Permission, written))
                .is_some_and(|known| known.id == asked.what)
        });
    let mut nearest: Option<(usize, &'static str, String, String)> = None;
    for (row, given) in given {
        let (key, message, help) = amiss(desk, case, asked, given)?;
        let rank = |key: &str| KEYS.iter().position(|known| *known == key);
        if nearest
            .as_ref()
            .is_none_or(|(_, known, ..)| rank(known) < rank(key))
        {
            nearest = Some((row, key, message, help));
        }
    }
    let Some((row, key, message, help)) = nearest else {
        let via = asked
            .via
            .as_deref()
            .map(|via| format!(", via: {via}"))
            .unwrap_or_default();
        let before = match asked.before {
            Some(PermittedBefore::Submission) => " before you send the form",
            Some(PermittedBefore::Placement) => " before the placement begins",
            Some(PermittedBefore::Meeting) => " before the meeting begins",
            None => "",
        };
        let role = asked
            .by
            .first()
            .map_or("", |post| post.strip_suffix(OR_MORE_SENIOR).unwrap_or(post));
        return Some((
            "permissions".to_owned(),
            format!(
                "no permission is on record: {label}, of {}",
                case.rules.one_of_posts(&asked.by)
            ),
            format!(
                "ask {}{before}; once it is given, write below `permissions:` `- {{for: {}, role: {role}, name: …{via}, on: …}}`",
                case.rules.one_of_posts(&asked.by),
                asked.what
            ),
        ));
    };
    Some((
        format!("permissions[{row}].{key}"),
        format!("{message} ({label})"),
        help,
    ))
}

/// What is amiss with one permission: the key, what is wrong, and what to do.
fn amiss(
    desk: &Desk<'_>,
    case: &Case<'_>,
    asked: &PermissionAsked,
    given: &Permission,
) -> Option<(&'static str, String, String)> {
    let rules = case.rules;
    let posts = rules.one_of_posts(&asked.by);
    let serves = |role: &Option<Text>| rules.serves_any(role.as_ref(), &asked.by);
    if !serves(&given.role) && !serves(&given.delegated_by) {
        let who = given
            .role
            .as_deref()
            .map_or("", |role| rules.role_label(role));
        let message = if given.role.is_some() {
            format!("the {} does not give this permission", who.to_lowercase())
        } else {
            "it is not said in which post this permission was given".to_owned()
        };
        return Some((
            "role",
            message,
            format!(
                "ask {posts}, and write their `role`, `name` and `on` in this line; if it was given on behalf of that post, add `delegated_by: {}`",
                asked
                    .by
                    .first()
                    .map_or("", |post| post.strip_suffix(OR_MORE_SENIOR).unwrap_or(post))
            ),
        ));
    }
    if !super::super::form::is_answer(given.name.as_ref()) {
        return Some((
            "name",
            "it is not said who gave this permission".to_owned(),
            "write `name: …` in this line, with the name of whoever gave it".to_owned(),
        ));
    }
    if let Some(via) = &asked.via
        && !given
            .via
            .as_deref()
            .is_some_and(|through| rules.serves(through, via))
    {
        let post = rules.one_of_posts(std::slice::from_ref(via));
        return Some((
            "via",
            format!("this permission is asked for through {post}, and that is not on record"),
            format!("ask {post} to pass it on; once they have, write `via: {via}` in this line"),
        ));
    }
    let before = asked.before?;
    let Some(on) = given.on else {
        return Some((
            "on",
            "it is not said when this permission was given".to_owned(),
            "write `on: …` in this line, with the day on which it was given".to_owned(),
        ));
    };
    let (is_timely, what) = match before {
        PermittedBefore::Submission => {
            let sent = desk.sent_or_now(case);
            (
                is_in_time(on, sent),
                format!("the form was sent, {}", moment_in_words(sent)),
            )
        }
        // The same day is in order: a placement has no hour.
        PermittedBefore::Placement => {
            let placed = case.referral().placed_on?;
            (
                on.day() <= placed,
                format!("the placement began, {}", placed.with_weekday()),
            )
        }
        PermittedBefore::Meeting => {
            let begins = desk.meeting_for(case)?.starts_at;
            (
                is_in_time(on, begins),
                format!("the meeting began, {}", moment_in_words(begins)),
            )
        }
    };
    (!is_timely).then(|| {
        (
            "on",
            format!(
                "this permission was given on {}, after {what}",
                on.with_weekday()
            ),
            "leave the day as it is, and write as `reason: …` under `request` why it could not be asked for first".to_owned(),
        )
    })
}
