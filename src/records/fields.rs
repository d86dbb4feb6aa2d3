//! The fields of a form and of a decision by name, so that a rule file can ask for them.

use super::referral::Scaling;
use super::{Decision, Referral, Text};
use std::collections::HashMap;
use std::sync::LazyLock;

/// What stands in a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Filled<'a> {
    /// Nothing.
    Absent,
    /// Text, to be looked at for fillers and length.
    Text(&'a str),
    /// Something that is not text (a date, a list, a number).
    Present,
}

/// A field of the referral: `child.name`, or `family[].name` for one value a row.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Field {
    /// Its name in the rule file; rows are written `[]`.
    pub(crate) name: &'static str,
    read: for<'a> fn(&'a Referral, &mut dyn FnMut(Filled<'a>)),
}

impl Field {
    /// Shows each value of the field, one or one a row, with its row from 0.
    pub(crate) fn each<'a>(&self, referral: &'a Referral, mut show: impl FnMut(usize, Filled<'a>)) {
        let mut row = 0;
        (self.read)(referral, &mut |filled| {
            show(row, filled);
            row += 1;
        });
    }

    /// The path of the value in a row, counted from 0.
    pub(crate) fn path(&self, row: usize) -> String {
        self.name.replacen("[]", &format!("[{row}]"), 1)
    }
}

/// Whether a text has nothing but white space. Nearly every text begins with a letter.
pub(crate) fn is_blank(text: &str) -> bool {
    let begins = text.as_bytes().first();
    !begins.is_some_and(u8::is_ascii_graphic) && text.chars().all(char::is_whitespace)
}

fn text(value: Option<&Text>) -> Filled<'_> {
    match value {
        Some(text) if !is_blank(text) => Filled::Text(text),
        _ => Filled::Absent,
    }
}

const fn present(is_there: bool) -> Filled<'static> {
    if is_there {
        Filled::Present
    } else {
        Filled::Absent
    }
}

macro_rules! text_fields {
    ($($name:literal => |$r:ident| $value:expr;)*) => {
        &[$(Field { name: $name, read: |$r, show| show(text($value)) },)*]
    };
}

macro_rules! sos {
    ($r:ident, $field:ident) => {
        $r.signs_of_safety
            .as_ref()
            .and_then(|summary| summary.$field.as_ref())
    };
}

const TEXTS: &[Field] = text_fields! {
    "child.case_id" => |r| r.child.case_id.as_ref();
    "child.name" => |r| r.child.name.as_ref();
    "child.ethnicity" => |r| r.child.ethnicity.as_ref();
    "child.disability" => |r| r.child.disability.as_ref();
    "child.religion" => |r| r.child.religion.as_ref();
    "child.language" => |r| r.child.language.as_ref();
    "child.culture" => |r| r.child.culture.as_ref();
    "child.legal_status" => |r| r.child.legal_status.as_ref();
    "worker.name" => |r| r.worker.name.as_ref();
    "worker.role" => |r| r.worker.role.as_ref();
    "worker.team" => |r| r.worker.team.as_ref();
    "team_manager.name" => |r| r.team_manager.as_ref().and_then(|person| person.name.as_ref());
    "service_manager.name" => |r| r.service_manager.as_ref().and_then(|person| person.name.as_ref());
    "iro.name" => |r| r.iro.as_ref().and_then(|person| person.name.as_ref());
    "request.kind" => |r| r.request.kind.as_ref();
    "request.provision" => |r| r.request.provision.as_ref();
    "request.summary" => |r| r.request.summary.as_ref();
    "request.reason" => |r| r.request.reason.as_ref();
    "request.care_plan" => |r| r.request.care_plan.as_ref();
    "provider.name" => |r| r.provider.as_ref().and_then(|provider| provider.name.as_ref());
    "signs_of_safety.past_harm" => |r| sos!(r, past_harm);
    "signs_of_safety.future_danger" => |r| sos!(r, future_danger);
    "signs_of_safety.complicating_factors" => |r| sos!(r, complicating_factors);
    "signs_of_safety.existing_strengths" => |r| sos!(r, existing_strengths);
    "signs_of_safety.existing_safety" => |r| sos!(r, existing_safety);
    "signs_of_safety.next_steps" => |r| sos!(r, next_steps);
    "signs_of_safety.danger_statement" => |r| sos!(r, danger_statement);
    "signs_of_safety.safety_goals" => |r| sos!(r, safety_goals);
};

