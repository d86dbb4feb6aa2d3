//! Findings as an editor shows them.

use super::lines::Lines;
use crate::council::{Council, CouncilError, Wanted, lint, parse_whole_in};
use crate::findings::{Finding, Severity, Span};
use crate::folder::{FaultKind, Folder, Places};
use crate::output::markdown::inline;
use crate::output::{clauses, resting_on, visible_lines};
use crate::records::Day;
use lsp_types::{Diagnostic, DiagnosticSeverity, NumberOrString, Range};
use std::path::Path;

/// One finding in an open file: what is shown at its place, and more for who asks.
#[derive(Debug, Clone)]
pub(super) struct Shown {
    /// Where.
    pub(super) range: Range,
    /// As it is published.
    pub(super) diagnostic: Diagnostic,
    /// What is said when somebody points at it.
    pub(super) hover: String,
}

const fn weight(severity: Severity) -> DiagnosticSeverity {
    match severity {
        Severity::Error => DiagnosticSeverity::ERROR,
        Severity::Warning => DiagnosticSeverity::WARNING,
        Severity::Note => DiagnosticSeverity::INFORMATION,
    }
}

fn shown(
    range: Range,
    severity: Severity,
    rule: &str,
    message: String,
    help: Option<&str>,
    hover: String,
) -> Shown {
    let message = match help {
        Some(help) => format!("{message}\n{help}"),
        None => message,
    };
    Shown {
        range,
        diagnostic: Diagnostic {
            range,
            severity: Some(weight(severity)),
            code: Some(NumberOrString::String(rule.to_owned())),
            source: Some("panel".to_owned()),
            message: visible_lines(&message),
            ..Diagnostic::default()
        },
        hover: visible_lines(&hover),
    }
}

/// The places in one record of a folder.
fn places<'f>(folder: &'f Folder, path: &str) -> Option<Places<'f>> {
    if let Some(file) = folder.referrals.iter().find(|file| file.path == path) {
        return Some(file.places());
    }
    folder.meetings.iter().find_map(|meeting| {
        let own = meeting.meeting.iter().filter(|file| file.path == path);
        let decisions = meeting.decisions.iter().map(|decision| &decision.file);
        let after = meeting.after.iter();
        own.map(|file| file.places())
            .chain(
                decisions
                    .filter(|file| file.path == path)
                    .map(|file| file.places()),
            )
            .chain(
                after
                    .filter(|file| file.path == path)
                    .map(|file| file.places()),
            )
            .next()
    })
}

/// What was found in one file, at its places in the text.
pub(super) fn of_record(
    found: &[Finding],
    folder: &Folder,
    council: &Council,
    path: &str,
    lines: &Lines<'_>,
) -> Vec<Shown> {
    let own: Vec<&Finding> = found
        .iter()
        .filter(|finding| finding.place.file == path)
        .collect();
    let places = if own.is_empty() {
        None
    } else {
        places(folder, path)
    };
    let mut told: Vec<Shown> = own
        .into_iter()
        .map(|finding| {
            let located = || places.as_ref()?.of(&finding.place.path);
            let span = finding.place.span.or_else(located).unwrap_or(Span::START);
            let message = format!("{}{}", finding.message, resting_on(&finding.basis));
            let message = match &finding.accepted_by {
                Some(by) => format!("{message}; accepted by {}", by.name),
                None => message,
            };
            shown(
                lines.range(span),
                finding.severity,
                &finding.rule,
                message,
                finding.help.as_deref(),
                hover(finding, council),
            )
        })
        .collect();
    told.sort_by_key(|shown| (shown.range.start, shown.range.end));
    told
}

