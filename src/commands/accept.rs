//! `panel accept`: the chair's acceptance of a finding, on the record of the meeting.

use super::changes::{Record, Writing, not_to_come, person, post, spoken};
use super::named::{case_of, meeting_on};
use super::others::Checked;
use super::session::{Exit, Session, Trouble, day};
use crate::desk::{Case, Desk, PanelMeeting, Standing};
use crate::findings::{Finding, Severity};
use crate::folder::{Written, nearest};
use crate::output::{self, resting_on};
use crate::records::Day;
use crate::rules::{self, Judgement, Leave, judge};
use anyhow::Result;

/// Record that a finding on a referral is accepted
///
/// Writes an entry under `accepted` into the record of the meeting that the referral goes to, and
/// keeps every other byte of it. Refused where the council's file does not let this post accept
/// the rule, and where there is nothing to accept. What a decision itself falls short of is
/// accepted with the decision: `panel decide --accept`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  panel accept R-2026-0142 --rule late-submission --by 'M. Osei' --role deputy-director \\
      --reason 'Placed on Tuesday, after the cut-off.'
  panel accept R-2026-0142 --rule missing-sign-off --by 'M. Osei' --role deputy-director \\
      --reason 'Away until Monday; agreed by telephone.' --until 2026-12-10 --dry-run")]
pub(crate) struct Args {
    /// Reference of the referral
    reference: String,
    /// Id of the rule, as `panel check` prints it between brackets
    #[arg(long, value_name = "RULE")]
    rule: String,
    /// Who accepts it
    #[arg(long, value_name = "NAME")]
    by: String,
    /// In which post
    #[arg(long, value_name = "ROLE")]
    role: String,
    /// Why
    #[arg(long, value_name = "TEXT")]
    reason: String,
    /// On which day [default: today]
    #[arg(long, value_name = "DAY", value_parser = day)]
    on: Option<Day>,
    /// The last day on which it holds [default: it holds on]
    #[arg(long, value_name = "DAY", value_parser = day)]
    until: Option<Day>,
    /// Day of the meeting on whose record it goes [default: the one that the referral goes to]
    #[arg(long, value_name = "DAY", value_parser = day)]
    date: Option<Day>,
    /// The panel, where several meet that day
    #[arg(long, value_name = "ID", requires = "date")]
    panel: Option<String>,
    /// Show what would be written, write nothing
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    checked: Checked,
}

pub(super) fn run(args: &Args, session: &mut Session<'_>) -> Result<Exit> {
    let writing = Writing::begin(session, args.dry_run)?;
    let desk = writing.world.desk();
    let case = case_of(&desk, &args.reference)?;
    let role = post(&desk, &args.role)?;
    let reason = spoken("--reason", &args.reason)?;
    let by = person(spoken("--by", &args.by)?, &role);
    is_not_over(args, &desk, case)?;
    let before = judge(&desk);
    let finding = standing_finding(&desk, &before, case, &args.rule)?;
    has_leave(&desk, case, finding, args, &role)?;
    let (on, until) = days(args, &desk)?;
    let meeting = meeting_for(args, &desk, case)?;
    reaches(meeting, (on, until), case)?;
    let mut record = Record::of_meeting(meeting);
    let mut entry = vec![
        ("referral", Written::word(case.reference())),
        ("rule", Written::word(&args.rule)),
        ("by", Written::Group(by)),
        ("on", Written::word(on)),
    ];
    entry.extend(until.map(|until| ("until", Written::word(until))));
    entry.push(("reason", reason));
    entry.push(("referral_digest", Written::word(case.file.digest())));
    record.add(&["accepted"], &Written::Group(entry))?;
    let changes = [record];
    writing.names_nobody_else(&desk, case, &changes, args.checked, session)?;
    let folder = writing.folder_with(&changes);
    let now = writing.desk_of(&folder);
    let told = effect(&before, &now, case);
    writing.make(&changes, session)?;
    writing.tell(&told, session);
    Ok(Exit::Clean)
}

