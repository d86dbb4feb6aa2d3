//! Ids that hold twice at once, a policy past its review, and figures that no panel has.

use super::{Remarks, Wanted, entries, text, texts};
use crate::council::build_on::LISTS;
use crate::folder::Node;
use crate::records::Day;

pub(super) fn look(wanted: &Wanted<'_>, remarks: &mut Remarks<'_>) {
    let tree = &wanted.loaded.tree;
    for list in LISTS {
        same_id(list, &entries(tree, list), remarks);
    }
    ages(tree, remarks);
    cut_offs(tree, remarks);
    meetings(wanted, remarks);
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

/// The oldest that anybody is whom a panel decides on: help for care leavers ends at 25, and a year
/// is left for councils that go further.
const OLDEST: u32 = 26;

/// A birthday that nobody reaches while a panel decides on them.
fn ages(tree: &Node, remarks: &mut Remarks<'_>) {
    for (path, milestone) in entries(tree, "milestone") {
        let age = number(milestone, "age");
        if let Some(age) = age.filter(|age| *age > OLDEST) {
            remarks.warn(
                "age-out-of-reach",
                format!("{path}.age"),
                format!("nobody whom the panel decides on turns {age}"),
                "write the age in whole years, like 18",
            );
        }
    }
}

/// Ways of counting a cut-off, each with the most that can be meant by it: a quarter of a year.
const LONGEST: [(&str, u32); 5] = [
    ("working_days_before", 65),
    ("clear_working_days_before", 65),
    ("days_before", 92),
    ("hours_before", 92 * 24),
    ("weeks_before", 13),
];

/// A cut-off so long before the meeting that hardly a request makes it.
fn cut_offs(tree: &Node, remarks: &mut Remarks<'_>) {
    for (path, cut_off) in entries(tree, "cut_off") {
        for (key, most) in LONGEST {
            let figure = number(cut_off, key);
            if figure.is_some_and(|figure| figure > most) {
                remarks.warn(
                    "cut-off-far-off",
                    format!("{path}.{key}"),
                    "this cut-off is more than a quarter of a year before the meeting",
                    "look at the figure, and at what it counts: working days, days, hours or weeks",
                );
            }
        }
    }
}

/// Days of meetings that have all gone by: what is sent from then on is on nobody's agenda.
fn meetings(wanted: &Wanted<'_>, remarks: &mut Remarks<'_>) {
    let tree = &wanted.loaded.tree;
    for (path, meetings) in entries(tree, "meetings") {
        let is_over = day(meetings, "until").is_some_and(|until| until <= wanted.today);
        let days = texts(&path, meetings, "dates");
        let last = days.iter().filter_map(|(_, day)| day.parse::<Day>().ok());
        if let Some(last) = last.max()
            && last < wanted.today
            && !is_over
        {
            remarks.warn(
                "no-day-to-come",
                format!("{path}.dates"),
                format!("the last of these days was {}", last.in_words()),
                "add the days that follow, or say `every` and `on`",
            );
        }
    }
}

fn number(node: &Node, key: &str) -> Option<u32> {
    text(node, key)?.parse().ok()
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
