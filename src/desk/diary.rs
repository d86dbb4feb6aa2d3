//! What is owed and when: reviews, actions, promised decisions, papers, birthdays, the office's
//! own duties.

use super::{Desk, Standing};
use crate::findings::Basis;
use crate::records::Day;
use chrono::NaiveDateTime;
use serde::Serialize;

/// What a line of the diary is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum DiaryKind {
    /// A case comes back to panel.
    Review,
    /// Somebody is to do something.
    Action,
    /// A deferral waits for a paper.
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
}

impl DiaryKind {
    /// As the diary prints it.
    pub(crate) const fn label(self) -> &'static str {
        match self {
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
    /// The panel or part that it is for; none where the council has one panel.
    pub(crate) panel: Option<&'a str>,
    /// What asks for it.
    pub(crate) basis: Basis,
    /// A stable id within the folder.
    pub(crate) id: String,
}

impl<'a> Desk<'a> {
    /// Everything owed and not done, by its last moment, reference and kind.
    pub(crate) fn diary(&self) -> Vec<DiaryEntry<'a>> {
        let mut entries = Vec::new();
        self.add_reviews(&mut entries);
        self.add_deadlines(&mut entries);
        for index in 0..self.cases().len() {
            self.add_case(index, &mut entries);
        }
        entries.sort_by(|one, other| {
            (one.due_at, one.reference, one.kind, &one.what).cmp(&(
                other.due_at,
                other.reference,
                other.kind,
                &other.what,
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
            entries.push(DiaryEntry {
                due_on: review.due_on,
                due_at: review.due_on.end(),
                kind: DiaryKind::Review,
                reference: case.reference(),
                child: name_of(case.referral()),
                what,
                owner: case.referral().worker.name.as_deref(),
                meeting: self.meeting_of_review(&review).map(|meeting| meeting.day),
                panel: case.panel,
                basis: review.basis.clone(),
                id: format!("{}-review-{}", case.reference(), review.made.meeting),
            });
        }
    }

    /// The office's duties that are still to be done, of the meetings that are followed.
    fn add_deadlines(&self, entries: &mut Vec<DiaryEntry<'a>>) {
        let decided_at = self.decided_at();
        for meeting in self.followed_meetings() {
            for duty in self.duties(meeting, &decided_at) {
                let rule = duty.rule;
                let owner = rule
                    .owner
                    .as_deref()
                    .map(|owner| meeting.rules.role_label(owner));
                let mut add = |due_at: NaiveDateTime, reference, child, id: String| {
                    entries.push(DiaryEntry {
                        due_on: super::deadlines::day_of(due_at),
                        due_at,
                        kind: DiaryKind::Deadline,
                        reference,
                        child,
                        what: rule.task.clone(),
                        owner,
                        meeting: Some(meeting.day),
                        panel: meeting.panel,
                        basis: rule.basis.clone(),
                        id,
                    });
                };
                if duty.children.is_empty() && duty.state.is_open() {
                    add(duty.due_at, "", "", super::duty_id(meeting, rule, None));
                }
                for child in duty.children.iter().filter(|child| child.state.is_open()) {
                    let reference = child.case.reference();
                    add(
                        child.due_at,
                        reference,
                        name_of(child.case.referral()),
                        super::duty_id(meeting, rule, Some(child.case)),
                    );
                }
            }
        }
    }

    fn add_case(&self, index: usize, entries: &mut Vec<DiaryEntry<'a>>) {
        let case = &self.cases()[index];
        let referral = case.referral();
        let child = name_of(referral);
        let mut add = |due_on: Day, kind, what: String, owner, meeting, basis, id: String| {
            entries.push(DiaryEntry {
                due_on,
                due_at: due_on.end(),
                kind,
                reference: case.reference(),
                child,
                what,
                owner,
                meeting,
                panel: case.panel,
                basis,
                id: format!("{}-{id}", case.reference()),
            });
        };
        for made in &case.decisions {
            let actions = made.rules.actions.clone().unwrap_or_default();
            for (number, action) in (1i64..).zip(&made.decision().actions) {
                let is_done = made.is_done(number, self.today());
                // What has no day of its own is owed by the next meeting, and never out of sight.
                let due = action
                    .due
                    .unwrap_or_else(|| self.day_after(made.on, case.panel));
                if !is_done {
                    let what = action
                        .what
                        .clone()
                        .unwrap_or_else(|| format!("Action {number}"));
                    let owner = action.owner.as_deref();
                    add(
                        due,
                        DiaryKind::Action,
                        what,
                        owner,
                        None,
                        actions.clone(),
                        format!("action-{}-{number}", made.meeting),
                    );
                }
            }
        }
        let decided = case
            .rules
            .outcome("defer")
            .map(|outcome| outcome.basis.clone())
            .unwrap_or_default();
        match (case.standing, case.last()) {
            (Standing::Deferred, Some(made)) => {
                let needs = made
                    .decision()
                    .deferred
                    .iter()
                    .flat_map(|deferred| &deferred.needs);
                let meeting = self.meeting_for(case).map(|meeting| meeting.day);
                let has_come_back = case.has_come_back();
                if has_come_back || needs.clone().next().is_none() {
                    let by = meeting.unwrap_or_else(|| self.day_after(made.on, case.panel));
                    let (kind, what) = if has_come_back {
                        (DiaryKind::Review, "Back to panel after its deferral")
                    } else {
                        (DiaryKind::Paper, "The request again, after its deferral")
                    };
                    let owner = referral.worker.name.as_deref();
                    add(
                        by,
                        kind,
                        what.to_owned(),
                        owner,
                        meeting,
                        decided.clone(),
                        format!("paper-{}-0", made.meeting),
                    );
                }
                // What others are to say is owed until the request has been sent again with it.
                let is_owed = !has_come_back || !case.has_been_resubmitted();
                for (number, need) in (1i64..).zip(needs.filter(|_| is_owed)) {
                    {
                        let by = need
                            .by
                            .or(meeting)
                            .unwrap_or_else(|| self.day_after(made.on, case.panel));
                        let what = need
                            .what
                            .clone()
                            .unwrap_or_else(|| "What the deferral asked for".to_owned());
                        add(
                            by,
                            DiaryKind::Paper,
                            what,
                            need.from.as_deref(),
                            meeting,
                            decided.clone(),
                            format!("paper-{}-{number}", made.meeting),
                        );
                    }
                }
            }
            (Standing::Pending, Some(made)) => {
                let by = made
                    .decision()
                    .decide_by
                    .unwrap_or_else(|| self.day_after(made.on, case.panel));
                let owner = made
                    .decision()
                    .decided_by
                    .as_ref()
                    .and_then(|by| by.name.as_deref());
                add(
                    by,
                    DiaryKind::Decision,
                    "The decision that was promised".to_owned(),
                    owner,
                    None,
                    Basis::default(),
                    format!("decision-{}", made.meeting),
                );
            }
            (Standing::InPrinciple, Some(made)) => {
                let rules: &'a crate::council::Council = case.rules;
                for role in made.awaits(self.today()) {
                    let what = format!("Endorsement by {}", case.rules.role_label(role));
                    add(
                        made.on,
                        DiaryKind::Endorsement,
                        what,
                        Some(rules.role_label(role)),
                        None,
                        Basis::default(),
                        format!("endorsement-{role}"),
                    );
                }
            }
            _ => {}
        }
        for running in self.timers(case) {
            let timer = running.timer;
            add(
                running.due_on,
                DiaryKind::Timer,
                timer.label.clone(),
                referral.worker.name.as_deref(),
                None,
                timer.basis.clone(),
                format!("timer-{}", timer.id),
            );
        }
        self.add_expected(case, entries);
    }
}

impl Desk<'_> {
    /// The day of a panel's meeting held next after a day; the day itself where none is known.
    fn day_after(&self, day: Day, panel: Option<&str>) -> Day {
        self.held_by(panel)
            .find(|meeting| meeting.on > day)
            .map_or(day, |meeting| meeting.on)
    }
}

pub(super) fn name_of(referral: &crate::records::Referral) -> &str {
    referral.child.name.as_deref().unwrap_or("name not given")
}
