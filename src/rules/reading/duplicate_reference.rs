//! Two files with one reference: nobody could say which of them was decided.
use super::super::prelude::*;

pub(super) const RULE: Rule = Rule {
    id: "duplicate-reference",
    summary: "two referrals carry one reference",
    severity: Severity::Error,
    asked_by: &[],
    text: include_str!("duplicate_reference.md"),
    check: Check::Desk(check),
};

fn check(desk: &Desk<'_>, found: &mut Findings) {
    let mut first: std::collections::HashMap<&str, &str> =
        std::collections::HashMap::with_capacity(desk.cases().len());
    for case in desk.cases() {
        let file = case.file.path.as_str();
        if let Some(other) = first.get(case.reference()) {
            found
                .at(
                    Desk::place(case.file, "reference"),
                    format!("`{}` is the reference of {other} too", case.reference()),
                )
                .help("find out which of the two came later, give it the next free reference, and name its file the same")
                .about(case.reference());
        } else {
            first.insert(case.reference(), file);
        }
    }
}
