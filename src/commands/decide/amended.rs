//! What an amendment makes of the decision whose place it takes: what it may not move, and what
//! whoever amends ought to know.

use super::{Args, Hearing};
use crate::folder::File;
use crate::records::{After, Day, Decision, Money};

/// What is recorded for the decision in force.
fn recorded<'h>(hearing: &'h Hearing<'_, '_>) -> Option<&'h File<After>> {
    let mut made = hearing.case.decisions.iter();
    made.find(|made| made.meeting == hearing.meeting.id)?.after
}

/// Actions are ticked off by their number: one that is done keeps it.
pub(super) fn moves_no_done_action(
    args: &Args,
    decision: &Decision,
    hearing: &Hearing<'_, '_>,
    mistakes: &mut Vec<String>,
) {
    let (Some(_), Some(before), Some(after)) = (&args.amend, hearing.in_force(), recorded(hearing))
    else {
        return;
    };
    for done in &after.record.actions_done {
        let Some(row) = done
            .action
            .and_then(|number| usize::try_from(number.checked_sub(1)?).ok())
        else {
            continue;
        };
        let what = |decision: &Decision| decision.actions.get(row).map(|own| own.what.clone());
        if let Some(was) = what(&before.record)
            && what(decision) != Some(was.clone())
        {
            mistakes.push(format!(
                "action {} ({}) is recorded as done in {}: it keeps its number and its words, and what is new stands behind",
                row + 1,
                was.unwrap_or_default(),
                after.path
            ));
        }
    }
}

/// What changes in money, and what was recorded of the earlier decision and now stands beside this.
pub(super) fn remarks(args: &Args, decision: &Decision, hearing: &Hearing<'_, '_>) -> Vec<String> {
    let mut remarks = Vec::new();
    let (Some(_), Some(before)) = (&args.amend, hearing.in_force()) else {
        return remarks;
    };
    let sum = |decision: &Decision| -> Money {
        let lines = decision.approved.iter();
        lines.map(|line| line.sum(hearing.rules.most_weeks())).sum()
    };
    let (was, is) = (sum(&before.record), sum(decision));
    if was != is {
        remarks.push(format!("approved in all: {is}; it was {was}"));
    }
    let stands = recorded(hearing).map(stands).unwrap_or_default();
    if !stands.is_empty() {
        remarks.push(format!(
            "recorded for the earlier decision, and not done again by this: {}",
            stands.join(", ")
        ));
    }
    remarks
}

fn stands(after: &File<After>) -> Vec<String> {
    let record = &after.record;
    let signed = record.log_signed.as_ref().and_then(|signed| signed.on);
    let uploaded = record.uploaded.map(|moment| moment.day());
    [
        ("the family was told", record.told_family),
        ("the log of expenditure was signed", signed),
        ("the decision was put on the child's record", uploaded),
    ]
    .into_iter()
    .filter_map(|(what, on): (&str, Option<Day>)| Some(format!("{what} on {}", on?.in_words())))
    .collect()
}
