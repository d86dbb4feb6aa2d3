//! What was sent, what became of it, and what is open.

use super::Counted;
use super::tally::{Tally, named};
use super::view::{Cell, Column, Drawn, Group, Row, Section, Stands};
use crate::council::Use;
use crate::desk::{Days, Fate, Sent, Standing};
use std::collections::BTreeMap;

pub(super) fn section(counted: &Counted<'_, '_>) -> Section {
    let sent = counted.desk.sent_in(counted.days, counted.panel);
    let mut groups = vec![fates(counted, &sent), flow(counted)];
    if !sent.is_empty() {
        groups.push(by_month(counted, &sent));
        groups.push(by_kind(&sent));
    }
    Section {
        id: "requests",
        title: "Requests",
        groups,
    }
}

fn fates(counted: &Counted<'_, '_>, sent: &[Sent<'_, '_>]) -> Group {
    let all = sent.len();
    let count = |is_meant: &dyn Fn(&Sent<'_, '_>) -> bool| {
        Cell::count(sent.iter().filter(|one| is_meant(one)).count()).of(all)
    };
    let fate = |fate: Fate| count(&|one: &Sent<'_, '_>| one.fate == fate);
    let standing = |standing: Standing| count(&|one: &Sent<'_, '_>| one.case.standing == standing);
    let within = |id: &str, label: &str, cell: Cell| {
        Row::new(id, label, cell)
            .stands(Stands::Within)
            .unless_nought()
    };
    let mut rows = vec![
        Row::new("decided", "Decided", fate(Fate::Decided)).key("decided"),
        within(
            "in-principle",
            "of these, in principle: an endorsement is awaited",
            standing(Standing::InPrinciple),
        )
        .key("decided_in_principle"),
        Row::new("waiting", "Waiting", fate(Fate::Waiting)).key("waiting"),
        within(
            "deferred",
            "of these, put off to a later meeting",
            standing(Standing::Deferred),
        )
        .key("deferred"),
        within(
            "pending",
            "of these, heard, the decision to follow",
            standing(Standing::Pending),
        )
        .key("pending"),
        within(
            "carried-over",
            "of these, a meeting passed without deciding it",
            count(&|one: &Sent<'_, '_>| one.fate == Fate::Waiting && one.case.carried_over > 0),
        )
        .key("carried_over"),
        Row::new("withdrawn", "Withdrawn", fate(Fate::Withdrawn)).key("withdrawn"),
    ];
    rows.push(
        Row::new("submitted", "Sent", Cell::count(all))
            .key("submitted")
            .stands(Stands::Sum),
    );
    Group::new(
        "fate",
        "requests",
        "By the end of the period",
        format!(
            "Of {{}} sent {}, where each stood at the end of the last day:",
            counted.between()
        ),
        rows,
    )
    .about(all, "request", "requests")
    .or(format!("No request was sent {}.", counted.between()))
}

/// What was open before, what came, what went, and what is open.
fn flow(counted: &Counted<'_, '_>) -> Group {
    let desk = counted.desk;
    let before = &counted.open_before;
    let after = desk.open(counted.panel);
    let (mut came, mut reopened, mut decided, mut withdrawn) = (0, 0, 0, 0);
    for case in desk.cases() {
        if !desk.is_for(case, counted.panel) {
            continue;
        }
        let Some(fate) = Fate::of(case.standing) else {
            continue;
        };
        let sent_on = case.referral().submitted.map(|sent| sent.day());
        let is_new = sent_on.is_some_and(|on| counted.days.holds(on));
        let was_open = before.contains(case.reference());
        let is_open = after.contains(case.reference());
        came += usize::from(is_new);
        // Open now, neither new nor open before: a decision was taken back since.
        reopened += usize::from(is_open && !is_new && !was_open);
        if (is_new || was_open) && !is_open {
            match fate {
                Fate::Withdrawn => withdrawn += 1,
                _ => decided += 1,
            }
        }
    }
    let row = |id: &str, label: &str, count: usize| Row::new(id, label, Cell::count(count));
    let mut rows = vec![
        row("open-at-start", "Open before the first day", before.len()).key("open_at_start"),
        row("sent", "Sent in the period", came),
    ];
    rows.push(
        row(
            "reopened",
            "Opened again: what was decided no longer stands",
            reopened,
        )
        .key("reopened")
        .unless_nought(),
    );
    rows.push(row("closed-decided", "Less: decided in the period", decided).key("closed_decided"));
    rows.push(
        row(
            "closed-withdrawn",
            "Less: withdrawn in the period",
            withdrawn,
        )
        .key("closed_withdrawn"),
    );
    rows.push(
        row(
            "open-at-end",
            "Open at the end of the last day",
            after.len(),
        )
        .key("open_at_end")
        .stands(Stands::Sum),
    );
    Group::new(
        "flow",
        "requests",
        "Open requests",
        "Requests that were sent and neither decided nor withdrawn, whenever they were sent:",
        rows,
    )
    .or("No request was open at any time of the period.")
}

