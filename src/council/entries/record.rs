//! What the panel asks and decides, and what is kept of it.

use crate::council::condition::Condition;
use crate::council::raw::{CasePart, CountedFrom, Move, Paper};
use crate::findings::Basis;
use crate::records::{Day, Interval, Money};
use chrono::{NaiveTime, Weekday};

/// A question that the panel asks.
#[derive(Debug)]
pub(crate) struct ChecklistPoint {
    pub(crate) id: String,
    pub(crate) question: String,
    pub(crate) when: Option<Condition>,
    /// Whether a decision without an answer is refused.
    pub(crate) required: bool,
    /// Whether the form asks it too.
    pub(crate) on_form: bool,
    pub(crate) basis: Basis,
}

/// A part of a case's agenda.
#[derive(Debug, Clone)]
pub(crate) struct CaseAgenda {
    pub(crate) part: CasePart,
    pub(crate) title: String,
}

/// A decision that the panel may make.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) id: String,
    pub(crate) label: String,
    pub(crate) when: Option<Condition>,
    /// Fields of the decision that must be filled.
    pub(crate) needs: Vec<String>,
    /// Reasons for a deferral that may be given.
    pub(crate) reasons: Vec<String>,
    /// How it may be reached; either way where empty.
    pub(crate) bases: Vec<String>,
    pub(crate) basis: Basis,
}

/// Something that somebody signs: `chair`, or a post.
#[derive(Debug, Clone)]
pub(crate) struct Signed {
    pub(crate) signed_by: String,
    pub(crate) basis: Basis,
}

/// A return to panel.
#[derive(Debug)]
pub(crate) struct Reviews {
    /// What follows where it does not come back.
    pub(crate) if_missed: Option<String>,
    /// Every approval has a review, or a reason for none.
    pub(crate) required: bool,
    pub(crate) when: Option<Condition>,
    pub(crate) basis: Basis,
}

/// The child's own record.
#[derive(Debug, Default)]
pub(crate) struct RecordForm {
    pub(crate) heading: String,
    /// The kind of note on the case system.
    pub(crate) note_type: Option<String>,
    /// The child's background is printed.
    pub(crate) background: bool,
    /// A line printed on an approval.
    pub(crate) instruction: Option<String>,
    /// The approvals that it is printed on; all where absent.
    pub(crate) instruction_when: Option<Condition>,
}

/// What the family is told beside the decision.
#[derive(Debug, Clone, Default)]
pub(crate) struct LetterWords {
    pub(crate) contact: Option<String>,
    pub(crate) disagree: Option<String>,
}

/// An action that the rule file makes.
#[derive(Debug, Clone)]
pub(crate) struct ActionToCreate {
    pub(crate) what: String,
    /// A post, `worker` for the child's own, or words.
    pub(crate) owner: String,
    pub(crate) due: Due,
}

/// When an action is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Due {
    /// At the next meeting held.
    NextMeeting,
    /// So long after the meeting.
    Within(Interval),
    /// So many working days after the meeting's day, which is day 0.
    WorkingDays(u32),
}

/// A word printed beside an item of the agenda.
#[derive(Debug)]
pub(crate) struct Mark {
    pub(crate) label: String,
    /// Printed where it is known not to hold.
    pub(crate) otherwise: Option<String>,
    pub(crate) when: Condition,
}

/// A sentence with what it rests on.
#[derive(Debug, Clone)]
pub(crate) struct Said {
    pub(crate) text: String,
}

/// A decision stands in principle until this post has endorsed it.
#[derive(Debug)]
pub(crate) struct Endorsement {
    pub(crate) role: String,
    /// What it is for, as permissions have it.
    pub(crate) what: Option<String>,
    pub(crate) when: Option<Condition>,
    pub(crate) outcomes: Vec<String>,
    pub(crate) basis: Basis,
}

/// An approval ends on a day.
#[derive(Debug)]
pub(crate) struct TimeLimit {
    pub(crate) when: Option<Condition>,
    pub(crate) longest: Option<Interval>,
    pub(crate) review_before: bool,
    pub(crate) basis: Basis,
}

