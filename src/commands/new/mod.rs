//! `panel new`: a referral with just the parts that this council's form asks for.

mod ask;
mod checklist;
mod emergency;
mod form;
mod layout;
mod tables;

use super::session::{Exit, Session, Trouble};
use crate::council::Use;
use crate::folder::{Folder, Planned, nearest, write};
use crate::records::{Day, has_figure, is_device, is_reference};
use anyhow::Result;
use chrono::Datelike;
use std::path::PathBuf;

/// Begin a referral
///
/// A file to fill in: just the parts that this council's form asks for, each with its label and
/// clause. In a case folder it is put under referrals/; elsewhere, or with --print, it is printed.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  panel new R-2026-0142
  panel new R-2026-0142 --kind new-placement            leaves out what that kind is not asked for
  panel new --ask R-2026-0142                           asks question by question; again, what is open
  panel new R-2026-0142 --council ID --print > R-2026-0142.yaml")]
pub(crate) struct Args {
    /// Its reference: letters, digits and `-`, at most 40
    #[arg(value_parser = reference)]
    reference: String,
    /// What is asked of the panel
    #[arg(long, value_name = "KIND")]
    kind: Option<String>,
    /// The panel or part that it is for, where the council has several
    #[arg(long = "for", value_name = "PANEL")]
    panel: Option<String>,
    /// Go through it question by question; a draft that is there is gone on with
    ///
    /// Each answer is judged and saved at once. Without a terminal the answers are read from
    /// standard input, a line each.
    #[arg(long, conflicts_with_all = ["print", "dry_run"])]
    ask: bool,
    /// Print it instead of putting it into the case folder
    #[arg(long)]
    print: bool,
    /// Print the path only, write nothing
    #[arg(long, conflicts_with = "print")]
    dry_run: bool,
}

fn reference(text: &str) -> Result<String, String> {
    if is_device(text) {
        Err(format!(
            "no file can be called {text} on Windows, which keeps that name for itself: take another, like R-2026-0142"
        ))
    } else if is_reference(text) && has_figure(text) {
        Ok(text.to_owned())
    } else if is_reference(text) {
        Err("a reference has a figure in it, so that no text holds it by chance: take one like R-2026-0142".to_owned())
    } else {
        Err("a reference is letters, digits and `-`, at most 40, like R-2026-0142".to_owned())
    }
}

/// What is left to be done once the form stands.
pub(super) enum Next {
    /// Nothing.
    Done(Exit),
    /// The file that was filled in is checked.
    Check(PathBuf),
}

pub(super) fn run(args: &Args, session: &mut Session<'_>) -> Result<Next> {
    let Some(council) = session.council()? else {
        return Err(Trouble::usage("which council's form?")
            .hint(
                "go into a case folder, or name one with --council ID; `panel councils` lists them",
            )
            .into());
    };
    if let Some(named) = &args.panel
        && !council.panels.iter().any(|panel| panel.id == *named)
    {
        let ids: Vec<&str> = council
            .panels
            .iter()
            .map(|panel| panel.id.as_str())
            .collect();
        let hint = match nearest(named, ids.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None if ids.is_empty() => "this council has one panel: leave --for out".to_owned(),
            None => format!("its panels are {}", ids.join(", ")),
        };
        return Err(
            Trouble::usage(format!("this council has no panel `{named}`"))
                .hint(hint)
                .into(),
        );
    }
    let today = Day::of(session.as_of().date());
    let council = council.at(args.panel.as_deref(), today);
    let kind = match &args.kind {
        None => None,
        Some(written) => match council.words.find(Use::Kind, written) {
            Some(known) => Some(known.id.as_str()),
            None => {
                let hint = match council.words.nearest(Use::Kind, written) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("kinds are {}", council.words.ids(Use::Kind).join(", ")),
                };
                return Err(
                    Trouble::usage(format!("there is no kind of request `{written}`"))
                        .hint(hint)
                        .into(),
                );
            }
        },
    };
    if args.ask {
        return Ok(match ask::run(args, kind, session)? {
            Some(path) => Next::Check(path),
            None => Next::Done(Exit::Clean),
        });
    }
    let text = form::text(council, &args.reference, args.panel.as_deref(), kind);
    let root = session.root(std::path::Path::new("."));
    let (false, Ok(root)) = (args.print, &root) else {
        if session.globals.folder.is_some() {
            root?;
        }
        session.print(&text)?;
        return Ok(Next::Done(Exit::Clean));
    };
    let lock = match args.dry_run {
        true => None,
        false => Some(session.lock(root)?),
    };
    let folder = Folder::load(root)?;
    // Windows and macOS take names that differ in capitals alone for one: one file would go.
    let taken = folder.referrals.iter().find(|file| {
        let reference = &file.record.reference;
        reference.eq_ignore_ascii_case(&args.reference)
    });
    if let Some(file) = taken {
        return Err(Trouble::usage(format!(
            "{} is there already: {}; nothing was written",
            file.record.reference, file.path
        ))
        .into());
    }
    let year = year_of(&args.reference)
        .unwrap_or_else(|| Day::of(session.as_of().date()).date().year().to_string());
    let place = format!("referrals/{year}/{}.yaml", args.reference);
    if let Some(lock) = &lock {
        write(root, &[Planned::new(place.clone(), text)], lock)?;
    }
    session.print(&format!("{place}\n"))?;
    Ok(Next::Done(Exit::Clean))
}

/// The year that a reference names, as in R-2026-0142.
fn year_of(reference: &str) -> Option<String> {
    reference
        .split('-')
        .find(|part| part.len() == 4 && part.starts_with("20") && part.parse::<u16>().is_ok())
        .filter(|_| reference.split('-').count() > 2)
        .map(str::to_owned)
}
