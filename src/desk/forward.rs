//! Cases that the panel hears again by a condition and not by a date.

use super::{Case, Desk, PanelMeeting, Standing};
use crate::calendar;
use crate::council::{BringForward, Council, Subject};
use crate::records::Day;
use std::collections::BTreeMap;

/// A case that is to be heard again.
#[derive(Debug)]
pub(crate) struct Forward<'d, 'a> {
    /// The case that was heard last of this child.
    pub(crate) case: &'d Case<'a>,
    /// The entry that brings it forward.
    pub(crate) rule: &'a BringForward,
    /// When it was heard last.
    pub(crate) heard_on: Day,
}

impl<'a> Desk<'a> {
    /// Cases that a condition brings to a meeting: decided or talked through before, not heard
    /// within the time that the entry says, and not sent again by now. Of several requests for
    /// one child the one heard last speaks for it.
    pub(crate) fn brought_forward_to(&self, meeting: &PanelMeeting<'_>) -> Vec<Forward<'_, 'a>> {
        let mut last_of: BTreeMap<&str, (Day, &Case<'a>)> = BTreeMap::new();
        for case in self.cases() {
            let is_settled = matches!(case.standing, Standing::Decided | Standing::InPrinciple);
            let Some(made) = case.last().filter(|_| is_settled) else {
                continue;
            };
            let child = case.referral().child.number();
            let child = child.unwrap_or(case.reference());
            let last = last_of.entry(child).or_insert((made.on, case));
            if made.on >= last.0 {
                *last = (made.on, case);
            }
        }
        let mut found = Vec::new();
        for (heard_on, case) in last_of.into_values() {
            let is_sent_again = self
                .brought_back_by(case.reference())
                .any(super::Case::is_waiting);
            let has_ended = case
                .last()
                .is_some_and(|last| case.has_ended(last, self.today()));
            if is_sent_again || has_ended || !self.comes_to(case, meeting) {
                continue;
            }
            let rules: &'a Council = self.book.at(case.panel, meeting.on);
            let subject = Subject {
                meeting_on: Some(meeting.on),
                next_meeting_on: self.next_after(meeting).map(|next| next.on),
                ..self.subject(case)
            };
            for rule in &rules.bring_forward {
                let again_from = calendar::add(heard_on, rule.not_within);
                if meeting.on >= again_from && rules.holds(Some(&rule.when), subject) {
                    found.push(Forward {
                        case,
                        rule,
                        heard_on,
                    });
                }
            }
        }
        found.sort_by_key(|row| (row.heard_on, row.case.reference()));
        found
    }
}
