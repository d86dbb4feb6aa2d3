//! Decisions that were to come back to the panel and have not.
use super::super::prelude::*;

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
        let days = (desk.today().date() - review.due_on.date()).num_days();
        let ago = if days == 1 {
            "1 day".to_owned()
        } else {
            format!("{days} days")
        };
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
                    "{} brings it back and goes to the meeting of {}",
                    paper.reference(),
                    meeting.on.with_weekday()
                ),
                None => format!("{} brings it back", paper.reference()),
            },
            None => format!(
                "send a referral with `kind: review` and `review_of: {reference}`{}; if the resource has ended: `panel act {reference}{named} --ended REASON`",
                desk.first_of(desk.today(), case.panel)
                    .map(|meeting| format!(" to the meeting of {}", meeting.on.with_weekday()))
                    .unwrap_or_default(),
                reference = case.reference(),
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
