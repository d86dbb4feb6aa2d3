//! The files that the editor opens, changes, closes and saves.

use super::open::{Home, Open, inside, is_rule_file, kind_at, path_of};
use super::server::Server;
use crate::folder::{find_root, read_file};
use anyhow::Result;
use lsp_types::{
    DidChangeTextDocumentParams, DidChangeWatchedFilesParams, DidCloseTextDocumentParams,
    DidOpenTextDocumentParams, FileChangeType, Uri,
};

impl Server<'_, '_> {
    /// What a file is, told from where it lies.
    fn home(&self, uri: &Uri, text: &str) -> Home {
        let Some(path) = path_of(uri) else {
            let name = uri.as_str().rsplit(['/', ':']).next().unwrap_or("-");
            return self.lone(name);
        };
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if name.ends_with(".toml") {
            return match path.parent() {
                Some(folder) if name != "panel.toml" && is_rule_file(text) => Home::RuleFile {
                    folder: folder.to_owned(),
                    file: name,
                },
                _ => Home::Elsewhere,
            };
        }
        let named = self.session.globals.folder.as_ref();
        let named = named.filter(|root| inside(root, &path).is_some()).cloned();
        let Some(root) = named.or_else(|| find_root(&path)) else {
            return self.lone(&name);
        };
        let place = inside(&root, &path).unwrap_or_default();
        match kind_at(&place) {
            Some(kind) => Home::Record { root, place, kind },
            None => Home::Elsewhere,
        }
    }

    fn lone(&self, name: &str) -> Home {
        if self.session.globals.council.is_none() {
            return Home::Elsewhere;
        }
        Home::Alone {
            name: name.to_owned(),
        }
    }

    /// A file was opened.
    pub(super) fn opened(&mut self, params: DidOpenTextDocumentParams) {
        let document = params.text_document;
        let home = self.home(&document.uri, &document.text);
        self.open.insert(
            document.uri.as_str().to_owned(),
            Open {
                uri: document.uri,
                version: Some(document.version),
                text: document.text,
                home,
                shown: Vec::new(),
                published: None,
                is_changed: true,
            },
        );
    }

    /// Something was typed.
    pub(super) fn changed(&mut self, params: DidChangeTextDocumentParams) {
        let Some(open) = self.open.get_mut(params.text_document.uri.as_str()) else {
            return;
        };
        open.version = Some(params.text_document.version);
        for change in params.content_changes {
            open.change(change);
        }
    }

    /// A file was closed: nothing is shown in it any more.
    pub(super) fn closed(&mut self, params: &DidCloseTextDocumentParams) -> Result<()> {
        let Some(closed) = self.open.remove(params.text_document.uri.as_str()) else {
            return Ok(());
        };
        // What was typed and not saved is gone from the folder too.
        if let Home::Record { root, .. } = &closed.home
            && let Some(place) = self.places.get_mut(root)
        {
            place.is_stale = true;
            for open in self.open.values_mut() {
                open.is_changed |=
                    matches!(&open.home, Home::Record { root: own, .. } if own == root);
            }
        }
        self.publish(closed.uri, None, Vec::new())
    }

    /// Something was saved: folders are read again before they are next judged.
    fn read_again(&mut self) {
        for place in self.places.values_mut() {
            place.is_stale = true;
        }
        self.alone = None;
        for open in self.open.values_mut() {
            open.is_changed = true;
        }
    }

    /// The editor has saved a file. Where it says itself what changes on the disk, nothing is new
    /// by that: its own text is known.
    pub(super) fn saved(&mut self) {
        if !self.watches {
            self.read_again();
        }
    }

    /// Files have changed on the disk. Records are read one by one, and what is open counts as it
    /// stands in the editor; for anything else the folder is read again.
    pub(super) fn changed_outside(&mut self, params: &DidChangeWatchedFilesParams) {
        let is_taken_over = params
            .changes
            .iter()
            .all(|change| change.typ != FileChangeType::DELETED && self.take_over(&change.uri));
        if !is_taken_over {
            self.read_again();
        }
    }

    /// Reads one record into the folder that was read before; whether that was enough.
    fn take_over(&mut self, uri: &Uri) -> bool {
        let path = path_of(uri).filter(|path| path.extension() != Some("toml".as_ref()));
        let Some(path) = path else {
            return false;
        };
        if let Some(open) = self
            .open
            .values()
            .find(|open| path_of(&open.uri).as_deref() == Some(&*path))
        {
            return matches!(open.home, Home::Record { .. });
        }
        let own = self
            .places
            .iter_mut()
            .find_map(|(root, place)| Some((inside(root, &path)?, root.clone(), place)));
        let Some((inside, root, place)) = own else {
            return true;
        };
        let Ok(world) = &mut place.world else {
            return false;
        };
        if kind_at(&inside).is_none() || world.folder.settings.exclude.leaves_out(&inside).is_some()
        {
            return !inside.starts_with("meetings/");
        }
        let text = read_file(&path)
            .ok()
            .and_then(|bytes| String::from_utf8(bytes).ok());
        let Some(text) = text else {
            return false;
        };
        world.folder.lay_text(&inside, &text);
        for open in self.open.values_mut() {
            open.is_changed |= matches!(&open.home, Home::Record { root: own, .. } if *own == root);
        }
        true
    }
}
