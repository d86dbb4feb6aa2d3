//! A condition for each name that conditions know: how one asks for it.

/// Each name and a condition that asks for it.
const EXAMPLES: &[(&str, &str)] = &[
    ("child.age", "child.age >= 16"),
    ("child.date_of_birth", "child.date_of_birth < '2009-01-01'"),
    (
        "child.legal_status",
        "child.legal_status in ['epo', 'police-protection']",
    ),
    ("child.looked_after", "child.looked_after"),
    (
        "child.looked_after_since",
        "meeting.date - child.looked_after_since > 28",
    ),
    (
        "child.last_looked_after_review",
        "child.last_looked_after_review is defined",
    ),
    (
        "child.disabled_childrens_team",
        "not child.disabled_childrens_team",
    ),
    ("child.meets_marp", "child.meets_marp"),
    ("request.kind", "request.kind == 'support-package'"),
    (
        "request.provision",
        "request.provision in ['hotel', 'private-rented']",
    ),
    ("request.from", "request.from < meeting.date"),
    ("request.to", "request.to - request.from > 182"),
    ("request.complex", "request.complex"),
    (
        "request.wider_package",
        "not (request.wider_package is defined and request.wider_package)",
    ),
    ("request.review_of", "request.review_of is defined"),
    (
        "request.requested_by_panel",
        "request.requested_by_panel is defined",
    ),
    (
        "request.search_started",
        "request.search_started < submitted",
    ),
    (
        "request.school_change",
        "request.school_change and request.virtual_school_told is not defined",
    ),
    (
        "request.virtual_school_told",
        "request.virtual_school_told is defined",
    ),
    ("request.distance_miles", "request.distance_miles > 20"),
    ("request.out_of_area", "request.out_of_area"),
    ("request.risk_to_life", "request.risk_to_life"),
    (
        "request.averts_accommodation",
        "request.averts_accommodation",
    ),
    ("request.staffing.days", "request.staffing.days > 5"),
    ("request.staffing.ratio", "request.staffing.ratio == '2:1'"),
    ("request.notice.given", "request.notice.given is defined"),
    ("request.notice.ends", "request.notice.ends <= meeting.next"),
    ("request.court.order", "request.court.order == 'care-order'"),
    (
        "request.court.hearing",
        "request.court.hearing < meeting.next",
    ),
    ("request.court.made_on", "request.court.made_on is defined"),
    (
        "request.court.orders_placement",
        "request.court.orders_placement",
    ),
    (
        "request.court.plan_filed",
        "request.court.plan_filed < meeting.date",
    ),
    (
        "request.court.legal_gateway",
        "request.court.legal_gateway is not defined",
    ),
    ("provider.external", "provider.external"),
    ("provider.registered", "not provider.registered"),
    ("provider.sector", "provider.sector == 'private'"),
    ("placed_on", "placed_on < meeting.date"),
    ("placement.long_term", "placement.long_term"),
    (
        "placement.contract_ends",
        "placement.contract_ends < meeting.next",
    ),
    ("placement.notice_weeks", "placement.notice_weeks >= 4"),
    ("placement.moves", "placement.moves >= 3"),
    ("emergency", "not emergency"),
    (
        "emergency.ground",
        "emergency.ground != 'planned-court-date'",
    ),
    ("cost.total", "cost.total > threshold.panel"),
    ("cost.weekly", "cost.weekly > '£1,500.50'"),
    ("cost.one_off", "cost.one_off > 500"),
    ("cost.yearly", "cost.yearly > 50000"),
    ("cost.current_weekly", "cost.weekly > cost.current_weekly"),
    ("submitted", "submitted - placed_on > 7"),
    ("needs", "'education' in needs"),
    ("documents", "'care-plan' not in documents"),
    ("funders", "'health' in funders"),
    ("funding.sources", "funding.sources >= 1"),
    ("funding.share", "funding.share < 50"),
    ("permissions", "'search' not in permissions"),
    ("referred_to", "'other-panel' in referred_to"),
    ("siblings", "siblings > 0"),
    ("history.deferrals", "history.deferrals >= 2"),
    (
        "history.approved_kinds",
        "'new-placement' in history.approved_kinds",
    ),
    (
        "history.last_heard",
        "meeting.date - history.last_heard > 182",
    ),
    ("meeting.date", "child.date_of_birth > meeting.date - 365"),
    ("meeting.next", "request.to < meeting.next"),
    (
        "decision.outcome",
        "decision.outcome == 'approve-alternative'",
    ),
    ("decision.basis", "decision.basis == 'chair'"),
    (
        "decision.approved_total",
        "decision.approved_total > 100000",
    ),
    (
        "decision.approved_weekly",
        "decision.approved_weekly > 3000",
    ),
    (
        "decision.approved_one_off",
        "decision.approved_one_off > 10000",
    ),
    ("decision.until", "decision.until - meeting.date > 182"),
    ("decision.review_on", "decision.review_on is not defined"),
    ("decision.refer_to", "'other-panel' in decision.refer_to"),
    ("request.months", "request.months > 3"),
    ("provider.name", "provider.name is defined"),
    ("cost.weeks", "cost.weeks > 12"),
    ("sent", "sent and submitted > request.from"),
    (
        "permission.accommodation_on",
        "permission.accommodation_on <= child.looked_after_since",
    ),
];

/// A condition that asks for a name.
pub(crate) fn example_of(name: &str) -> &'static str {
    EXAMPLES
        .iter()
        .find(|(known, _)| *known == name)
        .map_or("", |(_, example)| example)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::council::NAMES;
    use crate::council::condition::Condition;
    use crate::council::names::KnownNames;
    use crate::council::vocabulary::Vocabulary;

    #[test]
    fn every_name_has_an_example_that_compiles_and_asks_for_it() {
        let words = Vocabulary::built_in();
        let thresholds = ["panel".to_owned()];
        let names = KnownNames {
            words: &words,
            thresholds: &thresholds,
        };
        for name in NAMES {
            let example = example_of(name.name);
            let condition = Condition::compile(example, &names);
            let condition =
                condition.unwrap_or_else(|errors| panic!("{}: {example}: {errors:?}", name.name));
            assert!(condition.names().contains(&name.name), "{example}");
        }
        for (name, _) in EXAMPLES {
            assert!(NAMES.iter().any(|known| known.name == *name), "{name}");
        }
    }
}
