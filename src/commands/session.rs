//! What every command starts from: the folder, the council, the moment, and where to print.

use super::progress::Progress;
use crate::calendar::london_now;
use crate::council::{Council, CouncilError, Loaded, load_council_with, load_whole};
use crate::desk::{Desk, Scope, folders_of_nothing};
use crate::folder::{File, Folder, FolderError, Lock, READING, find_root};
use crate::output::{self, Colour};
use crate::records::{Day, Moment, Referral};
use anyhow::{Context, Result};
use chrono::NaiveDateTime;
use std::cell::RefCell;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

/// What the program answers to whoever started it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Nothing at error level.
    Clean,
    /// Findings at error level, or refused by a rule.
    Refused,
    /// Wrong usage, unreadable input, failed write.
    Usage,
    /// Nothing was looked at.
    Nothing,
}

impl Exit {
    /// The number.
    pub(crate) const fn status(self) -> u8 {
        match self {
            Self::Clean => 0,
            Self::Refused => 1,
            Self::Usage => 2,
            Self::Nothing => 3,
        }
    }
}

/// Why a command did not do what was asked, and what to do about it.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub(crate) struct Trouble {
    /// What the program answers.
    pub(crate) exit: Exit,
    message: String,
    /// What it consists of, told a line each.
    pub(crate) listed: Vec<String>,
    /// What to do.
    pub(crate) hint: Option<String>,
}

impl Trouble {
    /// The command was not understood, or names what is not there.
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self {
            exit: Exit::Usage,
            message: message.into(),
            listed: Vec::new(),
            hint: None,
        }
    }

    /// A rule stands against it.
    pub(crate) fn refused(message: impl Into<String>) -> Self {
        Self {
            exit: Exit::Refused,
            ..Self::usage(message)
        }
    }

    /// Adds what it consists of.
    pub(crate) fn listing(mut self, listed: Vec<String>) -> Self {
        self.listed = listed;
        self
    }

    /// Adds what to do.
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

/// Options that every command takes.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Globals {
    /// The case folder [default: the nearest folder upwards that has a panel.toml]
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        help_heading = "Global options"
    )]
    pub(crate) folder: Option<PathBuf>,
    /// A built-in council or a rule file [default: what panel.toml says]
    #[arg(
        long,
        global = true,
        value_name = "ID|FILE",
        help_heading = "Global options"
    )]
    pub(crate) council: Option<String>,
    /// Answer as of this moment, like 2026-11-25T09:00 [default: now in London]
    #[arg(
        long,
        global = true,
        value_name = "DATETIME",
        env = "PANEL_AS_OF",
        hide_env_values = true,
        value_parser = moment,
        help_heading = "Global options"
    )]
    pub(crate) as_of: Option<Moment>,
    /// Colour on the terminal; never changes a result
    #[arg(
        long,
        global = true,
        value_enum,
        default_value_t,
        value_name = "WHEN",
        help_heading = "Global options"
    )]
    pub(crate) color: Colour,
    /// Print results only, no remarks
    #[arg(short, long, global = true, help_heading = "Global options")]
    pub(crate) quiet: bool,
}

/// Reads a moment from the command line.
pub(super) fn moment(text: &str) -> Result<Moment, String> {
    text.parse::<Moment>()
        .map_err(|unreadable| format!("{}; {}", unreadable.fault, unreadable.remedy))
}

/// Reads a day from the command line.
pub(super) fn day(text: &str) -> Result<Day, String> {
    text.parse::<Day>()
        .map_err(|unreadable| format!("{}; {}", unreadable.fault, unreadable.remedy))
}

/// One run of the program.
pub(crate) struct Session<'a> {
    /// The global options.
    pub(crate) globals: &'a Globals,
    /// Where results go.
    pub(crate) out: &'a mut dyn Write,
    talk: &'a mut dyn Write,
    /// How results are to look, decided once.
    pub(crate) look: output::Look,
    /// The command line itself, for completions and the manual.
    pub(crate) parser: fn() -> clap::Command,
    /// The name by which the machine knows the user, and the command; who holds a lock says them.
    pub(crate) runner: Runner,
    /// Said while a folder is read and judged; ended by the first word of an answer.
    progress: RefCell<Option<Progress>>,
}

/// Who runs the program, and as which command.
#[derive(Debug, Clone, Default)]
pub(crate) struct Runner {
    /// The name by which the machine knows the user; empty where it does not say.
    pub(crate) user: String,
    /// The command, like `panel decide`.
    pub(crate) command: String,
}

impl<'a> Session<'a> {
    /// A run with its options and its two streams.
    pub(crate) fn new(
        globals: &'a Globals,
        out: &'a mut dyn Write,
        talk: &'a mut dyn Write,
        look: output::Look,
        parser: fn() -> clap::Command,
    ) -> Self {
        Self {
            globals,
            out,
            talk,
            look,
            parser,
            runner: Runner::default(),
            progress: RefCell::new(None),
        }
    }

    /// Ends what is said to whoever waits.
    pub(crate) fn end_progress(&self) {
        drop(self.progress.borrow_mut().take());
    }

