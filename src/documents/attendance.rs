//! Who came to the panel's meetings over a period, post by post.

use super::common::{DayView, json};
use super::{Document, Options, names, render};
use crate::calendar;
use crate::council::Council;
use crate::desk::{Desk, PanelMeeting, PostAttendance, Rate};
use crate::records::{Day, Interval, Unit};
use serde::Serialize;

/// How far back it is looked where neither the question nor the council says.
const LOOK_BACK: Interval = Interval {
    count: 6,
    unit: Unit::Months,
};

/// What the template of the attendance list is given.
#[derive(Debug, Clone, Serialize)]
struct AttendanceView {
    /// Whose panel.
    council: String,
    /// The day of which the list speaks.
    as_of: DayView,
    /// Panel by panel.
    panels: Vec<PanelView>,
}

/// One panel's meetings.
#[derive(Debug, Clone, Serialize)]
struct PanelView {
    /// Its id, where the council has several.
    id: Option<String>,
    /// Its name.
    panel: String,
    /// The first day.
    from: DayView,
    /// The last day.
    to: DayView,
    /// Meetings held whose attendance is recorded.
    held: usize,
    /// Of these, outside the calendar: they count for those whom their record names.
    extra: usize,
    /// Folders of meetings held that do not say who was there.
    not_recorded: Vec<String>,
    /// Meetings of the calendar that have passed and of which the folder keeps nothing.
    not_kept: Vec<DayView>,
    /// What the council asks of its members.
    bar: Option<BarView>,
    /// Post by post, in the order of the rule file.
    posts: Vec<PostView>,
}

/// What the council asks of its members.
#[derive(Debug, Clone, Serialize)]
struct BarView {
    /// The least, in per cent.
    lowest: u32,
    /// The time over which it is taken.
    over: String,
    /// Meetings below which nothing is said.
    least_meetings: u32,
    /// Clauses of the policy that ask for it.
    sources: Vec<String>,
    /// What the council's file assumes.
    assumption: Option<String>,
}

/// One post.
#[derive(Debug, Clone, Serialize)]
struct PostView {
    /// As files write it.
    role: String,
    /// As people say it.
    post: String,
    /// Who has held it, by the record.
    names: Vec<String>,
    /// Comes only when a case needs it.
    as_necessary: bool,
    /// Whether the council's file says which cases need it.
    says_when: bool,
    /// At the meetings at which it was to be there.
    #[serde(flatten)]
    rate: RateView,
    /// Meetings that did not need it; they are in no rate.
    not_needed: usize,
    /// Of these, those that it came to.
    came_all_the_same: usize,
    /// Whether the person came to fewer than the council asks.
    is_low: bool,
    /// Person by person, where the record has several in the post.
    people: Vec<PersonView>,
}

/// One of several people in a post, at the meetings whose record names them.
#[derive(Debug, Clone, Serialize)]
struct PersonView {
    /// The name.
    name: String,
    /// How they came.
    #[serde(flatten)]
    rate: RateView,
}

/// How often a post or a person was there.
#[derive(Debug, Clone, Serialize)]
struct RateView {
    /// Meetings that count.
    held: usize,
    /// In the room.
    present: usize,
    /// By a screen.
    by_video: usize,
    /// Somebody else came.
    cover: usize,
    /// Who, and to which meetings.
    covered_by: Vec<CoverView>,
    /// Sent apologies.
    apologies: usize,
    /// Absent, or not in the record.
    absent: usize,
    /// Per cent of the meetings at which the service was there: cover counts. None where there was no meeting.
    service_rate: Option<usize>,
    /// Per cent of the meetings to which the person came.
    person_rate: Option<usize>,
}

impl From<&Rate<'_>> for RateView {
    fn from(rate: &Rate<'_>) -> Self {
        let per_cent = |own: usize| (rate.held > 0).then_some(own);
        Self {
            held: rate.held,
            present: rate.there - rate.by_screen,
            by_video: rate.by_screen,
            cover: rate.covered,
            covered_by: rate
                .cover
                .iter()
                .map(|(on, name)| CoverView {
                    on: (*on).into(),
                    name: name.map(str::to_owned),
                })
                .collect(),
            apologies: rate.apologies,
            absent: rate.absent,
            service_rate: per_cent(rate.service_rate()),
            person_rate: per_cent(rate.person_rate()),
        }
    }
}

/// Cover for a meeting.
#[derive(Debug, Clone, Serialize)]
struct CoverView {
    /// The meeting's day.
    on: DayView,
    /// Who came.
    name: Option<String>,
}

/// The attendance of every panel, or of one, from one day to another. Without days: so far back
/// from today as the council's own bar looks.
pub(crate) fn attendance(
    desk: &Desk<'_>,
    from: Option<Day>,
    to: Option<Day>,
    panel: Option<&str>,
    options: Options,
) -> Document {
    // A meeting to come has not been attended, whatever its file says already.
    let to = to.unwrap_or(desk.today()).min(desk.today());
    let view = AttendanceView {
        council: desk.book.about.name.clone(),
        as_of: desk.today().into(),
        panels: desk
            .sitting_panels()
            .into_iter()
            .filter(|sits| panel.is_none() || *sits == panel)
            .map(|sits| panel_view(desk, sits, from, to))
            .collect(),
    };
    let view = names::as_asked(desk, options, json(&view));
    render::document(
        desk.folder,
        "attendance.md.j2",
        view,
        "attendance.md".to_owned(),
    )
}

fn panel_view(desk: &Desk<'_>, panel: Option<&str>, from: Option<Day>, to: Day) -> PanelView {
    let rules: &Council = desk.book.at(panel, to);
    let bar = rules.attendance.as_ref();
    let over = bar.map_or(LOOK_BACK, |bar| bar.over);
    let from = from.unwrap_or_else(|| calendar::subtract(to, over));
    let attended = desk.attended(panel, from, to);
    PanelView {
        id: panel.map(str::to_owned),
        panel: desk.book.panel_in_full(panel),
        from: from.into(),
        to: to.into(),
        held: attended.len(),
        extra: attended
            .iter()
            .filter(|(_, file, _)| file.record.extra)
            .count(),
        not_kept: desk
            .not_kept(panel, from, to)
            .into_iter()
            .map(DayView::from)
            .collect(),
        not_recorded: desk
            .not_attended(panel, from, to)
            .into_iter()
            .map(|meeting: &PanelMeeting<'_>| meeting.id.clone())
            .collect(),
        bar: bar.map(|bar| BarView {
            lowest: bar.lowest,
            over: bar.over.to_string(),
            least_meetings: bar.least_meetings,
            sources: bar.basis.clauses.clone(),
            assumption: bar.basis.assumption.clone(),
        }),
        posts: desk
            .attendance(panel, from, to)
            .iter()
            .map(|post| post_view(post, bar.is_some_and(|bar| post.is_below(bar))))
            .collect(),
    }
}

fn post_view(post: &PostAttendance<'_>, is_low: bool) -> PostView {
    let people = if post.people.len() > 1 {
        &post.people[..]
    } else {
        &[]
    };
    PostView {
        role: post.role.to_owned(),
        post: post.label.to_owned(),
        names: post.people.iter().map(|(name, _)| name.clone()).collect(),
        as_necessary: post.as_necessary,
        says_when: post.says_when,
        rate: (&post.rate).into(),
        not_needed: post.not_needed,
        came_all_the_same: post.came_all_the_same,
        is_low,
        people: people
            .iter()
            .map(|(name, rate)| PersonView {
                name: name.clone(),
                rate: rate.into(),
            })
            .collect(),
    }
}
