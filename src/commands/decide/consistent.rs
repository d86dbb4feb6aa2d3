//! Whether a decision agrees with itself, and with the case and meeting that it is made on.

use super::Hearing;
use crate::commands::session::Trouble;
use crate::desk::{amendment_of, placed_before};
use crate::folder::File;
use crate::records::{Day, Decision};

/// Takes out of a prepared decision what goes with its outcome, where the flags say another. Why a
/// case was put off is not why it is approved: the reason, and what was agreed, are said anew.
pub(super) fn leave_what_goes_with(was: Option<&str>, decision: &mut Decision) {
    decision.rationale = None;
    decision.agreements = Vec::new();
    match was {
        Some("defer") => decision.deferred = None,
        Some("pending") => decision.decide_by = None,
        _ => {}
    }
    if approves_nothing(decision) {
        decision.approved = Vec::new();
        decision.until = None;
        decision.subject_to = Vec::new();
        decision.expenditure_signed = None;
    }
}

fn approves_nothing(decision: &Decision) -> bool {
    let outcome = decision.outcome.as_deref();
    matches!(outcome, Some("decline" | "defer" | "note" | "pending"))
}

/// A prepared file is for this referral and this meeting, or for none.
pub(super) fn same_case(
    decision: &Decision,
    hearing: &Hearing<'_, '_>,
    mistakes: &mut Vec<String>,
) {
    let reference = hearing.case.reference();
    if !decision.referral.is_empty() && decision.referral != reference {
        mistakes.push(format!(
            "the file of --from decides on {}, not on {reference}",
            decision.referral
        ));
    }
    if let Some(day) = decision.meeting.filter(|day| *day != hearing.meeting.day) {
        mistakes.push(format!(
            "the file of --from is for the meeting of {day}, not of {}",
            hearing.meeting.day
        ));
    }
}

/// What no panel can have meant.
pub(super) fn contradictions(
    decision: &Decision,
    hearing: &Hearing<'_, '_>,
    mistakes: &mut Vec<String>,
) {
    let on = hearing.meeting.on;
    if decision.deferred.is_some() && !matches!(decision.outcome.as_deref(), Some("defer") | None) {
        mistakes.push("nothing is put off with this outcome: leave --defer-to, --defer-reason and --defer-need (`deferred` in the file) out, or choose defer".to_owned());
    }
    if approves_nothing(decision) && !decision.approved.is_empty() {
        mistakes.push("nothing is approved with this outcome: leave the approved lines out, or choose approve or approve-alternative".to_owned());
    }
    let today = hearing.desk.today();
    if let Some(day) = decision.decided_on.filter(|day| *day > today) {
        mistakes.push(format!(
            "decided_on: {} is still to come, and no list would have the decision until then",
            day.with_weekday()
        ));
    }
    let actions = decision.actions.iter().filter_map(|action| action.due);
    let needs = decision
        .deferred
        .iter()
        .flat_map(|deferred| &deferred.needs)
        .filter_map(|need| need.by);
    let days = [
        ("--until", decision.until),
        (
            "--review-on",
            decision.review.as_ref().and_then(|review| review.on),
        ),
        ("--decide-by", decision.decide_by),
    ];
    let all = days
        .into_iter()
        .filter_map(|(flag, day)| Some((flag, day?)))
        .chain(actions.map(|day| ("--action", day)))
        .chain(needs.map(|day| ("--defer-need", day)));
    // What began before the panel decided on it may have ended by then.
    let began = placed_before(hearing.case).filter(|began| *began < on);
    let is_over = |until: Day| began.is_some_and(|began| until > began);
    let has_gone_by =
        |(flag, day): &(&str, Day)| *day < on && !(*flag == "--until" && is_over(*day));
    for (flag, day) in all.filter(has_gone_by) {
        mistakes.push(format!("{flag}: {day} is before the meeting of {on}"));
    }
    let born = hearing.case.referral().child.date_of_birth;
    // Of a child that is expected only, something may well begin before.
    if let Some(born) = born.filter(|born| *born <= on) {
        let begins = decision.approved.iter().filter_map(|line| line.from);
        for from in begins.filter(|from| *from < born) {
            mistakes.push(format!(
                "the first day of an approved line: {from} is before the child was born ({born})"
            ));
        }
    }
    let asked_from = hearing.case.referral().request.from;
    let begins = decision
        .approved
        .iter()
        .filter_map(|line| line.from.or(asked_from));
    if let Some((until, from)) = decision.until.zip(begins.max())
        && until > on
        && until <= from
    {
        mistakes.push(format!(
            "--until: {until} is the day after the last, and what is approved begins on {from}: nothing of it would be spent"
        ));
    }
    if let Some(day) = decision.until.filter(|day| *day == on && !is_over(*day)) {
        mistakes.push(format!(
            "--until: {day} is the day after the last, and cannot be the meeting's own"
        ));
    }
}

