//! Plans of what is owed and the acts that end it, and the files that they put into a folder.

use crate::records::Day;
use chrono::{NaiveDate, TimeDelta};
use proptest::prelude::*;

/// Days are counted from a Monday; a week's meeting is on its Thursday.
pub(super) fn day(offset: i64) -> Day {
    let start = NaiveDate::from_ymd_opt(2026, 10, 5).expect("a day");
    Day::of(start + TimeDelta::days(offset))
}

pub(super) const fn meeting(week: i64) -> i64 {
    week * 7 + 3
}

/// How a review, a ratification or a deferral comes to its end.
#[derive(Debug, Clone, Copy)]
pub(super) enum End {
    Never,
    /// The panel decides so, so many weeks later.
    Decision(&'static str, i64),
    /// It is taken back, or has ended, so many days later.
    Off(i64),
}

/// Something that is owed, and the act that ends it.
#[derive(Debug, Clone)]
pub(super) enum Plan {
    /// Days after the meeting on which each action is done.
    Actions(i64, Vec<Option<i64>>),
    /// A review on a day, or every so many weeks; met by another referral or by its own.
    Review {
        week: i64,
        every: Option<i64>,
        by_own: bool,
        end: End,
    },
    Ratification {
        placed: i64,
        sent: Option<i64>,
        end: End,
    },
    /// Days after the deciding meeting on which each of what is missing came.
    AfterEmergency {
        week: i64,
        came: [Option<i64>; 4],
        is_noted_again: bool,
    },
    Deferral {
        week: i64,
        needs: usize,
        resubmitted: Option<i64>,
        end: End,
    },
    Endorsement {
        week: i64,
        given: Option<i64>,
        is_noted_after: bool,
    },
    Promised {
        week: i64,
        made: Option<i64>,
    },
    Eighteen {
        born: i64,
        sent: Option<i64>,
        end: End,
    },
    Sixteen {
        born: i64,
        week: i64,
        asked: Option<i64>,
        end: End,
    },
}

pub(super) fn end() -> impl Strategy<Value = End> {
    let outcome = prop_oneof![
        Just("approve"),
        Just("decline"),
        Just("note"),
        Just("pending"),
        Just("defer"),
        Just("")
    ];
    prop_oneof![
        1 => Just(End::Never),
        4 => (outcome, 1i64..5).prop_map(|(outcome, weeks)| End::Decision(outcome, weeks)),
        1 => (1i64..40).prop_map(End::Off),
    ]
}

pub(super) fn plan() -> impl Strategy<Value = Plan> {
    let some = |range: std::ops::Range<i64>| prop::option::of(range);
    prop_oneof![
        (0i64..8, prop::collection::vec(some(0..40), 1..4))
            .prop_map(|(week, done)| Plan::Actions(week, done)),
        (0i64..6, some(1..6), any::<bool>(), end()).prop_map(|(week, every, by_own, end)| {
            Plan::Review {
                week,
                every,
                by_own,
                end,
            }
        }),
        (0i64..40, some(0..50), end()).prop_map(|(placed, sent, end)| Plan::Ratification {
            placed,
            sent,
            end
        }),
        (
            1i64..6,
            [some(0..30), some(0..30), some(0..30), some(0..30)],
            any::<bool>()
        )
            .prop_map(|(week, came, is_noted_again)| Plan::AfterEmergency {
                week,
                came,
                is_noted_again
            }),
        (0i64..6, 0usize..3, some(1..40), end()).prop_map(|(week, needs, resubmitted, end)| {
            Plan::Deferral {
                week,
                needs,
                resubmitted,
                end,
            }
        }),
        (0i64..6, some(0..40), any::<bool>()).prop_map(|(week, given, is_noted_after)| {
            Plan::Endorsement {
                week,
                given,
                is_noted_after,
            }
        }),
        (0i64..6, some(0..40)).prop_map(|(week, made)| Plan::Promised { week, made }),
        (0i64..80, some(0..50), end()).prop_map(|(born, sent, end)| Plan::Eighteen {
            born,
            sent,
            end
        }),
        (0i64..80, 0i64..4, some(0..50), end()).prop_map(|(born, week, asked, end)| {
            Plan::Sixteen {
                born,
                week,
                asked,
                end,
            }
        }),
    ]
}

/// What one plan puts into the folder, and the days on which its acts fall.
pub(super) struct Laid {
    pub(super) files: Vec<(String, String)>,
    pub(super) turns: Vec<i64>,
}

impl Laid {
    fn referral(&mut self, reference: &str, rest: &str) {
        let text = format!(
            "reference: {reference}\nworker: {{name: A. Singh}}\n{}{rest}",
            match rest.contains("child:") {
                true => "",
                false => "child: {name: Robin E.}\n",
            }
        );
        let request = match rest.contains("request:") {
            true => "",
            false => "request: {kind: support-package}\n",
        };
        let place = format!("referrals/{reference}.yaml");
        self.files.push((place, format!("{text}{request}")));
    }

