//! Meetings called off or moved, of which the members were told too late.
use super::super::prelude::*;
use super::{once_over, recorded};
use crate::records::Moment;
use chrono::TimeDelta;

pub(super) const RULE: Rule = Rule {
    id: "short-notice-change",
    summary: "the members were told too late that the meeting changes",
    severity: Severity::Error,
    asked_by: &["change-notice"],
    text: include_str!("short_notice_change.md"),
    check: Check::Desk(check),
};

fn check(desk: &Desk<'_>, found: &mut Findings) {
    for (meeting, file) in recorded(desk) {
        let Some(notice) = &meeting.rules.change_notice else {
            continue;
        };
        let planned = meeting
            .day
            .date()
            .and_time(meeting.rules.meetings.schedule.start);
        let mut judge = |key: &str, what: &str, told: Option<Moment>, at| {
            let latest = at - TimeDelta::hours(i64::from(notice.hours));
            let hours = format!("{} hours", notice.hours);
            let is_told = told.is_some();
            let (message, help) = match told {
                None => (
                    format!(
                        "it is not said when the members were told that the meeting of {} {what}",
                        meeting.day.with_weekday()
                    ),
                    format!(
                        "write under `{key}` the day and the hour at which they were, like `told: 2026-11-25T09:00`; the latest is {}, {hours} before it was to begin",
                        moment_in_words(latest)
                    ),
                ),
                Some(told) if told.latest() > latest => (
                    format!(
                        "the members were told on {} that the meeting {what}, less than {hours} before it was to begin",
                        told.with_weekday()
                    ),
                    format!(
                        "they were to be told by {}. If `told` names only the day, write the hour too; if the hour is right, leave it{}",
                        moment_in_words(latest),
                        match meeting.has_passed(desk.today()) {
                            true => "; it stays on the record",
                            false => ", and ask the chair whether the meeting is held after all",
                        }
                    ),
                ),
                Some(_) => return,
            };
            let pending = found
                .at(Desk::place(file, format!("{key}.told")), message)
                .because(&notice.basis)
                .help(help)
                .of_meeting(&meeting.id);
            // When they were told can still be written down; that it was too late stays as it was.
            if is_told {
                once_over(pending, meeting, desk);
            }
        };
        if let Some(cancelled) = &file.record.cancelled {
            judge("cancelled", "is called off", cancelled.told, planned);
        }
        if let Some(moved) = &file.record.moved {
            // Put earlier, it is the new hour that people must be able to keep.
            let at = planned.min(meeting.starts_at);
            judge("moved", "is moved", moved.told, at);
        }
    }
}
