//! What people write is told as text, whatever it is told to: a terminal, a page, a spreadsheet, a
//! calendar, a build server, an editor. Each output is compared in meaning with that of the same
//! folder with plain words.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "tests make folders of their own"
)]

mod support;

use pulldown_cmark::{Event, Options, Parser, Tag};
use serde_json::Value as Json;
use std::collections::BTreeSet;
use std::path::Path;
use std::process::Output;
use support::injected::{GROUPS, PAYLOADS, PLAIN, groups, make, raw, shape};
use support::{on_every_core, stderr, stdout};

const NOW: &str = "2026-11-24T09:00";

/// How an output is judged.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Form {
    /// For a terminal: nothing raw, and no line that only the program may write.
    Told,
    /// The same, and as many lines as with plain words.
    Lines,
    Markdown,
    Csv,
    Ics,
    Json,
}

/// Every command that tells of a folder, in every form.
const COMMANDS: [(&str, Form); 83] = [
    ("check", Form::Told),
    ("check --drafts --history", Form::Told),
    ("check --color always", Form::Told),
    ("check --format concise --most 0", Form::Lines),
    ("check --format github --most 0", Form::Lines),
    ("check --format json --most 0", Form::Json),
    ("check --format sarif --most 0", Form::Json),
    ("check --format gitlab --most 0", Form::Json),
    ("check --statistics", Form::Lines),
    ("check referrals/2026/R-2026-0116.yaml", Form::Told),
    ("agenda --date 2026-11-26", Form::Markdown),
    ("agenda --date 2026-11-26 --pack", Form::Markdown),
    ("agenda --date 2026-11-26 --initials", Form::Markdown),
    ("agenda --date 2026-11-26 --format json", Form::Json),
    ("agenda --date 2026-11-19", Form::Markdown),
    ("minutes --date 2026-11-19", Form::Markdown),
    ("minutes --date 2026-11-19 --format json", Form::Json),
    ("minutes --date 2026-11-26", Form::Markdown),
    ("record R-2026-0105", Form::Markdown),
    ("record R-2026-0111", Form::Markdown),
    ("record R-2026-0113", Form::Markdown),
    ("record R-2026-0113 --format json", Form::Json),
    ("letter R-2026-0105", Form::Markdown),
    ("letter R-2026-0111 --initials", Form::Markdown),
    ("letter R-2026-0113", Form::Markdown),
    ("letter R-2026-0113 --format json", Form::Json),
    ("diary", Form::Told),
    ("diary --format markdown", Form::Markdown),
    ("diary --format csv", Form::Csv),
    ("diary --format json", Form::Json),
    ("diary --format ics", Form::Ics),
    ("diary --overdue", Form::Told),
    ("calendar", Form::Told),
    ("calendar --format markdown", Form::Markdown),
    ("calendar --format json", Form::Json),
    ("calendar --format csv", Form::Csv),
    ("calendar --format ics", Form::Ics),
    ("deadlines", Form::Told),
    ("deadlines --format markdown", Form::Markdown),
    ("deadlines --format json", Form::Json),
    ("deadlines --format csv", Form::Csv),
    ("deadlines --date 2026-11-26", Form::Told),
    (
        "deadlines --date 2026-11-19 --format markdown",
        Form::Markdown,
    ),
    ("deadlines --date 2026-11-19 --format csv", Form::Csv),
    ("deadlines --date 2026-11-19 --format ics", Form::Ics),
    ("chase --date 2026-11-26", Form::Told),
    ("chase --date 2026-11-26 --format markdown", Form::Markdown),
    ("chase --date 2026-11-26 --format json", Form::Json),
    ("chase --date 2026-11-26 --format csv", Form::Csv),
    ("spend", Form::Told),
    ("spend --format markdown", Form::Markdown),
    ("spend --format json", Form::Json),
    ("spend --format csv", Form::Csv),
    ("spend --by team", Form::Told),
    ("report", Form::Told),
    ("report --format markdown", Form::Markdown),
    ("report --format json", Form::Json),
    ("report --format csv", Form::Csv),
    ("attendance", Form::Told),
    ("attendance --format markdown", Form::Markdown),
    ("attendance --format csv", Form::Csv),
    ("attendance --format json", Form::Json),
    ("show R-2026-0105", Form::Told),
    ("show R-2026-0105 --format markdown", Form::Markdown),
    ("show R-2026-0113 --format json", Form::Json),
    ("show --files R-2026-0113", Form::Told),
    ("verify", Form::Told),
    ("verify --format json", Form::Json),
    ("rules", Form::Told),
    ("rules --format json", Form::Json),
    ("rules --format markdown", Form::Markdown),
    ("explain own-check", Form::Told),
    ("explain late-submission", Form::Told),
    ("council check own.toml", Form::Told),
    ("council check own.toml --format json", Form::Json),
    ("replay --rules nelc", Form::Told),
    ("replay --rules nelc --format markdown", Form::Markdown),
    ("replay --rules nelc --format json", Form::Json),
    ("replay --council nelc --rules own.toml", Form::Told),
    (
        "replay --council nelc --rules own.toml --format markdown",
        Form::Markdown,
    ),
    (
        "replay --council nelc --rules own.toml --format json",
        Form::Json,
    ),
    ("council compare own.toml nelc", Form::Told),
    (
        "council compare own.toml nelc --format markdown",
        Form::Markdown,
    ),
];

