//! JSON, for programs.

use super::{Checked, Counts, ReferralLine, Report, RuleCounts, Shown, is_unsafe};
use crate::findings::{AcceptedBy, Because, Severity};
use schemars::{JsonSchema, generate::SchemaSettings};
use serde::Serialize;
use serde_json::Value;
use std::borrow::Cow;
use std::io::Write;

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

/// What `check` has to tell, written as it is made: of a large folder it is large.
pub(crate) fn report(report: &Report<'_>, out: &mut dyn Write) -> std::io::Result<()> {
    let whole = Whole {
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
    };
    let mut safe = Safe {
        out,
        held: Vec::with_capacity(2 * PIECE),
    };
    serde_json::to_writer_pretty(&mut safe, &whole)?;
    safe.write_all(b"\n")?;
    safe.flush()
}

/// So much is looked through at once, in bytes.
const PIECE: usize = 64 * 1024;

/// Passes on what is written, with what would mislead a terminal escaped.
struct Safe<'o> {
    out: &'o mut dyn Write,
    /// What has not been looked through yet: whole characters, for they come whole.
    held: Vec<u8>,
}

impl Safe<'_> {
    fn pass_on(&mut self) -> std::io::Result<()> {
        let text = std::str::from_utf8(&self.held).map_err(std::io::Error::other)?;
        self.out.write_all(safe(text).as_bytes())?;
        self.held.clear();
        Ok(())
    }
}

impl Write for Safe<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.write_all(bytes)?;
        Ok(bytes.len())
    }

    fn write_all(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        self.held.extend_from_slice(bytes);
        if self.held.len() < PIECE {
            return Ok(());
        }
        self.pass_on()
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.pass_on()?;
        self.out.flush()
    }
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
            for unit in c.encode_utf16(&mut [0; 2]) {
                text.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            text.push(c);
        }
    }
    Cow::Owned(text)
}

/// What `panel check --format json` prints.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "Findings of panel check")]
struct Whole<'a> {
    /// The version of this shape: it grows by new keys only, or the number does.
    version: u32,
    /// The council's id.
    council: &'a str,
    /// The moment that was judged by, in London.
    as_of: String,
    /// How many records were looked at.
    checked: Checked,
    /// The referrals that were looked at.
    referrals: Vec<Referral<'a>>,
    /// What was found, by file and place.
    findings: Vec<Found<'a>>,
    /// How many findings count, by weight.
    summary: Counts,
    /// Files of which not all findings are told.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    left_out: Vec<LeftOut<'a>>,
    /// With `--statistics`: how often each rule found something.
    #[serde(skip_serializing_if = "Option::is_none")]
    statistics: Option<&'a [RuleCounts]>,
}

/// A file of which not all findings are told.
#[derive(Serialize, JsonSchema)]
struct LeftOut<'a> {
    /// Path from the case folder.
    file: &'a str,
    /// How many more there are.
    findings: usize,
}

/// A referral.
#[derive(Serialize, JsonSchema)]
struct Referral<'a> {
    /// Its reference.
    reference: &'a str,
    /// Path from the case folder.
    file: &'a str,
    /// draft, not-ready, listed, carried-over, deferred, pending, decided-in-principle, decided, withdrawn or closed.
    state: &'a str,
    /// The folder of the meeting that it goes to.
    meeting: Option<&'a str>,
    /// By when it has to be sent.
    cut_off: Option<String>,
    /// What brings it to the panel.
    criteria: Vec<Met<'a>>,
    /// Whether nothing holds it back.
    ready: bool,
}

/// A criterion that a referral meets.
#[derive(Serialize, JsonSchema)]
struct Met<'a> {
    /// Its id in the rule file.
    id: &'a str,
    /// Clauses of the policy.
    sources: &'a [String],
}

/// A finding.
#[derive(Serialize, JsonSchema)]
struct Found<'a> {
    /// The rule, or the council's own check.
    rule: &'a str,
    /// Its weight; a finding that was accepted on the record is a note.
    severity: Severity,
    /// What is wrong.
    message: &'a str,
    /// What to do.
    help: Option<&'a str>,
    /// Clauses of the policy that ask for it.
    sources: &'a [String],
    /// Why, where the policy is silent.
    assumption: Option<&'a str>,
    /// Path from the case folder.
    file: &'a str,
    /// First line, from 1.
    #[schemars(range(min = 1))]
    line: u32,
    /// First column, from 1, in characters.
    #[schemars(range(min = 1))]
    column: u32,
    /// Last line.
    #[schemars(range(min = 1))]
    end_line: u32,
    /// The column after the last.
    #[schemars(range(min = 1))]
    end_column: u32,
    /// The key that it is about; empty for the file as a whole.
    path: &'a str,
    /// The referral that it is about.
    reference: Option<&'a str>,
    /// Where the rule file asks for it.
    because: Option<&'a Because>,
    /// Who accepted it on the record.
    accepted_by: Option<&'a AcceptedBy>,
    /// It is about a draft and does not count.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    draft: bool,
}

/// The schema of what `check` prints.
pub(crate) fn schema() -> Value {
    schema_of::<Whole<'_>>()
}

/// The schema of something that is printed.
pub(super) fn schema_of<T: JsonSchema>() -> Value {
    let settings = SchemaSettings::draft07().for_serialize();
    settings
        .into_generator()
        .into_root_schema_for::<T>()
        .to_value()
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
        let value = serde_json::json!({"name": "a\u{9b}b\u{202e}c£\n\u{e0041}"});
        let text = pretty(&value).expect("a value");
        assert!(text.contains("a\\u009bb\\u202ec£\\n\\udb40\\udc41"));
        let back: serde_json::Value = serde_json::from_str(&text).expect("json");
        assert_eq!(back, value);
    }
}
