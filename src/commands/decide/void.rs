//! A decision that was put down by mistake, for another meeting or another child, is taken off the
//! record: both files stay, and the referral stands as if nothing had been decided.

use super::check::{DecisionText, with_decision};
use super::{Args, Hearing, amended};
use crate::commands::session::Trouble;
use crate::desk::Desk;
use crate::output::count;
use crate::records::{Amends, Decision, Person};

/// What takes the decision in force off the record; refused where something came of it.
pub(super) fn decision(args: &Args, hearing: &Hearing<'_, '_>) -> Result<Decision, Trouble> {
    let (Some(before), Some(reason)) = (hearing.in_force(), &args.amend) else {
        return Err(Trouble::usage(
            "`void` takes a decision off the record that was put down by mistake; nothing was written",
        )
        .hint("say why with --amend REASON; what was not decided yet needs no decision"));
    };
    let (by, role) = match (&args.by, &args.role) {
        (Some(by), Some(role)) if !by.trim().is_empty() && !role.trim().is_empty() => (by, role),
        _ => {
            return Err(Trouble::usage(
                "who takes the decision off the record is not said; nothing was written. Add --by NAME and --role ROLE",
            ));
        }
    };
    // What stands before it was decided: it would be off the record too.
    if let Some(earlier) = hearing.amended_by_it() {
        return Err(Trouble::refused(format!(
            "{} takes the place of {}, which would be off the record too; nothing was written",
            before.name(),
            earlier.name()
        ))
        .hint(format!(
            "amend it back to what was decided: --amend REASON --from {} --take-back",
            earlier.path
        )));
    }
    let came_of_it = came_of_it(hearing);
    if !came_of_it.is_empty() {
        return Err(Trouble::refused(format!(
            "{} is no mere slip of the record: {} there; nothing was written",
            before.name(),
            came_of_it.join(" and ")
        ))
        .hint("what was decided otherwise is an amendment with an --outcome; where what was recorded of it is the slip, take that out of the file in after/ first"));
    }
    let case = hearing.case;
    Ok(Decision {
        referral: case.reference().into(),
        meeting: Some(hearing.meeting.day),
        referral_digest: before.record.referral_digest.clone(),
        amends: Some(Amends {
            decision: Some(before.name().into()),
            digest: Some(before.digest().into()),
            reason: Some(reason.into()),
            on: Some(hearing.desk.today()),
        }),
        outcome: Some("void".into()),
        decided_by: Some(Person {
            name: Some(by.into()),
            role: Some(role.into()),
            ..Person::default()
        }),
        ..Decision::default()
    })
}

/// Refuses `void` from a prepared file or as an answer: what a decision left is looked at only where
/// the flag says it.
pub(super) fn is_said_by_flag(decision: &Decision) -> Result<(), Trouble> {
    if !decision.is_void() {
        return Ok(());
    }
    Err(Trouble::usage(
        "`void` is no answer to a request; nothing was written",
    )
    .hint("a decision that was put down by mistake is taken off the record with --amend REASON --outcome void"))
}

/// What was done because of the decision, in words.
fn came_of_it(hearing: &Hearing<'_, '_>) -> Vec<String> {
    let Some(after) = amended::recorded(hearing).map(|after| &after.record) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    if after.placed.is_some() {
        found.push("a placement is recorded".to_owned());
    }
    if after.ended.is_some() {
        found.push("its end is recorded".to_owned());
    }
    let done = after.actions_done.len();
    if done > 0 {
        let verb = if done == 1 { "is" } else { "are" };
        found.push(format!("{} {verb} recorded as done", count(done, "action")));
    }
    if !after.papers.is_empty() {
        found.push("papers are recorded that came".to_owned());
    }
    if !after.disagreement.is_empty() {
        found.push("somebody's disagreement is recorded".to_owned());
    }
    found
}

/// Where the referral stands then, and which papers say something that was never decided.
pub(super) fn remarks(hearing: &Hearing<'_, '_>, text: &DecisionText) -> Vec<String> {
    let desk = hearing.desk;
    let folder = with_decision(hearing, text);
    let after = Desk::new(&folder, desk.book, desk.as_of, desk.scope);
    let reference = hearing.case.reference();
    let mut told = Vec::new();
    if let Some(case) = after.case(reference) {
        let decided_at = case.last().and_then(|made| after.meeting_in(made.meeting));
        told.push(match (decided_at, after.meeting_for(case)) {
            (Some(at), _) if !case.is_open() => format!(
                "{reference} stands as it was decided on {}",
                at.on.with_weekday()
            ),
            (_, Some(meeting)) => format!(
                "{reference} stands as if it had not been decided on then: it is on the agenda of {}",
                meeting.on.with_weekday()
            ),
            (_, None) => {
                format!("{reference} stands as if it had not been decided on then")
            }
        });
    }
    let meeting = &hearing.meeting.id;
    let kept = [
        format!("records/{reference}/{meeting}.md"),
        format!("records/{reference}/{meeting}-letter.md"),
    ];
    let kept: Vec<String> = kept
        .into_iter()
        .filter(|path| desk.folder.has_file(path))
        .collect();
    let is_sealed = hearing
        .meeting
        .folder
        .is_some_and(|folder| folder.is_final());
    if !kept.is_empty() {
        told.push(match is_sealed {
            // What vouches for the minutes vouches for these too.
            true => format!(
                "the final record vouches for these, so they stay in the folder; take them out of wherever they were sent: {}",
                kept.join(", ")
            ),
            false => format!(
                "take out of the folder, and out of wherever they were sent: {}",
                kept.join(", ")
            ),
        });
    }
    if amended::recorded(hearing).is_some_and(|after| after.record.told_family.is_some()) {
        told.push("the family was told of it: tell them that it was a mistake".to_owned());
    }
    if desk
        .folder
        .has_file(&format!("meetings/{meeting}/minutes.md"))
    {
        let arguments = hearing.meeting.as_arguments();
        told.push(match is_sealed {
            true => format!(
                "the sealed minutes have it: correct them with `panel minutes {arguments} --final --correct REASON --by NAME --role ROLE`, which stands beside them"
            ),
            false => format!(
                "the minutes that are kept have it: make them anew with `panel minutes {arguments} --write`"
            ),
        });
    }
    told
}
