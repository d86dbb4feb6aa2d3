//! stub
use super::session::{Exit, Session};
use anyhow::Result;
/// stub
#[derive(Debug, clap::Args)]
pub(crate) struct Args {}
pub(super) fn run(_args: &Args, _session: &mut Session<'_>) -> Result<Exit> {
    Ok(Exit::Clean)
}
