//! Decisions that were to come back to the panel and have not.
use super::super::prelude::*;
use super::super::ways::{amendment, days, to_send};

pub(super) const RULE: Rule = Rule {
    id: "review-overdue",
    summary: "a decision was due back at the panel and has not come",
    severity: Severity::Error,
    asked_by: &["reviews", "newly-looked-after", "review-interval/*"],
    text: include_str!("review_overdue.md"),
    check: Check::Desk(check),
};

fn check(desk: &Desk<'_>, found: &mut Findings) {
    for review in desk.reviews_due() {
        if !desk.is_overdue(&review) {
            continue;
        }
        let case = review.case;
        let rule = review.made.rules.reviews.as_ref();
        let ago = days(review.due_on, desk.today());
        let or_else = rule
            .and_then(|rule| rule.if_missed.as_deref())
            .filter(|_| review.made.is_approval())
            .map(|or_else| format!("; {or_else}"))
            .unwrap_or_default();
        let set = review.made.decision().review.as_ref();
        let path = match set {
            _ if !review.is_own => "review",
            Some(set) if set.on.is_some() => "review.on",
            _ => "review.every",
        };
        // The paper that brings it back may be this referral itself, put off since.
        let paper = review.paper.or_else(|| case.is_open().then_some(case));
        let help = match paper {
            Some(paper) => match desk.meeting_for(paper) {
                Some(meeting) => format!(
                    "{} brings it back at the meeting of {}: see that it is heard there",
                    paper.reference(),
                    meeting.on.with_weekday()
                ),
                None => format!("{} brings it back: see that it is heard", paper.reference()),
            },
            None => format!(
                "the worker writes a new referral with `kind: review` and `review_of: {reference}` under `request`{}; if what was agreed has ended: `panel act {reference}{named} --ended REASON`{moved}; if the panel need not see it again, the chair says so: {}",
                to_send(desk, case),
                amendment(desk, case, &review.made, "--no-review REASON"),
                reference = case.reference(),
                moved = has_moved(desk, case, &review.made),
                named = desk.naming(&review.made)
            ),
        };
        let pending = found
            .at(
                Desk::place(&review.made.file.file, path),
                format!(
                    "the review was due on {}, {ago} ago{or_else}",
                    review.due_on.with_weekday()
                ),
            )
            .because(&review.basis)
            .help(help)
            .about(case.reference())
            .of_meeting(review.made.meeting);
        if paper.is_some() {
            let _ = pending.weighing(Severity::Warning);
        }
    }
}

/// What to record where a move was approved since, and the child has moved.
fn has_moved(desk: &Desk<'_>, case: &Case<'_>, made: &Made<'_>) -> String {
    let moved = desk.case(case.reference());
    let moved = moved.and_then(|case| desk.move_to_come(case, made));
    moved.map_or_else(String::new, |other| {
        format!(
            "; where the child has moved as approved on {other}: `panel act {other} --placed`",
            other = other.reference()
        )
    })
}
