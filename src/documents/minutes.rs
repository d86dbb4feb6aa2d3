//! A meeting's minutes.

use super::accepted::{AcceptedView, accepted};
use super::common::{
    CaseHead, DayView, MeetingHead, PersonView, child_of, folder_of, head, json, meeting_head,
    record_of, role, said,
};
use super::corrected::{CorrectionView, corrections};
use super::decided::{ActionView, Decided, MoneyView, approved_in_all, decided};
use super::earlier::{EarlierView, earlier};
use super::lists::{NotReadyView, not_ready};
use super::members::{self, AttendanceView, ViewRow};
use super::running::{request_in_words, running_order};
use super::sections::{distribution, filed_under};
use super::{Document, Options, names, render};
use crate::council::Paper;
use crate::desk::{Case, Desk, Made, PanelMeeting};
use crate::records::moment_in_words;
use crate::rules;
use serde::Serialize;

/// What the minutes' template is given.
#[derive(Debug, Clone, Serialize)]
struct MinutesView {
    /// The meeting.
    meeting: MeetingHead,
    /// Under what they are filed.
    category: Option<String>,
    /// Where.
    filed_in: Option<String>,
    /// What was corrected in the meeting's own record after its minutes were sealed.
    corrections: Vec<CorrectionView>,
    /// Who chaired.
    chair: Option<PersonView>,
    /// Who took the minutes.
    minute_taker: Option<PersonView>,
    /// Who came; none where it is not recorded.
    attendance: Option<AttendanceView>,
    /// Who watched; none where it is not recorded.
    observers: Option<Vec<String>>,
    /// What was declared; none where it is not recorded.
    declarations: Option<Vec<DeclarationRow>>,
    /// Late or incomplete requests that were heard all the same.
    accepted: Vec<AcceptedView>,
    /// Whether the meeting has begun.
    has_begun: bool,
    /// Whether its day has passed.
    is_over: bool,
    /// The cases heard.
    items: Vec<MinutesItem>,
    /// Every action of the meeting.
    actions: Vec<ActionRow>,
    /// What was on the agenda and not heard.
    not_reached: Vec<NotReached>,
    /// What was turned back.
    not_ready: Vec<NotReadyView>,
    /// The money approved.
    money: Option<MoneyView>,
    /// The next meeting.
    next: Option<NextMeeting>,
    /// Who they go to.
    distribution: Vec<String>,
}

/// One declaration.
#[derive(Debug, Clone, Serialize)]
struct DeclarationRow {
    /// The referral; none for a declaration about the whole meeting.
    reference: Option<String>,
    /// The child.
    child: Option<String>,
    /// The member.
    member: String,
    /// What was declared.
    nature: Option<String>,
}

/// One case heard.
#[derive(Debug, Clone, Serialize)]
struct MinutesItem {
    /// Its number.
    number: usize,
    /// Who it is about.
    #[serde(flatten)]
    about: CaseHead,
    /// The part of the panel that it was for.
    part: Option<String>,
    /// Kind and provision in a line.
    request_line: String,
    /// What the panel was asked.
    summary: Option<String>,
    /// Who presented; none where it is not recorded.
    presented: Option<Vec<String>>,
    /// What the panel said before, a line each.
    earlier: Vec<EarlierView>,
    /// What members thought.
    member_views: Vec<ViewRow>,
    /// The decision.
    decision: Decided,
}

/// One line of the action log.
#[derive(Debug, Clone, Serialize)]
struct ActionRow {
    /// The item and the action in it: "3.1".
    log_number: String,
    /// The referral.
    reference: String,
    /// The child.
    child: String,
    /// The action.
    #[serde(flatten)]
    action: ActionView,
}

/// On the agenda and not heard.
#[derive(Debug, Clone, Serialize)]
struct NotReached {
    /// The referral.
    reference: String,
    /// The child.
    child: String,
    /// What was asked.
    request: String,
    /// Whether it was taken back before it was heard.
    is_withdrawn: bool,
    /// The meeting it goes to, once this one has passed.
    to: Option<DayView>,
}

/// The next meeting.
#[derive(Debug, Clone, Serialize)]
struct NextMeeting {
    /// Its day.
    day: DayView,
    /// Its last moment for referrals.
    cut_off: Option<String>,
}

