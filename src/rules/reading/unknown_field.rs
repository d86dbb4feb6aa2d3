//! Keys that nothing reads: misspelt, or in the wrong place.
use super::super::prelude::*;

pub(super) const RULE: Rule = Rule {
    id: "unknown-field",
    summary: "a key that the form does not have",
    severity: Severity::Error,
    asked_by: &[],
    text: include_str!("unknown_field.md"),
    check: Check::Desk(check),
};

fn check(desk: &Desk<'_>, found: &mut Findings) {
    super::tell(desk, found, crate::folder::FaultKind::UnknownField);
    for case in desk.cases() {
        unknown_ids(case, found);
        for made in &case.decisions {
            unknown_answers(case, made, found);
        }
    }
}

/// A decision's answers stand under the same ids.
fn unknown_answers(case: &Case<'_>, made: &Made<'_>, found: &mut Findings) {
    let points: Vec<&str> = made
        .rules
        .checklist
        .iter()
        .map(|point| point.id.as_str())
        .collect();
    for id in made.decision().checklist.keys() {
        if points.contains(&id) {
            continue;
        }
        let help = match crate::folder::nearest(id, points.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None if points.is_empty() => "this council has no checklist: take it out".to_owned(),
            None => format!("this council's checklist has {}", points.join(", ")),
        };
        found
            .at(
                super::key_place(&made.file.file, format!("checklist.{id}")),
                format!("this council's checklist has no `{id}`"),
            )
            .help(help)
            .about(case.reference())
            .of_meeting(made.meeting);
    }
}

/// Whether the council's rule file has every id under `checklist` and `sections`, as nearly always.
fn knows_all_ids(case: &Case<'_>) -> bool {
    let (points, sections) = (&case.rules.checklist, &case.rules.sections);
    let is_section = |field: &str, id: &str| field.strip_prefix("sections.") == Some(id);
    let referral = case.referral();
    let mut answered = referral.checklist.keys();
    let mut written = referral.sections.keys();
    answered.all(|id| points.iter().any(|point| point.id == id))
        && written.all(|id| sections.iter().any(|own| is_section(&own.field, id)))
}

/// `checklist` and `sections` take the council's own ids, which only its rule file knows.
fn unknown_ids(case: &Case<'_>, found: &mut Findings) {
    if knows_all_ids(case) {
        return;
    }
    let points: Vec<&str> = case
        .rules
        .checklist
        .iter()
        .map(|point| point.id.as_str())
        .collect();
    let sections: Vec<&str> = case
        .rules
        .sections
        .iter()
        .filter_map(|section| section.field.strip_prefix("sections."))
        .collect();
    let referral = case.referral();
    let written = referral
        .checklist
        .keys()
        .map(|id| ("checklist", id, &points))
        .chain(
            referral
                .sections
                .keys()
                .map(|id| ("sections", id, &sections)),
        );
    for (block, id, known) in written {
        if known.contains(&id) {
            continue;
        }
        let is_there = |id: &str| match block {
            "checklist" => referral.checklist.contains_key(id),
            _ => referral.sections.contains_key(id),
        };
        let near = crate::folder::nearest(id, known.iter().copied());
        let help = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None if known.is_empty() => {
                format!("this council's form has no `{block}`: take it out")
            }
            None => format!(
                "under `{block}` this council's form has {}",
                known.join(", ")
            ),
        };
        found
            .at(
                super::key_place(case.file, format!("{block}.{id}")),
                format!("this council's form has no `{id}` under `{block}`"),
            )
            .meant(
                near.filter(|near| !is_there(near))
                    .map(|near| format!("{block}.{near}")),
            )
            .help(help)
            .about(case.reference());
    }
}
