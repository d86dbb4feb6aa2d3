//! How regularly the posts of a panel are filled, over the meetings that it held.

use super::{Desk, PanelMeeting};
use crate::council::AttendanceBar;
use crate::folder::File;
use crate::records::{Attendance, Day, Meeting, same_name};

/// How often one post was there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PostAttendance<'a> {
    /// The post.
    pub(crate) role: &'a str,
    /// As people say it.
    pub(crate) label: &'a str,
    /// Comes only when a case needs it.
    pub(crate) as_necessary: bool,
    /// The names that stood beside it, as they were written, the first first.
    pub(crate) names: Vec<String>,
    /// Meetings held whose attendance is recorded and that the post was a member of.
    pub(crate) held: usize,
    /// The member came, in the room or by a screen.
    pub(crate) there: usize,
    /// Of these, by a screen.
    pub(crate) by_screen: usize,
    /// Somebody else came for the member.
    pub(crate) covered: usize,
    /// The day of each of these meetings, and who came.
    pub(crate) cover: Vec<(Day, Option<&'a str>)>,
    /// The member sent apologies.
    pub(crate) apologies: usize,
    /// Absent, or not in the record.
    pub(crate) absent: usize,
}

impl PostAttendance<'_> {
    /// Per cent of the meetings to which the member came, rounded down.
    pub(crate) fn person_rate(&self) -> usize {
        (self.there * 100).checked_div(self.held).unwrap_or(100)
    }

    /// Per cent of the meetings at which the service was there, cover counted, rounded down.
    pub(crate) fn service_rate(&self) -> usize {
        ((self.there + self.covered) * 100)
            .checked_div(self.held)
            .unwrap_or(100)
    }

    /// Whether the member came to fewer than the council asks of one who comes regularly.
    pub(crate) fn is_below(&self, bar: &AttendanceBar) -> bool {
        let least = usize::try_from(bar.least_meetings).unwrap_or(usize::MAX);
        let lowest = usize::try_from(bar.lowest).unwrap_or(usize::MAX);
        // Rounding must not make a post fail that comes to exactly so many.
        !self.as_necessary && self.held >= least && self.there * 100 < lowest * self.held
    }
}

impl<'a> Desk<'a> {
    /// The panels that meetings are known of; none is the panel of a council with one.
    pub(crate) fn sitting_panels(&self) -> Vec<Option<&'a str>> {
        let mut panels: Vec<Option<&'a str>> = Vec::new();
        for meeting in self.meetings() {
            if !panels.contains(&meeting.panel) {
                panels.push(meeting.panel);
            }
        }
        panels
    }

    /// Meetings that a panel held from one day to another, both included, with their record of
    /// who was there.
    pub(crate) fn attended(
        &self,
        panel: Option<&str>,
        from: Day,
        to: Day,
    ) -> Vec<(&PanelMeeting<'a>, &'a File<Meeting>, &'a [Attendance])> {
        self.held()
            .filter(|meeting| meeting.panel == panel && meeting.on >= from && meeting.on <= to)
            .filter_map(|meeting| {
                let file = meeting.folder?.meeting.as_ref()?;
                let rows = file.record.attendance.as_deref()?;
                Some((meeting, file, rows))
            })
            .collect()
    }

    /// Meetings that a panel held in those days of which the folder keeps something, but not who
    /// was there.
    pub(crate) fn not_attended(
        &self,
        panel: Option<&str>,
        from: Day,
        to: Day,
    ) -> Vec<&PanelMeeting<'a>> {
        self.held()
            .filter(|meeting| meeting.panel == panel && meeting.on >= from && meeting.on <= to)
            .filter(|meeting| {
                meeting.folder.is_some_and(|folder| {
                    let record = folder.meeting.as_ref().map(|file| &file.record);
                    record.is_none_or(|record| record.attendance.is_none())
                })
            })
            .collect()
    }

    /// How often each post of a panel was there from one day to another, in the order of the rule
    /// file of the last of these days.
    pub(crate) fn attendance(
        &self,
        panel: Option<&str>,
        from: Day,
        to: Day,
    ) -> Vec<PostAttendance<'a>> {
        let rules = self.book.at(panel, to);
        let meetings = self.attended(panel, from, to);
        let rates = rules.members.iter().map(|member| {
            let mut rate = PostAttendance {
                role: &member.role,
                label: &member.label,
                as_necessary: member.as_necessary,
                names: Vec::new(),
                held: 0,
                there: 0,
                by_screen: 0,
                covered: 0,
                cover: Vec::new(),
                apologies: 0,
                absent: 0,
            };
            for (meeting, _, rows) in &meetings {
                let own: Vec<&'a Attendance> = rows
                    .iter()
                    .filter(|row| row.role.as_deref() == Some(member.role.as_str()))
                    .collect();
                // A post that the panel did not have yet could not be there.
                let mut posts = meeting.rules.members.iter();
                if own.is_empty() && !posts.any(|post| post.role == member.role) {
                    continue;
                }
                rate.held += 1;
                for name in own.iter().filter_map(|row| row.name.as_deref()) {
                    if !rate.names.iter().any(|known| same_name(known, name)) {
                        rate.names.push(name.to_owned());
                    }
                }
                let find = |status: &str| {
                    let mut rows = own.iter();
                    rows.find(|row| row.status.as_deref() == Some(status))
                };
                if let Some(row) = own.iter().find(|row| row.is_there()) {
                    rate.there += 1;
                    rate.by_screen += usize::from(row.status.as_deref() == Some("virtual"));
                } else if let Some(row) = find("cover") {
                    rate.covered += 1;
                    rate.cover.push((meeting.on, row.cover_by.as_deref()));
                } else if find("apologies").is_some() {
                    rate.apologies += 1;
                } else {
                    rate.absent += 1;
                }
            }
            rate
        });
        rates.collect()
    }
}
