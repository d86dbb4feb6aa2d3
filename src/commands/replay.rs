//! `panel replay`: past meetings judged by a draft rule file beside the rules in force.

use super::session::{Exit, Session, council_named, day};
use crate::desk::Desk;
use crate::documents::{Changed, DueChanged, Figure, FindingChanged, Initials, Replay, replay};
use crate::findings::Severity;
use crate::output::{count, json, table, visible};
use crate::records::Day;
use anyhow::Result;

/// Judge past meetings by a draft rule file
///
/// Every meeting that was held is judged as it stood, by the rules in force and by the draft:
/// which findings would come or go, which referrals would make another meeting, which criteria
/// they would meet, what the diary would have. Acceptances on the record count as each rule file
/// lets them. Nothing is written.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  panel replay --rules ./draft.toml
  panel replay --rules ./draft.toml --from 2026-09-01 --to 2026-11-30
  panel replay --rules ./draft.toml --format markdown -q > what-would-change.md")]
pub(crate) struct Args {
    /// The draft: a rule file, or a built-in council
    #[arg(long, value_name = "FILE|ID")]
    rules: String,
    /// The first day of meetings that are looked at [default: the first known]
    #[arg(long, value_name = "DATE", value_parser = day)]
    from: Option<Day>,
    /// The last day of meetings that are looked at [default: yesterday]
    #[arg(long, value_name = "DATE", value_parser = day)]
    to: Option<Day>,
    /// Form of the answer
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
    /// Names of children and families as initials
    #[arg(long)]
    initials: bool,
}

/// The form of the answer.
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

pub(super) fn run(args: &Args, session: &mut Session<'_>) -> Result<Exit> {
    let world = session.world()?;
    session.tell_unreadable(&world);
    let mut draft = council_named(&args.rules, &world.folder.settings.turn_on)?;
    let holidays: Vec<_> = world
        .folder
        .settings
        .bank_holidays
        .iter()
        .map(|(day, name)| (*day, name.clone()))
        .collect();
    draft.add_holidays(&holidays);
    let now = world.desk();
    let drafted = Desk::new(&world.folder, &draft, world.as_of, world.scope);
    let is_asked =
        |on: Day| args.from.is_none_or(|from| from <= on) && args.to.is_none_or(|to| on <= to);
    let mut found = replay(&now, &drafted, is_asked);
    if args.initials {
        let initials = Initials::of(&now);
        for (text, reference) in found.texts() {
            if let Some(written) = initials.written(text, reference) {
                *text = written;
            }
        }
    }
    let text = match args.format {
        Format::Json => json::pretty(&found)?,
        Format::Human => told(&found, |heads, rows| table::table(heads, rows)),
        Format::Markdown => told(&found, |heads, rows| table::markdown(heads, rows)),
    };
    session.print(&text)?;
    if found.meetings.all == 0 {
        session.tell("no meeting was held in that time, so nothing was looked at");
        return Ok(Exit::Nothing);
    }
    Ok(Exit::Clean)
}

fn told(found: &Replay, print: impl Fn(&[&str], Vec<Vec<&str>>) -> String) -> String {
    let print = |heads: &[&str], rows: &[Vec<String>]| {
        let rows = rows
            .iter()
            .map(|row| row.iter().map(String::as_str).collect());
        print(heads, rows.collect())
    };
    let mut text = format!(
        "# {} beside {}\n\n",
        visible(&found.draft),
        visible(&found.in_force)
    );
    let figures = [
        ("Meetings held", found.meetings),
        ("Referrals on them", found.referrals),
        ("Findings", found.findings),
        ("Diary", found.diary),
    ];
    let rows: Vec<Vec<String>> = figures
        .into_iter()
        .map(|(what, Figure { all, same })| {
            vec![
                what.to_owned(),
                all.to_string(),
                same.to_string(),
                (all - same).to_string(),
            ]
        })
        .collect();
    text.push_str(&print(
        &[
            "",
            "By the rules in force",
            "The same by the draft",
            "Otherwise",
        ],
        &rows,
    ));
    let is_same = found.cut_offs.is_empty()
        && found.changes.is_empty()
        && found.records.is_empty()
        && found.due.is_empty();
    if is_same {
        text.push_str("\nNothing would have been different.\n");
        return text;
    }
    let mut part = |title: &str, heads: &[&str], rows: Vec<Vec<String>>| {
        if !rows.is_empty() {
            text.push_str(&format!("\n## {title}\n\n{}", print(heads, &rows)));
        }
    };
    let or_none = |value: &Option<String>| value.clone().unwrap_or_else(|| "none".to_owned());
    part(
        "Cut-offs",
        &["Meeting", "Now", "Draft"],
        found
            .cut_offs
            .iter()
            .map(|moved| {
                vec![
                    moved.meeting.clone(),
                    or_none(&moved.now),
                    or_none(&moved.draft),
                ]
            })
            .collect(),
    );
    part(
        "Findings by rule",
        &["Rule", "More", "Fewer", "Other weight"],
        found
            .rules
            .iter()
            .map(|rule| {
                vec![
                    rule.rule.clone(),
                    rule.more.to_string(),
                    rule.fewer.to_string(),
                    rule.other_weight.to_string(),
                ]
            })
            .collect(),
    );
    part(
        "Referrals",
        &["Referral", "Meeting", "What differs"],
        found
            .changes
            .iter()
            .map(|change| {
                vec![
                    change.reference.clone(),
                    change.meeting.clone(),
                    differences(change).join("; "),
                ]
            })
            .collect(),
    );
    part(
        "Meetings and decisions",
        &["File", "What differs"],
        found
            .records
            .iter()
            .map(|changed| vec![changed.file.clone(), finding(changed)])
            .collect(),
    );
    part(
        "Diary",
        &["Referral", "What", "Now", "Draft"],
        found.due.iter().map(due).collect(),
    );
    let referrals = count(found.changes.len(), "referral");
    text.push_str(&format!(
        "\nSomething would have been different for {referrals}.\n"
    ));
    text
}

fn differences(change: &Changed) -> Vec<String> {
    let mut all = Vec::new();
    if let Some([now, draft]) = &change.makes {
        let said = |id: &Option<String>| id.clone().unwrap_or_else(|| "no meeting".to_owned());
        all.push(format!("would make {}, not {}", said(draft), said(now)));
    }
    match change.has_cut_off {
        Some([_, true]) => all.push("would have a cut-off".to_owned()),
        Some([_, false]) => all.push("would have no cut-off".to_owned()),
        None => {}
    }
    for (words, ids) in [
        ("would meet", &change.criteria_more),
        ("would no longer meet", &change.criteria_fewer),
    ] {
        if !ids.is_empty() {
            all.push(format!("{words} {}", ids.join(", ")));
        }
    }
    all.extend(change.findings.iter().map(finding));
    all
}

fn finding(changed: &FindingChanged) -> String {
    let word = Severity::word;
    let FindingChanged { rule, message, .. } = changed;
    match (changed.now, changed.draft) {
        (None, Some(weight)) => format!("new {}[{rule}]: {message}", word(weight)),
        (Some(weight), None) => format!("no longer {}[{rule}]: {message}", word(weight)),
        (Some(now), Some(draft)) => {
            format!("{}, not {} [{rule}]: {message}", word(draft), word(now))
        }
        (None, None) => String::new(),
    }
}

fn due(changed: &DueChanged) -> Vec<String> {
    let said = |day: Option<Day>| day.map_or_else(|| "not there".to_owned(), |day| day.to_string());
    vec![
        changed.reference.clone(),
        changed.what.clone(),
        said(changed.now),
        said(changed.draft),
    ]
}
