//! Searches for a placement that began before the leave that comes first.
use super::super::prelude::*;

pub(super) const RULE: Rule = Rule {
    id: "search-before-permission",
    summary: "the search began before the permission for it",
    severity: Severity::Error,
    asked_by: &["search/*"],
    text: include_str!("search_before_permission.md"),
    check: Check::Case(check),
};

fn check(desk: &Desk<'_>, case: &Case<'_>, found: &mut Findings) {
    let Some(started) = case.referral().request.search_started else {
        return;
    };
    for (search, what) in super::searches(desk, case)
        .filter_map(|search| Some((search, search.permission.as_deref()?)))
    {
        let label = case.rules.words.label(Use::Permission, what).to_lowercase();
        let given: Vec<Option<Day>> = case
            .permissions_for(what)
            .map(|(_, given)| given.on.map(|moment| moment.day()))
            .collect();
        let first = given.iter().flatten().min();
        let began = started.with_weekday();
        let (message, help) = match first {
            // The same day is in order.
            Some(first) if *first <= started => return,
            Some(first) => (
                format!(
                    "the search began on {began}, before the permission ({label}) of {}",
                    first.with_weekday()
                ),
                "check `search_started` and `on` of the permission; if both are right, leave them, and tell your manager today why the search began first".to_owned(),
            ),
            None if given.is_empty() => (
                format!("the search began on {began}, and no permission for it is on record ({label})"),
                format!("stop the search and ask for the permission today; once it is given, write it under `permissions`: `- {{for: {what}, role: …, name: …, on: …}}`"),
            ),
            None => (
                format!("the search began on {began}, and the permission ({label}) has no day"),
                "write `on: DAY` in its line under `permissions`, with the day on which it was given".to_owned(),
            ),
        };
        found
            .at(Desk::place(case.file, "request.search_started"), message)
            .because(&search.basis)
            .help(format!(
                "{help}{}",
                super::super::acceptance::or_accepted(desk, case, RULE.id)
            ))
            .about(case.reference());
    }
}
