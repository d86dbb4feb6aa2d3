//! Which files of a folder name a child, and why: for whoever has to keep, hand out or remove them.

use super::common::said;
use crate::desk::{Case, Desk, NamedBy, is_one_child};
use crate::folder::AnyFile;
use crate::records::{Finder, Meeting, Referral, Text, folded_words};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// The shortest number that is looked for in prose: fewer digits could be anything.
const SHORTEST_NUMBER: usize = 4;

/// The files that name a child.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct FilesAbout {
    /// The child's number on the case system.
    pub(crate) case_id: Option<String>,
    /// The child's referrals.
    pub(crate) references: Vec<String>,
    /// The files, by path.
    pub(crate) files: Vec<FileAbout>,
    /// How many files are no text, so that only their names were looked at.
    pub(crate) unread: usize,
    /// Those, by path.
    pub(crate) no_text: Vec<String>,
}

/// One file that names a child.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct FileAbout {
    /// Its path from the case folder.
    pub(crate) file: String,
    /// Why it is listed.
    pub(crate) why: Vec<String>,
}

/// Every file that names the child of these referrals, whatever the desk's moment.
pub(crate) fn files_about(desk: &Desk<'_>, cases: &[&Case<'_>], files: &[AnyFile]) -> FilesAbout {
    // What is removed or handed out is all there is: also what was sent after the moment.
    let own: Vec<&Case<'_>> = desk
        .cases()
        .iter()
        .filter(|other| {
            let mut of_child = cases.iter();
            of_child.any(|case| case.reference() == other.reference() || is_one_child(case, other))
        })
        .collect();
    let child = Sought::of(&own);
    let mut why: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for case in desk.cases() {
        let is_own = own.iter().any(|own| own.reference() == case.reference());
        let found = why.entry(case.file.path.as_str()).or_default();
        if is_own {
            found.push(format!("the referral {}", case.reference()));
        } else {
            found.extend(child.named_by(case.referral()));
        }
    }
    for meeting in &desk.folder.meetings {
        for decision in &meeting.decisions {
            let reference = &decision.file.record.referral;
            if child.has(reference) {
                let found = why.entry(&decision.file.path).or_default();
                found.push(format!("the decision on {reference}"));
            }
        }
        for after in meeting.after.iter().filter(|after| child.has(after.stem())) {
            let found = why.entry(&after.path).or_default();
            found.push(format!(
                "what became true after the decision on {}",
                after.stem()
            ));
        }
        if let Some(file) = &meeting.meeting {
            let found = why.entry(&file.path).or_default();
            found.extend(child.entries_of(&file.record));
        }
    }
    let papers = own.iter().flat_map(|case| {
        let papers = case.referral().documents.iter();
        papers.filter_map(|paper| Some((paper.file.as_deref()?, case.reference())))
    });
    let papers: Vec<(&str, &str)> = papers.collect();
    let own_papers = own_files(desk, &own, &child, &papers);
    for file in files {
        let found = why.entry(file.path.as_str()).or_default();
        for (_, reference) in papers.iter().filter(|(path, _)| *path == file.path) {
            found.push(format!("a paper of {reference}"));
        }
        let record = child.references.iter().find(|reference| {
            let folder = format!("records/{reference}/");
            file.path.starts_with(&folder)
        });
        if let Some(reference) = record {
            found.push(format!("the child's own record of {reference}"));
        }
        let is_own = own_papers.contains(file.path.as_str()) || record.is_some();
        if found.is_empty() {
            found.extend(child.told_in(desk, &own, file));
        } else if !is_own {
            // What is about another child, or about several, can hold more than a reference.
            let held = child.told_in(desk, &own, file).into_iter();
            found.extend(held.filter(|why| why.starts_with("holds")));
        }
    }
    let no_text = files.iter().filter(|file| file.text.is_none());
    let no_text: Vec<String> = no_text.map(|file| file.path.clone()).collect();
    FilesAbout {
        case_id: child.numbers.first().cloned(),
        files: why
            .into_iter()
            .filter(|(_, why)| !why.is_empty())
            .map(|(file, why)| FileAbout {
                file: file.to_owned(),
                why,
            })
            .collect(),
        unread: no_text.len(),
        no_text,
        references: child.references,
    }
}

/// The paths of files that are this child's alone.
fn own_files<'f>(
    desk: &'f Desk<'_>,
    own: &[&'f Case<'_>],
    child: &Sought,
    papers: &[(&'f str, &'f str)],
) -> BTreeSet<&'f str> {
    let meetings = || desk.folder.meetings.iter();
    let decisions = meetings()
        .flat_map(|meeting| &meeting.decisions)
        .filter(|decision| child.has(&decision.file.record.referral));
    let after = meetings()
        .flat_map(|meeting| &meeting.after)
        .filter(|after| child.has(after.stem()));
    let referrals = own.iter().map(|case| case.file.path.as_str());
    referrals
        .chain(decisions.map(|decision| decision.file.path.as_str()))
        .chain(after.map(|after| after.path.as_str()))
        .chain(papers.iter().map(|(path, _)| *path))
        .collect()
}

/// What a child is known by.
struct Sought {
    references: Vec<String>,
    numbers: Vec<String>,
    /// How many names it goes by.
    names: usize,
    /// Looks for all of it at once: references, then numbers, then names, then birthdays.
    finder: Finder,
}

