//! The entries of a rule file as the desk and the rules ask them: conditions compiled, words known.

use super::condition::Condition;
use super::raw::{CountedFrom, GroupedBy, Paper, PermittedBefore, RuleOf};
use crate::findings::Basis;
use crate::records::{Day, Interval, Money};
use chrono::{NaiveTime, Weekday};

/// One of a council's panels, or a part of one.
#[derive(Debug)]
pub(crate) struct Panel {
    pub(crate) id: String,
    pub(crate) label: String,
    /// The panel that it is a part of.
    pub(crate) part_of: Option<String>,
    /// Referrals that go there although they do not name it.
    pub(crate) when: Option<Condition>,
    pub(crate) basis: Basis,
}

/// How many must be there, and of which posts; all members where none are named.
#[derive(Debug, Clone)]
pub(crate) struct Quorum {
    pub(crate) number: u32,
    pub(crate) of: Vec<String>,
    pub(crate) cover_counts: bool,
    pub(crate) basis: Basis,
}

/// Who may take a decision.
#[derive(Debug)]
pub(crate) struct Decider {
    pub(crate) id: String,
    pub(crate) any_of: Vec<String>,
    /// The outcomes that it is about.
    pub(crate) outcomes: Vec<String>,
    pub(crate) when: Option<Condition>,
    /// Somebody else's decision stands in principle until one of these has endorsed it.
    pub(crate) or_endorses: bool,
    /// It may be decided between meetings.
    pub(crate) outside_panel: bool,
    pub(crate) basis: Basis,
}

/// How regularly members come.
#[derive(Debug, Clone)]
pub(crate) struct AttendanceBar {
    /// Per cent.
    pub(crate) lowest: u32,
    pub(crate) over: Interval,
    pub(crate) least_meetings: u32,
    pub(crate) basis: Basis,
}

/// What the panel does not fund or decide.
#[derive(Debug)]
pub(crate) struct Exclusion {
    pub(crate) id: String,
    pub(crate) label: String,
    pub(crate) when: Condition,
    /// Where it goes instead, in words.
    pub(crate) instead: Option<String>,
    /// The other panel that it goes to.
    pub(crate) goes_to: Option<String>,
    pub(crate) basis: Basis,
}

/// Another panel that cases may be referred to.
#[derive(Debug)]
pub(crate) struct OtherPanel {
    pub(crate) id: String,
    pub(crate) label: String,
    /// Cases for which the referral says whether it was referred there; none where absent.
    pub(crate) when: Option<Condition>,
    pub(crate) notification: Option<String>,
    pub(crate) actions: Vec<ActionToCreate>,
    pub(crate) basis: Basis,
}

/// An action that the rule file makes.
#[derive(Debug, Clone)]
pub(crate) struct ActionToCreate {
    pub(crate) what: String,
    /// A post, `worker` for the child's own, or words.
    pub(crate) owner: String,
    pub(crate) due: Due,
    pub(crate) basis: Basis,
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

/// A placement comes to panel soon after it began.
#[derive(Debug)]
pub(crate) struct NewPlacement {
    pub(crate) within: Interval,
    pub(crate) when: Option<Condition>,
    pub(crate) basis: Basis,
}

/// What comes before the search for a placement.
#[derive(Debug)]
pub(crate) struct Search {
    /// None is a decision of the panel, else a permission's word.
    pub(crate) permission: Option<String>,
    pub(crate) when: Option<Condition>,
    pub(crate) exempt: Option<Condition>,
    pub(crate) basis: Basis,
}

/// What an emergency is, and what follows it.
#[derive(Debug)]
pub(crate) struct EmergencyRule {
    /// Grounds that make one; any where empty.
    pub(crate) grounds: Vec<String>,
    /// Grounds that never make one.
    pub(crate) refused: Vec<String>,
    /// Whether it comes to the next panel.
    pub(crate) ratified: bool,
    pub(crate) ratified_when: Option<Condition>,
    pub(crate) if_missed: Option<String>,
    /// Rules whose findings wait for an emergency that came after the cut-off.
    pub(crate) papers_follow: Vec<String>,
    /// What the list of grounds rests on.
    pub(crate) grounds_basis: Basis,
    /// What the list of refused grounds rests on.
    pub(crate) refused_basis: Basis,
    /// What the paperwork that follows rests on.
    pub(crate) papers_basis: Basis,
    pub(crate) basis: Basis,
}

/// Who approves an emergency.
#[derive(Debug)]
pub(crate) struct EmergencyApproval {
    pub(crate) any_of: Vec<String>,
    pub(crate) when: Option<Condition>,
    pub(crate) basis: Basis,
}

/// A day by which something is done, counted from a date of the referral.
#[derive(Debug)]
pub(crate) struct Timer {
    pub(crate) id: String,
    pub(crate) label: String,
    /// A name of conditions of the kind date.
    pub(crate) after: String,
    pub(crate) within: Within,
    pub(crate) when: Option<Condition>,
    pub(crate) met_when: Option<Condition>,
    pub(crate) basis: Basis,
}

/// How long a timer runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Within {
    /// Days, weeks or months.
    Calendar(Interval),
    /// Working days; the day it counts from is day 0.
    WorkingDays(u32),
    /// Hours; the day on which they end counts.
    Hours(u32),
}