/// The finding that the rule has on the referral and nobody has accepted.
fn standing_finding<'j>(
    desk: &Desk<'_>,
    judgement: &'j Judgement,
    case: &'j Case<'_>,
    rule: &str,
) -> Result<&'j Finding, Trouble> {
    let reference = case.reference();
    let all: Vec<&Finding> = judgement.about(reference).collect();
    let of_rule: Vec<&Finding> = all
        .iter()
        .copied()
        .filter(|finding| finding.rule == rule)
        .collect();
    if of_rule.is_empty() {
        return Err(no_finding(desk, case, &all, rule));
    }
    let open: Vec<&Finding> = of_rule
        .iter()
        .copied()
        .filter(|finding| finding.severity != Severity::Note)
        .collect();
    let own = open.iter().find(|finding| !is_of_decision(finding));
    if let Some(finding) = own {
        return Ok(finding);
    }
    if let Some(finding) = open.first() {
        if Leave::find(desk, case, rule).is_none() {
            return Err(nobody_may(finding));
        }
        let meeting = finding
            .meeting
            .as_deref()
            .and_then(|id| desk.meeting_in(id))
            .map(|meeting| format!(" {}", meeting.as_arguments()))
            .unwrap_or_default();
        return Err(Trouble::refused(format!(
            "{rule} is about the decision on {reference}, not the referral; nothing was written"
        ))
        .hint(format!(
            "a decision accepts it itself: `panel decide {reference}{meeting} --amend REASON --from {} --accept '{rule}|REASON'`",
            finding.place.file
        )));
    }
    let is_accepted = |finding: &&&Finding| finding.accepted_by.is_some();
    let accepted = of_rule.iter().find(is_accepted);
    // Of what the request says now nobody has accepted it.
    if let Some(finding) = accepted
        && rules::is_accepted_of_another_text(desk, case, rule)
    {
        return Ok(finding);
    }
    let accepted = accepted.and_then(|finding| finding.accepted_by.as_ref());
    Err(match accepted {
        Some(by) => {
            let on = by
                .on
                .as_deref()
                .and_then(|on| on.parse::<Day>().ok())
                .map(|on| format!(" on {}", on.with_weekday()))
                .unwrap_or_default();
            Trouble::refused(format!(
                "{rule} on {reference} was accepted by {} ({}){on}; nothing was written",
                by.name,
                case.rules.role_label(&by.role)
            ))
        }
        None => Trouble::refused(format!(
            "{rule} on {reference} is a note, which holds nothing back: there is nothing to accept"
        )),
    })
}

fn is_of_decision(finding: &Finding) -> bool {
    finding.place.file.contains("/decisions/") || finding.place.file.contains("/after/")
}

/// There is no such finding: which there are, and which was meant.
fn no_finding(desk: &Desk<'_>, case: &Case<'_>, all: &[&Finding], rule: &str) -> Trouble {
    let reference = case.reference();
    let mut open: Vec<&str> = all
        .iter()
        .filter(|finding| finding.severity != Severity::Note)
        .map(|finding| finding.rule.as_str())
        .collect();
    open.sort_unstable();
    open.dedup();
    let own: Vec<&str> = desk.book.own_ids().collect();
    let is_rule = rules::find(rule).is_some() || own.contains(&rule);
    let near = nearest(rule, open.iter().copied()).or_else(|| {
        let known = rules::all().map(|rule| rule.id).chain(own.iter().copied());
        nearest(rule, known).filter(|_| !is_rule)
    });
    let near = near
        .filter(|near| *near != rule)
        .map(|near| format!("did you mean `{near}`? "))
        .unwrap_or_default();
    let there = match (&open[..], case.standing) {
        ([], Standing::Withdrawn) => format!("{reference} was withdrawn: nothing is judged of it"),
        ([], Standing::Decided | Standing::InPrinciple | Standing::Pending) => {
            format!("{reference} has been before the panel: what stood against it is settled")
        }
        ([], _) => format!("nothing stands against {reference}"),
        (open, _) => format!("what stands against {reference}: {}", open.join(", ")),
    };
    let hint = format!("{near}{there}");
    if is_rule {
        Trouble::refused(format!(
            "there is no {rule} on {reference}; nothing was written"
        ))
        .hint(hint)
    } else {
        Trouble::usage(format!("`{rule}` is not a rule; nothing was written")).hint(hint)
    }
}

