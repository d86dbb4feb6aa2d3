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
    let is_expected = |day, panel| {
        desk.meeting_on(day, panel)
            .is_some_and(|meeting| meeting.is_expected)
    };
    for case in desk.judged() {
        if let Some(day) = case.referral().panel
            && !is_expected(day, case.panel)
        {
            let place = Desk::place(case.file, "panel");
            tell(desk, found, place, (day, case.panel), case.rules).about(case.reference());
        }
        // Whatever day it asks for: where the calendar has come to its end it is on no agenda.
        if desk.meeting_for(case).is_none() {
            // A moment that cannot be read is told at its place, and this is not the same fault.
            let path = match case.file.has_fault_at("submitted") {
                true => "reference",
                false => "submitted",
            };
            let more = "add the next days to `[meetings]` of the rule file, or have the chair call an extra meeting";
            // What asks for a day that was cancelled is not put on an earlier agenda unasked: its
            // papers may be meant for later.
            let open = desk.makes(case).filter(|meeting| {
                case.standing == Standing::Waiting && !meeting.has_passed(desk.today())
            });
            let help = match open {
                Some(meeting) => format!(
                    "write `panel: {}`, the next meeting that it makes; or {more}",
                    meeting.day
                ),
                None => more.to_owned(),
            };
            found
                .at(
                    Desk::place(case.file, path),
                    format!(
                        "no further meeting of the {} is known, so this is on nobody's agenda",
                        case.rules.panel_name()
                    ),
                )
                .because(&case.rules.meetings.basis)
                .help(help)
                .about(case.reference());
        }
    }
    for meeting in &desk.folder.meetings {
        let own = desk
            .meeting_in(&meeting.id)
            .filter(|known| known.folder.is_some());
        if let (Some(file), Some(day), Some(own)) = (&meeting.meeting, meeting.day, own)
            && !own.is_expected
        {
            let place = Desk::place(file, "date");
            let pending = tell(desk, found, place, (day, own.panel), own.rules);
            pending
                .help("if the chair called an extra meeting, say `extra: true`")
                .of_meeting(&meeting.id);
        }
        for decision in &meeting.decisions {
            let record = &decision.file.record;
            let to = record.deferred.as_ref().and_then(|deferred| deferred.to);
            let case = desk.case(&record.referral);
            let panel = match case {
                Some(case) => case.panel,
                None => own.and_then(|own| own.panel),
            };
            let rules = own.map_or(desk.council, |own| own.rules);
            let rules = case.map_or(rules, |case| case.rules);
            if let Some(day) = to
                && !is_expected(day, panel)
            {
                let place = Desk::place(&decision.file, "deferred.to");
                tell(desk, found, place, (day, panel), rules).about(&record.referral);
            } else if let (Some(day), Some(decided)) = (to, meeting.day)
                && day <= decided
            {
                let place = Desk::place(&decision.file, "deferred.to");
                found
                    .at(place, format!("the case is deferred to {}, which is not after the meeting that deferred it", day.with_weekday()))
                    .because(&rules.meetings.basis)
                    .help("name a later meeting; until then it stands on the next agenda")
                    .about(&record.referral);
            }
        }
    }
}

fn tell<'f>(
    desk: &Desk<'_>,
    found: &'f mut Findings,
    place: crate::findings::Place,
    (day, panel): (Day, Option<&str>),
    rules: &crate::council::Council,
) -> crate::findings::Pending<'f> {
    let near = desk.first_of(day, panel).map_or_else(
        || "no later meeting is known".to_owned(),
        |next| {
            format!(
                "the next meeting from then on is {} ({})",
                next.on.with_weekday(),
                next.day
            )
        },
    );
    let whose = match panel {
        Some(_) => rules.panel_name(),
        None => "panel",
    };
    found
        .at(
            place,
            format!(
                "the {whose} does not meet on {}; it meets {}",
                day.with_weekday(),
                rules.meetings.in_words
            ),
        )
        .because(&rules.meetings.basis)
        .help(near)
}
