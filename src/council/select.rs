//! What of a rule file holds for one panel on one day.
//!
//! It is chosen on the tree, before anything is read as a rule: so every entry, of whatever kind,
//! can be dated and given to one panel, and none of them needs to know.

use super::build_on::{LISTS, text_of};
use crate::folder::{Content, Entry, Fault, FaultKind, Node, Style, nearest};
use crate::records::Day;
use std::collections::BTreeSet;

/// Whom and when rules are asked for.
pub(super) struct Asked<'a> {
    /// The panel or part, then the panel that it is a part of; empty where there is one panel.
    pub(super) panels: &'a [String],
    /// The day.
    pub(super) day: Day,
}

/// One of the panels and parts that a file declares.
pub(super) struct Declared {
    /// Its id.
    pub(super) id: String,
    /// The panel that it is a part of.
    pub(super) part_of: Option<String>,
    from: Option<Day>,
    until: Option<Day>,
}

impl Declared {
    /// Whether it is there on a day.
    pub(super) fn is_there(&self, day: Day) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day < until)
    }
}

/// The panels and parts that a file declares, in its order; not those that are off.
pub(super) fn panels(tree: &Node) -> Vec<Declared> {
    let Some(Content::List(nodes)) = tree.get("panel").map(|entry| &entry.value.content) else {
        return Vec::new();
    };
    nodes
        .iter()
        .filter(|node| !is_off(node))
        .filter_map(|node| {
            Some(Declared {
                id: text_of(node, "id")?.to_owned(),
                part_of: text_of(node, "part_of").map(str::to_owned),
                from: day_of(node, "from"),
                until: day_of(node, "until"),
            })
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
    each_group(tree, &mut |node| {
        days.extend(["from", "until"].iter().filter_map(|key| day_of(node, key)));
    });
    days
}

/// Does something for each group of keys that is not off, those inside another included.
fn each_group<'n>(node: &'n Node, act: &mut impl FnMut(&'n Node)) {
    match &node.content {
        Content::Map(_) if is_off(node) => {}
        Content::Map(entries) => {
            act(node);
            for entry in entries {
                each_group(&entry.value, act);
            }
        }
        Content::List(nodes) => {
            for node in nodes {
                each_group(node, act);
            }
        }
        Content::Blank | Content::Scalar(..) => {}
    }
}

/// What would take an entry out for every panel and day, and so out of sight of every other check.
pub(super) fn never_in_force(tree: &Node, faults: &mut Vec<Fault>) {
    let declared = panels(tree);
    each_group(tree, &mut |node| {
        let mut fault = |key: &str, node: &Node, message: String, help: String| {
            let mut fault = Fault::at(FaultKind::BadValue, node.span, message)
                .path(key)
                .help(help);
            fault.source = node.source;
            faults.push(fault);
        };
        for written in only(node).into_iter().flatten() {
            let Content::Scalar(id, _) = &written.content else {
                continue;
            };
            let known = || declared.iter().map(|panel| panel.id.as_str());
            if !known().any(|known| known == id) {
                let help = match (nearest(id, known()), declared.is_empty()) {
                    (Some(near), _) => format!("did you mean `{near}`?"),
                    (None, true) => {
                        "this file has one panel; [[panel]] declares several".to_owned()
                    }
                    (None, false) => {
                        format!("panels here are {}", known().collect::<Vec<_>>().join(", "))
                    }
                };
                fault(
                    "only",
                    written,
                    format!("`{id}` is no panel of this file"),
                    help,
                );
            }
        }
        if let (Some(from), Some(until), Some(entry)) = (
            day_of(node, "from"),
            day_of(node, "until"),
            node.get("until"),
        ) && until <= from
        {
            fault(
                "until",
                &entry.value,
                format!("this entry ends on {until}, before it begins"),
                format!("`until` is the first day on which it no longer holds: a day after {from}"),
            );
        }
    });
}

fn is_off(node: &Node) -> bool {
    node.get("off").is_some_and(|entry| {
        matches!(&entry.value.content, Content::Scalar(text, Style::Truth) if text == "true")
    })
}

fn day_of(node: &Node, key: &str) -> Option<Day> {
    match &node.get(key)?.value.content {
        Content::Scalar(text, Style::Date | Style::Quoted) => text.parse().ok(),
        _ => None,
    }
}

/// The panels that an entry is for, as written; none where it is for all.
fn only(node: &Node) -> Option<Vec<&Node>> {
    let value = &node.get("only")?.value;
    match &value.content {
        Content::Scalar(..) => Some(vec![value]),
        Content::List(nodes) if !nodes.is_empty() => Some(nodes.iter().collect()),
        _ => None,
    }
}

impl Asked<'_> {
    fn holds(&self, node: &Node) -> bool {
        let from = day_of(node, "from");
        let until = day_of(node, "until");
        !is_off(node)
            && from.is_none_or(|from| from <= self.day)
            && until.is_none_or(|until| self.day < until)
            && self.nearness(node).is_some()
    }

    /// How near an entry is to the panel: 0 where it names the panel or part itself, 1 the panel
    /// that it is a part of, 2 where it is for all; none where it is for others.
    fn nearness(&self, node: &Node) -> Option<usize> {
        let Some(ids) = only(node) else {
            return Some(2);
        };
        self.panels.iter().position(|own| {
            ids.iter()
                .any(|id| matches!(&id.content, Content::Scalar(id, _) if id == own))
        })
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
                "extends" => entry.value.clone(),
                // Every panel is known to the rules of every other.
                "panel" => matching(&entry.value, &|node| !is_off(node)),
                "thresholds" => groups(&entry.value, &mut |key, node| {
                    single(key, node, asked, faults)
                }),
                "words" => groups(&entry.value, &mut |_, node| Some(filtered(node, asked))),
                key if LISTS.contains(&key) => filtered(&entry.value, asked),
                key => single(key, &entry.value, asked, faults)?,
            };
            Some(in_place_of(entry, value))
        })
        .collect();
    Node {
        content: Content::Map(kept),
        ..tree.clone()
    }
}

