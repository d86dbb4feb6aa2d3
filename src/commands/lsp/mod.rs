//! `panel lsp`: what `panel check` says, in the editor while the file is written.

mod answers;
mod complete;
mod cursor;
mod documents;
mod judged;
mod judging;
mod lines;
mod open;
mod read;
mod record_cursor;
mod rule_cursor;
mod rule_words;
mod server;
mod shape;
#[cfg(test)]
mod tests;
mod world;

use super::session::{Exit, Session};
use anyhow::Result;
use lsp_server::Message;
use server::Server;
use std::sync::mpsc;

/// Serve an editor, over standard input and output
///
/// The editor starts it (the Language Server Protocol); the book says how for VS Code, Neovim,
/// Helix and Emacs. What `panel check` finds stands at its place as you type, with the clause and
/// what to do; pointing at a key says what it is, and keys, words, references and rules are
/// proposed. Files of a case folder are judged with the whole folder, rule files as `panel council
/// check` does, and a lone referral where `--council` names the rules. Nothing is written, and
/// nothing is asked of any network.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  panel lsp                      for the files of case folders
  panel lsp --council ID         for lone referrals too")]
pub(crate) struct Args {
    /// Some editors add it; there is no other way.
    #[arg(long, hide = true)]
    stdio: bool,
}

pub(super) fn run(_: &Args, session: &mut Session<'_>) -> Result<Exit> {
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        let mut input = std::io::stdin().lock();
        loop {
            let message = match read::message(&mut input) {
                Ok(Some(message)) => Ok(message),
                Ok(None) => break,
                Err(error) => Err(error.to_string()),
            };
            let is_exit =
                matches!(&message, Ok(Message::Notification(told)) if told.method == "exit");
            if sender.send(message).is_err() || is_exit {
                break;
            }
        }
    });
    Server::new(session).serve(&receiver)
}
