//! `panel explain`: what a rule checks, why, and what satisfies it.

use super::session::{Exit, Session, Trouble};
use crate::council::{Council, Listed, NAMES, Piece, RuleOf, Within, example_of};
use crate::desk::{MEANINGS, meaning_of};
use crate::folder::nearest;
use crate::output::{clauses, table, visible, visible_lines};
use crate::rules;
use anyhow::Result;

/// Explain a rule
///
/// `panel explain conditions` explains what conditions in a rule file may speak of instead.
/// What it checks, why, an example and how to fix it; and, where a council is known, what in its
/// rule file asks for it. Without a rule it lists them all.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  panel explain
  panel explain late-submission
  panel explain late-submission --council ID
  panel explain ID                              a check that your council's file names itself")]
pub(crate) struct Args {
    /// Id of the rule, as `check` or `verify` prints it between brackets
    rule: Option<String>,
    /// How to print it
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
}

/// How the answer is printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For a terminal
    #[default]
    Human,
    /// For the book
    Markdown,
    /// The ids of the rules, one a line
    Ids,
}

/// The one subject that is no rule: what conditions in a rule file may speak of.
const CONDITIONS: &str = "conditions";

pub(super) fn run(args: &Args, session: &mut Session<'_>) -> Result<Exit> {
    let Some(id) = &args.rule else {
        session.print(&list(args.format))?;
        return Ok(Exit::Clean);
    };
    if id == CONDITIONS {
        session.print(&conditions(args.format))?;
        return Ok(Exit::Clean);
    }
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
    if let Some(council) = &council
        && let Some(text) = own_check(council, id)
    {
        session.print(&text)?;
        return Ok(Exit::Clean);
    }
    if let (Some(council), Some(entries)) = (&council, entries(id))
        && !entries.is_empty()
    {
        session.print(asked_for(council, &entries).trim_start())?;
        return Ok(Exit::Clean);
    }
    if let Some(meaning) = meaning_of(id) {
        session.print(&format!(
            "# {}\n\n{}\n\n## How to fix\n\n{}\n\n`panel verify` finds it.\n",
            meaning.id, meaning.wrong, meaning.remedy
        ))?;
        return Ok(Exit::Clean);
    }
    let trouble = Trouble::usage(format!("there is no rule `{id}`"));
    let own = council.iter().flat_map(Council::own_ids);
    let known = rules::all().map(|rule| rule.id);
    let known = known.chain(MEANINGS.iter().map(|meaning| meaning.id));
    let hint = match nearest(id, known.chain(own)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`panel explain` lists them all".to_owned(),
    };
    Err(trouble.hint(hint).into())
}

/// Every rule, in the format's way.
fn list(format: Format) -> String {
    let heads = ["Rule", "Weight", "What is wrong"];
    let rows = |link: fn(&str) -> String| -> Vec<Vec<String>> {
        rules::all()
            .map(|rule| {
                vec![
                    link(rule.id),
                    rule.severity.word().to_owned(),
                    rule.summary.to_owned(),
                ]
            })
            .collect()
    };
    match format {
        Format::Human => tabled(format, &heads, &rows(str::to_owned)),
        Format::Markdown => tabled(format, &heads, &rows(|id| format!("[{id}]({id}.md)"))),
        Format::Ids => rules::all().map(|rule| format!("{}\n", rule.id)).collect(),
    }
}

/// A table for a terminal, or for the book; these words are the program's own and may hold links.
fn tabled(format: Format, heads: &[&str], rows: &[Vec<String>]) -> String {
    if format == Format::Human {
        return table::table(
            heads,
            rows.iter()
                .map(|row| row.iter().map(String::as_str).collect()),
        );
    }
    let line = |cells: Vec<&str>| format!("| {} |\n", cells.join(" | "));
    let rule = line(vec!["---"; heads.len()]);
    let rows: String = rows
        .iter()
        .map(|row| line(row.iter().map(String::as_str).collect()))
        .collect();
    line(heads.to_vec()) + &rule + &rows
}

