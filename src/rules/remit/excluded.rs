//! Requests for what the panel does not fund or decide.
use super::super::acceptance::or_accepted;
use super::super::prelude::*;
use super::super::ways::take_back;

pub(super) const RULE: Rule = Rule {
    id: "excluded",
    summary: "the panel does not fund or decide what is asked for",
    severity: Severity::Error,
    asked_by: &["exclusion/*"],
    text: include_str!("excluded.md"),
    check: Check::Case(check),
};

fn check(desk: &Desk<'_>, case: &Case<'_>, found: &mut Findings) {
    for exclusion in super::exclusions(desk, case) {
        let goes_to = exclusion.goes_to.as_deref().map(|panel| {
            format!(
                "it goes to the {}",
                case.rules.words.label(Use::Panel, panel)
            )
        });
        let elsewhere: Vec<String> = exclusion
            .instead
            .iter()
            .map(|words| format!("instead: {words}"))
            .chain(goes_to)
            .collect();
        let instead = if elsewhere.is_empty() {
            String::new()
        } else {
            format!("; {}", elsewhere.join("; "))
        };
        found
            .at(
                Desk::place(case.file, "request.kind"),
                format!(
                    "the {} does not take this: {}{instead}",
                    case.rules.panel_name(),
                    exclusion.label
                ),
            )
            .because(&exclusion.basis)
            .help(format!(
                "if that is what you ask for, {}; if not, put right what makes it look so: `kind` and the dates under `request`, or the lines under `costs`{}",
                take_back(case),
                or_accepted(desk, case, RULE.id)
            ))
            .about(case.reference());
    }
}
