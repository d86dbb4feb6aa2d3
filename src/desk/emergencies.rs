//! Emergencies: the panel that is to ratify one, and what one that came late still owes.

use super::diary::{DiaryEntry, DiaryKind};
use super::{Case, Desk, PanelMeeting, Standing};
use crate::calendar;
use crate::council::{DocumentAsked, EmergencyRule, Use};
use crate::findings::Basis;
use crate::records::{Day, Text};
use std::collections::HashMap;

/// The panel that an emergency comes to.
#[derive(Debug)]
pub(crate) struct Ratification<'d, 'a> {
    /// What asks for it.
    pub(crate) rule: &'a EmergencyRule,
    /// The day on which it began: the placement's first, else that of the approval.
    pub(crate) since: Day,
    /// Whether that is the placement's first day.
    pub(crate) is_placed: bool,
    /// The first meeting after that day.
    pub(crate) meeting: &'d PanelMeeting<'a>,
    /// Meetings called off in between.
    pub(crate) cancelled: Vec<&'d PanelMeeting<'a>>,
}

impl<'a> Desk<'a> {
    /// The panel that is to ratify an emergency; none where the council asks for none, or nobody
    /// knows when it began.
    pub(crate) fn ratification(&self, case: &Case<'a>) -> Option<Ratification<'_, 'a>> {
        let rule = case.rules.emergency.as_ref()?;
        if !self.is_to_be_ratified(case) {
            return None;
        }
        let referral = case.referral();
        let since = self.emergency_since(case)?;
        // The panel of the same day counts only where the referral names it.
        let same_day = referral
            .panel
            .and_then(|named| self.meeting_on(named, case.panel))
            .filter(|meeting| meeting.on == since && !meeting.is_cancelled);
        let meeting = same_day.or_else(|| self.first_after(since, case.panel))?;
        let cancelled = self
            .called_off(case.panel)
            .filter(|other| other.on > since && other.on < meeting.on)
            .collect();
        Some(Ratification {
            rule,
            since,
            is_placed: referral.placed_on.is_some(),
            meeting,
            cancelled,
        })
    }

    /// Whether the council has the panel ratify such an emergency.
    pub(super) fn is_to_be_ratified(&self, case: &Case<'a>) -> bool {
        let rule = case.rules.emergency.as_ref();
        rule.is_some_and(|rule| {
            rule.ratified && case.is_emergency() && self.holds(rule.ratified_when.as_ref(), case)
        })
    }

    /// The day on which an emergency began: the placement's first, else that of the approval.
    pub(super) fn emergency_since(&self, case: &Case<'a>) -> Option<Day> {
        let referral = case.referral();
        let approved_on = referral
            .emergency
            .as_ref()
            .and_then(|emergency| emergency.approved_on)
            .map(|moment| moment.day());
        referral.placed_on.or(approved_on)
    }

