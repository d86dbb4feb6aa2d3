//! Emergencies: the panel that is to ratify one, and what one that came late still owes.

use super::{Case, Desk, PanelMeeting};
use crate::calendar;
use crate::council::{DocumentAsked, EmergencyRule, Use};
use crate::records::Day;

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
        if !rule.ratified || !case.is_emergency() || !self.holds(rule.ratified_when.as_ref(), case)
        {
            return None;
        }
        let referral = case.referral();
        let approved_on = referral
            .emergency
            .as_ref()
            .and_then(|emergency| emergency.approved_on)
            .map(|moment| moment.day());
        let since = referral.placed_on.or(approved_on)?;
        // The panel of the same day counts only where the referral names it.
        let same_day = referral
            .panel
            .and_then(|named| self.meeting_on(named, case.panel))
            .filter(|meeting| meeting.on == since && !meeting.is_cancelled);
        let meeting =
            same_day.or_else(|| self.held_by(case.panel).find(|meeting| meeting.on > since))?;
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

    /// Whether a case is an emergency whose papers follow: it was sent after the cut-off of its
    /// meeting, whether or not the council exempts it from that.
    pub(crate) fn papers_follow(&self, case: &Case<'a>) -> bool {
        let Some(rule) = &case.rules.emergency else {
            return false;
        };
        if rule.papers_follow.is_empty() || !case.is_emergency() {
            return false;
        }
        let cut_off = self.meeting_for(case).and_then(|meeting| meeting.cut_off);
        cut_off.is_some_and(|cut_off| self.sent_or_now(case) > cut_off)
    }

    /// The meeting at which such a case owes its papers: the next after its own.
    pub(crate) fn papers_owed_at(&self, case: &Case<'a>) -> Option<&PanelMeeting<'a>> {
        self.next_after(self.meeting_for(case)?)
    }

    /// Papers that an emergency was heard without, and that have not come since.
    pub(super) fn papers_owed(&self, case: &Case<'a>) -> Vec<&'a DocumentAsked> {
        if !case.has_been_heard() || !self.papers_follow(case) {
            return Vec::new();
        }
        let rules = case.rules;
        let follows = |id: &str| {
            rules
                .emergency
                .as_ref()
                .is_some_and(|rule| rule.papers_follow.iter().any(|rule| rule == id))
        };
        let heard_on = self.meeting_for(case).map(|meeting| meeting.on);
        let words = &rules.words;
        let is_of = |written: Option<&String>, asked: &DocumentAsked| {
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
                let mut received = case
                    .decisions
                    .iter()
                    .filter_map(|made| made.after)
                    .flat_map(|after| &after.record.papers);
                !received.any(|paper| {
                    is_of(paper.kind.as_ref(), asked)
                        && paper.on.is_none_or(|on| on <= self.today())
                })
            })
            .collect()
    }
}
