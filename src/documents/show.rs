//! One child's whole history across meetings: what the chair wants when a child comes back.

use super::common::{CaseHead, DayView, head, json};
use super::running::request_in_words;
use super::show_money::{MoneyView, money};
use super::show_placements::{PlacementsView, placements};
use super::show_reviews::{ReturnView, returns};
use super::show_timeline::{EntryView, timeline};
use super::{Document, Options, names, render};
use crate::desk::{Case, Desk};
use crate::findings::Severity;
use crate::records::Text;
use crate::rules::{self, Judgement, State};
use serde::Serialize;
use std::collections::BTreeSet;

/// What the template of a child's history is given.
#[derive(Debug, Clone, Serialize)]
struct ShowView {
    /// Whose panel.
    council: String,
    /// The panel.
    panel: String,
    /// The day of which it speaks: nothing later is in it.
    as_of: DayView,
    /// Who it is about, by the request that was sent last.
    child: ChildView,
    /// What there was, in numbers.
    counts: CountsView,
    /// What is not at its end yet.
    open: Vec<OpenView>,
    /// Why it drifts.
    drift: Vec<SaidView>,
    /// What is wrong now: errors, then warnings.
    findings: Vec<FoundView>,
    /// What is owed and when.
    diary: Vec<DueView>,
    /// Meeting by meeting, and what was taken back.
    timeline: Vec<EntryView>,
    /// Returns to panel.
    reviews: Vec<ReturnView>,
    /// What was approved.
    money: Option<MoneyView>,
    /// Where the child lived, as far as the requests tell.
    placements: Option<PlacementsView>,
}

/// Who it is about.
#[derive(Debug, Clone, Serialize)]
struct ChildView {
    /// The particulars, by the request that was sent last.
    #[serde(flatten)]
    head: CaseHead,
    /// Requests that name a brother or sister; nothing else of them stands here.
    siblings: Vec<String>,
}

/// What there was, in numbers.
#[derive(Debug, Clone, Serialize)]
struct CountsView {
    /// Requests.
    requests: usize,
    /// Decisions of all kinds.
    decisions: usize,
    /// How often the panel put something off.
    deferrals: usize,
    /// How often a meeting passed without deciding.
    carried_over: usize,
    /// Request by request, those that were put off or carried over.
    by_request: Vec<CountView>,
}

/// How often one request was put off or passed over.
#[derive(Debug, Clone, Serialize)]
struct CountView {
    /// The referral.
    reference: String,
    /// How often it was put off.
    deferrals: usize,
    /// How often a meeting passed without deciding it.
    carried_over: usize,
}

/// A request that is not at its end.
#[derive(Debug, Clone, Serialize)]
struct OpenView {
    /// The referral.
    reference: String,
    /// What is asked.
    request: String,
    /// The word for where it stands.
    state: State,
    /// The same in words.
    stands: String,
    /// The meeting that it goes to, where it waits for one.
    meeting: Option<DayView>,
    /// The meeting that it moves on to, where that one cannot hold it.
    moves_on_to: Option<DayView>,
}

/// A sentence about one request.
#[derive(Debug, Clone, Serialize)]
struct SaidView {
    /// The referral.
    reference: String,
    /// What there is to say.
    text: String,
}

/// Something that is wrong now.
#[derive(Debug, Clone, Serialize)]
struct FoundView {
    /// The referral.
    reference: String,
    /// The rule.
    rule: String,
    /// How much it weighs.
    severity: Severity,
    /// What is wrong.
    message: String,
    /// Clauses of the policy.
    clauses: Option<String>,
}

/// A line of the diary.
#[derive(Debug, Clone, Serialize)]
struct DueView {
    /// The referral.
    reference: String,
    /// The last day for it.
    due: DayView,
    /// Whether that has gone by.
    is_overdue: bool,
    /// What kind of thing it is.
    kind: &'static str,
    /// What is to happen, with what kind of thing it is where that does not say so itself.
    what: String,
    /// Who is to do it.
    owner: Option<String>,
    /// The meeting at which it is expected.
    meeting: Option<DayView>,
}

/// One child's history, from the referrals about the child; the first of them is never missing.
pub(crate) fn show(desk: &Desk<'_>, cases: &[&Case<'_>], options: Options) -> Document {
    let cases: Vec<&Case<'_>> = cases
        .iter()
        .filter_map(|case| desk.case(case.reference()))
        .collect();
    let references: BTreeSet<&str> = cases.iter().map(|case| case.reference()).collect();
    let judged = rules::judge(desk);
    let timeline = timeline(desk, &cases);
    // Drafts stand at the end of the list; what was sent last speaks for the child before them.
    let sent = cases.iter().rev().find(|case| case.sent_at().is_some());
    let Some(latest) = sent.or(cases.last()).copied() else {
        let nothing = serde_json::Value::Null;
        return render::document(desk.folder, "show.md.j2", nothing, String::new());
    };
    let siblings = siblings(desk, &cases);
    let view = ShowView {
        council: desk.book.about.name.clone(),
        panel: latest.rules.panel_in_full(latest.panel),
        as_of: desk.today().into(),
        counts: counts(desk, &cases, &timeline),
        open: cases
            .iter()
            .filter_map(|case| open(desk, &judged, case))
            .collect(),
        drift: desk
            .drifting()
            .into_iter()
            .filter(|(reference, _)| references.contains(reference))
            .flat_map(|(reference, why)| {
                why.into_iter().map(move |text| SaidView {
                    reference: reference.to_owned(),
                    text,
                })
            })
            .collect(),
        findings: findings(&judged, &cases),
        diary: diary(desk, &references),
        reviews: returns(desk, &cases),
        money: money(desk, &references),
        placements: placements(desk, &cases),
        timeline,
        child: ChildView {
            head: head(latest, desk.today()),
            siblings: siblings.clone(),
        },
    };
    let (view, taken_out) = names::only_about_all(desk, &cases, &siblings, json(&view));
    let view = names::as_asked(desk, options, view);
    render::document(desk.folder, "show.md.j2", view, String::new()).without(taken_out)
}

