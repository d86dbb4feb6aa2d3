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
        let waits = case
            .rules
            .emergency
            .as_ref()
            .is_some_and(|rule| rule.papers_follow.contains(&finding.rule));
        if !waits || finding.place.file != case.file.path || !desk.papers_follow(case) {
            continue;
        }
        let when = desk.papers_owed_at(case).map_or_else(
            || "the meeting after its own".to_owned(),
            |next| format!("the meeting of {}", next.on.with_weekday()),
        );
        finding.severity = Severity::Note;
        finding.message = format!(
            "{}; an emergency after the cut-off is heard all the same, and this is owed at {when}",
            finding.message
        );
    }
}
