//! Emergencies that nobody with the power to do so approved, or only afterwards.
use super::super::acceptance::or_accepted;
use super::super::form::is_answer;
use super::super::prelude::*;
use crate::council::EmergencyApproval;

pub(super) const RULE: Rule = Rule {
    id: "emergency-without-approval",
    summary: "nobody who may has approved the emergency, or only after it began",
    severity: Severity::Error,
    asked_by: &["emergency-approval/*"],
    text: include_str!("emergency_without_approval.md"),
    check: Check::Desk(check),
};

fn check(desk: &Desk<'_>, found: &mut Findings) {
    // A ground that is refused makes no emergency, and has a rule of its own.
    for case in desk.judged().filter(|case| case.is_emergency()) {
        let asked: Vec<&EmergencyApproval> = case
            .rules
            .emergency_approvals
            .iter()
            .filter(|approval| {
                // A line that could not be read makes any sum a guess.
                let is_doubtful = case.has_doubtful_costs()
                    && approval.when.as_ref().is_some_and(|when| {
                        when.names().iter().any(|name| name.starts_with("cost."))
                    });
                !is_doubtful && desk.holds(approval.when.as_ref(), case)
            })
            .collect();
        for approval in &asked {
            by_whom(desk, case, approval, found);
        }
        if let Some(approval) = asked.first() {
            in_time(desk, case, approval, found);
        }
    }
}

fn by_whom(desk: &Desk<'_>, case: &Case<'_>, approval: &EmergencyApproval, found: &mut Findings) {
    let emergency = case.referral().emergency.as_ref();
    let by = emergency.and_then(|emergency| emergency.approved_by.as_ref());
    let posts = case.rules.one_of_posts(&approval.any_of);
    let record = format!(
        "ask {posts} today, and write under `emergency` who it was and when: `approved_by: {{name: …, role: {}}}` and `approved_on: …`",
        approval.any_of.first().map_or("…", |post| {
            post.trim_end_matches(crate::council::OR_MORE_SENIOR)
        })
    );
    let (path, message, help) = match by {
        None => (
            "emergency.approved_by",
            format!("the emergency has not been approved by {posts}"),
            record,
        ),
        Some(by) if !is_answer(by.name.as_ref()) => (
            "emergency.approved_by",
            "the approval of the emergency does not say by whom".to_owned(),
            "write `approved_by: {name: …, role: …}` under `emergency`".to_owned(),
        ),
        Some(by) if by.role.is_none() && by.delegated_by.is_none() => (
            "emergency.approved_by",
            "the approval of the emergency does not say in which post".to_owned(),
            "write `role: …` in `approved_by`, under `emergency`".to_owned(),
        ),
        Some(by) if case.acts_as(by.role.as_ref(), by.delegated_by.as_ref(), &approval.any_of) => {
            return;
        }
        Some(by) => (
            "emergency.approved_by.role",
            format!(
                "the emergency was approved by {} ({}), and it takes {posts}",
                by.name.as_deref().unwrap_or_default().trim(),
                case.rules
                    .role_label(by.role.as_deref().unwrap_or(""))
                    .to_lowercase()
            ),
            format!(
                "{record}; if it was approved on behalf of such a post, add `delegated_by: …` with that post"
            ),
        ),
    };
    found
        .at(Desk::place(case.file, path), message)
        .because(&approval.basis)
        .help(help + &or_accepted(desk, case, RULE.id))
        .about(case.reference());
}

/// The approval comes before the placement; on the same day is in order.
fn in_time(desk: &Desk<'_>, case: &Case<'_>, approval: &EmergencyApproval, found: &mut Findings) {
    let referral = case.referral();
    let emergency = referral.emergency.as_ref();
    let approved_on = emergency.and_then(|emergency| emergency.approved_on);
    let (Some(approved_on), Some(placed_on)) = (approved_on, referral.placed_on) else {
        return;
    };
    if approved_on.day() <= placed_on {
        return;
    }
    found
        .at(
            Desk::place(case.file, "emergency.approved_on"),
            format!(
                "the emergency was approved on {}, after the placement began on {}",
                approved_on.day().with_weekday(),
                placed_on.with_weekday()
            ),
        )
        .because(&approval.basis)
        .help(format!(
            "check `approved_on` and `placed_on`; if both are right, leave them, and tell your manager and the chair today{}",
            or_accepted(desk, case, RULE.id)
        ))
        .about(case.reference());
}
