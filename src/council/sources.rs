//! The files that make up one council: its own, and those that it builds on.

use super::BUILT_IN;
use super::build_on;
use super::built_in::BASES;
use super::load::CouncilError;
use crate::findings::Span;
use crate::folder::{self, Fault, FaultKind, Node, nearest};
use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

/// How deep files may build on others.
const DEEPEST: usize = 8;

/// A rule file with its names and its text.
pub(super) struct Named {
    /// Of a built-in one its id, else its stem.
    pub(super) id: String,
    /// As findings name it.
    file: String,
    text: String,
    /// The folder that paths in it count from: its own.
    folder: PathBuf,
    /// That folder as findings name it.
    shown_folder: PathBuf,
}

impl Named {
    /// What stands for the file that names the council, where there is none: the case folder.
    pub(super) fn root(folder: &Path) -> Self {
        Self {
            id: String::new(),
            file: String::new(),
            text: String::new(),
            folder: folder.to_owned(),
            shown_folder: PathBuf::new(),
        }
    }

    /// A text that is no file.
    pub(super) fn of_text(id: &str, file: &str, text: &str) -> Self {
        Self {
            id: id.to_owned(),
            file: file.to_owned(),
            text: text.to_owned(),
            ..Self::root(Path::new(""))
        }
    }
}

impl Named {
    /// A text that stands for a file of a folder: paths in it count from there.
    pub(super) fn of_text_in(folder: &Path, id: &str, file: &str, text: &str) -> Self {
        Self {
            folder: folder.to_owned(),
            ..Self::of_text(id, file, text)
        }
    }
}

/// Finds a rule file that another, or panel.toml, names.
pub(super) fn find_file(written: &str, by: &Named) -> Result<Named, CouncilError> {
    let built_in = || BUILT_IN.iter().chain(BASES);
    if let Some((id, text)) = built_in().find(|(id, _)| *id == written) {
        return Ok(Named {
            id: (*id).to_owned(),
            file: format!("councils/{id}.toml"),
            text: (*text).to_owned(),
            folder: by.folder.clone(),
            shown_folder: by.shown_folder.clone(),
        });
    }
    let is_path = written.contains(['/', '\\']) || written.ends_with(".toml");
    if !is_path {
        return Err(CouncilError::Unknown {
            written: written.to_owned(),
            near: nearest(written, built_in().map(|(id, _)| *id)).map(str::to_owned),
        });
    }
    let path = by.folder.join(written);
    let bytes = folder::read_rule_file(&path).map_err(CouncilError::Disk)?;
    let shown = plain(&by.shown_folder.join(written.replace('\\', "/")));
    let file: Vec<_> = shown.iter().map(|step| step.to_string_lossy()).collect();
    let folder = |path: &Path| path.parent().map(Path::to_owned).unwrap_or_default();
    Ok(Named {
        id: shown
            .file_stem()
            .map(|stem| stem.to_string_lossy().into_owned())
            .unwrap_or_default(),
        file: file.join("/").replacen("//", "/", 1),
        text: String::from_utf8_lossy(&bytes).into_owned(),
        folder: folder(&path),
        shown_folder: folder(&shown),
    })
}

/// A path without `.`, and without `..` where that can be told from the path alone.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for step in path.components() {
        match step {
            Component::CurDir => {}
            Component::ParentDir
                if matches!(plain.components().next_back(), Some(Component::Normal(_))) =>
            {
                plain.pop();
            }
            other => plain.push(other),
        }
    }
    plain
}

/// The files that make up one council, the council's own first.
#[derive(Default)]
pub(super) struct Sources {
    read: Vec<(String, String)>,
}

impl Sources {
    /// The files as findings name them.
    pub(super) fn files(&self) -> Vec<String> {
        self.read.iter().map(|(file, _)| file.clone()).collect()
    }

    /// The council's own file, and its text.
    pub(super) fn first(self) -> (String, String) {
        self.read.into_iter().next().unwrap_or_default()
    }

    /// A tree that names no council, over what stands for whose panel it is and when that meets:
    /// a file that others build on leaves this to them.
    pub(super) fn framed(&mut self, tree: Node) -> Node {
        const FRAME: &str = "\
[council]
name = \"-\"
panel = \"-\"
assumption = \"-\"
[meetings]
every = \"week\"
on = \"monday\"
start = 09:00:00
assumption = \"-\"
";
        let source = self.add("", FRAME);
        let (frame, _) = folder::parse_toml(FRAME);
        build_on::laid_over(frame.read_from(source), tree)
    }

    fn add(&mut self, file: &str, text: &str) -> u8 {
        self.read.push((file.to_owned(), text.to_owned()));
        u8::try_from(self.read.len() - 1).unwrap_or(u8::MAX)
    }

