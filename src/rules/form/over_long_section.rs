//! Parts of the form that are longer than the council's length.
use super::super::prelude::*;
use crate::records::fields::{self, Filled};

pub(super) const RULE: Rule = Rule {
    id: "over-long-section",
    summary: "a part of the form is longer than the panel asks for",
    severity: Severity::Warning,
    asked_by: &["length"],
    text: include_str!("over_long_section.md"),
    check: Check::Desk(check),
};

fn check(desk: &Desk<'_>, found: &mut Findings) {
    for case in desk.judged() {
        let Some(length) = &case.rules.length else {
            continue;
        };
        for (path, text) in texts(case) {
            let words = text.split_whitespace().count();
            if words <= length.most_words {
                continue;
            }
            let label = label(case, &path)
                .map(|label| format!(": {label}"))
                .unwrap_or_default();
            found
                .at(
                    Desk::place(case.file, path),
                    format!(
                        "{words} words, {} more than the {} that a part of the form may have{label}",
                        words - length.most_words,
                        length.most_words
                    ),
                )
                .because(&length.basis)
                .help(format!(
                    "keep the events that led to this request and leave out the rest{}",
                    super::or_accepted(desk, case, RULE.id)
                ))
                .about(case.reference());
        }
    }
}

/// Every text of the form with its path.
fn texts<'a>(case: &Case<'a>) -> Vec<(String, &'a str)> {
    let referral = case.referral();
    let fields = fields::all().flat_map(|field| field.values(referral));
    let own = referral
        .sections
        .keys()
        .map(|id| (format!("sections.{id}"), fields::own_section(referral, id)));
    let views = fields::VIEWS
        .iter()
        .map(|whose| (format!("views.{whose}"), fields::view(referral, whose)));
    let reasons = fields::YES_NO.iter().map(|field| {
        let (_, _, explain) = fields::yes_no(referral, field);
        (format!("{field}.explain"), explain)
    });
    let mut texts: Vec<(String, &str)> = fields
        .chain(own)
        .chain(views)
        .chain(reasons)
        .filter_map(|(path, filled)| match filled {
            Filled::Text(text) => Some((path, text)),
            Filled::Absent | Filled::Present => None,
        })
        .collect();
    for (row, entry) in referral.alternatives.iter().enumerate() {
        if let Some(text) = &entry.tried {
            texts.push((format!("alternatives[{row}].tried"), text));
        }
        if let Some(text) = &entry.outcome {
            texts.push((format!("alternatives[{row}].outcome"), text));
        }
    }
    texts
}

fn label<'c>(case: &'c Case<'_>, path: &str) -> Option<&'c str> {
    case.rules
        .sections
        .iter()
        .find(|section| section.field == path)
        .map(|section| section.label.as_str())
}
