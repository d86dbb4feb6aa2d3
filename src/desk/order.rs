//! The order of an agenda: by urgency, families together, part by part, service by service.

use super::{Case, Desk, Made, PanelMeeting};
use crate::council::GroupedBy;
use crate::records::{Day, Text, folded_name};
use chrono::NaiveDateTime;
use std::collections::{BTreeMap, HashMap};

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

/// What keeps items of an agenda together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Group {
    /// The part of the panel; none where the item is for the panel that sits.
    pub(crate) part: Option<String>,
    /// Where the council has it so, the service manager in whose service the most urgent of the
    /// family stands, as the referral writes the name; blank where it names none.
    pub(crate) service: Option<String>,
}

/// An item in its place.
#[derive(Debug, Clone, Copy)]
struct Placed<'c, 'a> {
    case: &'c Case<'a>,
    part: Option<(usize, &'a str)>,
}

impl<'a> Desk<'a> {
    /// What a meeting hears, in its order: what goes to it and is ready, what is back from a
    /// deferral that asked the service for nothing, and children newly in care whom the panel
    /// talks through again. Whether the sitting holds them all is for its timetable to say.
    pub(crate) fn heard_at(
        &self,
        meeting: &PanelMeeting<'_>,
        is_ready: &dyn Fn(&Case<'a>) -> bool,
    ) -> Vec<&Case<'a>> {
        let returns: Vec<&str> = self
            .reviews_at(meeting)
            .into_iter()
            .filter(|review| review.paper.is_none() && self.is_talked_through(review.case))
            .map(|review| review.case.reference())
            .collect();
        let cases = self
            .cases()
            .iter()
            .filter(|case| {
                if !case.is_waiting() {
                    return returns.contains(&case.reference());
                }
                let is_here = self.meeting_for(case).is_some_and(|at| at.id == meeting.id);
                is_here && case.has_come_back() && is_ready(case)
            })
            .collect();
        self.in_order(cases, meeting)
    }

    /// Why a case stands where it does on a meeting's agenda.
    pub(crate) fn order_reason(&self, case: &Case<'a>, meeting: &PanelMeeting<'_>) -> OrderReason {
        if case.is_emergency() && !case.has_been_heard() {
            return OrderReason::Emergency;
        }
        if self.cannot_wait(case, meeting).is_some() {
            return OrderReason::EndsBeforeNext;
        }
        if self.deferrals(case) > 0 {
            return OrderReason::Deferred;
        }
        if case.referral().request.review_of.is_some() || !case.decisions.is_empty() {
            return OrderReason::Review;
        }
        OrderReason::New
    }

    /// What ends, is filed or is heard before the meeting after this one, the first of them.
    ///
    /// A hearing or a filing counts from this meeting's own day on. What ends counts by its last
    /// day, and goes on counting when that day has gone by: a placement that nobody has agreed any
    /// more is no less urgent for it. What is asked for counts only while there is some of it left.
    pub(crate) fn cannot_wait(
        &self,
        case: &Case<'a>,
        meeting: &PanelMeeting<'_>,
    ) -> Option<(Day, &'static str)> {
        let next = self.next_after(meeting).map(|next| next.on);
        let is_before_next = |day: Day| next.is_none_or(|next| day < next);
        let referral = case.referral();
        let request = &referral.request;
        let court = request.court.as_ref();
        let placement = referral.placement.as_ref();
        let notice = request.notice.as_ref();
        let coming = |day: &Day| *day >= meeting.on;
        let days = [
            (
                court.and_then(|court| court.hearing).filter(coming),
                "court hearing on",
            ),
            (
                court.and_then(|court| court.plan_filed).filter(coming),
                "plan to be filed on",
            ),
            (notice.and_then(|notice| notice.ends), "notice ends on"),
            (
                placement.and_then(|placement| placement.contract_ends),
                "contract ends on",
            ),
            (self.granted_until(case).map(last_day), "agreed until"),
            (request.to.map(last_day).filter(coming), "asked for until"),
        ];
        days.into_iter()
            .filter_map(|(day, what)| Some((day?, what)))
            .filter(|(day, _)| is_before_next(*day))
            .min_by_key(|(day, _)| *day)
    }

