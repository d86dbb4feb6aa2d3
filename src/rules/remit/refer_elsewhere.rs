//! Cases of which the referral says whether another panel sees them, and does not.
use super::super::form::is_answer;
use super::super::prelude::*;
use super::super::ways::by_the_cut_off;

pub(super) const RULE: Rule = Rule {
    id: "refer-elsewhere",
    summary: "the referral does not say whether the case goes to another panel",
    severity: Severity::Note,
    asked_by: &["other-panel/*"],
    text: include_str!("refer_elsewhere.md"),
    check: Check::Case(check),
};

fn check(desk: &Desk<'_>, case: &Case<'_>, found: &mut Findings) {
    let words = &case.rules.words;
    for other in &case.rules.other_panels {
        if other.when.is_none() || !desk.holds(other.when.as_ref(), case) {
            continue;
        }
        let mut begun = None;
        let entries = case.referral().referred_to.iter().enumerate();
        let is_answered = entries
            .filter(|(_, entry)| {
                entry
                    .panel
                    .as_deref()
                    .and_then(|written| words.find(Use::Panel, written))
                    .is_some_and(|known| known.id == other.id)
            })
            .any(|(row, entry)| {
                begun.get_or_insert(row);
                entry.on.is_some()
                    || is_answer(entry.outcome.as_ref())
                    || is_answer(entry.not_needed.as_ref())
            });
        if is_answered {
            continue;
        }
        let path = begun.map_or_else(
            || "referred_to".to_owned(),
            |row| format!("referred_to[{row}]"),
        );
        found
            .at(
                Desk::place(case.file, path),
                format!(
                    "the form does not say whether the case was referred to the {}",
                    other.label
                ),
            )
            .because(&other.basis)
            .help(format!(
                "ask your manager, then write below `referred_to:` either `- {{panel: {id}, on: DAY, outcome: …}}`, or `- {{panel: {id}, not_needed: REASON}}`{}",
                by_the_cut_off(desk, case),
                id = other.id
            ))
            .about(case.reference());
    }
}
