//! Which files `check` was asked about, and the world they are judged in.

use super::super::session::{Session, Trouble, World, read_standard_input};
use crate::desk::Scope;
use crate::folder::{FolderError, find_root, read_file, read_referral};
use crate::output::Checked;
use anyhow::{Context, Result};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// What was asked about.
#[derive(Debug)]
pub(super) enum Selection {
    /// The whole case folder.
    Whole,
    /// Some files and folders of it, by their paths from the case folder.
    Some(Vec<Asked>),
    /// Some referrals of it, with what they stand on and nothing else.
    Around(Vec<Asked>),
    /// Lone files, with no case folder around them.
    Alone,
    /// Of the files asked about, those that changed since a revision.
    Changed(Vec<Asked>, BTreeSet<String>),
}

/// One path that was named.
#[derive(Debug)]
pub(super) struct Asked {
    path: String,
    is_folder: bool,
}

impl Selection {
    /// Whether a file's findings are told.
    pub(super) fn shows(&self, file: &str) -> bool {
        match self {
            Self::Whole | Self::Alone => true,
            Self::Some(asked) | Self::Around(asked) => asked.iter().any(|asked| asked.holds(file)),
            Self::Changed(_, changed) => changed.contains(file),
        }
    }

    /// Whether a file was named itself, rather than a folder that it is in.
    pub(super) fn names(&self, file: &str) -> bool {
        match self {
            Self::Whole => false,
            Self::Alone => true,
            Self::Some(asked) | Self::Around(asked) | Self::Changed(asked, _) => asked
                .iter()
                .any(|asked| !asked.is_folder && asked.path == file),
        }
    }

    /// Whether there is no case folder.
    pub(super) const fn is_alone(&self) -> bool {
        matches!(self, Self::Alone)
    }

    /// Whether only the files named, and what they stand on, were read.
    pub(super) const fn is_around(&self) -> bool {
        matches!(self, Self::Around(_))
    }

    /// Whether it is the whole folder.
    pub(super) fn is_whole(&self) -> bool {
        matches!(self, Self::Whole)
    }

    /// The files among these that are told of, and no others.
    pub(super) fn narrowed(self, changed: BTreeSet<String>) -> Self {
        let changed = changed
            .into_iter()
            .filter(|file| self.shows(file))
            .collect();
        match self {
            Self::Some(asked) | Self::Around(asked) | Self::Changed(asked, _) => {
                Self::Changed(asked, changed)
            }
            Self::Whole | Self::Alone => Self::Changed(Vec::new(), changed),
        }
    }

    /// Takes away the files named themselves that are not to be looked at, and returns them.
    pub(super) fn without(&mut self, is_left_out: impl Fn(&str) -> bool) -> Vec<String> {
        let (Self::Some(asked) | Self::Around(asked) | Self::Changed(asked, _)) = self else {
            return Vec::new();
        };
        asked
            .extract_if(.., |asked| !asked.is_folder && is_left_out(&asked.path))
            .map(|asked| asked.path)
            .collect()
    }

    /// Whether anything was looked at: a referral, or another record that was named itself or by the
    /// folder that it is in.
    pub(super) fn has_seen<'f>(
        &self,
        checked: &Checked,
        mut records: impl Iterator<Item = &'f str>,
    ) -> bool {
        match self {
            // panel.toml is no record.
            Self::Changed(_, changed) => changed.iter().any(|file| file.contains('/')),
            Self::Some(_) | Self::Around(_) => records.any(|file| self.shows(file)),
            Self::Whole | Self::Alone => checked.referrals > 0,
        }
    }
}

impl Asked {
    /// Whether a file is the one that was named, or in the folder that was.
    fn holds(&self, file: &str) -> bool {
        let is_below = |rest: &str| rest.starts_with('/');
        let rest = file.strip_prefix(self.path.as_str());
        file == self.path
            || (self.is_folder && (self.path.is_empty() || rest.is_some_and(is_below)))
    }
}

