//! What `check` has to tell, put together from the desk and the judgement.

use super::selection::Selection;
use crate::council::Council;
use crate::desk::{Case, Desk, Standing};
use crate::findings::{Finding, Severity};
use crate::output::{Checked, Counts, ReferralLine, Report, RuleCounts, Shown};
use crate::records::clock;
use crate::rules::Judgement;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// How it was asked for.
pub(super) struct Wishes {
    /// Drafts count.
    pub(super) drafts: bool,
    /// How often each rule found something.
    pub(super) statistics: bool,
    /// Findings a file; 0 is all.
    pub(super) most: usize,
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
    let referrals: Vec<ReferralLine<'r>> = desk
        .cases()
        .iter()
        .filter(|case| selection.shows(&case.file.path))
        .map(|case| line(desk, judgement, selection, case))
        .collect();
    let summary = tally(&counted);
    let concerned = concerned(desk, &counted);
    let statistics = wishes.statistics.then(|| by_rule(&counted));
    let left_out = shorten(&mut findings, wishes.most);
    let council: &'r Council = desk.council;
    Report {
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

fn line<'r>(
    desk: &'r Desk<'_>,
    judgement: &Judgement,
    selection: &Selection,
    case: &'r Case<'_>,
) -> ReferralLine<'r> {
    let meeting = desk.meeting_for(case);
    ReferralLine {
        reference: case.reference(),
        file: &case.file.path,
        state: judgement.state(case).word(),
        meeting: meeting.map(|meeting| {
            let at = clock(meeting.starts_at.time());
            let words = format!("{} at {at}", meeting.on.with_weekday());
            (meeting.id.as_str(), words)
        }),
        cut_off: desk.cut_off(case),
        criteria: desk.criteria(case),
        is_ready: judgement.is_ready(case) && case.has_come_back(),
        is_open: case.is_open() || case.standing == Standing::Pending,
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
    let paths: HashSet<&str> = desk
        .cases()
        .iter()
        .map(|case| case.file.path.as_str())
        .collect();
    let files: BTreeSet<&str> = findings
        .iter()
        .map(|finding| finding.place.file.as_str())
        .collect();
    let referrals = files.iter().filter(|file| paths.contains(*file)).count();
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
