//! What a meeting waits for, as the agenda and `panel chase` tell it.

use super::common::{DayView, child_of, named, said};
use crate::desk::{Case, Desk, ExpectedKind, PanelMeeting};
use crate::rules;
use serde::Serialize;
use std::collections::BTreeMap;

/// What was expected of one service and has not come.
#[derive(Debug, Clone, Serialize)]
pub(super) struct ExpectedGroup {
    /// The service manager.
    pub(super) service_manager: String,
    /// What is missing.
    pub(super) rows: Vec<ExpectedRow>,
}

/// One paper that was expected.
#[derive(Debug, Clone, Serialize)]
pub(super) struct ExpectedRow {
    /// The referral.
    pub(super) reference: String,
    /// The child.
    pub(super) child: String,
    /// Why it was expected.
    pub(super) kind: ExpectedKind,
    /// What is missing.
    pub(super) what: String,
    /// From whom.
    pub(super) from: Option<String>,
    /// By when.
    pub(super) due: Option<DayView>,
}

/// A paper that another post than the worker gives.
#[derive(Debug, Clone, Serialize)]
pub(super) struct PaperExpected {
    /// The referral.
    pub(super) reference: String,
    /// The child.
    pub(super) child: String,
    /// What.
    pub(super) what: String,
    /// The post that gives it.
    pub(super) from: String,
    /// Clauses of the policy that ask for it.
    pub(super) clauses: Option<String>,
}

const NOT_NAMED: &str = "Service manager not named";

/// Who answers for a case: its service manager or, on a form that names none, its team manager.
pub(super) fn service_manager(case: &Case<'_>) -> String {
    let referral = case.referral();
    named(referral.service_manager.as_ref())
        .or_else(|| named(referral.team_manager.as_ref()))
        .unwrap_or_else(|| NOT_NAMED.to_owned())
}

/// Expected at a meeting and not received, by service manager.
pub(super) fn expected(began: &Desk<'_>, meeting: &PanelMeeting<'_>) -> Vec<ExpectedGroup> {
    let mut groups: BTreeMap<String, Vec<ExpectedRow>> = BTreeMap::new();
    for missing in began.expected_at(meeting) {
        let case = missing.case;
        let from = missing.from.map(str::to_owned);
        groups
            .entry(service_manager(case))
            .or_default()
            .push(ExpectedRow {
                reference: case.reference().to_owned(),
                child: child_of(case),
                kind: missing.kind,
                what: missing.what,
                from: from.or_else(|| said(case.referral().worker.name.as_ref())),
                due: missing.due_on.map(DayView::from),
            });
    }
    for (case, owed) in rules::owed_by(began, meeting) {
        let manager = owed.service_manager.map(str::to_owned);
        groups
            .entry(manager.unwrap_or_else(|| NOT_NAMED.to_owned()))
            .or_default()
            .push(ExpectedRow {
                reference: case.reference().to_owned(),
                child: child_of(case),
                kind: ExpectedKind::Paper,
                what: owed.what,
                from: owed.owner.map(str::to_owned),
                due: Some(owed.due_on.into()),
            });
    }
    groups
        .into_iter()
        .map(|(service_manager, mut rows)| {
            rows.sort_by(|one, other| {
                let key = |row: &ExpectedRow| {
                    (
                        row.due.as_ref().map(|due| due.iso.clone()),
                        row.reference.clone(),
                    )
                };
                key(one).cmp(&key(other))
            });
            ExpectedGroup {
                service_manager,
                rows,
            }
        })
        .collect()
}

/// Papers that other posts give, for what was sent to a meeting, by post and reference.
pub(super) fn papers_expected(began: &Desk<'_>, meeting: &PanelMeeting<'_>) -> Vec<PaperExpected> {
    let mut rows: Vec<PaperExpected> = began
        .papers_expected_at(meeting)
        .into_iter()
        .filter_map(|(case, paper)| {
            let from = paper.asked.given_by.as_ref()?;
            let clauses = &paper.asked.basis.clauses;
            Some(PaperExpected {
                reference: case.reference().to_owned(),
                child: child_of(case),
                what: super::common::capitalised(&paper.asked.label),
                from: case.rules.role_label(from).to_owned(),
                clauses: (!clauses.is_empty()).then(|| clauses.join(", ")),
            })
        })
        .collect();
    rows.sort_by(|one, other| (&one.from, &one.reference).cmp(&(&other.from, &other.reference)));
    rows
}
