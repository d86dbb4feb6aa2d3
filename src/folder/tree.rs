//! A file's text as a tree in which every key and value knows its place.

use super::order::{comes_after, standing};
use crate::findings::Span;

/// How a scalar was written; decides what it may be read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    /// YAML without quotation marks: may be anything.
    Plain,
    /// In quotation marks, or a block of text.
    Quoted,
    /// A TOML number.
    Number,
    /// A TOML truth value.
    Truth,
    /// A TOML date or time.
    Date,
}

/// What stands at a place.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Content {
    /// A key with nothing after it.
    Blank,
    /// A piece of text, as written.
    Scalar(String, Style),
    /// A list.
    List(Vec<Node>),
    /// Keys with values, in the order of the file; keys are distinct.
    Map(Vec<Entry>),
}

/// A key and its value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Entry {
    /// The key's text.
    pub(crate) key: String,
    /// The key's place.
    pub(crate) span: Span,
    /// The value.
    pub(crate) value: Node,
}

/// A value and its place.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Node {
    /// Its stretch of text.
    pub(crate) span: Span,
    /// What it is.
    pub(crate) content: Content,
    /// Which of several files it was read from: 0 is the file itself, the others those that it
    /// builds on.
    pub(crate) source: u8,
}

impl Node {
    /// The value under a key, where this is a group of keys.
    pub(crate) fn get(&self, key: &str) -> Option<&Entry> {
        match &self.content {
            Content::Map(entries) => entries.iter().find(|entry| entry.key == key),
            _ => None,
        }
    }

    /// Whether nothing stands here.
    pub(crate) fn is_blank(&self) -> bool {
        match &self.content {
            Content::Blank => true,
            Content::Scalar(text, _) => text.trim().is_empty(),
            Content::List(nodes) => nodes.is_empty(),
            Content::Map(entries) => entries.is_empty(),
        }
    }

    /// The stretch to show for a path of keys, where no order of keys is known: as
    /// [`Self::locate_among`], with the first key of the file for a missing top-level key.
    pub(crate) fn locate(&self, path: &str) -> Span {
        self.locate_among(path, &[])
    }

    /// The stretch to show for a path of keys: the value where it is a piece of text, else the
    /// key; for what is missing, the key it belongs under, and for a missing top-level key the one
    /// that it comes after in the order of the form, or the first key of the file.
    pub(super) fn locate_among(&self, path: &str, order: &[&str]) -> Span {
        let mut here = self;
        let mut nearest = match (&self.content, steps(path).next()) {
            (Content::Map(entries), Some(Step::Key(key))) => {
                comes_after(order, key, standing(entries))
            }
            _ => None,
        }
        .unwrap_or_else(|| self.opening());
        for step in steps(path) {
            let next = match (&here.content, step) {
                (Content::Map(_), Step::Key(key)) => here.get(key).map(|e| (&e.value, e.span)),
                (Content::List(nodes), Step::Index(index)) => {
                    nodes.get(index).map(|node| (node, node.opening()))
                }
                _ => None,
            };
            let Some((node, span)) = next else {
                return nearest;
            };
            nearest = match &node.content {
                Content::Scalar(..) if !node.is_blank() => node.span,
                _ => span,
            };
            here = node;
        }
        nearest
    }

    /// Whether this is a list or a group of keys.
    pub(super) fn has_parts(&self) -> bool {
        matches!(self.content, Content::List(_) | Content::Map(_))
    }

    /// What stands at a path, where something does.
    pub(super) fn find(&self, path: &str) -> Option<&Self> {
        steps(path).try_fold(self, |here, step| match (&here.content, step) {
            (Content::Map(_), Step::Key(key)) => here.get(key).map(|entry| &entry.value),
            (Content::List(nodes), Step::Index(index)) => nodes.get(index),
            _ => None,
        })
    }

    /// Which file the deepest node on a path was read from.
    pub(crate) fn source_at(&self, path: &str) -> u8 {
        let mut here = self;
        for step in steps(path) {
            let next = match (&here.content, step) {
                (Content::Map(_), Step::Key(key)) => here.get(key).map(|entry| &entry.value),
                (Content::List(nodes), Step::Index(index)) => nodes.get(index),
                _ => None,
            };
            match next {
                Some(node) => here = node,
                None => break,
            }
        }
        here.source
    }

    /// Marks this node and all below it as read from one of several files.
    pub(crate) fn read_from(mut self, source: u8) -> Self {
        self.source = source;
        match &mut self.content {
            Content::List(nodes) => {
                for node in nodes {
                    *node = std::mem::replace(node, Self::nothing()).read_from(source);
                }
            }
            Content::Map(entries) => {
                for entry in entries {
                    entry.value =
                        std::mem::replace(&mut entry.value, Self::nothing()).read_from(source);
                }
            }
            Content::Blank | Content::Scalar(..) => {}
        }
        self
    }

    const fn nothing() -> Self {
        Self {
            span: Span::START,
            content: Content::Blank,
            source: 0,
        }
    }

    /// The stretch of a key itself, where the path leads to one.
    pub(crate) fn locate_key(&self, path: &str) -> Option<Span> {
        let mut here = self;
        let mut span = None;
        for step in steps(path) {
            match (&here.content, step) {
                (Content::Map(_), Step::Key(key)) => {
                    let entry = here.get(key)?;
                    span = Some(entry.span);
                    here = &entry.value;
                }
                (Content::List(nodes), Step::Index(index)) => {
                    here = nodes.get(index)?;
                    span = Some(here.opening());
                }
                _ => return None,
            }
        }
        span
    }

    /// Where a reader's eye should land for the node as a whole.
    fn opening(&self) -> Span {
        match &self.content {
            Content::Map(entries) => entries.first().map_or(self.span, |entry| entry.span),
            Content::List(nodes) => nodes.first().map_or(self.span, Node::opening),
            _ => self.span,
        }
    }
}

/// One step of a path.
#[derive(Debug, Clone, Copy)]
pub(super) enum Step<'a> {
    /// Into a group.
    Key(&'a str),
    /// Into a list, from 0.
    Index(usize),
}

/// `costs[0].weekly` as its steps. Keys of a council's own may hold `-` but neither `.` nor `[`.
pub(super) fn steps(path: &str) -> impl Iterator<Item = Step<'_>> {
    path.split(['.', '['])
        .filter(|step| !step.is_empty())
        .map(|step| match step.strip_suffix(']') {
            Some(index) => index.parse().map_or(Step::Key(step), Step::Index),
            None => Step::Key(step),
        })
}
