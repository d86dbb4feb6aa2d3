//! How regularly the posts of a panel are filled, over the meetings that it held.

use super::{Desk, PanelMeeting};
use crate::council::AttendanceBar;
use crate::folder::File;
use crate::records::{Attendance, Day, Meeting, same_name};

/// How often one post, or one person in it, was there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Rate<'a> {
    /// Meetings held whose attendance is recorded and at which the post was to be there.
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

impl<'a> Rate<'a> {
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

    /// Counts a meeting that the member chaired: whoever chairs is there, in the rows or not.
    fn add_chaired(&mut self) {
        self.held += 1;
        self.there += 1;
    }

    /// Counts a meeting by its rows for the post or the person; none is an absence.
    fn add(&mut self, on: Day, rows: &[&'a Attendance]) {
        self.held += 1;
        let find = |status: &str| {
            let mut rows = rows.iter();
            rows.find(|row| row.status.as_deref() == Some(status))
        };
        if let Some(row) = rows.iter().find(|row| row.is_there()) {
            self.there += 1;
            self.by_screen += usize::from(row.status.as_deref() == Some("virtual"));
        } else if let Some(row) = find("cover") {
            self.covered += 1;
            self.cover.push((on, row.cover_by.as_deref()));
        } else if find("apologies").is_some() {
            self.apologies += 1;
        } else {
            self.absent += 1;
        }
    }
}

/// How often one post was there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PostAttendance<'a> {
    /// The post.
    pub(crate) role: &'a str,
    /// As people say it.
    pub(crate) label: &'a str,
    /// Comes only when a case needs it.
    pub(crate) as_necessary: bool,
    /// Whether the council's file says which cases need it; else only those meetings count that
    /// the record names it at.
    pub(crate) says_when: bool,
    /// The meetings at which it was to be there, and how it came.
    pub(crate) rate: Rate<'a>,
    /// Meetings that it came to although no item needed it, or that are outside the calendar and
    /// do not name it: told, and in no rate.
    pub(crate) not_needed: usize,
    /// Of these, those that it came to.
    pub(crate) came_all_the_same: usize,
    /// The names that stood beside it, as they were written, the first first, each with the
    /// meetings whose record names it there.
    pub(crate) people: Vec<(String, Rate<'a>)>,
}

impl PostAttendance<'_> {
    /// Whether the member came to fewer than the council asks of one who comes regularly. Where
    /// nobody can say which meetings needed a post, it has no least.
    pub(crate) fn is_below(&self, bar: &AttendanceBar) -> bool {
        let least = usize::try_from(bar.least_meetings).unwrap_or(usize::MAX);
        let lowest = usize::try_from(bar.lowest).unwrap_or(usize::MAX);
        let has_least = !self.as_necessary || self.says_when;
        let rate = &self.rate;
        // Rounding must not make a post fail that comes to exactly so many.
        has_least && rate.held >= least && rate.there * 100 < lowest * rate.held
    }
}

