//! GitLab's Code Quality report: findings beside the lines of a merge request.

use super::json::pretty;
use super::{Report, count, fingerprint, in_full, visible, weight};
use crate::findings::Severity;
use serde_json::{Value, json};

/// A list with an entry for each finding, each known by a fingerprint of its own.
pub(crate) fn report(report: &Report<'_>) -> Result<String, serde_json::Error> {
    let known_by = fingerprint::all(&report.findings);
    let findings = report.findings.iter().zip(known_by);
    let mut entries: Vec<Value> = findings
        .map(|(shown, known_by)| {
            let span = shown.span;
            json!({
                "description": in_full(shown),
                "check_name": visible(&shown.finding.rule),
                "fingerprint": known_by,
                "severity": match weight(shown) {
                    Severity::Error => "major",
                    Severity::Warning => "minor",
                    Severity::Note => "info",
                },
                "location": {
                    "path": format!("{}{}", report.prefix, shown.finding.place.file),
                    "positions": {
                        "begin": { "line": span.line, "column": span.column },
                        "end": { "line": span.end_line, "column": span.end_column },
                    },
                },
            })
        })
        .collect();
    entries.extend(report.left_out.iter().map(|(file, more)| {
        json!({
            "description": count(*more, "more finding"),
            "check_name": "more",
            "fingerprint": fingerprint::of_rest(file),
            "severity": "info",
            "location": {
                "path": format!("{}{file}", report.prefix),
                "lines": { "begin": 1 },
            },
        })
    }));
    pretty(&entries)
}
