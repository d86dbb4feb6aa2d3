//! New placements that come to the panel later than the council wants.
use super::super::prelude::*;
use super::super::ways::ask_for;

pub(super) const RULE: Rule = Rule {
    id: "new-placement-overdue",
    summary: "a new placement comes to the panel too long after it began",
    severity: Severity::Error,
    asked_by: &["new-placement"],
    text: include_str!("new_placement_overdue.md"),
    check: Check::Case(check),
};

fn check(desk: &Desk<'_>, case: &Case<'_>, found: &mut Findings) {
    let Some(rule) = &case.rules.new_placement else {
        return;
    };
    let referral = case.referral();
    // What comes back has been to the panel.
    let (Some(placed_on), None) = (referral.placed_on, &referral.request.review_of) else {
        return;
    };
    let last_day = crate::calendar::add(placed_on, rule.within);
    let meeting = desk.meeting_for(case);
    let heard_on = meeting.map_or(desk.today(), |meeting| meeting.on);
    if heard_on <= last_day || !desk.holds(rule.when.as_ref(), case) {
        return;
    }
    let goes_to = meeting.map_or_else(
        || "it has not come".to_owned(),
        |meeting| format!("it goes to the meeting of {}", meeting.on.with_weekday()),
    );
    let in_time = desk
        .makes(case)
        .filter(|made| made.on <= last_day && !made.has_passed(desk.today()));
    let help = in_time.map_or_else(
        || {
            format!(
                "check `placed_on`; if it is right, leave it, and tell your manager and the chair today: no meeting by then can be made any more{}",
                super::super::acceptance::or_accepted(desk, case, RULE.id)
            )
        },
        |made| format!("it still makes an earlier meeting: {}", ask_for(made)),
    );
    found
        .at(
            Desk::place(case.file, "placed_on"),
            format!(
                "the placement began on {} and was to come to the panel within {}, by {}; {goes_to}",
                placed_on.with_weekday(),
                rule.within,
                last_day.with_weekday()
            ),
        )
        .because(&rule.basis)
        .help(help)
        .about(case.reference());
}
