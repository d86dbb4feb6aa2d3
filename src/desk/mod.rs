//! One folder, one council, one moment: what the office would answer.
//!
//! Which meeting does this referral make, what has been decided, what is due. Every command
//! asks here; none works it out again.

mod approved_ends;
mod attendance;
mod awaited;
mod brought;
mod cases;
mod chair;
mod changes;
mod child;
mod children;
mod cost;
mod deadlines;
#[cfg(test)]
mod deadlines_tests;
mod diary;
mod drift;
mod due;
mod emergencies;
mod ended;
mod endings;
mod figures;
mod forward;
mod funds;
mod in_force;
mod left;
mod made;
mod marks;
mod meetings;
mod milestones;
mod name_forms;
mod order;
mod others;
mod owed;
mod permissions;
mod placing;
mod quorum;
mod refused;
mod replaced;
mod reviews;
mod said;
mod slots;
mod spend;
mod staff;
mod stretch;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_order;
#[cfg(test)]
mod tests_panels;
#[cfg(test)]
mod tests_replaced;
#[cfg(test)]
mod tests_spend;
mod timers;
mod to_come;
mod verify;

pub(crate) use approved_ends::is_ending;
pub(crate) use attendance::{PostAttendance, Rate};
pub(crate) use awaited::{ExpectedKind, PaperAsked};
pub(crate) use cases::{Case, Standing};
pub(crate) use chair::involvement;
pub(crate) use child::{are_two_children, is_one_child};
pub(crate) use cost::Cost;
pub(crate) use deadlines::{ChildDuty, DecidedAt, Duty, DutyState, duty_id};
pub(crate) use diary::{DiaryEntry, DiaryKind};
pub(crate) use emergencies::StillMissing;
pub(crate) use ended::goes_on_with;
pub(crate) use figures::{
    Days, Fate, Held, Placing, Sent, Timing, Unregistered, exact_median, unregistered,
};
pub(crate) use made::{Made, Period, provider_of};
pub(crate) use marks::{is_of_other_money, is_of_other_terms};
pub(crate) use meetings::{
    PanelMeeting, folder_name, named as named_folder, of_nothing as folders_of_nothing,
};
pub(crate) use order::{Group, OrderReason};
pub(crate) use others::{Mention, NamedBy, Others, first_name, is_address};
pub(crate) use quorum::sitting_for;
pub(crate) use replaced::Overlap;
pub(crate) use said::{SaidOfOther, said_of_others, without};
pub(crate) use slots::{Slot, Timetable};
pub(crate) use spend::{Commitment, costs_decided, days_of, is_same, placed_before};
pub(crate) use stretch::{FinancialYear, Stretch};
pub(crate) use verify::{Doubt, MEANINGS, amendment_of, in_order, meaning_of};

use crate::council::Council;
use crate::findings::Place;
use crate::folder::{File, Folder};
use crate::records::Day;
use chrono::NaiveDateTime;
use foldhash::{HashMap, HashMapExt};
use std::sync::OnceLock;

/// How much of the world a desk can see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    /// A whole case folder.
    Folder,
    /// Some referrals of a case folder with what they stand on: rules that look through all the
    /// others are left out.
    Around,
    /// Lone files: rules that need other files are left out.
    Alone,
}

/// One folder, one council, one moment.
#[derive(Debug)]
pub(crate) struct Desk<'a> {
    /// The records.
    pub(crate) folder: &'a Folder,
    /// The rules of the first panel on the desk's day. For a referral ask its case's `rules`, for
    /// a meeting the meeting's: they can be another panel's, or another day's.
    pub(crate) council: &'a Council,
    /// The rules of every panel and day.
    pub(crate) book: &'a Council,
    /// The moment, London wall-clock time.
    pub(crate) as_of: NaiveDateTime,
    /// Whether there is a folder at all.
    pub(crate) scope: Scope,
    meetings: Vec<PanelMeeting<'a>>,
    /// Places of the meetings by their folders' names.
    by_id: HashMap<String, usize>,
    /// Places of the meetings by the day that people know them by.
    by_day: HashMap<Day, Vec<usize>>,
    cases: Vec<Case<'a>>,
    by_reference: HashMap<&'a str, usize>,
    /// Referrals that bring another's decision back, by the reference under review.
    brought_back_by: HashMap<&'a str, Vec<usize>>,
    /// Referrals by the child's number on the case system, white space around it left out.
    by_child: HashMap<&'a str, Vec<usize>>,
    /// The indexes of the cases by the child's day of birth.
    by_birth: HashMap<Day, Vec<usize>>,
    /// The first meeting whose decisions are not looked at, where the desk is that of a
    /// meeting as it began.
    before: Option<Day>,
    /// The last day that a slip of a year or month can be told from, once somebody asked.
    reached: OnceLock<Day>,
    /// The meeting whose decisions' acceptances count all the same.
    pub(crate) heard: Option<String>,
    /// Which cases the rules for referrals look at.
    judged: Judged,
    /// Every child by name, number and reference, once somebody looks for them in a text.
    children: OnceLock<children::Children>,
    /// What the lines of every approval tell of where children live, once somebody asked.
    homes: OnceLock<endings::Homes>,
}

/// Which cases the rules for referrals look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Judged {
    /// Those that have no final decision yet.
    Open,
    /// Emergencies that were heard, whose papers follow.
    Owing,
}