/// Runs a command in the folder itself, so that a path in it counts from there.
fn told(folder: &Path, command: &str) -> Output {
    let args: Vec<&str> = command.split(' ').collect();
    support::panel()
        .current_dir(folder)
        .args(["--as-of", NOW])
        .args(&args)
        .output()
        .expect("the program was built with the tests")
}

#[test]
fn what_people_write_is_told_as_text() {
    let harmless = tempfile::tempdir().expect("a temporary folder");
    let places = make(harmless.path(), PLAIN);
    let with_plain = on_every_core(&COMMANDS, |(command, _)| told(harmless.path(), command));
    let faults: Vec<String> = on_every_core(&groups(), |(name, load)| {
        let folder = tempfile::tempdir().expect("a temporary folder");
        make(folder.path(), load);
        let answers = COMMANDS.iter().zip(&with_plain);
        answers
            .filter_map(|((command, form), other)| {
                let one = told(folder.path(), command);
                let why = differs(command, &one, other, *form).err()?;
                Some(format!("{name}: `{command}`: {why}"))
            })
            .collect::<Vec<_>>()
    })
    .into_iter()
    .flatten()
    .collect();
    eprintln!(
        "{} payloads in {places} places, {} commands: {} answers",
        PAYLOADS.len(),
        COMMANDS.len(),
        GROUPS * COMMANDS.len()
    );
    assert!(faults.is_empty(), "{}\n{}", faults.len(), faults.join("\n"));
}

/// Whether an answer means the same as that of the folder with plain words.
fn differs(command: &str, one: &Output, other: &Output, form: Form) -> Result<(), String> {
    if one.status.code() != other.status.code() || one.status.code().is_none_or(|code| code == 101)
    {
        return Err(format!(
            "ended with {:?} instead of {:?}: {:.300}",
            one.status.code(),
            other.status.code(),
            stderr(one)
        ));
    }
    let (text, with_plain) = (stdout(one), stdout(other));
    tame(&stderr(one), false)?;
    same(
        "the lines on the side",
        lines(&stderr(one)),
        lines(&stderr(other)),
    )?;
    let text = if form == Form::Told {
        uncoloured(&text)
    } else {
        text
    };
    tame(&text, matches!(form, Form::Csv | Form::Ics))?;
    match form {
        Form::Told | Form::Lines => {
            let begun =
                |text: &str, word: &str| text.lines().filter(|line| line.starts_with(word)).count();
            for word in ["error", "warning", "note", "::", "hint"] {
                // Elsewhere a line can begin with such a word because the one before it is full.
                let is_of_findings = ["check", "verify", "council", "decide"]
                    .iter()
                    .any(|told| command.starts_with(told));
                if !is_of_findings && word != "::" {
                    continue;
                }
                let with_plain = uncoloured(&with_plain);
                same(word, begun(&text, word), begun(&with_plain, word))?;
            }
            if form == Form::Lines {
                same("lines", lines(&text), lines(&with_plain))?;
            }
            Ok(())
        }
        Form::Markdown => {
            let (one, other) = (structure(&text), structure(&with_plain));
            match one.iter().zip(&other).position(|(one, other)| one != other) {
                Some(at) => Err(format!(
                    "has {:?} instead of {:?} after {:?}",
                    one[at],
                    other[at],
                    &one[at.saturating_sub(3)..at]
                )),
                None => same("pieces", one.len(), other.len()),
            }
        }
        Form::Csv => same("cells", cells(&text)?, cells(&with_plain)?),
        Form::Ics => {
            let (one, other) = (events(&text)?, events(&with_plain)?);
            same("events", one.len(), other.len())?;
            // An owner whom the folder does not know as a worker is left out of a calendar, so an
            // event may say less; it never says anything of another kind.
            let known: BTreeSet<&String> = other.iter().flatten().collect();
            match one.iter().flatten().find(|key| !known.contains(key)) {
                Some(key) => Err(format!("an event has {key}")),
                None => Ok(()),
            }
        }
        Form::Json => {
            let read =
                |text: &str| serde_json::from_str::<Json>(text).map_err(|error| error.to_string());
            let (one, other) = (shape(&read(&text)?), shape(&read(&with_plain)?));
            if one == other {
                Ok(())
            } else {
                Err(format!(
                    "is of another shape: {}",
                    first_difference(&one, &other, String::new())
                ))
            }
        }
    }
}

