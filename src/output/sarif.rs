//! SARIF 2.1.0: the form in which code hosts and editors take findings of any tool.

use super::json::pretty;
use super::{Report, RuleLine, Shown, accepted, count, fingerprint, in_full, sentence, weight};
use serde_json::{Map, Value, json};

/// One run, with every rule described.
pub(crate) fn report(report: &Report<'_>) -> Result<String, serde_json::Error> {
    let known_by = fingerprint::all(&report.findings);
    let findings = report.findings.iter().zip(known_by);
    let results: Vec<Value> = findings
        .map(|(shown, known_by)| result(report, shown, &known_by))
        .collect();
    let told = report.left_out.iter().map(|(file, more)| {
        json!({
            "level": "note",
            "message": { "text": format!("{} in this file", count(*more, "more finding")) },
            "locations": [{ "physicalLocation": { "artifactLocation": artifact(report, file) } }],
        })
    });
    let mut run = json!({
        "tool": { "driver": {
            "name": "panel",
            "version": env!("CARGO_PKG_VERSION"),
            "semanticVersion": env!("CARGO_PKG_VERSION"),
            "rules": report.rules.iter().map(rule).collect::<Vec<_>>(),
        }},
        "columnKind": "unicodeCodePoints",
        "invocations": [{
            "executionSuccessful": true,
            "toolExecutionNotifications": told.collect::<Vec<_>>(),
        }],
        "results": results,
        "properties": {
            "council": report.council,
            "as_of": report.as_of.format("%Y-%m-%dT%H:%M:%S").to_string(),
            "checked": report.checked,
        },
    });
    if let Some(rules) = &report.statistics {
        run["properties"]["statistics"] = json!(rules);
    }
    pretty(&json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [run],
    }))
}

fn rule(rule: &RuleLine<'_>) -> Value {
    json!({
        "id": rule.id,
        "shortDescription": { "text": sentence(rule.summary) },
        "fullDescription": { "text": sentence(rule.summary) },
        // No address: the text that stands in the book is here whole.
        "help": { "text": rule.page, "markdown": rule.page },
        "defaultConfiguration": { "level": rule.severity.word() },
        "properties": { "clauses": rule.clauses },
    })
}

fn result(report: &Report<'_>, shown: &Shown<'_>, known_by: &str) -> Value {
    let finding = shown.finding;
    let span = shown.span;
    let mut result = Map::new();
    let mut put = |key: &str, value: Value| result.insert(key.to_owned(), value);
    put("ruleId", json!(finding.rule));
    let index = report.rules.iter().position(|rule| rule.id == finding.rule);
    if let Some(index) = index {
        put("ruleIndex", json!(index));
    }
    put("level", json!(weight(shown).word()));
    put("message", json!({ "text": in_full(shown) }));
    put(
        "locations",
        json!([{ "physicalLocation": {
            "artifactLocation": artifact(report, &finding.place.file),
            "region": {
                "startLine": span.line,
                "startColumn": span.column,
                "endLine": span.end_line,
                "endColumn": span.end_column,
            },
        }}]),
    );
    put(
        "partialFingerprints",
        json!({ "panelFinding/v1": known_by }),
    );
    if let Some(by) = &finding.accepted_by {
        put(
            "suppressions",
            json!([{
                "kind": "external",
                "status": "accepted",
                "justification": format!("Accepted by {}", accepted(by)),
            }]),
        );
    }
    put(
        "properties",
        json!({
            "sources": finding.basis.clauses,
            "assumption": finding.basis.assumption,
            "because": finding.basis.because,
            "path": finding.place.path,
            "reference": finding.reference,
            "draft": shown.is_draft,
        }),
    );
    Value::Object(result)
}

fn artifact(report: &Report<'_>, file: &str) -> Value {
    json!({ "uri": uri(&format!("{}{file}", report.prefix)) })
}

/// A path as a relative address: what an address may not hold stands as per cent and two digits.
fn uri(path: &str) -> String {
    path.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect()
}
