//! Records of meetings that `exclude` in panel.toml leaves out: nobody looks at them.

use super::{Desk, Doubt, name_of};
use crate::findings::Severity;
use crate::folder::seal_number;

pub(super) fn look(desk: &Desk<'_>, found: &mut Vec<Doubt>) {
    let folder = desk.folder;
    for path in folder.left_out.iter().filter(|path| is_record(path)) {
        let pattern = folder.settings.exclude.leaves_out(path);
        let why = format!(
            "`exclude` in panel.toml leaves it out (`{}`), so no list has it and nothing here was looked at",
            pattern.unwrap_or_default()
        );
        let name = name_of(path);
        let reference = name.split('.').next().unwrap_or(name);
        // Of a case that is there, it is no exercise and no copy.
        let case = desk.case(reference).filter(|_| is_of_a_case(path));
        let doubt = match case {
            Some(case) => Doubt::about(
                "left-out",
                Severity::Error,
                path,
                format!("this is a record of {}, and {why}", case.reference()),
                "take the pattern out of `exclude`, or write one that leaves this file in",
            )
            .on(case.reference()),
            None => Doubt::about(
                "left-out",
                Severity::Warning,
                path,
                format!("this is named like a record, and {why}"),
                "if it is a record, take the pattern out of `exclude`; if it is none, nothing is to be done",
            ),
        };
        found.push(doubt);
    }
}

/// Whether a path is one at which a meeting keeps a record.
fn is_record(path: &str) -> bool {
    let steps: Vec<&str> = path.split('/').collect();
    let is_of_meeting = |name: &str| name == "meeting.yaml" || seal_number(name).is_some();
    matches!(steps[..], ["meetings", _, name] if is_of_meeting(name)) || is_of_a_case(path)
}

/// Whether a path is that of a decision, or of what became true after it: `R-1.yaml`, `R-1.2.yaml`.
fn is_of_a_case(path: &str) -> bool {
    let steps: Vec<&str> = path.split('/').collect();
    let ["meetings", _, "decisions" | "after", name] = steps[..] else {
        return false;
    };
    let stem = [".yaml", ".yml"]
        .iter()
        .find_map(|end| name.strip_suffix(end));
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    stem.is_some_and(|stem| stem.split_once('.').is_none_or(|(_, rest)| is_number(rest)))
}
