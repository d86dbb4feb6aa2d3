//! Loading a rule file: text to tree to written shape to checked council.

use super::build_on;
use super::check::Checker;
use super::raw::RawCouncil;
use super::select;
use super::sources::{Named, Sources, find_file};
use super::tables;
use super::vocabulary::Vocabulary;
use super::{Council, Edition};
use crate::folder::{self, Fault, Node};
use crate::records::Day;
use std::collections::BTreeMap;
use std::path::Path;

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
        /// The nearest that some entry has.
        near: Option<String>,
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
            Self::NothingToTurnOn { written, .. } => write!(
                f,
                "`{written}` is to be turned on, and no rule file has an entry of that id"
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
    parse(find_file(written, &Named::root(root))?, turned_on).map(|loaded| loaded.council)
}

/// A council with the tree that it was read from.
#[derive(Debug)]
pub(crate) struct Loaded {
    /// The council.
    pub(crate) council: Council,
    /// The whole file laid over what it builds on, whatever its days and panels.
    pub(crate) tree: Node,
    /// The file as findings name it.
    pub(crate) file: String,
    /// Its text.
    pub(crate) text: String,
    /// Whether it names no council of its own: others build on it.
    pub(crate) is_base: bool,
}

/// Loads a rule file with its tree; one that names no council of its own is read as one that
/// others build on, with all its entries on.
pub(crate) fn load_whole(written: &str, root: &Path) -> Result<Loaded, CouncilError> {
    whole(find_file(written, &Named::root(root))?)
}

/// The same for the text of a rule file.
pub(crate) fn parse_whole(id: &str, file: &str, text: &str) -> Result<Loaded, CouncilError> {
    whole(Named::of_text(id, file, text))
}

/// The same for a text that is to be the file of a folder, and may build on others there.
pub(crate) fn parse_whole_in(
    folder: &Path,
    id: &str,
    file: &str,
    text: &str,
) -> Result<Loaded, CouncilError> {
    whole(Named::of_text_in(folder, id, file, text))
}

fn whole(file: Named) -> Result<Loaded, CouncilError> {
    let id = file.id.clone();
    let mut sources = Sources::default();
    let mut faults = Vec::new();
    let tree = sources.read(file, &mut faults);
    if build_on::names_a_council(&tree) {
        return finish(&id, tree, faults, sources);
    }
    let tree = sources.framed(build_on::all_on(tree));
    let mut loaded = finish(&id, tree, faults, sources)?;
    loaded.is_base = true;
    loaded
        .council
        .listed
        .retain(|entry| !["council", "meetings"].contains(&entry.id.as_str()));
    Ok(loaded)
}

/// Reads a rule file's text; what it builds on can only be a built-in one.
pub(crate) fn parse_council(id: &str, file: &str, text: &str) -> Result<Council, CouncilError> {
    parse(Named::of_text(id, file, text), &[]).map(|loaded| loaded.council)
}

fn parse(file: Named, turned_on: &[String]) -> Result<Loaded, CouncilError> {
    let id = file.id.clone();
    let mut sources = Sources::default();
    let mut faults = Vec::new();
    let mut tree = sources.read(file, &mut faults);
    sources.turn_on(&mut tree, turned_on)?;
    finish(&id, tree, faults, sources)
}

