//! The form: sections, questions, views, signatures, presenters.
use super::super::check::{Checker, Listing, join, judged};
use super::super::raw::*;
use super::super::*;
use crate::records::fields;

pub(super) struct Form {
    pub(super) sections: Vec<Section>,
    pub(super) scale: Option<Scale>,
    pub(super) yes_no: Vec<YesNoQuestion>,
    pub(super) views_asked: Vec<ViewAsked>,
    pub(super) sign_offs: Vec<SignOffAsked>,
    pub(super) presenters: Vec<Presenter>,
}

pub(super) fn form(check: &mut Checker<'_>, raw: &RawCouncil) -> Form {
    let asked = || judged("The form", &["check", "new"]);
    let mut sections = Vec::new();
    for (index, section) in raw.section.iter().enumerate() {
        let path = format!("section[{index}]");
        let Some(field) = check.needed(&path, "field", section.field.as_ref()) else {
            continue;
        };
        if !field.starts_with("sections.") {
            check.one_of(
                &join(&path, "field"),
                &field,
                fields::all().map(|known| known.name),
            );
        }
        let label = section.label.clone().unwrap_or_else(|| field.clone());
        let when = check.condition(&join(&path, "when"), section.when.as_ref());
        let basis = check.entry(
            &path,
            format!("section/{field}"),
            section,
            format!("{label} is filled in."),
            &asked(),
        );
        sections.push(Section {
            known: fields::find(&field),
            field,
            label,
            hint: section.hint.clone(),
            when,
            basis,
        });
    }
    let scale = raw.scale.as_ref().map(|scale| {
        let (least, most) = (scale.least.unwrap_or(0), scale.most.unwrap_or(10));
        let basis = check.entry(
            "scale",
            "scale",
            scale,
            format!("Scores run from {least} to {most}."),
            &asked(),
        );
        Scale { least, most, basis }
    });
    let mut yes_no = Vec::new();
    for (index, question) in raw.yes_no.iter().enumerate() {
        let path = format!("yes_no[{index}]");
        let Some(field) = check.needed(&path, "field", question.field.as_ref()) else {
            continue;
        };
        if !check.one_of(
            &join(&path, "field"),
            &field,
            fields::YES_NO.iter().copied(),
        ) {
            continue;
        }
        let label = question.label.clone().unwrap_or_else(|| field.clone());
        let when = check.condition(&join(&path, "when"), question.when.as_ref());
        let basis = check.entry(
            &path,
            format!("yes-no/{field}"),
            question,
            format!("{label} A no is explained."),
            &asked(),
        );
        yes_no.push(YesNoQuestion {
            field,
            label,
            when,
            basis,
        });
    }
    let mut views_asked = Vec::new();
    for (index, view) in raw.view.iter().enumerate() {
        let path = format!("view[{index}]");
        for (place, whose) in view.any_of.iter().enumerate() {
            check.one_of(
                &format!("{path}.any_of[{place}]"),
                whose,
                fields::VIEWS.iter().copied(),
            );
        }
        if view.any_of.is_empty() {
            check.needed::<String>(&path, "any_of", None);
        }
        let label = view
            .label
            .clone()
            .unwrap_or_else(|| view.any_of.join(" or "));
        let when = check.condition(&join(&path, "when"), view.when.as_ref());
        let basis = check.entry(
            &path,
            format!("view/{}", view.any_of.join("-or-")),
            view,
            format!("{label}."),
            &asked(),
        );
        views_asked.push(ViewAsked {
            any_of: view.any_of.clone(),
            label,
            when,
            basis,
        });
    }
    let mut sign_offs = Vec::new();
    for (index, sign_off) in raw.sign_off.iter().enumerate() {
        let path = format!("sign_off[{index}]");
        if let Some(role) = &sign_off.role {
            check.post(&join(&path, "role"), role);
        }
        check.posts(&path, "any_of", &sign_off.any_of);
        let any_of: Vec<String> = sign_off
            .role
            .iter()
            .chain(&sign_off.any_of)
            .cloned()
            .collect();
        if any_of.is_empty() {
            check.needed::<String>(&path, "role", None);
            continue;
        }
        let when = check.condition(&join(&path, "when"), sign_off.when.as_ref());
        let text = format!("{} signs.", check.roles_in_words(&any_of));
        let named = any_of.join("-or-").replace(' ', "-");
        // The same post may sign by different moments in different cases.
        let is_first = sign_offs
            .iter()
            .all(|other: &SignOffAsked| other.any_of != any_of);
        let id = if is_first {
            format!("sign-off/{named}")
        } else {
            format!("sign-off/{named}/{}", index + 1)
        };
        let basis = check.entry(&path, id, sign_off, text, &asked());
        sign_offs.push(SignOffAsked {
            any_of,
            by: sign_off.by,
            when,
            basis,
        });
    }
    let mut presenters = Vec::new();
    for (index, presenter) in raw.presenter.iter().enumerate() {
        let path = format!("presenter[{index}]");
        for (place, role) in presenter.any_of.iter().enumerate() {
            check.post(&format!("{path}.any_of[{place}]"), role);
        }
        let severity = match presenter.severity {
            Some(Weight::Warning) => Severity::Warning,
            Some(Weight::Note) => Severity::Note,
            Some(Weight::Error) | None => Severity::Error,
        };
        let who: Vec<&str> = presenter
            .any_of
            .iter()
            .map(|role| check.role(role))
            .collect();
        let text = format!("{} presents.", who.join(" or "));
        let when = check.condition(&join(&path, "when"), presenter.when.as_ref());
        let listing = Listing {
            group: "The form",
            severity,
            shown_by: &["agenda", "check", "new"],
        };
        let basis = check.entry(
            &path,
            format!("presenter/{}", presenter.any_of.join("-or-")),
            presenter,
            text,
            &listing,
        );
        presenters.push(Presenter {
            any_of: presenter.any_of.clone(),
            when,
            basis,
        });
    }
    Form {
        sections,
        scale,
        yes_no,
        views_asked,
        sign_offs,
        presenters,
    }
}
