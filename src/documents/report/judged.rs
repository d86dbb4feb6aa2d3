//! Each request as it came to its first meeting: whether it was ready, and what was found.
//!
//! Every meeting is judged by itself with what bears on its requests, and each request once, so
//! that the whole is one pass over the folder however many meetings there were.

use super::Counted;
use super::view::{Cell, Column, Group, Row, Section, Stands};
use crate::desk::{Case, Days, Desk, Fate};
use crate::documents::common::{capitalised, in_words};
use crate::findings::Severity;
use crate::rules::judge;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Whether a request was ready when it first came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Readiness {
    /// No error that nobody had accepted.
    Ready,
    /// One at least; or the panel put it off as not ready.
    NotReady,
    /// No meeting is known for it, or nothing of it can be read.
    Unknown,
}

/// One finding on a request.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Noted {
    /// The rule.
    pub(super) rule: String,
    /// Whether it held the request back: an error that nobody had accepted.
    pub(super) is_error: bool,
    /// Whether somebody accepted it.
    pub(super) is_accepted: bool,
}

/// What was found about each request, by reference.
#[derive(Debug, Default)]
pub(super) struct Judged {
    found: HashMap<String, Vec<Noted>>,
}

impl Judged {
    /// Judges every request sent in some days, as its first meeting began.
    pub(super) fn of(desk: &Desk<'_>, panel: Option<&str>, periods: &[Days]) -> Self {
        let wanted = desk
            .cases()
            .iter()
            .filter(|case| desk.is_for(case, panel) && Fate::of(case.standing).is_some())
            .filter(|case| {
                let sent = case.referral().submitted;
                sent.is_some_and(|sent| periods.iter().any(|days| days.holds(sent.day())))
            });
        let neighbours = desk.neighbours();
        let meetings = desk.by_first_meeting(wanted);
        let found = meetings
            .par_iter()
            .flat_map_iter(|(meeting, cases)| {
                let folder = desk.folder_of(cases, meeting, &neighbours);
                let part = Desk::new(&folder, desk.book, desk.as_of, desk.scope);
                let found = match part.meeting_in(&meeting.id) {
                    Some(own) => found_at(&part.as_meeting_heard(own), cases),
                    None => found_at(&part, cases),
                };
                found.into_iter()
            })
            .collect();
        Self { found }
    }

    /// What was found about a request.
    pub(super) fn about(&self, reference: &str) -> &[Noted] {
        self.found.get(reference).map_or(&[], Vec::as_slice)
    }

    /// Whether a request was ready when it first came.
    pub(super) fn readiness(&self, case: &Case<'_>) -> Readiness {
        let first = case.decisions.first();
        let reason = first
            .and_then(|made| made.decision().deferred.as_ref())
            .and_then(|deferred| deferred.reason.as_deref());
        match self.found.get(case.reference()) {
            _ if reason == Some("not-ready") => Readiness::NotReady,
            None => Readiness::Unknown,
            Some(found) if found.iter().any(|noted| noted.is_error) => Readiness::NotReady,
            Some(_) => Readiness::Ready,
        }
    }
}

/// What is found about some cases at a desk.
pub(super) fn found_at(desk: &Desk<'_>, cases: &[&Case<'_>]) -> Vec<(String, Vec<Noted>)> {
    let judgement = judge(desk);
    let mut by_file: HashMap<&str, Vec<Noted>> = HashMap::new();
    for finding in &judgement.findings {
        if finding.severity == Severity::Note && finding.accepted_by.is_none() {
            continue;
        }
        by_file
            .entry(finding.place.file.as_str())
            .or_default()
            .push(Noted {
                rule: finding.rule.clone(),
                is_error: finding.is_error(),
                is_accepted: finding.accepted_by.is_some(),
            });
    }
    cases
        .iter()
        .map(|case| {
            let found = by_file.get(case.file.path.as_str());
            (
                case.reference().to_owned(),
                found.cloned().unwrap_or_default(),
            )
        })
        .collect()
}

/// How many of the most frequent are listed.
const MOST: usize = 10;

pub(super) fn section(counted: &Counted<'_, '_>) -> Section {
    let desk = counted.desk;
    let sent = desk.sent_in(counted.days, counted.panel);
    let all = sent.len();
    // For each rule: requests with an error or warning of it, and requests of which it was accepted.
    let mut rules: BTreeMap<&str, [BTreeSet<&str>; 2]> = BTreeMap::new();
    for one in &sent {
        let reference = one.case.reference();
        for noted in counted.judged.about(reference) {
            let row = rules.entry(noted.rule.as_str()).or_default();
            row[usize::from(noted.is_accepted)].insert(reference);
        }
    }
    let mut rows: Vec<_> = rules.iter().map(|(rule, row)| (*rule, row)).collect();
    rows.sort_by_key(|(rule, row)| (std::cmp::Reverse(row[0].len() + row[1].len()), *rule));
    let left_out = rows.len().saturating_sub(MOST);
    // What was accepted is always told.
    let mut place = 0;
    rows.retain(|(_, row)| {
        place += 1;
        place <= MOST || !row[1].is_empty()
    });
    let mut rows: Vec<Row> = rows
        .into_iter()
        .map(|(rule, row)| {
            let cells = vec![Cell::count(row[0].len()), Cell::count(row[1].len())];
            let label = match crate::rules::find(rule) {
                Some(known) => format!("{} ({rule})", capitalised(known.summary)),
                None => format!("{} ({rule})", in_words(rule)),
            };
            Row::wide(rule, label, cells).stands(Stands::Apart)
        })
        .collect();
    if !rows.is_empty() {
        let with_any = |accepted: bool| {
            let own = rules
                .values()
                .flat_map(|row| row[usize::from(accepted)].iter());
            Cell::count(own.copied().collect::<BTreeSet<&str>>().len())
        };
        rows.push(
            Row::wide(
                "any",
                "Requests with anything",
                vec![with_any(false), with_any(true)],
            )
            .key_of(1, "requests_accepted")
            .stands(Stands::Apart),
        );
    }
    let columns = [
        ("found", "Found and not accepted"),
        ("accepted", "Accepted"),
    ]
    .map(|(id, label)| Column {
        id: id.to_owned(),
        label: label.to_owned(),
    });
    let mut group = Group::wide(
        "findings",
        "requests",
        "Rule",
        format!(
            "Of {{}} sent {}, those of which each rule found something wrong or doubtful as its first meeting began, and those of which the chair, or who else may, accepted it on the record:",
            counted.between()
        ),
        columns.to_vec(),
        rows,
    )
    .about(all, "request", "requests")
    .or("No rule found anything about the requests sent.");
    if left_out > 0 {
        group = group.note(format!(
            "The {MOST} most frequent, and every one that was accepted; panel check --history --statistics counts all."
        ));
    }
    Section {
        id: "findings",
        title: "What was found wrong, and what was accepted",
        groups: vec![group],
    }
}
