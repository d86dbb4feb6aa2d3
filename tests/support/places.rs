//! Places as cases expect them: `file:line:column-line:column: severity[rule]`, and how the lines of a
//! case are written anew.

use serde_json::Value;

/// A finding of `check --format json` with its exact place.
pub(crate) fn exact(finding: &Value) -> String {
    format!(
        "{}-{}:{}: {}",
        begins(finding),
        finding["end_line"],
        finding["end_column"],
        rule(finding)
    )
}

fn begins(finding: &Value) -> String {
    format!(
        "{}:{}:{}",
        finding["file"].as_str().unwrap_or_default(),
        finding["line"],
        finding["column"]
    )
}

fn rule(finding: &Value) -> String {
    format!(
        "{}[{}]",
        finding["severity"].as_str().unwrap_or_default(),
        finding["rule"].as_str().unwrap_or_default()
    )
}

/// Whether an expected line says where the place ends too.
pub(crate) fn is_exact(expected: &str) -> bool {
    expected
        .rsplit_once(": ")
        .and_then(|(place, _)| place.rsplit_once(':'))
        .is_some_and(|(rest, _)| {
            let last = rest.rsplit(':').next().unwrap_or_default();
            last.split_once('-').is_some_and(|(column, line)| {
                column.parse::<u32>().is_ok() && line.parse::<u32>().is_ok()
            })
        })
}

/// Whether a finding is the one that a line expects.
pub(crate) fn is_as_expected(finding: &Value, expected: &str) -> bool {
    if is_exact(expected) {
        exact(finding) == expected
    } else {
        format!("{}: {}", begins(finding), rule(finding)) == expected
    }
}

/// The rule of an expected line.
pub(crate) fn rule_of(expected: &str) -> &str {
    expected
        .rsplit_once('[')
        .map_or("", |(_, rule)| rule.trim_end_matches(']'))
}

/// The text of a case with other expected lines; all else stays as it was written.
pub(crate) fn with_expected(text: &str, expected: &[String]) -> String {
    let start = if text.starts_with("expect = [") {
        0
    } else {
        text.find("\nexpect = [")
            .expect("a case says what it expects")
            + 1
    };
    let rest = &text[start..];
    // An id stands between brackets too: the list ends where a line does.
    let end = rest.find("]\n").map_or(rest.len(), |_| {
        let first = rest.lines().next().unwrap_or_default();
        if first.ends_with(']') {
            first.len()
        } else {
            rest.find("\n]").expect("the list ends") + 2
        }
    });
    let mut list = String::from("expect = [");
    for line in expected {
        list.push_str(&format!("\n  \"{line}\","));
    }
    list.push_str(if expected.is_empty() { "]" } else { "\n]" });
    format!("{}{list}{}", &text[..start], &rest[end..])
}
