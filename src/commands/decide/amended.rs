//! What an amendment makes of the decision whose place it takes: what it may not move, and what
//! whoever amends ought to know.

use super::{Args, Hearing};
use crate::desk::is_of_other_money;
use crate::folder::File;
use crate::records::{After, Decision, Money};

/// What is recorded of the decisions on the referral at this meeting.
pub(super) fn recorded<'a>(hearing: &Hearing<'_, 'a>) -> Option<&'a File<After>> {
    let mut followed = hearing.meeting.folder?.after.iter();
    followed.find(|file| file.stem() == hearing.case.reference())
}

/// What was signed for one sum is not signed for another.
pub(super) fn leaves_no_signature_for_other_money(
    args: &Args,
    decision: &mut Decision,
    hearing: &Hearing<'_, '_>,
) {
    let before = hearing.in_force().filter(|_| args.amend.is_some());
    if let Some(before) = before
        && !args.sign_expenditure
        && is_of_other_money(&before.record, decision)
        && before.record.expenditure_signed == decision.expenditure_signed
    {
        decision.expenditure_signed = None;
    }
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

/// What changes in money.
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
    remarks
}
