//! Disagreements with a decision: one as a block, several as a list of them.

use super::Decided;
use crate::commands::changes::Record;
use crate::commands::session::Trouble;
use crate::folder::Written;
use crate::records::{Disagreement, Text};

/// The key that they stand under.
const KEY: &str = "disagreement";

fn recorded<'d>(decided: &'d Decided<'_, '_>) -> Vec<&'d Disagreement> {
    let after = decided.made.after.map(|file| &file.record.disagreement);
    after.into_iter().flat_map(|all| all.iter()).collect()
}

/// Adds a disagreement to those that are recorded. The same people are not written down twice for one
/// day: what they said is in the first.
pub(super) fn add(
    who: &str,
    told: Written,
    decided: &Decided<'_, '_>,
    record: &mut Record,
) -> Result<(), Trouble> {
    let (aside, staying) = sorted(decided);
    let is_same =
        |row: &&&Disagreement| row.by.as_deref() == Some(who) && row.on == Some(decided.on);
    if let Some(same) = staying.iter().find(is_same) {
        let said = same.note.as_deref().unwrap_or_default();
        return Err(Trouble::refused(format!(
            "that the {who} disagreed on {} has been recorded: `{said}`; nothing was written",
            decided.on.with_weekday()
        ))
        .hint(format!("put what they said further into that one, by hand in {}; another day is given with --on", record.place)));
    }
    let own = |rows: &[&Disagreement]| rows.iter().map(|row| written(row)).collect::<Vec<_>>();
    if let (Some(replaced), false) = (decided.made.replaces, aside.is_empty()) {
        let row = vec![
            ("decision", Written::word(replaced.file.name())),
            (KEY, one_or_more(own(&aside))),
        ];
        record.add(&["before_amendment"], &Written::Group(row))?;
    }
    let is_list = decided
        .made
        .after
        .is_some_and(|file| file.record.disagreement.is_list());
    match &staying[..] {
        [] if aside.is_empty() && !is_list => record.set(&[KEY], &told),
        [] => {
            record.remove(&[KEY])?;
            record.set(&[KEY], &told)
        }
        _ if aside.is_empty() && is_list => record.add(&[KEY], &told),
        rows => {
            let mut all = own(rows);
            all.push(told);
            replace(all, record)
        }
    }
}

/// Those that were of the decision before it was amended, which are put aside once somebody disagrees
/// with the amendment; and those that stay.
fn sorted<'d>(decided: &'d Decided<'_, '_>) -> (Vec<&'d Disagreement>, Vec<&'d Disagreement>) {
    let made = decided.made;
    let made_on = made.made_on();
    let is_anew = made.replaces.is_some() && decided.on >= made_on;
    recorded(decided)
        .into_iter()
        .partition(|row| is_anew && row.on.is_some_and(|on| on < made_on))
}

/// Writes down to whom a disagreement that is recorded was taken: the one of these people, or the only
/// one that has been taken nowhere yet.
pub(super) fn taken_further(
    who: Option<&str>,
    to: Written,
    decided: &Decided<'_, '_>,
    record: &mut Record,
) -> Result<(), Trouble> {
    let all = recorded(decided);
    let reference = decided.case.reference();
    let is_meant = |row: &&Disagreement| who.is_none_or(|who| row.by.as_deref() == Some(who));
    if !all.iter().any(&is_meant) {
        return Err(Trouble::refused(format!(
            "no disagreement{} with the decision on {reference} is recorded; nothing was written",
            who.map_or_else(String::new, |who| format!(" of the {who}"))
        ))
        .hint("record it with it: --disagreement WHO --note TEXT"));
    }
    let is_list = decided
        .made
        .after
        .is_some_and(|file| file.record.disagreement.is_list());
    if !is_list {
        return record.set(&[KEY, "escalated_to"], &to);
    }
    let is_open = |row: &&Disagreement| row.escalated_to.is_none();
    let rows = || all.iter().enumerate();
    let mut open = rows().filter(|(_, row)| is_meant(row) && is_open(row));
    let (Some((place, _)), None) = (open.next(), open.next()) else {
        let by: Vec<&str> = all.iter().filter_map(|row| row.by.as_deref()).collect();
        return Err(Trouble::refused(format!(
            "which disagreement with the decision on {reference} was taken further cannot be told; nothing was written"
        ))
        .hint(format!(
            "say whose with --disagreement WHO; recorded are {}; one that has been taken further, or one of two by the same people, is put right by hand in {}",
            by.join(", "),
            record.place
        )));
    };
    let mut to = Some(to);
    let all = rows().map(|(index, row)| {
        let mut own = written(row);
        if let (true, Written::Group(entries)) = (index == place, &mut own) {
            entries.extend(to.take().map(|to| ("escalated_to", to)));
        }
        own
    });
    let all = all.collect();
    replace(all, record)
}

/// Puts a list in the place of what stands there.
fn replace(all: Vec<Written>, record: &mut Record) -> Result<(), Trouble> {
    record.remove(&[KEY])?;
    all.iter().try_for_each(|row| record.add(&[KEY], row))
}

fn one_or_more(mut all: Vec<Written>) -> Written {
    match all.len() {
        1 => all.remove(0),
        _ => Written::List(all),
    }
}

fn written(said: &Disagreement) -> Written {
    let text = |text: &Option<Text>| text.as_deref().map(Written::text);
    let entries = [
        ("by", text(&said.by)),
        ("on", said.on.map(Written::word)),
        ("note", text(&said.note)),
        ("escalated_to", text(&said.escalated_to)),
    ];
    let entries = entries
        .into_iter()
        .filter_map(|(key, value)| Some((key, value?)));
    Written::Group(entries.collect())
}
