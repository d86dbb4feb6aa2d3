//! Each review, ratification, action, milestone, owed paper, endorsement and promised decision is in
//! the diary exactly until it is done. What is owed when is worked out from the plan alone.
#![expect(clippy::disallowed_methods, reason = "tests make folders of their own")]

use super::diary;
use crate::council::{Council, parse_council};
use crate::desk::{Desk, Scope};
use crate::folder::Folder;
use crate::records::Day;
use chrono::{NaiveDate, TimeDelta};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

const RULES: &str = r#"
[council]
name = "Borough of Wendham"
panel = "Resource Panel"
assumption = "Invented."

[meetings]
every = "week"
on = "thursday"
start = 14:00:00
clause = "1"

[cut_off]
days_before = 3
exempt = "emergency"
clause = "2"

[emergency]
papers_follow = ["missing-views", "missing-costs", "missing-document", "missing-sign-off"]
clause = "3"

[[view]]
any_of = ["child"]
clause = "4"

[costs]
clause = "4"

[[sign_off]]
role = "team-manager"
clause = "4"

[[document]]
any_of = ["care-plan"]
label = "Care plan"
when = "emergency"
clause = "4"

[[milestone]]
id = "eighteen"
age = 18
label = "18th birthday"
when = "request.kind == 'care-leaver-accommodation'"
clause = "5"

[[milestone]]
id = "sixteen"
age = 16
label = "16th birthday"
when = "child.looked_after_since is defined"
since_age = 15
kinds = ["permanence-support"]
diary_from = "1 month"
clause = "5"

[[outcome]]
id = "approve"
label = "Agreed"
clause = "6"

[[outcome]]
id = "defer"
label = "Put off"
clause = "6"
"#;

static COUNCIL: LazyLock<Council> = LazyLock::new(|| {
    parse_council("draft", "draft.toml", RULES).unwrap_or_else(|error| panic!("{error:#?}"))
});

/// Days are counted from a Monday; a week's meeting is on its Thursday.
fn day(offset: i64) -> Day {
    let start = NaiveDate::from_ymd_opt(2026, 10, 5).expect("a day");
    Day::of(start + TimeDelta::days(offset))
}

const fn meeting(week: i64) -> i64 {
    week * 7 + 3
}

