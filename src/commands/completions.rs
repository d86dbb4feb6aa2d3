//! `panel completions`: what a shell needs to complete the command line.

use super::session::{Exit, Session};
use anyhow::Result;

/// Print completions for a shell
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  panel completions bash > ~/.local/share/bash-completion/completions/panel")]
pub(crate) struct Args {
    /// The shell
    #[arg(value_enum)]
    shell: clap_complete::Shell,
}

pub(super) fn run(args: &Args, session: &mut Session<'_>) -> Result<Exit> {
    // Into memory first: the generator does not survive a reader who has gone away.
    let mut text = Vec::new();
    clap_complete::generate(args.shell, &mut (session.parser)(), "panel", &mut text);
    session.out.write_all(&text)?;
    Ok(Exit::Clean)
}
