//! What the command line says of a change, looked at before anything is written; and what is left
//! to be done after it.

use crate::commands::session::Trouble;
use crate::council::Use;
use crate::desk::{Case, Desk};
use crate::folder::Written;
use crate::output;
use crate::records::{Day, Moment};

/// The post meant by a role, by its id; one that neither the vocabulary nor the council's file
/// knows is wrong usage.
pub(in crate::commands) fn post(desk: &Desk<'_>, role: &str) -> Result<String, Trouble> {
    let words = &desk.book.words;
    if let Some(known) = words.find(Use::Role, role.trim()) {
        return Ok(known.id.clone());
    }
    let trouble = Trouble::usage(format!("`{role}` is not a post that this council knows"));
    Err(match words.nearest(Use::Role, role) {
        Some(near) => trouble.hint(format!("did you mean `{near}`?")),
        None => trouble.hint("posts are written like service-manager"),
    })
}

/// What somebody said, as it is to be written; a blank is wrong usage, and so is what no form can
/// hold.
pub(in crate::commands) fn spoken(flag: &str, text: &str) -> Result<Written, Trouble> {
    if text.trim().is_empty() {
        return Err(Trouble::usage(format!("{flag} is blank")).hint("say it in words"));
    }
    let odd = text
        .chars()
        .find(|c| (c.is_control() && *c != '\n' && *c != '\t') || *c == '\u{FEFF}');
    match odd {
        Some(odd) => Err(Trouble::usage(format!(
            "{flag} holds a control character (U+{:04X})",
            u32::from(odd)
        ))
        .hint("write it without; it often comes with text copied from another program")),
        None => Ok(Written::text(text)),
    }
}

/// A person with a post, and further keys behind them.
pub(in crate::commands) fn person(name: Written, role: &str) -> Vec<(&'static str, Written)> {
    vec![("name", name), ("role", Written::word(role))]
}

/// The desk's moment, to the minute unless it has seconds.
pub(in crate::commands) fn now(desk: &Desk<'_>) -> Moment {
    let text = desk.as_of.format("%Y-%m-%dT%H:%M:%S").to_string();
    text.parse().unwrap_or_else(|_| Moment::on(desk.today()))
}

/// Refuses a day that is still to come.
pub(in crate::commands) fn not_to_come(desk: &Desk<'_>, day: Day) -> Result<(), Trouble> {
    if day <= desk.today() {
        return Ok(());
    }
    Err(Trouble::refused(format!(
        "{} is still to come; nothing was written",
        day.with_weekday()
    ))
    .hint("record it when it has happened"))
}

/// Reads `yes` or `no` from the command line.
pub(in crate::commands) fn yes_or_no(text: &str) -> Result<bool, String> {
    match text {
        "yes" | "true" => Ok(true),
        "no" | "false" => Ok(false),
        _ => Err("write yes or no".to_owned()),
    }
}

/// What is left in the diary for the child of a case, in one line.
pub(in crate::commands) fn left_in_diary(desk: &Desk<'_>, case: &Case<'_>) -> String {
    let reference = case.reference();
    let child = case.referral().child.number().unwrap_or("");
    let is_of_child = |other: &str| {
        other == reference
            || desk.case(other).is_some_and(|other| {
                !child.is_empty() && other.referral().child.number() == Some(child)
            })
    };
    let left: Vec<String> = crate::rules::diary(desk)
        .iter()
        .filter(|entry| is_of_child(entry.reference))
        .map(|entry| {
            let whose = if entry.reference == reference {
                String::new()
            } else {
                format!("{}: ", entry.reference)
            };
            let owner = entry
                .owner
                .map(|owner| format!(", {owner}"))
                .unwrap_or_default();
            let when = if entry.due_on < desk.today() {
                "overdue since"
            } else {
                "by"
            };
            format!(
                "{whose}{} ({}{owner}, {when} {})",
                entry.what.trim_end_matches('.'),
                entry.kind.label().to_lowercase(),
                entry.due_on.in_words()
            )
        })
        .collect();
    match left.len() {
        0 => format!("{reference}: nothing is left in the diary for this child"),
        number => format!(
            "{reference}: {} left in the diary for this child: {}",
            output::count(number, "entry").replace("entrys", "entries"),
            left.join("; ")
        ),
    }
}
