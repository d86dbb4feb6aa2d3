//! Which referrals are about one child.

use super::{Case, Desk, Made, Standing};
use crate::records::same_name;

impl<'a> Desk<'a> {
    /// Every referral about the child of one of them that the office knew of at the desk's moment,
    /// that one included, by when it was sent.
    ///
    /// One number on the case system is one child, unless the names and the birthdays both say
    /// otherwise; without a number it takes the name and the birthday. What was sent after the
    /// moment was not on the desk then.
    pub(crate) fn of_one_child<'d>(&'d self, case: &'d Case<'a>) -> Vec<&'d Case<'a>> {
        let is_known = |other: &Case<'a>| {
            other.standing != Standing::Draft || other.referral().submitted.is_none()
        };
        let mut found: Vec<_> = self
            .about_one_child(case)
            .filter(|other| other.reference() == case.reference() || is_known(other))
            .collect();
        found.sort_by_key(|case| {
            let submitted = case.referral().submitted.map(|sent| sent.latest());
            (submitted.is_none(), submitted, case.reference())
        });
        found
    }

    /// Every referral about the child of one of them, that one included, whenever it was sent.
    pub(super) fn about_one_child<'d>(
        &'d self,
        case: &'d Case<'a>,
    ) -> impl Iterator<Item = &'d Case<'a>> {
        let by_number = number_of(case).and_then(|number| self.by_child.get(number));
        let born = case.referral().child.date_of_birth;
        let by_birth = born.and_then(|born| self.by_birth.get(&born));
        let mut found: Vec<usize> = [by_number, by_birth]
            .into_iter()
            .flatten()
            .flatten()
            .copied()
            .collect();
        found.sort_unstable();
        found.dedup();
        let others = found.into_iter().map(|index| &self.cases[index]);
        let others = others.filter(move |other| {
            other.reference() != case.reference() && is_one_child(case, other)
        });
        std::iter::once(case).chain(others)
    }

    /// The referral that a request brings back. A slip that names another child's brings back
    /// nothing, nor does one that names itself: a finding tells it.
    pub(crate) fn under_review<'d>(&'d self, case: &Case<'_>) -> Option<&'d Case<'a>> {
        let reference = case.referral().request.review_of.as_deref()?;
        let earlier = self.case(reference);
        let is_earlier = |earlier: &&Case<'a>| earlier.reference() != case.reference();
        earlier.filter(|earlier| is_earlier(earlier) && !are_two_children(case, earlier))
    }

    /// The referrals that one request covers, the one asked about first.
    pub(crate) fn of_one_request<'d>(&'d self, case: &'d Case<'a>) -> Vec<&'d Case<'a>> {
        let referral = case.referral();
        let lead = referral.part_of.as_deref().and_then(|lead| self.case(lead));
        let others = lead.map_or(&referral.with, |lead| &lead.referral().with);
        let others = others.iter().filter_map(|reference| self.case(reference));
        let others = lead.into_iter().chain(others);
        let others = others.filter(|other| other.reference() != case.reference());
        std::iter::once(case).chain(others).collect()
    }

    /// The request that a part leaves its approved lines to: it has no costs of its own, and those
    /// of the whole request are approved, or still to be decided, on the other.
    pub(crate) fn lines_stand_with<'d>(&'d self, case: &'d Case<'a>) -> Option<&'d Case<'a>> {
        let lead = case.costs_on.and_then(|lead| self.case(lead))?;
        let is_open = |made: &Made<'_>| made.is_approval() || made.outcome() == "pending";
        lead.last().is_none_or(is_open).then_some(lead)
    }

    /// The referrals that carry a number of the case system.
    pub(crate) fn with_case_id(&self, number: &str) -> Vec<&Case<'a>> {
        self.cases()
            .iter()
            .filter(|case| number_of(case) == Some(number.trim()))
            .collect()
    }

    /// Numbers of the case system, for suggestions.
    pub(crate) fn case_ids(&self) -> impl Iterator<Item = &str> {
        self.cases().iter().filter_map(|case| number_of(case))
    }
}

/// The number on the case system, where there is one.
fn number_of<'c>(case: &'c Case<'_>) -> Option<&'c str> {
    case.referral().child.number()
}

/// Whether two referrals are surely about two children: what one of them leaves out says nothing.
pub(crate) fn are_two_children(one: &Case<'_>, other: &Case<'_>) -> bool {
    let (child, other_child) = (&one.referral().child, &other.referral().child);
    let names = child.name.as_deref().zip(other_child.name.as_deref());
    let is_same_name = names.map(|(one, other)| same_name(one, other));
    let births = child.date_of_birth.zip(other_child.date_of_birth);
    let is_same_birth = births.map(|(one, other)| one == other);
    match (number_of(one), number_of(other)) {
        // One child whose number has a slip has its name and birthday all the same.
        (Some(one), Some(other)) if one != other => {
            is_same_name != Some(true) || is_same_birth != Some(true)
        }
        _ => is_same_name == Some(false) && is_same_birth == Some(false),
    }
}

/// Whether two referrals are about one child.
pub(crate) fn is_one_child(one: &Case<'_>, other: &Case<'_>) -> bool {
    let (child, other_child) = (&one.referral().child, &other.referral().child);
    let names = child.name.as_deref().zip(other_child.name.as_deref());
    // Asked of whole folders: what is told apart by a number or a day is not put into small letters.
    let is_same_name = || names.map(|(one, other)| same_name(one, other));
    let births = child.date_of_birth.zip(other_child.date_of_birth);
    let is_same_birth = births.map(|(one, other)| one == other);
    match (number_of(one), number_of(other)) {
        (Some(one), Some(other)) if one != other => false,
        (Some(_), Some(_)) => is_same_birth != Some(false) || is_same_name() != Some(false),
        _ => is_same_birth == Some(true) && is_same_name() == Some(true),
    }
}
