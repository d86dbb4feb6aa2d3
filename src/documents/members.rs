//! Who sits: the posts of the rule file with the names that the folder knows.

use super::common::{PersonView, person, record_of, role, said};
use crate::council::{Member, Use};
use crate::desk::{Case, Desk, PanelMeeting};
use crate::records::{Attendance, Text, same_name};
use serde::Serialize;

/// A post that sits, with who holds it.
#[derive(Debug, Clone, Serialize)]
pub(super) struct MemberRow {
    /// Id of the post.
    pub(super) role: String,
    /// The post as the council calls it.
    pub(super) post: String,
    /// Who holds it; none where no meeting has told.
    pub(super) name: Option<String>,
    /// Whether somebody is known for it who has not sent apologies.
    pub(super) is_expected: bool,
    /// Apologies, or who covers.
    pub(super) note: Option<String>,
    /// Whether this is the meeting's chair.
    pub(super) is_chair: bool,
    /// Whether it takes part by video, as a rule or this time.
    pub(super) is_virtual: bool,
    /// Whether it comes only when a case needs it.
    pub(super) as_necessary: bool,
    /// Items that it is needed for, by their numbers; none where the council does not say which.
    pub(super) needed_for: Option<Vec<usize>>,
    /// The part of the panel that it sits for, where that is not the whole.
    pub(super) part: Option<String>,
}

