//! What stands beside a request: what was accepted on the record, and members with a tie to it.

use super::common::{DayView, PersonView, capitalised, child_of, in_words, named, person, said};
use crate::desk::{Case, Desk};
use crate::records::{Person, same_name};
use serde::Serialize;

/// Something accepted on the record.
#[derive(Debug, Clone, Serialize)]
pub(super) struct AcceptedView {
    /// The referral.
    pub(super) reference: String,
    /// The child.
    pub(super) child: String,
    /// What falls short.
    pub(super) what: String,
    /// Who accepted it.
    pub(super) by: Option<PersonView>,
    /// When.
    pub(super) on: Option<DayView>,
    /// Why.
    pub(super) reason: Option<String>,
}

/// What was accepted on the record up to the desk's day: by meeting, in the files' order.
pub(super) fn accepted(desk: &Desk<'_>, wanted: &dyn Fn(&str, &str) -> bool) -> Vec<AcceptedView> {
    let child = |reference: &str| {
        desk.case(reference)
            .map_or_else(|| "Name not given".to_owned(), child_of)
    };
    let mut found = Vec::new();
    for meeting in &desk.folder.meetings {
        let rules = desk
            .meeting_in(&meeting.id)
            .map_or(desk.council, |held| held.rules);
        let by = |by: Option<&Person>| by.map(|by| person(rules, by));
        let at_meeting = meeting
            .meeting
            .iter()
            .flat_map(|file| &file.record.accepted);
        for row in at_meeting.filter(|row| row.on.is_none_or(|on| on <= desk.today())) {
            let Some(reference) = said(row.referral.as_ref()) else {
                continue;
            };
            if wanted(&reference, &meeting.id) {
                found.push(AcceptedView {
                    child: child(&reference),
                    reference,
                    what: rule_in_words(row.rule.as_deref().unwrap_or("")),
                    by: by(row.by.as_ref()),
                    on: row.on.map(DayView::from),
                    reason: said(row.reason.as_ref()),
                });
            }
        }
        for file in &meeting.decisions {
            let record = &file.file.record;
            let is_known = desk.case(&record.referral).is_some_and(|case| {
                let mut decisions = case.decisions.iter();
                decisions.any(|made| std::ptr::eq(made.file, file))
            });
            if !is_known || !wanted(&record.referral, &meeting.id) {
                continue;
            }
            found.extend(record.accepted.iter().map(|row| AcceptedView {
                reference: record.referral.to_string(),
                child: child(&record.referral),
                what: rule_in_words(row.rule.as_deref().unwrap_or("")),
                by: by(row.by.as_ref().or(record.decided_by.as_ref())),
                on: None,
                reason: said(row.reason.as_ref()),
            }));
        }
    }
    found
}

/// What a rule's id says, in words.
fn rule_in_words(id: &str) -> String {
    crate::rules::find(id).map_or_else(|| in_words(id), |rule| capitalised(rule.summary))
}

/// Members whom the request names: whom it says to be involved, its reviewing officer, managers;
/// the name, and the line that says why.
pub(super) fn interests(case: &Case<'_>, members: &[String]) -> Vec<(String, String)> {
    let referral = case.referral();
    let mut found: Vec<(String, String)> = referral
        .involved_members
        .iter()
        .filter_map(|name| said(Some(name)))
        .map(|name| {
            let line = format!("{name}, named in the request as knowing the case");
            (name, line)
        })
        .collect();
    let posts = [
        (&referral.iro, "the independent reviewing officer"),
        (&referral.team_manager, "the team manager"),
        (&referral.service_manager, "the service manager"),
    ];
    for (somebody, post) in posts {
        let Some(name) = named(somebody.as_ref()) else {
            continue;
        };
        if members.iter().any(|member| same_name(member, &name)) {
            let line = format!("{name}, {post} on the request");
            found.push((name, line));
        }
    }
    found
}
