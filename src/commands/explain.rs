//! `panel explain`: what a rule checks, why, and what satisfies it.

use super::session::{Exit, Session, Trouble};
use crate::council::{Council, Listed};
use crate::folder::nearest;
use crate::output::{clauses, table, visible_lines};
use crate::rules;
use anyhow::Result;

/// Explain a rule
///
/// What it checks, why, an example and how to fix it; and, where a council is known, what in its
/// rule file asks for it. Without a rule it lists them all.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  panel explain
  panel explain late-submission
  panel explain late-submission --council ID")]
pub(crate) struct Args {
    /// Id of the rule, as `check` prints it between brackets
    rule: Option<String>,
}

/// Which entries of a rule file a rule works from: their ids, or what those begin with.
const WORKS_FROM: &[(&str, &[&str])] = &[
    ("no-criterion", &["criterion/*"]),
    ("below-threshold", &["threshold/*"]),
    ("late-submission", &["cut-off"]),
    ("not-a-meeting-day", &["meetings", "meetings-bank-holiday"]),
    ("age-milestone", &["milestone/*"]),
    ("incomplete-section", &["section/*", "yes-no/*", "scale"]),
    ("over-long-section", &["length"]),
    ("unexplained-no", &["yes-no/*"]),
    ("missing-views", &["view/*"]),
    ("missing-alternatives", &["alternatives", "in-house-first"]),
    ("missing-costs", &["costs"]),
    ("cost-arithmetic", &["costs"]),
    ("checklist-unanswered", &["checklist/*"]),
    ("extra-document", &["extra-documents"]),
    ("missing-sign-off", &["sign-off/*"]),
    ("missing-attendee", &["presenter/*"]),
    ("review-overdue", &["reviews", "newly-looked-after"]),
    ("chair-not-authorised", &["chair/*"]),
    ("cancelled-without-agreement", &["cancellation"]),
    ("declaration-missing", &["declarations"]),
    ("acceptance-not-authorised", &["acceptance/*"]),
    ("unused-acceptance", &["acceptance/*"]),
    ("over-capacity", &["sitting"]),
    ("outcome-not-allowed", &["outcome/*"]),
    ("decision-incomplete", &["outcome/*", "record"]),
    ("expenditure-unsigned", &["expenditure"]),
    ("action-overdue", &["action-log"]),
];

pub(super) fn run(args: &Args, session: &mut Session<'_>) -> Result<Exit> {
    let Some(id) = &args.rule else {
        let list = table::table(
            &["Rule", "Weight", "What is wrong"],
            rules::all().map(|rule| vec![rule.id, rule.severity.word(), rule.summary]),
        );
        session.print(&list)?;
        return Ok(Exit::Clean);
    };
    // A rule's page needs no council: a rule file with faults must not stand in its way.
    let council = match session.council() {
        Ok(council) => council,
        Err(_) if session.globals.council.is_none() => None,
        Err(error) => return Err(error),
    };
    let entries = |id: &str| council.as_ref().map(|council| asked_by(council, id));
    if let Some(rule) = rules::find(id) {
        let mut text = format!("{}\n", visible_lines(rule.text.trim_end()));
        if let (Some(council), Some(entries)) = (&council, entries(rule.id)) {
            text.push_str(&asked_for(council, &entries));
        }
        session.print(&text)?;
        return Ok(Exit::Clean);
    }
    if let (Some(council), Some(entries)) = (&council, entries(id))
        && !entries.is_empty()
    {
        session.print(asked_for(council, &entries).trim_start())?;
        return Ok(Exit::Clean);
    }
    let trouble = Trouble::usage(format!("there is no rule `{id}`"));
    let hint = match nearest(id, rules::all().map(|rule| rule.id)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`panel explain` lists them all".to_owned(),
    };
    Err(trouble.hint(hint).into())
}

/// The entries of the council's file that a rule works from, or the entry of that id.
fn asked_by<'c>(council: &'c Council, id: &str) -> Vec<&'c Listed> {
    let from = WORKS_FROM
        .iter()
        .find(|(rule, _)| *rule == id)
        .map_or(&[][..], |(_, from)| from);
    council
        .listed
        .iter()
        .filter(|listed| {
            listed.id == id
                || from.iter().any(|from| match from.strip_suffix('*') {
                    Some(start) => listed.id.starts_with(start),
                    None => listed.id == *from,
                })
        })
        .collect()
}

fn asked_for(council: &Council, entries: &[&Listed]) -> String {
    let mut text = format!("\n## In {}\n\n", council.file);
    if entries.is_empty() {
        text.push_str(
            "No entry of this file stands behind it: it is about how records are kept.\n",
        );
    }
    for entry in entries {
        let clauses = clauses(&entry.sources);
        let assumption = entry
            .assumption
            .as_ref()
            .map(|why| format!("assumption: {why}"));
        let basis: Vec<String> = clauses.into_iter().chain(assumption).collect();
        text.push_str(&format!(
            "- {} (line {}; {})\n",
            entry.text,
            entry.line,
            basis.join("; ")
        ));
    }
    visible_lines(&text)
}
