//! What a finding is known by from one run to the next, whatever line it has come to stand on.

use super::Shown;
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// One for each finding, in their order: no two alike. It holds nothing that moves with the lines
/// of the file or with the clock: neither line nor place in a list, no figure of the message.
/// Findings that are alike in all this are told apart by their order.
pub(super) fn all(findings: &[Shown<'_>]) -> Vec<String> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    findings
        .iter()
        .map(|shown| {
            let known_by = known_by(shown);
            let number = seen.entry(known_by.clone()).or_default();
            *number += 1;
            digest(&format!("{known_by}\0{number}"))
        })
        .collect()
}

/// Of the findings of a file that are not told one by one.
pub(super) fn of_rest(file: &str) -> String {
    digest(&format!("more\0{file}"))
}

fn digest(text: &str) -> String {
    let bytes = Sha256::digest(text);
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn known_by(shown: &Shown<'_>) -> String {
    let finding = shown.finding;
    let without_digits = |text: &str| text.replace(|c: char| c.is_ascii_digit(), "");
    // A fault of syntax has no key to be known by: the text that it stands in has to do.
    let line = match finding.place.span {
        Some(_) if finding.place.path.is_empty() => shown.line.as_deref().unwrap_or("").trim(),
        _ => "",
    };
    [
        finding.rule.as_str(),
        &finding.place.file,
        &without_digits(&finding.place.path),
        &without_digits(&finding.message),
        line,
    ]
    .join("\0")
}
