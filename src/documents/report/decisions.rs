//! What the panel decided, what it put off, and what it could not find.

use super::Counted;
use super::requests::{month_id, month_words, months};
use super::tally::{Tally, named};
use super::view::{Cell, Column, Drawn, Group, Row, Section, Stands};
use crate::council::Use;
use crate::desk::{Case, Days, Made, Period};
use std::collections::{BTreeMap, BTreeSet};

type Decided<'d, 'a> = Vec<(&'d Case<'a>, &'d Made<'a>)>;

/// Outcomes in the order in which reports have them.
const OUTCOMES: [&str; 6] = [
    "approve",
    "approve-alternative",
    "decline",
    "defer",
    "pending",
    "note",
];

pub(super) fn made<'d, 'a>(counted: &Counted<'d, 'a>) -> Decided<'d, 'a> {
    counted.now.made_in(Period {
        from: Some(counted.days.from),
        to: Some(counted.days.to),
        meeting: None,
        panel: counted.panel,
    })
}

pub(super) fn section(counted: &Counted<'_, '_>) -> Section {
    let made = made(counted);
    let mut groups = vec![outcomes(counted, &made)];
    if !made.is_empty() {
        groups.push(over_time(counted, &made));
        groups.push(deferrals(&made));
        groups.push(put_off_again(counted, &made));
        groups.push(unmet_need(&made));
    }
    Section {
        id: "decisions",
        title: "Decisions",
        groups,
    }
}

fn outcomes(counted: &Counted<'_, '_>, made: &Decided<'_, '_>) -> Group {
    let all = made.len();
    let count = |is_meant: &dyn Fn(&Made<'_>) -> bool| {
        Cell::count(made.iter().filter(|(_, made)| is_meant(made)).count())
    };
    let rules = counted.desk.council;
    let label = |outcome: &str| rules.outcome_label(outcome).to_owned();
    let mut rows: Vec<Row> = OUTCOMES
        .iter()
        .map(|outcome| {
            let own = count(&|made| made.outcome() == *outcome).of(all);
            Row::new(*outcome, label(outcome), own)
        })
        .collect();
    rows.push(Row::new(
        "not-said",
        "Without an outcome that can be read",
        count(&|made| !OUTCOMES.contains(&made.outcome())).of(all),
    ));
    rows.retain(|row| row.cells.iter().any(|cell| !cell.value.is_nought()));
    rows.push(
        Row::new("made", "All", Cell::count(all))
            .key("decisions")
            .stands(Stands::Sum),
    );
    Group::new(
        "outcomes",
        "decisions",
        "Outcome",
        format!(
            "Of {{}} at meetings held {}; a request that was put off and came back has one for each time:",
            counted.between()
        ),
        rows,
    )
    .about(all, "decision", "decisions")
    .or(format!("No decision was made {}.", counted.between()))
    .drawn(Drawn::Both)
}

/// Month by month; in a period of two months or less, meeting by meeting.
fn over_time(counted: &Counted<'_, '_>, made: &Decided<'_, '_>) -> Group {
    let is_there = |outcome: &&&str| made.iter().any(|(_, made)| made.outcome() == **outcome);
    let outcomes: Vec<&str> = OUTCOMES.iter().filter(is_there).copied().collect();
    let cells = |is_in: &dyn Fn(&Made<'_>) -> bool| -> Vec<Cell> {
        let own = |outcome: &&str| {
            let own = made.iter().filter(|(_, made)| is_in(made));
            Cell::count(own.filter(|(_, made)| made.outcome() == *outcome).count())
        };
        outcomes.iter().map(own).collect()
    };
    let months = months(counted, &|month: Days| {
        made.iter().any(|(_, made)| month.holds(made.on))
    });
    let (head, says, rows) = if months.len() > 2 {
        let rows: Vec<Row> = months
            .iter()
            .map(|month| {
                let cells = cells(&|made| month.holds(made.on));
                Row::wide(month_id(*month), month_words(*month), cells)
            })
            .collect();
        ("Month", "Decisions, month by month:", rows)
    } else {
        let meetings: BTreeSet<_> = made
            .iter()
            .map(|(_, made)| (made.on, made.meeting))
            .collect();
        let rows: Vec<Row> = meetings
            .into_iter()
            .map(|(on, meeting)| {
                let label = match meeting == on.to_string() {
                    true => on.in_words(),
                    false => meeting.to_owned(),
                };
                Row::wide(meeting, label, cells(&|made| made.meeting == meeting))
            })
            .collect();
        ("Meeting", "Decisions, meeting by meeting:", rows)
    };
    let rules = counted.desk.council;
    let columns = outcomes.iter().map(|outcome| Column {
        id: (*outcome).to_owned(),
        label: rules.outcome_label(outcome).to_owned(),
    });
    Group::wide(
        "over-time",
        "decisions",
        head,
        says,
        columns.collect(),
        rows,
    )
    .drawn(Drawn::Stacked)
}

