//! Checks of the council's own, each under the id that its file gives it.
use super::super::acceptance::or_accepted;
use super::super::prelude::*;
use crate::council::RuleOf;

pub(super) const RULE: Rule = Rule {
    id: "own-rule",
    summary: "a check of the council's own, told under the id that its file gives it",
    severity: Severity::Error,
    asked_by: &["rule/*"],
    text: include_str!("own_rule.md"),
    check: Check::Desk(check),
};

fn check(desk: &Desk<'_>, found: &mut Findings) {
    for case in desk.judged() {
        for own in &case.rules.own_rules {
            if own.of != RuleOf::Referral || !desk.holds(Some(&own.when), case) {
                continue;
            }
            let message = case.rules.message(&own.message, desk.subject(case));
            let place = Desk::place(case.file, own.at.as_str());
            let mut told = found.named(&own.id, place, message).because(&own.basis);
            let accepted = or_accepted(desk, case, &own.id);
            if let Some(help) = &own.help {
                told = told.help(format!("{}{accepted}", help.trim_end_matches('.')));
            } else if !accepted.is_empty() {
                told = told.help(format!(
                    "put it right; `panel explain {}` says when it is{accepted}",
                    own.id
                ));
            }
            let _ = told.about(case.reference());
        }
    }
    for case in desk.cases() {
        for made in &case.decisions {
            // What cannot be read is told by the reading.
            if made.file.file.is_unreadable() {
                continue;
            }
            for own in &made.rules.own_rules {
                if own.of != RuleOf::Decision || !desk.holds_for(Some(&own.when), case, made) {
                    continue;
                }
                let subject = desk.subject_decided(case, made.decision(), Some(made.on));
                let message = made.rules.message(&own.message, subject);
                let place = Desk::place(&made.file.file, own.at.as_str());
                let mut told = found.named(&own.id, place, message).because(&own.basis);
                if let Some(help) = &own.help {
                    told = told.help(help.as_str());
                }
                let _ = told.about(case.reference()).of_meeting(made.meeting);
            }
        }
    }
}
