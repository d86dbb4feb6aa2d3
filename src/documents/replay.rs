//! What would have been different under other rules: past meetings judged twice.

use crate::desk::{Case, Desk, PanelMeeting};
use crate::findings::{Finding, Severity};
use crate::records::{Day, moment_in_words};
use crate::rules::judge;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// What differs between the rules in force and the draft.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Replay {
    /// The rule file in force.
    pub(crate) in_force: String,
    /// The draft.
    pub(crate) draft: String,
    /// Meetings that were looked at.
    pub(crate) meetings: Figure,
    /// Referrals on them, each counted at each meeting that it came to.
    pub(crate) referrals: Figure,
    /// Findings by the rules in force, and how many of them the draft has too.
    pub(crate) findings: Figure,
    /// What is in the diary now.
    pub(crate) diary: Figure,
    /// Meetings whose cut-off is another.
    pub(crate) cut_offs: Vec<CutOffMoved>,
    /// How often each rule finds more or less.
    pub(crate) rules: Vec<RuleChanged>,
    /// Referrals for which something differs, meeting by meeting.
    pub(crate) changes: Vec<Changed>,
    /// Findings on meetings and decisions that differ.
    pub(crate) records: Vec<FindingChanged>,
    /// What the diary would have, would not have, or would have on another day.
    pub(crate) due: Vec<DueChanged>,
}

/// How many there are, and how many of them are the same.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Figure {
    pub(crate) all: usize,
    pub(crate) same: usize,
}

/// A meeting whose cut-off is another.
#[derive(Debug, Serialize)]
pub(crate) struct CutOffMoved {
    pub(crate) meeting: String,
    pub(crate) now: Option<String>,
    pub(crate) draft: Option<String>,
}

/// How often a rule finds more or less.
#[derive(Debug, Serialize)]
pub(crate) struct RuleChanged {
    pub(crate) rule: String,
    pub(crate) more: usize,
    pub(crate) fewer: usize,
    pub(crate) other_weight: usize,
}

/// A referral for which something differs.
#[derive(Debug, Serialize)]
pub(crate) struct Changed {
    pub(crate) meeting: String,
    pub(crate) reference: String,
    /// The meeting that it makes, by the rules in force and by the draft, where that differs.
    pub(crate) makes: Option<[Option<String>; 2]>,
    /// Whether it has a cut-off at all, where that differs.
    pub(crate) has_cut_off: Option<[bool; 2]>,
    /// Criteria that the draft adds.
    pub(crate) criteria_more: Vec<String>,
    /// Criteria that the draft takes away.
    pub(crate) criteria_fewer: Vec<String>,
    pub(crate) findings: Vec<FindingChanged>,
}

/// A finding that one of the two has, or that weighs differently.
#[derive(Debug, Serialize)]
pub(crate) struct FindingChanged {
    pub(crate) rule: String,
    pub(crate) file: String,
    pub(crate) path: String,
    pub(crate) message: String,
    pub(crate) reference: Option<String>,
    /// Its weight by the rules in force; none where they have it not.
    pub(crate) now: Option<Severity>,
    /// Its weight by the draft.
    pub(crate) draft: Option<Severity>,
}

/// Something due that differs.
#[derive(Debug, Serialize)]
pub(crate) struct DueChanged {
    pub(crate) reference: String,
    pub(crate) what: String,
    pub(crate) now: Option<Day>,
    pub(crate) draft: Option<Day>,
}

impl Replay {
    /// What it says in prose, each text with the referral that it is about.
    pub(crate) fn texts(&mut self) -> impl Iterator<Item = (&mut String, Option<&str>)> {
        let of_changes = self.changes.iter_mut().flat_map(|change| {
            let about = change.reference.as_str();
            let findings = change.findings.iter_mut();
            findings.map(move |found| (&mut found.message, Some(about)))
        });
        let of_records = self.records.iter_mut();
        let of_records = of_records.map(|found| (&mut found.message, found.reference.as_deref()));
        let due = self.due.iter_mut();
        let due = due.map(|due| (&mut due.what, Some(due.reference.as_str())));
        of_changes.chain(of_records).chain(due)
    }
}

