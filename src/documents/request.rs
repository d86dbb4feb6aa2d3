//! A request as the panel reads it: what is asked, why, what it costs; in full in a pack.

use super::common::{
    CostsView, DayView, FundingView, PersonView, costs, funding, in_words, label, person, role,
    said,
};
use crate::council::Use;
use crate::desk::{Case, Desk};
use crate::records::{Day, Referral};
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
pub(super) fn request(desk: &Desk<'_>, case: &Case<'_>) -> RequestView {
    let council = desk.council;
    let referral = case.referral();
    let asked = &referral.request;
    RequestView {
        summary: said(asked.summary.as_ref()),
        reason: said(asked.reason.as_ref()),
        care_plan: said(asked.care_plan.as_ref()),
        from: asked.from.map(DayView::from),
        to: asked.to.map(DayView::from),
        provider: provider(desk, referral),
        facts: facts(desk, referral),
        costs: costs(council, &referral.costs),
        part_of: said(referral.part_of.as_ref()).filter(|_| referral.costs.is_empty()),
        current_costs: costs(council, &referral.current_costs),
        funding: funding(council, &referral.funding),
        options: referral
            .options
            .iter()
            .map(|row| option(desk, row))
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
                let panel = in_words(&said(row.panel.as_ref())?);
                Some(
                    match (
                        row.on,
                        said(row.outcome.as_ref()),
                        said(row.not_needed.as_ref()),
                    ) {
                        (_, _, Some(reason)) => format!("{panel}: not needed. {reason}"),
                        (Some(on), Some(outcome), None) => {
                            format!("{panel}, {}: {outcome}", on.in_words())
                        }
                        (Some(on), None, None) => format!("{panel}, {}", on.in_words()),
                        (None, Some(outcome), None) => format!("{panel}: {outcome}"),
                        (None, None, None) => panel,
                    },
                )
            })
            .collect(),
    }
}

fn provider(desk: &Desk<'_>, referral: &Referral) -> Option<ProviderView> {
    let provider = referral.provider.as_ref()?;
    let sector = label(desk.council, Use::Sector, provider.sector.as_ref());
    let words: Vec<String> = [
        provider
            .external
            .map(|is| if is { "external" } else { "the council's own" }.to_owned()),
        provider
            .registered
            .map(|is| if is { "registered" } else { "not registered" }.to_owned()),
        sector.map(|sector| super::common::uncapitalised(&sector)),
    ]
    .into_iter()
    .flatten()
    .collect();
    Some(ProviderView {
        name: said(provider.name.as_ref())?,
        about: (!words.is_empty()).then(|| words.join(", ")),
    })
}

fn option(desk: &Desk<'_>, row: &crate::records::PlacementOption) -> OptionView {
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
        provision: label(desk.council, Use::Provision, row.provision.as_ref())
            .unwrap_or_else(|| "Another way".to_owned()),
        provider: said(row.provider.as_ref()),
        weekly: row.weekly.map(|weekly| weekly.to_string()),
        standing: (!standing.is_empty()).then(|| standing.join(", ")),
        note: said(row.note.as_ref()),
    }
}

