//! `panel init`: a new case folder.

use super::editing::{SETTINGS, schemas};
use super::session::{Exit, Session, Trouble};
use crate::council::{Council, load_council};
use crate::folder::{Planned, read_file, write};
use crate::output::visible;
use anyhow::Result;
use std::path::{Path, PathBuf};

/// Make a case folder
///
/// A plain folder that the office keeps its panel in, with the schemas by which editors know its
/// keys and the council's words, and with what checks it in git, on GitHub and on GitLab once that
/// is switched on. Nothing that is there already is changed.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  panel init our-panel --council ID             with a built-in council; `panel councils` lists them
  panel init our-panel --council ./ours.toml    with a rule file that you put into the folder")]
pub(crate) struct Args {
    /// Where to make it
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Print the paths only, write nothing
    #[arg(long)]
    dry_run: bool,
}

const README: &str = "\
# {panel}

The case folder of {panel}, {name}. It is a plain folder: what stands in its files is all there
is, and any editor can open them. It holds personal data about children and families; keep it
where the council's rules allow, and give access to those who need it.

| where | what | who writes it |
| --- | --- | --- |
| `referrals/` | one file a request, like `referrals/2026/R-2026-0142.yaml` | social workers |
| `meetings/DATE/meeting.yaml` | who came, what was sent when | the panel's administrator |
| `meetings/DATE/decisions/` | one file a decision; never changed afterwards | `panel decide` |
| `meetings/DATE/after/` | what became true after a decision | the panel's administrator |
| `records/` | each child's own record of a decision | `panel record --write` |
| `panel.toml` | whose rules are followed | the panel's administrator |
| `PRIVACY.md` | who may see what, how long it is kept, how a child's files are removed | |
| `.vscode/`, `.taplo.toml` | what keys and words there are, for editors | `panel schema --write` |

{folders}
Day by day:

    panel new R-2026-0142                  begin a referral
    panel check                            what is missing, and which meeting each referral makes
    panel agenda --date DATE --write       the agenda
    panel minutes --date DATE --write      the minutes
    panel diary                            what is owed and when
    panel rules                            the rules, each with its clause

## Shared through git

What is here for it does nothing until it is switched on; what is not wanted can be removed.

| file | what it does | switched on by |
| --- | --- | --- |
| `.githooks/pre-commit` | checks what has changed before each commit | `git config core.hooksPath .githooks`, in each clone |
| `.pre-commit-config.yaml` | the same for the program pre-commit | `pre-commit install`, in each clone |
| `.github/workflows/panel.yml` | checks on GitHub | two variables, named in the file |
| `.gitlab-ci.yml` | checks on GitLab | two variables, named in the file |
";

const IGNORE: &str = include_str!("samples/gitignore");
const ATTRIBUTES: &str = include_str!("samples/gitattributes");
/// The page of the book: what is to be done about a folder is read where the folder is.
const PRIVACY: &str = include_str!("../../../docs/src/privacy.md");

const HOOK: &str = include_str!("samples/pre-commit");
const PRE_COMMIT: &str = include_str!("samples/pre-commit-config.yaml");
const GITHUB: &str = include_str!("samples/github.yml");
const GITLAB: &str = include_str!("samples/gitlab-ci.yml");

/// How the meetings' folders are named, where the council has several panels.
fn folders(council: &Council) -> String {
    if council.panels.is_empty() {
        return String::new();
    }
    let mut text =
        "The council's panels and parts, as referrals name them under `for`, and the folders of their\nmeetings; commands with `--date` take `--panel ID` where two meet on a day:\n\n| panel | id | folder |\n| --- | --- | --- |\n"
            .to_owned();
    for panel in &council.panels {
        let folder = match (council.first_panel(), &panel.part_of) {
            (Some(first), _) if first == panel.id => "`meetings/DATE/`".to_owned(),
            (_, Some(of)) => format!("that of `{of}`"),
            _ => format!("`meetings/DATE-{}/`", panel.id),
        };
        text.push_str(&format!(
            "| {} | `{}` | {folder} |\n",
            panel.label, panel.id
        ));
    }
    text + "\n"
}