/// Judges every meeting that was held in a period by both.
pub(crate) fn replay(now: &Desk<'_>, draft: &Desk<'_>, is_asked: impl Fn(Day) -> bool) -> Replay {
    let mut replay = Replay {
        in_force: now.book.file.clone(),
        draft: draft.book.file.clone(),
        ..Replay::default()
    };
    let mut counts: BTreeMap<String, [usize; 3]> = BTreeMap::new();
    let passed: Vec<&PanelMeeting<'_>> = now
        .held()
        .filter(|meeting| meeting.has_passed(now.today()) && is_asked(meeting.on))
        .collect();
    let mut ids: HashSet<&str> = HashSet::new();
    for meeting in passed {
        let (then, drafted) = (
            now.as_meeting_heard(meeting),
            draft.as_meeting_heard(meeting),
        );
        let on_it: Vec<&Case<'_>> = then
            .judged()
            .filter(|case| then.meeting_for(case).is_some_and(|at| at.id == meeting.id))
            .collect();
        if on_it.is_empty() && meeting.folder.is_none() {
            continue;
        }
        ids.insert(&meeting.id);
        replay.meetings.all += 1;
        let was = replay.changes.len();
        let is_moved = cut_off_of(meeting, draft, &mut replay);
        let found = [judge(&then).findings, judge(&drafted).findings];
        for case in on_it {
            one_referral(meeting, case, [&then, &drafted], &found, &mut replay);
        }
        replay.meetings.same += usize::from(!is_moved && replay.changes.len() == was);
    }
    for changed in replay.changes.iter().flat_map(|change| &change.findings) {
        count(changed, &mut counts);
    }
    let of_meetings = |desk: &Desk<'_>| -> Vec<Finding> {
        let mut findings = judge(desk).findings;
        findings.retain(|finding| {
            let folder = finding.place.file.strip_prefix("meetings/");
            let folder = folder.and_then(|rest| rest.split('/').next());
            folder.is_some_and(|folder| ids.contains(folder))
        });
        findings
    };
    let (one, other) = (of_meetings(now), of_meetings(draft));
    replay.records = differences(&one, &other, &mut replay.findings);
    for changed in &replay.records {
        count(changed, &mut counts);
    }
    replay.rules = counts
        .into_iter()
        .map(|(rule, [more, fewer, other_weight])| RuleChanged {
            rule,
            more,
            fewer,
            other_weight,
        })
        .collect();
    diary(now, draft, &mut replay);
    replay
}

/// Whether the meeting's cut-off is another by the draft, which is then noted.
fn cut_off_of(meeting: &PanelMeeting<'_>, draft: &Desk<'_>, replay: &mut Replay) -> bool {
    let drafted = draft
        .meeting_in(&meeting.id)
        .and_then(|meeting| meeting.cut_off);
    if drafted == meeting.cut_off {
        return false;
    }
    replay.cut_offs.push(CutOffMoved {
        meeting: meeting.id.clone(),
        now: meeting.cut_off.map(moment_in_words),
        draft: drafted.map(moment_in_words),
    });
    true
}

