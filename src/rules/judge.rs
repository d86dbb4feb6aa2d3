//! Judging a desk: every rule run, acceptances applied, and what that makes of each referral.

use super::acceptance::accept;
use super::{Check, Rule, all};
use crate::council::{Chair, Council};
use crate::desk::{Case, Desk, PanelMeeting, Standing};
use crate::findings::{Finding, Findings};
use foldhash::{HashMap, HashSet};
use rayon::prelude::*;
use std::collections::BTreeSet;

/// Where a referral stands, its readiness included; derived from the files, never stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum State {
    /// Not sent yet.
    Draft,
    /// Sent, with an error that nobody has accepted.
    NotReady,
    /// Ready, its meeting to come.
    Listed,
    /// Ready; a meeting passed without deciding it.
    CarriedOver,
    /// Put off to another meeting.
    Deferred,
    /// Heard; the decision is to follow.
    Pending,
    /// Decided, but for an endorsement.
    DecidedInPrinciple,
    /// Decided, with something left in the diary.
    Decided,
    /// Taken back.
    Withdrawn,
    /// Decided, and nothing left in the diary.
    Closed,
}

impl State {
    /// The word as files and people write it.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::NotReady => "not-ready",
            Self::Listed => "listed",
            Self::CarriedOver => "carried-over",
            Self::Deferred => "deferred",
            Self::Pending => "pending",
            Self::DecidedInPrinciple => "decided-in-principle",
            Self::Decided => "decided",
            Self::Withdrawn => "withdrawn",
            Self::Closed => "closed",
        }
    }
}

/// A desk with all that the rules found there.
#[derive(Debug)]
pub(crate) struct Judgement {
    /// In the one order that every output keeps.
    pub(crate) findings: Vec<Finding>,
    /// Files with an error that nobody has accepted.
    errors_of: HashSet<String>,
    in_diary: HashSet<String>,
    /// Places of the findings about each referral.
    about: HashMap<String, Vec<usize>>,
}

impl Judgement {
    /// What was found about one referral.
    pub(crate) fn about<'j>(&'j self, reference: &str) -> impl Iterator<Item = &'j Finding> {
        let places = self.about.get(reference).map_or(&[][..], Vec::as_slice);
        places.iter().map(|place| &self.findings[*place])
    }

    /// Whether a referral has no error that nobody has accepted.
    pub(crate) fn is_ready(&self, case: &Case<'_>) -> bool {
        !self.errors_of.contains(&case.file.path)
    }

    /// Where a referral stands.
    pub(crate) fn state(&self, case: &Case<'_>) -> State {
        match case.standing {
            Standing::Draft => State::Draft,
            Standing::Withdrawn => State::Withdrawn,
            Standing::Pending => State::Pending,
            Standing::InPrinciple => State::DecidedInPrinciple,
            Standing::Waiting | Standing::Deferred if case.has_no_meeting() => State::NotReady,
            Standing::Deferred if !case.has_come_back() => State::Deferred,
            Standing::Decided if self.in_diary.contains(case.reference()) => State::Decided,
            Standing::Decided => State::Closed,
            Standing::Waiting | Standing::Deferred if !self.is_ready(case) => State::NotReady,
            Standing::Waiting | Standing::Deferred if case.carried_over > 0 => State::CarriedOver,
            Standing::Deferred if !case.has_been_resubmitted() => State::Deferred,
            Standing::Waiting | Standing::Deferred => State::Listed,
        }
    }
}

/// Runs every rule at a desk.
pub(crate) fn judge(desk: &Desk<'_>) -> Judgement {
    let rules: Vec<_> = all().collect();
    let (mut findings, of_desk) = rayon::join(
        || of_cases(desk, &rules),
        || {
            let of_desk = rules.par_iter();
            let of_desk = of_desk.filter(|rule| matches!(rule.check, Check::Desk(_)));
            of_desk
                .flat_map_iter(|rule| rule.find(desk))
                .collect::<Vec<_>>()
        },
    );
    findings.extend(of_desk);
    one_gap_one_rule(&mut findings);
    accept(desk, &mut findings);
    super::papers_follow::ease(desk, &mut findings);
    let mut second = Findings::default();
    for rule in &rules {
        if let Check::Found(check) = rule.check {
            second.begin(rule.id, rule.severity);
            check(desk, &findings, &mut second);
        }
    }
    findings.extend(second.into_sorted());
    findings.sort_by(|one, other| in_order(one).cmp(&in_order(other)));
    // A fault of a decision or a meeting is for the chair; only the referral's own holds it back.
    let errors_of = findings
        .iter()
        .filter(|finding| finding.is_error())
        .map(|finding| finding.place.file.clone())
        .collect();
    let in_diary = super::diary(desk)
        .into_iter()
        .map(|entry| entry.reference.to_owned())
        .collect();
    Judgement {
        about: about(&findings),
        findings,
        errors_of,
        in_diary,
    }
}

/// What the rules find that look at each referral by itself: all of them at one referral, then at
/// the next, while its text is at hand.
fn of_cases(desk: &Desk<'_>, rules: &[&Rule]) -> Vec<Finding> {
    let cases: Vec<&Case<'_>> = desk.judged().collect();
    let rules: Vec<_> = rules
        .iter()
        .filter_map(|rule| match rule.check {
            Check::Case(check) => Some((rule.id, rule.severity, check)),
            Check::Desk(_) | Check::Found(_) => None,
        })
        .collect();
    cases
        .par_chunks(CASES_AT_ONCE)
        .flat_map_iter(|cases| {
            let mut found = Findings::default();
            for case in cases {
                for (id, severity, check) in &rules {
                    found.begin(id, *severity);
                    check(desk, case, &mut found);
                }
            }
            found.into_sorted()
        })
        .collect()
}

