//! `panel show`: one child's whole history across meetings, and every file about a child.

use super::others::tell_taken_out;
use super::paper::deliver_text;
use super::session::{Exit, Session, Trouble, World};
use crate::desk::{Case, Desk, is_one_child};
use crate::documents::{self, Options};
use crate::folder::nearest_reference;
use crate::output;
use crate::records::same_name;
use anyhow::Result;
use std::path::PathBuf;

/// Print one child's whole history
///
/// Every request of the child and every meeting they went to: what was asked, decided and why,
/// what became true afterwards, what is open and due, the money and the placements. Nothing later
/// than the moment shows, and no other child. Notes on practice are on no child's history.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  panel show R-2026-0142
  panel show 0104233                  every request under this number of the case system
  panel show 0104233 --as-of 2026-11-26
  panel show --files 0104233          every file in the folder that names the child, and why")]
pub(crate) struct Args {
    /// Reference of a referral, or the child's number on the case system
    #[arg(value_name = "REFERENCE|CASE_ID")]
    about: String,
    /// List every file in the folder that names the child, with why, whatever the moment
    #[arg(long)]
    files: bool,
    /// Form of the document
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
    /// Put it into this file instead of printing it
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Names of children and families as initials
    #[arg(long)]
    initials: bool,
}

/// The form of the document.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// To be read; with --files a line each.
    #[default]
    Markdown,
    /// Exactly what the template is given.
    Json,
}

pub(super) fn run(args: &Args, session: &mut Session<'_>) -> Result<Exit> {
    let world = session.world()?;
    session.tell_unreadable(&world);
    let desk = world.desk();
    let cases = about(&desk, &args.about)?;
    let text = if args.files {
        files(args, &desk, &cases, &world, session)?
    } else {
        let options = Options {
            initials: args.initials,
        };
        let document = documents::show(&desk, &cases, options);
        tell_taken_out(&document, session);
        match args.format {
            Format::Markdown => output::visible_lines(&document.text()?),
            Format::Json => output::json::document(&document.view)?,
        }
    };
    deliver_text(&text, args.output.as_deref(), session)
}

/// The files that name the child, in the form that was asked for.
fn files(
    args: &Args,
    desk: &Desk<'_>,
    cases: &[&Case<'_>],
    world: &World,
    session: &mut Session<'_>,
) -> Result<String> {
    let tree = world.folder.every_file()?;
    let found = documents::files_about(desk, cases, &tree);
    if let Some((first, others)) = found.no_text.split_first() {
        const NAMED: usize = 9;
        let (verb, judged) = match others.len() {
            0 => ("is", "was"),
            _ => ("are", "were"),
        };
        let mut names: Vec<&str> = vec![first];
        names.extend(others.iter().take(NAMED).map(String::as_str));
        let more = match others.len().saturating_sub(NAMED) {
            0 => String::new(),
            more => format!(" and {more} more, which `--format json` names"),
        };
        session.tell(&format!(
            "note: {} {verb} no text and {judged} judged by the name alone; look into them yourself: {}{more}",
            output::count(found.unread, "other file"),
            names.join(", ")
        ));
    }
    Ok(match args.format {
        Format::Json => output::json::document(&serde_json::to_value(&found)?)?,
        Format::Markdown => {
            let line = |row: &documents::FileAbout| {
                format!(
                    "{}: {}\n",
                    output::visible(&row.file),
                    output::visible(&row.why.join("; "))
                )
            };
            found.files.iter().map(line).collect()
        }
    })
}

/// The referrals of the one child that is meant.
fn about<'d, 'a>(desk: &'d Desk<'a>, written: &str) -> Result<Vec<&'d Case<'a>>> {
    let written = written.trim();
    let numbered = desk.with_case_id(written);
    if let Some(case) = desk.case(written) {
        if let Some(other) = numbered.iter().find(|other| !is_one_child(case, other)) {
            return Err(Trouble::refused(format!(
                "{written} is the reference of one request and the number of another child, that of {}",
                other.reference()
            ))
            .hint(format!(
                "for that child name {}; the other request needs a reference that is nobody's number",
                other.reference()
            ))
            .into());
        }
        return Ok(desk.of_one_child(case));
    }
    if let Some(first) = numbered.first() {
        if let Some(other) = numbered.iter().find(|other| !is_one_child(first, other)) {
            return Err(Trouble::refused(format!(
                "{} and {} both say {written}, with different names and birthdays: they cannot be one child",
                first.reference(),
                other.reference()
            ))
            .hint("put the number right in the one that is wrong, or name a reference")
            .into());
        }
        // The one sent last is known at the moment, if any is.
        let known = numbered
            .iter()
            .max_by_key(|case| (case.sent_at(), case.reference()));
        return Ok(desk.of_one_child(known.unwrap_or(first)));
    }
    Err(unknown(desk, written).into())
}

/// Neither a reference nor a number of the case system: what may have been meant.
fn unknown(desk: &Desk<'_>, written: &str) -> Trouble {
    let trouble = Trouble::usage(format!(
        "there is no referral {written} in this folder, and no child of that number"
    ));
    let bare = |number: &str| number.trim_start_matches('0').to_owned();
    if let Some(number) = desk.case_ids().find(|number| bare(number) == bare(written)) {
        return trouble.hint(format!("did you mean {number}? Leading zeros count"));
    }
    let named = desk.cases().iter().find(|case| {
        let name = case.referral().child.name.as_deref();
        name.is_some_and(|name| same_name(name, written))
    });
    if let Some(case) = named {
        let child = &case.referral().child;
        let number = child.number().unwrap_or(case.reference());
        return trouble.hint(format!(
            "a name can be another child's as well: ask for {number}"
        ));
    }
    match nearest_reference(written, desk.references())
        .or_else(|| nearest_reference(written, desk.case_ids()))
    {
        Some(near) => trouble.hint(format!("did you mean {near}?")),
        None => trouble.hint("`panel check --format json` lists every reference of the folder"),
    }
}
