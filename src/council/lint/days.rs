//! Ids that hold twice at once, and a policy past its review.

use super::{Remarks, Wanted, entries, text, texts};
use crate::council::build_on::LISTS;
use crate::folder::Node;
use crate::records::Day;

pub(super) fn look(wanted: &Wanted<'_>, remarks: &mut Remarks<'_>) {
    let tree = &wanted.loaded.tree;
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
