//! Each referral with what the folder knows of it: its meeting, its decisions, where it stands.

use super::{Desk, Made, PanelMeeting, in_force};
use crate::council::condition::Condition;
use crate::council::{Council, Criterion, History, Subject};
use crate::folder::File;
use crate::records::{CostLine, Day, Decision, DeferralNeed, Moment, Referral, Text};
use chrono::NaiveDateTime;
use foldhash::{HashMap, HashMapExt, HashSet};
use rayon::prelude::*;
use std::sync::OnceLock;

/// Where a referral stands, but for its readiness, which the rules decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Not sent yet.
    Draft,
    /// Sent and undecided.
    Waiting,
    /// Put off to another meeting.
    Deferred,
    /// Heard; the decision is to follow.
    Pending,
    /// Decided, but for an endorsement.
    InPrinciple,
    /// Decided.
    Decided,
    /// Taken back.
    Withdrawn,
}

/// One referral and what the folder knows of it.
#[derive(Debug)]
pub(crate) struct Case<'a> {
    /// Its file.
    pub(crate) file: &'a File<Referral>,
    /// The decisions in force, by meeting; the last is the latest.
    pub(crate) decisions: Vec<Made<'a>>,
    /// Where it stands.
    pub(crate) standing: Standing,
    /// Index of its meeting: the one it goes to, or was decided at.
    pub(super) meeting: Option<usize>,
    /// Held meetings that passed without deciding it.
    pub(crate) carried_over: u32,
    /// When it was sent again after the deferral in force, at the desk's moment.
    resubmitted_at: Option<NaiveDateTime>,
    /// Cost lines that count: its own, or those of the request it is part of.
    pub(crate) costs: &'a [CostLine],
    /// The request that its costs stand on, where it has none of its own; none once that one has
    /// been taken back.
    pub(crate) costs_on: Option<&'a str>,
    /// The panel or part that it is for; none where the council has one panel.
    pub(crate) panel: Option<&'a str>,
    /// The rules that it is judged by: those of its panel on the day of its meeting.
    pub(crate) rules: &'a Council,
    /// What the panel knows of the child from before.
    pub(crate) history: History,
    /// The day of the meeting held after its own.
    pub(super) next_meeting_on: Option<Day>,
    /// Places of the criteria that it meets among those of its rules, once somebody asked.
    criteria: OnceLock<Vec<usize>>,
}

