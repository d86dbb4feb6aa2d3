//! Birthdays before which a case must have come to panel.
use super::super::prelude::*;
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
                    decision_since(desk, milestone, case, since, found);
                }
                Some(_) => {}
                None => before_the_birthday(milestone, case, (born, meeting.on), found),
            }
        }
        if milestone.after_last_review {
            last_review(milestone, case, meeting.on, found);
        }
    }
}

fn before_the_birthday(
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
    found
        .at(
            Desk::place(case.file, "child.date_of_birth"),
            format!(
                "the {} is {}, and the panel meets on {}",
                milestone.label,
                birthday.with_weekday(),
                meeting_on.with_weekday()
            ),
        )
        .because(&milestone.basis)
        .help("the case must come before that day: tell the chair and the service manager at once, and check the date of birth")
        .about(case.reference());
}

/// From the birthday on, the panel has decided on what the milestone is about.
fn decision_since(
    desk: &Desk<'_>,
    milestone: &Milestone,
    case: &Case<'_>,
    since: Day,
    found: &mut Findings,
) {
    if desk.has_met(milestone, since, case) {
        return;
    }
    let words = &case.rules.words;
    let kinds = milestone.kinds.iter().map(|kind| {
        format!(
            "ask the panel for it (`kind: {kind}` under `request`, {})",
            words.label(Use::Kind, kind).to_lowercase()
        )
    });
    let points = milestone
        .checklist
        .iter()
        .map(|point| format!("have the panel answer `{point}` of its checklist in the decision"));
    let ways: Vec<String> = kinds.chain(points).collect();
    found
        .at(
            Desk::place(case.file, "child.date_of_birth"),
            format!(
                "the {} is past, and since {} the panel has made no decision that it asks for",
                milestone.label,
                since.in_words()
            ),
        )
        .because(&milestone.basis)
        // It is owed for the child, not a fault of this request: it holds nothing back by itself.
        .weighing(milestone.basis.severity.unwrap_or(Severity::Warning))
        .help(ways.join("; or "))
        .about(case.reference());
}

fn last_review(milestone: &Milestone, case: &Case<'_>, meeting_on: Day, found: &mut Findings) {
    let path = "child.last_looked_after_review";
    match case.referral().child.last_looked_after_review {
        Some(held) if held <= meeting_on => {}
        Some(held) => {
            found
                .at(
                    Desk::place(case.file, path),
                    format!(
                        "the last looked-after review is on {}, after the panel",
                        held.with_weekday()
                    ),
                )
                .because(&milestone.basis)
                .help("ask for a meeting after the review, or put the date right")
                .about(case.reference());
        }
        None => {
            found
                .at(
                    Desk::place(case.file, path),
                    "no looked-after review is on record before the panel",
                )
                .because(&milestone.basis)
                .help("write `last_looked_after_review: DAY` under `child`, with the day that it was held")
                .about(case.reference());
        }
    }
}
