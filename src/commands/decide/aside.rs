//! What was recorded for a decision alone, put aside when another takes its place, be it an amendment
//! or the decision that was promised: that the family was told of the one, who endorsed it and who
//! signed for it say nothing of the other.

use super::{Hearing, amended};
use crate::commands::changes::{Record, person};
use crate::commands::session::Trouble;
use crate::desk::{is_of_other_money, is_of_other_terms};
use crate::folder::Written;
use crate::records::{After, Day, Decision, Text};

/// What followed, with what is put aside, and how that is told.
pub(super) struct Aside {
    pub(super) record: Record,
    pub(super) told: String,
}

/// What has to be recorded anew once the decision stands; none where nothing was recorded.
pub(super) fn put(
    decision: &Decision,
    hearing: &Hearing<'_, '_>,
) -> Result<Option<Aside>, Trouble> {
    let (Some(before), Some(after)) = (hearing.in_force(), amended::recorded(hearing)) else {
        return Ok(None);
    };
    let is_faulty = after.faults.iter().any(|fault| !fault.is_harmless);
    if after.is_unreadable() || is_faulty {
        return Err(Trouble::refused(format!(
            "{} cannot be read, so what was recorded for the earlier decision cannot be put aside; nothing was written",
            after.path
        ))
        .hint(format!("`panel check {}` tells what is wrong there", after.path)));
    }
    let marks = Marks::of(&after.record, &before.record, decision, hearing);
    if marks.keys.is_empty() {
        return Ok(None);
    }
    let mut record = Record::of(after);
    let row = after.record.before_amendment.len();
    marks.moved(&mut record, before.name(), row).map_err(|trouble| {
        trouble.hint(format!(
            "put {} of {} under `before_amendment: [{{decision: {}}}]` there by hand, and amend then",
            marks.keys.join(", "),
            after.path,
            before.name()
        ))
    })?;
    Ok(Some(Aside {
        record,
        told: format!(
            "recorded for the earlier decision, and to be done and recorded anew: {}",
            marks.told.join(", ")
        ),
    }))
}

/// What is recorded for the earlier decision alone.
#[derive(Default)]
struct Marks<'a> {
    /// Its keys in the file of what followed.
    keys: Vec<&'static str>,
    /// As it is put aside.
    entries: Vec<(&'static str, Written)>,
    /// Other duties, by the id of the deadline.
    done: Vec<(&'a str, Written)>,
    /// Time limits of the child that were met, which no decision undoes; they stand beside those.
    kept: Vec<(&'a str, Written)>,
    /// In words.
    told: Vec<String>,
}

impl<'a> Marks<'a> {
    fn of(after: &'a After, before: &Decision, now: &Decision, hearing: &Hearing<'_, '_>) -> Self {
        let mut marks = Self::default();
        if let Some(day) = after.told_family {
            let told = format!("the family was told on {}", day.in_words());
            marks.add("told_family", Written::word(day), told);
        }
        if let Some(at) = after.uploaded {
            let on = at.day().in_words();
            let told = format!("the decision was put on the child's record on {on}");
            marks.add("uploaded", Written::word(at), told);
        }
        let is_duty = |id: &str| hearing.rules.deadlines.iter().any(|rule| rule.id == id);
        if after.done.keys().any(is_duty) {
            marks.keys.push("done");
        }
        for (duty, at) in after.done.iter() {
            if !is_duty(duty) {
                marks.kept.push((duty, Written::word(at)));
                continue;
            }
            marks.done.push((duty, Written::word(at)));
            marks
                .told
                .push(format!("{duty} was done on {}", at.day().in_words()));
        }
        if is_of_other_money(before, now)
            && let Some(signed) = &after.log_signed
        {
            let entry = signature(signed.name.as_ref(), signed.role.as_ref(), signed.on);
            let told = "the log of expenditure was signed".to_owned() + &on(signed.on);
            marks.add("log_signed", Written::Group(entry), told);
        }
        if is_of_other_terms(before, now) && !after.endorsed.is_empty() {
            let rows = after.endorsed.iter().map(|given| {
                let entry = signature(given.name.as_ref(), given.role.as_ref(), given.on);
                Written::Group(entry)
            });
            let by = after.endorsed.iter().map(|given| {
                let who = given.name.as_ref().or(given.role.as_ref());
                let who = who.map_or("somebody", Text::as_str);
                format!("{who}{}", on(given.on))
            });
            let told = format!("it was endorsed by {}", by.collect::<Vec<_>>().join(", "));
            marks.add("endorsed", Written::List(rows.collect()), told);
        }
        marks
    }

    fn add(&mut self, key: &'static str, value: Written, told: String) {
        self.keys.push(key);
        self.entries.push((key, value));
        self.told.push(told);
    }

    /// Puts it under `before_amendment`, as that list's row of this number.
    fn moved(&self, record: &mut Record, decision: &str, row: usize) -> Result<(), Trouble> {
        let mut entry = vec![("decision", Written::word(decision))];
        entry.extend(self.entries.iter().cloned());
        record.add(&["before_amendment"], &Written::Group(entry))?;
        let row = row.to_string();
        for (duty, at) in &self.done {
            record.set(&["before_amendment", &row, "done", duty], at)?;
        }
        record.remove(&self.keys)?;
        if self.keys.contains(&"done") {
            for (limit, at) in &self.kept {
                record.set(&["done", limit], at)?;
            }
        }
        Ok(())
    }
}

fn signature(
    name: Option<&Text>,
    role: Option<&Text>,
    on: Option<Day>,
) -> Vec<(&'static str, Written)> {
    let said = |text: Option<&Text>| Written::text(text.map_or("", Text::as_str));
    let mut entry = match role {
        Some(role) => person(said(name), role),
        None => vec![("name", said(name))],
    };
    entry.extend(on.map(|on| ("on", Written::word(on))));
    entry
}

fn on(day: Option<Day>) -> String {
    day.map(|day| format!(" on {}", day.in_words()))
        .unwrap_or_default()
}