impl Sought {
    fn of(own: &[&Case<'_>]) -> Self {
        let distinct = |mut all: Vec<String>| {
            all.sort();
            all.dedup();
            all
        };
        let children = || own.iter().map(|case| &case.referral().child);
        let references = distinct(own.iter().map(|case| case.reference().to_owned()).collect());
        let numbers = distinct(
            children()
                .filter_map(|child| child.number().map(str::to_owned))
                .collect(),
        );
        let names = distinct(
            children()
                .filter_map(|child| said(child.name.as_ref()))
                .filter(|name| folded_words(name).contains(' '))
                .collect(),
        );
        let born = children().filter_map(|child| child.date_of_birth);
        let born = distinct(
            born.flat_map(|day| [day.to_string(), day.in_words()])
                .collect(),
        );
        let sought = references.iter().chain(&numbers).chain(&names).chain(&born);
        let sought: Vec<String> = sought.map(|words| folded_words(words)).collect();
        Self {
            finder: Finder::of(sought.iter().map(String::as_str)),
            names: names.len(),
            references,
            numbers,
        }
    }

    fn has(&self, reference: &str) -> bool {
        self.references.iter().any(|own| own == reference)
    }

    /// Where another child's referral names one of these.
    fn named_by(&self, other: &Referral) -> Vec<String> {
        let mut why = Vec::new();
        let mut add = |list: &mut dyn Iterator<Item = &Text>, what: &str| {
            for reference in list.filter(|reference| self.has(reference)) {
                why.push(format!("names {reference} {what}"));
            }
        };
        add(&mut other.siblings.iter(), "as a brother or sister");
        add(&mut other.with.iter(), "on one request");
        add(
            &mut other.part_of.iter(),
            "as the request that it is part of",
        );
        add(&mut other.request.review_of.iter(), "as what it reviews");
        why
    }

    /// Which entries of a meeting's file are about the child.
    fn entries_of(&self, meeting: &Meeting) -> Vec<String> {
        let has = |reference: &Option<Text>| {
            reference
                .as_deref()
                .is_some_and(|reference| self.has(reference))
        };
        let counts = [
            (
                "acceptance",
                meeting
                    .accepted
                    .iter()
                    .filter(|row| has(&row.referral))
                    .count(),
            ),
            (
                "declaration",
                meeting
                    .declarations
                    .iter()
                    .flatten()
                    .filter(|row| has(&row.referral))
                    .count(),
            ),
            (
                "presenter",
                meeting
                    .presented
                    .iter()
                    .flatten()
                    .filter(|row| has(&row.referral))
                    .count(),
            ),
            (
                "place in the chair's order",
                meeting
                    .order
                    .iter()
                    .filter(|reference| self.has(reference))
                    .count(),
            ),
        ];
        let told = |(what, count): (&str, usize)| match count {
            0 => None,
            1 => Some(format!("1 {what}")),
            more => Some(format!("{more} {}", plural(what))),
        };
        counts.into_iter().filter_map(told).collect()
    }

    /// What the text of a file, or its path, says of the child, however it is written there.
    fn told_in(&self, desk: &Desk<'_>, own: &[&Case<'_>], file: &AnyFile) -> Vec<String> {
        let text = file.text.as_deref().unwrap_or_default();
        let path = spaced(&file.path);
        let mut also: BTreeSet<NamedBy> = BTreeSet::new();
        let mut found: BTreeSet<usize> = BTreeSet::new();
        for piece in pieces(text).chain([file.path.as_str(), path.as_str()]) {
            also.extend(desk.named_in_text(own, piece));
            found.extend(
                self.finder
                    .found_in(piece)
                    .into_iter()
                    .map(|(words, _)| words),
            );
        }
        let numbers_from = self.references.len();
        let names_from = numbers_from + self.numbers.len();
        let references = found.range(..numbers_from);
        let mut why: Vec<String> = references
            .map(|own| format!("names {}", self.references[*own]))
            .collect();
        let is_long =
            |own: &usize| self.numbers[own - numbers_from].chars().count() >= SHORTEST_NUMBER;
        if found.range(numbers_from..names_from).any(is_long) || also.contains(&NamedBy::Number) {
            why.push("holds the case number".to_owned());
        }
        let born_from = names_from + self.names;
        if found.range(names_from..born_from).next().is_some() || also.contains(&NamedBy::Name) {
            why.push("holds the name".to_owned());
        } else if also.contains(&NamedBy::Initial) {
            why.push("holds the name with an initial, which can be another's".to_owned());
        }
        // A day alone is anybody's.
        let is_about = !why.is_empty();
        if is_about && found.range(born_from..).next().is_some() {
            why.push("holds the date of birth".to_owned());
        }
        why
    }
}

/// A text in pieces that take little memory to look through, each beginning before the last one ends:
/// a name that stands across two is whole in one of them.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    const LENGTH: usize = 100_000;
    const SHARED: usize = 500;
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let now = rest?;
        if now.len() <= LENGTH {
            rest = None;
            return Some(now);
        }
        let boundary_up_to = |at: usize| {
            let is_one = |at: &usize| now.is_char_boundary(*at);
            (0..=at).rev().find(is_one).unwrap_or(0)
        };
        let end = boundary_up_to(LENGTH);
        rest = Some(&now[boundary_up_to(end - SHARED)..]);
        Some(&now[..end])
    })
}

/// A path with a blank before each capital that follows a small letter: files are called KaydenMarsh.
fn spaced(path: &str) -> String {
    let mut spaced = String::with_capacity(path.len() + 8);
    let mut is_after_small = false;
    for letter in path.chars() {
        if is_after_small && letter.is_uppercase() {
            spaced.push(' ');
        }
        is_after_small = letter.is_lowercase();
        spaced.push(letter);
    }
    spaced
}

fn plural(what: &str) -> String {
    match what.split_once(' ') {
        Some((first, rest)) => format!("{first}s {rest}"),
        None => format!("{what}s"),
    }
}
