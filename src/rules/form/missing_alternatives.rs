//! What was tried before, and why the council's own provision does not serve.
use super::super::prelude::*;
use super::{gap_in, is_answer, line_at, or_accepted};

pub(super) const RULE: Rule = Rule {
    id: "missing-alternatives",
    summary: "the form does not say what was tried before, or why in-house does not serve",
    severity: Severity::Error,
    asked_by: &["alternatives", "in-house-first"],
    text: include_str!("missing_alternatives.md"),
    check: Check::Case(check),
};

fn check(desk: &Desk<'_>, case: &Case<'_>, found: &mut Findings) {
    if let Some(asked) = &case.rules.alternatives
        && desk.holds(asked.when.as_ref(), case)
    {
        tried(desk, case, &asked.basis, found);
    }
    if let Some(asked) = &case.rules.in_house_first
        && desk.holds(asked.when.as_ref(), case)
    {
        in_house(desk, case, &asked.basis, found);
    }
}

fn tried(desk: &Desk<'_>, case: &Case<'_>, basis: &crate::findings::Basis, found: &mut Findings) {
    let accepted = || or_accepted(desk, case, RULE.id);
    let entries = &case.referral().alternatives;
    if entries.is_empty() {
        found
            .at(
                Desk::place(case.file, "alternatives"),
                "nothing is written about what was tried before and why it was not enough",
            )
            .because(basis)
            .help(format!(
                "add `alternatives:` and below it a line for each service: `- {{tried: …, outcome: …}}`{}", accepted()
            ))
            .about(case.reference());
    }
    for (row, entry) in entries.iter().enumerate() {
        let (key, gap, what) = match (gap_in(entry.tried.as_ref()), gap_in(entry.outcome.as_ref()))
        {
            (Some(gap), _) => ("tried", gap, "what was tried"),
            (None, Some(gap)) => ("outcome", gap, "why it was not enough"),
            (None, None) => continue,
        };
        let path = format!("alternatives[{row}].{key}");
        found
            .at(
                Desk::place(case.file, path.as_str()),
                format!("{gap}: {what} (alternative {})", row + 1),
            )
            .because(basis)
            .help(format!("write {}{}", line_at(&path), accepted()))
            .about(case.reference());
    }
}

fn in_house(
    desk: &Desk<'_>,
    case: &Case<'_>,
    basis: &crate::findings::Basis,
    found: &mut Findings,
) {
    let own: Vec<_> = case
        .referral()
        .options
        .iter()
        .enumerate()
        .filter(|(_, option)| {
            matches!(
                option.provision.as_deref(),
                Some("in-house-fostering" | "in-house-residential")
            ) || option
                .provider
                .as_deref()
                .is_some_and(|provider| same_name(provider, "in-house"))
        })
        .collect();
    let ruled_out = |option: &crate::records::PlacementOption| {
        option.available == Some(false) || option.suitable == Some(false)
    };
    if own
        .iter()
        .any(|(_, option)| ruled_out(option) && is_answer(option.note.as_ref()))
    {
        return;
    }
    let without_note = own.iter().find(|(_, option)| ruled_out(option));
    let (path, message) = match (without_note, own.first()) {
        (Some((row, _)), _) => (
            format!("options[{row}].note"),
            "it is not said why the in-house option does not serve",
        ),
        (None, Some((row, _))) => (
            format!("options[{row}]"),
            "outside provision is asked for, and the in-house option is not said to be unavailable or unsuitable",
        ),
        (None, None) => (
            "options".to_owned(),
            "outside provision is asked for, and no in-house option was looked at",
        ),
    };
    found
        .at(Desk::place(case.file, path), message)
        .because(basis)
        .help(format!(
            "under `options` say why none of our own serves: `- {{provision: in-house-fostering, available: false, note: …}}`, or `suitable: false`, with the reason as its `note`{}",
            or_accepted(desk, case, RULE.id)
        ))
        .about(case.reference());
}
