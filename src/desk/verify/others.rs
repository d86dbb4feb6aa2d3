//! Prose in which a child's own files name another child: by full name, number or reference.

use super::{Desk, Doubt};
use crate::desk::{Case, NamedBy, Others, said_of_others};
use crate::findings::Severity;
use crate::folder::File;
use rayon::prelude::*;
use serde::Serialize;

pub(super) fn look(desk: &Desk<'_>, found: &mut Vec<Doubt>) {
    let of_cases = desk.cases().par_iter().map(|case| in_files_of(desk, case));
    found.par_extend(of_cases.flatten_iter());
}

/// What a child's referral, and what was decided and became true, say of other children. Brothers,
/// sisters and children on the same request are part of its story.
fn in_files_of(desk: &Desk<'_>, case: &Case<'_>) -> Vec<Doubt> {
    let others = desk.others_than(&[case_in(desk, case)]);
    let mut found = in_file(&others, case, case.file, Severity::Warning);
    for made in &case.decisions {
        // Whoever wrote it was told; it is not changed any more.
        found.extend(in_file(&others, case, &made.file.file, Severity::Note));
        let after = made.after.into_iter();
        found.extend(after.flat_map(|file| in_file(&others, case, file, Severity::Warning)));
    }
    found
}

fn case_in<'d, 'a>(desk: &'d Desk<'a>, case: &'d Case<'a>) -> &'d Case<'a> {
    desk.case(case.reference()).unwrap_or(case)
}

fn in_file<T: Serialize>(
    others: &Others<'_, '_>,
    case: &Case<'_>,
    file: &File<T>,
    severity: Severity,
) -> Vec<Doubt> {
    // Of most files the whole text says at once that nobody is named in it.
    let is_told = |by| !matches!(by, NamedBy::FirstName | NamedBy::OneWord);
    let is_other = |by, reference: &str| is_told(by) && !others.is_kin(reference);
    let named = others.named_in(&file.text());
    if !named.iter().any(|own| is_other(own.by, own.reference)) {
        return Vec::new();
    }
    let Ok(value) = serde_json::to_value(&*file.record) else {
        return Vec::new();
    };
    let said = said_of_others(&value, others).into_iter();
    said.filter(|own| is_other(own.by, &own.reference))
        .map(|own| {
            let by = match own.by {
                NamedBy::Number => "the case number of the child of ",
                NamedBy::Reference => "the reference ",
                _ => "the name of the child of ",
            };
            Doubt::about(
                "names-another-child",
                severity,
                &file.path,
                format!(
                    "what is about {} holds {by}{}: {}",
                    case.reference(),
                    own.reference,
                    own.around
                ),
                match severity {
                    Severity::Note => "papers about the child say \"(another child)\" there; where it should not have been written, amend the decision, and see the page on privacy",
                    _ => "say it without the name, like \"another child\"; where the two belong together, list the reference under `siblings`",
                },
            )
            .at(&own.key)
            .on(case.reference())
        })
        .collect()
}
