//! The decisions in force at the desk's moment: which file of several counts, and in which order
//! they were made.

use super::{Desk, Made};
use crate::folder::File;
use crate::records::{After, Day};
use chrono::NaiveDateTime;
use foldhash::{HashMap, HashMapExt};

/// A decision with the day on which it settled its case, and when its meeting began.
type Placed<'a> = ((Day, NaiveDateTime), Made<'a>);

/// Decisions in force at the desk's moment, by reference and in the order in which they were made:
/// that of their meetings, but that what was promised at one can be decided after the next.
pub(super) fn all<'a>(desk: &Desk<'a>) -> HashMap<&'a str, Vec<Made<'a>>> {
    let mut placed: HashMap<&str, Vec<Placed<'a>>> = HashMap::new();
    for meeting in &desk.meetings {
        let Some(folder) = meeting.folder else {
            continue;
        };
        let after: HashMap<&str, &File<After>> = folder
            .after
            .iter()
            .map(|file| (file.stem(), file))
            .collect();
        for file in &folder.decisions {
            let record = &file.file.record;
            let amended_on = record.amends.as_ref().and_then(|amends| amends.on);
            let mut days = record.decided_on.into_iter().chain(amended_on);
            if days.any(|day| day > desk.today()) {
                continue;
            }
            // What was decided between meetings stands from its own day, whichever record it is on.
            let between = record.made_between(meeting.on, meeting.rules);
            // So does what amends it, though it be amended before the meeting.
            let amended = placed.get(&*record.referral).and_then(|row| row.last());
            let amended = amended.map(|(_, last)| last);
            let amended = amended.filter(|last| last.meeting == folder.id && last.on < meeting.on);
            let on = between
                .or(amended.map(|last| last.on))
                .unwrap_or(meeting.on);
            if on > desk.today() || desk.before.is_some_and(|before| on >= before) {
                continue;
            }
            let after = after.get(record.referral.as_str()).copied();
            let made = Made {
                file,
                meeting: &folder.id,
                on,
                after,
                replaces: None,
                review_set_on: on,
                rules: meeting.rules,
            };
            let row = placed.entry(&record.referral).or_default();
            if record.is_void() {
                // What was put down by mistake was never decided.
                row.pop_if(|(_, last)| last.meeting == folder.id);
                continue;
            }
            // Files of a referral stand in the order of their numbers; the highest is in force.
            match row.last_mut().filter(|(_, last)| last.meeting == folder.id) {
                Some(((day, _), last)) => {
                    *day = settled_on(&made, Some(*day));
                    let is_same = last.decision().review == record.review;
                    let next = Made {
                        replaces: Some(last.file),
                        ..made
                    };
                    *last = Made {
                        review_set_on: match is_same {
                            true => last.review_set_on,
                            false => next.made_on(),
                        },
                        ..next
                    }
                }
                // Of two sittings on one day the later one comes last.
                None => row.push(((settled_on(&made, None), meeting.starts_at), made)),
            }
        }
    }
    let in_order = |mut row: Vec<Placed<'a>>| {
        row.sort_by_key(|(moment, _)| *moment);
        row.into_iter().map(|(_, made)| made).collect()
    };
    placed
        .into_iter()
        .map(|(reference, row)| (reference, in_order(row)))
        .collect()
}

/// Of the desk of a meeting as it began: the panel of each referral that was then decided on that
/// day. Whatever the referral says since, that is whose agenda it stood on.
pub(super) fn heard_by<'a>(desk: &Desk<'a>) -> HashMap<&'a str, &'a str> {
    let mut all = HashMap::new();
    let Some(day) = desk.before else { return all };
    for meeting in desk.meetings.iter().filter(|meeting| meeting.on == day) {
        let Some((folder, panel)) = meeting.folder.zip(meeting.panel) else {
            continue;
        };
        for decision in &folder.decisions {
            let record = &decision.file.record;
            match record.is_void() {
                true => all.remove(&*record.referral),
                false => all.insert(&*record.referral, panel),
            };
        }
    }
    all
}

/// The day on which a decision settled its case, given that of the one whose place it takes: an
/// amendment says anew what was settled then. One that settles nothing is of its meeting.
fn settled_on(made: &Made<'_>, before: Option<Day>) -> Day {
    let decision = made.decision();
    match before {
        _ if !made.is_final() => made.on,
        Some(day) if decision.amends.is_some() => day,
        _ => decision.decided_on.map_or(made.on, |day| day.max(made.on)),
    }
}
