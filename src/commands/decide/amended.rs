//! What an amendment makes of the decision whose place it takes: what it may not move, and what
//! whoever amends ought to know.

use super::super::session::Trouble;
use super::{Args, Hearing};
use crate::desk::is_of_other_money;
use crate::documents::differing;
use crate::folder::{DecisionFile, File};
use crate::records::{Action, After, Decision, Money};

/// What is recorded of the decisions on the referral at this meeting.
pub(super) fn recorded<'a>(hearing: &Hearing<'_, 'a>) -> Option<&'a File<After>> {
    let mut followed = hearing.meeting.folder?.after.iter();
    followed.find(|file| file.stem() == hearing.case.reference())
}

/// The rows of the actions that are recorded as done of the decision in force; none of a first one.
pub(super) fn actions_done(hearing: &Hearing<'_, '_>) -> Vec<usize> {
    let Some(after) = hearing.in_force().and(recorded(hearing)) else {
        return Vec::new();
    };
    let done = after.record.actions_done.iter();
    done.filter_map(|done| usize::try_from(done.action?.checked_sub(1)?).ok())
        .collect()
}

/// What was to be done while a decision was promised is still to be done once it is made, under the
/// numbers that it had.
pub(super) fn keeps_what_was_promised(
    args: &Args,
    decision: &mut Decision,
    hearing: &Hearing<'_, '_>,
) {
    let Some(before) = hearing.in_force().filter(|_| args.amend.is_none()) else {
        return;
    };
    let promised = &before.record.actions;
    if decision.actions.starts_with(promised) {
        return;
    }
    let given = std::mem::take(&mut decision.actions).into_iter();
    let given = given.filter(|action| !promised.contains(action));
    decision.actions = promised.iter().cloned().chain(given).collect();
}

/// The request under a decision is the one that the panel decided on, unless whoever amends says
/// that it is decided on as it stands now.
pub(super) fn stands_on_the_same_request(args: &Args, hearing: &Hearing<'_, '_>) -> Option<String> {
    args.amend.as_ref()?;
    let before = &hearing.in_force()?.record;
    let is_final = matches!(
        before.outcome.as_deref(),
        Some("approve" | "approve-alternative" | "decline" | "note")
    );
    let digest = before.referral_digest.as_deref()?;
    let file = hearing.case.file;
    if !is_final || args.request_as_it_is || digest == file.digest() {
        return None;
    }
    Some(format!(
        "{} has been edited since the panel decided on it: put it back as it was; or, where the panel has decided on it as it stands now, add --request-as-it-is",
        file.path
    ))
}

/// An amendment that changes nothing is none: what was recorded for the decision in force would be put
/// aside for it, and the family written to a second time.
pub(super) fn changes_something(
    args: &Args,
    decision: &Decision,
    hearing: &Hearing<'_, '_>,
) -> Result<(), Trouble> {
    let Some(before) = hearing.in_force().filter(|_| args.amend.is_some()) else {
        return Ok(());
    };
    let said = |decision: &Decision| Decision {
        amends: None,
        ..decision.clone()
    };
    if said(&before.record) != said(decision) {
        return Ok(());
    }
    Err(Trouble::refused(format!(
        "nothing differs from {}; nothing was written",
        before.name()
    ))
    .hint("say what the panel changes, with flags behind --from or in a copy of that file"))
}

/// A decision that has been amended is no beginning of the next amendment: it would take back what
/// the one in force changed, and of two people who amend at once the second would undo the first.
pub(super) fn begins_with_an_earlier_one(
    args: &Args,
    from: &File<Decision>,
    hearing: &Hearing<'_, '_>,
) -> Option<String> {
    args.amend.as_ref().filter(|_| !args.take_back)?;
    let in_force = hearing.in_force()?;
    let digest = from.digest();
    let is_there = |row: &DecisionFile| row.file.digest() == digest;
    if in_force.digest() == digest || !hearing.rows().any(is_there) {
        return None;
    }
    Some(format!(
        "the file of --from has been amended since: {} is in force. Begin with that one: --from {}; or, where the panel takes back what it changed, add --take-back",
        in_force.name(),
        in_force.path
    ))
}

