//! Grounds that make no emergency, or not ordinarily.
use super::super::acceptance::or_accepted;
use super::super::form::is_answer;
use super::super::prelude::*;
use super::super::ways::by_the_cut_off;

pub(super) const RULE: Rule = Rule {
    id: "invalid-emergency-ground",
    summary: "the ground makes no emergency, is unusual, or is not said",
    severity: Severity::Error,
    asked_by: &["emergency", "emergency/ordinarily", "emergency/never"],
    text: include_str!("invalid_emergency_ground.md"),
    check: Check::Case(check),
};

fn check(desk: &Desk<'_>, case: &Case<'_>, found: &mut Findings) {
    let (Some(rule), Some(emergency)) = (&case.rules.emergency, &case.referral().emergency) else {
        return;
    };
    let words = &case.rules.words;
    let in_words = |ground: &str| words.label(Use::Ground, ground).to_lowercase();
    // The word to write, and what it stands for where that is not the same.
    let as_written = |ground: &String| match in_words(ground) {
        said if said == *ground => format!("`{ground}`"),
        said => format!("`{ground}` ({said})"),
    };
    let listed = rule
        .grounds
        .iter()
        .map(as_written)
        .collect::<Vec<_>>()
        .join(", ");
    let ground = emergency
        .ground
        .as_ref()
        .filter(|_| is_answer(emergency.ground.as_ref()));
    // The weight is in the nature of each, unless the list says so itself: that of the whole
    // entry is for what follows an emergency.
    let weight_of = |basis: &crate::findings::Basis, ordinary| {
        let own = basis.severity.filter(|_| *basis != rule.basis);
        own.unwrap_or(ordinary)
    };
    let (basis, weight, message, help) = match ground {
        None => (
            &rule.grounds_basis,
            // Where the council has no list it asks for no ground in particular.
            if rule.grounds.is_empty() && rule.refused.is_empty() {
                Severity::Warning
            } else {
                Severity::Error
            },
            "the emergency does not say what made it one".to_owned(),
            if listed.is_empty() {
                "write `ground: …` under `emergency`".to_owned()
            } else {
                format!("write `ground: …` under `emergency`, ordinarily one of: {listed}")
            },
        ),
        Some(ground) if rule.refused.iter().any(|own| own == ground) => (
            &rule.refused_basis,
            weight_of(&rule.refused_basis, Severity::Error),
            format!("this ground makes no emergency here: {}", in_words(ground)),
            format!(
                "take `emergency` and all that stands under it out, and send the request as any other{}; or, if another ground is true, put it right{}",
                by_the_cut_off(desk, case),
                if listed.is_empty() {
                    String::new()
                } else {
                    format!(": one of {listed}")
                }
            ),
        ),
        Some(ground)
            if !rule.grounds.is_empty() && !rule.grounds.iter().any(|own| own == ground) =>
        {
            (
                &rule.grounds_basis,
                weight_of(&rule.grounds_basis, Severity::Warning),
                format!(
                    "this is not one of the grounds on which an emergency is ordinarily made here: {}",
                    in_words(ground)
                ),
                format!(
                    "if one of these is true, write it as `ground: …`: {listed}; if none is, leave it, and write as `reason: …` under `request` why the child could not wait"
                ),
            )
        }
        Some(_) => return,
    };
    found
        .at(Desk::place(case.file, "emergency.ground"), message)
        .because(basis)
        .weighing(weight)
        .help(help + &or_accepted(desk, case, RULE.id))
        .about(case.reference());
}
