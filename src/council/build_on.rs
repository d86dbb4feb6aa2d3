//! Rule files that build on others.
//!
//! It is done on the tree, before anything is read as a rule: so every entry, of whatever kind,
//! can be changed by the file on top, and none of them needs to know.

use crate::findings::Span;
use crate::folder::{Content, Entry, Node};
use std::collections::BTreeSet;

/// Keys of the file whose value is a list of entries; every other group stands once.
pub(super) const LISTS: &[&str] = &[
    "panel",
    "member",
    "chair",
    "quorum",
    "decider",
    "criterion",
    "exclusion",
    "other_panel",
    "search",
    "emergency_approval",
    "milestone",
    "timer",
    "bring_forward",
    "section",
    "yes_no",
    "view",
    "document",
    "sign_off",
    "permission",
    "presenter",
    "not_invited",
    "acceptance",
    "rule",
    "checklist",
    "case_agenda",
    "prompt",
    "reminder",
    "mark",
    "outcome",
    "endorsement",
    "review_interval",
    "standard_action",
    "distribution",
    "deadline",
    "appeal",
    "principle",
];

/// Keys by which an entry of a list is known; the first that it has.
const IDENTITY: [&str; 4] = ["id", "role", "field", "for"];

/// How deep in the file two groups of keys stand that are laid one over the other.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Level {
    /// The file itself.
    Whole,
    /// `thresholds`: groups by their names.
    Groups,
    /// `words`: lists by their names.
    Lists,
    /// One group.
    Group,
}

/// A tree laid over the one that it builds on.
pub(super) fn laid_over(base: Node, own: Node) -> Node {
    merged(base, own, Level::Whole)
}

fn merged(base: Node, own: Node, level: Level) -> Node {
    let (Content::Map(below), Content::Map(above)) = (&base.content, &own.content) else {
        return own;
    };
    let mut entries = Vec::with_capacity(below.len() + above.len());
    // What the file on top says comes first: a fault of the whole is then told in that file.
    for entry in above {
        let value = match below.iter().find(|known| known.key == entry.key) {
            Some(known) => value_over(known.value.clone(), entry, level),
            None => entry.value.clone(),
        };
        entries.push(Entry {
            value,
            ..entry.clone()
        });
    }
    entries.extend(
        below
            .iter()
            .filter(|known| !above.iter().any(|entry| entry.key == known.key))
            .cloned(),
    );
    Node {
        content: Content::Map(entries),
        ..own
    }
}

fn value_over(below: Node, above: &Entry, level: Level) -> Node {
    let own = above.value.clone();
    let within = match (level, above.key.as_str()) {
        (Level::Whole, "thresholds") => Level::Groups,
        (Level::Whole, "words") => Level::Lists,
        (Level::Whole | Level::Groups, _) => Level::Group,
        (Level::Lists | Level::Group, _) => {
            return if level == Level::Lists {
                lists(below, own)
            } else {
                own
            };
        }
    };
    match (&below.content, &own.content) {
        (Content::Map(_), Content::Map(_)) => merged(below, own, within),
        (Content::List(_), Content::List(_)) if LISTS.contains(&above.key.as_str()) => {
            lists(below, own)
        }
        // A group written as a list of groups replaces the one below whole: entry beside entry,
        // two would hold at once, and a key that is not wanted could never be taken away.
        _ => own,
    }
}

/// Entries of the file on top change those below that have their name; the others follow them.
fn lists(base: Node, own: Node) -> Node {
    let (Content::List(below), Content::List(above)) = (base.content, &own.content) else {
        return own;
    };
    // A list of words or numbers is one value.
    if !above
        .iter()
        .all(|node| matches!(node.content, Content::Map(_)))
    {
        return own;
    }
    let mut nodes = below;
    let mut changed = BTreeSet::new();
    let was = nodes.len();
    for node in above {
        let place = (0..was).find(|place| {
            !changed.contains(place)
                && identity(node).is_some()
                && identity(&nodes[*place]) == identity(node)
        });
        match place {
            Some(place) => {
                changed.insert(place);
                nodes[place] = merged(nodes[place].clone(), node.clone(), Level::Group);
            }
            None => nodes.push(node.clone()),
        }
    }
    Node {
        content: Content::List(nodes),
        ..own
    }
}

fn identity(node: &Node) -> Option<(&'static str, &str)> {
    IDENTITY
        .into_iter()
        .find_map(|key| text_of(node, key).map(|text| (key, text)))
}

pub(super) fn text_of<'n>(node: &'n Node, key: &str) -> Option<&'n str> {
    match &node.get(key)?.value.content {
        Content::Scalar(text, _) => Some(text),
        _ => None,
    }
}

/// The rule files that one builds on, as written, each with its place.
pub(super) fn extends(tree: &Node) -> Vec<(String, Span)> {
    let Some(entry) = tree.get("extends") else {
        return Vec::new();
    };
    match &entry.value.content {
        Content::Scalar(text, _) => vec![(text.clone(), entry.value.span)],
        Content::List(nodes) => nodes
            .iter()
            .filter_map(|node| match &node.content {
                Content::Scalar(text, _) => Some((text.clone(), node.span)),
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// Whether a file, with what it builds on, says whose panel it is or when that meets.
pub(super) fn names_a_council(tree: &Node) -> bool {
    ["council", "meetings"]
        .into_iter()
        .any(|key| tree.get(key).is_some())
}

/// The file with every entry on.
pub(super) fn all_on(mut tree: Node) -> Node {
    if let Content::Map(entries) = &mut tree.content {
        for entry in entries {
            let nodes = match &mut entry.value.content {
                Content::List(nodes) => nodes.iter_mut().collect(),
                _ => vec![&mut entry.value],
            };
            for node in nodes {
                if let Content::Map(keys) = &mut node.content {
                    keys.retain(|key| key.key != "off");
                }
            }
        }
    }
    tree
}

/// Every id that an entry of some list has.
pub(super) fn ids(tree: &Node) -> BTreeSet<String> {
    let Content::Map(entries) = &tree.content else {
        return BTreeSet::new();
    };
    entries
        .iter()
        .filter_map(|entry| match &entry.value.content {
            Content::List(nodes) => Some(nodes),
            _ => None,
        })
        .flatten()
        .filter_map(|node| text_of(node, "id").map(str::to_owned))
        .collect()
}

/// Takes `off` from the entries of those ids: what panel.toml turns on. Gives the ids that
/// nothing has.
pub(super) fn turned_on<'i>(tree: &mut Node, ids: &'i [String]) -> Vec<&'i String> {
    let mut missing: Vec<&String> = ids.iter().collect();
    if let Content::Map(entries) = &mut tree.content {
        for entry in entries.iter_mut() {
            let Content::List(nodes) = &mut entry.value.content else {
                continue;
            };
            for node in nodes {
                let Some(id) = text_of(node, "id").map(str::to_owned) else {
                    continue;
                };
                if !ids.contains(&id) {
                    continue;
                }
                missing.retain(|wanted| **wanted != id);
                if let Content::Map(keys) = &mut node.content {
                    keys.retain(|key| key.key != "off");
                }
            }
        }
    }
    missing
}
