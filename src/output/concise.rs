//! One line a finding, for editors and for searching.

use super::{Report, Shown, clauses, counted, visible};

/// `file:line:column: error[rule]: message (clause 1.9)`, a line each; drafts come last. Where
/// statistics are asked for, a line for each rule instead.
pub(crate) fn report(report: &Report<'_>) -> String {
    let mut text = String::new();
    if let Some(rules) = &report.statistics {
        for rule in rules {
            let told = format!("{}: {}", rule.rule, counted(&rule.counts));
            text.push_str(&visible(&told));
            text.push('\n');
        }
        return text;
    }
    let (drafts, others): (Vec<_>, Vec<_>) =
        report.findings.iter().partition(|shown| shown.is_draft);
    for shown in others.into_iter().chain(drafts) {
        text.push_str(&line(shown));
        text.push('\n');
    }
    for (file, count) in &report.left_out {
        text.push_str(&format!("{}: {count} more\n", visible(file)));
    }
    text
}

fn line(shown: &Shown<'_>) -> String {
    let finding = shown.finding;
    let basis = clauses(&finding.basis.clauses)
        .or_else(|| {
            finding
                .basis
                .assumption
                .as_ref()
                .map(|_| "assumption".to_owned())
        })
        .map(|basis| format!(" ({basis})"))
        .unwrap_or_default();
    let draft = if shown.is_draft { " (draft)" } else { "" };
    visible(&format!(
        "{}:{}:{}: {}[{}]: {}{basis}{draft}",
        finding.place.file,
        shown.span.line,
        shown.span.column,
        finding.severity.word(),
        finding.rule,
        finding.message
    ))
}
