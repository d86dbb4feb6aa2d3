//! What `check` has to tell, put together from the desk and the judgement.

use super::changes::LOST;
use super::selection::Selection;
use crate::council::{Council, Listed};
use crate::desk::{Case, Desk, PanelMeeting, Standing, meaning_of};
use crate::findings::{Finding, Severity};
use crate::output::{Checked, Counts, ReferralLine, Report, RuleCounts, RuleLine, Shown, clauses};
use crate::records::clock;
use crate::rules::{self, Judgement};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

/// How it was asked for.
pub(super) struct Wishes {
    /// Drafts count.
    pub(super) drafts: bool,
    /// How often each rule found something.
    pub(super) statistics: bool,
    /// Findings a file; 0 is all.
    pub(super) most: usize,
    /// What stands before each path in the forms of other tools.
    pub(super) prefix: String,
}

/// Puts the report together.
pub(super) fn build<'r>(
    desk: &'r Desk<'_>,
    judgement: &Judgement,
    selection: &Selection,
    mut findings: Vec<Shown<'r>>,
    wishes: &Wishes,
) -> Report<'r> {
    let drafts: HashSet<&str> = desk
        .cases()
        .iter()
        .filter(|case| case.standing == Standing::Draft && !selection.names(&case.file.path))
        // It was sent: what says that it was not is the fault to tell.
        .filter(|case| !desk.is_draft_by_a_slip(case))
        .map(|case| case.file.path.as_str())
        .collect();
    for shown in &mut findings {
        shown.is_draft = drafts.contains(shown.finding.place.file.as_str());
    }
    let counts = |shown: &&Shown<'_>| wishes.drafts || !shown.is_draft;
    let counted: Vec<&Finding> = findings
        .iter()
        .filter(counts)
        .map(|shown| shown.finding)
        .collect();
    let apart: Vec<&str> = findings
        .iter()
        .filter(|shown| !counts(shown))
        .map(|shown| shown.finding.place.file.as_str())
        .collect();
    let apart = (apart.len(), apart.iter().collect::<HashSet<_>>().len());
    let times = Times(Mutex::default());
    // Chosen first: of what is known to be so many, each line is put where it stays.
    let cases = desk.cases().iter();
    let shown: Vec<_> = cases
        .filter(|case| selection.shows(&case.file.path))
        .collect();
    let referrals: Vec<ReferralLine<'r>> = shown
        .into_par_iter()
        .map(|case| line(desk, judgement, selection, &times, case))
        .collect();
    let summary = tally(&counted);
    let concerned = concerned(desk, &counted);
    let statistics = wishes.statistics.then(|| by_rule(&counted));
    let left_out = shorten(&mut findings, wishes.most);
    let council: &'r Council = desk.council;
    let mut rules = described(council);
    if findings.iter().any(|shown| shown.finding.rule == LOST) {
        rules.extend(meaning_of(LOST).map(|lost| {
            let page = format!(
                "# {LOST}\n\n{}\n\n## How to fix\n\n{}\n",
                lost.wrong, lost.remedy
            );
            rule_line(LOST, lost.wrong, &page, Severity::Error, &[], council)
        }));
    }
    Report {
        prefix: wishes.prefix.clone(),
        rules,
        council: &council.id,
        send_to: council.about.send_to.as_deref(),
        venue: council.meetings.venue.as_deref(),
        as_of: desk.as_of,
        checked: checked(desk, selection, referrals.len()),
        referrals,
        findings,
        left_out,
        summary,
        concerned,
        drafts: apart,
        statistics,
    }
}

/// Every rule, and the checks of the council's own under the ids that its file gives them.
fn described(council: &Council) -> Vec<RuleLine<'_>> {
    let built_in = rules::all()
        .filter(|rule| !rules::is_named_by_council(rule.id))
        .map(|rule| {
            let entries: Vec<_> = council
                .listed
                .iter()
                .filter(|entry| rule.is_asked_by(&entry.id))
                .collect();
            rule_line(
                rule.id,
                rule.summary,
                rule.text,
                rule.severity,
                &entries,
                council,
            )
        });
    let own: BTreeSet<&str> = council.own_ids().collect();
    let own = own.into_iter().map(|id| {
        let entries: Vec<_> = council
            .listed
            .iter()
            .filter(|entry| entry.id.split_once('/').is_some_and(|(_, own)| own == id))
            .collect();
        let summary = entries.first().map_or(id, |entry| entry.text.as_str());
        let severity = entries
            .first()
            .map_or(Severity::Error, |entry| entry.severity);
        let page = format!("# {id}\n\nA check of the council's own.\n");
        rule_line(id, summary, &page, severity, &entries, council)
    });
    built_in.chain(own).collect()
}