fn one_referral(
    meeting: &PanelMeeting<'_>,
    case: &Case<'_>,
    [then, drafted]: [&Desk<'_>; 2],
    [found, found_by_draft]: &[Vec<Finding>; 2],
    replay: &mut Replay,
) {
    let reference = case.reference();
    let of = |findings: &[Finding]| -> Vec<Finding> {
        let theirs = findings.iter().filter(|finding| {
            finding.reference.as_deref() == Some(reference)
                && finding.place.file.starts_with("referrals/")
        });
        theirs.cloned().collect()
    };
    let findings = differences(&of(found), &of(found_by_draft), &mut replay.findings);
    let made = |desk: &Desk<'_>| {
        let case = desk.case(reference)?;
        desk.makes(case).map(|meeting| meeting.id.clone())
    };
    let makes = [made(then), made(drafted)];
    let criteria = |desk: &Desk<'_>| -> BTreeSet<String> {
        let case = desk.case(reference);
        let met = case.map_or_else(Vec::new, |case| desk.criteria(case));
        met.into_iter()
            .map(|criterion| criterion.id.clone())
            .collect()
    };
    let (met, met_by_draft) = (criteria(then), criteria(drafted));
    let has_cut_off = [then, drafted].map(|desk| {
        desk.case(reference)
            .is_some_and(|case| desk.cut_off(case).is_some())
    });
    let changed = Changed {
        meeting: meeting.id.clone(),
        reference: reference.to_owned(),
        makes: (makes[0] != makes[1]).then_some(makes),
        has_cut_off: (has_cut_off[0] != has_cut_off[1]).then_some(has_cut_off),
        criteria_more: met_by_draft.difference(&met).cloned().collect(),
        criteria_fewer: met.difference(&met_by_draft).cloned().collect(),
        findings,
    };
    replay.referrals.all += 1;
    if changed.is_none() {
        replay.referrals.same += 1;
    } else {
        replay.changes.push(changed);
    }
}

impl Changed {
    fn is_none(&self) -> bool {
        self.makes.is_none()
            && self.has_cut_off.is_none()
            && self.criteria_more.is_empty()
            && self.criteria_fewer.is_empty()
            && self.findings.is_empty()
    }
}

/// Findings that only one has, or that weigh differently; the same ones are counted.
fn differences(now: &[Finding], draft: &[Finding], figure: &mut Figure) -> Vec<FindingChanged> {
    let mut left: Vec<&Finding> = draft.iter().collect();
    let mut changed = Vec::new();
    let told = |finding: &Finding, now, draft| FindingChanged {
        rule: finding.rule.clone(),
        file: finding.place.file.clone(),
        path: finding.place.path.clone(),
        message: finding.message.clone(),
        reference: finding.reference.clone(),
        now,
        draft,
    };
    for finding in now {
        figure.all += 1;
        let same = |other: &&Finding| {
            other.rule == finding.rule
                && other.place.file == finding.place.file
                && other.place.path == finding.place.path
        };
        // Where a rule finds several things at one place, the one in the same words comes first.
        let place = left
            .iter()
            .position(|other| same(other) && other.message == finding.message)
            .or_else(|| left.iter().position(same));
        match place.map(|place| left.remove(place)) {
            Some(other) if other.severity == finding.severity => figure.same += 1,
            Some(other) => {
                changed.push(told(other, Some(finding.severity), Some(other.severity)));
            }
            None => changed.push(told(finding, Some(finding.severity), None)),
        }
    }
    changed.extend(
        left.into_iter()
            .map(|finding| told(finding, None, Some(finding.severity))),
    );
    changed
}

fn count(changed: &FindingChanged, counts: &mut BTreeMap<String, [usize; 3]>) {
    let row = counts.entry(changed.rule.clone()).or_default();
    match (changed.now, changed.draft) {
        (None, _) => row[0] += 1,
        (_, None) => row[1] += 1,
        _ => row[2] += 1,
    }
}

fn diary(now: &Desk<'_>, draft: &Desk<'_>, replay: &mut Replay) {
    let mut left = crate::rules::diary(draft);
    for entry in crate::rules::diary(now) {
        replay.diary.all += 1;
        let drafted = left
            .iter()
            .position(|other| other.id == entry.id && other.due_on == entry.due_on)
            .or_else(|| left.iter().position(|other| other.id == entry.id))
            .map(|place| left.remove(place));
        match drafted {
            Some(other) if other.due_on == entry.due_on => replay.diary.same += 1,
            other => replay.due.push(DueChanged {
                reference: entry.reference.to_owned(),
                what: entry.what.clone(),
                now: Some(entry.due_on),
                draft: other.map(|other| other.due_on),
            }),
        }
    }
    replay.due.extend(left.into_iter().map(|entry| DueChanged {
        reference: entry.reference.to_owned(),
        what: entry.what,
        now: None,
        draft: Some(entry.due_on),
    }));
}
