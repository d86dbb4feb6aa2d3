//! What the flags of lists put in the place of what the file of `--from` has.

use super::Args;
use crate::records::{Decision, Text, same_name};

/// Takes out of a prepared decision what the flags say anew: money all of it, or it would be doubled;
/// a view, a dissent or an acceptance where it is the same member's or rule's. Agreements, actions,
/// needs and other panels stay: what is given of them stands behind, so that an action that was
/// ticked off by its number keeps it.
pub(super) fn give_way(args: &Args, decision: &mut Decision) {
    if !args.approve.is_empty() {
        decision.approved.clear();
    }
    let is_given = |flags: &[String], own: Option<&Text>| {
        let mut given = flags.iter().filter_map(|text| text.split_once('|'));
        own.is_some_and(|own| given.any(|(first, _)| same_name(first, own)))
    };
    let views = &mut decision.views;
    views.retain(|own| !is_given(&args.view, own.member.as_ref()));
    let dissent = &mut decision.dissent;
    dissent.retain(|own| !is_given(&args.dissent, own.member.as_ref()));
    let accepted = &mut decision.accepted;
    accepted.retain(|own| !is_given(&args.accept, own.rule.as_ref()));
}

/// Puts what a flag says behind a list, unless it stands there.
pub(super) fn add<T: PartialEq>(list: &mut Vec<T>, said: T) {
    if !list.contains(&said) {
        list.push(said);
    }
}
