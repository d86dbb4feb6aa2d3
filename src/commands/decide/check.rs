//! Whether there is anything to decide, and whether the decision would break a rule.

use super::{Args, Hearing};
use crate::commands::named::{can_read, find_meeting};
use crate::commands::session::Trouble;
use crate::council::condition::Condition;
use crate::council::{ChecklistPoint, Subject, Use};
use crate::desk::{Desk, Standing};
use crate::findings::Finding;
use crate::folder::{DecisionFile, File, Folder, Planned, nearest_reference};
use crate::records::{Day, Decision, Text};
use crate::rules;

/// Refuses a word on the command line that the vocabulary of the rules does not have, before more is
/// asked for because of it.
pub(super) fn words_are_known(args: &Args, hearing: &Hearing<'_, '_>) -> Result<(), Trouble> {
    let words = &hearing.rules.words;
    let typed = [
        ("--outcome", Use::Outcome, &args.outcome),
        ("--role", Use::Role, &args.role),
        ("--basis", Use::Basis, &args.basis),
        ("--defer-reason", Use::DeferralReason, &args.defer_reason),
    ];
    for (flag, of, word) in typed {
        let Some(word) = word.as_deref().filter(|word| !word.trim().is_empty()) else {
            continue;
        };
        if words.find(of, word).is_some() {
            continue;
        }
        let trouble = Trouble::usage(format!(
            "{flag} is `{word}`, which is not a word that is used here; nothing was written"
        ));
        return Err(trouble.hint(match words.nearest(of, word) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("write one of {}", words.ids(of).join(", ")),
        }));
    }
    Ok(())
}

/// The case and the meeting, where a decision can be made there.
pub(super) fn hearing<'d, 'a>(args: &Args, desk: &'d Desk<'a>) -> Result<Hearing<'d, 'a>, Trouble> {
    let Some(case) = desk.case(&args.reference) else {
        let near = nearest_reference(&args.reference, desk.references())
            .map(|near| format!("; did you mean {near}?"))
            .unwrap_or_default();
        return Err(Trouble::usage(format!(
            "there is no referral {}{near}; nothing was written",
            args.reference
        )));
    };
    // Whose meeting it is need not be said where the referral's own panel meets that day.
    let own = desk.meetings_of(args.date, case.panel);
    let panel = match &args.panel {
        Some(named) => Some(named.as_str()),
        None => case.panel.filter(|_| !own.is_empty()),
    };
    let Some(meeting) = find_meeting(desk, args.date, panel)?.filter(|meeting| meeting.is_expected)
    else {
        let next = desk
            .first_of(args.date, panel.or(case.panel))
            .map(|next| {
                format!(
                    "; the next meeting from then on is {}",
                    next.on.with_weekday()
                )
            })
            .unwrap_or_default();
        return Err(refused(format!(
            "the panel does not meet on {}{next}",
            args.date.with_weekday()
        )));
    };
    let hearing = Hearing {
        desk,
        case,
        meeting,
        rules: desk.rules_at(case.panel, meeting),
    };
    can_read(desk, &meeting.id, Some(case.reference()))?;
    if meeting.is_cancelled {
        return Err(refused(format!(
            "the meeting of {} was cancelled",
            meeting.day.with_weekday()
        )));
    }
    is_held_or_between(args, &hearing)?;
    if case.file.is_unreadable() {
        return Err(refused(format!(
            "{} cannot be read: run `panel check {}`",
            case.reference(),
            case.file.path
        )));
    }
    match case.standing {
        Standing::Withdrawn => return Err(refused(format!("{} was withdrawn", case.reference()))),
        Standing::Draft => {
            return Err(refused(format!(
                "{} is a draft that was never submitted",
                case.reference()
            )));
        }
        _ => {}
    }
    let began = desk.as_meeting_began(meeting);
    let was_sent = began
        .case(case.reference())
        .is_some_and(|case| case.standing != Standing::Draft);
    if !was_sent {
        return Err(refused(format!(
            "{} was sent after the meeting of {} had begun",
            case.reference(),
            meeting.on.with_weekday()
        )));
    }
    match (hearing.in_force(), &args.amend) {
        (Some(before), None) if before.record.outcome.as_deref() != Some("pending") => {
            Err(refused(format!(
                "{} was decided at this meeting ({path}); a decision is never changed, but `--amend REASON` writes another beside it, which begins with what this one says where you add `--from {path}`",
                case.reference(),
                path = before.path
            )))
        }
        (None, None) if meeting.folder.is_some_and(|folder| folder.is_final()) => {
            Err(refused(format!(
                "the minutes of {} are sealed, and have no decision on {}: it goes to a later meeting",
                meeting.on.with_weekday(),
                case.reference()
            )))
        }
        (None, Some(_)) => Err(refused(format!(
            "there is no decision on {} at this meeting to amend",
            case.reference()
        ))),
        _ => Ok(hearing),
    }
}

