//! What the diary expects of cases by themselves: emergencies to ratify, new placements to come,
//! papers that follow, birthdays, approvals that end.

use super::diary::{DiaryEntry, DiaryKind};
use super::endings::Ends;
use super::{Case, Desk, Made, Standing};
use crate::calendar;
use crate::council::{Council, Milestone};
use crate::records::Day;

impl<'a> Desk<'a> {
    /// Adds what is expected of one case.
    pub(super) fn add_expected(&self, case: &Case<'a>, entries: &mut Vec<DiaryEntry<'a>>) {
        self.add_ratification(case, entries);
        self.add_new_placement(case, entries);
        let rules: &'a Council = case.rules;
        for milestone in &rules.milestones {
            self.add_milestone(milestone, case, entries);
        }
        self.add_ends(case, entries);
    }

    /// Approvals for where a child lives that come to their end, until a request that goes on has
    /// been sent or it is on record that they have ended.
    fn add_ends(&self, case: &Case<'a>, entries: &mut Vec<DiaryEntry<'a>>) {
        for ending in self.endings_of(case) {
            if !ending.stays || ending.paper.is_some() {
                continue;
            }
            let has_gone_by = ending.last_day < self.today();
            let word = if has_gone_by { "has ended" } else { "ends" };
            let answer = format!("request to go on, or word that it {word}");
            let what = match ending.what {
                Ends::Weeks => format!("{}: a {answer}", ending.what.in_words(has_gone_by)),
                _ => format!("A {answer}"),
            };
            let due = self
                .meeting_of_ending(case, &ending)
                .map(|due| self.where_it_stands(due, case.panel));
            let id = format!("ending-{}", ending.made.meeting);
            let kind = DiaryKind::Ending;
            entries.push(DiaryEntry::of(case, kind, ending.last_day, what, &id).at(due));
        }
    }

    /// Whether a draft tells of something that has not begun yet at the desk's moment: as it stands
    /// then, nobody knows of it. What was sent is known whatever it says.
    pub(super) fn is_not_known_yet(&self, case: &Case<'a>) -> bool {
        let referral = case.referral();
        if case.standing != Standing::Draft {
            return false;
        }
        match self.emergency_since(case) {
            Some(began_on) => began_on > self.today(),
            // A form that was sent later, and says no day of its own, was not there.
            None => referral.submitted.is_some(),
        }
    }

    /// An emergency that no panel has decided on or talked through yet, a draft of one included: it
    /// was carried out.
    fn add_ratification(&self, case: &Case<'a>, entries: &mut Vec<DiaryEntry<'a>>) {
        let is_settled = matches!(case.standing, Standing::Withdrawn) || case.has_been_heard();
        let is_unread = case.standing == Standing::Decided;
        if is_settled || is_unread || !self.is_to_be_ratified(case) || self.is_not_known_yet(case) {
            return;
        }
        let Some(rule) = case.rules.emergency.as_ref() else {
            return;
        };
        let found = self.ratification(case);
        let meeting = found.as_ref().map(|found| found.meeting);
        // Without a day of its own, or a meeting to come, it is owed where the request goes.
        let meeting = meeting.or_else(|| self.meeting_for(case));
        let sent_on = Day::of(self.sent_or_now(case).date());
        let since = self.emergency_since(case).unwrap_or(sent_on);
        let due_on = meeting.map_or(since, |meeting| meeting.on);
        let promised = case
            .last()
            .filter(|_| case.standing == Standing::Pending)
            .map(|made| made.decision().decide_by);
        let (due_on, state) = match (case.standing, promised) {
            (Standing::Draft, _) => (due_on, "; the request has not been sent"),
            (_, Some(by)) => (
                by.map_or(due_on, |by| by.max(due_on)),
                "; it was heard, and the decision is to follow",
            ),
            _ => (due_on, ""),
        };
        let if_missed = match &rule.if_missed {
            Some(or_else) => format!(", else {or_else}"),
            None => String::new(),
        };
        let what = format!("Emergency to be ratified at the next panel{if_missed}{state}");
        entries.push(
            DiaryEntry::of(case, DiaryKind::Ratification, due_on, what, "ratification")
                .at(meeting)
                .asked_by(&rule.basis),
        );
    }

    fn add_new_placement(&self, case: &Case<'a>, entries: &mut Vec<DiaryEntry<'a>>) {
        let Some(rule) = &case.rules.new_placement else {
            return;
        };
        if !self.holds(rule.when.as_ref(), case) {
            return;
        }
        let referral = case.referral();
        if self.is_not_known_yet(case) {
            return;
        }
        let begun = referral.placed_on.filter(|_| {
            case.is_open() && !case.has_been_heard() && referral.request.review_of.is_none()
        });
        let (placed_on, id, approved_on) = match begun {
            Some(placed_on) => (placed_on, "new-placement".to_owned(), None),
            None => match self.placed_after(case) {
                Some((made, placed_on)) => {
                    let id = format!("new-placement-{}", made.meeting);
                    (placed_on, id, Some(made.on))
                }
                None => return,
            },
        };
        let draft = match case.standing {
            Standing::Draft => "; the request has not been sent",
            _ => "",
        };
        let due_on = calendar::add(placed_on, rule.within);
        // What was approved before it began comes to the meeting that brings it forward.
        let meeting = match approved_on {
            None => self.meeting_for(case),
            Some(approved_on) => self
                .meeting_before(due_on, approved_on.max(placed_on), case.panel)
                .map(|due| self.where_it_stands(due, case.panel)),
        };
        let what = format!(
            "New placement of {} to come to panel{draft}",
            placed_on.in_words()
        );
        entries.push(
            DiaryEntry::of(case, DiaryKind::NewPlacement, due_on, what, &id)
                .at(meeting)
                .asked_by(&rule.basis),
        );
    }