/// What the panel has to spend.
#[derive(Debug, Clone)]
pub(crate) struct Funds {
    /// Pounds.
    pub(crate) amount: Money,
    /// The first day that it is for.
    pub(crate) from: Option<Day>,
    /// The day after the last.
    pub(crate) until: Option<Day>,
    pub(crate) basis: Basis,
}

/// How soon an approval comes back.
#[derive(Debug)]
pub(crate) struct ReviewInterval {
    pub(crate) when: Option<Condition>,
    pub(crate) first: Interval,
    pub(crate) later: Interval,
    /// A later day is a breach.
    pub(crate) at_most: bool,
    pub(crate) counted_from: CountedFrom,
    pub(crate) basis: Basis,
}

/// When a case is marked as drifting.
#[derive(Debug, Clone)]
pub(crate) struct Drift {
    pub(crate) deferrals: u32,
}

/// An action that decisions create by themselves.
#[derive(Debug)]
pub(crate) struct StandardAction {
    pub(crate) action: ActionToCreate,
    /// All where empty.
    pub(crate) outcomes: Vec<String>,
    pub(crate) when: Option<Condition>,
}

/// How the minutes are filed.
#[derive(Debug, Clone)]
pub(crate) struct MinutesForm {
    /// `YYYY`, `MM` and `DD` stand for the meeting's day.
    pub(crate) category: Option<String>,
    pub(crate) filed_in: Option<String>,
}

/// Who a paper goes to.
#[derive(Debug, Clone)]
pub(crate) struct Distribution {
    pub(crate) paper: Paper,
    /// As people read them.
    pub(crate) to: Vec<String>,
}

/// A duty of the office with a day or an hour.
#[derive(Debug)]
pub(crate) struct Deadline {
    pub(crate) id: String,
    pub(crate) task: String,
    pub(crate) owner: Option<String>,
    pub(crate) anchor: Anchor,
    pub(crate) length: DeadlineLength,
    /// London wall-clock time; none is the end of the day.
    pub(crate) at: Option<NaiveTime>,
    /// Never later than the start of the next meeting held.
    pub(crate) by_next_meeting: bool,
    /// Whether what it counts from happens to each child by itself.
    pub(crate) is_of_a_case: bool,
    pub(crate) per_child: bool,
    pub(crate) met_by: Option<MetBy>,
    /// The id of its finding.
    pub(crate) finding: String,
    /// Decisions without which there is no such duty.
    pub(crate) when: Option<Condition>,
    /// None: hours stay, others go to the working day after.
    pub(crate) on_bank_holiday: Option<Move>,
    pub(crate) basis: Basis,
}

/// What a deadline counts from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Anchor {
    /// The meeting's day.
    Meeting,
    /// Back from the meeting's day.
    BeforeMeeting,
    /// The start of the sitting.
    Start,
    /// The latest end of the sitting.
    End,
    /// The day of each decision.
    Decision,
    /// The day on which the family was told.
    ToldFamily,
    /// The day on which somebody disagreed.
    Disagreement,
    /// When that deadline was met or, while it is not, was due.
    Deadline(String),
}

/// How long a deadline is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DeadlineLength {
    /// Clock hours.
    Hours(u32),
    /// Calendar days.
    Days(u32),
    /// Working days.
    WorkingDays(u32),
    /// The next such weekday, strictly after, or the last strictly before.
    On(Weekday),
}

/// What meets a deadline for one child.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MetBy {
    /// `after.uploaded`.
    Uploaded,
    /// `after.told_family`.
    ToldFamily,
    /// `after.log_signed`.
    LogSigned,
}

/// What follows when somebody disagrees.
#[derive(Debug, Clone)]
pub(crate) struct Appeal {
    /// Whose disagreement; anybody's where empty.
    pub(crate) by: Vec<String>,
    pub(crate) route: String,
    /// The post that it is escalated to.
    pub(crate) to: Option<String>,
}
