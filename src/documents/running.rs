//! What a meeting hears, in its order, and when.

use super::common::{CaseHead, asked, head, named, uncapitalised};
use super::item_notes::marks;
use crate::council::GroupedBy;
use crate::desk::{Case, Desk, OrderReason, PanelMeeting, Slot};
use crate::records::clock;
use crate::rules::{Judgement, State};
use serde::Serialize;

/// Cases that a meeting hears: those that are ready, those back from a deferral that asked the
/// service for nothing, and children newly in care whom the panel looks at again.
pub(super) fn running_order<'d, 'a>(
    began: &'d Desk<'a>,
    judged: &Judgement,
    meeting: &PanelMeeting<'_>,
) -> Vec<&'d Case<'a>> {
    let returns: Vec<&str> = began
        .reviews_at(meeting)
        .into_iter()
        .filter(|review| review.paper.is_none() && began.is_talked_through(review.case))
        .map(|review| review.case.reference())
        .collect();
    let cases = began
        .cases()
        .iter()
        .filter(|case| {
            let is_here = began
                .meeting_for(case)
                .is_some_and(|at| at.id == meeting.id);
            match judged.state(case) {
                State::Listed | State::CarriedOver => is_here,
                State::Deferred => is_here && case.has_come_back(),
                _ => returns.contains(&case.reference()),
            }
        })
        .collect();
    began.in_order(cases, meeting)
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
    let own = case.referral();
    RunningRow {
        heading: None,
        number,
        marks: marks(desk, case),
        time: slot.map(in_clock),
        request: request_in_words(&about),
        reference: about.reference,
        child: about.child,
        why: why(desk, meeting, case),
        asked: match (&own.part_of, own.costs.is_empty()) {
            (Some(lead), true) => Some(format!("with {lead}")),
            _ => asked(case).map(|sum| sum.to_string()),
        },
    }
}

/// Puts each part's and each service's name at the first of its lines.
pub(super) fn add_headings(
    desk: &Desk<'_>,
    meeting: &PanelMeeting<'_>,
    cases: &[&Case<'_>],
    rows: &mut [RunningRow],
) {
    let has_parts = cases
        .iter()
        .any(|case| desk.part_of(case, meeting).is_some());
    let by_service = meeting
        .rules
        .agenda
        .as_ref()
        .is_some_and(|form| form.group_by == Some(GroupedBy::ServiceManager));
    let whole = meeting.rules.panel_in_full(meeting.panel);
    let mut last = None;
    for (case, row) in cases.iter().zip(rows) {
        let part = has_parts.then(|| {
            let part = desk.part_of(case, meeting).map(|(_, label)| label);
            part.unwrap_or(&whole).to_owned()
        });
        let service = by_service.then(|| {
            named(case.referral().service_manager.as_ref())
                .unwrap_or_else(|| "Service manager not named".to_owned())
        });
        let heading: Vec<String> = [part, service].into_iter().flatten().collect();
        let heading = (!heading.is_empty()).then(|| heading.join(": "));
        if heading != last {
            row.heading.clone_from(&heading);
        }
        last = heading;
    }
}

/// Why a case stands where it does.
pub(super) fn why(desk: &Desk<'_>, meeting: &PanelMeeting<'_>, case: &Case<'_>) -> String {
    desk.case(case.reference())
        .map_or_else(String::new, |case| match desk.order_reason(case, meeting) {
            OrderReason::New if case.carried_over > 0 => "Carried over".to_owned(),
            reason => reason.label().to_owned(),
        })
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