    /// Prints a result.
    pub(super) fn print(&mut self, text: &str) -> Result<()> {
        self.end_progress();
        self.out.write_all(text.as_bytes())?;
        Ok(())
    }

    /// Writes a result that is too large to be put together first.
    pub(super) fn write(
        &mut self,
        result: impl FnOnce(&mut dyn Write) -> std::io::Result<()>,
    ) -> Result<()> {
        self.end_progress();
        Ok(result(self.out)?)
    }

    /// Says something on the side, on one line: a line break in a name must not begin another.
    pub(super) fn tell(&mut self, text: &str) {
        self.tell_listing(text, &[]);
    }

    /// The same, with what it consists of a line each.
    pub(super) fn tell_listing(&mut self, text: &str, listed: &[String]) {
        self.end_progress();
        if !self.globals.quiet {
            // What was printed before it is read before it. That it cannot be printed is told at the end.
            let _ = self.out.flush();
            // A remark that cannot be made must not stop a result.
            let _ = writeln!(self.talk, "{}", output::visible(text));
            for line in listed {
                let _ = writeln!(self.talk, "  {}", output::visible(line));
            }
        }
    }

    /// Says which records could not be read: what is printed cannot speak of them.
    pub(super) fn tell_unreadable(&mut self, world: &World) {
        self.tell_cut_off(world);
        self.tell_idle_templates(world);
        for path in world.folder.unreadable() {
            self.tell(&format!(
                "warning: {path} cannot be read, so what it says is missing here; `panel check` tells why"
            ));
        }
        for (path, decisions) in folders_of_nothing(&world.folder, &world.council) {
            self.tell(&format!(
                "warning: meetings/{path} is named for no meeting of the panel's, so {} there {} missing here; `panel check` tells why",
                output::count(decisions, "decision"),
                if decisions == 1 { "is" } else { "are" }
            ));
        }
        for path in world.folder.decisions_on_nothing() {
            self.tell(&format!(
                "warning: {path} decides on a referral that is not in the folder, so it is missing here; `panel verify` tells what to do"
            ));
        }
    }

    /// Says what lies among the templates and makes no document: whoever put it there believes that
    /// their own words go out.
    pub(super) fn tell_idle_templates(&mut self, world: &World) {
        for (name, near) in crate::documents::idle_templates(&world.folder) {
            let hint = near.map_or_else(
                || "`panel init` and the book name those that are".to_owned(),
                |near| format!("did you mean {near}?"),
            );
            self.tell(&format!(
                "warning: templates/{name} is used for no document: {hint}"
            ));
        }
    }

    /// The moment that is judged by, London wall-clock time.
    pub(super) fn as_of(&self) -> NaiveDateTime {
        self.globals.as_of.map_or_else(london_now, Moment::latest)
    }

    /// The case folder's place: the one named, else the nearest upwards from `start`.
    pub(super) fn root(&self, start: &Path) -> Result<PathBuf> {
        match &self.globals.folder {
            Some(folder) if folder.join("panel.toml").is_file() => Ok(folder.clone()),
            Some(folder) => Err(Trouble::usage(format!(
                "{} is not a case folder: it has no panel.toml",
                folder.display()
            ))
            .hint("make one with `panel init DIR --council ID`")
            .into()),
            None => find_root(start).ok_or_else(|| {
                let start = std::path::absolute(start).unwrap_or_else(|_| start.to_owned());
                FolderError::NotFound(start).into()
            }),
        }
    }

    /// The case folder that the program was started in or was told of, with its council.
    pub(super) fn world(&self) -> Result<World> {
        let root = self.root(Path::new("."))?;
        self.world_in(&root)
    }

    /// A case folder with its council.
    pub(super) fn world_in(&self, root: &Path) -> Result<World> {
        self.begin_progress();
        self.world_of(Folder::load(root)?, Scope::Folder)
    }

    /// A case folder with its council, for judging it: see [`Folder::load_without_text`].
    pub(super) fn world_to_judge(&self, root: &Path) -> Result<World> {
        self.begin_progress();
        self.world_of(Folder::load_without_text(root)?, Scope::Folder)
    }

    /// Tells whoever waits at a terminal how far it is.
    fn begin_progress(&self) {
        if !self.globals.quiet && std::io::stderr().is_terminal() {
            let mut progress = self.progress.borrow_mut();
            progress.get_or_insert_with(|| Progress::begin(&READING));
        }
    }

    /// Some referrals of a case folder, by their paths from it, with what each stands on. The
    /// whole folder is read all the same where the council asks what else the child was given.
    pub(super) fn world_around(&self, root: &Path, referrals: &[String]) -> Result<World> {
        let world = self.world_of(Folder::around(root, referrals)?, Scope::Around)?;
        if world.council.asks_of_other_requests() {
            return self.world_in(root);
        }
        Ok(world)
    }

