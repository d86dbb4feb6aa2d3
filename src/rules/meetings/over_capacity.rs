//! A coming meeting with more cases than its sitting holds.
use super::super::prelude::*;

pub(super) const RULE: Rule = Rule {
    id: "over-capacity",
    summary: "more cases go to a meeting than its time holds",
    severity: Severity::Warning,
    asked_by: &["sitting"],
    text: include_str!("over_capacity.md"),
    check: Check::Found(check),
};

fn check(desk: &Desk<'_>, earlier: &[Finding], found: &mut Findings) {
    let (Some(sitting), Some(meeting)) = (&desk.council.sitting, desk.coming()) else {
        return;
    };
    // Without a record of the meeting there is nothing that the administrator could edit.
    let Some(file) = meeting.folder.and_then(|folder| folder.meeting.as_ref()) else {
        return;
    };
    let going: Vec<&Case<'_>> = desk
        .judged()
        .filter(|case| case.is_waiting())
        .filter(|case| desk.meeting_for(case).is_some_and(|at| at.id == meeting.id))
        // What is not ready, or waits for papers, takes no time of the sitting.
        .filter(|case| case.has_come_back())
        .filter(|case| {
            !earlier
                .iter()
                .any(|finding| finding.is_error() && finding.place.file == case.file.path)
        })
        .collect();
    let again = desk
        .reviews_at(meeting)
        .into_iter()
        .filter(|review| review.paper.is_none() && desk.is_talked_through(review.case))
        .map(|review| review.case);
    let going: Vec<&Case<'_>> = going.into_iter().chain(again).collect();
    let minutes: u32 = going
        .iter()
        .map(|case| desk.minutes_of(case))
        .fold(sitting.opening_minutes, u32::saturating_add);
    if minutes <= sitting.minutes {
        return;
    }
    let longest = sitting.slot_minutes.max(sitting.complex_minutes).max(1);
    let later = (minutes - sitting.minutes).div_ceil(longest);
    found
        .at(
            Desk::place(file, "date"),
            format!(
                "{} cases go to the meeting of {} and need {minutes} minutes; it sits for {}",
                going.len(),
                meeting.on.with_weekday(),
                sitting.minutes
            ),
        )
        .because(&sitting.basis)
        .help(format!(
            "what does not fit ({later} or more) moves on from the end of the agenda: ask the chair for an `order`, or for an extra meeting"
        ))
        .of_meeting(&meeting.id);
}
