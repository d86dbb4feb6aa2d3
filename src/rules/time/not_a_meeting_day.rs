//! Days that are named as the panel's and are not.
use super::super::prelude::*;
use super::super::ways::amended;
use crate::desk::PanelMeeting;

mod moved;

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
            let help = match desk.first_of(day, case.panel) {
                Some(next) => format!(
                    "write `panel: {}` for {}, the next meeting from then on, or take the line out: it then goes to the first meeting that it makes; `panel calendar` lists the days",
                    next.day,
                    next.on.with_weekday()
                ),
                None => "no later meeting is known: take the line out, and it goes to the first meeting that it makes".to_owned(),
            };
            tell(found, place, (day, case.panel), case.rules)
                .help(help)
                .about(case.reference());
        }
        // Whatever day it asks for: where the calendar has come to its end it is on no agenda.
        if desk.meeting_for(case).is_none() {
            // A moment that cannot be read is told at its place, and this is not the same fault.
            let path = match case.file.has_fault_at("submitted") {
                true => "reference",
                false => "submitted",
            };
            let more = "ask the administrator: the next days go under `[meetings]` in the council's rule file, or the chair calls an extra meeting";
            // What asks for a day that was cancelled is not put on an earlier agenda unasked: its
            // papers may be meant for later.
            let open = desk.makes(case).filter(|meeting| {
                case.standing == Standing::Waiting && !meeting.has_passed(desk.today())
            });
            let help = match open {
                Some(meeting) => format!(
                    "write `panel: {}`, the next meeting that it makes ({}); or {more}",
                    meeting.day,
                    meeting.on.with_weekday()
                ),
                None => match other_panel(desk, case) {
                    Some(other) => format!("{other}; or {more}"),
                    None => more.to_owned(),
                },
            };
            found
                .at(
                    Desk::place(case.file, path),
                    format!(
                        "no further meeting of the {} is known, so this is on nobody's agenda",
                        desk.book.panel_in_full(case.panel)
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
        if let (Some(file), Some(own)) = (&meeting.meeting, own) {
            moved::check(desk, own, file, found);
        }
        if let (Some(file), Some(day), Some(own)) = (&meeting.meeting, meeting.day, own)
            && !own.is_expected
        {
            let place = Desk::place(file, "date");
            let near = near(desk.first_of(day, own.panel));
            tell(found, place, (day, own.panel), own.rules)
                .help(format!("if the chair called an extra meeting, write `extra: true` in this file; if the day is a slip, put it right here and in the folder's name: {near}"))
                .of_meeting(&meeting.id);
        }
        for decision in &meeting.decisions {
            let record = &decision.file.record;
            let to = record.deferred.as_ref().and_then(|deferred| deferred.to);
            let case = desk.case(&record.referral);
            let sat = own.and_then(|own| own.panel);
            // It comes back to the panel that put it off, or to the one that the request names.
            let of_case = case.map(|case| case.panel);
            let panel = match of_case {
                Some(panel) if !to.is_some_and(|day| is_expected(day, sat)) => panel,
                _ => sat,
            };
            let rules = own.map_or(desk.council, |own| own.rules);
            let rules = case.map_or(rules, |case| case.rules);
            if let Some(day) = to
                && !is_expected(day, panel)
            {
                let place = Desk::place(&decision.file, "deferred.to");
                tell(found, place, (day, panel), rules)
                    .help(deferred_to(
                        desk,
                        case,
                        &decision.file.path,
                        desk.first_of(day, panel),
                    ))
                    .about(&record.referral);
            } else if let (Some(day), Some(own)) = (to, own)
                && let Some(named) = desk.meeting_on(day, panel)
                && named.on <= own.on
            {
                let place = Desk::place(&decision.file, "deferred.to");
                found
                    .at(place, format!("the case is deferred to {}, which is not after the meeting that deferred it", day.with_weekday()))
                    .because(&rules.meetings.basis)
                    .help(format!(
                        "until it is put right the case stands on the next agenda; {}",
                        deferred_to(desk, case, &decision.file.path, desk.first_after(own.on, panel))
                    ))
                    .about(&record.referral);
            }
        }
    }
}

/// What to write where the panel that a referral names has ended, and another sits.
fn other_panel(desk: &Desk<'_>, case: &Case<'_>) -> Option<String> {
    case.referral().r#for.as_ref()?;
    let editions = || {
        desk.book
            .editions_of(case.panel)
            .map(|rules| &rules.edition)
    };
    let ended = editions().map(|edition| edition.until).max()??;
    let has_ended = editions().all(|edition| edition.until.is_some());
    let mut others = desk.book.panels.iter();
    let other = others.find(|other| desk.first_of(desk.today(), Some(&other.id)).is_some())?;
    has_ended.then(|| {
        format!(
            "this panel sat until {}: take the `for` out, or write `for: {}` for the {}",
            ended.in_words(),
            other.id,
            desk.book.panel_in_full(Some(&other.id))
        )
    })
}

/// The meeting that a case could go to instead, in words and as files write it.
fn near(next: Option<&PanelMeeting<'_>>) -> String {
    next.map_or_else(
        || "no later meeting is known".to_owned(),
        |next| {
            format!(
                "the next meeting is {} ({})",
                next.on.with_weekday(),
                next.day
            )
        },
    )
}

/// How a deferral gets a day on which the panel meets.
fn deferred_to(
    desk: &Desk<'_>,
    case: Option<&Case<'_>>,
    file: &str,
    next: Option<&PanelMeeting<'_>>,
) -> String {
    let near = near(next);
    let made = case.and_then(|case| {
        let made = case
            .decisions
            .iter()
            .find(|made| made.file.file.path == file)?;
        Some((case, made))
    });
    match made {
        Some((case, made)) => format!(
            "{near}; ask the chair, and {}",
            amended(desk, case, made, "--defer-to DAY")
        ),
        None => near,
    }
}

fn tell<'f>(
    found: &'f mut Findings,
    place: crate::findings::Place,
    (day, panel): (Day, Option<&str>),
    rules: &crate::council::Council,
) -> crate::findings::Pending<'f> {
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
}
