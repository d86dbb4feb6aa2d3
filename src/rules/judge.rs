//! Judging a desk: every rule run, acceptances applied, and what that makes of each referral.

use super::{Check, all};
use crate::council::{AcceptanceRule, Chair, Council};
use crate::desk::{Case, Desk, PanelMeeting, Standing};
use crate::findings::{AcceptedBy, Finding, Findings, Severity};
use crate::folder::DecisionFile;
use crate::records::{Acceptance, Day, Person};
use rayon::prelude::*;
use std::collections::{BTreeSet, HashMap, HashSet};

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
    let mut findings: Vec<Finding> = rules
        .par_iter()
        .map(|rule| {
            let mut found = Findings::default();
            found.begin(rule.id, rule.severity);
            if let Check::Desk(check) = rule.check {
                check(desk, &mut found);
            }
            found.into_sorted()
        })
        .flatten()
        .collect();
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
    let mut places: HashMap<String, Vec<usize>> = HashMap::new();
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

/// What could not be read is told once: rules that trip over the same gap keep silent.
fn one_gap_one_rule(findings: &mut Vec<Finding>) {
    const READING: [&str; 3] = ["missing-field", "bad-value", "syntax"];
    let mut gaps: HashMap<String, Vec<String>> = HashMap::new();
    for finding in findings
        .iter()
        .filter(|finding| finding.is_error() && READING.contains(&finding.rule.as_str()))
    {
        gaps.entry(finding.place.file.clone())
            .or_default()
            .push(finding.place.path.clone());
    }
    if gaps.is_empty() {
        return;
    }
    findings.retain(|finding| {
        let is_reading = READING.contains(&finding.rule.as_str());
        let Some(paths) = gaps.get(&finding.place.file) else {
            return true;
        };
        is_reading
            || !paths.iter().any(|gap| {
                let path = &finding.place.path;
                gap.is_empty()
                    || path == gap
                    || path
                        .strip_prefix(gap.as_str())
                        .is_some_and(|rest| rest.starts_with(['.', '[']))
            })
    });
}

/// An acceptance on the record, by whom it may be given, and whether it still holds.
pub(crate) struct Accepted<'a> {
    /// The referral.
    pub(crate) reference: &'a str,
    /// The rule.
    pub(crate) rule: &'a str,
    /// Who accepted.
    pub(crate) by: Option<&'a Person>,
    /// When.
    pub(crate) on: Option<Day>,
    /// The last day on which it holds.
    pub(crate) until: Option<Day>,
    /// Why.
    pub(crate) reason: Option<&'a str>,
    /// The file and path of the entry.
    pub(crate) file: &'a str,
    /// Its path.
    pub(crate) path: String,
    /// The meeting.
    pub(crate) meeting: &'a str,
}

impl Accepted<'_> {
    /// Whether the rules of the case let this person accept this rule there.
    pub(crate) fn is_authorised(&self, desk: &Desk<'_>) -> bool {
        let case = desk.case(self.reference);
        let role = self.by.and_then(|by| by.role.as_ref());
        let rules = case.map_or(desk.council, |case| case.rules);
        entries_for(desk, case, self.rule).any(|entry| rules.serves_any(role, &entry.by))
    }

    /// The first entry of the rule file that lets anybody accept this rule for this case.
    pub(super) fn entry<'d>(&'d self, desk: &'d Desk<'_>) -> Option<&'d AcceptanceRule> {
        let case = desk.case(self.reference);
        entries_for(desk, case, self.rule).next()
    }

    /// Whether its time has run out.
    pub(crate) fn has_expired(&self, today: Day) -> bool {
        self.until.is_some_and(|until| until < today)
    }
}

/// Every acceptance that is on the record at the desk's moment.
pub(crate) fn acceptances<'a>(desk: &Desk<'a>) -> Vec<Accepted<'a>> {
    let mut all = Vec::new();
    for meeting in &desk.folder.meetings {
        let from_meeting = meeting.meeting.iter().flat_map(|file| {
            file.record.accepted.iter().enumerate().map(
                move |(row, entry): (usize, &Acceptance)| Accepted {
                    reference: entry.referral.as_deref().unwrap_or(""),
                    rule: entry.rule.as_deref().unwrap_or(""),
                    by: entry.by.as_ref(),
                    on: entry.on,
                    until: entry.until,
                    reason: entry.reason.as_deref(),
                    file: &file.path,
                    path: format!("accepted[{row}]"),
                    meeting: &meeting.id,
                },
            )
        });
        all.extend(from_meeting);
    }
    for case in desk.cases() {
        all.extend(
            case.decisions
                .iter()
                .flat_map(|made| given_with(made.file, made.meeting, made.on)),
        );
    }
    if let Some(meeting) = desk.heard.as_deref().and_then(|id| desk.meeting_in(id)) {
        for decision in meeting
            .folder
            .into_iter()
            .flat_map(|folder| in_force(&folder.decisions))
        {
            all.extend(given_with(
                decision,
                meeting.folder.map_or("", |folder| &folder.id),
                meeting.on,
            ));
        }
    }
    let today = desk.today();
    all.retain(|entry| entry.on.is_none_or(|on| on <= today));
    all
}