/// Whether a meeting's record says who was there: apologies that came beforehand alone do not, and
/// nobody is to be called absent for them.
fn says_who_was_there(record: &Meeting) -> bool {
    record.attendance.as_deref().is_some_and(|rows| {
        let is_beforehand = |row: &Attendance| row.status.as_deref() == Some("apologies");
        rows.is_empty() || !rows.iter().all(is_beforehand)
    })
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
                says_who_was_there(&file.record).then_some((meeting, file, rows))
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
                    let record = folder.meeting.as_ref().map(|file| file.record.as_ref());
                    !record.is_some_and(says_who_was_there)
                })
            })
            .collect()
    }

    /// How often each post of a panel was there from one day to another, in the order of the rule
    /// file of the last of these days.
    ///
    /// A post that comes as necessary was to be there where an item heard needed it. A meeting
    /// outside the calendar counts for those whom its record names: nobody else was asked.
    pub(crate) fn attendance(
        &self,
        panel: Option<&str>,
        from: Day,
        to: Day,
    ) -> Vec<PostAttendance<'a>> {
        let rules = self.book.at(panel, to);
        let meetings = self.attended(panel, from, to);
        let heard = self.decided_at();
        let posts = rules.members.iter().map(|member| {
            let mut post = PostAttendance {
                role: &member.role,
                label: &member.label,
                as_necessary: member.as_necessary,
                says_when: member.needed_for.is_some(),
                rate: Rate::default(),
                not_needed: 0,
                came_all_the_same: 0,
                people: Vec::new(),
            };
            for (meeting, file, rows) in &meetings {
                let own: Vec<&'a Attendance> = rows
                    .iter()
                    .filter(|row| row.role.as_deref() == Some(member.role.as_str()))
                    .collect();
                let chair = chair_beside_the_rows(&file.record, &member.role);
                let is_there = chair.is_some() || own.iter().any(|row| row.is_there());
                // A post that the panel did not have yet could not be there.
                let mut posts = meeting.rules.members.iter();
                let is_named = chair.is_some() || !own.is_empty();
                if !is_named && !posts.any(|post| post.role == member.role) {
                    continue;
                }
                add_people(&mut post.people, meeting.on, &own);
                if let Some(name) = chair {
                    person(&mut post.people, name).add_chaired();
                }
                let is_needed = match &member.needed_for {
                    Some(when) if member.as_necessary => {
                        let items = heard.get(meeting.id.as_str());
                        let mut items = items.into_iter().flatten();
                        items.any(|(case, _)| self.holds(Some(when), case))
                    }
                    _ if member.as_necessary || file.record.extra => is_named,
                    _ => true,
                };
                if !is_needed {
                    post.not_needed += 1;
                    post.came_all_the_same += usize::from(is_there);
                } else if chair.is_some() && !own.iter().any(|row| row.is_there()) {
                    post.rate.add_chaired();
                } else {
                    post.rate.add(meeting.on, &own);
                }
            }
            post
        });
        posts.collect()
    }

    /// Days of a panel's calendar of which the folder keeps nothing, from the first that it keeps
    /// something of.
    pub(crate) fn not_kept(&self, panel: Option<&str>, from: Day, to: Day) -> Vec<Day> {
        let first = self.begins_on().map_or(from, |first| first.max(from));
        self.held()
            .filter(|meeting| meeting.panel == panel && meeting.on >= first && meeting.on <= to)
            .filter(|meeting| meeting.on < self.today() && meeting.folder.is_none())
            .map(|meeting| meeting.on)
            .collect()
    }
}

/// Counts a meeting for each person whom its record names in a post.
fn add_people<'a>(people: &mut Vec<(String, Rate<'a>)>, on: Day, rows: &[&'a Attendance]) {
    let mut counted: Vec<&str> = Vec::new();
    for name in rows.iter().filter_map(|row| row.name.as_deref()) {
        if counted.iter().any(|known| same_name(known, name)) {
            continue;
        }
        counted.push(name);
        let own: Vec<&Attendance> = rows
            .iter()
            .filter(|row| row.name.as_deref().is_some_and(|own| same_name(own, name)))
            .copied()
            .collect();
        person(people, name).add(on, &own);
    }
}

/// How often a person was there so far.
fn person<'p, 'a>(people: &'p mut Vec<(String, Rate<'a>)>, name: &str) -> &'p mut Rate<'a> {
    let known = people.iter().position(|(known, _)| same_name(known, name));
    let index = known.unwrap_or_else(|| {
        people.push((name.to_owned(), Rate::default()));
        people.len() - 1
    });
    &mut people[index].1
}

/// Who chaired in a post and has no row in the attendance.
fn chair_beside_the_rows<'a>(record: &'a Meeting, role: &str) -> Option<&'a str> {
    let chair = record.chair.as_ref()?;
    let name = chair
        .name
        .as_deref()
        .filter(|name| !name.trim().is_empty())?;
    let mut rows = record.attendance.iter().flatten();
    let has_row = rows.any(|row| row.name.as_deref().is_some_and(|own| same_name(own, name)));
    (chair.role.as_deref() == Some(role) && !has_row).then_some(name)
}
