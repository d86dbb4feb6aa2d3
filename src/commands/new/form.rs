//! The parts of a council's form, for one kind of request.

use super::layout::{Part, Under, at, comment, written};
use crate::council::condition::Condition;
use crate::council::{Council, Subject, Use};
use crate::findings::Basis;
use crate::output::clauses;
use crate::records::{Day, Provider, Referral, Text};
use chrono::NaiveDate;

/// The order in which a reader of the form meets its parts.
const ORDER: &[&str] = &[
    "reference",
    "for",
    "child",
    "worker",
    "team_manager",
    "service_manager",
    "iro",
    "family",
    "network",
    "family_network_meeting",
    "safety_plan",
    "request",
    "sections",
    "signs_of_safety",
    "placed_on",
    "emergency",
    "placement",
    "current_costs",
    "provider",
    "options",
    "alternatives",
    "views",
    "costs",
    "total",
    "needs",
    "funding",
    "referred_to",
    "documents",
    "permissions",
    "attending",
    "sign_offs",
    "checklist",
];

/// What an entry of the form comes to for this request.
enum Wanted<'a> {
    /// It is asked for.
    Yes,
    /// It is asked for where this holds.
    Where(&'a str),
    /// It is not asked for.
    No,
}

/// A referral to fill in.
pub(super) fn text(
    council: &Council,
    reference: &str,
    panel: Option<&str>,
    kind: Option<&str>,
) -> String {
    let form = Form {
        council,
        panel,
        kind,
        holds: None,
    };
    form.head() + &written(&form.parts(reference)) + &form.emergency() + &form.checklist()
}

/// What a form asks of a referral as far as it has been filled in: the same parts in the same
/// order, each condition judged by what has been answered.
pub(super) fn asked<'a>(
    council: &'a Council,
    reference: &str,
    panel: Option<&'a str>,
    kind: Option<&'a str>,
    holds: Option<&'a dyn Fn(&Condition) -> bool>,
) -> Vec<Part> {
    let form = Form {
        council,
        panel,
        kind,
        holds,
    };
    let mut parts = form.parts(reference);
    form.emergency_parts(&mut parts);
    form.checklist_parts(&mut parts);
    in_order(&mut parts);
    parts
}

fn in_order(parts: &mut [Part]) {
    parts.sort_by_key(|part| {
        ORDER
            .iter()
            .position(|key| *key == part.key)
            .unwrap_or(ORDER.len())
    });
}

pub(super) struct Form<'a> {
    /// The rules of the panel that it is for.
    pub(super) council: &'a Council,
    /// The panel or part that it names.
    panel: Option<&'a str>,
    kind: Option<&'a str>,
    /// Whether a condition holds for what has been answered so far; none for a blank form.
    holds: Option<&'a dyn Fn(&Condition) -> bool>,
}

impl<'a> Form<'a> {
    /// The parts of the form in the order of its readers.
    fn parts(&self, reference: &str) -> Vec<Part> {
        let mut parts = vec![Part::with("reference", reference)];
        self.panels(&mut parts);
        self.sections(&mut parts);
        self.request(&mut parts);
        self.questions(&mut parts);
        self.views(&mut parts);
        self.costs(&mut parts);
        self.funding(&mut parts);
        self.alternatives(&mut parts);
        self.placements(&mut parts);
        self.dates(&mut parts);
        self.other_panels(&mut parts);
        self.papers(&mut parts);
        self.permissions(&mut parts);
        self.people(&mut parts);
        self.weighed_checklist(&mut parts);
        in_order(&mut parts);
        parts
    }

    /// What is said at the top of the file.
    fn head(&self) -> String {
        let about = &self.council.about;
        let mut text = String::new();
        let mut say = |note: String| comment(&mut text, &note, 0);
        let form = about.form.as_ref().map(|form| format!(" {form}."));
        say(format!(
            "A referral to the {} of {}.{}",
            about.panel,
            about.name,
            form.unwrap_or_default()
        ));
        if let Some(rule) = &self.council.cut_off {
            say(format!(
                "Cut-off for each meeting: {}{}.",
                rule.in_words,
                cited(&rule.basis)
            ));
        }
        let to = about
            .send_to
            .as_ref()
            .map(|to| format!(", then send it to {to}"))
            .unwrap_or_default();
        say(format!(
            "It is a draft until it has `submitted: 2026-11-20T10:00`, the moment it was sent. Ask `panel check` what is missing{to}. Text of several lines stands under `key: >-`, indented."
        ));
        text
    }