    /// The approval after which a placement began that the panel has not seen since; none where
    /// the return that the decision set comes first.
    pub(super) fn placed_after(&self, case: &Case<'a>) -> Option<(Made<'a>, Day)> {
        let rule = case.rules.new_placement.as_ref()?;
        let (made, after) = case
            .decisions
            .iter()
            .rev()
            .filter(|made| made.is_approval())
            .find_map(|made| Some((*made, made.after?)))?;
        let placed_on = after.record.placed.as_ref()?.on?;
        let has_ended = after
            .record
            .ended
            .as_ref()
            .and_then(|ended| ended.on)
            .is_some_and(|on| on <= self.today());
        let seen_since = |other: &Case<'a>| {
            other
                .decisions
                .iter()
                .any(|later| later.on > placed_on && later.outcome() != "defer")
        };
        let has_come = seen_since(case) || self.brought_back_by(case.reference()).any(seen_since);
        let due_on = calendar::add(placed_on, rule.within);
        let returns_on = made.decision().review.as_ref().and_then(|review| {
            let after_every = review.every.map(|every| calendar::add(made.on, every));
            review.on.or(after_every)
        });
        let returns_anyway = returns_on.is_some_and(|on| on <= due_on);
        (placed_on <= self.today() && !has_ended && !has_come && !returns_anyway)
            .then_some((made, placed_on))
    }

    fn add_milestone(
        &self,
        milestone: &'a Milestone,
        case: &Case<'a>,
        entries: &mut Vec<DiaryEntry<'a>>,
    ) {
        let Some((due_on, is_undecided)) = self.milestone_due(milestone, case) else {
            return;
        };
        let draft = match case.standing {
            Standing::Draft => "; the request has not been sent",
            _ => "",
        };
        let what = match milestone.since_age {
            None => format!("{}: the panel decides before it{draft}", milestone.label),
            Some(_) => format!("{}: the panel is to have decided by then", milestone.label),
        };
        let meeting = match is_undecided {
            true => self.meeting_for(case),
            false => self.meeting_of_milestone(case, due_on),
        };
        let id = format!("milestone-{}", milestone.id);
        entries.push(
            DiaryEntry::of(case, DiaryKind::Milestone, due_on, what, &id)
                .at(meeting)
                .asked_by(&milestone.basis),
        );
    }

    /// The birthday by which the panel still owes a decision on a case, once it is in sight, and
    /// whether the case is undecided.
    pub(super) fn milestone_due(
        &self,
        milestone: &'a Milestone,
        case: &Case<'a>,
    ) -> Option<(Day, bool)> {
        let born = case.referral().child.date_of_birth?;
        let due_on = calendar::birthday(born, milestone.age);
        let is_in_sight = milestone
            .diary_from
            .is_none_or(|before| self.today() >= calendar::subtract(due_on, before));
        if !is_in_sight || !self.holds(milestone.when.as_ref(), case) {
            return None;
        }
        let is_undecided = !matches!(
            case.standing,
            Standing::Withdrawn | Standing::Decided | Standing::InPrinciple
        );
        let is_owed = match Self::days_of(milestone, born) {
            None => is_undecided,
            Some((since, _)) => {
                self.speaks_for_the_child(case) && !self.has_met(milestone, since, case)
            }
        };
        is_owed.then_some((due_on, is_undecided))
    }

    /// Whether a case is the one that stands for its child in the diary: the latest that was sent,
    /// was not taken back and whose placement has not ended.
    fn speaks_for_the_child(&self, case: &Case<'a>) -> bool {
        let is_live = |case: &Case<'a>| {
            !matches!(case.standing, Standing::Draft | Standing::Withdrawn)
                && !self.has_placement_ended(case)
        };
        let latest = self
            .about_one_child(case)
            .filter(|other| is_live(other))
            .max_by_key(|other| (other.sent_at(), other.reference().to_owned()));
        latest.is_some_and(|latest| latest.reference() == case.reference())
    }

    /// Whether what ended was a placement: where extra staff or a taxi comes to its end, the child
    /// is still looked after.
    fn has_placement_ended(&self, case: &Case<'a>) -> bool {
        let Some(made) = case.last() else {
            return false;
        };
        let approved = &made.decision().approved;
        let is_of_a_placement = approved.is_empty()
            || approved
                .iter()
                .any(|line| line.item.as_deref() == Some("placement"));
        let ended = made.after.and_then(|after| after.record.ended.as_ref()?.on);
        is_of_a_placement && ended.is_some_and(|on| on <= self.today())
    }
}
