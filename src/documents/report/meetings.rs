//! Meetings held and called off, whether enough members sat, and the office's duties around them.

use super::Counted;
use super::view::{Cell, Column, Group, Row, Section, Stands};
use crate::desk::DutyState;
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn section(counted: &Counted<'_, '_>) -> Section {
    Section {
        id: "meetings",
        title: "Meetings and records",
        groups: vec![held(counted), quorum(counted), duties(counted)],
    }
}

fn held(counted: &Counted<'_, '_>) -> Group {
    let desk = counted.desk;
    let meetings: Vec<_> = desk
        .meetings_in(counted.days, counted.panel)
        // A day of the calendar from before the folder began says nothing.
        .filter(|meeting| meeting.folder.is_some() || Some(meeting.on) >= desk.begins_on())
        .collect();
    let all = meetings.len();
    let count = |is_meant: &dyn Fn(&crate::desk::PanelMeeting<'_>) -> bool| {
        Cell::count(meetings.iter().filter(|meeting| is_meant(meeting)).count())
    };
    let is_recorded =
        |meeting: &crate::desk::PanelMeeting<'_>| meeting.folder.is_some() && !meeting.is_cancelled;
    let record = |meeting: &crate::desk::PanelMeeting<'_>| {
        let file = meeting.folder.and_then(|folder| folder.meeting.as_ref());
        file.map(|file| file.record.clone())
    };
    let rows = vec![
        Row::new("held", "Held", count(&is_recorded).of(all)).key("meetings_held"),
        Row::new(
            "extra",
            "of these, outside the calendar",
            count(&|meeting| {
                is_recorded(meeting) && record(meeting).is_some_and(|record| record.extra)
            }),
        )
        .key("meetings_extra")
        .stands(Stands::Within)
        .unless_nought(),
        Row::new(
            "moved",
            "of these, put to another day or hour",
            count(&|meeting| {
                is_recorded(meeting) && record(meeting).is_some_and(|record| record.moved.is_some())
            }),
        )
        .key("meetings_moved")
        .stands(Stands::Within)
        .unless_nought(),
        Row::new(
            "cancelled",
            "Called off",
            count(&|meeting| meeting.is_cancelled).of(all),
        )
        .key("meetings_cancelled")
        .unless_nought(),
        Row::new(
            "no-record",
            "In the calendar, nothing in the folder",
            count(&|meeting| meeting.folder.is_none()).of(all),
        )
        .key("meetings_not_recorded")
        .unless_nought(),
        Row::new("all", "All", Cell::count(all)).stands(Stands::Sum),
    ];
    Group::new(
        "held",
        "meetings",
        "What became of them",
        format!("Of {{}} due {}:", counted.between()),
        rows,
    )
    .about(all, "meeting", "meetings")
    .or(format!("No meeting was due {}.", counted.between()))
}

fn quorum(counted: &Counted<'_, '_>) -> Group {
    let desk = counted.desk;
    let (mut met, mut not_met, mut unknown) = (0, 0, 0);
    for meeting in desk.meetings_in(counted.days, counted.panel) {
        if meeting.folder.is_none() || meeting.is_cancelled || meeting.rules.quorum.is_empty() {
            continue;
        }
        match desk.is_quorate(meeting) {
            Some(true) => met += 1,
            Some(false) => not_met += 1,
            None => unknown += 1,
        }
    }
    let all = met + not_met + unknown;
    let rows = vec![
        Row::new("met", "Enough members sat", Cell::count(met).of(all)).key("quorum_met"),
        Row::new("not-met", "Too few sat", Cell::count(not_met).of(all)).key("quorum_not_met"),
        Row::new(
            "unknown",
            "Who sat is not recorded",
            Cell::count(unknown).of(all),
        ),
        Row::new("all", "Held", Cell::count(all)).stands(Stands::Sum),
    ];
    let has_rule = desk
        .meetings()
        .iter()
        .any(|meeting| !meeting.rules.quorum.is_empty());
    let nothing = if has_rule {
        "No meeting that needs a quorum was held."
    } else {
        "The council's file names no quorum."
    };
    Group::new(
        "quorum",
        "meetings",
        "Quorum",
        "Of {} held, whether as many members sat as the panel needs:",
        rows,
    )
    .about(all, "meeting", "meetings")
    .or(nothing)
}

/// Each duty of the office due in the period: met, late, not met, to come.
fn duties(counted: &Counted<'_, '_>) -> Group {
    let desk = counted.desk;
    let decided_at = desk.decided_at();
    let mut order: Vec<&str> = Vec::new();
    let mut counts: BTreeMap<&str, (&str, [usize; 4])> = BTreeMap::new();
    let followed = counted.now.followed_meetings();
    let followed: BTreeSet<&str> = followed.iter().map(|own| own.id.as_str()).collect();
    for meeting in desk.held().filter(|own| followed.contains(own.id.as_str())) {
        if !desk.is_meeting_of(meeting, counted.panel) {
            continue;
        }
        for duty in desk.duties(meeting, &decided_at) {
            let rule = duty.rule;
            let each = if duty.children.is_empty() {
                vec![(duty.due_at, duty.state)]
            } else {
                let children = duty.children.iter();
                children.map(|child| (child.due_at, child.state)).collect()
            };
            for (due_at, state) in each {
                if !counted.days.holds(crate::records::Day::of(due_at.date())) {
                    continue;
                }
                if !order.contains(&rule.id.as_str()) {
                    order.push(&rule.id);
                }
                let row = counts.entry(&rule.id).or_insert((&rule.task, [0; 4]));
                row.1[match state {
                    DutyState::Met => 0,
                    DutyState::MetLate => 1,
                    DutyState::Overdue => 2,
                    DutyState::Due => 3,
                }] += 1;
            }
        }
    }
    let mut sum = [0; 4];
    let cells = |counts: [usize; 4]| {
        let all: usize = counts.iter().sum();
        let own = counts.iter().map(|count| Cell::count(*count));
        std::iter::once(Cell::count(all)).chain(own).collect()
    };
    let mut rows: Vec<Row> = Vec::new();
    for id in order {
        let Some((task, own)) = counts.get(id) else {
            continue;
        };
        for (sum, count) in sum.iter_mut().zip(own) {
            *sum += count;
        }
        rows.push(Row::wide(id, *task, cells(*own)));
    }
    let all: usize = sum.iter().sum();
    rows.push(
        Row::wide("all", "All", cells(sum))
            .key("duties_due")
            .key_of(1, "duties_in_time")
            .key_of(2, "duties_late")
            .key_of(3, "duties_not_done")
            .key_of(4, "duties_to_come")
            .stands(Stands::Sum),
    );
    let columns = [
        ("due", "Due"),
        ("met", "In time"),
        ("late", "Late"),
        ("not-met", "Not done"),
        ("to-come", "Time left"),
    ]
    .map(|(id, label)| Column {
        id: id.to_owned(),
        label: label.to_owned(),
    });
    Group::wide(
        "duties",
        "duties",
        "Duty",
        match all {
            1 => format!("The one duty of the office due {}:", counted.between()),
            _ => format!(
                "Of {all} duties of the office due {}, for a meeting or for each child as the council asks:",
                counted.between()
            ),
        },
        columns.to_vec(),
        rows,
    )
    .or("No duty of the office was due.")
}
