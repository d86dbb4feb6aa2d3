//! A request as the panel reads it: what is asked, why, what it costs.

use super::common::{
    CostsView, DayView, FundingView, costs, funding, label, other_panel, person, role, said,
    uncapitalised,
};
use crate::council::{Council, Use};
use crate::desk::Case;
use crate::records::{Day, Permission, PlacementOption, Referral, ReferredTo};
use serde::Serialize;

/// What is asked, why, and what it costs.
#[derive(Debug, Clone, Serialize)]
pub(super) struct RequestView {
    /// What is asked of the panel.
    pub(super) summary: Option<String>,
    /// Why this and not less.
    pub(super) reason: Option<String>,
    /// The plan it serves.
    pub(super) care_plan: Option<String>,
    /// First day.
    pub(super) from: Option<DayView>,
    /// The day after the last.
    pub(super) to: Option<DayView>,
    /// Who would provide.
    pub(super) provider: Option<ProviderView>,
    /// Facts in a line each: court dates, notices, distances.
    pub(super) facts: Vec<String>,
    /// What it costs.
    pub(super) costs: Option<CostsView>,
    /// The request that holds the costs, where this one is part of it.
    pub(super) part_of: Option<String>,
    /// What is in place now.
    pub(super) current_costs: Option<CostsView>,
    /// Other funders.
    pub(super) funding: Vec<FundingView>,
    /// Other ways that were looked at.
    pub(super) options: Vec<OptionView>,
    /// Services tried before.
    pub(super) alternatives: Vec<TriedView>,
    /// Other panels that have seen it.
    pub(super) referred_to: Vec<String>,
}

/// Who would provide.
#[derive(Debug, Clone, Serialize)]
pub(super) struct ProviderView {
    /// Name.
    pub(super) name: String,
    /// "external, registered, private".
    pub(super) about: Option<String>,
}

/// One way of meeting the need that was looked at.
#[derive(Debug, Clone, Serialize)]
pub(super) struct OptionView {
    /// What kind.
    pub(super) provision: String,
    /// By whom.
    pub(super) provider: Option<String>,
    /// Pounds a week.
    pub(super) weekly: Option<String>,
    /// "available, not suitable".
    pub(super) standing: Option<String>,
    /// Why.
    pub(super) note: Option<String>,
}

/// A service tried before.
#[derive(Debug, Clone, Serialize)]
pub(super) struct TriedView {
    /// What.
    pub(super) tried: String,
    /// What came of it.
    pub(super) outcome: Option<String>,
}

/// What somebody thinks.
#[derive(Debug, Clone, Serialize)]
pub(super) struct ViewView {
    /// Who.
    pub(super) who: String,
    /// What.
    pub(super) view: String,
}

/// One person's score.
#[derive(Debug, Clone, Serialize)]
pub(super) struct ScoreView {
    /// Who.
    pub(super) name: String,
    /// Role or relation to the child.
    pub(super) role: Option<String>,
    /// The score.
    pub(super) score: Option<i64>,
    /// Why.
    pub(super) reasons: Option<String>,
}

/// A request, without its form.
pub(super) fn request(case: &Case<'_>) -> RequestView {
    let council = case.rules;
    let referral = case.referral();
    let asked = &referral.request;
    RequestView {
        summary: said(asked.summary.as_ref()),
        reason: said(asked.reason.as_ref()),
        care_plan: said(asked.care_plan.as_ref()),
        from: asked.from.map(DayView::from),
        to: asked.to.map(DayView::from),
        provider: provider(council, referral),
        facts: facts(council, referral),
        costs: costs(council, &referral.costs),
        part_of: case.costs_on.map(str::to_owned),
        current_costs: costs(council, &referral.current_costs),
        funding: funding(council, &referral.funding),
        options: referral
            .options
            .iter()
            .map(|row| option(council, row))
            .collect(),
        alternatives: referral
            .alternatives
            .iter()
            .filter_map(|row| {
                Some(TriedView {
                    tried: said(row.tried.as_ref())?,
                    outcome: said(row.outcome.as_ref()),
                })
            })
            .collect(),
        referred_to: referral
            .referred_to
            .iter()
            .filter_map(|row| {
                let panel = other_panel(council, &said(row.panel.as_ref())?);
                Some(referred(panel, row))
            })
            .collect(),
    }
}

/// What a request says of another panel, after that panel's name.
pub(super) fn referred(panel: String, row: &ReferredTo) -> String {
    match (
        row.on,
        said(row.outcome.as_ref()),
        said(row.not_needed.as_ref()),
    ) {
        (_, _, Some(reason)) => format!("{panel}: not needed. {reason}"),
        (Some(on), Some(outcome), None) => format!("{panel}, {}: {outcome}", on.in_words()),
        (Some(on), None, None) => format!("{panel}, {}", on.in_words()),
        (None, Some(outcome), None) => format!("{panel}: {outcome}"),
        (None, None, None) => panel,
    }
}

fn provider(council: &Council, referral: &Referral) -> Option<ProviderView> {
    let provider = referral.provider.as_ref()?;
    let sector = label(council, Use::Sector, provider.sector.as_ref());
    let words: Vec<String> = [
        provider
            .external
            .map(|is| if is { "external" } else { "the council's own" }.to_owned()),
        provider
            .registered
            .map(|is| if is { "registered" } else { "not registered" }.to_owned()),
        sector.map(|sector| uncapitalised(&sector)),
    ]
    .into_iter()
    .flatten()
    .collect();
    Some(ProviderView {
        name: said(provider.name.as_ref())?,
        about: (!words.is_empty()).then(|| words.join(", ")),
    })
}

