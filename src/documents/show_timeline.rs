//! A child's way through the panel: each meeting that a request went to, what it had before it,
//! what it decided, and what became true afterwards.

use super::accepted::{AcceptedView, accepted};
use super::common::{DayView, capitalised, head, label, said};
use super::decided::{Decided, decided};
use super::followed::{DisagreementView, disagreements};
use super::running::request_in_words;
use crate::council::Use;
use crate::desk::{Case, Desk, Made, PanelMeeting, Scope, Standing};
use crate::folder::{Folder, MeetingFolder};
use crate::records::{Day, Text, moment_in_words};
use crate::rules;
use serde::Serialize;
use std::collections::BTreeSet;

/// One request at one meeting, or a request that was taken back.
#[derive(Debug, Clone, Serialize)]
pub(super) struct EntryView {
    /// The day.
    pub(super) on: DayView,
    /// The referral.
    pub(super) reference: String,
    /// What kind of request, and for what kind of home.
    pub(super) request: String,
    /// What was asked of the panel, in the worker's words.
    pub(super) asked: Option<String>,
    /// When it was sent, or sent again after a deferral.
    pub(super) sent: Option<String>,
    /// In time or late, against which cut-off.
    pub(super) timing: Option<String>,
    /// Whether it was late; none where no cut-off counts.
    pub(super) is_late: Option<bool>,
    /// Whether it was ready as the meeting began; none where that is no question: it had been
    /// decided before.
    pub(super) is_ready: Option<bool>,
    /// What was accepted for it although it fell short.
    pub(super) accepted: Vec<AcceptedView>,
    /// What was wrong with it then.
    pub(super) wrong: Vec<WrongView>,
    /// What came of it, in a word or two.
    pub(super) came_of_it: String,
    /// Whether the meeting passed without deciding it.
    pub(super) is_carried_over: bool,
    /// The decision.
    pub(super) decision: Option<Decided>,
    /// What became true afterwards, in the order of the days.
    pub(super) after: Vec<AfterView>,
    /// What was agreed to be done.
    pub(super) actions: Vec<ActionState>,
    /// Who did not agree.
    pub(super) disagreements: Vec<DisagreementView>,
}

/// One thing that was wrong with a request.
#[derive(Debug, Clone, Serialize)]
pub(super) struct WrongView {
    /// The rule.
    pub(super) rule: String,
    /// What was wrong.
    pub(super) message: String,
    /// Clauses of the policy.
    pub(super) clauses: Option<String>,
}

/// One thing that became true after a decision.
#[derive(Debug, Clone, Serialize)]
pub(super) struct AfterView {
    /// When.
    pub(super) on: DayView,
    /// What.
    pub(super) what: String,
}

/// An action with where it stands.
#[derive(Debug, Clone, Serialize)]
pub(super) struct ActionState {
    /// What.
    pub(super) what: String,
    /// Who.
    pub(super) owner: Option<String>,
    /// By when.
    pub(super) due: Option<DayView>,
    /// When it was done.
    pub(super) done: Option<DayView>,
    /// Whether its day has gone by and it is not done.
    pub(super) is_overdue: bool,
}

/// Every meeting that one of a child's requests went to, and every request that was taken back, by
/// day.
pub(super) fn timeline(desk: &Desk<'_>, cases: &[&Case<'_>]) -> Vec<EntryView> {
    // A meeting is looked at as it began. For that the requests of one child and of brothers and
    // sisters are enough, and judging them alone takes no longer in a folder of thousands.
    let small = with_kin(desk, cases);
    let small = Desk::new(&small, desk.book, desk.as_of, Scope::Folder);
    let mut entries: Vec<(Day, EntryView)> = Vec::new();
    for meeting in small.held().filter(|own| own.starts_at <= desk.as_of) {
        let went_to = |case: &Case<'_>| {
            let sent = case.referral().submitted;
            let was_sent = sent.is_some_and(|sent| sent.day() <= meeting.on);
            let last = case.last().map(|made| made.on);
            let was_open = case.is_waiting()
                || case.standing == Standing::Withdrawn
                || last.is_some_and(|last| meeting.on <= last);
            was_sent && was_open
        };
        let here: Vec<&Case<'_>> = cases
            .iter()
            .filter_map(|case| desk.case(case.reference()))
            .filter(|case| went_to(case) || made_at(case, meeting).is_some())
            .collect();
        if !here.is_empty() {
            let then = small.as_meeting_heard(meeting);
            let found = at_meeting(desk, &then, meeting, &here);
            entries.extend(found.into_iter().map(|entry| (meeting.on, entry)));
        }
    }
    for case in cases {
        let taken_back = case.referral().withdrawn.as_ref();
        let on = taken_back
            .and_then(|withdrawn| withdrawn.on)
            .filter(|_| case.standing == Standing::Withdrawn);
        if let Some(on) = on {
            let by = taken_back.and_then(|withdrawn| withdrawn.agreed_by.as_ref());
            let by = by.map(|by| super::common::person(case.rules, by));
            let mut entry = entry(case, on, "Withdrawn");
            entry.asked = said(case.referral().request.summary.as_ref());
            if let Some(by) = by {
                let post = by.role.map(|role| format!(" ({role})")).unwrap_or_default();
                entry.came_of_it = format!("Withdrawn, as agreed by {}{post}", by.name);
            }
            entries.push((on, entry));
        }
    }
    entries.sort_by(|one, other| (one.0, &one.1.reference).cmp(&(other.0, &other.1.reference)));
    entries.into_iter().map(|(_, entry)| entry).collect()
}

