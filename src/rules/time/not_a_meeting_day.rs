//! Days that are named as the panel's and are not.
use super::super::prelude::*;

pub(super) const RULE: Rule = Rule {
    id: "not-a-meeting-day",
    summary: "the panel does not meet on that day",
    severity: Severity::Error,
    asked_by: &["meetings", "meetings-bank-holiday"],
    text: include_str!("not_a_meeting_day.md"),
    check: Check::Desk(check),
};

fn check(desk: &Desk<'_>, found: &mut Findings) {
    for case in desk.judged() {
        if let Some(day) = case.referral().panel
            && !desk
                .meeting_of(day)
                .is_some_and(|meeting| meeting.is_expected)
        {
            tell(desk, found, Desk::place(case.file, "panel"), day).about(case.reference());
        }
    }
    for meeting in &desk.folder.meetings {
        if let (Some(file), Some(day)) = (&meeting.meeting, meeting.day)
            && desk
                .meeting_of(day)
                .is_some_and(|meeting| !meeting.is_expected)
        {
            let pending = tell(desk, found, Desk::place(file, "date"), day);
            pending
                .help("if the chair called an extra meeting, say `extra: true`")
                .of_meeting(&meeting.id);
        }
        for decision in &meeting.decisions {
            let to = decision
                .file
                .record
                .deferred
                .as_ref()
                .and_then(|deferred| deferred.to);
            if let Some(day) = to
                && !desk
                    .meeting_of(day)
                    .is_some_and(|meeting| meeting.is_expected)
            {
                tell(desk, found, Desk::place(&decision.file, "deferred.to"), day)
                    .about(&decision.file.record.referral);
            } else if let (Some(day), Some(decided)) = (to, meeting.day)
                && day <= decided
            {
                let place = Desk::place(&decision.file, "deferred.to");
                found
                    .at(place, format!("the case is deferred to {}, which is not after the meeting that deferred it", day.with_weekday()))
                    .because(&desk.council.meetings.basis)
                    .help("name a later meeting; until then it stands on the next agenda")
                    .about(&decision.file.record.referral);
            }
        }
    }
}

fn tell<'f>(
    desk: &Desk<'_>,
    found: &'f mut Findings,
    place: crate::findings::Place,
    day: Day,
) -> crate::findings::Pending<'f> {
    let near = desk.first_from(day).map_or_else(
        || "no later meeting is known".to_owned(),
        |next| {
            format!(
                "the next meeting from then on is {} ({})",
                next.on.with_weekday(),
                next.id
            )
        },
    );
    found
        .at(
            place,
            format!(
                "the panel does not meet on {}; it meets {}",
                day.with_weekday(),
                desk.council.meetings.in_words
            ),
        )
        .because(&desk.council.meetings.basis)
        .help(near)
}