/// How a review, a ratification or a deferral comes to its end.
#[derive(Debug, Clone, Copy)]
enum End {
    Never,
    /// The panel decides so, so many weeks later.
    Decision(&'static str, i64),
    /// It is taken back, or has ended, so many days later.
    Off(i64),
}

/// Something that is owed, and the act that ends it.
#[derive(Debug, Clone)]
enum Plan {
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

fn end() -> impl Strategy<Value = End> {
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

fn plan() -> impl Strategy<Value = Plan> {
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
struct Laid {
    files: Vec<(String, String)>,
    turns: Vec<i64>,
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
fn is_heard(outcome: &str) -> bool {
    matches!(outcome, "approve" | "decline" | "note")
}

impl Plan {
    /// The day, if any, on which an end falls that counts from a week's meeting, where it is a
    /// decision with such an outcome, or the case is taken back.
    fn done_on(week: i64, end: End, counts: fn(&str) -> bool) -> Option<i64> {
        match end {
            End::Decision(outcome, weeks) if counts(outcome) => Some(meeting(week + weeks)),
            End::Off(days) => Some(meeting(week) + days),
            End::Never | End::Decision(..) => None,
        }
    }

    fn lay(&self, reference: &str) -> Laid {
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

    /// The ids of what is owed on a day, but for what the case's own agenda carries.
    fn owed(&self, reference: &str, today: i64) -> BTreeSet<String> {
        let mut owed = BTreeSet::new();
        let mut owe = |id: String, from: i64, done: Option<i64>| {
            if from <= today && done.is_none_or(|done| today < done) {
                owed.insert(format!("{reference}-{id}"));
            }
        };
        match self {
            Self::Actions(week, done) => {
                for (number, done) in (1..).zip(done) {
                    let done = done.map(|days| meeting(*week) + days);
                    let id = format!("action-{}-{number}", day(meeting(*week)));
                    owe(id, meeting(*week), done);
                }
            }
            Self::Review {
                week, every, end, ..
            } => {
                let meets = |outcome: &str| is_heard(outcome) || outcome == "pending";
                let done = match (every, end) {
                    // What returns again and again does so until it has ended.
                    (Some(_), End::Decision(..)) => None,
                    _ => Self::done_on(*week, *end, meets),
                };
                owe(
                    format!("review-{}", day(meeting(*week))),
                    meeting(*week),
                    done,
                );
            }
            Self::Ratification { placed, sent, end } => {
                let known_from = sent.map_or(*placed, |sent| sent.min(*placed));
                let done = Self::done_on(placed / 7, *end, is_heard);
                // A decision taken before anybody knew of it is no plan that a folder holds.
                let decided = match end {
                    End::Decision(_, weeks) => meeting(placed / 7 + weeks),
                    _ => i64::MAX,
                };
                owe("ratification".to_owned(), known_from.min(decided), done);
            }
            Self::AfterEmergency { week, came, .. } => {
                let heard = meeting(*week);
                owe("ratification".to_owned(), heard - 1, Some(heard));
                for ((id, _), came) in PAPERS.iter().zip(came) {
                    let came = came.map(|days| meeting(*week) + days);
                    owe(format!("paper-{id}"), meeting(*week), came);
                }
            }
            Self::Deferral {
                week,
                needs,
                resubmitted,
                end,
            } => {
                let id = |number: usize| format!("paper-{}-{number}", day(meeting(*week)));
                // Any decision that names an outcome takes the place of the deferral; one that
                // names none leaves nothing but the request as it stands on its agenda.
                let done = Self::done_on(*week, *end, |_| true);
                let back = resubmitted.map(|days| meeting(*week) + days);
                let sooner = [back, done].into_iter().flatten().min();
                let from = meeting(*week);
                match needs {
                    0 => owe(id(0), from, done),
                    _ => {
                        for number in 1..=*needs {
                            owe(id(number), from, sooner);
                        }
                        if let Some(back) = back {
                            owe(id(0), back.max(from), done);
                        }
                    }
                }
                if let End::Decision("defer", weeks) = end {
                    // Put off again, with nothing asked for.
                    let again = meeting(week + weeks);
                    owe(format!("paper-{}-0", day(again)), again, None);
                }
            }
            Self::Endorsement { week, given, .. } => {
                let given = given.map(|days| meeting(*week) + days);
                owe(
                    "endorsement-head-of-service".to_owned(),
                    meeting(*week),
                    given,
                );
            }
            Self::Promised { week, made } => {
                let made = made.map(|days| meeting(*week) + days);
                owe(
                    format!("decision-{}", day(meeting(*week))),
                    meeting(*week),
                    made,
                );
            }
            Self::Eighteen { end, .. } => {
                let done = Self::done_on(0, *end, is_heard);
                owe("milestone-eighteen".to_owned(), i64::MIN, done);
            }
            Self::Sixteen {
                born, asked, end, ..
            } => {
                let seen_from =
                    crate::calendar::subtract(day(*born), "1 month".parse().expect("one"));
                let is_in_sight = day(today) >= seen_from;
                let week = asked.map_or(0, |asked| asked / 7);
                // Asked for, a promised decision included, or decided on; not what was taken back.
                let decided = match (asked, end) {
                    (Some(_), End::Decision(outcome, weeks)) if is_heard(outcome) => {
                        Some(meeting(week + weeks))
                    }
                    _ => None,
                };
                let stops = match (asked, end) {
                    (Some(_), End::Off(days)) => Some(meeting(week) + days),
                    _ => None,
                };
                let is_asked = asked.is_some_and(|asked| asked <= today)
                    && stops.is_none_or(|stops| today < stops);
                let is_decided = decided.is_some_and(|decided| decided <= today);
                if is_in_sight && !is_asked && !is_decided {
                    // The latest request about the child that was sent speaks for it.
                    let other_speaks = asked.is_some_and(|asked| asked <= today)
                        && !(matches!(end, End::Off(_)) && stops.is_some_and(|on| on <= today));
                    let speaks = match other_speaks {
                        true => format!("{reference}-B"),
                        false => reference.to_owned(),
                    };
                    return [format!("{speaks}-milestone-sixteen")].into();
                }
            }
        }
        owed
    }
}

/// What an emergency was heard without: the end of its id, and the word for it once it came.
const PAPERS: [(&str, &str); 4] = [
    ("care-plan", "care-plan"),
    ("views.child", "views.child"),
    ("costs", "costs"),
    ("sign_offs", "sign_offs"),
];

fn years_before(day: NaiveDate, years: u32) -> Day {
    Day::of(day - chrono::Months::new(12 * years))
}

fn loaded(files: &BTreeMap<String, String>) -> Folder {
    let place = tempfile::tempdir().expect("a folder");
    for (path, text) in files {
        let path = place.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder in it");
        std::fs::write(path, text).expect("a file in it");
    }
    std::fs::write(place.path().join("panel.toml"), "council = \"any\"\n").expect("a file");
    Folder::load(place.path()).expect("it loads")
}

/// The ids of what stands in the diary about a folder's cases.
fn in_diary(folder: &Folder, today: i64) -> BTreeMap<String, usize> {
    let as_of = day(today).date().and_hms_opt(12, 0, 0).expect("a time");
    let desk = Desk::new(folder, &COUNCIL, as_of, Scope::Folder);
    let mut ids = BTreeMap::new();
    for entry in diary(&desk) {
        *ids.entry(entry.id).or_default() += 1;
    }
    ids
}

#[test]
fn duties_of_two_panels_on_one_day_say_which_panel_they_are_of() {
    let rules = "[council]\nname = \"Wendham\"\npanel = \"Panel\"\nclause = \"1\"\n\
        [[panel]]\nid = \"main\"\nlabel = \"Main Panel\"\nclause = \"1\"\n\
        [[panel]]\nid = \"second\"\nlabel = \"Second Panel\"\nclause = \"1\"\n\
        [meetings]\nevery = \"week\"\non = \"thursday\"\nstart = 10:00:00\nclause = \"2\"\n\
        [[deadline]]\nid = \"agenda-out\"\ntask = \"Send the agenda\"\nbefore = \"meeting\"\n\
        days = 2\nclause = \"3\"\n";
    let council =
        parse_council("draft", "draft.toml", rules).unwrap_or_else(|error| panic!("{error:#?}"));
    let folder = Folder::default();
    let as_of = day(0).date().and_hms_opt(9, 0, 0).expect("a time");
    let desk = Desk::new(&folder, &council, as_of, Scope::Folder);
    let told: Vec<(Option<&str>, String)> = diary(&desk)
        .into_iter()
        .map(|entry| (entry.panel, entry.what))
        .collect();
    assert_eq!(told.len(), 2);
    for (panel, label) in [
        ("main", "(Main Panel, by "),
        ("second", "(Second Panel, by "),
    ] {
        let is_told = told
            .iter()
            .any(|(of, what)| *of == Some(panel) && what.contains(label));
        assert!(is_told, "{told:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_owed_is_in_the_diary_exactly_until_it_is_done(
        plans in prop::collection::vec(plan(), 1..8), other in -5i64..100
    ) {
        let mut files = BTreeMap::new();
        let mut turns = BTreeSet::from([other]);
        for (number, plan) in (1..).zip(&plans) {
            let laid = plan.lay(&format!("R-{number}"));
            files.extend(laid.files);
            turns.extend(laid.turns.iter().flat_map(|on| [on - 1, *on]));
        }
        let folder = loaded(&files);
        for today in turns {
            let found = in_diary(&folder, today);
            for (id, times) in &found {
                prop_assert_eq!(*times, 1, "{} stands there twice on {}", id, day(today));
            }
            let found: BTreeSet<String> = found.into_keys().collect();
            let owed: BTreeSet<String> = (1..)
                .zip(&plans)
                .flat_map(|(number, plan)| plan.owed(&format!("R-{number}"), today))
                .collect();
            // What follows from the same decisions and is no part of any plan.
            let beside = |id: &&String| {
                id.contains("-B-decision-") || id.contains("-B-paper-")
                    || plans.iter().zip(1..).any(|(plan, number)| {
                        let own = |what: &str| id.starts_with(&format!("R-{number}-{what}"));
                        match plan {
                            Plan::Promised { .. } | Plan::Endorsement { .. } | Plan::AfterEmergency { .. } => false,
                            Plan::Deferral { .. } => own("decision-"),
                            _ => own("decision-") || own("paper-"),
                        }
                    })
            };
            let missing: Vec<_> = owed.difference(&found).collect();
            let too_much: Vec<_> = found.difference(&owed).filter(|id| !beside(id)).collect();
            prop_assert!(missing.is_empty(), "not in the diary on {}: {:?}", day(today), missing);
            prop_assert!(too_much.is_empty(), "still in the diary on {}: {:?}", day(today), too_much);
        }
    }
}
