//! What decisions leave beside the children's records: notes on practice, need that nothing met,
//! and who provides the placements decided.

use crate::council::{Council, Use};
use crate::desk::{Case, Desk, Made, Period, provider_of};
use crate::documents::budget::AmountView;
use crate::documents::common::{DayView, age, json, label, named, said};
use crate::documents::{Document, Options, names, render};
use crate::records::{Day, Money, Provider, Text};
use serde::Serialize;

/// The lists that are asked for; where none is, those that have something.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Asked {
    /// Notes on practice.
    pub(crate) practice: bool,
    /// Need that nothing met.
    pub(crate) unmet_need: bool,
    /// Providers of the placements decided.
    pub(crate) providers: bool,
}

impl Asked {
    /// How many are asked for by name.
    pub(crate) fn count(self) -> usize {
        [self.practice, self.unmet_need, self.providers]
            .into_iter()
            .filter(|is_asked| *is_asked)
            .count()
    }
}

/// What the template of the lists is given.
#[derive(Debug, Clone, Serialize)]
struct ListsView {
    /// Whose panel.
    council: String,
    /// The panel.
    panel: String,
    /// The day of which the report speaks.
    as_of: DayView,
    /// The first day of the meetings that count.
    from: Option<DayView>,
    /// The last.
    to: Option<DayView>,
    /// The one meeting that counts.
    meeting: Option<String>,
    /// Decisions in force that were looked at.
    decisions: usize,
    /// Notes on practice; none where they are not asked for.
    practice: Option<Vec<NoteLine>>,
    /// Need that nothing met; none where it is not asked for.
    unmet_need: Option<Vec<NoteLine>>,
    /// Providers of the placements decided; none where they are not asked for.
    providers: Option<Vec<ProviderLine>>,
}

/// Something noted with a decision. The child is not named: it is not about the child.
#[derive(Debug, Clone, Serialize)]
struct NoteLine {
    /// The meeting's folder.
    meeting: String,
    /// The day on which it was held.
    on: DayView,
    /// The referral.
    reference: String,
    /// What was asked for, in words.
    request: String,
    /// Where the child was to live, as files write it.
    provision: Option<String>,
    /// The same in words.
    provision_words: Option<String>,
    /// The child's age at the meeting.
    age: Option<String>,
    /// What the panel decided, in words.
    outcome: String,
    /// The worker.
    worker: Option<String>,
    /// The worker's team.
    team: Option<String>,
    /// The team manager.
    team_manager: Option<String>,
    /// The note.
    note: String,
}

/// A placement that was decided, and who provides it.
#[derive(Debug, Clone, Serialize)]
struct ProviderLine {
    /// The meeting's folder.
    meeting: String,
    /// The day on which it was held.
    on: DayView,
    /// The referral.
    reference: String,
    /// The provider; none where nobody is named.
    provider: Option<String>,
    /// As files write it.
    sector: Option<String>,
    /// In words.
    sector_words: Option<String>,
    /// Its code in the national return.
    sector_code: Option<String>,
    /// Whether it is registered.
    registered: Option<bool>,
    /// Whether it is not the council's own.
    external: Option<bool>,
    /// Both in words, as far as they are said: `registered, external`.
    standing: Option<String>,
    /// As files write it.
    provision: Option<String>,
    /// In words.
    provision_words: Option<String>,
    /// The child's age at the meeting.
    age: Option<String>,
    /// As files write it.
    legal_status: Option<String>,
    /// Its code in the national return, where it has one alone.
    legal_status_code: Option<String>,
    /// What the panel decided, as files write it.
    outcome: String,
    /// What was approved in place of what was asked.
    alternative: Option<String>,
    /// Approved for the placement itself, pounds a week.
    placement_weekly: AmountView,
    /// Everything approved, pounds a week.
    weekly: AmountView,
}

/// The lists from the decisions of a period.
pub(crate) fn report_lists(
    desk: &Desk<'_>,
    asked: Asked,
    period: Period<'_>,
    options: Options,
) -> Document {
    let made = desk.made_in(period);
    let notes = |of: fn(&Made<'_>) -> Option<String>| -> Vec<NoteLine> {
        let lines = made.iter();
        lines
            .filter_map(|(case, made)| Some(note_line(case, made, of(made)?)))
            .collect()
    };
    let practice = notes(|made| said(made.decision().practice_note.as_ref()));
    let unmet_need = notes(|made| said(made.decision().unmet_need.as_ref()));
    let providers: Vec<ProviderLine> = made
        .iter()
        .filter_map(|(case, made)| provider_line(case, made, desk.today()))
        .collect();
    let is_asked = |by_name: bool, is_empty: bool| by_name || (asked.count() == 0 && !is_empty);
    let view = ListsView {
        council: desk.book.about.name.clone(),
        panel: desk.book.panel_in_full(period.panel),
        as_of: desk.today().into(),
        from: period.from.map(DayView::from),
        to: period.to.map(DayView::from),
        meeting: period.meeting.map(str::to_owned),
        decisions: made.len(),
        practice: is_asked(asked.practice, practice.is_empty()).then_some(practice),
        unmet_need: is_asked(asked.unmet_need, unmet_need.is_empty()).then_some(unmet_need),
        providers: is_asked(asked.providers, providers.is_empty()).then_some(providers),
    };
    let view = names::as_asked(desk, options, json(&view));
    render::document(
        desk.folder,
        "report-lists.md.j2",
        view,
        "report-lists.md".to_owned(),
    )
}