/// The decision that a meeting made on a case.
fn made_at<'c, 'a>(case: &'c Case<'a>, meeting: &PanelMeeting<'_>) -> Option<&'c Made<'a>> {
    let folder = meeting.folder?;
    case.decisions.iter().find(|made| made.meeting == folder.id)
}

/// What the folder holds of a child and of the requests that belong to the child's.
fn with_kin(desk: &Desk<'_>, cases: &[&Case<'_>]) -> Folder {
    let mut wanted: BTreeSet<&str> = BTreeSet::new();
    for case in cases {
        let referral = case.referral();
        wanted.insert(case.reference());
        wanted.extend(referral.siblings.iter().map(Text::as_str));
        wanted.extend(referral.with.iter().map(Text::as_str));
        wanted.extend(referral.part_of.as_deref());
        wanted.extend(referral.request.review_of.as_deref());
    }
    let is_wanted = |reference: &str| wanted.contains(reference);
    let meeting = |own: &MeetingFolder| MeetingFolder {
        decisions: own
            .decisions
            .iter()
            .filter(|decision| is_wanted(&decision.file.record.referral))
            .cloned()
            .collect(),
        after: own
            .after
            .iter()
            .filter(|after| is_wanted(after.stem()))
            .cloned()
            .collect(),
        id: own.id.clone(),
        day: own.day,
        meeting: own.meeting.clone(),
        seals: own.seals.clone(),
    };
    let folder = desk.folder;
    Folder {
        root: folder.root.clone(),
        settings: folder.settings.clone(),
        referrals: folder
            .referrals
            .iter()
            .filter(|file| is_wanted(&file.record.reference))
            .cloned()
            .collect(),
        meetings: folder.meetings.iter().map(meeting).collect(),
        ..Folder::default()
    }
}

