//! Decisions that lack what their outcome needs.
use super::super::form::is_filler;
use super::super::prelude::*;
use super::said;
use crate::records::fields::{self, Filled};

pub(super) const RULE: Rule = Rule {
    id: "decision-incomplete",
    summary: "the decision lacks what its outcome needs",
    severity: Severity::Error,
    asked_by: &["outcome/*", "record"],
    text: include_str!("decision_incomplete.md"),
    check: Check::Desk(check),
};

fn check(desk: &Desk<'_>, found: &mut Findings) {
    for (case, made) in super::made(desk) {
        let Some(outcome) = desk.council.outcome(made.outcome()) else {
            continue;
        };
        let decision = made.decision();
        let mut tell = |path: &str, message: String, help: String| {
            found
                .at(Desk::place(&made.file.file, path), message)
                .because(&outcome.basis)
                .help(help)
                .about(case.reference())
                .of_meeting(made.meeting);
        };
        for need in &outcome.needs {
            let gap = match fields::of_decision(decision, need) {
                Filled::Absent => "there is nothing".to_owned(),
                Filled::Text(text) if is_filler(text) => format!("there is only `{}`", text.trim()),
                Filled::Text(_) | Filled::Present => continue,
            };
            let (what, how) = in_words(need);
            tell(
                need,
                format!("{gap} under {what} ({})", outcome.label.to_lowercase()),
                format!(
                    "{how}; a decision that has been written is amended: `panel decide {} --amend REASON`",
                    case.reference()
                ),
            );
        }
        let by = decision.decided_by.as_ref();
        if said(by.and_then(|by| by.name.as_ref())).is_none() {
            tell(
                "decided_by.name",
                "it is not said who gave the decision".to_owned(),
                "add the name of the one who chaired".to_owned(),
            );
        }
    }
}

/// What a need is called, and how it is met.
fn in_words(need: &str) -> (&str, &'static str) {
    match need {
        "rationale" => (
            "the reasons for the decision",
            "write in `rationale` why the panel decided so",
        ),
        "highlights" => (
            "what was presented and discussed",
            "write it in `highlights`",
        ),
        "agreements" => ("what was agreed", "list it under `agreements`, a line each"),
        "alternative" => ("what is recommended instead", "write it in `alternative`"),
        "approved" => (
            "the cost lines that are approved",
            "list them under `approved`, as on the referral",
        ),
        "basis" => (
            "how the decision was reached",
            "write `basis: consensus` or `basis: chair`",
        ),
        "until" => ("until when it holds", "write the day in `until`"),
        "review" => (
            "when the case comes back",
            "write a day, an interval, or why it does not, under `review`",
        ),
        "decide_by" => (
            "by when the decision is made",
            "write the day in `decide_by`",
        ),
        "deferred.to" => (
            "the meeting that the case is put off to",
            "write its day in `deferred.to`",
        ),
        "deferred.reason" => (
            "why the case is put off",
            "write the reason in `deferred.reason`",
        ),
        "deferred.needs" => (
            "what the panel needs to see",
            "list it under `deferred.needs`: what, from whom, by when",
        ),
        other => (other, "fill it in"),
    }
}
