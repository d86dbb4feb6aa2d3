//! Conditions that never or always hold, and amounts that no condition asks for.

use super::{Remarks, Wanted, entries, text};
use crate::council::condition::{Condition, Known, Reach, Value};
use crate::council::names::KnownNames;
use crate::folder::{Content, Node};
use crate::records::Money;
use std::collections::{BTreeMap, BTreeSet};

/// Keys whose text is a condition.
pub(super) const KEYS: [&str; 6] = [
    "when",
    "exempt",
    "met_when",
    "ratified_when",
    "needed_for",
    "eased_when",
];

pub(super) fn look(wanted: &Wanted<'_>, remarks: &mut Remarks<'_>) {
    let council = &wanted.loaded.council;
    let tree = &wanted.loaded.tree;
    let amounts = amounts(tree);
    let ids: Vec<String> = amounts.keys().cloned().collect();
    let names = KnownNames {
        words: &council.words,
        thresholds: &ids,
    };
    let value = |name: &str| {
        let amount = amounts.get(name.strip_prefix("threshold.")?)?;
        amount.map(Value::Money)
    };
    let known = Known {
        names: &names,
        values: &value,
    };
    let mut conditions = Vec::new();
    gather(tree, String::new(), &mut conditions);
    let mut used: BTreeSet<String> = BTreeSet::new();
    for (path, source) in &conditions {
        // A condition of words that another stretch of days has is not known here.
        let Ok(condition) = Condition::compile(source, &names) else {
            continue;
        };
        used.extend(condition.names().into_iter().map(str::to_owned));
        let mut asked = condition.names().into_iter();
        if !knows_the_decision(tree, path)
            && let Some(name) = asked.find(|name| name.starts_with("decision."))
        {
            remarks.warn(
                "decision-not-known",
                path,
                format!("`{name}` is never known here: this is asked of the request, before there is a decision"),
                if path.starts_with("rule[") {
                    "add of = \"decision\" to the entry, or ask for something of the request"
                } else {
                    "ask for something of the request; a [[rule]] with of = \"decision\" looks at decisions"
                },
            );
        }
        match condition.reach(&known) {
            Some(Reach::Never) => remarks.warn(
                "condition-never-holds",
                path,
                "this condition can never hold: what it asks for contradicts itself",
                "put it right, or take the entry out; `or` joins what may each be so",
            ),
            Some(Reach::Always) => remarks.warn(
                "condition-always-holds",
                path,
                "this condition always holds where its names are known",
                "leave it out, or say `is defined` where that is what is meant",
            ),
            Some(Reach::NeverIn(part)) => remarks.warn(
                "condition-never-holds",
                path,
                format!("alternative {part} of this condition can never hold"),
                "put it right, or take the alternative out",
            ),
            None => {}
        }
    }
    for (_, rule) in entries(tree, "rule") {
        let message = text(rule, "message").unwrap_or("");
        used.extend(
            message
                .split('{')
                .skip(1)
                .filter_map(|piece| piece.split_once('}'))
                .map(|(name, _)| name.trim().to_owned()),
        );
    }
    for (id, node) in thresholds(tree) {
        let is_for_remit = text(node, "for_remit") != Some("false");
        if !is_for_remit && !used.contains(&format!("threshold.{id}")) {
            remarks.warn(
                "threshold-unused",
                format!("thresholds.{id}"),
                format!("no condition asks for threshold.{id}, and it is not for the remit"),
                "use it in a condition, leave `for_remit` out, or take it out",
            );
        }
    }
}

/// Groups whose conditions are asked of the request alone, whenever they are asked.
const OF_THE_REQUEST: [&str; 11] = [
    "section",
    "question",
    "view",
    "sign_off",
    "document",
    "criterion",
    "exclusion",
    "cut_off",
    "permission",
    "costs",
    "milestone",
];

/// Whether a condition is ever asked of a decision.
fn knows_the_decision(tree: &Node, path: &str) -> bool {
    let group = path.split(['[', '.']).next().unwrap_or(path);
    if group != "rule" {
        return !OF_THE_REQUEST.contains(&group);
    }
    let entry = path.rsplit_once('.').map_or(path, |(entry, _)| entry);
    let rules = entries(tree, "rule");
    rules
        .iter()
        .any(|(own, rule)| own == entry && text(rule, "of") == Some("decision"))
}

/// Every text under a key of conditions, with its path.
pub(super) fn gather<'n>(node: &'n Node, path: String, found: &mut Vec<(String, &'n String)>) {
    match &node.content {
        Content::Map(entries) => {
            for entry in entries {
                let path = if path.is_empty() {
                    entry.key.clone()
                } else {
                    format!("{path}.{}", entry.key)
                };
                match &entry.value.content {
                    Content::Scalar(source, _) if KEYS.contains(&entry.key.as_str()) => {
                        found.push((path, source));
                    }
                    _ => gather(&entry.value, path, found),
                }
            }
        }
        Content::List(nodes) => {
            for (index, node) in nodes.iter().enumerate() {
                gather(node, format!("{path}[{index}]"), found);
            }
        }
        _ => {}
    }
}

/// Every `[thresholds.ID]`, or each of `[[thresholds.ID]]`.
fn thresholds(tree: &Node) -> Vec<(&str, &Node)> {
    let Some(Content::Map(groups)) = tree.get("thresholds").map(|entry| &entry.value.content)
    else {
        return Vec::new();
    };
    groups
        .iter()
        .flat_map(|group| {
            let nodes: Vec<&Node> = match &group.value.content {
                Content::List(nodes) => nodes.iter().collect(),
                _ => vec![&group.value],
            };
            nodes
                .into_iter()
                .map(move |node| (group.key.as_str(), node))
        })
        .collect()
}

/// The amount of each threshold; none where it differs between days or panels.
fn amounts(tree: &Node) -> BTreeMap<String, Option<Money>> {
    let mut amounts: BTreeMap<String, Option<Money>> = BTreeMap::new();
    for (id, node) in thresholds(tree) {
        let amount: Option<Money> = text(node, "amount").and_then(|amount| amount.parse().ok());
        amounts
            .entry(id.to_owned())
            .and_modify(|known| {
                if *known != amount {
                    *known = None;
                }
            })
            .or_insert(amount);
    }
    amounts
}
