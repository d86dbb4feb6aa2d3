//! `panel rules`: what a council asks for, each entry with its clause or its assumption.

use super::session::{Exit, Session, Trouble};
use crate::council::{Council, Listed};
use crate::findings::Severity;
use crate::output::{clauses, json, table, visible, wrapped};
use anyhow::Result;

/// List the council's rules with their clauses
///
/// Each entry of the rule file names the clause of the published policy that it puts into
/// practice or, where the policy is silent, the assumption that it rests on.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  panel rules
  panel rules --council ID --format markdown -q > rules.md")]
pub(crate) struct Args {
    /// Form of the list
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
}

/// The form of the list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// To be read.
    #[default]
    Human,
    /// For programs.
    Json,
    /// For a page.
    Markdown,
}

/// One entry for programs.
#[derive(serde::Serialize)]
struct Entry<'a> {
    id: &'a str,
    severity: Severity,
    sources: &'a [String],
    assumption: bool,
    text: &'a str,
    shown_by: &'a [&'static str],
}

/// The whole list for programs.
#[derive(serde::Serialize)]
struct Whole<'a> {
    council: &'a str,
    rules: Vec<Entry<'a>>,
}

pub(super) fn run(args: &Args, session: &mut Session<'_>) -> Result<Exit> {
    let Some(council) = session.council()? else {
        return Err(Trouble::usage("which council's rules?")
            .hint(
                "go into a case folder, or name one with --council ID; `panel councils` lists them",
            )
            .into());
    };
    let text = match args.format {
        Format::Json => json::pretty(&Whole {
            council: &council.id,
            rules: council.listed.iter().map(entry).collect(),
        })?,
        Format::Human => grouped(&council, false),
        Format::Markdown => grouped(&council, true),
    };
    session.print(&text)?;
    Ok(Exit::Clean)
}

fn entry(listed: &Listed) -> Entry<'_> {
    Entry {
        id: &listed.id,
        severity: listed.severity,
        sources: &listed.sources,
        assumption: listed.assumption.is_some(),
        text: &listed.text,
        shown_by: &listed.shown_by,
    }
}

fn grouped(council: &Council, is_markdown: bool) -> String {
    let about = &council.about;
    let mut text = format!("# {}, {}\n", visible(&about.panel), visible(&about.name));
    if let Some(policy) = &council.policy {
        text.push_str(&format!("\n{}", visible(&policy.title)));
        for (word, when) in [
            ("implemented", &policy.implemented),
            ("revised", &policy.revised),
        ] {
            if let Some(when) = when {
                text.push_str(&format!(", {word} {}", visible(when)));
            }
        }
        if let Some(due) = policy.review_due {
            text.push_str(&format!(", due for review by {}", due.in_words()));
        }
        text.push_str(".\n");
    }
    let mut groups: Vec<&str> = Vec::new();
    for listed in &council.listed {
        if !groups.contains(&listed.group) {
            groups.push(listed.group);
        }
    }
    for group in groups {
        let entries = council.listed.iter().filter(|listed| listed.group == group);
        let body = if is_markdown {
            markdown(entries)
        } else {
            entries.map(listing).collect()
        };
        text.push_str(&format!("\n## {group}\n\n{body}"));
    }
    text
}

/// One entry to be read: its id and weight, then what it says and rests on.
fn listing(listed: &Listed) -> String {
    let id = visible(&listed.id);
    let weight = match listed.severity {
        Severity::Note => String::new(),
        weight => format!(" [{}]", weight.word()),
    };
    let said = wrapped(&listed.text, 4);
    format!("{id}{weight}\n{said}{}", wrapped(&rests_on(listed), 4))
}

fn markdown<'l>(entries: impl Iterator<Item = &'l Listed>) -> String {
    let rows: Vec<[String; 4]> = entries
        .map(|listed| {
            [
                listed.id.clone(),
                listed.severity.word().to_owned(),
                rests_on(listed),
                listed.text.clone(),
            ]
        })
        .collect();
    table::markdown(
        &["Id", "Weight", "Rests on", "What it says"],
        rows.iter()
            .map(|row| row.iter().map(String::as_str).collect()),
    )
}

fn rests_on(listed: &Listed) -> String {
    let assumption = listed
        .assumption
        .as_ref()
        .map(|why| format!("assumption: {why}"));
    match (clauses(&listed.sources), assumption) {
        (Some(clauses), Some(assumption)) => format!("{clauses}; {assumption}"),
        (Some(said), None) | (None, Some(said)) => said,
        (None, None) => String::new(),
    }
}
