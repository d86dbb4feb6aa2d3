//! Who gives a decision where the chair stands aside for its case, and who between meetings.

use super::{Case, Desk, Made};
use crate::council::Council;
use crate::records::{Day, Decision, Named, Referral, Text, same_name};

impl Council {
    /// Whether a post decides anything between meetings, of whatever outcome where none is named.
    pub(crate) fn decides_between(&self, role: Option<&Text>, outcome: Option<&str>) -> bool {
        self.deciders.iter().any(|decider| {
            decider.outside_panel
                && outcome.is_none_or(|outcome| decider.outcomes.iter().any(|id| id == outcome))
                && self.serves_any(role, &decider.any_of)
        })
    }
}

impl Decision {
    /// The day on which it was made, where that was before its meeting, by a post that decides
    /// between meetings by these rules. Whether that post may decide this case is a rule's to say.
    pub(crate) fn made_between(&self, meeting_on: Day, rules: &Council) -> Option<Day> {
        let role = self.decided_by.as_ref().and_then(|by| by.role.as_ref());
        let on = self.decided_on.filter(|on| *on < meeting_on)?;
        rules
            .decides_between(role, self.outcome.as_deref())
            .then_some(on)
    }
}

impl<'a> Desk<'a> {
    /// Whether a post decided a case between meetings, or beside the chair, as the rules let it.
    pub(crate) fn is_decided_outside(&self, case: &Case<'a>, made: &Made<'a>) -> bool {
        let council = made.rules;
        let by = made.decision().decided_by.as_ref();
        let role = by.and_then(|by| by.role.as_ref());
        council.deciders.iter().any(|decider| {
            decider.outside_panel
                && decider.outcomes.iter().any(|id| id == made.outcome())
                && council.serves_any(role, &decider.any_of)
                && self.holds_for(decider.when.as_ref(), case, made)
        })
    }

    /// Whether another than the chair of the meeting gave a decision because the chair stood aside for
    /// its case: has declared an involvement in it, or may not decide on it. Only a post that chairs
    /// takes over.
    pub(crate) fn is_taken_over(&self, case: &Case<'_>, made: &Made<'_>) -> bool {
        let meeting = self
            .meeting_in(made.meeting)
            .and_then(|own| own.folder?.meeting.as_ref());
        let Some(record) = meeting.map(|file| &file.record) else {
            return false;
        };
        let by = made.decision().decided_by.as_ref();
        let chair = record
            .chair
            .as_ref()
            .and_then(|chair| chair.name.as_deref());
        let (Some(by), Some(chair)) = (by, chair) else {
            return false;
        };
        let rules = made.rules;
        let role = by.role.as_deref();
        let may_chair = role.is_some_and(|role| {
            let mut chairs = rules.chairs.iter();
            chairs.any(|own| rules.words.role_serves(role, &own.role))
        });
        let is_another = by
            .name
            .as_deref()
            .is_some_and(|name| !same_name(name, chair));
        if !may_chair || !is_another {
            return false;
        }
        let has_declared = record.declarations.iter().flatten().any(|entry| {
            let member = entry.member.as_deref();
            entry.referral.as_deref() == Some(case.reference())
                && member.is_some_and(|member| same_name(member, chair))
        });
        let is_barred = rules.chair_independence.is_some();
        has_declared || (is_barred && involvement(case.referral(), chair).is_some())
    }
}

/// What somebody is to a case, by the names on its request.
pub(crate) fn involvement(referral: &Referral, name: &str) -> Option<&'static str> {
    let named = |person: &'_ Option<Named>| -> Option<Text> { person.as_ref()?.name.clone() };
    let parts = [
        (referral.worker.name.clone(), "its worker"),
        (named(&referral.team_manager), "its team manager"),
        (named(&referral.service_manager), "its service manager"),
        (
            named(&referral.iro),
            "the child's independent reviewing officer",
        ),
    ];
    let is_it = |person: Option<Text>| person.is_some_and(|person| same_name(&person, name));
    let mut parts = parts.into_iter();
    parts.find_map(|(person, part)| is_it(person).then_some(part))
}
