//! When the records last changed what a calendar shows: of two entries with one id a calendar
//! program keeps the newer.

use super::{Case, Desk, PanelMeeting};
use crate::records::{After, Day, Moment};
use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

impl<'a> Desk<'a> {
    /// When a meeting was last moved or called off, as its own file says; none where it stands as
    /// the calendar has it.
    pub(crate) fn meeting_changed_at(&self, meeting: &PanelMeeting<'a>) -> Option<NaiveDateTime> {
        let record = &meeting.folder?.meeting.as_ref()?.record;
        let moved = record.moved.as_ref().map(|moved| [moved.told, None]);
        let cancelled = record
            .cancelled
            .as_ref()
            .map(|cancelled| [cancelled.told, cancelled.agreed]);
        let told = |moments: [Option<Moment>; 2]| {
            let latest = moments.into_iter().flatten().map(Moment::latest).max();
            latest.unwrap_or_else(undated)
        };
        moved.into_iter().chain(cancelled).map(told).max()
    }

    /// When a duty for a meeting last changed: with the meeting, with the one after it, which may
    /// be the last moment for it, or when a duty was met that it can count from.
    pub(crate) fn duty_changed_at(
        &self,
        meeting: &PanelMeeting<'a>,
        case: Option<&Case<'a>>,
    ) -> Option<NaiveDateTime> {
        let record = meeting.folder.and_then(|folder| folder.meeting.as_ref());
        let marks = record
            .into_iter()
            .flat_map(|file| file.record.done.values())
            .filter_map(|moment| self.known(*moment));
        let followed = case
            .into_iter()
            .flat_map(|case| &case.decisions)
            .filter(|made| made.meeting == meeting.id)
            .flat_map(|made| {
                let after = made.after.into_iter();
                let followed = after.flat_map(|after| of_after(&after.record));
                // What had been done for the earlier decision is due anew.
                followed.chain(made.amended_on().map(Moment::on))
            })
            .filter_map(|moment| self.known(moment));
        let meetings = [Some(meeting), self.next_after(meeting)];
        meetings
            .into_iter()
            .flatten()
            .filter_map(|meeting| self.meeting_changed_at(meeting))
            .chain(marks)
            .chain(followed)
            .max()
    }

    /// When a case last changed: sent, sent again, decided, amended, or put to another day with its
    /// meeting.
    pub(crate) fn case_changed_at(&self, case: &Case<'a>) -> Option<NaiveDateTime> {
        let referral = case.referral();
        let sent = [referral.submitted, referral.resubmitted];
        let sent = sent.into_iter().flatten();
        let decided = case.decisions.iter().map(|made| {
            let decision = made.decision();
            let on = made.amended_on().or(decision.decided_on).unwrap_or(made.on);
            // Several on one day: each counts as a minute.
            let amended = TimeDelta::minutes(i64::from(made.file.number));
            beginning_of(on) + amended
        });
        let meeting = self
            .meeting_for(case)
            .and_then(|meeting| self.meeting_changed_at(meeting));
        sent.filter_map(|moment| self.known(moment))
            .chain(decided)
            .chain(meeting)
            .max()
    }
}

/// What became true after a decision, as far as it has its day.
fn of_after(after: &After) -> impl Iterator<Item = Moment> {
    let told = after.told_family.map(Moment::on);
    let disagreed = after.disagreement.iter().filter_map(|said| said.on);
    let done = after.done.values().copied();
    let days = told.into_iter().chain(disagreed.map(Moment::on));
    days.chain(after.uploaded).chain(done)
}

fn beginning_of(day: Day) -> NaiveDateTime {
    day.date().and_time(NaiveTime::MIN)
}

/// The moment of a change whose own is not on record: later than none, earlier than any other.
fn undated() -> NaiveDateTime {
    NaiveDate::from_ymd_opt(2000, 1, 1)
        .and_then(|day| day.and_hms_opt(0, 1, 0))
        .unwrap_or_default()
}
