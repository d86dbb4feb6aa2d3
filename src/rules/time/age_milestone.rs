//! Birthdays before which a case must have come to panel.
use super::super::acceptance::{in_time_or_accepted, or_accepted};
use super::super::prelude::*;
use super::super::ways::ask_for;
use crate::council::Milestone;

pub(super) const RULE: Rule = Rule {
    id: "age-milestone",
    summary: "the case comes too late, or too early, for the child's age",
    severity: Severity::Error,
    asked_by: &["milestone/*"],
    text: include_str!("age_milestone.md"),
    check: Check::Case(check),
};

fn check(desk: &Desk<'_>, case: &Case<'_>, found: &mut Findings) {
    for milestone in &case.rules.milestones {
        if !desk.holds(milestone.when.as_ref(), case) {
            continue;
        }
        let Some(meeting) = desk.meeting_for(case) else {
            continue;
        };
        if let Some(born) = case.referral().child.date_of_birth {
            match Desk::days_of(milestone, born) {
                Some((since, from)) if meeting.on >= from => {
                    decision_since(desk, milestone, case, (since, from), found);
                }
                Some(_) => {}
                None => before_the_birthday(desk, milestone, case, (born, meeting.on), found),
            }
        }
        if milestone.after_last_review {
            last_review(desk, milestone, case, meeting.on, found);
        }
    }
}

fn before_the_birthday(
    desk: &Desk<'_>,
    milestone: &Milestone,
    case: &Case<'_>,
    (born, meeting_on): (Day, Day),
    found: &mut Findings,
) {
    let birthday = crate::calendar::birthday(born, milestone.age);
    // On the birthday itself it is too late.
    if meeting_on < birthday {
        return;
    }
    let earlier = desk
        .makes(case)
        .filter(|made| made.on < birthday && !made.has_passed(desk.today()));
    let help = earlier.map_or_else(
        || {
            format!(
                "check `date_of_birth`; if it is right, tell your manager and the chair today, who may find an earlier or extra meeting before {}",
                birthday.with_weekday()
            )
        },
        |made| format!("it still makes an earlier meeting: {}", ask_for(made)),
    );
    found
        .at(
            Desk::place(case.file, "child.date_of_birth"),
            format!(
                "the panel meets on {}, too late for the {} on {}: the case is decided before that day",
                meeting_on.with_weekday(),
                milestone.label,
                birthday.with_weekday()
            ),
        )
        .because(&milestone.basis)
        .help(help + &or_accepted(desk, case, RULE.id))
        .about(case.reference());
}

/// From the birthday on, the panel has decided on what the milestone is about.
fn decision_since(
    desk: &Desk<'_>,
    milestone: &Milestone,
    case: &Case<'_>,
    (since, from): (Day, Day),
    found: &mut Findings,
) {
    if desk.has_met(milestone, since, case) {
        return;
    }
    let words = &case.rules.words;
    let kinds = milestone.kinds.iter().map(|kind| {
        format!(
            "ask the panel for it in a referral of its own: `kind: {kind}` under `request` ({})",
            words.label(Use::Kind, kind).to_lowercase()
        )
    });
    let points = milestone
        .checklist
        .iter()
        .map(|point| format!("have the panel answer `{point}` of its checklist as it decides: `--answer '{point}|TEXT'` of `panel decide`"));
    let ways: Vec<String> = kinds.chain(points).collect();
    found
        .at(
            Desk::place(case.file, "child.date_of_birth"),
            format!(
                "the {} is {}, and since {} the panel has made no decision that it asks for",
                milestone.label,
                from.with_weekday(),
                since.with_weekday()
            ),
        )
        .because(&milestone.basis)
        // It is owed for the child, not a fault of this request: it holds nothing back by itself.
        .weighing(milestone.basis.severity.unwrap_or(Severity::Warning))
        .help(ways.join("; or "))
        .about(case.reference());
}

fn last_review(
    desk: &Desk<'_>,
    milestone: &Milestone,
    case: &Case<'_>,
    meeting_on: Day,
    found: &mut Findings,
) {
    let path = "child.last_looked_after_review";
    match case.referral().child.last_looked_after_review {
        Some(held) if held <= meeting_on => {}
        Some(held) => {
            found
                .at(
                    Desk::place(case.file, path),
                    format!(
                        "the last looked-after review is on {}, after the panel of {}",
                        held.with_weekday(),
                        meeting_on.with_weekday()
                    ),
                )
                .because(&milestone.basis)
                .help(format!(
                    "put `last_looked_after_review` right, or write under `panel:` the day of a meeting after the review{}",
                    or_accepted(desk, case, RULE.id)
                ))
                .about(case.reference());
        }
        None => {
            found
                .at(
                    Desk::place(case.file, path),
                    format!(
                        "no looked-after review is on record before the panel of {}",
                        meeting_on.with_weekday()
                    ),
                )
                .because(&milestone.basis)
                .help(format!(
                    "write `last_looked_after_review: DAY` under `child`, with the day on which it was held{}",
                    in_time_or_accepted(desk, case, RULE.id)
                ))
                .about(case.reference());
        }
    }
}