fn note_line(case: &Case<'_>, made: &Made<'_>, note: String) -> NoteLine {
    let referral = case.referral();
    let (rules, request) = (made.rules, &referral.request);
    NoteLine {
        meeting: made.meeting.to_owned(),
        on: made.on.into(),
        reference: case.reference().to_owned(),
        request: label(rules, Use::Kind, request.kind.as_ref())
            .unwrap_or_else(|| "Request".to_owned()),
        provision: said(request.provision.as_ref()),
        provision_words: label(rules, Use::Provision, request.provision.as_ref()),
        age: referral
            .child
            .date_of_birth
            .and_then(|born| age(born, made.on)),
        outcome: rules.outcome_label(made.outcome()).to_owned(),
        worker: said(referral.worker.name.as_ref()),
        team: said(referral.worker.team.as_ref()),
        team_manager: named(referral.team_manager.as_ref()),
        note,
    }
}

/// An approval of somewhere to live: one that pays for a placement, or after which the child was
/// placed. Support in a placement that goes on has no line: the survey counts placements.
fn provider_line(case: &Case<'_>, made: &Made<'_>, today: Day) -> Option<ProviderLine> {
    let referral = case.referral();
    let provider = provider_of(case, made, today);
    let pays_for_one = made
        .decision()
        .approved
        .iter()
        .any(|line| line.item.as_deref() == Some("placement"));
    let was_placed = made
        .after
        .and_then(|after| after.record.placed.as_ref())
        .is_some_and(|placed| placed.on.is_none_or(|on| on <= today));
    if !made.is_approval() || !(pays_for_one || was_placed) {
        return None;
    }
    let (rules, decision) = (made.rules, made.decision());
    let provision = referral.request.provision.as_ref();
    let sector = provider.and_then(|provider| provider.sector.as_ref());
    let legal_status = referral.child.legal_status.as_ref();
    let weekly = |wanted: &dyn Fn(Option<&str>) -> bool| -> AmountView {
        let lines = decision.approved.iter();
        lines
            .filter(|line| wanted(line.item.as_deref()))
            .filter_map(|line| line.weekly)
            .sum::<Money>()
            .into()
    };
    Some(ProviderLine {
        meeting: made.meeting.to_owned(),
        on: made.on.into(),
        reference: case.reference().to_owned(),
        provider: provider.and_then(|provider| said(provider.name.as_ref())),
        sector: id(rules, Use::Sector, sector),
        sector_words: label(rules, Use::Sector, sector),
        sector_code: code(rules, Use::Sector, sector),
        registered: provider.and_then(|provider| provider.registered),
        external: provider.and_then(|provider| provider.external),
        standing: provider.and_then(standing),
        provision: id(rules, Use::Provision, provision),
        provision_words: label(rules, Use::Provision, provision),
        age: referral
            .child
            .date_of_birth
            .and_then(|born| age(born, made.on)),
        legal_status: id(rules, Use::LegalStatus, legal_status),
        legal_status_code: code(rules, Use::LegalStatus, legal_status),
        outcome: made.outcome().to_owned(),
        alternative: said(decision.alternative.as_ref()),
        placement_weekly: weekly(&|item| item == Some("placement")),
        weekly: weekly(&|_| true),
    })
}

fn standing(provider: &Provider) -> Option<String> {
    let registered = provider
        .registered
        .map(|is_registered| match is_registered {
            true => "registered",
            false => "not registered",
        });
    let external = provider.external.map(|is_external| match is_external {
        true => "external",
        false => "the council's own",
    });
    let said: Vec<&str> = registered.into_iter().chain(external).collect();
    (!said.is_empty()).then(|| said.join(", "))
}

/// The word that a file means, whether it wrote the word or its code.
fn id(council: &Council, place: Use, written: Option<&Text>) -> Option<String> {
    said(written).map(|written| match council.words.find(place, &written) {
        Some(known) => known.id.clone(),
        None => written,
    })
}

/// The code of the national return: the one that was written, else the word's, if it has one alone.
fn code(council: &Council, place: Use, written: Option<&Text>) -> Option<String> {
    let written = said(written)?;
    let codes = &council.words.find(place, &written)?.codes;
    match &codes[..] {
        [one] => Some(one.clone()),
        several => several.iter().find(|code| **code == written).cloned(),
    }
}
