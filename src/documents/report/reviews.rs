//! What was owed after a decision: ratifications, reviews, actions, and telling the family.

use super::Counted;
use super::decisions::made;
use super::tally::{Tally, so_many};
use super::view::{Cell, Group, Row, Section, Stands, Value};
use crate::council::Use;
use crate::desk::{Held, exact_median};

pub(super) fn section(counted: &Counted<'_, '_>) -> Section {
    Section {
        id: "follow-up",
        title: "What was owed, and when it came",
        groups: vec![
            emergencies(counted),
            reviews(counted),
            actions(counted),
            families(counted),
            disagreements(counted),
        ],
    }
}

/// In time, late, not yet and missed, of what was due.
fn held(
    counted: &Counted<'_, '_>,
    due: &[Held<'_>],
    words: [&str; 4],
    keys: [&'static str; 5],
) -> Vec<Row> {
    let all = due.len();
    let today = counted.days.to;
    let count = |is_meant: &dyn Fn(&Held<'_>) -> bool| {
        Cell::count(due.iter().filter(|one| is_meant(one)).count()).of(all)
    };
    vec![
        Row::new("in-time", words[0], count(&|one| one.is_in_time())).key(keys[0]),
        Row::new("late", words[1], count(&|one| one.is_late())).key(keys[1]),
        Row::new("not-held", words[2], count(&|one| one.is_missed(today))).key(keys[2]),
        Row::new(
            "to-come",
            words[3],
            count(&|one| one.met_on.is_none() && !one.is_missed(today)),
        )
        .key(keys[3])
        .unless_nought(),
        Row::new("due", "Due", Cell::count(all))
            .key(keys[4])
            .stands(Stands::Sum),
    ]
}

fn emergencies(counted: &Counted<'_, '_>) -> Group {
    let desk = counted.desk;
    let due = desk.ratifications_in(counted.days, counted.panel);
    let is_asked = |rules: &crate::council::Council| {
        rules.emergency.as_ref().is_some_and(|rule| rule.ratified)
    };
    let nothing = if desk.cases().iter().any(|case| is_asked(case.rules)) {
        "No emergency was to be heard by its next panel in the period."
    } else {
        "The council's file does not ask that the next panel hears an emergency."
    };
    let rows = held(
        counted,
        &due,
        [
            "Heard there",
            "Heard later",
            "Not heard, and that meeting has passed",
            "Not heard yet; that meeting was on the last day",
        ],
        [
            "ratified_in_time",
            "ratified_late",
            "not_ratified",
            "ratifications_to_come",
            "ratifications_due",
        ],
    );
    Group::new(
        "emergencies",
        "emergencies",
        "Heard by the panel",
        format!(
            "Of {{}} whose next panel met {}, whether the panel heard it there:",
            counted.between()
        ),
        rows,
    )
    .about(due.len(), "emergency", "emergencies")
    .or(nothing)
}

fn reviews(counted: &Counted<'_, '_>) -> Group {
    let desk = counted.desk;
    let mut due = desk.reviews_ever();
    due.retain(|review| {
        let is_own = desk
            .case(review.reference)
            .is_some_and(|case| desk.is_for(case, counted.panel));
        is_own && counted.days.holds(review.due_on)
    });
    let rows = held(
        counted,
        &due,
        [
            "Held by its day",
            "Held later",
            "Not held, and its day has passed",
            "Not held yet; its day was the last of the period",
        ],
        [
            "reviews_in_time",
            "reviews_late",
            "reviews_not_held",
            "reviews_to_come",
            "reviews_due",
        ],
    );
    Group::new(
        "reviews",
        "reviews",
        "Back at panel",
        format!(
            "Of {{}} due {}, whether the panel had the case back by then:",
            counted.between()
        ),
        rows,
    )
    .about(due.len(), "review", "reviews")
    .or("No review was due.")
}

fn actions(counted: &Counted<'_, '_>) -> Group {
    let today = counted.days.to;
    let mut due = Vec::new();
    let mut without_day = 0;
    for case in counted.desk.cases() {
        if !counted.desk.is_for(case, counted.panel) {
            continue;
        }
        for made in &case.decisions {
            for (number, action) in (1i64..).zip(&made.decision().actions) {
                let done = made.after.and_then(|after| {
                    let done = &after.record.actions_done;
                    done.iter()
                        .filter(|done| done.action == Some(number))
                        .filter_map(|done| done.on)
                        .filter(|on| *on <= today)
                        .min()
                });
                match action.due {
                    Some(due_on) if counted.days.holds(due_on) => due.push(Held {
                        reference: case.reference(),
                        due_on,
                        met_on: done,
                    }),
                    None if counted.days.holds(made.on) => without_day += 1,
                    _ => {}
                }
            }
        }
    }
    let rows = held(
        counted,
        &due,
        [
            "Done by its day",
            "Done later",
            "Not done, and its day has passed",
            "Not done yet; its day was the last of the period",
        ],
        [
            "actions_in_time",
            "actions_late",
            "actions_not_done",
            "actions_to_come",
            "actions_due",
        ],
    );
    let group = Group::new(
        "actions",
        "actions",
        "Done",
        format!(
            "Of {{}} due {}, whether it was recorded as done by then:",
            counted.between()
        ),
        rows,
    )
    .about(due.len(), "action", "actions")
    .or("No action was due.");
    if without_day == 0 {
        return group;
    }
    group.note(format!(
        "{} agreed in the period without a day: not counted here.",
        so_many(without_day, "action")
    ))
}

/// Final decisions of the period, and when the family was told.
fn families(counted: &Counted<'_, '_>) -> Group {
    let today = counted.days.to;
    let mut days = Vec::new();
    let mut all = 0;
    for (_, made) in made(counted) {
        if !made.is_final() {
            continue;
        }
        all += 1;
        let told = made.told_family();
        if let Some(told) = told.filter(|told| *told <= today) {
            days.push((told.date() - made.decided_on().date()).num_days().max(0));
        }
    }
    let told = days.len();
    let apart = |id: &str, label: &str, value: Option<Value>| {
        let cell = Cell {
            cases: Some(told),
            ..Cell::new(value.unwrap_or(Value::Nothing))
        };
        Row::new(id, label, cell).stands(Stands::Apart)
    };
    let longest = days.iter().max().map(|most| Value::Halves(most * 2));
    let rows = vec![
        Row::new("told", "Told", Cell::count(told).of(all)).key("families_told"),
        Row::new(
            "not-told",
            "Not recorded as told",
            Cell::count(all - told).of(all),
        )
        .key("families_not_told"),
        apart(
            "median",
            "Median, in days from the decision",
            exact_median(&days).map(Value::Halves),
        ),
        apart("longest", "Longest, in days", longest),
        Row::new("all", "Decisions", Cell::count(all)).stands(Stands::Sum),
    ];
    Group::new(
        "families",
        "decisions",
        "The family",
        format!(
            "Of {{}} that approve or decline, made {}, whether the family was told by the end of the last day:",
            counted.between()
        ),
        rows,
    )
    .about(all, "decision", "decisions")
    .or("No decision was one to tell a family.")
}

fn disagreements(counted: &Counted<'_, '_>) -> Group {
    let mut by = Tally::default();
    let (mut all, mut escalated) = (0, 0);
    for (case, made) in counted.desk.made() {
        let after = made.after.map(|after| &after.record.disagreement);
        for disagreement in after.into_iter().flat_map(|said| said.iter()) {
            let is_of_period = disagreement.on.is_some_and(|on| counted.days.holds(on));
            if !is_of_period || !counted.desk.is_for(case, counted.panel) {
                continue;
            }
            all += 1;
            by.word(made.rules, Use::Disagreement, disagreement.by.as_ref());
            let to = disagreement.escalated_to.as_deref();
            escalated += usize::from(to.is_some_and(|to| !to.trim().is_empty()));
        }
    }
    let mut rows = by.rows(all);
    rows.push(
        Row::new("all", "All", Cell::count(all))
            .key("disagreements")
            .stands(Stands::Sum),
    );
    rows.push(
        Row::new("escalated", "Taken further", Cell::count(escalated).of(all))
            .stands(Stands::Apart),
    );
    Group::new(
        "disagreements",
        "disagreements",
        "By",
        format!(
            "Of {{}} with a decision, recorded {}, whose it was:",
            counted.between()
        ),
        rows,
    )
    .about(all, "disagreement", "disagreements")
    .or("No disagreement is recorded.")
}