fn first_difference(one: &Json, other: &Json, at: String) -> String {
    let within = match (one, other) {
        (Json::Array(ones), Json::Array(others)) if ones.len() == others.len() => {
            let mut pairs = ones.iter().zip(others).enumerate();
            pairs.find_map(|(index, (one, other))| {
                (one != other).then(|| first_difference(one, other, format!("{at}[{index}]")))
            })
        }
        (Json::Object(ones), Json::Object(others)) => ones.iter().find_map(|(key, one)| {
            let other = others.get(key)?;
            (one != other).then(|| first_difference(one, other, format!("{at}.{key}")))
        }),
        _ => None,
    };
    within.unwrap_or_else(|| format!("{at}: {one:.200} instead of {other:.200}"))
}

fn same<T: PartialEq + std::fmt::Debug>(what: &str, one: T, other: T) -> Result<(), String> {
    if one == other {
        Ok(())
    } else {
        Err(format!("{what}: {one:?} instead of {other:?}"))
    }
}

/// Nothing that a terminal would obey; `has_breaks` where each line ends as spreadsheets want it.
fn tame(text: &str, has_breaks: bool) -> Result<(), String> {
    let text = if has_breaks {
        text.replace("\r\n", "\n")
    } else {
        text.to_owned()
    };
    match text.char_indices().find(|(_, c)| raw(*c)) {
        Some((at, c)) => {
            let before: String = text[..at].chars().rev().take(40).collect();
            Err(format!(
                "{c:?} is raw after {:?}",
                before.chars().rev().collect::<String>()
            ))
        }
        None => Ok(()),
    }
}

fn lines(text: &str) -> usize {
    text.lines().count()
}

/// The text without the colours that the program itself gives.
fn uncoloured(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once('m') {
            Some((colour, rest))
                if colour.chars().all(|c| c.is_ascii_digit() || c == ';') && colour != "31" =>
            {
                plain.push_str(rest)
            }
            _ => plain.push_str(&format!("\u{1b}{part}")),
        }
    }
    plain
}

/// What a page is made of, apart from words and paragraphs: several paragraphs are text as well.
fn structure(text: &str) -> Vec<String> {
    Parser::new_ext(text, Options::all())
        .filter(|event| {
            !matches!(
                event,
                Event::Text(_)
                    | Event::SoftBreak
                    | Event::Start(Tag::Paragraph)
                    | Event::End(pulldown_cmark::TagEnd::Paragraph)
            )
        })
        .map(|event| match event {
            Event::Html(html) | Event::InlineHtml(html) if html.starts_with("<!-- made from ") => {
                "comment".to_owned()
            }
            event => format!("{event:?}"),
        })
        .collect()
}

/// How many cells each row has; none may be what a spreadsheet runs.
fn cells(text: &str) -> Result<Vec<usize>, String> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut counts = Vec::new();
    for row in reader.records() {
        let row = row.map_err(|error| error.to_string())?;
        let runs = |cell: &&str| {
            cell.trim_start()
                .starts_with(['=', '+', '-', '@', '\t', '\r'])
                && cell.parse::<f64>().is_err()
        };
        if let Some(cell) = row.iter().find(runs) {
            return Err(format!("has the cell {cell:?}"));
        }
        counts.push(row.len());
    }
    Ok(counts)
}

/// The keys of each event.
fn events(text: &str) -> Result<Vec<Vec<String>>, String> {
    let mut all = Vec::new();
    for calendar in ical::IcalParser::new(text.as_bytes()) {
        let calendar = calendar.map_err(|error| error.to_string())?;
        for event in calendar.events {
            all.push(
                event
                    .properties
                    .into_iter()
                    .map(|property| property.name)
                    .collect(),
            );
        }
    }
    Ok(all)
}
