//! Loading a rule file: text to tree to written shape to checked council.

use super::build_on;
use super::built_in::BASES;
use super::check::Checker;
use super::raw::RawCouncil;
use super::tables;
use super::vocabulary::Vocabulary;
use super::{BUILT_IN, Council, Edition};
use crate::findings::Span;
use crate::folder::{self, Fault, FaultKind, Node, nearest};
use crate::records::Day;
use std::path::{Path, PathBuf};

/// A rule file that cannot be used.
#[derive(Debug)]
pub(crate) enum CouncilError {
    /// No built-in council of that id, and no file of that name.
    Unknown {
        /// As written.
        written: String,
        /// The nearest built-in one.
        near: Option<String>,
    },
    /// panel.toml turns on an entry that nothing has.
    NothingToTurnOn {
        /// The id as written.
        written: String,
    },
    /// The file could not be read.
    Disk(folder::FolderError),
    /// The file has faults; all of them.
    Faulty {
        /// The file's name.
        file: String,
        /// Its text, to show the lines.
        text: String,
        /// What is wrong.
        faults: Vec<Fault>,
    },
}

impl std::fmt::Display for CouncilError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unknown { written, .. } => write!(f, "there is no council `{written}`"),
            Self::NothingToTurnOn { written } => write!(
                f,
                "panel.toml turns on `{written}`, and no rule file has an entry of that id"
            ),
            Self::Disk(error) => error.fmt(f),
            Self::Faulty { file, faults, .. } => write!(f, "{file} has {} faults", faults.len()),
        }
    }
}

impl std::error::Error for CouncilError {}

/// Loads a built-in council by its id, or a rule file by a path that holds a `/` or ends in `.toml`.
///
/// `root` is the case folder that a relative path starts from.
pub(crate) fn load_council(written: &str, root: &Path) -> Result<Council, CouncilError> {
    load_council_with(written, root, &[])
}

/// Loads a council with entries turned on that its file, or one that it builds on, leaves off.
pub(crate) fn load_council_with(
    written: &str,
    root: &Path,
    turned_on: &[String],
) -> Result<Council, CouncilError> {
    let (id, file, text) = find_file(written, root)?;
    let folder = file_folder(written, root);
    parse(&id, &file, &text, &folder, turned_on)
}

/// A rule file's id, its name in findings, and its text.
fn find_file(written: &str, root: &Path) -> Result<(String, String, String), CouncilError> {
    let built_in = || BUILT_IN.iter().chain(BASES);
    if let Some((id, text)) = built_in().find(|(id, _)| *id == written) {
        let text = (*text).to_owned();
        return Ok(((*id).to_owned(), format!("councils/{id}.toml"), text));
    }
    let is_path = written.contains(['/', '\\']) || written.ends_with(".toml");
    if !is_path {
        return Err(CouncilError::Unknown {
            written: written.to_owned(),
            near: nearest(written, built_in().map(|(id, _)| *id)).map(str::to_owned),
        });
    }
    let bytes = folder::read_file(&root.join(written)).map_err(CouncilError::Disk)?;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let file = written
        .strip_prefix("./")
        .unwrap_or(written)
        .replace('\\', "/");
    let name = file.rsplit('/').next().unwrap_or(&file);
    let id = name.strip_suffix(".toml").unwrap_or(name).to_owned();
    Ok((id, file, text))
}

/// The folder that paths in a rule file count from: its own.
fn file_folder(written: &str, root: &Path) -> PathBuf {
    let path = root.join(written);
    path.parent().unwrap_or(root).to_owned()
}

/// Reads a rule file's text; what it builds on can only be a built-in one.
pub(crate) fn parse_council(id: &str, file: &str, text: &str) -> Result<Council, CouncilError> {
    parse(id, file, text, Path::new(""), &[])
}

/// The files that make up one council.
struct Sources {
    files: Vec<String>,
    texts: Vec<String>,
}

