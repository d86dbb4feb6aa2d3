//! Printing: each format is one file that is handed findings or tables and works nothing out.

pub(crate) mod beside;
pub(crate) mod concise;
pub(crate) mod csv;
mod fingerprint;
pub(crate) mod github;
pub(crate) mod gitlab;
pub(crate) mod human;
pub(crate) mod ics;
pub(crate) mod json;
pub(crate) mod markdown;
pub(crate) mod rule_file;
pub(crate) mod sarif;
mod snippet;
pub(crate) mod table;
pub(crate) mod verified;

pub(crate) use snippet::Look;

use crate::council::Criterion;
use crate::findings::{AcceptedBy, Basis, Finding, Severity, Span};
use chrono::NaiveDateTime;
use std::sync::Arc;

/// When to colour.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Colour {
    /// On a terminal that wants it.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// A finding with the stretch of text that its place came to.
#[derive(Debug)]
pub(crate) struct Shown<'a> {
    /// The finding.
    pub(crate) finding: &'a Finding,
    /// Its stretch.
    pub(crate) span: Span,
    /// The first line of that stretch, where the file could be read.
    pub(crate) line: Option<Arc<str>>,
    /// Whether it is about a draft and stands apart.
    pub(crate) is_draft: bool,
}

/// What has been looked at.
#[derive(Debug, Clone, Copy, serde::Serialize, schemars::JsonSchema)]
pub(crate) struct Checked {
    /// Referrals.
    pub(crate) referrals: usize,
    /// Meetings.
    pub(crate) meetings: usize,
    /// Decisions.
    pub(crate) decisions: usize,
}

/// Findings by weight.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
pub(crate) struct Counts {
    /// Errors.
    pub(crate) errors: usize,
    /// Warnings.
    pub(crate) warnings: usize,
    /// Notes.
    pub(crate) notes: usize,
}

/// Findings of one rule, by weight.
#[derive(Debug, Clone, serde::Serialize, schemars::JsonSchema)]
pub(crate) struct RuleCounts {
    /// The rule.
    pub(crate) rule: String,
    /// How many.
    #[serde(flatten)]
    pub(crate) counts: Counts,
}

/// One referral as `check` tells of it.
#[derive(Debug)]
pub(crate) struct ReferralLine<'a> {
    /// Its reference.
    pub(crate) reference: &'a str,
    /// Its file.
    pub(crate) file: &'a str,
    /// Where it stands.
    pub(crate) state: &'static str,
    /// The meeting it goes to: id, day in words and hour.
    pub(crate) meeting: Option<(&'a str, Arc<str>)>,
    /// By when it has to be sent.
    pub(crate) cut_off: Option<NaiveDateTime>,
    /// What it meets.
    pub(crate) criteria: Vec<&'a Criterion>,
    /// Whether nothing holds it back.
    pub(crate) is_ready: bool,
    /// Whether it is still to be decided.
    pub(crate) is_open: bool,
    /// Whether nothing of its file could be read: what it asks is not known.
    pub(crate) is_unreadable: bool,
    /// Whether it was asked for by name, and is told at length.
    pub(crate) is_named: bool,
}

/// A rule as other tools are told of it.
#[derive(Debug)]
pub(crate) struct RuleLine<'a> {
    /// Its id.
    pub(crate) id: &'a str,
    /// The fault in a line.
    pub(crate) summary: &'a str,
    /// Its page, with what the council's file says of it, in Markdown.
    pub(crate) page: String,
    /// How much it weighs unless the council's file says otherwise.
    pub(crate) severity: Severity,
    /// Clauses of the council's policy that ask for it.
    pub(crate) clauses: Vec<&'a str>,
}

/// Everything that `check` has to tell.
#[derive(Debug)]
pub(crate) struct Report<'a> {
    /// What stands before every file's path for tools that count from the top of a repository:
    /// empty, or a folder with `/` at its end.
    pub(crate) prefix: String,
    /// Every rule, for formats that describe them.
    pub(crate) rules: Vec<RuleLine<'a>>,
    /// The council's id.
    pub(crate) council: &'a str,
    /// Where referrals are sent, and where the panel meets.
    pub(crate) send_to: Option<&'a str>,
    /// The venue.
    pub(crate) venue: Option<&'a str>,
    /// The moment.
    pub(crate) as_of: NaiveDateTime,
    /// What was looked at.
    pub(crate) checked: Checked,
    /// The referrals.
    pub(crate) referrals: Vec<ReferralLine<'a>>,
    /// What was found, in order.
    pub(crate) findings: Vec<Shown<'a>>,
    /// Files of which not all findings are told, with how many more there are.
    pub(crate) left_out: Vec<(&'a str, usize)>,
    /// What counts.
    pub(crate) summary: Counts,
    /// Referrals and other files that what counts is about.
    pub(crate) concerned: (usize, usize),
    /// What does not count: findings of drafts, and how many drafts.
    pub(crate) drafts: (usize, usize),
    /// Where asked for, how often each rule found something.
    pub(crate) statistics: Option<Vec<RuleCounts>>,
}

/// Whether a character could mislead whoever reads a terminal: controls, and the marks that
/// turn the direction of text or hide. The joiners U+200C and U+200D are not among them: names in
/// Persian and Sinhala are misspelt without.
pub(crate) fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{61C}' | '\u{180E}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}'
            // Letters that nobody sees and programs read.
            | '\u{E0000}'..='\u{E007F}'
        )
}

fn shown_as(c: char) -> char {
    match c {
        '\t' => ' ',
        c if is_unsafe(c) => '\u{FFFD}',
        c => c,
    }
}

