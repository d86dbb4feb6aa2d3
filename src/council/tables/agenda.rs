//! What agendas print beside their items.
use super::super::check::{Checker, told};
use super::super::raw::*;
use super::super::*;

/// Sentences that an agenda prints.
pub(super) fn said(check: &mut Checker<'_>, list: &str, entries: &[RawPlain]) -> Vec<Said> {
    let mut all = Vec::new();
    for (index, rule) in entries.iter().enumerate() {
        let path = format!("{list}[{index}]");
        let Some(text) = check.needed(&path, "says", rule.says.as_ref()) else {
            continue;
        };
        check.entry(
            &path,
            format!("{list}/{}", index + 1),
            rule,
            "",
            &told("Meetings", &["agenda"]),
        );
        all.push(Said { text });
    }
    all
}

/// Words beside an agenda's items.
pub(super) fn marks(check: &mut Checker<'_>, entries: &[RawMark]) -> Vec<Mark> {
    let mut all = Vec::new();
    for (index, rule) in entries.iter().enumerate() {
        let path = format!("mark[{index}]");
        let label = check.needed(&path, "label", rule.label.as_ref());
        check.needed(&path, "when", rule.when.as_ref());
        let when = check.when(&path, rule.when.as_ref());
        if let (Some(label), Some(when)) = (label, when) {
            check.entry(
                &path,
                format!("mark/{}", index + 1),
                rule,
                format!("Marked in the agenda: {label}."),
                &told("Meetings", &["agenda"]),
            );
            all.push(Mark {
                label,
                otherwise: rule.otherwise.clone(),
                when,
            });
        }
    }
    all
}