/// What a chair asks about in the first minute, where the request says it.
fn facts(desk: &Desk<'_>, referral: &Referral) -> Vec<String> {
    let council = desk.council;
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
            text = format!("{text}: {}", super::common::uncapitalised(&ground));
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

/// A request's form in full, for the pack.
#[derive(Debug, Clone, Serialize)]
pub(super) struct FormView {
    /// Name, date of birth and relationship of each of the family.
    pub(super) family: Vec<RelativeView>,
    /// The network.
    pub(super) network: Vec<PersonView>,
    /// Ethnicity, disability and the like, where they are said.
    pub(super) about_child: Vec<(String, String)>,
    /// Yes-or-no questions in the council's words, with the answer and the reason for a no.
    pub(super) yes_no: Vec<(String, String)>,
    /// The council's own sections.
    pub(super) sections: Vec<(String, String)>,
    /// What are we worried about.
    pub(super) worries: Vec<(String, String)>,
    /// What is working well.
    pub(super) strengths: Vec<(String, String)>,
    /// What needs to happen.
    pub(super) steps: Vec<(String, String)>,
    /// Danger statement and safety goals.
    pub(super) statements: Vec<(String, String)>,
    /// Papers that go with it.
    pub(super) documents: Vec<String>,
    /// Signatures.
    pub(super) sign_offs: Vec<String>,
    /// Leave given.
    pub(super) permissions: Vec<String>,
}

/// A member of the family.
#[derive(Debug, Clone, Serialize)]
pub(super) struct RelativeView {
    /// Name.
    pub(super) name: String,
    /// Date of birth.
    pub(super) born: Option<DayView>,
    /// Age at the meeting.
    pub(super) age: Option<String>,
    /// Relationship to the child.
    pub(super) relationship: Option<String>,
}

/// The form of a case in full.
pub(super) fn form(desk: &Desk<'_>, case: &Case<'_>, on: Day) -> FormView {
    let council = desk.council;
    let referral = case.referral();
    let child = &referral.child;
    let signs = referral.signs_of_safety.as_ref();
    let filled = |rows: &[(&str, Option<&String>)]| -> Vec<(String, String)> {
        rows.iter()
            .filter_map(|(name, text)| Some(((*name).to_owned(), said(*text)?)))
            .collect()
    };
    let sign = |pick: fn(&crate::records::SignsOfSafety) -> &Option<String>| {
        signs.and_then(|signs| pick(signs).as_ref())
    };
    let not_named = || "name not given".to_owned();
    let signed =
        |what: Option<String>, name: Option<&String>, on: Option<crate::records::Moment>| {
            let mut text = what.unwrap_or_else(|| "Post not given".to_owned());
            text = format!("{text}: {}", said(name).unwrap_or_else(not_named));
            match on {
                Some(on) => format!("{text}, {}", on.in_words()),
                None => text,
            }
        };
    FormView {
        family: referral
            .family
            .iter()
            .map(|row| RelativeView {
                name: said(row.name.as_ref()).unwrap_or_else(not_named),
                born: row.date_of_birth.map(DayView::from),
                age: row
                    .date_of_birth
                    .and_then(|born| super::common::age(born, on)),
                relationship: said(row.relationship.as_ref()).map(|relation| {
                    match relation.as_str() {
                        "self" => "the child".to_owned(),
                        _ => relation,
                    }
                }),
            })
            .collect(),
        network: referral
            .network
            .iter()
            .map(|row| person(council, row))
            .collect(),
        about_child: filled(&[
            ("Ethnicity", child.ethnicity.as_ref()),
            ("Disability or special need", child.disability.as_ref()),
            ("Religion", child.religion.as_ref()),
            ("Language", child.language.as_ref()),
            ("Culture", child.culture.as_ref()),
        ]),
        yes_no: council
            .yes_no
            .iter()
            .filter(|question| {
                desk.case(case.reference())
                    .is_some_and(|case| desk.holds(question.when.as_ref(), case))
            })
            .map(|question| {
                let asked = match question.field.as_str() {
                    "family_network_meeting" => referral.family_network_meeting.as_ref(),
                    _ => referral.safety_plan.as_ref(),
                };
                let answer = match asked.and_then(crate::records::YesNo::answer) {
                    Some(true) => "Yes",
                    Some(false) => "No",
                    None => "Not said",
                };
                let explain = asked.and_then(|asked| said(asked.explain.as_ref()));
                let text =
                    explain.map_or_else(|| answer.to_owned(), |why| format!("{answer}. {why}"));
                (question.label.clone(), text)
            })
            .collect(),
        sections: referral
            .sections
            .iter()
            .filter_map(|(id, text)| {
                let field = format!("sections.{id}");
                let title = council
                    .sections
                    .iter()
                    .find(|section| section.field == field)
                    .map_or_else(|| in_words(id), |section| section.label.clone());
                Some((title, said(Some(text))?))
            })
            .collect(),
        worries: filled(&[
            ("Past harm", sign(|signs| &signs.past_harm)),
            ("Future danger", sign(|signs| &signs.future_danger)),
            (
                "Complicating factors",
                sign(|signs| &signs.complicating_factors),
            ),
        ]),
        strengths: filled(&[
            (
                "Existing strengths",
                sign(|signs| &signs.existing_strengths),
            ),
            ("Existing safety", sign(|signs| &signs.existing_safety)),
        ]),
        steps: filled(&[("Next steps", sign(|signs| &signs.next_steps))]),
        statements: filled(&[
            ("Danger statement", sign(|signs| &signs.danger_statement)),
            ("Safety goals", sign(|signs| &signs.safety_goals)),
        ]),
        documents: referral
            .documents
            .iter()
            .map(|row| {
                let kind = label(council, Use::Document, row.kind.as_ref());
                let title = said(row.title.as_ref());
                let name = match (kind, title) {
                    (Some(kind), Some(title)) => format!("{kind}: {title}"),
                    (kind, title) => title.or(kind).unwrap_or_else(|| "Paper".to_owned()),
                };
                match row.dated {
                    Some(day) => format!("{name}, {}", day.in_words()),
                    None => name,
                }
            })
            .collect(),
        sign_offs: referral
            .sign_offs
            .iter()
            .map(|row| signed(role(council, row.role.as_ref()), row.name.as_ref(), row.on))
            .collect(),
        permissions: referral
            .permissions
            .iter()
            .map(|row| {
                let what = label(council, Use::Permission, row.r#for.as_ref());
                signed(what, row.name.as_ref(), row.on)
            })
            .collect(),
    }
}