macro_rules! rows {
    ($rows:expr, $show:ident, $row:ident => $value:expr) => {
        $rows.iter().for_each(|$row| $show($value))
    };
}

/// The scores that people gave, where the form has any.
fn scaling(referral: &Referral) -> &[Scaling] {
    let summary = referral.signs_of_safety.as_ref();
    summary.map_or(&[], |summary| &summary.scaling)
}

const OTHERS: &[Field] = &[
    Field {
        name: "child.date_of_birth",
        read: |r, show| show(present(r.child.date_of_birth.is_some())),
    },
    Field {
        name: "child.looked_after_since",
        read: |r, show| show(present(r.child.looked_after_since.is_some())),
    },
    Field {
        name: "child.last_looked_after_review",
        read: |r, show| show(present(r.child.last_looked_after_review.is_some())),
    },
    Field {
        name: "request.from",
        read: |r, show| show(present(r.request.from.is_some())),
    },
    Field {
        name: "request.to",
        read: |r, show| show(present(r.request.to.is_some())),
    },
    Field {
        name: "provider",
        read: |r, show| show(present(r.provider.is_some())),
    },
    Field {
        name: "provider.external",
        read: |r, show| {
            show(present(
                r.provider
                    .as_ref()
                    .is_some_and(|provider| provider.external.is_some()),
            ))
        },
    },
    Field {
        name: "provider.registered",
        read: |r, show| {
            show(present(
                r.provider
                    .as_ref()
                    .is_some_and(|provider| provider.registered.is_some()),
            ))
        },
    },
    Field {
        name: "request.staffing.days",
        read: |r, show| {
            show(present(
                r.request
                    .staffing
                    .as_ref()
                    .is_some_and(|staffing| staffing.days.is_some()),
            ))
        },
    },
    Field {
        name: "placed_on",
        read: |r, show| show(present(r.placed_on.is_some())),
    },
    Field {
        name: "current_costs",
        read: |r, show| show(present(!r.current_costs.is_empty())),
    },
    Field {
        name: "family",
        read: |r, show| show(present(!r.family.is_empty())),
    },
    Field {
        name: "family[].name",
        read: |r, show| rows!(r.family, show, row => text(row.name.as_ref())),
    },
    Field {
        name: "family[].date_of_birth",
        read: |r, show| rows!(r.family, show, row => present(row.date_of_birth.is_some())),
    },
    Field {
        name: "family[].relationship",
        read: |r, show| rows!(r.family, show, row => text(row.relationship.as_ref())),
    },
    Field {
        name: "network",
        read: |r, show| show(present(!r.network.is_empty())),
    },
    Field {
        name: "network[].name",
        read: |r, show| rows!(r.network, show, row => text(row.name.as_ref())),
    },
    Field {
        name: "network[].role",
        read: |r, show| rows!(r.network, show, row => text(row.role.as_ref())),
    },
    Field {
        name: "signs_of_safety.scaling",
        read: |r, show| {
            show(present(
                r.signs_of_safety
                    .as_ref()
                    .is_some_and(|summary| !summary.scaling.is_empty()),
            ))
        },
    },
    Field {
        name: "signs_of_safety.scaling[].name",
        read: |r, show| rows!(scaling(r), show, row => text(row.name.as_ref())),
    },
    Field {
        name: "signs_of_safety.scaling[].role",
        read: |r, show| rows!(scaling(r), show, row => text(row.role.as_ref())),
    },
    Field {
        name: "signs_of_safety.scaling[].score",
        read: |r, show| rows!(scaling(r), show, row => present(row.score.is_some())),
    },
    Field {
        name: "signs_of_safety.scaling[].reasons",
        read: |r, show| rows!(scaling(r), show, row => text(row.reasons.as_ref())),
    },
];

