//! `panel man`: the manual page.

use super::session::{Exit, Session};
use anyhow::Result;

/// Print the manual page
///
/// One page for the program and all its commands, for `man -l` or a package.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  panel man > panel.1")]
pub(crate) struct Args {}

pub(super) fn run(_args: &Args, session: &mut Session<'_>) -> Result<Exit> {
    let mut parser = (session.parser)();
    parser.build();
    clap_mangen::Man::new(parser.clone()).render(&mut session.out)?;
    for command in parser.get_subcommands() {
        let name = format!("panel {}", command.get_name());
        let page = clap_mangen::Man::new(command.clone().bin_name(name.clone()).display_name(name));
        page.render_description_section(&mut session.out)?;
        page.render_synopsis_section(&mut session.out)?;
        page.render_options_section(&mut session.out)?;
    }
    Ok(Exit::Clean)
}