/// An entry with what of it holds: a group chosen from a list of groups stands on its own line, not
/// on that of the first.
fn in_place_of(entry: &Entry, value: Node) -> Entry {
    let is_one_of_several = matches!(&entry.value.content, Content::List(nodes) if nodes.len() > 1);
    let is_chosen = is_one_of_several && matches!(value.content, Content::Map(_));
    Entry {
        span: if is_chosen {
            value.locate("")
        } else {
            entry.span
        },
        value,
        key: entry.key.clone(),
    }
}

fn groups(node: &Node, choose: &mut dyn FnMut(&str, &Node) -> Option<Node>) -> Node {
    let Content::Map(entries) = &node.content else {
        return node.clone();
    };
    let kept = entries
        .iter()
        .filter_map(|entry| Some(in_place_of(entry, choose(&entry.key, &entry.value)?)))
        .collect();
    Node {
        content: Content::Map(kept),
        ..node.clone()
    }
}

/// The entries of a list that hold, each without what inside it does not.
fn filtered(node: &Node, asked: &Asked<'_>) -> Node {
    inside(&matching(node, &|node| asked.holds(node)), asked)
}

fn matching(node: &Node, keeps: &dyn Fn(&Node) -> bool) -> Node {
    let Content::List(nodes) = &node.content else {
        return node.clone();
    };
    Node {
        content: Content::List(nodes.iter().filter(|node| keeps(node)).cloned().collect()),
        ..node.clone()
    }
}

/// Groups inside an entry have days and panels too, like where a cut-off goes on a bank holiday.
fn inside(node: &Node, asked: &Asked<'_>) -> Node {
    let content = match &node.content {
        Content::Map(entries) => Content::Map(
            entries
                .iter()
                .filter(|entry| is_kept(&entry.value, asked))
                .map(|entry| Entry {
                    value: inside(&entry.value, asked),
                    ..entry.clone()
                })
                .collect(),
        ),
        Content::List(nodes) => Content::List(
            nodes
                .iter()
                .filter(|node| is_kept(node, asked))
                .map(|node| inside(node, asked))
                .collect(),
        ),
        other => other.clone(),
    };
    Node {
        content,
        ..node.clone()
    }
}

fn is_kept(node: &Node, asked: &Asked<'_>) -> bool {
    !matches!(node.content, Content::Map(_)) || asked.holds(node)
}

fn single(key: &str, node: &Node, asked: &Asked<'_>, faults: &mut Vec<Fault>) -> Option<Node> {
    let is_group = |node: &Node| matches!(node.content, Content::Map(_));
    let Content::List(nodes) = &node.content else {
        return is_kept(node, asked).then(|| inside(node, asked));
    };
    if !nodes.iter().all(is_group) {
        return Some(node.clone());
    }
    // What is written for a part goes before what is written for its panel, and that before what
    // is written for all.
    let holding: Vec<&Node> = nodes.iter().filter(|node| asked.holds(node)).collect();
    let nearest = holding.iter().filter_map(|node| asked.nearness(node)).min();
    let mut holding = holding
        .into_iter()
        .filter(|node| asked.nearness(node) == nearest);
    let first = holding.next()?;
    if let Some(second) = holding.next() {
        let mut fault = Fault::at(
            FaultKind::BadValue,
            second.locate(""),
            format!("two [[{key}]] hold at once"),
        )
        .path(key)
        .help(format!(
            "the other begins on line {}: give them `from` and `until` that do not overlap, or `only`",
            first.locate("").line
        ));
        fault.source = second.source;
        faults.push(fault);
    }
    Some(inside(first, asked))
}
