//! Commands: a file each, arguments in, desk, then a document or findings out.

mod accept;
mod act;
mod agenda;
mod attendance;
mod calendar;
mod changes;
mod chase;
mod check;
mod completions;
mod council;
mod councils;
mod dated;
mod deadlines;
mod decide;
mod diary;
mod done;
mod editing;
mod explain;
mod held;
mod init;
mod letter;
mod listed;
mod lsp;
mod man;
mod minutes;
mod named;
mod new;
mod others;
mod paper;
mod progress;
mod record;
mod replay;
mod report;
mod rules;
mod schema;
mod seal;
mod session;
mod show;
mod spend;
mod verify;
mod withdraw;

pub(crate) use session::{Exit, Globals, Runner, Session, Trouble};

use anyhow::Result;
use clap::{Parser, Subcommand};
use std::ffi::OsString;
use std::path::PathBuf;

/// What can be asked of the program.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Init(init::Args),
    New(new::Args),
    Check(check::Args),
    Agenda(agenda::Args),
    Decide(Box<decide::Args>),
    Minutes(minutes::Args),
    Record(record::Args),
    Letter(letter::Args),
    Chase(chase::Args),
    Diary(diary::Args),
    Calendar(calendar::Args),
    Deadlines(deadlines::Args),
    Done(done::Args),
    Show(show::Args),
    Accept(accept::Args),
    Act(Box<act::Args>),
    Withdraw(withdraw::Args),
    Spend(spend::Args),
    Attendance(attendance::Args),
    Report(report::Args),
    Rules(rules::Args),
    Explain(explain::Args),
    Councils(councils::Args),
    Council(council::Args),
    Replay(replay::Args),
    Verify(verify::Args),
    Schema(schema::Args),
    Lsp(lsp::Args),
    Completions(completions::Args),
    Man(man::Args),
}

impl Command {
    /// Does it.
    pub(crate) fn run(&self, session: &mut Session<'_>) -> Result<Exit> {
        match self {
            Self::Init(args) => init::run(args, session),
            Self::New(args) => match new::run(args, session)? {
                new::Next::Done(exit) => Ok(exit),
                new::Next::Check(path) => check::run(&check_of(path)?, session),
            },
            Self::Check(args) => check::run(args, session),
            Self::Agenda(args) => agenda::run(args, session),
            Self::Decide(args) => decide::run(args, session),
            Self::Minutes(args) => minutes::run(args, session),
            Self::Record(args) => record::run(args, session),
            Self::Letter(args) => letter::run(args, session),
            Self::Chase(args) => chase::run(args, session),
            Self::Diary(args) => diary::run(args, session),
            Self::Calendar(args) => calendar::run(args, session),
            Self::Deadlines(args) => deadlines::run(args, session),
            Self::Done(args) => done::run(args, session),
            Self::Show(args) => show::run(args, session),
            Self::Accept(args) => accept::run(args, session),
            Self::Act(args) => act::run(args, session),
            Self::Withdraw(args) => withdraw::run(args, session),
            Self::Spend(args) => spend::run(args, session),
            Self::Attendance(args) => attendance::run(args, session),
            Self::Report(args) => report::run(args, session),
            Self::Rules(args) => rules::run(args, session),
            Self::Explain(args) => explain::run(args, session),
            Self::Councils(args) => councils::run(args, session),
            Self::Council(args) => council::run(args, session),
            Self::Replay(args) => replay::run(args, session),
            Self::Verify(args) => verify::run(args, session),
            Self::Schema(args) => schema::run(args, session),
            Self::Lsp(args) => lsp::run(args, session),
            Self::Completions(args) => completions::run(args, session),
            Self::Man(args) => man::run(args, session),
        }
    }
}

/// `panel check FILE` as it would be typed.
fn check_of(path: PathBuf) -> Result<check::Args> {
    #[derive(clap::Parser)]
    struct Typed {
        #[command(flatten)]
        args: check::Args,
    }
    let typed = [OsString::from("check"), OsString::from("--"), path.into()];
    Ok(Typed::try_parse_from(typed)?.args)
}
