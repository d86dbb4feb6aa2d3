//! Whether as many members sat at a meeting as the panel needs to decide.

use super::{Desk, PanelMeeting};
use crate::council::{Council, Quorum};
use crate::records::{Meeting, Text, same_name};

impl Desk<'_> {
    /// Whether enough members sat; none where who sat is not recorded.
    pub(crate) fn is_quorate(&self, meeting: &PanelMeeting<'_>) -> Option<bool> {
        let record = &meeting.folder?.meeting.as_ref()?.record;
        record.attendance.as_ref()?;
        let is_met = |quorum: &Quorum| {
            let needed = usize::try_from(quorum.number).unwrap_or(usize::MAX);
            sitting_for(meeting.rules, quorum, record).len() >= needed
        };
        Some(meeting.rules.quorum.iter().all(is_met))
    }
}

fn said(text: Option<&Text>) -> Option<&str> {
    text.map(|text| text.trim()).filter(|text| !text.is_empty())
}

/// The people who count towards a quorum, each once: present, by a screen, or covering.
pub(crate) fn sitting_for(rules: &Council, quorum: &Quorum, record: &Meeting) -> Vec<String> {
    let is_wanted = |role: Option<&Text>| {
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
            // Whoever covered for two members is one person, named or not.
            said(row.cover_by.as_ref()).or(Some("somebody without a name, who covers"))
        } else if !covers && row.is_there() {
            said(row.name.as_ref())
        } else {
            return None;
        };
        is_wanted(row.role.as_ref()).then(|| name.unwrap_or("a member without a name").to_owned())
    });
    // Whoever chairs sits, written into the attendance or not, unless they are written there as away.
    let is_away = |name: &str| {
        let mut rows = record.attendance.iter().flatten();
        rows.any(|row| {
            row.is_away() && said(row.name.as_ref()).is_some_and(|own| same_name(own, name))
        })
    };
    let chair = record
        .chair
        .iter()
        .filter(|chair| is_wanted(chair.role.as_ref()))
        .filter_map(|chair| said(chair.name.as_ref()).map(str::to_owned))
        .filter(|name| !is_away(name));
    let mut people: Vec<String> = Vec::new();
    for name in rows.chain(chair) {
        if !people.iter().any(|known| same_name(known, &name)) {
            people.push(name);
        }
    }
    people
}
