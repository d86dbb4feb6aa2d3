//! Workflow commands of GitHub Actions: a finding stands beside its line in a pull request.

use super::{Report, Shown, count, counted, in_full, visible, weight};
use crate::findings::Severity;

/// `::error file=…,line=…::message`, a line each.
pub(crate) fn report(report: &Report<'_>) -> String {
    let mut text = String::new();
    if let Some(rules) = &report.statistics {
        for rule in rules {
            let told = format!("{}: {}", rule.rule, counted(&rule.counts));
            text.push_str(&format!("::notice title=panel::{}\n", message(&told)));
        }
        return text;
    }
    for shown in &report.findings {
        text.push_str(&line(report, shown));
    }
    for (file, more) in &report.left_out {
        let file = property(&format!("{}{file}", report.prefix));
        let told = count(*more, "more finding");
        text.push_str(&format!("::notice file={file},title=panel::{told}\n"));
    }
    text
}

fn line(report: &Report<'_>, shown: &Shown<'_>) -> String {
    let finding = shown.finding;
    let span = shown.span;
    let command = match weight(shown) {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    // Columns mean something to it on one line only.
    let columns = if span.line == span.end_line {
        // Its columns are inclusive.
        let last = span.end_column.saturating_sub(1).max(span.column);
        format!(",col={},endColumn={last}", span.column)
    } else {
        String::new()
    };
    format!(
        "::{command} file={},line={},endLine={}{columns},title={}::{}\n",
        property(&format!("{}{}", report.prefix, finding.place.file)),
        span.line,
        span.end_line,
        property(&format!("panel: {}", finding.rule)),
        message(&in_full(shown))
    )
}

/// Text behind the second `::`: on one line, with nothing in it that begins a command.
fn message(text: &str) -> String {
    visible(text)
        .replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// The value of a property, which a comma or a colon would end.
fn property(text: &str) -> String {
    // A line break in a file's name is part of it; everything else that is unsafe is made visible.
    let escaped = text
        .replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
        .replace(':', "%3A")
        .replace(',', "%2C");
    visible(&escaped)
}
