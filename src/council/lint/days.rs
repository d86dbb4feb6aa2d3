//! Entries that are never in force, ids that hold twice at once, a policy past its review.

use super::{Remarks, Wanted, entries, text, texts};
use crate::council::build_on::LISTS;
use crate::folder::{Content, Node, nearest};
use crate::records::Day;

pub(super) fn look(wanted: &Wanted<'_>, remarks: &mut Remarks<'_>) {
    let tree = &wanted.loaded.tree;
    let panels: Vec<&str> = entries(tree, "panel")
        .into_iter()
        .filter_map(|(_, panel)| text(panel, "id"))
        .collect();
    if let Content::Map(groups) = &tree.content {
        for group in groups {
            // What has a place under `thresholds` and `words` has its days there.
            if let (Content::Map(nested), "thresholds" | "words") =
                (&group.value.content, group.key.as_str())
            {
                for entry in nested {
                    for (path, node) in entries(&group.value, &entry.key) {
                        in_force(&format!("{}.{path}", group.key), node, &panels, remarks);
                    }
                }
                continue;
            }
            for (path, node) in entries(tree, &group.key) {
                in_force(&path, node, &panels, remarks);
            }
        }
    }
    for list in LISTS {
        same_id(list, &entries(tree, list), remarks);
    }
    let review_due = entries(tree, "policy")
        .into_iter()
        .filter_map(|(path, policy)| Some((path, day(policy, "review_due")?)));
    if let Some((path, due)) = review_due.max_by_key(|(_, due)| *due)
        && due < wanted.today
    {
        remarks.warn(
            "policy-past-review",
            format!("{path}.review_due"),
            format!(
                "the policy was due for review by {}, and that day has gone by",
                due.in_words()
            ),
            "ask whether there is a newer one, and put its review date here",
        );
    }
}

fn day(node: &Node, key: &str) -> Option<Day> {
    text(node, key)?.parse().ok()
}

/// An entry that no day and no panel brings into force is never looked at, so nothing else of it
/// has been told.
fn in_force(path: &str, node: &Node, panels: &[&str], remarks: &mut Remarks<'_>) {
    if let (Some(from), Some(until)) = (day(node, "from"), day(node, "until"))
        && until <= from
    {
        remarks.error(
            "never-in-force",
            format!("{path}.until"),
            format!("this entry ends on {until}, before it begins on {from}"),
            format!("`until` is the first day on which it no longer holds: a day after {from}"),
        );
    }
    for (path, id) in texts(path, node, "only") {
        if !panels.contains(&id) {
            let help = match nearest(id, panels.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None if panels.is_empty() => {
                    "declare it with [[panel]], or leave `only` out".to_owned()
                }
                None => format!("panels here are {}", panels.join(", ")),
            };
            remarks.error(
                "never-in-force",
                path,
                format!("there is no panel `{id}`, so this entry never holds"),
                help,
            );
        }
    }
}

/// Two entries of one list under one id, in force on one day for one panel.
fn same_id(list: &str, all: &[(String, &Node)], remarks: &mut Remarks<'_>) {
    for (index, (path, node)) in all.iter().enumerate() {
        let Some(id) = text(node, "id") else { continue };
        let first = all[..index].iter().find(|(_, other)| {
            text(other, "id") == Some(id) && overlap(node, other) && share_a_panel(node, other)
        });
        if let Some((first, _)) = first {
            let line = remarks.tree.locate(first).line;
            remarks.warn(
                "same-id",
                format!("{path}.id"),
                format!("two [[{list}]] are called `{id}` at once"),
                format!(
                    "the other begins on line {line}: give each an id of its own, or days that do not overlap"
                ),
            );
        }
    }
}

fn overlap(one: &Node, other: &Node) -> bool {
    let begins_before_end = |one: &Node, other: &Node| match (day(one, "from"), day(other, "until"))
    {
        (Some(from), Some(until)) => from < until,
        _ => true,
    };
    let is_on = |node: &Node| text(node, "off") != Some("true");
    is_on(one) && is_on(other) && begins_before_end(one, other) && begins_before_end(other, one)
}

fn share_a_panel(one: &Node, other: &Node) -> bool {
    let (one, other) = (texts("", one, "only"), texts("", other, "only"));
    one.is_empty()
        || other.is_empty()
        || one
            .iter()
            .any(|(_, id)| other.iter().any(|(_, other)| id == other))
}
