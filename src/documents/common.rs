//! Pieces that several documents share: days, people, costs, the heads of cases.

use crate::calendar;
use crate::council::{Council, Use};
use crate::desk::{Case, PanelMeeting};
use crate::records::{CostLine, Day, Funding, Interval, Money, Named, Person, Text, Unit, clock};
use serde::Serialize;

/// A day.
#[derive(Debug, Clone, Serialize)]
pub(super) struct DayView {
    /// `2026-11-26`
    pub(super) iso: String,
    /// `26 November 2026`
    pub(super) words: String,
    /// `Thursday 26 November 2026`
    pub(super) weekday: String,
}

impl From<Day> for DayView {
    fn from(day: Day) -> Self {
        Self {
            iso: day.to_string(),
            words: day.in_words(),
            weekday: day.with_weekday(),
        }
    }
}

/// A person with the post as people say it.
#[derive(Debug, Clone, Serialize)]
pub(super) struct PersonView {
    /// Name as written; "name not given" where the file has none.
    pub(super) name: String,
    /// The post, in words.
    pub(super) role: Option<String>,
}

/// Text that says something, without the white space around it.
pub(super) fn said(text: Option<&Text>) -> Option<String> {
    text.map(|text| text.trim())
        .filter(|text| !text.is_empty())
        .map(str::to_owned)
}

/// A word of the vocabulary as people read it.
pub(super) fn label(council: &Council, place: Use, word: Option<&Text>) -> Option<String> {
    said(word).map(|word| council.words.label(place, &word).to_owned())
}

/// A post as people read it: what is no known id is shown as it was written, without hyphens.
pub(super) fn role(council: &Council, role: Option<&Text>) -> Option<String> {
    said(role).map(|role| match council.words.find(Use::Role, &role) {
        Some(known) => known.label.clone(),
        None => in_words(&role),
    })
}

/// An id that no list has a label for, as near to words as it gets.
pub(super) fn in_words(id: &str) -> String {
    let text = id.replace(['-', '_'], " ");
    capitalised(&text)
}

/// With its first letter a capital.
pub(super) fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// With its first letter small, unless the word is written in capitals.
pub(super) fn uncapitalised(text: &str) -> String {
    let is_acronym = text
        .chars()
        .take_while(|c| c.is_alphabetic())
        .filter(|c| c.is_uppercase())
        .count()
        > 1;
    if is_acronym {
        return text.to_owned();
    }
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(letters).collect()
    })
}

/// A person of a record.
pub(super) fn person(council: &Council, person: &Person) -> PersonView {
    PersonView {
        name: said(person.name.as_ref()).unwrap_or_else(|| "name not given".to_owned()),
        role: role(council, person.role.as_ref()),
    }
}

/// The name of somebody whose post the key says.
pub(super) fn named(person: Option<&Named>) -> Option<String> {
    person.and_then(|person| said(person.name.as_ref()))
}

/// A child's age on a day, as people say it: in years, for a baby in months, weeks or days.
pub(super) fn age(born: Day, on: Day) -> Option<String> {
    if born > on {
        return None;
    }
    let years = calendar::age_on(born, on);
    if years >= 1 {
        return Some(years.to_string());
    }
    let months = (1..12)
        .take_while(|count| {
            let unit = Unit::Months;
            calendar::add(
                born,
                Interval {
                    count: *count,
                    unit,
                },
            ) <= on
        })
        .count();
    let days = (on.date() - born.date()).num_days();
    let (count, unit) = match (i64::try_from(months).unwrap_or(0), days / 7) {
        (0, 0) => (days, "day"),
        (0, weeks) => (weeks, "week"),
        (months, _) => (months, "month"),
    };
    let plural = if count == 1 { "" } else { "s" };
    Some(format!("{count} {unit}{plural}"))
}

/// Cost lines and their sums.
#[derive(Debug, Clone, Serialize)]
pub(super) struct CostsView {
    /// Line by line.
    pub(super) lines: Vec<CostLineView>,
    /// Everything a week.
    pub(super) weekly: String,
    /// Everything.
    pub(super) total: String,
}

/// One line of cost.
#[derive(Debug, Clone, Serialize)]
pub(super) struct CostLineView {
    /// What it is for.
    pub(super) item: String,
    /// In the worker's words, with its own first day where it has one.
    pub(super) description: Option<String>,
    /// Pounds a week.
    pub(super) weekly: Option<String>,
    /// How many weeks, and how many of them count.
    pub(super) weeks: Option<String>,
    /// Pounds once.
    pub(super) one_off: Option<String>,
    /// Its sum.
    pub(super) total: String,
}

