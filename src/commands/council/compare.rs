//! `panel council compare`: two councils' rules, aspect by aspect.

use crate::commands::session::{Exit, Session, council_named};
use crate::documents::{Aspect, side_by_side};
use crate::output::{json, table, visible};
use crate::records::Day;
use anyhow::Result;

/// Put two councils side by side
///
/// Meetings, cut-off, chairs and quorum, criteria and thresholds, papers and sign-offs,
/// emergencies, reviews, records and appeals, as they are on the day that is asked (--as-of); of
/// a council with several panels, the first.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  panel council compare ID ./our-council.toml
  panel council compare ./last-year.toml ./our-council.toml --differences
  panel council compare ID ID --format markdown -q > compared.md")]
pub(super) struct Args {
    /// A built-in council or a rule file
    #[arg(value_name = "ID|FILE")]
    one: String,
    /// The other
    #[arg(value_name = "ID|FILE")]
    other: String,
    /// Form of the answer
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
    /// Print only what differs
    #[arg(long)]
    differences: bool,
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

/// The whole answer for programs.
#[derive(serde::Serialize)]
struct Whole<'a> {
    councils: [&'a str; 2],
    as_of: String,
    aspects: &'a [Aspect],
}

pub(super) fn run(args: &Args, session: &mut Session<'_>) -> Result<Exit> {
    let one = council_named(&args.one, &[])?;
    let other = council_named(&args.other, &[])?;
    let day = Day::of(session.as_of().date());
    let mut aspects = side_by_side(&one, &other, day);
    if args.differences {
        aspects.retain(|aspect| !aspect.same);
    }
    let text = match args.format {
        Format::Json => json::pretty(&Whole {
            councils: [&one.id, &other.id],
            as_of: day.to_string(),
            aspects: &aspects,
        })?,
        Format::Human | Format::Markdown => {
            let heads = [
                "",
                &visible(&one.about.name) as &str,
                &visible(&other.about.name),
            ];
            let rows: Vec<[String; 3]> = aspects.iter().map(row).collect();
            let rows = rows
                .iter()
                .map(|row| row.iter().map(String::as_str).collect());
            match args.format {
                Format::Markdown => table::markdown(&heads, rows),
                _ => table::table(&heads, rows),
            }
        }
    };
    session.print(&text)?;
    if aspects.is_empty() {
        session.tell("nothing differs between them");
    }
    Ok(Exit::Clean)
}

fn row(aspect: &Aspect) -> [String; 3] {
    let [one, other] = &aspect.values;
    let said = |values: &Vec<String>| match values.as_slice() {
        [] => "—".to_owned(),
        values => values.join(" "),
    };
    let second = if aspect.same {
        "the same".to_owned()
    } else {
        said(other)
    };
    [aspect.aspect.to_owned(), said(one), second]
}
