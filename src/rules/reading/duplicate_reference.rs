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
    let mut first: std::collections::HashMap<String, (&str, &str)> =
        std::collections::HashMap::with_capacity(desk.cases().len());
    for case in desk.cases() {
        let (reference, file) = (case.reference(), case.file.path.as_str());
        // Where they differ in capitals alone, Windows and macOS take their files for one.
        let plain = reference.to_ascii_lowercase();
        if let Some((other, other_file)) = first.get(&plain) {
            let message = match *other == reference {
                true => format!("`{reference}` is the reference of {other_file} too"),
                false => format!(
                    "`{reference}` differs from `{other}`, the reference of {other_file}, in capitals alone"
                ),
            };
            found
                .at(Desk::place(case.file, "reference"), message)
                .help("find out which of the two came later, give it the next free reference, and name its file the same")
                .about(case.reference());
        } else {
            first.insert(plain, (reference, file));
        }
    }
}