fn amount(money: Option<Money>) -> Option<String> {
    money
        .filter(|money| *money != Money::ZERO)
        .map(|money| money.to_string())
}

/// Lines as a table; none where there are none.
pub(super) fn costs(council: &Council, lines: &[CostLine]) -> Option<CostsView> {
    if lines.is_empty() {
        return None;
    }
    let most = council.most_weeks();
    let view = |line: &CostLine| CostLineView {
        item: label(council, Use::Item, line.item.as_ref()).unwrap_or_else(|| "Other".to_owned()),
        description: match (said(line.description.as_ref()), line.from) {
            (Some(words), Some(from)) => Some(format!("{words}, from {}", from.in_words())),
            (None, Some(from)) => Some(format!("From {}", from.in_words())),
            (words, None) => words,
        },
        weekly: amount(line.weekly),
        weeks: amount(line.weekly).map(|_| match line.weeks {
            Some(weeks) if weeks > most => format!("{weeks} ({most} count)"),
            Some(weeks) => weeks.to_string(),
            None => format!("open-ended ({most} count)"),
        }),
        one_off: amount(line.one_off),
        total: line.sum(most).to_string(),
    };
    Some(CostsView {
        lines: lines.iter().map(view).collect(),
        weekly: weekly(lines).to_string(),
        total: total(council, lines).to_string(),
    })
}

/// What lines come to a week.
pub(super) fn weekly(lines: &[CostLine]) -> Money {
    lines.iter().filter_map(|line| line.weekly).sum()
}

/// What lines come to.
pub(super) fn total(council: &Council, lines: &[CostLine]) -> Money {
    lines
        .iter()
        .map(|line| line.sum(council.most_weeks()))
        .sum()
}

/// What another funder pays.
#[derive(Debug, Clone, Serialize)]
pub(super) struct FundingView {
    /// Who.
    pub(super) source: String,
    /// Asked, agreed, refused.
    pub(super) status: Option<String>,
    /// `30 per cent`; none where it pays nothing.
    pub(super) share: Option<String>,
    /// In the worker's words.
    pub(super) note: Option<String>,
}

/// Other funders.
pub(super) fn funding(council: &Council, lines: &[Funding]) -> Vec<FundingView> {
    lines
        .iter()
        .map(|line| FundingView {
            source: label(council, Use::Funder, line.source.as_ref())
                .unwrap_or_else(|| "Another funder".to_owned()),
            status: label(council, Use::FundingStatus, line.status.as_ref())
                .map(|status| uncapitalised(&status)),
            share: line
                .share
                .filter(|share| *share > 0)
                .map(|share| format!("{share} per cent")),
            note: said(line.note.as_ref()),
        })
        .collect()
}

/// Who a case is about and who works with it.
#[derive(Debug, Clone, Serialize)]
pub(super) struct CaseHead {
    /// The referral.
    pub(super) reference: String,
    /// The child's name.
    pub(super) child: String,
    /// Number on the case system.
    pub(super) case_id: Option<String>,
    /// Date of birth.
    pub(super) born: Option<DayView>,
    /// Age at the meeting.
    pub(super) age: Option<String>,
    /// Legal status.
    pub(super) legal_status: Option<String>,
    /// First day in care.
    pub(super) looked_after_since: Option<DayView>,
    /// What is asked, in two or three words.
    pub(super) request: String,
    /// Kind and provision as the agenda's table says them.
    pub(super) provision: Option<String>,
    /// The worker.
    pub(super) worker: PersonView,
    /// The worker's team.
    pub(super) team: Option<String>,
    /// The team manager.
    pub(super) team_manager: Option<String>,
    /// The service manager.
    pub(super) service_manager: Option<String>,
    /// The independent reviewing officer.
    pub(super) iro: Option<String>,
}

/// The child's name, or words for its absence.
pub(super) fn child_of(case: &Case<'_>) -> String {
    said(case.referral().child.name.as_ref()).unwrap_or_else(|| "Name not given".to_owned())
}