impl<'a> Desk<'a> {
    /// The desk of a folder at a moment.
    pub(crate) fn new(
        folder: &'a Folder,
        council: &'a Council,
        as_of: NaiveDateTime,
        scope: Scope,
    ) -> Self {
        Self::with(folder, council, as_of, scope, None)
    }

    /// The desk as a meeting began: nothing it decided is known yet, and nothing later.
    ///
    /// Before the meeting this is the desk of now, so that an agenda is the same paper
    /// whenever it is printed after its meeting.
    pub(crate) fn as_meeting_began(&self, meeting: &PanelMeeting<'_>) -> Self {
        let moment = self.as_of.min(meeting.starts_at);
        Self::with(self.folder, self.book, moment, self.scope, Some(meeting.on))
    }

    /// The desk as a meeting began, but for what the chair then accepted with the decisions: how
    /// its cases are judged afterwards.
    pub(crate) fn as_meeting_heard(&self, meeting: &PanelMeeting<'_>) -> Self {
        Self {
            heard: Some(meeting.id.clone()),
            ..self.as_meeting_began(meeting)
        }
    }

    /// The desk at which the rules for referrals look at what emergencies that were heard still
    /// owe; none where no case owes anything.
    pub(crate) fn of_what_follows(&self) -> Option<Self> {
        let owes = self.cases().iter().any(|case| self.owes_papers(case));
        owes.then(|| Self {
            heard: self.heard.clone(),
            judged: Judged::Owing,
            ..Self::with(self.folder, self.book, self.as_of, self.scope, self.before)
        })
    }

    fn with(
        folder: &'a Folder,
        council: &'a Council,
        as_of: NaiveDateTime,
        scope: Scope,
        before: Option<Day>,
    ) -> Self {
        let mut desk = Self {
            folder,
            council: council.at(None, Day::of(as_of.date())),
            book: council,
            as_of,
            scope,
            meetings: meetings::known(folder, council, as_of),
            by_id: HashMap::new(),
            by_day: HashMap::new(),
            cases: Vec::new(),
            by_reference: HashMap::new(),
            brought_back_by: HashMap::new(),
            by_child: HashMap::new(),
            by_birth: HashMap::new(),
            before,
            heard: None,
            judged: Judged::Open,
            children: OnceLock::new(),
            homes: OnceLock::new(),
            reached: OnceLock::new(),
        };
        for (index, meeting) in desk.meetings.iter().enumerate() {
            desk.by_id.insert(meeting.id.clone(), index);
            desk.by_day.entry(meeting.day).or_default().push(index);
        }
        desk.cases = cases::all(&desk);
        cases::add_history(&mut desk.cases);
        (desk.by_reference, ()) = rayon::join(
            || {
                let cases = desk.cases.iter().enumerate().rev();
                cases
                    .map(|(index, case)| (case.file.record.reference.as_str(), index))
                    .collect()
            },
            || {
                for (index, case) in desk.cases.iter().enumerate() {
                    let referral: &'a crate::records::Referral = &case.file.record;
                    let child = referral.child.number().unwrap_or("");
                    if !child.is_empty() {
                        desk.by_child.entry(child).or_default().push(index);
                    }
                    if let Some(born) = referral.child.date_of_birth {
                        desk.by_birth.entry(born).or_default().push(index);
                    }
                    if let Some(under_review) = referral.request.review_of.as_deref() {
                        desk.brought_back_by
                            .entry(under_review)
                            .or_default()
                            .push(index);
                    }
                }
            },
        );
        desk
    }

    /// Referrals that name this one as under review, in the order of their files.
    pub(crate) fn brought_back_by(&self, reference: &str) -> impl Iterator<Item = &Case<'a>> {
        let indices = self
            .brought_back_by
            .get(reference)
            .map_or(&[][..], Vec::as_slice);
        let own = self.case(reference);
        let all = indices.iter().map(|index| &self.cases[*index]);
        all.filter(move |other| !own.is_some_and(|own| are_two_children(own, other)))
    }

    /// The day of the desk's moment.
    pub(crate) fn today(&self) -> Day {
        Day::of(self.as_of.date())
    }

    /// Every referral, in the order of their files.
    pub(crate) fn cases(&self) -> &[Case<'a>] {
        &self.cases
    }

    /// The referral of that reference.
    pub(crate) fn case(&self, reference: &str) -> Option<&Case<'a>> {
        self.by_reference
            .get(reference)
            .map(|index| &self.cases[*index])
    }

    /// References, for suggestions.
    pub(crate) fn references(&self) -> impl Iterator<Item = &str> {
        self.cases.iter().map(|case| case.reference())
    }

    /// Referrals that the rules for referrals still judge: drafts (as if sent now) and those
    /// sent, until there is a final decision or the service takes them back.
    pub(crate) fn judged(&self) -> impl Iterator<Item = &Case<'a>> {
        self.cases.iter().filter(|case| {
            let is_looked_at = match self.judged {
                Judged::Open => case.is_open(),
                Judged::Owing => self.owes_papers(case),
            };
            is_looked_at && !case.file.is_unreadable()
        })
    }

    /// The place of a path in a file.
    pub(crate) fn place<T>(file: &File<T>, path: impl Into<String>) -> Place {
        Place {
            file: file.path.clone(),
            path: path.into(),
            span: None,
        }
    }
}
