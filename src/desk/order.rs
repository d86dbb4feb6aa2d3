//! The order of an agenda: by urgency, families together, part by part, service by service.

use super::{Case, Desk, PanelMeeting};
use crate::council::GroupedBy;
use crate::records::Day;
use std::collections::BTreeMap;

/// Why an item stands where it does, most urgent first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum OrderReason {
    /// An emergency to ratify.
    Emergency,
    /// Something ends, is filed or is heard before the next meeting.
    EndsBeforeNext,
    /// Put off before.
    Deferred,
    /// Comes back for review.
    Review,
    /// New.
    New,
}

impl OrderReason {
    /// As the agenda says it.
    pub(crate) const fn label(self) -> &'static str {
        match self {
            Self::Emergency => "Emergency to ratify",
            Self::EndsBeforeNext => "Cannot wait for the next meeting",
            Self::Deferred => "Deferred earlier",
            Self::Review => "Review",
            Self::New => "New request",
        }
    }
}

impl<'a> Desk<'a> {
    /// Why a case stands where it does on a meeting's agenda.
    pub(crate) fn order_reason(&self, case: &Case<'a>, meeting: &PanelMeeting<'_>) -> OrderReason {
        let referral = case.referral();
        if case.is_emergency() && !case.has_been_heard() {
            return OrderReason::Emergency;
        }
        let next = self.next_after(meeting).map(|next| next.on);
        let court = referral.request.court.as_ref();
        let days = [
            referral
                .placement
                .as_ref()
                .and_then(|placement| placement.contract_ends),
            referral
                .request
                .notice
                .as_ref()
                .and_then(|notice| notice.ends),
            court.and_then(|court| court.hearing),
            court.and_then(|court| court.plan_filed),
        ];
        let is_before_next = |day: Day| day >= meeting.on && next.is_none_or(|next| day < next);
        if days.into_iter().flatten().any(is_before_next) {
            return OrderReason::EndsBeforeNext;
        }
        if self.deferrals(case) > 0 {
            return OrderReason::Deferred;
        }
        if referral.request.review_of.is_some() || !case.decisions.is_empty() {
            return OrderReason::Review;
        }
        OrderReason::New
    }

    /// Whether a case is talked through again without new paperwork: a child newly looked after.
    pub(crate) fn is_talked_through(&self, case: &Case<'_>) -> bool {
        case.rules.newly_looked_after.is_some() && case.kind() == "newly-looked-after"
    }

    /// How often the panel has put a case off.
    pub(crate) fn deferrals(&self, case: &Case<'_>) -> usize {
        case.decisions
            .iter()
            .filter(|made| made.outcome() == "defer")
            .count()
    }

    /// Cases in the order in which the panel hears them: the chair's own first, then by urgency,
    /// then by how often they were put off, then as they were sent; brothers and sisters together.
    /// The parts of a panel follow one another, and where the council has it so each service
    /// manager's children stand together at the place of the most urgent of them.
    pub(crate) fn in_order<'c>(
        &self,
        cases: Vec<&'c Case<'a>>,
        meeting: &PanelMeeting<'_>,
    ) -> Vec<&'c Case<'a>> {
        let own_order: Vec<&str> = meeting
            .folder
            .and_then(|folder| folder.meeting.as_ref())
            .map(|file| file.record.order.iter().map(String::as_str).collect())
            .unwrap_or_default();
        let key = |case: &Case<'a>| {
            let named = own_order
                .iter()
                .position(|reference| *reference == case.reference());
            (
                named.unwrap_or(usize::MAX),
                self.order_reason(case, meeting),
                usize::MAX - self.deferrals(case),
                case.sent_at().unwrap_or(self.as_of),
                case.reference(),
            )
        };
        let mut sorted = cases;
        sorted.sort_by(|one, other| key(one).cmp(&key(other)));
        // Where the chair has named an order it stands, families or not.
        let named = sorted
            .iter()
            .take_while(|case| own_order.contains(&case.reference()))
            .count();
        let rest = sorted.split_off(named);
        sorted.extend(self.grouped(together(rest), meeting));
        sorted
    }

    /// Items part by part, in the rule file's order, and service by service in each.
    fn grouped<'c>(
        &self,
        sorted: Vec<&'c Case<'a>>,
        meeting: &PanelMeeting<'_>,
    ) -> Vec<&'c Case<'a>> {
        let mut first: BTreeMap<(usize, String), usize> = BTreeMap::new();
        let mut placed: Vec<_> = sorted
            .into_iter()
            .enumerate()
            .map(|(index, case)| {
                let part = self
                    .part_of(case, meeting)
                    .map_or(0, |(place, _)| place + 1);
                let service = self.service_of(case, meeting);
                let stands = match service {
                    Some(service) => *first.entry((part, service)).or_insert(index),
                    None => index,
                };
                ((part, stands, index), case)
            })
            .collect();
        placed.sort_by_key(|(key, _)| *key);
        placed.into_iter().map(|(_, case)| case).collect()
    }

    /// The part of the meeting's panel that a case is for: its place in the rule file and its
    /// label; none where it is for the panel that sits.
    pub(crate) fn part_of(
        &self,
        case: &Case<'_>,
        meeting: &PanelMeeting<'_>,
    ) -> Option<(usize, &'a str)> {
        let part = case.panel.filter(|part| Some(*part) != meeting.panel)?;
        let book: &'a crate::council::Council = self.book;
        let (place, found) = book
            .panels
            .iter()
            .enumerate()
            .find(|(_, panel)| panel.id == part)?;
        Some((place, found.label.as_str()))
    }

    /// What keeps the children of one service together, where the council has it so: its
    /// manager's name, blank where the referral names none.
    fn service_of(&self, case: &Case<'_>, meeting: &PanelMeeting<'_>) -> Option<String> {
        let form = meeting.rules.agenda.as_ref()?;
        (form.group_by == Some(GroupedBy::ServiceManager)).then(|| {
            let manager = case.referral().service_manager.as_ref();
            let name = manager.and_then(|manager| manager.name.as_deref());
            let words: Vec<String> = name
                .unwrap_or_default()
                .split_whitespace()
                .map(str::to_lowercase)
                .collect();
            words.join(" ")
        })
    }
}

/// Brings members of one family to the place of their first.
fn together<'c, 'a>(sorted: Vec<&'c Case<'a>>) -> Vec<&'c Case<'a>> {
    let place: BTreeMap<&str, usize> = sorted
        .iter()
        .enumerate()
        .map(|(place, case)| (case.reference(), place))
        .collect();
    let mut first: Vec<usize> = (0..sorted.len()).collect();
    // A chain of brothers and sisters takes as many rounds as it is long.
    for _ in 0..sorted.len() {
        let mut is_settled = true;
        for (index, case) in sorted.iter().enumerate() {
            let referral = case.referral();
            let kin = referral
                .siblings
                .iter()
                .chain(&referral.with)
                .chain(&referral.part_of);
            for other in kin.filter_map(|reference| place.get(reference.as_str())) {
                let nearest = first[index].min(first[*other]);
                is_settled &= first[index] == nearest && first[*other] == nearest;
                (first[index], first[*other]) = (nearest, nearest);
            }
        }
        if is_settled {
            break;
        }
    }
    let mut order: Vec<usize> = (0..sorted.len()).collect();
    order.sort_by_key(|index| (first[*index], *index));
    order.into_iter().map(|index| sorted[index]).collect()
}