/// The head of a case at a meeting.
pub(super) fn head(case: &Case<'_>, on: Day) -> CaseHead {
    let council = case.rules;
    let referral = case.referral();
    let child = &referral.child;
    CaseHead {
        reference: case.reference().to_owned(),
        child: child_of(case),
        case_id: said(child.case_id.as_ref()),
        born: child.date_of_birth.map(DayView::from),
        age: child.date_of_birth.and_then(|born| age(born, on)),
        legal_status: label(council, Use::LegalStatus, child.legal_status.as_ref()),
        looked_after_since: child.looked_after_since.map(DayView::from),
        request: label(council, Use::Kind, referral.request.kind.as_ref())
            .unwrap_or_else(|| "Request".to_owned()),
        provision: label(council, Use::Provision, referral.request.provision.as_ref()),
        worker: person(council, &referral.worker),
        team: said(referral.worker.team.as_ref()),
        team_manager: named(referral.team_manager.as_ref()),
        service_manager: named(referral.service_manager.as_ref()),
        iro: named(referral.iro.as_ref()),
    }
}

/// The head of a meeting's paper.
#[derive(Debug, Clone, Serialize)]
pub(super) struct MeetingHead {
    /// Whose panel.
    pub(super) council: String,
    /// The panel.
    pub(super) panel: String,
    /// The meeting's folder: the day that people know it by.
    pub(super) id: String,
    /// The day on which it is held.
    pub(super) day: DayView,
    /// When it begins.
    pub(super) starts: String,
    /// When it ends, where its length is known.
    pub(super) ends: Option<String>,
    /// Where.
    pub(super) venue: Option<String>,
    /// The last moment for referrals.
    pub(super) cut_off: Option<String>,
    /// The day it was moved from, where the chair moved it.
    pub(super) moved_from: Option<DayView>,
    /// Why it was called off, where it was.
    pub(super) cancelled: Option<CancelledView>,
}

/// A meeting called off.
#[derive(Debug, Clone, Serialize)]
pub(super) struct CancelledView {
    /// Who agreed to it.
    pub(super) agreed_by: Option<PersonView>,
    /// Why.
    pub(super) reason: Option<String>,
}

/// Another panel as people call it.
pub(super) fn other_panel(council: &Council, id: &str) -> String {
    match council.words.find(Use::Panel, id) {
        Some(known) => known.label.clone(),
        None => in_words(id),
    }
}

/// The head of a meeting.
pub(super) fn meeting_head(meeting: &PanelMeeting<'_>) -> MeetingHead {
    let council = meeting.rules;
    let record = meeting
        .folder
        .and_then(|folder| folder.meeting.as_ref())
        .map(|file| &file.record);
    MeetingHead {
        council: council.about.name.clone(),
        panel: council.panel_in_full(meeting.panel),
        id: folder_of(meeting).to_owned(),
        day: meeting.on.into(),
        starts: clock(meeting.starts_at.time()),
        ends: council.sitting.as_ref().map(|sitting| {
            let length = chrono::TimeDelta::minutes(i64::from(sitting.minutes));
            clock((meeting.starts_at + length).time())
        }),
        venue: council.meetings.venue.clone(),
        cut_off: meeting.cut_off.map(crate::records::moment_in_words),
        moved_from: (meeting.on != meeting.day).then(|| meeting.day.into()),
        cancelled: record
            .and_then(|record| record.cancelled.as_ref())
            .map(|cancelled| CancelledView {
                agreed_by: cancelled.agreed_by.as_ref().map(|by| person(council, by)),
                reason: said(cancelled.reason.as_ref()),
            }),
    }
}

/// The name of a meeting's folder.
pub(super) fn folder_of<'m>(meeting: &'m PanelMeeting<'_>) -> &'m str {
    meeting
        .folder
        .map_or(meeting.id.as_str(), |folder| folder.id.as_str())
}

/// What the folder records of a meeting.
pub(super) fn record_of<'m>(meeting: &'m PanelMeeting<'_>) -> Option<&'m crate::records::Meeting> {
    meeting
        .folder
        .and_then(|folder| folder.meeting.as_ref())
        .map(|file| file.record.as_ref())
}

/// What a request asks for in money; none where it asks for none.
pub(super) fn asked(case: &Case<'_>) -> Option<Money> {
    (!case.costs.is_empty()).then(|| total(case.rules, case.costs))
}

/// Text as a view of JSON; a view of plain fields cannot fail.
pub(super) fn json<T: Serialize>(view: &T) -> serde_json::Value {
    serde_json::to_value(view).expect("a view has only text keys and plain values")
}
