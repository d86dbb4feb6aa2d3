//! What the panel asks and decides, and what is kept of it.

use super::{CasePart, ClockTime, CountedFrom, OneOrMany, Paper, RawMove, tables};
use crate::records::{Interval, Money};
use serde::Deserialize;

tables! {
    /// `[[checklist]]`: a question that the panel asks of a case.
    RawChecklist {
        /// Must be given, each its own.
        id: Option<String>,
        /// Must be given.
        question: Option<String>,
        /// A condition: cases that it is asked of; left out: all.
        when: Option<String>,
        /// A decision without an answer, given here or on the referral, is refused; a deferral is not.
        required: bool,
        /// Whether the form asks it too; true where it is not said. The panel's own questions say false.
        on_form: Option<bool>,
    }
    /// `[[case_agenda]]`: a part of each case's agenda, in order.
    RawCaseAgenda {
        /// Which: `introductions`, `earlier-recommendations`, `summary-and-request`, `discussion`, `decision`; must be given.
        part: Option<CasePart>,
        /// Must be given.
        title: Option<String>,
    }
    /// `[[mark]]`: a word printed beside an item of the agenda.
    RawMark {
        /// A name for it.
        id: Option<String>,
        /// Printed where the condition holds; must be given.
        label: Option<String>,
        /// Printed where it is known not to hold; left out: nothing.
        otherwise: Option<String>,
        /// A condition; must be given.
        when: Option<String>,
    }
    /// `[[outcome]]`: a decision that the panel may make.
    RawOutcome {
        /// `approve`, `approve-alternative`, `decline`, `defer`, `pending` or `note`; must be given.
        id: Option<String>,
        /// As your form has it.
        label: Option<String>,
        /// A condition; left out: always open to the panel.
        when: Option<String>,
        /// Fields of the decision that must be filled; left out: nothing more than the outcome.
        needs: Vec<String>,
        /// Reasons for a deferral that may be given; left out: any.
        reasons: Vec<String>,
        /// How it may be reached, `consensus` or `chair`; left out: either. A chair who may refuse
        /// alone but not approve alone has `bases = ["consensus"]` on the approval.
        bases: Vec<String>,
    }
    /// `[[endorsement]]`: a decision stands in principle until this post has endorsed it; a panel
    /// that only recommends has one without a condition.
    RawEndorsement {
        /// The post; must be given.
        role: Option<String>,
        /// What it is for, as permissions have it: `distance`.
        r#for: Option<String>,
        /// A condition; left out: always.
        when: Option<String>,
        /// The outcomes that wait for it; left out: approvals, alternative ones included.
        outcomes: Vec<String>,
    }
    /// `[time_limit]`: an approval ends on a day.
    RawTimeLimit {
        /// A condition; left out: every approval.
        when: Option<String>,
        /// The longest, from the meeting; left out: any day.
        longest: Option<Interval>,
        /// Whether its review is due before that day.
        review_before: bool,
    }
    /// Something that a post signs.
    RawSigned {
        /// `chair`, or a post; `chair` where it is not said.
        signed_by: Option<String>,
    }
    /// `[funds_available]`: what the panel has to spend while this entry is in force.
    RawFunds {
        /// Pounds; must be given.
        amount: Option<Money>,
    }
    /// `[reviews]`: an approval comes back to panel on a day or at an interval.
    RawReviews {
        /// What follows if it does not.
        if_missed: Option<String>,
        /// Whether every approval has a review, or a reason for none (review-date-missing).
        required: bool,
        /// A condition: approvals that need one; left out: all.
        when: Option<String>,
    }
    /// `[[review_interval]]`: how soon an approval comes back. The first whose condition holds counts.
    RawReviewInterval {
        /// A name for it; must be given, each its own.
        id: Option<String>,
        /// A condition; left out: always.
        when: Option<String>,
        /// The first time; must be given.
        first: Option<Interval>,
        /// Every later time; left out: as the first.
        later: Option<Interval>,
        /// Whether a later day is a breach (review-too-late); else it is only proposed.
        at_most: bool,
        /// `meeting` or `start` (of the placement or package, then at `first` after it, and at every
        /// `later` after that, whenever the panel sat in between); `meeting` where it is not said.
        counted_from: Option<CountedFrom>,
    }
    /// `[drift]`: when a case is marked as drifting: overdue reviews and actions always count.
    RawDrift {
        /// So many deferrals; 2 where it is not said.
        deferrals: Option<u32>,
    }
    /// `[[standard_action]]`: an action that decisions create by themselves.
    RawStandardAction {
        /// A name for it; must be given, each its own.
        id: Option<String>,
        /// What is done; must be given.
        what: Option<String>,
        /// Who does it: a post, or `worker` for the child's own; must be given.
        owner: Option<String>,
        /// `next-meeting`, or a length of time like `3 working days` or `1 week`; `next-meeting` where not said.
        due: Option<String>,
        /// The outcomes that create it; left out: all.
        outcomes: Vec<String>,
        /// A condition; left out: always.
        when: Option<String>,
    }
    /// `[record]`: the child's own record of a decision.
    RawRecord {
        /// "Decision of the panel" where it is not said.
        heading: Option<String>,
        /// The kind of note on the case system, like "management decision".
        note_type: Option<String>,
        /// Whether the child's background (religion, language, culture, disability) is printed.
        background: bool,
        /// A line for commissioning or placements, printed on an approval.
        instruction: Option<String>,
        /// A condition: the approvals that it is printed on; left out: all.
        instruction_when: Option<String>,
    }
    /// `[minutes]`: how the minutes are filed.
    RawMinutes {
        /// The category; `YYYY`, `MM` and `DD` stand for the meeting's day.
        category: Option<String>,
        /// Where they are kept.
        filed_in: Option<String>,
    }
    /// `[[distribution]]`: who a paper goes to.
    RawDistribution {
        /// A name for it.
        id: Option<String>,
        /// `agenda`, `minutes` or `record`; must be given.
        paper: Option<Paper>,
        /// Posts, or words: "the child's file"; must be given.
        to: Vec<String>,
    }
    /// `[[deadline]]`: a duty of the office with a day or an hour.
    RawDeadline {
        /// Must be given, each its own.
        id: Option<String>,
        /// What is done; must be given.
        task: Option<String>,
        /// Who does it: a post.
        owner: Option<String>,
        /// What it counts from: `meeting` (its day), `start` or `end` (of the sitting), `decision`,
        /// `told-family`, `disagreement`, or the id of another deadline: when that was met or, while
        /// it is not, was due. This or `before` must be given.
        after: Option<String>,
        /// `meeting`: it counts back from the meeting's day.
        before: Option<String>,
        /// Clock hours, through weekends.
        hours: Option<u32>,
        /// Calendar days.
        days: Option<u32>,
        /// Working days; the day itself is day 0.
        working_days: Option<u32>,
        /// The next such weekday, strictly after (or the last one before).
        on: Option<String>,
        /// The hour of that day; left out: its end, or with `start` the meeting's own hour.
        at: Option<ClockTime>,
        /// `next-meeting`: never later than the start of the next meeting held.
        no_later_than: Option<String>,
        /// Met for the meeting only when it is met for each child decided there. What counts from
        /// something that happens to each child is so by itself.
        per_child: Option<bool>,
        /// What meets it beside `done` in meeting.yaml: `uploaded`, `told-family` or `log-signed`, in
        /// each child's file of what followed. Left out, one that counts from a decision, a telling or
        /// a disagreement is marked for each child by `panel done`.
        met_by: Option<String>,
        /// The id of its finding when it is overdue; `record-overdue` where it is not said.
        finding: Option<String>,
        /// A condition on the meeting's decisions: none of them meets it, and there is no such duty.
        when: Option<String>,
        /// Where it goes from a bank holiday or a weekend; left out: hours stay, others go to the working day after.
        bank_holiday: Option<RawMove>,
    }
    /// `[[appeal]]`: what follows when somebody disagrees.
    RawAppeal {
        /// A name for it; must be given, each its own.
        id: Option<String>,
        /// Who: `parents`, `young-person`, `carers`, `staff`; left out: anybody.
        by: OneOrMany,
        /// What it is called and where it goes; must be given.
        route: Option<String>,
        /// The post that it is escalated to.
        to: Option<String>,
    }
    /// `[letter]`: what the family is told beside the decision.
    RawLetter {
        /// Whom to speak to.
        contact: Option<String>,
        /// How to disagree, in plain English.
        disagree: Option<String>,
    }
}
