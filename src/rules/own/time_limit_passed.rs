//! Time limits that have run out, each under the id that the rule file gives it.
use super::super::lines::line_at;
use super::super::prelude::*;
use super::super::ways::days;
use crate::council::Within;

pub(super) const RULE: Rule = Rule {
    id: "time-limit-passed",
    summary: "a time limit has run out, told under the id that the rule file gives it",
    severity: Severity::Warning,
    asked_by: &["timer/*"],
    text: include_str!("time_limit_passed.md"),
    check: Check::Desk(check),
};

fn check(desk: &Desk<'_>, found: &mut Findings) {
    for case in desk
        .cases()
        .iter()
        .filter(|case| !case.file.is_unreadable())
    {
        for running in desk.timers(case) {
            if desk.today() <= running.due_on {
                continue;
            }
            let timer = running.timer;
            let length = match timer.within {
                Within::Calendar(length) => length.to_string(),
                Within::WorkingDays(1) => "1 working day".to_owned(),
                Within::WorkingDays(count) => format!("{count} working days"),
                Within::Hours(hours) => format!("{hours} hours"),
            };
            let reference = case.reference();
            let done = format!("`panel done {} {reference} --at DAY`", timer.id);
            // What the panel decided on is not edited afterwards.
            let is_decided = matches!(
                case.standing,
                Standing::Decided | Standing::InPrinciple | Standing::Pending
            );
            let met = match &timer.met_when {
                _ if is_decided => format!("see that it is done today, and mark it: {done}"),
                Some(met) => format!(
                    "see that it is done today, and {}, or mark it: {done}",
                    shown_by(met.source())
                ),
                None => format!(
                    "see that it is done today, and mark it: {done}; it runs until then, or until another day stands as {}",
                    line_at(&timer.after.to_string())
                ),
            };
            let until_ended = match case.last().filter(|_| case.standing == Standing::Decided) {
                Some(made) => format!(
                    "; if what the panel agreed has ended: `panel act {reference}{} --ended REASON`",
                    desk.naming(made)
                ),
                None => String::new(),
            };
            found
                .named(
                    &timer.id,
                    Desk::place(case.file, timer.after.as_str()),
                    format!(
                        "{}: the last day was {}, {length} after {}; that is {} ago",
                        timer.label.trim_end_matches('.'),
                        running.due_on.with_weekday(),
                        running.from.with_weekday(),
                        days(running.due_on, desk.today())
                    ),
                )
                .because(&timer.basis)
                .help(format!("{met}{until_ended}"))
                .about(case.reference());
        }
    }
}

/// How the referral shows that it is done: the line to write, or the condition as the file has it.
fn shown_by(condition: &str) -> String {
    match condition.strip_suffix(" is defined") {
        Some(path) if !path.contains(' ') => {
            format!("write its day on the referral, {}", line_at(path))
        }
        _ => format!("put it on the referral, where it counts as done by `{condition}`"),
    }
}
