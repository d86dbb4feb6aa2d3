//! What the diary expects of cases by themselves: emergencies to ratify, new placements to come,
//! papers that follow, birthdays.

use super::diary::{DiaryEntry, DiaryKind, name_of};
use super::{Case, Desk, Made, Standing};
use crate::calendar;
use crate::council::Milestone;
use crate::findings::Basis;
use crate::records::Day;

impl<'a> Desk<'a> {
    /// Adds what is expected of one case.
    pub(super) fn add_expected(&self, case: &Case<'a>, entries: &mut Vec<DiaryEntry<'a>>) {
        self.add_ratification(case, entries);
        self.add_new_placement(case, entries);
        self.add_papers_owed(case, entries);
        for milestone in &case.rules.milestones {
            self.add_milestone(milestone, case, entries);
        }
    }

    fn entry(
        case: &Case<'a>,
        kind: DiaryKind,
        (due_on, meeting): (Day, Option<Day>),
        what: String,
        basis: &Basis,
        id: &str,
    ) -> DiaryEntry<'a> {
        let file: &'a crate::folder::File<crate::records::Referral> = case.file;
        let referral = &file.record;
        DiaryEntry {
            due_on,
            due_at: due_on.end(),
            kind,
            reference: &referral.reference,
            child: name_of(referral),
            what,
            owner: referral.worker.name.as_deref(),
            meeting,
            panel: case.panel,
            basis: basis.clone(),
            id: format!("{}-{id}", referral.reference),
        }
    }

    /// An emergency that no panel has heard yet, a draft of one included: it was carried out.
    fn add_ratification(&self, case: &Case<'a>, entries: &mut Vec<DiaryEntry<'a>>) {
        if !case.is_open() || case.has_been_heard() {
            return;
        }
        let Some(ratification) = self.ratification(case) else {
            return;
        };
        let if_missed = match &ratification.rule.if_missed {
            Some(or_else) => format!(", else {or_else}"),
            None => String::new(),
        };
        let draft = match case.standing {
            Standing::Draft => "; the request has not been sent",
            _ => "",
        };
        entries.push(Self::entry(
            case,
            DiaryKind::Ratification,
            (ratification.meeting.on, Some(ratification.meeting.day)),
            format!("Emergency to be ratified at the next panel{if_missed}{draft}"),
            &ratification.rule.basis,
            "ratification",
        ));
    }

    fn add_new_placement(&self, case: &Case<'a>, entries: &mut Vec<DiaryEntry<'a>>) {
        let Some(rule) = &case.rules.new_placement else {
            return;
        };
        if !self.holds(rule.when.as_ref(), case) {
            return;
        }
        let referral = case.referral();
        let begun = referral.placed_on.filter(|_| {
            case.is_open() && !case.has_been_heard() && referral.request.review_of.is_none()
        });
        let (placed_on, id) = match begun {
            Some(placed_on) => (placed_on, "new-placement".to_owned()),
            None => match self.placed_after(case) {
                Some((made, placed_on)) => (placed_on, format!("new-placement-{}", made.meeting)),
                None => return,
            },
        };
        let meeting = self
            .meeting_for(case)
            .filter(|_| begun.is_some())
            .map(|meeting| meeting.day);
        let draft = match case.standing {
            Standing::Draft => "; the request has not been sent",
            _ => "",
        };
        entries.push(Self::entry(
            case,
            DiaryKind::NewPlacement,
            (calendar::add(placed_on, rule.within), meeting),
            format!(
                "New placement of {} to come to panel{draft}",
                placed_on.in_words()
            ),
            &rule.basis,
            &id,
        ));
    }

    /// The approval after which a placement began that the panel has not seen since; none where
    /// the return that the decision set comes first.
    fn placed_after(&self, case: &Case<'a>) -> Option<(Made<'a>, Day)> {
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

    fn add_papers_owed(&self, case: &Case<'a>, entries: &mut Vec<DiaryEntry<'a>>) {
        let Some(rule) = &case.rules.emergency else {
            return;
        };
        let next = self.papers_owed_at(case);
        let heard_on = self.meeting_for(case).map(|meeting| meeting.on);
        for asked in self.papers_owed(case) {
            let Some(due_on) = next.map(|next| next.on).or(heard_on) else {
                continue;
            };
            entries.push(Self::entry(
                case,
                DiaryKind::Paper,
                (due_on, next.map(|next| next.day)),
                format!("{}, after the emergency", asked.label),
                &rule.papers_basis,
                &format!("paper-{}", asked.id),
            ));
        }
    }

    fn add_milestone(
        &self,
        milestone: &Milestone,
        case: &Case<'a>,
        entries: &mut Vec<DiaryEntry<'a>>,
    ) {
        let Some(born) = case.referral().child.date_of_birth else {
            return;
        };
        let due_on = calendar::birthday(born, milestone.age);
        let is_in_sight = milestone
            .diary_from
            .is_none_or(|before| self.today() >= calendar::subtract(due_on, before));
        if !is_in_sight || !self.holds(milestone.when.as_ref(), case) {
            return;
        }
        let is_undecided = matches!(
            case.standing,
            Standing::Waiting | Standing::Deferred | Standing::Pending
        );
        let what = match Self::days_of(milestone, born) {
            None if is_undecided => format!("{}: the panel decides before it", milestone.label),
            Some((since, _)) if self.speaks_for_the_child(case) => {
                if self.has_met(milestone, since, case) {
                    return;
                }
                format!("{}: the panel has decided by then", milestone.label)
            }
            _ => return,
        };
        let meeting = self
            .meeting_for(case)
            .filter(|_| is_undecided)
            .map(|meeting| meeting.day);
        entries.push(Self::entry(
            case,
            DiaryKind::Milestone,
            (due_on, meeting),
            what,
            &milestone.basis,
            &format!("milestone-{}", milestone.id),
        ));
    }

    /// Whether a case is the one that stands for its child in the diary: the latest that was sent
    /// and neither taken back nor ended.
    fn speaks_for_the_child(&self, case: &Case<'a>) -> bool {
        let is_live = |case: &Case<'a>| {
            let has_ended = case
                .last()
                .and_then(|made| made.after)
                .is_some_and(|after| {
                    let ended = after.record.ended.as_ref().and_then(|ended| ended.on);
                    ended.is_some_and(|on| on <= self.today())
                });
            !matches!(case.standing, Standing::Draft | Standing::Withdrawn) && !has_ended
        };
        let latest = self
            .about_same_child(case)
            .filter(|other| is_live(other))
            .max_by_key(|other| (other.sent_at(), other.reference().to_owned()));
        latest.is_some_and(|latest| latest.reference() == case.reference())
    }
}