fn parse(
    id: &str,
    file: &str,
    text: &str,
    root: &Path,
    turned_on: &[String],
) -> Result<Council, CouncilError> {
    let mut sources = Sources {
        files: vec![file.to_owned()],
        texts: vec![text.to_owned()],
    };
    let (own, mut faults) = folder::parse_toml(text);
    // What panel.toml turns on is the law's, unless the council's file has it already.
    let builds_on = build_on::extends(&own);
    let mut tree = bases(&builds_on, root, &mut sources, &mut faults, 0)?
        .into_iter()
        .fold(None, |below, base| match below {
            None => Some(base),
            Some(below) => Some(build_on::laid_over(below, base)),
        })
        .map_or(own.clone(), |below| build_on::laid_over(below, own));
    if !turned_on.is_empty() {
        turn_on(&mut tree, turned_on, &builds_on, &mut sources)?;
    }
    let mut council: Option<Council> = None;
    for asked in editions(&tree) {
        let (found, more) = edition(id, &tree, &asked, &sources.files);
        faults.extend(more);
        match (&mut council, found) {
            (Some(first), Some(other)) => {
                let new = other.listed.iter().filter(|entry| {
                    !first
                        .listed
                        .iter()
                        .any(|known| known.id == entry.id && known.line == entry.line)
                });
                let new: Vec<_> = new.cloned().collect();
                first.listed.extend(new);
                first.others.push(other);
            }
            (None, found) => council = found,
            (Some(_), None) => {}
        }
    }
    match council {
        Some(council) if faults.is_empty() => Ok(council),
        _ => Err(faulty(faults, sources)),
    }
}

/// Every rule file that one builds on, the deepest first.
fn bases(
    builds_on: &[(String, Span)],
    root: &Path,
    sources: &mut Sources,
    faults: &mut Vec<Fault>,
    depth: usize,
) -> Result<Vec<Node>, CouncilError> {
    let mut below = Vec::new();
    for (written, span) in builds_on {
        if depth >= 8 || sources.files.len() >= usize::from(u8::MAX) {
            let message = format!("`{written}` builds on itself, or on too many others");
            faults.push(Fault::at(FaultKind::BadValue, *span, message).path("extends"));
            continue;
        }
        let (_, file, text) = match find_file(written, root) {
            Ok(found) => found,
            Err(CouncilError::Disk(error)) if depth == 0 => return Err(CouncilError::Disk(error)),
            Err(error) => {
                let help = match &error {
                    CouncilError::Unknown {
                        near: Some(near), ..
                    } => format!("did you mean `{near}`?"),
                    _ => "name a built-in rule file, or a path that begins with ./".to_owned(),
                };
                let message = format!("the rule file `{written}` was not found");
                faults.push(
                    Fault::at(FaultKind::BadValue, *span, message)
                        .path("extends")
                        .help(help),
                );
                continue;
            }
        };
        let source = u8::try_from(sources.files.len()).unwrap_or(u8::MAX);
        let (tree, spelling) = folder::parse_toml(&text);
        if !spelling.is_empty() {
            return Err(CouncilError::Faulty {
                file,
                text,
                faults: spelling,
            });
        }
        sources.files.push(file);
        sources.texts.push(text);
        let deeper = build_on::extends(&tree);
        let folder = file_folder(written, root);
        below.extend(bases(&deeper, &folder, sources, faults, depth + 1)?);
        below.push(tree.read_from(source));
    }
    Ok(below)
}

/// Turns on what panel.toml names: entries of the file or of one that it builds on; else those of
/// the built-in files of entries that are all off, like the law's timers.
fn turn_on(
    tree: &mut Node,
    ids: &[String],
    builds_on: &[(String, Span)],
    sources: &mut Sources,
) -> Result<(), CouncilError> {
    let mut missing: Vec<String> = build_on::turned_on(tree, ids)
        .into_iter()
        .cloned()
        .collect();
    for (id, text) in BASES
        .iter()
        .filter(|(id, _)| !builds_on.iter().any(|(written, _)| written == id))
    {
        if missing.is_empty() {
            break;
        }
        let (mut base, _) = folder::parse_toml(text);
        let still: Vec<String> = build_on::turned_on(&mut base, &missing)
            .into_iter()
            .cloned()
            .collect();
        if still.len() < missing.len() {
            let source = u8::try_from(sources.files.len()).unwrap_or(u8::MAX);
            sources.files.push(format!("councils/{id}.toml"));
            sources.texts.push((*text).to_owned());
            let own = std::mem::replace(tree, base.clone());
            *tree = build_on::laid_over(base.read_from(source), own);
        }
        missing = still;
    }
    match missing.into_iter().next() {
        None => Ok(()),
        Some(written) => Err(CouncilError::NothingToTurnOn { written }),
    }
}

