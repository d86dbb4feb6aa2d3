//! How a file is written, before what it says.

mod bad_value;
mod duplicate_key;
mod duplicate_reference;
mod missing_field;
mod missing_file;
mod name_mismatch;
mod syntax;
mod unknown_field;
mod unknown_reference;

use super::Rule;

/// The rules of this family.
pub(super) const RULES: &[Rule] = &[
    syntax::RULE,
    unknown_field::RULE,
    missing_field::RULE,
    bad_value::RULE,
    duplicate_key::RULE,
    duplicate_reference::RULE,
    name_mismatch::RULE,
    unknown_reference::RULE,
    missing_file::RULE,
];

use crate::desk::Desk;
use crate::findings::{Findings, Place, Severity};
use crate::folder::{Fault, FaultKind, File};
use crate::records::fields;
use std::collections::BTreeSet;

/// Tells the faults of one kind that the reading found, in every file.
fn tell(desk: &Desk<'_>, found: &mut Findings, kind: FaultKind) {
    for case in desk.cases() {
        for fault in case.file.faults.iter().filter(|fault| fault.kind == kind) {
            let help = elsewhere(fault).or_else(|| fault.help.clone());
            let told = Fault {
                help,
                ..fault.clone()
            };
            one(found, &case.file.path, &told, Some(case.reference()));
        }
    }
    for meeting in &desk.folder.meetings {
        let own = meeting
            .meeting
            .iter()
            .map(|file| (&file.path, &file.faults));
        let after = meeting.after.iter().map(|file| (&file.path, &file.faults));
        for (path, faults) in own.chain(after) {
            for fault in faults.iter().filter(|fault| fault.kind == kind) {
                one(found, path, fault, None);
            }
        }
        for decision in &meeting.decisions {
            for fault in decision
                .file
                .faults
                .iter()
                .filter(|fault| fault.kind == kind)
            {
                one(
                    found,
                    &decision.file.path,
                    fault,
                    Some(&decision.file.record.referral),
                );
            }
        }
    }
}

/// Where on the form a key belongs that stands in another place.
fn elsewhere(fault: &Fault) -> Option<String> {
    if fault.kind != FaultKind::UnknownField {
        return None;
    }
    let word = fault.path.rsplit('.').next()?;
    let above: BTreeSet<&str> = fields::all()
        .filter_map(|field| field.name.rsplit_once('.'))
        .filter(|(_, last)| *last == word)
        .map(|(above, _)| above.trim_end_matches("[]"))
        .collect();
    // A word that several groups have, like `name`, is not known to be misplaced from one.
    let mut above = above.into_iter();
    match (above.next(), above.next()) {
        (Some(group), None) => Some(format!("move it to `{group}`, where it belongs")),
        _ => None,
    }
}

fn one(found: &mut Findings, file: &str, fault: &Fault, reference: Option<&str>) {
    let place = Place {
        file: file.to_owned(),
        path: fault.path.clone(),
        span: Some(fault.span),
    };
    let mut pending = found
        .at(place, fault.message.clone())
        .meant(fault.meant.clone());
    if let Some(help) = &fault.help {
        pending = pending.help(help.clone());
    }
    if let Some(reference) = reference {
        pending = pending.about(reference);
    }
    if fault.is_harmless {
        let _ = pending.weighing(Severity::Warning);
    }
}

/// The place of a key itself, rather than of its value.
fn key_place<T>(file: &File<T>, path: String) -> Place {
    let span = file.tree().and_then(|tree| tree.locate_key(&path));
    Place {
        file: file.path.clone(),
        path,
        span,
    }
}