/// A meeting's minutes.
pub(crate) fn minutes(desk: &Desk<'_>, meeting: &PanelMeeting<'_>, options: Options) -> Document {
    let began = desk.as_meeting_began(meeting);
    let judged = rules::judge(&began);
    let listed = running_order(&began, &judged, meeting);
    let heard = heard(desk, meeting, &listed);
    let items: Vec<MinutesItem> = (1..)
        .zip(&heard)
        .map(|(number, (case, made))| minutes_item(desk, &began, meeting, number, case, made))
        .collect();
    let is_heard = |reference: &str| heard.iter().any(|(case, _)| case.reference() == reference);
    let mut turned_back = not_ready(&began, &judged, meeting);
    let has_begun = desk.as_of >= meeting.starts_at;
    // Until it begins, a request may still be made ready.
    turned_back.retain(|row| has_begun && !is_heard(&row.about.reference));
    let folder = folder_of(meeting).to_owned();
    let record = record_of(meeting);
    let filing = meeting.rules.minutes.as_ref();
    let view = MinutesView {
        category: filing
            .and_then(|filing| filing.category.as_deref())
            .map(|category| filed_under(category, meeting.on)),
        filed_in: filing.and_then(|filing| filing.filed_in.clone()),
        distribution: distribution(meeting.rules, Paper::Minutes),
        meeting: meeting_head(meeting),
        corrections: corrections(meeting.rules, meeting),
        chair: record
            .and_then(|record| record.chair.as_ref())
            .map(|chair| super::common::person(meeting.rules, chair)),
        minute_taker: members::minute_taker(meeting),
        attendance: members::attendance(meeting),
        observers: record
            .and_then(|record| record.observers.as_ref())
            .map(|rows| {
                rows.iter()
                    .filter_map(|row| {
                        let name = said(row.name.as_ref())?;
                        Some(match said(row.agreed_by.as_ref()) {
                            Some(by) => format!("{name}, agreed by {by}"),
                            None => name,
                        })
                    })
                    .collect()
            }),
        declarations: declarations(desk, meeting),
        accepted: accepted(desk, &|reference, at| at == folder && is_heard(reference)),
        actions: items
            .iter()
            .flat_map(|item| {
                item.decision.actions.iter().map(|action| ActionRow {
                    log_number: format!("{}.{}", item.number, action.number),
                    reference: item.about.reference.clone(),
                    child: item.about.child.clone(),
                    action: action.clone(),
                })
            })
            .collect(),
        not_reached: listed
            .iter()
            .filter(|case| has_begun && !is_heard(case.reference()))
            .map(|case| not_reached(desk, meeting, case))
            .collect(),
        not_ready: turned_back,
        has_begun,
        is_over: meeting.has_passed(desk.today()),
        money: approved_in_all(heard.iter().copied()),
        next: desk.next_after(meeting).map(|next| NextMeeting {
            day: next.on.into(),
            cut_off: next.cut_off.map(moment_in_words),
        }),
        items,
    };
    let name = meeting.folder.map_or_else(
        || "minutes.md".to_owned(),
        crate::folder::MeetingFolder::minutes,
    );
    let place = format!("meetings/{folder}/{name}");
    let view = names::as_asked(desk, options, json(&view));
    render::document(desk.folder, "minutes.md.j2", view, place)
}

/// The cases that the meeting decided: in the order of its agenda, then whatever else it took.
fn heard<'d, 'a>(
    desk: &'d Desk<'a>,
    meeting: &PanelMeeting<'_>,
    listed: &[&Case<'_>],
) -> Vec<(&'d Case<'a>, &'d Made<'a>)> {
    let folder = folder_of(meeting);
    let made_here = |case: &'d Case<'a>| {
        let made = case.decisions.iter().find(|made| made.meeting == folder)?;
        Some((case, made))
    };
    let mut heard: Vec<_> = listed
        .iter()
        .filter_map(|case| desk.case(case.reference()).and_then(made_here))
        .collect();
    for (case, made) in desk.cases().iter().filter_map(made_here) {
        if !heard
            .iter()
            .any(|(other, _)| other.reference() == case.reference())
        {
            heard.push((case, made));
        }
    }
    heard
}

fn minutes_item(
    desk: &Desk<'_>,
    began: &Desk<'_>,
    meeting: &PanelMeeting<'_>,
    number: usize,
    case: &Case<'_>,
    made: &Made<'_>,
) -> MinutesItem {
    let decision = decided(desk, case, made);
    let about = head(case, meeting.on);
    MinutesItem {
        number,
        part: desk
            .part_of(case, meeting)
            .map(|(_, label)| label.to_owned()),
        request_line: request_in_words(&about),
        summary: said(case.referral().request.summary.as_ref()),
        presented: presented(meeting, case),
        earlier: earlier(began, case, meeting.on),
        member_views: members::views(meeting, &decision.views),
        about,
        decision,
    }
}

fn presented(meeting: &PanelMeeting<'_>, case: &Case<'_>) -> Option<Vec<String>> {
    let rows = record_of(meeting)?.presented.as_ref()?;
    let lines: Vec<String> = rows
        .iter()
        .filter(|row| row.referral.as_deref() == Some(case.reference()))
        .map(|row| {
            let name = said(row.name.as_ref()).unwrap_or_else(|| "name not given".to_owned());
            let post = role(meeting.rules, row.role.as_ref())
                .map(|role| format!(" ({role})"))
                .unwrap_or_default();
            match row.status.as_deref() {
                Some("virtual") => format!("{name}{post} by video"),
                Some("absent") => format!("{name}{post} did not come"),
                _ => format!("{name}{post}"),
            }
        })
        .collect();
    (!lines.is_empty()).then_some(lines)
}

fn declarations(desk: &Desk<'_>, meeting: &PanelMeeting<'_>) -> Option<Vec<DeclarationRow>> {
    let rows = record_of(meeting)?.declarations.as_ref()?;
    Some(
        rows.iter()
            .map(|row| DeclarationRow {
                reference: said(row.referral.as_ref()),
                child: row
                    .referral
                    .as_deref()
                    .and_then(|reference| desk.case(reference))
                    .map(child_of),
                member: said(row.member.as_ref()).unwrap_or_else(|| "A member".to_owned()),
                nature: said(row.nature.as_ref()),
            })
            .collect(),
    )
}

fn not_reached(desk: &Desk<'_>, meeting: &PanelMeeting<'_>, case: &Case<'_>) -> NotReached {
    let is_withdrawn = desk
        .case(case.reference())
        .is_some_and(|now| now.standing == crate::desk::Standing::Withdrawn);
    let goes_on = !is_withdrawn && meeting.has_passed(desk.today());
    NotReached {
        reference: case.reference().to_owned(),
        child: child_of(case),
        request: request_in_words(&head(case, meeting.on)),
        is_withdrawn,
        to: goes_on
            .then(|| desk.next_after(meeting).map(|next| next.on.into()))
            .flatten(),
    }
}
