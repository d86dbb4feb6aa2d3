//! JSON, for programs.

use super::{Checked, Counts, ReferralLine, Report, RuleCounts, Shown, is_unsafe};
use crate::findings::{AcceptedBy, Because, Severity};
use serde::Serialize;
use std::borrow::Cow;

/// Any value, indented, with a line break at its end.
pub(crate) fn pretty(value: &impl Serialize) -> Result<String, serde_json::Error> {
    let mut text = serde_json::to_string_pretty(value)?;
    text.push('\n');
    Ok(match safe(&text) {
        Cow::Owned(escaped) => escaped,
        Cow::Borrowed(_) => text,
    })
}

/// Exactly what a document's template is given.
pub(crate) fn document(view: &serde_json::Value) -> Result<String, serde_json::Error> {
    pretty(view)
}

/// What `check` has to tell.
pub(crate) fn report(report: &Report<'_>) -> Result<String, serde_json::Error> {
    pretty(&Whole {
        version: 1,
        council: report.council,
        as_of: report.as_of.format("%Y-%m-%dT%H:%M:%S").to_string(),
        checked: report.checked,
        referrals: report.referrals.iter().map(referral).collect(),
        findings: report.findings.iter().map(finding).collect(),
        summary: report.summary,
        left_out: report
            .left_out
            .iter()
            .map(|(file, count)| LeftOut {
                file,
                findings: *count,
            })
            .collect(),
        statistics: report.statistics.as_deref(),
    })
}

/// Characters that would mislead a terminal stand escaped; to a program they are the same.
fn safe(json: &str) -> Cow<'_, str> {
    let is_to_be_escaped = |c: char| c != '\n' && is_unsafe(c);
    // Plain text has none: it is looked through byte by byte, many at a time.
    let is_odd = |byte: u8| (byte < b' ' && byte != b'\n') || byte >= 0x7f;
    let is_plain = !json.bytes().fold(false, |odd, byte| odd | is_odd(byte));
    if is_plain || !json.chars().any(is_to_be_escaped) {
        return Cow::Borrowed(json);
    }
    let mut text = String::with_capacity(json.len());
    for c in json.chars() {
        if is_to_be_escaped(c) {
            text.push_str(&format!("\\u{:04x}", c as u32));
        } else {
            text.push(c);
        }
    }
    Cow::Owned(text)
}

#[derive(Serialize)]
struct Whole<'a> {
    version: u32,
    council: &'a str,
    as_of: String,
    checked: Checked,
    referrals: Vec<Referral<'a>>,
    findings: Vec<Found<'a>>,
    summary: Counts,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    left_out: Vec<LeftOut<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    statistics: Option<&'a [RuleCounts]>,
}

#[derive(Serialize)]
struct LeftOut<'a> {
    file: &'a str,
    findings: usize,
}

#[derive(Serialize)]
struct Referral<'a> {
    reference: &'a str,
    file: &'a str,
    state: &'a str,
    meeting: Option<&'a str>,
    cut_off: Option<String>,
    criteria: Vec<Met<'a>>,
    ready: bool,
}

#[derive(Serialize)]
struct Met<'a> {
    id: &'a str,
    sources: &'a [String],
}

#[derive(Serialize)]
struct Found<'a> {
    rule: &'a str,
    severity: Severity,
    message: &'a str,
    help: Option<&'a str>,
    sources: &'a [String],
    assumption: Option<&'a str>,
    file: &'a str,
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
    path: &'a str,
    reference: Option<&'a str>,
    because: Option<&'a Because>,
    accepted_by: Option<&'a AcceptedBy>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    draft: bool,
}

fn referral<'a>(line: &'a ReferralLine<'_>) -> Referral<'a> {
    Referral {
        reference: line.reference,
        file: line.file,
        state: line.state,
        meeting: line.meeting.as_ref().map(|(id, _)| *id),
        cut_off: line
            .cut_off
            .map(|moment| moment.format("%Y-%m-%dT%H:%M:%S").to_string()),
        criteria: line
            .criteria
            .iter()
            .map(|criterion| Met {
                id: &criterion.id,
                sources: &criterion.basis.clauses,
            })
            .collect(),
        ready: line.is_ready,
    }
}

fn finding<'a>(shown: &'a Shown<'_>) -> Found<'a> {
    let finding = shown.finding;
    Found {
        rule: &finding.rule,
        severity: finding.severity,
        message: &finding.message,
        help: finding.help.as_deref(),
        sources: &finding.basis.clauses,
        assumption: finding.basis.assumption.as_deref(),
        file: &finding.place.file,
        line: shown.span.line,
        column: shown.span.column,
        end_line: shown.span.end_line,
        end_column: shown.span.end_column,
        path: &finding.place.path,
        reference: finding.reference.as_deref(),
        because: finding.basis.because.as_ref(),
        accepted_by: finding.accepted_by.as_ref(),
        draft: shown.is_draft,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_that_mislead_stand_escaped_and_mean_the_same() {
        let value = serde_json::json!({"name": "a\u{9b}b\u{202e}c£\n"});
        let text = pretty(&value).expect("a value");
        assert!(text.contains("a\\u009bb\\u202ec£\\n"));
        let back: serde_json::Value = serde_json::from_str(&text).expect("json");
        assert_eq!(back, value);
    }
}
