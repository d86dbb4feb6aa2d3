//! `panel council`: tools for whoever writes a rule file.

mod check;
mod compare;

use super::session::{Exit, Session};
use anyhow::Result;
use clap::Subcommand;

/// Look through a rule file, or put two side by side
///
/// For the policy lead who writes or changes a council's rule file.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    Check(check::Args),
    Compare(compare::Args),
}

pub(super) fn run(args: &Args, session: &mut Session<'_>) -> Result<Exit> {
    match &args.what {
        What::Check(args) => check::run(args, session),
        What::Compare(args) => compare::run(args, session),
    }
}
