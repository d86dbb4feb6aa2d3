//! A decision of the panel, and what became true after it.

use super::referral::records;
use super::{CostLine, Day, Funding, Interval, Moment, Person, Provider};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// An approved line has the shape of a line asked for.
pub(crate) type ApprovedLine = CostLine;

records! {
    /// `meetings/DATE/decisions/REFERENCE.yaml`; written once, never changed.
    Decision {
        referral: String,
        meeting: Option<Day>,
        /// `sha256:…` of the referral's bytes that the panel decided on.
        referral_digest: Option<String>,
        amends: Option<Amends>,
        outcome: Option<String>,
        /// For a decision that is pending: when it is promised.
        decide_by: Option<Day>,
        /// Where it was decided after the meeting's day.
        decided_on: Option<Day>,
        /// In principle until these have endorsed it.
        subject_to: Vec<SubjectTo>,
        decided_by: Option<Person>,
        /// `consensus` or `chair`.
        basis: Option<String>,
        rationale: Option<String>,
        /// Of presentation and discussion.
        highlights: Option<String>,
        agreements: Vec<String>,
        alternative: Option<String>,
        approved: Vec<ApprovedLine>,
        /// Time limit: the day after the last.
        until: Option<Day>,
        funding: Vec<Funding>,
        expenditure_signed: Option<ExpenditureSigned>,
        review: Option<Review>,
        deferred: Option<Deferral>,
        not_attended: Option<NotAttended>,
        actions: Vec<Action>,
        views: Vec<View>,
        dissent: Vec<Dissent>,
        refer_to: Vec<String>,
        checklist: BTreeMap<String, String>,
        accepted: Vec<DecisionAcceptance>,
        unmet_need: Option<String>,
        /// For the service's own learning; never printed on the child's record.
        practice_note: Option<String>,
    }

    /// The decision that this one amends, and why.
    Amends {
        decision: Option<String>,
        reason: Option<String>,
    }

    /// Whose endorsement is awaited.
    SubjectTo {
        role: Option<String>,
        r#for: Option<String>,
    }

    /// The chair's signature for the money.
    ExpenditureSigned {
        name: Option<String>,
        role: Option<String>,
        on: Option<Day>,
    }

    /// When the case comes back: a day, an interval, or never and why.
    Review {
        on: Option<Day>,
        every: Option<Interval>,
        none: Option<String>,
    }

    /// Put off to another meeting.
    Deferral {
        to: Option<Day>,
        /// more-information, beyond-remit, not-attended or not-ready.
        reason: Option<String>,
        needs: Vec<DeferralNeed>,
    }

    /// One thing that the panel needs to see.
    DeferralNeed {
        what: Option<String>,
        from: Option<String>,
        by: Option<Day>,
    }

    /// What non-attendance led to.
    NotAttended {
        resources: Option<String>,
        risk: Option<String>,
    }

    /// Something somebody must do by a day.
    Action {
        what: Option<String>,
        owner: Option<String>,
        due: Option<Day>,
    }

    /// One member's view.
    View {
        member: Option<String>,
        view: Option<String>,
    }

    /// One member's disagreement.
    Dissent {
        member: Option<String>,
        reason: Option<String>,
    }

    /// A finding accepted by the decision itself.
    DecisionAcceptance {
        rule: Option<String>,
        by: Option<Person>,
        reason: Option<String>,
    }

    /// `meetings/DATE/after/REFERENCE.yaml`: what became true after the decision.
    After {
        actions_done: Vec<ActionDone>,
        told_family: Option<Day>,
        disagreement: Option<Disagreement>,
        placed: Option<Placed>,
        search_started: Option<Day>,
        papers: Vec<PaperReceived>,
        uploaded: Option<Moment>,
        /// Other duties of the office done for this child, by the id of the deadline.
        done: BTreeMap<String, Moment>,
        endorsed: Vec<Endorsement>,
        log_signed: Option<ExpenditureSigned>,
        ended: Option<Ended>,
    }

    /// An action done: its number counts from 1 in the decision's list.
    ActionDone {
        action: Option<i64>,
        on: Option<Day>,
    }

    /// Who disagrees with the decision.
    Disagreement {
        by: Option<String>,
        on: Option<Day>,
        note: Option<String>,
        escalated_to: Option<String>,
    }

    /// Where the child went.
    Placed {
        on: Option<Day>,
        provider: Option<Provider>,
    }

    /// A paper that was owed and came.
    PaperReceived {
        kind: Option<String>,
        on: Option<Day>,
    }

    /// An endorsement given.
    Endorsement {
        role: Option<String>,
        name: Option<String>,
        on: Option<Day>,
    }

    /// The resource came to its end.
    Ended {
        on: Option<Day>,
        reason: Option<String>,
    }
}
