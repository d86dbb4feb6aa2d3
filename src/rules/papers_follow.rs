//! Emergencies that came after the cut-off: what they lack is owed later, where the council says so.

use crate::desk::Desk;
use crate::findings::{Finding, Severity};

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
