//! What decisions leave to be done: actions, what deferrals wait for, promised decisions,
//! endorsements, time limits; and a case that has no meeting to go to.

use super::diary::{DiaryEntry, DiaryKind};
use super::{Case, Desk, Made, Standing};
use crate::records::Day;

impl<'a> Desk<'a> {
    /// Adds what one case owes by its decisions and by the law.
    pub(super) fn add_owed(&self, case: &Case<'a>, entries: &mut Vec<DiaryEntry<'a>>) {
        self.add_no_meeting(case, entries);
        for made in &case.decisions {
            self.add_actions(case, made, entries);
        }
        match (case.standing, case.last()) {
            (Standing::Deferred, Some(made)) => self.add_deferral(case, made, entries),
            (Standing::Pending, Some(made)) => {
                let by = self.promised_by(case, made);
                let owner = made.decision().decided_by.as_ref();
                let id = format!("decision-{}", made.meeting);
                let what = "The decision that was promised";
                entries.push(
                    DiaryEntry::of(case, DiaryKind::Decision, by, what, &id)
                        .by(owner.and_then(|by| by.name.as_deref())),
                );
            }
            _ => {}
        }
        self.add_endorsements(case, entries);
        for running in self.timers(case) {
            let timer = running.timer;
            let id = format!("timer-{}", timer.id);
            let (kind, label) = (DiaryKind::Timer, timer.label.as_str());
            entries.push(
                DiaryEntry::of(case, kind, running.due_on, label, &id).asked_by(&timer.basis),
            );
        }
    }

    /// A case that waits where the calendar has come to its end. It is late from the day on which
    /// no meeting was left for it.
    fn add_no_meeting(&self, case: &Case<'a>, entries: &mut Vec<DiaryEntry<'a>>) {
        if !case.has_no_meeting() {
            return;
        }
        let sent_on = Day::of(self.sent_or_now(case).date());
        let deferred_on = case.last().map(|made| made.on);
        let passed = self.last_until(self.today(), case.panel);
        let passed = passed
            .filter(|meeting| meeting.has_passed(self.today()))
            .map(|meeting| meeting.on);
        let since = [deferred_on, passed].into_iter().flatten().max();
        let since = since.map_or(sent_on, |on| on.max(sent_on));
        let what = format!(
            "No further meeting of the {} is known, so it is on no agenda",
            self.book.panel_in_full(case.panel)
        );
        entries.push(
            DiaryEntry::of(case, DiaryKind::NoMeeting, since, what, "no-meeting")
                .by(None)
                .asked_by(&case.rules.meetings.basis),
        );
    }

    fn add_actions(&self, case: &Case<'a>, made: &Made<'a>, entries: &mut Vec<DiaryEntry<'a>>) {
        let basis = made.rules.actions.clone().unwrap_or_default();
        for (number, action) in (1i64..).zip(&made.decision().actions) {
            if made.is_done(number, self.today()) {
                continue;
            }
            // What has no day of its own is owed by the next meeting, and never out of sight.
            let due = action.due;
            let due = due.unwrap_or_else(|| self.day_after(made.on, case.panel));
            let what = action.what.clone();
            let what = what.unwrap_or_else(|| format!("Action {number}").into());
            let id = format!("action-{}-{number}", made.meeting);
            entries.push(
                DiaryEntry::of(case, DiaryKind::Action, due, what, &id)
                    .by(action.owner.as_deref())
                    .asked_by(&basis),
            );
        }
    }

    fn add_deferral(&self, case: &Case<'a>, made: &Made<'a>, entries: &mut Vec<DiaryEntry<'a>>) {
        let basis = case
            .rules
            .outcome("defer")
            .map(|outcome| outcome.basis.clone())
            .unwrap_or_default();
        let needs = made.decision().deferred.as_ref();
        let needs = needs.map_or(&[][..], |deferred| &deferred.needs);
        let meeting = self.meeting_for(case);
        let heard_on = meeting.map(|meeting| meeting.on);
        let heard_on = heard_on.unwrap_or_else(|| self.day_after(made.on, case.panel));
        let mut add = |due_on, kind, what: &str, owner, number: usize| {
            let id = format!("paper-{}-{number}", made.meeting);
            entries.push(
                DiaryEntry::of(case, kind, due_on, what, &id)
                    .by(owner)
                    .at(meeting)
                    .asked_by(&basis),
            );
        };
        let worker = case.referral().worker.name.as_deref();
        if case.has_come_back() {
            let back = "Back to panel after its deferral";
            add(heard_on, DiaryKind::Review, back, worker, 0);
        } else if needs.is_empty() {
            let again = "The request again, after its deferral";
            add(heard_on, DiaryKind::Paper, again, worker, 0);
        }
        for (number, need) in (1..).zip(case.still_needed()) {
            let what = need.what.as_deref();
            let what = what.unwrap_or("What the deferral asked for");
            let by = need.by.unwrap_or(heard_on);
            add(by, DiaryKind::Paper, what, need.from.as_deref(), number);
        }
    }

    /// The day by which a decision that was promised is due: its own, else that of the next meeting.
    pub(crate) fn promised_by(&self, case: &Case<'a>, made: &Made<'a>) -> Day {
        let by = made.decision().decide_by;
        by.unwrap_or_else(|| self.day_after(made.on, case.panel))
    }

    /// The last answer with the posts whose endorsement it waits for, and the day by which.
    pub(crate) fn endorsements_due<'d>(
        &self,
        case: &'d Case<'a>,
    ) -> Option<(&'d Made<'a>, Day, Vec<&'a str>)> {
        let made = case.settled_by()?;
        let mut roles = made.awaits(self.today());
        roles.sort_unstable();
        roles.dedup();
        let due_on = self.day_after(made.made_on(), case.panel);
        let is_waited_for = case.standing != Standing::Withdrawn && !roles.is_empty();
        is_waited_for.then_some((made, due_on, roles))
    }

    /// Endorsements that the last answer waits for, be it yes or no, whatever was said of the case since.
    ///
    /// No council's file gives them a day, so they are owed by the next meeting, as actions
    /// without one are.
    fn add_endorsements(&self, case: &Case<'a>, entries: &mut Vec<DiaryEntry<'a>>) {
        let Some((made, due_on, roles)) = self.endorsements_due(case) else {
            return;
        };
        for role in roles {
            let label = made.rules.role_label(role);
            let id = format!("endorsement-{role}");
            let what = format!("Endorsement by {label}");
            let basis = made.endorsement_basis(role).cloned().unwrap_or_default();
            entries.push(
                DiaryEntry::of(case, DiaryKind::Endorsement, due_on, what, &id)
                    .by(Some(label))
                    .asked_by(&basis),
            );
        }
    }
}
