//! What the editor asks: what a key is, what was found there, and what can be written.

use super::complete::{self, Known};
use super::cursor::{Cursor, Found};
use super::lines::Lines;
use super::open::{Home, Open};
use super::rule_words::Written;
use super::server::Server;
use super::shape::Shape;
use super::world::Place;
use super::{record_cursor, rule_cursor};
use crate::council::FileKind;
use crate::output::markdown::inline;
use lsp_types::{CompletionItem, Hover, HoverContents, MarkupContent, MarkupKind, Position, Uri};

impl Server<'_, '_> {
    /// What is known around an open file, made ready.
    fn around(&mut self, uri: &Uri) -> Option<(&Open, &Place, FileKind)> {
        let open = self.open.get(uri.as_str())?;
        let (place, kind) = match &open.home {
            Home::Record { root, kind, .. } => {
                if !self.places.contains_key(root) {
                    let read = Place::read(self.session, root);
                    self.places.insert(root.clone(), read);
                }
                (self.places.get_mut(root)?, *kind)
            }
            Home::Alone { .. } => {
                let session = &*self.session;
                let place = self.alone.get_or_insert_with(|| Place::alone(session));
                (place, FileKind::Referral)
            }
            Home::RuleFile { .. } => {
                let place = self.rules.get_or_insert_with(Place::of_rules);
                (place, FileKind::Council)
            }
            Home::Elsewhere => return None,
        };
        place.learn(kind);
        Some((open, place, kind))
    }

    /// What can be written at a position.
    pub(super) fn complete(&mut self, uri: &Uri, position: Position) -> Vec<CompletionItem> {
        let Some((open, place, kind)) = self.around(uri) else {
            return Vec::new();
        };
        let lines = Lines::of(&open.text);
        let offset = lines.offset(position);
        let (keys, cursor) = scan(kind, &open.text, offset);
        let written = Written {
            text: &open.text,
            keys: &keys,
            offset,
        };
        let known = known(place, kind);
        cursor.map_or_else(Vec::new, |cursor| {
            complete::complete(&known, &cursor, &lines, &written)
        })
    }

    /// What is to be said of a position: the key, and what was found there.
    pub(super) fn hover(&mut self, uri: &Uri, position: Position) -> Option<Hover> {
        let shown = &self.open.get(uri.as_str())?.shown;
        let mut parts: Vec<String> = shown
            .iter()
            .filter(|shown| shown.range.start <= position && position <= shown.range.end)
            .map(|shown| shown.hover.clone())
            .collect();
        let mut range = None;
        if let Some((open, place, kind)) = self.around(uri) {
            let lines = Lines::of(&open.text);
            let offset = lines.offset(position);
            if let Some((text, span)) = explained(&known(place, kind), &open.text, offset) {
                range = Some(lines.between(span.0, span.1));
                parts.insert(0, text);
            }
        }
        if parts.is_empty() {
            return None;
        }
        Some(Hover {
            contents: HoverContents::Markup(MarkupContent {
                kind: MarkupKind::Markdown,
                value: parts.join("\n\n---\n\n"),
            }),
            range,
        })
    }
}

/// Where a cursor stands in a file of a kind, and its keys.
fn scan(kind: FileKind, text: &str, offset: usize) -> (Vec<Found>, Option<Cursor>) {
    match kind {
        FileKind::Council => rule_cursor::scan(text, offset),
        _ => record_cursor::scan(text, offset),
    }
}

/// The key or the name that stands at a place, explained; and its bytes.
fn explained(known: &Known<'_>, text: &str, offset: usize) -> Option<(String, (usize, usize))> {
    let (keys, cursor) = scan(known.kind, text, offset);
    let key = keys
        .iter()
        .find(|key| key.span.0 <= offset && offset <= key.span.1);
    if let Some(key) = key {
        let mut told = complete::explain(known, &key.parent, &key.key)?;
        if known.kind == FileKind::Council
            && let Some(basis) = rule_cursor::basis(text, &keys, &rule_cursor::group_of(&keys, key))
        {
            told.push_str(&format!("\n\n{}", inline(&basis)));
        }
        return Some((told, key.span));
    }
    let cursor = cursor.filter(|_| known.kind == FileKind::Council)?;
    let shape = Shape::at(known.schema, &cursor.path)?;
    let written = Written {
        text,
        keys: &keys,
        offset,
    };
    let name = written.name(&shape, &cursor)?;
    let words = written.names();
    let word = words
        .iter()
        .find(|word| word.text == text[name.0..name.1])?;
    let told = format!("**{}**\n\n{}", inline(&word.text), inline(&word.label));
    Some((told, name))
}

fn known(place: &Place, kind: FileKind) -> Known<'_> {
    Known {
        kind,
        schema: place.schema(kind),
        council: place.council(),
        folder: place.folder(),
    }
}