impl<'a> Case<'a> {
    /// The record.
    pub(crate) fn referral(&self) -> &'a Referral {
        &self.file.record
    }

    /// Its reference.
    pub(crate) fn reference(&self) -> &'a str {
        &self.file.record.reference
    }

    /// The kind of request, empty where it is not said.
    pub(crate) fn kind(&self) -> &'a str {
        self.referral().request.kind.as_deref().unwrap_or("")
    }

    /// Whether it is an emergency: a ground that the council refuses makes none.
    pub(crate) fn is_emergency(&self) -> bool {
        let Some(emergency) = &self.referral().emergency else {
            return false;
        };
        let ground = emergency.ground.as_deref().unwrap_or("");
        !self
            .rules
            .emergency
            .as_ref()
            .is_some_and(|rule| rule.refused.iter().any(|refused| refused == ground))
    }

    /// Whether rules about the referral itself still run.
    pub(crate) fn is_open(&self) -> bool {
        matches!(
            self.standing,
            Standing::Draft | Standing::Waiting | Standing::Deferred
        )
    }

    /// Whether it is sent, undecided and not taken back: on exactly one coming agenda.
    pub(crate) fn is_waiting(&self) -> bool {
        matches!(self.standing, Standing::Waiting | Standing::Deferred)
    }

    /// Whether it waits and no meeting is known for it: it is on nobody's agenda.
    pub(crate) fn has_no_meeting(&self) -> bool {
        self.is_waiting() && self.meeting.is_none()
    }

    /// The latest decision that settles it, whatever was said of it since.
    pub(crate) fn settled_by(&self) -> Option<&Made<'a>> {
        self.decisions.iter().rev().find(|made| made.is_final())
    }

    /// The latest decision in force.
    pub(crate) fn last(&self) -> Option<&Made<'a>> {
        self.decisions.last()
    }

    /// Whether the panel has decided it or talked it through: an emergency is then ratified.
    pub(crate) fn has_been_heard(&self) -> bool {
        self.decisions.iter().any(Made::settles_or_notes)
    }

    /// Whether a cost line could not be read, or cannot be: any sum of them would be a guess.
    pub(crate) fn has_doubtful_costs(&self) -> bool {
        let is_unread = |path: &str| path.starts_with("costs");
        self.file.faults.iter().any(|fault| is_unread(&fault.path))
            || self
                .costs
                .iter()
                .any(|line| line.weeks.is_some_and(|weeks| weeks < 0))
    }

    /// When it was sent, or sent again after a deferral; a draft has no such moment.
    pub(crate) fn sent_at(&self) -> Option<NaiveDateTime> {
        let submitted = self.referral().submitted;
        self.resubmitted_at
            .or(submitted.map(crate::records::Moment::latest))
    }

    /// The path of the key that says so.
    pub(crate) fn sent_path(&self) -> &'static str {
        if self.has_been_resubmitted() {
            "resubmitted"
        } else {
            "submitted"
        }
    }

    /// Whether it was sent again after the deferral in force.
    pub(crate) fn has_been_resubmitted(&self) -> bool {
        self.resubmitted_at.is_some()
    }

    /// Whether the paperwork that a deferral asked for has come.
    pub(crate) fn has_come_back(&self) -> bool {
        let Some(made) = self.last() else { return true };
        if made.outcome() != "defer" {
            return true;
        }
        let reason = made
            .decision()
            .deferred
            .as_ref()
            .and_then(|deferred| deferred.reason.as_deref());
        let wants_papers = matches!(reason, Some("more-information" | "not-ready"));
        let digest = made.decision().referral_digest.as_deref();
        let is_changed = digest.is_none_or(|digest| digest != self.file.digest());
        !wants_papers || (self.has_been_resubmitted() && is_changed)
    }

    /// What the deferral that put it off waits for: owed until the request has been sent again with
    /// it, whether the request waits for that or stands on the agenda meanwhile.
    pub(crate) fn still_needed(&self) -> &'a [DeferralNeed] {
        if self.has_come_back() && self.has_been_resubmitted() {
            return &[];
        }
        let made = self.last().filter(|made| made.outcome() == "defer");
        made.and_then(|made| made.decision().deferred.as_ref())
            .map_or(&[][..], |deferred| &deferred.needs)
    }
}

/// Every referral of the folder as the desk sees it.
pub(super) fn all<'a>(desk: &Desk<'a>) -> Vec<Case<'a>> {
    let decisions = in_force::all(desk);
    let heard_by = in_force::heard_by(desk);
    // Only what is part of another request counts the other's lines.
    let referrals = desk.folder.referrals.iter();
    let leads: HashSet<&str> = referrals
        .clone()
        .filter_map(|file| file.record.part_of.as_deref())
        .collect();
    let leading: HashMap<&str, &Referral> = referrals
        .map(|file| (file.record.reference.as_str(), &*file.record))
        .filter(|(reference, _)| !leads.is_empty() && leads.contains(reference))
        .collect();
    desk.folder
        .referrals
        .par_iter()
        .map(|file| {
            let made = decisions
                .get(file.record.reference.as_str())
                .cloned()
                .unwrap_or_default();
            let own = &*file.record.costs;
            let lead = file.record.part_of.as_deref().filter(|_| own.is_empty());
            let costs_on = lead.filter(|lead| {
                let lead = leading.get(lead);
                lead.is_none_or(|lead| !is_taken_back(desk, lead))
            });
            let lines = costs_on.and_then(|lead| leading.get(lead));
            let standing = standing(desk, file, &made);
            let mut case = Case {
                file,
                standing,
                resubmitted_at: resubmitted_at(desk, file, standing, &made),
                decisions: made,
                meeting: None,
                carried_over: 0,
                costs: lines.map_or(own, |lead| &*lead.costs),
                costs_on,
                panel: None,
                rules: desk.council,
                history: History::default(),
                next_meeting_on: None,
                criteria: OnceLock::new(),
            };
            let sat = heard_by.get(case.reference()).copied();
            desk.find_panel(&mut case, sat);
            desk.find_meeting(&mut case);
            desk.find_rules(&mut case);
            case
        })
        .collect()
}

