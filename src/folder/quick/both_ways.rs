//! The quick way held against the thorough one: what they make of a text, and where they find things
//! in it.

use super::{locate, read, tree};
use crate::findings::Span;
use crate::folder::file::with_faults;
use crate::folder::order::keys_of;
use crate::folder::tree::{Content, Entry, Node};
use crate::folder::yaml;
use crate::records::{After, Decision, Meeting, Referral};

const REFERRAL: &[&str] = &["reference", "child", "worker", "request"];
const DECISION: &[&str] = &["referral", "meeting", "outcome", "decided_by"];

/// Reads a text both ways as every kind of record: how many the quick way could read, or what the
/// two differ in.
pub(crate) fn read_both_ways(text: &str) -> Result<usize, String> {
    if let Some(quick) = tree(text) {
        let (thorough, faults) = yaml::parse(text);
        let same = thorough.filter(|thorough| asked_of(thorough) == asked_of(&quick));
        let Some(thorough) = same.filter(|_| faults.is_empty()) else {
            return Err(format!(
                "a tree is not the same, or told without {faults:?}: {quick:?}\n{text}"
            ));
        };
        find_both_ways(text, &thorough, keys_of::<Referral>())?;
    }
    fn of<T>(text: &str, required: &[&str]) -> Result<usize, String>
    where
        T: serde::de::DeserializeOwned + Default + PartialEq + std::fmt::Debug,
    {
        let Some(quick) = read::<T>(text, required) else {
            return Ok(0);
        };
        let (thorough, faults) = with_faults::<T>(text, required);
        if !faults.is_empty() {
            return Err(format!(
                "read without a word in spite of {faults:?}\n{text}"
            ));
        }
        if quick != thorough {
            return Err(format!("{quick:?}\nis not\n{thorough:?}\n{text}"));
        }
        let tree = yaml::parse(text).0.expect("it was read");
        find_both_ways(text, &tree, keys_of::<T>())?;
        Ok(1)
    }
    Ok(of::<Referral>(text, REFERRAL)?
        + of::<Meeting>(text, &["date"])?
        + of::<Decision>(text, DECISION)?
        + of::<After>(text, &[])?)
}

/// Looks for everything in a text that is plain, and for what is not there, both ways.
fn find_both_ways(text: &str, tree: &Node, order: &[&str]) -> Result<(), String> {
    let mut paths = vec![
        String::new(),
        "nowhere".to_owned(),
        "total".to_owned(),
        "views.child".to_owned(),
        "sections.plan".to_owned(),
        "declarations".to_owned(),
        "rationale".to_owned(),
        "placed".to_owned(),
        "child.nowhere[3].x".to_owned(),
    ];
    paths_of(tree, "", &mut paths);
    for path in paths {
        let (skimmed, told) = (locate(text, &path, order), tree.locate_among(&path, order));
        if skimmed.is_some_and(|skimmed| skimmed != told) {
            return Err(format!("{path}: {skimmed:?} is not {told:?}\n{text}"));
        }
    }
    Ok(())
}

/// What of a tree anybody asks for: nobody asks where a group or list ends, nor where nothing
/// stands.
fn asked_of(node: &Node) -> Node {
    let entry = |entry: &Entry| Entry {
        value: asked_of(&entry.value),
        ..entry.clone()
    };
    let (span, content) = match &node.content {
        Content::Map(entries) => (
            Span::START,
            Content::Map(entries.iter().map(entry).collect()),
        ),
        Content::List(nodes) => (
            Span::START,
            Content::List(nodes.iter().map(asked_of).collect()),
        ),
        Content::Blank => (Span::START, Content::Blank),
        Content::Scalar(..) => (node.span, node.content.clone()),
    };
    Node {
        span,
        content,
        source: 0,
    }
}

/// Every path that there is below a node, and one beside each.
fn paths_of(node: &Node, path: &str, paths: &mut Vec<String>) {
    let mut below = |path: String, node: &Node| {
        paths.push(path.clone());
        paths.push(format!("{path}.nowhere"));
        paths.push(format!("{path}[7]"));
        paths_of(node, &path, paths);
    };
    match &node.content {
        Content::Map(entries) => {
            for entry in entries {
                let dot = if path.is_empty() { "" } else { "." };
                below(format!("{path}{dot}{}", entry.key), &entry.value);
            }
        }
        Content::List(nodes) => {
            for (index, node) in nodes.iter().enumerate() {
                below(format!("{path}[{index}]"), node);
            }
        }
        Content::Blank | Content::Scalar(..) => {}
    }
}
