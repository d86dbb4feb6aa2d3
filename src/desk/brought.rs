//! What comes back to a meeting by itself: reviews and returns, deferrals, emergencies to ratify,
//! placements that have begun, birthdays, and what comes to its end.

use super::{Case, Desk, ExpectedKind, PanelMeeting, Standing};
use crate::calendar;
use crate::council::{Council, Milestone};
use crate::records::{Day, Interval};

/// Something that comes back at a meeting.
#[derive(Debug)]
pub(crate) struct Brought<'d, 'a> {
    /// The case that comes back.
    pub(crate) case: &'d Case<'a>,
    /// Why.
    pub(crate) kind: ExpectedKind,
    /// What it is, as the agenda says it.
    pub(crate) what: String,
    /// How often it comes back, where the decision says so.
    pub(crate) every: Option<Interval>,
    /// The day that set it: of a meeting, or of the placement.
    pub(crate) set_on: Option<Day>,
    /// The last day for it.
    pub(crate) due_on: Day,
    /// The referral that brings it, where one has been sent and waits.
    pub(crate) paper: Option<&'d Case<'a>>,
    /// From whom, where somebody else than the worker is asked.
    pub(crate) from: Option<&'a str>,
    /// What is expected where none has, as the chasing list says it; nothing where the panel needs
    /// no paper.
    pub(crate) expected: Option<String>,
}

impl<'a> Desk<'a> {
    /// What comes back at a meeting, by the day it is due and the reference: what falls due there
    /// and, at the coming meeting, what fell due before and has not been met.
    pub(crate) fn brought_to(&self, meeting: &PanelMeeting<'_>) -> Vec<Brought<'_, 'a>> {
        let mut rows = Vec::new();
        self.add_reviews_back(meeting, &mut rows);
        for case in self.cases() {
            if !self.comes_to(case, meeting) {
                continue;
            }
            self.add_deferral_back(case, meeting, &mut rows);
            self.add_begun(case, meeting, &mut rows);
            self.add_placed(case, meeting, &mut rows);
            let rules: &'a Council = case.rules;
            for milestone in &rules.milestones {
                self.add_birthday(milestone, case, meeting, &mut rows);
            }
            self.add_endings(case, meeting, &mut rows);
            self.add_promised(case, meeting, &mut rows);
            self.add_endorsements_back(case, meeting, &mut rows);
        }
        self.add_refused(meeting, &mut rows);
        rows.sort_by(|one, other| {
            let key = |row: &Brought<'_, 'a>| (row.due_on, row.case.reference(), row.kind);
            key(one)
                .cmp(&key(other))
                .then_with(|| one.what.cmp(&other.what))
        });
        rows
    }

    /// Whether what is due at one meeting stands on the list of another: of that meeting itself,
    /// or of the coming one where that has gone by.
    pub(super) fn stands_at(
        &self,
        due: &PanelMeeting<'_>,
        meeting: &PanelMeeting<'_>,
        panel: Option<&str>,
    ) -> bool {
        if !due.has_passed(self.today()) {
            return due.id == meeting.id;
        }
        self.first_of(self.today(), panel)
            .is_some_and(|coming| coming.id == meeting.id)
    }

