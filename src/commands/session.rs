//! What every command starts from: the folder, the council, the moment, and where to print.

use crate::calendar::london_now;
use crate::council::{Council, CouncilError, Loaded, load_council_with, load_whole};
use crate::desk::{Case, Desk, Made, PanelMeeting, Scope, Standing};
use crate::folder::{File, Folder, FolderError, find_root, nearest};
use crate::output::{self, Colour};
use crate::records::{Day, Moment, Referral};
use anyhow::{Context, Result};
use chrono::NaiveDateTime;
use std::io::Write;
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
    /// What to do.
    pub(crate) hint: Option<String>,
}

impl Trouble {
    /// The command was not understood, or names what is not there.
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self {
            exit: Exit::Usage,
            message: message.into(),
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
    /// Whether results are coloured, decided once.
    pub(crate) is_coloured: bool,
    /// The command line itself, for completions and the manual.
    pub(crate) parser: fn() -> clap::Command,
}

impl<'a> Session<'a> {
    /// A run with its options and its two streams.
    pub(crate) fn new(
        globals: &'a Globals,
        out: &'a mut dyn Write,
        talk: &'a mut dyn Write,
        is_coloured: bool,
        parser: fn() -> clap::Command,
    ) -> Self {
        Self {
            globals,
            out,
            talk,
            is_coloured,
            parser,
        }
    }

    /// Prints a result.
    pub(super) fn print(&mut self, text: &str) -> Result<()> {
        self.out.write_all(text.as_bytes())?;
        Ok(())
    }

    /// Says something on the side.
    pub(super) fn tell(&mut self, text: &str) {
        if !self.globals.quiet {
            // A remark that cannot be made must not stop a result.
            let _ = writeln!(self.talk, "{}", output::visible_lines(text));
        }
    }

