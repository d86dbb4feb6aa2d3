//! `panel rules`: what a council asks for, each entry with its clause or its assumption.

use super::session::{Exit, Session, Trouble, rule_file};
use crate::council::{Council, Listed};
use crate::findings::Severity;
use crate::output::markdown::inline;
use crate::output::{clauses, json, table, visible, wrapped};
use crate::records::Day;
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
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<Day>,
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<Day>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    only: &'a [String],
}

/// The whole list for programs.
#[derive(serde::Serialize)]
struct Whole<'a> {
    council: &'a str,
    rules: Vec<Entry<'a>>,
}

pub(super) fn run(args: &Args, session: &mut Session<'_>) -> Result<Exit> {
    let (council, is_base) = match &session.globals.council {
        // A file that others build on, like the law's time limits, has rules and no council.
        Some(named) => {
            let loaded = rule_file(named)?;
            (loaded.council, loaded.is_base)
        }
        None => (session.council()?.ok_or_else(which)?, false),
    };
    let text = match args.format {
        Format::Json => json::pretty(&Whole {
            council: &council.id,
            rules: council.listed.iter().map(entry).collect(),
        })?,
        Format::Human => grouped(&council, is_base, false),
        Format::Markdown => grouped(&council, is_base, true),
    };
    session.print(&text)?;
    Ok(Exit::Clean)
}

fn which() -> Trouble {
    Trouble::usage("which council's rules?")
        .hint("go into a case folder, or name one with --council ID; `panel councils` lists them")
}

fn entry(listed: &Listed) -> Entry<'_> {
    Entry {
        id: &listed.id,
        severity: listed.severity,
        sources: &listed.sources,
        assumption: listed.assumption.is_some(),
        text: &listed.text,
        shown_by: &listed.shown_by,
        from: listed.from,
        until: listed.until,
        only: &listed.only,
    }
}

fn grouped(council: &Council, is_base: bool, is_markdown: bool) -> String {
    let about = &council.about;
    let said: fn(&str) -> String = if is_markdown { inline } else { visible };
    let mut text = if is_base {
        format!(
            "# {}\n\nA rule file that others build on with `extends`, or that a case folder turns entries on of.\n",
            said(&council.id)
        )
    } else {
        format!("# {}, {}\n", said(&about.panel), said(&about.name))
    };
    if let Some(policy) = &council.policy {
        text.push_str(&format!("\n{}", said(&policy.title)));
        for (word, when) in [
            ("implemented", &policy.implemented),
            ("revised", &policy.revised),
        ] {
            if let Some(when) = when {
                text.push_str(&format!(", {word} {}", said(when)));
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
    let holds = match holds_for(listed) {
        holds if holds.is_empty() => holds,
        holds => wrapped(&holds, 4),
    };
    format!(
        "{id}{weight}\n{said}{holds}{}",
        wrapped(&rests_on(listed), 4)
    )
}

fn markdown<'l>(entries: impl Iterator<Item = &'l Listed>) -> String {
    let rows: Vec<[String; 4]> = entries
        .map(|listed| {
            [
                listed.id.clone(),
                listed.severity.word().to_owned(),
                rests_on(listed),
                match holds_for(listed) {
                    holds if holds.is_empty() => listed.text.clone(),
                    holds => format!("{} ({holds})", listed.text),
                },
            ]
        })
        .collect();
    table::markdown(
        &["Id", "Weight", "Rests on", "What it says"],
        rows.iter()
            .map(|row| row.iter().map(String::as_str).collect()),
    )
}

/// When it is in force and for which panels, where that is not always and all.
fn holds_for(listed: &Listed) -> String {
    let days = match (listed.from, listed.until) {
        (Some(from), Some(until)) => Some(format!("from {from} until {until}")),
        (Some(from), None) => Some(format!("from {from}")),
        (None, Some(until)) => Some(format!("until {until}")),
        (None, None) => None,
    };
    let panels = (!listed.only.is_empty()).then(|| format!("for {}", listed.only.join(", ")));
    let parts: Vec<String> = days.into_iter().chain(panels).collect();
    parts.join("; ")
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
