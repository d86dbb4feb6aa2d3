//! Placements that began before the panel was asked.
use super::super::prelude::*;

pub(super) const RULE: Rule = Rule {
    id: "placed-before-panel",
    summary: "the placement began before the panel met, and it is no emergency",
    severity: Severity::Error,
    asked_by: &["before-placement"],
    text: include_str!("placed_before_panel.md"),
    check: Check::Case(check),
};

fn check(desk: &Desk<'_>, case: &Case<'_>, found: &mut Findings) {
    let Some(rule) = &case.rules.before_placement else {
        return;
    };
    let referral = case.referral();
    // What comes back to the panel was asked of it before.
    if case.is_emergency()
        || referral.request.review_of.is_some()
        || !desk.holds(rule.when.as_ref(), case)
    {
        return;
    }
    let (Some(placed_on), Some(meeting)) = (referral.placed_on, desk.meeting_for(case)) else {
        return;
    };
    if placed_on >= meeting.on {
        return;
    }
    let (why, emergency) = if referral.emergency.is_some() {
        (
            "its ground makes it no emergency",
            "if another ground is true, put `ground` under `emergency` right",
        )
    } else {
        (
            "the form names no emergency",
            "if it was an emergency, write below `emergency:` its `ground: …`, `approved_by: {name: …, role: …}` and `approved_on: …`",
        )
    };
    found
        .at(
            Desk::place(case.file, "placed_on"),
            format!(
                "the placement began on {}, before the panel of {}, and {why}",
                placed_on.with_weekday(),
                meeting.on.with_weekday()
            ),
        )
        .because(&rule.basis)
        .help(format!(
            "{emergency}; if not, check `placed_on`, and if it is right tell your manager and the chair today{}",
            super::super::acceptance::or_accepted(desk, case, RULE.id)
        ))
        .about(case.reference());
}
