//! What comes to the panel, and what must come with it.

use super::record::ActionToCreate;
use crate::council::condition::Condition;
use crate::council::raw::{MoneyBase, PermittedBefore, RuleOf, SignedBy};
use crate::findings::Basis;
use crate::records::fields::Field;
use crate::records::{Interval, Money};

/// An amount.
#[derive(Debug)]
pub(crate) struct Threshold {
    pub(crate) id: String,
    pub(crate) amount: Money,
    pub(crate) of: MoneyBase,
    /// A request at or under it that meets no criterion is told so.
    pub(crate) for_remit: bool,
    pub(crate) when: Option<Condition>,
    /// The permission that settles a request under it.
    pub(crate) cleared_by: Option<String>,
    pub(crate) cleared_by_role: Option<String>,
    pub(crate) basis: Basis,
}

/// A ground for coming to the panel.
#[derive(Debug)]
pub(crate) struct Criterion {
    pub(crate) id: String,
    pub(crate) label: String,
    pub(crate) when: Condition,
    /// Comes after the fact.
    pub(crate) retrospective: bool,
    pub(crate) basis: Basis,
}

/// Children whose care began since the last meeting.
#[derive(Debug, Clone)]
pub(crate) struct Newly {
    /// How soon one may be brought back.
    pub(crate) review: Option<Interval>,
}

/// A birthday before which a case must have come.
#[derive(Debug)]
pub(crate) struct Milestone {
    pub(crate) id: String,
    pub(crate) age: u32,
    pub(crate) label: String,
    pub(crate) when: Option<Condition>,
    /// The last looked-after review must be on record before the meeting.
    pub(crate) after_last_review: bool,
    /// Some decision of the panel must have been made since the birthday of this age.
    pub(crate) since_age: Option<u32>,
    /// Kinds of request on which such a decision counts.
    pub(crate) kinds: Vec<String>,
    /// Checklist points whose answer counts.
    pub(crate) checklist: Vec<String>,
    /// How long before the birthday the diary begins to show it.
    pub(crate) diary_from: Option<Interval>,
    pub(crate) basis: Basis,
}

/// A part of the form.
#[derive(Debug)]
pub(crate) struct Section {
    pub(crate) field: String,
    /// The field of that name; none where it is a section of the council's own.
    pub(crate) known: Option<&'static Field>,
    pub(crate) label: String,
    pub(crate) hint: Option<String>,
    pub(crate) when: Option<Condition>,
    pub(crate) basis: Basis,
}

/// The ends of the scaling question.
#[derive(Debug, Clone)]
pub(crate) struct Scale {
    pub(crate) least: i64,
    pub(crate) most: i64,
    pub(crate) basis: Basis,
}

/// A question whose no is explained.
#[derive(Debug)]
pub(crate) struct YesNoQuestion {
    pub(crate) field: String,
    pub(crate) label: String,
    pub(crate) when: Option<Condition>,
    pub(crate) basis: Basis,
}

/// Whose views are asked for; any one of them serves.
#[derive(Debug)]
pub(crate) struct ViewAsked {
    pub(crate) any_of: Vec<String>,
    pub(crate) label: String,
    pub(crate) when: Option<Condition>,
    pub(crate) basis: Basis,
}

/// Something asked for where a condition holds.
#[derive(Debug)]
pub(crate) struct Asked {
    pub(crate) when: Option<Condition>,
    pub(crate) basis: Basis,
}

/// Cost lines and their sum.
#[derive(Debug)]
pub(crate) struct Costs {
    pub(crate) when: Option<Condition>,
    pub(crate) most_weeks: i64,
    pub(crate) basis: Basis,
}

/// Words a section may have.
#[derive(Debug, Clone)]
pub(crate) struct Length {
    pub(crate) most_words: usize,
    pub(crate) basis: Basis,
}

/// A signature.
#[derive(Debug)]
pub(crate) struct SignOffAsked {
    /// Posts of which one signs.
    pub(crate) any_of: Vec<String>,
    /// The latest moment.
    pub(crate) by: Option<SignedBy>,
    pub(crate) when: Option<Condition>,
    pub(crate) basis: Basis,
}

/// Who presents; any one of them serves.
#[derive(Debug)]
pub(crate) struct Presenter {
    pub(crate) any_of: Vec<String>,
    pub(crate) when: Option<Condition>,
    pub(crate) basis: Basis,
}

/// Which findings may be accepted, and by whom: `chair`, or posts.
#[derive(Debug)]
pub(crate) struct AcceptanceRule {
    pub(crate) when: Option<Condition>,
    pub(crate) rules: Vec<String>,
    pub(crate) by: Vec<String>,
    pub(crate) basis: Basis,
}

/// What the panel does not fund or decide.
#[derive(Debug)]
pub(crate) struct Exclusion {
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
    /// How long after its refusal it has ended; by the next meeting where it is not said.
    pub(crate) ended_within: Option<Interval>,
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
