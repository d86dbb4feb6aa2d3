//! Papers that are older than the council lets them be, or that bear no date.
use super::super::prelude::*;
use super::{or_accepted, serving};
use crate::calendar;

pub(super) const RULE: Rule = Rule {
    id: "stale-document",
    summary: "a paper is too old, or undated",
    severity: Severity::Error,
    asked_by: &["document/*"],
    text: include_str!("stale_document.md"),
    check: Check::Case(check),
};

fn check(desk: &Desk<'_>, case: &Case<'_>, found: &mut Findings) {
    let meeting_on = desk
        .meeting_for(case)
        .map_or(desk.today(), |meeting| meeting.on);
    for asked in &case.rules.documents {
        let Some(age) = asked.not_older_than else {
            continue;
        };
        if asked.given_by.is_some() || !desk.holds(asked.when.as_ref(), case) {
            continue;
        }
        // The newest counts; one without a date only where none has any.
        let dated = serving(case, asked).filter_map(|(row, paper)| Some((paper.dated?, row)));
        let newest = dated.max_by_key(|(dated, row)| (*dated, std::cmp::Reverse(*row)));
        let (path, message, help) = match (newest, serving(case, asked).next()) {
            (Some((dated, row)), _) if calendar::add(dated, age) < meeting_on => (
                format!("documents[{row}].dated"),
                format!(
                    "{} of {} is more than {age} old on the day of the meeting, {}",
                    label_of(case, row),
                    dated.with_weekday(),
                    meeting_on.with_weekday()
                ),
                "ask whoever wrote it for a new one, and write its title and `dated: …` in this line",
            ),
            (None, Some((row, _))) => (
                format!("documents[{row}].dated"),
                format!("{} bears no date", label_of(case, row)),
                "write `dated: …` in this line, with the day that it bears",
            ),
            _ => continue,
        };
        found
            .at(Desk::place(case.file, path), message)
            .because(&asked.basis)
            .help(format!("{help}{}", or_accepted(desk, case, RULE.id)))
            .about(case.reference());
    }
}

/// A paper as people know it: by the label of its kind.
fn label_of<'c>(case: &'c Case<'_>, row: usize) -> &'c str {
    case.referral().documents[row]
        .kind
        .as_deref()
        .map_or("it", |kind| case.rules.words.label(Use::Document, kind))
}
