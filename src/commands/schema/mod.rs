//! `panel schema`: what editors need to help with the files that people write.

mod page;
mod written;

use super::session::{Exit, Session, Trouble};
use crate::council::{FileKind, schema_of};
use crate::output::{json, verified};
use anyhow::Result;

/// Print the JSON Schema of a kind of file
///
/// An editor that knows it proposes keys and words, explains them, and marks what does not belong.
/// In a case folder, or with `--council`, the words are the council's own, and others are marked.
/// Dates stand without quotation marks: an editor on YAML 1.2 reads them as the text that the
/// schema asks for; ajv and v8r, which make a date object of them, do not. `panel check` judges
/// more than any schema can, and `panel lsp` shows in the editor what it says.
///
/// `panel init` puts the schemas into a new case folder, with the settings by which editors find
/// them; --write does so in a folder that is there, and anew when the rules have changed.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  panel schema referral > referral.schema.json
  panel schema referral --council ID             with that council's own words
  panel schema council > council.schema.json
  panel schema council --format markdown        every key of a rule file, to be read
  panel schema --write                          into the case folder, for whoever edits there
  panel schema --check                          whether those are still the right ones")]
pub(crate) struct Args {
    /// Kind of file
    #[arg(value_enum, required_unless_present_any = ["write", "check"])]
    kind: Option<Kind>,
    /// Form of the answer
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
    /// Write the schemas into the case folder, and what names them to editors
    #[arg(long, conflicts_with_all = ["kind", "format", "check"])]
    write: bool,
    /// With --write: print the paths only, write nothing
    #[arg(long, requires = "write")]
    dry_run: bool,
    /// Tell which schemas of the case folder are not what --write would write
    #[arg(long, conflicts_with_all = ["kind", "format"])]
    check: bool,
}

/// Kinds of files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Kind {
    /// A council's rule file.
    Council,
    /// referrals/**/REFERENCE.yaml
    Referral,
    /// meetings/DATE/meeting.yaml
    Meeting,
    /// meetings/DATE/decisions/REFERENCE.yaml
    Decision,
    /// meetings/DATE/after/REFERENCE.yaml
    After,
    /// What `panel check --format json` prints.
    Check,
    /// What `panel verify --format json` prints.
    Verify,
}

/// The form of the answer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// JSON Schema, for editors.
    #[default]
    Json,
    /// Every key with what it takes, for a page.
    Markdown,
}

pub(super) fn run(args: &Args, session: &mut Session<'_>) -> Result<Exit> {
    if args.write {
        return written::write(args.dry_run, session);
    }
    let Some(kind) = args.kind.filter(|_| !args.check) else {
        return written::check(session);
    };
    let kind = match kind {
        Kind::Check | Kind::Verify if args.format == Format::Markdown => {
            return Err(Trouble::usage("what a command prints has no page of keys")
                .hint("leave out --format: the schema describes each key")
                .into());
        }
        Kind::Check => {
            session.print(&json::pretty(&json::schema())?)?;
            return Ok(Exit::Clean);
        }
        Kind::Verify => {
            session.print(&json::pretty(&verified::schema())?)?;
            return Ok(Exit::Clean);
        }
        Kind::Council => FileKind::Council,
        Kind::Referral => FileKind::Referral,
        Kind::Meeting => FileKind::Meeting,
        Kind::Decision => FileKind::Decision,
        Kind::After => FileKind::After,
    };
    // A rule file with faults must not stand in the way of the schema that helps to mend it.
    let council = match session.council() {
        Ok(council) => council,
        Err(_) if session.globals.council.is_none() => None,
        Err(error) => return Err(error),
    };
    let schema = schema_of(kind, council.as_ref());
    let text = match args.format {
        Format::Json => json::pretty(&schema)?,
        Format::Markdown => page::of(kind, &schema),
    };
    session.print(&text)?;
    Ok(Exit::Clean)
}
