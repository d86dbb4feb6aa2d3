//! What is owed and when: the lines of the diary, and in which order they stand.

use super::emergencies::StillMissing;
use super::{Case, Desk, PanelMeeting};
use crate::findings::Basis;
use crate::records::{Day, Named};
use chrono::NaiveDateTime;
use serde::Serialize;

/// What a line of the diary is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum DiaryKind {
    /// A case that waits, and no meeting is known for it.
    NoMeeting,
    /// A case comes back to panel.
    Review,
    /// Somebody is to do something.
    Action,
    /// A deferral, or an emergency that was heard, waits for a paper.
    Paper,
    /// A decision was promised.
    Decision,
    /// An endorsement is awaited.
    Endorsement,
    /// A birthday before which the case must have come.
    Milestone,
    /// A time limit runs.
    Timer,
    /// A duty of the office around a meeting.
    Deadline,
    /// An emergency that the next panel hears.
    Ratification,
    /// A placement that began and is to be heard soon.
    NewPlacement,
    /// What was approved comes to its end, and nobody has said what then.
    Ending,
    /// A child was placed, the panel refused it, and nobody has said that it has left.
    Refused,
}

impl DiaryKind {
    /// As the diary prints it.
    pub(crate) const fn label(self) -> &'static str {
        match self {
            Self::NoMeeting => "No meeting known",
            Self::Review => "Review",
            Self::Action => "Action",
            Self::Paper => "Paper owed",
            Self::Decision => "Decision promised",
            Self::Endorsement => "Endorsement",
            Self::Milestone => "Milestone",
            Self::Timer => "Time limit",
            Self::Deadline => "Deadline",
            Self::Ratification => "Ratification",
            Self::NewPlacement => "New placement",
            Self::Ending => "Approval ends",
            Self::Refused => "Placement refused",
        }
    }
}

/// One line of the diary. It stands there until it is done.
#[derive(Debug, Clone)]
pub(crate) struct DiaryEntry<'a> {
    /// The last day for it.
    pub(crate) due_on: Day,
    /// The last moment for it, London wall-clock time: the day's end where no hour is set.
    pub(crate) due_at: NaiveDateTime,
    /// What it is about.
    pub(crate) kind: DiaryKind,
    /// The referral; empty for a duty that is owed for a meeting as a whole.
    pub(crate) reference: &'a str,
    /// The child's name; empty likewise.
    pub(crate) child: &'a str,
    /// What is to happen.
    pub(crate) what: String,
    /// Who is to do it, where that is known.
    pub(crate) owner: Option<&'a str>,
    /// The meeting at which it is expected.
    pub(crate) meeting: Option<Day>,
    /// The folder's name of that meeting.
    pub(crate) meeting_id: Option<String>,
    /// The panel or part whose it is; none where the council has one panel.
    pub(crate) panel: Option<&'a str>,
    /// Who answers for the case: its service manager or, where none is named, its team manager.
    pub(crate) service_manager: Option<&'a str>,
    /// What asks for it.
    pub(crate) basis: Basis,
    /// A stable id within the folder.
    pub(crate) id: String,
}

impl<'a> DiaryEntry<'a> {
    /// A line about a case: for its worker, of no meeting, and asked for by nothing so far.
    pub(super) fn of(
        case: &Case<'a>,
        kind: DiaryKind,
        due_on: Day,
        what: impl Into<String>,
        id: &str,
    ) -> Self {
        let referral = case.referral();
        Self {
            due_on,
            due_at: due_on.end(),
            kind,
            reference: case.reference(),
            child: name_of(referral),
            what: what.into(),
            owner: referral.worker.name.as_deref(),
            meeting: None,
            meeting_id: None,
            panel: case.panel,
            service_manager: named(referral.service_manager.as_ref())
                .or_else(|| named(referral.team_manager.as_ref())),
            basis: Basis::default(),
            id: format!("{}-{id}", case.reference()),
        }
    }

    /// For somebody else than the worker, or for nobody who is known.
    pub(super) fn by(self, owner: Option<&'a str>) -> Self {
        Self { owner, ..self }
    }

    /// Expected at a meeting.
    pub(super) fn at(self, meeting: Option<&PanelMeeting<'_>>) -> Self {
        Self {
            meeting: meeting.map(|meeting| meeting.day),
            meeting_id: meeting.map(|meeting| meeting.id.clone()),
            ..self
        }
    }

    /// Asked for by an entry of the rule file.
    pub(super) fn asked_by(self, basis: &Basis) -> Self {
        Self {
            basis: basis.clone(),
            ..self
        }
    }
}

fn named(person: Option<&Named>) -> Option<&str> {
    let name = person?.name.as_deref()?.trim();
    (!name.is_empty()).then_some(name)
}