/// The posts of the rule file, in its order, for a meeting to come or just begun; then those that
/// sit only for a part of the panel that has an item there.
pub(super) fn posts(
    desk: &Desk<'_>,
    meeting: &PanelMeeting<'_>,
    heard: &[&Case<'_>],
) -> Vec<MemberRow> {
    let mut rows: Vec<MemberRow> = meeting
        .rules
        .members
        .iter()
        .map(|member| post(desk, meeting, member, heard, None))
        .collect();
    for case in heard {
        let Some((_, part)) = desk.part_of(case, meeting) else {
            continue;
        };
        for member in &case.rules.members {
            if !rows.iter().any(|row| row.role == member.role) {
                rows.push(post(desk, meeting, member, heard, Some(part.to_owned())));
            }
        }
    }
    for (number, case) in (1..).zip(heard) {
        let Some(case) = desk.case(case.reference()) else {
            continue;
        };
        for member in &case.rules.members {
            let is_needed =
                member.needed_for.is_some() && desk.holds(member.needed_for.as_ref(), case);
            if let Some(row) = rows.iter_mut().find(|row| row.role == member.role)
                && is_needed
            {
                row.needed_for.get_or_insert_default().push(number);
            }
        }
    }
    rows
}

fn post(
    desk: &Desk<'_>,
    meeting: &PanelMeeting<'_>,
    member: &Member,
    heard: &[&Case<'_>],
    part: Option<String>,
) -> MemberRow {
    let chair = record_of(meeting).and_then(|record| record.chair.as_ref());
    let serves = |role: &Option<Text>| role.as_deref() == Some(member.role.as_str());
    let here = record_of(meeting)
        .and_then(|record| record.attendance.as_ref())
        .and_then(|rows| rows.iter().find(|row| serves(&row.role)));
    let chairs = chair.filter(|chair| serves(&chair.role));
    let known = here
        .and_then(|row| said(row.name.as_ref()))
        .or_else(|| chairs.and_then(|chair| said(chair.name.as_ref())));
    let earlier = || {
        desk.held_by(meeting.panel)
            .rev()
            .filter(|other| other.on < meeting.on)
            .filter_map(|other| record_of(other)?.attendance.as_ref())
            .flatten()
            .find(|row| serves(&row.role))
            .and_then(|row| said(row.name.as_ref()))
    };
    let presenting = || {
        // Who sits for their own cases is told by those who present them.
        let named = heard.iter().flat_map(|case| &case.referral().attending);
        let mut names: Vec<String> = named
            .filter(|who| serves(&who.role))
            .filter_map(|who| said(who.name.as_ref()))
            .collect();
        names.sort();
        names.dedup();
        (!names.is_empty()).then(|| names.join(", "))
    };
    let name = if member.as_necessary && member.needed_for.is_none() {
        presenting().or(known)
    } else {
        known
    };
    let name = name.or_else(earlier);
    let note = here.and_then(away);
    MemberRow {
        role: member.role.clone(),
        post: member.label.clone(),
        is_expected: note.is_none() && name.is_some(),
        note,
        is_chair: chairs.is_some(),
        is_virtual: member.is_virtual
            || here.is_some_and(|row| row.status.as_deref() == Some("virtual")),
        as_necessary: member.as_necessary,
        needed_for: member.needed_for.as_ref().map(|_| Vec::new()),
        part,
        name,
    }
}

fn away(row: &Attendance) -> Option<String> {
    match (row.status.as_deref(), said(row.cover_by.as_ref())) {
        (Some("cover"), Some(by)) => Some(format!("apologies; {by} covers")),
        (Some("cover"), None) => Some("apologies; cover to be named".to_owned()),
        (Some(away @ ("apologies" | "absent")), _) => Some(away.to_owned()),
        _ => None,
    }
}

/// Who chairs: the one recorded, else the first post that may.
pub(super) fn chair(desk: &Desk<'_>, meeting: &PanelMeeting<'_>) -> Option<PersonView> {
    if let Some(chair) = record_of(meeting).and_then(|record| record.chair.as_ref()) {
        return Some(person(meeting.rules, chair));
    }
    let first = meeting.rules.chairs.first()?;
    let label = meeting.rules.role_label(&first.role).to_owned();
    let name = posts(desk, meeting, &[])
        .into_iter()
        .find(|row| row.role == first.role)
        .and_then(|row| row.name);
    Some(PersonView {
        name: name.unwrap_or_else(|| "to be confirmed".to_owned()),
        role: Some(label),
    })
}

/// Who came, by how they came.
#[derive(Debug, Clone, Serialize)]
pub(super) struct AttendanceView {
    /// In the room.
    pub(super) present: Vec<PersonView>,
    /// By video.
    pub(super) by_video: Vec<PersonView>,
    /// Covered, and by whom.
    pub(super) covered: Vec<CoverView>,
    /// Away with apologies.
    pub(super) apologies: Vec<PersonView>,
    /// Away without.
    pub(super) absent: Vec<PersonView>,
}

/// A member for whom somebody else came.
#[derive(Debug, Clone, Serialize)]
pub(super) struct CoverView {
    /// The member.
    pub(super) member: PersonView,
    /// Who came.
    pub(super) by: String,
}

/// Who came; none where it is not recorded.
pub(super) fn attendance(meeting: &PanelMeeting<'_>) -> Option<AttendanceView> {
    let rows = record_of(meeting)?.attendance.as_ref()?;
    let of = |status: &[&str]| -> Vec<PersonView> {
        rows.iter()
            .filter(|row| status.contains(&row.status.as_deref().unwrap_or("present")))
            .map(|row| sitting(meeting, row))
            .collect()
    };
    Some(AttendanceView {
        present: of(&["present"]),
        by_video: of(&["virtual"]),
        covered: rows
            .iter()
            .filter(|row| row.status.as_deref() == Some("cover"))
            .map(|row| CoverView {
                member: sitting(meeting, row),
                by: said(row.cover_by.as_ref()).unwrap_or_else(|| "somebody not named".to_owned()),
            })
            .collect(),
        apologies: of(&["apologies"]),
        absent: of(&["absent"]),
    })
}

fn sitting(meeting: &PanelMeeting<'_>, row: &Attendance) -> PersonView {
    PersonView {
        name: said(row.name.as_ref()).unwrap_or_else(|| "name not given".to_owned()),
        role: role(meeting.rules, row.role.as_ref()),
    }
}

/// The member who takes the minutes, where one came.
pub(super) fn minute_taker(meeting: &PanelMeeting<'_>) -> Option<PersonView> {
    let taker = meeting.rules.members.iter().find(|member| member.minutes)?;
    let rows = record_of(meeting)?.attendance.as_ref()?;
    let row = rows
        .iter()
        .find(|row| row.role.as_deref() == Some(&taker.role))?;
    match row.status.as_deref() {
        Some("apologies" | "absent") => None,
        Some("cover") => Some(PersonView {
            name: said(row.cover_by.as_ref())?,
            role: role(meeting.rules, row.role.as_ref()),
        }),
        _ => Some(sitting(meeting, row)),
    }
}

/// A member's view of a case; none where it is not recorded.
#[derive(Debug, Clone, Serialize)]
pub(super) struct ViewRow {
    /// The member, with cover.
    pub(super) name: String,
    /// The post.
    pub(super) role: Option<String>,
    /// The view.
    pub(super) view: Option<String>,
}

/// One line for each member who came and is asked for a view, then whoever else gave one.
pub(super) fn views(
    meeting: &PanelMeeting<'_>,
    given: &[super::decided::MemberView],
) -> Vec<ViewRow> {
    let rows = record_of(meeting)
        .and_then(|record| record.attendance.as_deref())
        .unwrap_or_default();
    let is_asked = |row: &Attendance| {
        meeting.rules.views.is_some()
            && meeting
                .rules
                .members
                .iter()
                .any(|member| member.gives_view && row.role.as_deref() == Some(&member.role))
    };
    let mut taken = vec![false; given.len()];
    let mut views = Vec::new();
    for row in rows {
        let cover = (row.status.as_deref() == Some("cover"))
            .then(|| said(row.cover_by.as_ref()))
            .flatten();
        if !row.is_there() && row.status.as_deref() != Some("cover") && row.status.is_some() {
            continue;
        }
        let name = said(row.name.as_ref()).unwrap_or_else(|| "name not given".to_owned());
        let found = given.iter().position(|view| {
            same_name(&view.member, &name)
                || cover
                    .as_ref()
                    .is_some_and(|cover| same_name(&view.member, cover))
        });
        if let Some(place) = found {
            taken[place] = true;
        }
        let view = found.and_then(|place| given[place].view.clone());
        if view.is_some() || is_asked(row) {
            views.push(ViewRow {
                name: match cover {
                    Some(by) => format!("{by} for {name}"),
                    None => name,
                },
                role: row
                    .role
                    .as_ref()
                    .map(|role| meeting.rules.words.label(Use::Role, role).to_owned()),
                view,
            });
        }
    }
    let others = given.iter().zip(taken).filter(|(_, taken)| !taken);
    views.extend(others.map(|(view, _)| ViewRow {
        name: view.member.clone(),
        role: None,
        view: view.view.clone(),
    }));
    views
}