fn option(council: &Council, row: &PlacementOption) -> OptionView {
    let words =
        |is: Option<bool>, yes: &str, no: &str| is.map(|is| if is { yes } else { no }.to_owned());
    let standing: Vec<String> = [
        words(row.available, "available", "not available"),
        words(row.suitable, "suitable", "not suitable"),
    ]
    .into_iter()
    .flatten()
    .collect();
    OptionView {
        provision: label(council, Use::Provision, row.provision.as_ref())
            .unwrap_or_else(|| "Another way".to_owned()),
        provider: said(row.provider.as_ref()),
        weekly: row.weekly.map(|weekly| weekly.to_string()),
        standing: (!standing.is_empty()).then(|| standing.join(", ")),
        note: said(row.note.as_ref()),
    }
}

/// What a chair asks about in the first minute, where the request says it.
fn facts(council: &Council, referral: &Referral) -> Vec<String> {
    let request = &referral.request;
    let mut facts = Vec::new();
    let mut dated = |what: &str, day: Option<Day>| {
        facts.extend(day.map(|day| format!("{what} {}", day.in_words())));
    };
    dated("Placed on", referral.placed_on);
    dated("Search began on", request.search_started);
    if let Some(notice) = &request.notice {
        dated("Notice given on", notice.given);
        dated("Notice ends on", notice.ends);
    }
    if let Some(placement) = &referral.placement {
        dated("Present contract ends on", placement.contract_ends);
    }
    if let Some(court) = &request.court {
        dated("Court hearing on", court.hearing);
        dated("Court order made on", court.made_on);
        dated("Plan to be filed on", court.plan_filed);
    }
    if let Some(emergency) = &referral.emergency {
        let ground = label(council, Use::Ground, emergency.ground.as_ref());
        let by = emergency.approved_by.as_ref().map(|by| person(council, by));
        let mut text = "Emergency".to_owned();
        if let Some(ground) = ground {
            text = format!("{text}: {}", uncapitalised(&ground));
        }
        if let Some(by) = by {
            let post = by.role.map(|role| format!(" ({role})")).unwrap_or_default();
            text = format!("{text}; approved by {}{post}", by.name);
            if let Some(on) = emergency.approved_on {
                text = format!("{text} on {}", on.in_words());
            }
        }
        facts.push(text);
    }
    facts.extend(request.distance_miles.map(|miles| {
        let plural = if miles.to_string() == "1" { "" } else { "s" };
        format!("{miles} mile{plural} from home")
    }));
    facts.extend(
        (request.out_of_area == Some(true)).then(|| "Outside the council's area".to_owned()),
    );
    facts.extend(request.school_change.map(|is| {
        if is {
            "School would change"
        } else {
            "School stays the same"
        }
        .to_owned()
    }));
    facts.extend(
        (request.risk_to_life == Some(true)).then(|| "A life is said to be at risk".to_owned()),
    );
    facts.extend(
        referral
            .permissions
            .iter()
            .filter_map(|given| leave(council, given)),
    );
    facts.extend(request.staffing.as_ref().and_then(|staffing| {
        let ratio = said(staffing.ratio.as_ref())?;
        let days = staffing
            .days
            .map(|days| format!(" for {days} day{}", if days == 1 { "" } else { "s" }));
        Some(format!("Staffing {ratio}{}", days.unwrap_or_default()))
    }));
    if let Some(panel) = request.requested_by_panel {
        facts.push(format!("Asked for by the panel on {}", panel.in_words()));
    }
    facts
}

/// "Leave for distance: M. Strand (Director of children's services) on 7 October 2026".
fn leave(council: &Council, given: &Permission) -> Option<String> {
    let what = label(council, Use::Permission, given.r#for.as_ref())?;
    let name = said(given.name.as_ref())?;
    let post = role(council, given.role.as_ref())
        .map(|post| format!(" ({post})"))
        .unwrap_or_default();
    let instead = role(council, given.delegated_by.as_ref())
        .map(|post| format!(", as delegate of the {}", uncapitalised(&post)))
        .unwrap_or_default();
    let on = given
        .on
        .map(|on| format!(" on {}", on.day().in_words()))
        .unwrap_or_default();
    Some(format!(
        "Leave for {}: {name}{post}{instead}{on}",
        uncapitalised(&what)
    ))
}

/// What the people concerned think.
pub(super) fn views(referral: &Referral) -> Vec<ViewView> {
    let views = &referral.views;
    [
        ("Child", &views.child),
        ("Parents", &views.parents),
        ("Carers", &views.carers),
        (
            "Holders of parental responsibility",
            &views.parental_responsibility,
        ),
        ("Independent reviewing officer", &views.iro),
        ("Head of service", &views.head_of_service),
    ]
    .into_iter()
    .filter_map(|(who, view)| {
        Some(ViewView {
            who: who.to_owned(),
            view: said(view.as_ref())?,
        })
    })
    .collect()
}

/// Scores of how safe things are.
pub(super) fn scores(referral: &Referral) -> Vec<ScoreView> {
    let rows = referral
        .signs_of_safety
        .as_ref()
        .map_or(&[][..], |signs| &signs.scaling);
    rows.iter()
        .map(|row| ScoreView {
            name: said(row.name.as_ref()).unwrap_or_else(|| "name not given".to_owned()),
            role: said(row.role.as_ref()).map(|role| match role.as_str() {
                "self" => "the child".to_owned(),
                _ => in_words_small(&role),
            }),
            score: row.score,
            reasons: said(row.reasons.as_ref()),
        })
        .collect()
}

fn in_words_small(text: &str) -> String {
    text.replace('-', " ")
}
