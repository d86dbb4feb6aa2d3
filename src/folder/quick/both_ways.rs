//! The quick way held against the thorough one: what they make of a text, and where they find things
//! in it.

use super::{locate, read};
use crate::folder::file::with_faults;
use crate::folder::order::keys_of;
use crate::folder::tree::{Content, Node};
use crate::folder::yaml;
use crate::records::{After, Decision, Meeting, Referral};

const REFERRAL: &[&str] = &["reference", "child", "worker", "request"];
const DECISION: &[&str] = &["referral", "meeting", "outcome", "decided_by"];

/// Reads a text both ways as every kind of record: how many the quick way could read, or what the
/// two differ in.
pub(crate) fn read_both_ways(text: &str) -> Result<usize, String> {
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
        let order = keys_of::<T>();
        let tree = yaml::parse(text).0.expect("it was read");
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
        paths_of(&tree, "", &mut paths);
        for path in paths {
            let (skimmed, told) = (locate(text, &path, order), tree.locate_among(&path, order));
            if skimmed.is_some_and(|skimmed| skimmed != told) {
                return Err(format!("{path}: {skimmed:?} is not {told:?}\n{text}"));
            }
        }
        Ok(1)
    }
    Ok(of::<Referral>(text, REFERRAL)?
        + of::<Meeting>(text, &["date"])?
        + of::<Decision>(text, DECISION)?
        + of::<After>(text, &[])?)
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
