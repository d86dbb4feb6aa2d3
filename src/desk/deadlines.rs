//! The office's duties for each meeting: by when, met when, and what is missing for which child.

use super::due::Counting;
use super::{Case, Desk, Made, PanelMeeting};
use crate::council::{Anchor, Deadline, MetBy};
use crate::records::{After, BeforeAmendment, Day, Moment};
use chrono::{NaiveDateTime, TimeDelta};
use serde::Serialize;
use std::collections::HashMap;

/// How a duty stands at the desk's moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum DutyState {
    /// Done in time.
    Met,
    /// Done, and too late.
    MetLate,
    /// To be done.
    Due,
    /// To have been done.
    Overdue,
}

impl DutyState {
    /// The word that lists print.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::MetLate => "met late",
            Self::Due => "due",
            Self::Overdue => "overdue",
        }
    }

    /// Whether it is still to be done.
    pub(crate) const fn is_open(self) -> bool {
        matches!(self, Self::Due | Self::Overdue)
    }
}

/// A duty of the office for one meeting.
#[derive(Debug)]
pub(crate) struct Duty<'d, 'a> {
    /// The entry of the rule file.
    pub(crate) rule: &'a Deadline,
    /// The last moment for it; of several children's, the latest.
    pub(crate) due_at: NaiveDateTime,
    /// When it was done; for several children when the last of it was.
    pub(crate) met_at: Option<NaiveDateTime>,
    /// How it stands.
    pub(crate) state: DutyState,
    /// Child by child, where it is owed for each.
    pub(crate) children: Vec<ChildDuty<'d, 'a>>,
}

/// A duty for one child whose case was decided at the meeting.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ChildDuty<'d, 'a> {
    /// The referral.
    pub(crate) case: &'d Case<'a>,
    /// The decision.
    pub(crate) made: &'d Made<'a>,
    /// The last moment for it.
    pub(crate) due_at: NaiveDateTime,
    /// When it was done.
    pub(crate) met_at: Option<NaiveDateTime>,
    /// How it stands.
    pub(crate) state: DutyState,
}

/// The cases decided at each meeting with the decisions in force, by the meeting's folder.
pub(crate) type DecidedAt<'d, 'a> = HashMap<&'a str, Vec<(&'d Case<'a>, &'d Made<'a>)>>;

impl Deadline {
    /// Whether it is owed for each child, and not once for the meeting.
    pub(crate) fn is_for_each(&self) -> bool {
        self.per_child || self.met_by.is_some() || self.is_of_a_case
    }

    /// Whether one mark in meeting.yaml serves: not where each child has a mark of its own, or one
    /// that was forgotten would be out of sight.
    pub(crate) fn is_marked_once(&self) -> bool {
        !(self.is_of_a_case || (self.per_child && self.met_by.is_some()))
    }
}

impl<'a> Desk<'a> {
    /// The cases decided at each meeting.
    pub(crate) fn decided_at(&self) -> DecidedAt<'_, 'a> {
        let mut all: DecidedAt<'_, 'a> = HashMap::new();
        for case in self.cases() {
            for made in &case.decisions {
                all.entry(made.meeting).or_default().push((case, made));
            }
        }
        all
    }