/// Whether the council's file lets the post accept it; else who may, by which clause.
fn has_leave(
    desk: &Desk<'_>,
    case: &Case<'_>,
    finding: &Finding,
    args: &Args,
    role: &str,
) -> Result<(), Trouble> {
    let rule = &finding.rule;
    let Some(leave) = Leave::find(desk, case, rule) else {
        return Err(nobody_may(finding));
    };
    if leave.is_given_to(role) {
        return Ok(());
    }
    let basis = leave.basis().map(resting_on).unwrap_or_default();
    Err(Trouble::refused(format!(
        "{} ({}) may not accept {rule}{basis}; nothing was written",
        args.by.trim(),
        case.rules.role_label(role)
    ))
    .hint(format!("it is accepted by {}", leave.to_whom())))
}

/// What the council's file lets nobody accept is to be put right.
fn nobody_may(finding: &Finding) -> Trouble {
    let rule = &finding.rule;
    let trouble = Trouble::refused(format!(
        "nobody may accept {rule} here{}; nothing was written",
        resting_on(&finding.basis)
    ));
    match &finding.help {
        Some(help) => trouble.hint(help.clone()),
        None => trouble.hint(format!(
            "put right what it asks for: `panel explain {rule}`"
        )),
    }
}

/// The day of the acceptance, and its last.
fn days(args: &Args, desk: &Desk<'_>) -> Result<(Day, Option<Day>), Trouble> {
    let on = args.on.unwrap_or_else(|| desk.today());
    not_to_come(desk, on)?;
    match args.until {
        Some(until) if until < desk.today() || until < on => Err(Trouble::refused(format!(
            "an acceptance until {} has run out already; nothing was written",
            until.with_weekday()
        ))
        .hint("give the last day on which it is to hold, or leave --until out")),
        until => Ok((on, until)),
    }
}

/// An acceptance holds on the day of the meeting that it is for, and is of a request that was there.
fn reaches(
    meeting: &PanelMeeting<'_>,
    (on, until): (Day, Option<Day>),
    case: &Case<'_>,
) -> Result<(), Trouble> {
    if let Some(until) = until.filter(|until| *until < meeting.on) {
        return Err(Trouble::refused(format!(
            "an acceptance until {} has run out by the meeting of {}, and holds nothing open there; nothing was written",
            until.with_weekday(),
            meeting.on.with_weekday()
        ))
        .hint("give the day of the meeting or a later one, or leave --until out"));
    }
    let sent_on = case.sent_at().map(|at| Day::of(at.date()));
    match sent_on.filter(|sent_on| on < *sent_on && case.referral().submitted.is_some()) {
        Some(sent_on) => Err(Trouble::refused(format!(
            "--on is {}, and {} was sent on {}: nobody can have accepted anything of it before; nothing was written",
            on.with_weekday(),
            case.reference(),
            sent_on.with_weekday()
        ))),
        None => Ok(()),
    }
}