    /// The meeting that heard an emergency first; until one has, the one that it goes to.
    fn emergency_meeting(&self, case: &Case<'a>) -> Option<&PanelMeeting<'a>> {
        match case.decisions.iter().find(|made| made.settles_or_notes()) {
            Some(heard) => self.meeting_in(heard.meeting),
            None => self.meeting_for(case),
        }
    }

    /// Whether a case is an emergency whose papers follow: it was sent after the cut-off of its
    /// meeting, whether or not the council exempts it from that.
    pub(crate) fn papers_follow(&self, case: &Case<'a>) -> bool {
        let Some(rule) = &case.rules.emergency else {
            return false;
        };
        if rule.papers_follow.is_empty() || !case.is_emergency() {
            return false;
        }
        let cut_off = self
            .emergency_meeting(case)
            .and_then(|meeting| meeting.cut_off);
        cut_off.is_some_and(|cut_off| self.sent_or_now(case) > cut_off)
    }

    /// Whether a case is such an emergency, and has been heard without what was to follow.
    pub(crate) fn owes_papers(&self, case: &Case<'a>) -> bool {
        case.has_been_heard() && case.standing != Standing::Withdrawn && self.papers_follow(case)
    }

    /// The meeting at which such a case owes its papers: the next after its own.
    pub(crate) fn papers_owed_at(&self, case: &Case<'a>) -> Option<&PanelMeeting<'a>> {
        self.next_for(case.panel, self.emergency_meeting(case)?)
    }

    /// Papers that an emergency was heard without, and that have not come since.
    fn papers_owed(&self, case: &Case<'a>) -> Vec<&'a DocumentAsked> {
        if !self.owes_papers(case) {
            return Vec::new();
        }
        let rules = case.rules;
        let follows = |id: &str| {
            rules
                .emergency
                .as_ref()
                .is_some_and(|rule| rule.papers_follow.iter().any(|rule| rule == id))
        };
        let heard_on = self.emergency_meeting(case).map(|meeting| meeting.on);
        let words = &rules.words;
        let is_of = |written: Option<&Text>, asked: &DocumentAsked| {
            written
                .and_then(|written| words.find(Use::Document, written))
                .is_some_and(|known| asked.any_of.contains(&known.id))
        };
        rules
            .documents
            .iter()
            // What somebody else's post gives is expected from that post, not from the worker.
            .filter(|asked| asked.given_by.is_none() && self.holds(asked.when.as_ref(), case))
            .filter(|asked| {
                let mut there = case
                    .referral()
                    .documents
                    .iter()
                    .filter(|paper| is_of(paper.kind.as_ref(), asked))
                    .peekable();
                if there.peek().is_none() {
                    return follows("missing-document");
                }
                let oldest = asked
                    .not_older_than
                    .zip(heard_on)
                    .map(|(age, on)| calendar::subtract(on, age));
                let is_stale = |dated: Option<Day>| {
                    oldest.is_some_and(|oldest| dated.is_some_and(|dated| dated < oldest))
                };
                follows("stale-document") && there.all(|paper| is_stale(paper.dated))
            })
            .filter(|asked| {
                !self.received(case).any(|kind| {
                    words
                        .find(Use::Document, kind)
                        .is_some_and(|known| asked.any_of.contains(&known.id))
                })
            })
            .collect()
    }

    /// What came after the decisions, by the words under `papers`.
    fn received<'c>(&self, case: &'c Case<'a>) -> impl Iterator<Item = &'a Text> + 'c {
        let today = self.today();
        case.decisions
            .iter()
            .filter_map(|made| made.after)
            .flat_map(|after| &after.record.papers)
            .filter(move |paper| paper.on.is_none_or(|on| on <= today))
            .filter_map(|paper| paper.kind.as_ref())
    }

    /// What emergencies that were heard without it still owe: papers, and what the rules miss.
    pub(super) fn owed_after_emergencies(&self, missing: &[StillMissing]) -> Vec<DiaryEntry<'a>> {
        let mut entries = Vec::new();
        for case in self.cases() {
            let Some(rule) = &case.rules.emergency else {
                continue;
            };
            for asked in self.papers_owed(case) {
                let what = format!("{}, after the emergency", asked.label);
                let id = format!("paper-{}", asked.id);
                entries.extend(self.owed_paper(case, what, &rule.papers_basis, &id));
            }
        }
        self.add_missing(missing, &mut entries);
        entries
    }

    fn add_missing(&self, missing: &[StillMissing], entries: &mut Vec<DiaryEntry<'a>>) {
        let mut seen: HashMap<String, u32> = HashMap::new();
        for missing in missing {
            let Some(case) = self.case(&missing.reference) else {
                continue;
            };
            let has_come = self
                .received(case)
                .any(|kind| missing.is_named_by(kind.trim()));
            if has_come || !self.owes_papers(case) {
                continue;
            }
            let mut id = format!("paper-{}", missing.path);
            let before = seen
                .entry(format!("{}-{id}", missing.reference))
                .or_default();
            *before += 1;
            if *before > 1 {
                id = format!("{id}-{before}");
            }
            let what = format!("{} (owed after the emergency)", missing.what);
            entries.extend(self.owed_paper(case, what, &missing.basis, &id));
        }
    }

    /// The line of what an emergency that was heard owes.
    fn owed_paper(
        &self,
        case: &Case<'a>,
        what: String,
        basis: &Basis,
        id: &str,
    ) -> Option<DiaryEntry<'a>> {
        let next = self.papers_owed_at(case);
        let heard = self.emergency_meeting(case);
        let due_on = next.or(heard)?.on;
        Some(
            DiaryEntry::of(case, DiaryKind::Paper, due_on, what, id)
                .at(next)
                .asked_by(basis),
        )
    }
}

/// What an emergency that was heard still lacks, but for the papers that go with it.
#[derive(Debug, Clone)]
pub(crate) struct StillMissing {
    /// The referral.
    pub(crate) reference: String,
    /// The key of the referral that it is missing from, like `views.child`.
    pub(crate) path: String,
    /// What is missing, as the rule says it.
    pub(crate) what: String,
    /// What lets it follow.
    pub(crate) basis: Basis,
}

impl StillMissing {
    /// Whether a word under `papers` in the file of what followed names it: its key, or one above
    /// it, which names all below.
    pub(crate) fn is_named_by(&self, word: &str) -> bool {
        let rest = self.path.strip_prefix(word);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
    }
}