    /// The day after the last of what the panel has granted and a case asks to go on with: by the
    /// last approval on it, on the request that it reviews, or on another that reviewed the same.
    fn granted_until(&self, case: &Case<'a>) -> Option<Day> {
        let under_review = self.under_review(case);
        let siblings = under_review
            .into_iter()
            .flat_map(|root| self.brought_back_by(root.reference()));
        let last: &Made<'a> = std::iter::once(case)
            .chain(under_review)
            .chain(siblings)
            .flat_map(|one| &one.decisions)
            .filter(|made| made.is_approval())
            .max_by_key(|made| (made.on, made.meeting))?;
        let ended = last.after.and_then(|after| after.record.ended.as_ref()?.on);
        let has_ended = ended.is_some_and(|on| on <= self.today());
        last.decision().until.filter(|_| !has_ended)
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

    /// The chair's own order for a meeting, as its file has it.
    pub(crate) fn own_order<'m>(meeting: &'m PanelMeeting<'_>) -> &'m [Text] {
        let file = meeting.folder.and_then(|folder| folder.meeting.as_ref());
        file.map_or(&[], |file| file.record.order.as_slice())
    }

    /// Whether the chair has named a case in the meeting's own order.
    pub(crate) fn is_named(&self, case: &Case<'a>, meeting: &PanelMeeting<'_>) -> bool {
        let mut named = Self::own_order(meeting).iter();
        named.any(|named| named == case.reference())
    }

    /// Cases in the order in which the panel hears them: what the chair names comes first, as
    /// named. The rest stands by its reason, deferred ones by how often, then as they were sent;
    /// brothers and sisters together at the place of the first of them. The parts of a panel
    /// follow one another, and where the council has it so each service manager's children stand
    /// together in each, at the place of the most urgent of them.
    pub(crate) fn in_order<'c>(
        &self,
        cases: Vec<&'c Case<'a>>,
        meeting: &PanelMeeting<'_>,
    ) -> Vec<&'c Case<'a>> {
        let own_order = Self::own_order(meeting);
        let place = |case: &Case<'a>| own_order.iter().position(|named| named == case.reference());
        let (mut named, mut rest): (Vec<_>, Vec<_>) =
            cases.into_iter().partition(|case| place(case).is_some());
        named.sort_by_key(|case| (place(case), case.reference()));
        rest.sort_by_cached_key(|case| self.urgency(case, meeting));
        let rest = rest.into_iter().map(|case| Placed {
            case,
            part: self.part_of(case, meeting),
        });
        let mut parts: BTreeMap<Option<usize>, Vec<Placed<'c, 'a>>> = BTreeMap::new();
        for item in rest {
            let part = item.part.map(|(place, _)| place);
            parts.entry(part).or_default().push(item);
        }
        for items in parts.into_values() {
            let leaders = self.leaders(&items);
            let mut first: BTreeMap<String, usize> = BTreeMap::new();
            let mut placed: Vec<_> = leaders
                .into_iter()
                .enumerate()
                .map(|(index, leader)| {
                    let service = self.service_of(items[leader].case, meeting);
                    let stands = match service {
                        Some(service) => *first.entry(folded_name(service)).or_insert(leader),
                        None => leader,
                    };
                    ((stands, leader, index), items[index].case)
                })
                .collect();
            placed.sort_by_key(|(key, _)| *key);
            named.extend(placed.into_iter().map(|(_, case)| case));
        }
        named
    }

    /// What decides where a case stands: why, how often it was put off where that is why, and when
    /// it was sent. The reference makes the order one that no two cases share a place of.
    fn urgency(
        &self,
        case: &Case<'a>,
        meeting: &PanelMeeting<'_>,
    ) -> (OrderReason, usize, NaiveDateTime, &'a str) {
        let reason = self.order_reason(case, meeting);
        let deferrals = match reason {
            OrderReason::Deferred => self.deferrals(case),
            _ => 0,
        };
        let sent_at = case.sent_at().unwrap_or(self.as_of);
        (reason, usize::MAX - deferrals, sent_at, case.reference())
    }

