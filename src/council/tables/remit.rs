//! What comes to the panel: thresholds, criteria, birthdays.
use super::super::check::{Checker, join, judged};
use super::super::raw::*;
use super::super::*;

pub(super) fn thresholds(check: &mut Checker<'_>, raw: &RawCouncil) -> Vec<Threshold> {
    let mut thresholds = Vec::new();
    for (id, threshold) in &raw.thresholds {
        let path = format!("thresholds.{id}");
        let Some(amount) = check.needed(&path, "amount", threshold.amount.as_ref()) else {
            continue;
        };
        let when = check.when(&path, threshold.when.as_ref());
        if let Some(what) = &threshold.cleared_by {
            check.word(&join(&path, "cleared_by"), Use::Permission, what);
        }
        if let Some(role) = &threshold.cleared_by_role {
            check.post(&join(&path, "cleared_by_role"), role);
        }
        let text = format!("The threshold `{id}` is {amount}.");
        let listing = judged("What comes to the panel", &["check"]);
        let basis = check.entry(&path, format!("threshold/{id}"), threshold, text, &listing);
        thresholds.push(Threshold {
            id: id.clone(),
            amount,
            of: threshold.of.unwrap_or(MoneyBase::Total),
            for_remit: threshold.for_remit.unwrap_or(true),
            when,
            cleared_by: threshold.cleared_by.clone(),
            cleared_by_role: threshold.cleared_by_role.clone(),
            basis,
        });
    }
    thresholds
}

pub(super) fn criteria(check: &mut Checker<'_>, raw: &RawCouncil) -> Vec<Criterion> {
    let mut criteria = Vec::new();
    check.distinct(
        "criterion",
        &raw.criterion
            .iter()
            .map(|entry| entry.id.as_ref())
            .collect::<Vec<_>>(),
    );
    for (index, criterion) in raw.criterion.iter().enumerate() {
        let path = format!("criterion[{index}]");
        let id = check.needed(&path, "id", criterion.id.as_ref());
        let label = check.needed(&path, "label", criterion.label.as_ref());
        check.needed(&path, "when", criterion.when.as_ref());
        let when = check.condition(&join(&path, "when"), criterion.when.as_ref());
        if let (Some(id), Some(label), Some(when)) = (id, label, when) {
            let listing = judged("What comes to the panel", &["agenda", "check"]);
            let basis = check.entry(
                &path,
                format!("criterion/{id}"),
                criterion,
                format!("{label}."),
                &listing,
            );
            criteria.push(Criterion {
                id,
                label,
                when,
                retrospective: criterion.retrospective,
                basis,
            });
        }
    }
    criteria
}

pub(super) fn milestones(check: &mut Checker<'_>, raw: &RawCouncil) -> Vec<Milestone> {
    let mut milestones = Vec::new();
    check.distinct(
        "milestone",
        &raw.milestone
            .iter()
            .map(|entry| entry.id.as_ref())
            .collect::<Vec<_>>(),
    );
    for (index, milestone) in raw.milestone.iter().enumerate() {
        let path = format!("milestone[{index}]");
        let id = check.needed(&path, "id", milestone.id.as_ref());
        let age = check.needed(&path, "age", milestone.age.as_ref());
        let when = check.condition(&join(&path, "when"), milestone.when.as_ref());
        for (place, kind) in milestone.kinds.iter().enumerate() {
            check.word(&format!("{path}.kinds[{place}]"), Use::Kind, kind);
        }
        for (place, point) in milestone.checklist.iter().enumerate() {
            let points = raw.checklist.iter().filter_map(|point| point.id.as_deref());
            check.one_of(&format!("{path}.checklist[{place}]"), point, points);
        }
        let (Some(id), Some(age)) = (id, age) else {
            continue;
        };
        let Ok(age) = u32::try_from(age) else {
            check.fault(
                &join(&path, "age"),
                "an age is not negative",
                "write whole years",
            );
            continue;
        };
        let label = milestone
            .label
            .clone()
            .unwrap_or_else(|| format!("birthday number {age}"));
        let listing = judged("What comes to the panel", &["check", "diary"]);
        let basis = check.entry(
            &path,
            format!("milestone/{id}"),
            milestone,
            format!("The case comes before the {label}."),
            &listing,
        );
        milestones.push(Milestone {
            id,
            age,
            label,
            when,
            after_last_review: milestone.after_last_review,
            since_age: milestone.since_age.and_then(|age| u32::try_from(age).ok()),
            kinds: milestone.kinds.clone(),
            checklist: milestone.checklist.clone(),
            diary_from: milestone.diary_from,
            basis,
        });
    }
    milestones
}
