//! What is recorded for one decision alone: an amendment has to be told, signed and filed anew.
//!
//! What followed a decision stands in one file for all decisions on a referral at a meeting. What
//! had been recorded when one was amended is under `before_amendment`, by the decision's file.

use super::Made;
use crate::findings::Basis;
use crate::records::{BeforeAmendment, Day, Decision, Endorsement, ExpenditureSigned, Moment};

impl<'a> Made<'a> {
    /// What was recorded for it before it was amended, where it has been.
    fn before_amendment(&self) -> impl Iterator<Item = &'a BeforeAmendment> {
        let own = self.file.file.stem();
        let all = self
            .after
            .map_or(&[][..], |after| &after.record.before_amendment);
        all.iter()
            .filter(move |row| row.decision.as_deref().map(stem) == Some(own))
    }

    /// The day on which the family was told of it.
    pub(crate) fn told_family(&self) -> Option<Day> {
        let moved = self.before_amendment().find_map(|row| row.told_family);
        moved.or(self.after?.record.told_family)
    }

    /// When it was put on the child's record.
    pub(crate) fn uploaded(&self) -> Option<Moment> {
        let moved = self.before_amendment().find_map(|row| row.uploaded);
        moved.or(self.after?.record.uploaded)
    }

    /// When another duty of the office was done for it, by the id of the deadline.
    pub(crate) fn done(&self, duty: &str) -> Option<Moment> {
        let mut moved = self.before_amendment();
        let moved = moved.find_map(|row| row.done.get(duty));
        moved.or_else(|| self.after?.record.done.get(duty)).copied()
    }

    /// The signature for it under the running log of expenditure.
    pub(crate) fn log_signed(&self) -> Option<&'a ExpenditureSigned> {
        let moved = self
            .before_amendment()
            .find_map(|row| row.log_signed.as_ref());
        moved.or(self.after?.record.log_signed.as_ref())
    }

    /// Its endorsements.
    pub(crate) fn endorsed(&self) -> impl Iterator<Item = &'a Endorsement> {
        let own = self.after.map_or(&[][..], |after| &after.record.endorsed);
        self.before_amendment()
            .flat_map(|row| &row.endorsed)
            .chain(own)
    }

    /// Roles whose endorsement is still awaited.
    pub(crate) fn awaits(&self, today: Day) -> Vec<&'a str> {
        self.decision()
            .subject_to
            .iter()
            .filter_map(|wanted| wanted.role.as_deref())
            .filter(|role| {
                !self.endorsed().any(|given| {
                    given.role.as_deref() == Some(role) && given.on.is_none_or(|on| on <= today)
                })
            })
            .collect()
    }

    /// What has a post endorse it: an endorsement that is asked for, or that somebody else's decision
    /// stands in principle until that post has endorsed it.
    pub(crate) fn endorsement_basis(&self, role: &str) -> Option<&'a Basis> {
        let rules = self.rules;
        let mut asked = rules.endorsements.iter();
        let asked = asked
            .find(|asked| asked.role == role)
            .map(|asked| &asked.basis);
        let mut deciders = rules.deciders.iter().filter(|entry| entry.or_endorses);
        asked.or_else(|| {
            let own = deciders.find(|entry| rules.serves_any(Some(&role.into()), &entry.any_of));
            own.map(|entry| &entry.basis)
        })
    }

    /// The day on which it took the place of another, where it amends one and says when.
    pub(crate) fn amended_on(&self) -> Option<Day> {
        self.decision().amends.as_ref()?.on
    }

    /// The day of the panel's answer: of its meeting, or its own where it was promised there and made
    /// later. An amendment is no new answer.
    pub(crate) fn answered_on(&self) -> Day {
        self.decision().decided_on.unwrap_or(self.on)
    }

    /// The day on which it was made: its own where it was decided or amended after the meeting.
    pub(crate) fn made_on(&self) -> Day {
        let decided_on = self.decision().decided_on;
        self.amended_on().or(decided_on).unwrap_or(self.on)
    }

    /// The day from which a duty that had been done counts anew: the one on which the decision took
    /// the place of another, for which it had been.
    pub(crate) fn asks_anew(&self, is_it: impl Fn(&BeforeAmendment) -> bool) -> Option<Day> {
        self.replaces?;
        let all = &self.after?.record.before_amendment;
        all.iter().any(is_it).then(|| self.made_on())
    }
}

/// The name of a file without its ending.
fn stem(name: &str) -> &str {
    let name = name.trim();
    name.strip_suffix(".yaml").unwrap_or(name)
}

/// Whether what an endorsement is given for has changed.
pub(crate) fn is_of_other_terms(before: &Decision, now: &Decision) -> bool {
    is_of_other_money(before, now)
        || before.alternative != now.alternative
        || before.subject_to != now.subject_to
}

/// Whether what is signed for has changed.
pub(crate) fn is_of_other_money(before: &Decision, now: &Decision) -> bool {
    before.outcome != now.outcome
        || before.approved != now.approved
        || before.until != now.until
        || before.funding != now.funding
}
