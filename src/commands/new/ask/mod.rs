//! `panel new --ask`: the form, question by question.
//!
//! What is asked comes from the same parts as the form that is filled in by hand, their conditions
//! judged by what has been answered; what an answer is worth comes from the same rules as
//! `panel check`. The draft is saved whole after each answer.

mod answers;
mod asker;
mod draft;
mod guide;
mod paths;
mod questions;

use super::super::session::{Session, Trouble, World};
use super::{Args, form, year_of};
use crate::desk::Standing;
use crate::folder::{File, Written, said};
use crate::records::{Day, Referral};
use anyhow::Result;
use asker::{Asker, Lines, Reply, Shown, Terminal};
use chrono::Datelike;
use draft::{Draft, Edit};
use guide::{Ended, Guide};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

/// Asks for what is open of a referral, begun or new, and returns where it stands.
pub(super) fn run(
    args: &Args,
    kind: Option<&str>,
    session: &mut Session<'_>,
) -> Result<Option<PathBuf>> {
    let root = session.root(Path::new(".")).map_err(|error| {
        if session.globals.folder.is_some() {
            return error;
        }
        Trouble::usage("--ask saves each answer in a case folder, and there is none here")
            .hint("go into one, name one with --folder DIR, or make one with `panel init DIR --council ID`")
            .into()
    })?;
    // Held for a moment only: it brings to an end what an earlier program has left, and tells.
    drop(session.lock(&root)?);
    let holder = session.holder();
    let world = session.world_in(&root)?;
    let begun = world
        .folder
        .referrals
        .iter()
        .find(|file| file.record.reference == args.reference);
    let draft = match begun {
        Some(file) => {
            may_be_asked(file, &world)?;
            let bytes = file.bytes().to_vec();
            Draft {
                root: root.clone(),
                place: file.path.clone(),
                kept: Some(bytes.clone()),
                bytes,
                holder,
            }
        }
        None => {
            let today = Day::of(session.as_of().date());
            let council = world.council.at(args.panel.as_deref(), today);
            let year = year_of(&args.reference).unwrap_or_else(|| today.date().year().to_string());
            let text = form::text(council, &args.reference, args.panel.as_deref(), kind);
            Draft {
                root: root.clone(),
                place: format!("referrals/{year}/{}.yaml", args.reference),
                kept: None,
                bytes: text.into_bytes(),
                holder,
            }
        }
    };
    let place = root.join(&draft.place);
    let is_terminal = std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
    let mut asker: Box<dyn Asker> = if is_terminal {
        Box::new(Terminal::new()?)
    } else {
        Box::new(Lines::new(std::io::stdin().lock(), session.globals.quiet))
    };
    let mut guide = Guide::new(world, draft, args.reference.clone())?;
    session.end_progress();
    guide.greet(asker.as_mut());
    let ended = guide.go(asker.as_mut())?;
    if guide.draft.kept.is_none() {
        session.tell("nothing was answered, and nothing was written");
        return Ok(None);
    }
    session.print(&format!("{}\n", guide.draft.place))?;
    if ended == Ended::Stopped {
        session.tell(&format!(
            "what was answered is kept; go on with `panel new --ask {}`",
            args.reference
        ));
        return Ok(None);
    }
    send(&mut guide, asker.as_mut(), session)?;
    Ok(Some(place))
}

/// Only a draft is filled in: what was sent is the panel's, and what cannot be read is mended first.
fn may_be_asked(file: &File<Referral>, world: &World) -> Result<()> {
    let trouble = |message: String, hint: &str| Err(Trouble::usage(message).hint(hint).into());
    if said(&file.bytes()).is_none() {
        return trouble(
            format!("{} cannot be read as it stands", file.path),
            "`panel check` tells where and why; once that is put right, --ask goes on",
        );
    }
    if file.record.withdrawn.is_some() {
        return trouble(
            format!("{} has been withdrawn; nothing is asked", file.path),
            "a new request has a reference of its own",
        );
    }
    let reference = &file.record.reference;
    let desk = world.desk();
    match desk.case(reference).map(|case| case.standing) {
        Some(Standing::Decided | Standing::InPrinciple) => {
            return trouble(
                format!("{reference} has been decided on; its form is not changed any more"),
                &format!(
                    "to bring it back, begin a new request, `panel new --ask NEW-REFERENCE`, and write `review_of: {reference}` under `request` there"
                ),
            );
        }
        Some(Standing::Deferred | Standing::Pending) => {
            return trouble(
                format!("the panel has heard {reference}; only a draft is filled in"),
                "change the file by hand; where it was put off, write the moment at which it is sent again as `resubmitted`",
            );
        }
        _ => {}
    }
    if file.record.submitted.is_some() {
        return trouble(
            format!("{} has been sent; only a draft is filled in", file.path),
            "take `submitted` out to make it a draft again, or change the file by hand",
        );
    }
    Ok(())
}

/// Says what to do next, and where nothing stands against it offers to send it.
fn send(guide: &mut Guide, asker: &mut dyn Asker, session: &mut Session<'_>) -> Result<()> {
    let about = &guide.world.council.about;
    let to = about
        .send_to
        .as_ref()
        .map(|to| format!("; then send it to {to}"))
        .unwrap_or_default();
    let errors = guide.errors();
    if errors > 0 {
        session.tell(&format!(
            "the panel would send it back: {} below. Go on with `panel new --ask {}`, or write in the file",
            crate::output::count(errors, "error"),
            guide.reference
        ));
        return Ok(());
    }
    let now = guide.world.as_of.format("%Y-%m-%dT%H:%M").to_string();
    let text = format!(
        "\nNothing stands against it. Write `submitted: {now}` into it, so that it counts as sent? (yes or no)"
    );
    let shown = Shown {
        text: &text,
        now: None,
        has_lines: false,
    };
    let is_yes = |reply: &Reply| match reply {
        Reply::Text(text) => answers::yes_or_no(text) == Some(true),
        _ => false,
    };
    if is_yes(&asker.ask(&shown)?) {
        let edit = Edit::Set(vec!["submitted".to_owned()], Written::word(&now));
        guide.draft.bytes = edit.on(&guide.draft.bytes)?;
        guide.draft.save()?;
        session.tell(&format!("it counts as sent on {now}{to}"));
    } else {
        session.tell(&format!(
            "it stays a draft: when it is ready add `submitted: {now}`, the moment it is sent{to}"
        ));
    }
    Ok(())
}
