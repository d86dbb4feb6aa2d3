//! Acceptances on the record: who may accept what, which of them count, and what they make of a
//! finding.

use super::judge::stands_in;
use crate::council::{AcceptanceRule, Council, THE_CHAIR, Use};
use crate::desk::{Case, Desk, PanelMeeting};
use crate::findings::{AcceptedBy, Basis, Finding, Severity};
use crate::folder::DecisionFile;
use crate::records::{Acceptance, Day, Person, Text};
use std::collections::HashMap;

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
    /// The digest of the referral as it stood when it was recorded, where it was written down.
    digest: Option<&'a str>,
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
        let meeting = desk.meeting_in(self.meeting);
        entries_for(desk, case, self.rule)
            .any(|entry| role.is_some_and(|role| serves_at(rules, meeting, role, &entry.by)))
    }

    /// The first entry of the rule file that lets anybody accept this rule for this case.
    pub(super) fn entry<'d>(&'d self, desk: &'d Desk<'_>) -> Option<&'d AcceptanceRule> {
        let case = desk.case(self.reference);
        entries_for(desk, case, self.rule).next()
    }

    /// Whether its referral has been sent again since it was given: it was given of the form as it
    /// then stood, and nobody has accepted anything of the new one.
    pub(super) fn is_of_an_earlier_form(&self, desk: &Desk<'_>) -> bool {
        let case = desk.case(self.reference);
        let sent_again = case.filter(|case| case.has_been_resubmitted());
        let sent_on = sent_again
            .and_then(|case| case.sent_at())
            .map(|at| Day::of(at.date()));
        self.on
            .zip(sent_on)
            .is_some_and(|(on, sent_on)| on < sent_on)
    }

    /// Whether its referral has been edited since it was recorded.
    pub(super) fn is_of_another_text(&self, desk: &Desk<'_>) -> bool {
        let case = desk.case(self.reference);
        self.digest
            .zip(case)
            .is_some_and(|(digest, case)| digest.trim() != case.file.digest())
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
                    digest: entry.referral_digest.as_deref(),
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
            // That of the decision itself is looked at by a rule of its own.
            digest: None,
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
        let is_of_the_form = desk
            .case(reference)
            .is_some_and(|case| case.file.path == finding.place.file);
        let covers = |entry: &&&Accepted<'_>| !is_of_the_form || !entry.is_of_an_earlier_form(desk);
        let given = by_case
            .get(&(reference, finding.rule.as_str()))
            .and_then(|entries| entries.iter().find(covers));
        if let Some(given) = given {
            let text = |value: Option<&Text>| value.map(Text::to_string).unwrap_or_default();
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

/// Whether each acceptance of a rule that counts for a case was recorded for what the request said
/// before it was edited; not where there is none.
pub(crate) fn is_accepted_of_another_text(desk: &Desk<'_>, case: &Case<'_>, rule: &str) -> bool {
    let today = desk.today();
    let mut own = acceptances(desk)
        .into_iter()
        .filter(|entry| (entry.reference, entry.rule) == (case.reference(), rule))
        .filter(|entry| !entry.has_expired(today) && !entry.is_of_an_earlier_form(desk))
        .filter(|entry| entry.is_authorised(desk))
        .peekable();
    own.peek().is_some() && own.all(|entry| entry.is_of_another_text(desk))
}

/// Whether a post is one of those that may accept something for a meeting. Who chairs only where
/// others are away is the chair only where they are recorded as away, or nothing is recorded yet.
fn serves_at(
    rules: &Council,
    meeting: Option<&PanelMeeting<'_>>,
    role: &str,
    wanted: &[String],
) -> bool {
    let chairs = || {
        rules.chairs.iter().any(|chair| {
            rules.words.role_serves(role, &chair.role) && stands_in(rules, meeting, chair)
        })
    };
    wanted.iter().any(|wanted| match wanted.as_str() {
        THE_CHAIR => chairs(),
        wanted => rules.serves(role, wanted),
    })
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

/// The end of a help: that somebody may accept a finding on a referral, where its council says so,
/// and the command that records it.
pub(super) fn or_accepted(desk: &Desk<'_>, case: &Case<'_>, rule: &str) -> String {
    acceptable_by(desk, case, rule)
        .map(|who| {
            let command = command(desk, case, rule);
            format!("; or have {who} accept it on the record: {command}")
        })
        .unwrap_or_default()
}

/// The end of a help on the form or its papers: by when it is to be done, while that is still to come,
/// and that somebody may accept it.
pub(super) fn in_time_or_accepted(desk: &Desk<'_>, case: &Case<'_>, rule: &str) -> String {
    super::ways::by_the_cut_off(desk, case) + &or_accepted(desk, case, rule)
}

/// The command that records an acceptance, with what is to be filled in in capitals.
pub(super) fn command(desk: &Desk<'_>, case: &Case<'_>, rule: &str) -> String {
    // What a meeting has heard moves on: there it goes with the decision.
    let heard = desk.heard.as_deref().and_then(|id| desk.meeting_in(id));
    if let Some(heard) = heard {
        return format!(
            "`panel decide {} {} --accept '{rule}|REASON'` (with `--amend REASON --from FILE` where the decision has been put down)",
            case.reference(),
            heard.as_arguments()
        );
    }
    let mut posts: Vec<&str> = entries_for(desk, Some(case), rule)
        .flat_map(|entry| &entry.by)
        .map(String::as_str)
        .collect();
    posts.dedup();
    let role = match posts[..] {
        [post] if case.rules.words.ids(Use::Role).iter().any(|id| id == post) => post,
        _ => "ROLE",
    };
    format!(
        "`panel accept {} --rule {rule} --by NAME --role {role} --reason TEXT`",
        case.reference()
    )
}

/// What lets somebody accept a rule for one case: the posts that may, and what says so.
pub(crate) struct Leave<'d> {
    rules: &'d Council,
    meeting: Option<&'d PanelMeeting<'d>>,
    entries: Vec<&'d AcceptanceRule>,
}

impl<'d> Leave<'d> {
    /// The leave that the case's rules give; none where nobody may accept the rule there.
    pub(crate) fn find(desk: &'d Desk<'_>, case: &'d Case<'_>, rule: &'d str) -> Option<Self> {
        let entries: Vec<_> = entries_for(desk, Some(case), rule).collect();
        (!entries.is_empty()).then_some(Self {
            rules: case.rules,
            meeting: desk.meeting_for(case),
            entries,
        })
    }

    /// Whether a post may.
    pub(crate) fn is_given_to(&self, role: &str) -> bool {
        let mut entries = self.entries.iter();
        entries.any(|entry| serves_at(self.rules, self.meeting, role, &entry.by))
    }

    /// Who may, as people say it: "the chair".
    pub(crate) fn to_whom(&self) -> String {
        said_of(self.rules, self.entries.iter().copied()).unwrap_or_default()
    }

    /// What says so.
    pub(crate) fn basis(&self) -> Option<&'d Basis> {
        self.entries.first().map(|entry| &entry.basis)
    }
}