/// A meeting that is to come decides nothing yet; a post that decides between meetings does, on its
/// own day.
fn is_held_or_between(args: &Args, hearing: &Hearing<'_, '_>) -> Result<(), Trouble> {
    let role = args.role.as_deref().map(str::trim).map(Text::from);
    // What was decided between meetings can be amended, or taken off the record, before it too.
    let amends = args.amend.is_some() && hearing.in_force().is_some();
    if !hearing.is_between() || amends || hearing.rules.decides_between(role.as_ref(), None) {
        return Ok(());
    }
    let trouble = refused(format!(
        "the meeting of {} has not been held yet: today is {}",
        hearing.meeting.on.with_weekday(),
        hearing.desk.today().with_weekday()
    ));
    let mut deciders = hearing.rules.deciders.iter();
    Err(match deciders.find(|decider| decider.outside_panel) {
        Some(decider) => trouble.hint(format!(
            "between meetings {} may decide: --by NAME --role ROLE",
            hearing.rules.one_of_posts(&decider.any_of)
        )),
        None => trouble,
    })
}

impl<'a> Hearing<'_, 'a> {
    /// Whether its meeting is still to come, so that only a decision between meetings can be made.
    pub(super) fn is_between(&self) -> bool {
        self.meeting.on > self.desk.today()
    }

    /// The decision already made at this meeting, whatever the desk's moment; none where it was taken
    /// off the record.
    pub(super) fn in_force(&self) -> Option<&'a File<Decision>> {
        let last = self.rows().last().map(|row| &row.file);
        last.filter(|file| !file.record.is_void())
    }

    /// The decision whose place the one in force takes; none where that is the first, or the first
    /// since another was taken off the record.
    pub(super) fn amended_by_it(&self) -> Option<&'a File<Decision>> {
        let in_force = self.in_force()?;
        let rows: Vec<_> = self.rows().map(|row| &row.file).collect();
        let before = rows.iter().rev().nth(1).copied();
        before.filter(|file| !file.record.is_void() && file.path != in_force.path)
    }

    /// Its number in the row: 1 for the first.
    pub(super) fn next_number(&self) -> u32 {
        self.rows()
            .map(|row| row.number)
            .max()
            .map_or(1, |number| number + 1)
    }

    /// That another panel decides than the one that the request is for, and what others decided on
    /// it on the same day.
    pub(super) fn of_another_panel(&self) -> Vec<String> {
        let book = self.desk.book;
        let (own, here) = (self.case.panel, self.meeting.panel);
        let sits_as = |panel: Option<&'a str>| panel.map(|panel| book.sits_as(panel));
        let mut told = Vec::new();
        if own.is_some() && here.is_some() && sits_as(own) != sits_as(here) {
            told.push(format!(
                "{} is for {}, and {} decides on it here",
                self.case.reference(),
                book.panel_in_full(own),
                book.panel_in_full(here)
            ));
        }
        for other in &self.case.decisions {
            if other.on == self.meeting.on && other.meeting != self.meeting.id {
                told.push(format!(
                    "it was decided at another meeting that day too: {} ({})",
                    other.file.file.path,
                    other.outcome()
                ));
            }
        }
        told
    }

    /// The day of the decision in force, where that is still to come.
    pub(super) fn dated_ahead(&self) -> Option<Day> {
        let record = &self.in_force()?.record;
        let amended = record.amends.as_ref().and_then(|amends| amends.on);
        let day = amended.or(record.decided_on);
        day.filter(|day| *day > self.desk.today())
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = &'a DecisionFile> {
        let reference = self.case.reference();
        self.meeting
            .folder
            .into_iter()
            .flat_map(|folder| &folder.decisions)
            .filter(move |row| row.file.record.referral == reference)
    }

    /// How soon a newly looked-after child may be brought back, where this is one.
    pub(super) fn weekly_return(&self) -> Option<crate::records::Interval> {
        let newly = self.rules.newly_looked_after.as_ref()?;
        self.desk
            .is_talked_through(self.case)
            .then_some(newly.review)
            .flatten()
    }

    /// The council's questions of this case.
    pub(super) fn checklist(&self) -> impl Iterator<Item = &'a ChecklistPoint> {
        let points: &'a [ChecklistPoint] = &self.rules.checklist;
        points
            .iter()
            .filter(move |point| self.holds(point.when.as_ref()))
    }

    /// Whether an entry of the rule file holds for the case at this meeting.
    pub(super) fn holds(&self, when: Option<&Condition>) -> bool {
        let subject = Subject {
            meeting_on: Some(self.meeting.on),
            ..self.desk.subject(self.case)
        };
        self.rules.holds(when, subject)
    }
}

/// A decision as it would stand on the disk.
pub(super) struct DecisionText {
    /// Path from the case folder.
    pub(super) path: String,
    /// Its bytes.
    pub(super) bytes: Vec<u8>,
    /// 1, or the number in its name.
    pub(super) number: u32,
    /// The meeting's folder.
    pub(super) meeting: String,
    /// What followed the decision that it amends, where that changes with it.
    pub(super) followed: Option<Planned>,
}

