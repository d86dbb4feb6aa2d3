//! Birthdays before which a case must have come to panel.
use super::super::prelude::*;

pub(super) const RULE: Rule = Rule {
    id: "age-milestone",
    summary: "the case comes too late, or too early, for the child's age",
    severity: Severity::Error,
    asked_by: &["milestone/*"],
    text: include_str!("age_milestone.md"),
    check: Check::Desk(check),
};

fn check(desk: &Desk<'_>, found: &mut Findings) {
    for milestone in &desk.council.milestones {
        for case in desk.judged() {
            if !desk.holds(milestone.when.as_ref(), case) {
                continue;
            }
            let Some(meeting) = desk.meeting_for(case) else {
                continue;
            };
            let child = &case.referral().child;
            if let Some(born) = child.date_of_birth {
                let birthday = crate::calendar::birthday(born, milestone.age);
                // On the birthday itself it is too late.
                if meeting.on >= birthday {
                    found
                        .at(
                            Desk::place(case.file, "child.date_of_birth"),
                            format!("the {} is {}, and the panel meets on {}", milestone.label, birthday.with_weekday(), meeting.on.with_weekday()),
                        )
                        .because(&milestone.basis)
                        .help("the case must come before that day: tell the chair and the service manager at once, and check the date of birth")
                        .about(case.reference());
                }
            }
            if milestone.after_last_review {
                last_review(milestone, case, meeting.on, found);
            }
        }
    }
}

fn last_review(
    milestone: &crate::council::Milestone,
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
                .help("add `last_looked_after_review:` with the day it was held, under `child`")
                .about(case.reference());
        }
    }
}
