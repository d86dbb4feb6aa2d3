//! What is wrong or strange in a rule file, as people and programs read it.

use super::snippet::{Part, rendered};
use super::{Counts, Look, count, json, visible};
use crate::council::Remark;
use crate::findings::{Severity, Span};
use crate::folder::{Fault, FaultKind};
use annotate_snippets::Level;
use serde::Serialize;

/// One thing in a rule file, with its weight.
#[derive(Debug)]
pub(crate) struct Told<'a> {
    id: &'a str,
    severity: Severity,
    message: &'a str,
    help: Option<&'a str>,
    path: &'a str,
    span: Span,
}

/// A rule file and everything that there is to say of it.
#[derive(Debug)]
pub(crate) struct RuleFile<'a> {
    /// Its name.
    pub(crate) file: &'a str,
    /// Its text, to show the lines.
    pub(crate) text: &'a str,
    /// What is told, in the order of the file.
    pub(crate) told: Vec<Told<'a>>,
}

impl<'a> From<&'a Fault> for Told<'a> {
    fn from(fault: &'a Fault) -> Self {
        Self {
            id: match fault.kind {
                FaultKind::Syntax => "syntax",
                FaultKind::UnknownField => "unknown-field",
                FaultKind::MissingField => "missing-field",
                FaultKind::BadValue => "bad-value",
                FaultKind::DuplicateKey => "duplicate-key",
            },
            severity: Severity::Error,
            message: &fault.message,
            help: fault.help.as_deref(),
            path: &fault.path,
            span: fault.span,
        }
    }
}

impl<'a> From<&'a Remark> for Told<'a> {
    fn from(remark: &'a Remark) -> Self {
        Self {
            id: remark.id,
            severity: remark.severity,
            message: &remark.message,
            help: Some(&remark.help),
            path: &remark.path,
            span: remark.span,
        }
    }
}

impl RuleFile<'_> {
    /// How much there is, by weight.
    pub(crate) fn counts(&self) -> Counts {
        let of = |severity| {
            let all = self.told.iter();
            all.filter(|told| told.severity == severity).count()
        };
        Counts {
            errors: of(Severity::Error),
            warnings: of(Severity::Warning),
            notes: of(Severity::Note),
        }
    }
}

/// Each with its line of the file, and a sum.
pub(crate) fn human(rule_file: &RuleFile<'_>, look: Look) -> String {
    let lines: Vec<&str> = rule_file.text.split('\n').collect();
    let parts = rule_file.told.iter().map(|told| {
        let line = lines.get(told.span.line.saturating_sub(1) as usize);
        Part {
            level: match told.severity {
                Severity::Error => Level::ERROR,
                Severity::Warning => Level::WARNING,
                Severity::Note => Level::NOTE,
            },
            id: Some(told.id),
            message: told.message,
            file: rule_file.file,
            span: told.span,
            line: line.copied(),
            notes: told
                .help
                .map(|help| (Level::HELP, help.to_owned()))
                .into_iter()
                .collect(),
        }
    });
    let mut text = rendered(parts.collect(), look);
    let counts = rule_file.counts();
    let sum: Vec<String> = [(counts.errors, "error"), (counts.warnings, "warning")]
        .into_iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, word)| count(number, word))
        .collect();
    let sum = if sum.is_empty() {
        "nothing to put right".to_owned()
    } else {
        sum.join(", ")
    };
    text.push_str(&format!("{}: {sum}.\n", visible(rule_file.file)));
    text
}

#[derive(Serialize)]
struct Whole<'a> {
    version: u32,
    file: &'a str,
    findings: Vec<Found<'a>>,
    summary: Counts,
}

#[derive(Serialize)]
struct Found<'a> {
    rule: &'a str,
    severity: Severity,
    message: &'a str,
    help: Option<&'a str>,
    file: &'a str,
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
    path: &'a str,
}

/// The same for programs, in the shape of `check`.
pub(crate) fn as_json(rule_file: &RuleFile<'_>) -> Result<String, serde_json::Error> {
    json::pretty(&Whole {
        version: 1,
        file: rule_file.file,
        findings: rule_file
            .told
            .iter()
            .map(|told| Found {
                rule: told.id,
                severity: told.severity,
                message: told.message,
                help: told.help,
                file: rule_file.file,
                line: told.span.line,
                column: told.span.column,
                end_line: told.span.end_line,
                end_column: told.span.end_column,
                path: told.path,
            })
            .collect(),
        summary: rule_file.counts(),
    })
}
