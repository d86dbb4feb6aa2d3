//! Meetings that decided with fewer members than the panel needs.
use super::super::prelude::*;
use super::{decided, once_over, recorded};
use crate::desk::sitting_for;

pub(super) const RULE: Rule = Rule {
    id: "not-quorate",
    summary: "fewer members sat than the panel needs to decide",
    severity: Severity::Error,
    asked_by: &["quorum/*"],
    text: include_str!("not_quorate.md"),
    check: Check::Desk(check),
};

fn check(desk: &Desk<'_>, found: &mut Findings) {
    let decided_at = desk.decided_at();
    for (meeting, file) in recorded(desk) {
        // Who was there is written down after the meeting, or while it decides.
        let has_sat = meeting.has_passed(desk.today())
            || meeting
                .folder
                .is_some_and(|folder| !folder.decisions.is_empty() && meeting.on <= desk.today());
        if meeting.is_cancelled || !has_sat || file.record.attendance.is_none() {
            continue;
        }
        for quorum in &meeting.rules.quorum {
            let there = sitting_for(meeting.rules, quorum, &file.record);
            let needed = usize::try_from(quorum.number).unwrap_or(usize::MAX);
            if there.len() >= needed {
                continue;
            }
            let of = if quorum.of.is_empty() {
                "members".to_owned()
            } else {
                format!("of {}", meeting.rules.one_of_posts(&quorum.of))
            };
            let who = if there.is_empty() {
                "nobody".to_owned()
            } else {
                there.join(", ")
            };
            let cover = if quorum.cover_counts {
                ""
            } else {
                "; somebody who covers for a member does not count"
            };
            let pending = found
                .at(
                    Desk::place(file, "attendance"),
                    format!(
                        "the panel needs {} {of} to decide, and {} counted on {}: {who}{cover}",
                        quorum.number,
                        there.len(),
                        meeting.on.with_weekday(),
                    ),
                )
                .because(&quorum.basis)
                .help(format!(
                    "if somebody who sat is not written down, write below `attendance:` `- {{name: …, role: …, status: present}}`; if not, tell the chair today: the cases go to a meeting with enough members{}",
                    desk.next_after(meeting)
                        .filter(|next| !next.has_passed(desk.today()))
                        .map(|next| format!(", the next on {}", next.on.with_weekday()))
                        .unwrap_or_default()
                ))
                .of_meeting(&meeting.id);
            // What another meeting has decided since, or nobody decided here, is mended.
            if decided(&decided_at, meeting)
                .iter()
                .all(|(case, made)| is_decided_elsewhere_since(case, made))
            {
                once_over(pending, meeting, desk);
            }
        }
    }
}

fn is_decided_elsewhere_since(case: &Case<'_>, made: &Made<'_>) -> bool {
    let mut others = case.decisions.iter();
    others.any(|other| other.meeting != made.meeting && other.on > made.on)
}