/// References that stand for brothers and sisters, as the child's own requests name them.
fn siblings(desk: &Desk<'_>, cases: &[&Case<'_>]) -> Vec<String> {
    let named = cases.iter().flat_map(|case| {
        let referral = case.referral();
        let kin = referral.siblings.iter().chain(&referral.with);
        kin.chain(&referral.part_of)
    });
    let own = |reference: &str| cases.iter().any(|case| case.reference() == reference);
    let is_known = |reference: &str| {
        desk.case(reference).is_none_or(|case| {
            case.referral()
                .submitted
                .is_none_or(|sent| sent.day() <= desk.today())
        })
    };
    let found: BTreeSet<&Text> = named
        .filter(|reference| !own(reference) && is_known(reference))
        .collect();
    found.into_iter().map(Text::to_string).collect()
}

fn counts(desk: &Desk<'_>, cases: &[&Case<'_>], timeline: &[EntryView]) -> CountsView {
    let by_request: Vec<CountView> = cases
        .iter()
        .map(|case| CountView {
            reference: case.reference().to_owned(),
            deferrals: desk.deferrals(case),
            carried_over: timeline
                .iter()
                .filter(|entry| entry.reference == case.reference() && entry.is_carried_over)
                .count(),
        })
        .collect();
    CountsView {
        requests: cases.len(),
        decisions: cases.iter().map(|case| case.decisions.len()).sum(),
        deferrals: by_request.iter().map(|row| row.deferrals).sum(),
        carried_over: by_request.iter().map(|row| row.carried_over).sum(),
        by_request: by_request
            .into_iter()
            .filter(|row| row.deferrals + row.carried_over > 0)
            .collect(),
    }
}

/// Where a request stands, unless it is at its end.
fn open(desk: &Desk<'_>, judged: &Judgement, case: &Case<'_>) -> Option<OpenView> {
    let case = desk.case(case.reference())?;
    let state = judged.state(case);
    let stands = match state {
        State::Withdrawn | State::Closed => return None,
        State::Draft => "Draft, not sent",
        State::NotReady => "Sent, not ready",
        State::Listed => "Ready to be heard",
        State::CarriedOver => "Carried over, ready to be heard",
        State::Deferred if case.has_come_back() => "Deferred, comes back",
        State::Deferred => "Deferred, what was asked for has not come",
        State::Pending => "Heard, the decision is to follow",
        State::DecidedInPrinciple => "Decided in principle, an endorsement is awaited",
        State::Decided => "Decided, with something left to do",
    };
    let meeting = desk
        .meeting_for(case)
        .filter(|_| case.is_waiting() || state == State::Draft);
    let moves_on_to = meeting.and_then(|meeting| {
        let heard = desk.heard_at(meeting, &|case| judged.is_ready(case));
        let times = desk.timetable(meeting, &heard)?;
        let place = heard
            .iter()
            .position(|other| other.reference() == case.reference())?;
        let is_moving = times.slots.get(place)?.is_none();
        desk.next_after(meeting).filter(|_| is_moving)
    });
    Some(OpenView {
        reference: case.reference().to_owned(),
        request: request_in_words(&head(case, desk.today())),
        state,
        stands: stands.to_owned(),
        meeting: meeting.map(|meeting| meeting.on.into()),
        moves_on_to: moves_on_to.map(|next| next.on.into()),
    })
}

fn findings(judged: &Judgement, cases: &[&Case<'_>]) -> Vec<FoundView> {
    let mut found: Vec<FoundView> = cases
        .iter()
        .flat_map(|case| judged.about(case.reference()))
        .filter(|finding| finding.severity != Severity::Note)
        .map(|finding| FoundView {
            reference: finding.reference.clone().unwrap_or_default(),
            rule: finding.rule.clone(),
            severity: finding.severity,
            message: super::common::capitalised(&finding.message),
            clauses: (!finding.basis.clauses.is_empty()).then(|| finding.basis.clauses.join(", ")),
        })
        .collect();
    found.sort_by_key(|row| row.severity);
    found
}

fn diary(desk: &Desk<'_>, references: &BTreeSet<&str>) -> Vec<DueView> {
    crate::rules::diary(desk)
        .into_iter()
        .filter(|entry| references.contains(entry.reference))
        .map(|entry| DueView {
            reference: entry.reference.to_owned(),
            due: entry.due_on.into(),
            is_overdue: entry.due_on < desk.today(),
            kind: entry.kind.label(),
            what: told_once(entry.kind.label(), entry.what),
            owner: entry.owner.map(str::to_owned),
            meeting: entry.meeting.map(DayView::from),
        })
        .collect()
}

/// What is to happen, after the kind of thing that it is: a review needs no second word of it.
fn told_once(kind: &str, what: String) -> String {
    if what.to_lowercase().starts_with(&kind.to_lowercase()) || kind == "Review" {
        what
    } else {
        format!("{kind}: {what}")
    }
}