    /// The meeting on whose list what is due at one stands now: itself or, where it has gone by, the
    /// coming one; itself all the same where no further one is known.
    pub(super) fn where_it_stands<'d>(
        &'d self,
        due: &'d PanelMeeting<'a>,
        panel: Option<&str>,
    ) -> &'d PanelMeeting<'a> {
        if !due.has_passed(self.today()) {
            return due;
        }
        self.first_of(self.today(), panel).unwrap_or(due)
    }

    fn add_reviews_back<'d>(&'d self, meeting: &PanelMeeting<'_>, rows: &mut Vec<Brought<'d, 'a>>) {
        for review in self.reviews_at(meeting) {
            let decision = review.made.decision();
            let every = decision.review.as_ref().and_then(|review| review.every);
            let set = review.made.on.in_words();
            let needs_paper = !self.is_talked_through(review.case);
            rows.push(Brought {
                case: review.case,
                kind: ExpectedKind::Review,
                what: "Return to panel".to_owned(),
                every,
                set_on: Some(review.made.on),
                due_on: review.due_on,
                paper: review.paper,
                from: None,
                expected: needs_paper.then(|| match review.is_own {
                    true => format!("The request for the review that the panel set on {set}"),
                    false => {
                        format!("The request for the review of what the panel approved on {set}")
                    }
                }),
            });
        }
    }

    fn add_deferral_back<'d>(
        &'d self,
        case: &'d Case<'a>,
        meeting: &PanelMeeting<'_>,
        rows: &mut Vec<Brought<'d, 'a>>,
    ) {
        let is_here = self.meeting_for(case).is_some_and(|at| at.id == meeting.id);
        if case.standing != Standing::Deferred || !is_here {
            return;
        }
        rows.push(Brought {
            case,
            kind: ExpectedKind::Deferral,
            what: "Deferral".to_owned(),
            every: None,
            set_on: case.last().map(|made| made.on),
            due_on: meeting.on,
            // What was put off stands on the agenda as it is, whatever it still waits for.
            paper: Some(case),
            from: None,
            expected: None,
        });
    }

    /// An emergency that no panel has ratified, and any placement that began whose request is still
    /// a draft.
    fn add_begun<'d>(
        &'d self,
        case: &'d Case<'a>,
        meeting: &PanelMeeting<'_>,
        rows: &mut Vec<Brought<'d, 'a>>,
    ) {
        if !case.is_open() || case.has_been_heard() || self.is_not_known_yet(case) {
            return;
        }
        let referral = case.referral();
        let is_draft = case.standing == Standing::Draft;
        let to_ratify = self.ratification(case).map(|found| found.meeting);
        let is_begun = referral.emergency.is_some() || referral.placed_on.is_some();
        let here = match to_ratify {
            Some(next) => self.stands_at(next, meeting, case.panel),
            None if is_draft && is_begun => match self.meeting_for(case) {
                Some(at) => at.id == meeting.id,
                None => self.comes_to(case, meeting),
            },
            None => false,
        };
        if !here {
            return;
        }
        let what = match to_ratify {
            Some(_) => "Emergency to ratify",
            None => "Placement begun before panel",
        };
        rows.push(Brought {
            case,
            kind: ExpectedKind::Begun,
            what: what.to_owned(),
            every: None,
            set_on: self.emergency_since(case),
            due_on: to_ratify.map_or(meeting.on, |next| next.on),
            paper: (!is_draft).then_some(case),
            from: None,
            expected: Some(match referral.placed_on {
                Some(day) => format!("The request: placed on {}, still a draft", day.in_words()),
                None => "The request: an emergency, still a draft".to_owned(),
            }),
        });
    }

    /// A placement that began after its approval and is to be seen soon.
    fn add_placed<'d>(
        &'d self,
        case: &'d Case<'a>,
        meeting: &PanelMeeting<'_>,
        rows: &mut Vec<Brought<'d, 'a>>,
    ) {
        let Some(rule) = case.rules.new_placement.as_ref() else {
            return;
        };
        if !self.holds(rule.when.as_ref(), case) {
            return;
        }
        let Some((made, placed_on)) = self.placed_after(case) else {
            return;
        };
        let due_on = calendar::add(placed_on, rule.within);
        let since = made.on.max(placed_on);
        let is_here = self
            .meeting_before(due_on, since, case.panel)
            .is_some_and(|due| self.stands_at(due, meeting, case.panel));
        if is_here {
            let placed = placed_on.in_words();
            rows.push(Brought {
                case,
                kind: ExpectedKind::Placed,
                what: "New placement".to_owned(),
                every: None,
                set_on: Some(placed_on),
                due_on,
                paper: self.paper_for(case),
                from: None,
                expected: Some(format!("The request on the new placement of {placed}")),
            });
        }
    }

    /// A birthday by which the panel decides.
    fn add_birthday<'d>(
        &'d self,
        milestone: &'a Milestone,
        case: &'d Case<'a>,
        meeting: &PanelMeeting<'_>,
        rows: &mut Vec<Brought<'d, 'a>>,
    ) {
        let Some((birthday, is_undecided)) = self.milestone_due(milestone, case) else {
            return;
        };
        let own = self.meeting_for(case).filter(|_| is_undecided);
        let due = match is_undecided {
            // The day itself is too late for what the panel is to decide before it.
            true => self.last_until(calendar::plus_days(birthday, -1), case.panel),
            false => self.meeting_of_milestone(case, birthday),
        };
        let is_draft = case.standing == Standing::Draft;
        let is_here = match (own, due) {
            // What waits is heard where it stands; it is told where it cannot wait any longer.
            (Some(own), Some(due)) if !is_draft => own.id == meeting.id && own.on >= due.on,
            (_, Some(due)) => self.stands_at(due, meeting, case.panel),
            (Some(own), None) => own.id == meeting.id,
            (None, None) => false,
        };
        if !is_here {
            return;
        }
        let on = birthday.in_words();
        rows.push(Brought {
            case,
            kind: ExpectedKind::Milestone,
            what: format!("{}, {on}", milestone.label),
            every: None,
            set_on: None,
            due_on: birthday,
            paper: case.is_waiting().then_some(case),
            from: None,
            expected: Some(match is_draft {
                true => format!("The request: {} on {on}, still a draft", milestone.label),
                false => format!(
                    "A request for the panel to decide by the {} on {on}",
                    milestone.label
                ),
            }),
        });
    }

    /// A decision that was promised by a day and is not made: the first meeting from that day on is
    /// told, and each later one until it is made.
    fn add_promised<'d>(
        &'d self,
        case: &'d Case<'a>,
        meeting: &PanelMeeting<'_>,
        rows: &mut Vec<Brought<'d, 'a>>,
    ) {
        if case.standing != Standing::Pending {
            return;
        }
        let Some(made) = case.last() else { return };
        let by = self.promised_by(case, made);
        let is_here = self
            .first_of(by, case.panel)
            .is_some_and(|due| self.stands_at(due, meeting, case.panel));
        if is_here {
            rows.push(Brought {
                case,
                kind: ExpectedKind::Decision,
                what: "Decision that was promised".to_owned(),
                every: None,
                set_on: Some(made.on),
                due_on: by,
                paper: None,
                from: made
                    .decision()
                    .decided_by
                    .as_ref()
                    .and_then(|by| by.name.as_deref()),
                expected: Some(format!(
                    "The decision that was promised by {}",
                    by.in_words()
                )),
            });
        }
    }

    /// An answer that stands in principle and whose endorsement has not come by the next meeting.
    fn add_endorsements_back<'d>(
        &'d self,
        case: &'d Case<'a>,
        meeting: &PanelMeeting<'_>,
        rows: &mut Vec<Brought<'d, 'a>>,
    ) {
        let Some((made, due_on, roles)) = self.endorsements_due(case) else {
            return;
        };
        let is_here = self
            .first_of(due_on, case.panel)
            .is_some_and(|due| self.stands_at(due, meeting, case.panel));
        if !is_here {
            return;
        }
        for role in roles {
            let what = format!("Endorsement by {}", made.rules.role_label(role));
            rows.push(Brought {
                case,
                kind: ExpectedKind::Endorsement,
                what: what.clone(),
                every: None,
                set_on: Some(made.made_on()),
                due_on,
                paper: None,
                from: Some(made.rules.role_label(role)),
                expected: Some(what),
            });
        }
    }

    /// A placement that had begun when it was refused, at each meeting until somebody answers.
    fn add_refused<'d>(&'d self, meeting: &PanelMeeting<'_>, rows: &mut Vec<Brought<'d, 'a>>) {
        for refused in self.refused_homes() {
            let panel = refused.case.panel;
            let is_here = self.comes_to(refused.case, meeting)
                && self
                    .meeting_of_refused(&refused)
                    .is_some_and(|due| self.stands_at(due, meeting, panel));
            if is_here {
                rows.push(Brought {
                    case: refused.case,
                    kind: ExpectedKind::Refused,
                    what: refused.in_words(),
                    every: None,
                    set_on: Some(refused.refused_on()),
                    due_on: refused.due_on,
                    paper: None,
                    from: None,
                    expected: Some(refused.asked()),
                });
            }
        }
    }

    /// What was approved, a contract or a notice that comes to its end, at the last meeting held
    /// before its last day; where a child lives is asked about at each later one too, until somebody
    /// answers.
    fn add_endings<'d>(
        &'d self,
        case: &'d Case<'a>,
        meeting: &PanelMeeting<'_>,
        rows: &mut Vec<Brought<'d, 'a>>,
    ) {
        for ending in self.endings_of(case) {
            let is_here =
                self.meeting_of_ending(case, &ending)
                    .is_some_and(|due| match ending.stays {
                        true => self.stands_at(due, meeting, case.panel),
                        false => due.id == meeting.id,
                    });
            if !is_here {
                continue;
            }
            let has_gone_by = ending.last_day < self.today();
            let what = ending.what.in_words(has_gone_by);
            let word = if has_gone_by { "has ended" } else { "ends" };
            rows.push(Brought {
                case,
                kind: ExpectedKind::Ending,
                what: what.to_owned(),
                every: None,
                set_on: Some(ending.made.on),
                due_on: ending.last_day,
                paper: ending.paper,
                from: None,
                expected: Some(format!(
                    "A request to go on, or word that it {word}: {} on {}",
                    first_small(what),
                    ending.last_day.in_words()
                )),
            });
        }
    }
}

fn first_small(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(letters).collect()
    })
}