/// What each child's earlier decisions tell about its referrals.
pub(super) fn add_history(cases: &mut [Case<'_>]) {
    let mut of_child: HashMap<&str, Vec<(Day, &str)>> = HashMap::new();
    let mut heard: HashMap<&str, Day> = HashMap::new();
    for case in cases.iter() {
        let child = case.referral().child.number().unwrap_or("");
        for made in &case.decisions {
            if made.is_approval() && !child.is_empty() {
                of_child
                    .entry(child)
                    .or_default()
                    .push((made.on, case.kind()));
            }
            if made.settles_or_notes() {
                let last = heard.entry(case.reference()).or_insert(made.on);
                *last = made.on.max(*last);
            }
        }
    }
    let mut all = Vec::with_capacity(cases.len());
    for case in cases.iter() {
        let referral = case.referral();
        let child = referral.child.number().unwrap_or("");
        let decided_on = case
            .last()
            .filter(|last| last.is_final())
            .map(|last| last.on);
        let mut approved_kinds: Vec<Text> = of_child
            .get(child)
            .map_or(&[][..], Vec::as_slice)
            .iter()
            .filter(|(on, _)| decided_on.is_none_or(|decided| *on < decided))
            .map(|(_, kind)| Text::from(*kind))
            .collect();
        approved_kinds.sort();
        approved_kinds.dedup();
        let of = referral.request.review_of.as_deref();
        let days = [Some(case.reference()), of];
        let days = days
            .into_iter()
            .flatten()
            .filter_map(|reference| heard.get(reference));
        let deferrals = case
            .decisions
            .iter()
            .filter(|made| made.outcome() == "defer")
            .count();
        all.push(History {
            deferrals: i64::try_from(deferrals).unwrap_or(i64::MAX),
            approved_kinds,
            last_heard_on: days.max().copied(),
        });
    }
    for (case, history) in cases.iter_mut().zip(all) {
        case.history = history;
    }
}

/// When new paperwork came: after the meeting that deferred the case, and not after the moment.
fn resubmitted_at(
    desk: &Desk<'_>,
    file: &File<Referral>,
    standing: Standing,
    made: &[Made<'_>],
) -> Option<NaiveDateTime> {
    let deferred_at = desk.meeting_in(made.last()?.meeting)?.starts_at;
    let sent = file.record.resubmitted?;
    let is_since = sent.latest() > deferred_at
        && (sent.latest() <= desk.as_of || is_all_of(sent, desk.today()));
    (standing == Standing::Deferred && is_since).then(|| sent.latest())
}

/// Whether a moment is given as a day alone, and the day is this one: it counts from its morning.
fn is_all_of(moment: Moment, day: Day) -> bool {
    moment.day() == day && moment.latest() == day.end()
}

/// Whether a referral has been taken back: without its day a withdrawal is not complete, and the
/// referral stays on its list.
fn is_taken_back(desk: &Desk<'_>, referral: &Referral) -> bool {
    let withdrawn = referral.withdrawn.as_ref();
    withdrawn.is_some_and(|withdrawn| withdrawn.on.is_some_and(|on| on <= desk.today()))
}

fn standing(desk: &Desk<'_>, file: &File<Referral>, made: &[Made<'_>]) -> Standing {
    let referral = &file.record;
    if is_taken_back(desk, referral) {
        return Standing::Withdrawn;
    }
    match made.last() {
        // A decision that cannot be read was made all the same; its own finding says so.
        Some(last) if last.file.file.is_unreadable() => Standing::Decided,
        Some(last) if last.outcome() == "defer" => Standing::Deferred,
        Some(last) if last.outcome() == "pending" => Standing::Pending,
        // A talk about what was approved does not stand for its endorsement.
        Some(last)
            if last.settles_or_notes()
                && made
                    .iter()
                    .rev()
                    .find(|made| made.is_final())
                    .is_some_and(|made| !made.awaits(desk.today()).is_empty()) =>
        {
            Standing::InPrinciple
        }
        Some(last) if last.settles_or_notes() => Standing::Decided,
        // A decision file that names no outcome has decided nothing: the case stays on the agenda.
        Some(_) | None => match referral.submitted {
            Some(sent) if sent.latest() > desk.as_of && sent.day() > desk.today() => {
                Standing::Draft
            }
            Some(sent) if sent.latest() > desk.as_of && sent.latest() != sent.day().end() => {
                Standing::Draft
            }
            Some(_) => Standing::Waiting,
            // A moment that could not be read was still given: the referral was sent.
            None if file.has_fault_at("submitted") || file.is_unreadable() => Standing::Waiting,
            None => Standing::Draft,
        },
    }
}

impl<'a> Desk<'a> {
    /// The meeting that a referral goes to, or was decided at.
    pub(crate) fn meeting_for(&self, case: &Case<'_>) -> Option<&PanelMeeting<'a>> {
        case.meeting.map(|index| &self.meetings[index])
    }

    /// One referral as conditions see it.
    pub(crate) fn subject<'s>(&self, case: &'s Case<'a>) -> Subject<'s> {
        Subject {
            referral: case.referral(),
            costs: case.costs,
            meeting_on: self.meeting_for(case).map(|meeting| meeting.on),
            most_weeks: case.rules.most_weeks(),
            is_emergency: case.is_emergency(),
            sent_on: Some(Day::of(self.sent_or_now(case).date())),
            next_meeting_on: case.next_meeting_on,
            history: Some(&case.history),
            decision: None,
        }
    }

    /// Whether an entry of the rule file holds for a referral, by the rules that it is judged by.
    pub(crate) fn holds(&self, when: Option<&Condition>, case: &Case<'a>) -> bool {
        when.is_none_or(|when| case.rules.holds(Some(when), self.subject(case)))
    }

    /// One referral as conditions see it beside a decision on it.
    pub(crate) fn subject_decided<'s>(
        &self,
        case: &'s Case<'a>,
        decision: &'s Decision,
        on: Option<Day>,
    ) -> Subject<'s> {
        Subject {
            decision: Some(decision),
            meeting_on: on.or(self.meeting_for(case).map(|meeting| meeting.on)),
            ..self.subject(case)
        }
    }

    /// Whether an entry of the rule file holds for a decision, by the rules of its day.
    pub(crate) fn holds_for(
        &self,
        when: Option<&Condition>,
        case: &Case<'a>,
        made: &Made<'a>,
    ) -> bool {
        let subject = self.subject_decided(case, made.decision(), Some(made.on));
        made.rules.holds(when, subject)
    }

    /// The criteria that a referral meets.
    pub(crate) fn criteria(&self, case: &Case<'a>) -> Vec<&'a Criterion> {
        let all: &'a [Criterion] = &case.rules.criteria;
        // Several rules ask, and the report once more: worked out once.
        let met = case.criteria.get_or_init(|| {
            let places = all.iter().enumerate();
            places
                .filter(|(_, criterion)| self.holds(Some(&criterion.when), case))
                .map(|(place, _)| place)
                .collect()
        });
        met.iter().map(|place| &all[*place]).collect()
    }
}
