//! `panel withdraw`: record that a referral is taken back, and who agreed.

use super::changes::{Record, Writing, not_to_come, person, post, spoken};
use super::named::case_of;
use super::session::{Exit, Session, Trouble, day};
use crate::desk::{Case, Desk, Made, Standing};
use crate::folder::Written;
use crate::output::resting_on;
use crate::records::{Day, Person};
use crate::rules::withdrawal_objection;
use anyhow::Result;

/// Record that a referral is taken back
///
/// Writes `withdrawn` into the referral and keeps every other byte of it. Refused where the
/// council's file does not let this post agree to it.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  panel withdraw R-2026-0142 --by 'P. Nowak' --role service-manager --on 2026-11-24")]
pub(crate) struct Args {
    /// Reference of the referral
    reference: String,
    /// Who agreed
    #[arg(long, value_name = "NAME")]
    by: String,
    /// In which post
    #[arg(long, value_name = "ROLE")]
    role: String,
    /// On which day [default: today]
    #[arg(long, value_name = "DAY", value_parser = day)]
    on: Option<Day>,
    /// Show what would be written, write nothing
    #[arg(long)]
    dry_run: bool,
}

pub(super) fn run(args: &Args, session: &mut Session<'_>) -> Result<Exit> {
    let writing = Writing::begin(session, args.dry_run)?;
    let desk = writing.world.desk();
    let case = case_of(&desk, &args.reference)?;
    let on = args.on.unwrap_or_else(|| desk.today());
    let role = post(&desk, &args.role)?;
    let by = person(spoken("--by", &args.by)?, &role);
    not_to_come(&desk, on)?;
    can_be_taken_back(&desk, case, on)?;
    is_agreed(case, &args.by, &role)?;
    let mut record = Record::of(case.file);
    record.set(
        &["withdrawn"],
        &Written::Group(vec![
            ("on", Written::word(on)),
            ("agreed_by", Written::Group(by)),
        ]),
    )?;
    writing.make(&[record], session)?;
    if let Some(meeting) = desk.meeting_for(case).filter(|_| case.is_waiting()) {
        let told = format!(
            "{} is off the agenda of {}",
            case.reference(),
            meeting.on.with_weekday()
        );
        writing.tell(&told, session);
    }
    if let Some(lead) = case
        .costs_on
        .and_then(|lead| desk.case(lead))
        .filter(|lead| lead.is_open())
    {
        let told = format!(
            "its costs stand in {}: take what was asked for it out of there, and out of `with`, or the panel approves it all the same",
            lead.file.path
        );
        writing.tell(&told, session);
    }
    for part in parts_of(&desk, case) {
        let told = format!(
            "{part} is part of that request and stays on its agenda, with no costs now: give it its own, or take it back too"
        );
        writing.tell(&told, session);
    }
    Ok(Exit::Clean)
}

/// A file of the folder that settles a referral, of whichever day.
fn decided_in<'d>(desk: &'d Desk<'_>, reference: &str) -> Option<&'d str> {
    let mut all = desk.folder.meetings.iter().flat_map(|own| &own.decisions);
    let settles = |outcome: &str| !matches!(outcome, "defer" | "pending" | "note");
    all.find(|decision| {
        let record = &decision.file.record;
        record.referral == *reference && record.outcome.as_deref().is_some_and(settles)
    })
    .map(|decision| decision.file.path.as_str())
}

/// The requests whose costs stand on this one, and that are still to be decided.
fn parts_of<'d>(desk: &'d Desk<'_>, lead: &'d Case<'_>) -> impl Iterator<Item = &'d str> {
    let all = desk.cases().iter();
    all.filter(|part| part.costs_on == Some(lead.reference()) && part.is_open())
        .map(Case::reference)
}