    /// The duties for one meeting, in the order of the rule file; none for a meeting called off.
    pub(crate) fn duties<'d>(
        &'d self,
        meeting: &PanelMeeting<'a>,
        decided_at: &DecidedAt<'d, 'a>,
    ) -> Vec<Duty<'d, 'a>> {
        let mut found: Vec<Duty<'d, 'a>> = Vec::new();
        if meeting.is_cancelled {
            return found;
        }
        let decided = meeting
            .folder
            .and_then(|folder| decided_at.get(folder.id.as_str()))
            .map_or(&[][..], Vec::as_slice);
        // A part of the panel can have duties of its own for the cases that it decided.
        let mut rules: Vec<&'a Deadline> = meeting.rules.deadlines.iter().collect();
        for (_, made) in decided {
            for rule in &made.rules.deadlines {
                if rules.iter().all(|known| known.id != rule.id) {
                    rules.push(rule);
                }
            }
        }
        for rule in rules {
            if let Some(duty) = self.duty(rule, meeting, decided, &found) {
                found.push(duty);
            }
        }
        found
    }

    fn duty<'d>(
        &'d self,
        rule: &'a Deadline,
        meeting: &PanelMeeting<'a>,
        decided: &[(&'d Case<'a>, &'d Made<'a>)],
        earlier: &[Duty<'d, 'a>],
    ) -> Option<Duty<'d, 'a>> {
        let concerned: Vec<_> = decided
            .iter()
            .copied()
            .filter(|(case, made)| {
                made.rules.deadlines.iter().any(|own| own.id == rule.id)
                    && self.holds_for(rule.when.as_ref(), case, made)
            })
            .collect();
        if rule.when.is_some() && concerned.is_empty() {
            return None;
        }
        // Of a record of a decision between meetings no agenda is owed, nor minutes.
        if meeting.is_outside && !rule.is_for_each() {
            return None;
        }
        let marked = meeting
            .folder
            .and_then(|folder| folder.meeting.as_ref())
            .and_then(|file| file.record.done.get(&rule.id))
            .filter(|_| rule.is_marked_once())
            .and_then(|moment| self.known(*moment));
        if !rule.is_for_each() {
            let due_at = self.due(rule, meeting, None, earlier)?;
            return Some(Duty {
                rule,
                due_at,
                met_at: marked,
                state: self.state(due_at, marked),
                children: Vec::new(),
            });
        }
        let children: Vec<ChildDuty<'d, 'a>> = concerned
            .into_iter()
            .filter_map(|(case, made)| {
                let due_at = self.due(rule, meeting, Some((case, made)), earlier)?;
                let own = self.marked_for(rule, made);
                let met_at = own.or(marked);
                Some(ChildDuty {
                    case,
                    made,
                    due_at,
                    met_at,
                    state: self.state(due_at, met_at),
                })
            })
            .collect();
        let Some(due_at) = children.iter().map(|child| child.due_at).max() else {
            // Before the meeting it is seen coming; once it is over, nobody's case is owed it.
            let is_to_come = meeting.starts_at > self.as_of && !rule.is_of_a_case;
            let due_at = self
                .due(rule, meeting, None, earlier)
                .filter(|_| is_to_come)?;
            return Some(Duty {
                rule,
                due_at,
                met_at: None,
                state: DutyState::Due,
                children,
            });
        };
        let met: Option<Vec<NaiveDateTime>> = children.iter().map(|child| child.met_at).collect();
        let worst = children.iter().map(|child| child.state).max();
        Some(Duty {
            rule,
            due_at,
            met_at: met.and_then(|met| met.into_iter().max()),
            state: worst.unwrap_or(DutyState::Due),
            children,
        })
    }

    /// By when, for the meeting or for one child; none while what it counts from has not happened.
    fn due<'d>(
        &self,
        rule: &Deadline,
        meeting: &PanelMeeting<'a>,
        child: Option<(&'d Case<'a>, &'d Made<'a>)>,
        earlier: &[Duty<'d, 'a>],
    ) -> Option<NaiveDateTime> {
        let after = child
            .and_then(|(_, made)| made.after)
            .map(|file| &file.record);
        let mut at = rule.at;
        let from = match &rule.anchor {
            Anchor::Meeting => meeting.on.end(),
            Anchor::BeforeMeeting => meeting.starts_at,
            Anchor::Start => {
                at = at.or(Some(meeting.starts_at.time()));
                meeting.starts_at
            }
            Anchor::End => ends_at(meeting),
            Anchor::Decision => {
                let (_, made) = child?;
                made.decision().decided_on.unwrap_or(made.on).end()
            }
            Anchor::ToldFamily => {
                let (_, made) = child?;
                self.known(Moment::on(made.told_family()?))?
            }
            Anchor::Disagreement => self.disagreed_at(rule, after?)?,
            Anchor::Deadline(id) => {
                let before = earlier.iter().find(|duty| duty.rule.id == *id)?;
                let own = child.and_then(|(case, _)| {
                    before
                        .children
                        .iter()
                        .find(|other| other.case.reference() == case.reference())
                });
                match own {
                    Some(own) => own.met_at.unwrap_or(own.due_at),
                    // What happened to another child is none of this one's.
                    None if rule.is_of_a_case => return None,
                    None => before.met_at.unwrap_or(before.due_at),
                }
            }
        };
        let counting = Counting {
            length: rule.length,
            is_back: rule.anchor == Anchor::BeforeMeeting,
            at,
            moved: rule.on_bank_holiday,
            holidays: &meeting.rules.holidays,
        };
        let due_at = counting.moment(from);
        let next = self
            .next_after(meeting)
            .filter(|_| rule.by_next_meeting)
            .map(|next| next.starts_at);
        let due_at = next.map_or(due_at, |next| next.min(due_at));
        let anew = child.and_then(|(_, made)| made.asks_anew(|row| had_been_done(rule, row)));
        Some(anew.map_or(due_at, |day| counting.moment(day.end()).max(due_at)))
    }

    /// When somebody disagreed: the first of those whom nobody has answered yet, as the duty's mark
    /// has it; the last where all have been.
    fn disagreed_at(&self, rule: &Deadline, after: &After) -> Option<NaiveDateTime> {
        let answered = after.done.get(&rule.id).map(|moment| moment.day());
        let days = after.disagreement.iter().filter_map(|said| said.on);
        let mut days: Vec<Day> = days
            .filter(|day| self.known(Moment::on(*day)).is_some())
            .collect();
        days.sort();
        let open = days.iter().find(|day| answered.is_none_or(|on| on < **day));
        self.known(Moment::on(*open.or(days.last())?))
    }

    /// When it was done for one child, as the file of what followed has it.
    fn marked_for(&self, rule: &Deadline, made: &Made<'_>) -> Option<NaiveDateTime> {
        let moment = match rule.met_by {
            None => made.done(&rule.id),
            Some(MetBy::Uploaded) => made.uploaded(),
            Some(MetBy::ToldFamily) => made.told_family().map(Moment::on),
            Some(MetBy::LogSigned) => {
                let signed = made.log_signed();
                signed.and_then(|signed| signed.on).map(Moment::on)
            }
        };
        let moment = moment?;
        // It answers nobody who disagreed after it.
        let is_answer = rule.anchor != Anchor::Disagreement
            || made.after.is_none_or(|after| {
                let days = after.record.disagreement.iter().filter_map(|said| said.on);
                let mut known = days.filter(|day| self.known(Moment::on(*day)).is_some());
                !known.any(|day| day > moment.day())
            });
        self.known(moment).filter(|_| is_answer)
    }

    /// A moment as it counts; none where it has not come yet at the desk's.
    pub(super) fn known(&self, moment: Moment) -> Option<NaiveDateTime> {
        let latest = moment.latest();
        let is_all_day = latest == moment.day().end() && moment.day() <= self.today();
        (latest <= self.as_of || is_all_day).then_some(latest)
    }

    fn state(&self, due_at: NaiveDateTime, met_at: Option<NaiveDateTime>) -> DutyState {
        match met_at {
            Some(met_at) if met_at <= due_at => DutyState::Met,
            Some(_) => DutyState::MetLate,
            None if due_at < self.as_of => DutyState::Overdue,
            None => DutyState::Due,
        }
    }

    /// Meetings whose duties are followed: those that the folder has something of, and of each
    /// panel the one to come.
    pub(crate) fn followed_meetings(&self) -> Vec<&PanelMeeting<'a>> {
        let today = self.today();
        let mut coming: Vec<Option<&str>> = Vec::new();
        self.held()
            .filter(|meeting| {
                let is_next = meeting.on >= today && !coming.contains(&meeting.panel);
                if is_next {
                    coming.push(meeting.panel);
                }
                is_next || meeting.folder.is_some()
            })
            .collect()
    }
}

