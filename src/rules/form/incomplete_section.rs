//! Parts of the council's form that are blank, or hold a filler.
use super::super::prelude::*;
use super::{gap, or_accepted};
use crate::council::Section;
use crate::records::Referral;
use crate::records::fields::{self, Filled};

pub(super) const RULE: Rule = Rule {
    id: "incomplete-section",
    summary: "a part of the form is blank, or says nothing",
    severity: Severity::Error,
    asked_by: &["section/*", "yes-no/*", "scale"],
    text: include_str!("incomplete_section.md"),
    check: Check::Desk(check),
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

fn check(desk: &Desk<'_>, found: &mut Findings) {
    for case in desk.judged() {
        let asked: Vec<&Section> = desk
            .council
            .sections
            .iter()
            .filter(|section| desk.holds(section.when.as_ref(), case))
            .collect();
        let lacks_block = lacks_block(case.referral());
        if lacks_block {
            block(desk, case, &asked, found);
        }
        for section in asked {
            if lacks_block && is_in_block(section) {
                continue;
            }
            for (path, filled) in values(case.referral(), &section.field) {
                if let Some(gap) = gap(filled) {
                    tell(desk, case, section, path, &gap, found);
                }
            }
        }
        questions(desk, case, found);
    }
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
fn block(desk: &Desk<'_>, case: &Case<'_>, asked: &[&Section], found: &mut Findings) {
    let parts: Vec<&Section> = asked
        .iter()
        .filter(|section| is_in_block(section) && !section.field.contains("[]"))
        .copied()
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
            or_accepted(desk, RULE.id)
        ))
        .about(case.reference());
}

fn values<'a>(referral: &'a Referral, field: &str) -> Vec<(String, Filled<'a>)> {
    if let Some(id) = field.strip_prefix("sections.") {
        return vec![(field.to_owned(), fields::own_section(referral, id))];
    }
    // A field that the format does not have is refused when the rule file is read.
    fields::find(field)
        .map(|field| field.values(referral))
        .unwrap_or_default()
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
        Some(hint) => format!("fill in `{path}`: {hint}"),
        None if MAY_BE_NONE.contains(&section.field.as_str()) => {
            format!("fill in `{path}`; where there is nothing, say so: `none recorded`")
        }
        None => format!("fill in `{path}`"),
    };
    let help = format!(
        "{}{}",
        how.trim_end_matches('.'),
        or_accepted(desk, RULE.id)
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
    for question in &desk.council.yes_no {
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
                or_accepted(desk, RULE.id)
            ))
            .about(case.reference());
    }
}