fn deferrals(made: &Decided<'_, '_>) -> Group {
    let deferred: Vec<_> = made
        .iter()
        .filter(|(_, made)| made.outcome() == "defer")
        .collect();
    let mut reasons = Tally::default();
    for (_, made) in &deferred {
        let reason = made.decision().deferred.as_ref();
        let reason = reason.and_then(|deferred| deferred.reason.as_ref());
        reasons.word(made.rules, Use::DeferralReason, reason);
    }
    let mut rows = reasons.rows(deferred.len());
    rows.push(
        Row::new("all", "All", Cell::count(deferred.len()))
            .key("deferrals")
            .stands(Stands::Sum),
    );
    Group::new(
        "deferral-reasons",
        "decisions",
        "Why",
        "Of {} to put a request off, why:",
        rows,
    )
    .about(deferred.len(), "decision", "decisions")
    .or("Nothing was put off.")
}

/// How often requests that were put off in the period had been put off by its end.
fn put_off_again(counted: &Counted<'_, '_>, made: &Decided<'_, '_>) -> Group {
    let put_off: BTreeSet<&str> = made
        .iter()
        .filter(|(_, made)| made.outcome() == "defer")
        .map(|(case, _)| case.reference())
        .collect();
    let all = put_off.len();
    let mut times: BTreeMap<usize, usize> = BTreeMap::new();
    for case in put_off
        .iter()
        .filter_map(|reference| counted.desk.case(reference))
    {
        let own = case.decisions.iter();
        let count = own.filter(|made| made.outcome() == "defer").count();
        *times.entry(count.min(3)).or_default() += 1;
    }
    let row = |id: &str, label: &str, count: usize| {
        let found = times.get(&count).copied().unwrap_or_default();
        Row::new(id, label, Cell::count(found).of(all))
    };
    let rows = vec![
        row("once", "Once", 1),
        row("twice", "Twice", 2),
        row("three-times", "Three times or more", 3),
        Row::new("all", "All", Cell::count(all))
            .key("requests_deferred")
            .stands(Stands::Sum),
    ];
    Group::new(
        "put-off-again",
        "requests",
        "How often so far",
        "Of {} put off in the period, how often each had been put off by its end:",
        rows,
    )
    .about(all, "request", "requests")
    .or("No request was put off again and again.")
}

fn unmet_need(made: &Decided<'_, '_>) -> Group {
    let mut provisions = Tally::default();
    let mut all = 0;
    for (case, made) in made {
        let note = made.decision().unmet_need.as_deref();
        if note.is_some_and(|note| !note.trim().is_empty()) {
            all += 1;
            let provision = case.referral().request.provision.as_ref();
            let (id, label) = match named(made.rules, Use::Provision, provision) {
                (id, _) if id == "not-said" => (id, "No provision named".to_owned()),
                known => known,
            };
            provisions.add(id, label);
        }
    }
    let mut rows = provisions.rows(all);
    rows.push(
        Row::new("all", "All", Cell::count(all))
            .key("unmet_need")
            .stands(Stands::Sum),
    );
    Group::new(
        "unmet-need",
        "decisions",
        "Asked for",
        "Of {} that note a need which nothing met, what had been asked for (the notes: panel report --unmet-need):",
        rows,
    )
    .about(all, "decision", "decisions")
    .or("No decision notes a need that nothing met.")
}
