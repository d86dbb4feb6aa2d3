//! What a sound rule file says that is hardly meant: conditions that never hold, posts that
//! nobody has, ids that name nothing.
//!
//! A fault stops a file from being used and is told when it is loaded. What is told here loads.

mod conditions;
mod days;
mod names;

use super::Loaded;
use crate::findings::{Severity, Span};
use crate::folder::{Content, Node};
use crate::records::Day;

/// One thing to look at again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Remark {
    /// Names what it is about.
    pub(crate) id: &'static str,
    /// An error where the entry cannot do anything.
    pub(crate) severity: Severity,
    /// The path of keys.
    pub(crate) path: String,
    /// Which of the files: 0 is the file itself.
    pub(crate) source: u8,
    /// Where in it.
    pub(crate) span: Span,
    /// What is strange.
    pub(crate) message: String,
    /// What to do.
    pub(crate) help: String,
}

/// What a rule file is looked at with.
pub(crate) struct Wanted<'a> {
    /// The file.
    pub(crate) loaded: &'a Loaded,
    /// The day of looking.
    pub(crate) today: Day,
}

/// Everything worth another look, in the order of the file; what it builds on is not looked at.
pub(crate) fn lint(wanted: &Wanted<'_>) -> Vec<Remark> {
    let mut remarks = Remarks {
        tree: &wanted.loaded.tree,
        found: Vec::new(),
    };
    conditions::look(wanted, &mut remarks);
    days::look(wanted, &mut remarks);
    names::look(wanted, &mut remarks);
    let mut found = remarks.found;
    found.retain(|remark| remark.source == 0);
    found.sort_by(|one, other| (one.span, one.id).cmp(&(other.span, other.id)));
    found.dedup();
    found
}

/// What has been found so far.
struct Remarks<'a> {
    tree: &'a Node,
    found: Vec<Remark>,
}

impl Remarks<'_> {
    fn warn(
        &mut self,
        id: &'static str,
        path: impl Into<String>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.add(id, Severity::Warning, path, message, help);
    }

    fn error(
        &mut self,
        id: &'static str,
        path: impl Into<String>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.add(id, Severity::Error, path, message, help);
    }

    fn add(
        &mut self,
        id: &'static str,
        severity: Severity,
        path: impl Into<String>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let path = path.into();
        self.found.push(Remark {
            id,
            severity,
            source: self.tree.source_at(&path),
            span: self.tree.locate(&path),
            message: message.into(),
            help: help.into(),
            path,
        });
    }
}

/// Every entry under a key, with its path: of a list, or the group itself.
fn entries<'n>(tree: &'n Node, key: &str) -> Vec<(String, &'n Node)> {
    match tree.get(key).map(|entry| &entry.value) {
        Some(Node {
            content: Content::List(nodes),
            ..
        }) => nodes
            .iter()
            .enumerate()
            .map(|(index, node)| (format!("{key}[{index}]"), node))
            .collect(),
        Some(node) => vec![(key.to_owned(), node)],
        None => Vec::new(),
    }
}

/// The text under a key.
fn text<'n>(node: &'n Node, key: &str) -> Option<&'n str> {
    match &node.get(key)?.value.content {
        Content::Scalar(text, _) => Some(text),
        _ => None,
    }
}

/// The texts under a key that takes one or several, each with its path.
fn texts<'n>(path: &str, node: &'n Node, key: &str) -> Vec<(String, &'n str)> {
    match node.get(key).map(|entry| &entry.value.content) {
        Some(Content::Scalar(text, _)) => vec![(format!("{path}.{key}"), text.as_str())],
        Some(Content::List(nodes)) => nodes
            .iter()
            .enumerate()
            .filter_map(|(index, node)| match &node.content {
                Content::Scalar(text, _) => Some((format!("{path}.{key}[{index}]"), text.as_str())),
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests;
