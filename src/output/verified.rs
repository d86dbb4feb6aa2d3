//! What `verify` has to tell: for people, and for programs.

use super::human::part;
use super::snippet::rendered;
use super::{Counts, Look, Shown, count, json, visible};
use crate::findings::Severity;
use crate::folder::{Change, Commit};
use annotate_snippets::Level;
use chrono::NaiveDateTime;
use schemars::JsonSchema;
use serde::Serialize;

/// Something that does not stand as it was decided, and what did it as far as git knows.
pub(crate) struct Traced<'a> {
    /// What, and where.
    pub(crate) shown: Shown<'a>,
    /// What did it.
    pub(crate) by: Option<&'a Change>,
}

/// How much was looked at.
#[derive(Debug, Clone, Copy, Default, Serialize, JsonSchema)]
pub(crate) struct LookedAt {
    /// Referrals.
    pub(crate) referrals: usize,
    /// Decisions.
    pub(crate) decisions: usize,
    /// Minutes, records and letters.
    pub(crate) papers: usize,
    /// Meetings whose record is final.
    pub(crate) sealed: usize,
}

/// The whole of it.
pub(crate) struct Verified<'a> {
    /// The council's id.
    pub(crate) council: &'a str,
    /// The moment.
    pub(crate) as_of: NaiveDateTime,
    /// How much was looked at.
    pub(crate) looked_at: LookedAt,
    /// Whether there was a history to ask.
    pub(crate) has_history: bool,
    /// What was found, in order.
    pub(crate) found: Vec<Traced<'a>>,
}

impl Verified<'_> {
    /// How much was found, by weight.
    pub(crate) fn counts(&self) -> Counts {
        let of = |severity| {
            let found = self.found.iter();
            found
                .filter(|traced| traced.shown.finding.severity == severity)
                .count()
        };
        Counts {
            errors: of(Severity::Error),
            warnings: of(Severity::Warning),
            notes: of(Severity::Note),
        }
    }
}

/// As people read it.
pub(crate) fn human(verified: &Verified<'_>, look: Look) -> String {
    let parts = verified.found.iter().map(|traced| {
        let mut part = part(&traced.shown);
        part.notes
            .extend(traced.by.map(|by| (Level::NOTE, in_words(by))));
        part
    });
    let mut text = rendered(parts.collect(), look);
    let LookedAt {
        referrals,
        decisions,
        papers,
        sealed,
    } = verified.looked_at;
    let what = super::counted(&verified.counts());
    let what = match what.as_str() {
        "" => "Nothing found",
        found => found,
    };
    text.push_str(&format!(
        "{what} in {} on {}, {} made of them and {}.\n",
        count(decisions, "decision"),
        count(referrals, "referral"),
        count(papers, "paper"),
        count(sealed, "final record"),
    ));
    if !verified.has_history {
        text.push_str("There is no git history here: an edit that no digest tells of is not found, nor who made one.\n");
    }
    text
}

fn in_words(by: &Change) -> String {
    match by {
        Change::Committed(commit) => visible(&format!(
            "by {} on {}, in commit {}: {}",
            commit.author, commit.on, commit.id, commit.subject
        )),
        Change::Uncommitted => {
            "in no commit yet: somebody has it so in this folder alone".to_owned()
        }
    }
}

/// What `panel verify --format json` prints.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "Findings of panel verify")]
struct Whole<'a> {
    /// The version of this shape: it grows by new keys only, or the number does.
    version: u32,
    /// The council's id.
    council: &'a str,
    /// The moment that was judged by, in London.
    as_of: String,
    /// How much was looked at.
    looked_at: LookedAt,
    /// Whether there was a git history to ask.
    has_history: bool,
    /// What does not stand as it was decided, by file and place.
    findings: Vec<Found<'a>>,
    /// How much was found, by weight.
    summary: Counts,
}

/// Something that does not stand as it was decided.
#[derive(Serialize, JsonSchema)]
struct Found<'a> {
    /// Its id; `panel explain` tells what it means.
    rule: &'a str,
    /// Its weight.
    severity: Severity,
    /// What is wrong.
    message: &'a str,
    /// What to do.
    help: Option<&'a str>,
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
    /// The folder of the meeting that it is about.
    meeting: Option<&'a str>,
    /// The commit that did it, where git knows.
    commit: Option<&'a Commit>,
    /// Whether it is in no commit yet; none where git does not know.
    uncommitted: Option<bool>,
}

/// The schema of what `verify` prints.
pub(crate) fn schema() -> serde_json::Value {
    json::schema_of::<Whole<'_>>()
}

/// For programs.
pub(crate) fn as_json(verified: &Verified<'_>) -> Result<String, serde_json::Error> {
    json::pretty(&Whole {
        version: 1,
        council: verified.council,
        as_of: verified.as_of.format("%Y-%m-%dT%H:%M:%S").to_string(),
        looked_at: verified.looked_at,
        has_history: verified.has_history,
        findings: verified.found.iter().map(found).collect(),
        summary: verified.counts(),
    })
}

fn found<'a>(traced: &'a Traced<'_>) -> Found<'a> {
    let Shown { finding, span, .. } = &traced.shown;
    Found {
        rule: &finding.rule,
        severity: finding.severity,
        message: &finding.message,
        help: finding.help.as_deref(),
        file: &finding.place.file,
        line: span.line,
        column: span.column,
        end_line: span.end_line,
        end_column: span.end_column,
        path: &finding.place.path,
        reference: finding.reference.as_deref(),
        meeting: finding.meeting.as_deref(),
        commit: match traced.by {
            Some(Change::Committed(commit)) => Some(commit),
            _ => None,
        },
        uncommitted: traced.by.map(|by| *by == Change::Uncommitted),
    }
}
