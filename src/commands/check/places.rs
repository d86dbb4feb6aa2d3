//! From places by their meaning to stretches of text: each file with findings is parsed once.

use crate::findings::{Finding, Span};
use crate::folder::{File, Folder};
use crate::output::Shown;
use rayon::prelude::*;
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

type Found<'f> = HashMap<&'f str, Vec<&'f Finding>>;

/// Every finding with its stretch, in the order in which a reader meets them.
pub(in crate::commands) fn resolve<'f>(
    folder: &Folder,
    findings: Vec<&'f Finding>,
) -> Vec<Shown<'f>> {
    let mut by_file: Found<'f> = HashMap::new();
    for finding in &findings {
        by_file
            .entry(&finding.place.file)
            .or_default()
            .push(finding);
    }
    let referrals = folder
        .referrals
        .par_iter()
        .flat_map_iter(|file| in_file(file, &by_file));
    let records = folder.meetings.par_iter().flat_map_iter(|meeting| {
        let own = meeting
            .meeting
            .iter()
            .flat_map(|file| in_file(file, &by_file));
        let decisions = meeting
            .decisions
            .iter()
            .flat_map(|decision| in_file(&decision.file, &by_file));
        let after = meeting
            .after
            .iter()
            .flat_map(|file| in_file(file, &by_file));
        own.chain(decisions).chain(after)
    });
    let mut shown: Vec<Shown<'f>> = referrals.chain(records).collect();
    let read: std::collections::HashSet<&str> = shown
        .iter()
        .map(|shown| shown.finding.place.file.as_str())
        .collect();
    // Files that hold no record, like panel.toml, have no tree to look in.
    let others: Vec<Shown<'f>> = findings
        .iter()
        .filter(|finding| !read.contains(finding.place.file.as_str()))
        .map(|finding| Shown {
            finding,
            span: finding.place.span.unwrap_or(Span::START),
            line: None,
            is_draft: false,
        })
        .collect();
    shown.extend(others);
    shown.sort_by(|one, other| {
        let key = |shown: &Shown<'f>| {
            let finding = shown.finding;
            (
                finding.place.file.as_str(),
                shown.span,
                finding.rule.as_str(),
                finding.message.as_str(),
            )
        };
        key(one).cmp(&key(other))
    });
    shown
}

fn in_file<'f, T>(file: &File<T>, by_file: &Found<'f>) -> Vec<Shown<'f>>
where
    T: serde::de::DeserializeOwned,
{
    let Some(found) = by_file.get(file.path.as_str()) else {
        return Vec::new();
    };
    let text = file.text();
    let lines: Vec<&str> = text.split('\n').collect();
    let places = file.places_in(Cow::Borrowed(&*text));
    // A line can be long, and all of a file's findings can stand on it.
    let mut kept: HashMap<u32, Arc<str>> = HashMap::new();
    found
        .iter()
        .map(|finding| {
            let located = || places.of(&finding.place.path);
            let span = finding.place.span.or_else(located).unwrap_or(Span::START);
            let line = lines.get(span.line.saturating_sub(1) as usize);
            Shown {
                finding,
                span,
                line: line.map(|line| {
                    kept.entry(span.line)
                        .or_insert_with(|| Arc::from(*line))
                        .clone()
                }),
                is_draft: false,
            }
        })
        .collect()
}