pub(super) fn name_of(referral: &crate::records::Referral) -> &str {
    referral.child.name.as_deref().unwrap_or("name not given")
}

impl<'a> Desk<'a> {
    /// Everything owed and not done, by its last moment, reference and kind, with what the rules
    /// still miss of emergencies that were heard.
    ///
    /// Ask `rules::diary`, which finds that: a diary without it would let something fall through.
    pub(crate) fn diary_with(&self, missing: &[StillMissing]) -> Vec<DiaryEntry<'a>> {
        let mut entries = Vec::new();
        self.add_reviews(&mut entries);
        self.add_deadlines(&mut entries);
        for case in self.cases() {
            self.add_owed(case, &mut entries);
            self.add_expected(case, &mut entries);
        }
        self.add_refused_homes(&mut entries);
        entries.extend(self.owed_after_emergencies(missing));
        entries.sort_by(|one, other| {
            (one.due_at, one.reference, one.kind, &one.what, &one.id).cmp(&(
                other.due_at,
                other.reference,
                other.kind,
                &other.what,
                &other.id,
            ))
        });
        entries
    }

    fn add_reviews(&self, entries: &mut Vec<DiaryEntry<'a>>) {
        for review in self.reviews_due() {
            let case = review.case;
            let what = match (review.paper, &review.made.rules.reviews) {
                (Some(paper), _) => format!("Review; {} has been sent for it", paper.reference()),
                (None, Some(rule)) => match &rule.if_missed {
                    Some(or_else) if review.made.is_approval() => {
                        format!("Review at panel, else {or_else}")
                    }
                    _ => "Back to panel".to_owned(),
                },
                (None, None) => "Back to panel".to_owned(),
            };
            let id = format!("review-{}", review.made.meeting);
            entries.push(
                DiaryEntry::of(case, DiaryKind::Review, review.due_on, what, &id)
                    .at(self
                        .meeting_of_review(&review)
                        .map(|due| self.where_it_stands(due, case.panel)))
                    .asked_by(&review.basis),
            );
        }
    }

    fn add_refused_homes(&self, entries: &mut Vec<DiaryEntry<'a>>) {
        for refused in self.refused_homes() {
            let case = refused.case;
            let due = self.meeting_of_refused(&refused);
            let id = format!("refused-{}", refused.made.meeting);
            let (kind, asked) = (DiaryKind::Refused, refused.asked());
            entries.push(
                DiaryEntry::of(case, kind, refused.due_on, asked, &id)
                    .at(due.map(|due| self.where_it_stands(due, case.panel)))
                    .asked_by(&refused.basis),
            );
        }
    }

    /// The office's duties that are still to be done, of the meetings that are followed.
    fn add_deadlines(&self, entries: &mut Vec<DiaryEntry<'a>>) {
        let decided_at = self.decided_at();
        // Of several panels each has its own duty of one name on one day.
        let has_several = !self.book.panels.is_empty();
        for meeting in self.followed_meetings() {
            let of_panel = match has_several {
                true => format!(" ({})", self.book.panel_in_full(meeting.panel)),
                false => String::new(),
            };
            for duty in self.duties(meeting, &decided_at) {
                let rule = duty.rule;
                let owner = rule
                    .owner
                    .as_deref()
                    .map(|owner| meeting.rules.role_label(owner));
                let what = format!("{}{of_panel}", rule.task);
                if duty.children.is_empty() && duty.state.is_open() {
                    entries.push(DiaryEntry {
                        due_on: super::deadlines::day_of(duty.due_at),
                        due_at: duty.due_at,
                        kind: DiaryKind::Deadline,
                        reference: "",
                        child: "",
                        what: what.clone(),
                        owner,
                        meeting: Some(meeting.day),
                        meeting_id: Some(meeting.id.clone()),
                        panel: meeting.panel,
                        service_manager: None,
                        basis: rule.basis.clone(),
                        id: super::duty_id(meeting, rule, None),
                    });
                }
                for child in duty.children.iter().filter(|child| child.state.is_open()) {
                    let due_on = super::deadlines::day_of(child.due_at);
                    let kind = DiaryKind::Deadline;
                    entries.push(DiaryEntry {
                        due_at: child.due_at,
                        panel: meeting.panel,
                        id: super::duty_id(meeting, rule, Some(child.case)),
                        ..DiaryEntry::of(child.case, kind, due_on, what.clone(), "")
                            .by(owner)
                            .at(Some(meeting))
                            .asked_by(&rule.basis)
                    });
                }
            }
        }
    }

    /// The day of a panel's meeting held next after a day; the day itself where none is known.
    pub(super) fn day_after(&self, day: Day, panel: Option<&str>) -> Day {
        self.first_after(day, panel)
            .map_or(day, |meeting| meeting.on)
    }
}
