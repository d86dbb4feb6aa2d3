//! What a meeting waits for: papers that were expected and have not come.

use super::{Case, Desk, DiaryEntry, PanelMeeting, Standing, StillMissing};
use crate::council::{Council, DocumentAsked, Use};
use crate::records::{Day, Document, Text};

/// Why something was expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum ExpectedKind {
    /// A review falls due at the meeting.
    Review,
    /// The case was put off to it.
    Deferral,
    /// An emergency, or a placement that has begun, whose request is still a draft.
    Begun,
    /// A placement that began after its approval is to be seen.
    Placed,
    /// A birthday by which the panel decides.
    Milestone,
    /// What was approved, a contract or a notice ends.
    Ending,
    /// A decision that was promised is to be made.
    Decision,
    /// An answer in principle is to be endorsed.
    Endorsement,
    /// A placement that had begun was refused, and no word has come that it has ended.
    Refused,
    /// The council's file brings the case forward by a condition.
    Again,
    /// What an emergency was heard without.
    Paper,
}

/// Something that was expected at a meeting and has not come.
#[derive(Debug)]
pub(crate) struct Expected<'d, 'a> {
    /// The case.
    pub(crate) case: &'d Case<'a>,
    /// Why it was expected.
    pub(crate) kind: ExpectedKind,
    /// What is missing.
    pub(crate) what: String,
    /// From whom, where somebody else than the worker is named.
    pub(crate) from: Option<&'a str>,
    /// By when.
    pub(crate) due_on: Option<Day>,
}

/// A paper that the council's file asks for with a case.
#[derive(Debug)]
pub(crate) struct PaperAsked<'a> {
    /// The entry that asks for it.
    pub(crate) asked: &'a DocumentAsked,
    /// The papers with the referral that serve.
    pub(crate) with_it: Vec<&'a Document>,
    /// Whether it came after a decision.
    pub(crate) has_come: bool,
    /// The day on which it did, where that is written.
    pub(crate) came_on: Option<Day>,
}

impl PaperAsked<'_> {
    /// Whether it is there.
    pub(crate) fn is_there(&self) -> bool {
        !self.with_it.is_empty() || self.has_come
    }
}

impl<'a> Desk<'a> {
    /// What was expected at a meeting and has not come: the paperwork of all that comes back to it
    /// by itself, and what deferrals to it wait for.
    pub(crate) fn expected_at(&self, meeting: &PanelMeeting<'_>) -> Vec<Expected<'_, 'a>> {
        let mut all: Vec<Expected<'_, 'a>> = self
            .brought_to(meeting)
            .into_iter()
            .filter(|row| row.paper.is_none())
            .filter_map(|row| {
                Some(Expected {
                    case: row.case,
                    kind: row.kind,
                    what: row.expected?,
                    from: row.from,
                    due_on: match row.kind {
                        ExpectedKind::Begun => None,
                        _ => Some(row.due_on),
                    },
                })
            })
            .collect();
        for case in self.deferred_to(meeting) {
            let needs = case.still_needed();
            let mut add = |what: &str, from, due_on| {
                all.push(Expected {
                    case,
                    kind: ExpectedKind::Deferral,
                    what: what.to_owned(),
                    from,
                    due_on,
                });
            };
            for need in needs {
                let what = written(need.what.as_ref()).unwrap_or("What panel asked for");
                add(what, written(need.from.as_ref()), need.by);
            }
            if needs.is_empty() && !case.has_come_back() {
                let again = "The request again, after its deferral";
                add(again, None, Some(meeting.on));
            }
        }
        for row in self.brought_forward_to(meeting) {
            // What else comes back of the same case asks for its paper already.
            if all
                .iter()
                .all(|known| known.case.reference() != row.case.reference())
            {
                all.push(Expected {
                    case: row.case,
                    kind: ExpectedKind::Again,
                    what: format!("A request for it to be heard again: {}", row.rule.label),
                    from: None,
                    due_on: Some(meeting.on),
                });
            }
        }
        all
    }

