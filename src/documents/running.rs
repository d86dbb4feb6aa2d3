//! What a meeting hears, in its order, and when.

use super::common::{CaseHead, asked, head, named, uncapitalised};
use super::item_notes::marks;
use crate::desk::{Case, Desk, Group, OrderReason, PanelMeeting, Slot};
use crate::records::{clock, same_name};
use crate::rules::Judgement;
use serde::Serialize;

/// What a meeting hears, in its order.
pub(super) fn running_order<'d, 'a>(
    began: &'d Desk<'a>,
    judged: &Judgement,
    meeting: &PanelMeeting<'_>,
) -> Vec<&'d Case<'a>> {
    began.heard_at(meeting, &|case| judged.is_ready(case))
}

/// A line of the running order.
#[derive(Debug, Clone, Serialize)]
pub(super) struct RunningRow {
    /// The part of the panel, and the service, under which it and what follows stand; only where
    /// these change.
    pub(super) heading: Option<String>,
    /// Its number; none for what moves on.
    pub(super) number: Option<usize>,
    /// When it begins and ends, where the sitting's length is known.
    pub(super) time: Option<String>,
    /// The referral.
    pub(super) reference: String,
    /// The child.
    pub(super) child: String,
    /// What is asked.
    pub(super) request: String,
    /// Why it stands where it does.
    pub(super) why: String,
    /// The council's marks.
    pub(super) marks: Vec<String>,
    /// What it asks for, or with which request it is counted.
    pub(super) asked: Option<String>,
}

/// The line of one case.
pub(super) fn row(
    desk: &Desk<'_>,
    meeting: &PanelMeeting<'_>,
    case: &Case<'_>,
    number: Option<usize>,
    slot: Option<Slot>,
) -> RunningRow {
    let about = head(case, meeting.on);
    RunningRow {
        heading: None,
        number,
        marks: marks(desk, case),
        time: slot.map(in_clock),
        request: request_in_words(&about),
        reference: about.reference,
        child: about.child,
        why: why(desk, meeting, case),
        asked: match case.costs_on {
            Some(lead) => Some(format!("with {lead}")),
            None => asked(case).map(|sum| sum.to_string()),
        },
    }
}

/// Puts each part's and each service's name at the first of its lines.
///
/// A brother or sister from another service stands with the family; that service's manager is
/// named beside the first, because both come for it.
pub(super) fn add_headings(
    desk: &Desk<'_>,
    meeting: &PanelMeeting<'_>,
    cases: &[&Case<'_>],
    rows: &mut [RunningRow],
) {
    let cases: Vec<&Case<'_>> = cases
        .iter()
        .filter_map(|case| desk.case(case.reference()))
        .collect();
    let groups = desk.groups(&cases, meeting);
    let has_parts = groups.iter().flatten().any(|group| group.part.is_some());
    let whole = meeting.rules.panel_in_full(meeting.panel);
    let mut last: Option<&Option<Group>> = None;
    for (index, group) in groups.iter().enumerate() {
        if last == Some(group) {
            continue;
        }
        last = Some(group);
        let Some(group) = group else {
            // Only where the rest has headings would the chair's own seem to be one of theirs.
            let others = groups.iter().flatten().next();
            let is_set_off = others.is_some_and(|other| has_parts || other.service.is_some());
            rows[index].heading = is_set_off.then(|| "In the chair's order".to_owned());
            continue;
        };
        let part = has_parts.then(|| group.part.as_ref().unwrap_or(&whole).clone());
        let here = groups.iter().zip(&cases).skip(index);
        let here = here.take_while(|(other, _)| other.as_ref() == Some(group));
        let service = group
            .service
            .as_deref()
            .map(|name| service_in_words(name, here.map(|(_, case)| *case)));
        let heading: Vec<String> = [part, service].into_iter().flatten().collect();
        rows[index].heading = (!heading.is_empty()).then(|| heading.join(": "));
    }
}

/// A service's manager, and the managers of brothers and sisters who are heard there.
fn service_in_words<'c, 'a: 'c>(name: &str, cases: impl Iterator<Item = &'c Case<'a>>) -> String {
    let not_named = || "Service manager not named".to_owned();
    let own = Some(name.to_owned()).filter(|name| !name.is_empty());
    let mut text = own.unwrap_or_else(not_named);
    for case in cases {
        let manager = named(case.referral().service_manager.as_ref());
        let is_other = !same_name(manager.as_deref().unwrap_or_default(), name);
        if let Some(manager) = manager.filter(|_| is_other) {
            text = format!("{text}, with {manager} for {}", case.reference());
        }
    }
    text
}

/// Why a case stands where it does.
pub(super) fn why(desk: &Desk<'_>, meeting: &PanelMeeting<'_>, case: &Case<'_>) -> String {
    let Some(case) = desk.case(case.reference()) else {
        return String::new();
    };
    let reason = match desk.order_reason(case, meeting) {
        OrderReason::New if case.carried_over > 0 => "Carried over".to_owned(),
        OrderReason::EndsBeforeNext => match desk.cannot_wait(case, meeting) {
            Some((day, what)) => format!(
                "{}: {what} {}",
                OrderReason::EndsBeforeNext.label(),
                day.in_words()
            ),
            None => OrderReason::EndsBeforeNext.label().to_owned(),
        },
        reason => reason.label().to_owned(),
    };
    if desk.is_named(case, meeting) {
        format!("Chair's order ({})", uncapitalised(&reason))
    } else {
        reason
    }
}

/// Kind and, where a home is asked for, which.
pub(super) fn request_in_words(about: &CaseHead) -> String {
    match &about.provision {
        Some(provision) => format!("{}: {}", about.request, uncapitalised(provision)),
        None => about.request.clone(),
    }
}

/// "14:10 to 14:30"
pub(super) fn in_clock(slot: Slot) -> String {
    format!("{} to {}", clock(slot.from.time()), clock(slot.to.time()))
}
