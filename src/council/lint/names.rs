//! Ids and posts that name nothing, or two things at once.

use super::{Remarks, Wanted, entries, text, texts};
use crate::council::{OR_MORE_SENIOR, THE_CHAIR};
use crate::folder::Node;
use std::collections::BTreeMap;

pub(super) fn look(wanted: &Wanted<'_>, remarks: &mut Remarks<'_>) {
    finding_ids(wanted, remarks);
    for_each_child(wanted, remarks);
    chairs(wanted, remarks);
    quorum(wanted, remarks);
}

/// A finding of deadlines shares its id with no check and no time limit. What else an id of a
/// finding must be is told when the file is loaded.
fn finding_ids(wanted: &Wanted<'_>, remarks: &mut Remarks<'_>) {
    let tree = &wanted.loaded.tree;
    let own: BTreeMap<&str, &str> = ["rule", "timer"]
        .into_iter()
        .flat_map(|list| {
            let nodes = entries(tree, list).into_iter();
            nodes.filter_map(move |(_, node)| Some((text(node, "id")?, list)))
        })
        .collect();
    for (path, node) in entries(tree, "deadline") {
        if let Some(id) = text(node, "finding")
            && let Some(other) = own.get(id)
        {
            remarks.error(
                "id-taken",
                format!("{path}.finding"),
                format!("a [[{other}]] is called `{id}` too"),
                "give the finding of this deadline an id of its own",
            );
        }
    }
}

/// What counts from something that happens to each child cannot be marked once for the meeting: one
/// family's answer would meet the deadline of the next one's.
fn for_each_child(wanted: &Wanted<'_>, remarks: &mut Remarks<'_>) {
    let council = &wanted.loaded.council;
    for (path, node) in entries(&wanted.loaded.tree, "deadline") {
        let own = text(node, "id").and_then(|id| {
            let mut deadlines = council.deadlines.iter();
            deadlines.find(|rule| rule.id == id)
        });
        if text(node, "per_child") == Some("false") && own.is_some_and(|rule| rule.is_of_a_case) {
            remarks.warn(
                "per-child-by-itself",
                format!("{path}.per_child"),
                "it counts from something that happens to each child, so it is owed and marked for each, whatever stands here",
                "take the line out, or let it count from the meeting",
            );
        }
    }
}

/// Who may chair sits on the panel, unless they only come where the others are away; and who goes
/// before a stand-in may chair does chair.
fn chairs(wanted: &Wanted<'_>, remarks: &mut Remarks<'_>) {
    let tree = &wanted.loaded.tree;
    let members = roles(tree, "member");
    let chairs = roles(tree, "chair");
    let all = entries(tree, "chair");
    let is_off = |(_, node): &(String, &Node)| text(node, "off") == Some("true");
    if let Some((path, _)) = all.first()
        && all.iter().all(is_off)
    {
        remarks.warn(
            "nobody-chairs",
            path,
            "every [[chair]] is off, so anybody at all may chair and decide",
            "leave one of them on, or take the entries out where no post is named",
        );
    }
    for (path, node) in entries(tree, "chair") {
        if let Some(role) = text(node, "role")
            && !members.is_empty()
            && texts(&path, node, "only_if_away").is_empty()
            && !is_held(wanted, &members, role)
        {
            remarks.warn(
                "post-without-holder",
                format!("{path}.role"),
                format!("`{role}` may chair, and no [[member]] has that post"),
                "add it as a [[member]], or name the post that sits",
            );
        }
        for (path, away) in texts(&path, node, "only_if_away") {
            if !is_held(wanted, &chairs, away) {
                remarks.warn(
                    "post-does-not-chair",
                    path,
                    format!("`{away}` does not chair, so whether they are away changes nothing"),
                    "name a post of [[chair]], or take it out",
                );
            }
        }
    }
}

fn quorum(wanted: &Wanted<'_>, remarks: &mut Remarks<'_>) {
    let tree = &wanted.loaded.tree;
    let members = roles(tree, "member");
    if members.is_empty() {
        return;
    }
    for (path, node) in entries(tree, "quorum") {
        let of = texts(&path, node, "of");
        for (path, role) in &of {
            if !is_held(wanted, &members, role) {
                remarks.warn(
                    "post-without-holder",
                    path,
                    format!("`{role}` counts towards the quorum, and no [[member]] has that post"),
                    "add it as a [[member]], or name the post that sits",
                );
            }
        }
        let number: usize = text(node, "number")
            .and_then(|number| number.parse().ok())
            .unwrap_or(0);
        if of.is_empty() && number > members.len() {
            remarks.warn(
                "quorum-out-of-reach",
                format!("{path}.number"),
                format!(
                    "the quorum is {number}, and the file names {} members",
                    members.len()
                ),
                "lower it, or add the posts that are missing as [[member]]",
            );
        }
    }
}

fn roles<'n>(tree: &'n Node, list: &str) -> Vec<&'n str> {
    entries(tree, list)
        .into_iter()
        .filter_map(|(_, node)| text(node, "role"))
        .collect()
}

/// Whether somebody among these posts serves where `wanted_role` is asked for.
fn is_held(wanted: &Wanted<'_>, posts: &[&str], wanted_role: &str) -> bool {
    let council = &wanted.loaded.council;
    wanted_role == THE_CHAIR
        || wanted_role.ends_with(OR_MORE_SENIOR)
        || posts
            .iter()
            .any(|post| council.words.role_serves(post, wanted_role))
}
