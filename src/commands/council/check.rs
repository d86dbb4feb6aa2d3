//! `panel council check`: everything that is wrong or strange in a rule file.

use crate::commands::session::{Exit, Session, read_standard_input, rule_file};
use crate::council::{CouncilError, Loaded, Remark, Wanted, lint, parse_whole};
use crate::folder::Fault;
use crate::output::rule_file::{RuleFile, Told, as_json, human};
use crate::records::Day;
use anyhow::Result;

/// Look through a rule file
///
/// Tells every fault with its line and column, and what loads but is hardly meant: conditions
/// that can never hold, entries never in force, posts that nobody has, rules that are not there,
/// a policy past its own review date.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  panel council check ./our-council.toml
  panel council check ID
  panel council check - < our-council.toml
  panel council check ./our-council.toml --deny warnings --format json

Exit status: 0 nothing at error level, 1 errors, 2 the file could not be read.")]
pub(super) struct Args {
    /// A rule file, the id of a built-in one, or `-` for standard input
    #[arg(value_name = "FILE|ID")]
    file: String,
    /// Form of the answer
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
    /// Let warnings count as errors for the exit status
    #[arg(long, value_enum, value_name = "WEIGHT")]
    deny: Option<Deny>,
}

/// The form of the answer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// With your own lines.
    #[default]
    Human,
    /// For programs.
    Json,
}

/// What counts as an error beside errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Deny {
    /// Warnings too.
    Warnings,
}

pub(super) fn run(args: &Args, session: &mut Session<'_>) -> Result<Exit> {
    match loaded(&args.file)? {
        Ok(loaded) => {
            if loaded.is_base {
                session.tell(
                    "note: this file names no council: it is looked at as one that others build on",
                );
            }
            let remarks: Vec<Remark> = lint(&Wanted {
                loaded: &loaded,
                today: Day::of(session.as_of().date()),
            });
            let told = remarks.iter().map(Told::from).collect();
            tell(args, session, &loaded.file, &loaded.text, told)
        }
        Err(CouncilError::Faulty { file, text, faults }) => {
            let told = faults.iter().map(|fault: &Fault| Told::from(fault));
            tell(args, session, &file, &text, told.collect())
        }
        Err(error) => Err(error.into()),
    }
}

/// The rule file; the outer error is that standard input could not be read.
fn loaded(written: &str) -> Result<Result<Loaded, CouncilError>> {
    if written != "-" {
        return Ok(rule_file(written));
    }
    let bytes = read_standard_input()?;
    let text = String::from_utf8_lossy(&bytes);
    Ok(parse_whole("rules", "-", &text))
}

fn tell(
    args: &Args,
    session: &mut Session<'_>,
    file: &str,
    text: &str,
    told: Vec<Told<'_>>,
) -> Result<Exit> {
    let rule_file = RuleFile { file, text, told };
    let text = match args.format {
        Format::Human => human(&rule_file, session.look),
        Format::Json => as_json(&rule_file)?,
    };
    session.print(&text)?;
    let counts = rule_file.counts();
    let is_denied = args.deny == Some(Deny::Warnings) && counts.warnings > 0;
    Ok(if counts.errors > 0 || is_denied {
        Exit::Refused
    } else {
        Exit::Clean
    })
}
