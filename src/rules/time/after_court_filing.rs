//! Requests that come when the plan already lies with the court.
use super::super::prelude::*;
use super::super::ways::ask_for;

pub(super) const RULE: Rule = Rule {
    id: "after-court-filing",
    summary: "the plan is filed with the court before the panel has met",
    severity: Severity::Error,
    asked_by: &["before-filing"],
    text: include_str!("after_court_filing.md"),
    check: Check::Case(check),
};

fn check(desk: &Desk<'_>, case: &Case<'_>, found: &mut Findings) {
    let Some(rule) = &case.rules.before_filing else {
        return;
    };
    let court = case.referral().request.court.as_ref();
    let filed_on = court.and_then(|court| court.plan_filed);
    let (Some(filed_on), Some(meeting)) = (filed_on, desk.meeting_for(case)) else {
        return;
    };
    if filed_on > meeting.on || !desk.holds(rule.when.as_ref(), case) {
        return;
    }
    let earlier = desk
        .makes(case)
        .filter(|made| made.on < filed_on && made.on < meeting.on)
        .map_or_else(
            || format!("ask legal services today whether the filing can wait until the panel has met, and put its new day here; or ask the chair for an earlier or extra meeting before {}", filed_on.with_weekday()),
            |made| format!("it still makes an earlier meeting: {}", ask_for(made)),
        );
    found
        .at(
            Desk::place(case.file, "request.court.plan_filed"),
            format!(
                "the plan is filed with the court on {}, and the panel hears the request on {}: it is to be heard before",
                filed_on.with_weekday(),
                meeting.on.with_weekday()
            ),
        )
        .because(&rule.basis)
        .help(format!(
            "{earlier}{}",
            super::super::acceptance::or_accepted(desk, case, RULE.id)
        ))
        .about(case.reference());
}
