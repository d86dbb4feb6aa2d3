//! The command line: what can be typed, what an exit status says, how an error is told.

use crate::commands::{Command, Exit, Globals, Runner, Session, Trouble};
use crate::council::{BUILT_IN, CouncilError};
use crate::folder::{FolderError, WriteError};
use crate::output::{self, Colour, Look};
use anstream::{AutoStream, ColorChoice};
use clap::{CommandFactory, FromArgMatches, Parser};
use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

const EXAMPLES: &str = "\
Examples:
  panel check                                  everything in this case folder
  panel check referrals/2026/R-2026-0142.yaml  one referral, before it is sent
  panel agenda --date 2026-11-26               the agenda of a meeting
  panel diary --overdue                        what is owed and late
  panel explain late-submission                what a message means

Exit status:
  0  nothing at error level
  1  findings at error level, or refused by a rule; nothing was written
  2  wrong usage, or something could not be read or written
  3  nothing was looked at, which is not the same as clean";

/// Runs a children's resource panel from a folder of plain files
#[derive(Debug, Parser)]
#[command(
    name = "panel",
    version,
    after_help = EXAMPLES,
    max_term_width = 100,
    arg_required_else_help = true,
    disable_help_subcommand = true,
    propagate_version = false
)]
struct Arguments {
    #[command(flatten)]
    globals: Globals,
    #[command(subcommand)]
    command: Command,
}

/// Runs the program with the arguments it was started with.
pub fn main() -> ExitCode {
    let (arguments, command) = match typed() {
        Ok(typed) => typed,
        Err(error) => {
            let status = error.exit_code();
            // Where even the complaint cannot be printed, the status still says it.
            let _ = match in_own_words(&error) {
                Some(told) => writeln!(io::stderr(), "{told}"),
                None => as_typed(error).print(),
            };
            return ExitCode::from(u8::try_from(status).unwrap_or(2));
        }
    };
    let choice = match arguments.globals.color {
        Colour::Always => ColorChoice::Always,
        Colour::Never => ColorChoice::Never,
        Colour::Auto => AutoStream::choice(&io::stdout()),
    };
    let talk_choice = match arguments.globals.color {
        Colour::Auto => AutoStream::choice(&io::stderr()),
        _ => choice,
    };
    let is_coloured = choice != ColorChoice::Never;
    let look = Look {
        is_coloured,
        width: columns(),
    };
    let mut talk = AutoStream::new(io::stderr(), talk_choice);
    let result = {
        // What is uncoloured holds no escapes to take out: it is passed on as it is.
        let out: Box<dyn Write> = if is_coloured {
            Box::new(AutoStream::new(io::stdout(), choice).lock())
        } else {
            Box::new(io::stdout().lock())
        };
        let mut out = BufWriter::new(out);
        let mut session = Session::new(
            &arguments.globals,
            &mut out,
            &mut talk,
            look,
            Arguments::command,
        );
        session.runner = Runner {
            user: user(),
            command,
        };
        let result = arguments.command.run(&mut session);
        session.end_progress();
        result.and_then(|exit| Ok(out.flush().map(|()| exit)?))
    };
    let exit = match result {
        Ok(exit) => exit,
        Err(error) if is_broken_pipe(&error) => Exit::Clean,
        Err(error) => {
            let is_coloured = talk_choice != ColorChoice::Never;
            let told = explained(
                &error,
                Look {
                    is_coloured,
                    ..look
                },
            );
            let _ = writeln!(talk, "{}", told.trim_end());
            status_of(&error)
        }
    };
    ExitCode::from(exit.status())
}

/// How wide the terminal is that results go to: as `COLUMNS` says, else as it says itself; none
/// where they go elsewhere.
#[expect(
    clippy::disallowed_methods,
    reason = "settings come through the command line, and this is it"
)]
fn columns() -> Option<usize> {
    let said = std::env::var("COLUMNS").ok();
    let said = said.and_then(|columns| columns.trim().parse().ok());
    said.filter(|columns| *columns > 0).or_else(|| {
        let size = terminal_size::terminal_size_of(io::stdout())?;
        Some(usize::from(size.0.0))
    })
}

/// What was typed, and the command in it, like `panel decide`.
fn typed() -> Result<(Arguments, String), clap::Error> {
    let mut parser = Arguments::command();
    let matches = parser.try_get_matches_from_mut(std::env::args_os())?;
    let arguments = Arguments::from_arg_matches(&matches).map_err(|e| e.format(&mut parser))?;
    let command = matches.subcommand_name().unwrap_or_default();
    Ok((arguments, format!("panel {command}")))
}

/// The name by which the machine knows the user: on Unix `USER` or `LOGNAME`, on Windows
/// `USERNAME`.
#[expect(
    clippy::disallowed_methods,
    reason = "no setting: it says who holds a lock, and changes no result"
)]
fn user() -> String {
    ["USER", "LOGNAME", "USERNAME"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|user| !user.is_empty()))
        .unwrap_or_default()
}

