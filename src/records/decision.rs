//! A decision of the panel, and what became true after it.

use super::referral::records;
use super::{ById, CostLine, Day, Funding, Interval, Moment, OneOrMore, Person, Provider, Text};
use serde::{Deserialize, Serialize};

/// An approved line has the shape of a line asked for.
pub(crate) type ApprovedLine = CostLine;

records! {
    /// `meetings/DATE/decisions/REFERENCE.yaml`; written once, never changed.
    Decision {
        /// Reference of the referral that is decided.
        referral: Text,
        /// Day of the meeting.
        meeting: Option<Day>,
        /// `sha256:…` of the referral's bytes that the panel decided on.
        referral_digest: Option<Text>,
        /// Only where it amends an earlier decision: which, and why.
        amends: Option<Amends>,
        /// What the panel decided.
        outcome: Option<Text>,
        /// For a decision that is pending: when it is promised.
        decide_by: Option<Day>,
        /// Where it was decided after the meeting's day.
        decided_on: Option<Day>,
        /// In principle until these have endorsed it.
        subject_to: Vec<SubjectTo>,
        /// Who decided: the meeting's chair.
        decided_by: Option<Person>,
        /// `consensus` or `chair`.
        basis: Option<Text>,
        /// Why, in words that the family can be told.
        rationale: Option<Text>,
        /// Of presentation and discussion.
        highlights: Option<Text>,
        /// What was agreed, a sentence an entry.
        agreements: Vec<Text>,
        /// What is offered instead, where the request is not agreed.
        alternative: Option<Text>,
        /// The costs that are approved, a line an item.
        approved: Vec<ApprovedLine>,
        /// Time limit: the day after the last.
        until: Option<Day>,
        /// What other funders pay.
        funding: Vec<Funding>,
        /// The signature for the money.
        expenditure_signed: Option<ExpenditureSigned>,
        /// When the case comes back to panel.
        review: Option<Review>,
        /// Only where it is put off: to when, why, and what the panel needs to see.
        deferred: Option<Deferral>,
        /// Only where nobody came to present: what that led to.
        not_attended: Option<NotAttended>,
        /// What somebody must do, and by when.
        actions: Vec<Action>,
        /// What each member said.
        views: Vec<View>,
        /// Members who disagree, and why.
        dissent: Vec<Dissent>,
        /// Other panels that the case is sent to, by their ids.
        refer_to: Vec<Text>,
        /// Answers to the council's checklist, by its ids.
        checklist: ById<Text>,
        /// Findings that the decision accepts itself.
        accepted: Vec<DecisionAcceptance>,
        /// A need that no provision could be found for.
        unmet_need: Option<Text>,
        /// For the service's own learning; never printed on the child's record.
        practice_note: Option<Text>,
    }

    /// The decision that this one amends, and why.
    Amends {
        /// The decision that it amends, by the name of its file without the ending.
        decision: Option<Text>,
        /// `sha256:…` of that decision's bytes.
        digest: Option<Text>,
        /// Why it is amended.
        reason: Option<Text>,
        /// Day on which it was amended: before it the earlier decision is in force.
        on: Option<Day>,
    }

    /// Whose endorsement is awaited.
    SubjectTo {
        /// The post whose endorsement is awaited.
        role: Option<Text>,
        /// What the endorsement is for.
        r#for: Option<Text>,
    }

    /// The chair's signature for the money.
    ExpenditureSigned {
        /// Who signed.
        name: Option<Text>,
        /// Their post.
        role: Option<Text>,
        /// Day on which they signed.
        on: Option<Day>,
    }

    /// When the case comes back: a day, an interval, or never and why.
    Review {
        /// Day by which the case comes back.
        on: Option<Day>,
        /// How often it comes back, like 4 weeks.
        every: Option<Interval>,
        /// Why it does not come back.
        none: Option<Text>,
    }

    /// Put off to another meeting.
    Deferral {
        /// Day of the meeting that it is put off to.
        to: Option<Day>,
        /// more-information, beyond-remit, not-attended or not-ready.
        reason: Option<Text>,
        /// What the panel needs to see by then.
        needs: Vec<DeferralNeed>,
    }

    /// One thing that the panel needs to see.
    DeferralNeed {
        /// What is needed.
        what: Option<Text>,
        /// Who it comes from.
        from: Option<Text>,
        /// Day by which it is needed.
        by: Option<Day>,
    }

    /// What non-attendance led to.
    NotAttended {
        /// What it cost that nobody came.
        resources: Option<Text>,
        /// What risk it leaves for the child.
        risk: Option<Text>,
    }

    /// Something somebody must do by a day.
    Action {
        /// What is to be done.
        what: Option<Text>,
        /// Who does it.
        owner: Option<Text>,
        /// Day by which it is done.
        due: Option<Day>,
    }

    /// One member's view.
    View {
        /// The member's name or post.
        member: Option<Text>,
        /// What they said.
        view: Option<Text>,
    }

    /// One member's disagreement.
    Dissent {
        /// The member's name or post.
        member: Option<Text>,
        /// Why they disagree.
        reason: Option<Text>,
    }

    /// A finding accepted by the decision itself.
    DecisionAcceptance {
        /// Id of the finding, as `panel check` prints it between brackets.
        rule: Option<Text>,
        /// Who accepts it.
        by: Option<Person>,
        /// Why it is accepted.
        reason: Option<Text>,
    }

    /// `meetings/DATE/after/REFERENCE.yaml`: what became true after the decision.
    After {
        /// The decision's actions that are done.
        actions_done: Vec<ActionDone>,
        /// Day on which the family was told.
        told_family: Option<Day>,
        /// Who disagrees with the decision, and where that went; a list where several do.
        disagreement: OneOrMore<Disagreement>,
        /// When and with whom the child was placed.
        placed: Option<Placed>,
        /// Day on which the search for a placement began.
        search_started: Option<Day>,
        /// Papers that were owed and have come.
        papers: Vec<PaperReceived>,
        /// When the decision was put on the child's record.
        uploaded: Option<Moment>,
        /// Other duties of the office done for this child, by the id of the deadline.
        done: ById<Moment>,
        /// Endorsements that were awaited and are given.
        endorsed: Vec<Endorsement>,
        /// The signature under the running log of expenditure.
        log_signed: Option<ExpenditureSigned>,
        /// When what was approved came to its end, and why.
        ended: Option<Ended>,
        /// What was recorded for decisions that have been amended since, and is to be done anew
        /// for the one in force; an amendment moves it here.
        before_amendment: Vec<BeforeAmendment>,
    }

    /// What was recorded for a decision before another took its place.
    BeforeAmendment {
        /// The decision that it was recorded for, by the name of its file.
        decision: Option<Text>,
        /// Day on which the family was told of it.
        told_family: Option<Day>,
        /// When it was put on the child's record.
        uploaded: Option<Moment>,
        /// Other duties of the office done for it, by the id of the deadline.
        done: ById<Moment>,
        /// Endorsements of it.
        endorsed: Vec<Endorsement>,
        /// The signature for it under the running log of expenditure.
        log_signed: Option<ExpenditureSigned>,
        /// Who disagreed with it, where somebody disagrees with the one in force too.
        disagreement: OneOrMore<Disagreement>,
    }

    /// An action done: its number counts from 1 in the decision's list.
    ActionDone {
        /// The action's number in the decision, from 1.
        action: Option<i64>,
        /// Day on which it was done.
        on: Option<Day>,
    }

    /// Who disagrees with the decision.
    Disagreement {
        /// Who disagrees.
        by: Option<Text>,
        /// Day on which they said so.
        on: Option<Day>,
        /// What they said.
        note: Option<Text>,
        /// Who it was taken to.
        escalated_to: Option<Text>,
    }

    /// Where the child went.
    Placed {
        /// Day on which the placement began.
        on: Option<Day>,
        /// Who provides.
        provider: Option<Provider>,
    }

    /// A paper that was owed and came.
    PaperReceived {
        /// Which paper it is.
        kind: Option<Text>,
        /// Day on which it came.
        on: Option<Day>,
    }

    /// An endorsement given.
    Endorsement {
        /// The post that endorses.
        role: Option<Text>,
        /// Who endorsed.
        name: Option<Text>,
        /// Day on which they did.
        on: Option<Day>,
    }

    /// The resource came to its end.
    Ended {
        /// Day on which it ended.
        on: Option<Day>,
        /// Why it ended.
        reason: Option<Text>,
    }
}

/// The outcome that takes a decision off the record; no panel decides so of a request.
pub(crate) const VOID: &str = "void";

impl Decision {
    /// Whether it takes a decision off the record that was made by mistake, and puts none in its place.
    pub(crate) fn is_void(&self) -> bool {
        self.outcome.as_deref() == Some(VOID)
    }
}
