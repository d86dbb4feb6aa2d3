//! What the panel asks and decides, and what is kept of it.
use super::super::check::{Checker, join, judged, told};
use super::super::raw::*;
use super::super::*;
use crate::records::{VOID, fields};

pub(super) fn acceptances(check: &mut Checker<'_>, raw: &RawCouncil) -> Vec<AcceptanceRule> {
    let mut acceptances = Vec::new();
    for (index, acceptance) in raw.acceptance.iter().enumerate() {
        let path = format!("acceptance[{index}]");
        for (place, role) in acceptance.by.0.iter().enumerate() {
            let by = if acceptance.by.0.len() == 1 {
                join(&path, "by")
            } else {
                format!("{path}.by[{place}]")
            };
            check.post(&by, role);
        }
        for (place, rule) in acceptance.rules.iter().enumerate() {
            check.rule_id(&format!("{path}.rules[{place}]"), rule);
        }
        let when = check.when(&path, acceptance.when.as_ref());
        let text = format!(
            "May be accepted on the record: {}.",
            acceptance.rules.join(", ")
        );
        let id = format!(
            "acceptance/{}",
            acceptance.rules.first().map_or("", String::as_str)
        );
        let basis = check.entry(
            &path,
            id,
            acceptance,
            text,
            &judged("Decisions", &["agenda", "check"]),
        );
        acceptances.push(AcceptanceRule {
            when,
            rules: acceptance.rules.clone(),
            by: acceptance.by.0.clone(),
            basis,
        });
    }
    acceptances
}

pub(super) fn checklist(check: &mut Checker<'_>, raw: &RawCouncil) -> Vec<ChecklistPoint> {
    let mut checklist = Vec::new();
    check.distinct(
        "checklist",
        &raw.checklist
            .iter()
            .map(|entry| entry.id.as_ref())
            .collect::<Vec<_>>(),
    );
    for (index, point) in raw.checklist.iter().enumerate() {
        let path = format!("checklist[{index}]");
        let id = check.needed(&path, "id", point.id.as_ref());
        let question = check.needed(&path, "question", point.question.as_ref());
        let when = check.condition(&join(&path, "when"), point.when.as_ref());
        if let (Some(id), Some(question)) = (id, question) {
            let listing = told("Decisions", &["agenda", "check", "decide", "record"]);
            let basis = check.entry(
                &path,
                format!("checklist/{id}"),
                point,
                question.clone(),
                &listing,
            );
            checklist.push(ChecklistPoint {
                id,
                question,
                when,
                required: point.required,
                on_form: point.on_form.unwrap_or(true),
                basis,
            });
        }
    }
    checklist
}

pub(super) fn case_agenda(check: &mut Checker<'_>, raw: &RawCouncil) -> Vec<CaseAgenda> {
    let mut parts = Vec::new();
    for (index, entry) in raw.case_agenda.iter().enumerate() {
        let path = format!("case_agenda[{index}]");
        let part = check.needed(&path, "part", entry.part.as_ref());
        let title = check.needed(&path, "title", entry.title.as_ref());
        if let (Some(part), Some(title)) = (part, title) {
            let listing = told("Meetings", &["agenda"]);
            check.entry(
                &path,
                format!("case-agenda/{}", index + 1),
                entry,
                format!("{title}."),
                &listing,
            );
            parts.push(CaseAgenda { part, title });
        }
    }
    parts
}

pub(super) fn outcomes(check: &mut Checker<'_>, raw: &RawCouncil) -> Vec<Outcome> {
    let mut outcomes = Vec::new();
    check.distinct(
        "outcome",
        &raw.outcome
            .iter()
            .map(|entry| entry.id.as_ref())
            .collect::<Vec<_>>(),
    );
    for (index, outcome) in raw.outcome.iter().enumerate() {
        let path = format!("outcome[{index}]");
        let Some(id) = check.needed(&path, "id", outcome.id.as_ref()) else {
            continue;
        };
        check.word(&join(&path, "id"), Use::Outcome, &id);
        if id == VOID {
            check.fault(
                &join(&path, "id"),
                "`void` is no answer of a panel: it takes a decision off the record that was put down by mistake",
                "take the entry out: `panel decide --amend` knows the word in every council",
            );
        }
        for (place, need) in outcome.needs.iter().enumerate() {
            check.one_of(
                &format!("{path}.needs[{place}]"),
                need,
                fields::DECISION_FIELDS.iter().copied(),
            );
        }
        for (place, reason) in outcome.reasons.iter().enumerate() {
            check.word(
                &format!("{path}.reasons[{place}]"),
                Use::DeferralReason,
                reason,
            );
        }
        for (place, basis) in outcome.bases.iter().enumerate() {
            check.word(&format!("{path}.bases[{place}]"), Use::Basis, basis);
        }
        let label = outcome
            .label
            .clone()
            .unwrap_or_else(|| check.words.label(Use::Outcome, &id).to_owned());
        let when = check.condition(&join(&path, "when"), outcome.when.as_ref());
        let listing = judged("Decisions", &["check", "decide", "minutes", "record"]);
        let basis = check.entry(
            &path,
            format!("outcome/{id}"),
            outcome,
            format!("{label}."),
            &listing,
        );
        outcomes.push(Outcome {
            id,
            label,
            when,
            needs: outcome.needs.clone(),
            reasons: outcome.reasons.clone(),
            bases: outcome.bases.clone(),
            basis,
        });
    }
    outcomes
}

pub(super) fn record(check: &mut Checker<'_>, raw: &RawCouncil) -> RecordForm {
    let Some(record) = raw.record.as_ref() else {
        return RecordForm {
            heading: "Decision of the panel".to_owned(),
            ..RecordForm::default()
        };
    };
    let heading = record
        .heading
        .clone()
        .unwrap_or_else(|| "Decision of the panel".to_owned());
    let instruction_when =
        check.condition("record.instruction_when", record.instruction_when.as_ref());
    let text = "The child's own record of the decision.";
    check.entry(
        "record",
        "record",
        record,
        text,
        &told("Records", &["minutes", "record"]),
    );
    RecordForm {
        heading,
        note_type: record.note_type.clone(),
        background: record.background,
        instruction: record.instruction.clone(),
        instruction_when,
    }
}