/// The months of the period from the first with something on.
pub(super) fn months(counted: &Counted<'_, '_>, is_something: &dyn Fn(Days) -> bool) -> Vec<Days> {
    let all = counted.days.months();
    let first = all.iter().position(|month| is_something(*month));
    all.into_iter().skip(first.unwrap_or_default()).collect()
}

/// `November 2026`
pub(super) fn month_words(month: Days) -> String {
    let words = month.from.in_words();
    let mut parts = words.splitn(2, ' ');
    parts.nth(1).unwrap_or_default().to_owned()
}

/// `2026-11`
pub(super) fn month_id(month: Days) -> String {
    month.from.to_string().chars().take(7).collect()
}

fn by_month(counted: &Counted<'_, '_>, sent: &[Sent<'_, '_>]) -> Group {
    let count = |month: Days| sent.iter().filter(|one| month.holds(one.on)).count();
    let months = months(counted, &|month| count(month) > 0);
    let rows = months
        .iter()
        .map(|month| {
            Row::new(
                month_id(*month),
                month_words(*month),
                Cell::count(count(*month)),
            )
        })
        .collect();
    Group::new(
        "sent-by-month",
        "requests",
        "Month",
        "Requests sent, month by month:",
        rows,
    )
    .drawn(Drawn::Bars)
}

/// By kind of request, and what became of each.
fn by_kind(sent: &[Sent<'_, '_>]) -> Group {
    let columns = [
        ("sent", "Sent"),
        ("approved", "Approved"),
        ("alternative", "Alternative"),
        ("declined", "Declined"),
        ("noted", "Noted"),
        ("waiting", "Waiting"),
        ("withdrawn", "Withdrawn"),
    ];
    let mut order = Tally::default();
    let mut counts: BTreeMap<String, [usize; 7]> = BTreeMap::new();
    for one in sent {
        let case = one.case;
        let kind = case.referral().request.kind.as_ref();
        order.word(case.rules, Use::Kind, kind);
        let row = counts
            .entry(named(case.rules, Use::Kind, kind).0)
            .or_default();
        row[0] += 1;
        row[outcome_column(one)] += 1;
    }
    let mut rows = order.rows(sent.len());
    let mut sum = [0; 7];
    for row in &mut rows {
        let counts = counts.get(&row.id).copied().unwrap_or_default();
        row.cells = counts.map(Cell::count).to_vec();
        for (sum, count) in sum.iter_mut().zip(counts) {
            *sum += count;
        }
    }
    rows.push(Row::wide("all", "All", sum.map(Cell::count).to_vec()).stands(Stands::Sum));
    let columns = columns.map(|(id, label)| Column {
        id: id.to_owned(),
        label: label.to_owned(),
    });
    Group::wide(
        "by-kind",
        "requests",
        "Kind of request",
        "The same requests by kind, and what became of them:",
        columns.to_vec(),
        rows,
    )
}

fn outcome_column(sent: &Sent<'_, '_>) -> usize {
    match sent.fate {
        Fate::Waiting => 5,
        Fate::Withdrawn => 6,
        Fate::Decided => match sent.case.last().map_or("", |made| made.outcome()) {
            "approve" => 1,
            "approve-alternative" => 2,
            "decline" => 3,
            // A decision that cannot be read was made all the same.
            _ => 4,
        },
    }
}
