//! What the command line names: a meeting, a panel, a referral, a decision; or why it is not there.

use super::session::Trouble;
use crate::desk::{Case, Desk, Made, PanelMeeting, Standing};
use crate::folder::{nearest, nearest_reference};
use crate::records::Day;
use anyhow::Result;

/// Refuses what rests on records of a meeting that are there and cannot be read: what they say is
/// not known, which is not that they say nothing. `reference` names the one referral that it is about.
pub(super) fn can_read(
    desk: &Desk<'_>,
    meeting: &str,
    reference: Option<&str>,
) -> Result<(), Trouble> {
    let below = format!("meetings/{meeting}/");
    let is_of_it = |name: &str| {
        // `R-1.2.yaml` is the second decision on R-1; a reference has no stop in it.
        reference.is_some_and(|reference| name.split('.').next() == Some(reference))
    };
    let is_needed = |path: &&&str| {
        let is_file = path.ends_with(".yaml") || path.ends_with(".yml");
        if path.starts_with("meetings/") && !is_file {
            // Anybody's decision may lie in a folder that cannot be looked into.
            return true;
        }
        let Some(rest) = path.strip_prefix(&below) else {
            // What another meeting decided on it settles it, or leaves it open.
            let steps: Vec<&str> = path.split('/').collect();
            return matches!(steps[..], ["meetings", _, "decisions", name] if is_of_it(name));
        };
        let Some((_, name)) = rest.split_once('/') else {
            return true;
        };
        reference.is_none() || is_of_it(name)
    };
    let unreadable = desk.folder.unreadable();
    match unreadable.iter().find(is_needed) {
        Some(path) => Err(Trouble::refused(format!(
            "{path} cannot be read, and what it says matters here; nothing was written"
        ))
        .hint(format!("`panel check {path}` tells what is wrong there"))),
        None => Ok(()),
    }
}

/// The meeting of a day, and of a panel where several meet that day; another day is refused with
/// the meetings nearest to it.
pub(super) fn meeting_on<'d, 'a>(
    desk: &'d Desk<'a>,
    day: Day,
    panel: Option<&str>,
) -> Result<&'d PanelMeeting<'a>, Trouble> {
    if let Some(meeting) = find_meeting(desk, day, panel)? {
        return Ok(meeting);
    }
    let before = desk.held_by(panel).rev().find(|near| near.on < day);
    let near = [before, desk.first_of(day, panel)];
    let near: Vec<String> = near
        .into_iter()
        .flatten()
        .map(|meeting| format!("{} ({})", meeting.on.with_weekday(), meeting.id))
        .collect();
    let hint = if near.is_empty() {
        "no meeting is known near it".to_owned()
    } else {
        format!("the nearest are {}", near.join(" and "))
    };
    let whose = panel.map(|id| format!(" of {id}")).unwrap_or_default();
    Err(Trouble::refused(format!(
        "{} is not a meeting day{whose}",
        day.with_weekday()
    ))
    .hint(hint))
}

/// The meeting of a day, where there is one. Of several panels' one has to be named.
pub(super) fn find_meeting<'d, 'a>(
    desk: &'d Desk<'a>,
    day: Day,
    panel: Option<&str>,
) -> Result<Option<&'d PanelMeeting<'a>>, Trouble> {
    known_panel(desk, panel)?;
    let found = desk.meetings_of(day, panel);
    if panel.is_none() && found.len() > 1 {
        return Err(several(day, found.iter().map(|meeting| meeting.panel)));
    }
    Ok(found.first().copied())
}

/// A panel that the council has not is wrong usage.
pub(super) fn known_panel(desk: &Desk<'_>, panel: Option<&str>) -> Result<(), Trouble> {
    let Some(written) = panel else { return Ok(()) };
    let ids: Vec<&str> = desk.book.panels.iter().map(|own| own.id.as_str()).collect();
    if ids.contains(&written) {
        return Ok(());
    }
    let trouble = Trouble::usage(format!("there is no panel `{written}`"));
    Err(
        match (nearest(written, ids.iter().copied()), ids.is_empty()) {
            (_, true) => trouble.hint("this council has one panel: leave --panel out"),
            (Some(near), _) => trouble.hint(format!("did you mean `{near}`?")),
            (None, _) => trouble.hint(format!("this council's panels are {}", ids.join(", "))),
        },
    )
}

