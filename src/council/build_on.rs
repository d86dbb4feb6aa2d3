//! Rule files that build on others, and what of a file holds for one panel on one day.
//!
//! Both are done on the tree, before anything is read as a rule: so every entry, of whatever
//! kind, can be overridden, dated and given to one panel, and none of them needs to know.

use crate::findings::Span;
use crate::folder::{Content, Entry, Fault, FaultKind, Node, Style};
use crate::records::Day;
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

/// A tree laid over the one that it builds on.
pub(super) fn laid_over(base: Node, own: Node) -> Node {
    merged(base, own, 0)
}

fn merged(base: Node, own: Node, depth: usize) -> Node {
    let (Content::Map(base_entries), Content::Map(own_entries)) = (&base.content, &own.content)
    else {
        return own;
    };
    let mut entries = base_entries.clone();
    for entry in own_entries {
        let Some(known) = entries.iter_mut().find(|known| known.key == entry.key) else {
            entries.push(entry.clone());
            continue;
        };
        // `thresholds` and `words` hold groups by name; everything else is one group or a list.
        let is_nested = depth == 0 && matches!(entry.key.as_str(), "thresholds" | "words");
        let value = match (&known.value.content, &entry.value.content) {
            (Content::List(_), Content::List(_)) if entry.key != "extends" => {
                lists(known.value.clone(), entry.value.clone())
            }
            (Content::Map(_), Content::Map(_)) if depth == 0 || is_nested => merged(
                known.value.clone(),
                entry.value.clone(),
                depth + usize::from(!is_nested),
            ),
            _ => entry.value.clone(),
        };
        *known = Entry {
            value,
            ..entry.clone()
        };
    }
    Node {
        content: Content::Map(entries),
        ..own
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
                nodes[place] = key_by_key(nodes[place].clone(), node.clone());
            }
            None => nodes.push(node.clone()),
        }
    }
    Node {
        content: Content::List(nodes),
        ..own
    }
}

fn key_by_key(base: Node, own: Node) -> Node {
    let (Content::Map(below), Content::Map(above)) = (base.content, &own.content) else {
        return own;
    };
    let mut entries = below;
    for entry in above {
        match entries.iter_mut().find(|known| known.key == entry.key) {
            Some(known) => *known = entry.clone(),
            None => entries.push(entry.clone()),
        }
    }
    Node {
        content: Content::Map(entries),
        ..own
    }
}

fn identity(node: &Node) -> Option<(&'static str, &str)> {
    IDENTITY
        .into_iter()
        .find_map(|key| text_of(node, key).map(|text| (key, text)))
}

fn text_of<'n>(node: &'n Node, key: &str) -> Option<&'n str> {
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

/// Sets `off = false` on the entries of those ids: what panel.toml turns on. Gives the ids that
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

/// Whom and when rules are asked for.
pub(super) struct Asked<'a> {
    /// The panel or part, and the panel that it is a part of; empty where there is one panel.
    pub(super) panels: &'a [String],
    /// The day.
    pub(super) day: Day,
}

/// The panels and parts that a file declares, each with the one that it is a part of.
pub(super) fn panels(tree: &Node) -> Vec<(String, Option<String>)> {
    let Some(Content::List(nodes)) = tree.get("panel").map(|entry| &entry.value.content) else {
        return Vec::new();
    };
    nodes
        .iter()
        .filter_map(|node| {
            let id = text_of(node, "id")?;
            Some((id.to_owned(), text_of(node, "part_of").map(str::to_owned)))
        })
        .collect()
}

/// Ids that a file gives findings of its own, whatever their days and panels.
pub(super) fn own_ids(tree: &Node) -> Vec<String> {
    [("rule", "id"), ("timer", "id"), ("deadline", "finding")]
        .into_iter()
        .flat_map(|(list, key)| {
            let nodes = match tree.get(list).map(|entry| &entry.value.content) {
                Some(Content::List(nodes)) => nodes.as_slice(),
                _ => &[],
            };
            nodes.iter().filter_map(move |node| text_of(node, key))
        })
        .map(str::to_owned)
        .collect()
}

/// Days on which some entry begins or ends to be in force.
pub(super) fn turning_days(tree: &Node) -> BTreeSet<Day> {
    let mut days = BTreeSet::new();
    let mut open = vec![(tree, 0)];
    while let Some((node, depth)) = open.pop() {
        match &node.content {
            Content::Map(entries) => {
                for key in ["from", "until"] {
                    days.extend(day_of(node, key));
                }
                if depth < 4 {
                    open.extend(entries.iter().map(|entry| (&entry.value, depth + 1)));
                }
            }
            Content::List(nodes) if depth < 4 => {
                open.extend(nodes.iter().map(|node| (node, depth + 1)));
            }
            _ => {}
        }
    }
    days
}