    /// What keeps each of the items of a running order together with its neighbours; none for what
    /// the chair has placed.
    pub(crate) fn groups(
        &self,
        ordered: &[&Case<'a>],
        meeting: &PanelMeeting<'_>,
    ) -> Vec<Option<Group>> {
        let units = self.units(ordered, meeting);
        ordered
            .iter()
            .zip(units)
            .map(|(case, first)| {
                (!self.is_named(case, meeting)).then(|| Group {
                    part: self
                        .part_of(case, meeting)
                        .map(|(_, label)| label.to_owned()),
                    service: self.service_of(ordered[first], meeting).map(str::to_owned),
                })
            })
            .collect()
    }

    /// For each item of a running order the place of the first of its family, with whom it is
    /// heard or moves on; its own where the chair has placed it.
    pub(super) fn units(&self, ordered: &[&Case<'a>], meeting: &PanelMeeting<'_>) -> Vec<usize> {
        let mut units: Vec<usize> = (0..ordered.len()).collect();
        let mut parts: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
        for (index, case) in ordered.iter().enumerate() {
            if self.is_named(case, meeting) {
                continue;
            }
            let part = self.part_of(case, meeting).map(|(place, _)| place);
            parts.entry(part).or_default().push(index);
        }
        for indices in parts.into_values() {
            let items: Vec<_> = indices
                .iter()
                .map(|index| Placed {
                    case: ordered[*index],
                    part: None,
                })
                .collect();
            for (own, leader) in self.leaders(&items).into_iter().enumerate() {
                units[indices[own]] = indices[leader];
            }
        }
        units
    }

    /// For each item the place of the first of its family among them.
    ///
    /// A family is whoever names one another as brother or sister, or stands on one request; also
    /// by way of a brother or sister who is not among them.
    fn leaders(&self, items: &[Placed<'_, 'a>]) -> Vec<usize> {
        let mut families = Families::default();
        for case in self.cases() {
            let referral = case.referral();
            let kin = referral
                .siblings
                .iter()
                .chain(&referral.with)
                .chain(&referral.part_of);
            for other in kin {
                families.join(case.reference(), other);
            }
        }
        let mut first: HashMap<&str, usize> = HashMap::new();
        items
            .iter()
            .enumerate()
            .map(|(index, item)| {
                let family = families.of(item.case.reference());
                *first.entry(family).or_insert(index)
            })
            .collect()
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
    fn service_of<'c>(&self, case: &'c Case<'_>, meeting: &PanelMeeting<'_>) -> Option<&'c str> {
        let form = meeting.rules.agenda.as_ref()?;
        (form.group_by == Some(GroupedBy::ServiceManager)).then(|| {
            let manager = case.referral().service_manager.as_ref();
            let name = manager.and_then(|manager| manager.name.as_deref());
            name.unwrap_or_default().trim()
        })
    }
}

/// The last day of what ends on the morning of another.
fn last_day(until: Day) -> Day {
    Day::of(until.date().pred_opt().unwrap_or(until.date()))
}

/// References that belong together, each family known by one of them.
#[derive(Debug, Default)]
struct Families<'r> {
    above: HashMap<&'r str, &'r str>,
}

impl<'r> Families<'r> {
    /// The reference that a family is known by; a reference that nobody names is its own family.
    fn of(&self, reference: &'r str) -> &'r str {
        let mut here = reference;
        while let Some(above) = self.above.get(here).filter(|above| **above != here) {
            here = above;
        }
        here
    }

    fn join(&mut self, one: &'r str, other: &'r str) {
        let (one, other) = (self.of(one), self.of(other));
        // The smaller is kept, so that the way to it does not depend on the order of joining.
        if one != other {
            self.above.insert(one.max(other), one.min(other));
        }
    }
}
