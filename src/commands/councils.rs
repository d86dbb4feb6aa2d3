//! `panel councils`: the built-in councils.

use super::session::{Exit, Session};
use crate::council::{BUILT_IN, parse_council};
use crate::output::{json, table};
use anyhow::Result;

/// List the built-in councils
///
/// Each is a rule file that puts a published policy into practice. A council of your own is a
/// file of the same shape: panel.toml names it by its path, like ./our-council.toml.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  panel councils")]
pub(crate) struct Args {
    /// Form of the list
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
}

/// The form of a list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// To be read.
    #[default]
    Human,
    /// For programs.
    Json,
}

/// One council in the list.
#[derive(serde::Serialize)]
struct Row {
    id: String,
    name: String,
    panel: String,
    policy: Option<String>,
}

pub(super) fn run(args: &Args, session: &mut Session<'_>) -> Result<Exit> {
    let mut rows = Vec::new();
    for (id, text) in BUILT_IN {
        let council = parse_council(id, &format!("councils/{id}.toml"), text)?;
        let policy = council.policy.map(|policy| {
            [
                ("implemented", policy.implemented),
                ("revised", policy.revised),
            ]
            .into_iter()
            .fold(policy.title, |said, (word, when)| match when {
                Some(when) => format!("{said}, {word} {when}"),
                None => said,
            })
        });
        rows.push(Row {
            id: (*id).to_owned(),
            name: council.about.name,
            panel: council.about.panel,
            policy,
        });
    }
    let text = match args.format {
        Format::Json => json::pretty(&serde_json::json!({ "councils": rows }))?,
        Format::Human => table::table(
            &["Id", "Council", "Panel", "Policy"],
            rows.iter().map(|row| {
                let policy = row.policy.as_deref().unwrap_or("");
                vec![&row.id, &row.name, &row.panel, policy]
            }),
        ),
    };
    session.print(&text)?;
    Ok(Exit::Clean)
}