    fn wanted(&self, when: Option<&'a Condition>) -> Wanted<'a> {
        let Some(condition) = when else {
            return Wanted::Yes;
        };
        if let Some(holds) = self.holds {
            return if holds(condition) {
                Wanted::Yes
            } else {
                Wanted::No
            };
        }
        if self.kind.is_none() {
            return Wanted::Where(condition.source());
        }
        let mut referral = Referral::default();
        referral.request.kind = self.kind.map(Text::from);
        if self.holds(condition, &referral) {
            return Wanted::Yes;
        }
        // Whether it could still come to hold, once the rest of the form is filled in.
        let settled = ["request.kind", "request.requested_by_panel"];
        let is_settled = condition.names().iter().all(|name| settled.contains(name));
        referral.provider = Some(Box::new(Provider {
            external: Some(true),
            ..Provider::default()
        }));
        referral.request.requested_by_panel = Some(Day::of(NaiveDate::MIN));
        if is_settled && !self.holds(condition, &referral) {
            Wanted::No
        } else {
            Wanted::Where(condition.source())
        }
    }

    fn holds(&self, condition: &Condition, referral: &Referral) -> bool {
        let subject = Subject {
            referral,
            costs: &[],
            meeting_on: None,
            most_weeks: self.council.most_weeks(),
            is_emergency: false,
            sent_on: None,
            next_meeting_on: None,
            history: None,
            decision: None,
        };
        self.council.holds(Some(condition), subject)
    }

    /// Label and clause, and where it is asked for; none where it is not.
    pub(super) fn note(
        &self,
        label: &str,
        basis: &Basis,
        when: Option<&'a Condition>,
    ) -> Option<String> {
        let label = label.trim_end_matches('.');
        let said = format!("{label}{}", cited(basis));
        match self.wanted(when) {
            Wanted::Yes => Some(said),
            Wanted::Where(source) => Some(format!("{said}; asked where {source}")),
            Wanted::No => None,
        }
    }

    /// The panel or part, where the council has several.
    fn panels(&self, parts: &mut Vec<Part>) {
        let ids: Vec<String> = self
            .council
            .panels
            .iter()
            .map(|panel| format!("{} ({})", panel.id, panel.label))
            .collect();
        let Some(first) = self.council.panels.first() else {
            return;
        };
        let note = format!(
            "The panel or part that it is for: one of {}; left blank: {}",
            ids.join(", "),
            first.label
        );
        let ids = self.council.panels.iter().map(|panel| &panel.id);
        parts.push(
            Part::with("for", self.panel.unwrap_or(""))
                .note(note)
                .choose(ids),
        );
    }

    fn sections(&self, parts: &mut Vec<Part>) {
        for section in &self.council.sections {
            let Some(note) = self.note(&section.label, &section.basis, section.when.as_ref())
            else {
                continue;
            };
            let part = at(parts, &section.field);
            part.notes.push(note);
            part.notes.extend(section.hint.clone());
            if section.field == "child.case_id" {
                part.value = "\"\"".to_owned();
            }
        }
        if let Some(scale) = &self.council.scale {
            let note = format!(
                "Scores run from {} to {}{}",
                scale.least,
                scale.most,
                cited(&scale.basis)
            );
            at(parts, "signs_of_safety.scaling").notes.push(note);
        }
        for needed in ["child.name", "worker.name"] {
            at(parts, needed);
        }
        at(parts, "worker.role").value = "social-worker".to_owned();
    }

    fn request(&self, parts: &mut Vec<Part>) {
        let kinds = self.council.words.ids(Use::Kind).join(", ");
        let kind = at(parts, "request.kind");
        match self.kind {
            Some(known) => kind.value = known.to_owned(),
            None => kind
                .notes
                .push(format!("What is asked of the panel: one of {kinds}")),
        }
        let provisions = self.council.words.ids(Use::Provision).join(", ");
        let asks_where = self
            .council
            .sections
            .iter()
            .any(|section| section.field == "request.provision");
        let request = at(parts, "request");
        if let Under::Keys(keys) = &mut request.under {
            if let Some(part) = keys.iter_mut().find(|part| part.key == "provision")
                && asks_where
            {
                part.notes.push(format!("One of {provisions}"));
            }
            keys.sort_by_key(|part| part.key != "kind");
            // By it the review that was due counts as held.
            if self.kind == Some("review") && !keys.iter().any(|part| part.key == "review_of") {
                let note = "Reference of the request whose decision comes back";
                keys.insert(1, Part::blank("review_of").note(note));
            }
            for (key, note) in [
                ("from", "First day, like 2026-12-01"),
                ("to", "The day after the last"),
            ] {
                if !keys.iter().any(|part| part.key == key) {
                    keys.push(Part::blank(key).note(note));
                }
            }
        }
        let statuses = self.council.words.ids(Use::LegalStatus).join(", ");
        let child = at(parts, "child");
        if let Under::Keys(keys) = &mut child.under
            && let Some(part) = keys.iter_mut().find(|part| part.key == "legal_status")
        {
            part.notes.push(format!("One of {statuses}"));
        }
    }

    fn questions(&self, parts: &mut Vec<Part>) {
        for question in &self.council.yes_no {
            let Some(note) = self.note(&question.label, &question.basis, question.when.as_ref())
            else {
                continue;
            };
            let key = if question.field == "family_network_meeting" {
                "held"
            } else {
                "in_place"
            };
            at(parts, &question.field).notes.push(note);
            at(parts, &format!("{}.{key}", question.field))
                .notes
                .push("true or false".to_owned());
            at(parts, &format!("{}.explain", question.field))
                .notes
                .push("Where the answer is no: why".to_owned());
        }
    }

    fn views(&self, parts: &mut Vec<Part>) {
        for view in &self.council.views_asked {
            let Some(note) = self.note(&view.label, &view.basis, view.when.as_ref()) else {
                continue;
            };
            for (place, whose) in view.any_of.iter().enumerate() {
                let part = at(parts, &format!("views.{whose}"));
                if place == 0 {
                    part.notes.push(note.clone());
                }
            }
        }
    }
}

/// ` (clause 1.9)`, or ` (assumption)`.
pub(super) fn cited(basis: &Basis) -> String {
    match clauses(&basis.clauses) {
        Some(clauses) => format!(" ({clauses})"),
        None if basis.assumption.is_some() => " (assumption)".to_owned(),
        None => String::new(),
    }
}