/// First days of approved lines that lie so far from the meeting, and from every day that the request
/// names for it, that the year may be a slip: with another it would lie nearer to each.
pub(super) fn years_that_may_be_slips(
    decision: &Decision,
    hearing: &Hearing<'_, '_>,
) -> Vec<String> {
    const HALF_A_YEAR: i64 = 365 / 2;
    let referral = hearing.case.referral();
    let on = hearing.meeting.on;
    let known = [Some(on), referral.request.from, referral.placed_on];
    let is_far = |from: &Day| {
        let lines = referral.costs.iter().filter_map(|line| line.from);
        let mut known = known.into_iter().flatten().chain(lines);
        known.all(|day| (from.date() - day.date()).num_days().abs() > HALF_A_YEAR)
    };
    let begins = decision.approved.iter().filter_map(|line| line.from);
    let mut odd: Vec<Day> = begins.filter(is_far).collect();
    odd.dedup();
    let told = odd.into_iter().map(|from| {
        let side = if from < on { "before" } else { "after" };
        let days = (from.date() - on.date()).num_days().abs();
        format!(
            "the first day of an approved line ({}) lies {days} days {side} the meeting, and is none that the request names: is the year right? Where it is not, amend",
            from.in_words()
        )
    });
    told.collect()
}

/// Refuses what settles a case for an earlier meeting where a later one has dealt with it since:
/// two meetings would say two things. Whatever the moment, it is asked of the whole folder.
pub(super) fn is_not_overtaken(
    decision: &Decision,
    hearing: &Hearing<'_, '_>,
) -> Result<(), Trouble> {
    let settles = |outcome: Option<&str>| matches!(outcome, Some("decline")) || approves(outcome);
    let outcome = decision.outcome.as_deref();
    let before = hearing
        .in_force()
        .map(|file| file.record.outcome.as_deref());
    // An amendment says better what was settled, or takes an approval back.
    let is_said_anew =
        before.is_some_and(|before| settles(before) && (approves(before) || !approves(outcome)));
    if !settles(outcome) || is_said_anew {
        return Ok(());
    }
    let Some((day, later)) = dealt_with_since(hearing) else {
        return Ok(());
    };
    let reference = hearing.case.reference();
    let hint = match later.record.outcome.as_deref() {
        Some("pending") => format!(
            "decide it at that meeting: its decision is to follow ({})",
            later.path
        ),
        _ => format!(
            "where it is decided otherwise now, amend that one, with --outcome: {}",
            amendment_of(hearing.desk, &later.path)
        ),
    };
    Err(Trouble::refused(format!(
        "the meeting of {day} has dealt with {reference} since ({}: {}), and what an earlier meeting decides now would gainsay it; nothing was written",
        later.path,
        later.record.outcome.as_deref().unwrap_or("no outcome")
    ))
    .hint(hint))
}

fn approves(outcome: Option<&str>) -> bool {
    matches!(outcome, Some("approve" | "approve-alternative"))
}

/// The decision in force of a later meeting that did more than talk about the case, with its day.
fn dealt_with_since<'a>(hearing: &Hearing<'_, 'a>) -> Option<(String, &'a File<Decision>)> {
    let later = hearing.desk.meetings().iter().rev();
    let mut later = later.take_while(|meeting| meeting.on > hearing.meeting.on);
    later.find_map(|meeting| {
        let own = meeting.folder?.decisions.iter();
        let of_case = own.filter(|own| own.file.record.referral == hearing.case.reference());
        let file = &of_case.last()?.file;
        if file.record.is_void() {
            return None;
        }
        let is_talk = file.record.outcome.as_deref() == Some("note");
        (!is_talk).then(|| (meeting.on.with_weekday(), file))
    })
}