/// Referrals that are judged in one go: enough that sharing them out costs nothing.
const CASES_AT_ONCE: usize = 64;

/// Judges every decided referral as it stood when its meeting began, and adds what that finds.
pub(crate) fn judge_history(desk: &Desk<'_>) -> Judgement {
    let mut now = judge(desk);
    let mut seen: BTreeSet<(String, String, String)> = now
        .findings
        .iter()
        .map(|finding| {
            (
                finding.rule.clone(),
                finding.place.file.clone(),
                finding.place.path.clone(),
            )
        })
        .collect();
    for meeting in desk
        .held()
        .filter(|meeting| meeting.has_passed(desk.today()))
    {
        let then = desk.as_meeting_heard(meeting);
        let on_it: HashSet<&str> = then
            .judged()
            .filter(|case| then.meeting_for(case).is_some_and(|at| at.id == meeting.id))
            .map(Case::reference)
            .collect();
        if on_it.is_empty() {
            continue;
        }
        for finding in judge(&then).findings {
            let is_on_it = finding
                .reference
                .as_deref()
                .is_some_and(|reference| on_it.contains(reference));
            let key = (
                finding.rule.clone(),
                finding.place.file.clone(),
                finding.place.path.clone(),
            );
            if is_on_it && finding.place.file.starts_with("referrals/") && seen.insert(key) {
                now.findings.push(finding);
            }
        }
    }
    now.findings.sort_by(|one, other| {
        (&one.place.file, &one.place.path, &one.rule, &one.message).cmp(&(
            &other.place.file,
            &other.place.path,
            &other.rule,
            &other.message,
        ))
    });
    now.about = about(&now.findings);
    now
}

/// Places of the findings about each referral, in their order.
fn about(findings: &[Finding]) -> HashMap<String, Vec<usize>> {
    let mut places: HashMap<String, Vec<usize>> = HashMap::default();
    for (place, finding) in findings.iter().enumerate() {
        if let Some(reference) = &finding.reference {
            places.entry(reference.clone()).or_default().push(place);
        }
    }
    places
}

/// The one order of findings: by file, place, rule and words.
fn in_order(finding: &Finding) -> impl Ord + '_ {
    let place = &finding.place;
    (
        &place.file,
        place.span,
        &place.path,
        &finding.rule,
        &finding.message,
    )
}

/// What could not be read is told once: rules that trip over the same gap keep silent. So does
/// whatever misses a key that stands there misspelt.
fn one_gap_one_rule(findings: &mut Vec<Finding>) {
    const READING: [&str; 3] = ["missing-field", "bad-value", "syntax"];
    let mut gaps: HashMap<String, Vec<String>> = HashMap::default();
    for finding in findings
        .iter()
        .filter(|finding| finding.is_error() && READING.contains(&finding.rule.as_str()))
    {
        gaps.entry(finding.place.file.clone())
            .or_default()
            .push(finding.place.path.clone());
    }
    let mut misspelt: HashMap<String, Vec<String>> = HashMap::default();
    for finding in findings.iter().filter(|finding| finding.is_error()) {
        if let Some(meant) = &finding.meant {
            misspelt
                .entry(finding.place.file.clone())
                .or_default()
                .push(meant.clone());
        }
    }
    if gaps.is_empty() && misspelt.is_empty() {
        return;
    }
    findings.retain(|finding| {
        let is_reading = READING.contains(&finding.rule.as_str());
        let lies_in = |paths: &HashMap<String, Vec<String>>| {
            let mut paths = paths.get(&finding.place.file).into_iter().flatten();
            paths.any(|gap| is_within(&finding.place.path, gap))
        };
        (is_reading || !lies_in(&gaps)) && !lies_in(&misspelt)
    });
}

/// Whether a path of keys is another, or leads on from it; everything leads on from the whole file.
fn is_within(path: &str, above: &str) -> bool {
    above.is_empty()
        || path
            .strip_prefix(above)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

/// Who may chair a meeting, given who is recorded as away, in words.
pub(super) fn chairs_in_words(council: &Council) -> String {
    let names: Vec<&str> = council
        .chairs
        .iter()
        .map(|chair| council.role_label(&chair.role))
        .collect();
    names.join(", then ")
}

/// Whether the turn has come to an entry of the chairs at that meeting: those before it are away
/// where the council says so. Without a record of attendance it has.
pub(super) fn stands_in(
    council: &Council,
    meeting: Option<&PanelMeeting<'_>>,
    chair: &Chair,
) -> bool {
    let attendance = meeting
        .and_then(|meeting| meeting.folder)
        .and_then(|folder| folder.meeting.as_ref())
        .and_then(|file| file.record.attendance.as_ref());
    let Some(attendance) = attendance else {
        return true;
    };
    chair.only_if_away.iter().all(|wanted| {
        attendance.iter().any(|person| {
            person.is_away()
                && person
                    .role
                    .as_deref()
                    .is_some_and(|role| council.words.role_serves(role, wanted))
        })
    })
}
