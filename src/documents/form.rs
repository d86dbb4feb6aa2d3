//! A request's form in full, for the pack.

use super::common::{DayView, PersonView, age, in_words, label, person, role, said};
use crate::council::{Council, Use};
use crate::desk::{Case, Desk};
use crate::records::{Child, Day, Moment, Referral, SignsOfSafety, Text, YesNo};
use serde::Serialize;

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

/// What makes a child who it is, as the form names it.
pub(super) fn background(child: &Child) -> [(&'static str, Option<&Text>); 5] {
    [
        ("Ethnicity", child.ethnicity.as_ref()),
        ("Disability or special need", child.disability.as_ref()),
        ("Religion", child.religion.as_ref()),
        ("Language", child.language.as_ref()),
        ("Culture", child.culture.as_ref()),
    ]
}

/// The council's own sections, each under its label.
pub(super) fn own_sections(council: &Council, referral: &Referral) -> Vec<(String, String)> {
    let titled = |(id, text): (&str, &Text)| {
        let field = format!("sections.{id}");
        let mut known = council.sections.iter();
        let title = known
            .find(|section| section.field == field)
            .map_or_else(|| in_words(id), |section| section.label.clone());
        Some((title, said(Some(text))?))
    };
    referral.sections.iter().filter_map(titled).collect()
}

/// What people are worried will happen, and what would show that it will not.
pub(super) fn statements(referral: &Referral) -> Vec<(String, String)> {
    let signs = referral.signs_of_safety.as_ref();
    let rows = [
        (
            "Danger statement",
            signs.and_then(|signs| signs.danger_statement.as_ref()),
        ),
        (
            "Safety goals",
            signs.and_then(|signs| signs.safety_goals.as_ref()),
        ),
    ];
    rows.into_iter()
        .filter_map(|(name, text)| Some((name.to_owned(), said(text)?)))
        .collect()
}

/// The form of a case in full.
pub(super) fn form(desk: &Desk<'_>, case: &Case<'_>, on: Day) -> FormView {
    let council = case.rules;
    let referral = case.referral();
    let child = &referral.child;
    let signs = referral.signs_of_safety.as_ref();
    let filled = |rows: &[(&str, Option<&Text>)]| -> Vec<(String, String)> {
        rows.iter()
            .filter_map(|(name, text)| Some(((*name).to_owned(), said(*text)?)))
            .collect()
    };
    let sign =
        |pick: fn(&SignsOfSafety) -> &Option<Text>| signs.and_then(|signs| pick(signs).as_ref());
    let not_named = || "name not given".to_owned();
    let signed = |what: Option<String>, name: Option<&Text>, on: Option<Moment>| {
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
                age: row.date_of_birth.and_then(|born| age(born, on)),
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
        about_child: filled(&background(child)),
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
                let answer = match asked.and_then(YesNo::answer) {
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
        sections: own_sections(council, referral),
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
        statements: statements(referral),
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
