//! What an amendment changed in the decision whose place it takes.

use crate::records::Decision;

/// The parts of a decision that differ, as people say them, in the order of the form. What is only
/// for the service's own learning is not told: it never reaches the child's record.
pub(crate) fn differing(before: &Decision, now: &Decision) -> Vec<&'static str> {
    let parts = [
        (before.outcome != now.outcome, "the outcome"),
        (
            before.decide_by != now.decide_by,
            "when a decision is promised",
        ),
        (before.subject_to != now.subject_to, "who has to endorse it"),
        (before.decided_by != now.decided_by, "who decided"),
        (before.basis != now.basis, "how it was reached"),
        (before.rationale != now.rationale, "the reasons"),
        (before.highlights != now.highlights, "what was said"),
        (before.agreements != now.agreements, "what was agreed"),
        (before.alternative != now.alternative, "the alternative"),
        (before.approved != now.approved, "the costs approved"),
        (before.until != now.until, "the time limit"),
        (before.funding != now.funding, "what other funders pay"),
        (
            before.expenditure_signed != now.expenditure_signed,
            "the signature for the money",
        ),
        (before.review != now.review, "the review"),
        (before.deferred != now.deferred, "what it was put off for"),
        (
            before.not_attended != now.not_attended,
            "what it cost that nobody came",
        ),
        (before.actions != now.actions, "the actions"),
        (before.views != now.views, "members' views"),
        (before.dissent != now.dissent, "who disagreed"),
        (before.refer_to != now.refer_to, "the panels it goes to"),
        (before.checklist != now.checklist, "the panel's questions"),
        (before.accepted != now.accepted, "what was accepted"),
        (before.unmet_need != now.unmet_need, "the unmet need"),
        (
            before.referral_digest != now.referral_digest,
            "the request as the panel had it",
        ),
    ];
    parts
        .into_iter()
        .filter_map(|(differs, what)| differs.then_some(what))
        .collect()
}
