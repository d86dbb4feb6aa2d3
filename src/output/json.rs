//! JSON, for programs.

use super::{Checked, Counts, ReferralLine, Report, RuleCounts, Shown, is_unsafe};
use crate::findings::{AcceptedBy, Because, Severity};
use chrono::{NaiveDateTime, Timelike};
use rayon::prelude::*;
use schemars::{JsonSchema, generate::SchemaSettings};
use serde::Serialize;
use serde_json::ser::{Formatter, PrettyFormatter};
use serde_json::{Serializer, Value};
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

/// What `check` has to tell. Of a large folder it is large: its two long lists are written in
/// pieces, each made on a core of its own.
pub(crate) fn report(report: &Report<'_>, out: &mut dyn Write) -> std::io::Result<()> {
    let around = pretty(&Whole {
        version: 1,
        council: report.council,
        as_of: moment(report.as_of),
        checked: report.checked,
        referrals: Vec::new(),
        findings: Vec::new(),
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
    })?;
    let (before, rest) = at_list(&around, "referrals")?;
    let (between, behind) = at_list(rest, "findings")?;
    out.write_all(before.as_bytes())?;
    list(out, &report.referrals, |line, text| {
        add(&referral(line), text)
    })?;
    out.write_all(between.as_bytes())?;
    list(out, &report.findings, |shown, text| {
        add(&finding(shown), text)
    })?;
    out.write_all(behind.as_bytes())?;
    out.flush()
}

/// What stands before and behind the parts of a list that is empty yet.
fn at_list<'t>(around: &'t str, name: &str) -> std::io::Result<(&'t str, &'t str)> {
    // Within a text a line break would stand escaped: this is the key.
    let key = format!("\n  \"{name}\": [");
    let at = around.find(&key).map(|at| at + key.len());
    let at = at.ok_or_else(|| std::io::Error::other(format!("no list of {name}")))?;
    Ok(around.split_at(at))
}

/// Parts of a list that make a piece.
const A_PIECE: usize = 64;

/// Pieces that are made before they are written.
const PIECES: usize = 8;

/// Writes the parts of a list of the whole, each as it is added to the text of a piece.
fn list<T: Sync>(
    out: &mut dyn Write,
    parts: &[T],
    add: impl Fn(&T, &mut Vec<u8>) -> std::io::Result<()> + Sync,
) -> std::io::Result<()> {
    let piece = |parts: &[T]| {
        let mut text = Vec::new();
        for part in parts {
            if !text.is_empty() {
                text.push(b',');
            }
            text.extend_from_slice(b"\n    ");
            add(part, &mut text)?;
        }
        let text = String::from_utf8(text).map_err(std::io::Error::other)?;
        Ok(match safe(&text) {
            Cow::Owned(escaped) => escaped,
            Cow::Borrowed(_) => text,
        })
    };
    let mut is_first = true;
    for parts in parts.chunks(A_PIECE * PIECES) {
        let pieces: Vec<std::io::Result<String>> = parts.par_chunks(A_PIECE).map(piece).collect();
        for piece in pieces {
            if !is_first {
                out.write_all(b",")?;
            }
            is_first = false;
            out.write_all(piece?.as_bytes())?;
        }
    }
    if !is_first {
        out.write_all(b"\n  ")?;
    }
    Ok(())
}

/// Adds a value, indented as it stands in a list of the whole.
fn add(value: &impl Serialize, text: &mut Vec<u8>) -> std::io::Result<()> {
    let mut layout = PrettyFormatter::new();
    layout.begin_object(&mut std::io::sink())?;
    layout.begin_array(&mut std::io::sink())?;
    value.serialize(&mut Serializer::with_formatter(text, layout))?;
    Ok(())
}

/// A moment in London as programs read it, to the second. What `chrono` shows for whoever looks for
/// a mistake is just that, and has no pattern to be read first.
fn moment(moment: NaiveDateTime) -> String {
    format!("{:?}", moment.with_nanosecond(0).unwrap_or(moment))
}

/// Characters that would mislead a terminal stand escaped; to a program they are the same.
fn safe(json: &str) -> Cow<'_, str> {
    let is_to_be_escaped = |c: char| c != '\n' && is_unsafe(c);
    // Plain text has none: it is looked through byte by byte, many at a time.
    let is_odd = |byte: u8| (byte < b' ' && byte != b'\n') || byte >= 0x7f;
    let is_plain = |line: &str| !line.bytes().fold(false, |odd, byte| odd | is_odd(byte));
    let is_misleading = |line: &str| !is_plain(line) && line.chars().any(is_to_be_escaped);
    if is_plain(json) || !json.split('\n').any(is_misleading) {
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
        cut_off: line.cut_off.map(moment),
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