/// Cases that the panel hears again by a condition.
#[derive(Debug)]
pub(crate) struct BringForward {
    pub(crate) id: String,
    pub(crate) label: String,
    pub(crate) when: Condition,
    pub(crate) not_within: Interval,
    pub(crate) basis: Basis,
}

/// A paper that goes with the referral; any one of the kinds serves.
#[derive(Debug)]
pub(crate) struct DocumentAsked {
    pub(crate) id: String,
    pub(crate) any_of: Vec<String>,
    pub(crate) label: String,
    pub(crate) when: Option<Condition>,
    pub(crate) not_older_than: Option<Interval>,
    /// The post that gives it, where that is not the worker.
    pub(crate) given_by: Option<String>,
    pub(crate) basis: Basis,
}

/// Leave that somebody gives before a step is taken.
#[derive(Debug)]
pub(crate) struct PermissionAsked {
    pub(crate) id: String,
    /// What it is for.
    pub(crate) what: String,
    /// Posts of which one gives it.
    pub(crate) by: Vec<String>,
    pub(crate) via: Option<String>,
    pub(crate) when: Option<Condition>,
    pub(crate) before: Option<PermittedBefore>,
    /// Its absence is only a note there.
    pub(crate) eased_when: Option<Condition>,
    pub(crate) basis: Basis,
}

/// Who does not come to the panel.
#[derive(Debug)]
pub(crate) struct NotInvited {
    pub(crate) roles: Vec<String>,
    pub(crate) when: Option<Condition>,
    pub(crate) basis: Basis,
}

/// Posts that do not serve.
#[derive(Debug, Clone)]
pub(crate) struct DutyCover {
    pub(crate) roles: Vec<String>,
    pub(crate) basis: Basis,
}

/// Who agrees that a referral is taken back.
#[derive(Debug, Clone)]
pub(crate) struct Withdrawal {
    pub(crate) agreed_by: Vec<String>,
    /// The very person whom the referral names in that post.
    pub(crate) named_person: bool,
    pub(crate) basis: Basis,
}

/// A check of the council's own.
#[derive(Debug)]
pub(crate) struct OwnRule {
    pub(crate) id: String,
    pub(crate) when: Condition,
    /// Text, and names of conditions whose values stand in it.
    pub(crate) message: Vec<Piece>,
    pub(crate) help: Option<String>,
    /// The key that it points at.
    pub(crate) at: String,
    pub(crate) of: RuleOf,
    pub(crate) basis: Basis,
}

/// A piece of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece {
    /// As written.
    Text(String),
    /// The value of a name of conditions.
    Name(String),
}

/// A word printed beside an item of the agenda.
#[derive(Debug)]
pub(crate) struct Mark {
    pub(crate) label: String,
    /// Printed where it is known not to hold.
    pub(crate) otherwise: Option<String>,
    pub(crate) when: Condition,
    pub(crate) basis: Basis,
}

/// A sentence with what it rests on.
#[derive(Debug, Clone)]
pub(crate) struct Said {
    pub(crate) text: String,
    pub(crate) basis: Basis,
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
    pub(crate) id: String,
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
    pub(crate) basis: Basis,
}

/// An action that decisions create by themselves.
#[derive(Debug)]
pub(crate) struct StandardAction {
    pub(crate) id: String,
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
    pub(crate) basis: Basis,
}

/// Who a paper goes to.
#[derive(Debug, Clone)]
pub(crate) struct Distribution {
    pub(crate) paper: Paper,
    /// As people read them.
    pub(crate) to: Vec<String>,
    pub(crate) basis: Basis,
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
    pub(crate) per_child: bool,
    pub(crate) met_by: Option<MetBy>,
    /// The id of its finding.
    pub(crate) finding: String,
    /// Decisions without which there is no such duty.
    pub(crate) when: Option<Condition>,
    /// None: hours stay, others go to the working day after.
    pub(crate) on_bank_holiday: Option<super::raw::Move>,
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
    pub(crate) id: String,
    /// Whose disagreement; anybody's where empty.
    pub(crate) by: Vec<String>,
    pub(crate) route: String,
    /// The post that it is escalated to.
    pub(crate) to: Option<String>,
    pub(crate) basis: Basis,
}

/// How the agenda is laid out.
#[derive(Debug, Clone)]
pub(crate) struct AgendaForm {
    pub(crate) group_by: Option<GroupedBy>,
    pub(crate) basis: Basis,
}
