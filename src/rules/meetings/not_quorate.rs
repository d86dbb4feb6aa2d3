//! Meetings that decided with fewer members than the panel needs.
use super::super::prelude::*;
use super::{recorded, said};
use crate::council::{Council, Quorum};
use crate::records::Meeting;

pub(super) const RULE: Rule = Rule {
    id: "not-quorate",
    summary: "fewer members sat than the panel needs to decide",
    severity: Severity::Error,
    asked_by: &["quorum/*"],
    text: include_str!("not_quorate.md"),
    check: Check::Desk(check),
};

fn check(desk: &Desk<'_>, found: &mut Findings) {
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
            let there = counted(meeting.rules, quorum, &file.record);
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
            found
                .at(
                    Desk::place(file, "attendance"),
                    format!(
                        "the panel needs {} {of} to decide, and {} counted: {who}{cover}",
                        quorum.number,
                        there.len(),
                    ),
                )
                .because(&quorum.basis)
                .help("put the attendance right if somebody is missing there; otherwise the decisions wait for a meeting with enough members")
                .of_meeting(&meeting.id);
        }
    }
}

/// The people who count towards a quorum, each once: present, by a screen, or covering.
fn counted(rules: &Council, quorum: &Quorum, record: &Meeting) -> Vec<String> {
    let is_wanted = |role: Option<&String>| {
        let Some(role) = role else { return false };
        if quorum.of.is_empty() {
            rules.members.is_empty()
                || rules
                    .members
                    .iter()
                    .any(|member| rules.words.role_serves(role, &member.role))
        } else {
            rules.serves_any(Some(role), &quorum.of)
        }
    };
    let rows = record.attendance.iter().flatten().filter_map(|row| {
        let covers = row.status.as_deref() == Some("cover");
        let name = if covers && quorum.cover_counts {
            said(row.cover_by.as_ref()).or(said(row.name.as_ref()))
        } else if !covers && row.is_there() {
            said(row.name.as_ref())
        } else {
            return None;
        };
        is_wanted(row.role.as_ref()).then(|| name.unwrap_or("a member without a name").to_owned())
    });
    // Whoever chairs sits, written into the attendance or not.
    let chair = record
        .chair
        .iter()
        .filter(|chair| is_wanted(chair.role.as_ref()))
        .filter_map(|chair| said(chair.name.as_ref()).map(str::to_owned));
    let mut people: Vec<String> = Vec::new();
    for name in rows.chain(chair) {
        if !people.iter().any(|known| same_name(known, &name)) {
            people.push(name);
        }
    }
    people
}