fn day_of(node: &Node, key: &str) -> Option<Day> {
    match &node.get(key)?.value.content {
        Content::Scalar(text, Style::Date | Style::Quoted) => text.parse().ok(),
        _ => None,
    }
}

impl Asked<'_> {
    fn holds(&self, node: &Node) -> bool {
        let is_off = matches!(text_of(node, "off"), Some("true"));
        let from = day_of(node, "from");
        let until = day_of(node, "until");
        !is_off
            && from.is_none_or(|from| from <= self.day)
            && until.is_none_or(|until| self.day < until)
            && self.is_theirs(node)
    }

    fn is_theirs(&self, node: &Node) -> bool {
        match only(node) {
            None => true,
            Some(ids) => ids.iter().any(|id| self.panels.iter().any(|own| own == id)),
        }
    }
}

fn only(node: &Node) -> Option<Vec<&str>> {
    match &node.get("only")?.value.content {
        Content::Scalar(text, _) => Some(vec![text]),
        Content::List(nodes) => Some(
            nodes
                .iter()
                .filter_map(|node| match &node.content {
                    Content::Scalar(text, _) => Some(text.as_str()),
                    _ => None,
                })
                .collect(),
        ),
        _ => None,
    }
}

/// What of a file holds for one panel on one day. Groups of which two hold at once are a fault.
pub(super) fn select(tree: &Node, asked: &Asked<'_>, faults: &mut Vec<Fault>) -> Node {
    let Content::Map(entries) = &tree.content else {
        return tree.clone();
    };
    let kept = entries
        .iter()
        .filter_map(|entry| {
            let value = match entry.key.as_str() {
                "extends" | "panel" => entry.value.clone(),
                "thresholds" | "words" => groups(&entry.value, entry.key == "words", asked, faults),
                key if LISTS.contains(&key) => filtered(&entry.value, asked),
                _ => single(&entry.key, &entry.value, asked, faults)?,
            };
            Some(Entry {
                value,
                ..entry.clone()
            })
        })
        .collect();
    Node {
        content: Content::Map(kept),
        ..tree.clone()
    }
}

fn groups(node: &Node, are_lists: bool, asked: &Asked<'_>, faults: &mut Vec<Fault>) -> Node {
    let Content::Map(entries) = &node.content else {
        return node.clone();
    };
    let kept = entries
        .iter()
        .filter_map(|entry| {
            let value = if are_lists {
                filtered(&entry.value, asked)
            } else {
                single(&entry.key, &entry.value, asked, faults)?
            };
            Some(Entry {
                value,
                ..entry.clone()
            })
        })
        .collect();
    Node {
        content: Content::Map(kept),
        ..node.clone()
    }
}

fn filtered(node: &Node, asked: &Asked<'_>) -> Node {
    let Content::List(nodes) = &node.content else {
        return node.clone();
    };
    Node {
        content: Content::List(
            nodes
                .iter()
                .filter(|node| asked.holds(node))
                .cloned()
                .collect(),
        ),
        ..node.clone()
    }
}

fn single(key: &str, node: &Node, asked: &Asked<'_>, faults: &mut Vec<Fault>) -> Option<Node> {
    let Content::List(nodes) = &node.content else {
        let is_group = matches!(node.content, Content::Map(_));
        return (!is_group || asked.holds(node)).then(|| node.clone());
    };
    if !nodes
        .iter()
        .all(|node| matches!(node.content, Content::Map(_)))
    {
        return Some(node.clone());
    }
    let mut holding: Vec<&Node> = nodes.iter().filter(|node| asked.holds(node)).collect();
    // What is written for one panel goes before what is written for all.
    if holding.iter().any(|node| only(node).is_some()) {
        holding.retain(|node| only(node).is_some());
    }
    if let [first, second, ..] = holding.as_slice() {
        faults.push(
            Fault::at(
                FaultKind::BadValue,
                second.locate(""),
                format!("two [[{key}]] hold at once"),
            )
            .path(key)
            .help(format!(
                "the other begins on line {}: give them `from` and `until` that do not overlap, or `only`",
                first.locate("").line
            )),
        );
    }
    holding.first().map(|node| (*node).clone())
}