/// A file that was made from an earlier decision says again what the one in force has changed since.
/// `given` is what the file says, `decision` what it makes together with the flags.
pub(super) fn takes_back(
    args: &Args,
    given: &Decision,
    decision: &Decision,
    hearing: &Hearing<'_, '_>,
) -> Option<String> {
    args.amend.as_ref().filter(|_| !args.take_back)?;
    args.from.as_ref()?;
    let in_force = hearing.in_force()?;
    let now = &in_force.record;
    // It was made from the one in force: whoever made it saw what that changed.
    if given.amends.is_some() && given.amends == now.amends {
        return None;
    }
    // A file that is written by hand says what it changes, and nothing of the rest.
    let blank = Decision::default();
    let is_whole = given.referral_digest.is_some();
    let says = |part: &&str| is_whole || differing(given, &blank).contains(part);
    // What each decision brings with it by rule comes anew whatever the file says.
    let own_words = |said: &Decision| {
        let mut said = said.clone();
        let is_by_rule = |action: &Action| {
            let mut standard = hearing.rules.standard_actions.iter();
            standard.any(|entry| action.what.as_deref() == Some(entry.action.what.as_str()))
        };
        said.actions.retain(|action| !is_by_rule(action));
        said
    };
    let (now, given) = (&own_words(now), &own_words(given));
    let decision = &own_words(decision);
    let changes = differing(now, decision);
    let earlier = hearing.rows().map(|row| &row.file);
    let earlier = earlier.filter(|file| file.path != in_force.path);
    let nearest = earlier.min_by_key(|file| differing(&file.record, given).len())?;
    let before = own_words(&nearest.record);
    let own = [given, decision].map(|said| differing(&before, said));
    let is_as_before = |part: &&str| !own.iter().any(|differs| differs.contains(part));
    let parts: Vec<&str> = differing(&before, now)
        .into_iter()
        .filter(|part| changes.contains(part) && is_as_before(part) && says(part))
        .collect();
    if parts.is_empty() {
        return None;
    }
    Some(format!(
        "the file of --from says what {} said, and would take back what {} has changed since: {}. Begin with the one in force, --from {}; or, where the panel takes it back, add --take-back",
        nearest.name(),
        in_force.name(),
        parts.join(", "),
        in_force.path
    ))
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
    decision: &Decision,
    hearing: &Hearing<'_, '_>,
    mistakes: &mut Vec<String>,
) {
    let (Some(before), Some(after)) = (hearing.in_force(), recorded(hearing)) else {
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

/// What changes, in money too; and that two clocks disagree.
pub(super) fn remarks(args: &Args, decision: &Decision, hearing: &Hearing<'_, '_>) -> Vec<String> {
    let mut remarks = Vec::new();
    let Some(before) = hearing.in_force() else {
        return remarks;
    };
    if args.amend.is_none() {
        let heard = before.record.referral_digest.as_deref();
        if heard.is_some_and(|heard| heard != hearing.case.file.digest()) {
            remarks.push(format!(
                "{} has been edited since the meeting heard it: this decides on it as it stands now",
                hearing.case.file.path
            ));
        }
        return remarks;
    }
    remarks.push(match &differing(&before.record, decision)[..] {
        [] => format!("nothing differs from {}", before.name()),
        parts => format!("differs from {} in {}", before.name(), parts.join(", ")),
    });
    let ended = recorded(hearing).and_then(|after| after.record.ended.as_ref());
    if let Some(on) = ended.and_then(|ended| ended.on) {
        remarks.push(format!(
            "recorded as ended on {}: that stands for this too; where it goes on, take `ended` out of the file of what followed",
            on.in_words()
        ));
    }
    if let Some(day) = hearing.dated_ahead() {
        remarks.push(format!(
            "{} is dated {}, which is still to come: the clock of the machine that wrote it was ahead, or this one's is behind ({})",
            before.name(),
            day.with_weekday(),
            hearing.desk.today().with_weekday()
        ));
    }
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