/// Reads what was asked about, and what it has to be judged with.
///
/// `needs_whole`: the answer is about more than the files themselves.
pub(super) fn select(
    paths: &[PathBuf],
    needs_whole: bool,
    session: &Session<'_>,
) -> Result<(World, Selection)> {
    if paths.is_empty() {
        let root = session.root(Path::new("."))?;
        return Ok((session.world_to_judge(&root)?, Selection::Whole));
    }
    if paths.iter().any(|path| path.as_os_str() == "-") {
        return standard_input(paths, session);
    }
    let mut found = Vec::new();
    for path in paths {
        // A path counts from where the program was started, else from the folder it was told of.
        let place = path
            .canonicalize()
            .or_else(|error| match &session.globals.folder {
                Some(folder) => folder.join(path).canonicalize().map_err(|_| error),
                None => Err(error),
            })
            .map_err(|source| FolderError::Disk {
                path: path.clone(),
                source,
            })
            .map_err(anyhow::Error::from)?;
        found.push((path, place));
    }
    let root = match &session.globals.folder {
        Some(_) => Some(session.root(Path::new("."))?),
        None => found.first().and_then(|(_, place)| find_root(place)),
    };
    match root {
        Some(root) => inside(&root, &found, needs_whole, session),
        None => alone(&found, session),
    }
}

fn standard_input(paths: &[PathBuf], session: &Session<'_>) -> Result<(World, Selection)> {
    if paths.len() > 1 {
        return Err(Trouble::usage("`-` is standard input and stands alone").into());
    }
    let file = read_referral("-".to_owned(), read_standard_input()?);
    let needs_root = session.globals.folder.is_some() || session.globals.council.is_none();
    let root = match find_root(Path::new(".")) {
        None if session.globals.folder.is_none() => None,
        found if needs_root || found.is_some() => Some(session.root(Path::new("."))?),
        _ => None,
    };
    let world = session.alone(vec![file], root.as_deref())?;
    Ok((world, Selection::Alone))
}

fn inside(
    root: &Path,
    found: &[(&PathBuf, PathBuf)],
    needs_whole: bool,
    session: &Session<'_>,
) -> Result<(World, Selection)> {
    let whole = root
        .canonicalize()
        .with_context(|| format!("{} could not be read", root.display()))?;
    let mut asked = Vec::new();
    for (path, place) in found {
        let Ok(inside) = place.strip_prefix(&whole) else {
            return Err(Trouble::usage(format!(
                "{} is not in the case folder {}",
                path.display(),
                root.display()
            ))
            .hint("name files of one case folder, or judge a lone file from outside it")
            .into());
        };
        let steps: Vec<_> = inside.iter().map(|step| step.to_string_lossy()).collect();
        asked.push(Asked {
            path: steps.join("/"),
            is_folder: place.is_dir(),
        });
    }
    let is_referral = |asked: &Asked| !asked.is_folder && asked.path.starts_with("referrals/");
    if !needs_whole && asked.iter().all(is_referral) {
        let paths: Vec<String> = asked.iter().map(|asked| asked.path.clone()).collect();
        let world = session.world_around(root, &paths)?;
        return Ok(match world.scope {
            Scope::Around => (world, Selection::Around(asked)),
            Scope::Folder | Scope::Alone => (world, Selection::Some(asked)),
        });
    }
    let world = session.world_to_judge(root)?;
    if asked.iter().any(|asked| asked.path.is_empty()) {
        return Ok((world, Selection::Whole));
    }
    Ok((world, Selection::Some(asked)))
}

fn alone(found: &[(&PathBuf, PathBuf)], session: &Session<'_>) -> Result<(World, Selection)> {
    let mut referrals = Vec::new();
    for (path, place) in found {
        if place.is_dir() {
            return Err(FolderError::NotFound((*path).clone()).into());
        }
        // Results name no absolute path.
        let shown = if path.is_absolute() {
            path.file_name()
                .map_or_else(|| path.to_string_lossy(), |name| name.to_string_lossy())
                .into_owned()
        } else {
            let steps: Vec<_> = path.iter().map(|step| step.to_string_lossy()).collect();
            steps.join("/")
        };
        let is_known = referrals
            .iter()
            .any(|file: &crate::folder::File<_>| file.path == shown);
        if !is_known {
            let shown = shown.strip_prefix("./").unwrap_or(&shown).to_owned();
            referrals.push(read_referral(shown, read_file(place)?));
        }
    }
    Ok((session.alone(referrals, None)?, Selection::Alone))
}
