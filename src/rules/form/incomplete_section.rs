//! Parts of the council's form that are blank, or hold a filler.
use super::super::prelude::*;
use super::{gap, is_gap, line_at, or_accepted};
use crate::council::Section;
use crate::records::Referral;
use crate::records::fields;

pub(super) const RULE: Rule = Rule {
    id: "incomplete-section",
    summary: "a part of the form is blank, or says nothing",
    severity: Severity::Error,
    asked_by: &["section/*", "yes-no/*", "scale", "options"],
    text: include_str!("incomplete_section.md"),
    check: Check::Case(check),
};

/// A block of the form that is told once where it is missing as a whole.
const BLOCK: &str = "signs_of_safety";

/// Facts about a child of which there may be none to tell.
const MAY_BE_NONE: [&str; 5] = [
    "child.ethnicity",
    "child.disability",
    "child.religion",
    "child.language",
    "child.culture",
];

fn check(desk: &Desk<'_>, case: &Case<'_>, found: &mut Findings) {
    let lacks_block = lacks_block(case.referral());
    if lacks_block {
        block(desk, case, found);
    }
    for section in &case.rules.sections {
        if lacks_block && is_in_block(section) {
            continue;
        }
        // Nearly every part is filled in: whether it is asked for is a question about the others.
        let mut is_asked = None;
        let gaps = gaps(case.referral(), section, || {
            *is_asked.get_or_insert_with(|| desk.holds(section.when.as_ref(), case))
        });
        for (path, gap) in gaps {
            tell(desk, case, section, path, &gap, found);
        }
    }
    questions(desk, case, found);
    options(desk, case, found);
}

fn lacks_block(referral: &Referral) -> bool {
    referral
        .signs_of_safety
        .as_ref()
        .is_none_or(|summary| *summary == crate::records::SignsOfSafety::default())
}

fn is_in_block(section: &Section) -> bool {
    section
        .field
        .strip_prefix(BLOCK)
        .is_some_and(|rest| rest.starts_with('.'))
}

/// Nine lines about one missing table would bury the rest.
fn block(desk: &Desk<'_>, case: &Case<'_>, found: &mut Findings) {
    let parts: Vec<&Section> = case
        .rules
        .sections
        .iter()
        .filter(|section| is_in_block(section) && !section.field.contains("[]"))
        .filter(|section| desk.holds(section.when.as_ref(), case))
        .collect();
    let Some(first) = parts.first() else {
        return;
    };
    let labels: Vec<String> = parts
        .iter()
        .map(|section| section.label.to_lowercase())
        .collect();
    found
        .at(
            Desk::place(case.file, BLOCK),
            "the Signs of Safety summary is missing",
        )
        .because(&first.basis)
        .help(format!(
            "add `{BLOCK}:` with {}{}",
            labels.join(", "),
            or_accepted(desk, case, RULE.id)
        ))
        .about(case.reference());
}

/// What is wrong in a part of the form, where it is asked for, with its path.
fn gaps(
    referral: &Referral,
    section: &Section,
    mut is_asked: impl FnMut() -> bool,
) -> Vec<(String, String)> {
    let mut gaps = Vec::new();
    if let Some(field) = section.known {
        field.each(referral, |row, filled| {
            if is_gap(filled) && is_asked() {
                gaps.extend(gap(filled).map(|gap| (field.path(row), gap)));
            }
        });
    } else if let Some(id) = section.field.strip_prefix("sections.") {
        let filled = fields::own_section(referral, id);
        if is_gap(filled) && is_asked() {
            gaps.extend(gap(filled).map(|gap| (section.field.clone(), gap)));
        }
    }
    // A field that the format does not have is refused when the rule file is read.
    gaps
}

fn tell(
    desk: &Desk<'_>,
    case: &Case<'_>,
    section: &Section,
    path: String,
    gap: &str,
    found: &mut Findings,
) {
    let row = row_in_words(&path).unwrap_or_default();
    let how = match &section.hint {
        Some(hint) => format!("write {}: {hint}", line_at(&path)),
        None if MAY_BE_NONE.contains(&section.field.as_str()) => {
            format!(
                "write {}; where there is nothing, say so: `none recorded`",
                line_at(&path)
            )
        }
        None => format!("write {}", line_at(&path)),
    };
    let help = format!(
        "{}{}",
        how.trim_end_matches('.'),
        or_accepted(desk, case, RULE.id)
    );
    found
        .at(
            Desk::place(case.file, path),
            format!("{gap}: {}{row}", section.label),
        )
        .because(&section.basis)
        .help(help)
        .about(case.reference());
}

/// `family[1].name` as people count: ` (entry 2 of family)`.
fn row_in_words(path: &str) -> Option<String> {
    let (list, rest) = path.split_once('[')?;
    let row: usize = rest.split_once(']')?.0.parse().ok()?;
    let list = list.rsplit('.').next().unwrap_or(list);
    Some(format!(" (entry {} of {list})", row + 1))
}

fn questions(desk: &Desk<'_>, case: &Case<'_>, found: &mut Findings) {
    for question in &case.rules.yes_no {
        if !desk.holds(question.when.as_ref(), case) {
            continue;
        }
        let (answer, key, _) = fields::yes_no(case.referral(), &question.field);
        if answer.is_some() {
            continue;
        }
        let path = format!("{}.{key}", question.field);
        found
            .at(
                Desk::place(case.file, path.as_str()),
                format!("neither yes nor no: {}", question.label),
            )
            .because(&question.basis)
            .help(format!(
                "write `{key}: true` or `{key}: false` under `{}`{}",
                question.field,
                or_accepted(desk, case, RULE.id)
            ))
            .about(case.reference());
    }
}

/// The placements that were looked at: a row for each, which says whether it is to be had and
/// whether it would serve.
fn options(desk: &Desk<'_>, case: &Case<'_>, found: &mut Findings) {
    let Some(asked) = &case.rules.options else {
        return;
    };
    let referral = case.referral();
    // Without a condition the table belongs to every request that names where the child would live.
    let asks_for_placement = asked.when.is_some() || referral.request.provision.is_some();
    if !asks_for_placement || !desk.holds(asked.when.as_ref(), case) {
        return;
    }
    let accepted = || or_accepted(desk, case, RULE.id);
    // Where an in-house option is asked for as well, its absence says the same.
    let is_told = case
        .rules
        .in_house_first
        .as_ref()
        .is_some_and(|first| desk.holds(first.when.as_ref(), case));
    if referral.options.is_empty() && !is_told {
        found
            .at(
                Desk::place(case.file, "options"),
                "left blank: the placements that were looked at",
            )
            .because(&asked.basis)
            .help(format!(
                "add `options:` and below it a line for each: `- {{provision: …, available: false, suitable: false, weekly: …, note: …}}`{}", accepted()
            ))
            .about(case.reference());
    }
    for (row, option) in referral.options.iter().enumerate() {
        if option.available.is_some() || option.suitable.is_some() {
            continue;
        }
        let name = option
            .provision
            .as_deref()
            .map(|word| case.rules.words.label(Use::Provision, word))
            .or(option.provider.as_deref())
            .map(|name| format!(" ({name})"))
            .unwrap_or_default();
        found
            .at(
                Desk::place(case.file, format!("options[{row}]")),
                format!(
                    "neither available nor suitable is said of option {}{name}",
                    row + 1
                ),
            )
            .because(&asked.basis)
            .help(format!(
                "write `available: true` or `false`, and `suitable: true` or `false`{}",
                accepted()
            ))
            .about(case.reference());
    }
}
