//! Where a document goes: printed, put at its place in the folder, or into a file.

use super::session::{Exit, Session, Trouble, World};
use crate::documents::{Document, Options};
use crate::folder::{
    Before, Planned, read_file, stays_inside, without_seal, write, write_elsewhere,
};
use crate::output;
use anyhow::{Context, Result};
use std::path::{Path, PathBuf};

/// The form of a document.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Format {
    /// To be read.
    #[default]
    Markdown,
    /// Exactly what the template is given.
    Json,
}

/// What every document takes.
#[derive(Debug, clap::Args)]
pub(super) struct Paper {
    #[command(flatten)]
    pub(super) destination: Destination,
    /// Form of the document
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
}

/// Where it goes, and how names stand in it.
#[derive(Debug, clap::Args)]
pub(super) struct Destination {
    /// Put it at its place in the case folder, and print the path
    #[arg(long, conflicts_with = "output")]
    pub(super) write: bool,
    /// With --write: print the path only, write nothing
    #[arg(long)]
    pub(super) dry_run: bool,
    /// Put it into this file instead of printing it
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// Names of children and families as initials
    #[arg(long)]
    pub(super) initials: bool,
}

impl Destination {
    /// The case folder with its council, locked where the document is to be kept in it.
    pub(super) fn world(&self, session: &mut Session<'_>) -> Result<World> {
        if self.write {
            self.bears_names()?;
        }
        match self.write && !self.dry_run {
            true => session.locked_world(),
            false => session.world(),
        }
    }

    /// Refuses initials in what the case folder keeps: a child's own record without the name is
    /// nobody's.
    pub(super) fn bears_names(&self) -> Result<(), Trouble> {
        if !self.initials {
            return Ok(());
        }
        Err(Trouble::usage(
            "--initials is for papers that are handed out; what the case folder keeps bears the names; nothing was written",
        )
        .hint("print it, or use -o FILE"))
    }

    /// How the document is to be made.
    pub(super) fn options(&self) -> Options {
        Options {
            initials: self.initials,
        }
    }
}

impl Paper {
    /// The case folder that it is made of.
    pub(super) fn world(&self, session: &mut Session<'_>) -> Result<World> {
        self.destination.world(session)
    }

    /// How the document is to be made.
    pub(super) fn options(&self) -> Options {
        self.destination.options()
    }

    /// Brings a document to where it was asked for. `sealed` says that a final record vouches for it.
    pub(super) fn deliver(
        &self,
        document: &Document,
        sealed: bool,
        world: &World,
        session: &mut Session<'_>,
    ) -> Result<Exit> {
        let text = match self.format {
            Format::Markdown => output::visible_lines(&document.text()?),
            Format::Json => output::json::document(&document.view)?,
        };
        if self.destination.write && self.format != Format::Markdown {
            return Err(
                Trouble::usage("--write keeps a document in the folder as Markdown")
                    .hint("use -o FILE for json")
                    .into(),
            );
        }
        self.destination
            .deliver(&text, &document.place, sealed, world, session)
    }
}

impl Destination {
    /// Brings a finished text to where it was asked for.
    pub(super) fn deliver(
        &self,
        text: &str,
        place: &str,
        sealed: bool,
        world: &World,
        session: &mut Session<'_>,
    ) -> Result<Exit> {
        if self.dry_run && !self.write {
            return Err(Trouble::usage(
                "--dry-run tells what would be written, and nothing was to be",
            )
            .hint("add --write")
            .into());
        }
        if self.output.is_some() || !self.write {
            return deliver_text(text, self.output.as_deref(), session);
        }
        // The place is made from what files say; it must not lead out of the folder.
        if !stays_inside(place) {
            return Err(Trouble::usage(format!("`{place}` leads out of the case folder")).into());
        }
        let path = world.folder.root.join(place);
        let standing = read_file(&path).unwrap_or_default();
        let says_so = without_seal(&standing);
        let standing_text = says_so.map_or(&standing[..], |(text, _)| text);
        let is_unchanged = standing_text == text.as_bytes();
        if (sealed || says_so.is_some()) && !is_unchanged {
            return Err(Trouble::refused(format!(
                "{place} belongs to a meeting whose minutes have been sealed; it is not changed"
            ))
            .hint("print it, or use -o FILE")
            .into());
        }
        if !self.dry_run && !is_unchanged {
            let lock = world.lock.as_ref().context("the folder was not locked")?;
            let planned = Planned {
                before: Before::Anything,
                ..Planned::new(place, text)
            };
            write(&world.folder.root, &[planned], lock)
                .with_context(|| format!("{place} was not written"))?;
        }
        session.print(&format!("{}\n", output::visible(place)))?;
        Ok(Exit::Clean)
    }
}

/// Prints a finished text, or puts it into a file.
pub(super) fn deliver_text(
    text: &str,
    output: Option<&Path>,
    session: &mut Session<'_>,
) -> Result<Exit> {
    match output.filter(|file| file.as_os_str() != "-") {
        Some(file) => {
            write_elsewhere(file, text.as_bytes())?;
            session.tell(&format!("written: {}", file.display()));
        }
        None => session.print(text)?,
    }
    Ok(Exit::Clean)
}