/// Rules about a day that has gone by since: a decision that is put down late breaks none of them.
const OF_THE_CLOCK: [&str; 2] = ["refused-not-ended", "review-overdue"];

/// What the clock has to say of the decision at once, where it keeps every rule; else all that it
/// would break is told.
pub(super) fn keeps_the_rules(
    hearing: &Hearing<'_, '_>,
    text: &DecisionText,
) -> Result<Vec<String>, Trouble> {
    let mut broken = broken_rules(hearing, text);
    let is_late = |finding: &mut Finding| OF_THE_CLOCK.contains(&finding.rule.as_str());
    let late: Vec<Finding> = broken.extract_if(.., is_late).collect();
    if broken.is_empty() {
        return Ok(late.into_iter().map(|finding| finding.message).collect());
    }
    let told: Vec<String> = broken.iter().flat_map(in_words).collect();
    let is_unready = broken
        .iter()
        .any(|finding| finding.place.file == hearing.case.file.path);
    let trouble =
        Trouble::refused("nothing was written: the decision would break these rules").listing(told);
    Err(if is_unready {
        trouble.hint("the referral was not ready: accept what the rules let you accept with --accept 'RULE|REASON', or defer with --defer-reason not-ready")
    } else {
        trouble
    })
}

/// A broken rule in words, and what to do below it.
fn in_words(finding: &Finding) -> Vec<String> {
    let clauses = match (&finding.basis.clauses[..], &finding.basis.assumption) {
        ([], None) => String::new(),
        ([], Some(_)) => " (assumption of the council's file)".to_owned(),
        (clauses, _) => format!(" (clause {})", clauses.join(", ")),
    };
    let told = format!("[{}] {}{clauses}", finding.rule, finding.message);
    let help = finding.help.as_deref().map(|help| format!("    {help}"));
    std::iter::once(told).chain(help).collect()
}

fn refused(text: impl std::fmt::Display) -> Trouble {
    Trouble::refused(format!("{text}; nothing was written"))
}

/// The rules that the decision would break, found by judging the folder as if it stood there; for
/// an approval also what holds the referral itself back and nobody has accepted.
fn broken_rules(hearing: &Hearing<'_, '_>, text: &DecisionText) -> Vec<Finding> {
    let desk = hearing.desk;
    let folder = with_decision(hearing, text);
    let file = crate::folder::read_decision(text.path.clone(), text.bytes.clone(), text.number);
    let is_approval = matches!(
        file.file.record.outcome.as_deref(),
        Some("approve" | "approve-alternative")
    );
    let after = Desk::new(&folder, desk.book, desk.as_of, desk.scope);
    let mut broken: Vec<Finding> = rules::judge(&after)
        .findings
        .into_iter()
        .filter(|finding| finding.is_error() && finding.place.file == text.path)
        .collect();
    // What the decision that it amends has already is neither brought nor mended by the amendment.
    if let Some(before) = hearing.in_force() {
        let known = rules::judge(desk).findings;
        let is_known = |finding: &Finding| {
            known.iter().any(|known| {
                known.place.file == before.path
                    && known.rule == finding.rule
                    && known.place.path == finding.place.path
                    && known.message == finding.message
            })
        };
        broken.retain(|finding| !is_known(finding));
    }
    let is_first = hearing.in_force().is_none();
    if is_approval
        && is_first
        && let Some(meeting) = after.meeting_in(&hearing.meeting.id)
    {
        let path = &hearing.case.file.path;
        // What is decided between meetings was decided already as its meeting begins: the request is
        // judged as it stands, but for what is accepted with the decision.
        let heard = match file
            .file
            .record
            .made_between(hearing.meeting.on, hearing.rules)
        {
            Some(_) => rules::judge(desk).findings,
            None => rules::judge(&after.as_meeting_heard(meeting)).findings,
        };
        let accepted = &file.file.record.accepted;
        let is_accepted = |finding: &Finding| {
            let mut accepted = accepted.iter();
            accepted.any(|own| own.rule.as_deref() == Some(finding.rule.as_str()))
        };
        broken.extend(
            heard
                .into_iter()
                .filter(|finding| finding.is_error() && &finding.place.file == path)
                .filter(|finding| !(hearing.is_between() && is_accepted(finding))),
        );
    }
    broken
}

/// The folder as it would be with the decision in it.
pub(super) fn with_decision(hearing: &Hearing<'_, '_>, text: &DecisionText) -> Folder {
    let mut folder = hearing.desk.folder.with(text.followed.as_slice());
    let file = crate::folder::read_decision(text.path.clone(), text.bytes.clone(), text.number);
    match folder
        .meetings
        .iter_mut()
        .find(|meeting| meeting.id == text.meeting)
    {
        Some(meeting) => meeting.decisions.push(file),
        None => folder.meetings.push(crate::folder::MeetingFolder {
            id: text.meeting.clone(),
            day: Some(hearing.meeting.day),
            decisions: vec![file],
            ..Default::default()
        }),
    }
    folder.meetings.sort_by(|one, other| one.id.cmp(&other.id));
    folder
}
