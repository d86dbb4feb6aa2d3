//! Emergencies that came after the cut-off: what they lack is owed later, where the council says so.

use super::acceptance::accept;
use super::{form, own, papers};
use crate::desk::{Case, Desk, DiaryEntry, PanelMeeting, StillMissing};
use crate::findings::{Finding, Severity};

/// What nothing that comes later puts right, and papers, which the desk follows itself.
const NOT_MISSING: [&str; 4] = [
    "late-sign-off",
    "missing-document",
    "stale-document",
    "extra-document",
];

/// Everything owed and not done, by day, reference and kind.
pub(crate) fn diary<'a>(desk: &Desk<'a>) -> Vec<DiaryEntry<'a>> {
    desk.diary_with(&still_missing(desk))
}

/// What emergencies that were heard without it owe by a meeting, or owed by one gone by.
pub(crate) fn owed_by<'d, 'a>(
    desk: &'d Desk<'a>,
    meeting: &PanelMeeting<'_>,
) -> Vec<(&'d Case<'a>, DiaryEntry<'a>)> {
    desk.owed_by(meeting, &still_missing(desk))
}

/// Whether a word is the key of something that an emergency was heard without, or of a group of the
/// form that holds some: it may be recorded as come.
pub(crate) fn is_owed(desk: &Desk<'_>, case: &Case<'_>, word: &str) -> bool {
    let mut missing = still_missing(desk).into_iter();
    missing.any(|missing| missing.reference == case.reference() && missing.is_named_by(word))
}

/// What emergencies that were heard still lack of what the council's file lets follow: the same
/// rules look at them that look at a request before its meeting.
fn still_missing(desk: &Desk<'_>) -> Vec<StillMissing> {
    let Some(owing) = desk.of_what_follows() else {
        return Vec::new();
    };
    let mut findings: Vec<Finding> = Vec::new();
    for rule in [form::RULES, papers::RULES, own::RULES]
        .into_iter()
        .flatten()
    {
        if !NOT_MISSING.contains(&rule.id) {
            findings.extend(rule.find(&owing));
        }
    }
    findings.retain(|finding| {
        let case = finding
            .reference
            .as_deref()
            .and_then(|reference| owing.case(reference));
        case.is_some_and(|case| {
            let rule = case.rules.emergency.as_ref();
            finding.place.file == case.file.path
                && rule.is_some_and(|rule| rule.papers_follow.contains(&finding.rule))
        })
    });
    accept(&owing, &mut findings);
    findings
        .into_iter()
        .filter(|finding| finding.severity != Severity::Note)
        .filter_map(|finding| {
            let reference = finding.reference?;
            let rule = owing.case(&reference)?.rules.emergency.as_ref()?;
            let mut letters = finding.message.chars();
            let first = letters.next()?.to_uppercase();
            Some(StillMissing {
                path: finding.place.path,
                what: first.chain(letters).collect(),
                basis: rule.papers_basis.clone(),
                reference,
            })
        })
        .collect()
}

/// What an emergency that came after the cut-off still lacks is told as owed at the next meeting
/// after its own, and holds nothing back, where the council lets its papers follow.
pub(super) fn ease(desk: &Desk<'_>, findings: &mut [Finding]) {
    for finding in findings
        .iter_mut()
        .filter(|finding| finding.severity != Severity::Note)
    {
        let Some(case) = finding
            .reference
            .as_deref()
            .and_then(|reference| desk.case(reference))
        else {
            continue;
        };
        let Some(rule) = case
            .rules
            .emergency
            .as_ref()
            .filter(|rule| rule.papers_follow.contains(&finding.rule))
        else {
            continue;
        };
        if finding.place.file != case.file.path || !desk.papers_follow(case) {
            continue;
        }
        let when = desk.papers_owed_at(case).map_or_else(
            || "the meeting after its own".to_owned(),
            |next| format!("the meeting of {}", next.on.with_weekday()),
        );
        finding.severity = Severity::Note;
        finding.message = format!(
            "{}; an emergency after the cut-off is heard all the same, and what is missing is owed at {when}",
            finding.message
        );
        // What lets it wait is told beside what asks for it.
        for clause in &rule.papers_basis.clauses {
            if !finding.basis.clauses.contains(clause) {
                finding.basis.clauses.push(clause.clone());
            }
        }
    }
}