/// An error of the parser's in its own words, with nothing raw of what was typed.
fn as_typed(mut error: clap::Error) -> clap::Error {
    use clap::error::{ContextKind, ContextValue};
    let safe = |text: &String| output::visible(text);
    let changed: Vec<(ContextKind, ContextValue)> = error
        .context()
        .filter_map(|(kind, value)| {
            let value = match value {
                ContextValue::String(text) => ContextValue::String(safe(text)),
                ContextValue::Strings(all) => ContextValue::Strings(all.iter().map(safe).collect()),
                ContextValue::StyledStrs(all) => {
                    let plain = all.iter().map(|text| output::visible(&text.to_string()));
                    ContextValue::StyledStrs(plain.map(Into::into).collect())
                }
                _ => return None,
            };
            Some((kind, value))
        })
        .collect();
    for (kind, value) in changed {
        error.insert(kind, value);
    }
    error
}

/// A date, sum or word of a flag that could not be read: what is wrong, and how it is written.
fn in_own_words(error: &clap::Error) -> Option<String> {
    use clap::error::{ContextKind, ContextValue, ErrorKind};
    use std::error::Error;
    if error.kind() != ErrorKind::ValueValidation {
        return None;
    }
    let Some(ContextValue::String(flag)) = error.get(ContextKind::InvalidArg) else {
        return None;
    };
    let flag = flag.split([' ', '=']).next().unwrap_or(flag);
    let why = error.source()?.to_string();
    let told = match why.split_once("; ") {
        Some((fault, remedy)) => format!(
            "error: {flag}: {}\nhint: {}",
            output::visible(fault),
            output::visible(remedy)
        ),
        None => format!("error: {flag}: {}", output::visible(&why)),
    };
    Some(told)
}

/// Whoever reads our output has seen enough: `panel check | head` is no failure.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<io::Error>()
            .is_some_and(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
    })
}

fn status_of(error: &anyhow::Error) -> Exit {
    error
        .downcast_ref::<Trouble>()
        .map_or(Exit::Usage, |trouble| trouble.exit)
}

/// An error as people read it: what could not be done, why, and what to do.
fn explained(error: &anyhow::Error, look: Look) -> String {
    if let Some(CouncilError::Faulty { file, text, faults }) = error.downcast_ref() {
        return output::human::faults(file, text, faults, look);
    }
    if let Some(FolderError::Settings(faults)) = error.downcast_ref() {
        let faults: Vec<String> = faults.iter().map(|fault| output::visible(fault)).collect();
        return format!("error: panel.toml cannot be used:\n{}", faults.join("\n"));
    }
    // A part a line, whatever line breaks the names in it hold.
    let mut told = format!("error: {}", output::visible(&error.to_string()));
    let mut causes: Vec<String> = error.chain().skip(1).map(ToString::to_string).collect();
    if let Some(CouncilError::Disk(inner)) = error.downcast_ref()
        && let Some(cause) = std::error::Error::source(inner)
    {
        causes.push(cause.to_string());
    }
    for cause in causes {
        told.push_str(&format!(": {}", output::visible(&cause)));
    }
    if let Some(trouble) = error.downcast_ref::<Trouble>() {
        for line in &trouble.listed {
            told.push_str(&format!("\n  {}", output::visible(line)));
        }
    }
    if let Some(hint) = hint(error) {
        told.push_str(&format!("\nhint: {}", output::visible(&hint)));
    }
    told
}

/// The answer to the question that an error leaves.
fn hint(error: &anyhow::Error) -> Option<String> {
    if let Some(trouble) = error.downcast_ref::<Trouble>() {
        return trouble.hint.clone();
    }
    if let Some(CouncilError::Unknown { near, .. }) = error.downcast_ref() {
        let ids: Vec<&str> = BUILT_IN.iter().map(|(id, _)| *id).collect();
        let near = near
            .as_ref()
            .map(|near| format!("did you mean `{near}`? "))
            .unwrap_or_default();
        return Some(format!(
            "{near}built-in councils are {}; a rule file of your own is named by its path, like ./our-council.toml",
            ids.join(", ")
        ));
    }
    if let Some(hint) = error.downcast_ref().and_then(hint_on_writing) {
        return Some(hint);
    }
    match error.downcast_ref::<FolderError>() {
        Some(FolderError::NotFound(_)) => Some(
            "go into a case folder, name one with --folder DIR, make one with `panel init DIR --council ID`, or judge a lone file with --council ID".to_owned(),
        ),
        _ => None,
    }
}

/// What to do where something could not be written.
fn hint_on_writing(error: &WriteError) -> Option<String> {
    let hint = match error {
        WriteError::Locked(holder) if holder.process != 0 => format!(
            "try again in a moment; if that program has stopped answering, end process {}, and the lock goes with it",
            holder.process
        ),
        WriteError::Locked(_) => "try again in a moment".to_owned(),
        WriteError::Changed(_) => "give the command again: it starts from what stands there now".to_owned(),
        WriteError::Linked(_) => {
            "put the folder itself there, or name the folder that it leads to with --folder".to_owned()
        }
        WriteError::Protected(_) => "allow writing to the file, if it is to be changed".to_owned(),
        WriteError::Closed { .. } | WriteError::Unfinished { .. } => {
            "ask whoever keeps the folder whether you may write in it, and whether the disk is full or read-only".to_owned()
        }
        _ => return None,
    };
    Some(hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Arguments::command().debug_assert();
    }
}
