//! Requests for what the panel does not fund or decide.
use super::super::prelude::*;

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
            .help("if the request says what is asked, withdraw it here and take it there; else put `request` and the cost lines right")
            .about(case.reference());
    }
}