    /// A case folder that has been read, with its council.
    fn world_of(&self, folder: Folder, scope: Scope) -> Result<World> {
        let root = folder.root.as_path();
        let turned_on = &folder.settings.turn_on;
        let mut council = match (&self.globals.council, &folder.settings.council) {
            (Some(named), _) => council_named(named, turned_on),
            (None, Some(written)) => {
                load_council_with(written, root, turned_on).map_err(anyhow::Error::from)
            }
            (None, None) => {
                return Err(Trouble::usage("panel.toml names no council")
                    .hint("add a line like council = \"ID\"; `panel councils` lists the built-in ones")
                    .into());
            }
        }
        .map_err(|error| at_its_place(error, &folder))?;
        let extra: Vec<_> = folder
            .settings
            .bank_holidays
            .iter()
            .map(|(day, name)| (*day, name.clone()))
            .collect();
        council.add_holidays(&extra);
        Ok(World {
            folder,
            council,
            as_of: self.as_of(),
            scope,
            lock: None,
        })
    }

    /// Lone referrals, judged for what they say themselves.
    pub(super) fn alone(
        &self,
        referrals: Vec<File<Referral>>,
        root: Option<&Path>,
    ) -> Result<World> {
        let mut world = match (&self.globals.council, root) {
            (_, Some(root)) => self.world_in(root)?,
            (Some(named), None) => World {
                folder: Folder::default(),
                council: council_named(named, &[])?,
                as_of: self.as_of(),
                scope: Scope::Alone,
                lock: None,
            },
            (None, None) => {
                return Err(
                    Trouble::usage("which council's rules? there is no case folder here")
                        .hint("name one with --council ID; `panel councils` lists them")
                        .into(),
                );
            }
        };
        world.scope = Scope::Alone;
        world.folder = Folder {
            referrals,
            ..Folder::default()
        };
        Ok(world)
    }

    /// The council alone: the one named, else that of the case folder; none where there is neither.
    pub(super) fn council(&self) -> Result<Option<Council>> {
        if let Some(named) = &self.globals.council {
            return council_named(named, &[]).map(Some);
        }
        let has_folder = self.globals.folder.is_some() || find_root(Path::new(".")).is_some();
        if has_folder {
            return self.world().map(|world| Some(world.council));
        }
        Ok(None)
    }
}

/// Says where in panel.toml an entry is turned on that no rule file has.
fn at_its_place(error: anyhow::Error, folder: &Folder) -> anyhow::Error {
    let Some(CouncilError::NothingToTurnOn { written, near }) = error.downcast_ref() else {
        return error;
    };
    let settings = &folder.settings;
    let place = settings
        .turn_on
        .iter()
        .position(|id| id == written)
        .and_then(|index| settings.turn_on_at.get(index))
        .map(|span| format!("panel.toml:{}:{}: ", span.line, span.column))
        .unwrap_or_default();
    let hint = near.as_ref().map_or_else(
        || "`panel rules` lists the entries of this council's rules".to_owned(),
        |near| format!("did you mean `{near}`?"),
    );
    Trouble::usage(format!("{place}{error}")).hint(hint).into()
}

/// A council by an id, or by a path that counts from where the program was started.
pub(super) fn council_named(named: &str, turned_on: &[String]) -> Result<Council> {
    let (written, root) = rule_file_at(named);
    Ok(load_council_with(&written, root, turned_on)?)
}

/// A rule file with the tree that it was read from; also one that only others build on.
pub(super) fn rule_file(named: &str) -> Result<Loaded, CouncilError> {
    let (written, root) = rule_file_at(named);
    load_whole(&written, root)
}

/// Results name no absolute path: a file named by one is known by its own name alone.
fn rule_file_at(named: &str) -> (String, &Path) {
    let path = Path::new(named);
    match (path.is_absolute(), path.parent(), path.file_name()) {
        (true, Some(parent), Some(name)) => (format!("./{}", name.to_string_lossy()), parent),
        _ => (named.to_owned(), Path::new("")),
    }
}

/// A folder, its council and the moment: what a desk is made of.
#[derive(Debug)]
pub(crate) struct World {
    /// The records.
    pub(crate) folder: Folder,
    /// The rules.
    pub(crate) council: Council,
    /// The moment.
    pub(crate) as_of: NaiveDateTime,
    /// Whether there is a folder at all.
    pub(crate) scope: Scope,
    /// The folder's lock, where something is to be written of what was read.
    pub(super) lock: Option<Lock>,
}

impl World {
    /// The desk.
    pub(crate) fn desk(&self) -> Desk<'_> {
        Desk::new(&self.folder, &self.council, self.as_of, self.scope)
    }
}

/// Reads what comes in on standard input.
pub(super) fn read_standard_input() -> Result<Vec<u8>> {
    use std::io::Read;
    // As large as a record may be, and one byte to see that it is not larger.
    const LARGEST: u64 = 5_000_000;
    let mut bytes = Vec::new();
    std::io::stdin()
        .lock()
        .take(LARGEST + 1)
        .read_to_end(&mut bytes)
        .context("standard input could not be read")?;
    if bytes.len() as u64 > LARGEST {
        return Err(Trouble::usage("standard input is larger than 5 MB; no form is").into());
    }
    Ok(bytes)
}