    fn decision(&mut self, reference: &str, week: i64, outcome: &str, rest: &str) {
        self.decision_file(reference, "", week, outcome, rest);
        self.turns.push(meeting(week));
    }

    fn decision_file(
        &mut self,
        reference: &str,
        number: &str,
        week: i64,
        outcome: &str,
        rest: &str,
    ) {
        let on = day(meeting(week));
        let outcome = match outcome {
            "" => String::new(),
            outcome => format!("outcome: {outcome}\n"),
        };
        self.files.push((
            format!("meetings/{on}/decisions/{reference}{number}.yaml"),
            format!("referral: {reference}\nmeeting: {on}\ndecided_by: {{name: M. Osei}}\n{outcome}{rest}"),
        ));
    }

    fn after(&mut self, reference: &str, week: i64, text: String) {
        let on = day(meeting(week));
        self.files
            .push((format!("meetings/{on}/after/{reference}.yaml"), text));
    }
}

/// Whether an outcome settles a request or talks it through.
pub(super) fn is_heard(outcome: &str) -> bool {
    matches!(outcome, "approve" | "decline" | "note")
}

impl Plan {
    /// The day, if any, on which an end falls that counts from a week's meeting, where it is a
    /// decision with such an outcome, or the case is taken back.
    pub(super) fn done_on(week: i64, end: End, counts: fn(&str) -> bool) -> Option<i64> {
        match end {
            End::Decision(outcome, weeks) if counts(outcome) => Some(meeting(week + weeks)),
            End::Off(days) => Some(meeting(week) + days),
            End::Never | End::Decision(..) => None,
        }
    }