/// What asks for it, in the words of the council's file, and what to do: a page that the editor
/// shows, on which what a file says is text.
fn hover(finding: &Finding, council: &Council) -> String {
    let mut text = format!(
        "**{}**: {}",
        inline(&finding.rule),
        inline(&finding.message)
    );
    let basis = &finding.basis;
    let line = basis.because.as_ref().map(|because| because.line);
    let entry = line.and_then(|line| {
        let rules = std::iter::once(council).chain(&council.others);
        let mut listed = rules.flat_map(|rules| &rules.listed);
        listed.find(|entry| entry.line == line && entry.sources == basis.clauses)
    });
    let says = entry
        .map(|entry| format!(": {}", entry.text))
        .unwrap_or_default();
    if let Some(clauses) = clauses(&basis.clauses) {
        let asked = format!("{clauses}{says}");
        text.push_str("\n\nAsked for by ");
        text.push_str(&inline(&asked));
    } else if let Some(assumption) = &basis.assumption {
        text.push_str(&format!(
            "\n\nAn assumption of the council's file: {}",
            inline(assumption)
        ));
    }
    if let Some(help) = &finding.help {
        text.push_str(&format!("\n\nWhat to do: {}", inline(help)));
    }
    if let Some(by) = &finding.accepted_by {
        let on = by
            .on
            .as_ref()
            .map(|on| format!(" on {on}"))
            .unwrap_or_default();
        let why = by
            .reason
            .as_ref()
            .map(|why| format!(": {why}"))
            .unwrap_or_default();
        let accepted = format!("Accepted by {} ({}){on}{why}", by.name, by.role);
        text.push_str(&format!("\n\n{}", inline(&accepted)));
    }
    text
}

/// What `panel council check` says of a rule file's text.
pub(super) fn of_rule_file(
    text: &str,
    file: &str,
    folder: &Path,
    today: Day,
    lines: &Lines<'_>,
) -> Vec<Shown> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let id = file.strip_suffix(".toml").unwrap_or(file);
    let tell = |span: Span, severity: Severity, rule: &str, message: &str, help: Option<&str>| {
        let more = help.map(|help| format!("\n\nWhat to do: {}", inline(help)));
        let (id, said) = (inline(rule), inline(message));
        let hover = format!("**{id}**: {said}{}", more.unwrap_or_default());
        shown(
            lines.range(span),
            severity,
            rule,
            message.to_owned(),
            help,
            hover,
        )
    };
    match parse_whole_in(folder, id, file, text) {
        Ok(loaded) => lint(&Wanted {
            loaded: &loaded,
            today,
        })
        .iter()
        .map(|remark| {
            let help = Some(remark.help.as_str());
            tell(
                remark.span,
                remark.severity,
                remark.id,
                &remark.message,
                help,
            )
        })
        .collect(),
        Err(CouncilError::Faulty {
            file: faulty,
            faults,
            ..
        }) => faults
            .iter()
            .map(|fault| {
                let rule = match fault.kind {
                    FaultKind::Syntax => "syntax",
                    FaultKind::UnknownField => "unknown-field",
                    FaultKind::MissingField => "missing-field",
                    FaultKind::BadValue => "bad-value",
                    FaultKind::DuplicateKey => "duplicate-key",
                };
                if faulty == file {
                    let help = fault.help.as_deref();
                    return tell(fault.span, Severity::Error, rule, &fault.message, help);
                }
                let message = format!("{faulty}:{}: {}", fault.span.line, fault.message);
                tell(
                    Span::START,
                    Severity::Error,
                    rule,
                    &message,
                    fault.help.as_deref(),
                )
            })
            .collect(),
        Err(error) => vec![tell(
            Span::START,
            Severity::Error,
            "syntax",
            &error.to_string(),
            None,
        )],
    }
}

/// Something that keeps a file from being judged at all, told at its top.
pub(super) fn trouble(message: &str, lines: &Lines<'_>) -> Vec<Shown> {
    let range = lines.range(Span::START);
    vec![shown(
        range,
        Severity::Error,
        "not-judged",
        message.to_owned(),
        None,
        inline(message),
    )]
}