    /// Says which records could not be read: what is printed cannot speak of them.
    pub(super) fn tell_unreadable(&mut self, world: &World) {
        for path in world.folder.unreadable() {
            self.tell(&format!(
                "warning: {path} cannot be read, so what it says is missing here; `panel check` tells why"
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
        let folder = Folder::load(root)?;
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
            scope: Scope::Folder,
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
}

impl World {
    /// The desk.
    pub(crate) fn desk(&self) -> Desk<'_> {
        Desk::new(&self.folder, &self.council, self.as_of, self.scope)
    }
}

/// The meeting of a day, and of a panel where several meet that day; another day is refused with
/// the meetings nearest to it.
pub(super) fn meeting_on<'d, 'a>(
    desk: &'d Desk<'a>,
    day: Day,
    panel: Option<&str>,
) -> Result<&'d PanelMeeting<'a>, Trouble> {
    if let Some(meeting) = find_meeting(desk, day, panel)? {
        return Ok(meeting);
    }
    let before = desk.held_by(panel).rev().find(|near| near.on < day);
    let near = [before, desk.first_of(day, panel)];
    let near: Vec<String> = near
        .into_iter()
        .flatten()
        .map(|meeting| format!("{} ({})", meeting.on.with_weekday(), meeting.id))
        .collect();
    let hint = if near.is_empty() {
        "no meeting is known near it".to_owned()
    } else {
        format!("the nearest are {}", near.join(" and "))
    };
    let whose = panel.map(|id| format!(" of {id}")).unwrap_or_default();
    Err(Trouble::refused(format!(
        "{} is not a meeting day{whose}",
        day.with_weekday()
    ))
    .hint(hint))
}

/// The meeting of a day, where there is one. Of several panels' one has to be named.
pub(super) fn find_meeting<'d, 'a>(
    desk: &'d Desk<'a>,
    day: Day,
    panel: Option<&str>,
) -> Result<Option<&'d PanelMeeting<'a>>, Trouble> {
    known_panel(desk, panel)?;
    let found = desk.meetings_of(day, panel);
    if panel.is_none() && found.len() > 1 {
        return Err(several(day, found.iter().map(|meeting| meeting.panel)));
    }
    Ok(found.first().copied())
}

/// A panel that the council has not is wrong usage.
pub(super) fn known_panel(desk: &Desk<'_>, panel: Option<&str>) -> Result<(), Trouble> {
    let Some(written) = panel else { return Ok(()) };
    let ids: Vec<&str> = desk.book.panels.iter().map(|own| own.id.as_str()).collect();
    if ids.contains(&written) {
        return Ok(());
    }
    let trouble = Trouble::usage(format!("there is no panel `{written}`"));
    Err(
        match (nearest(written, ids.iter().copied()), ids.is_empty()) {
            (_, true) => trouble.hint("this council has one panel: leave --panel out"),
            (Some(near), _) => trouble.hint(format!("did you mean `{near}`?")),
            (None, _) => trouble.hint(format!("this council's panels are {}", ids.join(", "))),
        },
    )
}

/// Several panels meet on a day, and which is meant has not been said.
fn several<'p>(day: Day, panels: impl Iterator<Item = Option<&'p str>>) -> Trouble {
    let mut ids: Vec<&str> = panels.flatten().collect();
    ids.dedup();
    Trouble::usage(format!(
        "more than one panel is meant by {}: {}",
        day.with_weekday(),
        ids.join(" and ")
    ))
    .hint(format!(
        "say which, like --panel {}",
        ids.last().copied().unwrap_or_default()
    ))
}

/// The referral of that reference.
pub(super) fn case_of<'d, 'a>(desk: &'d Desk<'a>, reference: &str) -> Result<&'d Case<'a>> {
    desk.case(reference).ok_or_else(|| {
        let trouble = Trouble::usage(format!("there is no referral {reference} in this folder"));
        match nearest(reference, desk.references()) {
            Some(near) => trouble.hint(format!("did you mean {near}?")),
            None => trouble.hint("`panel check` lists the open ones"),
        }
        .into()
    })
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

/// A referral's decision: of the day asked for, else the last; without one the command is refused.
pub(super) fn decision_of<'c, 'a>(
    desk: &Desk<'a>,
    case: &'c Case<'a>,
    day: Option<Day>,
    panel: Option<&str>,
) -> Result<&'c Made<'a>> {
    known_panel(desk, panel)?;
    let reference = case.reference();
    let sits = |made: &Made<'_>| desk.meeting_in(made.meeting).and_then(|own| own.panel);
    let found: Vec<&Made<'a>> = case
        .decisions
        .iter()
        .rev()
        .filter(|made| {
            let meeting = desk.meeting_in(made.meeting);
            let is_on = |day| made.on == day || meeting.is_some_and(|own| own.day == day);
            let is_of = |panel| meeting.is_some_and(|own| desk.is_of(own, Some(panel)));
            day.is_none_or(is_on) && panel.is_none_or(is_of)
        })
        .collect();
    if let (Some(day), None, [_, _, ..]) = (day, panel, &found[..]) {
        let panels = found.iter().rev().map(|made| sits(made));
        return Err(several(day, panels).into());
    }
    let found = found.first().copied();
    if let Some(made) = found {
        let file = &made.file.file;
        return match file.faults.iter().find(|_| file.is_unreadable()) {
            Some(fault) => Err(Trouble::usage(format!(
                "{}:{}:{}: the decision cannot be read: {}",
                file.path, fault.span.line, fault.span.column, fault.message
            ))
            .into()),
            None => Ok(made),
        };
    }
    let days: Vec<String> = case
        .decisions
        .iter()
        .map(|made| made.on.with_weekday())
        .collect();
    let trouble = match (day, days.is_empty()) {
        (Some(day), false) => Trouble::refused(format!(
            "{reference} was not decided on {}",
            day.with_weekday()
        ))
        .hint(format!("it was decided on {}", days.join(" and on "))),
        _ => Trouble::refused(match (case.standing, desk.meeting_for(case)) {
            (Standing::Withdrawn, _) => {
                format!("{reference} was withdrawn; there is no decision on it")
            }
            (Standing::Draft, _) => {
                format!("{reference} is a draft and has no decision; it has not been sent yet")
            }
            (_, Some(meeting)) => format!(
                "{reference} has no decision yet; it goes to the meeting of {}",
                meeting.on.with_weekday()
            ),
            (_, None) => {
                format!("{reference} has no decision yet, and no meeting to come is known for it")
            }
        }),
    };
    Err(trouble.into())
}