/// What a decision itself accepts, on the day that it was made.
fn given_with<'a>(
    decision: &'a DecisionFile,
    meeting: &'a str,
    held_on: Day,
) -> impl Iterator<Item = Accepted<'a>> {
    let record = &decision.file.record;
    record
        .accepted
        .iter()
        .enumerate()
        .map(move |(row, entry)| Accepted {
            reference: &record.referral,
            rule: entry.rule.as_deref().unwrap_or(""),
            by: entry.by.as_ref().or(record.decided_by.as_ref()),
            on: record.decided_on.or(Some(held_on)),
            until: None,
            reason: entry.reason.as_deref(),
            file: &decision.file.path,
            path: format!("accepted[{row}]"),
            meeting,
        })
}

/// Of each referral's decisions at one meeting, the one with the highest number.
fn in_force(decisions: &[DecisionFile]) -> impl Iterator<Item = &DecisionFile> {
    let mut last: HashMap<&str, u32> = HashMap::new();
    for decision in decisions {
        let number = last.entry(&decision.file.record.referral).or_default();
        *number = decision.number.max(*number);
    }
    decisions
        .iter()
        .filter(move |decision| last[decision.file.record.referral.as_str()] == decision.number)
}

/// An accepted finding becomes a note, with who accepted it.
pub(super) fn accept(desk: &Desk<'_>, findings: &mut [Finding]) {
    let accepted = acceptances(desk);
    let today = desk.today();
    let mut by_case: HashMap<(&str, &str), Vec<&Accepted<'_>>> = HashMap::new();
    for entry in accepted
        .iter()
        .filter(|entry| entry.is_authorised(desk) && !entry.has_expired(today))
    {
        by_case
            .entry((entry.reference, entry.rule))
            .or_default()
            .push(entry);
    }
    for finding in findings
        .iter_mut()
        .filter(|finding| finding.severity != Severity::Note)
    {
        let Some(reference) = finding.reference.as_deref() else {
            continue;
        };
        let given = by_case
            .get(&(reference, finding.rule.as_str()))
            .and_then(|entries| entries.first());
        if let Some(given) = given {
            let text = |value: Option<&String>| value.cloned().unwrap_or_default();
            finding.severity = Severity::Note;
            finding.accepted_by = Some(AcceptedBy {
                name: text(given.by.and_then(|by| by.name.as_ref())),
                role: text(given.by.and_then(|by| by.role.as_ref())),
                on: given.on.map(|on| on.to_string()),
                reason: given.reason.map(str::to_owned),
            });
        }
    }
}

/// The entries of the rule file that let somebody accept a rule for one case: those of its own
/// rules whose condition holds there. Of a case that is not there nothing is known, and every
/// entry counts: that it is not there is told by itself.
fn entries_for<'d>(
    desk: &'d Desk<'_>,
    case: Option<&'d Case<'_>>,
    rule: &'d str,
) -> impl Iterator<Item = &'d AcceptanceRule> {
    let rules = case.map_or(desk.council, |case| case.rules);
    rules
        .acceptances
        .iter()
        .filter(move |entry| entry.rules.iter().any(|id| id == rule))
        .filter(move |entry| case.is_none_or(|case| desk.holds(entry.when.as_ref(), case)))
}

/// Who may accept a rule for one case, as people say it: "the chair"; none where nobody may.
pub(super) fn acceptable_by(desk: &Desk<'_>, case: &Case<'_>, rule: &str) -> Option<String> {
    said_of(case.rules, entries_for(desk, Some(case), rule))
}

/// Who may accept what an acceptance accepts; none where nobody may.
pub(super) fn acceptable_instead(desk: &Desk<'_>, accepted: &Accepted<'_>) -> Option<String> {
    let case = desk.case(accepted.reference);
    let rules = case.map_or(desk.council, |case| case.rules);
    said_of(rules, entries_for(desk, case, accepted.rule))
}

fn said_of<'d>(
    rules: &Council,
    entries: impl Iterator<Item = &'d AcceptanceRule>,
) -> Option<String> {
    let mut posts: Vec<String> = Vec::new();
    for post in entries.flat_map(|entry| &entry.by) {
        if !posts.contains(post) {
            posts.push(post.clone());
        }
    }
    (!posts.is_empty()).then(|| rules.one_of_posts(&posts))
}

/// The end of a help: that somebody may accept a finding on a referral, where its council says so.
pub(super) fn or_accepted(desk: &Desk<'_>, case: &Case<'_>, rule: &str) -> String {
    acceptable_by(desk, case, rule)
        .map(|who| format!("; or have {who} accept it on the record (`accepted` in meeting.yaml)"))
        .unwrap_or_default()
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
