//! Papers named on a referral whose file is not in the folder.
use super::super::prelude::*;

pub(super) const RULE: Rule = Rule {
    id: "missing-file",
    summary: "a paper is named and its file is not there",
    severity: Severity::Error,
    asked_by: &[],
    text: include_str!("missing_file.md"),
    check: Check::Desk(check),
};

fn check(desk: &Desk<'_>, found: &mut Findings) {
    if desk.scope == Scope::Alone {
        return;
    }
    for case in desk.judged() {
        for (row, paper) in case.referral().documents.iter().enumerate() {
            if let Some(file) = paper.file.as_deref()
                && !desk.folder.has_file(file)
            {
                found
                    .at(
                        Desk::place(case.file, format!("documents[{row}].file")),
                        format!("there is no file {file} in the case folder"),
                    )
                    .help("put the file there, or put what stands after `file:` right: it counts from the folder that holds panel.toml, and small and capital letters count; a paper that lives on the case system only needs no `file:`")
                    .about(case.reference());
            }
        }
    }
}
