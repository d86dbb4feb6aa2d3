//! The files that are open in the editor.

use super::judged::Shown;
use super::lines::Lines;
use crate::council::FileKind;
use lsp_types::{Diagnostic, TextDocumentContentChangeEvent, Uri};
use std::path::{Path, PathBuf};

/// What a file is, told from where it lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Home {
    /// A record of a case folder.
    Record {
        /// The case folder.
        root: PathBuf,
        /// Path from there, with `/`.
        place: String,
        /// Which record it is.
        kind: FileKind,
    },
    /// A council's rule file.
    RuleFile {
        /// The folder that it lies in.
        folder: PathBuf,
        /// Its name.
        file: String,
    },
    /// A file in no case folder; a referral, if it is anything of ours.
    Alone {
        /// Its name.
        name: String,
    },
    /// Nothing that is judged.
    Elsewhere,
}

/// One open file.
#[derive(Debug)]
pub(super) struct Open {
    /// Its address, as the editor writes it.
    pub(super) uri: Uri,
    /// The editor's count of its changes.
    pub(super) version: Option<i32>,
    /// What stands in it now.
    pub(super) text: String,
    /// What it is.
    pub(super) home: Home,
    /// What was found in it last.
    pub(super) shown: Vec<Shown>,
    /// What the editor was told last.
    pub(super) published: Option<Vec<Diagnostic>>,
    /// Whether it has to be laid over its folder and judged.
    pub(super) is_changed: bool,
}

impl Open {
    /// Takes over one change: of a stretch, or of everything.
    pub(super) fn change(&mut self, change: TextDocumentContentChangeEvent) {
        match change.range {
            None => self.text = change.text,
            Some(range) => {
                let lines = Lines::of(&self.text);
                let start = lines.offset(range.start);
                let end = lines.offset(range.end).max(start);
                self.text.replace_range(start..end, &change.text);
            }
        }
        self.is_changed = true;
    }
}

/// The kind of record that lies at a path of a case folder.
pub(super) fn kind_at(place: &str) -> Option<FileKind> {
    if !place.ends_with(".yaml") && !place.ends_with(".yml") {
        return None;
    }
    let steps: Vec<&str> = place.split('/').collect();
    if steps.iter().any(|step| step.starts_with('.')) {
        return None;
    }
    match steps.as_slice() {
        ["referrals", _, ..] => Some(FileKind::Referral),
        ["meetings", _, "meeting.yaml"] => Some(FileKind::Meeting),
        ["meetings", _, "decisions", _] => Some(FileKind::Decision),
        ["meetings", _, "after", _] => Some(FileKind::After),
        _ => None,
    }
}

/// Whether a text is that of a rule file: other programs keep their settings in TOML too.
pub(super) fn is_rule_file(text: &str) -> bool {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    text.lines().map(str::trim_end).any(|line| {
        ["[council]", "[meetings]", "[[criterion]]", "[cut_off]"].contains(&line)
            || line.starts_with("extends ")
            || line.starts_with("extends=")
    })
}

/// Whether a text in no case folder is that of a referral.
pub(super) fn is_referral(text: &str) -> bool {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let keys = text.lines().filter_map(|line| line.split_once(':'));
    keys.map(|(key, _)| key)
        .any(|key| ["reference", "child", "worker", "request"].contains(&key))
}

/// The path of an address on this machine; none for what has not been saved anywhere.
pub(super) fn path_of(uri: &Uri) -> Option<PathBuf> {
    let address = url::Url::parse(uri.as_str()).ok()?;
    (address.scheme() == "file").then(|| address.to_file_path().ok())?
}

/// The path of a file from its case folder, with `/`.
pub(super) fn inside(root: &Path, path: &Path) -> Option<String> {
    let relative = |root: &Path, path: &Path| {
        let inside = path.strip_prefix(root).ok()?;
        let steps: Vec<_> = inside.iter().map(|step| step.to_string_lossy()).collect();
        Some(steps.join("/"))
    };
    relative(root, path).or_else(|| {
        let root = root.canonicalize().ok()?;
        // The file itself may not have been saved yet; its folder is there.
        let folder = path.parent()?.canonicalize().ok()?;
        relative(&root, &folder.join(path.file_name()?))
    })
}