/// A panel and the one it is a part of, the days, and a day that stands for them.
struct Period {
    edition: Edition,
    panels: Vec<String>,
    day: Day,
}

/// Every panel and part in every stretch of days, the first panel's latest first.
fn editions(tree: &Node) -> Vec<Period> {
    let turning: Vec<Day> = build_on::turning_days(tree).into_iter().collect();
    let mut stretches: Vec<(Option<Day>, Option<Day>)> = Vec::new();
    let mut from = None;
    for day in &turning {
        stretches.push((from, Some(*day)));
        from = Some(*day);
    }
    stretches.push((from, None));
    let panels = build_on::panels(tree);
    let whose: Vec<(Option<String>, Vec<String>)> = if panels.is_empty() {
        vec![(None, Vec::new())]
    } else {
        panels
            .into_iter()
            .map(|(id, part_of)| {
                let all = std::iter::once(id.clone()).chain(part_of).collect();
                (Some(id), all)
            })
            .collect()
    };
    let mut periods = Vec::new();
    for (panel, panels) in whose {
        for (from, until) in stretches.iter().rev() {
            let day = from.unwrap_or_else(|| {
                let before = until.and_then(|until| until.date().pred_opt());
                before.map_or(Day::of(chrono::NaiveDate::MIN), Day::of)
            });
            periods.push(Period {
                edition: Edition {
                    panel: panel.clone(),
                    from: *from,
                    until: *until,
                },
                panels: panels.clone(),
                day,
            });
        }
    }
    periods
}

fn edition(
    id: &str,
    tree: &Node,
    period: &Period,
    files: &[String],
) -> (Option<Council>, Vec<Fault>) {
    let mut faults = Vec::new();
    let asked = build_on::Asked {
        panels: &period.panels,
        day: period.day,
    };
    let selected = build_on::select(tree, &asked, &mut faults);
    let (raw, more): (RawCouncil, _) = folder::decode(&selected, &["council", "meetings"]);
    faults.extend(more);
    let ids: Vec<String> = build_on::panels(tree)
        .into_iter()
        .map(|(id, _)| id)
        .collect();
    let mut checker = Checker {
        tree: &selected,
        files,
        panels: &ids,
        faults,
        words: Vocabulary::built_in(),
        thresholds: raw.thresholds.keys().cloned().collect(),
        seniority: raw
            .seniority
            .as_ref()
            .map_or_else(Vec::new, |rule| rule.order.clone()),
        own_ids: build_on::own_ids(tree),
        listed: Vec::new(),
    };
    let council = tables::checked(&mut checker, id, &raw, &period.edition);
    let mut faults = checker.faults;
    for fault in &mut faults {
        fault.source = selected.source_at(&fault.path);
    }
    (council, faults)
}

/// The faults of one file: the file itself where it has any, else of one that it builds on.
fn faulty(mut faults: Vec<Fault>, sources: Sources) -> CouncilError {
    faults.sort_by(|one, other| (one.span, &one.message).cmp(&(other.span, &other.message)));
    faults.dedup();
    let source = faults.iter().map(|fault| fault.source).min().unwrap_or(0);
    faults.retain(|fault| fault.source == source);
    let source = usize::from(source);
    let Sources { files, texts } = sources;
    CouncilError::Faulty {
        file: files.into_iter().nth(source).unwrap_or_default(),
        text: texts.into_iter().nth(source).unwrap_or_default(),
        faults,
    }
}