/// What conditions may speak of, from the same table that compiles them.
fn conditions(format: Format) -> String {
    let heads = ["Name", "Kind", "What it means", "As in"];
    let rows: Vec<Vec<String>> = NAMES
        .iter()
        .map(|name| {
            vec![
                as_code(format, name.name),
                name.kind_in_words().to_owned(),
                name.meaning.to_owned(),
                as_code(format, example_of(name.name)),
            ]
        })
        .chain([vec![
            as_code(format, "threshold.ID"),
            "money".to_owned(),
            "an amount of the rule file's own `[thresholds.ID]`".to_owned(),
            as_code(format, "cost.total > threshold.panel"),
        ]])
        .collect();
    match format {
        Format::Human => tabled(format, &heads, &rows),
        Format::Markdown => format!(
            "# What conditions may speak of\n\n\
             A condition compares these names with words in quotation marks, whole numbers, money like `'£500'` and dates \
             like `'2026-11-26'`: `==`, `!=`, `<`, `<=`, `>`, `>=`, `in [...]`, `not in [...]`, `is defined`, `is not defined`, \
             joined with `and`, `or`, `not`. What a referral does not say makes a comparison unknown, and an unknown condition \
             does not hold. A name that is not here, a word outside the vocabulary or money compared with a date is an error \
             in the rule file, with its line and column.\n\n{}",
            tabled(format, &heads, &rows)
        ),
        Format::Ids => NAMES
            .iter()
            .map(|name| format!("{}\n", name.name))
            .collect(),
    }
}

fn as_code(format: Format, text: &str) -> String {
    if format == Format::Markdown {
        format!("`{text}`")
    } else {
        text.to_owned()
    }
}

/// What the council's file says of a check or a time limit that it names itself.
fn own_check(council: &Council, id: &str) -> Option<String> {
    let all = || std::iter::once(council).chain(&council.others);
    let said = |what: &str, page: &str, lines: &[(&str, String)]| {
        let entries = asked_by(council, &format!("{page}/{id}"));
        let weight = entries.first().map_or("", |entry| entry.severity.word());
        let mut text = format!("# {}\n\n{what} Weight: {weight}.\n", visible(id));
        for (label, value) in lines {
            text.push_str(&format!("\n{label}: {}\n", visible(value)));
        }
        text + &asked_for(council, &entries)
    };
    let check = all()
        .flat_map(|rules| &rules.own_rules)
        .find(|own| own.id == id);
    if let Some(own) = check {
        let judged = match own.of {
            RuleOf::Referral => "each open referral",
            RuleOf::Decision => "each decision in force",
        };
        let mut lines = vec![
            ("Something is wrong where", own.when.source().to_owned()),
            ("It is told as", template(&own.message)),
        ];
        lines.extend(own.help.clone().map(|help| ("What to do", help)));
        lines.push(("It points at", own.at.clone()));
        let what = format!(
            "A check of {judged} that this council has of its own; `panel explain own-rule` says how they work."
        );
        return Some(said(&what, "rule", &lines));
    }
    let timer = all()
        .flat_map(|rules| &rules.timers)
        .find(|timer| timer.id == id)?;
    let length = match timer.within {
        Within::Calendar(length) => length.to_string(),
        Within::WorkingDays(count) => format!("{count} working days"),
        Within::Hours(hours) => format!("{hours} hours"),
    };
    let mut lines = vec![("The last day", format!("{length} after {}", timer.after))];
    let when = timer
        .when
        .as_ref()
        .map(|when| ("It runs where", when.source().to_owned()));
    let met = timer.met_when.as_ref().map_or_else(
        || {
            format!(
                "{} is another day, or `done` in meeting.yaml says so",
                timer.after
            )
        },
        |met| met.source().to_owned(),
    );
    lines.extend(when);
    lines.push(("It is met where", met));
    let what = format!(
        "{}. A time limit; `panel explain time-limit-passed` says how they work.",
        visible(timer.label.trim_end_matches('.'))
    );
    Some(said(&what, "timer", &lines))
}

/// A message as the rule file has it.
fn template(pieces: &[Piece]) -> String {
    pieces
        .iter()
        .map(|piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Name(name) => format!("{{{name}}}"),
        })
        .collect()
}

/// The entries of the council's file that a rule works from, or the entry of that id.
fn asked_by<'c>(council: &'c Council, id: &str) -> Vec<&'c Listed> {
    let rule = rules::find(id);
    let asks = |entry: &str| rule.is_some_and(|rule| rule.is_asked_by(entry));
    council
        .listed
        .iter()
        .filter(|listed| listed.id == id || asks(&listed.id))
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
            visible(&entry.text),
            entry.line,
            visible(&basis.join("; "))
        ));
    }
    visible_lines(&text)
}