/// Every field that a rule file can ask for, but for the council's own `sections.ID`.
pub(crate) fn all() -> impl Iterator<Item = &'static Field> + Clone {
    TEXTS.iter().chain(OTHERS)
}

/// The field of that name.
pub(crate) fn find(name: &str) -> Option<&'static Field> {
    static BY_NAME: LazyLock<HashMap<&str, &Field>> =
        LazyLock::new(|| all().map(|field| (field.name, field)).collect());
    BY_NAME.get(name).copied()
}

/// What stands in a section of the council's own form.
pub(crate) fn own_section<'a>(referral: &'a Referral, id: &str) -> Filled<'a> {
    text(referral.sections.get(id))
}

/// The views that a form can ask for, by whose they are.
pub(crate) const VIEWS: &[&str] = &[
    "child",
    "parents",
    "carers",
    "parental_responsibility",
    "iro",
    "head_of_service",
];

/// Somebody's views, by whose they are.
pub(crate) fn view<'a>(referral: &'a Referral, whose: &str) -> Filled<'a> {
    let views = &referral.views;
    text(match whose {
        "child" => views.child.as_ref(),
        "parents" => views.parents.as_ref(),
        "carers" => views.carers.as_ref(),
        "parental_responsibility" => views.parental_responsibility.as_ref(),
        "iro" => views.iro.as_ref(),
        "head_of_service" => views.head_of_service.as_ref(),
        _ => None,
    })
}

/// The yes-or-no questions of the form.
pub(crate) const YES_NO: &[&str] = &["family_network_meeting", "safety_plan"];

/// The answer to one of them, with the key that holds it and the reason for a no.
pub(crate) fn yes_no<'a>(
    referral: &'a Referral,
    field: &str,
) -> (Option<bool>, &'static str, Filled<'a>) {
    let (question, key) = match field {
        "family_network_meeting" => (referral.family_network_meeting.as_ref(), "held"),
        _ => (referral.safety_plan.as_ref(), "in_place"),
    };
    (
        question.and_then(super::YesNo::answer),
        key,
        text(question.and_then(|question| question.explain.as_ref())),
    )
}

/// What an outcome can need of a decision.
pub(crate) const DECISION_FIELDS: &[&str] = &[
    "rationale",
    "highlights",
    "agreements",
    "alternative",
    "approved",
    "basis",
    "until",
    "review",
    "decide_by",
    "deferred.to",
    "deferred.reason",
    "deferred.needs",
];

/// What stands in a field of a decision, by its name.
pub(crate) fn of_decision<'a>(decision: &'a Decision, name: &str) -> Filled<'a> {
    let deferred = decision.deferred.as_ref();
    match name {
        "rationale" => text(decision.rationale.as_ref()),
        "highlights" => text(decision.highlights.as_ref()),
        "agreements" => present(!decision.agreements.is_empty()),
        "alternative" => text(decision.alternative.as_ref()),
        "approved" => present(!decision.approved.is_empty()),
        "basis" => text(decision.basis.as_ref()),
        "until" => present(decision.until.is_some()),
        "review" => present(decision.review.is_some()),
        "decide_by" => present(decision.decide_by.is_some()),
        "deferred.to" => present(deferred.is_some_and(|deferred| deferred.to.is_some())),
        "deferred.reason" => text(deferred.and_then(|deferred| deferred.reason.as_ref())),
        "deferred.needs" => present(deferred.is_some_and(|deferred| !deferred.needs.is_empty())),
        _ => Filled::Absent,
    }
}