/// Refuses where there is nothing to take back, or not on that day.
fn can_be_taken_back(desk: &Desk<'_>, case: &Case<'_>, on: Day) -> Result<(), Trouble> {
    let reference = case.reference();
    if let Some(withdrawn) = &case.referral().withdrawn {
        let place = &case.file.path;
        return Err(match withdrawn.on {
            Some(on) => Trouble::refused(format!(
                "{reference} has been taken back already, on {}; nothing was written",
                on.with_weekday()
            ))
            .hint(format!("what is wrong in it is put right in {place}")),
            None => Trouble::refused(format!(
                "{reference} says `withdrawn` without the day, so it is still on its list; nothing was written"
            ))
            .hint(format!("write the day by hand: `on: {on}` under `withdrawn` in {place}")),
        });
    }
    let is_settled = matches!(case.standing, Standing::Decided | Standing::InPrinciple);
    if let Some(made) = case.last().filter(|_| is_settled) {
        return Err(Trouble::refused(format!(
            "{reference} was decided on {}; what has been decided is not taken back, and nothing was written",
            made.on.with_weekday()
        ))
        .hint(format!(
            "if what was decided has come to its end: `panel act {reference}{} --ended REASON`",
            desk.naming(made)
        )));
    }
    approval_goes_on(desk, case, on)?;
    // Whatever moment is given: what lies in the folder was decided.
    if case.last().is_none()
        && let Some(path) = decided_in(desk, reference)
    {
        return Err(Trouble::refused(format!(
            "{reference} was decided ({path}), later than {}; nothing was written",
            desk.today().with_weekday()
        ))
        .hint("what has been decided is not taken back; look at --as-of, PANEL_AS_OF and the machine's clock"));
    }
    if let Some(heard) = case.last().filter(|made| on < made.on) {
        return Err(Trouble::refused(format!(
            "{reference} was before the panel on {}: it cannot have been taken back on {}; nothing was written",
            heard.on.with_weekday(),
            on.with_weekday()
        )));
    }
    let sent_on = case.referral().submitted.map(|sent| sent.day());
    match sent_on.filter(|sent| on < *sent && case.is_waiting()) {
        Some(sent) => Err(Trouble::refused(format!(
            "{reference} was sent on {}: it cannot have been taken back on {}; nothing was written",
            sent.with_weekday(),
            on.with_weekday()
        ))),
        None => Ok(()),
    }
}

/// Refuses where the panel approved it, has put it off since, and what it approved goes on: a
/// request that is taken back is taken back whole.
fn approval_goes_on(desk: &Desk<'_>, case: &Case<'_>, on: Day) -> Result<(), Trouble> {
    let is_over = |made: &Made<'_>| {
        let until = made.decision().until;
        made.ended_by(desk.today()).is_some() || until.is_some_and(|until| until <= on)
    };
    let mut approvals = case
        .decisions
        .iter()
        .rev()
        .filter(|made| made.is_approval());
    let Some(made) = approvals.find(|made| !is_over(made)) else {
        return Ok(());
    };
    let reference = case.reference();
    Err(Trouble::refused(format!(
        "{reference} was approved on {}, and that goes on; what has been decided is not taken back, and nothing was written",
        made.on.with_weekday()
    ))
    .hint(format!(
        "if what was approved has come to its end: `panel act {reference}{} --ended REASON`",
        desk.naming(made)
    )))
}

/// Refuses an agreement that does not serve by the council's file.
fn is_agreed(case: &Case<'_>, name: &str, role: &str) -> Result<(), Trouble> {
    let Some(rule) = &case.rules.withdrawal else {
        return Ok(());
    };
    let by = Person {
        name: Some(name.trim().into()),
        role: Some(role.into()),
        ..Person::default()
    };
    match withdrawal_objection(case.rules, rule, case.referral(), &by) {
        Some((_, message)) => Err(Trouble::refused(format!(
            "{message}{}; nothing was written",
            resting_on(&rule.basis)
        ))
        .hint(format!(
            "it takes the agreement of {}",
            case.rules.one_of_posts(&rule.agreed_by)
        ))),
        None => Ok(()),
    }
}