pub(super) fn run(args: &Args, session: &mut Session<'_>) -> Result<Exit> {
    let Some(written) = &session.globals.council else {
        return Err(Trouble::usage("whose rules will this folder follow?")
            .hint("add --council ID; `panel councils` lists the built-in ones")
            .into());
    };
    // A path in panel.toml counts from the folder, so that is where the rule file has to be.
    let council = load_council(written, &args.folder)?;
    let fill = |text: &str| {
        text.replace("{panel}", &council.about.panel)
            .replace("{name}", &council.about.name)
            .replace("{folders}\n", &folders(&council))
    };
    let settings = format!(
        "# Whose rules this folder follows: a built-in council, or a rule file like \"./ours.toml\".\ncouncil = {}\n\n# Entries turned on that the rules leave off, like the law's time limits:\n# turn_on = [\"first-looked-after-review\"]\n\n# Files below referrals/ and meetings/ that are no records:\n# exclude = [\"referrals/training/**\"]\n\n# Bank holidays proclaimed since the built-in list was verified:\n# [bank_holidays]\n# 2026-06-15 = \"Name of the day\"\n",
        serde_json::to_string(written)?
    );
    let mut files = vec![
        ("panel.toml", settings),
        ("README.md", fill(README)),
        (".gitignore", IGNORE.to_owned()),
        (".gitattributes", ATTRIBUTES.to_owned()),
        ("PRIVACY.md", PRIVACY.to_owned()),
        (".githooks/pre-commit", HOOK.to_owned()),
        (".pre-commit-config.yaml", PRE_COMMIT.to_owned()),
        (".github/workflows/panel.yml", GITHUB.to_owned()),
        (".gitlab-ci.yml", GITLAB.to_owned()),
        ("referrals/.gitkeep", String::new()),
        ("meetings/.gitkeep", String::new()),
    ];
    files.extend(SETTINGS.map(|(path, text)| (path, text.to_owned())));
    files.extend(schemas(&council)?);
    let open = missing(&files, &args.folder, false)?;
    if !args.dry_run && !open.is_empty() {
        let lock = session.lock_in_new(&args.folder)?;
        // Taking the lock may have brought to its end what an earlier `init` had begun.
        let has_finished = !lock.found.finished.is_empty();
        let planned: Vec<Planned> = missing(&files, &args.folder, has_finished)?
            .into_iter()
            .map(|(path, text)| Planned {
                is_program: *path == ".githooks/pre-commit",
                ..Planned::new(*path, text.as_str())
            })
            .collect();
        write(&args.folder, &planned, &lock)?;
    }
    for (path, _) in &files {
        let place: PathBuf = Path::new(&args.folder).join(path);
        session.print(&format!("{}\n", visible(&place.display().to_string())))?;
    }
    Ok(Exit::Clean)
}

/// A file of a new folder: its path from there, and its text.
type Sample = (&'static str, String);

/// What is still to be written, the settings last, so that a folder is none before it is whole.
/// What an `init` that was cut off has written stands there as it would be written now. Once the
/// settings stand, the folder is somebody's.
fn missing<'f>(
    files: &'f [Sample],
    folder: &Path,
    is_just_finished: bool,
) -> Result<Vec<&'f Sample>, Trouble> {
    let (standing, mut missing): (Vec<&Sample>, Vec<&Sample>) = files
        .iter()
        .partition(|(path, _)| folder.join(path).symlink_metadata().is_ok());
    let is_settings = |file: &&Sample| file.0 == "panel.toml";
    let is_somebodys = !is_just_finished && standing.iter().any(is_settings);
    let taken: Vec<&str> = standing
        .into_iter()
        .filter(|(path, text)| {
            let is_same = read_file(&folder.join(path)).is_ok_and(|bytes| bytes == text.as_bytes());
            is_somebodys || !is_same
        })
        .map(|(path, _)| *path)
        .collect();
    if !taken.is_empty() {
        return Err(Trouble::usage(format!(
            "{} is there already in {}; nothing was written",
            taken.join(", "),
            folder.display()
        ))
        .hint("name a new folder"));
    }
    missing.sort_by_key(is_settings);
    Ok(missing)
}