    pub(super) fn lay(&self, reference: &str) -> Laid {
        let mut laid = Laid {
            files: Vec::new(),
            turns: Vec::new(),
        };
        let sent = |on: i64| format!("submitted: {}\n", day(on));
        let turned_off = |end: End, week: i64| match end {
            End::Off(days) => format!("withdrawn: {{on: {}}}\n", day(meeting(week) + days)),
            _ => String::new(),
        };
        match self {
            Self::Actions(week, done) => {
                laid.referral(reference, &sent(-10));
                let actions: Vec<String> = (1..=done.len())
                    .map(|number| format!("{{what: Task {number}, owner: A. Singh}}"))
                    .collect();
                let rest = format!("actions: [{}]\n", actions.join(", "));
                laid.decision(reference, *week, "approve", &rest);
                let rows: Vec<String> = (1..)
                    .zip(done)
                    .filter_map(|(number, done)| {
                        let on = meeting(*week) + (*done)?;
                        laid.turns.push(on);
                        Some(format!("{{action: {number}, on: {}}}", day(on)))
                    })
                    .collect();
                laid.after(
                    reference,
                    *week,
                    format!("actions_done: [{}]\n", rows.join(", ")),
                );
            }
            Self::Review {
                week,
                every,
                by_own,
                end,
            } => {
                laid.referral(reference, &sent(-10));
                let review = match every {
                    Some(weeks) => format!("review: {{every: {weeks} weeks}}\n"),
                    None => format!("review: {{on: {}}}\n", day(meeting(*week) + 20)),
                };
                laid.decision(reference, *week, "approve", &review);
                match *end {
                    End::Never => {}
                    End::Decision(outcome, weeks) => {
                        let other = format!("{reference}-B");
                        let by = if *by_own { reference } else { &other };
                        let again = format!(
                            "request: {{kind: review, review_of: {reference}}}\n{}",
                            sent(meeting(*week))
                        );
                        laid.referral(&other, &again);
                        laid.decision(by, week + weeks, outcome, "");
                    }
                    End::Off(days) => {
                        let on = meeting(*week) + days;
                        laid.turns.push(on);
                        laid.after(reference, *week, format!("ended: {{on: {}}}\n", day(on)));
                    }
                }
            }
            Self::Ratification {
                placed,
                sent: submitted,
                end,
            } => {
                let placed_on = day(*placed);
                let rest = format!(
                    "placed_on: {placed_on}\nemergency: {{ground: epo, approved_on: {placed_on}}}\n{}{}",
                    submitted.map_or_else(String::new, sent),
                    turned_off(*end, placed / 7)
                );
                laid.referral(reference, &rest);
                laid.turns.extend([*placed, submitted.unwrap_or(*placed)]);
                match *end {
                    End::Decision(outcome, weeks) => {
                        laid.decision(reference, placed / 7 + weeks, outcome, "");
                    }
                    End::Off(days) => laid.turns.push(meeting(placed / 7) + days),
                    End::Never => {}
                }
            }
            Self::AfterEmergency {
                week,
                came,
                is_noted_again,
            } => {
                // Sent on the day before the meeting: after the cut-off.
                let placed_on = day(meeting(*week) - 1);
                let rest = format!(
                    "placed_on: {placed_on}\nemergency: {{ground: epo, approved_on: {placed_on}}}\nsubmitted: {placed_on}T09:00\n"
                );
                laid.referral(reference, &rest);
                laid.decision(reference, *week, "approve", "");
                if *is_noted_again {
                    laid.decision(reference, week + 2, "note", "");
                }
                let rows: Vec<String> = PAPERS
                    .iter()
                    .zip(came)
                    .filter_map(|((_, kind), came)| {
                        let on = meeting(*week) + (*came)?;
                        laid.turns.push(on);
                        Some(format!("{{kind: {kind}, on: {}}}", day(on)))
                    })
                    .collect();
                laid.after(reference, *week, format!("papers: [{}]\n", rows.join(", ")));
            }
            Self::Deferral {
                week,
                needs,
                resubmitted,
                end,
            } => {
                let again = resubmitted.map_or_else(String::new, |days| {
                    laid.turns.push(meeting(*week) + days);
                    format!("resubmitted: {}\n", day(meeting(*week) + days))
                });
                let rest = format!("{}{again}{}", sent(-10), turned_off(*end, *week));
                laid.referral(reference, &rest);
                let rows: Vec<String> = (1..=*needs)
                    .map(|number| format!("{{what: Paper {number}, from: A. Singh}}"))
                    .collect();
                let rest = format!(
                    "deferred: {{reason: more-information, needs: [{}]}}\n",
                    rows.join(", ")
                );
                laid.decision(reference, *week, "defer", &rest);
                match *end {
                    End::Decision(outcome, weeks) => {
                        laid.decision(reference, week + weeks, outcome, "");
                    }
                    End::Off(days) => laid.turns.push(meeting(*week) + days),
                    End::Never => {}
                }
            }
            Self::Endorsement {
                week,
                given,
                is_noted_after,
            } => {
                laid.referral(reference, &sent(-10));
                let rest = "subject_to: [{role: head-of-service}]\n";
                laid.decision(reference, *week, "approve", rest);
                if *is_noted_after {
                    laid.decision(reference, week + 1, "note", "");
                }
                if let Some(days) = given {
                    let on = meeting(*week) + days;
                    laid.turns.push(on);
                    let text = format!("endorsed: [{{role: head-of-service, on: {}}}]\n", day(on));
                    laid.after(reference, *week, text);
                }
            }
            Self::Promised { week, made } => {
                laid.referral(reference, &sent(-10));
                laid.decision(reference, *week, "pending", "decide_by: 2026-12-01\n");
                if let Some(days) = made {
                    let on = meeting(*week) + days;
                    laid.turns.push(on);
                    let rest = format!("decided_on: {}\n", day(on));
                    laid.decision_file(reference, ".2", *week, "approve", &rest);
                }
            }
            Self::Eighteen {
                born,
                sent: submitted,
                end,
            } => {
                let birthday = day(*born).date();
                let rest = format!(
                    "child: {{name: Robin E., date_of_birth: {}}}\nrequest: {{kind: care-leaver-accommodation}}\n{}{}",
                    years_before(birthday, 18),
                    submitted.map_or_else(String::new, sent),
                    turned_off(*end, 0)
                );
                laid.referral(reference, &rest);
                match *end {
                    End::Decision(outcome, weeks) => laid.decision(reference, weeks, outcome, ""),
                    End::Off(days) => laid.turns.push(meeting(0) + days),
                    End::Never => {}
                }
            }
            Self::Sixteen {
                born,
                week,
                asked,
                end,
            } => {
                let born = years_before(day(*born).date(), 16);
                let child = format!(
                    "child: {{name: Robin E., case_id: {reference}, date_of_birth: {born}, looked_after_since: 2020-01-01}}\n"
                );
                laid.referral(reference, &format!("{child}{}", sent(-10)));
                laid.decision(reference, *week, "approve", "");
                if let Some(asked) = asked {
                    let other = format!("{reference}-B");
                    let request = "request: {kind: permanence-support}\n";
                    let off = turned_off(*end, asked / 7);
                    laid.referral(&other, &format!("{child}{request}{}{off}", sent(*asked)));
                    laid.turns.push(*asked);
                    match *end {
                        End::Decision(outcome, weeks) => {
                            laid.decision(&other, asked / 7 + weeks, outcome, "");
                        }
                        End::Off(days) => laid.turns.push(meeting(asked / 7) + days),
                        End::Never => {}
                    }
                }
            }
        }
        laid
    }
}

/// What an emergency was heard without: the end of its id, and the word for it once it came.
pub(super) const PAPERS: [(&str, &str); 4] = [
    ("care-plan", "care-plan"),
    ("views.child", "views.child"),
    ("costs", "costs"),
    ("sign_offs", "sign_offs"),
];

pub(super) fn years_before(day: NaiveDate, years: u32) -> Day {
    Day::of(day - chrono::Months::new(12 * years))
}