/// What was accepted at a meeting that is over goes with the decision that it was accepted for: beside
/// the meeting's record it would be of a request that has moved on since.
fn is_not_over(args: &Args, desk: &Desk<'_>, case: &Case<'_>) -> Result<(), Trouble> {
    let Some(date) = args.date else { return Ok(()) };
    let own = desk.meetings_of(date, case.panel);
    let panel = args.panel.as_deref();
    let panel = panel.or_else(|| case.panel.filter(|_| !own.is_empty()));
    let meeting = meeting_on(desk, date, panel)?;
    if !meeting.has_passed(desk.today()) {
        return Ok(());
    }
    let (reference, rule) = (case.reference(), &args.rule);
    let named = meeting.as_arguments();
    let made = case
        .decisions
        .iter()
        .find(|made| made.meeting == meeting.id);
    let hint = match made {
        Some(made) => format!(
            "put it down with the decision: `panel decide {reference} {named} --amend REASON --from {} --accept '{rule}|REASON'`, with the day on which it was accepted in the reason",
            made.file.file.path
        ),
        None => format!(
            "if the panel decided {reference} there, put it down with the decision: `panel decide {reference} {named} … --accept '{rule}|REASON'`, with the day on which it was accepted in the reason; else leave --date out: it then goes on the record of the meeting to come"
        ),
    };
    Err(Trouble::refused(format!(
        "the meeting of {} is over; nothing was written",
        meeting.on.with_weekday()
    ))
    .hint(hint))
}

/// The meeting on whose record it goes.
fn meeting_for<'d, 'a>(
    args: &Args,
    desk: &'d Desk<'a>,
    case: &Case<'a>,
) -> Result<&'d PanelMeeting<'a>, Trouble> {
    let reference = case.reference();
    let own = desk.meeting_for(case);
    let meeting = match (args.date, own) {
        (None, Some(own)) => own,
        (None, None) => {
            return Err(Trouble::refused(format!(
                "no meeting to come is known for {reference}; nothing was written"
            ))
            .hint("name the meeting on whose record it goes with --date"));
        }
        (Some(date), own) => {
            let panel = args.panel.as_deref().or_else(|| {
                let of_own = desk.meetings_of(date, case.panel);
                case.panel.filter(|_| !of_own.is_empty())
            });
            let named = meeting_on(desk, date, panel)?;
            let is_own = own.is_some_and(|own| own.id == named.id);
            if !is_own && named.on > desk.today() {
                let goes = own
                    .map(|own| format!(": it goes to that of {}", own.on.with_weekday()))
                    .unwrap_or_default();
                return Err(Trouble::refused(format!(
                    "{reference} does not go to the meeting of {}{goes}; nothing was written",
                    named.on.with_weekday()
                )));
            }
            named
        }
    };
    if meeting.is_cancelled {
        return Err(Trouble::refused(format!(
            "the meeting of {} was called off; nothing was written",
            meeting.on.with_weekday()
        )));
    }
    if meeting.folder.is_some_and(|folder| folder.is_final()) {
        return Err(Trouble::refused(format!(
            "the minutes of {} are sealed, and what was accepted stands in them; nothing was written",
            meeting.on.with_weekday()
        ))
        .hint("leave --date out: it then goes on the record of the meeting to come"));
    }
    Ok(meeting)
}

/// What the acceptance did for the referral.
fn effect(before: &Judgement, now: &Desk<'_>, case: &Case<'_>) -> String {
    let reference = case.reference();
    let was_ready = before.is_ready(case);
    let Some(case) = now.case(reference) else {
        return String::new();
    };
    let judgement = judge(now);
    let meeting = now
        .meeting_for(case)
        .map(|meeting| format!(" for the meeting of {}", meeting.on.with_weekday()))
        .unwrap_or_default();
    let draft = match case.standing {
        Standing::Draft => "; it is a draft and on no agenda until it is sent",
        _ => "",
    };
    let errors: Vec<String> = judgement
        .about(reference)
        .filter(|finding| finding.is_error() && !is_of_decision(finding))
        .map(|finding| format!("[{}] {}", finding.rule, finding.message))
        .collect();
    match (judgement.is_ready(case), was_ready) {
        (true, true) => format!("{reference} is ready{meeting}, as it was{draft}"),
        (true, false) => format!("{reference} is now ready{meeting}{draft}"),
        (false, _) => format!(
            "{reference} is not ready yet{meeting}{draft}; {} against it: {}",
            match errors.len() {
                1 => "1 error stands".to_owned(),
                number => format!("{} stand", output::count(number, "error")),
            },
            errors.join("; ")
        ),
    }
}
