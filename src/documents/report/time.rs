//! In time and late, ready or not, and how long a decision took.

use super::Counted;
use super::view::{Cell, Group, Row, Section, Stands, Value};
use crate::desk::{Fate, Timing, exact_median};

pub(super) fn section(counted: &Counted<'_, '_>) -> Section {
    Section {
        id: "time",
        title: "Time and readiness",
        groups: vec![
            cut_off(counted),
            ready(counted),
            to_decision(counted),
            open_for(counted),
        ],
    }
}

fn cut_off(counted: &Counted<'_, '_>) -> Group {
    let desk = counted.desk;
    let sent = desk.sent_in(counted.days, counted.panel);
    let timings: Vec<Timing> = sent.iter().map(|one| desk.timing(one.case)).collect();
    let all = sent.len();
    let count = |timing: Timing| timings.iter().filter(|own| **own == timing).count();
    let judged = count(Timing::OnTime) + count(Timing::Late);
    let mut rows = vec![
        Row::new(
            "on-time",
            "By the cut-off",
            Cell::count(count(Timing::OnTime)).of(judged),
        )
        .key("on_time"),
        Row::new(
            "late",
            "After it",
            Cell::count(count(Timing::Late)).of(judged),
        )
        .key("late"),
        Row::new(
            "exempt",
            "Emergencies that the council exempts from it",
            Cell::count(count(Timing::Exempt)),
        )
        .key("exempt")
        .unless_nought(),
        Row::new(
            "no-cut-off",
            "No cut-off is known for it",
            Cell::count(count(Timing::NoCutOff)),
        )
        .key("no_cut_off")
        .unless_nought(),
    ];
    rows.push(Row::new("sent", "Sent", Cell::count(all)).stands(Stands::Sum));
    Group::new(
        "cut-off",
        "requests",
        "Sent",
        format!(
            "Of {{}} sent {}, when each came, by the cut-off of the meeting that it first went to:",
            counted.between()
        ),
        rows,
    )
    .about(all, "request", "requests")
    .or("Nothing was sent, so nothing was in time or late.")
}

fn ready(counted: &Counted<'_, '_>) -> Group {
    let desk = counted.desk;
    let sent = desk.sent_in(counted.days, counted.panel);
    let all = sent.len();
    let mut rows_of = [0usize; 3];
    let mut sent_again = 0;
    for one in &sent {
        let place = counted.judged.readiness(one.case);
        rows_of[place as usize] += 1;
        sent_again += usize::from(one.case.referral().resubmitted.is_some());
    }
    let [ready, not_ready, unknown] = rows_of;
    let rows = vec![
        Row::new("ready", "Ready", Cell::count(ready).of(all)).key("ready_first"),
        Row::new(
            "not-ready",
            "Not ready: an error nobody accepted, or put off as not ready",
            Cell::count(not_ready).of(all),
        )
        .key("not_ready_first"),
        Row::new(
            "unknown",
            "Not known: no meeting, or it cannot be read",
            Cell::count(unknown).of(all),
        )
        .key("ready_unknown")
        .unless_nought(),
        Row::new("sent", "Sent", Cell::count(all)).stands(Stands::Sum),
    ];
    let group = Group::new(
        "ready",
        "requests",
        "When it first came to its meeting",
        format!(
            "Of {{}} sent {}, whether it was complete and in order for the meeting that it first went to:",
            counted.between()
        ),
        rows,
    )
    .about(all, "request", "requests")
    .or("Nothing was sent, so nothing was ready or not.");
    if all == 0 {
        return group;
    }
    let group = group.note(
        "Judged by the council's rules as that meeting began, on the request's file as it is now: the folder keeps the latest version, so what was mended before the meeting counts as ready.",
    );
    if sent_again == 0 {
        return group;
    }
    group.note(format!(
        "{} sent again after being put off; the first version is not in the folder.",
        match sent_again {
            1 => "1 of them was".to_owned(),
            more => format!("{more} of them were"),
        }
    ))
}

fn to_decision(counted: &Counted<'_, '_>) -> Group {
    let desk = counted.desk;
    let mut days = Vec::new();
    for case in desk
        .cases()
        .iter()
        .filter(|case| desk.is_for(case, counted.panel))
    {
        let (Some(made), Some(sent)) = (case.first_settled_by(), case.referral().submitted) else {
            continue;
        };
        let on = made.decided_on();
        if counted.days.holds(on) && on >= sent.day() {
            days.push((on.date() - sent.day().date()).num_days());
        }
    }
    let all = days.len();
    let within =
        |most: i64| Cell::count(days.iter().filter(|count| **count <= most).count()).of(all);
    let apart = |id: &str, label: &str, value: Option<Value>| {
        let cell = Cell {
            cases: Some(all),
            ..Cell::new(value.unwrap_or(Value::Nothing))
        };
        Row::new(id, label, cell).stands(Stands::Apart)
    };
    let longest = days.iter().max().map(|most| Value::Halves(most * 2));
    let rows = vec![
        apart(
            "median",
            "Median, in days",
            exact_median(&days).map(Value::Halves),
        )
        .key("median_days_to_decision"),
        apart("longest", "Longest, in days", longest).key("longest_days_to_decision"),
        Row::new("within-7", "Within 7 days", within(7)).stands(Stands::Apart),
        Row::new("within-14", "Within 14 days", within(14)).stands(Stands::Apart),
        Row::new("within-28", "Within 28 days", within(28)).stands(Stands::Apart),
        Row::new("decided", "Decided", Cell::count(all)).stands(Stands::Sum),
    ];
    Group::new(
        "to-decision",
        "requests",
        "From sending to decision",
        format!(
            "Of {{}} decided {}, how many days after it was first sent:",
            counted.between()
        ),
        rows,
    )
    .about(all, "request", "requests")
    .or(format!("No request was decided {}.", counted.between()))
}

fn open_for(counted: &Counted<'_, '_>) -> Group {
    let desk = counted.desk;
    let today = counted.days.to;
    let days: Vec<i64> = desk
        .cases()
        .iter()
        .filter(|case| desk.is_for(case, counted.panel))
        .filter(|case| Fate::of(case.standing) == Some(Fate::Waiting))
        .filter_map(|case| {
            Some((today.date() - case.referral().submitted?.day().date()).num_days())
        })
        .collect();
    let all = days.len();
    let apart = |id: &str, label: &str, value: Option<Value>| {
        let cell = Cell {
            cases: Some(all),
            ..Cell::new(value.unwrap_or(Value::Nothing))
        };
        Row::new(id, label, cell).stands(Stands::Apart)
    };
    let longest = days.iter().max().map(|most| Value::Halves(most * 2));
    let more = days.iter().filter(|count| **count > 28).count();
    let rows = vec![
        apart(
            "median",
            "Median, in days",
            exact_median(&days).map(Value::Halves),
        ),
        apart("longest", "Longest, in days", longest).key("longest_days_open"),
        Row::new("over-28", "Longer than 28 days", Cell::count(more).of(all)).stands(Stands::Apart),
        Row::new("open", "Open", Cell::count(all)).stands(Stands::Sum),
    ];
    Group::new(
        "open-for",
        "requests",
        "Since it was sent",
        format!(
            "Of {{}} open at the end of {}, how long each had waited by then:",
            today.in_words()
        ),
        rows,
    )
    .about(all, "request", "requests")
    .or(format!(
        "No request was open at the end of {}.",
        today.in_words()
    ))
}