/// The latest end of a sitting; its start where the council does not say how long it sits.
fn ends_at(meeting: &PanelMeeting<'_>) -> NaiveDateTime {
    let minutes = meeting
        .rules
        .sitting
        .as_ref()
        .map_or(0, |sitting| i64::from(sitting.minutes));
    meeting
        .starts_at
        .checked_add_signed(TimeDelta::minutes(minutes))
        .unwrap_or(meeting.starts_at)
}

impl Desk<'_> {
    /// The arguments that name a decision behind its reference: ` --date 2026-11-26`; nothing
    /// where its meeting is not known.
    pub(crate) fn naming(&self, made: &Made<'_>) -> String {
        self.meeting_in(made.meeting)
            .map(|meeting| format!(" {}", meeting.as_arguments()))
            .unwrap_or_default()
    }
}

impl PanelMeeting<'_> {
    /// The arguments that name it to a command: `--date 2026-11-26`.
    pub(crate) fn as_arguments(&self) -> String {
        match self.panel.filter(|_| self.id != self.day.to_string()) {
            Some(panel) => format!("--date {} --panel {panel}", self.day),
            None => format!("--date {}", self.day),
        }
    }
}

/// The lasting id of a duty, for the meeting or for one child.
pub(crate) fn duty_id(
    meeting: &PanelMeeting<'_>,
    rule: &Deadline,
    case: Option<&Case<'_>>,
) -> String {
    let id = format!("deadline-{}-{}", meeting.id, rule.id);
    match case {
        Some(case) => format!("{}-{id}", case.reference()),
        None => id,
    }
}

/// The day of a moment.
pub(crate) fn day_of(moment: NaiveDateTime) -> Day {
    Day::of(moment.date())
}

/// Whether a duty had been done for a decision before it was amended.
fn had_been_done(rule: &Deadline, row: &BeforeAmendment) -> bool {
    match rule.met_by {
        None => row.done.contains_key(&rule.id),
        Some(MetBy::Uploaded) => row.uploaded.is_some(),
        Some(MetBy::ToldFamily) => row.told_family.is_some(),
        Some(MetBy::LogSigned) => row.log_signed.is_some(),
    }
}