/// Text on one line, with nothing in it that a terminal would obey; as many characters as before.
pub(crate) fn visible(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\n' | '\r' => ' ',
            c => shown_as(c),
        })
        .collect()
}

/// Text on its lines, with nothing in it that a terminal would obey.
pub(crate) fn visible_lines(text: &str) -> String {
    text.chars()
        .filter(|c| *c != '\r')
        .map(|c| match c {
            '\n' => '\n',
            c => shown_as(c),
        })
        .collect()
}

/// Whether a word may stand first on a line: a build server obeys what begins with two colons or
/// two hashes there, however the line came about.
pub(crate) fn may_begin_a_line(word: &str) -> bool {
    !word.starts_with("::") && !word.starts_with("##")
}

/// Text broken into lines of a page's width, each after so many spaces.
pub(crate) fn wrapped(text: &str, indent: usize) -> String {
    const WIDTH: usize = 96;
    let lead = " ".repeat(indent);
    let mut lines = String::new();
    let mut line = lead.clone();
    for word in visible(text).split_whitespace() {
        let is_begun = line.len() > indent;
        let is_full = line.chars().count() + 1 + word.chars().count() > WIDTH;
        if is_begun && is_full && may_begin_a_line(word) {
            lines.push_str(&line);
            lines.push('\n');
            line.clone_from(&lead);
        } else if is_begun {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines + &line + "\n"
}

/// `1 error`, `2 errors`.
pub(crate) fn count(number: usize, one: &str) -> String {
    if number == 1 {
        format!("1 {one}")
    } else {
        format!("{number} {one}s")
    }
}

/// Clauses as people cite them: `clause 1.9`, `clauses 1.9 and 1.13`.
pub(crate) fn clauses(ids: &[String]) -> Option<String> {
    match ids {
        [] => None,
        [one] => Some(format!("clause {}", visible(one))),
        [first @ .., last] => Some(visible(&format!("clauses {} and {last}", first.join(", ")))),
    }
}

/// A finding in full, as tools that show nothing else of it print it: what is wrong, what to do,
/// who accepted it, and the clause. Findings of drafts say so.
pub(crate) fn in_full(shown: &Shown<'_>) -> String {
    let finding = shown.finding;
    let draft = if shown.is_draft { "in a draft: " } else { "" };
    let mut text = format!("{draft}{}{}", finding.message, resting_on(&finding.basis));
    if let Some(by) = &finding.accepted_by {
        text.push_str(&format!(". Accepted by {}", accepted(by)));
    } else if let Some(help) = &finding.help {
        text.push_str(&format!(". {}", sentence(help)));
    }
    visible(&text)
}

/// Who accepted a finding, when and why.
pub(crate) fn accepted(by: &AcceptedBy) -> String {
    let mut text = by.name.clone();
    if !by.role.is_empty() {
        text.push_str(&format!(" ({})", by.role));
    }
    match &by.on {
        Some(on) => text.push_str(&format!(" on {on}")),
        None => text.push_str(", no day is recorded"),
    }
    match &by.reason {
        Some(reason) => text.push_str(&format!(": {reason}")),
        None => text.push_str("; no reason is recorded"),
    }
    text
}

/// Text with its first letter large.
pub(crate) fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

/// How much a finding weighs to tools that know nothing of drafts: theirs stop nothing.
pub(crate) fn weight(shown: &Shown<'_>) -> Severity {
    if shown.is_draft {
        Severity::Note
    } else {
        shown.finding.severity
    }
}

/// `3 errors, 1 note`: what there is of each weight.
pub(crate) fn counted(counts: &Counts) -> String {
    let parts = [
        (counts.errors, "error"),
        (counts.warnings, "warning"),
        (counts.notes, "note"),
    ];
    let told: Vec<String> = parts
        .into_iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, what)| count(number, what))
        .collect();
    told.join(", ")
}

/// What an entry of the rule file rests on, to stand behind a sentence: ` (clause 1.9)`; nothing
/// where the entry does not say.
pub(crate) fn resting_on(basis: &Basis) -> String {
    match (clauses(&basis.clauses), &basis.assumption) {
        (Some(clauses), _) => format!(" ({clauses})"),
        (None, Some(_)) => " (assumption of the council's file)".to_owned(),
        (None, None) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_broken_before_what_a_build_server_obeys() {
        for word in ["::error", "##[error]"] {
            let text = wrapped(&format!("{} {word} forged", "word ".repeat(19)), 2);
            assert!(text.lines().count() > 1, "{text}");
            let begins = |line: &str| line.trim_start().starts_with(word);
            assert!(!text.lines().any(begins), "{text}");
        }
    }

    #[test]
    fn what_a_terminal_would_obey_is_made_visible() {
        assert_eq!(visible("a\u{1b}[31mb\u{9b}c"), "a\u{FFFD}[31mb\u{FFFD}c");
        assert_eq!(visible("x\u{202e}y\nz\t."), "x\u{FFFD}y z .");
        assert_eq!(visible_lines("x\r\ny\u{7}"), "x\ny\u{FFFD}");
        assert_eq!(visible("Zoë £5 — ok"), "Zoë £5 — ok");
        assert_eq!(
            visible("a\u{e0041}b\u{2066}c\u{7f}"),
            "a\u{FFFD}b\u{FFFD}c\u{FFFD}"
        );
    }

    #[test]
    fn clauses_are_cited_one_or_many() {
        let ids =
            |ids: &[&str]| clauses(&ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>());
        assert_eq!(ids(&[]), None);
        assert_eq!(ids(&["1.9"]).as_deref(), Some("clause 1.9"));
        assert_eq!(ids(&["1", "2", "3"]).as_deref(), Some("clauses 1, 2 and 3"));
    }
}