    /// Papers and parts of the form that emergencies were heard without and that are due by a
    /// meeting, or were by one gone by.
    pub(crate) fn owed_by(
        &self,
        meeting: &PanelMeeting<'_>,
        missing: &[StillMissing],
    ) -> Vec<(&Case<'a>, DiaryEntry<'a>)> {
        self.owed_after_emergencies(missing)
            .into_iter()
            .filter_map(|entry| Some((self.case(entry.reference)?, entry)))
            .filter(|(_, entry)| {
                let due = entry
                    .meeting_id
                    .as_deref()
                    .and_then(|id| self.meeting_in(id));
                due.is_some_and(|due| self.stands_at(due, meeting, entry.panel))
            })
            .collect()
    }

    /// Whether a case is one of the panel that sits at a meeting, or of a part of it.
    pub(crate) fn comes_to(&self, case: &Case<'_>, meeting: &PanelMeeting<'_>) -> bool {
        let Some((sits, panel)) = meeting.panel.zip(case.panel) else {
            return true;
        };
        sits == panel || sits == self.book.sits_as(panel)
    }

    /// Cases that were put off to a meeting.
    pub(crate) fn deferred_to<'d>(
        &'d self,
        meeting: &PanelMeeting<'_>,
    ) -> impl Iterator<Item = &'d Case<'a>> {
        let id = meeting.id.clone();
        self.cases().iter().filter(move |case| {
            case.standing == Standing::Deferred
                && self.meeting_for(case).is_some_and(|at| at.id == id)
        })
    }

    /// The papers that the council's file asks for with a case, in its order.
    pub(crate) fn papers_of(&self, case: &Case<'a>) -> Vec<PaperAsked<'a>> {
        let rules: &'a Council = case.rules;
        let serves = |asked: &DocumentAsked, kind: Option<&Text>| {
            let kind = kind.map(|kind| {
                let known = rules.words.find(Use::Document, kind);
                known.map_or(kind.as_str(), |known| known.id.as_str())
            });
            kind.is_some_and(|kind| asked.any_of.iter().any(|wanted| wanted == kind))
        };
        let referral = case.referral();
        let came: Vec<_> = case
            .decisions
            .iter()
            .filter_map(|made| made.after)
            .flat_map(|after| &after.record.papers)
            .filter(|paper| paper.on.is_none_or(|on| on <= self.today()))
            .collect();
        rules
            .documents
            .iter()
            .filter(|asked| self.holds(asked.when.as_ref(), case))
            .map(|asked| PaperAsked {
                asked,
                with_it: referral
                    .documents
                    .iter()
                    .filter(|paper| serves(asked, paper.kind.as_ref()))
                    .collect(),
                has_come: came.iter().any(|paper| serves(asked, paper.kind.as_ref())),
                came_on: came
                    .iter()
                    .filter(|paper| serves(asked, paper.kind.as_ref()))
                    .filter_map(|paper| paper.on)
                    .next(),
            })
            .collect()
    }

    /// Papers that another post than the worker gives, for the cases sent to a meeting, and that
    /// have not come.
    pub(crate) fn papers_expected_at(
        &self,
        meeting: &PanelMeeting<'_>,
    ) -> Vec<(&Case<'a>, PaperAsked<'a>)> {
        self.cases()
            .iter()
            .filter(|case| case.is_waiting())
            .filter(|case| self.meeting_for(case).is_some_and(|at| at.id == meeting.id))
            .flat_map(|case| {
                let papers = self.papers_of(case).into_iter();
                papers.map(move |paper| (case, paper))
            })
            .filter(|(_, paper)| paper.asked.given_by.is_some() && !paper.is_there())
            .collect()
    }
}

fn written(text: Option<&Text>) -> Option<&str> {
    text.map(|text| text.trim()).filter(|text| !text.is_empty())
}