fn at_meeting(
    desk: &Desk<'_>,
    then: &Desk<'_>,
    meeting: &PanelMeeting<'_>,
    here: &[&Case<'_>],
) -> Vec<EntryView> {
    let mut judged = None;
    let mut entries = Vec::new();
    for case in here {
        let Some(before) = then.case(case.reference()) else {
            continue;
        };
        let made = made_at(case, meeting);
        let was_on_it = before.is_waiting()
            && then
                .meeting_for(before)
                .is_some_and(|at| at.id == meeting.id);
        if !was_on_it && made.is_none() {
            continue;
        }
        let mut entry = entry(case, meeting.on, "");
        if was_on_it {
            let judged = judged.get_or_insert_with(|| rules::judge(then));
            before_it(then, before, &mut entry);
            entry.is_ready = Some(judged.is_ready(before));
            let folder = meeting.folder.map_or("", |folder| &folder.id);
            entry.accepted = accepted(desk, &|reference, at| {
                reference == before.reference() && at == folder
            });
            entry.wrong = judged
                .about(case.reference())
                .filter(|finding| finding.is_error() && finding.place.file == before.file.path)
                .map(|finding| WrongView {
                    rule: finding.rule.clone(),
                    message: capitalised(&finding.message),
                    clauses: (!finding.basis.clauses.is_empty())
                        .then(|| finding.basis.clauses.join(", ")),
                })
                .collect();
        }
        let has_passed = meeting.has_passed(desk.today());
        match made {
            Some(made) => decided_at(desk, case, made, &mut entry),
            None if has_passed && case.standing != Standing::Withdrawn => {
                entry.is_carried_over = true;
                entry.came_of_it = if entry.is_ready == Some(false) {
                    "Not ready, carried over".to_owned()
                } else if before.has_come_back() {
                    "Not decided, carried over".to_owned()
                } else {
                    "What the deferral asked for had not come; carried over".to_owned()
                };
            }
            None if has_passed => entry.came_of_it = "Not decided".to_owned(),
            None => entry.came_of_it = "Not decided yet".to_owned(),
        }
        entries.push(entry);
    }
    entries
}

fn entry(case: &Case<'_>, on: Day, came_of_it: &str) -> EntryView {
    EntryView {
        on: on.into(),
        reference: case.reference().to_owned(),
        request: request_in_words(&head(case, on)),
        asked: None,
        sent: None,
        timing: None,
        is_late: None,
        is_ready: None,
        accepted: Vec::new(),
        wrong: Vec::new(),
        came_of_it: came_of_it.to_owned(),
        is_carried_over: false,
        decision: None,
        after: Vec::new(),
        actions: Vec::new(),
        disagreements: Vec::new(),
    }
}

/// What the meeting had before it: the request, when it came, and whether that was in time.
fn before_it(then: &Desk<'_>, before: &Case<'_>, entry: &mut EntryView) {
    let Some(before) = then.case(before.reference()) else {
        return;
    };
    let referral = before.referral();
    entry.asked = said(referral.request.summary.as_ref());
    let again = match before.has_been_resubmitted() {
        true => "again ",
        false => "",
    };
    let sent_at = before.sent_at();
    entry.sent = sent_at.map(|sent| format!("{again}{}", moment_in_words(sent)));
    let (Some(sent_at), Some(meeting)) = (sent_at, then.meeting_for(before)) else {
        return;
    };
    let Some(cut_off) = then.cut_off(before) else {
        if meeting.cut_off.is_some() {
            entry.timing = Some("no cut-off counts for it".to_owned());
        }
        return;
    };
    let is_late = sent_at > cut_off;
    entry.is_late = Some(is_late);
    entry.timing = Some(match (is_late, before.is_emergency()) {
        (true, false) => format!("late: the cut-off was {}", moment_in_words(cut_off)),
        (true, true) => format!(
            "late, in an emergency: the cut-off was {}",
            moment_in_words(cut_off)
        ),
        (false, _) => "in time".to_owned(),
    });
}

fn decided_at(desk: &Desk<'_>, case: &Case<'_>, made: &Made<'_>, entry: &mut EntryView) {
    let mut decision = decided(desk, case, made);
    // What members said and what the panel asked stand in the minutes and on the record; a history
    // of two pages has room for what was decided and why.
    decision.views.clear();
    decision.checklist.clear();
    decision.highlights = None;
    entry.came_of_it = match decision.outcome_label.is_empty() {
        true => "The decision names no outcome".to_owned(),
        false => decision.outcome_label.clone(),
    };
    entry.actions = decision
        .actions
        .iter()
        .zip(&made.decision().actions)
        .map(|(told, action)| ActionState {
            what: told.what.clone(),
            owner: told.owner.clone(),
            due: told.due.clone(),
            done: told.done.clone(),
            is_overdue: told.done.is_none() && action.due.is_some_and(|due| due < desk.today()),
        })
        .collect();
    entry.disagreements = disagreements(desk, made);
    entry.after = afterwards(desk, made);
    entry.decision = Some(decision);
}

/// What became true after a decision by the desk's day, by day.
fn afterwards(desk: &Desk<'_>, made: &Made<'_>) -> Vec<AfterView> {
    let Some(after) = made.after.map(|file| &file.record) else {
        return Vec::new();
    };
    let rules = made.rules;
    let mut rows: Vec<(Day, String)> = Vec::new();
    let mut add = |on: Option<Day>, what: String| {
        rows.extend(on.filter(|on| *on <= desk.today()).map(|on| (on, what)));
    };
    add(after.search_started, "Search begun".to_owned());
    if let Some(placed) = &after.placed {
        let provider = placed.provider.as_ref();
        let name = provider.and_then(|provider| said(provider.name.as_ref()));
        let at = name.map(|name| format!(" with {name}")).unwrap_or_default();
        let unregistered = match provider.and_then(|provider| provider.registered) {
            Some(false) => ", which is not registered",
            _ => "",
        };
        add(placed.on, format!("Placed{at}{unregistered}"));
    }
    let moved = &after.before_amendment;
    let earlier = " (the earlier decision)";
    for (told, of) in moved
        .iter()
        .map(|row| (row.told_family, earlier))
        .chain([(after.told_family, "")])
    {
        add(told, format!("Family told{of}"));
    }
    for (uploaded, of) in moved
        .iter()
        .map(|row| (row.uploaded, earlier))
        .chain([(after.uploaded, "")])
    {
        add(
            uploaded.map(|moment| moment.day()),
            format!("Record put on the child's file{of}"),
        );
    }
    for paper in &after.papers {
        let what = label(rules, Use::Document, paper.kind.as_ref());
        let what = what.unwrap_or_else(|| "A paper".to_owned());
        add(paper.on, format!("{what} came"));
    }
    let endorsed = moved
        .iter()
        .flat_map(|row| row.endorsed.iter().map(|given| (given, earlier)));
    for (given, of) in endorsed.chain(after.endorsed.iter().map(|given| (given, ""))) {
        let who = super::common::role(rules, given.role.as_ref());
        let who = said(given.name.as_ref()).or(who);
        let who = who.unwrap_or_else(|| "a post that is not named".to_owned());
        add(given.on, format!("Endorsed by {who}{of}"));
    }
    let signed = moved
        .iter()
        .filter_map(|row| Some((row.log_signed.as_ref()?, earlier)));
    for (signed, of) in signed.chain(after.log_signed.iter().map(|signed| (signed, ""))) {
        let who = said(signed.name.as_ref()).unwrap_or_else(|| "name not given".to_owned());
        add(signed.on, format!("Spend signed in the log by {who}{of}"));
    }
    if let Some(ended) = &after.ended {
        let why = said(ended.reason.as_ref());
        let why = why.map(|why| format!(": {why}")).unwrap_or_default();
        add(ended.on, format!("Ended{why}"));
    }
    rows.sort();
    rows.into_iter()
        .map(|(on, what)| AfterView {
            on: on.into(),
            what,
        })
        .collect()
}
