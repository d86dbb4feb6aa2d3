//! Actions of a decision that have been done.

use super::{Args, Decided};
use crate::commands::changes::Record;
use crate::commands::session::Trouble;
use crate::folder::Written;
use crate::records::{Action, Day, Text};

/// Marks the actions that are named as done.
pub(super) fn done(
    args: &Args,
    decided: &Decided<'_, '_>,
    record: &mut Record,
) -> Result<(), Trouble> {
    let mut numbers: Vec<i64> = Vec::new();
    for written in &args.action {
        let number = number(decided, written)?;
        if !numbers.contains(&number) {
            numbers.push(number);
        }
    }
    for number in numbers {
        decided.not_before_meeting(
            &format!("action {number} cannot have been done"),
            decided.on,
        )?;
        if let Some(on) = recorded(decided, number) {
            let when = on.map_or_else(
                || "on a day that is not said".to_owned(),
                |on| format!("on {}", on.with_weekday()),
            );
            return Err(Trouble::refused(format!(
                "action {number} of {} is recorded as done {when}; nothing was written",
                decided.case.reference()
            ))
            .hint(format!(
                "if that is wrong, put it right by hand in {}",
                record.place
            )));
        }
        let entry = vec![
            ("action", Written::word(number)),
            ("on", Written::word(decided.on)),
        ];
        record.add(&["actions_done"], &Written::Group(entry))?;
    }
    Ok(())
}

/// The number of an action that the decision has.
fn number(decided: &Decided<'_, '_>, written: &str) -> Result<i64, Trouble> {
    let actions = &decided.made.decision().actions;
    let number: Option<usize> = written.trim().parse().ok();
    let is_there = number.is_some_and(|number| (1..=actions.len()).contains(&number));
    let number = number
        .filter(|_| is_there)
        .and_then(|number| i64::try_from(number).ok());
    number.ok_or_else(|| {
        Trouble::refused(format!(
            "the decision of {} on {} has no action {}; nothing was written",
            decided.made.on.in_words(),
            decided.case.reference(),
            written.trim()
        ))
        .hint(listed(decided))
    })
}

/// The day on which an action is recorded as done; none where it is not recorded.
fn recorded(decided: &Decided<'_, '_>, number: i64) -> Option<Option<Day>> {
    let after = decided.made.after?;
    let mut rows = after.record.actions_done.iter();
    rows.find(|row| row.action == Some(number))
        .map(|row| row.on)
}

/// The actions of the decision with their numbers, and where else there are some.
pub(super) fn listed(decided: &Decided<'_, '_>) -> String {
    let actions = &decided.made.decision().actions;
    let mut lines: Vec<String> = (1i64..)
        .zip(actions)
        .map(|(number, action)| line(decided, number, action))
        .collect();
    let others: Vec<String> = decided
        .case
        .decisions
        .iter()
        .filter(|made| made.meeting != decided.made.meeting)
        .filter(|made| !made.decision().actions.is_empty())
        .filter_map(|made| decided.desk.meeting_in(made.meeting))
        .map(|meeting| meeting.as_arguments())
        .collect();
    if lines.is_empty() {
        lines.push("it has no actions".to_owned());
    } else {
        lines.insert(0, "its actions:".to_owned());
    }
    if !others.is_empty() {
        lines.push(format!(
            "an earlier decision has others: {}",
            others.join(", ")
        ));
    }
    lines.join("\n  ")
}

fn line(decided: &Decided<'_, '_>, number: i64, action: &Action) -> String {
    let said = |text: Option<&Text>| {
        text.map(|text| text.trim().to_owned())
            .filter(|text| !text.is_empty())
    };
    let what = said(action.what.as_ref()).unwrap_or_else(|| "not said what".to_owned());
    let owner = said(action.owner.as_ref()).map(|owner| format!(", {owner}"));
    let due = action.due.map(|due| format!(", by {}", due.in_words()));
    let state = match recorded(decided, number) {
        Some(Some(on)) => format!("; done on {}", on.in_words()),
        Some(None) => "; recorded as done".to_owned(),
        None => String::new(),
    };
    format!(
        "{number}. {}{}{}{state}",
        what.trim_end_matches('.'),
        owner.unwrap_or_default(),
        due.unwrap_or_default()
    )
}