/// Every set of rules of a tree as one council, or every fault of it.
fn finish(
    id: &str,
    tree: Node,
    mut faults: Vec<Fault>,
    sources: Sources,
) -> Result<Loaded, CouncilError> {
    select::never_in_force(&tree, &mut faults);
    let files = sources.files();
    let periods = editions(&tree);
    let mut found_in: BTreeMap<FaultKey, (Fault, usize, &Edition)> = BTreeMap::new();
    let mut council: Option<Council> = None;
    for period in &periods {
        let (found, more) = edition(id, &tree, period, &files);
        for fault in more {
            let known = found_in
                .entry(key_of(&fault))
                .or_insert((fault, 0, &period.edition));
            known.1 += 1;
        }
        match (&mut council, found) {
            (Some(first), Some(other)) => {
                let is_new = |entry: &&super::Listed| {
                    let mut known = first.listed.iter();
                    !known.any(|known| known.id == entry.id && known.line == entry.line)
                };
                let new: Vec<_> = other.listed.iter().filter(is_new).cloned().collect();
                first.listed.extend(new);
                first.others.push(other);
            }
            (None, found) => council = found,
            (Some(_), None) => {}
        }
    }
    // A fault is told once, and where it is not one of all rules, whose rules it is one of.
    faults.extend(found_in.into_values().map(|(mut fault, times, edition)| {
        if times < periods.len() {
            let whose = format!("(this is so in the rules {edition})");
            fault.help = Some(match fault.help.take() {
                Some(help) => format!("{help} {whose}"),
                None => whose,
            });
        }
        fault
    }));
    match council {
        Some(council) if faults.is_empty() => {
            let (file, text) = sources.first();
            Ok(Loaded {
                council,
                tree,
                file,
                text,
                is_base: false,
            })
        }
        _ => Err(sources.faulty(faults)),
    }
}

/// What makes two faults the same one, found in the rules of two panels or days.
type FaultKey = (u8, crate::findings::Span, String);

fn key_of(fault: &Fault) -> FaultKey {
    (fault.source, fault.span, fault.message.clone())
}

/// A panel and the one it is a part of, the days, and a day that stands for them.
struct Period {
    edition: Edition,
    panels: Vec<String>,
    day: Day,
}

/// Every panel and part in every stretch of days, the first panel's latest first.
fn editions(tree: &Node) -> Vec<Period> {
    let mut stretches: Vec<(Option<Day>, Option<Day>)> = Vec::new();
    let mut from = None;
    for day in select::turning_days(tree) {
        stretches.push((from, Some(day)));
        from = Some(day);
    }
    stretches.push((from, None));
    let first_day = |(from, until): &(Option<Day>, Option<Day>)| {
        from.unwrap_or_else(|| {
            let before = until.and_then(|until| until.date().pred_opt());
            before.map_or(Day::of(chrono::NaiveDate::MIN), Day::of)
        })
    };
    let panels = select::panels(tree);
    let mut periods = Vec::new();
    let mut add = |panel: Option<&select::Declared>| {
        let days = stretches.iter().rev();
        for stretch in days.filter(|days| panel.is_none_or(|own| own.is_there(first_day(days)))) {
            periods.push(Period {
                edition: Edition {
                    panel: panel.map(|panel| panel.id.clone()),
                    from: stretch.0,
                    until: stretch.1,
                },
                panels: panel.map_or_else(Vec::new, |panel| {
                    let own = std::iter::once(panel.id.clone());
                    own.chain(panel.part_of.clone()).collect()
                }),
                day: first_day(stretch),
            });
        }
    };
    if panels.is_empty() {
        add(None);
    }
    for panel in &panels {
        add(Some(panel));
    }
    periods
}

fn edition(
    id: &str,
    tree: &Node,
    period: &Period,
    files: &[String],
) -> (Option<Council>, Vec<Fault>) {
    let mut told = Vec::new();
    let asked = select::Asked {
        panels: &period.panels,
        day: period.day,
    };
    let selected = select::select(tree, &asked, &mut told);
    let (raw, faults): (RawCouncil, _) = folder::decode(&selected, &["council", "meetings"]);
    let mut checker = Checker {
        tree: &selected,
        files,
        faults,
        words: Vocabulary::built_in(),
        thresholds: raw.thresholds.keys().cloned().collect(),
        seniority: raw
            .seniority
            .as_ref()
            .map_or_else(Vec::new, |rule| rule.order.clone()),
        own_ids: select::own_ids(tree),
        listed: Vec::new(),
        asks_of_other_requests: false,
    };
    let council = tables::checked(&mut checker, id, &raw, &period.edition);
    for fault in &mut checker.faults {
        fault.source = selected.source_at(&fault.path);
    }
    told.extend(checker.faults);
    (council, told)
}