fn rule_line<'r>(
    id: &'r str,
    summary: &'r str,
    page: &str,
    severity: Severity,
    entries: &[&'r Listed],
    council: &Council,
) -> RuleLine<'r> {
    let mut page = page.to_owned();
    if !entries.is_empty() {
        page.push_str(&format!("\n## In {}\n\n", council.file));
    }
    for entry in entries {
        let basis = clauses(&entry.sources).into_iter();
        let assumption = entry.assumption.as_ref();
        let basis: Vec<String> = basis
            .chain(assumption.map(|why| format!("assumption: {why}")))
            .collect();
        page.push_str(&format!("- {} ({})\n", entry.text, basis.join("; ")));
    }
    let asked: BTreeSet<&str> = entries
        .iter()
        .flat_map(|entry| entry.sources.iter().map(String::as_str))
        .collect();
    RuleLine {
        id,
        summary,
        page,
        severity,
        clauses: asked.into_iter().collect(),
    }
}

/// When meetings are held, in words, by their ids: a folder has many referrals and few meetings.
struct Times<'r>(Mutex<HashMap<&'r str, Arc<str>>>);

impl<'r> Times<'r> {
    fn of(&self, meeting: &'r PanelMeeting<'_>) -> Arc<str> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let words = known.entry(&meeting.id).or_insert_with(|| {
            let at = clock(meeting.starts_at.time());
            format!("{} at {at}", meeting.on.with_weekday()).into()
        });
        words.clone()
    }
}

fn line<'r>(
    desk: &'r Desk<'_>,
    judgement: &Judgement,
    selection: &Selection,
    times: &Times<'r>,
    case: &'r Case<'_>,
) -> ReferralLine<'r> {
    let meeting = desk.meeting_for(case);
    ReferralLine {
        reference: case.reference(),
        file: &case.file.path,
        state: judgement.state(case).word(),
        meeting: meeting.map(|meeting| (meeting.id.as_str(), times.of(meeting))),
        cut_off: desk.cut_off(case),
        criteria: desk.criteria(case),
        is_ready: judgement.is_ready(case) && case.has_come_back(),
        is_open: case.is_open() || case.standing == Standing::Pending,
        is_unreadable: case.file.is_unreadable(),
        is_named: selection.names(&case.file.path),
    }
}

fn checked(desk: &Desk<'_>, selection: &Selection, referrals: usize) -> Checked {
    let meetings = desk
        .folder
        .meetings
        .iter()
        .filter(|meeting| selection.shows(&format!("meetings/{}/meeting.yaml", meeting.id)));
    let decisions = desk
        .folder
        .meetings
        .iter()
        .flat_map(|meeting| &meeting.decisions)
        .filter(|decision| selection.shows(&decision.file.path));
    Checked {
        referrals,
        meetings: meetings.count(),
        decisions: decisions.count(),
    }
}

fn tally(findings: &[&Finding]) -> Counts {
    let mut counts = Counts::default();
    for finding in findings {
        match finding.severity {
            Severity::Error => counts.errors += 1,
            Severity::Warning => counts.warnings += 1,
            Severity::Note => counts.notes += 1,
        }
    }
    counts
}

fn by_rule(findings: &[&Finding]) -> Vec<RuleCounts> {
    let mut rules: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in findings {
        rules.entry(&finding.rule).or_default().push(finding);
    }
    let mut rows: Vec<RuleCounts> = rules
        .into_iter()
        .map(|(rule, findings)| RuleCounts {
            rule: rule.to_owned(),
            counts: tally(&findings),
        })
        .collect();
    let number = |row: &RuleCounts| row.counts.errors + row.counts.warnings + row.counts.notes;
    rows.sort_by_key(|row| std::cmp::Reverse(number(row)));
    rows
}

/// How many referrals the findings are about, and how many other files.
fn concerned(desk: &Desk<'_>, findings: &[&Finding]) -> (usize, usize) {
    let files: foldhash::HashSet<&str> = findings
        .iter()
        .map(|finding| finding.place.file.as_str())
        .collect();
    let cases = desk.cases().iter();
    let referrals = cases
        .filter(|case| files.contains(case.file.path.as_str()))
        .count();
    (referrals, files.len() - referrals)
}

/// Keeps so many findings a file, and says how many more there are.
fn shorten<'r>(findings: &mut Vec<Shown<'r>>, most: usize) -> Vec<(&'r str, usize)> {
    if most == 0 {
        return Vec::new();
    }
    let mut seen: BTreeMap<&'r str, usize> = BTreeMap::new();
    findings.retain(|shown| {
        let finding: &'r Finding = shown.finding;
        let count = seen.entry(finding.place.file.as_str()).or_default();
        *count += 1;
        *count <= most
    });
    seen.into_iter()
        .filter(|(_, count)| *count > most)
        .map(|(file, count)| (file, count - most))
        .collect()
}
