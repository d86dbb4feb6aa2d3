//! A coming meeting with more cases than its sitting holds.
use super::super::prelude::*;
use crate::council::Sitting;
use crate::desk::PanelMeeting;

pub(super) const RULE: Rule = Rule {
    id: "over-capacity",
    summary: "more cases go to a meeting than its time holds",
    severity: Severity::Warning,
    asked_by: &["sitting"],
    text: include_str!("over_capacity.md"),
    check: Check::Found(check),
};

fn check(desk: &Desk<'_>, earlier: &[Finding], found: &mut Findings) {
    for panel in desk.sitting_panels() {
        if let Some(meeting) = desk.first_of(desk.today(), panel) {
            judge(desk, meeting, earlier, found);
        }
    }
}

fn judge(desk: &Desk<'_>, meeting: &PanelMeeting<'_>, earlier: &[Finding], found: &mut Findings) {
    let Some(sitting) = &meeting.rules.sitting else {
        return;
    };
    // Without a record of the meeting there is nothing that the administrator could edit.
    let Some(file) = meeting.folder.and_then(|folder| folder.meeting.as_ref()) else {
        return;
    };
    let going = going(desk, meeting, earlier);
    let kept = kept_free(desk, meeting, sitting, &going);
    let minutes: u32 = going
        .iter()
        .map(|case| shortest(sitting, case))
        .fold(sitting.opening_minutes, u32::saturating_add)
        .saturating_add(kept.saturating_mul(slot(sitting)));
    if minutes <= sitting.minutes {
        return;
    }
    let longest = slot(sitting).max(sitting.complex_minutes).max(1);
    let later = (minutes - sitting.minutes).div_ceil(longest);
    let free = match kept {
        0 => String::new(),
        1 => ", with 1 slot kept free for an emergency".to_owned(),
        kept => format!(", with {kept} slots kept free for emergencies"),
    };
    found
        .at(
            Desk::place(file, "date"),
            format!(
                "{} cases go to the meeting of {} and need {minutes} minutes{free}; it sits for {}",
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

/// The cases that take time of the sitting.
fn going<'d, 'a>(
    desk: &'d Desk<'a>,
    meeting: &PanelMeeting<'_>,
    earlier: &[Finding],
) -> Vec<&'d Case<'a>> {
    let sent = desk
        .judged()
        .filter(|case| case.is_waiting())
        .filter(|case| desk.meeting_for(case).is_some_and(|at| at.id == meeting.id))
        // What is not ready, or waits for papers, takes no time of the sitting.
        .filter(|case| case.has_come_back())
        .filter(|case| {
            !earlier
                .iter()
                .any(|finding| finding.is_error() && finding.place.file == case.file.path)
        });
    let again = desk
        .reviews_at(meeting)
        .into_iter()
        .filter(|review| review.paper.is_none() && desk.is_talked_through(review.case))
        .map(|review| review.case);
    sent.chain(again).collect()
}

/// Minutes of a case that is not complex, at the least.
fn slot(sitting: &Sitting) -> u32 {
    sitting.slot_least.unwrap_or(sitting.slot_minutes)
}

/// Minutes that a case takes at the least: slots that stretch are cut to their shortest first.
fn shortest(sitting: &Sitting, case: &Case<'_>) -> u32 {
    let has_longer = sitting.complex_minutes > sitting.slot_minutes;
    if has_longer && case.referral().request.complex == Some(true) {
        sitting.complex_minutes
    } else {
        slot(sitting)
    }
}

/// Slots that are still free for emergencies: none once the meeting has begun, and one fewer for
/// each emergency that came after the cut-off.
fn kept_free(
    desk: &Desk<'_>,
    meeting: &PanelMeeting<'_>,
    sitting: &Sitting,
    going: &[&Case<'_>],
) -> u32 {
    if desk.as_of >= meeting.starts_at {
        return 0;
    }
    let taken = going
        .iter()
        .filter(|case| desk.takes_a_kept_slot(case, meeting))
        .count();
    sitting
        .emergency_slots
        .saturating_sub(u32::try_from(taken).unwrap_or(u32::MAX))
}
