//! What follows a decision: who may disagree and how, who did, other panels to be told, the funds.

use super::common::{DayView, label, other_panel, said, uncapitalised};
use crate::council::{Appeal, Council, Use};
use crate::desk::{Case, Desk, Made};
use crate::records::Day;
use serde::Serialize;

/// What follows when somebody disagrees.
#[derive(Debug, Clone, Serialize)]
pub(super) struct AppealView {
    /// Whose disagreement; none where it is anybody's.
    pub(super) who: Option<String>,
    /// What it is called and where it goes.
    pub(super) route: String,
    /// The post that it is escalated to.
    pub(super) to: Option<String>,
}

/// Somebody's disagreement.
#[derive(Debug, Clone, Serialize)]
pub(super) struct DisagreementView {
    /// Whose.
    pub(super) by: String,
    /// When.
    pub(super) on: Option<DayView>,
    /// In their words.
    pub(super) note: Option<String>,
    /// The routes that the council's file has for it.
    pub(super) routes: Vec<AppealView>,
    /// To whom it was escalated.
    pub(super) escalated_to: Option<String>,
}

/// Another panel that the case is referred to, with what it is to be told.
#[derive(Debug, Clone, Serialize)]
pub(super) struct PanelToTell {
    /// The panel.
    pub(super) panel: String,
    /// What it is to be told.
    pub(super) notification: String,
}

/// What a decision does to the funds.
#[derive(Debug, Clone, Serialize)]
pub(super) struct FundsView {
    /// What there is to spend.
    pub(super) available: String,
    /// The first day that it is for.
    pub(super) from: Option<DayView>,
    /// The last day that it is for.
    pub(super) to: Option<DayView>,
    /// What was approved out of it before.
    pub(super) before: String,
    /// What this decision approves.
    pub(super) this: String,
    /// What is approved with it.
    pub(super) committed: String,
    /// What is left.
    pub(super) left: String,
    /// Whether more was approved than there is.
    pub(super) is_overspent: bool,
}

/// The routes that are open to any of these; every route where nobody is named.
pub(super) fn routes(council: &Council, who: &[&str]) -> Vec<AppealView> {
    council
        .appeals
        .iter()
        .filter(|appeal| {
            who.is_empty()
                || appeal.by.is_empty()
                || appeal.by.iter().any(|by| who.contains(&by.as_str()))
        })
        .map(|appeal| route(council, appeal))
        .collect()
}

fn route(council: &Council, appeal: &Appeal) -> AppealView {
    let who: Vec<String> = appeal
        .by
        .iter()
        .map(|by| uncapitalised(council.words.label(Use::Disagreement, by)))
        .collect();
    AppealView {
        who: (!who.is_empty()).then(|| who.join(" or ")),
        route: appeal.route.trim_end_matches('.').to_owned(),
        // A route that names the post already needs no second word of it.
        to: appeal
            .to
            .as_ref()
            .map(|to| council.role_label(to).to_owned())
            .filter(|to| !appeal.route.to_lowercase().contains(&to.to_lowercase())),
    }
}

/// The disagreements on record, at the desk's moment.
pub(super) fn disagreements(desk: &Desk<'_>, made: &Made<'_>) -> Vec<DisagreementView> {
    let all = made.after.map(|after| &after.record.disagreement);
    let all = all.into_iter().flat_map(|all| all.iter());
    all.filter(|told| told.on.is_none_or(|on| on <= desk.today()))
        .map(|told| DisagreementView {
            by: label(made.rules, Use::Disagreement, told.by.as_ref())
                .unwrap_or_else(|| "Somebody".to_owned()),
            on: told.on.map(DayView::from),
            note: said(told.note.as_ref()),
            routes: routes(made.rules, &[told.by.as_deref().unwrap_or_default()]),
            escalated_to: said(told.escalated_to.as_ref()),
        })
        .collect()
}

/// The panels that a decision refers to and that are to be told something.
pub(super) fn panels_to_tell(made: &Made<'_>) -> Vec<PanelToTell> {
    made.decision()
        .refer_to
        .iter()
        .filter_map(|id| {
            let mut known = made.rules.other_panels.iter();
            let panel = known.find(|panel| panel.id == *id)?;
            Some(PanelToTell {
                panel: other_panel(made.rules, id),
                notification: panel.notification.clone()?,
            })
        })
        .collect()
}

/// What an approval does to the funds; none where the council names none.
pub(super) fn funds<'a>(desk: &Desk<'a>, case: &Case<'a>, made: &Made<'a>) -> Option<FundsView> {
    if !made.is_approval() {
        return None;
    }
    // What was amended or completed since stood otherwise on the day of the decision.
    let day = made.made_on();
    let is_later = desk.made().iter().any(|(_, other)| {
        let later = other.made_on() > day;
        later && other.on <= day
    });
    let then = is_later.then(|| desk.at_end_of(day)).flatten();
    let stood = then.as_ref().and_then(|then| {
        let own = then.case(case.reference())?;
        let made = own
            .decisions
            .iter()
            .find(|other| other.meeting == made.meeting)?;
        then.effect_on_funds(own, made)
    });
    let effect = stood.or_else(|| desk.effect_on_funds(case, made))?;
    let last = |until: Day| Day::of(until.date().pred_opt().unwrap_or(until.date()));
    Some(FundsView {
        available: effect.fund.amount.to_string(),
        from: effect.fund.from.map(DayView::from),
        to: effect.fund.until.map(|until| last(until).into()),
        before: effect.before.to_string(),
        this: effect.this.to_string(),
        committed: effect.committed().to_string(),
        left: effect.left().to_string(),
        is_overspent: effect.left().pence() < 0,
    })
}
