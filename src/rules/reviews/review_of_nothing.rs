//! Reviews that do not say which decision they bring back.
use super::super::prelude::*;

pub(super) const RULE: Rule = Rule {
    id: "review-of-nothing",
    summary: "the form asks for a review, and does not say of which decision",
    severity: Severity::Warning,
    asked_by: &[],
    text: include_str!("review_of_nothing.md"),
    check: Check::Case(check),
};

fn check(desk: &Desk<'_>, case: &Case<'_>, found: &mut Findings) {
    let request = &case.referral().request;
    let is_named = request
        .review_of
        .as_deref()
        .is_some_and(|of| !of.trim().is_empty());
    if case.kind() != "review" || is_named || case.file.has_fault_at("request.review_of") {
        return;
    }
    let others = desk.of_one_child(case).into_iter();
    let others = others.filter(|other| other.reference() != case.reference());
    let decided: Vec<&str> = others
        .filter(|other| other.settled_by().is_some_and(Made::is_approval))
        .map(Case::reference)
        .collect();
    let of_which = match &decided[..] {
        [] => "write its reference under `request`, like `review_of: R-2026-0001`; where it was decided before this folder was kept, leave it as it is".to_owned(),
        [one] => format!("write `review_of: {one}` under `request`"),
        several => format!("write `review_of:` under `request` with the one that it is: {}", several.join(", ")),
    };
    found
        .at(
            Desk::place(case.file, "request.kind"),
            "this is a review, and the form does not say of which decision: the review that is due would stay overdue",
        )
        .help(format!("{of_which}{}", super::super::ways::by_the_cut_off(desk, case)))
        .about(case.reference());
}
