//! Parts of the form that are longer than the council's length.
use super::super::prelude::*;
use crate::records::fields::{self, Filled};

pub(super) const RULE: Rule = Rule {
    id: "over-long-section",
    summary: "a part of the form is longer than the panel asks for",
    severity: Severity::Warning,
    asked_by: &["length"],
    text: include_str!("over_long_section.md"),
    check: Check::Case(check),
};

fn check(desk: &Desk<'_>, case: &Case<'_>, found: &mut Findings) {
    let Some(length) = &case.rules.length else {
        return;
    };
    // Words and the gaps between them take at least so many bytes: nearly every text is shorter.
    let least = length.most_words.saturating_mul(2);
    for (path, text) in texts(case, least) {
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

/// Every text of the form of at least so many bytes, with its path.
fn texts<'a>(case: &Case<'a>, least: usize) -> Vec<(String, &'a str)> {
    let referral = case.referral();
    let mut texts = Vec::new();
    let mut add = |filled: Filled<'a>, path: &dyn Fn() -> String| {
        if let Filled::Text(text) = filled
            && text.len() >= least
        {
            texts.push((path(), text));
        }
    };
    for field in fields::all() {
        field.each(referral, |row, filled| add(filled, &|| field.path(row)));
    }
    for id in referral.sections.keys() {
        add(fields::own_section(referral, id), &|| {
            format!("sections.{id}")
        });
    }
    for whose in fields::VIEWS {
        add(fields::view(referral, whose), &|| format!("views.{whose}"));
    }
    for field in fields::YES_NO {
        let (_, _, explain) = fields::yes_no(referral, field);
        add(explain, &|| format!("{field}.explain"));
    }
    for (row, entry) in referral.alternatives.iter().enumerate() {
        let told = [("tried", &entry.tried), ("outcome", &entry.outcome)];
        for (key, text) in told {
            if let Some(text) = text {
                add(Filled::Text(text), &|| format!("alternatives[{row}].{key}"));
            }
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