/// Several panels meet on a day, and which is meant has not been said.
fn several<'p>(day: Day, panels: impl Iterator<Item = Option<&'p str>>) -> Trouble {
    let mut ids: Vec<&str> = panels.flatten().collect();
    ids.dedup();
    Trouble::usage(format!(
        "more than one panel is meant by {}: {}",
        day.with_weekday(),
        ids.join(" and ")
    ))
    .hint(format!(
        "say which, like --panel {}",
        ids.last().copied().unwrap_or_default()
    ))
}

/// The referral of that reference.
pub(super) fn case_of<'d, 'a>(desk: &'d Desk<'a>, reference: &str) -> Result<&'d Case<'a>> {
    desk.case(reference).ok_or_else(|| {
        let trouble = Trouble::usage(format!("there is no referral {reference} in this folder"));
        match nearest_reference(reference, desk.references()) {
            Some(near) => trouble.hint(format!("did you mean {near}?")),
            None => trouble.hint("`panel check` lists the open ones"),
        }
        .into()
    })
}

/// A referral's decision: of the day asked for, else the last; without one the command is refused.
pub(super) fn decision_of<'c, 'a>(
    desk: &Desk<'a>,
    case: &'c Case<'a>,
    day: Option<Day>,
    panel: Option<&str>,
) -> Result<&'c Made<'a>> {
    known_panel(desk, panel)?;
    let reference = case.reference();
    let sits = |made: &Made<'_>| desk.meeting_in(made.meeting).and_then(|own| own.panel);
    let found: Vec<&Made<'a>> = case
        .decisions
        .iter()
        .rev()
        .filter(|made| {
            let meeting = desk.meeting_in(made.meeting);
            let is_on = |day| made.on == day || meeting.is_some_and(|own| own.day == day);
            let is_of = |panel| meeting.is_some_and(|own| desk.is_of(own, Some(panel)));
            day.is_none_or(is_on) && panel.is_none_or(is_of)
        })
        .collect();
    if let (Some(day), None, [_, _, ..]) = (day, panel, &found[..]) {
        let panels = found.iter().rev().map(|made| sits(made));
        return Err(several(day, panels).into());
    }
    let found = found.first().copied();
    if let Some(made) = found {
        let file = &made.file.file;
        return match file.faults.iter().find(|_| file.is_unreadable()) {
            Some(fault) => Err(Trouble::usage(format!(
                "{}:{}:{}: the decision cannot be read: {}",
                file.path, fault.span.line, fault.span.column, fault.message
            ))
            .into()),
            None => Ok(made),
        };
    }
    let days: Vec<String> = case
        .decisions
        .iter()
        .map(|made| made.on.with_weekday())
        .collect();
    let trouble = match (day, days.is_empty()) {
        (Some(day), false) => Trouble::refused(format!(
            "{reference} was not decided on {}",
            day.with_weekday()
        ))
        .hint(format!("it was decided on {}", days.join(" and on "))),
        _ => Trouble::refused(match (case.standing, desk.meeting_for(case)) {
            (Standing::Withdrawn, _) => {
                format!("{reference} was withdrawn; there is no decision on it")
            }
            (Standing::Draft, _) => {
                format!("{reference} is a draft and has no decision; it has not been sent yet")
            }
            (_, Some(meeting)) => format!(
                "{reference} has no decision yet; it goes to the meeting of {}",
                meeting.on.with_weekday()
            ),
            (_, None) => {
                format!("{reference} has no decision yet, and no meeting to come is known for it")
            }
        }),
    };
    Err(trouble.into())
}