    /// A file's tree, laid over those that it builds on.
    pub(super) fn read(&mut self, file: Named, faults: &mut Vec<Fault>) -> Node {
        self.laid(file, &mut Vec::new(), faults)
    }

    fn laid(&mut self, file: Named, above: &mut Vec<String>, faults: &mut Vec<Fault>) -> Node {
        let source = self.add(&file.file, &file.text);
        let (tree, spelling) = folder::parse_toml(&file.text);
        let tree = tree.read_from(source);
        let of_it = |mut fault: Fault| {
            fault.source = source;
            fault
        };
        faults.extend(spelling.into_iter().map(of_it));
        above.push(file.file.clone());
        let mut below: Option<Node> = None;
        for (written, span) in build_on::extends(&tree) {
            match self.base(&written, span, &file, above) {
                // A file that two others build on is read once: its entries would stand twice.
                Ok(base) if self.read.iter().any(|(known, _)| *known == base.file) => {}
                Ok(base) => {
                    let base = self.laid(base, above, faults);
                    below = Some(match below {
                        Some(below) => build_on::laid_over(below, base),
                        None => base,
                    });
                }
                Err(fault) => faults.push(of_it(fault)),
            }
        }
        above.pop();
        match below {
            Some(below) => build_on::laid_over(below, tree),
            None => tree,
        }
    }

    fn base(
        &self,
        written: &str,
        span: Span,
        by: &Named,
        above: &[String],
    ) -> Result<Named, Fault> {
        let fault = |message: String, help: String| {
            Fault::at(FaultKind::BadValue, span, message)
                .path("extends")
                .help(help)
        };
        let found = find_file(written, by).map_err(|error| match error {
            CouncilError::Unknown {
                near: Some(near), ..
            } => fault(
                format!("there is no rule file `{written}`"),
                format!("did you mean `{near}`?"),
            ),
            CouncilError::Disk(error) => fault(
                format!("the rule file `{written}` could not be read{}", why(&error)),
                "a path counts from the folder of the file that it is written in".to_owned(),
            ),
            _ => fault(
                format!("there is no rule file `{written}`"),
                "name a built-in one by its id, or a file by a path that begins with ./".to_owned(),
            ),
        })?;
        if above.contains(&found.file) {
            return Err(fault(
                format!("`{written}` builds on this file, so this one cannot build on it"),
                "put what both need into a third file".to_owned(),
            ));
        }
        if above.len() >= DEEPEST || self.read.len() >= usize::from(u8::MAX) {
            return Err(fault(
                format!("`{written}` is one file too many to build on"),
                "put the files that build on one another together".to_owned(),
            ));
        }
        Ok(found)
    }

    /// Turns on what panel.toml names: entries of the council's files; else those of the built-in
    /// files of entries that are all off, like the law's timers.
    pub(super) fn turn_on(&mut self, tree: &mut Node, ids: &[String]) -> Result<(), CouncilError> {
        if ids.is_empty() {
            return Ok(());
        }
        let mut known = build_on::ids(tree);
        let mut missing = owned(build_on::turned_on(tree, ids));
        for (id, text) in BASES {
            let file = format!("councils/{id}.toml");
            let is_read = self.read.iter().any(|(known, _)| *known == file);
            let (mut base, _) = folder::parse_toml(text);
            known.extend(build_on::ids(&base));
            let still = owned(build_on::turned_on(&mut base, &missing));
            if !is_read && still.len() < missing.len() {
                let source = self.add(&file, text);
                *tree = build_on::laid_over(base.read_from(source), tree.clone());
                missing = still;
            }
        }
        match missing.into_iter().next() {
            None => Ok(()),
            Some(written) => Err(nothing_to_turn_on(written, &known)),
        }
    }

    /// The faults of one file: the council's own where it has any, else of one that it builds on.
    pub(super) fn faulty(self, mut faults: Vec<Fault>) -> CouncilError {
        faults.sort_by(|one, other| (one.span, &one.message).cmp(&(other.span, &other.message)));
        faults.dedup();
        let source = faults.iter().map(|fault| fault.source).min().unwrap_or(0);
        faults.retain(|fault| fault.source == source);
        folder::keep_first(&mut faults);
        let (file, text) = self
            .read
            .into_iter()
            .nth(usize::from(source))
            .unwrap_or_default();
        CouncilError::Faulty { file, text, faults }
    }
}

fn owned(ids: Vec<&String>) -> Vec<String> {
    ids.into_iter().cloned().collect()
}

fn nothing_to_turn_on(written: String, known: &BTreeSet<String>) -> CouncilError {
    let near = nearest(&written, known.iter().map(String::as_str)).map(str::to_owned);
    CouncilError::NothingToTurnOn { written, near }
}

fn why(error: &folder::FolderError) -> String {
    std::error::Error::source(error).map_or_else(String::new, |cause| format!(": {cause}"))
}
